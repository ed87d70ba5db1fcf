/* _heapq.c -- the module _heapq: binary heaps in lists.
** Law: items[i] is not greater than items[2i + 1] and items[2i + 2] (not less, for the max
** variants). A comparison may run Python and change the list: its length is checked after each
** one. */
#include "vm/contracts/type.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"

#define NATIVE_DEF "vm/modules/collections/_heapq.def"
#define NATIVE_PREFIX heapq_
#include "vm/contracts/native_class.inc"

static List *heap_list(VM *vm, Value v, const char *call) {
  if (LIKELY(value_has_flag(v, TYPE_LIST_SUBCLASS))) return value_object(v);
  raise_type(vm, "%s must be list, not %T", call, v);
  return NULL;
}

/* a belongs above b: a < b, or b < a in a max heap. 1, 0, -1 raised. */
static inline Answer above(VM *vm, Value a, Value b, bool max) {
  if (max) {
    Value t = a;
    a = b, b = t;
  }
  if (value_are_ints(a, b)) return (int64_t)a < (int64_t)b;
  if (value_are_floats(a, b)) return value_as_float(a) < value_as_float(b);
  if (value_is(a, tuple) && value_is(b, tuple)) { /* (priority, …) with priorities that differ */
    const Tuple *x = value_object(a), *y = value_object(b);
    if (tuple_length(x) && tuple_length(y)) {
      Value p = x->items[0], q = y->items[0];
      if (p != q && value_are_ints(p, q)) return (int64_t)p < (int64_t)q;
      if (p != q && value_are_floats(p, q) && value_as_float(p) != value_as_float(q))
        return value_as_float(p) < value_as_float(q);
    }
  }
  return compare_bool(vm, COMPARE_LT, a, b);
}

static inline bool unchanged(VM *vm, const List *list, size_t n) {
  return LIKELY(list_length(list) == n) ||
         raise_error(vm, TYPE_OF(RuntimeError), "list changed size during iteration") != VALUE_FAIL;
}

/* Items are swapped where they stand after the comparison, which may have put others there. */
static inline void swap(List *list, size_t a, size_t b) {
  Value *items = list->items->items, t = items[a];
  items[a] = items[b];
  items[b] = t;
}

/* Moves items[at] up towards items[top] until its parent is in order. */
static bool sift_up(VM *vm, List *list, size_t top, size_t at, bool max) {
  size_t n = list_length(list);
  while (at > top) {
    size_t parent = (at - 1) / 2;
    Answer order = above(vm, list->items->items[at], list->items->items[parent], max);
    if (order == ANSWER_FAILED) return false;
    if (!unchanged(vm, list, n)) return false;
    if (!order) break;
    swap(list, at, parent);
    at = parent;
  }
  heap_barrier_any(vm, list->items);
  return true;
}

/* Moves the smaller child up all the way from `at`, then what was there up from the bottom: it
** mostly belongs there. */
static bool sift_down(VM *vm, List *list, size_t at, bool max) {
  size_t n = list_length(list), top = at, half = n / 2;
  if (at >= n) return raise_false(vm, TYPE_OF(IndexError), "index out of range");
  while (at < half) {
    size_t child = 2 * at + 1;
    if (child + 1 < n) {
      Answer order = above(vm, list->items->items[child], list->items->items[child + 1], max);
      if (order == ANSWER_FAILED || !unchanged(vm, list, n)) return false;
      if (!order) child++;
    }
    swap(list, child, at);
    at = child;
  }
  heap_barrier_any(vm, list->items);
  return sift_up(vm, list, top, at, max);
}

static Value pop(VM *vm, List *list, bool max) {
  size_t n = list_length(list);
  if (!n) return raise_error(vm, TYPE_OF(IndexError), "index out of range");
  Value last = list->items->items[n - 1];
  if (!list_resize(vm, list, n - 1)) return VALUE_FAIL;
  if (n == 1) return last;
  Value first = list->items->items[0];
  list_set_item(vm, list, 0, last);
  return sift_down(vm, list, 0, max) ? first : VALUE_FAIL;
}

static Value replace(VM *vm, List *list, Value item, bool max) {
  if (!list_length(list)) return raise_error(vm, TYPE_OF(IndexError), "index out of range");
  Value first = list->items->items[0];
  list_set_item(vm, list, 0, item);
  return sift_down(vm, list, 0, max) ? first : VALUE_FAIL;
}

static Value heapify(VM *vm, List *list, bool max) {
  size_t n = list_length(list);
  for (size_t i = n / 2; i-- > 0;) {
    if (!sift_down(vm, list, i, max)) return VALUE_FAIL;
    if (!unchanged(vm, list, n)) return VALUE_FAIL;
  }
  return VALUE_NONE;
}

static Value heapq_heappush(VM *vm, Value self, const heapq_heappush_args *a) {
  List *list = heap_list(vm, a->heap, "heappush() argument 1");
  if (!list || !list_append_value(vm, list, a->item)) return VALUE_FAIL;
  return value_none_if(sift_up(vm, list, 0, list_length(list) - 1, false));
}

static Value heapq_heappop(VM *vm, Value self, const heapq_heappop_args *a) {
  List *list = heap_list(vm, a->heap, "heappop() argument");
  return list ? pop(vm, list, false) : VALUE_FAIL;
}

static Value heapq_heapreplace(VM *vm, Value self, const heapq_heapreplace_args *a) {
  List *list = heap_list(vm, a->heap, "heapreplace() argument 1");
  return list ? replace(vm, list, a->item, false) : VALUE_FAIL;
}

static Value heapq_heappushpop(VM *vm, Value self, const heapq_heappushpop_args *a) {
  List *list = heap_list(vm, a->heap, "heappushpop() argument 1");
  if (!list) return VALUE_FAIL;
  if (!list_length(list)) return a->item;
  Answer order = above(vm, list->items->items[0], a->item, false);
  if (order == ANSWER_FAILED) return VALUE_FAIL;
  return order ? replace(vm, list, a->item, false) : a->item;
}

static Value heapq_heapify(VM *vm, Value self, const heapq_heapify_args *a) {
  List *list = heap_list(vm, a->heap, "heapify() argument");
  return list ? heapify(vm, list, false) : VALUE_FAIL;
}
static Value heapq_heappop_max(VM *vm, Value self, const heapq_heappop_max_args *a) {
  List *list = heap_list(vm, a->heap, "_heappop_max() argument");
  return list ? pop(vm, list, true) : VALUE_FAIL;
}
static Value heapq_heapreplace_max(VM *vm, Value self, const heapq_heapreplace_max_args *a) {
  List *list = heap_list(vm, a->heap, "_heapreplace_max() argument 1");
  return list ? replace(vm, list, a->item, true) : VALUE_FAIL;
}
static Value heapq_heapify_max(VM *vm, Value self, const heapq_heapify_max_args *a) {
  List *list = heap_list(vm, a->heap, "_heapify_max() argument");
  return list ? heapify(vm, list, true) : VALUE_FAIL;
}

/* The law that all of the above keep. */
static const char about[] =
    "Heap queues\n\nA heap is a list in which no item is greater than the two that hang below it: "
    "heap[k] <= heap[2*k+1]\nand heap[k] <= heap[2*k+2], for each k that has them. So the smallest "
    "item is heap[0]. Adding an item,\nor taking the smallest, moves others along one way between "
    "the root and a leaf only: about log2(n)\ncomparisons, which makes a list a good queue of what "
    "is to be done next.\n";
static bool init(VM *vm, Module *module) { return module_add_str(vm, module, "__about__", about); }

const ModuleSpec _heapq_module = {.name = "_heapq",
                                  .doc = "Heap queue algorithm (a.k.a. priority queue).",
                                  NATIVE_FUNCTIONS(heapq_),
                                  .init = init};

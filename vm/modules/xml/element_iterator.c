/* element_iterator.c -- walking a tree in the order of the document, for its elements or its texts.
**
** The way from the root is a stack of pairs: an element, and how many of its children were visited.
** Children that come or go meanwhile are seen, or not, as they would be in a list. */
#include "vm/base/libraries.h"
#if WITH_EXPAT
#include "vm/contracts/native.h"
#include "vm/modules/xml/element.h"
#include "vm/objects/items.h"

/* Law: root is UNBOUND once it is on the stack; way->items[0..2*depth) are pairs. */
typedef struct ElementIterator {
  Object h;
  Value root, tag;
  ValueArray *way; /* [gc] or NULL while depth is 0 */
  size_t depth;
  bool texts;
} ElementIterator;

#define NATIVE_DEF "vm/modules/xml/element_iterator.def"
#define NATIVE_PREFIX element_iterator_
#define NATIVE_SELF ElementIterator *
#include "vm/contracts/native_class.inc"

enum { FIRST_DEPTH = 8, ROUNDS_TO_LISTEN = 1024 };

Value element_iterator_new(VM *vm, Element *root, Value tag, bool texts) {
  ElementIterator *it = heap_new_zeroed(vm, SHAPE_OF(et_iterator), sizeof *it);
  it->root = value_from(root);
  it->tag = tag;
  it->texts = texts;
  return value_from(it);
}

static bool push(VM *vm, ElementIterator *it, Value element) {
  ValueArray *way = it->way;
  if (UNLIKELY(!way || 2 * it->depth + 2 > way->capacity)) {
    way = value_array_grow(vm, way, 2 * it->depth, it->depth ? 4 * it->depth : 2 * FIRST_DEPTH);
    if (!way) return false;
    it->way = way;
    heap_barrier_object(vm, it, way);
  }
  Value *pair = &way->items[2 * it->depth++];
  pair[0] = element, pair[1] = value_int_unchecked(0);
  heap_barrier(vm, way, element);
  return true;
}

/* The next element, which is on the stack then; VALUE_STOP: there is none. With texts,
** VALUE_UNBOUND and *left: an element that was left. */
static Value step(VM *vm, ElementIterator *it, Element **left) {
  Value child = it->root;
  if (child != VALUE_UNBOUND) it->root = VALUE_UNBOUND;
  while (child == VALUE_UNBOUND) {
    if (!it->depth) return VALUE_STOP;
    Value *pair = &it->way->items[2 * it->depth - 2];
    Element *parent = value_object(pair[0]);
    size_t at = (size_t)value_as_int(pair[1]);
    if (LIKELY(at < parent->count)) {
      pair[1] += 4;
      child = parent->children->items[at];
      break;
    }
    it->depth--;
    if (it->texts && it->depth) return *left = parent, VALUE_UNBOUND;
  }
  if (UNLIKELY(!value_is_element(child)))
    return raise_error(vm, TYPE_OF(AttributeError), "'%.100T' object has no attribute 'iter'",
                       child);
  return push(vm, it, child) ? child : VALUE_FAIL;
}

static Value next_element(VM *vm, ElementIterator *it) {
  for (int rounds = 0;; rounds++) {
    Value v = step(vm, it, NULL);
    if (v == VALUE_STOP || value_is_fail(v) || it->tag == VALUE_NONE) return v;
    Answer same = items_same(vm, ((Element *)value_object(v))->tag, it->tag);
    if (same == ANSWER_YES) return v;
    if (same == ANSWER_FAILED) return VALUE_FAIL;
    if (rounds % ROUNDS_TO_LISTEN == 0 && !vm_listen(vm)) return VALUE_FAIL;
  }
}

static Value next_text(VM *vm, ElementIterator *it) {
  for (int rounds = 0;; rounds++) {
    Element *left = NULL;
    Value v = step(vm, it, &left);
    if (v == VALUE_STOP || value_is_fail(v)) return v;
    Value text = left ? element_tail(vm, left) : element_text(vm, value_object(v));
    if (value_is_fail(text)) return text;
    Answer some = text == VALUE_NONE ? ANSWER_NO : value_truth(vm, text);
    if (some == ANSWER_YES) return text;
    if (some == ANSWER_FAILED) return VALUE_FAIL;
    if (rounds % ROUNDS_TO_LISTEN == 0 && !vm_listen(vm)) return VALUE_FAIL;
  }
}

static Value element_iterator_next(VM *vm, Value self) {
  ElementIterator *it = value_object(self);
  return it->texts ? next_text(vm, it) : next_element(vm, it);
}

static void element_iterator_trace(Marker *marker, Object *object) {
  const ElementIterator *it = (const ElementIterator *)object;
  mark_value(marker, it->root);
  mark_value(marker, it->tag);
  mark_object(marker, it->way);
}

const ClassSpec et_iterator_class = {
    NATIVE_CLASS(element_iterator_),
    .basic_size = sizeof(ElementIterator),
    .trace = element_iterator_trace,
    .next = element_iterator_next,
};
#endif

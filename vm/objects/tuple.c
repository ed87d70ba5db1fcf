/* tuple.c -- tuple: C operations (list.h) and method bodies (rows in tuple.def).
** The empty tuple is one static object, so `() is ()`. */
#include "vm/base/buffer.h"
#include "vm/objects/hashing.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"
#include "vm/objects/range.h"
#include "vm/objects/set.h"
#include "vm/objects/slice.h"

#define NATIVE_DEF "vm/objects/tuple.def"
#define NATIVE_PREFIX tuple_
#define NATIVE_SELF Tuple *
#include "vm/contracts/native_class.inc"

/* Not in the heap; room for nothing behind the length. */
static struct {
  Object h;
  Value length;
  Value none[1];
} empty_tuple = {.h = {.shape = SHAPE_OF(tuple), .bits = OBJ_STATIC}, .length = 1};
#define EMPTY ((Tuple *)(void *)&empty_tuple)

static Tuple *tuple_alloc(VM *vm, size_t count) {
  Tuple *tuple = heap_new(vm, SHAPE_OF(tuple), sizeof(Tuple) + count * sizeof(Value));
  if (LIKELY(tuple != NULL)) tuple->length = value_int_unchecked((int64_t)count);
  return tuple;
}

Tuple *tuple_new(VM *vm, size_t count) {
  if (!count) return EMPTY;
  if (UNLIKELY(count > SIZE_MAX / 16)) return raise_memory(vm), NULL;
  Tuple *tuple = tuple_alloc(vm, count);
  if (tuple) memset(tuple->items, 0, count * sizeof(Value));
  return tuple;
}

Tuple *tuple_from_values(VM *vm, const Value *values, size_t count) {
  if (!count) return EMPTY;
  Tuple *tuple = tuple_alloc(vm, count);
  if (!tuple) return NULL;
  for (size_t i = 0; i < count; i++) tuple->items[i] = values[i];
  return tuple;
}

Value tuple_pack(VM *vm, const Value *values, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (UNLIKELY(values[i] == VALUE_FAIL)) return VALUE_FAIL;
  return value_of(tuple_from_values(vm, values, count));
}

Tuple *tuple_from_iterable(VM *vm, Value iterable) {
  if (value_is(iterable, tuple)) return value_object(iterable);
  if (value_is(iterable, list)) {
    List *list = value_object(iterable);
    return tuple_from_values(vm, list_items(list), list_length(list));
  }
  List *list = list_from_iterable(vm, iterable);
  return list ? tuple_from_values(vm, list_items(list), list_length(list)) : NULL;
}

void tuple_set_item(VM *vm, Tuple *tuple, size_t i, Value v) {
  tuple->items[i] = v;
  heap_barrier(vm, tuple, v);
}

Tuple *tuple_slice(VM *vm, Tuple *tuple, size_t low, size_t high) {
  if (low == 0 && high == tuple_length(tuple) && object_type(tuple) == TYPE_OF(tuple)) return tuple;
  return tuple_from_values(vm, tuple->items + low, high - low);
}

/* ---- items */
static Value get_slice(VM *vm, Tuple *tuple, const Slice *slice) {
  SliceBounds bounds;
  if (!slice_bounds(vm, slice, &bounds)) return VALUE_FAIL;
  SliceRange part = slice_clamp(&bounds, (int64_t)tuple_length(tuple));
  if (part.count == 0) return value_from(EMPTY);
  if (part.step == 1)
    return value_of(tuple_slice(vm, tuple, (size_t)part.start, (size_t)(part.start + part.count)));
  Tuple *made = tuple_alloc(vm, (size_t)part.count);
  if (!made) return VALUE_FAIL;
  for (int64_t i = 0; i < part.count; i++) made->items[i] = tuple->items[slice_at(part, i)];
  return value_from(made);
}

Value tuple_get_index(VM *vm, Tuple *tuple, Value key) {
  if (value_is(key, slice)) return get_slice(vm, tuple, value_object(key));
  int64_t i;
  if (!index_as_int64(vm, key, "tuple", &i)) return VALUE_FAIL;
  int64_t n = (int64_t)tuple_length(tuple);
  if (i < 0) i += n;
  if ((uint64_t)i >= (uint64_t)n)
    return raise_error(vm, TYPE_OF(IndexError), "tuple index out of range");
  return tuple->items[i];
}

/* ---- methods */
static Value tuple_index(VM *vm, Tuple *self, const tuple_index_args *a) {
  int64_t i = items_index(vm, value_from(self), a->value, a->start, a->stop);
  if (i == -2) return VALUE_FAIL;
  return i >= 0 ? value_int_unchecked(i) : raise_value(vm, "tuple.index(x): x not in tuple");
}

static Value tuple_count(VM *vm, Tuple *self, const tuple_count_args *a) {
  int64_t n = items_count(vm, value_from(self), a->value);
  return n < 0 ? VALUE_FAIL : value_int_unchecked(n);
}

static Value tuple_class_getitem(VM *vm, Value cls, const tuple_class_getitem_args *a) {
  return generic_alias(vm, cls, a->item);
}

static Value tuple_op_getnewargs(VM *vm, Tuple *self, const tuple_op_getnewargs_args *a) {
  Tuple *plain = tuple_from_values(vm, self->items, tuple_length(self));
  return plain ? PACK(value_from(plain)) : VALUE_FAIL;
}

static Value tuple_op_repr(VM *vm, Tuple *self, const tuple_op_repr_args *a) {
  if (tuple_length(self) == 0) return value_from(NAME("()"));
  return items_repr(vm, value_from(self), "(", ")");
}

#define HASH_START UINT64_C(2870177450012600261)

/* As CPython's: one round of xxHash a member, so that hashes (and the order of sets of tuples)
** agree. Looks at what signals want before whatever is not a small int: tuples that share parts
** take exponentially long. perf-note 0051. */
static inline uint64_t hash_round(uint64_t sum, uint64_t lane) {
  sum += lane * UINT64_C(14029467366897019727);
  return ((sum << 31) | (sum >> 33)) * UINT64_C(11400714785074694791);
}

static uint64_t finish_hash(uint64_t sum, size_t n) {
  sum += n ^ (HASH_START ^ UINT64_C(3527539));
  return sum == UINT64_MAX ? UINT64_C(1546275796) : sum;
}

enum {
  LISTEN_ITEMS = 1 << 14, /* small ints hashed between two looks at what signals want */
  DEPTH_MAX = 32          /* tuples in tuples before their hashes are not taken by recursion */
};

static bool hash_at(VM *vm, const Tuple *self, int depth, uint64_t *hash);

static ALWAYS_INLINE bool hash_items(VM *vm, const Value *items, size_t n, int depth,
                                     uint64_t *hash) {
  uint64_t sum = *hash;
  for (size_t i = 0; i < n; i++) {
    uint64_t lane;
    if (value_is_int(items[i])) lane = int_hash_immediate(items[i]);
    else if (!vm_listen(vm)) return false;
    else if (value_is(items[i], tuple)) {
      if (!hash_at(vm, value_object(items[i]), depth + 1, &lane)) return false;
    } else if (!key_hash(vm, items[i], &lane)) return false;
    sum = hash_round(sum, lane);
  }
  *hash = sum;
  return true;
}

static NOINLINE bool hash_many(VM *vm, const Tuple *self, int depth, uint64_t *hash) {
  uint64_t sum = HASH_START;
  size_t n = tuple_length(self);
  for (size_t i = 0, piece; i < n; i += piece) {
    piece = n - i < LISTEN_ITEMS ? n - i : LISTEN_ITEMS;
    if (!hash_items(vm, self->items + i, piece, depth, &sum) || !vm_listen(vm)) return false;
  }
  *hash = finish_hash(sum, n);
  return true;
}

/* A tuple that is being hashed, up to items[at]. */
typedef struct Unfinished {
  const Tuple *tuple;
  size_t at;
  uint64_t sum;
} Unfinished;

/* Tuples in tuples beyond DEPTH_MAX: those around wait in `open`. */
static bool hash_nested(VM *vm, Buffer *open, const Tuple *self, uint64_t *hash) {
  Unfinished now = {self, 0, HASH_START};
  for (;;) {
    if (!vm_listen(vm)) return false;
    uint64_t lane;
    if (now.at < tuple_length(now.tuple)) {
      Value item = now.tuple->items[now.at++];
      if (value_is(item, tuple)) {
        if (!buffer_reserve(open, sizeof now)) return raise_memory(vm), false;
        buffer_add(open, &now, sizeof now);
        now = (Unfinished){value_object(item), 0, HASH_START};
        continue;
      }
      if (!key_hash(vm, item, &lane)) return false;
    } else {
      lane = finish_hash(now.sum, tuple_length(now.tuple));
      if (!open->size) return *hash = lane, true;
      open->size -= sizeof now;
      memcpy(&now, open->bytes + open->size, sizeof now);
    }
    now.sum = hash_round(now.sum, lane);
  }
}

static NOINLINE bool hash_deep(VM *vm, const Tuple *self, uint64_t *hash) {
  Buffer open;
  buffer_init(&open);
  bool fine = hash_nested(vm, &open, self, hash);
  buffer_deinit(&open);
  return fine;
}

static bool hash_at(VM *vm, const Tuple *self, int depth, uint64_t *hash) {
  if (UNLIKELY(depth > DEPTH_MAX)) return hash_deep(vm, self, hash);
  size_t n = tuple_length(self);
  if (UNLIKELY(n > LISTEN_ITEMS)) return hash_many(vm, self, depth, hash);
  uint64_t sum = HASH_START;
  if (!hash_items(vm, self->items, n, depth, &sum)) return false;
  *hash = finish_hash(sum, n);
  return true;
}

/* hash_plain: how many items at the front are small ints, and texts and frozensets whose hashes are
** known. */
static inline size_t hash_plain(const Value *items, size_t n, uint64_t *sum) {
  uint64_t lanes = *sum;
  size_t i = 0;
  for (; i < n; i++) {
    uint64_t lane;
    if (value_is_int(items[i])) {
      lane = int_hash_immediate(items[i]);
    } else if (value_is(items[i], str)) {
      if (!(lane = ((const Str *)value_object(items[i]))->hash)) break;
    } else if (value_is(items[i], frozenset)) {
      if ((lane = ((const Set *)value_object(items[i]))->hash) == UINT64_MAX) break;
    } else {
      break;
    }
    lanes = hash_round(lanes, lane);
  }
  *sum = lanes;
  return i;
}

/* Through items that are no tuples it may come again: named tuples, frozensets. */
static NOINLINE bool hash_rest(VM *vm, const Tuple *self, size_t from, uint64_t *sum) {
  if (vm_c_stack_low(vm) && !vm_check_c_stack(vm, " while hashing a tuple")) return false;
  return hash_items(vm, self->items + from, tuple_length(self) - from, 0, sum);
}

bool tuple_hash(VM *vm, Tuple *self, uint64_t *hash) {
  size_t n = tuple_length(self);
  if (UNLIKELY(n > LISTEN_ITEMS)) return hash_many(vm, self, 0, hash);
  uint64_t sum = HASH_START;
  size_t plain = hash_plain(self->items, n, &sum);
  if (plain < n && !hash_rest(vm, self, plain, &sum)) return false;
  *hash = finish_hash(sum, n);
  return true;
}

static Value tuple_op_hash(VM *vm, Tuple *self, const tuple_op_hash_args *a) {
  uint64_t hash;
  return tuple_hash(vm, self, &hash) ? value_int(vm, (int64_t)hash) : VALUE_FAIL;
}

#define COMPARISON(name, op)                                                          \
  static Value name(VM *vm, Tuple *self, const name##_args *a) {                      \
    if (!value_has_flag(a->value, TYPE_TUPLE_SUBCLASS)) return VALUE_NOT_IMPLEMENTED; \
    return items_compare(vm, op, value_from(self), a->value);                         \
  }
COMPARISON(tuple_op_lt, COMPARE_LT)
COMPARISON(tuple_op_le, COMPARE_LE)
COMPARISON(tuple_op_eq, COMPARE_EQ)
COMPARISON(tuple_op_ne, COMPARE_NE)
COMPARISON(tuple_op_gt, COMPARE_GT)
COMPARISON(tuple_op_ge, COMPARE_GE)
#undef COMPARISON

static Value tuple_op_iter(VM *vm, Tuple *self, const tuple_op_iter_args *a) {
  SequenceIterator *it = heap_new(vm, SHAPE_OF(tuple_iterator), sizeof(SequenceIterator));
  it->sequence = value_from(self);
  it->index = 0;
  return value_from(it);
}

static Value tuple_op_len(VM *vm, Tuple *self, const tuple_op_len_args *a) { return self->length; }
static Value tuple_op_getitem(VM *vm, Tuple *self, const tuple_op_getitem_args *a) {
  return tuple_get_index(vm, self, a->key);
}

Tuple *tuple_concat(VM *vm, Tuple *a, Tuple *b) {
  size_t n = tuple_length(a), m = tuple_length(b);
  if (n == 0 && object_type(b) == TYPE_OF(tuple)) return b;
  if (m == 0 && object_type(a) == TYPE_OF(tuple)) return a;
  if (n + m == 0) return EMPTY;
  Tuple *sum = tuple_alloc(vm, n + m);
  if (!sum) return NULL;
  memcpy(sum->items, a->items, n * sizeof(Value));
  memcpy(sum->items + n, b->items, m * sizeof(Value));
  return sum;
}

static Value tuple_op_add(VM *vm, Tuple *self, const tuple_op_add_args *a) {
  if (!value_has_flag(a->value, TYPE_TUPLE_SUBCLASS)) return concat_mismatch(vm, a->value, "tuple");
  return value_of(tuple_concat(vm, self, value_object(a->value)));
}

Tuple *tuple_repeat(VM *vm, Tuple *tuple, int64_t count) {
  if (count < 0) count = 0;
  size_t unit = tuple_length(tuple), total;
  if (__builtin_mul_overflow(unit, (size_t)count, &total) || total > SIZE_MAX / 16)
    return raise_memory(vm), NULL;
  if ((unit == 0 || count == 1) && object_type(tuple) == TYPE_OF(tuple)) return tuple;
  if (total == 0) return EMPTY;
  Tuple *made = tuple_alloc(vm, total);
  if (!made) return NULL;
  memcpy(made->items, tuple->items, unit * sizeof(Value));
  for (size_t done = unit; done < total;) {
    size_t more = done < total - done ? done : total - done;
    memcpy(made->items + done, made->items, more * sizeof(Value));
    done += more;
  }
  return made;
}

static Value tuple_op_mul(VM *vm, Tuple *self, const tuple_op_mul_args *a) {
  return value_of(tuple_repeat(vm, self, a->value));
}
static Value tuple_op_rmul(VM *vm, Tuple *self, const tuple_op_rmul_args *a) {
  return value_of(tuple_repeat(vm, self, a->value));
}

static Value tuple_op_contains(VM *vm, Tuple *self, const tuple_op_contains_args *a) {
  int found = items_contain(vm, value_from(self), a->key);
  return found < 0 ? VALUE_FAIL : value_bool(found);
}

static Value tuple_construct(VM *vm, Type *cls, const tuple_construct_args *a) {
  Tuple *items = a->iterable == VALUE_MISSING ? EMPTY : tuple_from_iterable(vm, a->iterable);
  if (!items || cls == TYPE_OF(tuple)) return value_of(items);
  size_t size = tuple_length(items) * sizeof(Value);
  Tuple *made = object_new_var(vm, cls, sizeof(Tuple) + size);
  if (!made) return VALUE_FAIL;
  made->length = items->length;
  memcpy(made->items, items->items, size);
  heap_barrier_any(vm, made);
  return value_from(made);
}

static void tuple_trace(Marker *marker, Object *self) {
  mark_values(marker, ((Tuple *)self)->items, tuple_length((Tuple *)self));
}

const ClassSpec tuple_class = {NATIVE_CLASS(tuple_), .basic_size = sizeof(Tuple),
                               .trace = tuple_trace};

/* deque.c -- collections.deque and its iterators (layout and law in deque.h). */
#include "vm/core/late_types.h"
#include "vm/objects/deque.h"
#include "vm/contracts/type.h"
#include "vm/objects/int.h"
#include "vm/objects/items.h"
#include "vm/objects/iterators.h"
#include "vm/objects/verify.h"

#define NATIVE_DEF "vm/objects/deque.def"
#define NATIVE_PREFIX deque_
#define NATIVE_SELF Deque *
#include "vm/contracts/native_class.inc"

typedef Deque *c_Deque;
MUST_USE static inline bool convert_Deque(VM *vm, Value v, c_Deque *out, const MethodSpec *spec,
                                          int i) {
  if (!type_is_subtype(value_type(v), TYPE_OF(deque)))
    return raise_false(vm, TYPE_OF(TypeError), "argument %d must be collections.deque, not %T",
                       i + 1, v);
  *out = value_object(v);
  return true;
}

#define NATIVE_DEF "vm/objects/deque_iterator.def"
#define NATIVE_PREFIX deque_iterator_
#define NATIVE_SELF DequeIterator *
#include "vm/contracts/native_class.inc"

/* ---- the ring */
static bool grow(VM *vm, Deque *d) {
  uint64_t old = d->items ? d->items->capacity : 0;
  ValueArray *items = value_array_new(vm, old ? old * 2 : 8);
  if (!items) return false;
  for (uint64_t i = 0; i < d->length; i++) items->items[i] = *deque_at(d, i);
  d->items = items;
  d->start = 0;
  heap_barrier_object(vm, d, items);
  heap_barrier_any(vm, items);
  deep_check(SAMPLED(d->length, deque_verify(d)));
  return true;
}

static inline bool has_room(VM *vm, Deque *d) {
  return LIKELY(d->items && d->length < d->items->capacity) || grow(vm, d);
}

static inline void drop_first(Deque *d) {
  assert(d->length > 0);
  *deque_at(d, 0) = 0;
  d->start = (d->start + 1) & (d->items->capacity - 1);
  d->length--;
}
static inline void drop_last(Deque *d) {
  assert(d->length > 0);
  *deque_at(d, d->length - 1) = 0;
  d->length--;
}

bool deque_append_value(VM *vm, Deque *d, Value v) {
  if (d->maxlen >= 0 && d->length >= (uint64_t)d->maxlen) {
    if (d->maxlen == 0) return true;
    drop_first(d);
  }
  if (!has_room(vm, d)) return false;
  d->length++;
  *deque_at(d, d->length - 1) = v;
  heap_barrier(vm, d->items, v);
  d->state++;
  deep_check(SAMPLED(d->length, deque_verify(d)));
  return true;
}

static bool deque_append_left_value(VM *vm, Deque *d, Value v) {
  if (d->maxlen >= 0 && d->length >= (uint64_t)d->maxlen) {
    if (d->maxlen == 0) return true;
    drop_last(d);
  }
  if (!has_room(vm, d)) return false;
  d->start = (d->start - 1) & (d->items->capacity - 1);
  d->length++;
  *deque_at(d, 0) = v;
  heap_barrier(vm, d->items, v);
  d->state++;
  deep_check(SAMPLED(d->length, deque_verify(d)));
  return true;
}

Value deque_pop_left_value(VM *vm, Deque *d) {
  assert(d->length > 0);
  Value v = *deque_at(d, 0);
  drop_first(d);
  d->state++;
  deep_check(SAMPLED(d->length, deque_verify(d)));
  return v;
}

static void clear(Deque *d) {
  d->items = NULL;
  d->start = d->length = 0;
  d->state++;
}

Deque *deque_new(VM *vm) {
  Deque *d = heap_new_zeroed(vm, SHAPE_OF(deque), sizeof(Deque));
  d->maxlen = -1;
  return d;
}

/* Adds every item on one side; what is added to itself is copied first. */
static bool extend(VM *vm, Deque *d, Value iterable, bool (*add)(VM *, Deque *, Value)) {
  if (iterable == value_from(d)) {
    List *copy = list_from_iterable(vm, iterable);
    if (!copy) return false;
    iterable = value_from(copy);
  }
  Value iterator = get_iterator(vm, iterable);
  if (value_is_fail(iterator)) return false;
  for (;;) {
    Value v = iterator_next(vm, iterator);
    if (v == VALUE_STOP) return true;
    if (value_is_fail(v) || !add(vm, d, v)) return false;
  }
}

/* Removes item i by moving the shorter side. */
static void remove_at(Deque *d, uint64_t i) {
  if (i < d->length / 2) {
    for (uint64_t j = i; j > 0; j--) *deque_at(d, j) = *deque_at(d, j - 1);
    drop_first(d);
  } else {
    for (uint64_t j = i; j + 1 < d->length; j++) *deque_at(d, j) = *deque_at(d, j + 1);
    drop_last(d);
  }
  d->state++;
}

/* ---- methods */
static Value deque_append(VM *vm, Deque *self, const deque_append_args *a) {
  return value_none_if(deque_append_value(vm, self, a->item));
}
static Value deque_appendleft(VM *vm, Deque *self, const deque_appendleft_args *a) {
  return value_none_if(deque_append_left_value(vm, self, a->item));
}
static Value deque_extend(VM *vm, Deque *self, const deque_extend_args *a) {
  return value_none_if(extend(vm, self, a->iterable, deque_append_value));
}
static Value deque_extendleft(VM *vm, Deque *self, const deque_extendleft_args *a) {
  return value_none_if(extend(vm, self, a->iterable, deque_append_left_value));
}
static Value deque_clear(VM *vm, Deque *self, const deque_clear_args *a) {
  clear(self);
  return VALUE_NONE;
}

static Value deque_pop(VM *vm, Deque *self, const deque_pop_args *a) {
  if (!self->length) return raise_error(vm, TYPE_OF(IndexError), "pop from an empty deque");
  Value v = *deque_at(self, self->length - 1);
  drop_last(self);
  self->state++;
  return v;
}

static Value deque_popleft(VM *vm, Deque *self, const deque_popleft_args *a) {
  if (!self->length) return raise_error(vm, TYPE_OF(IndexError), "pop from an empty deque");
  return deque_pop_left_value(vm, self);
}

static Value copy(VM *vm, Deque *self) {
  Value v = value_from(self);
  if (object_type(self) == TYPE_OF(deque)) {
    Deque *made = deque_new(vm);
    made->maxlen = self->maxlen;
    return extend(vm, made, v, deque_append_value) ? value_from(made) : VALUE_FAIL;
  }
  Value type = value_from(object_type(self));
  Value made =
      self->maxlen < 0 ? call1(vm, type, v) : call2(vm, type, v, value_int(vm, self->maxlen));
  if (!value_is_fail(made) && !type_is_subtype(value_type(made), TYPE_OF(deque)))
    return raise_type(vm, "%N() must return a deque, not %T", object_type(self), made);
  return made;
}
static Value deque_copy(VM *vm, Deque *self, const deque_copy_args *a) { return copy(vm, self); }
static Value deque_copy_special(VM *vm, Deque *self, const deque_copy_special_args *a) {
  return copy(vm, self);
}

static COLD Value mutated(VM *vm) {
  return raise_error(vm, TYPE_OF(RuntimeError), "deque mutated during iteration");
}

/* Index of v in [start, stop), -1 absent, -2 raised; the deque must stay as it was in `state`. */
static int64_t find(VM *vm, Deque *self, Value v, int64_t start, int64_t stop, uint64_t state) {
  for (int64_t i = start; i < stop && i < (int64_t)self->length; i++) {
    int same = items_same(vm, *deque_at(self, (uint64_t)i), v);
    if (same < 0) return -2;
    if (self->state != state) return mutated(vm), -2;
    if (same) return i;
  }
  return -1;
}

static Value deque_count(VM *vm, Deque *self, const deque_count_args *a) {
  int64_t count = 0;
  for (int64_t i = 0; (i = find(vm, self, a->value, i, INT64_MAX, self->state)) >= 0; i++) count++;
  return error_pending(vm) ? VALUE_FAIL : value_int_unchecked(count);
}

static Value deque_index(VM *vm, Deque *self, const deque_index_args *a) {
  int64_t start = 0, stop = INT64_MAX;
  uint64_t state = self->state;
  if (a->start != VALUE_MISSING && !slice_index(vm, a->start, &start)) return VALUE_FAIL;
  if (a->stop != VALUE_MISSING && !slice_index(vm, a->stop, &stop)) return VALUE_FAIL;
  int64_t n = (int64_t)self->length;
  if (start < 0 && (start += n) < 0) start = 0;
  if (stop < 0 && (stop += n) < 0) stop = 0;
  if (start < stop && start < n && self->state != state) return mutated(vm);
  int64_t i = find(vm, self, a->value, start, stop, state);
  if (i == -2) return VALUE_FAIL;
  return i >= 0 ? value_int_unchecked(i) : raise_value(vm, "%R is not in deque", a->value);
}

static Value deque_remove(VM *vm, Deque *self, const deque_remove_args *a) {
  uint64_t state = self->state, n = self->length;
  for (uint64_t i = 0; i < n; i++) {
    int same = items_same(vm, *deque_at(self, i), a->value);
    if (same < 0) return VALUE_FAIL;
    if (self->state != state)
      return raise_error(vm, TYPE_OF(IndexError), "deque mutated during iteration");
    if (!same) continue;
    remove_at(self, i);
    return VALUE_NONE;
  }
  return raise_value(vm, "deque.remove(x): x not in deque");
}

static void rotate(Deque *d, int64_t n) {
  if (d->length < 2) return;
  int64_t length = (int64_t)d->length;
  n %= length;
  if (n < 0) n += length;
  uint64_t mask = d->items->capacity - 1;
  if (n <= length / 2) {
    for (; n > 0; n--) {
      Value v = *deque_at(d, d->length - 1);
      *deque_at(d, d->length - 1) = 0;
      d->start = (d->start - 1) & mask;
      *deque_at(d, 0) = v;
    }
  } else {
    for (n = length - n; n > 0; n--) {
      Value v = *deque_at(d, 0);
      *deque_at(d, 0) = 0;
      d->start = (d->start + 1) & mask;
      *deque_at(d, d->length - 1) = v;
    }
  }
}

static Value deque_rotate(VM *vm, Deque *self, const deque_rotate_args *a) {
  rotate(self, a->n);
  self->state++;
  return VALUE_NONE;
}

static Value deque_reverse(VM *vm, Deque *self, const deque_reverse_args *a) {
  for (uint64_t i = 0, j = self->length; i + 1 < j; i++) {
    Value v = *deque_at(self, i);
    *deque_at(self, i) = *deque_at(self, --j);
    *deque_at(self, j) = v;
  }
  self->state++;
  return VALUE_NONE;
}

/* The ends are those that the deque had before the index was asked for. */
static Value deque_insert(VM *vm, Deque *self, const deque_insert_args *a) {
  int64_t n = (int64_t)self->length, i;
  if (!convert_Index(vm, a->index, &i, NULL, 0)) return VALUE_FAIL;
  if (self->maxlen == (int64_t)self->length)
    return raise_error(vm, TYPE_OF(IndexError), "deque already at its maximum size");
  if (i >= n) return value_none_if(deque_append_value(vm, self, a->object));
  if (i <= -n || i == 0) return value_none_if(deque_append_left_value(vm, self, a->object));
  rotate(self, -i);
  if (!(i < 0 ? deque_append_value : deque_append_left_value)(vm, self, a->object))
    return VALUE_FAIL;
  rotate(self, i);
  return VALUE_NONE;
}

static Value deque_class_getitem(VM *vm, Value cls, const deque_class_getitem_args *a) {
  return generic_alias(vm, cls, a->item);
}
static Value deque_get_maxlen(VM *vm, Deque *self) {
  return self->maxlen < 0 ? VALUE_NONE : value_int(vm, self->maxlen);
}

/* ---- special methods */
static Value deque_op_init(VM *vm, Deque *self, const deque_op_init_args *a) {
  int64_t maxlen = -1;
  if (a->maxlen != VALUE_NONE) {
    if (!value_is_any_int(a->maxlen)) return raise_type(vm, "an integer is required");
    if (!int_to_int64(a->maxlen, &maxlen))
      return raise_error(vm, TYPE_OF(OverflowError),
                         "Python int too large to convert to C ssize_t");
    if (maxlen < 0) return raise_value(vm, "maxlen must be non-negative");
  }
  self->maxlen = maxlen;
  if (self->length) clear(self);
  return value_none_if(a->iterable == VALUE_MISSING ||
                       extend(vm, self, a->iterable, deque_append_value));
}

static Value deque_op_reduce(VM *vm, Deque *self, const deque_op_reduce_args *a) {
  Value state = call_method0(vm, value_from(self), NAME("__getstate__"));
  if (value_is_fail(state)) return state;
  Value iterator = get_iterator(vm, value_from(self));
  if (value_is_fail(iterator)) return iterator;
  Tuple *none = tuple_new(vm, 0);
  Tuple *args = self->maxlen < 0 ? none : TUPLE(value_from(none), value_int(vm, self->maxlen));
  return PACK(value_from(object_type(self)), value_from(args), state, iterator);
}

static Value deque_op_repr(VM *vm, Deque *self, const deque_op_repr_args *a) {
  Value v = value_from(self);
  Showing here;
  if (!repr_enter(vm, &here, v)) return value_from(NAME("[...]"));
  List *items = list_from_iterable(vm, v);
  Str *text = NULL;
  if (items)
    text = self->maxlen < 0 ? str_format(vm, "%U(%R)", object_type(self)->name, value_from(items))
                            : str_format(vm, "%U(%R, maxlen=%lld)", object_type(self)->name,
                                         value_from(items), (long long)self->maxlen);
  repr_leave(vm, &here);
  return value_of(text);
}

static bool compare_lengths(CompareOp op, uint64_t a, uint64_t b) {
  switch (op) {
  case COMPARE_EQ: return a == b;
  case COMPARE_NE: return a != b;
  case COMPARE_LT: return a < b;
  case COMPARE_LE: return a <= b;
  case COMPARE_GT: return a > b;
  default: return a >= b;
  }
}

/* By their first different items, as tuples; neither may change meanwhile. */
static Value compare_deques(VM *vm, CompareOp op, Deque *self, Value value) {
  if (!type_is_subtype(value_type(value), TYPE_OF(deque))) return VALUE_NOT_IMPLEMENTED;
  Deque *other = value_object(value);
  bool only_equality = op == COMPARE_EQ || op == COMPARE_NE;
  if (only_equality && other->length != self->length) return value_bool(op == COMPARE_NE);
  if (only_equality && self == other) return value_bool(op == COMPARE_EQ);
  uint64_t mine = self->state, theirs = other->state;
  for (uint64_t i = 0; i < self->length && i < other->length; i++) {
    Value a = *deque_at(self, i), b = *deque_at(other, i);
    Answer same = items_same(vm, a, b);
    if (same == ANSWER_FAILED) return VALUE_FAIL;
    if (!same) return only_equality ? value_bool(op == COMPARE_NE) : compare(vm, op, a, b);
    if (self->state != mine || other->state != theirs) return mutated(vm);
  }
  return value_bool(compare_lengths(op, self->length, other->length));
}
#define COMPARISON(name, op)                                     \
  static Value name(VM *vm, Deque *self, const name##_args *a) { \
    return compare_deques(vm, op, self, a->value);               \
  }
COMPARISON(deque_op_lt, COMPARE_LT)
COMPARISON(deque_op_le, COMPARE_LE)
COMPARISON(deque_op_eq, COMPARE_EQ)
COMPARISON(deque_op_ne, COMPARE_NE)
COMPARISON(deque_op_gt, COMPARE_GT)
COMPARISON(deque_op_ge, COMPARE_GE)
#undef COMPARISON

static Value iterate(VM *vm, Type *type, Deque *deque) {
  Value v = object_new(vm, type);
  if (value_is_fail(v)) return v;
  DequeIterator *it = value_object(v);
  it->deque = deque;
  it->index = 0;
  it->state = deque->state;
  it->remaining = deque->length;
  return v;
}
static Value deque_op_iter(VM *vm, Deque *self, const deque_op_iter_args *a) {
  return iterate(vm, TYPE_OF(deque_iterator), self);
}
static Value deque_op_reversed(VM *vm, Deque *self, const deque_op_reversed_args *a) {
  return iterate(vm, TYPE_OF(deque_reverse_iterator), self);
}

static Value deque_op_len(VM *vm, Deque *self, const deque_op_len_args *a) {
  return value_int_unchecked((int64_t)self->length);
}

static bool item_index(VM *vm, Deque *self, Value key, uint64_t *i) {
  int64_t at;
  if (!value_is_any_int(key) && !value_has_special(key, SPECIAL_index))
    return raise_false(vm, TYPE_OF(TypeError), "sequence index must be integer, not '%.200T'", key);
  if (!index_as_int64(vm, key, "sequence", &at)) return false;
  if (at < 0) at += (int64_t)self->length;
  *i = (uint64_t)at;
  return *i < self->length || raise_false(vm, TYPE_OF(IndexError), "deque index out of range");
}

static Value deque_op_getitem(VM *vm, Deque *self, const deque_op_getitem_args *a) {
  uint64_t i;
  return item_index(vm, self, a->key, &i) ? *deque_at(self, i) : VALUE_FAIL;
}

static Value deque_op_setitem(VM *vm, Deque *self, const deque_op_setitem_args *a) {
  uint64_t i;
  if (!item_index(vm, self, a->key, &i)) return VALUE_FAIL;
  *deque_at(self, i) = a->value;
  heap_barrier(vm, self->items, a->value);
  return VALUE_NONE;
}

static Value deque_op_delitem(VM *vm, Deque *self, const deque_op_delitem_args *a) {
  uint64_t i;
  if (!item_index(vm, self, a->key, &i)) return VALUE_FAIL;
  remove_at(self, i);
  return VALUE_NONE;
}

static Value deque_op_contains(VM *vm, Deque *self, const deque_op_contains_args *a) {
  int64_t i = find(vm, self, a->key, 0, INT64_MAX, self->state);
  return i == -2 ? VALUE_FAIL : value_bool(i >= 0);
}

static Value deque_op_add(VM *vm, Deque *self, const deque_op_add_args *a) {
  if (!type_is_subtype(value_type(a->value), TYPE_OF(deque)))
    return concat_mismatch(vm, a->value, "deque");
  Value made = copy(vm, self);
  if (value_is_fail(made)) return made;
  return extend(vm, value_object(made), a->value, deque_append_value) ? made : VALUE_FAIL;
}

static Value deque_op_iadd(VM *vm, Deque *self, const deque_op_iadd_args *a) {
  return extend(vm, self, a->value, deque_append_value) ? value_from(self) : VALUE_FAIL;
}

static Value multiply(VM *vm, Deque *d, int64_t count) {
  uint64_t n = d->length;
  if (count <= 0) clear(d);
  if (count <= 1 || !n) return value_from(d);
  if (d->maxlen >= 0 && (uint64_t)count > (uint64_t)d->maxlen / n + 2)
    count = (int64_t)((uint64_t)d->maxlen / n + 2);
  if ((uint64_t)count > UINT64_C(1) << 58 || n > (UINT64_C(1) << 58) / (uint64_t)count)
    return raise_memory(vm);
  List *items = list_from_iterable(vm, value_from(d));
  if (!items) return VALUE_FAIL;
  for (int64_t i = 1; i < count; i++)
    for (uint64_t j = 0; j < n; j++)
      if (!deque_append_value(vm, d, items->items->items[j])) return VALUE_FAIL;
  return value_from(d);
}

static Value multiplied_copy(VM *vm, Deque *self, int64_t count) {
  Value made = copy(vm, self);
  return value_is_fail(made) ? made : multiply(vm, value_object(made), count);
}
static Value deque_op_mul(VM *vm, Deque *self, const deque_op_mul_args *a) {
  return multiplied_copy(vm, self, a->value);
}
static Value deque_op_rmul(VM *vm, Deque *self, const deque_op_rmul_args *a) {
  return multiplied_copy(vm, self, a->value);
}
static Value deque_op_imul(VM *vm, Deque *self, const deque_op_imul_args *a) {
  return multiply(vm, self, a->value);
}
static Value deque_op_sizeof(VM *vm, Deque *self, const deque_op_sizeof_args *a) {
  return cell_sizeof(vm, self, self->items);
}

static Value deque_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (!value_is_fail(v)) ((Deque *)value_object(v))->maxlen = -1;
  return v;
}

static void deque_trace(Marker *marker, Object *self) {
  mark_object(marker, ((Deque *)self)->items);
}
const ClassSpec deque_class = {
    NATIVE_CLASS(deque_),
    .basic_size = sizeof(Deque),
    .trace = deque_trace,
};

/* ---- iterators; index counts the items given out */
static inline Value deque_step(VM *vm, DequeIterator *it, bool backwards) {
  Deque *d = it->deque;
  if (!d) return VALUE_STOP;
  if (d->state != it->state) {
    it->remaining = 0;
    return mutated(vm);
  }
  if (!it->remaining) {
    it->deque = NULL;
    return VALUE_STOP;
  }
  uint64_t i = it->index++;
  it->remaining--;
  return *deque_at(d, backwards ? d->length - 1 - i : i);
}
static Value deque_iterator_next(VM *vm, Value self) {
  return deque_step(vm, value_object(self), false);
}
static Value deque_reverse_iterator_next(VM *vm, Value self) {
  return deque_step(vm, value_object(self), true);
}

static Value deque_iterator_op_length_hint(VM *vm, DequeIterator *self,
                                           const deque_iterator_op_length_hint_args *a) {
  return value_int_unchecked(self->deque ? (int64_t)self->remaining : 0);
}

static Value deque_iterator_op_reduce(VM *vm, DequeIterator *self,
                                      const deque_iterator_op_reduce_args *a) {
  Deque *deque = self->deque ? self->deque : deque_new(vm);
  int64_t given = self->deque ? (int64_t)(deque->length - self->remaining) : 0;
  return PACK(value_from(object_type(self)), PACK(value_from(deque), value_int_unchecked(given)));
}

static Value deque_iterator_construct(VM *vm, Type *cls, const deque_iterator_construct_args *a) {
  Value v = iterate(vm, cls, a->deque);
  if (value_is_fail(v)) return v;
  DequeIterator *it = value_object(v);
  for (int64_t skip = a->index; skip > 0 && it->remaining; skip--) it->index++, it->remaining--;
  return v;
}

static void deque_iterator_trace(Marker *marker, Object *self) {
  mark_object(marker, ((DequeIterator *)self)->deque);
}

const ClassSpec deque_iterator_class = {
    NATIVE_NAMES(deque_iterator_forward_), NATIVE_TABLES(deque_iterator_),
    .basic_size = sizeof(DequeIterator),   .trace = deque_iterator_trace,
    .next = deque_iterator_next,
};
const ClassSpec deque_reverse_iterator_class = {
    NATIVE_NAMES(deque_iterator_reverse_), NATIVE_TABLES(deque_iterator_),
    .basic_size = sizeof(DequeIterator),   .trace = deque_iterator_trace,
    .next = deque_reverse_iterator_next,
};

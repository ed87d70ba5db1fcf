/* range.c -- range objects: lazy arithmetic progressions of ints of any size, and their iterators.
** Small ranges (all four numbers immediate) take the int64 paths; the rest goes through int.h. */
#include "vm/objects/range.h"
#include "vm/objects/hashing.h"
#include "vm/objects/int.h"
#include "vm/objects/items.h"
#include "vm/objects/slice.h"

#define NATIVE_DEF "vm/objects/range.def"
#define NATIVE_PREFIX range_
#define NATIVE_SELF Range *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/objects/range_iterator.def"
#define NATIVE_PREFIX range_iterator_
#define NATIVE_SELF RangeIterator *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/objects/longrange_iterator.def"
#define NATIVE_PREFIX longrange_iterator_
#include "vm/contracts/native_class.inc"

typedef struct LongRangeIterator {
  Object h;
  Value index, start, step, length;
} LongRangeIterator;

#define ZERO value_int_unchecked(0)
#define ONE value_int_unchecked(1)
#define TRY(v)                               \
  do {                                       \
    if (value_is_fail(v)) return VALUE_FAIL; \
  } while (0)

static inline bool is_small(const Range *r) {
  return value_are_ints(r->start, r->stop) && value_are_ints(r->step, r->length);
}

/* ---- making */
static Value length_of(VM *vm, Value start, Value stop, Value step) {
  if (value_are_ints(start, stop) && value_is_int(step)) {
    int64_t a = value_as_int(start), b = value_as_int(stop), s = value_as_int(step);
    if (s > 0)
      return value_int(vm,
                       a < b ? (int64_t)(((uint64_t)b - (uint64_t)a - 1) / (uint64_t)s) + 1 : 0);
    return value_int(vm, b < a ? (int64_t)(((uint64_t)a - (uint64_t)b - 1) / (0 - (uint64_t)s)) + 1
                               : 0);
  }
  bool up = int_sign(step) > 0;
  Value low = up ? start : stop, high = up ? stop : start;
  if (int_compare(low, high) >= 0) return ZERO;
  Value span = int_sub(vm, high, low), size = up ? step : int_neg(vm, step);
  TRY(span);
  TRY(size);
  Value last = int_sub(vm, span, ONE);
  TRY(last);
  Value whole = int_floordiv(vm, last, size);
  TRY(whole);
  return int_add(vm, whole, ONE);
}

static Value make(VM *vm, Value start, Value stop, Value step) {
  Value length = length_of(vm, start, stop, step);
  TRY(length);
  Range *r = heap_new(vm, SHAPE_OF(range), sizeof(Range));
  r->start = start, r->stop = stop, r->step = step, r->length = length;
  return value_from(r);
}

static Value range_new(VM *vm, Value start, Value stop, Value step) {
  if (!value_index(vm, start, &start) || !value_index(vm, stop, &stop) ||
      !value_index(vm, step, &step))
    return VALUE_FAIL;
  if (int_sign(step) == 0) return raise_value(vm, "range() arg 3 must not be zero");
  return make(vm, start, stop, step);
}

static Value range_construct(VM *vm, Type *cls, const range_construct_args *a) {
  if (a->stop != VALUE_MISSING)
    return range_new(vm, a->start, a->stop, a->step == VALUE_MISSING ? ONE : a->step);
  Value stop = a->start;
  if (!value_is_int(stop) && !value_index(vm, stop, &stop)) return VALUE_FAIL;
  return make(vm, ZERO, stop, ONE);
}

/* ---- items */
static Value item_at(VM *vm, const Range *r, Value i) { /* start + i * step */
  Value offset = int_mul(vm, i, r->step);
  TRY(offset);
  return int_add(vm, r->start, offset);
}

static Value get_slice(VM *vm, Range *r, Slice *slice) {
  Value indices = call_method1(vm, value_from(slice), NAME("indices"), r->length);
  TRY(indices);
  Value *bounds = ((Tuple *)value_object(indices))->items;
  Value step = int_mul(vm, r->step, bounds[2]);
  TRY(step);
  Value start = item_at(vm, r, bounds[0]), stop = item_at(vm, r, bounds[1]);
  TRY(start);
  TRY(stop);
  return make(vm, start, stop, step);
}

static Value range_op_getitem(VM *vm, Range *self, const range_op_getitem_args *a) {
  Value key = a->key, i;
  if (value_is_int(key) && is_small(self)) {
    int64_t n = value_as_int(self->length), at = value_as_int(key);
    if (at < 0) at += n;
    if ((uint64_t)at >= (uint64_t)n)
      return raise_error(vm, TYPE_OF(IndexError), "range object index out of range");
    return value_int_unchecked(value_as_int(self->start) + at * value_as_int(self->step));
  }
  if (value_is(key, slice)) return get_slice(vm, self, value_object(key));
  if (!value_is_any_int(key) && !value_has_special(key, SPECIAL_index))
    return raise_type(vm, "range indices must be integers or slices, not %.200T", key);
  if (!value_index(vm, key, &i)) return VALUE_FAIL;
  if (int_sign(i) < 0) i = int_add(vm, i, self->length);
  TRY(i);
  if (int_sign(i) < 0 || int_compare(i, self->length) >= 0)
    return raise_error(vm, TYPE_OF(IndexError), "range object index out of range");
  return item_at(vm, self, i);
}

/* The index of an int in the range: *index, or VALUE_UNBOUND when it is not in it. */
static bool locate(VM *vm, Range *r, Value v, Value *index) {
  *index = VALUE_UNBOUND;
  if (is_small(r) && value_is_int(v)) {
    int64_t start = value_as_int(r->start), step = value_as_int(r->step), n = value_as_int(v),
            distance = n - start;
    if (distance % step == 0 && distance / step >= 0 && distance / step < value_as_int(r->length))
      *index = value_int_unchecked(distance / step);
    return true;
  }
  v = int_exact(vm, v);
  Value distance = int_sub(vm, v, r->start);
  if (value_is_fail(distance)) return false;
  Value rest = int_mod(vm, distance, r->step);
  if (value_is_fail(rest)) return false;
  if (rest != ZERO) return true;
  Value quotient = int_floordiv(vm, distance, r->step);
  if (value_is_fail(quotient)) return false;
  if (int_sign(quotient) >= 0 && int_compare(quotient, r->length) < 0) *index = quotient;
  return true;
}

static bool is_plain_int(Value v) {
  return value_is_int(v) || value_is_bool(v) || value_is(v, int);
}

/* For values that are no ints: compares with every item. -1 absent, -2 raised; counts matches into
** *count if given. */
static int64_t search(VM *vm, Range *self, Value v, int64_t *count) {
  Value iterator = get_iterator(vm, value_from(self));
  if (value_is_fail(iterator)) return -2;
  for (int64_t i = 0;; i++) {
    Value item = iterator_next(vm, iterator);
    if (item == VALUE_STOP) return -1;
    if (value_is_fail(item)) return -2;
    Answer same = values_equal(vm, item, v);
    if (same == ANSWER_FAILED) return -2;
    if (same && !count) return i;
    if (same) ++*count;
  }
}

static Value range_op_contains(VM *vm, Range *self, const range_op_contains_args *a) {
  Value index;
  if (is_plain_int(a->key))
    return locate(vm, self, a->key, &index) ? value_bool(index != VALUE_UNBOUND) : VALUE_FAIL;
  int64_t i = search(vm, self, a->key, NULL);
  return i == -2 ? VALUE_FAIL : value_bool(i >= 0);
}

static Value range_index(VM *vm, Range *self, const range_index_args *a) {
  if (is_plain_int(a->value)) {
    Value index;
    if (!locate(vm, self, a->value, &index)) return VALUE_FAIL;
    return index != VALUE_UNBOUND ? index : raise_value(vm, "%R is not in range", a->value);
  }
  int64_t i = search(vm, self, a->value, NULL);
  if (i == -2) return VALUE_FAIL;
  return i >= 0 ? value_int_unchecked(i) : raise_value(vm, "sequence.index(x): x not in sequence");
}

static Value range_count(VM *vm, Range *self, const range_count_args *a) {
  if (is_plain_int(a->value)) {
    Value index;
    return locate(vm, self, a->value, &index) ? (index != VALUE_UNBOUND ? ONE : ZERO) : VALUE_FAIL;
  }
  int64_t count = 0;
  return search(vm, self, a->value, &count) == -2 ? VALUE_FAIL : value_int_unchecked(count);
}

/* ---- special methods */
static Value range_op_repr(VM *vm, Range *self, const range_op_repr_args *a) {
  Str *text = self->step == ONE
                  ? str_format(vm, "range(%R, %R)", self->start, self->stop)
                  : str_format(vm, "range(%R, %R, %R)", self->start, self->stop, self->step);
  return value_of(text);
}

/* Ranges are equal when they give the same items: so only what distinguishes items is hashed. */
static Value range_op_hash(VM *vm, Range *self, const range_op_hash_args *a) {
  Value start = VALUE_NONE, step = VALUE_NONE;
  if (self->length != ZERO) start = self->start;
  if (self->length != ZERO && self->length != ONE) step = self->step;
  uint64_t hash;
  return tuple_hash(vm, TUPLE(self->length, start, step), &hash) ? value_int(vm, (int64_t)hash)
                                                                 : VALUE_FAIL;
}

static bool ranges_equal(const Range *x, const Range *y) {
  if (x == y) return true;
  if (int_compare(x->length, y->length)) return false;
  if (x->length == ZERO) return true;
  if (int_compare(x->start, y->start)) return false;
  return x->length == ONE || int_compare(x->step, y->step) == 0;
}

static Value range_op_eq(VM *vm, Range *self, const range_op_eq_args *a) {
  return value_is(a->value, range) ? value_bool(ranges_equal(self, value_object(a->value)))
                                   : VALUE_NOT_IMPLEMENTED;
}
static Value range_op_ne(VM *vm, Range *self, const range_op_ne_args *a) {
  return value_is(a->value, range) ? value_bool(!ranges_equal(self, value_object(a->value)))
                                   : VALUE_NOT_IMPLEMENTED;
}
static Value range_op_lt(VM *vm, Range *self, const range_op_lt_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value range_op_le(VM *vm, Range *self, const range_op_le_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value range_op_gt(VM *vm, Range *self, const range_op_gt_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value range_op_ge(VM *vm, Range *self, const range_op_ge_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}

static Value range_op__Bool(VM *vm, Range *self, const range_op__Bool_args *a) {
  return value_bool(self->length != ZERO);
}

static Value range_op_len(VM *vm, Range *self, const range_op_len_args *a) {
  int64_t n;
  if (int_to_int64(self->length, &n)) return self->length;
  return raise_error(vm, TYPE_OF(OverflowError), "Python int too large to convert to C ssize_t");
}

static Value range_op_reduce(VM *vm, Range *self, const range_op_reduce_args *a) {
  return PACK(value_from(TYPE_OF(range)), PACK(self->start, self->stop, self->step));
}

READONLY(range_set_start, Range *)
READONLY(range_set_stop, Range *)
READONLY(range_set_step, Range *)
static Value range_get_start(VM *vm, Range *self) { return self->start; }
static Value range_get_stop(VM *vm, Range *self) { return self->stop; }
static Value range_get_step(VM *vm, Range *self) { return self->step; }

/* ---- iterators */
static Value iterate(VM *vm, Value start, Value step, Value length) {
  if (value_are_ints(start, step) && value_is_int(length)) {
    /* the number behind the last item must not overflow either */
    int64_t end;
    if (!__builtin_mul_overflow(value_as_int(step), value_as_int(length), &end) &&
        !__builtin_add_overflow(end, value_as_int(start), &end) && int_fits_immediate(end)) {
      RangeIterator *it = heap_new_raw(vm, SHAPE_OF(range_iterator), sizeof(RangeIterator));
      it->next = value_as_int(start), it->step = value_as_int(step),
      it->remaining = value_as_int(length);
      it->start = it->next;
      return value_from(it);
    }
  }
  LongRangeIterator *it = heap_new(vm, SHAPE_OF(longrange_iterator), sizeof(LongRangeIterator));
  it->index = ZERO, it->start = start, it->step = step, it->length = length;
  return value_from(it);
}

static Value range_op_iter(VM *vm, Range *self, const range_op_iter_args *a) {
  return iterate(vm, self->start, self->step, self->length);
}

static Value range_op_reversed(VM *vm, Range *self, const range_op_reversed_args *a) {
  Value last = int_sub(vm, self->length, ONE), step = int_neg(vm, self->step);
  TRY(last);
  TRY(step);
  Value start = item_at(vm, self, last);
  TRY(start);
  return iterate(vm, start, step, self->length);
}

static Value range_iterator_next(VM *vm, Value self) {
  RangeIterator *it = value_object(self);
  if (it->remaining <= 0) return VALUE_STOP;
  it->remaining--;
  Value v = value_int_unchecked(it->next);
  it->next += it->step;
  return v;
}

static Value longrange_iterator_next(VM *vm, Value self) {
  LongRangeIterator *it = value_object(self);
  if (int_compare(it->index, it->length) >= 0) return VALUE_STOP;
  Value offset = int_mul(vm, it->index, it->step), following = int_add(vm, it->index, ONE);
  TRY(offset);
  TRY(following);
  Value v = int_add(vm, it->start, offset);
  TRY(v);
  it->index = following;
  heap_barrier(vm, it, following);
  return v;
}

static Value range_iterator_op_length_hint(VM *vm, RangeIterator *self,
                                           const range_iterator_op_length_hint_args *a) {
  return value_int_unchecked(self->remaining);
}

static Value reduced(VM *vm, Value rest, Value state) {
  Value iter = builtin_attr(vm, NAME("iter"));
  return PACK(iter, PACK(rest), state);
}

static Value range_iterator_op_reduce(VM *vm, RangeIterator *self,
                                      const range_iterator_op_reduce_args *a) {
  int64_t end = self->next + self->step * self->remaining,
          index = (self->next - self->start) / self->step;
  return reduced(
      vm, range_new(vm, value_int(vm, self->start), value_int(vm, end), value_int(vm, self->step)),
      value_int(vm, index));
}

static Value range_iterator_op_setstate(VM *vm, RangeIterator *self,
                                        const range_iterator_op_setstate_args *a) {
  int64_t skip;
  if (!state_index(vm, a->state, &skip)) return VALUE_FAIL;
  if (skip < 0) skip = 0;
  if (skip > self->remaining) skip = self->remaining;
  self->next += skip * self->step;
  self->remaining -= skip;
  return VALUE_NONE;
}

static Value longrange_iterator_op_length_hint(VM *vm, Value self,
                                               const longrange_iterator_op_length_hint_args *a) {
  LongRangeIterator *it = value_object(self);
  return int_sub(vm, it->length, it->index);
}

static Value longrange_iterator_op_reduce(VM *vm, Value self,
                                          const longrange_iterator_op_reduce_args *a) {
  LongRangeIterator *it = value_object(self);
  Value span = int_mul(vm, it->length, it->step);
  TRY(span);
  Value stop = int_add(vm, it->start, span);
  TRY(stop);
  return reduced(vm, range_new(vm, it->start, stop, it->step), it->index);
}

static Value longrange_iterator_op_setstate(VM *vm, Value self,
                                            const longrange_iterator_op_setstate_args *a) {
  LongRangeIterator *it = value_object(self);
  Value index;
  if (!value_index(vm, a->state, &index)) return VALUE_FAIL;
  if (int_sign(index) < 0) index = ZERO;
  if (int_compare(index, it->length) > 0) index = it->length;
  it->index = index;
  heap_barrier(vm, it, index);
  return VALUE_NONE;
}

static void range_trace(Marker *marker, Object *self) {
  mark_values(marker, &((Range *)self)->start, 4);
}
static void longrange_trace(Marker *marker, Object *self) {
  mark_values(marker, &((LongRangeIterator *)self)->index, 4);
}

const ClassSpec range_class = {NATIVE_CLASS(range_), .basic_size = sizeof(Range),
                               .trace = range_trace};
const ClassSpec range_iterator_class = {
    NATIVE_CLASS(range_iterator_),
    .basic_size = sizeof(RangeIterator),
    .next = range_iterator_next,
};
const ClassSpec longrange_iterator_class = {
    NATIVE_CLASS(longrange_iterator_),
    .basic_size = sizeof(LongRangeIterator),
    .trace = longrange_trace,
    .next = longrange_iterator_next,
};

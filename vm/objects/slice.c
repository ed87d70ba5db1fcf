/* slice.c -- slice objects and what their bounds mean for a sequence of a given length
** (range.h). */
#include "vm/objects/slice.h"
#include "vm/contracts/type.h"
#include "vm/objects/int.h"
#include "vm/objects/items.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/objects/slice.def"
#define NATIVE_PREFIX slice_
#define NATIVE_SELF Slice *
#include "vm/contracts/native_class.inc"

Value slice_new(VM *vm, Value start, Value stop, Value step) {
  Slice *slice = heap_new(vm, SHAPE_OF(slice), sizeof(Slice));
  slice->start = start, slice->stop = stop, slice->step = step;
  return value_from(slice);
}

/* A bound of a slice: None is dealt with, so the message may name it. */
static bool bound_index(VM *vm, Value v, int64_t *out) {
  if (UNLIKELY(!value_is_any_int(v) && !value_has_special(v, SPECIAL_index)))
    return raise_false(vm, TYPE_OF(TypeError),
                       "slice indices must be integers or None or have an __index__ method");
  return slice_index(vm, v, out);
}

static inline bool bound_of(VM *vm, Value v, int64_t absent, int64_t *out) {
  if (v == VALUE_NONE) return *out = absent, true;
  if (LIKELY(value_is_int(v))) return *out = value_as_int(v), true;
  return bound_index(vm, v, out);
}

bool slice_bounds_slow(VM *vm, const Slice *slice, SliceBounds *bounds) {
  if (!bound_of(vm, slice->step, 1, &bounds->step)) return false;
  if (bounds->step == 0) return raise_false(vm, TYPE_OF(ValueError), "slice step cannot be zero");
  if (bounds->step < -INT64_MAX) bounds->step = -INT64_MAX;
  bool down = bounds->step < 0;
  return bound_of(vm, slice->start, down ? INT64_MAX : 0, &bounds->start) &&
         bound_of(vm, slice->stop, down ? INT64_MIN : INT64_MAX, &bounds->stop);
}

/* ---- slice.indices(): the same with ints of any size */
static bool bound_as_int(VM *vm, Value v, Value *out) {
  if (!value_is_any_int(v) && !value_has_special(v, SPECIAL_index))
    return raise_false(vm, TYPE_OF(TypeError),
                       "slice indices must be integers or None or have an __index__ method");
  return value_index(vm, v, out);
}

static bool clamped_any(VM *vm, Value v, Value length, Value low, Value high, Value absent,
                        Value *out) {
  if (v == VALUE_NONE) return *out = absent, true;
  if (!bound_as_int(vm, v, out)) return false;
  if (int_sign(*out) < 0 && value_is_fail(*out = int_add(vm, *out, length))) return false;
  if (int_compare(*out, low) < 0) *out = low;
  if (int_compare(*out, high) > 0) *out = high;
  return true;
}

static Value slice_method_indices(VM *vm, Slice *self, const slice_method_indices_args *a) {
  const Value zero = value_int_unchecked(0), minus = value_int_unchecked(-1);
  Value n, step = value_int_unchecked(1), start, stop;
  if (!value_index(vm, a->len, &n)) return VALUE_FAIL;
  if (int_sign(n) < 0) return raise_value(vm, "length should not be negative");
  if (self->step != VALUE_NONE) {
    if (!bound_as_int(vm, self->step, &step)) return VALUE_FAIL;
    if (int_sign(step) == 0) return raise_value(vm, "slice step cannot be zero");
  }
  bool down = int_sign(step) < 0;
  Value high = down ? int_sub(vm, n, value_int_unchecked(1)) : n, low = down ? minus : zero;
  if (value_is_fail(high)) return high;
  if (!clamped_any(vm, self->start, n, low, high, down ? high : zero, &start)) return VALUE_FAIL;
  if (!clamped_any(vm, self->stop, n, low, high, down ? minus : high, &stop)) return VALUE_FAIL;
  return PACK(start, stop, step);
}

static Value slice_op_reduce(VM *vm, Slice *self, const slice_op_reduce_args *a) {
  return PACK(value_from(object_type(self)), PACK(self->start, self->stop, self->step));
}

static Value slice_op_repr(VM *vm, Slice *self, const slice_op_repr_args *a) {
  return value_of(str_format(vm, "slice(%R, %R, %R)", self->start, self->stop, self->step));
}

static Value compare_slices(VM *vm, CompareOp op, Slice *self, Value other) {
  if (!value_is(other, slice)) return VALUE_NOT_IMPLEMENTED;
  Slice *o = value_object(other);
  if (self == o) return value_bool(op == COMPARE_EQ || op == COMPARE_LE || op == COMPARE_GE);
  Value left = PACK(self->start, self->stop, self->step), right = PACK(o->start, o->stop, o->step);
  return items_compare(vm, op, left, right);
}
#define COMPARISON(name, op)                                     \
  static Value name(VM *vm, Slice *self, const name##_args *a) { \
    return compare_slices(vm, op, self, a->value);               \
  }
COMPARISON(slice_op_lt, COMPARE_LT)
COMPARISON(slice_op_le, COMPARE_LE)
COMPARISON(slice_op_eq, COMPARE_EQ)
COMPARISON(slice_op_ne, COMPARE_NE)
COMPARISON(slice_op_gt, COMPARE_GT)
COMPARISON(slice_op_ge, COMPARE_GE)
#undef COMPARISON

READONLY(slice_set_start, Slice *)
READONLY(slice_set_stop, Slice *)
READONLY(slice_set_step, Slice *)
static Value slice_get_start(VM *vm, Slice *self) { return self->start; }
static Value slice_get_stop(VM *vm, Slice *self) { return self->stop; }
static Value slice_get_step(VM *vm, Slice *self) { return self->step; }

static Value slice_construct(VM *vm, Type *cls, const slice_construct_args *a) {
  if (a->stop == VALUE_MISSING) return slice_new(vm, VALUE_NONE, a->start, VALUE_NONE);
  return slice_new(vm, a->start, a->stop, a->step);
}

static void slice_trace(Marker *marker, Object *self) {
  mark_values(marker, &((Slice *)self)->start, 3);
}
const ClassSpec slice_class = {
    NATIVE_CLASS(slice_),
    .basic_size = sizeof(Slice),
    .trace = slice_trace,
};

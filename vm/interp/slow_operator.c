/* slow_operator.c -- operators on what the loop does not handle inline. Exact str, mixed numbers
** and big ints are tested first. */
#include "vm/interp/slow.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/bytes.h"
#include "vm/objects/complex.h"
#include "vm/objects/dict.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/slice.h"

static_assert(offsetof(Str, length) == offsetof(Bytes, length),
              "slow_load_slice reads both lengths alike");

static inline bool exact_int(Value v) { return value_is_int(v) || value_is(v, int); }
static inline bool exact_float(Value v) { return value_is_float(v) || value_is(v, float); }

/* number_pair: both as doubles when one is a float and the other a float or immediate int. */
static inline bool number_pair(Value left, Value right, double *a, double *b) {
  if (exact_float(left)) {
    *a = float_of(left);
    if (exact_float(right)) return *b = float_of(right), true;
    if (value_is_int(right)) return *b = (double)value_as_int(right), true;
    return false;
  }
  if (value_is_int(left) && exact_float(right))
    return *a = (double)value_as_int(left), *b = float_of(right), true;
  return false;
}

static Value float_binary(VM *vm, BinaryOp op, double a, double b, bool *done) {
  *done = true;
  switch (op) {
  case BINARY_ADD: return value_float(vm, a + b);
  case BINARY_SUB: return value_float(vm, a - b);
  case BINARY_MUL: return value_float(vm, a * b);
  case BINARY_TRUEDIV:
    if (b != 0) return value_float(vm, a / b);
    break;
  case BINARY_FLOORDIV:
    if (b != 0) return value_float(vm, float_floordiv(a, b));
    break;
  case BINARY_MOD:
    if (b != 0) return value_float(vm, float_mod(a, b));
    break;
  case BINARY_POW: return float_pow(vm, a, b);
  default: break;
  }
  *done = false;
  return VALUE_NONE;
}

static Value int_binary(VM *vm, BinaryOp op, Value a, Value b, bool *done) {
  *done = true;
  Value result;
  if (int_binary_wide(vm, op, a, b, &result)) return result;
  switch (op) {
  case BINARY_ADD: return int_add(vm, a, b);
  case BINARY_SUB: return int_sub(vm, a, b);
  case BINARY_MUL: return int_mul(vm, a, b);
  case BINARY_TRUEDIV: return int_truediv(vm, a, b);
  case BINARY_FLOORDIV: return int_floordiv(vm, a, b);
  case BINARY_MOD: return int_mod(vm, a, b);
  case BINARY_POW: return int_pow(vm, a, b, VALUE_NONE);
  case BINARY_LSHIFT: return int_lshift(vm, a, b);
  case BINARY_RSHIFT: return int_rshift(vm, a, b);
  case BINARY_AND: return int_and(vm, a, b);
  case BINARY_XOR: return int_xor(vm, a, b);
  case BINARY_OR: return int_or(vm, a, b);
  default: *done = false; return VALUE_NONE;
  }
}

/* complex_of: an exact complex, float or immediate int as a complex number. */
static inline bool complex_of(Value v, double *real, double *imag) {
  if (value_is(v, complex)) {
    const Complex *c = value_object(v);
    return *real = c->real, *imag = c->imag, true;
  }
  *imag = 0;
  if (exact_float(v)) return *real = float_of(v), true;
  return value_is_int(v) ? (*real = (double)value_as_int(v), true) : false;
}

static Value complex_binary(VM *vm, BinaryOp op, Value left, Value right, bool *done) {
  double ar, ai, br, bi;
  *done = complex_of(left, &ar, &ai) && complex_of(right, &br, &bi);
  if (*done && op == BINARY_ADD) return complex_new(vm, ar + br, ai + bi);
  if (*done && op == BINARY_SUB) return complex_new(vm, ar - br, ai - bi);
  if (*done && op == BINARY_MUL) return complex_new(vm, ar * br - ai * bi, ar * bi + ai * br);
  if (*done && op == BINARY_TRUEDIV) return complex_quotient(vm, ar, ai, br, bi);
  *done = false;
  return VALUE_NONE;
}

/* Sums of two exact bytes objects. */
static inline bool bytes_pair(BinaryOp op, Value left, Value right) {
  return op == BINARY_ADD && value_is(left, bytes) && value_is(right, bytes);
}

static Value fast_binary(VM *vm, BinaryOp op, Value left, Value right, bool *done) {
  double a, b;
  if (exact_int(left) && exact_int(right)) return int_binary(vm, op, left, right, done);
  if (number_pair(left, right, &a, &b)) return float_binary(vm, op, a, b, done);
  if (value_is(left, complex) || value_is(right, complex))
    return complex_binary(vm, op, left, right, done);
  *done = bytes_pair(op, left, right);
  return *done ? bytes_concat(vm, value_object(left), value_object(right)) : VALUE_NONE;
}

/* is_other: an object that is no exact number. */
static inline bool is_other(Value v) {
  if (!value_is_pointer(v)) return false;
  uint32_t shape = ((const Object *)value_object(v))->shape;
  return shape != SHAPE_OF(int) && shape != SHAPE_OF(float) && shape != SHAPE_OF(complex);
}

Value slow_binary(VM *vm, BinaryOp op, Value left, Value right) {
  if (op == BINARY_ADD && value_is(left, str) && value_is(right, str)) {
    return value_of(str_sum(vm, value_object(left), value_object(right)));
  }
  if (is_other(left)) return binary_op(vm, op, left, right);
  bool done;
  Value v = fast_binary(vm, op, left, right, &done);
  return done ? v : binary_op(vm, op, left, right);
}

Value slow_inplace(VM *vm, BinaryOp op, Value left, Value right) {
  if (op == BINARY_ADD && value_is(left, str) && value_is(right, str)) {
    return value_of(str_append(vm, value_object(left), value_object(right)));
  }
  if (op == BINARY_ADD && value_is(left, bytearray) && value_is(right, bytes))
    return bytearray_add(vm, value_object(left), value_object(right)) ? left : VALUE_FAIL;
  if (is_other(left)) return inplace_op(vm, op, left, right);
  bool done;
  Value v = fast_binary(vm, op, left, right, &done);
  return done ? v : inplace_op(vm, op, left, right);
}

static Value compare_doubles(CompareOp op, double a, double b) {
  switch (op) {
  case COMPARE_LT: return value_bool(a < b);
  case COMPARE_LE: return value_bool(a <= b);
  case COMPARE_EQ: return value_bool(a == b);
  case COMPARE_NE: return value_bool(a != b);
  case COMPARE_GT: return value_bool(a > b);
  default: return value_bool(a >= b);
  }
}

static inline bool small_int(Value v) {
  return value_is_int(v) && value_as_int(v) < (INT64_C(1) << 53) &&
         value_as_int(v) > -(INT64_C(1) << 53);
}

Value slow_compare(VM *vm, CompareOp op, Value left, Value right) {
  if (value_is(left, str) && value_is(right, str)) {
    if (op == COMPARE_EQ)
      return value_bool(left == right || str_equal(value_object(left), value_object(right)));
    if (op == COMPARE_NE)
      return value_bool(left != right && !str_equal(value_object(left), value_object(right)));
    return value_bool(order_holds(op, str_compare(value_object(left), value_object(right))));
  }
  if (exact_float(left) && small_int(right))
    return compare_doubles(op, float_of(left), (double)value_as_int(right));
  if (small_int(left) && exact_float(right))
    return compare_doubles(op, (double)value_as_int(left), float_of(right));
  if (exact_int(left) && exact_int(right))
    return value_bool(order_holds(op, int_compare(left, right)));
  return compare(vm, op, left, right);
}

Answer slow_compare_truth(VM *vm, CompareOp op, Value left, Value right) {
  if ((op == COMPARE_EQ || op == COMPARE_NE) && value_is(left, str) && value_is(right, str))
    return str_equal(value_object(left), value_object(right)) == (op == COMPARE_EQ);
  Value v = slow_compare(vm, op, left, right);
  if (value_is_bool(v)) return v == VALUE_TRUE;
  return value_is_fail(v) ? ANSWER_FAILED : value_truth(vm, v);
}

Value slow_load_index(VM *vm, Value object, Value key) {
  if (value_is(object, str) && value_is_int(key)) {
    Str *s = value_object(object);
    int64_t i = value_as_int(key);
    if (i < 0) i += (int64_t)s->length;
    if (LIKELY(i >= 0 && (uint64_t)i < s->length)) {
      return value_of(str_from_char(vm, str_at(s, (size_t)i)));
    }
  }
  if (value_is(object, bytes) && value_is_int(key)) {
    const Bytes *bytes = value_object(object);
    int64_t i = value_as_int(key);
    if (i < 0) i += (int64_t)bytes->length;
    if (LIKELY(i >= 0 && (uint64_t)i < bytes->length)) return value_int_unchecked(bytes->data[i]);
  }
  return get_item(vm, object, key);
}

/* slice_bound: an int or None clamped to 0..length; false: something else. */
static inline bool slice_bound(Value v, int64_t length, int64_t fallback, int64_t *out) {
  if (v == VALUE_NONE) return *out = fallback, true;
  if (!value_is_int(v)) return false;
  int64_t n = value_as_int(v);
  if (n < 0 && (n += length) < 0) n = 0;
  *out = n < length ? n : length;
  return true;
}

bool slow_store_index(VM *vm, Value object, Value key, Value v) {
  return set_item(vm, object, key, v);
}

Value slow_load_slice(VM *vm, Value object, Value start, Value stop) {
  int64_t from, to;
  if (value_is(object, str) || value_is(object, bytes)) {
    Str *s = value_object(object); /* Bytes has its length in the same place */
    if (slice_bound(start, (int64_t)s->length, 0, &from) &&
        slice_bound(stop, (int64_t)s->length, (int64_t)s->length, &to)) {
      if (to < from) to = from;
      if (value_is(object, str)) return value_of(str_substring(vm, s, (size_t)from, (size_t)to));
      return value_of(bytes_new(vm, ((Bytes *)s)->data + from, (size_t)(to - from)));
    }
  } else if (value_is(object, list) || value_is(object, tuple)) {
    const Value *items;
    size_t length;
    sequence_view(object, &items, &length);
    if (slice_bound(start, (int64_t)length, 0, &from) &&
        slice_bound(stop, (int64_t)length, (int64_t)length, &to)) {
      size_t count = to > from ? (size_t)(to - from) : 0;
      if (value_is(object, list)) return value_of(list_from_values(vm, items + from, count));
      return count == length ? object : value_of(tuple_from_values(vm, items + from, count));
    }
  }
  Value slice = slice_new(vm, start, stop, VALUE_NONE);
  return value_is_fail(slice) ? slice : get_item(vm, object, slice);
}

/* local_slice: a slice in the caller's C frame, for exact built-in sequences and plain bounds:
** their code runs nothing and keeps nothing. */
static inline bool local_slice(Slice *slice, const Value *bounds) {
  for (int i = 0; i < 3; i++)
    if (UNLIKELY(!value_is_int(bounds[i]) && bounds[i] != VALUE_NONE)) return false;
  *slice = (Slice){.h = {.shape = SHAPE_OF(slice), .bits = OBJ_STATIC},
                   .start = bounds[0],
                   .stop = bounds[1],
                   .step = bounds[2]};
  return true;
}

Value slow_slice_load(VM *vm, Value object, const Value *bounds) {
  Slice slice;
  bool exact = value_is(object, list) || value_is(object, tuple) || value_is(object, str) ||
               value_is(object, bytes);
  if (LIKELY(exact) && local_slice(&slice, bounds)) return get_item(vm, object, value_from(&slice));
  Value made = slice_new(vm, bounds[0], bounds[1], bounds[2]);
  return value_is_fail(made) ? made : slow_load_index(vm, object, made);
}

bool slow_slice_store(VM *vm, Value object, const Value *bounds, Value v) {
  Slice slice;
  if (LIKELY(value_is(object, list) && (value_is(v, list) || value_is(v, tuple))) &&
      local_slice(&slice, bounds))
    return list_set_index(vm, value_object(object), value_from(&slice), v);
  Value made = slice_new(vm, bounds[0], bounds[1], bounds[2]);
  return !value_is_fail(made) && slow_store_index(vm, object, made, v);
}

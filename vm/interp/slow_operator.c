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

/* What operators tell operands apart by: bits, so that one test looks at both sides. */
enum {
  IS_SMALL_INT = 1,
  IS_BIG_INT = 2,
  IS_FLOAT = 4,
  IS_COMPLEX = 8,
  IS_STR = 16,
  IS_BYTES = 32,
  IS_OTHER = 64,
};
static inline unsigned kind_of(Value v) {
  if (value_is_int(v)) return IS_SMALL_INT;
  if (value_is_float(v)) return IS_FLOAT;
  if (!value_is_pointer(v)) return IS_OTHER;
  switch (((const Object *)value_object(v))->shape) {
  case SHAPE_OF(int): return IS_BIG_INT;
  case SHAPE_OF(float): return IS_FLOAT;
  case SHAPE_OF(complex): return IS_COMPLEX;
  case SHAPE_OF(str): return IS_STR;
  case SHAPE_OF(bytes): return IS_BYTES;
  default: return IS_OTHER;
  }
}

/* A small int or a float as a double. */
static inline double number_of(Value v) {
  return value_is_int(v) ? (double)value_as_int(v) : float_of(v);
}

/* The functions of pairs of numbers: false: not this operator, or what the general way raises. */
static bool float_binary(VM *vm, BinaryOp op, double a, double b, Value *out) {
  switch (op) {
  case BINARY_ADD: return *out = value_float(vm, a + b), true;
  case BINARY_SUB: return *out = value_float(vm, a - b), true;
  case BINARY_MUL: return *out = value_float(vm, a * b), true;
  case BINARY_TRUEDIV: return b != 0 && (*out = value_float(vm, a / b), true);
  case BINARY_FLOORDIV: return b != 0 && (*out = value_float(vm, float_floordiv(a, b)), true);
  case BINARY_MOD: return b != 0 && (*out = value_float(vm, float_mod(a, b)), true);
  case BINARY_POW: return *out = float_pow(vm, a, b), true;
  default: return false;
  }
}

static bool int_binary(VM *vm, BinaryOp op, Value a, Value b, Value *out) {
  if (int_binary_wide(vm, op, a, b, out)) return true;
  switch (op) {
  case BINARY_ADD: return *out = int_add(vm, a, b), true;
  case BINARY_SUB: return *out = int_sub(vm, a, b), true;
  case BINARY_MUL: return *out = int_mul(vm, a, b), true;
  case BINARY_TRUEDIV: return *out = int_truediv(vm, a, b), true;
  case BINARY_FLOORDIV: return *out = int_floordiv(vm, a, b), true;
  case BINARY_MOD: return *out = int_mod(vm, a, b), true;
  case BINARY_POW: return *out = int_pow(vm, a, b, VALUE_NONE), true;
  case BINARY_LSHIFT: return *out = int_lshift(vm, a, b), true;
  case BINARY_RSHIFT: return *out = int_rshift(vm, a, b), true;
  case BINARY_AND: return *out = int_and(vm, a, b), true;
  case BINARY_XOR: return *out = int_xor(vm, a, b), true;
  case BINARY_OR: return *out = int_or(vm, a, b), true;
  default: return false;
  }
}

/* complex_of: a complex, float or small int as a complex number. */
static inline void complex_of(Value v, double *real, double *imag) {
  *imag = 0;
  if (!value_is(v, complex)) {
    *real = number_of(v);
    return;
  }
  const Complex *c = value_object(v);
  *real = c->real, *imag = c->imag;
}

static bool complex_binary(VM *vm, BinaryOp op, Value left, Value right, Value *out) {
  double ar, ai, br, bi;
  complex_of(left, &ar, &ai), complex_of(right, &br, &bi);
  switch (op) {
  case BINARY_ADD: return *out = complex_new(vm, ar + br, ai + bi), true;
  case BINARY_SUB: return *out = complex_new(vm, ar - br, ai - bi), true;
  case BINARY_MUL: return *out = complex_new(vm, ar * br - ai * bi, ar * bi + ai * br), true;
  case BINARY_TRUEDIV: return *out = complex_quotient(vm, ar, ai, br, bi), true;
  default: return false;
  }
}

/* number_binary: of two exact numbers; kinds: of both. */
static inline bool number_binary(VM *vm, BinaryOp op, unsigned kinds, Value left, Value right,
                                 Value *out) {
  if (kinds <= (IS_SMALL_INT | IS_BIG_INT)) return int_binary(vm, op, left, right, out);
  if (kinds > (IS_COMPLEX | IS_FLOAT | IS_SMALL_INT) || kinds & IS_BIG_INT) return false;
  if (kinds & IS_COMPLEX) return complex_binary(vm, op, left, right, out);
  return float_binary(vm, op, number_of(left), number_of(right), out);
}

Value slow_binary(VM *vm, BinaryOp op, Value left, Value right) {
  Value result;
  unsigned kinds = kind_of(left) | kind_of(right);
  if (number_binary(vm, op, kinds, left, right, &result)) return result;
  if (op == BINARY_ADD && kinds == IS_STR)
    return value_of(str_sum(vm, value_object(left), value_object(right)));
  if (op == BINARY_ADD && kinds == IS_BYTES)
    return bytes_concat(vm, value_object(left), value_object(right));
  return binary_op(vm, op, left, right);
}

Value slow_inplace(VM *vm, BinaryOp op, Value left, Value right) {
  Value result;
  unsigned kinds = kind_of(left) | kind_of(right);
  if (number_binary(vm, op, kinds, left, right, &result)) return result;
  if (op == BINARY_ADD && kinds == IS_STR)
    return value_of(str_append(vm, value_object(left), value_object(right)));
  if (op == BINARY_ADD && kinds == IS_BYTES)
    return bytes_concat(vm, value_object(left), value_object(right));
  if (op == BINARY_ADD && value_is(left, bytearray) && value_is(right, bytes))
    return bytearray_add(vm, value_object(left), value_object(right)) ? left : VALUE_FAIL;
  return inplace_op(vm, op, left, right);
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
  unsigned kinds = kind_of(left) | kind_of(right);
  if (kinds == IS_FLOAT ||
      (kinds == (IS_FLOAT | IS_SMALL_INT) && (small_int(left) || small_int(right))))
    return compare_doubles(op, number_of(left), number_of(right));
  if (kinds <= (IS_SMALL_INT | IS_BIG_INT))
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

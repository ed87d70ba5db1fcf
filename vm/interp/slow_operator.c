/* slow_operator.c -- operators on what the loop does not handle inline. Exact str, mixed numbers and big ints are tested first. */
#include "vm/interp/slow.h"
#include "vm/objects/dict.h"
#include "vm/objects/int.h"
#include "vm/objects/range.h"

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
  if (value_is_int(left) && exact_float(right)) return *a = (double)value_as_int(left), *b = float_of(right), true;
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

static Value fast_binary(VM *vm, BinaryOp op, Value left, Value right, bool *done) {
  double a, b;
  if (number_pair(left, right, &a, &b)) return float_binary(vm, op, a, b, done);
  if (exact_int(left) && exact_int(right)) return int_binary(vm, op, left, right, done);
  *done = false;
  return VALUE_NONE;
}

Value slow_binary(VM *vm, BinaryOp op, Value left, Value right) {
  if (op == BINARY_ADD && value_is(left, str) && value_is(right, str)) {
    Str *s = str_concat(vm, value_object(left), value_object(right));
    return s ? value_from(s) : VALUE_FAIL;
  }
  bool done;
  Value v = fast_binary(vm, op, left, right, &done);
  return done ? v : binary_op(vm, op, left, right);
}

Value slow_inplace(VM *vm, BinaryOp op, Value left, Value right) {
  if (op == BINARY_ADD && value_is(left, str) && value_is(right, str)) {
    Str *s = str_append(vm, value_object(left), value_object(right));
    return s ? value_from(s) : VALUE_FAIL;
  }
  bool done;
  Value v = fast_binary(vm, op, left, right, &done);
  return done ? v : inplace_op(vm, op, left, right);
}

static Value compare_result(CompareOp op, int order) {
  switch (op) {
  case COMPARE_LT: return value_bool(order < 0);
  case COMPARE_LE: return value_bool(order <= 0);
  case COMPARE_EQ: return value_bool(order == 0);
  case COMPARE_NE: return value_bool(order != 0);
  case COMPARE_GT: return value_bool(order > 0);
  default: return value_bool(order >= 0);
  }
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

static inline bool small_int(Value v) { return value_is_int(v) && value_as_int(v) < (INT64_C(1) << 53) && value_as_int(v) > -(INT64_C(1) << 53); }

Value slow_compare(VM *vm, CompareOp op, Value left, Value right) {
  if (value_is(left, str) && value_is(right, str)) {
    if (op == COMPARE_EQ) return value_bool(left == right || str_equal(value_object(left), value_object(right)));
    if (op == COMPARE_NE) return value_bool(left != right && !str_equal(value_object(left), value_object(right)));
    return compare_result(op, str_compare(value_object(left), value_object(right)));
  }
  if (exact_float(left) && small_int(right)) return compare_doubles(op, float_of(left), (double)value_as_int(right));
  if (small_int(left) && exact_float(right)) return compare_doubles(op, (double)value_as_int(left), float_of(right));
  if (exact_int(left) && exact_int(right)) return compare_result(op, int_compare(left, right));
  return compare(vm, op, left, right);
}

int slow_compare_truth(VM *vm, CompareOp op, Value left, Value right) {
  Value v = slow_compare(vm, op, left, right);
  if (value_is_bool(v)) return v == VALUE_TRUE;
  return value_is_fail(v) ? -1 : value_truth(vm, v);
}

Value slow_load_index(VM *vm, Value object, Value key) {
  if (value_is(object, str) && value_is_int(key)) {
    Str *s = value_object(object);
    int64_t i = value_as_int(key);
    if (i < 0) i += (int64_t)s->length;
    if (LIKELY(i >= 0 && (uint64_t)i < s->length)) {
      Str *c = str_from_char(vm, str_at(s, (size_t)i));
      return c ? value_from(c) : VALUE_FAIL;
    }
  }
  return get_item(vm, object, key);
}

bool slow_store_index(VM *vm, Value object, Value key, Value v) { return set_item(vm, object, key, v); }

Value slow_load_slice(VM *vm, Value object, Value start, Value stop) {
  Value slice = slice_new(vm, start, stop, VALUE_NONE);
  return value_is_fail(slice) ? slice : get_item(vm, object, slice);
}

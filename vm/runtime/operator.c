/* operator.c -- binary, in-place and unary operators, power.
**
** Order of tries (reference 3.3.8): the left operand's method, then the right one's reflected
** method; the right one first if its type is a proper subclass that provides a different reflected
** method. Sequences' + and * come last, after the other operand's reflected method, because they
** are not numeric methods. Law: SPECIAL_add … SPECIAL_divmod, SPECIAL_radd … and SPECIAL_iadd …
** stand in the order of BinaryOp (asserted below). */
#include "vm/contracts/type_internal.h"
#include "vm/objects/bytes.h"
#include "vm/objects/float.h"
#include "vm/objects/function.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"
#include "vm/objects/str_ops.h"

static_assert(SPECIAL_divmod - SPECIAL_add == BINARY_DIVMOD &&
                  SPECIAL_rdivmod - SPECIAL_radd == BINARY_DIVMOD &&
                  SPECIAL_ior - SPECIAL_iadd == BINARY_OR &&
                  SPECIAL_pow - SPECIAL_add == BINARY_POW &&
                  SPECIAL_ipow - SPECIAL_iadd == BINARY_POW,
              "special methods stand in the order of BinaryOp");

static const char *const symbols[] = {"+",           "-",  "*",  "@", "/", "//", "%",
                                      "** or pow()", "<<", ">>", "&", "^", "|",  "divmod()"};
static const char *const inplace_symbols[] = {
    "+=", "-=", "*=", "@=", "/=", "//=", "%=", "**=", "<<=", ">>=", "&=", "^=", "|="};

/* ---- exact numbers */

static inline bool is_exact_int(Value v) { return value_is_int(v) || value_is(v, int); }
static inline bool is_plain_int(Value v) { return is_exact_int(v) || value_is_bool(v); }
static inline bool is_exact_float(Value v) { return value_is_float(v) || value_is(v, float); }

static Value int_binary(VM *vm, BinaryOp op, Value a, Value b) {
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
  case BINARY_DIVMOD: return int_divmod(vm, a, b);
  default: return VALUE_NOT_IMPLEMENTED;
  }
}

static Value float_binary(VM *vm, BinaryOp op, double a, double b) {
  switch (op) {
  case BINARY_ADD: return value_float(vm, a + b);
  case BINARY_SUB: return value_float(vm, a - b);
  case BINARY_MUL: return value_float(vm, a * b);
  case BINARY_TRUEDIV:
    if (b == 0) return raise_error(vm, TYPE_OF(ZeroDivisionError), "float division by zero");
    return value_float(vm, a / b);
  case BINARY_POW: return float_pow(vm, a, b);
  default: return VALUE_NOT_IMPLEMENTED; /* the rest: float's own methods */
  }
}

/* exact_binary: both operands plain ints or floats; NOT_IMPLEMENTED: go the general way. */
static inline Value exact_binary(VM *vm, BinaryOp op, Value a, Value b) {
  if (is_plain_int(a) && is_plain_int(b)) {
    if (op >= BINARY_AND && op <= BINARY_OR && value_is_bool(a) && value_is_bool(b)) {
      bool x = a == VALUE_TRUE, y = b == VALUE_TRUE;
      return value_bool(op == BINARY_AND ? x && y : op == BINARY_OR ? x || y : x != y);
    }
    return int_binary(vm, op, a, b);
  }
  bool fa = is_exact_float(a), fb = is_exact_float(b);
  if (fa && fb) return float_binary(vm, op, float_of(a), float_of(b));
  if (fa && value_is_int(b)) return float_binary(vm, op, float_of(a), (double)value_as_int(b));
  if (fb && value_is_int(a)) return float_binary(vm, op, (double)value_as_int(a), float_of(b));
  return VALUE_NOT_IMPLEMENTED;
}

/* acts_as: is what `op` does with v, on either side, as the built-in class does it? */
static inline bool acts_as(Value v, BinaryOp op, uint32_t shape) {
  if (!value_is_pointer(v)) return false;
  const void *object = value_object(v);
  return special_shape(object, (Special)(SPECIAL_add + op)) == shape &&
         special_shape(object, (Special)(SPECIAL_radd + op)) == shape;
}

static inline bool is_kin_of_numbers(const Type *type) {
  return type_has(type, TYPE_HEAP) && type_has(type, TYPE_INT_SUBCLASS | TYPE_FLOAT_SUBCLASS);
}

/* kin_binary: numbers whose classes inherit what they do from int or float. */
static inline Value kin_binary(VM *vm, BinaryOp op, Value a, Value b) {
  bool ia = is_exact_int(a) || acts_as(a, op, SHAPE_OF(int));
  bool ib = is_exact_int(b) || acts_as(b, op, SHAPE_OF(int));
  if (ia && ib) {
    Value x = int_exact(vm, a), y = int_exact(vm, b);
    return value_is_fail(x) || value_is_fail(y) ? VALUE_FAIL : int_binary(vm, op, x, y);
  }
  bool fa = is_exact_float(a) || acts_as(a, op, SHAPE_OF(float));
  bool fb = is_exact_float(b) || acts_as(b, op, SHAPE_OF(float));
  if (fa && fb) return float_binary(vm, op, float_of(a), float_of(b));
  return VALUE_NOT_IMPLEMENTED;
}

/* ---- exact texts and sequences */

static inline Value exact_sum(VM *vm, Value a, Value b) {
  if (value_is(a, list) && value_is(b, list))
    return value_of(list_concat(vm, value_object(a), value_object(b)));
  if (value_is(a, tuple) && value_is(b, tuple))
    return value_of(tuple_concat(vm, value_object(a), value_object(b)));
  if (value_is(a, bytes) && value_is(b, bytes))
    return bytes_concat(vm, value_object(a), value_object(b));
  return VALUE_NOT_IMPLEMENTED;
}

static inline Value exact_repetition(VM *vm, Value a, int64_t times) {
  if (value_is(a, list)) return value_of(list_repeat(vm, value_object(a), times));
  if (value_is(a, tuple)) return value_of(tuple_repeat(vm, value_object(a), times));
  if (value_is(a, str)) return value_of(str_repeat(vm, value_object(a), times));
  return VALUE_NOT_IMPLEMENTED;
}

/* exact_sequence: what no other class has a say in; NOT_IMPLEMENTED: go the general way. */
static inline Value exact_sequence(VM *vm, BinaryOp op, Value a, Value b) {
  if (!value_is_pointer(a)) return VALUE_NOT_IMPLEMENTED;
  if (op == BINARY_ADD) return exact_sum(vm, a, b);
  if (op == BINARY_MUL && value_is_int(b)) return exact_repetition(vm, a, value_as_int(b));
  if (op == BINARY_MOD && value_is(a, str) &&
      (value_is(b, tuple) || !value_is_pointer(b) || value_is(b, str)))
    return str_percent(vm, value_object(a), b);
  return VALUE_NOT_IMPLEMENTED;
}

/* ---- the general way */

/* Is it the + or * of a native sequence? The data model calls these when no number method has
** answered (PySequence_Concat, PySequence_Repeat); their classes have items and no difference. */
static bool is_sequence_method(Value method) {
  if (!value_is(method, wrapper_descriptor) && !value_is(method, method_descriptor)) return false;
  const Type *owner = ((NativeFunction *)value_object(method))->owner;
  return owner->specials[SPECIAL_sub] == VALUE_UNBOUND &&
         owner->specials[SPECIAL_getitem] != VALUE_UNBOUND;
}

/* `left` and `right`: the method of a and the reflected one of b, or UNBOUND. */
static Value number_binary(VM *vm, Value a, Value b, Value left, Value right, bool right_first) {
  Value result;
  if (right_first) {
    result = call_special1(vm, right, b, a);
    if (result != VALUE_NOT_IMPLEMENTED) return result;
    right = VALUE_UNBOUND;
  }
  if (left != VALUE_UNBOUND) {
    result = call_special1(vm, left, a, b);
    if (result != VALUE_NOT_IMPLEMENTED) return result;
  }
  return right == VALUE_UNBOUND ? VALUE_NOT_IMPLEMENTED : call_special1(vm, right, b, a);
}

/* sequence * times, where `method` is the sequence's. */
static Value repeat(VM *vm, Value method, Value sequence, Value times) {
  int64_t count;
  if (!value_is_any_int(times) && !value_has_special(times, SPECIAL_index))
    return raise_type(vm, "can't multiply sequence by non-int of type '%.200T'", times);
  if (!convert_Times(vm, times, &count, NULL, 0)) return VALUE_FAIL;
  return call_special1(vm, method, sequence, value_int(vm, count));
}

/* a + b and a * b where one is a sequence: its method comes when the other's have declined. */
static NOINLINE Value sequence_binary(VM *vm, BinaryOp op, Value a, Value b, Value left,
                                      Value right) {
  bool left_is = is_sequence_method(left), right_is = is_sequence_method(right);
  Value result = number_binary(vm, a, b, left_is ? VALUE_UNBOUND : left,
                               right_is ? VALUE_UNBOUND : right, false);
  if (result != VALUE_NOT_IMPLEMENTED) return result;
  if (op == BINARY_ADD) return left_is ? call_special1(vm, left, a, b) : result;
  return left_is ? repeat(vm, left, a, b) : repeat(vm, right, b, a);
}

static Value general_binary(VM *vm, BinaryOp op, Value a, Value b) {
  Type *ta = value_type(a), *tb = value_type(b);
  if (ta == tb && op != BINARY_MUL && !is_kin_of_numbers(ta)) { /* the left one's method or none */
    Value only = ta->specials[SPECIAL_add + op];
    return only == VALUE_UNBOUND ? VALUE_NOT_IMPLEMENTED : call_special1(vm, only, a, b);
  }
  if (is_kin_of_numbers(ta) || is_kin_of_numbers(tb)) {
    Value result = kin_binary(vm, op, a, b);
    if (result != VALUE_NOT_IMPLEMENTED) return result;
  }
  Value left = ta->specials[SPECIAL_add + op],
        right = ta == tb ? VALUE_UNBOUND : tb->specials[SPECIAL_radd + op];
  if ((op == BINARY_ADD || op == BINARY_MUL) &&
      (is_sequence_method(left) || is_sequence_method(right)))
    return sequence_binary(vm, op, a, b, left, right);
  bool right_first = right != VALUE_UNBOUND && left != VALUE_UNBOUND &&
                     ta->specials[SPECIAL_radd + op] != right && type_is_subtype(tb, ta);
  return number_binary(vm, a, b, left, right, right_first);
}

static COLD Value refuse_operands(VM *vm, const char *symbol, Value a, Value b) {
  if (strcmp(symbol, ">>") == 0 && value_is(a, builtin_function_or_method) &&
      strcmp(((NativeFunction *)value_object(a))->spec->name, "print") == 0)
    return raise_type(vm,
                      "unsupported operand type(s) for %s: '%T' and '%T'. Did you mean "
                      "\"print(<message>, file=<output_stream>)\"?",
                      symbol, a, b);
  return raise_type(vm, "unsupported operand type(s) for %s: '%T' and '%T'", symbol, a, b);
}

Value binary_op(VM *vm, BinaryOp op, Value a, Value b) {
  assert(!error_pending(vm));
  Value result;
  if (!value_is_pointer(a) || !type_has(value_type(a), TYPE_HEAP)) {
    result = exact_sequence(vm, op, a, b);
    if (result != VALUE_NOT_IMPLEMENTED) return result;
    result = exact_binary(vm, op, a, b);
    if (result != VALUE_NOT_IMPLEMENTED) return result;
  }
  result = general_binary(vm, op, a, b);
  return result == VALUE_NOT_IMPLEMENTED ? refuse_operands(vm, symbols[op], a, b) : result;
}

/* For programs a sequence is what has items by number: not a dict. */
static bool has_items(Value v) {
  return value_has_special(v, SPECIAL_getitem) && !value_has_flag(v, TYPE_DICT_SUBCLASS);
}

Value sequence_concat(VM *vm, Value a, Value b, bool in_place) {
  Value add = value_special(a, SPECIAL_add), iadd = value_special(a, SPECIAL_iadd), result;
  if (in_place && is_sequence_method(iadd)) return call_special1(vm, iadd, a, b);
  if (is_sequence_method(add)) return call_special1(vm, add, a, b);
  if (has_items(a) && has_items(b)) {
    if (in_place && iadd != VALUE_UNBOUND) {
      result = call_special1(vm, iadd, a, b);
      if (result != VALUE_NOT_IMPLEMENTED) return result;
    }
    result = general_binary(vm, BINARY_ADD, a, b);
    if (result != VALUE_NOT_IMPLEMENTED) return result;
  }
  return raise_type(vm, "'%.200T' object can't be concatenated", a);
}

/* refuses_sequence: `a *= sequence` asks the sequence only if a's type has no place for sequence
** methods, as None and complex: the types that have one, all classes of programs among them, are
** taken for sequences that cannot be repeated. */
static bool refuses_sequence(Value a, Value b) {
  const Type *type = value_type(a);
  if (is_sequence_method(type->specials[SPECIAL_mul]) ||
      !is_sequence_method(value_special(b, SPECIAL_rmul)))
    return false;
  return type_may_be_sequence(type);
}

/* a += b and a *= b of a native sequence a: b's own number methods come first here, too. */
static Value inplace_sequence(VM *vm, BinaryOp op, Value a, Value b, Value method) {
  Value right = value_special(b, SPECIAL_radd + op);
  if (!is_sequence_method(right)) {
    Value result = number_binary(vm, a, b, VALUE_UNBOUND, right, false);
    if (result != VALUE_NOT_IMPLEMENTED) return result;
  }
  return op == BINARY_ADD ? call_special1(vm, method, a, b) : repeat(vm, method, a, b);
}

Value inplace_op(VM *vm, BinaryOp op, Value a, Value b) {
  Value result = exact_binary(vm, op, a, b);
  if (result != VALUE_NOT_IMPLEMENTED) return result;
  Value method = value_type(a)->specials[SPECIAL_iadd + op];
  /* the += that a class of the program inherits from a sequence counts as a number's: so does its
  ** slot in the reference */
  bool sequence = op == BINARY_MUL || (op == BINARY_ADD && !type_has(value_type(a), TYPE_HEAP));
  if (sequence && is_sequence_method(method)) return inplace_sequence(vm, op, a, b, method);
  if (method != VALUE_UNBOUND) {
    result = call_special1(vm, method, a, b);
    if (result != VALUE_NOT_IMPLEMENTED) return result;
  }
  Value left = value_special(a, SPECIAL_mul);
  if (op != BINARY_MUL || !refuses_sequence(a, b)) result = general_binary(vm, op, a, b);
  else if (left != VALUE_UNBOUND) result = call_special1(vm, left, a, b);
  return result == VALUE_NOT_IMPLEMENTED ? refuse_operands(vm, inplace_symbols[op], a, b) : result;
}

MUST_USE static bool becomes_double(VM *vm, Value v, double *out) {
  return !value_is_any_int(v) || int_to_double(vm, v, out);
}

static bool is_number(Value v) {
  return value_is_any_int(v) || value_is_any_float(v) || value_has_flag(v, TYPE_COMPLEX_SUBCLASS);
}

Value power(VM *vm, Value a, Value b, Value modulus) {
  if (modulus == VALUE_NONE) return binary_op(vm, BINARY_POW, a, b);
  if (is_plain_int(a) && is_plain_int(b) && is_plain_int(modulus))
    return int_pow(vm, a, b, modulus);
  Value method = value_special(a, SPECIAL_pow);
  if (method != VALUE_UNBOUND) {
    Value result = call_special2(vm, method, a, b, modulus);
    if (result != VALUE_NOT_IMPLEMENTED) return result;
  }
  const Value others[] = {b, modulus}; /* numbers among them know better why not */
  for (size_t i = 0; i < ARRAY_COUNT(others); i++) {
    if (value_is_any_float(others[i]))
      return raise_type(vm, "pow() 3rd argument not allowed unless all arguments are integers");
    double unused; /* they become complex first, which a long int may not */
    if (value_has_flag(others[i], TYPE_COMPLEX_SUBCLASS) && is_number(a) && is_number(b))
      return becomes_double(vm, a, &unused) && becomes_double(vm, b, &unused)
                 ? raise_value(vm, "complex modulo")
                 : VALUE_FAIL;
  }
  return raise_type(vm, "unsupported operand type(s) for ** or pow(): '%T', '%T', '%T'", a, b,
                    modulus);
}

Value unary_op(VM *vm, UnaryOp op, Value v) {
  static const char *const names[] = {"-", "+", "~"};
  if (is_plain_int(v))
    return op == UNARY_NEG   ? int_neg(vm, v)
           : op == UNARY_POS ? int_exact(vm, v)
                             : int_invert(vm, v);
  if (is_exact_float(v) && op != UNARY_INVERT)
    return op == UNARY_NEG ? value_float(vm, -float_of(v)) : v;
  Value method = value_special(v, SPECIAL_neg + op);
  assert(!error_pending(vm));
  if (method == VALUE_UNBOUND)
    return raise_type(vm, "bad operand type for unary %s: '%T'", names[op], v);
  return call_special0(vm, method, v);
}

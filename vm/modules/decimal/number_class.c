/* number_class.c -- the class Decimal. */
#include "vm/modules/decimal/quick.h"
#include "vm/objects/complex.h"
#include "vm/objects/float.h"

#define NATIVE_DEF "vm/modules/decimal/decimal.def"
#define NATIVE_PREFIX num_
#define NATIVE_SELF Decimal *
#include "vm/contracts/native_class.inc"

static Value num_construct(VM *vm, Type *cls, const num_construct_args *a) {
  DecimalContext *context = context_argument(vm, a->context);
  if (!context) return VALUE_FAIL;
  Value v = a->value == VALUE_MISSING ? value_int_unchecked(0) : a->value;
  return decimal_from_value(vm, cls, v, context, true);
}

/* ---- operators */

/* What the quick ways leave over: self by `operation` with a value: of a Decimal or an int, else
** NotImplemented. */
static NOINLINE Value operate(VM *vm, BinaryOperation *operation, Value left, Value right,
                              DecimalContext *context, bool slow) {
  Operand x, y;
  Answer a = operand_of(vm, left, &x), b = a == ANSWER_YES ? operand_of(vm, right, &y) : a;
  if (LIKELY(b == ANSWER_YES)) return decimal_binary(vm, operation, &x.n, &y.n, context, slow);
  return b == ANSWER_NO ? VALUE_NOT_IMPLEMENTED : VALUE_FAIL;
}
#define QUICK_ADD(a, b) quick_add(vm, a, b, false, context)
#define QUICK_SUB(a, b) quick_add(vm, a, b, true, context)
#define QUICK_MUL(a, b) quick_mul(vm, a, b, context)
#define QUICK_DIV(a, b) quick_div(vm, a, b, context)
#define QUICK_FLOORDIV(a, b) quick_floordiv(vm, a, b, context)
#define QUICK_MODULO(a, b) quick_modulo(vm, a, b, context)
#define OPERATE(left, right, quick, operation, slow)                 \
  do {                                                               \
    DecimalContext *context = context_current(vm);                   \
    if (UNLIKELY(!context)) return VALUE_FAIL;                       \
    Value done_ = quick(left, right);                                \
    if (LIKELY(done_ != VALUE_UNBOUND)) return done_;                \
    return operate(vm, operation, (left), (right), context, (slow)); \
  } while (0)
#define OPERATOR(name, reflected, quick, operation, slow)                    \
  static Value name(VM *vm, Decimal *self, const name##_args *a) {           \
    OPERATE(value_from(self), a->value, quick, operation, slow);             \
  }                                                                          \
  static Value reflected(VM *vm, Decimal *self, const reflected##_args *a) { \
    OPERATE(a->value, value_from(self), quick, operation, slow);             \
  }
OPERATOR(num_op_add, num_op_radd, QUICK_ADD, dec_add, false)
OPERATOR(num_op_sub, num_op_rsub, QUICK_SUB, dec_sub, false)
OPERATOR(num_op_mul, num_op_rmul, QUICK_MUL, dec_mul, false)
OPERATOR(num_op_truediv, num_op_rtruediv, QUICK_DIV, dec_div, true)
OPERATOR(num_op_floordiv, num_op_rfloordiv, QUICK_FLOORDIV, dec_div_int, false)
OPERATOR(num_op_mod, num_op_rmod, QUICK_MODULO, dec_rem, false)

static Value divide_both(VM *vm, Value left, Value right) {
  DecimalContext *context = context_current(vm);
  Operand x, y;
  if (!context) return VALUE_FAIL;
  Answer a = operand_of(vm, left, &x), b = a == ANSWER_YES ? operand_of(vm, right, &y) : a;
  if (b == ANSWER_YES) return decimal_divmod(vm, &x.n, &y.n, context);
  return b == ANSWER_NO ? VALUE_NOT_IMPLEMENTED : VALUE_FAIL;
}
static Value num_op_divmod(VM *vm, Decimal *self, const num_op_divmod_args *a) {
  return divide_both(vm, value_from(self), a->value);
}
static Value num_op_rdivmod(VM *vm, Decimal *self, const num_op_rdivmod_args *a) {
  return divide_both(vm, a->value, value_from(self));
}

static Value raise_power(VM *vm, Value base, Value exponent, Value modulus) {
  DecimalContext *context = context_current(vm);
  Operand x, y, m;
  if (!context) return VALUE_FAIL;
  if (modulus == VALUE_NONE) {
    Value done = quick_power(vm, base, exponent, context);
    if (done != VALUE_UNBOUND) return done;
  }
  Answer answer = operand_of(vm, base, &x);
  if (answer == ANSWER_YES) answer = operand_of(vm, exponent, &y);
  if (answer == ANSWER_YES && modulus != VALUE_NONE) answer = operand_of(vm, modulus, &m);
  if (answer != ANSWER_YES) return answer == ANSWER_NO ? VALUE_NOT_IMPLEMENTED : VALUE_FAIL;
  if (modulus == VALUE_NONE) return decimal_binary(vm, dec_pow, &x.n, &y.n, context, true);
  return decimal_ternary(vm, apply_powmod, &x.n, &y.n, &m.n, context);
}
static Value num_op_pow(VM *vm, Decimal *self, const num_op_pow_args *a) {
  return raise_power(vm, value_from(self), a->value, a->mod);
}
static Value num_op_rpow(VM *vm, Decimal *self, const num_op_rpow_args *a) {
  return raise_power(vm, a->value, value_from(self), a->mod);
}

static Value unary_of(VM *vm, UnaryOperation *operation, const Decimal *self, Value in, bool slow) {
  DecimalContext *context = context_argument(vm, in);
  Number n;
  if (!context) return VALUE_FAIL;
  decimal_number(self, &n);
  return decimal_unary(vm, operation, &n, context, slow);
}
/* +, - and abs in the current context */
static Value signed_as(VM *vm, UnaryOperation *operation, const Decimal *self, bool negative) {
  DecimalContext *context = context_current(vm);
  if (!context) return VALUE_FAIL;
  Value done = quick_signed(vm, self, negative, context);
  if (LIKELY(done != VALUE_UNBOUND)) return done;
  Number n;
  decimal_number(self, &n);
  return decimal_unary(vm, operation, &n, context, false);
}
static Value num_op_neg(VM *vm, Decimal *self, const num_op_neg_args *a) {
  return signed_as(vm, dec_minus, self, !decimal_is_negative(self));
}
static Value num_op_pos(VM *vm, Decimal *self, const num_op_pos_args *a) {
  return signed_as(vm, dec_plus, self, decimal_is_negative(self));
}
static Value num_op_abs(VM *vm, Decimal *self, const num_op_abs_args *a) {
  return signed_as(vm, dec_abs, self, false);
}
static Value num_op_truth(VM *vm, Decimal *self, const num_op_truth_args *a) {
  Number n;
  decimal_number(self, &n);
  return value_bool(!number_is_zero(&n));
}

#define COMPARISON(name, op)                                       \
  static Value name(VM *vm, Decimal *self, const name##_args *a) { \
    return decimal_compare(vm, op, value_from(self), a->value);    \
  }
COMPARISON(num_op_lt, COMPARE_LT)
COMPARISON(num_op_le, COMPARE_LE)
COMPARISON(num_op_eq, COMPARE_EQ)
COMPARISON(num_op_ne, COMPARE_NE)
COMPARISON(num_op_gt, COMPARE_GT)
COMPARISON(num_op_ge, COMPARE_GE)
static Value num_op_hash(VM *vm, Decimal *self, const num_op_hash_args *a) {
  uint64_t hash;
  return decimal_hash(vm, value_from(self), &hash) ? value_int(vm, (int64_t)hash) : VALUE_FAIL;
}

/* ---- conversions */

static Value num_op_str(VM *vm, Decimal *self, const num_op_str_args *a) {
  DecimalContext *context = context_current(vm);
  Number n;
  if (!context) return VALUE_FAIL;
  decimal_number(self, &n);
  return decimal_text(vm, &n, false, context->capitals);
}
static Value num_op_repr(VM *vm, Decimal *self, const num_op_repr_args *a) {
  DecimalContext *context = context_current(vm);
  Number n;
  if (!context) return VALUE_FAIL;
  decimal_number(self, &n);
  Value text = decimal_text(vm, &n, false, context->capitals);
  return value_is_fail(text) ? text
                             : value_of(str_format(vm, "Decimal('%U')", (Str *)value_object(text)));
}
static Value to_integer(VM *vm, const Decimal *self, Rounding rounding) {
  Number n;
  decimal_number(self, &n);
  return decimal_to_int(vm, &n, rounding);
}
static Value num_op_int(VM *vm, Decimal *self, const num_op_int_args *a) {
  return to_integer(vm, self, ROUNDING_DOWN);
}
static Value num_trunc(VM *vm, Decimal *self, const num_trunc_args *a) {
  return to_integer(vm, self, ROUNDING_DOWN);
}
static Value num_floor(VM *vm, Decimal *self, const num_floor_args *a) {
  return to_integer(vm, self, ROUNDING_FLOOR);
}
static Value num_ceil(VM *vm, Decimal *self, const num_ceil_args *a) {
  return to_integer(vm, self, ROUNDING_CEILING);
}
static Value num_round(VM *vm, Decimal *self, const num_round_args *a) {
  Number n, unit = number_one;
  int64_t places;
  if (a->ndigits == VALUE_NONE) return to_integer(vm, self, ROUNDING_HALF_EVEN);
  if (!value_is_any_int(a->ndigits)) return raise_type(vm, "optional arg must be an integer");
  if (!int_to_int64(a->ndigits, &places))
    return raise_error(vm, TYPE_OF(OverflowError), "Python int too large to convert to C ssize_t");
  DecimalContext *context = context_current(vm);
  if (!context) return VALUE_FAIL;
  unit.exponent = places == INT64_MIN ? INT64_MAX : -places;
  decimal_number(self, &n);
  return decimal_binary(vm, dec_quantize, &n, &unit, context, false);
}
static Value num_op_float(VM *vm, Decimal *self, const num_op_float_args *a) {
  Number n;
  double d;
  decimal_number(self, &n);
  return decimal_to_double(vm, &n, &d) ? value_float(vm, d) : VALUE_FAIL;
}
static Value num_to_complex(VM *vm, Decimal *self, const num_to_complex_args *a) {
  Number n;
  double d;
  decimal_number(self, &n);
  return decimal_to_double(vm, &n, &d) ? complex_new(vm, d, 0) : VALUE_FAIL;
}
static Value num_as_integer_ratio(VM *vm, Decimal *self, const num_as_integer_ratio_args *a) {
  Number n;
  decimal_number(self, &n);
  return decimal_ratio(vm, &n);
}
static Value num_as_tuple(VM *vm, Decimal *self, const num_as_tuple_args *a) {
  Number n;
  decimal_number(self, &n);
  return decimal_tuple(vm, &n);
}
static Value num_reduce(VM *vm, Decimal *self, const num_reduce_args *a) {
  Value text = value_str(vm, value_from(self));
  Value arguments = PACK(text);
  return PACK(value_from(object_type(self)), arguments);
}
static Value num_size_of(VM *vm, Decimal *self, const num_size_of_args *a) {
  int64_t digits = decimal_digits(self);
  int64_t apart =
      digits > DECIMAL_SMALL_DIGITS ? limbs_for(digits) * (int64_t)sizeof(Limb) + 16 : 0;
  return value_int(vm, (int64_t)object_type(self)->cell_size + apart);
}
static Value num_formatted(VM *vm, Decimal *self, const num_formatted_args *a) {
  DecimalContext *context = context_current(vm);
  Number n;
  if (!context) return VALUE_FAIL;
  if (!value_is_str(a->spec)) return raise_type(vm, "format argument must be str");
  decimal_number(self, &n);
  return decimal_format(vm, &n, value_object(a->spec), a->override, context);
}
static Value num_to_eng_string(VM *vm, Decimal *self, const num_to_eng_string_args *a) {
  DecimalContext *context = context_argument(vm, a->context);
  Number n;
  if (!context) return VALUE_FAIL;
  decimal_number(self, &n);
  return decimal_text(vm, &n, true, context->capitals);
}

/* ---- what needs no arithmetic */

static Value num_copy(VM *vm, Decimal *self, const num_copy_args *a) { return value_from(self); }
static Value num_deepcopy(VM *vm, Decimal *self, const num_deepcopy_args *a) {
  return value_from(self);
}
static Value num_canonical(VM *vm, Decimal *self, const num_canonical_args *a) {
  return value_from(self);
}
static Value num_conjugate(VM *vm, Decimal *self, const num_conjugate_args *a) {
  return value_from(self);
}
static Value num_get_real(VM *vm, Decimal *self) { return value_from(self); }
static Value num_get_imag(VM *vm, Decimal *self) {
  return decimal_new(vm, TYPE_OF(decimal_Decimal), &number_zero);
}
static Value num_radix(VM *vm, Decimal *self, const num_radix_args *a) {
  return decimal_from_int(vm, TYPE_OF(decimal_Decimal), value_int_unchecked(10), NULL, true);
}
static Value with_sign(VM *vm, const Decimal *self, bool negative) {
  Number n;
  decimal_number(self, &n);
  n.negative = negative;
  return decimal_new(vm, TYPE_OF(decimal_Decimal), &n);
}
static Value num_copy_abs(VM *vm, Decimal *self, const num_copy_abs_args *a) {
  return with_sign(vm, self, false);
}
static Value num_copy_negate(VM *vm, Decimal *self, const num_copy_negate_args *a) {
  return with_sign(vm, self, !decimal_is_negative(self));
}
static Value num_adjusted(VM *vm, Decimal *self, const num_adjusted_args *a) {
  Number n;
  decimal_number(self, &n);
  return value_int(vm, number_is_special(&n) ? 0 : number_adjusted(&n));
}
static Value num_number_class(VM *vm, Decimal *self, const num_number_class_args *a) {
  DecimalContext *context = context_argument(vm, a->context);
  Number n;
  if (!context) return VALUE_FAIL;
  decimal_number(self, &n);
  return value_of(str_new_cstr(vm, dec_class(&context->s, &n)));
}
static Value num_same_quantum(VM *vm, Decimal *self, const num_same_quantum_args *a) {
  Number n;
  Operand other;
  if (!context_argument(vm, a->context) || !operand_check(vm, a->other, &other)) return VALUE_FAIL;
  decimal_number(self, &n);
  return value_bool(dec_same_quantum(&n, &other.n));
}
static Value num_from_float(VM *vm, Value cls, const num_from_float_args *a) {
  DecimalContext *context = context_current(vm);
  Value v;
  if (!context) return VALUE_FAIL;
  Type *exact = TYPE_OF(decimal_Decimal);
  if (value_is_any_int(a->f)) v = decimal_from_int(vm, exact, a->f, context, true);
  else if (value_is_any_float(a->f))
    v = decimal_from_float(vm, exact, float_of(a->f), context, true);
  else return raise_type(vm, "argument must be int or float");
  if (value_is_fail(v) || cls == value_from(exact)) return v;
  return call1(vm, cls, v);
}

/* ---- rounding asked for in the call */

/* The context of a call with rounding and context: a copy that rounds so, whose flags go to the
** original. */
typedef struct Local {
  DecimalContext *context, copy;
} Local;
static bool local_context(VM *vm, Value rounding, Value in, Local *local) {
  local->context = context_argument(vm, in);
  if (!local->context) return false;
  local->copy.s = local->context->s;
  return rounding == VALUE_NONE || rounding_of(vm, rounding, &local->copy.s.rounding);
}
static Value run_local(VM *vm, Operation *op, Local *local) {
  op->settings = &local->copy.s;
  if (!operation_run(vm, op)) return VALUE_FAIL;
  return decimal_finish(vm, TYPE_OF(decimal_Decimal), op, local->context);
}
static Value num_quantize(VM *vm, Decimal *self, const num_quantize_args *a) {
  Local local;
  Operand unit;
  if (!local_context(vm, a->rounding, a->context, &local) || !operand_check(vm, a->exp, &unit))
    return VALUE_FAIL;
  if (LIKELY(unit.n.kind == KIND_FINITE)) {
    Value done = quick_quantize(vm, self, unit.n.exponent, &local.copy.s, local.context);
    if (LIKELY(done != VALUE_UNBOUND)) return done;
  }
  Operation op;
  operation_begin(&op, apply_binary, NULL);
  op.binary = dec_quantize;
  op.b = unit.n;
  decimal_number(self, &op.a);
  return run_local(vm, &op, &local);
}
static Value integral(VM *vm, const Decimal *self, Value rounding, Value in,
                      UnaryOperation *operation) {
  Local local;
  if (!local_context(vm, rounding, in, &local)) return VALUE_FAIL;
  Operation op;
  operation_begin(&op, apply_unary, NULL);
  op.unary = operation;
  decimal_number(self, &op.a);
  return run_local(vm, &op, &local);
}
static Value num_to_integral(VM *vm, Decimal *self, const num_to_integral_args *a) {
  return integral(vm, self, a->rounding, a->context, dec_to_integral_value);
}
static Value num_to_integral_value(VM *vm, Decimal *self, const num_to_integral_value_args *a) {
  return integral(vm, self, a->rounding, a->context, dec_to_integral_value);
}
static Value num_to_integral_exact(VM *vm, Decimal *self, const num_to_integral_exact_args *a) {
  return integral(vm, self, a->rounding, a->context, dec_to_integral_exact);
}

/* ---- operations */

static Value num_fma(VM *vm, Decimal *self, const num_fma_args *a) {
  DecimalContext *context = context_argument(vm, a->context);
  Operand y, z;
  Number x;
  if (!context || !operand_check(vm, a->other, &y) || !operand_check(vm, a->third, &z))
    return VALUE_FAIL;
  decimal_number(self, &x);
  return decimal_ternary(vm, apply_fma, &x, &y.n, &z.n, context);
}

#define DECIMAL_UNARY(name, operation, slow)                       \
  static Value name(VM *vm, Decimal *self, const name##_args *a) { \
    return unary_of(vm, operation, self, a->context, slow);        \
  }
static Value binary_of(VM *vm, BinaryOperation *operation, const Decimal *self, Value other,
                       Value in) {
  DecimalContext *context = context_argument(vm, in);
  Operand y;
  Number x;
  if (!context || !operand_check(vm, other, &y)) return VALUE_FAIL;
  decimal_number(self, &x);
  return decimal_binary(vm, operation, &x, &y.n, context, false);
}
#define DECIMAL_BINARY(name, operation, slow)                      \
  static Value name(VM *vm, Decimal *self, const name##_args *a) { \
    return binary_of(vm, operation, self, a->other, a->context);   \
  }
#define DECIMAL_QUESTION(name, answer)                             \
  static Value name(VM *vm, Decimal *self, const name##_args *a) { \
    Number x;                                                      \
    decimal_number(self, &x);                                      \
    return value_bool(answer);                                     \
  }
#define DECIMAL_QUESTION_IN(name, answer)                          \
  static Value name(VM *vm, Decimal *self, const name##_args *a) { \
    DecimalContext *context = context_argument(vm, a->context);    \
    Number x;                                                      \
    if (!context) return VALUE_FAIL;                               \
    decimal_number(self, &x);                                      \
    return value_bool(answer);                                     \
  }
DECIMAL_UNARY(num_exp, dec_exp, true)
DECIMAL_UNARY(num_ln, dec_ln, true)
DECIMAL_UNARY(num_log10, dec_log10, true)
DECIMAL_UNARY(num_logb, dec_logb, false)
DECIMAL_UNARY(num_logical_invert, dec_invert, false)
DECIMAL_UNARY(num_next_minus, dec_next_minus, false)
DECIMAL_UNARY(num_next_plus, dec_next_plus, false)
DECIMAL_UNARY(num_normalize, dec_reduce, false)
DECIMAL_UNARY(num_sqrt, dec_sqrt, true)
DECIMAL_BINARY(num_compare, dec_compare, false)
DECIMAL_BINARY(num_compare_signal, dec_compare_signal, false)
DECIMAL_BINARY(num_compare_total, dec_compare_total, false)
DECIMAL_BINARY(num_compare_total_mag, dec_compare_total_mag, false)
DECIMAL_BINARY(num_copy_sign, dec_copy_sign, false)
DECIMAL_BINARY(num_logical_and, dec_and, false)
DECIMAL_BINARY(num_logical_or, dec_or, false)
DECIMAL_BINARY(num_logical_xor, dec_xor, false)
DECIMAL_BINARY(num_max, dec_max, false)
DECIMAL_BINARY(num_max_mag, dec_max_mag, false)
DECIMAL_BINARY(num_min, dec_min, false)
DECIMAL_BINARY(num_min_mag, dec_min_mag, false)
DECIMAL_BINARY(num_next_toward, dec_next_toward, false)
DECIMAL_BINARY(num_remainder_near, dec_rem_near, false)
DECIMAL_BINARY(num_rotate, dec_rotate, false)
DECIMAL_BINARY(num_scaleb, dec_scaleb, false)
DECIMAL_BINARY(num_shift, dec_shift, false)
DECIMAL_QUESTION(num_is_canonical, true)
DECIMAL_QUESTION(num_is_finite, !number_is_special(&x))
DECIMAL_QUESTION(num_is_infinite, x.kind == KIND_INFINITE)
DECIMAL_QUESTION(num_is_nan, number_is_nan(&x))
DECIMAL_QUESTION(num_is_qnan, x.kind == KIND_NAN)
DECIMAL_QUESTION(num_is_signed, x.negative)
DECIMAL_QUESTION(num_is_snan, x.kind == KIND_SIGNALING)
DECIMAL_QUESTION(num_is_zero, number_is_zero(&x))
DECIMAL_QUESTION_IN(num_is_normal, dec_is_normal(&context->s, &x))
DECIMAL_QUESTION_IN(num_is_subnormal, dec_is_subnormal(&context->s, &x))

static void num_trace(Marker *marker, Object *self) {
  const Decimal *d = (const Decimal *)self;
  if (d->h.bits & DECIMAL_LARGE) mark_object(marker, (const void *)(uintptr_t)d->low);
}
static bool num_verify(const Object *object) {
  const Decimal *d = (const Decimal *)object;
  bool large = d->h.bits & DECIMAL_LARGE;
  LAW(large ? decimal_digits(d) > DECIMAL_SMALL_DIGITS : decimal_digits(d) <= DECIMAL_SMALL_DIGITS);
  LAW(large || d->high == 0 || decimal_digits(d) > LIMB_DIGITS);
  LAW(decimal_digits(d) || (d->low == 0 && d->high == 0));
  Number n;
  decimal_number(d, &n);
  LAW(number_verify(&n));
  return true;
}

const ClassSpec decimal_Decimal_class = {
    NATIVE_CLASS(num_),
    .verify = VERIFIER(num_verify),
    .basic_size = sizeof(Decimal),
    .trace = num_trace,
};

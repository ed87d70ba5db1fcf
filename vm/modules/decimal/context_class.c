/* context_class.c -- the class Context: its attributes, and the operations as its methods. */
#include "vm/modules/decimal/quick.h"
#include "vm/objects/float.h"

#define NATIVE_DEF "vm/modules/decimal/context.def"
#define NATIVE_PREFIX ctx_
#define NATIVE_SELF DecimalContext *
#include "vm/contracts/native_class.inc"

/* ---- making */

static Value ctx_blank(VM *vm, Type *cls) { return value_of(context_make(vm, cls)); }

static bool set_signals(VM *vm, Value v, uint32_t *out) {
  return value_has_flag(v, TYPE_LIST_SUBCLASS) ? signals_from_list(vm, v, out)
                                               : signals_from_mapping(vm, v, out);
}
#define GIVEN(v) ((v) != VALUE_NONE && (v) != VALUE_MISSING)
static Value ctx_op_init(VM *vm, DecimalContext *self, const ctx_op_init_args *a) {
  bool ok = (!GIVEN(a->prec) || context_set_prec(vm, self, a->prec)) &&
            (!GIVEN(a->rounding) || context_set_rounding(vm, self, a->rounding)) &&
            (!GIVEN(a->emin) || context_set_emin(vm, self, a->emin)) &&
            (!GIVEN(a->emax) || context_set_emax(vm, self, a->emax)) &&
            (!GIVEN(a->capitals) || context_set_capitals(vm, self, a->capitals)) &&
            (!GIVEN(a->clamp) || context_set_clamp(vm, self, a->clamp)) &&
            (!GIVEN(a->traps) || set_signals(vm, a->traps, &self->traps)) &&
            (!GIVEN(a->flags) || set_signals(vm, a->flags, &self->status));
  return value_none_if(ok);
}

static Value ctx_op_repr(VM *vm, DecimalContext *self, const ctx_op_repr_args *a) {
  Str *flags = signals_text(vm, self->status);
  if (!flags) return VALUE_FAIL;
  Str *traps = signals_text(vm, self->traps);
  if (!traps) return VALUE_FAIL;
  const Settings *s = &self->s;
  return value_of(str_format(
      vm,
      "Context(prec=%lld, rounding=%s, Emin=%lld, Emax=%lld, capitals=%d, clamp=%d, flags=%U, "
      "traps=%U)",
      (long long)s->prec, rounding_names[s->rounding], (long long)s->emin, (long long)s->emax,
      self->capitals, (int)s->clamp, flags, traps));
}
static Value ctx_reduce(VM *vm, DecimalContext *self, const ctx_reduce_args *a) {
  const Settings *s = &self->s;
  Value flags = signals_list(vm, self->status), traps = signals_list(vm, self->traps);
  Value rounding = value_of(str_new_cstr(vm, rounding_names[s->rounding]));
  Value arguments =
      PACK(value_int(vm, s->prec), rounding, value_int(vm, s->emin), value_int(vm, s->emax),
           value_int(vm, self->capitals), value_int(vm, s->clamp), flags, traps);
  return PACK(value_from(object_type(self)), arguments);
}
static Value ctx_copy(VM *vm, DecimalContext *self, const ctx_copy_args *a) {
  return value_of(context_copy(vm, self));
}
static Value ctx_copy_shallow(VM *vm, DecimalContext *self, const ctx_copy_shallow_args *a) {
  return value_of(context_copy(vm, self));
}

/* ---- attributes */

static bool settable(VM *vm, Value value) {
  return value != VALUE_MISSING ||
         raise_false(vm, TYPE_OF(AttributeError), "context attributes cannot be deleted");
}
static Value ctx_get_prec(VM *vm, DecimalContext *self) { return value_int(vm, self->s.prec); }
static bool ctx_set_prec(VM *vm, DecimalContext *self, Value value) {
  return settable(vm, value) && context_set_prec(vm, self, value);
}
static Value ctx_get_rounding(VM *vm, DecimalContext *self) {
  return value_of(str_intern_cstr(vm, rounding_names[self->s.rounding]));
}
static bool ctx_set_rounding(VM *vm, DecimalContext *self, Value value) {
  return settable(vm, value) && context_set_rounding(vm, self, value);
}
static Value ctx_get_emin(VM *vm, DecimalContext *self) { return value_int(vm, self->s.emin); }
static bool ctx_set_emin(VM *vm, DecimalContext *self, Value value) {
  return settable(vm, value) && context_set_emin(vm, self, value);
}
static Value ctx_get_emax(VM *vm, DecimalContext *self) { return value_int(vm, self->s.emax); }
static bool ctx_set_emax(VM *vm, DecimalContext *self, Value value) {
  return settable(vm, value) && context_set_emax(vm, self, value);
}
static Value ctx_get_capitals(VM *vm, DecimalContext *self) {
  return value_int(vm, self->capitals);
}
static bool ctx_set_capitals(VM *vm, DecimalContext *self, Value value) {
  return settable(vm, value) && context_set_capitals(vm, self, value);
}
static Value ctx_get_clamp(VM *vm, DecimalContext *self) { return value_int(vm, self->s.clamp); }
static bool ctx_set_clamp(VM *vm, DecimalContext *self, Value value) {
  return settable(vm, value) && context_set_clamp(vm, self, value);
}

/* The mapping of its flags or traps, made when it is first asked for. */
static Value view(VM *vm, DecimalContext *self, Value *slot, bool of_traps) {
  if (*slot == VALUE_NONE) {
    Value made = signal_dict_new(vm, self, of_traps);
    if (value_is_fail(made)) return made;
    *slot = made;
    heap_barrier(vm, self, made);
  }
  return *slot;
}
static Value ctx_get_flags(VM *vm, DecimalContext *self) {
  return view(vm, self, &self->flags_view, false);
}
static Value ctx_get_traps(VM *vm, DecimalContext *self) {
  return view(vm, self, &self->traps_view, true);
}
static bool ctx_set_flags(VM *vm, DecimalContext *self, Value value) {
  return settable(vm, value) && signals_from_mapping(vm, value, &self->status);
}
static bool ctx_set_traps(VM *vm, DecimalContext *self, Value value) {
  return settable(vm, value) && signals_from_mapping(vm, value, &self->traps);
}
static Value ctx_etiny(VM *vm, DecimalContext *self, const ctx_etiny_args *a) {
  return value_int(vm, settings_etiny(&self->s));
}
static Value ctx_etop(VM *vm, DecimalContext *self, const ctx_etop_args *a) {
  return value_int(vm, settings_etop(&self->s));
}
static Value ctx_clear_flags(VM *vm, DecimalContext *self, const ctx_clear_flags_args *a) {
  self->status = 0;
  return VALUE_NONE;
}
static Value ctx_clear_traps(VM *vm, DecimalContext *self, const ctx_clear_traps_args *a) {
  self->traps = 0;
  return VALUE_NONE;
}

/* ---- numbers */

static Value ctx_radix(VM *vm, DecimalContext *self, const ctx_radix_args *a) {
  return decimal_from_int(vm, TYPE_OF(decimal_Decimal), value_int_unchecked(10), NULL, true);
}
static Value ctx_canonical(VM *vm, DecimalContext *self, const ctx_canonical_args *a) {
  if (!value_is_decimal(a->x)) return raise_type(vm, "argument must be a Decimal");
  return a->x;
}
static Value ctx_copy_decimal(VM *vm, DecimalContext *self, const ctx_copy_decimal_args *a) {
  Operand x;
  if (value_is_decimal(a->x)) return a->x;
  return operand_check(vm, a->x, &x) ? decimal_new(vm, TYPE_OF(decimal_Decimal), &x.n) : VALUE_FAIL;
}
static Value ctx_apply(VM *vm, DecimalContext *self, const ctx_apply_args *a) {
  Operand x;
  if (!operand_check(vm, a->x, &x)) return VALUE_FAIL;
  Operation op;
  operation_begin(&op, apply_finish, &self->s);
  op.a = x.n;
  if (!operation_run(vm, &op)) return VALUE_FAIL;
  return decimal_finish(vm, TYPE_OF(decimal_Decimal), &op, self);
}
static Value ctx_create_decimal(VM *vm, DecimalContext *self, const ctx_create_decimal_args *a) {
  Value v = a->num == VALUE_MISSING ? value_int_unchecked(0) : a->num;
  return decimal_from_value(vm, TYPE_OF(decimal_Decimal), v, self, false);
}
static Value ctx_create_decimal_from_float(VM *vm, DecimalContext *self,
                                           const ctx_create_decimal_from_float_args *a) {
  if (value_is_any_int(a->f))
    return decimal_from_int(vm, TYPE_OF(decimal_Decimal), a->f, self, false);
  if (!value_is_any_float(a->f)) return raise_type(vm, "argument must be int or float");
  return decimal_from_float(vm, TYPE_OF(decimal_Decimal), float_of(a->f), self, false);
}

/* ---- operations */

static Value ctx_fma(VM *vm, DecimalContext *self, const ctx_fma_args *a) {
  Operand x, y, z;
  if (!operand_check(vm, a->x, &x) || !operand_check(vm, a->y, &y) || !operand_check(vm, a->z, &z))
    return VALUE_FAIL;
  return decimal_ternary(vm, apply_fma, &x.n, &y.n, &z.n, self);
}
static Value ctx_divmod(VM *vm, DecimalContext *self, const ctx_divmod_args *a) {
  Operand x, y;
  if (!operand_check(vm, a->x, &x) || !operand_check(vm, a->y, &y)) return VALUE_FAIL;
  return decimal_divmod(vm, &x.n, &y.n, self);
}
static Value ctx_power(VM *vm, DecimalContext *self, const ctx_power_args *a) {
  Operand x, y, m;
  Value done = a->modulo == VALUE_NONE ? quick_power(vm, a->a, a->b, self) : VALUE_UNBOUND;
  if (done != VALUE_UNBOUND) return done;
  if (!operand_check(vm, a->a, &x) || !operand_check(vm, a->b, &y)) return VALUE_FAIL;
  if (a->modulo == VALUE_NONE) return decimal_binary(vm, dec_pow, &x.n, &y.n, self, true);
  if (!operand_check(vm, a->modulo, &m)) return VALUE_FAIL;
  return decimal_ternary(vm, apply_powmod, &x.n, &y.n, &m.n, self);
}
static Value ctx_number_class(VM *vm, DecimalContext *self, const ctx_number_class_args *a) {
  Operand x;
  if (!operand_check(vm, a->x, &x)) return VALUE_FAIL;
  return value_of(str_new_cstr(vm, dec_class(&self->s, &x.n)));
}
static Value ctx_same_quantum(VM *vm, DecimalContext *self, const ctx_same_quantum_args *a) {
  Operand x, y;
  if (!operand_check(vm, a->x, &x) || !operand_check(vm, a->y, &y)) return VALUE_FAIL;
  return value_bool(dec_same_quantum(&x.n, &y.n));
}
static Value ctx_to_sci_string(VM *vm, DecimalContext *self, const ctx_to_sci_string_args *a) {
  Operand x;
  if (!operand_check(vm, a->x, &x)) return VALUE_FAIL;
  return decimal_text(vm, &x.n, false, self->capitals);
}
static Value ctx_to_eng_string(VM *vm, DecimalContext *self, const ctx_to_eng_string_args *a) {
  Operand x;
  if (!operand_check(vm, a->x, &x)) return VALUE_FAIL;
  return decimal_text(vm, &x.n, true, self->capitals);
}

#define CONTEXT_UNARY(name, operation, slow)                              \
  static Value name(VM *vm, DecimalContext *self, const name##_args *a) { \
    Operand x;                                                            \
    if (!operand_check(vm, a->x, &x)) return VALUE_FAIL;                  \
    return decimal_unary(vm, operation, &x.n, self, slow);                \
  }
#define CONTEXT_BINARY(name, operation, slow)                                            \
  static Value name(VM *vm, DecimalContext *self, const name##_args *a) {                \
    Operand x, y;                                                                        \
    if (!operand_check(vm, a->x, &x) || !operand_check(vm, a->y, &y)) return VALUE_FAIL; \
    return decimal_binary(vm, operation, &x.n, &y.n, self, slow);                        \
  }
#define CONTEXT_QUESTION(name, answer)                                    \
  static Value name(VM *vm, DecimalContext *self, const name##_args *a) { \
    Operand x;                                                            \
    if (!operand_check(vm, a->x, &x)) return VALUE_FAIL;                  \
    return value_bool(answer);                                            \
  }
CONTEXT_UNARY(ctx_abs, dec_abs, false)
CONTEXT_UNARY(ctx_exp, dec_exp, true)
CONTEXT_UNARY(ctx_ln, dec_ln, true)
CONTEXT_UNARY(ctx_log10, dec_log10, true)
CONTEXT_UNARY(ctx_logb, dec_logb, false)
CONTEXT_UNARY(ctx_logical_invert, dec_invert, false)
CONTEXT_UNARY(ctx_minus, dec_minus, false)
CONTEXT_UNARY(ctx_next_minus, dec_next_minus, false)
CONTEXT_UNARY(ctx_next_plus, dec_next_plus, false)
CONTEXT_UNARY(ctx_normalize, dec_reduce, false)
CONTEXT_UNARY(ctx_plus, dec_plus, false)
CONTEXT_UNARY(ctx_sqrt, dec_sqrt, true)
CONTEXT_UNARY(ctx_to_integral, dec_to_integral_value, false)
CONTEXT_UNARY(ctx_to_integral_exact, dec_to_integral_exact, false)
CONTEXT_UNARY(ctx_to_integral_value, dec_to_integral_value, false)
CONTEXT_UNARY(ctx_copy_abs, dec_copy_abs, false)
CONTEXT_UNARY(ctx_copy_negate, dec_copy_negate, false)
CONTEXT_BINARY(ctx_add, dec_add, false)
CONTEXT_BINARY(ctx_compare, dec_compare, false)
CONTEXT_BINARY(ctx_compare_signal, dec_compare_signal, false)
CONTEXT_BINARY(ctx_compare_total, dec_compare_total, false)
CONTEXT_BINARY(ctx_compare_total_mag, dec_compare_total_mag, false)
CONTEXT_BINARY(ctx_copy_sign, dec_copy_sign, false)
CONTEXT_BINARY(ctx_divide, dec_div, true)
CONTEXT_BINARY(ctx_divide_int, dec_div_int, false)
CONTEXT_BINARY(ctx_logical_and, dec_and, false)
CONTEXT_BINARY(ctx_logical_or, dec_or, false)
CONTEXT_BINARY(ctx_logical_xor, dec_xor, false)
CONTEXT_BINARY(ctx_max, dec_max, false)
CONTEXT_BINARY(ctx_max_mag, dec_max_mag, false)
CONTEXT_BINARY(ctx_min, dec_min, false)
CONTEXT_BINARY(ctx_min_mag, dec_min_mag, false)
CONTEXT_BINARY(ctx_multiply, dec_mul, false)
CONTEXT_BINARY(ctx_next_toward, dec_next_toward, false)
CONTEXT_BINARY(ctx_quantize, dec_quantize, false)
CONTEXT_BINARY(ctx_remainder, dec_rem, false)
CONTEXT_BINARY(ctx_remainder_near, dec_rem_near, false)
CONTEXT_BINARY(ctx_rotate, dec_rotate, false)
CONTEXT_BINARY(ctx_scaleb, dec_scaleb, false)
CONTEXT_BINARY(ctx_shift, dec_shift, false)
CONTEXT_BINARY(ctx_subtract, dec_sub, false)
static Value ctx_is_canonical(VM *vm, DecimalContext *self, const ctx_is_canonical_args *a) {
  if (!value_is_decimal(a->x)) return raise_type(vm, "argument must be a Decimal");
  return VALUE_TRUE;
}
CONTEXT_QUESTION(ctx_is_finite, !number_is_special(&x.n))
CONTEXT_QUESTION(ctx_is_infinite, x.n.kind == KIND_INFINITE)
CONTEXT_QUESTION(ctx_is_nan, number_is_nan(&x.n))
CONTEXT_QUESTION(ctx_is_qnan, x.n.kind == KIND_NAN)
CONTEXT_QUESTION(ctx_is_signed, x.n.negative)
CONTEXT_QUESTION(ctx_is_snan, x.n.kind == KIND_SIGNALING)
CONTEXT_QUESTION(ctx_is_zero, number_is_zero(&x.n))
CONTEXT_QUESTION(ctx_is_normal, dec_is_normal(&self->s, &x.n))
CONTEXT_QUESTION(ctx_is_subnormal, dec_is_subnormal(&self->s, &x.n))

static void ctx_trace(Marker *marker, Object *self) {
  mark_value(marker, ((DecimalContext *)self)->flags_view);
  mark_value(marker, ((DecimalContext *)self)->traps_view);
}
static bool ctx_verify(const Object *object) {
  const DecimalContext *context = (const DecimalContext *)object;
  LAW(context->s.prec >= 1 && context->s.prec <= DECIMAL_MAX_PREC);
  LAW(context->s.emin >= DECIMAL_MIN_EMIN && context->s.emin <= 0);
  LAW(context->s.emax >= 0 && context->s.emax <= DECIMAL_MAX_EMAX);
  LAW(context->s.rounding < ROUNDING_COUNT);
  LAW(context->capitals == 0 || context->capitals == 1);
  return true;
}

const ClassSpec decimal_Context_class = {
    NATIVE_CLASS(ctx_),
    .verify = VERIFIER(ctx_verify),
    .basic_size = sizeof(DecimalContext),
    .trace = ctx_trace,
};

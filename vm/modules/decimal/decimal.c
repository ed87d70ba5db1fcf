/* decimal.c -- Decimal objects, and operations run on them. */
#include "vm/modules/decimal/decimal.h"
#include "vm/objects/int_limbs.h"

/* ---- numbers and objects */

static const RawBytes *large_cell(const Decimal *d) { return (const RawBytes *)(uintptr_t)d->low; }

void decimal_number(const Decimal *d, Number *out) {
  int64_t digits = decimal_digits(d);
  out->exponent = d->exponent;
  out->digits = digits;
  out->kind = (uint8_t)decimal_kind(d);
  out->negative = decimal_is_negative(d);
  if (LIKELY(!(d->h.bits & DECIMAL_LARGE))) {
    out->limbs = &d->low;
    out->count = (digits > 0) + (digits > LIMB_DIGITS);
  } else {
    out->limbs = (const Limb *)large_cell(d)->bytes;
    out->count = limbs_for(digits);
  }
}

/* A cell for an instance of cls; `large` ones hold a pointer. */
static Decimal *decimal_cell(VM *vm, Type *cls, bool large) {
  if (LIKELY(cls == TYPE_OF(decimal_Decimal)))
    return heap_take(vm, SHAPE_OF(decimal_Decimal), sizeof(Decimal), !large);
  Value v = object_new(vm, cls);
  return value_is_fail(v) ? NULL : value_object(v);
}

static Value decimal_new_large(VM *vm, Type *cls, const Number *n, uint32_t bits) {
  size_t size = (size_t)n->count * sizeof(Limb);
  RawBytes *limbs = raw_bytes_new(vm, size);
  if (!limbs) return VALUE_FAIL;
  memcpy(limbs->bytes, n->limbs, size);
  Decimal *d = decimal_cell(vm, cls, true);
  if (!d) return VALUE_FAIL;
  d->exponent = n->exponent;
  d->low = (uint64_t)(uintptr_t)limbs;
  d->high = (uint64_t)n->digits;
  d->h.bits |= bits | DECIMAL_LARGE;
  return value_from(d);
}

Value decimal_new(VM *vm, Type *cls, const Number *n) {
  deep_check(number_verify(n));
  uint32_t bits = (n->negative ? DECIMAL_NEGATIVE : 0) | (uint32_t)n->kind << DECIMAL_KIND_SHIFT;
  if (UNLIKELY(n->digits > DECIMAL_SMALL_DIGITS)) return decimal_new_large(vm, cls, n, bits);
  Decimal *d = decimal_cell(vm, cls, false);
  if (UNLIKELY(!d)) return VALUE_FAIL;
  d->exponent = n->exponent;
  d->low = n->count > 0 ? n->limbs[0] : 0;
  d->high = n->count > 1 ? n->limbs[1] : 0;
  d->h.bits |= bits | (uint32_t)n->digits << DECIMAL_DIGITS_SHIFT;
  return value_from(d);
}

/* ---- operands */

Answer operand_of(VM *vm, Value v, Operand *out) {
  if (LIKELY(value_is_decimal(v))) {
    out->holder = v;
    decimal_number(value_object(v), &out->n);
    return ANSWER_YES;
  }
  if (!value_is_any_int(v)) return ANSWER_NO;
  int64_t n;
  if (int_to_int64(v, &n)) {
    uint64_t size = n < 0 ? -(uint64_t)n : (uint64_t)n;
    out->room[0] = size % LIMB_BASE, out->room[1] = size / LIMB_BASE;
    number_set_limbs(&out->n, n < 0, out->room, 2, 0);
    return ANSWER_YES;
  }
  out->holder = decimal_from_int(vm, TYPE_OF(decimal_Decimal), v, NULL, true);
  if (value_is_fail(out->holder)) return ANSWER_FAILED;
  decimal_number(value_object(out->holder), &out->n);
  return ANSWER_YES;
}

bool operand_check(VM *vm, Value v, Operand *out) {
  Answer answer = operand_of(vm, v, out);
  if (LIKELY(answer == ANSWER_YES)) return true;
  if (answer == ANSWER_NO) raise_type(vm, "conversion from %T to Decimal is not supported", v);
  return false;
}

/* ---- operations */

void apply_unary(Operation *op) { op->unary(&op->work, op->settings, &op->a, &op->result); }
void apply_binary(Operation *op) {
  op->binary(&op->work, op->settings, &op->a, &op->b, &op->result);
}
void apply_fma(Operation *op) {
  dec_fma(&op->work, op->settings, &op->a, &op->b, &op->c, &op->result);
}
void apply_powmod(Operation *op) {
  dec_powmod(&op->work, op->settings, &op->a, &op->b, &op->c, &op->result);
}
static void apply_divmod(Operation *op) {
  dec_divmod(&op->work, op->settings, &op->a, &op->b, &op->result, &op->second);
}
void apply_finish(Operation *op) {
  op->result = op->a;
  number_finish(&op->work, op->settings, &op->result);
}
void apply_parse(Operation *op) {
  if (!dec_parse(&op->work, op->source, op->size, &op->result)) {
    number_invalid(&op->work, STATUS_CONVERSION_SYNTAX, &op->result);
  } else if (number_is_nan(&op->result)) {
    if (op->result.digits > op->settings->prec - op->settings->clamp)
      number_invalid(&op->work, STATUS_CONVERSION_SYNTAX, &op->result);
  } else {
    number_finish(&op->work, op->settings, &op->result);
  }
}

/* From here on (some 10 ms) work is done aside, so that signals are heard. */
enum { ASIDE_LIMBS = 200000, ASIDE_SLOW_LIMBS = 3000 };

static bool is_long(const Operation *op) {
  int64_t limbs = op->a.count + op->b.count + op->c.count + op->cost;
  int64_t wanted = op->settings->prec / LIMB_DIGITS;
  if (op->slow) return (limbs > wanted ? limbs : wanted) > ASIDE_SLOW_LIMBS;
  return limbs > ASIDE_LIMBS;
}

static void apply_aside(void *argument) {
  Operation *op = argument;
  work_init(&op->work);
  op->work.aside = true;
  op->apply(op);
}

static NOINLINE bool run_here(VM *vm, Operation *op) {
  if (setjmp(op->work.failure)) {
    work_deinit(&op->work);
    raise_memory(vm);
    return false;
  }
  op->apply(op);
  return true;
}

bool operation_run(VM *vm, Operation *op) {
  work_init(&op->work);
  if (LIKELY(!is_long(op))) return run_here(vm, op);
  if (int_work_aside(vm, apply_aside, op)) return true;
  op->work.blocks = NULL; /* they went with the thread */
  return false;
}

Value decimal_finish(VM *vm, Type *cls, Operation *op, DecimalContext *context) {
  uint32_t status = op->work.status;
  Value v = decimal_new(vm, cls, &op->result);
  operation_end(op);
  if (UNLIKELY(status) && context && !context_note(vm, context, status)) return VALUE_FAIL;
  return v;
}

Value decimal_unary(VM *vm, UnaryOperation *unary, const Number *a, DecimalContext *context,
                    bool slow) {
  Operation op;
  operation_begin(&op, apply_unary, &context->s);
  op.unary = unary;
  op.a = *a;
  op.slow = slow;
  if (!operation_run(vm, &op)) return VALUE_FAIL;
  return decimal_finish(vm, TYPE_OF(decimal_Decimal), &op, context);
}

Value decimal_binary(VM *vm, BinaryOperation *binary, const Number *a, const Number *b,
                     DecimalContext *context, bool slow) {
  Operation op;
  operation_begin(&op, apply_binary, &context->s);
  op.binary = binary;
  op.a = *a, op.b = *b;
  op.slow = slow;
  if (!operation_run(vm, &op)) return VALUE_FAIL;
  return decimal_finish(vm, TYPE_OF(decimal_Decimal), &op, context);
}

Value decimal_ternary(VM *vm, void (*apply)(Operation *op), const Number *a, const Number *b,
                      const Number *c, DecimalContext *context) {
  Operation op;
  operation_begin(&op, apply, &context->s);
  op.a = *a, op.b = *b, op.c = *c;
  op.slow = apply == apply_powmod;
  if (!operation_run(vm, &op)) return VALUE_FAIL;
  return decimal_finish(vm, TYPE_OF(decimal_Decimal), &op, context);
}

Value decimal_divmod(VM *vm, const Number *a, const Number *b, DecimalContext *context) {
  Operation op;
  operation_begin(&op, apply_divmod, &context->s);
  op.a = *a, op.b = *b;
  if (!operation_run(vm, &op)) return VALUE_FAIL;
  Value rest = decimal_new(vm, TYPE_OF(decimal_Decimal), &op.second);
  Value quotient = decimal_finish(vm, TYPE_OF(decimal_Decimal), &op, context);
  return PACK(quotient, rest);
}

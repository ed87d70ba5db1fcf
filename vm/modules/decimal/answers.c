/* answers.c -- what Decimals become: ints, floats, ratios, tuples, text, hashes; and how they
** compare with numbers of all kinds. */
#include <gmp.h>
#include <math.h>

#include "vm/modules/decimal/wide.h"
#include "vm/objects/complex.h"
#include "vm/objects/float.h"
#include "vm/objects/int_limbs.h"

/* ---- ints */

static void apply_integral(Operation *op) {
  Number n;
  dec_rescale(&op->work, op->settings, &op->a, 0, &n);
  op->result = n;
  op->words[0] = limbs_to_binary(&op->work, n.limbs, n.count, &op->word_counts[0]);
}

static bool check_finite(VM *vm, const Number *a, const char *what) {
  if (a->kind == KIND_FINITE) return true;
  if (number_is_nan(a))
    return raise_false(vm, TYPE_OF(ValueError), "cannot convert NaN to %s", what);
  return raise_false(vm, TYPE_OF(OverflowError), "cannot convert Infinity to %s", what);
}

/* One limb with digits behind the point. */
static Value short_to_int(VM *vm, const Number *a, Rounding rounding) {
  Limb unit = powers_of_ten[-a->exponent], n = a->limbs[0] / unit, rest = a->limbs[0] % unit;
  n += number_round_away(rounding, a->negative, (int)(n % 10), dropped_digit(rest, unit));
  return value_int(vm, a->negative ? -(int64_t)n : (int64_t)n);
}

Value decimal_to_int(VM *vm, const Number *a, Rounding rounding) {
  if (!check_finite(vm, a, "integer")) return VALUE_FAIL;
  if (a->exponent == 0 && a->count == 1) {
    int64_t n = (int64_t)a->limbs[0];
    return value_int(vm, a->negative ? -n : n);
  }
  if (a->exponent < 0 && a->exponent >= -LIMB_DIGITS && a->count == 1)
    return short_to_int(vm, a, rounding);
  Settings s = settings_exact;
  s.rounding = (uint8_t)rounding;
  enum { AGAINST_LINEAR = 8 };
  int64_t digits = a->digits + a->exponent;
  Operation op;
  operation_begin(&op, apply_integral, &s);
  op.a = *a;
  op.cost = digits > 0 ? digits / LIMB_DIGITS * AGAINST_LINEAR : 0;
  if (!operation_run(vm, &op)) return VALUE_FAIL;
  Value v = int_from_limbs(vm, op.words[0], op.word_counts[0], a->negative);
  operation_end(&op);
  return v;
}

/* Numerator and denominator, in lowest terms: 10^-e has the factors 2 and 5 alone. */
static void apply_ratio(Operation *op) {
  Work *work = &op->work;
  Number n = op->a;
  int64_t size;
  if (number_is_zero(&n)) n.exponent = 0;
  if (n.exponent > 0) number_shift_left(work, &n, n.exponent, &n), n.exponent = 0;
  uint64_t *words = limbs_to_binary(work, n.limbs, n.count, &size);
  mpz_t top, bottom, common;
  mpz_roinit_n(top, words, size);
  work_probe(work, -n.exponent / 16 + size);
  mpz_init(bottom), mpz_init(common);
  mpz_ui_pow_ui(bottom, 10, (unsigned long)-n.exponent);
  mpz_gcd(common, top, bottom);
  mpz_divexact(bottom, bottom, common);
  mpz_divexact(common, top, common);
  const mpz_t *parts[2] = {&common, &bottom};
  for (int i = 0; i < 2; i++) {
    op->word_counts[i] = (int64_t)mpz_size(*parts[i]);
    op->words[i] = work_limbs(work, op->word_counts[i] + 1);
    memcpy(op->words[i], mpz_limbs_read(*parts[i]), (size_t)op->word_counts[i] * 8);
  }
  mpz_clear(bottom), mpz_clear(common);
}

/* One limb with digits behind the point: over a power of ten, less the twos and fives of both. */
static Value short_ratio(VM *vm, const Number *a) {
  Limb n = a->limbs[0];
  int fives = (int)-a->exponent, twos = fives;
  if (!n) return PACK(value_int_unchecked(0), value_int_unchecked(1));
  int even = __builtin_ctzll(n) < twos ? __builtin_ctzll(n) : twos;
  n >>= even, twos -= even;
  for (; fives && n % 5 == 0; fives--) n /= 5;
  Limb bottom = (powers_of_ten[fives] >> fives) << twos;
  return PACK(value_int(vm, a->negative ? -(int64_t)n : (int64_t)n),
              value_int(vm, (int64_t)bottom));
}

Value decimal_ratio(VM *vm, const Number *a) {
  if (!check_finite(vm, a, "integer ratio")) return VALUE_FAIL;
  if (a->count == 1 && a->exponent <= 0 && a->exponent >= -LIMB_DIGITS) return short_ratio(vm, a);
  Operation op;
  operation_begin(&op, apply_ratio, &settings_exact);
  op.a = *a;
  op.cost = (a->exponent < 0 ? -a->exponent : a->exponent) / 2;
  if (!operation_run(vm, &op)) return VALUE_FAIL;
  Value top = int_from_limbs(vm, op.words[0], op.word_counts[0], a->negative);
  Value bottom = int_from_limbs(vm, op.words[1], op.word_counts[1], false);
  operation_end(&op);
  return PACK(top, bottom);
}

/* ---- floats, text */

enum { TEXT_ROOM = 256 };

bool decimal_to_double(VM *vm, const Number *a, double *out) {
  if (a->kind == KIND_SIGNALING)
    return raise_false(vm, TYPE_OF(ValueError), "cannot convert signaling NaN to float");
  if (a->kind == KIND_NAN) return *out = a->negative ? -NAN : NAN, true;
  if (a->kind == KIND_INFINITE) return *out = a->negative ? -INFINITY : INFINITY, true;
  char room[TEXT_ROOM], *text = room;
  if (dec_text_size(a) > TEXT_ROOM) {
    RawBytes *bytes = raw_bytes_new(vm, (size_t)dec_text_size(a));
    if (!bytes) return false;
    text = (char *)bytes->bytes;
  }
  char *end = dec_text(a, false, true, text);
  return float_parse_text(text, (size_t)(end - text), out) ||
         raise_false(vm, TYPE_OF(ValueError), "could not convert to float");
}

Value decimal_text(VM *vm, const Number *a, bool engineering, bool capitals) {
  char room[TEXT_ROOM], *text = room;
  if (dec_text_size(a) > TEXT_ROOM) {
    RawBytes *bytes = raw_bytes_new(vm, (size_t)dec_text_size(a));
    if (!bytes) return VALUE_FAIL;
    text = (char *)bytes->bytes;
  }
  char *end = dec_text(a, engineering, capitals, text);
  return value_of(str_new_ascii(vm, text, (size_t)(end - text)));
}

Value decimal_tuple(VM *vm, const Number *a) {
  Value exponent = value_int(vm, a->exponent);
  if (a->kind == KIND_INFINITE) exponent = value_from(NAME("F"));
  else if (a->kind == KIND_NAN) exponent = value_from(NAME("n"));
  else if (a->kind == KIND_SIGNALING) exponent = value_from(NAME("N"));
  bool infinite = a->kind == KIND_INFINITE;
  size_t count = infinite ? 1 : (size_t)a->digits;
  Tuple *digits = tuple_new(vm, count);
  if (!digits) return VALUE_FAIL;
  if (infinite) tuple_init_item(digits, 0, value_int_unchecked(0));
  for (size_t i = 0; i < count && !infinite; i++)
    tuple_init_item(digits, i, value_int_unchecked(number_digit(a, a->digits - 1 - (int64_t)i)));
  return call3(vm, decimal_state.tuple, value_int_unchecked(a->negative), value_from(digits),
               exponent);
}

/* ---- hashes: modulo 2^61 - 1, as all numbers' */

#define HASH_MODULUS ((UINT64_C(1) << 61) - 1)
static uint64_t times(uint64_t a, uint64_t b) {
  Wide product = (Wide)a * b;
  uint64_t sum = (uint64_t)(product & HASH_MODULUS) + (uint64_t)(product >> 61);
  return sum >= HASH_MODULUS ? sum - HASH_MODULUS : sum;
}
static uint64_t hash_power(uint64_t base, uint64_t exponent) {
  uint64_t result = 1;
  for (; exponent; exponent >>= 1, base = times(base, base))
    if (exponent & 1) result = times(result, base);
  return result;
}

/* 10^0 to 10^-19 in it */
static const uint64_t inverse_powers[20] = {UINT64_C(1),
                                            UINT64_C(2075258708292324556),
                                            UINT64_C(1129863074514710036),
                                            UINT64_C(1035323511136948584),
                                            UINT64_C(1487038156641911229),
                                            UINT64_C(379288116585560518),
                                            UINT64_C(499097413501294842),
                                            UINT64_C(1894584148721084645),
                                            UINT64_C(1342379919478955440),
                                            UINT64_C(134237991947895544),
                                            UINT64_C(1396929604723005925),
                                            UINT64_C(1292614465079147568),
                                            UINT64_C(590430048350653547),
                                            UINT64_C(750795907599173540),
                                            UINT64_C(75079590759917354),
                                            UINT64_C(1391013764604208106),
                                            UINT64_C(1061438580145898391),
                                            UINT64_C(2181402566306914395),
                                            UINT64_C(1371061761237538415),
                                            UINT64_C(1290027680730600817)};

/* 10^exponent in it */
static uint64_t hash_scale(int64_t exponent) {
  if (exponent >= 0) return exponent ? hash_power(10, (uint64_t)exponent) : 1;
  if (LIKELY(exponent >= -19)) return inverse_powers[-exponent];
  if (exponent >= -38) return times(inverse_powers[19], inverse_powers[-exponent - 19]);
  return hash_power(inverse_powers[1], (uint64_t)-exponent);
}

bool decimal_hash(VM *vm, Value self, uint64_t *out) {
  const int64_t of_infinity = 314159;
  Number a;
  decimal_number(value_object(self), &a);
  if (a.kind == KIND_SIGNALING)
    return raise_false(vm, TYPE_OF(TypeError), "Cannot hash a signaling NaN value");
  if (a.kind == KIND_NAN) return *out = identity_hash(value_object(self)), true;
  int64_t hash = of_infinity;
  if (a.kind == KIND_FINITE) {
    static_assert(LIMB_BASE < HASH_MODULUS, "a limb is its own rest");
    uint64_t sum = a.limbs[a.count - 1];
    for (int64_t i = a.count - 1; i-- > 0;) {
      sum = times(sum, LIMB_BASE) + a.limbs[i];
      if (sum >= HASH_MODULUS) sum -= HASH_MODULUS;
    }
    hash = (int64_t)times(sum, hash_scale(a.exponent));
  }
  if (a.negative) hash = -hash;
  *out = (uint64_t)(hash == -1 ? -2 : hash);
  return true;
}

/* ---- comparing */

static void apply_order(Operation *op) {
  op->cost = dec_order(&op->work, &op->a, &op->b); /* by now free */
}

/* a < b: -1 … ; false: an exception */
static bool order_of_numbers(VM *vm, const Number *a, const Number *b, int *order) {
  Operation op;
  operation_begin(&op, apply_order, &settings_exact);
  op.a = *a, op.b = *b;
  if (!operation_run(vm, &op)) return false;
  *order = (int)op.cost;
  operation_end(&op);
  return true;
}

/* A float (or the real part of a complex one) as Decimal; notes FloatOperation, trapped only where
** the order is asked for. */
static Value from_real(VM *vm, CompareOp op, double d, DecimalContext *context) {
  if (op == COMPARE_EQ || op == COMPARE_NE) context->status |= STATUS_FLOAT_OPERATION;
  else if (!context_note(vm, context, STATUS_FLOAT_OPERATION)) return VALUE_FAIL;
  return decimal_from_float(vm, TYPE_OF(decimal_Decimal), d, context, true);
}

static void apply_product(Operation *op) { dec_mul_exact(&op->work, &op->a, &op->b, &op->result); }

/* self and a Rational: both times the denominator. */
static Value scale_by_ratio(VM *vm, Value *self, Value ratio) {
  Value top = get_attribute(vm, ratio, NAME("numerator"));
  if (value_is_fail(top)) return top;
  Value bottom = get_attribute(vm, ratio, NAME("denominator"));
  if (value_is_fail(bottom)) return bottom;
  Operand n, d;
  if (!value_is_any_int(top) || !value_is_any_int(bottom)) return VALUE_NOT_IMPLEMENTED;
  if (!operand_check(vm, top, &n) || !operand_check(vm, bottom, &d)) return VALUE_FAIL;
  Operation op;
  operation_begin(&op, apply_product, &settings_exact);
  op.b = d.n;
  decimal_number(value_object(*self), &op.a);
  if (!number_is_special(&op.a)) {
    if (!operation_run(vm, &op)) return VALUE_FAIL;
    *self = decimal_finish(vm, TYPE_OF(decimal_Decimal), &op, NULL);
    if (value_is_fail(*self)) return VALUE_FAIL;
  }
  return decimal_new(vm, TYPE_OF(decimal_Decimal), &n.n);
}

/* The other side of a comparison as Decimal; NOT_IMPLEMENTED: no number. */
static Value comparable(VM *vm, CompareOp op, Value *self, Value other, DecimalContext *context) {
  bool equality = op == COMPARE_EQ || op == COMPARE_NE;
  if (value_is_any_float(other)) return from_real(vm, op, float_of(other), context);
  if (value_has_flag(other, TYPE_COMPLEX_SUBCLASS)) {
    const Complex *c = value_object(other);
    if (!equality || c->imag != 0) return VALUE_NOT_IMPLEMENTED;
    return from_real(vm, op, c->real, context);
  }
  if (value_is_str(other) || other == VALUE_NONE) return VALUE_NOT_IMPLEMENTED;
  Answer rational = is_instance(vm, other, decimal_state.rational);
  if (rational == ANSWER_FAILED) return VALUE_FAIL;
  return rational ? scale_by_ratio(vm, self, other) : VALUE_NOT_IMPLEMENTED;
}

static Value compare_numbers(VM *vm, CompareOp op, const Number *a, const Number *b,
                             DecimalContext *context) {
  int order;
  if (UNLIKELY(number_is_nan(a) || number_is_nan(b))) {
    bool signaling = a->kind == KIND_SIGNALING || b->kind == KIND_SIGNALING;
    if ((signaling || (op != COMPARE_EQ && op != COMPARE_NE)) &&
        !context_note(vm, context, STATUS_INVALID_OPERATION))
      return VALUE_FAIL;
    return value_bool(op == COMPARE_NE);
  }
  if (!order_of_numbers(vm, a, b, &order)) return VALUE_FAIL;
  return value_bool(order_holds(op, order));
}

Value decimal_compare(VM *vm, CompareOp op, Value self, Value other) {
  Operand b;
  Number a;
  int order;
  if (LIKELY(quick_order(self, other, &order))) return value_bool(order_holds(op, order));
  DecimalContext *context = context_current(vm);
  if (!context) return VALUE_FAIL;
  Answer answer = operand_of(vm, other, &b);
  if (answer == ANSWER_NO) {
    b.holder = comparable(vm, op, &self, other, context);
    if (b.holder == VALUE_NOT_IMPLEMENTED || value_is_fail(b.holder)) return b.holder;
    decimal_number(value_object(b.holder), &b.n);
  } else if (answer == ANSWER_FAILED) {
    return VALUE_FAIL;
  }
  decimal_number(value_object(self), &a);
  return compare_numbers(vm, op, &a, &b.n, context);
}

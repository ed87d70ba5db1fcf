/* quick.c -- see quick.h. Coefficients are 128-bit integers here. */
#include <gmp.h>

#include "vm/modules/decimal/wide.h"

/* 10^0 to 10^38 */
const Wide wide_powers[39] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    UINT64_C(1000000000000000000),
    LIMB_BASE *(Wide)UINT64_C(10),
    LIMB_BASE *(Wide)UINT64_C(100),
    LIMB_BASE *(Wide)UINT64_C(1000),
    LIMB_BASE *(Wide)UINT64_C(10000),
    LIMB_BASE *(Wide)UINT64_C(100000),
    LIMB_BASE *(Wide)UINT64_C(1000000),
    LIMB_BASE *(Wide)UINT64_C(10000000),
    LIMB_BASE *(Wide)UINT64_C(100000000),
    LIMB_BASE *(Wide)UINT64_C(1000000000),
    LIMB_BASE *(Wide)UINT64_C(10000000000),
    LIMB_BASE *(Wide)UINT64_C(100000000000),
    LIMB_BASE *(Wide)UINT64_C(1000000000000),
    LIMB_BASE *(Wide)UINT64_C(10000000000000),
    LIMB_BASE *(Wide)UINT64_C(100000000000000),
    LIMB_BASE *(Wide)UINT64_C(1000000000000000),
    LIMB_BASE *(Wide)UINT64_C(10000000000000000),
    LIMB_BASE *(Wide)UINT64_C(100000000000000000),
    LIMB_BASE *(Wide)UINT64_C(1000000000000000000),
    LIMB_BASE *(Wide)UINT64_C(10000000000000000000),
    (Wide)LIMB_BASE *LIMB_BASE * 100,
};
static ALWAYS_INLINE Value finish_after(VM *vm, Wide n, bool negative, int64_t exponent,
                                        uint32_t before, DecimalContext *context) {
  const Settings *s = &context->s;
  Limb limbs[2];
  int digits = wide_digits(n), drop = digits - (int)(s->prec < 40 ? s->prec : 40);
  if (UNLIKELY(!in_range(s, digits, exponent))) return VALUE_UNBOUND;
  if (LIKELY(drop <= 0 && digits <= DECIMAL_SMALL_DIGITS)) {
    limbs[1] = wide_split(n, &limbs[0]);
    Value v = quick_store(vm, limbs, digits, negative, exponent);
    return !before || context_note(vm, context, before) ? v : VALUE_FAIL;
  }
  if (drop <= 0 || drop > LIMB_DIGITS) return VALUE_UNBOUND;
  uint64_t rest, unit = powers_of_ten[drop];
  n = wide_quotient(n, unit, &rest);
  int dropped = dropped_digit(rest, unit);
  if (number_round_away(s->rounding, negative, last_digit(s, n), dropped)) n++;
  exponent += drop;
  if (UNLIKELY(n >= wide_powers[s->prec])) return VALUE_UNBOUND;
  limbs[1] = wide_split(n, &limbs[0]);
  Value v = quick_store(vm, limbs, (int)s->prec, negative, exponent);
  uint32_t status = before | (dropped ? STATUS_ROUNDED | STATUS_INEXACT : STATUS_ROUNDED);
  return LIKELY(context_note(vm, context, status)) ? v : VALUE_FAIL;
}
Value quick_finish(VM *vm, Wide n, bool negative, int64_t exponent, uint32_t before,
                   DecimalContext *context) {
  return finish_after(vm, n, negative, exponent, before, context);
}
static Value finish(VM *vm, Wide n, bool negative, int64_t exponent, DecimalContext *context) {
  return finish_after(vm, n, negative, exponent, 0, context);
}

/* n * 10^places; needs a product below 10^37 */
static inline Wide raise_wide(Wide n, int64_t places) { return n * wide_powers[places]; }

Value quick_add(VM *vm, Value a, Value b, bool subtract, DecimalContext *context) {
  Quick x, y;
  if (UNLIKELY(!quick_load(a, &x) || !quick_load(b, &y))) return VALUE_UNBOUND;
  int64_t apart = x.exponent - y.exponent, exponent = y.exponent;
  if (apart > 0) {
    if (apart + x.digits > DECIMAL_SMALL_DIGITS) return VALUE_UNBOUND;
    x.n = raise_wide(x.n, apart);
  } else if (apart < 0) {
    if (y.digits - apart > DECIMAL_SMALL_DIGITS) return VALUE_UNBOUND;
    y.n = raise_wide(y.n, -apart);
    exponent = x.exponent;
  }
  bool negative = x.negative;
  if (x.negative == (y.negative != subtract)) {
    x.n += y.n;
  } else if (x.n > y.n) {
    x.n -= y.n;
  } else if (x.n < y.n) {
    x.n = y.n - x.n;
    negative = !negative;
  } else {
    x.n = 0;
    negative = context->s.rounding == ROUNDING_FLOOR;
  }
  return finish(vm, x.n, negative, exponent, context);
}

/* A product of more than 37 digits, by limbs. */
static Value mul_long(VM *vm, const Quick *x, const Quick *y, DecimalContext *context) {
  const Settings *s = &context->s;
  Limb p[4], q[4];
  quick_product(x->n, y->n, p);
  int64_t count = limbs_trim(p, 4);
  int64_t digits = limbs_digits(p, count), drop = digits - s->prec;
  int64_t exponent = x->exponent + y->exponent + drop;
  if (s->prec > DECIMAL_SMALL_DIGITS || drop <= 0 || !in_range(s, (int)s->prec, exponent))
    return VALUE_UNBOUND;
  int dropped = limbs_shift_right(q, p, count, drop);
  if (s->prec <= LIMB_DIGITS) q[1] = 0;
  bool negative = x->negative != y->negative;
  if (number_round_away(s->rounding, negative, (int)(q[0] % 10), dropped)) {
    if (++q[0] == LIMB_BASE) q[0] = 0, q[1]++;
    if (pair_digits(q) > s->prec) return VALUE_UNBOUND;
  }
  Value v = quick_store(vm, q, (int)s->prec, negative, exponent);
  uint32_t status = dropped ? STATUS_ROUNDED | STATUS_INEXACT : STATUS_ROUNDED;
  return LIKELY(context_note(vm, context, status)) ? v : VALUE_FAIL;
}

Value quick_mul(VM *vm, Value a, Value b, DecimalContext *context) {
  Quick x, y;
  if (UNLIKELY(!quick_load(a, &x) || !quick_load(b, &y))) return VALUE_UNBOUND;
  if (x.digits + y.digits > DECIMAL_SMALL_DIGITS + 1) return mul_long(vm, &x, &y, context);
  return finish(vm, x.n * y.n, x.negative != y.negative, x.exponent + y.exponent, context);
}

/* An exact quotient gets the ideal exponent as far as its zeros go. */
static inline Wide drop_zeros(Wide q, int64_t *exponent, int64_t ideal) {
  static const uint8_t steps[] = {16, 16, 8, 4, 2, 1};
  for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
    uint64_t rest;
    if (ideal - *exponent < steps[i]) continue;
    Wide shorter = wide_quotient(q, powers_of_ten[steps[i]], &rest);
    if (rest) continue;
    q = shorter;
    *exponent += steps[i];
  }
  return q;
}

/* By a divisor of one limb: digits of the quotient, up to 18 at once. */
static Wide divide_short(const Quick *x, const Quick *y, int64_t prec, int64_t *exponent) {
  uint64_t divisor = (uint64_t)y->n, rest;
  int64_t ideal = *exponent;
  Wide q = wide_quotient(x->n, divisor, &rest);
  int64_t digits = x->digits - y->digits;
  while (rest && digits <= prec) {
    int64_t more = prec + 1 - digits;
    if (more > LIMB_DIGITS) more = LIMB_DIGITS;
    uint64_t part = wide_divide((Wide)rest * powers_of_ten[more], divisor, &rest);
    q = q * powers_of_ten[more] + part;
    *exponent -= more, digits += more;
  }
  if (!rest) return drop_zeros(q, exponent, ideal);
  return q % 5 == 0 ? q + 1 : q;
}

/* By a longer one: as many digits as are wanted, at once by GMP. false: too many. */
static bool divide_long(const Quick *x, const Quick *y, int64_t prec, Wide *quotient,
                        int64_t *exponent) {
  int shift = y->digits - x->digits + (int)prec + 1, first = 37 - x->digits;
  if (shift < 0 || x->digits + shift > 70) return false;
  if (first > shift) first = shift;
  Wide n = x->n * wide_powers[first], scale = wide_powers[shift - first];
  mp_limb_t a[2] = {(uint64_t)n, (uint64_t)(n >> 64)}, product[4];
  mp_limb_t b[2] = {(uint64_t)scale, (uint64_t)(scale >> 64)};
  mp_limb_t divisor[2] = {(uint64_t)y->n, (uint64_t)(y->n >> 64)}, q[4], rest[2];
  mpn_mul_n(product, a, b, 2);
  mp_size_t size = divisor[1] ? 2 : 1, count = 4;
  while (count > size && !product[count - 1]) count--;
  q[1] = 0;
  mpn_tdiv_qr(q, rest, 0, product, count, divisor, size);
  if (count - size >= 2 && (q[2] || (count - size == 3 && q[3]))) return false;
  if (count == size) q[1] = 0;
  *quotient = (Wide)q[1] << 64 | q[0];
  int64_t ideal = *exponent;
  *exponent -= shift;
  if (!rest[0] && !(size == 2 && rest[1])) *quotient = drop_zeros(*quotient, exponent, ideal);
  else if (*quotient % 5 == 0) ++*quotient;
  return true;
}

bool quick_quotient(const Quick *x, const Quick *y, int64_t prec, Wide *quotient,
                    int64_t *exponent) {
  *exponent = x->exponent - y->exponent;
  if (UNLIKELY(y->digits > LIMB_DIGITS)) return divide_long(x, y, prec, quotient, exponent);
  *quotient = divide_short(x, y, prec, exponent);
  return true;
}

Value quick_div(VM *vm, Value a, Value b, DecimalContext *context) {
  Quick x, y;
  Wide quotient;
  int64_t exponent, prec = context->s.prec;
  if (UNLIKELY(!quick_load(a, &x) || !quick_load(b, &y))) return VALUE_UNBOUND;
  if (UNLIKELY(!y.n || !x.n || prec > QUICK_QUOTIENT_PREC)) return VALUE_UNBOUND;
  if (UNLIKELY(!quick_quotient(&x, &y, prec, &quotient, &exponent))) return VALUE_UNBOUND;
  return finish(vm, quotient, x.negative != y.negative, exponent, context);
}

Value quick_quantize(VM *vm, const Decimal *a, int64_t exponent, const Settings *s,
                     DecimalContext *context) {
  Quick x;
  if (!quick_load(value_from(a), &x)) return VALUE_UNBOUND;
  int64_t drop = exponent - x.exponent;
  Limb limbs[2];
  int dropped = 0;
  if (drop <= 0) {
    if (x.digits - drop > DECIMAL_SMALL_DIGITS) return VALUE_UNBOUND;
    x.n = raise_wide(x.n, -drop);
  } else {
    if (drop > LIMB_DIGITS || !x.n) return VALUE_UNBOUND;
    uint64_t rest, unit = powers_of_ten[drop];
    x.n = wide_quotient(x.n, unit, &rest);
    dropped = dropped_digit(rest, unit);
    if (number_round_away(s->rounding, x.negative, last_digit(s, x.n), dropped)) x.n++;
  }
  limbs[1] = wide_split(x.n, &limbs[0]);
  int digits = pair_digits(limbs);
  if (digits > s->prec || digits > DECIMAL_SMALL_DIGITS ||
      (x.n && !in_range(s, digits, exponent)) || exponent > s->emax || exponent < s->emin ||
      (s->clamp && exponent > settings_etop(s)))
    return VALUE_UNBOUND;
  Value v = quick_store(vm, limbs, digits, x.negative, exponent);
  if (drop <= 0) return v;
  uint32_t status = dropped ? STATUS_ROUNDED | STATUS_INEXACT : STATUS_ROUNDED;
  return LIKELY(context_note(vm, context, status)) ? v : VALUE_FAIL;
}

/* Both with the exponent of the lower; false: one gets too long. */
static ALWAYS_INLINE bool align(Quick *x, Quick *y) {
  int64_t apart = x->exponent - y->exponent;
  if (apart > 0) {
    if (apart + x->digits > DECIMAL_SMALL_DIGITS) return false;
    x->n = raise_wide(x->n, apart);
    x->exponent = y->exponent;
  } else if (apart < 0) {
    if (y->digits - apart > DECIMAL_SMALL_DIGITS) return false;
    y->n = raise_wide(y->n, -apart);
  }
  return true;
}

/* a = *quotient * b + *rest, as in dec_divmod; the rest has the exponent and sign of *x. */
static bool divide_whole(Value a, Value b, const Settings *s, Quick *x, Wide *quotient,
                         bool *negative) {
  Quick y;
  if (UNLIKELY(!quick_load(a, x) || !quick_load(b, &y) || !y.n || !align(x, &y))) return false;
  *negative = x->negative != y.negative;
  if (LIKELY(!(y.n >> 64))) {
    uint64_t rest;
    *quotient = wide_quotient(x->n, (uint64_t)y.n, &rest);
    x->n = rest;
  } else {
    *quotient = x->n / y.n;
    x->n %= y.n;
  }
  return wide_digits(*quotient) <= s->prec;
}
Value quick_modulo(VM *vm, Value a, Value b, DecimalContext *context) {
  Quick x;
  Wide quotient;
  bool negative;
  if (UNLIKELY(!divide_whole(a, b, &context->s, &x, &quotient, &negative))) return VALUE_UNBOUND;
  return finish(vm, x.n, x.negative, x.exponent, context);
}
Value quick_floordiv(VM *vm, Value a, Value b, DecimalContext *context) {
  Quick x;
  Wide quotient;
  bool negative;
  if (UNLIKELY(!divide_whole(a, b, &context->s, &x, &quotient, &negative))) return VALUE_UNBOUND;
  return finish(vm, quotient, negative, 0, context);
}

Value quick_signed(VM *vm, const Decimal *a, bool negative, const DecimalContext *context) {
  Quick x;
  const Settings *s = &context->s;
  if (UNLIKELY(!quick_load(value_from(a), &x) || !x.n || x.digits > s->prec)) return VALUE_UNBOUND;
  if (UNLIKELY(!in_range(s, x.digits, x.exponent))) return VALUE_UNBOUND;
  const Limb limbs[2] = {a->low, a->high};
  return quick_store(vm, limbs, x.digits, negative, x.exponent);
}

bool quick_order(Value a, Value b, int *order) {
  Quick x, y;
  if (UNLIKELY(!quick_load(a, &x) || !quick_load(b, &y) || !align(&x, &y))) return false;
  if (x.negative != y.negative) *order = x.n || y.n ? (x.negative ? -1 : 1) : 0;
  else *order = x.negative ? (y.n > x.n) - (y.n < x.n) : (x.n > y.n) - (x.n < y.n);
  return true;
}

Value quick_parse(VM *vm, const char *text, size_t size) {
  size_t i = 0;
  bool negative = size && *text == '-', point = false;
  if (negative || (size && *text == '+')) i++;
  Limb limbs[2] = {0, 0};
  int places = 0, digits = 0;
  if (size - i > DECIMAL_SMALL_DIGITS + 1 || i == size) return VALUE_UNBOUND;
  Wide n = 0;
  uint64_t part = 0, scale = 1;
  for (; i < size; i++) {
    unsigned digit = (unsigned char)text[i] - (unsigned)'0';
    if (digit > 9) {
      if (text[i] != '.' || point) return VALUE_UNBOUND;
      point = true;
      continue;
    }
    if (scale == LIMB_BASE) n = n * scale + part, part = 0, scale = 1;
    part = part * 10 + digit, scale *= 10;
    places += point;
    digits++;
  }
  if (!digits || digits > DECIMAL_SMALL_DIGITS) return VALUE_UNBOUND;
  n = n * scale + part;
  limbs[1] = wide_split(n, &limbs[0]);
  return quick_store(vm, limbs, pair_digits(limbs), negative, -places);
}

/* quick.c -- see quick.h. Coefficients are 128-bit integers here. */
#include <gmp.h>

#include "vm/modules/decimal/quick.h"

typedef struct Quick {
  Wide n; /* below 10^36 */
  int64_t exponent;
  int digits;
  bool negative;
} Quick;

/* false: no int of 61 bits and no exact Decimal that is finite and small. */
static ALWAYS_INLINE bool load(Value v, Quick *out) {
  if (LIKELY(value_is(v, decimal_Decimal))) {
    const Decimal *d = value_object(v);
    const uint32_t wrong = DECIMAL_LARGE | 3u << DECIMAL_KIND_SHIFT;
    if (UNLIKELY(d->h.bits & wrong)) return false;
    out->n = (Wide)d->high * LIMB_BASE + d->low;
    out->exponent = d->exponent;
    out->digits = (int)(d->h.bits >> DECIMAL_DIGITS_SHIFT & 63);
    out->negative = decimal_is_negative(d);
    return true;
  }
  if (!value_is_int(v)) return false;
  int64_t n = value_as_int(v);
  uint64_t size = n < 0 ? -(uint64_t)n : (uint64_t)n;
  *out = (Quick){size, 0, limb_digits(size), n < 0};
  return true;
}

/* n / d and the rest, for any quotient. */
static inline Wide divide(Wide n, uint64_t d, uint64_t *rest) {
  uint64_t high = (uint64_t)(n >> 64);
  if (LIKELY(high < d)) return wide_divide(n, d, rest);
  uint64_t top = high / d;
  return (Wide)top << 64 | wide_divide((Wide)(high % d) << 64 | (uint64_t)n, d, rest);
}

/* The digit that stands for a rest: 0 and 5 only if exactly so. */
static inline int dropped_digit(uint64_t rest, uint64_t unit) {
  if (rest == 0) return 0;
  uint64_t half = unit / 2;
  return rest == half ? 5 : rest < half ? 1 : 6;
}

static inline Value store(VM *vm, const Limb limbs[2], int digits, bool negative,
                          int64_t exponent) {
  Decimal *d = heap_take(vm, SHAPE_OF(decimal_Decimal), sizeof *d, true);
  if (UNLIKELY(!d)) return VALUE_FAIL;
  d->exponent = exponent;
  d->low = limbs[0], d->high = limbs[1];
  d->h.bits |= (negative ? DECIMAL_NEGATIVE : 0) | (uint32_t)digits << DECIMAL_DIGITS_SHIFT;
  return value_from(d);
}
static inline int digits_of(const Limb limbs[2]) {
  return limbs[1] ? LIMB_DIGITS + limb_digits(limbs[1]) : limb_digits(limbs[0]);
}

/* Within the exponents of the settings, so that nothing but the precision is to be looked at? */
static inline bool in_range(const Settings *s, int digits, int64_t exponent) {
  int64_t adjusted = exponent + digits - 1;
  return adjusted <= s->emax && adjusted >= s->emin && !s->clamp;
}

/* 10^0 to 10^38 */
static const Wide wide_powers[39] = {
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
static inline int wide_digits(Wide n) {
  uint64_t high = (uint64_t)(n >> 64);
  if (!high) return limb_digits((Limb)n);
  int guess = ((128 - __builtin_clzll(high)) * 1233) >> 12;
  return guess + (n >= wide_powers[guess]);
}

/* What rounding asks of the digit before those that are dropped: mostly whether it is odd. */
static inline int last_digit(const Settings *s, Wide n) {
  return LIKELY(s->rounding != ROUNDING_05UP) ? (int)((uint64_t)n & 1) : (int)(n % 10);
}

/* n rounded to the context, n < 10^37, its conditions noted. */
static Value finish(VM *vm, Wide n, bool negative, int64_t exponent, const Settings *s,
                    DecimalContext *context) {
  Limb limbs[2];
  int digits = wide_digits(n), drop = digits - (int)(s->prec < 40 ? s->prec : 40);
  if (UNLIKELY(!in_range(s, digits, exponent))) return VALUE_UNBOUND;
  if (LIKELY(drop <= 0 && digits <= DECIMAL_SMALL_DIGITS)) {
    limbs[1] = wide_split(n, &limbs[0]);
    return store(vm, limbs, digits, negative, exponent);
  }
  if (drop <= 0 || drop > LIMB_DIGITS) return VALUE_UNBOUND;
  uint64_t rest, unit = powers_of_ten[drop];
  n = divide(n, unit, &rest);
  int dropped = dropped_digit(rest, unit);
  if (number_round_away(s->rounding, negative, last_digit(s, n), dropped)) n++;
  exponent += drop;
  if (UNLIKELY(n >= wide_powers[s->prec])) return VALUE_UNBOUND;
  limbs[1] = wide_split(n, &limbs[0]);
  Value v = store(vm, limbs, (int)s->prec, negative, exponent);
  uint32_t status = dropped ? STATUS_ROUNDED | STATUS_INEXACT : STATUS_ROUNDED;
  return LIKELY(context_note(vm, context, status)) ? v : VALUE_FAIL;
}

/* n * 10^places; needs a product below 10^37 */
static inline Wide raise_wide(Wide n, int64_t places) { return n * wide_powers[places]; }

Value quick_add(VM *vm, Value a, Value b, bool subtract, DecimalContext *context) {
  Quick x, y;
  if (UNLIKELY(!load(a, &x) || !load(b, &y))) return VALUE_UNBOUND;
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
  return finish(vm, x.n, negative, exponent, &context->s, context);
}

/* A product of more than 37 digits, by limbs. */
static Value mul_long(VM *vm, const Quick *x, const Quick *y, DecimalContext *context) {
  const Settings *s = &context->s;
  Limb a[2], b[2], p[4], q[4];
  a[1] = wide_split(x->n, &a[0]), b[1] = wide_split(y->n, &b[0]);
  uint64_t carry = wide_split((Wide)a[0] * b[0], &p[0]);
  carry = wide_split((Wide)a[0] * b[1] + (Wide)a[1] * b[0] + carry, &p[1]);
  p[3] = wide_split((Wide)a[1] * b[1] + carry, &p[2]);
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
    if (digits_of(q) > s->prec) return VALUE_UNBOUND;
  }
  Value v = store(vm, q, (int)s->prec, negative, exponent);
  uint32_t status = dropped ? STATUS_ROUNDED | STATUS_INEXACT : STATUS_ROUNDED;
  return LIKELY(context_note(vm, context, status)) ? v : VALUE_FAIL;
}

Value quick_mul(VM *vm, Value a, Value b, DecimalContext *context) {
  Quick x, y;
  if (UNLIKELY(!load(a, &x) || !load(b, &y))) return VALUE_UNBOUND;
  if (x.digits + y.digits > DECIMAL_SMALL_DIGITS + 1) return mul_long(vm, &x, &y, context);
  return finish(vm, x.n * y.n, x.negative != y.negative, x.exponent + y.exponent, &context->s,
                context);
}

/* An exact quotient gets the ideal exponent as far as its zeros go. */
static inline Wide drop_zeros(Wide q, int64_t *exponent, int64_t ideal) {
  static const uint8_t steps[] = {16, 16, 8, 4, 2, 1};
  for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
    uint64_t rest;
    if (ideal - *exponent < steps[i]) continue;
    Wide shorter = divide(q, powers_of_ten[steps[i]], &rest);
    if (rest) continue;
    q = shorter;
    *exponent += steps[i];
  }
  return q;
}

/* By a divisor of one limb: digits of the quotient, up to 18 at once. */
static Value div_short(VM *vm, const Quick *x, const Quick *y, DecimalContext *context) {
  const Settings *s = &context->s;
  uint64_t divisor = (uint64_t)y->n, rest;
  int64_t exponent = x->exponent - y->exponent, ideal = exponent;
  Wide q = divide(x->n, divisor, &rest);
  int digits = x->digits - y->digits;
  while (rest && digits <= s->prec) {
    int more = (int)s->prec + 1 - digits;
    if (more > LIMB_DIGITS) more = LIMB_DIGITS;
    uint64_t part = wide_divide((Wide)rest * powers_of_ten[more], divisor, &rest);
    q = q * powers_of_ten[more] + part;
    exponent -= more, digits += more;
  }
  if (!rest) q = drop_zeros(q, &exponent, ideal);
  else if (q % 5 == 0) q++;
  return finish(vm, q, x->negative != y->negative, exponent, s, context);
}

/* By a longer one: as many digits as are wanted, at once by GMP. */
static Value div_long(VM *vm, const Quick *x, const Quick *y, DecimalContext *context) {
  const Settings *s = &context->s;
  int shift = y->digits - x->digits + (int)s->prec + 1, first = 37 - x->digits;
  if (shift < 0 || x->digits + shift > 70) return VALUE_UNBOUND;
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
  if (count - size >= 2 && (q[2] || (count - size == 3 && q[3]))) return VALUE_UNBOUND;
  if (count == size) q[1] = 0;
  Wide quotient = (Wide)q[1] << 64 | q[0];
  int64_t ideal = x->exponent - y->exponent, exponent = ideal - shift;
  if (rest[0] || (size == 2 && rest[1])) {
    if (quotient % 5 == 0) quotient++;
  } else {
    quotient = drop_zeros(quotient, &exponent, ideal);
  }
  return finish(vm, quotient, x->negative != y->negative, exponent, s, context);
}

Value quick_div(VM *vm, Value a, Value b, DecimalContext *context) {
  Quick x, y;
  if (UNLIKELY(!load(a, &x) || !load(b, &y))) return VALUE_UNBOUND;
  if (UNLIKELY(!y.n || !x.n || context->s.prec > DECIMAL_SMALL_DIGITS - 2)) return VALUE_UNBOUND;
  return LIKELY(y.digits <= LIMB_DIGITS) ? div_short(vm, &x, &y, context)
                                         : div_long(vm, &x, &y, context);
}

Value quick_quantize(VM *vm, const Decimal *a, int64_t exponent, const Settings *s,
                     DecimalContext *context) {
  Quick x;
  if (!load(value_from(a), &x)) return VALUE_UNBOUND;
  int64_t drop = exponent - x.exponent;
  Limb limbs[2];
  int dropped = 0;
  if (drop <= 0) {
    if (x.digits - drop > DECIMAL_SMALL_DIGITS) return VALUE_UNBOUND;
    x.n = raise_wide(x.n, -drop);
  } else {
    if (drop > LIMB_DIGITS || !x.n) return VALUE_UNBOUND;
    uint64_t rest, unit = powers_of_ten[drop];
    x.n = divide(x.n, unit, &rest);
    dropped = dropped_digit(rest, unit);
    if (number_round_away(s->rounding, x.negative, last_digit(s, x.n), dropped)) x.n++;
  }
  limbs[1] = wide_split(x.n, &limbs[0]);
  int digits = digits_of(limbs);
  if (digits > s->prec || digits > DECIMAL_SMALL_DIGITS ||
      (x.n && !in_range(s, digits, exponent)) || exponent > s->emax || exponent < s->emin ||
      (s->clamp && exponent > settings_etop(s)))
    return VALUE_UNBOUND;
  Value v = store(vm, limbs, digits, x.negative, exponent);
  if (drop <= 0) return v;
  uint32_t status = dropped ? STATUS_ROUNDED | STATUS_INEXACT : STATUS_ROUNDED;
  return LIKELY(context_note(vm, context, status)) ? v : VALUE_FAIL;
}

bool quick_order(Value a, Value b, int *order) {
  Quick x, y;
  if (UNLIKELY(!load(a, &x) || !load(b, &y))) return false;
  int64_t apart = x.exponent - y.exponent;
  if (apart > 0) {
    if (apart + x.digits > DECIMAL_SMALL_DIGITS) return false;
    x.n = raise_wide(x.n, apart);
  } else if (apart < 0) {
    if (y.digits - apart > DECIMAL_SMALL_DIGITS) return false;
    y.n = raise_wide(y.n, -apart);
  }
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
  return store(vm, limbs, digits_of(limbs), negative, -places);
}

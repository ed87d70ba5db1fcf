/* wide.h -- for the quick ways (quick.h): small numbers as 128-bit integers. */
#ifndef KRAIT_DECIMAL_WIDE_H
#define KRAIT_DECIMAL_WIDE_H

#include "vm/modules/decimal/quick.h"

typedef struct Quick {
  Wide n; /* below 10^36 */
  int64_t exponent;
  int digits;
  bool negative;
} Quick;

/* false: no int of 61 bits and no exact Decimal that is finite and small. */
static ALWAYS_INLINE bool quick_load(Value v, Quick *out) {
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
static inline Wide wide_quotient(Wide n, uint64_t d, uint64_t *rest) {
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

MUST_USE static inline Value quick_store(VM *vm, const Limb limbs[2], int digits, bool negative,
                                         int64_t exponent) {
  Decimal *d = heap_take(vm, SHAPE_OF(decimal_Decimal), sizeof *d, true);
  if (UNLIKELY(!d)) return VALUE_FAIL;
  d->exponent = exponent;
  d->low = limbs[0], d->high = limbs[1];
  d->h.bits |= (negative ? DECIMAL_NEGATIVE : 0) | (uint32_t)digits << DECIMAL_DIGITS_SHIFT;
  return value_from(d);
}
static inline int pair_digits(const Limb limbs[2]) {
  return limbs[1] ? LIMB_DIGITS + limb_digits(limbs[1]) : limb_digits(limbs[0]);
}

/* Within the exponents of the settings, so that nothing but the precision is to be looked at? */
static inline bool in_range(const Settings *s, int digits, int64_t exponent) {
  int64_t adjusted = exponent + digits - 1;
  return adjusted <= s->emax && adjusted >= s->emin && !s->clamp;
}

extern const Wide wide_powers[39]; /* 10^0 to 10^38 */

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

/* quick_product: by limbs */
static inline void quick_product(Wide x, Wide y, Limb product[4]) {
  Limb a[2], b[2];
  a[1] = wide_split(x, &a[0]), b[1] = wide_split(y, &b[0]);
  uint64_t carry = wide_split((Wide)a[0] * b[0], &product[0]);
  carry = wide_split((Wide)a[0] * b[1] + (Wide)a[1] * b[0] + carry, &product[1]);
  product[3] = wide_split((Wide)a[1] * b[1] + carry, &product[2]);
}

/* quick_finish: n rounded to the context, n < 10^37, its conditions noted together with those met
** before. */
MUST_USE Value quick_finish(VM *vm, Wide n, bool negative, int64_t exponent, uint32_t before,
                            DecimalContext *context);
/* quick_quotient: x / y exactly, or with more than prec digits, the last of which is neither 0 nor
** 5. Needs prec <= QUICK_QUOTIENT_PREC, x and y not 0. false: not here. */
enum { QUICK_QUOTIENT_PREC = DECIMAL_SMALL_DIGITS - 2 };
MUST_USE bool quick_quotient(const Quick *x, const Quick *y, int64_t prec, Wide *quotient,
                             int64_t *exponent);

#endif

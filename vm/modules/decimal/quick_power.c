/* quick_power.c -- integer powers of small numbers, as transcend.c computes them (power_integer)
** but in 128 bits: squares and products rounded half to even to a few digits more than the context
** has. Perf-note 0060. */
#include "vm/modules/decimal/wide.h"

enum {
  LEAST_PREC = 19,          /* a rounded product of up to 37 digits loses at most 18 */
  EXPONENT_LIMIT = 1000000, /* of powers, and of the base */
};

/* n of `prec` digits or, when rounding carried, 10^prec. */
static inline void set_rounded(Quick *out, Wide n, int prec, int64_t exponent) {
  bool carried = n == wide_powers[prec];
  out->n = carried ? wide_powers[prec - 1] : n;
  out->digits = prec;
  out->exponent = exponent + carried;
}

/* n < 10^37 to at most prec digits. */
static inline void round_even(Wide n, int64_t exponent, int prec, Quick *out, uint32_t *status) {
  int digits = wide_digits(n), drop = digits - prec;
  if (drop <= 0) {
    out->n = n, out->digits = digits, out->exponent = exponent;
    return;
  }
  uint64_t rest, unit = powers_of_ten[drop];
  n = wide_quotient(n, unit, &rest);
  int dropped = dropped_digit(rest, unit);
  n += number_round_away(ROUNDING_HALF_EVEN, false, (int)((uint64_t)n & 1), dropped);
  *status |= dropped ? STATUS_ROUNDED | STATUS_INEXACT : STATUS_ROUNDED;
  set_rounded(out, n, prec, exponent + drop);
}

/* *x times y, to prec digits. */
static inline void multiply(Quick *x, const Quick *y, int prec, uint32_t *status) {
  int64_t exponent = x->exponent + y->exponent;
  if (x->digits + y->digits <= DECIMAL_SMALL_DIGITS + 1) {
    round_even(x->n * y->n, exponent, prec, x, status);
    return;
  }
  Limb product[4], shorter[4];
  quick_product(x->n, y->n, product);
  int64_t count = limbs_trim(product, 4), drop = limbs_digits(product, count) - prec;
  int dropped = limbs_shift_right(shorter, product, count, drop); /* to two limbs */
  Wide n = (Wide)shorter[1] * LIMB_BASE + shorter[0];
  n += number_round_away(ROUNDING_HALF_EVEN, false, (int)(n & 1), dropped);
  *status |= dropped ? STATUS_ROUNDED | STATUS_INEXACT : STATUS_ROUNDED;
  set_rounded(x, n, prec, exponent + drop);
}

/* A power that needs no thought: of a base that is neither 0 nor ±1, to an int that is not 0. */
static bool is_plain(const Settings *s, const Quick *x, const Quick *y) {
  if (s->clamp || !x->n || !y->n || y->exponent || y->n > EXPONENT_LIMIT) return false;
  if (x->exponent > EXPONENT_LIMIT || x->exponent < -EXPONENT_LIMIT) return false;
  bool one = x->exponent <= 0 && -x->exponent < x->digits && x->n == wide_powers[-x->exponent];
  return !one;
}

Value quick_power(VM *vm, Value a, Value b, DecimalContext *context) {
  const Settings *s = &context->s;
  Quick base, y, result;
  uint32_t status = 0;
  if (!quick_load(a, &base) || !quick_load(b, &y) || !is_plain(s, &base, &y)) return VALUE_UNBOUND;
  int64_t wanted = s->prec + y.digits + 2 + y.negative;
  if (wanted < LEAST_PREC || wanted > QUICK_QUOTIENT_PREC) return VALUE_UNBOUND;
  int prec = (int)wanted;
  if (y.negative) {
    const Quick one = {1, 0, 1, false};
    Wide quotient;
    int64_t exponent;
    if (!quick_quotient(&one, &base, prec, &quotient, &exponent)) return VALUE_UNBOUND;
    round_even(quotient, exponent, prec, &base, &status);
  }
  result = base;
  uint64_t n = (uint64_t)y.n;
  for (uint64_t bit = (UINT64_C(1) << (63 - __builtin_clzll(n))) >> 1; bit; bit >>= 1) {
    multiply(&result, &result, prec, &status);
    if (n & bit) multiply(&result, &base, prec, &status);
  }
  /* The base and all on the way lie between 1 and the result: they are in range if it is, unless
  ** one below the range was rounded to its end. */
  if (result.exponent + result.digits - 1 <= s->emin) return VALUE_UNBOUND;
  return quick_finish(vm, result.n, base.negative && (n & 1), result.exponent, status, context);
}

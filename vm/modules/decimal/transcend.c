/* transcend.c -- exp, ln, log10, power. The first three are correctly rounded, half to even
** whatever the context says, and exact only where noted. Read first: fixed.h. */
#include <math.h>

#include "vm/modules/decimal/fixed.h"

static const uint32_t inexact = STATUS_INEXACT | STATUS_ROUNDED;

/* A result that is surely not exact, rounded half to even. */
static void finish_inexact(Work *work, const Settings *s, Number *a) {
  Settings even = *s;
  even.rounding = ROUNDING_HALF_EVEN;
  work->status |= inexact;
  if (!number_is_special(a) && !number_is_zero(a) && number_adjusted(a) < s->emin)
    work->status |= STATUS_UNDERFLOW;
  number_finish(work, &even, a);
}

/* 1 with as many zeros behind it as the precision allows */
static void padded_one(Work *work, const Settings *s, bool negative, Number *out) {
  Number one = number_one;
  one.negative = negative;
  number_shift_left(work, &one, s->prec - 1, out);
  out->exponent = -(s->prec - 1);
}

/* ---- exp */

/* e^a = 10^k * e^r, |r| <= ln(10) / 2: *k, and e^r in z. Needs |a| < 10^20. */
static void exp_reduced(Work *work, const Number *a, int64_t bits, mpz_t z, int64_t *k) {
  mpz_t ln10, quotient;
  int64_t more = bits + 72; /* k has up to 64 bits */
  fixed_from(work, a, 0, more, z);
  mpz_init(ln10), mpz_init(quotient);
  fixed_ln10(work, more, ln10);
  mpz_tdiv_q_2exp(quotient, ln10, 1);
  mpz_add(quotient, quotient, z);
  mpz_fdiv_q(quotient, quotient, ln10);
  *k = mpz_get_si(quotient);
  mpz_submul(z, quotient, ln10);
  mpz_fdiv_q_2exp(z, z, (mp_bitcnt_t)(more - bits));
  mpz_clear(ln10), mpz_clear(quotient);
  fixed_exp(bits, z);
}

/* |a| at most 9 * 10^-(prec + 4): e^a is called 1, even where it is below the smallest normal 1. */
static bool exp_is_one(const Settings *s, const Number *a) {
  int64_t above = number_adjusted(a) + s->prec + 4;
  if (above) return above < 0;
  int64_t top = a->digits - 1;
  return number_digit(a, top) < 9 || number_trailing_zeros(a) == top;
}

static void exp_finite(Work *work, const Settings *s, const Number *a, Number *out) {
  int64_t k;
  work_probe(work, s->prec / 16);
  if (exp_is_one(s, a)) {
    padded_one(work, s, false, out);
    return;
  }
  if (number_adjusted(a) > 18) { /* over- or underflows in any context */
    *out = number_one;
    out->exponent = a->negative ? -EXPONENT_HUGE : EXPONENT_HUGE;
    return;
  }
  for (int64_t extra = 10;; extra *= 2) {
    mpz_t z;
    mpz_init(z);
    int64_t bits = fixed_bits(s->prec + extra);
    exp_reduced(work, a, bits, z, &k);
    bool sure = fixed_round(work, s, z, bits, k, out);
    mpz_clear(z);
    if (sure) break;
  }
}

void dec_exp(Work *work, const Settings *s, const Number *a, Number *out) {
  Number result;
  if (number_nans(work, s, a, NULL, NULL, out)) return;
  if (a->kind == KIND_INFINITE) {
    if (a->negative) number_set_zero(out, false, 0);
    else *out = *a;
  } else if (number_is_zero(a)) {
    *out = number_one;
  } else {
    exp_finite(work, s, a, &result);
    finish_inexact(work, s, &result);
    *out = result;
  }
}

/* ---- logarithms */

/* The logarithms that need no series; false: a is finite, positive, not 1. */
static bool log_special(Work *work, const Settings *s, const Number *a, Number *out) {
  if (number_nans(work, s, a, NULL, NULL, out)) return true;
  if (number_is_zero(a)) number_set_infinity(out, true);
  else if (a->negative) number_invalid(work, STATUS_INVALID_OPERATION, out);
  else if (a->kind == KIND_INFINITE) *out = *a;
  else if (dec_order_magnitude(work, a, &number_one) == 0) number_set_zero(out, false, 0);
  else return false;
  return true;
}

/* How many digits the logarithm of a number near 1 has behind the point before the first. */
static int64_t digits_lost(Work *work, const Number *a) {
  Number difference;
  int64_t at = number_adjusted(a);
  if (at < -1 || at > 0) return 0;
  dec_sub(work, &settings_exact, a, &number_one, &difference);
  return -number_adjusted(&difference);
}

static void log_finite(Work *work, const Settings *s, const Number *a, bool common, Number *out) {
  /* a = c * 10^k, c from 0.31 to 3.1, so that near 1 there is no k to cancel */
  int64_t k = number_adjusted(a), lost = digits_lost(work, a);
  bool large = number_digit(a, a->digits - 1) >= 3;
  k += large;
  if (lost < 0) lost = 0;
  work_probe(work, (s->prec + lost) / 16);
  for (int64_t extra = 10;; extra *= 2) {
    mpz_t z, ln10;
    mpz_init(z), mpz_init(ln10);
    int64_t bits = fixed_bits(s->prec + extra + lost) + 64;
    fixed_from(work, a, -k, bits, z);
    fixed_ln(bits, z);
    if (k || common) fixed_ln10(work, bits, ln10);
    if (k > 0) mpz_addmul_ui(z, ln10, (unsigned long)k);
    else if (k < 0) mpz_submul_ui(z, ln10, (unsigned long)-k);
    if (common) {
      mpz_mul_2exp(z, z, (mp_bitcnt_t)bits);
      mpz_fdiv_q(z, z, ln10);
    }
    bits -= 64;
    mpz_fdiv_q_2exp(z, z, 64);
    bool sure = fixed_round(work, s, z, bits, 0, out);
    mpz_clear(z), mpz_clear(ln10);
    if (sure) return;
  }
}

void dec_ln(Work *work, const Settings *s, const Number *a, Number *out) {
  Number result;
  if (log_special(work, s, a, out)) return;
  log_finite(work, s, a, false, &result);
  finish_inexact(work, s, &result);
  *out = result;
}

/* Is log10(x) = *a below the power of ten at which numbers become subnormal? Where that needs more
** than three further digits, it is as ln(x) / ln(10) is, with ln(x) rounded to nine digits more
** than asked for, ln(10) and the quotient to six. */
static void settle_side_of_limit(Work *work, const Settings *s, const Number *x, Number *a) {
  Number rounded = *a, ten;
  number_drop(work, ROUNDING_HALF_EVEN, &rounded, a->digits - (s->prec + 3));
  bool power = number_trailing_zeros(&rounded) == rounded.digits - 1;
  if (!power || number_adjusted(&rounded) != s->emin) return;
  Settings wide = settings_exact;
  wide.rounding = ROUNDING_HALF_EVEN;
  wide.prec = s->prec + 6;
  uint32_t before = work->status;
  number_set_small(work, &ten, false, 10, 0);
  dec_ln(work, &wide, &ten, &ten);
  wide.prec += 3;
  dec_ln(work, &wide, x, a);
  wide.prec -= 3;
  dec_div(work, &wide, a, &ten, a);
  if (number_trailing_zeros(a) == a->digits - 1) { /* it is no shorter for being exact */
    int64_t places = s->prec - a->digits;
    if (places > 0) number_shift_left(work, a, places, a), a->exponent -= places;
  }
  work->status = before;
}

void dec_log10(Work *work, const Settings *s, const Number *a, Number *out) {
  Number result;
  Settings even = *s;
  even.rounding = ROUNDING_HALF_EVEN;
  bool plain = a->kind == KIND_FINITE && !a->negative && !number_is_zero(a);
  if (!plain && log_special(work, s, a, out)) return;
  if (number_trailing_zeros(a) == a->digits - 1 && number_digit(a, a->digits - 1) == 1) {
    int64_t at = number_adjusted(a);
    number_set_small(work, &result, at < 0, (uint64_t)(at < 0 ? -at : at), 0);
    number_finish(work, &even, &result);
  } else {
    log_finite(work, s, a, true, &result);
    settle_side_of_limit(work, s, a, &result);
    finish_inexact(work, s, &result);
  }
  *out = result;
}

/* ---- power */

/* What a base of 1 or -1 gives: its zeros behind the point, as many as the precision allows. */
static void power_of_one(Work *work, const Settings *s, const Number *a, const Number *b,
                         bool negative, Number *out) {
  int64_t zeros = s->prec - 1, n;
  if (b->kind == KIND_INFINITE || !number_is_integer(b)) {
    work->status |= inexact;
  } else if (b->negative) {
    zeros = 0;
  } else {
    int64_t places = -a->exponent;
    bool fits = number_to_int64(b, &n) && (places == 0 || n <= zeros / places);
    /* how many zeros is itself a number of the context */
    if (fits && places && limb_digits((Limb)(places * n)) - 1 > s->emax) fits = false;
    if (fits) zeros = places * n;
    else if (places) work->status |= STATUS_ROUNDED;
    else zeros = 0;
  }
  Number one = number_one;
  one.negative = negative;
  number_shift_left(work, &one, zeros, out);
  out->exponent = -zeros;
}

/* Zeros, infinities, 0 and 1 as exponents; false: a and b are finite, not 0, a is not negative
** unless b is an integer. */
static bool power_special(Work *work, const Settings *s, const Number *a, const Number *b,
                          bool negative, Number *out) {
  if (number_nans(work, s, a, b, NULL, out)) return true;
  if (number_is_zero(a)) {
    if (number_is_zero(b)) number_invalid(work, STATUS_INVALID_OPERATION, out);
    else if (b->negative) number_set_infinity(out, negative);
    else number_set_zero(out, negative, 0);
    return true;
  }
  if (a->negative && !number_is_integer(b)) {
    number_invalid(work, STATUS_INVALID_OPERATION, out);
    return true;
  }
  if (b->kind == KIND_INFINITE) {
    int order = a->kind == KIND_INFINITE ? 1 : dec_order_magnitude(work, a, &number_one);
    if (order == 0) power_of_one(work, s, a, b, negative, out);
    else if ((order < 0) != b->negative) number_set_zero(out, negative, 0);
    else number_set_infinity(out, negative);
    return true;
  }
  if (number_is_zero(b)) {
    *out = number_one;
    out->negative = negative;
    return true;
  }
  if (a->kind != KIND_INFINITE) return false;
  if (b->negative) number_set_zero(out, negative, 0);
  else number_set_infinity(out, negative);
  return true;
}

/* Surely beyond the context's limits: +1 above, -1 below, 0: perhaps within. By the digits of
** log10(|a|^b) = b * log10 |a|, from below. */
static int beyond_limits(Work *work, const Settings *s, const Number *a, const Number *b) {
  Number magnitude = *a, difference;
  magnitude.negative = false;
  int order = dec_order_magnitude(work, a, &number_one);
  int64_t at = number_adjusted(a), of_log;
  if (at > 0 || at < -1) {
    int64_t n = at > 0 ? at : -at - 1;
    of_log = limb_digits((Limb)n) - 1;
  } else {
    dec_sub(work, &settings_exact, &magnitude, &number_one, &difference);
    of_log = number_adjusted(&difference) - (at == 0 ? 2 : 1);
  }
  bool above = (order > 0) != b->negative;
  int64_t limit = above ? s->emax : -settings_etiny(s);
  if (limb_digits((Limb)(limit < 0 ? -limit : limit)) >= of_log + number_adjusted(b)) return 0;
  return above ? 1 : -1;
}

/* |a|^n by squaring, n binary with `size` words. From the top bit down if it is one word, else from
** the lowest up, as rounding shows. */
static void power_whole(Work *work, const Settings *s, const Number *a, const uint64_t *n,
                        int64_t size, Number *out) {
  Number result = *a, square = *a;
  uint32_t before = work->status & STATUS_CLAMPED;
  work->status &= ~(uint32_t)STATUS_CLAMPED;
#define GONE(x) (number_is_special(x) || (number_is_zero(x) && (work->status & STATUS_CLAMPED)))
  if (size == 1) {
    for (uint64_t bit = (UINT64_C(1) << (63 - __builtin_clzll(n[0]))) >> 1; bit; bit >>= 1) {
      dec_mul(work, s, &result, &result, &result);
      if (n[0] & bit) dec_mul(work, s, &result, a, &result);
      if (GONE(&result)) break;
    }
  } else {
    result = number_one;
    for (int64_t i = 0, end = size * 64 - __builtin_clzll(n[size - 1]); i < end; i++) {
      if (n[i / 64] >> i % 64 & 1) {
        dec_mul(work, s, &result, &square, &result);
        if (GONE(&result)) break;
      }
      dec_mul(work, s, &square, &square, &square);
    }
  }
#undef GONE
  work->status |= before;
  *out = result;
}

static void power_integer(Work *work, const Settings *s, const Number *a, const Number *b,
                          bool negative, Number *out) {
  Settings wide = *s;
  wide.prec += b->digits + b->exponent + 2;
  wide.rounding = ROUNDING_HALF_EVEN;
  wide.clamp = false;
  Number base = *a, whole = *b;
  if (b->negative) {
    wide.prec++;
    dec_div(work, &wide, &number_one, a, &base);
  }
  if (b->exponent >= 0) number_shift_left(work, b, b->exponent, &whole);
  else number_drop(work, ROUNDING_DOWN, &whole, -b->exponent);
  int64_t size = 1;
  uint64_t small = whole.limbs[0], *words = &small;
  if (whole.count > 1) words = limbs_to_binary(work, whole.limbs, whole.count, &size);
  power_whole(work, &wide, &base, words, size, out);
  out->negative = negative;
  if (out->kind == KIND_INFINITE) {
    *out = number_one;
    out->negative = negative;
    out->exponent = EXPONENT_HUGE;
  }
  number_finish(work, s, out);
}

static void power_real(Work *work, const Settings *s, const Number *a, const Number *b,
                       Number *out) {
  Settings wide = settings_exact;
  wide.prec = (a->digits > s->prec ? a->digits : s->prec) + 23;
  uint32_t before = work->status;
  Number result;
  dec_ln(work, &wide, a, &result);
  dec_mul(work, &wide, &result, b, &result);
  work->status = before;
  dec_exp(work, &wide, &result, &result);
  if (!number_is_special(&result) && dec_order_magnitude(work, &result, &number_one) == 0)
    padded_one(work, s, false, &result);
  if (result.kind == KIND_INFINITE) {
    result = number_one;
    result.exponent = EXPONENT_HUGE;
  }
  number_finish(work, s, &result);
  *out = result;
}

void dec_pow(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  bool whole = number_is_integer(b), negative = whole && a->negative && number_is_odd(b);
  Number result;
  if (power_special(work, s, a, b, negative, out)) return;
  if (dec_order_magnitude(work, a, &number_one) == 0) {
    power_of_one(work, s, a, b, negative, out);
    return;
  }
  int beyond = beyond_limits(work, s, a, b);
  if (beyond) {
    result = number_one;
    result.negative = negative;
    result.exponent = beyond > 0 ? EXPONENT_HUGE : settings_etiny(s) - 1;
    number_finish(work, s, &result);
  } else if (whole) {
    power_integer(work, s, a, b, negative, &result);
  } else {
    power_real(work, s, a, b, &result);
  }
  *out = result;
}

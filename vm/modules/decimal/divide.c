/* divide.c -- quotients, remainders, square roots. */
#include <gmp.h>

#include "vm/base/aside.h"
#include "vm/modules/decimal/limbs.h"

/* ---- division */

/* What division by zero and with infinities gives; false: a and b are finite, b is not 0. */
static bool divide_special(Work *work, const Settings *s, const Number *a, const Number *b,
                           Number *out) {
  bool negative = a->negative != b->negative;
  if (number_is_special(a) || number_is_special(b)) {
    if (number_nans(work, s, a, b, NULL, out)) return true;
    if (b->kind == KIND_FINITE) {
      number_set_infinity(out, negative);
    } else if (a->kind == KIND_FINITE) {
      number_set_zero(out, negative, settings_etiny(s));
      work->status |= STATUS_CLAMPED;
    } else {
      number_invalid(work, STATUS_INVALID_OPERATION, out);
    }
    return true;
  }
  if (!number_is_zero(b)) return false;
  if (number_is_zero(a)) {
    number_invalid(work, STATUS_DIVISION_UNDEFINED, out);
  } else {
    number_set_infinity(out, negative);
    work->status |= STATUS_DIVISION_BY_ZERO;
  }
  return true;
}

/* An exact quotient's zeros are dropped as far as the ideal exponent allows. */
static void drop_zeros(Work *work, Number *q, int64_t ideal) {
  if (q->exponent >= ideal || number_is_zero(q)) return;
  int64_t zeros = number_trailing_zeros(q);
  if (zeros > ideal - q->exponent) zeros = ideal - q->exponent;
  number_drop(work, ROUNDING_DOWN, q, zeros);
}

/* quotient_limbs: a / b, limbs of q; whether there is a rest. */
static bool quotient_limbs(Work *work, const Number *a, const Number *b, Number *q) {
  int64_t count = a->count >= b->count ? a->count - b->count + 1 : 1;
  Limb *limbs = work_limbs(work, count);
  if (a->count < b->count) {
    limbs[0] = 0;
    number_set_limbs(q, false, limbs, 1, 0);
    return !number_is_zero(a);
  }
  Limb *rest = work_limbs(work, b->count);
  limbs_div(work, limbs, rest, a->limbs, a->count, b->limbs, b->count);
  number_set_limbs(q, false, limbs, count, 0);
  return !limbs_are_zero(rest, b->count);
}

/* From this precision on it is tried first whether a result is exact, in the digits that it can
** have then: of a precision without end nobody wants more. */
enum { PRECISION_LARGE = 5000 };

static void divide_finite(Work *work, const Settings *s, const Number *a, const Number *b,
                          Number *out) {
  bool negative = a->negative != b->negative;
  int64_t ideal = a->exponent - b->exponent;
  Number q, scaled;
  if (number_is_zero(a)) {
    number_set_zero(&q, negative, ideal);
  } else {
    int64_t shift = b->digits - a->digits + s->prec + 1;
    number_shift_left(work, shift >= 0 ? a : b, shift >= 0 ? shift : -shift, &scaled);
    bool inexact = quotient_limbs(work, shift >= 0 ? &scaled : a, shift >= 0 ? b : &scaled, &q);
    q.negative = negative;
    q.exponent = ideal - shift;
    if (!inexact) drop_zeros(work, &q, ideal);
    else if (q.limbs[0] % 5 == 0) ((Limb *)q.limbs)[0]++; /* this operation's own: q is new */
  }
  number_finish(work, s, &q);
  *out = q;
}

void dec_div(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  if (divide_special(work, s, a, b, out)) return;
  /* b's coefficient divides a power of ten with less than four times as many digits */
  int64_t enough = a->digits + 4 * b->digits + 2;
  if (UNLIKELY(s->prec > PRECISION_LARGE && enough < s->prec)) {
    Settings narrow = *s;
    narrow.prec = enough;
    narrow.clamp = false;
    uint32_t before = work->status;
    Number q;
    work->status = 0;
    divide_finite(work, &narrow, a, b, &q);
    bool exact = !(work->status & STATUS_INEXACT) && !number_is_special(&q);
    work->status = before;
    if (exact) {
      number_finish(work, s, &q);
      *out = q;
      return;
    }
  }
  divide_finite(work, s, a, b, out);
}

/* a = q * b + rest, q an integer of at most prec digits, rest with the sign of a; false: it has
** more. Both finite, b not 0. */
static bool divide_whole(Work *work, const Settings *s, const Number *a, const Number *b, Number *q,
                         Number *rest) {
  int64_t exponent = a->exponent < b->exponent ? a->exponent : b->exponent;
  bool negative = a->negative != b->negative;
  int64_t expected = number_adjusted(a) - number_adjusted(b);
  if (number_is_zero(a) || expected < 0) {
    *rest = *a;
    number_set_zero(q, negative, 0);
    number_shift_left(work, a, a->exponent - exponent, rest);
    rest->exponent = exponent;
    return true;
  }
  if (expected > s->prec) return false;
  Number x, y;
  number_shift_left(work, a, a->exponent - exponent, &x);
  number_shift_left(work, b, b->exponent - exponent, &y);
  if (x.count < y.count) {
    *rest = x;
    rest->exponent = exponent;
    number_set_zero(q, negative, 0);
    return true;
  }
  Limb *quotient = work_limbs(work, x.count - y.count + 1), *r = work_limbs(work, y.count);
  limbs_div(work, quotient, r, x.limbs, x.count, y.limbs, y.count);
  number_set_limbs(q, negative, quotient, x.count - y.count + 1, 0);
  number_set_limbs(rest, a->negative, r, y.count, exponent);
  return q->digits <= s->prec;
}

void dec_div_int(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  Number q, rest;
  if (number_is_special(b) && !number_is_special(a) && !number_is_nan(b)) {
    number_set_zero(out, a->negative != b->negative, 0);
  } else if (!divide_special(work, s, a, b, out)) {
    if (!divide_whole(work, s, a, b, &q, &rest)) {
      number_invalid(work, STATUS_DIVISION_IMPOSSIBLE, out);
      return;
    }
    number_finish(work, s, &q);
    *out = q;
  }
}

/* The remainders that need no division; false: there is one. */
static bool remainder_special(Work *work, const Settings *s, const Number *a, const Number *b,
                              Number *out) {
  if (number_nans(work, s, a, b, NULL, out)) return true;
  if (a->kind == KIND_INFINITE) {
    number_invalid(work, STATUS_INVALID_OPERATION, out);
  } else if (b->kind == KIND_INFINITE) {
    *out = *a;
    number_finish(work, s, out);
  } else if (number_is_zero(b)) {
    number_invalid(work, number_is_zero(a) ? STATUS_DIVISION_UNDEFINED : STATUS_INVALID_OPERATION,
                   out);
  } else {
    return false;
  }
  return true;
}

void dec_rem(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  Number q, rest;
  if (remainder_special(work, s, a, b, out)) return;
  if (!divide_whole(work, s, a, b, &q, &rest)) {
    number_invalid(work, STATUS_DIVISION_IMPOSSIBLE, out);
    return;
  }
  number_finish(work, s, &rest);
  *out = rest;
}

void dec_divmod(Work *work, const Settings *s, const Number *a, const Number *b, Number *quotient,
                Number *rest) {
  Number q, r;
  bool negative = a->negative != b->negative;
  if (number_nans(work, s, a, b, NULL, quotient)) {
    *rest = *quotient;
  } else if (a->kind == KIND_INFINITE) {
    if (b->kind == KIND_INFINITE) number_set_nan(quotient);
    else number_set_infinity(quotient, negative);
    number_invalid(work, STATUS_INVALID_OPERATION, rest);
  } else if (b->kind == KIND_INFINITE) {
    *rest = *a;
    number_finish(work, s, rest);
    number_set_zero(quotient, negative, 0);
  } else if (number_is_zero(b) && number_is_zero(a)) {
    number_invalid(work, STATUS_DIVISION_UNDEFINED, quotient);
    *rest = *quotient;
  } else if (number_is_zero(b)) {
    number_invalid(work, STATUS_DIVISION_BY_ZERO | STATUS_INVALID_OPERATION, rest);
    number_set_infinity(quotient, negative);
  } else if (!divide_whole(work, s, a, b, &q, &r)) {
    number_invalid(work, STATUS_DIVISION_IMPOSSIBLE, quotient);
    *rest = *quotient;
  } else {
    number_finish(work, s, &q);
    number_finish(work, s, &r);
    *quotient = q, *rest = r;
  }
}

void dec_rem_near(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  Number q, rest, twice, other;
  if (remainder_special(work, s, a, b, out)) return;
  Settings wide = *s;
  wide.prec = s->prec < DECIMAL_MAX_PREC ? s->prec + 1 : s->prec;
  if (!divide_whole(work, &wide, a, b, &q, &rest)) {
    number_invalid(work, STATUS_DIVISION_IMPOSSIBLE, out);
    return;
  }
  Number divisor = *b;
  divisor.negative = !rest.negative;
  dec_add(work, &settings_exact, &rest, &rest, &twice);
  int order = dec_order_magnitude(work, &twice, b);
  bool away = order > 0 || (order == 0 && (q.limbs[0] & 1));
  if (away) {
    Limb *limbs = work_limbs(work, q.count + 1);
    memcpy(limbs, q.limbs, (size_t)q.count * sizeof(Limb));
    limbs[q.count] = limbs_increment(limbs, q.count);
    number_set_limbs(&q, q.negative, limbs, q.count + 1, 0);
    dec_add(work, &settings_exact, &rest, &divisor, &other);
    if (number_is_zero(&other)) other.negative = a->negative;
    rest = other;
  }
  if (q.digits > s->prec) {
    number_invalid(work, STATUS_DIVISION_IMPOSSIBLE, out);
    return;
  }
  number_finish(work, s, &rest);
  *out = rest;
}

/* ---- square roots */

/* *out = the root of c, rounded down; whether it is exact. */
static bool root_of(Work *work, const Number *c, Number *out) {
  int64_t size, count;
  uint64_t *words = limbs_to_binary(work, c->limbs, c->count, &size);
  uint64_t *root = work_limbs(work, (size + 1) / 2), *rest = work_limbs(work, size);
  work_probe(work, size);
  mp_size_t rest_size = mpn_sqrtrem(root, rest, words, size);
  Limb *limbs = limbs_from_binary(work, root, (size + 1) / 2, &count);
  number_set_limbs(out, false, limbs, count, 0);
  return rest_size == 0;
}

static bool is_square(Work *work, const Number *c) {
  Number root;
  return root_of(work, c, &root);
}

void dec_sqrt(Work *work, const Settings *s, const Number *a, Number *out) {
  Number c, root;
  if (number_nans(work, s, a, NULL, NULL, out)) return;
  int64_t odd = a->exponent & 1, ideal = (a->exponent - odd) / 2;
  if (number_is_zero(a)) {
    number_set_zero(&root, a->negative, ideal);
    number_finish(work, s, &root);
    *out = root;
    return;
  }
  if (a->negative) {
    number_invalid(work, STATUS_INVALID_OPERATION, out);
    return;
  }
  if (a->kind == KIND_INFINITE) {
    *out = *a;
    return;
  }
  number_shift_left(work, a, odd, &c);
  Settings even = *s;
  if (s->prec > PRECISION_LARGE && c.digits < s->prec && is_square(work, &c)) even.prec = c.digits;
  int64_t shift = even.prec + 1 - (c.digits + 1) / 2;
  bool exact = true;
  if (shift >= 0) number_shift_left(work, &c, 2 * shift, &c);
  else exact = !number_drop(work, ROUNDING_DOWN, &c, -2 * shift);
  exact = root_of(work, &c, &root) && exact;
  root.exponent = ideal - shift;
  if (exact && shift >= 0) number_drop(work, ROUNDING_DOWN, &root, shift);
  else if (exact) number_shift_left(work, &root, -shift, &root), root.exponent = ideal;
  else if (root.limbs[0] % 5 == 0) ((Limb *)root.limbs)[0]++; /* this operation's own: it is new */
  even = *s;
  even.rounding = ROUNDING_HALF_EVEN;
  number_finish(work, &even, &root);
  *out = root;
}

/* ---- powers modulo an integer */

static void to_mpz(Work *work, const Number *a, mpz_t out) {
  Number whole = *a;
  int64_t size;
  if (a->exponent >= 0) number_shift_left(work, a, a->exponent, &whole);
  else number_drop(work, ROUNDING_DOWN, &whole, -a->exponent);
  uint64_t *words = limbs_to_binary(work, whole.limbs, whole.count, &size);
  mpz_roinit_n(out, words, size);
}

void dec_powmod(Work *work, const Settings *s, const Number *a, const Number *b, const Number *m,
                Number *out) {
  if (number_nans(work, s, a, b, m, out)) return;
  bool whole = number_is_integer(a) && number_is_integer(b) && number_is_integer(m);
  if (!whole || number_is_zero(m) || m->digits + m->exponent > s->prec ||
      (b->negative && !number_is_zero(b)) || (number_is_zero(a) && number_is_zero(b))) {
    number_invalid(work, STATUS_INVALID_OPERATION, out);
    return;
  }
  bool negative = a->negative && number_is_odd(b);
  mpz_t base, scale, modulus, result;
  to_mpz(work, a, base);
  to_mpz(work, b, scale);
  to_mpz(work, m, modulus);
  work_probe(work, (int64_t)mpz_size(modulus) * 4);
  mpz_init(result);
  mpz_powm(result, base, scale, modulus);
  int64_t count, size = (int64_t)mpz_size(result);
  uint64_t *words = work_limbs(work, size + 1);
  memcpy(words, mpz_limbs_read(result), (size_t)size * 8);
  mpz_clear(result);
  Limb *limbs = limbs_from_binary(work, words, size, &count);
  number_set_limbs(out, negative, limbs, count, 0);
}

/* integral.c -- numbers moved to another exponent: quantize, rounding to integers, scaling, the
** neighbours of a number. */
#include "vm/modules/decimal/limbs.h"

void dec_rescale(Work *work, const Settings *s, const Number *a, int64_t exponent, Number *out) {
  Number n = *a;
  if (a->exponent >= exponent) {
    number_shift_left(work, a, a->exponent - exponent, &n);
  } else {
    work->status |= STATUS_ROUNDED;
    if (number_drop(work, s->rounding, &n, exponent - a->exponent)) work->status |= STATUS_INEXACT;
  }
  n.exponent = exponent;
  *out = n;
}

/* quantize of finite numbers; false: invalid. */
static bool quantize_finite(Work *work, const Settings *s, const Number *a, int64_t exponent,
                            Number *out) {
  if (exponent > s->emax || exponent < settings_etiny(s)) return false;
  if (number_is_zero(a)) {
    number_set_zero(out, a->negative, exponent);
  } else {
    if (a->digits + a->exponent - exponent > s->prec) return false;
    uint32_t before = work->status;
    dec_rescale(work, s, a, exponent, out);
    if (number_adjusted(out) > s->emax || out->digits > s->prec) {
      work->status = before;
      return false;
    }
  }
  number_finish(work, s, out);
  return true;
}

void dec_quantize(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  Number result;
  if (number_is_special(a) || number_is_special(b)) {
    if (number_nans(work, s, a, b, NULL, out)) return;
    if (a->kind == b->kind) *out = *a;
    else number_invalid(work, STATUS_INVALID_OPERATION, out);
  } else if (quantize_finite(work, s, a, b->exponent, &result)) {
    *out = result;
  } else {
    number_invalid(work, STATUS_INVALID_OPERATION, out);
  }
}

void dec_to_integral_exact(Work *work, const Settings *s, const Number *a, Number *out) {
  if (number_nans(work, s, a, NULL, NULL, out)) return;
  if (number_is_special(a) || a->exponent >= 0) *out = *a;
  else if (number_is_zero(a)) number_set_zero(out, a->negative, 0);
  else dec_rescale(work, s, a, 0, out);
}
void dec_to_integral_value(Work *work, const Settings *s, const Number *a, Number *out) {
  uint32_t before = work->status;
  if (number_nans(work, s, a, NULL, NULL, out)) return;
  dec_to_integral_exact(work, s, a, out);
  work->status = before;
}

void dec_reduce(Work *work, const Settings *s, const Number *a, Number *out) {
  Number n = *a;
  if (number_nans(work, s, a, NULL, NULL, out)) return;
  number_finish(work, s, &n);
  if (number_is_zero(&n)) {
    n.exponent = 0;
  } else if (!number_is_special(&n)) {
    int64_t zeros = number_trailing_zeros(&n), most = (s->clamp ? settings_etop(s) : s->emax);
    if (zeros > most - n.exponent) zeros = most - n.exponent;
    number_drop(work, ROUNDING_DOWN, &n, zeros);
  }
  *out = n;
}

/* ---- exponents */

void dec_logb(Work *work, const Settings *s, const Number *a, Number *out) {
  if (number_nans(work, s, a, NULL, NULL, out)) return;
  if (a->kind == KIND_INFINITE) {
    number_set_infinity(out, false);
  } else if (number_is_zero(a)) {
    number_set_infinity(out, true);
    work->status |= STATUS_DIVISION_BY_ZERO;
  } else {
    int64_t at = number_adjusted(a);
    number_set_small(work, out, at < 0, (uint64_t)(at < 0 ? -at : at), 0);
    number_finish(work, s, out);
  }
}

void dec_scaleb(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  int64_t n;
  if (number_nans(work, s, a, b, NULL, out)) return;
  /* the limit is 2 * (emax + prec) */
  bool fits = b->kind == KIND_FINITE && b->exponent == 0 &&
              (b->count == 1 || (b->count == 2 && b->limbs[1] < 4));
  if (fits) {
    n = (int64_t)(b->limbs[0] + (b->count == 2 ? b->limbs[1] * LIMB_BASE : 0));
    fits = n <= 2 * (s->emax + s->prec);
  }
  if (!fits) {
    number_invalid(work, STATUS_INVALID_OPERATION, out);
    return;
  }
  Number scaled = *a;
  if (a->kind == KIND_FINITE) {
    scaled.exponent += b->negative ? -n : n;
    number_finish(work, s, &scaled);
  }
  *out = scaled;
}

/* ---- neighbours */

/* The number next to a finite one in the given direction. */
static void next_finite(Work *work, const Settings *s, const Number *a, bool up, Number *out) {
  Settings towards = *s;
  towards.rounding = up ? ROUNDING_CEILING : ROUNDING_FLOOR;
  uint32_t before = work->status;
  Number rounded = *a, tiny = number_one;
  number_finish(work, &towards, &rounded);
  bool changed = (work->status & ~before & STATUS_INEXACT) || (before & STATUS_INEXACT);
  if (!changed || dec_order(work, &rounded, a) == 0) {
    tiny.negative = !up;
    tiny.exponent = settings_etiny(s) - 1;
    dec_add(work, &towards, a, &tiny, &rounded);
  }
  work->status = before;
  *out = rounded;
}

static void next(Work *work, const Settings *s, const Number *a, bool up, Number *out) {
  if (number_nans(work, s, a, NULL, NULL, out)) return;
  if (a->kind == KIND_INFINITE) {
    if (a->negative == up) number_largest(work, s, a->negative, out);
    else *out = *a;
  } else {
    next_finite(work, s, a, up, out);
  }
}
void dec_next_minus(Work *work, const Settings *s, const Number *a, Number *out) {
  next(work, s, a, false, out);
}
void dec_next_plus(Work *work, const Settings *s, const Number *a, Number *out) {
  next(work, s, a, true, out);
}

void dec_next_toward(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  Number result;
  if (number_nans(work, s, a, b, NULL, out)) return;
  int order = dec_order(work, a, b);
  if (order == 0) {
    bool negative = b->negative;
    *out = *a;
    out->negative = negative;
    return;
  }
  next(work, s, a, order < 0, &result);
  if (result.kind == KIND_INFINITE) {
    work->status |= STATUS_OVERFLOW | STATUS_ROUNDED | STATUS_INEXACT;
  } else if (number_adjusted(&result) < s->emin) {
    work->status |= STATUS_UNDERFLOW | STATUS_SUBNORMAL | STATUS_ROUNDED | STATUS_INEXACT;
    if (number_is_zero(&result)) work->status |= STATUS_CLAMPED;
  }
  *out = result;
}

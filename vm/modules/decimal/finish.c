/* finish.c -- rounding: a number made to fit the precision and the exponents of a context, with the
** conditions that this meets. */
#include "vm/modules/decimal/limbs.h"

bool number_drop(Work *work, Rounding rounding, Number *a, int64_t n) {
  if (n <= 0) return false;
  int dropped, last = 0;
  Limb *limbs;
  int64_t count = 1;
  if (n >= a->digits) {
    limbs = work_limbs(work, 1);
    limbs[0] = 0;
    dropped = limbs_dropped(a->limbs, a->count, n);
  } else {
    count = limbs_for(a->digits - n);
    limbs = work_limbs(work, count + 1);
    dropped = limbs_shift_right(limbs, a->limbs, a->count, n);
    last = (int)(limbs[0] % 10);
  }
  if (number_round_away(rounding, a->negative, last, dropped) && limbs_increment(limbs, count))
    limbs[count++] = 1;
  number_set_limbs(a, a->negative, limbs, count, a->exponent + n);
  return dropped != 0;
}

void number_largest(Work *work, const Settings *s, bool negative, Number *out) {
  int64_t count = limbs_for(s->prec);
  Limb *limbs = work_limbs(work, count);
  for (int64_t i = 0; i < count; i++) limbs[i] = LIMB_BASE - 1;
  int64_t top = s->prec - (count - 1) * LIMB_DIGITS;
  limbs[count - 1] = powers_of_ten[top] - 1;
  number_set_limbs(out, negative, limbs, count, settings_etop(s));
}

static void overflow(Work *work, const Settings *s, Number *a) {
  bool largest = s->rounding == ROUNDING_DOWN || s->rounding == ROUNDING_05UP ||
                 (s->rounding == ROUNDING_CEILING && a->negative) ||
                 (s->rounding == ROUNDING_FLOOR && !a->negative);
  if (largest) number_largest(work, s, a->negative, a);
  else number_set_infinity(a, a->negative);
  work->status |= STATUS_OVERFLOW | STATUS_INEXACT | STATUS_ROUNDED;
}

/* An exponent below emin. */
static void finish_subnormal(Work *work, const Settings *s, Number *a) {
  int64_t etiny = settings_etiny(s);
  bool zero = number_is_zero(a);
  if (!zero) work->status |= STATUS_SUBNORMAL;
  if (a->exponent >= etiny) return;
  if (zero) {
    a->exponent = etiny;
    work->status |= STATUS_CLAMPED;
    return;
  }
  bool inexact = number_drop(work, s->rounding, a, etiny - a->exponent);
  work->status |= STATUS_ROUNDED;
  if (!inexact) return;
  work->status |= STATUS_INEXACT | STATUS_UNDERFLOW;
  if (number_is_zero(a)) work->status |= STATUS_CLAMPED;
}

static void finish_exponent(Work *work, const Settings *s, Number *a) {
  int64_t adjusted = number_adjusted(a);
  if (UNLIKELY(adjusted > s->emax)) {
    if (!number_is_zero(a)) {
      overflow(work, s, a);
      return;
    }
    a->exponent = s->clamp ? settings_etop(s) : s->emax;
    work->status |= STATUS_CLAMPED;
  } else if (UNLIKELY(s->clamp && a->exponent > settings_etop(s))) {
    number_shift_left(work, a, a->exponent - settings_etop(s), a);
    a->exponent = settings_etop(s);
    work->status |= STATUS_CLAMPED;
    if (!number_is_zero(a) && adjusted < s->emin) work->status |= STATUS_SUBNORMAL;
  } else if (UNLIKELY(adjusted < s->emin)) {
    finish_subnormal(work, s, a);
  }
}

/* A payload has at most as many digits as the precision (one less when clamping): the lowest. */
static void finish_nan(Work *work, const Settings *s, Number *a) {
  int64_t most = s->prec - s->clamp;
  if (a->digits <= most) return;
  if (most == 0) {
    a->count = a->digits = 0;
    return;
  }
  int64_t count = limbs_for(most);
  Limb *limbs = work_limbs(work, count);
  memcpy(limbs, a->limbs, (size_t)count * sizeof(Limb));
  limbs[count - 1] %= powers_of_ten[most - (count - 1) * LIMB_DIGITS];
  count = limbs_trim(limbs, count);
  a->limbs = limbs;
  a->count = count;
  a->digits = limbs_digits(limbs, count);
  if (count == 1 && !limbs[0]) a->count = a->digits = 0;
}

void number_finish(Work *work, const Settings *s, Number *a) {
  if (UNLIKELY(number_is_special(a))) {
    if (number_is_nan(a)) finish_nan(work, s, a);
    return;
  }
  finish_exponent(work, s, a);
  if (LIKELY(a->digits <= s->prec) || number_is_special(a)) return;
  bool inexact = number_drop(work, s->rounding, a, a->digits - s->prec);
  work->status |= inexact ? STATUS_ROUNDED | STATUS_INEXACT : STATUS_ROUNDED;
  if (a->digits > s->prec) { /* 9.99 became 10.0 */
    number_drop(work, ROUNDING_DOWN, a, 1);
    finish_exponent(work, s, a);
  }
}

bool number_nans(Work *work, const Settings *s, const Number *a, const Number *b, const Number *c,
                 Number *out) {
  const Number *all[] = {a, b, c}, *found = NULL;
  for (int i = 0; i < 3; i++) {
    if (!all[i] || !number_is_nan(all[i])) continue;
    bool first_signaling =
        all[i]->kind == KIND_SIGNALING && (!found || found->kind != KIND_SIGNALING);
    if (!found || first_signaling) found = all[i];
  }
  if (!found) return false;
  if (found->kind == KIND_SIGNALING) work->status |= STATUS_INVALID_OPERATION;
  *out = *found;
  out->kind = KIND_NAN;
  finish_nan(work, s, out);
  return true;
}

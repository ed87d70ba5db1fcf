/* arith.c -- sums and products. */
#include "vm/modules/decimal/limbs.h"

/* ---- signs and copies */

void dec_copy_abs(Work *work, const Settings *s, const Number *a, Number *out) {
  *out = *a;
  out->negative = false;
}
void dec_copy_negate(Work *work, const Settings *s, const Number *a, Number *out) {
  *out = *a;
  out->negative = !a->negative;
}
void dec_copy_sign(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  bool negative = b->negative;
  *out = *a;
  out->negative = negative;
}

/* a finished, with this sign, which a zero has only if rounding is to the floor: as 0 + a. */
static void signed_copy(Work *work, const Settings *s, const Number *a, bool negative,
                        Number *out) {
  if (number_nans(work, s, a, NULL, NULL, out)) return;
  Number n = *a;
  n.negative = negative && (!number_is_zero(a) || s->rounding == ROUNDING_FLOOR);
  number_finish(work, s, &n);
  *out = n;
}
void dec_plus(Work *work, const Settings *s, const Number *a, Number *out) {
  signed_copy(work, s, a, a->negative, out);
}
void dec_minus(Work *work, const Settings *s, const Number *a, Number *out) {
  signed_copy(work, s, a, !a->negative, out);
}
void dec_abs(Work *work, const Settings *s, const Number *a, Number *out) {
  if (number_nans(work, s, a, NULL, NULL, out)) return;
  Number n = *a;
  n.negative = false;
  number_finish(work, s, &n);
  *out = n;
}

/* ---- sums */

/* The coefficients of two numbers of one exponent, added or subtracted by their signs. */
static void add_aligned(Work *work, const Settings *s, const Number *a, const Number *b,
                        Number *out) {
  int order = limbs_compare(a->limbs, a->count, b->limbs, b->count);
  const Number *larger = order < 0 ? b : a, *smaller = order < 0 ? a : b;
  Limb *limbs = work_limbs(work, larger->count + 1);
  bool negative = larger->negative;
  int64_t count = larger->count;
  if (a->negative == b->negative) {
    limbs_add(limbs, larger->limbs, count, smaller->limbs, smaller->count);
    count++;
  } else {
    limbs_sub(limbs, larger->limbs, count, smaller->limbs, smaller->count);
    if (order == 0) negative = s->rounding == ROUNDING_FLOOR;
  }
  number_set_limbs(out, negative, limbs, count, a->exponent);
}

static void add_finite(Work *work, const Settings *s, const Number *a, const Number *b,
                       Number *out) {
  const Number *big = a->exponent >= b->exponent ? a : b, *small = big == a ? b : a;
  Number raised, tiny;
  if (big->exponent != small->exponent && !number_is_zero(big)) {
    /* below what can matter, one digit stands for all */
    int64_t least = big->exponent - 1;
    if (big->digits <= s->prec) least += big->digits - s->prec - 1;
    if (number_adjusted(small) < least) {
      tiny = number_is_zero(small) ? number_zero : number_one;
      tiny.negative = small->negative;
      tiny.exponent = least;
      small = &tiny;
    }
    number_shift_left(work, big, big->exponent - small->exponent, &raised);
  } else {
    raised = *big;
  }
  raised.exponent = small->exponent;
  Number sum;
  add_aligned(work, s, &raised, small, &sum);
  number_finish(work, s, &sum);
  *out = sum;
}

static void add_signed(Work *work, const Settings *s, const Number *a, const Number *b,
                       bool negative_b, Number *out) {
  Number c = *b;
  c.negative = negative_b;
  if (LIKELY(!number_is_special(a) && !number_is_special(b))) {
    add_finite(work, s, a, &c, out);
  } else if (!number_nans(work, s, a, b, NULL, out)) {
    if (a->kind == KIND_FINITE) *out = c;
    else if (c.kind == KIND_FINITE || a->negative == c.negative) *out = *a;
    else number_invalid(work, STATUS_INVALID_OPERATION, out);
  }
}
void dec_add(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  add_signed(work, s, a, b, b->negative, out);
}
void dec_sub(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  add_signed(work, s, a, b, !b->negative, out);
}

/* ---- products */

void dec_mul_exact(Work *work, const Number *a, const Number *b, Number *out) {
  int64_t count = a->count + b->count;
  Limb *limbs = work_limbs(work, count);
  limbs_mul(work, limbs, a->limbs, a->count, b->limbs, b->count);
  number_set_limbs(out, a->negative != b->negative, limbs, count, a->exponent + b->exponent);
}

/* An infinite factor. */
static void mul_infinite(Work *work, const Number *a, const Number *b, Number *out) {
  if (number_is_zero(a) || number_is_zero(b)) number_invalid(work, STATUS_INVALID_OPERATION, out);
  else number_set_infinity(out, a->negative != b->negative);
}
void dec_mul(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  if (LIKELY(!number_is_special(a) && !number_is_special(b))) {
    Number product;
    dec_mul_exact(work, a, b, &product);
    number_finish(work, s, &product);
    *out = product;
  } else if (!number_nans(work, s, a, b, NULL, out)) {
    mul_infinite(work, a, b, out);
  }
}

void dec_fma(Work *work, const Settings *s, const Number *a, const Number *b, const Number *c,
             Number *out) {
  Number product;
  if (number_nans(work, s, a, b, c, out)) return;
  if (number_is_special(a) || number_is_special(b)) mul_infinite(work, a, b, &product);
  else dec_mul_exact(work, a, b, &product);
  if (number_is_nan(&product)) *out = product;
  else dec_add(work, s, &product, c, out);
}

/* digits.c -- numbers as rows of digits: shift, rotate and the logical operations. */
#include "vm/modules/decimal/limbs.h"

/* b as the number of places to move by; false: the result is written. */
static bool places(Work *work, const Settings *s, const Number *a, const Number *b, int64_t *n,
                   Number *out) {
  if (number_nans(work, s, a, b, NULL, out)) return false;
  bool ok = b->kind == KIND_FINITE && b->exponent == 0 && number_to_int64(b, n) && *n <= s->prec &&
            *n >= -s->prec;
  if (!ok) number_invalid(work, STATUS_INVALID_OPERATION, out);
  else if (a->kind == KIND_INFINITE) *out = *a;
  return ok && a->kind != KIND_INFINITE;
}

/* The lowest n digits. */
static void lowest(Work *work, const Number *a, int64_t n, Number *out) {
  *out = *a;
  if (a->digits <= n) return;
  int64_t count = limbs_for(n);
  Limb *limbs = work_limbs(work, count + 1);
  memcpy(limbs, a->limbs, (size_t)count * sizeof(Limb));
  if (count == 0) limbs[0] = 0, count = 1;
  else limbs[count - 1] %= powers_of_ten[n - (count - 1) * LIMB_DIGITS];
  number_set_limbs(out, a->negative, limbs, count, a->exponent);
}

/* Moved by n places, to the left if positive, within prec digits. */
static void move(Work *work, const Settings *s, const Number *a, int64_t n, Number *out) {
  Number moved = *a;
  if (n > 0) {
    lowest(work, a, s->prec - n, &moved);
    number_shift_left(work, &moved, n, &moved);
  } else if (n < 0) {
    number_drop(work, ROUNDING_DOWN, &moved, -n);
  }
  moved.exponent = a->exponent;
  *out = moved;
}

void dec_shift(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  int64_t n;
  Number moved;
  if (!places(work, s, a, b, &n, out)) return;
  lowest(work, a, s->prec, &moved);
  move(work, s, &moved, n, out);
}

void dec_rotate(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  int64_t n;
  Number row, left, right;
  if (!places(work, s, a, b, &n, out)) return;
  lowest(work, a, s->prec, &row);
  if (n < 0) n += s->prec;
  if (n == 0 || n == s->prec) {
    *out = row;
    return;
  }
  move(work, s, &row, n, &left);
  move(work, s, &row, n - s->prec, &right);
  bool negative = left.negative;
  int64_t exponent = left.exponent;
  left.negative = right.negative = false;
  left.exponent = right.exponent = 0;
  dec_add(work, &settings_exact, &left, &right, out);
  out->negative = negative;
  out->exponent = exponent;
}

/* ---- logical operations: digits 0 and 1 */

static bool is_logical(const Number *a) {
  if (number_is_special(a) || a->negative || a->exponent != 0) return false;
  for (int64_t i = 0; i < a->count; i++)
    for (Limb limb = a->limbs[i]; limb; limb /= 10)
      if (limb % 10 > 1) return false;
  return true;
}

typedef enum Logical { LOGICAL_AND, LOGICAL_OR, LOGICAL_XOR } Logical;

static Limb combine(Logical how, Limb x, Limb y) {
  Limb result = 0;
  for (int i = LIMB_DIGITS - 1; i >= 0; i--) {
    Limb p = x / powers_of_ten[i] % 10, q = y / powers_of_ten[i] % 10;
    Limb bit = how == LOGICAL_AND ? p & q : how == LOGICAL_OR ? p | q : p ^ q;
    result = result * 10 + bit;
  }
  return result;
}

static void logical(Work *work, const Settings *s, const Number *a, const Number *b, Logical how,
                    Number *out) {
  if (!is_logical(a) || !is_logical(b)) {
    number_invalid(work, STATUS_INVALID_OPERATION, out);
    return;
  }
  int64_t count = a->count > b->count ? a->count : b->count;
  Limb *limbs = work_limbs(work, count);
  for (int64_t i = 0; i < count; i++)
    limbs[i] = combine(how, i < a->count ? a->limbs[i] : 0, i < b->count ? b->limbs[i] : 0);
  Number result;
  number_set_limbs(&result, false, limbs, count, 0);
  lowest(work, &result, s->prec, out);
}
void dec_and(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  logical(work, s, a, b, LOGICAL_AND, out);
}
void dec_or(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  logical(work, s, a, b, LOGICAL_OR, out);
}
void dec_xor(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  logical(work, s, a, b, LOGICAL_XOR, out);
}
void dec_invert(Work *work, const Settings *s, const Number *a, Number *out) {
  if (!is_logical(a)) {
    number_invalid(work, STATUS_INVALID_OPERATION, out);
    return;
  }
  int64_t count = limbs_for(s->prec);
  Limb *limbs = work_limbs(work, count);
  for (int64_t i = 0; i < count; i++) limbs[i] = LIMB_BASE / 9; /* 18 ones */
  limbs[count - 1] %= powers_of_ten[s->prec - (count - 1) * LIMB_DIGITS];
  Number ones, row;
  number_set_limbs(&ones, false, limbs, count, 0);
  lowest(work, a, s->prec, &row);
  logical(work, s, &row, &ones, LOGICAL_XOR, out);
}

/* limbs.c -- see limbs.h; products and quotients of many limbs are in limbs_large.c. */
#include "vm/modules/decimal/limbs.h"

const Limb powers_of_ten[20] = {
    UINT64_C(1),
    UINT64_C(10),
    UINT64_C(100),
    UINT64_C(1000),
    UINT64_C(10000),
    UINT64_C(100000),
    UINT64_C(1000000),
    UINT64_C(10000000),
    UINT64_C(100000000),
    UINT64_C(1000000000),
    UINT64_C(10000000000),
    UINT64_C(100000000000),
    UINT64_C(1000000000000),
    UINT64_C(10000000000000),
    UINT64_C(100000000000000),
    UINT64_C(1000000000000000),
    UINT64_C(10000000000000000),
    UINT64_C(100000000000000000),
    UINT64_C(1000000000000000000),
    UINT64_C(10000000000000000000),
};

bool limbs_are_zero(const Limb *limbs, int64_t count) {
  while (count > 0 && !limbs[count - 1]) count--;
  return count == 0;
}

int limbs_compare(const Limb *a, int64_t a_count, const Limb *b, int64_t b_count) {
  if (a_count != b_count) return a_count < b_count ? -1 : 1;
  for (int64_t i = a_count; i-- > 0;)
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}

void limbs_add(Limb *to, const Limb *a, int64_t a_count, const Limb *b, int64_t b_count) {
  Limb carry = 0;
  int64_t i = 0;
  for (; i < b_count; i++) {
    Limb sum = a[i] + b[i] + carry;
    carry = sum >= LIMB_BASE;
    to[i] = sum - (carry ? LIMB_BASE : 0);
  }
  for (; i < a_count && carry; i++) {
    Limb sum = a[i] + 1;
    carry = sum == LIMB_BASE;
    to[i] = carry ? 0 : sum;
  }
  if (to != a && i < a_count) memcpy(to + i, a + i, (size_t)(a_count - i) * sizeof(Limb));
  to[a_count] = carry;
}

void limbs_sub(Limb *to, const Limb *a, int64_t a_count, const Limb *b, int64_t b_count) {
  Limb borrow = 0;
  int64_t i = 0;
  for (; i < b_count; i++) {
    Limb difference = a[i] - b[i] - borrow;
    borrow = difference >> 63;
    to[i] = difference + (borrow ? LIMB_BASE : 0);
  }
  for (; i < a_count && borrow; i++) {
    borrow = a[i] == 0;
    to[i] = borrow ? LIMB_BASE - 1 : a[i] - 1;
  }
  debug_check(!borrow); /* a was not less than b */
  if (to != a && i < a_count) memcpy(to + i, a + i, (size_t)(a_count - i) * sizeof(Limb));
}

bool limbs_increment(Limb *limbs, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    if (++limbs[i] < LIMB_BASE) return false;
    limbs[i] = 0;
  }
  return true;
}

Limb limbs_mul_small(Limb *to, const Limb *a, int64_t count, Limb factor) {
  Limb carry = 0;
  for (int64_t i = 0; i < count; i++) carry = wide_split((Wide)a[i] * factor + carry, &to[i]);
  return carry;
}

Limb limbs_div_small(Limb *to, const Limb *a, int64_t count, Limb divisor) {
  Limb rest = 0;
  for (int64_t i = count; i-- > 0;)
    to[i] = wide_divide((Wide)rest * LIMB_BASE + a[i], divisor, &rest);
  return rest;
}

/* Division of limbs by a power of ten over 1: the reciprocal's quotient is at most 1 too low, as a
** limb is less than 2^60. */
typedef struct PowerOfTen {
  Limb value, reciprocal;
} PowerOfTen;
static inline PowerOfTen power_of_ten(int n) {
  Limb value = powers_of_ten[n];
  return (PowerOfTen){value, UINT64_MAX / value};
}
static inline Limb divide_by_power(Limb a, PowerOfTen by, Limb *rest) {
  Limb quotient = (Limb)(((Wide)a * by.reciprocal) >> 64);
  Limb r = a - quotient * by.value;
  bool low = r >= by.value;
  *rest = low ? r - by.value : r;
  return quotient + low;
}

void limbs_shift_left(Limb *to, int64_t to_count, const Limb *a, int64_t count, int64_t n) {
  int64_t whole = n / LIMB_DIGITS;
  int part = (int)(n % LIMB_DIGITS);
  if (part == 0) {
    memmove(to + whole, a, (size_t)count * sizeof(Limb));
  } else {
    Limb up = powers_of_ten[part], above = 0;
    PowerOfTen down = power_of_ten(LIMB_DIGITS - part);
    for (int64_t i = count; i-- > 0;) {
      Limb rest, high = divide_by_power(a[i], down, &rest);
      if (i + whole + 1 < to_count) to[i + whole + 1] = above * up + high;
      above = rest;
    }
    to[whole] = above * up;
  }
  memset(to, 0, (size_t)whole * sizeof(Limb));
}

int limbs_dropped(const Limb *a, int64_t count, int64_t n) {
  int64_t whole = (n - 1) / LIMB_DIGITS; /* the limb with the highest digit dropped */
  int part = (int)((n - 1) % LIMB_DIGITS);
  bool below;
  int digit = 0;
  if (whole >= count) {
    below = !limbs_are_zero(a, count);
  } else {
    Limb high = a[whole] / powers_of_ten[part];
    digit = (int)(high % 10);
    below = a[whole] != high * powers_of_ten[part] || !limbs_are_zero(a, whole);
  }
  return digit + ((digit == 0 || digit == 5) && below);
}

int limbs_shift_right(Limb *to, const Limb *a, int64_t count, int64_t n) {
  int dropped = limbs_dropped(a, count, n);
  int64_t whole = n / LIMB_DIGITS;
  int part = (int)(n % LIMB_DIGITS);
  if (part == 0) {
    memmove(to, a + whole, (size_t)(count - whole) * sizeof(Limb));
    return dropped;
  }
  Limb up = powers_of_ten[LIMB_DIGITS - part], rest;
  PowerOfTen down = power_of_ten(part);
  Limb high = divide_by_power(a[whole], down, &rest);
  for (int64_t i = whole + 1; i < count; i++) {
    Limb next = divide_by_power(a[i], down, &rest);
    to[i - whole - 1] = high + rest * up;
    high = next;
  }
  /* when it is 0, the room for it may not be there */
  if (high || count - whole == 1) to[count - whole - 1] = high;
  return dropped;
}

/* limbs.h -- coefficients: naturals in base 10^18, least significant limb first.
**
** A limb has room for 18 times its base, and 128 bits hold the sum of 340 products of limbs:
** columns of a product are summed before anything is divided (limbs_mul). Decimal shifts, digit
** counts and text cost what copying costs; GMP is asked where its methods for large numbers win. */
#ifndef KRAIT_DECIMAL_LIMBS_H
#define KRAIT_DECIMAL_LIMBS_H

#include "vm/modules/decimal/number.h"

typedef unsigned __int128 Wide;

extern const Limb powers_of_ten[20]; /* 10^0 to 10^19 */

/* limb_digits: decimal digits of n; 0 has 1. */
static inline int limb_digits(Limb n) {
  int guess = ((64 - __builtin_clzll(n | 1)) * 1233) >> 12;
  return guess + ((n | 1) >= powers_of_ten[guess]);
}

/* wide_divide: n / d and the rest; needs n < d * 2^64. */
static inline uint64_t wide_divide(Wide n, uint64_t d, uint64_t *rest) {
#if defined(__x86_64__)
  uint64_t quotient;
  __asm__("divq %4"
          : "=a"(quotient), "=d"(*rest)
          : "0"((uint64_t)n), "1"((uint64_t)(n >> 64)), "r"(d)
          : "cc");
  return quotient;
#else
  *rest = (uint64_t)(n % d);
  return (uint64_t)(n / d);
#endif
}
/* wide_split: n / LIMB_BASE and the rest, by a reciprocal; needs n < 2^123. The quotient is guessed
** at most 2 too low. */
static inline uint64_t wide_split(Wide n, uint64_t *rest) {
  const uint64_t reciprocal = (uint64_t)(((Wide)1 << 123) / LIMB_BASE);
  uint64_t quotient = (uint64_t)(((Wide)(uint64_t)(n >> 59) * reciprocal) >> 64);
  uint64_t r = (uint64_t)n - quotient * LIMB_BASE;
  while (r >= LIMB_BASE) r -= LIMB_BASE, quotient++;
  *rest = r;
  return quotient;
}

static inline int64_t limbs_for(int64_t digits) { return (digits + LIMB_DIGITS - 1) / LIMB_DIGITS; }
static inline int64_t limbs_trim(const Limb *limbs, int64_t count) {
  while (count > 1 && !limbs[count - 1]) count--;
  return count;
}
static inline int64_t limbs_digits(const Limb *limbs, int64_t count) { /* needs a trimmed one */
  return (count - 1) * LIMB_DIGITS + limb_digits(limbs[count - 1]);
}
bool limbs_are_zero(const Limb *limbs, int64_t count);
int limbs_compare(const Limb *a, int64_t a_count, const Limb *b, int64_t b_count); /* trimmed */
/* limbs_add: to[a_count + 1] = a + b; needs a_count >= b_count. limbs_sub: to[a_count] = a - b >=
** 0. `to` may be a. */
void limbs_add(Limb *to, const Limb *a, int64_t a_count, const Limb *b, int64_t b_count);
void limbs_sub(Limb *to, const Limb *a, int64_t a_count, const Limb *b, int64_t b_count);
/* limbs_increment: + 1; true: carried out of the top, all limbs are 0. */
bool limbs_increment(Limb *limbs, int64_t count);
Limb limbs_mul_small(Limb *to, const Limb *a, int64_t count, Limb factor);  /* returns the carry */
Limb limbs_div_small(Limb *to, const Limb *a, int64_t count, Limb divisor); /* returns the rest */
/* limbs_mul: to[a_count + b_count] = a * b, no overlap. */
void limbs_mul(Work *work, Limb *to, const Limb *a, int64_t a_count, const Limb *b,
               int64_t b_count);
/* limbs_div: q[a_count - b_count + 1], rest[b_count]; needs a_count >= b_count, b trimmed, not
** 0. */
void limbs_div(Work *work, Limb *q, Limb *rest, const Limb *a, int64_t a_count, const Limb *b,
               int64_t b_count);
/* limbs_shift_left: to[limbs_for(digits of a + n)] = a * 10^n. */
void limbs_shift_left(Limb *to, int64_t to_count, const Limb *a, int64_t count, int64_t n);
/* limbs_shift_right: to[limbs_for(digits - n)] = a / 10^n, for 0 < n < digits. Result: the highest
** digit dropped, one more if it is 0 or 5 and what is below it is not 0. */
int limbs_shift_right(Limb *to, const Limb *a, int64_t count, int64_t n);
/* limbs_dropped: limbs_shift_right's result alone, for any n > 0. */
int limbs_dropped(const Limb *a, int64_t count, int64_t n);

/* ---- binary (convert.c): GMP's limbs */
/* limbs_to_binary: *size words in the work's memory, trimmed; 0 has none. */
uint64_t *limbs_to_binary(Work *work, const Limb *a, int64_t count, int64_t *size);
/* limbs_from_binary: *count limbs, trimmed. `words` are kept. */
Limb *limbs_from_binary(Work *work, const uint64_t *words, int64_t size, int64_t *count);

#endif

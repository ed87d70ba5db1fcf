/* limbs_large.c -- products and quotients of many limbs, and binary numbers: where GMP comes in.
**
** A product of up to COLUMN_SUM rows is summed by columns. Above GMP_FROM limbs the limbs become
** digits of a binary number, each in a slot that holds a column's sum: GMP multiplies, and the
** slots of the product are the columns. Quotients by long division, or from GMP_DIVIDES limbs on by
** GMP in binary. */
#include <gmp.h>

#include "vm/modules/decimal/limbs.h"

static_assert(sizeof(mp_limb_t) == 8 && GMP_NAIL_BITS == 0, "GMP's limbs are words");

enum { COLUMN_SUM = 340, GMP_FROM = 100, GMP_DIVIDES = 400 };

/* ---- products */

/* The limb of a column's sum; *carry has what goes to the next. */
static inline Limb column_limb(Wide *carry) {
  uint64_t rest, high = (uint64_t)(*carry >> 64);
  Wide above = high / LIMB_BASE;
  uint64_t low = wide_divide((Wide)(high % LIMB_BASE) << 64 | (uint64_t)*carry, LIMB_BASE, &rest);
  *carry = above << 64 | low;
  return rest;
}

/* to[a_count + b_count] = a * b by columns; needs b_count <= COLUMN_SUM - 1 <= and b the
** shorter. */
static void mul_columns(Limb *to, const Limb *a, int64_t a_count, const Limb *b, int64_t b_count) {
  Wide sum = 0;
  for (int64_t k = 0; k < a_count + b_count - 1; k++) {
    int64_t first = k < b_count ? 0 : k - b_count + 1, last = k < a_count ? k : a_count - 1;
    for (int64_t i = first; i <= last; i++) sum += (Wide)a[i] * b[k - i];
    to[k] = column_limb(&sum);
  }
  to[a_count + b_count - 1] = (Limb)sum;
}

/* The limbs as a binary number with one in each `slot` bytes; *size in words. */
static mp_limb_t *pack(Work *work, const Limb *a, int64_t count, int slot, int64_t *size) {
  *size = (count * slot + 7) / 8;
  mp_limb_t *words = work_limbs(work, *size + 1);
  memset(words, 0, (size_t)(*size + 1) * 8);
  for (int64_t i = 0; i < count; i++) memcpy((char *)words + i * slot, &a[i], 8);
  while (*size > 1 && !words[*size - 1]) --*size;
  return words;
}

static void mul_by_gmp(Work *work, Limb *to, const Limb *a, int64_t a_count, const Limb *b,
                       int64_t b_count) {
  /* 10^36 takes 119.6 bits, the rest is for the number of products in a column */
  int slot = b_count < COLUMN_SUM ? 16 : b_count < 80000 ? 17 : 18;
  int64_t x_size, y_size, count = a_count + b_count;
  mp_limb_t *x = pack(work, a, a_count, slot, &x_size);
  mp_limb_t *y = a == b && a_count == b_count ? x : pack(work, b, b_count, slot, &y_size);
  if (y == x) y_size = x_size;
  int64_t words = count * slot / 8 + 3;
  mp_limb_t *product = work_limbs(work, words > x_size + y_size + 3 ? words : x_size + y_size + 3);
  work_probe(work, x_size + y_size);
  if (y == x) mpn_sqr(product, x, x_size);
  else if (x_size >= y_size) mpn_mul(product, x, x_size, y, y_size);
  else mpn_mul(product, y, y_size, x, x_size);
  if (words > x_size + y_size)
    memset(product + x_size + y_size, 0, (size_t)(words - x_size - y_size) * 8);
  uint64_t carry[2] = {0, 0};
  for (int64_t i = 0; i < count; i++) {
    uint64_t part[3] = {0, 0, 0}, rest;
    memcpy(part, (char *)product + i * slot, (size_t)slot);
    Wide sum = (Wide)part[0] + carry[0];
    part[0] = (uint64_t)sum;
    sum = (sum >> 64) + part[1] + carry[1];
    carry[1] = wide_divide((Wide)(part[2] + (uint64_t)(sum >> 64)) << 64 | (uint64_t)sum, LIMB_BASE,
                           &rest);
    carry[0] = wide_divide((Wide)rest << 64 | part[0], LIMB_BASE, &to[i]);
  }
}

void limbs_mul(Work *work, Limb *to, const Limb *a, int64_t a_count, const Limb *b,
               int64_t b_count) {
  if (a_count < b_count) {
    limbs_mul(work, to, b, b_count, a, a_count);
  } else if (b_count == 1) {
    to[a_count] = limbs_mul_small(to, a, a_count, b[0]);
  } else if (b_count < GMP_FROM) {
    mul_columns(to, a, a_count, b, b_count);
  } else {
    mul_by_gmp(work, to, a, a_count, b, b_count);
  }
}

/* ---- quotients */

/* u -= q * v, u one limb longer; true: it was too much. */
static bool subtract_product(Limb *u, const Limb *v, int64_t count, Limb q) {
  Limb carry = 0, borrow = 0;
  for (int64_t i = 0; i < count; i++) {
    Limb low, difference;
    carry = wide_split((Wide)q * v[i] + carry, &low);
    difference = u[i] - low - borrow;
    borrow = difference >> 63;
    u[i] = difference + (borrow ? LIMB_BASE : 0);
  }
  Limb top = u[count] - carry - borrow;
  borrow = top >> 63;
  u[count] = top + (borrow ? LIMB_BASE : 0);
  return borrow;
}

static void add_back(Limb *u, const Limb *v, int64_t count) {
  Limb carry = 0;
  for (int64_t i = 0; i < count; i++) {
    Limb sum = u[i] + v[i] + carry;
    carry = sum >= LIMB_BASE;
    u[i] = sum - (carry ? LIMB_BASE : 0);
  }
  Limb top = u[count] + carry;
  u[count] = top >= LIMB_BASE ? top - LIMB_BASE : top;
}

/* Knuth's algorithm D; u has a_count + 1 limbs, v's top limb is at least half the base. */
static void divide_long(Limb *q, Limb *u, int64_t a_count, const Limb *v, int64_t count) {
  Limb top = v[count - 1], second = v[count - 2];
  for (int64_t j = a_count - count; j >= 0; j--) {
    Wide high = (Wide)u[j + count] * LIMB_BASE + u[j + count - 1];
    Limb rest, guess;
    if (u[j + count] >= top) {
      guess = LIMB_BASE - 1;
      rest = (Limb)(high - (Wide)guess * top);
    } else {
      guess = wide_divide(high, top, &rest);
    }
    while (rest < LIMB_BASE && (Wide)guess * second > (Wide)rest * LIMB_BASE + u[j + count - 2])
      guess--, rest += top;
    if (guess && subtract_product(u + j, v, count, guess)) guess--, add_back(u + j, v, count);
    q[j] = guess;
  }
}

static void div_by_gmp(Work *work, Limb *q, Limb *rest, const Limb *a, int64_t a_count,
                       const Limb *b, int64_t b_count) {
  int64_t x_size, y_size, count, q_count = a_count - b_count + 1;
  uint64_t *x = limbs_to_binary(work, a, a_count, &x_size);
  uint64_t *y = limbs_to_binary(work, b, b_count, &y_size);
  memset(q, 0, (size_t)q_count * sizeof(Limb));
  memset(rest, 0, (size_t)b_count * sizeof(Limb));
  if (x_size < y_size) {
    memcpy(rest, a, (size_t)b_count * sizeof(Limb));
    return;
  }
  uint64_t *quotient = work_limbs(work, x_size - y_size + 1), *r = work_limbs(work, y_size);
  work_probe(work, x_size);
  mpn_tdiv_qr(quotient, r, 0, x, x_size, y, y_size);
  Limb *limbs = limbs_from_binary(work, quotient, x_size - y_size + 1, &count);
  memcpy(q, limbs, (size_t)count * sizeof(Limb));
  limbs = limbs_from_binary(work, r, y_size, &count);
  memcpy(rest, limbs, (size_t)count * sizeof(Limb));
}

void limbs_div(Work *work, Limb *q, Limb *rest, const Limb *a, int64_t a_count, const Limb *b,
               int64_t b_count) {
  if (b_count == 1) {
    rest[0] = limbs_div_small(q, a, a_count, b[0]);
    return;
  }
  if (b_count >= GMP_DIVIDES && a_count - b_count >= GMP_DIVIDES) {
    div_by_gmp(work, q, rest, a, a_count, b, b_count);
    return;
  }
  Limb scale = LIMB_BASE / (b[b_count - 1] + 1);
  Limb *u = work_limbs(work, a_count + 1), *v = work_limbs(work, b_count);
  u[a_count] = limbs_mul_small(u, a, a_count, scale);
  limbs_mul_small(v, b, b_count, scale);
  divide_long(q, u, a_count, v, b_count);
  limbs_div_small(rest, u, b_count, scale);
}

/* ---- binary */

uint64_t *limbs_to_binary(Work *work, const Limb *a, int64_t count, int64_t *size) {
  Number n;
  number_set_limbs(&n, false, a, count, 0);
  uint8_t *digits = work_bytes(work, n.digits);
  dec_digits(&n, (char *)digits);
  for (int64_t i = 0; i < n.digits; i++) digits[i] -= '0';
  uint64_t *words = work_limbs(work, n.digits / 19 + 2); /* 19 digits take less than a word */
  if (limbs_are_zero(n.limbs, n.count)) return *size = 0, words;
  work_probe(work, n.count);
  *size = mpn_set_str(words, digits, (size_t)n.digits, 10);
  return words;
}

Limb *limbs_from_binary(Work *work, const uint64_t *words, int64_t size, int64_t *count) {
  while (size > 0 && !words[size - 1]) size--;
  int64_t room = size * 20; /* a word is less than 10^20 */
  Limb *limbs = work_limbs(work, room / LIMB_DIGITS + 2);
  if (size == 0) return limbs[0] = 0, *count = 1, limbs;
  uint64_t *copy = work_limbs(work, size + 1);
  memcpy(copy, words, (size_t)size * 8);
  uint8_t *digits = work_bytes(work, room + 1);
  work_probe(work, size);
  int64_t n = (int64_t)mpn_get_str(digits, 10, copy, size);
  int64_t first = 0;
  while (first < n - 1 && !digits[first]) first++;
  *count = limbs_for(n - first);
  for (int64_t i = 0, end = n; i < *count; i++, end -= LIMB_DIGITS) {
    Limb limb = 0;
    for (int64_t k = end - LIMB_DIGITS > first ? end - LIMB_DIGITS : first; k < end; k++)
      limb = limb * 10 + digits[k];
    limbs[i] = limb;
  }
  return limbs;
}

/* fixed.c -- see fixed.h. Powers of e by Taylor's series of a small part, squared up; logarithms by
** Halley's iteration over them. */
#include <math.h>
#include <stdlib.h>

#include "vm/base/memory.h"
#include "vm/modules/decimal/fixed.h"

static struct {
  uint64_t *ln10; /* [owned] ln 10 in fixed point; never freed. Holds no pointers */
  int64_t size, bits;
} state;

void fixed_from(Work *work, const Number *a, int64_t shift, int64_t bits, mpz_t z) {
  int64_t size, exponent = a->exponent + shift;
  uint64_t *words = limbs_to_binary(work, a->limbs, a->count, &size);
  work_probe(work, 2 * (size + bits / 64 + (exponent < 0 ? -exponent : exponent) / 16));
  mpz_t coefficient, scale;
  mpz_roinit_n(coefficient, words, size);
  mpz_mul_2exp(z, coefficient, (mp_bitcnt_t)bits);
  if (exponent) {
    mpz_init(scale);
    mpz_ui_pow_ui(scale, 10, (unsigned long)(exponent < 0 ? -exponent : exponent));
    if (exponent > 0) mpz_mul(z, z, scale);
    else mpz_tdiv_q(z, z, scale);
    mpz_clear(scale);
  }
  if (a->negative) mpz_neg(z, z);
}

/* sum += factor * artanh(1 / n) */
static void add_artanh(mpz_t sum, unsigned factor, unsigned n, int64_t bits) {
  mpz_t scale, term;
  mpz_init(scale), mpz_init(term);
  mpz_set_ui(scale, factor);
  mpz_mul_2exp(scale, scale, (mp_bitcnt_t)bits);
  mpz_fdiv_q_ui(scale, scale, n);
  for (unsigned k = 1; mpz_sgn(scale); k += 2) {
    mpz_fdiv_q_ui(term, scale, k);
    mpz_add(sum, sum, term);
    mpz_fdiv_q_ui(scale, scale, n * n);
  }
  mpz_clear(scale), mpz_clear(term);
}

static void compute_ln10(int64_t bits, mpz_t z) {
  mpz_set_ui(z, 0);
  add_artanh(z, 46, 31, bits);
  add_artanh(z, 34, 49, bits);
  add_artanh(z, 20, 161, bits);
}

/* What is remembered is not for works aside: another thread may replace it. */
static bool remember_ln10(const mpz_t z, int64_t bits) {
  int64_t size = (int64_t)mpz_size(z);
  uint64_t *words = memory_take((size_t)size * 8);
  if (!words) return false;
  memcpy(words, mpz_limbs_read(z), (size_t)size * 8);
  free(state.ln10);
  state.ln10 = words, state.size = size, state.bits = bits;
  return true;
}

void fixed_ln10(Work *work, int64_t bits, mpz_t z) {
  bool known = !work->aside && state.bits - FIXED_SLACK >= bits;
  int64_t more = bits + bits / 4 + FIXED_SLACK;
  if (!known) {
    work_probe(work, more / 64);
    compute_ln10(more, z);
    if (!work->aside) known = remember_ln10(z, more);
    if (!known) mpz_fdiv_q_2exp(z, z, (mp_bitcnt_t)(more - bits));
  }
  if (known) {
    mpz_t kept;
    mpz_roinit_n(kept, state.ln10, state.size);
    mpz_fdiv_q_2exp(z, kept, (mp_bitcnt_t)(state.bits - bits));
  }
}

/* z = z * y / 2^bits */
static void multiply(mpz_t z, const mpz_t y, int64_t bits) {
  mpz_mul(z, z, y);
  mpz_fdiv_q_2exp(z, z, (mp_bitcnt_t)bits);
}

/* A root of bits: as many squarings as terms save. */
static int64_t halvings_for(int64_t bits) { return (int64_t)sqrt((double)bits) + 2; }

void fixed_exp(int64_t bits, mpz_t z) {
  int64_t halvings = halvings_for(bits), more = bits + 2 * halvings + 16;
  mpz_t term, small;
  mpz_init(term), mpz_init(small);
  mpz_mul_2exp(small, z, (mp_bitcnt_t)(more - bits));
  mpz_fdiv_q_2exp(small, small, (mp_bitcnt_t)halvings);
  /* e^x - 1 loses nothing when it is squared up: (1 + y)^2 - 1 = y * (2 + y) */
  mpz_set(term, small), mpz_set(z, small);
  for (unsigned k = 2; mpz_sgn(term) && mpz_cmp_si(term, -1) != 0; k++) {
    multiply(term, small, more);
    mpz_fdiv_q_ui(term, term, k);
    mpz_add(z, z, term);
  }
  for (int64_t i = 0; i < halvings; i++) {
    mpz_set_ui(term, 1);
    mpz_mul_2exp(term, term, (mp_bitcnt_t)(more + 1));
    mpz_add(term, term, z);
    multiply(z, term, more);
  }
  mpz_set_ui(term, 1);
  mpz_mul_2exp(term, term, (mp_bitcnt_t)more);
  mpz_add(z, z, term);
  mpz_fdiv_q_2exp(z, z, (mp_bitcnt_t)(more - bits));
  mpz_clear(term), mpz_clear(small);
}

/* A double as fixed point. */
static void set_double(mpz_t z, double d, int64_t bits) {
  int exponent;
  double m = frexp(d, &exponent);
  mpz_set_d(z, ldexp(m, 53));
  int64_t shift = bits + exponent - 53;
  if (shift >= 0) mpz_mul_2exp(z, z, (mp_bitcnt_t)shift);
  else mpz_fdiv_q_2exp(z, z, (mp_bitcnt_t)-shift);
}

/* ln(1 + d / 2^bits) as a double is off by a part in 2^50. */
static double near_ln(const mpz_t c, int64_t bits) {
  mpz_t d;
  long exponent;
  mpz_init_set_ui(d, 1);
  mpz_mul_2exp(d, d, (mp_bitcnt_t)bits);
  mpz_sub(d, c, d);
  double m = mpz_get_d_2exp(&exponent, d);
  mpz_clear(d);
  int64_t scale = exponent - bits;
  return scale < -1000 ? 0 : log1p(ldexp(m, (int)scale));
}

void fixed_ln(int64_t bits, mpz_t z) {
  mpz_t c, e, difference, part;
  mpz_init_set(c, z), mpz_init(e), mpz_init(difference), mpz_init(part);
  set_double(z, near_ln(z, bits), bits);
  int64_t lost = bits - (int64_t)mpz_sizeinbase(z, 2);
  if (lost < 0) lost = 0;
  /* y + 2 (c - e^y) / (c + e^y): three times as many bits are right */
  for (int64_t right = 45; right < bits + 8; right *= 3) {
    /* no more bits than become right; near 1 it is the first ones that are 0 */
    int64_t now = right * 3 + lost + FIXED_SLACK;
    if (now > bits) now = bits;
    mpz_fdiv_q_2exp(e, z, (mp_bitcnt_t)(bits - now));
    mpz_fdiv_q_2exp(part, c, (mp_bitcnt_t)(bits - now));
    fixed_exp(now, e);
    mpz_sub(difference, part, e);
    mpz_add(e, part, e);
    mpz_mul_2exp(difference, difference, (mp_bitcnt_t)(now + 1));
    mpz_fdiv_q(difference, difference, e);
    mpz_fdiv_q_2exp(z, z, (mp_bitcnt_t)(bits - now));
    mpz_add(z, z, difference);
    mpz_mul_2exp(z, z, (mp_bitcnt_t)(bits - now));
  }
  mpz_clear(c), mpz_clear(e), mpz_clear(difference), mpz_clear(part);
}

/* Not near the middle: the lowest `drop` digits, but for two, are neither 499…9 nor 500…0. */
static bool is_sure(const Number *a, int64_t drop) {
  if (drop > a->digits) return true; /* less than a tenth of a unit */
  int first = number_digit(a, drop - 1);
  bool same = first == 4 || first == 5;
  for (int64_t i = drop - 2; i >= 1 && same; i--) same = number_digit(a, i) == (first == 4 ? 9 : 0);
  return !same;
}

bool fixed_round(Work *work, const Settings *s, const mpz_t z, int64_t bits, int64_t exponent,
                 Number *out) {
  int64_t places = (bits - FIXED_SLACK) * 3 / 10; /* all that are sure */
  if (mpz_sgn(z) == 0) return false;
  work_probe(work, (int64_t)mpz_size(z) * 3);
  mpz_t n;
  mpz_init(n);
  mpz_ui_pow_ui(n, 10, (unsigned long)places);
  mpz_mul(n, n, z);
  mpz_tdiv_q_2exp(n, n, (mp_bitcnt_t)bits);
  int64_t count, size = (int64_t)mpz_size(n);
  uint64_t *words = work_limbs(work, size + 1);
  memcpy(words, mpz_limbs_read(n), (size_t)size * 8);
  bool negative = mpz_sgn(n) < 0;
  mpz_clear(n);
  Limb *limbs = limbs_from_binary(work, words, size, &count);
  number_set_limbs(out, negative, limbs, count, exponent - places);
  int64_t drop = out->digits - s->prec, below = s->emin - number_adjusted(out);
  if (drop < 3 || !is_sure(out, below > 0 ? drop + below : drop)) return false;
  if (limbs[0] % 5 == 0) limbs[0]++;
  return true;
}

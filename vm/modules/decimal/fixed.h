/* fixed.h -- real numbers as binary fixed point, for functions that have no exact results.
**
**     value = z / 2^bits, off by at most a few units (FIXED_SLACK bits are there for them)
**
** Whoever needs a correctly rounded decimal computes with more bits until the digits behind the
** last one are not near the middle (fixed_round). */
#ifndef KRAIT_DECIMAL_FIXED_H
#define KRAIT_DECIMAL_FIXED_H

#include <gmp.h>

#include "vm/modules/decimal/limbs.h"

enum { FIXED_SLACK = 32 };

/* fixed_from: a finite number times 10^shift; z was initialised. */
void fixed_from(Work *work, const Number *a, int64_t shift, int64_t bits, mpz_t z);
/* fixed_ln10: ln 10 */
void fixed_ln10(Work *work, int64_t bits, mpz_t z);
/* fixed_exp: e^z in place, for |z| < 3. fixed_ln: ln of a value between 0.1 and 10, in place. */
void fixed_exp(int64_t bits, mpz_t z);
void fixed_ln(int64_t bits, mpz_t z);
/* fixed_round: z / 2^bits * 10^exponent, if it is sure how it is rounded half to even: to prec
** digits, or fewer where it is subnormal; false: more bits are needed. *out has some digits more
** than prec, the last one neither 0 nor 5. */
bool fixed_round(Work *work, const Settings *s, const mpz_t z, int64_t bits, int64_t exponent,
                 Number *out);
/* fixed_bits: enough for so many decimal digits behind the point */
static inline int64_t fixed_bits(int64_t digits) {
  return digits * 10 / 3 + FIXED_SLACK; /* log2(10) is 3.3219… */
}

#endif

/* math_sum.h -- sums that are more exact than adding up. */
#ifndef KRAIT_MATH_SUM_H
#define KRAIT_MATH_SUM_H

#include "vm/core/value.h"

MUST_USE MAY_RUN Value math_exact_sum(VM *vm, Value iterable); /* fsum */
/* sqrt of the sum of squares; values >= 0 or nan, scratch afterwards */
double math_norm(double *values, size_t n, double largest);

#endif

/* math_int.h -- the functions of math that are exact on ints. */
#ifndef KRAIT_MATH_INT_H
#define KRAIT_MATH_INT_H

#include "vm/core/value.h"

/* any ints; the result is not negative */
MUST_USE MAY_RUN Value math_gcd2(VM *vm, Value a, Value b);
MUST_USE MAY_RUN Value math_lcm2(VM *vm, Value a, Value b);
MUST_USE MAY_RUN Value math_integer_root(VM *vm, Value n); /* isqrt of an exact int */
MUST_USE MAY_RUN Value math_factorial_of(VM *vm, Value n);
MUST_USE MAY_RUN Value math_combinations(VM *vm, Value n, Value k);
MUST_USE MAY_RUN Value math_permutations(VM *vm, Value n, Value k);

#endif

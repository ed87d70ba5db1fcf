/* cmath_formulas.h -- complex functions of finite numbers, with the roundings of CPython. */
#ifndef KRAIT_CMATH_FORMULAS_H
#define KRAIT_CMATH_FORMULAS_H

#include <complex.h>

typedef double _Complex c_Complex;

/* Both parts of z are finite; the poles of atanh and atan have been ruled out. An overflow, or log
** of 0, is an infinity. */
c_Complex formula_sqrt(c_Complex z);
c_Complex formula_log(c_Complex z);
c_Complex formula_acos(c_Complex z);
c_Complex formula_acosh(c_Complex z);
c_Complex formula_asin(c_Complex z);
c_Complex formula_asinh(c_Complex z);
c_Complex formula_atan(c_Complex z);
c_Complex formula_atanh(c_Complex z);
c_Complex formula_tan(c_Complex z);
c_Complex formula_tanh(c_Complex z);

#endif

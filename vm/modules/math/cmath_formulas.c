/* cmath_formulas.c -- W. Kahan's formulas ("Branch cuts for complex elementary functions", 1987)
** for the functions whose last digit depends on how they are computed. C libraries use others, so
** that their results differ from CPython's in the last digit for a third of all arguments. Numbers
** so large that a square would overflow go by asymptotic forms.
**
** The circular functions are the hyperbolic ones turned by a quarter: f(z) = -i g(iz).
** Tests: tests/modules/cmath_digits.py. */
#include "vm/modules/math/cmath_formulas.h"

#include <float.h>
#include <math.h>

#include "vm/base/common.h"

#ifndef CMPLX /* the C library has it for gcc alone */
#define CMPLX(re, im) __builtin_complex((double)(re), (double)(im))
#endif

#define LARGE (DBL_MAX / 4) /* beyond it, 1 + z is z and the sum of two parts may overflow */
enum { SCALE_UP = 2 * (DBL_MANT_DIG / 2) + 1, SCALE_DOWN = -(SCALE_UP + 1) / 2 };

static bool is_large(double x, double y) { return fabs(x) > LARGE || fabs(y) > LARGE; }
static c_Complex turned(c_Complex z) { return CMPLX(-cimag(z), creal(z)); }
static c_Complex turned_back(c_Complex z) { return CMPLX(cimag(z), -creal(z)); }
/* log(2 |z|) of a large z */
static double log_of_double(double x, double y) { return log(hypot(x / 2, y / 2)) + M_LN2 * 2; }

c_Complex formula_sqrt(c_Complex z) {
  double x = creal(z), y = cimag(z), ax = fabs(x), ay = fabs(y), s;
  if (x == 0 && y == 0) return CMPLX(0, y);
  if (ax < DBL_MIN && ay < DBL_MIN) { /* hypot would lose digits */
    ax = ldexp(ax, SCALE_UP);
    s = ldexp(sqrt(ax + hypot(ax, ldexp(ay, SCALE_UP))), SCALE_DOWN);
  } else {
    ax /= 8;
    s = 2 * sqrt(ax + hypot(ax, ay / 8));
  }
  double d = ay / (2 * s);
  return x >= 0 ? CMPLX(s, copysign(d, y)) : CMPLX(d, copysign(s, y));
}

c_Complex formula_log(c_Complex z) {
  double x = creal(z), y = cimag(z), ax = fabs(x), ay = fabs(y), size;
  if (is_large(x, y)) {
    size = log(hypot(ax / 2, ay / 2)) + M_LN2;
  } else if (ax < DBL_MIN && ay < DBL_MIN) {
    size = log(hypot(ldexp(ax, DBL_MANT_DIG), ldexp(ay, DBL_MANT_DIG))) - DBL_MANT_DIG * M_LN2;
  } else {
    double h = hypot(ax, ay), more = ax > ay ? ax : ay, less = ax > ay ? ay : ax;
    bool is_near_one = 0.71 <= h && h <= 1.73;
    size = is_near_one ? log1p((more - 1) * (more + 1) + less * less) / 2 : log(h);
  }
  return CMPLX(size, atan2(y, x));
}

c_Complex formula_acos(c_Complex z) {
  double x = creal(z), y = cimag(z);
  if (is_large(x, y)) {
    double size = log_of_double(x, y);
    return CMPLX(atan2(fabs(y), x), x < 0 ? -copysign(size, y) : copysign(size, -y));
  }
  c_Complex s = formula_sqrt(CMPLX(1 - x, -y)), t = formula_sqrt(CMPLX(1 + x, y));
  return CMPLX(2 * atan2(creal(s), creal(t)), asinh(creal(t) * cimag(s) - cimag(t) * creal(s)));
}

c_Complex formula_acosh(c_Complex z) {
  double x = creal(z), y = cimag(z);
  if (is_large(x, y)) return CMPLX(log_of_double(x, y), atan2(y, x));
  c_Complex s = formula_sqrt(CMPLX(x - 1, y)), t = formula_sqrt(CMPLX(x + 1, y));
  return CMPLX(asinh(creal(s) * creal(t) + cimag(s) * cimag(t)), 2 * atan2(cimag(s), creal(t)));
}

c_Complex formula_asinh(c_Complex z) {
  double x = creal(z), y = cimag(z);
  if (is_large(x, y)) {
    double size = log_of_double(x, y);
    return CMPLX(y >= 0 ? copysign(size, x) : -copysign(size, -x), atan2(y, fabs(x)));
  }
  c_Complex s = formula_sqrt(CMPLX(1 + y, -x)), t = formula_sqrt(CMPLX(1 - y, x));
  return CMPLX(asinh(creal(s) * cimag(t) - creal(t) * cimag(s)),
               atan2(y, creal(s) * creal(t) - cimag(s) * cimag(t)));
}

c_Complex formula_asin(c_Complex z) { return turned_back(formula_asinh(turned(z))); }

c_Complex formula_atanh(c_Complex z) {
  double x = creal(z), y = cimag(z), ay = fabs(y);
  if (signbit(x)) return -formula_atanh(-z);
  if (x > sqrt(LARGE) || ay > sqrt(LARGE)) {
    double h = hypot(x / 2, y / 2);
    return CMPLX(x / 4 / h / h, -copysign(M_PI_2, -y));
  }
  if (x == 1 && ay < sqrt(DBL_MIN)) /* beside the pole */
    return CMPLX(-log(sqrt(ay) / sqrt(hypot(ay, 2))), copysign(atan2(2, -ay) / 2, y));
  double from_one = 1 - x;
  return CMPLX(log1p(4 * x / (from_one * from_one + ay * ay)) / 4,
               -atan2(-2 * y, from_one * (1 + x) - ay * ay) / 2);
}

c_Complex formula_atan(c_Complex z) { return turned_back(formula_atanh(turned(z))); }

c_Complex formula_tanh(c_Complex z) {
  double x = creal(z), y = cimag(z);
  if (fabs(x) > log(LARGE)) return CMPLX(copysign(1, x), 4 * sin(y) * cos(y) * exp(-2 * fabs(x)));
  double tx = tanh(x), ty = tan(y), cx = 1 / cosh(x), both = tx * ty, below = 1 + both * both;
  return CMPLX(tx * (1 + ty * ty) / below, ((ty / below) * cx) * cx);
}

c_Complex formula_tan(c_Complex z) { return turned_back(formula_tanh(turned(z))); }

/* gamma.h -- the gamma function and its logarithm, bit for bit as math.gamma and math.lgamma give
** them: C libraries differ in the last places. */
#ifndef KRAIT_GAMMA_H
#define KRAIT_GAMMA_H

/* Any x. gamma_of: not defined at 0, -1, -2, …: nan, 0 gives an infinity. Infinite when the result
** is out of range. */
double gamma_of(double x);
/* log_gamma_of: log |gamma(x)|; infinite at 0, -1, -2, … */
double log_gamma_of(double x);

#endif

/* gamma.c -- Lanczos' approximation of the gamma function with g = 6.02468… and 13 terms as a
** quotient of polynomials, good to a few units in the last place (Lanczos 1964; the coefficients
** are those of Boost and CPython, as the results have to be equal). */
#include "vm/modules/math/gamma.h"

#include <math.h>
#include <stdbool.h>

#define G 6.024680040776729583740234375
#define G_LESS_HALF 5.524680040776729583740234375
#define LOG_PI 1.144729885849400174143427351353058711647
enum { TERMS = 13, EXACT = 23 };

/* by powers of x, the constant first */
static const double numerator[TERMS] = {23531376880.410759688572007674451636754734846804940,
                                        42919803642.649098768957899047001988850926355848959,
                                        35711959237.355668049440185451547166705960488635843,
                                        17921034426.037209699919755754458931112671403265390,
                                        6039542586.3520280050642916443072979210699388420708,
                                        1439720407.3117216736632230727949123939715485786372,
                                        248874557.86205415651146038641322942321632125127801,
                                        31426415.585400194380614231628318205362874684987640,
                                        2876370.6289353724412254090516208496135991145378768,
                                        186056.26539522349504029498971604569928220784236328,
                                        8071.6720023658162106380029022722506138218516325024,
                                        210.82427775157934587250973392071336271166969580291,
                                        2.5066282746310002701649081771338373386264310793408};
static const double denominator[TERMS] = {
    0.0,       39916800.0, 120543840.0, 150917976.0, 105258076.0, 45995730.0, 13339535.0,
    2637558.0, 357423.0,   32670.0,     1925.0,      66.0,        1.0};

/* The quotient at x > 0, by powers of 1/x where those of x would grow. */
static double quotient(double x) {
  double above = 0, below = 0;
  if (x < 5.0)
    for (int i = TERMS; i-- > 0;) {
      above = above * x + numerator[i];
      below = below * x + denominator[i];
    }
  else
    for (int i = 0; i < TERMS; i++) {
      above = above / x + numerator[i];
      below = below / x + denominator[i];
    }
  return above / below;
}

/* sin(pi x), whose zeros are exact. */
static double sin_pi(double x) {
  double y = fmod(fabs(x), 2.0), sine;
  switch ((int)round(2.0 * y)) {
  case 0: sine = sin(M_PI * y); break;
  case 1: sine = cos(M_PI * (y - 0.5)); break;
  case 2: sine = sin(M_PI * (1.0 - y)); break; /* not sin(pi(y - 1)): the zero's sign */
  case 3: sine = -cos(M_PI * (y - 1.5)); break;
  default: sine = sin(M_PI * (y - 2.0)); break;
  }
  return copysign(1.0, x) * sine;
}

/* What rounding left out of base = size + G - 1/2, as a part of the result. */
static double correction(double size, double base) {
  double left = size > G_LESS_HALF ? (base - size) - G_LESS_HALF : (base - G_LESS_HALF) - size;
  return left * G / base;
}

double gamma_of(double x) {
  if (isnan(x) || x == INFINITY) return x;
  if (x == -INFINITY) return NAN;
  if (x == 0) return copysign(INFINITY, x);
  if (x == floor(x)) {
    if (x < 0) return NAN;
    if (x <= EXACT) {
      double product = 1;
      for (int i = 2; i < (int)x; i++) product *= i;
      return product;
    }
  }
  double size = fabs(x);
  if (size < 1e-20) return 1.0 / x;
  if (size > 200.0) return x < 0 ? 0.0 / sin_pi(x) : INFINITY;
  double base = size + G_LESS_HALF, lost = correction(size, base), result;
  bool large = size >= 140.0; /* the power alone would be out of range: twice its root */
  double power = large ? pow(base, size / 2.0 - 0.25) : pow(base, size - 0.5);
  if (x < 0) { /* by reflection */
    result = -M_PI / sin_pi(size) / size * exp(base) / quotient(size);
    result -= lost * result;
    result /= power;
    if (large) result /= power;
  } else {
    result = quotient(size) / exp(base);
    result += lost * result;
    result *= power;
    if (large) result *= power;
  }
  return result;
}

double log_gamma_of(double x) {
  if (isnan(x)) return x;
  if (isinf(x)) return INFINITY;
  if (x == floor(x) && x <= 2.0) return x <= 0.0 ? INFINITY : 0.0;
  double size = fabs(x);
  if (size < 1e-20) return -log(size);
  double result = log(quotient(size)) - G;
  result += (size - 0.5) * (log(size + G - 0.5) - 1);
  if (x < 0.0) result = LOG_PI - log(fabs(sin_pi(size))) - log(size) - result;
  return result;
}

/* math_sum.c -- fsum and Euclidean norms.
**
** fsum keeps partial sums that do not overlap, smallest first (J. R. Shewchuk, "Adaptive precision
** floating-point arithmetic", 1997): their exact sum is the exact sum so far. Norms add squares as
** pairs of doubles and correct the root once by what is left. */
#include "vm/modules/math/math_sum.h"

#include <math.h>

#include "vm/contracts/protocol.h"
#include "vm/objects/float.h"

/* The bits of two never overlap, and one may have a single bit (what cancelled left it): there are
** as many at most as there are bits in the range of doubles, 2^-1074 to 2^1023. */
typedef struct Partials {
  size_t count;
  double values[2098];
} Partials;

/* Adds x exactly; false: an intermediate overflow of finite values. */
static bool partials_add(Partials *p, double x) {
  size_t kept = 0;
  for (size_t i = 0; i < p->count; i++) {
    double y = p->values[i];
    if (fabs(x) < fabs(y)) {
      double t = x;
      x = y, y = t;
    }
    volatile double high = x + y, back = high - x;
    double low = y - back;
    if (low != 0) p->values[kept++] = low;
    x = high;
  }
  p->count = kept;
  if (!isfinite(x)) return false;
  assert(p->count < ARRAY_COUNT(p->values));
  if (x != 0) p->values[p->count++] = x;
  return true;
}

/* The sum, correctly rounded: the highest parts decide, a tie is broken by the part below. */
static double partials_round(const Partials *p) {
  size_t n = p->count;
  if (n == 0) return 0.0;
  double high = p->values[--n], low = 0;
  while (n > 0) {
    double x = high, y = p->values[--n];
    high = x + y;
    volatile double back = high - x;
    low = y - back;
    if (low != 0) break;
  }
  if (n > 0 && ((low < 0 && p->values[n - 1] < 0) || (low > 0 && p->values[n - 1] > 0))) {
    double y = low * 2;
    volatile double x = high + y, back = x - high;
    if (y == back) high = x;
  }
  return high;
}

Value math_exact_sum(VM *vm, Value iterable) {
  Value iterator = get_iterator(vm, iterable);
  if (value_is_fail(iterator)) return VALUE_FAIL;
  Partials p;
  p.count = 0;
  double specials = 0, infinities = 0;
  Value result = VALUE_NONE;
  for (;;) {
    Value item = iterator_next(vm, iterator);
    if (item == VALUE_STOP) break;
    double x;
    if (value_is_fail(item) || !value_to_double(vm, item, &x)) {
      result = VALUE_FAIL;
      break;
    }
    if (!isfinite(x)) {
      if (isinf(x)) infinities += x;
      specials += x;
      p.count = 0;
    } else if (specials == 0 && !isnan(specials) && !partials_add(&p, x)) {
      result = raise_error(vm, TYPE_OF(OverflowError), "intermediate overflow in fsum");
      break;
    }
  }
  if (result == VALUE_NONE) {
    if (specials != 0) /* nan too */
      result =
          isnan(infinities) ? raise_value(vm, "-inf + inf in fsum") : value_float(vm, specials);
    else result = value_float(vm, partials_round(&p));
  }
  return result;
}

/* ---- norms */

/* x*x = high + low exactly (T. J. Dekker's splitting), for numbers that are scaled to be about
** 1. */
static void square(double x, double *high, double *low) {
  double t = x * 134217729.0, top = t - (t - x), rest = x - top;
  *high = x * x;
  *low = ((top * top - *high) + 2.0 * top * rest) + rest * rest;
}

double math_norm(double *values, size_t n, double largest) {
  if (isinf(largest)) return largest;
  for (size_t i = 0; i < n; i++)
    if (isnan(values[i])) return NAN;
  if (largest == 0 || n == 1) return largest;
  int exponent;
  frexp(largest, &exponent);
  double scale = 1;
  if (exponent < -1023) { /* subnormal: one power of two does not reach */
    for (size_t i = 0; i < n; i++) values[i] *= 0x1p200;
    return math_norm(values, n, largest * 0x1p200) * 0x1p-200;
  }
  scale = ldexp(1.0, -exponent);
  double sum = 1.0, low_sum = 0, carry = 0; /* starts at 1, so that every square is smaller */
  for (size_t i = 0; i < n; i++) {
    double high, low, before = sum;
    square(values[i] * scale, &high, &low);
    sum = before + high;
    carry += (before - sum) + high;
    low_sum += low;
  }
  double root = sqrt(sum - 1.0 + (carry + low_sum));
  /* one step of Newton's method with the exact residue */
  double high, low, before = sum;
  square(root, &high, &low);
  sum = before - high;
  carry += (before - sum) - high;
  low_sum -= low;
  double rest = sum - 1.0 + (carry + low_sum);
  return (root + rest / (2.0 * root)) / scale;
}

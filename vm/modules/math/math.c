/* math.c -- the module math: C's library with Python's errors; exact functions are in math_int.c
** and math_sum.c. */
#include <errno.h>
#include <math.h>

#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/math/gamma.h"
#include "vm/modules/math/math_int.h"
#include "vm/modules/math/math_sum.h"
#include "vm/objects/float.h"
#include "vm/objects/int_limbs.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/modules/math/math.def"
#define NATIVE_PREFIX math_
#include "vm/contracts/native_class.inc"

static COLD Value domain_error(VM *vm) { return raise_value(vm, "math domain error"); }
static COLD Value range_error(VM *vm) {
  return raise_error(vm, TYPE_OF(OverflowError), "math range error");
}

/* ---- functions of one float: a nan that was not given is a domain error, an infinity that was not
** given one or a range error */

static Value checked(VM *vm, double x, double result, bool can_overflow) {
  if (UNLIKELY(!isfinite(result))) {
    if (isnan(result) && !isnan(x)) return domain_error(vm);
    if (isinf(result) && isfinite(x)) return can_overflow ? range_error(vm) : domain_error(vm);
  }
  return value_float(vm, result);
}

#define MATH_1(name, what, can_overflow)                        \
  static Value name(VM *vm, Value self, const name##_args *a) { \
    return checked(vm, a->x, what(a->x), can_overflow);         \
  }
MATH_1(math_acos, acos, false)
MATH_1(math_acosh, acosh, false)
MATH_1(math_asin, asin, false)
MATH_1(math_asinh, asinh, false)
MATH_1(math_atan, atan, false)
MATH_1(math_atanh, atanh, false)
MATH_1(math_cbrt, cbrt, false)
MATH_1(math_cos, cos, false)
MATH_1(math_cosh, cosh, true)
MATH_1(math_erf, erf, false)
MATH_1(math_erfc, erfc, false)
MATH_1(math_exp, exp, true)
MATH_1(math_exp2, exp2, true)
MATH_1(math_expm1, expm1, true)
MATH_1(math_fabs, fabs, false)
MATH_1(math_sin, sin, false)
MATH_1(math_sinh, sinh, true)
MATH_1(math_sqrt, sqrt, false)
MATH_1(math_tan, tan, false)
MATH_1(math_tanh, tanh, false)

static Value math_log1p(VM *vm, Value self, const math_log1p_args *a) {
  return a->x == 0 ? value_float(vm, a->x) : checked(vm, a->x, log1p(a->x), false);
}

static Value math_gamma(VM *vm, Value self, const math_gamma_args *a) {
  double x = a->x;
  if (x == -INFINITY || (x <= 0 && x == floor(x) && isfinite(x))) return domain_error(vm);
  return checked(vm, x, gamma_of(x), true);
}

static Value math_lgamma(VM *vm, Value self, const math_lgamma_args *a) {
  double x = a->x;
  if (isinf(x)) return value_float(vm, INFINITY);
  if (x <= 0 && x == floor(x)) return domain_error(vm);
  return checked(vm, x, log_gamma_of(x), true);
}

static Value math_degrees(VM *vm, Value self, const math_degrees_args *a) {
  return value_float(vm, a->x * (180.0 / M_PI));
}
static Value math_radians(VM *vm, Value self, const math_radians_args *a) {
  return value_float(vm, a->x * (M_PI / 180.0));
}
static Value math_isfinite(VM *vm, Value self, const math_isfinite_args *a) {
  return value_bool(isfinite(a->x));
}
static Value math_isinf(VM *vm, Value self, const math_isinf_args *a) {
  return value_bool(isinf(a->x));
}
static Value math_isnan(VM *vm, Value self, const math_isnan_args *a) {
  return value_bool(isnan(a->x));
}

static Value math_ulp(VM *vm, Value self, const math_ulp_args *a) {
  double x = fabs(a->x);
  if (!isfinite(x)) return value_float(vm, x);
  double next = nextafter(x, INFINITY);
  return value_float(vm, isinf(next) ? x - nextafter(x, -INFINITY) : next - x);
}

static Value math_frexp(VM *vm, Value self, const math_frexp_args *a) {
  int exponent = 0;
  double mantissa = a->x == 0 || !isfinite(a->x) ? a->x : frexp(a->x, &exponent);
  return PACK(value_float(vm, mantissa), value_int_unchecked(exponent));
}

static Value math_modf(VM *vm, Value self, const math_modf_args *a) {
  double whole, fraction = modf(a->x, &whole);
  return PACK(value_float(vm, fraction), value_float(vm, whole));
}

/* ---- functions of two floats */

static Value math_atan2(VM *vm, Value self, const math_atan2_args *a) {
  return value_float(vm, atan2(a->y, a->x));
}
static Value math_copysign(VM *vm, Value self, const math_copysign_args *a) {
  return value_float(vm, copysign(a->x, a->y));
}
static Value math_nextafter(VM *vm, Value self, const math_nextafter_args *a) {
  return value_float(vm, a->x == a->y ? a->y : nextafter(a->x, a->y));
}

static Value math_fmod(VM *vm, Value self, const math_fmod_args *a) {
  if (isnan(a->x) || isnan(a->y)) return value_float(vm, a->x + a->y);
  if (isinf(a->x) || a->y == 0) return domain_error(vm);
  return value_float(vm, fmod(a->x, a->y));
}

static Value math_remainder(VM *vm, Value self, const math_remainder_args *a) {
  if (isnan(a->x) || isnan(a->y)) return value_float(vm, isnan(a->x) ? a->x : a->y);
  if (isinf(a->x) || a->y == 0) return domain_error(vm);
  return value_float(vm, remainder(a->x, a->y));
}

static Value math_pow(VM *vm, Value self, const math_pow_args *a) {
  double x = a->x, y = a->y, r = pow(x, y);
  if (LIKELY(isfinite(r)) || !isfinite(x) || !isfinite(y)) return value_float(vm, r);
  if (isnan(r) || x == 0) return domain_error(vm);
  return range_error(vm);
}

static Value math_ldexp(VM *vm, Value self, const math_ldexp_args *a) {
  if (!value_is_any_int(a->i))
    return raise_type(vm, "Expected an int as second argument to ldexp.");
  int64_t exponent;
  if (!int_to_int64(a->i, &exponent)) exponent = int_sign(a->i) < 0 ? INT64_MIN : INT64_MAX;
  if (a->x == 0 || !isfinite(a->x)) return value_float(vm, a->x);
  if (exponent > INT32_MAX) return range_error(vm);
  if (exponent < INT32_MIN) return value_float(vm, copysign(0.0, a->x));
  double result = ldexp(a->x, (int)exponent);
  return isinf(result) ? range_error(vm) : value_float(vm, result);
}

static Value math_isclose(VM *vm, Value self, const math_isclose_args *a) {
  if (a->rel_tol < 0 || a->abs_tol < 0) return raise_value(vm, "tolerances must be non-negative");
  if (a->a == a->b) return VALUE_TRUE;
  if (isinf(a->a) || isinf(a->b)) return VALUE_FALSE;
  double difference = fabs(a->b - a->a);
  return value_bool(difference <= fabs(a->rel_tol * a->b) ||
                    difference <= fabs(a->rel_tol * a->a) || difference <= a->abs_tol);
}

/* ---- logarithms: of ints of any size */

typedef double (*Logarithm)(double);

static bool log_of(VM *vm, Value v, Logarithm f, double *out) {
  double x;
  if (value_is_any_int(v)) {
    if (int_sign(v) <= 0) return domain_error(vm), false;
    if (!int_to_double(vm, v, &x)) { /* too large for a double: by its top bits, as a fraction */
      error_clear(vm);
      IntView view;
      int_view(v, &view);
      uint64_t bits = int_view_bits(&view);
      /* the bits below decide no rounding that shows */
      Value top = int_rshift(vm, v, int_from_uint64(vm, bits - 61));
      if (value_is_fail(top) || !int_to_double(vm, top, &x)) return false;
      *out = f(ldexp(x, -61)) + f(2.0) * (double)bits;
      return true;
    }
  } else if (!value_to_double(vm, v, &x)) return false;
  if (x <= 0) return domain_error(vm), false; /* 0 and -inf too; nan is not <= 0 */
  *out = f(x);
  return true;
}

static Value math_log(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  double x, base;
  if (kwnames && tuple_length(kwnames))
    return raise_type(vm, "math.log() takes no keyword arguments");
  if (npos < 1 || npos > 2) return raise_type(vm, "math.log requires 1 to 2 arguments");
  if (LIKELY(npos == 1 && value_is_float(args[0])) && value_as_float(args[0]) > 0)
    return value_float(vm, log(value_as_float(args[0])));
  if (!log_of(vm, args[0], log, &x)) return VALUE_FAIL;
  if (npos == 1) return value_float(vm, x);
  if (!log_of(vm, args[1], log, &base)) return VALUE_FAIL;
  if (base == 0) return raise_error(vm, TYPE_OF(ZeroDivisionError), "float division by zero");
  return value_float(vm, x / base);
}
static Value math_log2(VM *vm, Value self, const math_log2_args *a) {
  double x;
  return log_of(vm, a->x, log2, &x) ? value_float(vm, x) : VALUE_FAIL;
}
static Value math_log10(VM *vm, Value self, const math_log10_args *a) {
  double x;
  return log_of(vm, a->x, log10, &x) ? value_float(vm, x) : VALUE_FAIL;
}

/* ---- rounding to ints */

static Value round_with(VM *vm, Value v, Special which, double (*f)(double)) {
  double d;
  if (value_is_int(v)) return v;
  if (!value_is_float(v) && !value_is(v, float)) {
    Value method = value_special(v, which);
    if (method != VALUE_UNBOUND) return call_special0(vm, method, v);
    if (!value_to_double(vm, v, &d)) return VALUE_FAIL;
  } else d = float_of(v);
  if (isnan(d)) return raise_value(vm, "cannot convert float NaN to integer");
  if (isinf(d))
    return raise_error(vm, TYPE_OF(OverflowError), "cannot convert float infinity to integer");
  return int_from_double(vm, f(d));
}
static Value math_floor(VM *vm, Value self, const math_floor_args *a) {
  return round_with(vm, a->x, SPECIAL_floor, floor);
}
static Value math_ceil(VM *vm, Value self, const math_ceil_args *a) {
  return round_with(vm, a->x, SPECIAL_ceil, ceil);
}
static Value math_trunc(VM *vm, Value self, const math_trunc_args *a) {
  if (!value_is_float(a->x) && !value_is_int(a->x) && !value_has_special(a->x, SPECIAL_trunc))
    return raise_type(vm, "type %.100T doesn't define __trunc__ method", a->x);
  return round_with(vm, a->x, SPECIAL_trunc, trunc);
}

/* ---- whole numbers */

static Value math_isqrt(VM *vm, Value self, const math_isqrt_args *a) {
  Value n;
  return value_index(vm, a->n, &n) ? math_integer_root(vm, n) : VALUE_FAIL;
}
static Value math_factorial(VM *vm, Value self, const math_factorial_args *a) {
  Value n;
  return value_index(vm, a->n, &n) ? math_factorial_of(vm, n) : VALUE_FAIL;
}
static Value math_comb(VM *vm, Value self, const math_comb_args *a) {
  Value n, k;
  return value_index(vm, a->n, &n) && value_index(vm, a->k, &k) ? math_combinations(vm, n, k)
                                                                : VALUE_FAIL;
}
static Value math_perm(VM *vm, Value self, const math_perm_args *a) {
  Value n, k;
  if (!value_index(vm, a->n, &n)) return VALUE_FAIL;
  if (a->k == VALUE_NONE) return math_factorial_of(vm, n);
  return value_index(vm, a->k, &k) ? math_permutations(vm, n, k) : VALUE_FAIL;
}

static bool refuse_keywords(VM *vm, Tuple *kwnames, const char *name) {
  return !kwnames || !tuple_length(kwnames) ||
         raise_false(vm, TYPE_OF(TypeError), "math.%s() takes no keyword arguments", name);
}

static Value fold_ints(VM *vm, const Value *numbers, int count, Value start,
                       Value (*f)(VM *, Value, Value)) {
  Value result = start;
  for (int i = 0; i < count; i++) {
    Value n = numbers[i];
    if (!value_is_int(n) && !value_index(vm, n, &n)) return VALUE_FAIL;
    result = f(vm, result, n);
    if (value_is_fail(result)) return VALUE_FAIL;
  }
  return result;
}
static Value math_gcd(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return refuse_keywords(vm, kwnames, "gcd")
             ? fold_ints(vm, args, npos, value_int_unchecked(0), math_gcd2)
             : VALUE_FAIL;
}
static Value math_lcm(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return refuse_keywords(vm, kwnames, "lcm")
             ? fold_ints(vm, args, npos, value_int_unchecked(1), math_lcm2)
             : VALUE_FAIL;
}

/* ---- sums and products */

static Value math_fsum(VM *vm, Value self, const math_fsum_args *a) {
  return math_exact_sum(vm, a->seq);
}

static Value math_prod(VM *vm, Value self, const math_prod_args *a) {
  Value iterator = get_iterator(vm, a->iterable);
  if (value_is_fail(iterator)) return VALUE_FAIL;
  Value product = a->start == VALUE_MISSING ? value_int_unchecked(1) : a->start;
  for (;;) {
    Value item = iterator_next(vm, iterator);
    if (item == VALUE_STOP) return product;
    if (value_is_fail(item)) return VALUE_FAIL;
    if (value_are_ints(product, item)) product = int_mul(vm, product, item);
    else if (value_are_floats(product, item))
      product = value_float(vm, value_as_float(product) * value_as_float(item));
    else product = binary_op(vm, BINARY_MUL, product, item);
    if (value_is_fail(product)) return VALUE_FAIL;
  }
}

/* room for n doubles that lives as long as the call */
static double *doubles(VM *vm, size_t n) {
  RawBytes *room = raw_bytes_new(vm, n * sizeof(double) + 1);
  return room ? (double *)room->bytes : NULL;
}

static Value math_hypot(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (!refuse_keywords(vm, kwnames, "hypot")) return VALUE_FAIL;
  size_t n = (size_t)npos;
  double few[8], *values = n <= 8 ? few : doubles(vm, n), largest = 0;
  if (!values) return VALUE_FAIL;
  for (size_t i = 0; i < n; i++) {
    double x;
    if (!value_to_double(vm, args[i], &x)) return VALUE_FAIL;
    values[i] = fabs(x);
    if (values[i] > largest) largest = values[i];
  }
  return value_float(vm, math_norm(values, n, largest));
}

static Value math_dist(VM *vm, Value self, const math_dist_args *a) {
  Tuple *p = tuple_from_iterable(vm, a->p), *q = p ? tuple_from_iterable(vm, a->q) : NULL;
  if (!q) return VALUE_FAIL;
  size_t n = tuple_length(p);
  if (n != tuple_length(q))
    return raise_value(vm, "both points must have the same number of dimensions");
  double few[8], *values = n <= 8 ? few : doubles(vm, n), largest = 0;
  if (!values) return VALUE_FAIL;
  for (size_t i = 0; i < n; i++) {
    double x, y;
    if (!value_to_double(vm, p->items[i], &x) || !value_to_double(vm, q->items[i], &y))
      return VALUE_FAIL;
    values[i] = fabs(x - y);
    if (values[i] > largest) largest = values[i];
  }
  return value_float(vm, math_norm(values, n, largest));
}

static bool init(VM *vm, Module *module) {
  return module_add(vm, module, "pi", value_float(vm, M_PI)) &&
         module_add(vm, module, "e", value_float(vm, M_E)) &&
         module_add(vm, module, "tau", value_float(vm, 2 * M_PI)) &&
         module_add(vm, module, "inf", value_float(vm, INFINITY)) &&
         module_add(vm, module, "nan", value_float(vm, NAN));
}

const ModuleSpec math_module = {
    .name = "math",
    .doc = "This module provides access to the mathematical functions\ndefined by the C standard.",
    NATIVE_FUNCTIONS(math_),
    .init = init,
};

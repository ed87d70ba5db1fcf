/* cmath.c -- the module cmath over C's <complex.h>, with Python's errors.
**
** C's functions have the branch cuts and special values that Python documents (both are C99's Annex
** G); what they do not have is errors: a nan or infinity from finite arguments is one. Of finite
** arguments many go by formulas of their own, for the last digit. */
#include <errno.h>
#include <math.h>

#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/math/cmath_formulas.h"
#include "vm/objects/complex.h"
#include "vm/objects/tuple.h"

#ifndef CMPLX /* the C library has it for gcc alone */
#define CMPLX(re, im) __builtin_complex((double)(re), (double)(im))
#endif

static inline bool convert_Complex(VM *vm, Value v, c_Complex *out, const MethodSpec *spec, int i) {
  double re, im;
  if (!value_to_complex(vm, v, &re, &im)) return false;
  *out = CMPLX(re, im);
  return true;
}

#define NATIVE_DEF "vm/modules/math/cmath.def"
#define NATIVE_PREFIX cmath_
#include "vm/contracts/native_class.inc"

static inline bool is_finite(c_Complex z) { return isfinite(creal(z)) && isfinite(cimag(z)); }
static inline bool has_nan(c_Complex z) { return isnan(creal(z)) || isnan(cimag(z)); }
static inline bool has_inf(c_Complex z) { return isinf(creal(z)) || isinf(cimag(z)); }
static Value from_complex(VM *vm, c_Complex z) { return complex_new(vm, creal(z), cimag(z)); }
static COLD Value domain_error(VM *vm) { return raise_value(vm, "math domain error"); }
static COLD Value range_error(VM *vm) {
  return raise_error(vm, TYPE_OF(OverflowError), "math range error");
}

static Value checked(VM *vm, c_Complex z, c_Complex result) {
  if (LIKELY(is_finite(result)) || !is_finite(z)) return from_complex(vm, result);
  return has_nan(result) ? domain_error(vm) : range_error(vm);
}

/* Signs that C leaves open, of a part whose argument was a nan, are plus. */
static c_Complex settled(c_Complex z, c_Complex result) {
  double re = creal(result), im = cimag(result);
  return CMPLX(isnan(creal(z)) ? fabs(re) : re, isnan(cimag(z)) ? fabs(im) : im);
}
/* So is a part that depends on the sine of an infinity. */
static c_Complex settled_angle(c_Complex z, c_Complex result) {
  return settled(isinf(cimag(z)) ? CMPLX(creal(z), NAN) : z, result);
}
static c_Complex special_asinh(c_Complex z) { return settled(z, casinh(z)); }
static c_Complex special_atanh(c_Complex z) { return settled(z, catanh(z)); }
static c_Complex special_tanh(c_Complex z) { return settled_angle(z, ctanh(z)); }

#define CMATH_1(name, what)                                                                \
  static Value name(VM *vm, Value self, const name##_args *a) {                            \
    return checked(vm, a->z,                                                               \
                   is_finite(a->z) ? formula_##what(a->z) : settled(a->z, c##what(a->z))); \
  }
CMATH_1(cmath_acos, acos)
CMATH_1(cmath_asinh, asinh)
CMATH_1(cmath_sqrt, sqrt)

static Value cmath_acosh(VM *vm, Value self, const cmath_acosh_args *a) {
  /* C gives pi/2 as the imaginary part */
  if (creal(a->z) == 0 && isnan(cimag(a->z))) return complex_new(vm, NAN, NAN);
  return checked(vm, a->z, is_finite(a->z) ? formula_acosh(a->z) : cacosh(a->z));
}

/* The circular functions are the hyperbolic ones turned by a quarter. */
static c_Complex turned(c_Complex z) { return CMPLX(-cimag(z), creal(z)); }
static c_Complex turned_back(c_Complex z) { return CMPLX(cimag(z), -creal(z)); }

static Value cmath_asin(VM *vm, Value self, const cmath_asin_args *a) {
  return checked(vm, a->z,
                 is_finite(a->z) ? formula_asin(a->z) : turned_back(special_asinh(turned(a->z))));
}

/* At +-1j and +-1 these two have poles. */
static Value cmath_atan(VM *vm, Value self, const cmath_atan_args *a) {
  if (creal(a->z) == 0 && fabs(cimag(a->z)) == 1) return domain_error(vm);
  return checked(vm, a->z,
                 is_finite(a->z) ? formula_atan(a->z) : turned_back(special_atanh(turned(a->z))));
}
static Value cmath_atanh(VM *vm, Value self, const cmath_atanh_args *a) {
  if (cimag(a->z) == 0 && fabs(creal(a->z)) == 1) return domain_error(vm);
  return checked(vm, a->z, is_finite(a->z) ? formula_atanh(a->z) : special_atanh(a->z));
}

/* An infinite part that would be turned round is a domain error: sin(inf), exp(-inf + inf j) is 0
** and is none. */
static bool turns(double size, double angle, bool vanishes) {
  return isinf(angle) && (isfinite(size) || (isinf(size) && !(vanishes && size < 0)));
}
static Value cmath_exp(VM *vm, Value self, const cmath_exp_args *a) {
  if (turns(creal(a->z), cimag(a->z), true)) return domain_error(vm);
  return checked(vm, a->z, is_finite(a->z) ? cexp(a->z) : settled_angle(a->z, cexp(a->z)));
}
/* A zero beside a nan has no sign in C: it is +0. */
static c_Complex cosine(c_Complex z) {
  c_Complex result = ccosh(z);
  return isnan(creal(result)) && cimag(result) == 0 ? CMPLX(creal(result), 0.0) : result;
}
static c_Complex sine(c_Complex z) {
  c_Complex result = csinh(z);
  return creal(result) == 0 && isnan(cimag(result)) ? CMPLX(0.0, cimag(result)) : result;
}
static Value cmath_cosh(VM *vm, Value self, const cmath_cosh_args *a) {
  if (turns(creal(a->z), cimag(a->z), false)) return domain_error(vm);
  return checked(vm, a->z, cosine(a->z));
}
static Value cmath_sinh(VM *vm, Value self, const cmath_sinh_args *a) {
  if (turns(creal(a->z), cimag(a->z), false)) return domain_error(vm);
  return checked(vm, a->z, sine(a->z));
}
static Value cmath_tanh(VM *vm, Value self, const cmath_tanh_args *a) {
  if (isfinite(creal(a->z)) && isinf(cimag(a->z))) return domain_error(vm);
  /* later C gives 0 as the real part */
  if (creal(a->z) == 0 && isnan(cimag(a->z))) return complex_new(vm, NAN, NAN);
  return checked(vm, a->z, is_finite(a->z) ? formula_tanh(a->z) : special_tanh(a->z));
}
static Value cmath_cos(VM *vm, Value self, const cmath_cos_args *a) {
  if (turns(cimag(a->z), creal(a->z), false)) return domain_error(vm);
  return checked(vm, a->z, cosine(turned(a->z)));
}
static Value cmath_sin(VM *vm, Value self, const cmath_sin_args *a) {
  if (turns(cimag(a->z), creal(a->z), false)) return domain_error(vm);
  return checked(vm, a->z, turned_back(sine(turned(a->z))));
}
static Value cmath_tan(VM *vm, Value self, const cmath_tan_args *a) {
  if (isfinite(cimag(a->z)) && isinf(creal(a->z))) return domain_error(vm);
  if (cimag(a->z) == 0 && isnan(creal(a->z))) return complex_new(vm, NAN, NAN);
  return checked(vm, a->z,
                 is_finite(a->z) ? formula_tan(a->z) : turned_back(special_tanh(turned(a->z))));
}

static c_Complex logarithm(c_Complex z) { return is_finite(z) ? formula_log(z) : clog(z); }

static Value cmath_log(VM *vm, Value self, const cmath_log_args *a) {
  if (a->base == VALUE_MISSING)
    return a->z == 0 ? domain_error(vm) : checked(vm, a->z, logarithm(a->z));
  c_Complex base;
  if (!convert_Complex(vm, a->base, &base, NULL, 0)) return VALUE_FAIL;
  c_Complex result = logarithm(a->z), scale = base == 0 ? 0 : logarithm(base);
  if (scale == 0) return domain_error(vm);
  /* of 0 too: CPython forgets */
  return complex_quotient(vm, creal(result), cimag(result), creal(scale), cimag(scale));
}
static Value cmath_log10(VM *vm, Value self, const cmath_log10_args *a) {
  if (a->z == 0) return domain_error(vm);
  c_Complex result = logarithm(a->z);
  return checked(vm, a->z, CMPLX(creal(result) / M_LN10, cimag(result) / M_LN10));
}

static Value cmath_phase(VM *vm, Value self, const cmath_phase_args *a) {
  errno = 0;
  double angle = atan2(cimag(a->z), creal(a->z));
  return errno ? range_error(vm) : value_float(vm, angle); /* it may be too small */
}
static Value cmath_polar(VM *vm, Value self, const cmath_polar_args *a) {
  double size = cabs(a->z);
  if (isinf(size) && is_finite(a->z)) return range_error(vm);
  return PACK(value_float(vm, size), value_float(vm, carg(a->z)));
}
static Value cmath_rect(VM *vm, Value self, const cmath_rect_args *a) {
  double r = a->r, phi = a->phi;
  if (isinf(phi) && r != 0 && !isnan(r)) return domain_error(vm);
  if (r == 0 && !isfinite(phi)) return complex_new(vm, 0.0, 0.0);
  /* no nan from an infinite r */
  if (phi == 0) return complex_new(vm, r, isfinite(r) ? r * phi : r < 0 ? -phi : phi);
  if (isinf(r) && isnan(phi)) return complex_new(vm, INFINITY, NAN);
  if (isinf(r) && isfinite(phi))
    return complex_new(vm, copysign(INFINITY, r * cos(phi)), copysign(INFINITY, r * sin(phi)));
  return complex_new(vm, r * cos(phi), r * sin(phi));
}

static Value cmath_isfinite(VM *vm, Value self, const cmath_isfinite_args *a) {
  return value_bool(is_finite(a->z));
}
static Value cmath_isinf(VM *vm, Value self, const cmath_isinf_args *a) {
  return value_bool(has_inf(a->z));
}
static Value cmath_isnan(VM *vm, Value self, const cmath_isnan_args *a) {
  return value_bool(has_nan(a->z));
}
static Value cmath_isclose(VM *vm, Value self, const cmath_isclose_args *a) {
  if (a->rel_tol < 0 || a->abs_tol < 0) return raise_value(vm, "tolerances must be non-negative");
  if (a->a == a->b) return VALUE_TRUE;
  if (has_inf(a->a) || has_inf(a->b)) return VALUE_FALSE;
  double difference = cabs(a->a - a->b);
  return value_bool(difference <= a->rel_tol * cabs(a->b) ||
                    difference <= a->rel_tol * cabs(a->a) || difference <= a->abs_tol);
}

static bool init(VM *vm, Module *module) {
  return module_add(vm, module, "pi", value_float(vm, M_PI)) &&
         module_add(vm, module, "e", value_float(vm, M_E)) &&
         module_add(vm, module, "tau", value_float(vm, 2 * M_PI)) &&
         module_add(vm, module, "inf", value_float(vm, INFINITY)) &&
         module_add(vm, module, "infj", complex_new(vm, 0.0, INFINITY)) &&
         module_add(vm, module, "nan", value_float(vm, NAN)) &&
         module_add(vm, module, "nanj", complex_new(vm, 0.0, NAN));
}

const ModuleSpec cmath_module = {
    .name = "cmath",
    .doc = "This module provides access to mathematical functions for complex\nnumbers.",
    NATIVE_FUNCTIONS(cmath_),
    .init = init,
};

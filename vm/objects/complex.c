/* complex.c -- the class complex: always a heap cell of two doubles. */
#include "vm/objects/complex.h"
#include "vm/base/float_text.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

#include <math.h>

#define NATIVE_DEF "vm/objects/complex.def"
#define NATIVE_PREFIX complex_
#define NATIVE_SELF Complex *
#include "vm/contracts/native_class.inc"

typedef struct Pair {
  double re, im;
} Pair;

Value complex_new(VM *vm, double real, double imag) {
  Complex *c = heap_new_raw(vm, SHAPE_OF(complex), sizeof(Complex));
  c->real = real, c->imag = imag;
  return value_from(c);
}
static inline Value from_pair(VM *vm, Pair p) { return complex_new(vm, p.re, p.im); }
static inline Pair pair_of(const Complex *c) { return (Pair){c->real, c->imag}; }

/* ---- arithmetic on pairs */

static Pair multiply(Pair a, Pair b) {
  return (Pair){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

/* Smith's method: scaled by the larger part of the divisor. false: division by zero. */
static bool divide(Pair a, Pair b, Pair *out) {
  double re = fabs(b.re), im = fabs(b.im);
  if (re >= im) {
    if (re == 0) return false;
    double ratio = b.im / b.re, scale = b.re + b.im * ratio;
    *out = (Pair){(a.re + a.im * ratio) / scale, (a.im - a.re * ratio) / scale};
  } else if (im >= re) {
    double ratio = b.re / b.im, scale = b.re * ratio + b.im;
    *out = (Pair){(a.re * ratio + a.im) / scale, (a.im * ratio - a.re) / scale};
  } else *out = (Pair){NAN, NAN};
  return true;
}

static Pair power_whole(Pair base, long n) {
  Pair result = {1, 0};
  for (; n; n >>= 1, base = multiply(base, base))
    if (n & 1) result = multiply(result, base);
  return result;
}

static bool power_polar(Pair a, Pair b, Pair *out) {
  if (b.re == 0 && b.im == 0) return *out = (Pair){1, 0}, true;
  if (a.re == 0 && a.im == 0) return *out = (Pair){0, 0}, b.im == 0 && !(b.re < 0);
  double size = hypot(a.re, a.im), angle = atan2(a.im, a.re);
  double length = pow(size, b.re), phase = angle * b.re;
  if (b.im != 0) {
    length /= exp(angle * b.im);
    phase += b.im * log(size);
  }
  *out = (Pair){length * cos(phase), length * sin(phase)};
  return !isinf(phase); /* that has no direction, which the reference calls by the same name */
}

Value complex_power(VM *vm, double a, double ai, double b, double bi) {
  Pair base = {a, ai}, exponent = {b, bi}, result;
  bool good;
  if (bi == 0 && b == floor(b) && fabs(b) <= 100) {
    result = power_whole(base, (long)fabs(b));
    good = b >= 0 || divide((Pair){1, 0}, result, &result);
  } else good = power_polar(base, exponent, &result);
  if (!good)
    return raise_error(vm, TYPE_OF(ZeroDivisionError), "0.0 to a negative or complex power");
  if (isinf(result.re) || isinf(result.im))
    return raise_error(vm, TYPE_OF(OverflowError), "complex exponentiation");
  return from_pair(vm, result);
}

/* ---- operators */

/* false: *status is NotImplemented or FAIL. */
static bool operand(VM *vm, Value v, Pair *out, Value *status) {
  out->im = 0;
  if (value_has_flag(v, TYPE_COMPLEX_SUBCLASS)) return *out = pair_of(value_object(v)), true;
  if (value_is_any_float(v)) return out->re = float_of(v), true;
  *status = VALUE_NOT_IMPLEMENTED;
  if (!value_is_any_int(v)) return false;
  if (int_to_double(vm, v, &out->re)) return true;
  *status = VALUE_FAIL;
  return false;
}

static Value add(VM *vm, Pair a, Pair b) { return complex_new(vm, a.re + b.re, a.im + b.im); }
static Value sub(VM *vm, Pair a, Pair b) { return complex_new(vm, a.re - b.re, a.im - b.im); }
static Value mul(VM *vm, Pair a, Pair b) { return from_pair(vm, multiply(a, b)); }
static Value truediv(VM *vm, Pair a, Pair b) {
  Pair quotient;
  if (!divide(a, b, &quotient))
    return raise_error(vm, TYPE_OF(ZeroDivisionError), "complex division by zero");
  return from_pair(vm, quotient);
}

Value complex_quotient(VM *vm, double a, double ai, double b, double bi) {
  return truediv(vm, (Pair){a, ai}, (Pair){b, bi});
}

#define COMPLEX_BINARY(name, rname, what)                                                    \
  static Value name(VM *vm, Complex *self, const name##_args *a) {                           \
    Pair other;                                                                              \
    Value status;                                                                            \
    return operand(vm, a->value, &other, &status) ? what(vm, pair_of(self), other) : status; \
  }                                                                                          \
  static Value rname(VM *vm, Complex *self, const rname##_args *a) {                         \
    Pair other;                                                                              \
    Value status;                                                                            \
    return operand(vm, a->value, &other, &status) ? what(vm, other, pair_of(self)) : status; \
  }
COMPLEX_BINARY(complex_op_add, complex_op_radd, add)
COMPLEX_BINARY(complex_op_sub, complex_op_rsub, sub)
COMPLEX_BINARY(complex_op_mul, complex_op_rmul, mul)
COMPLEX_BINARY(complex_op_truediv, complex_op_rtruediv, truediv)

static Value complex_op_pow(VM *vm, Complex *self, const complex_op_pow_args *a) {
  Pair other;
  Value status;
  if (!operand(vm, a->value, &other, &status)) return status;
  if (a->mod != VALUE_NONE) return raise_value(vm, "complex modulo");
  return complex_power(vm, self->real, self->imag, other.re, other.im);
}
static Value complex_op_rpow(VM *vm, Complex *self, const complex_op_rpow_args *a) {
  Pair other;
  Value status;
  if (!operand(vm, a->value, &other, &status)) return status;
  if (a->mod != VALUE_NONE) return raise_value(vm, "complex modulo");
  return complex_power(vm, other.re, other.im, self->real, self->imag);
}

static Value complex_op_neg(VM *vm, Complex *self, const complex_op_neg_args *a) {
  return complex_new(vm, -self->real, -self->imag);
}
static Value complex_op_pos(VM *vm, Complex *self, const complex_op_pos_args *a) {
  return complex_as_complex(vm, self, NULL);
}
static Value complex_op_truth(VM *vm, Complex *self, const complex_op_truth_args *a) {
  return value_bool(self->real != 0 || self->imag != 0);
}
static Value complex_op_abs(VM *vm, Complex *self, const complex_op_abs_args *a) {
  double size = hypot(self->real, self->imag);
  if (isinf(size) && isfinite(self->real) && isfinite(self->imag))
    return raise_error(vm, TYPE_OF(OverflowError), "absolute value too large");
  return value_float(vm, size);
}

/* 1, 0, or -1: not comparable. */
static int equal(Complex *self, Value other) {
  if (value_has_flag(other, TYPE_COMPLEX_SUBCLASS)) {
    const Complex *c = value_object(other);
    return self->real == c->real && self->imag == c->imag;
  }
  if (value_is_any_float(other)) return self->imag == 0 && self->real == float_of(other);
  if (value_is_any_int(other)) return self->imag == 0 && float_compare_int(self->real, other) == 0;
  return -1;
}
static Value complex_op_eq(VM *vm, Complex *self, const complex_op_eq_args *a) {
  int e = equal(self, a->value);
  return e < 0 ? VALUE_NOT_IMPLEMENTED : value_bool(e);
}
static Value complex_op_ne(VM *vm, Complex *self, const complex_op_ne_args *a) {
  int e = equal(self, a->value);
  return e < 0 ? VALUE_NOT_IMPLEMENTED : value_bool(!e);
}
static Value complex_op_lt(VM *vm, Complex *self, const complex_op_lt_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value complex_op_le(VM *vm, Complex *self, const complex_op_le_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value complex_op_gt(VM *vm, Complex *self, const complex_op_gt_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value complex_op_ge(VM *vm, Complex *self, const complex_op_ge_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}

static uint64_t part_hash(const Complex *c, double part) {
  return isnan(part) ? identity_hash(c) : float_hash(part);
}
static Value complex_op_hash(VM *vm, Complex *self, const complex_op_hash_args *a) {
  uint64_t h = part_hash(self, self->real) + UINT64_C(1000003) * part_hash(self, self->imag);
  return value_int(vm, h == (uint64_t)-1 ? -2 : (int64_t)h);
}

static Value complex_op_repr(VM *vm, Complex *self, const complex_op_repr_args *a) {
  Buffer text;
  buffer_init(&text);
  bool both = self->real != 0 || signbit(self->real);
  if (both) {
    buffer_add_byte(&text, '(');
    float_format(self->real, 'r', 0, 0, &text);
    if (!signbit(self->imag) || isnan(self->imag)) buffer_add_byte(&text, '+');
  }
  float_format(self->imag, 'r', 0, 0, &text);
  buffer_add_text(&text, both ? "j)" : "j");
  Str *s = str_from_buffer(vm, &text);
  buffer_deinit(&text);
  return value_of(s);
}

/* ---- methods */

static Value complex_conjugate(VM *vm, Complex *self, const complex_conjugate_args *a) {
  return complex_new(vm, self->real, -self->imag);
}
static Value complex_as_complex(VM *vm, Complex *self, const complex_as_complex_args *a) {
  return value_is(value_from(self), complex) ? value_from(self)
                                             : complex_new(vm, self->real, self->imag);
}
static Value complex_getnewargs(VM *vm, Complex *self, const complex_getnewargs_args *a) {
  return PACK(value_float(vm, self->real), value_float(vm, self->imag));
}
static Value complex_formatted(VM *vm, Complex *self, const complex_formatted_args *a) {
  if (a->format_spec->length == 0) return value_str(vm, value_from(self));
  return format_complex(vm, self, a->format_spec);
}
static Value complex_get_real(VM *vm, Complex *self) { return value_float(vm, self->real); }
static Value complex_get_imag(VM *vm, Complex *self) { return value_float(vm, self->imag); }

/* ---- construction */

/* One signed part: a float, or a bare sign before "j" (1). Returns the bytes used; 0: none. */
static size_t parse_part(const char *text, size_t n, double *out) {
  size_t used;
  *out = float_parse(text, n, &used);
  if (used) return used;
  size_t sign = n && (*text == '+' || *text == '-');
  if (sign >= n || (text[sign] | 0x20) != 'j') return 0;
  *out = sign && *text == '-' ? -1 : 1;
  return sign;
}

/* real, imagj, or real±imagj, perhaps in parentheses; `text` has no underscores and no outer
** space. */
static bool parse_complex(const char *text, size_t n, Pair *out) {
  if (n >= 2 && text[0] == '(' && text[n - 1] == ')') {
    text++, n -= 2;
    while (n && (*text == ' ' || (*text >= '\t' && *text <= '\r'))) text++, n--;
    while (n && (text[n - 1] == ' ' || (text[n - 1] >= '\t' && text[n - 1] <= '\r'))) n--;
  }
  if (!n) return false;
  bool has_j = (text[n - 1] | 0x20) == 'j';
  double first;
  size_t used = parse_part(text, n, &first);
  *out = (Pair){0, 0};
  if (used == n) return out->re = first, n > 0;
  if (!has_j) return false;
  if (used == n - 1) return out->im = first, true;
  out->re = first;
  if (!used || (text[used] != '+' && text[used] != '-')) return false;
  return parse_part(text + used, n - used, &out->im) == n - used - 1;
}

/* Removes underscores between digits; false: one elsewhere. */
static bool strip_underscores(const char *text, size_t n, char *out, size_t *out_n) {
  size_t used = 0;
  for (size_t i = 0; i < n; i++) {
    if (text[i] != '_') out[used++] = text[i];
    else if (!i || i + 1 == n || (unsigned)(text[i - 1] - '0') > 9 ||
             (unsigned)(text[i + 1] - '0') > 9)
      return false;
  }
  *out_n = used;
  return true;
}

static bool from_text(VM *vm, Str *s, Pair *out) {
  size_t n;
  const char *text = number_text(vm, s, &n);
  if (!text) return false;
  while (n && (*text == ' ' || (*text >= '\t' && *text <= '\r'))) text++, n--;
  while (n && (text[n - 1] == ' ' || (text[n - 1] >= '\t' && text[n - 1] <= '\r'))) n--;
  RawBytes *plain = raw_bytes_new(vm, n + 1);
  if (!plain) return false;
  if (!strip_underscores(text, n, (char *)plain->bytes, &n))
    return raise_false(vm, TYPE_OF(ValueError), "could not convert string to complex: %R",
                       value_from(s));
  if (parse_complex((const char *)plain->bytes, n, out)) return true;
  return raise_false(vm, TYPE_OF(ValueError), "complex() arg is a malformed string");
}

/* through __complex__; *absent: no such method. */
static bool through_complex(VM *vm, Value v, Pair *out, bool *absent) {
  Value method = value_special(v, SPECIAL_complex);
  *absent = method == VALUE_UNBOUND;
  if (*absent) return false;
  Value result = call_special0(vm, method, v);
  if (value_is_fail(result)) return false;
  if (!value_has_flag(result, TYPE_COMPLEX_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "__complex__ returned non-complex (type %.200T)",
                       result);
  if (!value_is(result, complex) &&
      !warn(vm, TYPE_OF(DeprecationWarning), 1,
            "__complex__ returned non-complex (type %.200T).  The ability to return an instance of "
            "a strict subclass of "
            "complex is deprecated, and may not be supported in a future version of Python.",
            result))
    return false;
  *out = pair_of(value_object(result));
  return true;
}

bool value_to_complex(VM *vm, Value v, double *real, double *imag) {
  Pair p = {0, 0};
  bool absent = false;
  if (value_is(v, complex)) p = pair_of(value_object(v));
  else if (!through_complex(vm, v, &p, &absent) && !absent) return false;
  if (absent) {
    p.im = 0;
    if (value_has_flag(v, TYPE_COMPLEX_SUBCLASS)) p = pair_of(value_object(v));
    else if (!value_to_double(vm, v, &p.re)) return false;
  }
  *real = p.re, *imag = p.im;
  return true;
}

static bool is_number(Value v) {
  return value_is_any_float(v) || value_is_any_int(v) || value_has_special(v, SPECIAL_float) ||
         value_has_special(v, SPECIAL_index) || value_has_flag(v, TYPE_COMPLEX_SUBCLASS);
}

static bool from_parts(VM *vm, Value real, Value imag, Pair *out) {
  Pair re = {0, 0}, im = {0, 0};
  bool absent = true, real_complex = false, imag_complex = false;
  if (real != VALUE_MISSING) {
    if (value_is_pointer(real) && !value_is(real, float) && !value_is(real, int)) {
      if (!through_complex(vm, real, &re, &absent) && !absent) return false;
      real_complex = !absent;
    }
    if (absent && !is_number(real))
      return raise_false(vm, TYPE_OF(TypeError),
                         "complex() first argument must be a string or a number, not '%.200T'",
                         real);
    if (absent && value_has_flag(real, TYPE_COMPLEX_SUBCLASS))
      re = pair_of(value_object(real)), real_complex = true;
    else if (absent && !value_to_double(vm, real, &re.re)) return false;
  }
  if (imag != VALUE_MISSING) {
    if (value_has_flag(imag, TYPE_COMPLEX_SUBCLASS))
      im = pair_of(value_object(imag)), imag_complex = true;
    else if (!is_number(imag))
      return raise_false(vm, TYPE_OF(TypeError),
                         "complex() second argument must be a number, not '%.200T'", imag);
    else if (!value_to_double(vm, imag, &im.re)) return false;
  }
  out->re = imag_complex ? re.re - im.im : re.re;
  out->im = real_complex && imag != VALUE_MISSING ? im.re + re.im : real_complex ? re.im : im.re;
  return true;
}

static Value complex_construct(VM *vm, Type *cls, const complex_construct_args *a) {
  Value real = a->real, imag = a->imag;
  Pair p;
  if (real != VALUE_MISSING && value_is(real, complex) && imag == VALUE_MISSING &&
      cls == TYPE_OF(complex))
    return real;
  if (real != VALUE_MISSING && value_is_str(real)) {
    if (imag != VALUE_MISSING)
      return raise_type(vm, "complex() can't take second arg if first is a string");
    if (!from_text(vm, value_object(real), &p)) return VALUE_FAIL;
  } else {
    if (imag != VALUE_MISSING && value_is_str(imag))
      return raise_type(vm, "complex() second arg can't be a string");
    if (!from_parts(vm, real, imag, &p)) return VALUE_FAIL;
  }
  if (cls == TYPE_OF(complex)) return from_pair(vm, p);
  Value instance = object_new(vm, cls);
  if (value_is_fail(instance)) return VALUE_FAIL;
  Complex *c = value_object(instance);
  c->real = p.re, c->imag = p.im;
  return instance;
}

const ClassSpec complex_class = {NATIVE_CLASS(complex_), .basic_size = sizeof(Complex)};

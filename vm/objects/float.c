/* float.c -- float: boxes, arithmetic with Python's signs and errors, the class. Text is
** base/float_text.h's work. */
#include "vm/objects/float.h"
#include "vm/base/float_text.h"
#include "vm/base/memory.h"
#include "vm/contracts/buffer.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/complex.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#define NATIVE_DEF "vm/objects/float.def"
#define NATIVE_PREFIX float_
#include "vm/contracts/native_class.inc"

Value float_box(VM *vm, double d) {
  Float *box = heap_new_raw(vm, SHAPE_OF(float), sizeof(Float));
  box->value = d;
  return value_from(box);
}

/* ---- arithmetic */

double float_mod(double a, double b) {
  double r = fmod(a, b);
  if (r == 0) return copysign(0.0, b);
  return (b < 0) != (r < 0) ? r + b : r;
}

/* Spec: reference 6.7: floor division and modulo are tied by x == (x//y)*y + (x%y). */
static double divide_floor(double a, double b, double *remainder) {
  double r = fmod(a, b), quotient = (a - r) / b;
  if (r != 0) {
    if ((b < 0) != (r < 0)) r += b, quotient -= 1;
  } else r = copysign(0.0, b);
  *remainder = r;
  if (quotient == 0) return copysign(0.0, a / b);
  double whole = floor(quotient);
  return quotient - whole > 0.5 ? whole + 1 : whole;
}

double float_floordiv(double a, double b) {
  double remainder;
  return divide_floor(a, b, &remainder);
}

static bool is_odd(double d) { return fmod(fabs(d), 2.0) == 1.0; }

/* As C's errno says it: OverflowError(34, 'Numerical result out of range'). */
static COLD Value raise_range(VM *vm) {
  Str *text = str_new_cstr(vm, strerror(ERANGE));
  Value exception =
      call2(vm, value_from(TYPE_OF(OverflowError)), value_int_unchecked(ERANGE), value_from(text));
  return value_is_fail(exception) ? exception : raise_object(vm, exception);
}

Value float_pow(VM *vm, double a, double b) {
  if (b == 0 || a == 1) return value_float(vm, 1.0);
  if (isnan(a) || isnan(b)) return value_float(vm, isnan(a) ? a : b);
  if (isinf(b)) {
    double size = fabs(a);
    if (size == 1) return value_float(vm, 1.0);
    return value_float(vm, (b > 0) == (size > 1) ? INFINITY : 0.0);
  }
  if (isinf(a)) {
    bool odd = is_odd(b);
    return value_float(vm, b > 0 ? (odd ? a : INFINITY) : odd ? copysign(0.0, a) : 0.0);
  }
  if (a == 0) {
    if (b < 0)
      return raise_error(vm, TYPE_OF(ZeroDivisionError),
                         "0.0 cannot be raised to a negative power");
    return value_float(vm, is_odd(b) ? a : 0.0);
  }
  bool negative = false;
  if (a < 0) {
    if (b != floor(b)) return complex_power(vm, a, 0, b, 0);
    negative = is_odd(b);
    a = -a;
  }
  if (a == 1) return value_float(vm, negative ? -1.0 : 1.0);
  double result = pow(a, b);
  if (isinf(result)) return raise_range(vm);
  return value_float(vm, negative ? -result : result);
}

uint64_t float_hash(double d) {
  if (isinf(d)) return d > 0 ? 314159 : (uint64_t)-314159;
  if (isnan(d)) return 0; /* of objects, see float_op_hash */
  const uint64_t modulus = (UINT64_C(1) << 61) - 1;
  if (fabs(d) < 0x1p60) {
    int64_t whole = (int64_t)d;
    if ((double)whole == d) return whole == -1 ? (uint64_t)-2 : (uint64_t)whole;
  }
  int exponent;
  uint64_t mantissa = (uint64_t)ldexp(frexp(fabs(d), &exponent), 53);
  int shift = (exponent - 53) % 61; /* 2**61 is 1 modulo the modulus */
  if (shift < 0) shift += 61;
  uint64_t h = shift ? ((mantissa << shift) & modulus) | (mantissa >> (61 - shift)) : mantissa;
  if (h >= modulus) h -= modulus;
  if (d >= 0) return h;
  return h == 1 ? (uint64_t)-2 : -h;
}

/* ---- operands: any float, any int (which may be too large: an exception) */

typedef enum Operand { OPERAND_OK, OPERAND_OTHER, OPERAND_FAIL } Operand;

static inline Operand operand(VM *vm, Value v, double *out) {
  if (LIKELY(value_is_any_float(v))) return *out = float_of(v), OPERAND_OK;
  if (value_is_any_int(v)) return int_to_double(vm, v, out) ? OPERAND_OK : OPERAND_FAIL;
  return OPERAND_OTHER;
}

typedef Value (*FloatOperator)(VM *vm, double a, double b);

static Value apply(VM *vm, Value self, Value other, FloatOperator f, bool reflected) {
  double x = float_of(self), y;
  Operand kind = operand(vm, other, &y);
  if (kind != OPERAND_OK) return kind == OPERAND_FAIL ? VALUE_FAIL : VALUE_NOT_IMPLEMENTED;
  return reflected ? f(vm, y, x) : f(vm, x, y);
}

static Value raise_zero(VM *vm, const char *message) {
  return raise_error(vm, TYPE_OF(ZeroDivisionError), "%s", message);
}
static Value add(VM *vm, double a, double b) { return value_float(vm, a + b); }
static Value sub(VM *vm, double a, double b) { return value_float(vm, a - b); }
static Value mul(VM *vm, double a, double b) { return value_float(vm, a * b); }
static Value truediv(VM *vm, double a, double b) {
  return b == 0 ? raise_zero(vm, "float division by zero") : value_float(vm, a / b);
}
static Value floordiv(VM *vm, double a, double b) {
  return b == 0 ? raise_zero(vm, "float floor division by zero")
                : value_float(vm, float_floordiv(a, b));
}
static Value mod(VM *vm, double a, double b) {
  return b == 0 ? raise_zero(vm, "float modulo") : value_float(vm, float_mod(a, b));
}
static Value divide_both(VM *vm, double a, double b) {
  if (b == 0) return raise_zero(vm, "float divmod()");
  double remainder, quotient = divide_floor(a, b, &remainder);
  return PACK(value_float(vm, quotient), value_float(vm, remainder));
}

#define FLOAT_BINARY(name, rname, f)                              \
  static Value name(VM *vm, Value self, const name##_args *a) {   \
    return apply(vm, self, a->value, f, false);                   \
  }                                                               \
  static Value rname(VM *vm, Value self, const rname##_args *a) { \
    return apply(vm, self, a->value, f, true);                    \
  }
FLOAT_BINARY(float_op_add, float_op_radd, add)
FLOAT_BINARY(float_op_sub, float_op_rsub, sub)
FLOAT_BINARY(float_op_mul, float_op_rmul, mul)
FLOAT_BINARY(float_op_truediv, float_op_rtruediv, truediv)
FLOAT_BINARY(float_op_floordiv, float_op_rfloordiv, floordiv)
FLOAT_BINARY(float_op_mod, float_op_rmod, mod)
FLOAT_BINARY(float_op_divmod, float_op_rdivmod, divide_both)

static Value float_op_pow(VM *vm, Value self, const float_op_pow_args *a) {
  if (a->mod != VALUE_NONE)
    return raise_type(vm, "pow() 3rd argument not allowed unless all arguments are integers");
  return apply(vm, self, a->value, float_pow, false);
}
static Value float_op_rpow(VM *vm, Value self, const float_op_rpow_args *a) {
  if (a->mod != VALUE_NONE)
    return raise_type(vm, "pow() 3rd argument not allowed unless all arguments are integers");
  return apply(vm, self, a->value, float_pow, true);
}

/* -1, 0, 1; 2: unordered; 3: not a number. */
static int order(Value self, Value other) {
  double x = float_of(self);
  if (value_is_any_float(other)) {
    double y = float_of(other);
    return x < y ? -1 : x > y ? 1 : x == y ? 0 : 2;
  }
  return value_is_any_int(other) ? float_compare_int(x, other) : 3;
}

#define FLOAT_COMPARE(name, test)                               \
  static Value name(VM *vm, Value self, const name##_args *a) { \
    int o = order(self, a->value);                              \
    return o == 3 ? VALUE_NOT_IMPLEMENTED : value_bool(test);   \
  }
FLOAT_COMPARE(float_op_lt, o < 0)
FLOAT_COMPARE(float_op_le, o <= 0)
FLOAT_COMPARE(float_op_eq, o == 0)
FLOAT_COMPARE(float_op_ne, o != 0)
FLOAT_COMPARE(float_op_gt, o == 1)
FLOAT_COMPARE(float_op_ge, o == 0 || o == 1)

static Value float_op_neg(VM *vm, Value self, const float_op_neg_args *a) {
  return value_float(vm, -float_of(self));
}
static Value float_op_pos(VM *vm, Value self, const float_op_pos_args *a) {
  return value_float(vm, float_of(self));
}
static Value float_op_abs(VM *vm, Value self, const float_op_abs_args *a) {
  return value_float(vm, fabs(float_of(self)));
}
static Value float_op_truth(VM *vm, Value self, const float_op_truth_args *a) {
  return value_bool(float_of(self) != 0);
}
static Value float_op_float(VM *vm, Value self, const float_op_float_args *a) {
  return value_is(self, float) ? self : value_float(vm, float_of(self));
}

static Value float_op_hash(VM *vm, Value self, const float_op_hash_args *a) {
  double d = float_of(self);
  if (isnan(d))
    return value_int(
        vm, (int64_t)identity_hash((void *)(uintptr_t)(value_is_pointer(self) ? self - 2 : self)));
  return value_int(vm, (int64_t)float_hash(d));
}

static Value float_op_repr(VM *vm, Value self, const float_op_repr_args *a) {
  char text[FLOAT_REPR_SIZE];
  size_t n = float_repr(float_of(self), text);
  return value_of(str_new_latin1(vm, (const uint8_t *)text, n));
}

/* ---- to ints */

static bool check_finite(VM *vm, double d) {
  if (isnan(d)) return raise_false(vm, TYPE_OF(ValueError), "cannot convert float NaN to integer");
  if (isinf(d))
    return raise_false(vm, TYPE_OF(OverflowError), "cannot convert float infinity to integer");
  return true;
}
static Value whole(VM *vm, double d) {
  return check_finite(vm, d) ? int_from_double(vm, d) : VALUE_FAIL;
}
static Value float_op_int(VM *vm, Value self, const float_op_int_args *a) {
  return whole(vm, float_of(self));
}
static Value float_trunc(VM *vm, Value self, const float_trunc_args *a) {
  return whole(vm, float_of(self));
}
static Value float_floor(VM *vm, Value self, const float_floor_args *a) {
  return whole(vm, floor(float_of(self)));
}
static Value float_ceil(VM *vm, Value self, const float_ceil_args *a) {
  return whole(vm, ceil(float_of(self)));
}

/* Rounding by one multiplication, when its error cannot matter: false near ties and for large
** numbers. */
static bool round_quickly(double d, int64_t digits, double *out) {
  static const double powers[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                  1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  if (digits < 0 || digits > 15) return false;
  double scaled = d * powers[digits], size = fabs(scaled);
  if (!(size < 0x1p50)) return false;
  double rest = size - floor(size) - 0.5;
  if (fabs(rest) <= size * 0x1p-52 || (digits == 0 && rest == 0)) return false;
  *out = copysign((floor(size) + (rest > 0)) / powers[digits], d);
  return true;
}

/* Correctly rounded to `digits` decimals: by the decimal text, which is exact. */
static Value round_decimals(VM *vm, double d, int64_t digits) {
  if (!isfinite(d) || digits > 323) return value_float(vm, d);
  if (digits < -308) return value_float(vm, copysign(0.0, d));
  double result;
  if (round_quickly(d, digits, &result)) return value_float(vm, result);
  if (digits >= 0) {
    Buffer text;
    buffer_init(&text);
    float_format(d, 'f', (int)digits, 0, &text);
    size_t used;
    if (!buffer_is_whole(vm, &text)) return VALUE_FAIL;
    result = float_parse((const char *)text.bytes, text.size, &used);
    buffer_deinit(&text);
  } else {
    /* to a multiple of 10**-digits: exact in ints, as |d| >= 10**-digits is integral or its
    ** fraction cannot tie */
    Value n = int_from_double(vm, trunc(d)),
          power = int_pow(vm, value_int_unchecked(10), value_int_unchecked(-digits), VALUE_NONE);
    Value half = int_floordiv(vm, power, value_int_unchecked(2));
    Value rest = int_sign(n) < 0 ? int_neg(vm, n) : n, size = rest;
    rest = int_mod(vm, size, power);
    Value quotient = int_floordiv(vm, size, power);
    int o = int_compare(rest, half);
    if (o == 0 && d != trunc(d)) o = 1;
    bool up = o > 0 || (o == 0 && int_sign(int_and(vm, quotient, value_int_unchecked(1))));
    Value rounded =
        int_mul(vm, up ? int_add(vm, quotient, value_int_unchecked(1)) : quotient, power);
    if (!int_to_double(vm, rounded, &result)) {
      error_clear(vm);
      result = INFINITY;
    }
    result = copysign(result, d);
  }
  if (isinf(result))
    return raise_error(vm, TYPE_OF(OverflowError), "rounded value too large to represent");
  return value_float(vm, result);
}

static Value float_round(VM *vm, Value self, const float_round_args *a) {
  double d = float_of(self);
  if (a->ndigits == VALUE_NONE) return whole(vm, rint(d));
  int64_t digits;
  if (!value_index64(vm, a->ndigits, &digits, true)) return VALUE_FAIL;
  return round_decimals(vm, d, digits);
}

static Value float_as_integer_ratio(VM *vm, Value self, const float_as_integer_ratio_args *a) {
  double d = float_of(self);
  if (isinf(d))
    return raise_error(vm, TYPE_OF(OverflowError), "cannot convert Infinity to integer ratio");
  if (isnan(d)) return raise_value(vm, "cannot convert NaN to integer ratio");
  int exponent;
  double fraction = frexp(d, &exponent);
  for (int i = 0; i < 300 && fraction != floor(fraction); i++) fraction *= 2, exponent--;
  Value top = int_from_double(vm, fraction), bottom = value_int_unchecked(1);
  if (exponent > 0) top = int_lshift(vm, top, value_int_unchecked(exponent));
  else bottom = int_lshift(vm, bottom, value_int_unchecked(-exponent));
  if (value_is_fail(top) || value_is_fail(bottom)) return VALUE_FAIL;
  return PACK(top, bottom);
}

static Value float_is_integer(VM *vm, Value self, const float_is_integer_args *a) {
  double d = float_of(self);
  return value_bool(isfinite(d) && d == floor(d));
}

/* ---- the rest */

static Value float_conjugate(VM *vm, Value self, const float_conjugate_args *a) {
  return float_op_float(vm, self, NULL);
}
static Value float_get_real(VM *vm, Value self) { return float_op_float(vm, self, NULL); }
static Value float_get_imag(VM *vm, Value self) { return value_float(vm, 0.0); }
static Value float_getnewargs(VM *vm, Value self, const float_getnewargs_args *a) {
  return PACK(value_float(vm, float_of(self)));
}

static Value float_to_hex(VM *vm, Value self, const float_to_hex_args *a) {
  char text[FLOAT_REPR_SIZE];
  size_t n = float_hex(float_of(self), text);
  return value_of(str_new_latin1(vm, (const uint8_t *)text, n));
}

static Value float_fromhex(VM *vm, Value cls, const float_fromhex_args *a) {
  if (!value_is_str(a->string)) return raise_type(vm, "bad argument type for built-in operation");
  size_t size;
  const char *text = str_utf8(vm, value_object(a->string), &size);
  if (!text) return VALUE_FAIL;
  double d;
  switch (float_from_hex(text, size, &d)) {
  case FLOAT_HEX_INVALID: return raise_value(vm, "invalid hexadecimal floating-point string");
  case FLOAT_HEX_OVERFLOW:
    return raise_error(vm, TYPE_OF(OverflowError),
                       "hexadecimal value too large to represent as a float");
  case FLOAT_HEX_OK: break;
  }
  Value v = value_float(vm, d);
  return cls == value_from(TYPE_OF(float)) ? v : call1(vm, cls, v);
}

static Value float_getformat(VM *vm, Value cls, const float_getformat_args *a) {
  if (!value_is_str(a->typestr))
    return raise_type(vm, "__getformat__() argument must be str, not %T", a->typestr);
  const Str *s = value_object(a->typestr);
  if (!str_equal_cstr(s, "double") && !str_equal_cstr(s, "float"))
    return raise_value(vm, "__getformat__() argument 1 must be 'double' or 'float'");
  return value_from(NAME("IEEE, little-endian"));
}

static Value float_formatted(VM *vm, Value self, const float_formatted_args *a) {
  if (a->format_spec->length == 0) return value_str(vm, self);
  return format_float(vm, self, a->format_spec);
}

/* ---- construction */

static Value could_not_convert(VM *vm, Value original) {
  return raise_value(vm, "could not convert string to float: %R", original);
}

/* Digits may have single underscores between them. Space around is allowed. false: no number, or
** MemoryError is pending. */
bool float_parse_text(const char *text, size_t size, double *out) {
  if (float_parse_plain(text, size, out)) return true;
  const char *end = text + size;
  while (text < end && (*text == ' ' || (*text >= '\t' && *text <= '\r'))) text++;
  while (end > text && (end[-1] == ' ' || (end[-1] >= '\t' && end[-1] <= '\r'))) end--;
  size = (size_t)(end - text);
  size_t used;
  if (!memchr(text, '_', size)) {
    *out = float_parse(text, size, &used);
    return used && used == size;
  }
  char small[256], *plain = size <= sizeof small ? small : memory_take(size);
  if (UNLIKELY(!plain)) return raise_memory(the_vm), false;
  size_t n = 0;
  bool good = true;
  for (size_t i = 0; i < size; i++) {
    if (text[i] != '_') plain[n++] = text[i];
    else if (i == 0 || i + 1 == size || text[i - 1] < '0' || text[i - 1] > '9' ||
             text[i + 1] < '0' || text[i + 1] > '9')
      good = false;
  }
  *out = float_parse(plain, n, &used);
  if (plain != small) free(plain);
  return good && used && used == n;
}

static Value from_text(VM *vm, Value v) {
  double d;
  if (value_is_str(v)) {
    size_t size;
    const char *text = number_text(vm, value_object(v), &size);
    if (!text) return VALUE_FAIL;
    if (float_parse_text(text, size, &d)) return value_float(vm, d);
    return error_pending(vm) ? VALUE_FAIL : could_not_convert(vm, v);
  }
  BufferView view;
  if (!buffer_acquire(vm, v, &view, false)) return VALUE_FAIL;
  bool good = float_parse_text((const char *)view.bytes, view.size, &d);
  buffer_release(vm, &view);
  if (good) return value_float(vm, d);
  return error_pending(vm) ? VALUE_FAIL : could_not_convert(vm, v);
}

/* What v.__float__() gives; *absent: there is no such method. */
static bool through_float(VM *vm, Value v, double *out, bool *absent) {
  Value method = value_special(v, SPECIAL_float);
  *absent = method == VALUE_UNBOUND;
  if (*absent) return false;
  Value result = call_special0(vm, method, v);
  if (value_is_fail(result)) return false;
  if (!value_is_any_float(result))
    return raise_false(vm, TYPE_OF(TypeError), "%.50T.__float__ returned non-float (type %.50T)", v,
                       result);
  if (!value_is_float(result) && !value_is(result, float) &&
      !warn(vm, TYPE_OF(DeprecationWarning), 1,
            "%.50T.__float__ returned non-float (type %.50T).  The ability to return an instance "
            "of a strict subclass of "
            "float is deprecated, and may not be supported in a future version of Python.",
            v, result))
    return false;
  *out = float_of(result);
  return true;
}

bool value_to_double(VM *vm, Value v, double *out) {
  if (LIKELY(value_is_float(v) || value_is(v, float))) return *out = float_of(v), true;
  if (value_is_int(v)) return *out = (double)value_as_int(v), true;
  if (value_is_bool(v) || value_is(v, int)) return int_to_double(vm, v, out);
  bool absent;
  if (value_has_flag(v, TYPE_FLOAT_SUBCLASS)) return *out = float_of(v), true;
  if (through_float(vm, v, out, &absent)) return true;
  if (!absent) return false;
  Value index;
  if (value_has_special(v, SPECIAL_index))
    return value_index(vm, v, &index) && int_to_double(vm, index, out);
  return raise_false(vm, TYPE_OF(TypeError), "must be real number, not %.50T", v);
}

static Value float_from_value(VM *vm, Value v) {
  if (value_is_float(v) || value_is(v, float)) return v;
  if (value_is(v, str)) return from_text(vm, v);
  double d;
  bool absent;
  if (value_is_int(v)) return value_float(vm, (double)value_as_int(v));
  if (through_float(vm, v, &d, &absent)) return value_float(vm, d);
  if (!absent) return VALUE_FAIL;
  Value index;
  if (value_has_special(v, SPECIAL_index))
    return value_index(vm, v, &index) && int_to_double(vm, index, &d) ? value_float(vm, d)
                                                                      : VALUE_FAIL;
  if (value_is_str(v) || value_is_bytes_like(v)) return from_text(vm, v);
  return raise_type(vm, "float() argument must be a string or a real number, not '%.200T'", v);
}

static Value float_construct(VM *vm, Type *cls, const float_construct_args *a) {
  Value v = a->x == VALUE_MISSING ? value_float(vm, 0.0) : float_from_value(vm, a->x);
  if (value_is_fail(v) || LIKELY(cls == TYPE_OF(float))) return v;
  Value instance = object_new(vm, cls);
  if (!value_is_fail(instance)) ((Float *)value_object(instance))->value = float_of(v);
  return instance;
}

const ClassSpec float_class = {NATIVE_CLASS(float_), .basic_size = sizeof(Float)};

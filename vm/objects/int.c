/* int.c -- the class int: construction, methods, and bool's base. Arithmetic is in int_arith.c,
** int_bits.c, int_pow.c. */
#include "vm/contracts/buffer.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/bytes.h"
#include "vm/objects/float.h"
#include "vm/objects/int_limbs.h"
#include "vm/objects/memoryview.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/objects/int.def"
#define NATIVE_PREFIX int_
#include "vm/contracts/native_class.inc"

static inline Value not_implemented(void) { return VALUE_NOT_IMPLEMENTED; }

/* ---- operators: NotImplemented unless both are ints */

#define INT_BINARY(name, rname, call, rcall)                                           \
  static Value name(VM *vm, Value self, const name##_args *a) {                        \
    return value_is_any_int(a->value) ? call(vm, self, a->value) : not_implemented();  \
  }                                                                                    \
  static Value rname(VM *vm, Value self, const rname##_args *a) {                      \
    return value_is_any_int(a->value) ? rcall(vm, a->value, self) : not_implemented(); \
  }
INT_BINARY(int_op_add, int_op_radd, int_add, int_add)
INT_BINARY(int_op_sub, int_op_rsub, int_sub, int_sub)
INT_BINARY(int_op_mul, int_op_rmul, int_mul, int_mul)
INT_BINARY(int_op_mod, int_op_rmod, int_mod, int_mod)
INT_BINARY(int_op_divmod, int_op_rdivmod, int_divmod, int_divmod)
INT_BINARY(int_op_lshift, int_op_rlshift, int_lshift, int_lshift)
INT_BINARY(int_op_rshift, int_op_rrshift, int_rshift, int_rshift)
INT_BINARY(int_op_and, int_op_rand, int_and, int_and)
INT_BINARY(int_op_xor, int_op_rxor, int_xor, int_xor)
INT_BINARY(int_op_or, int_op_ror, int_or, int_or)
INT_BINARY(int_op_floordiv, int_op_rfloordiv, int_floordiv, int_floordiv)
INT_BINARY(int_op_truediv, int_op_rtruediv, int_truediv, int_truediv)

#define INT_COMPARE(name, test)                                                        \
  static Value name(VM *vm, Value self, const name##_args *a) {                        \
    return value_is_any_int(a->value) ? value_bool(int_compare(self, a->value) test 0) \
                                      : not_implemented();                             \
  }
INT_COMPARE(int_op_lt, <)
INT_COMPARE(int_op_le, <=)
INT_COMPARE(int_op_eq, ==)
INT_COMPARE(int_op_ne, !=)
INT_COMPARE(int_op_gt, >)
INT_COMPARE(int_op_ge, >=)

static Value int_op_pow(VM *vm, Value self, const int_op_pow_args *a) {
  if (!value_is_any_int(a->value) || (a->mod != VALUE_NONE && !value_is_any_int(a->mod)))
    return not_implemented();
  return int_pow(vm, self, a->value, a->mod);
}
static Value int_op_rpow(VM *vm, Value self, const int_op_rpow_args *a) {
  if (!value_is_any_int(a->value) || (a->mod != VALUE_NONE && !value_is_any_int(a->mod)))
    return not_implemented();
  return int_pow(vm, a->value, self, a->mod);
}

static Value int_op_repr(VM *vm, Value self, const int_op_repr_args *a) {
  return int_to_str(vm, self, 10);
}
static Value int_op_hash(VM *vm, Value self, const int_op_hash_args *a) {
  return value_int(vm, (int64_t)int_hash(self));
}
static Value int_op_neg(VM *vm, Value self, const int_op_neg_args *a) { return int_neg(vm, self); }
static Value int_op_pos(VM *vm, Value self, const int_op_pos_args *a) {
  return int_exact(vm, self);
}
static Value int_op_abs(VM *vm, Value self, const int_op_abs_args *a) {
  return int_sign(self) < 0 ? int_neg(vm, self) : int_exact(vm, self);
}
static Value int_op_truth(VM *vm, Value self, const int_op_truth_args *a) {
  return value_bool(int_sign(self) != 0);
}
static Value int_op_invert(VM *vm, Value self, const int_op_invert_args *a) {
  return int_invert(vm, self);
}
static Value int_op_int(VM *vm, Value self, const int_op_int_args *a) {
  return int_exact(vm, self);
}
static Value int_op_index(VM *vm, Value self, const int_op_index_args *a) {
  return int_exact(vm, self);
}
static Value int_op_float(VM *vm, Value self, const int_op_float_args *a) {
  double d;
  return int_to_double(vm, self, &d) ? value_float(vm, d) : VALUE_FAIL;
}

/* ---- methods */

static Value int_conjugate(VM *vm, Value self, const int_conjugate_args *a) {
  return int_exact(vm, self);
}
static Value int_trunc(VM *vm, Value self, const int_trunc_args *a) { return int_exact(vm, self); }
static Value int_floor(VM *vm, Value self, const int_floor_args *a) { return int_exact(vm, self); }
static Value int_ceil(VM *vm, Value self, const int_ceil_args *a) { return int_exact(vm, self); }
static Value int_get_real(VM *vm, Value self) { return int_exact(vm, self); }
static Value int_get_imag(VM *vm, Value self) { return value_int_unchecked(0); }
static Value int_get_numerator(VM *vm, Value self) { return int_exact(vm, self); }
static Value int_get_denominator(VM *vm, Value self) { return value_int_unchecked(1); }

static Value int_bit_length(VM *vm, Value self, const int_bit_length_args *a) {
  IntView view;
  int_view(self, &view);
  return int_from_uint64(vm, int_view_bits(&view));
}
static Value int_as_integer_ratio(VM *vm, Value self, const int_as_integer_ratio_args *a) {
  return PACK(int_exact(vm, self), value_int_unchecked(1));
}
static Value int_getnewargs(VM *vm, Value self, const int_getnewargs_args *a) {
  return PACK(int_exact(vm, self));
}

static Value int_bit_count(VM *vm, Value self, const int_bit_count_args *a) {
  IntView view;
  int_view(self, &view);
  return int_from_uint64(vm, view.count ? mpn_popcount(view.limbs, view.count) : 0);
}

static Value int_sizeof(VM *vm, Value self, const int_sizeof_args *a) {
  IntView view; /* as CPython's layout: a head and digits of 30 bits */
  int_view(self, &view);
  int64_t digits = ((int64_t)int_view_bits(&view) + 29) / 30;
  return value_int(vm, 24 + 4 * (digits ? digits : 1));
}

static Value int_format(VM *vm, Value self, const int_format_args *a) {
  if (a->format_spec->length == 0) return value_str(vm, self);
  return format_int(vm, self, a->format_spec);
}

/* To the nearest multiple of 10**digits, ties to the even multiple. */
static Value round_to_power(VM *vm, Value self, Value digits) {
  Value unit = int_pow(vm, value_int_unchecked(10), digits, VALUE_NONE);
  if (value_is_fail(unit)) return VALUE_FAIL;
  Value quotient = int_floordiv(vm, self, unit);
  Value rest = value_is_fail(quotient) ? VALUE_FAIL : int_mod(vm, self, unit);
  Value twice = value_is_fail(rest) ? VALUE_FAIL : int_add(vm, rest, rest);
  if (value_is_fail(twice)) return VALUE_FAIL;
  int order = int_compare(twice, unit);
  IntView view;
  int_view(quotient, &view);
  bool odd = view.count && view.limbs[0] & 1;
  Value result = int_sub(vm, self, rest);
  return order > 0 || (order == 0 && odd) ? int_add(vm, result, unit) : result;
}

static Value int_round(VM *vm, Value self, const int_round_args *a) {
  if (a->ndigits == VALUE_MISSING) return int_exact(vm, self);
  Value digits;
  if (!value_index(vm, a->ndigits, &digits)) return VALUE_FAIL;
  if (int_sign(digits) >= 0) return int_exact(vm, self);
  digits = int_neg(vm, digits);
  IntView view;
  int_view(self, &view);
  int64_t n;
  /* |self| < 10**n / 2 */
  if (!int_to_int64(digits, &n) || (uint64_t)n > int_view_bits(&view))
    return value_int_unchecked(0);
  return round_to_power(vm, self, digits);
}

/* ---- bytes */

static bool byte_order(VM *vm, Value order, const char *function, bool *little) {
  *little = false;
  if (order == VALUE_MISSING) return true;
  if (!value_is_str(order))
    return raise_false(vm, TYPE_OF(TypeError), "%s() argument 'byteorder' must be str, not %T",
                       function, order);
  const Str *s = value_object(order);
  if (str_equal_cstr(s, "little")) return *little = true;
  return str_equal_cstr(s, "big") ||
         raise_false(vm, TYPE_OF(ValueError), "byteorder must be either 'little' or 'big'");
}

static void reverse_bytes(uint8_t *bytes, size_t n) {
  for (size_t i = 0; i < n / 2; i++) {
    uint8_t byte = bytes[i];
    bytes[i] = bytes[n - 1 - i], bytes[n - 1 - i] = byte;
  }
}

/* Writes the size of the number as n bytes, least significant first; false: it does not fit. */
static bool store_bytes(const IntView *view, uint8_t *bytes, size_t n) {
  size_t have = (size_t)((int_view_bits(view) + 7) / 8);
  if (have > n) return false;
  memcpy(bytes, view->limbs, have);
  memset(bytes + have, 0, n - have);
  return true;
}

static Value int_to_bytes(VM *vm, Value self, const int_to_bytes_args *a) {
  bool little;
  if (!byte_order(vm, a->byteorder, "to_bytes", &little)) return VALUE_FAIL;
  if (a->length < 0) return raise_value(vm, "length argument must be non-negative");
  IntView view;
  int_view(self, &view);
  if (view.negative && !a->is_signed)
    return raise_error(vm, TYPE_OF(OverflowError), "can't convert negative int to unsigned");
  size_t n = (size_t)a->length;
  Bytes *bytes = bytes_new(vm, NULL, n);
  if (!bytes) return VALUE_FAIL;
  if (value_is_int(self) && value_as_int(self) >= 0 && n >= 8) { /* no sign to care for */
    uint64_t u = (uint64_t)value_as_int(self);
    memset(bytes->data, 0, n);
    if (!little) u = __builtin_bswap64(u);
    memcpy(little ? bytes->data : bytes->data + n - 8, &u, 8);
    return value_from(bytes);
  }
  /* -1: no digit but signs */
  if (n == 0 && view.negative && int_view_bits(&view) == 1) return value_from(bytes);
  bool fits = store_bytes(&view, bytes->data, n);
  if (fits && view.negative)
    for (size_t i = 0, carry = 1; i < n; i++) {
      carry += (uint8_t)~bytes->data[i];
      bytes->data[i] = (uint8_t)carry;
      carry >>= 8;
    }
  if (fits && a->is_signed && n) fits = (bytes->data[n - 1] >> 7) == view.negative;
  if (!fits) return raise_error(vm, TYPE_OF(OverflowError), "int too big to convert");
  if (!little) reverse_bytes(bytes->data, n);
  return value_from(bytes);
}

/* The int of n bytes, most significant first unless `little`. */
Value int_from_byte_array(VM *vm, const uint8_t *bytes, size_t n, bool little, bool is_signed) {
  if (n <= 8) {
    uint64_t u = 0;
    for (size_t i = 0; i < n; i++) u = u << 8 | bytes[little ? n - 1 - i : i];
    if (!is_signed || !n) return int_from_uint64(vm, u);
    unsigned shift = 64 - 8 * (unsigned)n;
    return value_int(vm, (int64_t)(u << shift) >> shift);
  }
  bool negative = is_signed && n && bytes[little ? n - 1 : 0] >> 7;
  size_t limbs = n / 8 + 1;
  BigInt *big = int_alloc(vm, limbs);
  if (!big) return VALUE_FAIL;
  uint8_t *out = (uint8_t *)big->limbs;
  memcpy(out, bytes, n);
  if (!little) reverse_bytes(out, n);
  memset(out + n, negative ? 0xFF : 0, limbs * 8 - n);
  if (negative) mpn_neg(int_limbs(big), int_limbs(big), (mp_size_t)limbs);
  return int_finish(vm, big, (int64_t)limbs, negative);
}

static Value int_from_bytes(VM *vm, Value self, const int_from_bytes_args *a) {
  bool little;
  if (!byte_order(vm, a->byteorder, "from_bytes", &little)) return VALUE_FAIL;
  Value source = a->bytes;
  if (!value_is(source, bytes) && !value_is(source, bytearray) &&
      !memoryview_in_one_piece(source)) {
    /* to bytes() a size, or text */
    bool is_sized = value_is_any_int(source) || value_is_str(source);
    bool has_items =
        value_has_special(source, SPECIAL_iter) || value_has_special(source, SPECIAL_getitem);
    bool has_content = has_items || value_is_bytes_like(source);
    bool has_bytes = value_has_special(source, SPECIAL_bytes) || (!is_sized && has_content);
    if (!has_bytes) return raise_type(vm, "cannot convert '%T' object to bytes", source);
    source = call1(vm, value_from(TYPE_OF(bytes)), source);
    if (value_is_fail(source)) return VALUE_FAIL;
  }
  BufferView view;
  if (!buffer_acquire(vm, source, &view, false)) return VALUE_FAIL;
  Value n = int_from_byte_array(vm, view.bytes, view.size, little, a->is_signed);
  buffer_release(vm, &view);
  if (value_is_fail(n) || self == value_from(TYPE_OF(int))) return n;
  return call1(vm, self, n);
}

/* ---- construction */

/* __int__ and the like must give an int; an instance of a strict subclass only with a warning. */
static Value checked_int(VM *vm, Value result, const char *method) {
  if (value_is_fail(result) || value_is_int(result) || value_is(result, int)) return result;
  if (!value_is_any_int(result))
    return raise_type(vm, "%s returned non-int (type %.200T)", method, result);
  if (!warn(vm, TYPE_OF(DeprecationWarning), 1,
            "%s returned non-int (type %.200T).  The ability to return an instance of a strict "
            "subclass of int "
            "is deprecated, and may not be supported in a future version of Python.",
            method, result))
    return VALUE_FAIL;
  return int_exact(vm, result);
}

static Value int_from_trunc(VM *vm, Value v, Value trunc) {
  if (!warn(vm, TYPE_OF(DeprecationWarning), 1,
            "The delegation of int() to __trunc__ is deprecated."))
    return VALUE_FAIL;
  Value result = call_special0(vm, trunc, v);
  if (value_is_fail(result)) return VALUE_FAIL;
  if (value_is_any_int(result)) return int_exact(vm, result);
  Value index;
  if (!value_has_special(result, SPECIAL_index))
    return raise_type(vm, "__trunc__ returned non-Integral (type %.200T)", result);
  return value_index(vm, result, &index) ? index : VALUE_FAIL;
}

static Value int_from_text(VM *vm, Value v, int base) {
  if (value_is_str(v)) {
    size_t size;
    const char *text = number_text(vm, value_object(v), &size);
    return text ? int_parse_as(vm, text, size, base, v) : VALUE_FAIL;
  }
  BufferView view;
  if (!buffer_acquire(vm, v, &view, false)) return VALUE_FAIL;
  Value original = v;
  if (!value_is(v, bytes)) {
    Bytes *copy = bytes_new(vm, view.bytes, view.size);
    original = value_of(copy);
  }
  Value n = value_is_fail(original)
                ? VALUE_FAIL
                : int_parse_as(vm, (const char *)view.bytes, view.size, base, original);
  buffer_release(vm, &view);
  return n;
}

/* int(v): an exact int */
static Value int_from_value(VM *vm, Value v) {
  if (value_is_int(v)) return v;
  if (value_is_float(v) || value_is(v, float)) {
    double d = float_of(v);
    if (d != d) return raise_value(vm, "cannot convert float NaN to integer");
    if (d - d != 0)
      return raise_error(vm, TYPE_OF(OverflowError), "cannot convert float infinity to integer");
    return int_from_double(vm, d);
  }
  Value method = value_special(v, SPECIAL_int);
  if (method != VALUE_UNBOUND) return checked_int(vm, call_special0(vm, method, v), "__int__");
  if (value_has_special(v, SPECIAL_index)) {
    Value index;
    return value_index(vm, v, &index) ? index : VALUE_FAIL;
  }
  method = value_special(v, SPECIAL_trunc);
  if (method != VALUE_UNBOUND) return int_from_trunc(vm, v, method);
  if (value_is_str(v) || value_is_bytes_like(v)) return int_from_text(vm, v, 10);
  return raise_type(
      vm, "int() argument must be a string, a bytes-like object or a real number, not '%.200T'", v);
}

static Value int_with_base(VM *vm, Value x, Value base_value) {
  int64_t base;
  if (!value_index64(vm, base_value, &base, true)) return VALUE_FAIL;
  if ((base != 0 && base < 2) || base > 36)
    return raise_value(vm, "int() base must be >= 2 and <= 36, or 0");
  if (!value_is_str(x) && !value_has_flag(x, TYPE_BYTES_SUBCLASS | TYPE_BYTEARRAY_SUBCLASS))
    return raise_type(vm, "int() can't convert non-string with explicit base");
  return int_from_text(vm, x, (int)base);
}

/* The instance of a subclass that equals n. */
static Value int_subclass_new(VM *vm, Type *cls, Value n) {
  IntView view;
  int_view(n, &view);
  BigInt *big = object_new_var(vm, cls, sizeof(BigInt) + (size_t)view.count * 8);
  if (!big) return VALUE_FAIL;
  big->size = view.negative ? -view.count : view.count;
  memcpy(big->limbs, view.limbs, (size_t)view.count * 8);
  return value_from(big);
}

static Value int_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  Value n;
  if (LIKELY(npos == 1 && !kwnames)) n = int_from_value(vm, args[0]);
  else {
    int nkw = kwnames ? (int)tuple_length(kwnames) : 0;
    if (npos + nkw > 2)
      return raise_type(vm, "int() takes at most 2 arguments (%d given)", npos + nkw);
    Value base = npos == 2 ? args[1] : VALUE_MISSING;
    for (int i = 0; i < nkw; i++) {
      if (!str_equal_cstr(value_object(kwnames->items[i]), "base"))
        return raise_type(vm, "'%S' is an invalid keyword argument for int()", kwnames->items[i]);
      if (base != VALUE_MISSING)
        return raise_type(vm, "argument for int() given by name ('base') and position (2)");
      base = args[npos + i];
    }
    if (npos == 0 && base != VALUE_MISSING) return raise_type(vm, "int() missing string argument");
    n = npos == 0               ? value_int_unchecked(0)
        : base == VALUE_MISSING ? int_from_value(vm, args[0])
                                : int_with_base(vm, args[0], base);
  }
  if (value_is_fail(n) || LIKELY(cls == TYPE_OF(int))) return n;
  return int_subclass_new(vm, cls, n);
}

const ClassSpec int_class = {NATIVE_CLASS(int_), .basic_size = sizeof(BigInt)};

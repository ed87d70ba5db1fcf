/* codes.c -- the letters of simple types: how a value in C's memory is read and written. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"

#include <stdlib.h>
#include <wchar.h>

static_assert(sizeof(wchar_t) == 4, "a wchar_t is a code point");

/* ---- ints */

bool int_as_bits(VM *vm, Value v, uint64_t *out) {
  Value n = v;
  if (UNLIKELY(!value_is_int(v)) && !value_index(vm, v, &n)) return false;
  *out = int_low_bits(n);
  return true;
}

bool int_as_address(VM *vm, Value n, void **out) {
  uint64_t bits;
  int64_t negative;
  bool is_negative = int_sign(n) < 0;
  if (is_negative ? !int_to_int64(n, &negative) : !int_to_uint64(n, &bits))
    return raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C %s",
                       is_negative ? "long" : "unsigned long");
  *out = (void *)int_low_bits(n);
  return true;
}

#define INT_CODE(get_name, set_name, type)             \
  static Value get_name(VM *vm, const void *at) {      \
    type n;                                            \
    memcpy(&n, at, sizeof n);                          \
    return value_int(vm, (int64_t)n);                  \
  }                                                    \
  static Value set_name(VM *vm, void *at, Value v) {   \
    uint64_t bits;                                     \
    if (!int_as_bits(vm, v, &bits)) return VALUE_FAIL; \
    type n = (type)bits;                               \
    memcpy(at, &n, sizeof n);                          \
    return VALUE_NONE;                                 \
  }
INT_CODE(get_i8, set_i8, int8_t)
INT_CODE(get_u8, set_u8, uint8_t)
INT_CODE(get_i16, set_i16, int16_t)
INT_CODE(get_u16, set_u16, uint16_t)
INT_CODE(get_i32, set_i32, int32_t)
INT_CODE(get_u32, set_u32, uint32_t)
INT_CODE(get_i64, set_i64, int64_t)

static Value get_u64(VM *vm, const void *at) {
  uint64_t n;
  memcpy(&n, at, sizeof n);
  return int_from_uint64(vm, n);
}

static Value get_bool(VM *vm, const void *at) { return value_bool(*(const uint8_t *)at != 0); }
static Value set_bool(VM *vm, void *at, Value v) {
  Answer truth = value_truth(vm, v);
  if (truth == ANSWER_FAILED) return VALUE_FAIL;
  *(uint8_t *)at = truth == ANSWER_YES;
  return VALUE_NONE;
}

/* VARIANT_BOOL: all bits are set, or none */
static Value get_all_bits(VM *vm, const void *at) { return value_bool(*(const int16_t *)at != 0); }
static Value set_all_bits(VM *vm, void *at, Value v) {
  Answer truth = value_truth(vm, v);
  if (truth == ANSWER_FAILED) return VALUE_FAIL;
  *(int16_t *)at = truth == ANSWER_YES ? -1 : 0;
  return VALUE_NONE;
}

/* ---- floats */

static bool as_double(VM *vm, Value v, double *out) {
  if (value_is_float(v)) {
    *out = value_as_float(v);
    return true;
  }
  return convert_double_slow(vm, v, out, NULL, 0);
}

#define FLOAT_CODE(get_name, set_name, type)         \
  static Value get_name(VM *vm, const void *at) {    \
    type x;                                          \
    memcpy(&x, at, sizeof x);                        \
    return value_float(vm, (double)x);               \
  }                                                  \
  static Value set_name(VM *vm, void *at, Value v) { \
    double d;                                        \
    if (!as_double(vm, v, &d)) return VALUE_FAIL;    \
    type x = (type)d;                                \
    memcpy(at, &x, sizeof x);                        \
    return VALUE_NONE;                               \
  }
FLOAT_CODE(get_float, set_float, float)
FLOAT_CODE(get_double, set_double, double)
FLOAT_CODE(get_long_double, set_long_double, long double)

/* ---- characters */

static Value get_char(VM *vm, const void *at) { return value_of(bytes_new(vm, at, 1)); }
static Value set_char(VM *vm, void *at, Value v) {
  Span span = {NULL, 0};
  bool is_text = value_has_flag(v, TYPE_BYTES_SUBCLASS | TYPE_BYTEARRAY_SUBCLASS);
  if (is_text && !span_of(vm, v, &span)) return VALUE_FAIL;
  if (is_text && span.n == 1) {
    *(uint8_t *)at = *span.bytes;
    return VALUE_NONE;
  }
  int64_t n;
  if (value_is_any_int(v) && int_to_int64(v, &n) && n >= 0 && n < 256) {
    *(uint8_t *)at = (uint8_t)n;
    return VALUE_NONE;
  }
  return raise_type(vm, "one character bytes, bytearray or integer expected");
}

Value wide_text(VM *vm, const wchar_t *at, size_t n) {
  for (size_t i = 0; i < n; i++)
    if ((uint32_t)at[i] > 0x10FFFF)
      return raise_value(vm, "character U+%x is not in range [U+0000; U+10ffff]", (unsigned)at[i]);
  return value_of(str_new_ucs4(vm, (const uint32_t *)at, n));
}

static Value get_wchar(VM *vm, const void *at) {
  wchar_t c;
  memcpy(&c, at, sizeof c);
  return wide_text(vm, &c, 1);
}
static Value set_wchar(VM *vm, void *at, Value v) {
  if (!value_is_str(v)) return raise_type(vm, "unicode string expected instead of %T instance", v);
  const Str *s = value_object(v);
  if (s->length != 1) return raise_type(vm, "one character unicode string expected");
  wchar_t c = (wchar_t)str_at(s, 0);
  memcpy(at, &c, sizeof c);
  return VALUE_NONE;
}

/* ---- pointers */

static void *pointer_at(const void *at) {
  void *p;
  memcpy(&p, at, sizeof p);
  return p;
}
static void set_pointer_at(void *at, const void *p) { memcpy(at, &p, sizeof p); }

static Value get_char_p(VM *vm, const void *at) {
  const char *text = pointer_at(at);
  return text ? value_of(bytes_new(vm, text, strlen(text))) : VALUE_NONE;
}
static Value set_char_p(VM *vm, void *at, Value v) {
  if (value_has_flag(v, TYPE_BYTES_SUBCLASS)) {
    set_pointer_at(at, ((Bytes *)value_object(v))->data);
    return v;
  }
  if (v != VALUE_NONE && !value_is_any_int(v))
    return raise_type(vm, "bytes or integer address expected instead of %T instance", v);
  set_pointer_at(at, v == VALUE_NONE ? NULL : (void *)int_low_bits(v));
  return VALUE_NONE;
}

Bytes *wide_copy(VM *vm, Str *s) {
  Bytes *copy = bytes_new(vm, NULL, (s->length + 1) * sizeof(wchar_t));
  if (!copy) return NULL;
  uint32_t *to = (uint32_t *)copy->data;
  for (size_t i = 0; i < s->length; i++) to[i] = str_at(s, i);
  to[s->length] = 0;
  return copy;
}

static Value get_wchar_p(VM *vm, const void *at) {
  const wchar_t *text = pointer_at(at);
  return text ? wide_text(vm, text, wcslen(text)) : VALUE_NONE;
}
static Value set_wchar_p(VM *vm, void *at, Value v) {
  if (value_is_str(v)) {
    Bytes *copy = wide_copy(vm, value_object(v));
    if (copy) set_pointer_at(at, copy->data);
    return value_of(copy);
  }
  if (v != VALUE_NONE && !value_is_any_int(v))
    return raise_type(vm, "unicode string or integer address expected instead of %T instance", v);
  set_pointer_at(at, v == VALUE_NONE ? NULL : (void *)int_low_bits(v));
  return VALUE_NONE;
}

static Value get_void_p(VM *vm, const void *at) {
  void *p = pointer_at(at);
  return p ? int_from_uint64(vm, (uintptr_t)p) : VALUE_NONE;
}
static Value set_void_p(VM *vm, void *at, Value v) {
  if (v != VALUE_NONE && !value_is_any_int(v))
    return raise_type(vm, "cannot be converted to pointer");
  set_pointer_at(at, v == VALUE_NONE ? NULL : (void *)int_low_bits(v));
  return VALUE_NONE;
}

/* An object is its address, as id() tells it; what has none is a word whose low bits are not 0. No
** value is the zero word. */
enum { OBJECT_TAG = 2 };
static_assert((VALUE_NONE ^ OBJECT_TAG) % 8 != 0, "None has no address");

static Value get_object(VM *vm, const void *at) {
  Value word;
  memcpy(&word, at, sizeof word);
  return word ? word ^ OBJECT_TAG : raise_value(vm, "PyObject is NULL");
}
static Value set_object(VM *vm, void *at, Value v) {
  Value word = v ^ OBJECT_TAG;
  memcpy(at, &word, sizeof word);
  return v;
}

/* ---- the table */

const char code_letters[] = "cbBhHiIlLdfuzZqQPXOv?g"; /* as the reference lists them */

static const Letter codes[] = {
    {'b', 'b', 1, true, true, &ffi_type_sint8, get_i8, set_i8},
    {'B', 'B', 1, true, false, &ffi_type_uint8, get_u8, set_u8},
    {'h', 'h', 2, true, true, &ffi_type_sint16, get_i16, set_i16},
    {'H', 'H', 2, true, false, &ffi_type_uint16, get_u16, set_u16},
    {'i', 'i', 4, true, true, &ffi_type_sint32, get_i32, set_i32},
    {'I', 'I', 4, true, false, &ffi_type_uint32, get_u32, set_u32},
    {'l', 'q', 8, true, true, &ffi_type_sint64, get_i64, set_i64},
    {'L', 'Q', 8, true, false, &ffi_type_uint64, get_u64, set_i64},
    {'q', 'q', 8, true, true, &ffi_type_sint64, get_i64, set_i64},
    {'Q', 'Q', 8, true, false, &ffi_type_uint64, get_u64, set_i64},
    {'?', '?', 1, true, false, &ffi_type_uint8, get_bool, set_bool},
    {'v', 'v', 2, true, true, &ffi_type_sint16, get_all_bits, set_all_bits},
    {'f', 'f', 4, false, true, &ffi_type_float, get_float, set_float},
    {'d', 'd', 8, false, true, &ffi_type_double, get_double, set_double},
    {'g', 'g', sizeof(long double), false, true, &ffi_type_longdouble, get_long_double,
     set_long_double},
    {'c', 'c', 1, false, true, &ffi_type_sint8, get_char, set_char},
    {'u', 'u', 4, false, true, &ffi_type_sint32, get_wchar, set_wchar},
    {'z', 'z', 8, false, false, &ffi_type_pointer, get_char_p, set_char_p},
    {'Z', 'Z', 8, false, false, &ffi_type_pointer, get_wchar_p, set_wchar_p},
    {'P', 'P', 8, false, false, &ffi_type_pointer, get_void_p, set_void_p},
    {'O', 'O', 8, false, false, &ffi_type_pointer, get_object, set_object},
};
static_assert(sizeof(long) == 8 && sizeof(void *) == 8, "sizes of the table");

const Letter *code_of_letter(uint32_t letter) {
  for (size_t i = 0; i < ARRAY_COUNT(codes); i++)
    if ((uint8_t)codes[i].letter == letter) return &codes[i];
  return NULL;
}

static void copy_swapped(uint8_t *to, const uint8_t *from, size_t n) {
  for (size_t i = 0; i < n; i++) to[i] = from[n - 1 - i];
}

Value code_get(VM *vm, const Letter *code, bool swapped, const void *at) {
  if (LIKELY(!swapped)) return code->get(vm, at);
  uint8_t bytes[sizeof(CWord)];
  copy_swapped(bytes, at, code->size);
  return code->get(vm, bytes);
}

Value code_set(VM *vm, const Letter *code, bool swapped, void *at, Value v) {
  if (LIKELY(!swapped)) return code->set(vm, at, v);
  uint8_t bytes[sizeof(CWord)];
  Value keep = code->set(vm, bytes, v);
  if (!value_is_fail(keep)) copy_swapped(at, bytes, code->size);
  return keep;
}

/* ---- arrays of characters as text: up to the first zero */

Value text_get(VM *vm, bool is_wide, const void *at, size_t size) {
  if (is_wide) return wide_text(vm, at, wcsnlen(at, size / sizeof(wchar_t)));
  return value_of(bytes_new(vm, at, strnlen(at, size)));
}

static bool set_wide(VM *vm, wchar_t *to, size_t room, Value v) {
  if (!value_is_str(v))
    return raise_false(vm, TYPE_OF(TypeError), "unicode string expected instead of %T instance", v);
  const Str *s = value_object(v);
  if (s->length > room)
    return raise_false(vm, TYPE_OF(ValueError), "string too long (%zu, maximum length %zu)",
                       (size_t)s->length, room);
  for (size_t i = 0; i < s->length; i++) to[i] = (wchar_t)str_at(s, i);
  if (s->length < room) to[s->length] = 0;
  return true;
}

bool text_set(VM *vm, bool is_wide, void *at, size_t size, Value v) {
  if (is_wide) return set_wide(vm, at, size / sizeof(wchar_t), v);
  if (!value_has_flag(v, TYPE_BYTES_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "expected bytes, %T found", v);
  const Bytes *b = value_object(v);
  size_t n = strlen((const char *)b->data);
  if (n > size)
    return raise_false(vm, TYPE_OF(ValueError), "bytes too long (%zu, maximum length %zu)", n,
                       size);
  memcpy(at, b->data, n + (n < size)); /* with its NUL, if there is room */
  return true;
}
#endif

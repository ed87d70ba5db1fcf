/* convert.h -- the parameter types of _curses' functions. */
#ifndef KRAIT_CURSES_CONVERT_H
#define KRAIT_CURSES_CONVERT_H

#include "vm/modules/curses/curses.h"

#include <limits.h>

/* Flag: the truth of an int */
typedef bool c_Flag;
#define DEFAULT_Flag(x) BOOL_DEFAULT_##x
MUST_USE MAY_RUN static inline bool convert_Flag(VM *vm, Value v, c_Flag *out,
                                                 const MethodSpec *spec, int i) {
  int n;
  if (!convert_Int(vm, v, &n, spec, i)) return false;
  *out = n != 0;
  return true;
}

/* curses_clamped: an int, or the nearest end of what fits 64 bits. */
MUST_USE MAY_RUN static inline bool curses_clamped(VM *vm, Value v, int64_t *out) {
  return value_index64(vm, v, out, true);
}

/* AnyColor: a color, -1: the terminal's own. Color: not that. */
typedef int c_AnyColor, c_Color;
MUST_USE MAY_RUN static inline bool convert_AnyColor(VM *vm, Value v, int *out,
                                                     const MethodSpec *spec, int i) {
  int64_t n;
  if (!curses_clamped(vm, v, &n)) return false;
  if (n >= COLORS)
    return raise_false(vm, TYPE_OF(ValueError), "Color number is greater than COLORS-1 (%d).",
                       COLORS - 1);
  *out = n < 0 ? -1 : (int)n;
  return true;
}
MUST_USE MAY_RUN static inline bool convert_Color(VM *vm, Value v, int *out, const MethodSpec *spec,
                                                  int i) {
  if (!convert_AnyColor(vm, v, out, spec, i)) return false;
  return *out >= 0 || raise_false(vm, TYPE_OF(ValueError), "Color number is less than 0.");
}
/* Component: of a color */
typedef int c_Component;
MUST_USE MAY_RUN static inline bool convert_Component(VM *vm, Value v, int *out,
                                                      const MethodSpec *spec, int i) {
  int64_t n;
  if (!curses_clamped(vm, v, &n)) return false;
  if (n > 1000) return raise_false(vm, TYPE_OF(ValueError), "Color component is greater than 1000");
  if (n < 0) return raise_false(vm, TYPE_OF(ValueError), "Color component is less than 0");
  *out = (int)n;
  return true;
}
/* Pair: of colors */
typedef int c_Pair;
MUST_USE MAY_RUN static inline bool convert_Pair(VM *vm, Value v, int *out, const MethodSpec *spec,
                                                 int i) {
  int64_t n;
  if (!curses_clamped(vm, v, &n)) return false;
  if (n > INT_MAX)
    return raise_false(vm, TYPE_OF(ValueError), "Color pair is greater than maximum (%d).",
                       INT_MAX);
  if (n < 0) return raise_false(vm, TYPE_OF(ValueError), "Color pair is less than 0.");
  *out = (int)n;
  return true;
}

/* curses_within: an int of a C type that is named so. */
MUST_USE MAY_RUN static inline bool curses_within(VM *vm, Value v, int64_t least, int64_t most,
                                                  const char *type, int64_t *out) {
  if (!curses_long(vm, v, out)) return false;
  if (*out < least)
    return raise_false(vm, TYPE_OF(OverflowError), "%s integer is less than minimum", type);
  return *out <= most ||
         raise_false(vm, TYPE_OF(OverflowError), "%s integer is greater than maximum", type);
}
typedef uint8_t c_Tenths;
MUST_USE MAY_RUN static inline bool convert_Tenths(VM *vm, Value v, c_Tenths *out,
                                                   const MethodSpec *spec, int i) {
  int64_t n;
  if (!curses_within(vm, v, 0, UINT8_MAX, "unsigned byte", &n)) return false;
  *out = (uint8_t)n;
  return true;
}
typedef short c_Short;
MUST_USE MAY_RUN static inline bool convert_Short(VM *vm, Value v, c_Short *out,
                                                  const MethodSpec *spec, int i) {
  int64_t n;
  if (!curses_within(vm, v, SHRT_MIN, SHRT_MAX, "signed short", &n)) return false;
  *out = (short)n;
  return true;
}
/* Number: an int in an older function's words */
typedef int c_Number;
#define DEFAULT_Number(x) (x)
#define convert_Number(vm, v, out, spec, i) curses_int((vm), (v), (out))

/* Bits: the low 64 of an int. */
typedef uint64_t c_Bits;
MUST_USE static inline bool convert_Bits(VM *vm, Value v, c_Bits *out, const MethodSpec *spec,
                                         int i) {
  if (!value_is_any_int(v)) return convert_fail(vm, v, "int", spec, i);
  Value low = int_and(vm, v, int_from_uint64(vm, UINT64_MAX));
  return !value_is_fail(low) && int_to_uint64(low, out);
}

/* Terminated: a bytes-like object, as bytes without a NUL. */
typedef const Bytes *c_Terminated;
MUST_USE static inline bool convert_Terminated(VM *vm, Value v, c_Terminated *out,
                                               const MethodSpec *spec, int i) {
  Span span;
  if (!span_of(vm, v, &span)) return false;
  if (memchr(span.bytes, 0, span.n))
    return raise_false(vm, TYPE_OF(ValueError), "embedded null byte");
  *out =
      value_has_flag(v, TYPE_BYTES_SUBCLASS) ? value_object(v) : bytes_new(vm, span.bytes, span.n);
  return *out != NULL;
}
/* TextOrNone: as SystemText; NULL: None. */
typedef const Bytes *c_TextOrNone;
#define DEFAULT_TextOrNone(x) NULL
MUST_USE MAY_RUN static inline bool convert_TextOrNone(VM *vm, Value v, c_TextOrNone *out,
                                                       const MethodSpec *spec, int i) {
  *out = NULL;
  if (v == VALUE_NONE) return true;
  if (!value_is_str(v)) return convert_fail(vm, v, "str or None", spec, i);
  return convert_SystemText(vm, v, out, spec, i);
}

#endif

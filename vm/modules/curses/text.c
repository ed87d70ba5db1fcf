/* text.c -- characters and strings for the library; its errors. */
#include "vm/base/libraries.h"
#if WITH_CURSES
#include "vm/base/memory.h"
#include "vm/modules/curses/curses.h"

#include <stdlib.h>

/* ---- errors */
COLD Value raise_curses_failed(VM *vm, const char *function) {
  return raise_curses(vm, "%s() returned ERR", function);
}
COLD Value raise_curses_null(VM *vm) { return raise_curses(vm, "curses function returned NULL"); }
bool curses_check_screen(VM *vm) {
  return curses_state.has_screen || (raise_curses(vm, "must call initscr() first"), false);
}
bool curses_check_colors(VM *vm) {
  if (!curses_check_screen(vm)) return false;
  return curses_state.has_colors || (raise_curses(vm, "must call start_color() first"), false);
}

/* ---- numbers */
bool curses_long(VM *vm, Value v, int64_t *out) {
  Value index;
  if (!value_index(vm, v, &index)) return false;
  return int_to_int64(index, out) ||
         raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C long");
}
bool curses_int(VM *vm, Value v, int *out) {
  int64_t n;
  if (!curses_long(vm, v, &n)) return false;
  if (n > INT32_MAX || n < INT32_MIN)
    return raise_false(vm, TYPE_OF(OverflowError),
                       n > 0 ? "signed integer is greater than maximum"
                             : "signed integer is less than minimum");
  *out = (int)n;
  return true;
}

/* ---- characters */
static bool is_exact_int(Value v) { return value_type(v) == TYPE_OF(int); }

static bool refuse_character(VM *vm, Value v) {
  static const char wanted[] = "expect bytes or str of length 1, or int, got";
  if (value_is_str(v))
    return raise_false(vm, TYPE_OF(TypeError), "%s a str of length %zu", wanted,
                       (size_t)((Str *)value_object(v))->length);
  return raise_false(vm, TYPE_OF(TypeError), "%s %T", wanted, v);
}
static bool is_one_byte(Value v) {
  return value_has_flag(v, TYPE_BYTES_SUBCLASS) && ((Bytes *)value_object(v))->length == 1;
}
static bool is_one_character(Value v) {
  return value_is_str(v) && ((Str *)value_object(v))->length == 1;
}

/* encoded: the byte that a character is; -1: it has more than one. */
static bool encode_character(VM *vm, const Window *window, Value v, int64_t *out) {
  const char *name = window ? window->encoding : curses_state.encoding;
  Value encoding = value_of(str_new_cstr(vm, name ? name : "utf-8"));
  if (value_is_fail(encoding)) return false;
  Value bytes = call_method1(vm, v, NAME("encode"), encoding);
  if (value_is_fail(bytes)) return false;
  *out = is_one_byte(bytes) ? ((Bytes *)value_object(bytes))->data[0] : -1;
  return true;
}

bool curses_byte(VM *vm, const Window *window, Value v, chtype *out) {
  int64_t n = -1;
  if (is_one_byte(v)) n = ((Bytes *)value_object(v))->data[0];
  else if (is_one_character(v)) {
    n = str_at(value_object(v), 0);
    if (n > 128 && !encode_character(vm, window, v, &n)) return false;
  } else if (!is_exact_int(v)) return refuse_character(vm, v);
  else if (!int_to_int64(v, &n)) n = -1;
  *out = (chtype)n;
  return n == (int64_t)*out ||
         raise_false(vm, TYPE_OF(OverflowError), "byte doesn't fit in chtype");
}

bool curses_character(VM *vm, Value v, bool *wide, wchar_t *character, chtype *byte) {
  int64_t n;
  *wide = is_one_character(v);
  if (*wide) {
    *character = (wchar_t)str_at(value_object(v), 0);
    return true;
  }
  if (is_one_byte(v)) n = ((Bytes *)value_object(v))->data[0];
  else if (!is_exact_int(v)) return refuse_character(vm, v);
  else if (!int_to_int64(v, &n))
    return raise_false(vm, TYPE_OF(OverflowError), "int doesn't fit in long");
  *byte = (chtype)n;
  return n == (int64_t)*byte ||
         raise_false(vm, TYPE_OF(OverflowError), "byte doesn't fit in chtype");
}

/* ---- strings */
static bool widen(VM *vm, const Str *text, CursesString *out) {
  wchar_t *wide = memory_take((text->length + 1) * sizeof *wide);
  if (!wide) return raise_memory(vm), false;
  bool whole = true;
  for (size_t i = 0; i < text->length; i++) {
    wide[i] = (wchar_t)str_at(text, i);
    whole = whole && wide[i];
  }
  wide[text->length] = 0;
  out->wide = wide;
  if (whole) return true;
  curses_string_drop(out);
  return raise_false(vm, TYPE_OF(ValueError), "embedded null character");
}

bool curses_string(VM *vm, Value v, CursesString *out) {
  *out = (CursesString){NULL, NULL};
  if (value_is_str(v)) return widen(vm, value_object(v), out);
  if (!value_has_flag(v, TYPE_BYTES_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "expect bytes or str, got %T", v);
  const Bytes *bytes = value_object(v);
  if (memchr(bytes->data, 0, bytes->length))
    return raise_false(vm, TYPE_OF(ValueError), "embedded null byte");
  out->bytes = (const char *)bytes->data;
  return true;
}
void curses_string_drop(CursesString *string) {
  free(string->wide);
  string->wide = NULL;
}
#endif

/* str_layout.c -- padding, repetition, tabs and repr of str. */
#include "vm/base/unicode.h"
#include "vm/base/units.h"
#include "vm/contracts/error.h"
#include "vm/objects/str_ops.h"

static uint32_t widest_of(const Str *s) {
  static const uint32_t widest[3] = {0xFF, 0xFFFF, 0x10FFFF};
  return str_is_ascii(s) ? 0x7F : widest[str_kind(s)];
}

static void fill_units(void *to, int kind, size_t at, uint32_t c, size_t n) {
  if (kind == 0) memset((uint8_t *)to + at, (int)c, n);
  else if (kind == 1)
    for (size_t i = 0; i < n; i++) ((uint16_t *)to)[at + i] = (uint16_t)c;
  else
    for (size_t i = 0; i < n; i++) ((uint32_t *)to)[at + i] = c;
}

Str *str_pad(VM *vm, Str *s, size_t left, size_t right, uint32_t fill) {
  if (!left && !right) return str_exact(vm, s);
  if (left >> 47 || right >> 47) {
    raise_error(vm, TYPE_OF(OverflowError), "padded string is too long");
    return NULL;
  }
  uint32_t widest = widest_of(s) > fill ? widest_of(s) : fill;
  Str *result = str_alloc(vm, left + s->length + right, widest);
  if (!result) return NULL;
  int kind = str_kind(result);
  fill_units(result->data, kind, 0, fill, left);
  str_copy_units(result->data, kind, left, s);
  fill_units(result->data, kind, left + s->length, fill, right);
  return result;
}

Str *str_repeat(VM *vm, Str *s, int64_t times) {
  size_t n = s->length;
  if (times <= 0 || n == 0) return str_empty();
  if (times == 1) return str_exact(vm, s);
  if ((size_t)times > ((size_t)1 << 47) / n) {
    if ((size_t)times > (size_t)INT64_MAX / n)
      raise_error(vm, TYPE_OF(OverflowError), "repeated string is too long");
    else raise_memory(vm);
    return NULL;
  }
  int kind = str_kind(s);
  size_t total = n * (size_t)times, size = total << kind;
  Str *result = str_alloc(vm, total, widest_of(s));
  if (!result) return NULL;
  if (n == 1) {
    fill_units(result->data, kind, 0, str_at(s, 0), total);
    return result;
  }
  memcpy(result->data, str_data(s), n << kind);
  for (size_t done = n << kind; done < size;) { /* doubling */
    size_t more = done < size - done ? done : size - done;
    memcpy(result->data + done, result->data, more);
    done += more;
  }
  return result;
}

Str *str_expandtabs(VM *vm, Str *s, int64_t size) {
  StrBuilder b;
  str_builder_init(&b, vm);
  size_t column = 0;
  for (size_t i = 0; i < s->length; i++) {
    uint32_t c = str_at(s, i);
    if (c == '\t') {
      size_t n = size > 0 ? (size_t)size - column % (size_t)size : 0;
      if (n >> 47 || (b.length + n) >> 47) {
        str_builder_drop(&b);
        raise_error(vm, TYPE_OF(OverflowError), "new string is too long");
        return NULL;
      }
      str_builder_repeat(&b, ' ', n);
      column += n;
      continue;
    }
    str_builder_char(&b, c);
    column = c == '\n' || c == '\r' ? 0 : column + 1;
  }
  return str_builder_finish(&b);
}

Str *str_zfill(VM *vm, Str *s, int64_t width) {
  if (width <= (int64_t)s->length) return str_exact(vm, s);
  size_t zeros = (size_t)width - s->length;
  Str *result = str_pad(vm, s, zeros, 0, '0');
  if (!result || !s->length) return result;
  uint32_t sign = str_at(s, 0);
  if (sign != '+' && sign != '-') return result;
  int kind = str_kind(result);
  fill_units(result->data, kind, 0, sign, 1);
  fill_units(result->data, kind, zeros, '0', 1);
  return result;
}

/* ---- repr */

static const char hex_digits[] = "0123456789abcdef";

static void add_hex(StrBuilder *b, char letter, uint32_t c, int digits) {
  str_builder_char(b, '\\');
  str_builder_char(b, (uint32_t)letter);
  while (digits--) str_builder_char(b, (uint32_t)hex_digits[c >> (digits * 4) & 15]);
}

/* \xff, \uffff or \U0010ffff, the shortest that holds c. */
void str_builder_escape(StrBuilder *b, uint32_t c) {
  if (c < 0x100) add_hex(b, 'x', c, 2);
  else if (c < 0x10000) add_hex(b, 'u', c, 4);
  else add_hex(b, 'U', c, 8);
}

static Str *quote(VM *vm, Str *s, bool ascii) {
  size_t n = s->length;
  bool single = str_is_ascii(s) ? memchr(str_data(s), '\'', n) != NULL : false, twice = false;
  if (str_is_ascii(s)) {
    const uint8_t *text = str_data(s);
    bool plain = true;
    for (size_t i = 0; i < n; i++) plain &= text[i] >= ' ' && text[i] != '\\' && text[i] != 0x7F;
    twice = single && memchr(text, '"', n);
    if (plain && (!single || !twice)) {
      Str *result = str_alloc(vm, n + 2, 0x7F);
      if (!result) return NULL;
      result->data[0] = result->data[n + 1] = single ? '"' : '\'';
      memcpy(result->data + 1, text, n);
      return result;
    }
  } else {
    for (size_t i = 0; i < n; i++) {
      uint32_t c = str_at(s, i);
      single |= c == '\'';
      twice |= c == '"';
    }
  }
  uint32_t mark = single && !twice ? '"' : '\'';
  StrBuilder b;
  str_builder_init(&b, vm);
  str_builder_char(&b, mark);
  for (size_t i = 0; i < n; i++) {
    uint32_t c = str_at(s, i);
    if (c == mark || c == '\\') {
      str_builder_char(&b, '\\');
      str_builder_char(&b, c);
    } else if (c == '\n' || c == '\r' || c == '\t') {
      str_builder_char(&b, '\\');
      str_builder_char(&b, c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
    } else if (c < 0x7F ? c >= ' ' : c >= 0x80 && !ascii && unicode_is_printable(c)) {
      str_builder_char(&b, c);
    } else {
      str_builder_escape(&b, c);
    }
  }
  str_builder_char(&b, mark);
  return str_builder_finish(&b);
}

Str *str_repr(VM *vm, Str *s) { return quote(vm, s, false); }

Str *str_escape_non_ascii(VM *vm, Str *s) {
  if (str_is_ascii(s)) return s;
  StrBuilder b;
  str_builder_init(&b, vm);
  for (size_t i = 0; i < s->length; i++) {
    uint32_t c = str_at(s, i);
    if (c < 0x80) str_builder_char(&b, c);
    else str_builder_escape(&b, c);
  }
  return str_builder_finish(&b);
}

void bytes_repr_to(StrBuilder *b, const uint8_t *bytes, size_t n, bool smart, bool all_quotes) {
  uint8_t mark = smart && memchr(bytes, '\'', n) && !memchr(bytes, '"', n) ? '"' : '\'';
  str_builder_char(b, 'b');
  str_builder_char(b, mark);
  for (size_t i = 0; i < n; i++) {
    uint8_t c = bytes[i];
    bool escaped = c == mark || c == '\\' || (all_quotes && c == '\'');
    if (escaped) str_builder_char(b, '\\'), str_builder_char(b, c);
    else if (c == '\t') str_builder_cstr(b, "\\t");
    else if (c == '\n') str_builder_cstr(b, "\\n");
    else if (c == '\r') str_builder_cstr(b, "\\r");
    else if (c < ' ' || c >= 0x7F) add_hex(b, 'x', c, 2);
    else str_builder_char(b, c);
  }
  str_builder_char(b, mark);
}

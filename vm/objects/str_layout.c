/* str_layout.c -- padding, repetition, tabs and repr of str. */
#include "vm/base/hex.h"
#include "vm/base/search.h"
#include "vm/base/unicode.h"
#include "vm/base/units.h"
#include "vm/contracts/error.h"
#include "vm/objects/str_ops.h"

static uint32_t widest_of(const Str *s) {
  static const uint32_t widest[3] = {0xFF, 0xFFFF, 0x10FFFF};
  return str_is_ascii(s) ? 0x7F : widest[str_kind(s)];
}

static void fill_units(void *to, int kind, size_t at, uint32_t c, size_t n) {
  units_fill((uint8_t *)to + (at << kind), 1 << kind, c, n);
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

static ALWAYS_INLINE void put_unit(void *to, int unit, size_t at, uint32_t c) {
  if (unit == 1) ((uint8_t *)to)[at] = (uint8_t)c;
  else if (unit == 2) ((uint16_t *)to)[at] = (uint16_t)c;
  else ((uint32_t *)to)[at] = c;
}

/* Expands tabs into `to`, or counts if that is NULL: units, SIZE_MAX if they are too many. */
static ALWAYS_INLINE size_t expand(const void *units, int unit, size_t n, int64_t size, void *to) {
  size_t column = 0, count = 0;
  for (size_t i = 0; i < n; i++) {
    uint32_t c = unit_at(units, unit, i);
    if (LIKELY(c != '\t')) {
      if (to) put_unit(to, unit, count, c);
      column = c == '\n' || c == '\r' ? 0 : column + 1;
      count++;
      continue;
    }
    size_t spaces = size > 0 ? (size_t)size - column % (size_t)size : 0;
    if (spaces >> 47 || (count + spaces) >> 47) return SIZE_MAX;
    if (to) units_fill((uint8_t *)to + count * (size_t)unit, unit, ' ', spaces);
    count += spaces;
    column += spaces;
  }
  return count;
}

static size_t expand_any(const Str *s, int64_t size, void *to) {
  const void *units = str_data(s);
  switch (str_kind(s)) { /* each with a loop of its own */
  case 0: return expand(units, 1, s->length, size, to);
  case 1: return expand(units, 2, s->length, size, to);
  default: return expand(units, 4, s->length, size, to);
  }
}

Str *str_expandtabs(VM *vm, Str *s, int64_t size) {
  if (search_unit(str_data(s), s->length, '\t', 1 << str_kind(s)) == SEARCH_NONE)
    return str_exact(vm, s);
  size_t n = expand_any(s, size, NULL);
  if (n == SIZE_MAX) {
    raise_error(vm, TYPE_OF(OverflowError), "new string is too long");
    return NULL;
  }
  if (n == 1) { /* shared, as every single character */
    uint32_t only = 0;
    expand_any(s, size, &only);
    return str_from_char(vm, only);
  }
  Str *result = str_alloc(vm, n, widest_of(s));
  if (result && n) expand_any(s, size, result->data);
  return result;
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

void str_builder_escape(StrBuilder *b, uint32_t c) {
  uint8_t text[10];
  str_builder_ascii(b, (const char *)text, (size_t)(hex_put_escape(text, c) - text));
}

/* How many units more than one a character of ASCII takes between quotes: \\n, \\x00. */
static inline unsigned more_of(uint8_t c, uint8_t mark) {
  if (LIKELY(c >= ' ' && c < 0x7F)) return c == '\\' || c == mark;
  return c == '\n' || c == '\r' || c == '\t' ? 1 : 3;
}

static uint8_t *put_escaped(uint8_t *to, uint8_t c, unsigned more) {
  if (more > 1) return hex_put_escape(to, c);
  *to++ = '\\';
  *to++ = c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c;
  return to;
}

static Str *quote_ascii(VM *vm, const uint8_t *text, size_t n) {
  bool single = memchr(text, '\'', n), twice = single && memchr(text, '"', n);
  uint8_t mark = single && !twice ? '"' : '\'';
  size_t more = 0;
  for (size_t i = 0; i < n; i++) more += more_of(text[i], mark);
  Str *result = str_alloc(vm, n + more + 2, 0x7F);
  if (!result) return NULL;
  uint8_t *to = result->data;
  *to++ = mark;
  if (!more) to = (uint8_t *)mempcpy(to, text, n);
  for (size_t i = 0; more && i < n; i++) {
    unsigned extra = more_of(text[i], mark);
    if (LIKELY(!extra)) *to++ = text[i];
    else to = put_escaped(to, text[i], extra);
  }
  *to = mark;
  return result;
}

/* How many units from i on are printed as they are; `rare`: backslashes or quotes are among
** them. */
static size_t shown_run(const Str *s, size_t i, uint32_t mark, bool rare) {
  int kind = str_kind(s);
  const uint8_t *from = (const uint8_t *)str_data(s) + (i << kind);
  size_t n = unicode_run(from, 1 << kind, s->length - i, UNICODE_PRINTABLE);
  for (size_t k = 0; rare && k < n; k++) {
    uint32_t c = str_at(s, i + k);
    if (c == mark || c == '\\') return k;
  }
  return n;
}

static Str *quote(VM *vm, Str *s) {
  size_t n = s->length;
  if (str_is_ascii(s)) return quote_ascii(vm, str_data(s), n);
  int unit = 1 << str_kind(s);
  bool single = search_unit(str_data(s), n, '\'', unit) != SEARCH_NONE;
  bool twice = single && search_unit(str_data(s), n, '"', unit) != SEARCH_NONE;
  bool rare = single || search_unit(str_data(s), n, '\\', unit) != SEARCH_NONE;
  uint32_t mark = single && !twice ? '"' : '\'';
  if (!rare && unicode_all(str_data(s), unit, n, UNICODE_PRINTABLE)) {
    Str *result = str_alloc(vm, n + 2, widest_of(s));
    if (!result) return NULL;
    int kind = str_kind(result);
    fill_units(result->data, kind, 0, mark, 1);
    str_copy_units(result->data, kind, 1, s);
    fill_units(result->data, kind, n + 1, mark, 1);
    return result;
  }
  StrBuilder b;
  str_builder_init(&b, vm);
  str_builder_char(&b, mark);
  for (size_t i = 0; i < n; i++) {
    size_t run = shown_run(s, i, mark, rare);
    str_builder_range(&b, s, i, i + run);
    i += run;
    if (i == n) break;
    uint32_t c = str_at(s, i);
    uint8_t escape[10],
        *end = c < 0x80 ? put_escaped(escape, (uint8_t)c, more_of((uint8_t)c, (uint8_t)mark))
                        : hex_put_escape(escape, c);
    str_builder_ascii(&b, (const char *)escape, (size_t)(end - escape));
  }
  str_builder_char(&b, mark);
  return str_builder_finish(&b);
}

Str *str_repr(VM *vm, Str *s) { return quote(vm, s); }

static ALWAYS_INLINE Str *escape_units(VM *vm, const void *units, int unit, size_t n) {
  size_t size = 0;
  for (size_t i = 0; i < n; i++) {
    uint32_t c = unit_at(units, unit, i);
    size += c < 0x80 ? 1 : c < 0x100 ? 4 : c < 0x10000 ? 6 : 10;
  }
  Str *result = str_alloc(vm, size, 0x7F);
  if (!result) return NULL;
  uint8_t *to = result->data;
  for (size_t i = 0; i < n; i++) {
    uint32_t c = unit_at(units, unit, i);
    if (c < 0x80) *to++ = (uint8_t)c;
    else to = hex_put_escape(to, c);
  }
  return result;
}

Str *str_escape_non_ascii(VM *vm, Str *s) {
  if (str_is_ascii(s)) return s;
  const void *units = str_data(s);
  switch (str_kind(s)) { /* each with loops of its own */
  case 0: return escape_units(vm, units, 1, s->length);
  case 1: return escape_units(vm, units, 2, s->length);
  default: return escape_units(vm, units, 4, s->length);
  }
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
    else if (c < ' ' || c >= 0x7F) str_builder_escape(b, c);
    else str_builder_char(b, c);
  }
  str_builder_char(b, mark);
}

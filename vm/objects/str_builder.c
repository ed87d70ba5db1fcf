/* str_builder.c -- collecting text of unknown width, and str_format.
**
** Law: kind holds every bit of mask, which has no bit above the widest code point's range; a
** builder with capacity 0 owns nothing. The last dropped buffer waits for the next builder, so that
** short texts cost no malloc; perf-notes/0012. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "vm/base/memory.h"
#include "vm/base/units.h"
#include "vm/base/utf8.h"
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/str.h"

void str_builder_init(StrBuilder *b, VM *vm) { *b = (StrBuilder){.vm = vm}; }

#define UNITS_MAX ((size_t)1 << 44)
enum { FIRST_BYTES = 256, SPARE_MAX_BYTES = 1 << 16 };
static struct {
  void *units;
  size_t bytes;
} spare; /* [owned] */

/* Empty from now on: nothing fits, and every addition comes to str_builder_reserve. */
COLD static bool fail(StrBuilder *b) {
  str_builder_drop(b);
  b->failed = true;
  return false;
}

static bool first_buffer(StrBuilder *b, size_t units, int kind) {
  size_t bytes = units << kind < FIRST_BYTES ? FIRST_BYTES : units << kind;
  if (spare.bytes >= bytes) {
    b->units = spare.units, bytes = spare.bytes;
    spare.units = NULL, spare.bytes = 0;
  } else if (!(b->units = memory_take(bytes))) {
    return fail(b);
  }
  b->capacity = bytes >> kind;
  b->kind = kind;
  return true;
}

void str_builder_drop(StrBuilder *b) {
  if (!b->capacity) return;
  size_t bytes = b->capacity << b->kind;
  if (bytes > spare.bytes && bytes <= SPARE_MAX_BYTES) {
    free(spare.units);
    spare.units = b->units, spare.bytes = bytes;
  } else {
    free(b->units);
  }
  *b = (StrBuilder){.vm = b->vm};
}

/* widen: another buffer of wider units. It is as large as needed, not as many units as the first
** happened to have room for; that waits again (perf-note 0086). */
static bool widen(StrBuilder *b, size_t needed, int kind) {
  StrBuilder wide = {.vm = b->vm, .length = b->length, .mask = b->mask};
  size_t capacity = needed + needed / 2;
  if (!first_buffer(&wide, capacity, kind)) return fail(b);
  units_convert(wide.units, 1 << kind, b->units, 1 << b->kind, b->length);
  str_builder_drop(b);
  *b = wide;
  return true;
}

static int kind_for(uint32_t mask) { return mask < 0x100 ? 0 : mask < 0x10000 ? 1 : 2; }

bool str_builder_reserve(StrBuilder *b, size_t more, uint32_t mask) {
  int kind = kind_for(mask) > b->kind ? kind_for(mask) : b->kind;
  b->mask |= mask;
  if (b->capacity - b->length >= more && kind == b->kind && b->capacity) return true;
  if (UNLIKELY(b->failed)) return false;
  if (UNLIKELY(more > UNITS_MAX - b->length)) return fail(b);
  if (!b->capacity) return first_buffer(b, more, kind);
  if (kind != b->kind) return widen(b, b->length + more, kind);
  size_t capacity = b->capacity;
  while (capacity < b->length + more) capacity += capacity / 2;
  void *units = memory_resize(b->units, capacity << kind);
  if (UNLIKELY(!units)) return fail(b);
  b->units = units;
  b->capacity = capacity;
  return true;
}

void str_builder_char_slow(StrBuilder *b, uint32_t c) {
  if (UNLIKELY(b->length == b->capacity || (b->kind < 2 && c >> (8 << b->kind))) &&
      !str_builder_reserve(b, 1, c))
    return;
  b->mask |= c;
  if (b->kind == 0) ((uint8_t *)b->units)[b->length++] = (uint8_t)c;
  else if (b->kind == 1) ((uint16_t *)b->units)[b->length++] = (uint16_t)c;
  else ((uint32_t *)b->units)[b->length++] = c;
}

void str_builder_units(StrBuilder *b, const void *units, int kind, size_t n, uint32_t mask) {
  if (!n || UNLIKELY(!str_builder_reserve(b, n, mask))) return;
  units_convert((uint8_t *)b->units + (b->length << b->kind), 1 << b->kind, units, 1 << kind, n);
  b->length += n;
}

void str_builder_range(StrBuilder *b, const Str *s, size_t start, size_t end) {
  int kind = str_kind(s);
  const uint8_t *from = (const uint8_t *)str_data(s) + (start << kind);
  size_t n = end - start;
  uint32_t mask = 0x7F;
  if (!str_is_ascii(s)) {
    bool whole = n == s->length;
    mask = whole ? (kind == 0   ? 0xFFu
                    : kind == 1 ? 0xFFFFu
                                : 0x1FFFFFu)
                 : units_range(from, 1 << kind, n);
  }
  str_builder_units(b, from, kind, n, mask);
}

void str_builder_cstr(StrBuilder *b, const char *ascii) {
  str_builder_ascii(b, ascii, strlen(ascii));
}

/* Valid UTF-8, surrogates allowed. */
static void add_utf8(StrBuilder *b, const char *text, size_t size) {
  const uint8_t *bytes = (const uint8_t *)text;
  size_t plain = ascii_prefix(bytes, size);
  str_builder_ascii(b, text, plain);
  if (plain == size) return;
  bytes += plain, size -= plain;
  Utf8Scan scan = utf8_measure(bytes, size);
  if (UNLIKELY(!str_builder_reserve(b, scan.count, scan.widest))) return;
  void *to = (uint8_t *)b->units + (b->length << b->kind);
  if (b->kind == 0) utf8_decode_1(bytes, size, to);
  else if (b->kind == 1) utf8_decode_2(bytes, size, to);
  else utf8_decode_4(bytes, size, to);
  b->length += scan.count;
}

void str_builder_repeat(StrBuilder *b, uint32_t c, size_t n) {
  if (!n || UNLIKELY(!str_builder_reserve(b, n, c))) return;
  units_fill((uint8_t *)b->units + (b->length << b->kind), 1 << b->kind, c, n);
  b->length += n;
}

Str *str_builder_finish(StrBuilder *b) {
  if (UNLIKELY(b->failed)) {
    b->failed = false;
    return raise_memory(b->vm), NULL;
  }
  if (LIKELY(b->kind == 0 && b->length > 1)) {
    Str *s = str_alloc(b->vm, b->length, b->mask & 0xFF);
    if (s) memcpy(s->data, b->units, b->length);
    str_builder_drop(b);
    return s;
  }
  Str *s = str_new_units(b->vm, b->units, b->kind, b->length, b->mask);
  str_builder_drop(b);
  return s;
}

/* ---- str_format */

static bool add_value(StrBuilder *b, Value text, int precision) {
  if (value_is_fail(text)) return false;
  const Str *s = value_object(text);
  size_t n = precision >= 0 && (size_t)precision < s->length ? (size_t)precision : s->length;
  str_builder_range(b, s, 0, n);
  return true;
}

/* A bound on UTF-8 text counts bytes, and never cuts a character. */
static void add_c_text(StrBuilder *b, const char *text, int precision) {
  if (!text) text = "(null)";
  size_t n = precision >= 0 ? strnlen(text, (size_t)precision) : strlen(text);
  while (n && text[n] && (text[n] & 0xC0) == 0x80) n--;
  add_utf8(b, text, n);
}

/* Messages name native classes as they are declared, with their module: "collections.deque", but
** "list". */
static bool add_type_name(StrBuilder *b, const Type *type, int precision) {
  if ((type->flags & TYPE_HEAP) || !type->spec || !type->spec->name)
    return add_value(b, value_from(type->name), precision);
  add_c_text(b, type->spec->name, precision);
  return true;
}

static bool add_directive(StrBuilder *b, const char **format, va_list *args) {
  const char *f = *format;
  int precision = -1;
  char digits[64];
  if (*f == '.') {
    precision = 0;
    for (f++; *f >= '0' && *f <= '9'; f++) precision = precision * 10 + (*f - '0');
  }
  const char *kind = f;
  while (*f == 'l' || *f == 'z') f++;
  *format = f + 1;
  VM *vm = b->vm;
  switch (*f) {
  case 's': add_c_text(b, va_arg(*args, const char *), precision); return true;
  case 'd':
  case 'i':
    if (*kind == 'z') snprintf(digits, sizeof digits, "%zd", va_arg(*args, ssize_t));
    else if (*kind == 'l') snprintf(digits, sizeof digits, "%lld", (long long)va_arg(*args, long));
    else snprintf(digits, sizeof digits, "%d", va_arg(*args, int));
    break;
  case 'u':
    if (*kind == 'z' || *kind == 'l') snprintf(digits, sizeof digits, "%zu", va_arg(*args, size_t));
    else snprintf(digits, sizeof digits, "%u", va_arg(*args, unsigned));
    break;
  case 'x':
    if (*kind == 'z' || *kind == 'l') snprintf(digits, sizeof digits, "%zx", va_arg(*args, size_t));
    else snprintf(digits, sizeof digits, "%x", va_arg(*args, unsigned));
    break;
  case 'p': snprintf(digits, sizeof digits, "%p", va_arg(*args, void *)); break;
  case 'c': str_builder_char(b, (uint32_t)va_arg(*args, int)); return true;
  case 'S': return add_value(b, value_str(vm, va_arg(*args, Value)), precision);
  case 'R': return add_value(b, value_repr(vm, va_arg(*args, Value)), precision);
  case 'A': return add_value(b, value_ascii(vm, va_arg(*args, Value)), precision);
  case 'T': return add_type_name(b, value_type(va_arg(*args, Value)), precision);
  case 'N': return add_type_name(b, va_arg(*args, Type *), precision);
  case 'U': return add_value(b, value_from(va_arg(*args, Str *)), precision);
  case '%': str_builder_char(b, '%'); return true;
  default: panic("str_format: unknown directive %%%c", *f);
  }
  str_builder_cstr(b, digits);
  return true;
}

Str *str_format_va(VM *vm, const char *format, va_list args_in) {
  va_list args;
  va_copy(args, args_in);
  StrBuilder b;
  str_builder_init(&b, vm);
  bool ok = true;
  while (ok && *format) {
    size_t run = strcspn(format, "%");
    add_utf8(&b, format, run);
    format += run;
    if (!*format) break;
    format++;
    ok = add_directive(&b, &format, &args);
  }
  va_end(args);
  if (ok) return str_builder_finish(&b);
  str_builder_drop(&b);
  return NULL;
}

Str *str_format(VM *vm, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str *s = str_format_va(vm, format, args);
  va_end(args);
  return s;
}

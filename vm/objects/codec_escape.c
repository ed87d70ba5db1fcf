/* codec_escape.c -- unicode_escape and raw_unicode_escape. */
#include "vm/base/hex.h"
#include "vm/base/search.h"
#include "vm/base/unicode.h"
#include "vm/base/units.h"
#include "vm/objects/bytes.h"
#include "vm/objects/codec.h"

/* Reads up to `digits` hex digits at `at`; returns how many there were. */
static size_t read_hex(const DecodeRun *run, size_t at, size_t digits, uint32_t *value) {
  size_t i = 0;
  const uint8_t *p = run->bytes + at;
  if (digits == 4 && run->n - at >= 4) {
    uint8_t a = hex_values[p[0]], b = hex_values[p[1]], c = hex_values[p[2]], d = hex_values[p[3]];
    *value = (uint32_t)a << 12 | (uint32_t)b << 8 | (uint32_t)c << 4 | d;
    if ((a | b | c | d) < 16) return 4;
  }
  *value = 0;
  for (; i < digits && at + i < run->n; i++) {
    uint8_t h = hex_values[p[i]];
    if (h > 15) break;
    *value = *value << 4 | h;
  }
  return i;
}

/* \xHH, \uHHHH, \UHHHHHHHH at run->at. */
static bool decode_hex(DecodeRun *run, size_t digits, const char *truncated, const char *too_large,
                       size_t *consumed, bool *stop) {
  size_t start = run->at;
  uint32_t c;
  size_t have = read_hex(run, start + 2, digits, &c), end = start + 2 + have;
  if (have < digits) {
    if (consumed && end == run->n) return *stop = true;
    return decode_error(run, start, end, truncated);
  }
  if (c > 0x10FFFF) return decode_error(run, start, end, too_large);
  str_builder_char(&run->out, c);
  run->at = end;
  return true;
}

/* \N{name} at run->at. */
static bool decode_name(DecodeRun *run, size_t *consumed, bool *stop) {
  size_t start = run->at, i = start + 2;
  if (i >= run->n && consumed) return *stop = true;
  if (i < run->n && run->bytes[i] == '{') {
    size_t name = ++i;
    while (i < run->n && run->bytes[i] != '}') i++;
    if (i == run->n) {
      if (consumed) return *stop = true;
    } else if (i > name) {
      uint32_t points[UNICODE_SEQUENCE_MAX];
      i++;
      if (unicode_lookup((const char *)run->bytes + name, i - 1 - name, false, points) != 1)
        return decode_error(run, start, i, "unknown Unicode character name");
      str_builder_char(&run->out, points[0]);
      run->at = i;
      return true;
    }
  }
  return decode_error(run, start, i, "malformed \\N character escape");
}

static bool decode_octal(DecodeRun *run, size_t *consumed, bool *stop, char bad_escape[4]) {
  size_t i = run->at + 1;
  uint32_t c = 0;
  for (size_t k = 0; k < 3 && i < run->n && run->bytes[i] >= '0' && run->bytes[i] <= '7'; k++)
    c = c * 8 + (run->bytes[i++] - '0');
  if (consumed && i == run->n && i - run->at < 4) return *stop = true;
  if (c > 0xFF && !*bad_escape) memcpy(bad_escape, run->bytes + run->at + 1, 3);
  str_builder_char(&run->out, c);
  run->at = i;
  return true;
}

enum { RUN_UNITS = 64 };
/* Escapes of four digits in a row. */
static void add_four_digit_run(DecodeRun *run) {
  uint16_t units[RUN_UNITS], mask = 0;
  size_t n = 0;
  const uint8_t *p = run->bytes + run->at;
  for (; n < RUN_UNITS && run->n - run->at >= 6 && p[0] == '\\' && p[1] == 'u'; n++, p += 6) {
    uint32_t c;
    if (read_hex(run, run->at + 2, 4, &c) < 4) break;
    mask |= units[n] = (uint16_t)c;
    run->at += 6;
  }
  str_builder_units(&run->out, units, 1, n, mask);
}

static bool decode_escape(DecodeRun *run, size_t *consumed, bool *stop, char bad_escape[4]) {
  static const char simple[] = "\\\\''\"\"a\ab\bf\fn\nr\rt\tv\v";
  size_t at = run->at;
  if (at + 1 >= run->n) {
    if (consumed) return *stop = true;
    return decode_error(run, at, run->n, "\\ at end of string");
  }
  uint8_t c = run->bytes[at + 1];
  switch (c) {
  case '\n': run->at += 2; return true;
  case 'x': return decode_hex(run, 2, "truncated \\xXX escape", "", consumed, stop);
  case 'u': return decode_hex(run, 4, "truncated \\uXXXX escape", "", consumed, stop);
  case 'U':
    return decode_hex(run, 8, "truncated \\UXXXXXXXX escape", "illegal Unicode character", consumed,
                      stop);
  case 'N': return decode_name(run, consumed, stop);
  case '0':
  case '1':
  case '2':
  case '3':
  case '4':
  case '5':
  case '6':
  case '7': return decode_octal(run, consumed, stop, bad_escape);
  default: break;
  }
  for (const char *p = simple; *p; p += 2) {
    if ((uint8_t)*p == c) {
      str_builder_char(&run->out, (uint8_t)p[1]);
      run->at += 2;
      return true;
    }
  }
  if (!*bad_escape) bad_escape[0] = (char)c;
  str_builder_char(&run->out, '\\');
  str_builder_char(&run->out, c);
  run->at += 2;
  return true;
}

/* The bytes up to the next backslash, which stand for themselves. */
static void add_latin1_run(DecodeRun *run) {
  const uint8_t *from = run->bytes + run->at;
  size_t n = search_unit(from, run->n - run->at, '\\', 1);
  if (n == SEARCH_NONE) n = run->n - run->at;
  str_builder_units(&run->out, from, 0, n, units_range(from, 1, n));
  run->at += n;
}

Value unicode_escape_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner, Str *errors,
                            size_t *consumed, char bad_escape[4]) {
  DecodeRun run;
  decode_start(&run, vm, "unicodeescape", bytes, n, owner, errors);
  bool ok = true, stop = false;
  memset(bad_escape, 0, 4);
  while (ok && !stop && run.at < run.n) {
    size_t before = run.at;
    if (run.bytes[run.at] != '\\') add_latin1_run(&run);
    else add_four_digit_run(&run);
    if (run.at == before) ok = decode_escape(&run, consumed, &stop, bad_escape);
  }
  if (consumed) *consumed = run.at;
  return decode_finish(&run, ok);
}

Value raw_unicode_escape_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner, Str *errors,
                                size_t *consumed) {
  DecodeRun run;
  decode_start(&run, vm, "rawunicodeescape", bytes, n, owner, errors);
  bool ok = true, stop = false;
  while (ok && !stop && run.at < run.n) {
    uint8_t c = run.bytes[run.at];
    if (c != '\\') {
      add_latin1_run(&run);
      continue;
    }
    uint8_t next = run.at + 1 < run.n ? run.bytes[run.at + 1] : 0;
    if (run.at + 1 == run.n && consumed) {
      stop = true;
    } else if (next == 'u') {
      ok = decode_hex(&run, 4, "truncated \\uXXXX escape", "", consumed, &stop);
    } else if (next == 'U') {
      ok = decode_hex(&run, 8, "truncated \\UXXXXXXXX escape", "\\Uxxxxxxxx out of range", consumed,
                      &stop);
    } else { /* a backslash and what it stands before, which may be another backslash */
      str_builder_char(&run.out, c);
      run.at++;
      if (run.at < run.n) str_builder_char(&run.out, run.bytes[run.at++]);
    }
  }
  if (consumed) *consumed = run.at;
  return decode_finish(&run, ok);
}

/* ---- encoding never fails */

/* How many bytes c takes: itself, \\n, \\xff, \\uffff or \\U0010ffff. */
static inline unsigned escape_size(uint32_t c, bool raw) {
  if (raw) return c < 0x100 ? 1 : c < 0x10000 ? 6 : 10;
  if (c >= ' ' && c < 0x7F) return c == '\\' ? 2 : 1;
  if (c == '\t' || c == '\n' || c == '\r') return 2;
  return c < 0x100 ? 4 : c < 0x10000 ? 6 : 10;
}

static uint8_t *put_escape(uint8_t *to, uint32_t c, unsigned size) {
  if (size > 2) return hex_put_escape(to, c);
  *to++ = '\\';
  *to++ = c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : '\\';
  return to;
}

static ALWAYS_INLINE Value escape_units(VM *vm, const void *units, int unit, size_t n, bool raw) {
  size_t size = 0;
  for (size_t i = 0; i < n; i++) size += escape_size(unit_at(units, unit, i), raw);
  if (size == n && unit == 1) return value_of(bytes_new(vm, units, n));
  Bytes *b = bytes_new(vm, NULL, size);
  if (!b) return VALUE_FAIL;
  uint8_t *to = b->data;
  for (size_t i = 0; i < n; i++) {
    uint32_t c = unit_at(units, unit, i);
    unsigned own = escape_size(c, raw);
    if (own == 1) *to++ = (uint8_t)c;
    else to = put_escape(to, c, own);
  }
  return value_from(b);
}

static ALWAYS_INLINE Value escape_encode(VM *vm, const Str *s, bool raw) {
  const void *units = str_data(s);
  switch (str_kind(s)) { /* each with loops of its own */
  case 0: return escape_units(vm, units, 1, s->length, raw);
  case 1: return escape_units(vm, units, 2, s->length, raw);
  default: return escape_units(vm, units, 4, s->length, raw);
  }
}

Value unicode_escape_encode(VM *vm, Str *s) { return escape_encode(vm, s, false); }
Value raw_unicode_escape_encode(VM *vm, Str *s) { return escape_encode(vm, s, true); }

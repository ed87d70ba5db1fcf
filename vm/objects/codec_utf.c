/* codec_utf.c -- UTF-8, UTF-16, UTF-32 and UTF-7. */
#include "vm/base/units.h"
#include "vm/base/utf8.h"
#include "vm/contracts/error.h"
#include "vm/objects/bytes.h"
#include "vm/objects/codec.h"

/* ---- UTF-8 */

/* Three bytes ED A0..BF 80..BF: a surrogate as surrogatepass accepts it; 0: not one. */
static uint32_t surrogate_at(const uint8_t *p, size_t n) {
  if (n < 3 || p[0] != 0xED || (p[1] & 0xE0) != 0xA0 || (p[2] & 0xC0) != 0x80) return 0;
  return 0xD000u | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
}

/* More input could make it valid: for surrogatepass the first two bytes of a surrogate too. */
static bool may_go_on(const Utf8Error *error, const uint8_t *bytes, size_t n) {
  const uint8_t *p = bytes + error->start;
  return error->incomplete || (n - error->start == 2 && p[0] == 0xED && (p[1] & 0xE0) == 0xA0);
}

/* Adds what is valid from run->at on, and goes behind it. */
static void add_valid(DecodeRun *run) {
  uint32_t points[256];
  size_t bytes;
  do {
    Utf8Taken taken;
    bytes = utf8_take(run->bytes + run->at, run->n - run->at, points, ARRAY_COUNT(points), &taken);
    str_builder_units(&run->out, points, 2, taken.count, taken.mask);
    run->at += bytes;
  } while (bytes);
}

Value utf8_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner, Str *errors,
                  size_t *consumed) {
  bool valid;
  size_t whole = consumed ? utf8_cut(bytes, n) : n;
  Str *s = str_try_utf8(vm, bytes, whole, &valid);
  Utf8Error error = {0};
  if (LIKELY(valid) && whole < n) utf8_scan(bytes + whole, n - whole, &error);
  if (LIKELY(valid) && (whole == n || may_go_on(&error, bytes + whole, n - whole))) {
    if (consumed) *consumed = whole;
    return value_of(s);
  }
  if (consumed) *consumed = n;
  DecodeRun run;
  decode_start(&run, vm, "utf-8", bytes, n, owner, errors);
  bool ok = true;
  while (ok) {
    add_valid(&run);
    const uint8_t *from = run.bytes + run.at;
    utf8_scan(from, run.n - run.at, &error);
    if (!error.reason) break;
    if (consumed && may_go_on(&error, from, run.n - run.at)) {
      *consumed = run.at;
      break;
    }
    size_t start = run.at, end = run.at + error.end;
    uint32_t surrogate =
        run.mode == ERRORS_SURROGATEPASS ? surrogate_at(run.bytes + start, run.n - start) : 0;
    if (surrogate) {
      str_builder_char(&run.out, surrogate);
      run.at = start + 3;
    } else {
      ok = decode_error(&run, start, end, error.reason);
    }
  }
  return decode_finish(&run, ok);
}

/* ASCII text of a handler is taken as it is, bytes too; other text has no place in the result. */
static bool add_plain(EncodeRun *run, Value v, int unit, size_t start, size_t end,
                      const char *reason) {
  if (v == VALUE_UNBOUND) return true;
  if (!value_is_str(v)) {
    const Bytes *b = value_object(v);
    if (b->length % (size_t)unit) return encode_raise(run, start, end, reason);
    buffer_add(&run->out, b->data, b->length);
    return true;
  }
  const Str *s = value_object(v);
  if (!str_is_ascii(s)) return encode_raise(run, start, end, reason);
  for (size_t i = 0; i < s->length; i++) {
    uint8_t bytes[4];
    buffer_add(&run->out, bytes, surrogate_bytes(str_at(s, i), unit, run->byte_order, bytes));
  }
  return true;
}

static size_t surrogate_run(const Str *s, size_t at) {
  size_t end = at;
  while (end < s->length && is_surrogate(str_at(s, end))) end++;
  return end;
}
static size_t plain_run(const Str *s, size_t at) {
  enum { PART = 64 };
  int kind = str_kind(s);
  const uint8_t *units = str_data(s);
  size_t end = at;
  while (s->length - end >= PART && units_are_plain(units + (end << kind), 1 << kind, PART))
    end += PART;
  while (end < s->length && !is_surrogate(str_at(s, end))) end++;
  return end;
}

/* Adds code points [start, end), none of which is a surrogate, and goes behind them. */
static void add_run_as_utf8(EncodeRun *run, size_t start, size_t end) {
  size_t n = end - start;
  int kind = str_kind(run->text);
  const uint8_t *from = (const uint8_t *)str_data(run->text) + (start << kind);
  run->at = end;
  if (!buffer_reserve(&run->out, n * 4)) return;
  uint8_t *to = run->out.bytes + run->out.size;
  run->out.size += kind == 0   ? utf8_encode_1(from, n, to)
                   : kind == 1 ? utf8_encode_2((const uint16_t *)from, n, to)
                               : utf8_encode_4((const uint32_t *)from, n, to);
}

static const char no_surrogates[] = "surrogates not allowed";

static Value encode_utf8_slowly(VM *vm, Str *s, Str *errors) {
  EncodeRun run;
  encode_start(&run, vm, "utf-8", s, errors);
  run.unit = 1;
  bool ok = true;
  while (ok && run.at < s->length) {
    size_t start = run.at, end = surrogate_run(s, start);
    if (end == start) {
      add_run_as_utf8(&run, start, plain_run(s, start));
      continue;
    }
    if (encode_add_escaped(&run, start, end) || encode_add_references(&run, start, end)) continue;
    Value v = encode_error(&run, start, end, no_surrogates);
    ok = !value_is_fail(v) && add_plain(&run, v, 1, start, end, no_surrogates);
  }
  return encode_finish(&run, ok);
}

Value utf8_encode(VM *vm, Str *s, Str *errors) {
  size_t n = s->length;
  const void *data = str_data(s);
  int kind = str_kind(s);
  if (str_is_ascii(s)) { return value_of(bytes_new(vm, data, n)); }
  if (!units_are_plain(data, 1 << kind, n)) return encode_utf8_slowly(vm, s, errors);
  size_t size = kind == 0   ? utf8_size_1(data, n)
                : kind == 1 ? utf8_size_2(data, n)
                            : utf8_size_4(data, n);
  Bytes *b = bytes_new(vm, NULL, size);
  if (!b) return VALUE_FAIL;
  if (kind == 0) utf8_encode_1(data, n, b->data);
  else if (kind == 1) utf8_encode_2(data, n, b->data);
  else utf8_encode_4(data, n, b->data);
  return value_from(b);
}

/* ---- UTF-16 and UTF-32 */

static uint32_t load(const uint8_t *p, int unit, bool big) {
  uint32_t c = 0;
  for (int i = 0; i < unit; i++) c |= (uint32_t)p[big ? unit - 1 - i : i] << (8 * i);
  return c;
}

/* Reads the mark; *order becomes -1 or 1 if there was one. Returns the bytes it takes. */
static size_t read_mark(const uint8_t *bytes, size_t n, int unit, int *order) {
  if (*order || n < (size_t)unit) return 0;
  if (load(bytes, unit, false) == 0xFEFF) return *order = -1, (size_t)unit;
  if (load(bytes, unit, true) == 0xFEFF) return *order = 1, (size_t)unit;
  return 0;
}

static bool step_utf16(DecodeRun *run, bool big, bool final, bool *stop) {
  size_t at = run->at, left = run->n - at;
  if (left < 2) {
    if (!final) return *stop = true;
    return decode_error(run, at, run->n, "truncated data");
  }
  uint32_t c = load(run->bytes + at, 2, big);
  if (!is_surrogate(c)) {
    str_builder_char(&run->out, c);
    run->at += 2;
    return true;
  }
  if (c >= 0xDC00) {
    if (run->mode == ERRORS_SURROGATEPASS)
      return str_builder_char(&run->out, c), run->at += 2, true;
    return decode_error(run, at, at + 2, "illegal encoding");
  }
  if (left < 4) {
    if (!final) return *stop = true;
    if (run->mode == ERRORS_SURROGATEPASS)
      return str_builder_char(&run->out, c), run->at += 2, true;
    return decode_error(run, at, run->n, "unexpected end of data");
  }
  uint32_t low = load(run->bytes + at + 2, 2, big);
  if (low - 0xDC00 < 0x400) {
    str_builder_char(&run->out, 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00));
    run->at += 4;
    return true;
  }
  if (run->mode == ERRORS_SURROGATEPASS) return str_builder_char(&run->out, c), run->at += 2, true;
  return decode_error(run, at, at + 2, "illegal UTF-16 surrogate");
}

static bool step_utf32(DecodeRun *run, bool big, bool final, bool *stop) {
  size_t at = run->at;
  if (run->n - at < 4) {
    if (!final) return *stop = true;
    return decode_error(run, at, run->n, "truncated data");
  }
  uint32_t c = load(run->bytes + at, 4, big);
  if (is_surrogate(c) && run->mode != ERRORS_SURROGATEPASS)
    return decode_error(run, at, at + 4,
                        "code point in surrogate code point range(0xd800, 0xe000)");
  if (c > 0x10FFFF) return decode_error(run, at, at + 4, "code point not in range(0x110000)");
  str_builder_char(&run->out, c);
  run->at += 4;
  return true;
}

/* ---- whole blocks of units, none of which is a surrogate or out of range */

enum { BLOCK_UNITS = 256 };
typedef union Block {
  uint16_t narrow[BLOCK_UNITS];
  uint32_t wide[BLOCK_UNITS];
} Block;

static void swap_units(Block *block, int unit) {
  if (unit == 2)
    for (size_t i = 0; i < BLOCK_UNITS; i++) block->narrow[i] = __builtin_bswap16(block->narrow[i]);
  else
    for (size_t i = 0; i < BLOCK_UNITS; i++) block->wide[i] = __builtin_bswap32(block->wide[i]);
}

/* Reads n units; true: they are plain. *mask: or of them all. All loops are over whole blocks, so
** that compilers know how long they are. */
static bool load_block(Block *block, const uint8_t *bytes, int unit, bool big, size_t n,
                       uint32_t *mask) {
  uint32_t any = 0, bad = 0;
  size_t size = n * (size_t)unit;
  memcpy(block, bytes, size);
  if (n < BLOCK_UNITS) memset((uint8_t *)block + size, 0, (BLOCK_UNITS - n) * (size_t)unit);
  if (big) swap_units(block, unit);
  if (unit == 2) {
    uint16_t any_16 = 0, bad_16 = 0;
    for (size_t i = 0; i < BLOCK_UNITS; i++) {
      any_16 |= block->narrow[i];
      bad_16 |= (block->narrow[i] & 0xF800) == 0xD800;
    }
    any = any_16, bad = bad_16;
  } else {
    for (size_t i = 0; i < BLOCK_UNITS; i++) {
      any |= block->wide[i];
      bad |= (block->wide[i] & 0xFFFFF800u) == 0xD800 || block->wide[i] > 0x10FFFF;
    }
  }
  *mask |= any;
  return !bad;
}

/* The text of n plain units; UNBOUND: they are not. Units that lie as texts have them are looked
** through as they are, others are brought into order by blocks. */
static Value decode_plain(VM *vm, const uint8_t *bytes, size_t n, int unit, bool big) {
  Block block;
  uint32_t mask = 0, ignored = 0;
  bool in_order = !big && (uintptr_t)bytes % (size_t)unit == 0;
  if (in_order) {
    if (!units_are_plain(bytes, unit, n)) return VALUE_UNBOUND;
    return value_of(str_new_units(vm, bytes, unit / 2, n, units_range(bytes, unit, n)));
  }
  for (size_t at = 0, part; at < n; at += part) {
    part = n - at < BLOCK_UNITS ? n - at : BLOCK_UNITS;
    if (!load_block(&block, bytes + at * (size_t)unit, unit, big, part, &mask))
      return VALUE_UNBOUND;
  }
  if (n == 1) return value_from(str_from_char(vm, mask));
  Str *s = str_alloc(vm, n, mask);
  if (!s) return VALUE_FAIL;
  int kind = str_kind(s);
  for (size_t at = 0, part; at < n; at += part) {
    part = n - at < BLOCK_UNITS ? n - at : BLOCK_UNITS;
    (void)load_block(&block, bytes + at * (size_t)unit, unit, big, part, &ignored);
    units_convert(s->data + (at << kind), 1 << kind, &block, unit, part);
  }
  return value_from(s);
}

/* Adds what the units of a block that is not plain stand for, up to one that is wrong there, or has
** its other half in the next block: how many units. */
static size_t add_pairs(DecodeRun *run, const uint16_t *units, size_t n) {
  uint32_t points[BLOCK_UNITS], mask = 0;
  size_t i = 0, count = 0;
  while (i < n) {
    uint32_t c = units[i];
    if ((c & 0xF800) == 0xD800) {
      bool is_pair = c < 0xDC00 && i + 1 < n && (units[i + 1] & 0xFC00) == 0xDC00;
      if (!is_pair) break;
      c = 0x10000 + ((c - 0xD800) << 10) + (units[++i] - 0xDC00u);
    }
    i++;
    mask |= points[count++] = c;
  }
  str_builder_units(&run->out, points, 2, count, mask);
  return i;
}

/* Adds what it can of a block at run->at: how many units. */
static size_t add_block(DecodeRun *run, int unit, bool big) {
  Block block;
  uint32_t mask = 0;
  size_t left = (run->n - run->at) / (size_t)unit, n = left < BLOCK_UNITS ? left : BLOCK_UNITS;
  if (!n) return 0;
  if (load_block(&block, run->bytes + run->at, unit, big, n, &mask))
    str_builder_units(&run->out, &block, unit >> 1, n, mask);
  else if (unit == 2) n = add_pairs(run, block.narrow, n);
  else return 0;
  run->at += n * (size_t)unit;
  return n;
}

static bool decode_units(DecodeRun *run, int unit, bool big, bool final) {
  bool ok = true, stop = false;
  size_t next = run->at; /* where a block is tried again */
  while (ok && !stop && run->at < run->n) {
    if (run->at >= next) {
      if (add_block(run, unit, big)) continue;
      if (unit == 4) next = run->at + sizeof(Block);
    }
    ok = unit == 2 ? step_utf16(run, big, final, &stop) : step_utf32(run, big, final, &stop);
  }
  return ok;
}

static Value decode_wide(VM *vm, const uint8_t *bytes, size_t n, Value owner, Str *errors,
                         size_t *consumed, int *order, int unit) {
  DecodeRun run;
  size_t mark = read_mark(bytes, n, unit, order);
  bool big = *order > 0;
  if (n > mark && (n - mark) % (size_t)unit == 0) {
    Value plain = decode_plain(vm, bytes + mark, (n - mark) / (size_t)unit, unit, big);
    if (plain != VALUE_UNBOUND) return plain; /* *consumed is all of it */
  }
  decode_start(&run, vm,
               unit == 2 ? (big ? "utf-16-be" : "utf-16-le") : (big ? "utf-32-be" : "utf-32-le"),
               bytes, n, owner, errors);
  run.at = mark;
  bool ok = decode_units(&run, unit, big, !consumed);
  if (consumed) *consumed = run.at;
  return decode_finish(&run, ok);
}

Value utf16_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner, Str *errors,
                   size_t *consumed, int *order) {
  return decode_wide(vm, bytes, n, owner, errors, consumed, order, 2);
}
Value utf32_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner, Str *errors,
                   size_t *consumed, int *order) {
  return decode_wide(vm, bytes, n, owner, errors, consumed, order, 4);
}

static void put_wide(EncodeRun *run, uint32_t c, int unit) {
  uint8_t bytes[4];
  if (unit == 2 && c > 0xFFFF) {
    put_wide(run, 0xD800 + ((c - 0x10000) >> 10), 2);
    c = 0xDC00 + ((c - 0x10000) & 0x3FF);
  }
  buffer_add(&run->out, bytes, surrogate_bytes(c, unit, run->byte_order, bytes));
}

static void put_pairs(uint16_t *to, const uint32_t *points, size_t n) {
  for (size_t i = 0; i < n; i++) {
    uint32_t c = points[i];
    if (c > 0xFFFF) {
      *to++ = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
      c = 0xDC00 + ((c - 0x10000) & 0x3FF);
    }
    *to++ = (uint16_t)c;
  }
}

/* The bytes of text without surrogates. */
static Value encode_plain(VM *vm, const Str *s, int order, int unit, size_t astral) {
  size_t mark = order ? 0 : 1, units = s->length + (unit == 2 ? astral : 0);
  Bytes *b = bytes_new(vm, NULL, (mark + units) * (size_t)unit);
  if (!b) return VALUE_FAIL;
  uint8_t *to = b->data + mark * (size_t)unit;
  if (mark && unit == 2) *(uint16_t *)b->data = 0xFEFF;
  if (mark && unit == 4) *(uint32_t *)b->data = 0xFEFF;
  if (unit == 2 && str_kind(s) == 2) put_pairs((uint16_t *)to, str_data(s), s->length);
  else units_convert(to, unit, str_data(s), 1 << str_kind(s), s->length);
  if (order > 0) units_swap(to, to, unit, units);
  return value_from(b);
}

static Value encode_wide(VM *vm, Str *s, Str *errors, int order, int unit) {
  int own = 1 << str_kind(s);
  if (units_are_plain(str_data(s), own, s->length)) {
    size_t astral = own == 4 && unit == 2 ? units_count_astral(str_data(s), s->length) : 0;
    return encode_plain(vm, s, order, unit, astral);
  }
  static const char *const names[2][3] = {{"utf-16-le", "utf-16", "utf-16-be"},
                                          {"utf-32-le", "utf-32", "utf-32-be"}};
  EncodeRun run;
  encode_start(&run, vm, names[unit == 4][order + 1], s, errors);
  run.unit = unit;
  run.byte_order = order;
  buffer_expect(&run.out, (s->length + 1) * (size_t)unit);
  if (!order) put_wide(&run, 0xFEFF, unit);
  bool ok = true;
  while (ok && run.at < s->length) {
    uint32_t c = str_at(s, run.at);
    if (!is_surrogate(c)) {
      put_wide(&run, c, unit);
      run.at++;
      continue;
    }
    size_t start = run.at;
    Value v = encode_error(&run, start, start + 1, no_surrogates);
    ok = !value_is_fail(v) && add_plain(&run, v, unit, start, start + 1, no_surrogates);
  }
  return encode_finish(&run, ok);
}

Value utf16_encode(VM *vm, Str *s, Str *errors, int order) {
  return encode_wide(vm, s, errors, order, 2);
}
Value utf32_encode(VM *vm, Str *s, Str *errors, int order) {
  return encode_wide(vm, s, errors, order, 4);
}

/* ---- UTF-7 (RFC 2152) */

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int base64_value(uint8_t c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

typedef struct Shift {
  bool inside;
  /* bits not yet used, a high surrogate that waits for its low one */
  uint32_t bits, count, surrogate;
  size_t start, out_start;
} Shift;

static void add_utf16(DecodeRun *run, Shift *shift, uint32_t unit) {
  if (shift->surrogate) {
    if (unit - 0xDC00 < 0x400) {
      str_builder_char(&run->out, 0x10000 + ((shift->surrogate - 0xD800) << 10) + (unit - 0xDC00));
      shift->surrogate = 0;
      return;
    }
    str_builder_char(&run->out, shift->surrogate);
    shift->surrogate = 0;
  }
  if (unit - 0xD800 < 0x400) shift->surrogate = unit;
  else str_builder_char(&run->out, unit);
}

/* A byte that ends a shifted section. */
static bool leave_shift(DecodeRun *run, Shift *shift, uint8_t c) {
  shift->inside = false;
  if (shift->count >= 6)
    return decode_error(run, shift->start, run->at + 1, "partial character in shift sequence");
  if (shift->count > 0 && shift->bits)
    return decode_error(run, shift->start, run->at + 1, "non-zero padding bits in shift sequence");
  if (shift->surrogate && c < 0x80 && c != '+') str_builder_char(&run->out, shift->surrogate);
  shift->surrogate = 0;
  run->at += c == '-';
  return true;
}

static bool step_utf7(DecodeRun *run, Shift *shift) {
  uint8_t c = run->bytes[run->at];
  if (shift->inside) {
    int value = base64_value(c);
    if (value < 0) return leave_shift(run, shift, c);
    run->at++;
    shift->bits = shift->bits << 6 | (uint32_t)value;
    shift->count += 6;
    if (shift->count >= 16) {
      shift->count -= 16;
      uint32_t unit = shift->bits >> shift->count;
      shift->bits &= (1u << shift->count) - 1;
      add_utf16(run, shift, unit);
    }
    return true;
  }
  if (c == '+') {
    size_t next = run->at + 1;
    if (next < run->n && run->bytes[next] == '-') {
      str_builder_char(&run->out, '+');
      run->at += 2;
    } else if (next < run->n && base64_value(run->bytes[next]) < 0) {
      return decode_error(run, run->at, next + 1, "ill-formed sequence");
    } else {
      *shift = (Shift){.inside = true, .start = run->at, .out_start = run->out.length};
      run->at = next;
    }
    return true;
  }
  if (c >= 0x80) return decode_error(run, run->at, run->at + 1, "unexpected special character");
  str_builder_char(&run->out, c);
  run->at++;
  return true;
}

Value utf7_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner, Str *errors,
                  size_t *consumed) {
  DecodeRun run;
  Shift shift = {0};
  decode_start(&run, vm, "utf7", bytes, n, owner, errors);
  bool ok = true;
  do {
    while (ok && run.at < run.n) ok = step_utf7(&run, &shift);
    if (ok && shift.inside && !consumed) {
      shift.inside = false;
      if (shift.surrogate || shift.count >= 6 || (shift.count && shift.bits))
        ok = decode_error(&run, shift.start, run.n, "unterminated shift sequence");
    }
  } while (ok && run.at < run.n);
  if (consumed) {
    *consumed = run.at;
    if (shift.inside) {
      *consumed = shift.start;
      if (run.out.length > shift.out_start) run.out.length = shift.out_start;
    }
  }
  /* the mask may speak of what was taken back */
  if (ok && run.out.length && consumed && shift.inside) {
    Str *s = str_new_units(vm, run.out.units, run.out.kind, run.out.length, 0x10FFFF);
    str_builder_drop(&run.out);
    if (!s) return VALUE_FAIL;
    uint32_t *points = (uint32_t *)s->data;
    s = str_new_ucs4(vm, points, s->length);
    return value_of(s);
  }
  if (ok && !run.out.length && !run.out.failed) {
    str_builder_drop(&run.out);
    return value_from(str_empty());
  }
  return decode_finish(&run, ok);
}

static bool is_utf7_direct(uint32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return true;
  return c >= ' ' && c < 0x7F && c != '+' && c != '\\' && c != '~';
}

Value utf7_encode(VM *vm, Str *s, Str *errors) {
  EncodeRun run;
  encode_start(&run, vm, "utf7", s, errors);
  bool inside = false;
  uint64_t bits = 0;
  unsigned count = 0;
  for (size_t i = 0; i < s->length; i++) {
    uint32_t c = str_at(s, i);
    if (inside && is_utf7_direct(c)) {
      if (count) buffer_add_byte(&run.out, (uint8_t)base64[bits << (6 - count) & 63]);
      bits = count = 0;
      inside = false;
      if (c == '-' || (c < 0x80 && base64_value((uint8_t)c) >= 0)) buffer_add_byte(&run.out, '-');
    }
    if (!inside) {
      if (c == '+') {
        buffer_add(&run.out, "+-", 2);
        continue;
      }
      if (is_utf7_direct(c)) {
        buffer_add_byte(&run.out, (uint8_t)c);
        continue;
      }
      buffer_add_byte(&run.out, '+');
      inside = true;
    }
    if (c > 0xFFFF) {
      bits = bits << 16 | (0xD800 + ((c - 0x10000) >> 10));
      count += 16;
      c = 0xDC00 + ((c - 0x10000) & 0x3FF);
    }
    bits = bits << 16 | c;
    count += 16;
    while (count >= 6) {
      count -= 6;
      buffer_add_byte(&run.out, (uint8_t)base64[bits >> count & 63]);
      bits &= ((uint64_t)1 << count) - 1;
    }
  }
  if (count) buffer_add_byte(&run.out, (uint8_t)base64[bits << (6 - count) & 63]);
  if (inside) buffer_add_byte(&run.out, '-');
  return encode_finish(&run, true);
}

/* codec_bytes.c -- codecs of one byte a character: ASCII, Latin-1 and character maps. */
#include "vm/base/units.h"
#include "vm/base/utf8.h"
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/bytes.h"
#include "vm/objects/codec.h"
#include "vm/objects/dict.h"
#include "vm/objects/int.h"

/* ---- ASCII and Latin-1 */

Value latin1_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner, Str *errors,
                    size_t *consumed) {
  if (consumed) *consumed = n;
  return value_of(str_new_latin1(vm, bytes, n));
}

Value ascii_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner, Str *errors,
                   size_t *consumed) {
  if (consumed) *consumed = n;
  if (ascii_prefix(bytes, n) == n) return latin1_decode(vm, bytes, n, owner, errors, consumed);
  DecodeRun run;
  decode_start(&run, vm, "ascii", bytes, n, owner, errors);
  bool ok = true;
  while (ok && run.at < run.n) {
    size_t plain = ascii_prefix(run.bytes + run.at, run.n - run.at);
    str_builder_ascii(&run.out, (const char *)run.bytes + run.at, plain);
    run.at += plain;
    if (run.at < run.n) ok = decode_error(&run, run.at, run.at + 1, "ordinal not in range(128)");
  }
  return decode_finish(&run, ok);
}

static Value encode_below(VM *vm, Str *s, Str *errors, uint32_t limit, const char *name,
                          const char *reason) {
  EncodeRun run;
  encode_start(&run, vm, name, s, errors);
  buffer_expect(&run.out, s->length + 1);
  int kind = str_kind(s), unit = 1 << kind;
  bool ok = true;
  while (ok && run.at < s->length) {
    const uint8_t *from = (const uint8_t *)str_data(s) + (run.at << kind);
    bool fits = str_at(s, run.at) < limit;
    size_t plain = fits ? units_below(from, unit, s->length - run.at, limit) : 0;
    if (plain) {
      if (!buffer_reserve(&run.out, plain)) break;
      units_convert(run.out.bytes + run.out.size, 1, from, unit, plain);
      run.out.size += plain;
      run.at += plain;
      continue;
    }
    size_t start = run.at, end = start + 1;
    while (end < s->length && str_at(s, end) >= limit) end++;
    if (encode_add_references(&run, start, end)) continue;
    Value v = encode_error(&run, start, end, reason);
    if (value_is_fail(v)) {
      ok = false;
    } else if (value_is_str(v)) {
      const Str *text = value_object(v);
      for (size_t i = 0; ok && i < text->length; i++) {
        if (str_at(text, i) < limit) buffer_add_byte(&run.out, (uint8_t)str_at(text, i));
        else ok = encode_raise(&run, start, end, reason);
      }
    } else if (v != VALUE_UNBOUND) {
      const Bytes *b = value_object(v);
      buffer_add(&run.out, b->data, b->length);
    }
  }
  return encode_finish(&run, ok);
}

Value ascii_encode(VM *vm, Str *s, Str *errors) {
  if (!str_is_ascii(s))
    return encode_below(vm, s, errors, 0x80, "ascii", "ordinal not in range(128)");
  return value_of(bytes_new(vm, str_data(s), s->length));
}

Value latin1_encode(VM *vm, Str *s, Str *errors) {
  if (str_kind(s) != 0)
    return encode_below(vm, s, errors, 0x100, "latin-1", "ordinal not in range(256)");
  return value_of(bytes_new(vm, str_data(s), s->length));
}

/* ---- character maps */

static const char undefined[] = "character maps to <undefined>";

/* map[key] or UNBOUND: LookupError and None both mean undefined. */
static Value look_up(VM *vm, Value map, int64_t key) {
  Value v = get_item(vm, map, value_int(vm, key));
  if (value_is_fail(v)) return error_clear_if(vm, TYPE_OF(LookupError)) ? VALUE_UNBOUND : v;
  return v == VALUE_NONE ? VALUE_UNBOUND : v;
}

static bool decode_through(DecodeRun *run, Value map) {
  VM *vm = run->vm;
  uint8_t byte = run->bytes[run->at];
  uint32_t c = 0xFFFE;
  if (value_is(map, str)) {
    const Str *table = value_object(map);
    if (byte < table->length) c = str_at(table, byte);
  } else {
    Value v = look_up(vm, map, byte);
    if (value_is_fail(v)) return false;
    if (v != VALUE_UNBOUND) {
      int64_t n;
      if (value_is_any_int(v)) {
        if (!int_to_int64(v, &n) || n < 0 || n > 0x10FFFF)
          return raise_false(vm, TYPE_OF(TypeError), "character mapping must be in range(0x%x)",
                             0x110000u);
        c = (uint32_t)n;
      } else if (value_is_str(v)) {
        const Str *text = value_object(v);
        if (text->length != 1 || str_at(text, 0) != 0xFFFE) {
          str_builder_str(&run->out, text);
          run->at++;
          return true;
        }
      } else {
        return raise_false(vm, TYPE_OF(TypeError),
                           "character mapping must return integer, None or str");
      }
    }
  }
  if (c == 0xFFFE) return decode_error(run, run->at, run->at + 1, undefined);
  str_builder_char(&run->out, c);
  run->at++;
  return true;
}

/* The characters of the 256 bytes by a map that is a text; false: another map, or one of wide
** characters. */
static bool read_table(Value map, uint16_t table[256]) {
  if (!value_is(map, str)) return false;
  const Str *text = value_object(map);
  if (text->length < 256 || str_kind(text) > 1) return false;
  for (size_t i = 0; i < 256; i++) table[i] = (uint16_t)str_at(text, i);
  return true;
}

/* Decodes until a byte that has no character. */
static void decode_by_table(DecodeRun *run, const uint16_t table[256]) {
  enum { UNITS = 512, UNDEFINED = 0xFFFE };
  uint16_t units[UNITS];
  size_t n = UNITS;
  while (n == UNITS && run->at < run->n) {
    uint16_t mask = 0;
    size_t most = run->n - run->at < UNITS ? run->n - run->at : UNITS;
    const uint8_t *from = run->bytes + run->at;
    for (n = 0; n < most; n++) {
      uint16_t c = table[from[n]];
      if (UNLIKELY(c == UNDEFINED)) break;
      mask |= units[n] = c;
    }
    str_builder_units(&run->out, units, 1, n, mask);
    run->at += n;
  }
}

Value charmap_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner, Str *errors, Value map) {
  if (map == VALUE_NONE) return latin1_decode(vm, bytes, n, owner, errors, NULL);
  DecodeRun run;
  uint16_t table[256];
  decode_start(&run, vm, "charmap", bytes, n, owner, errors);
  bool ok = true, has_table = n > 16 && read_table(map, table);
  while (ok && run.at < run.n) {
    if (has_table) decode_by_table(&run, table);
    if (run.at < run.n) ok = decode_through(&run, map);
  }
  return decode_finish(&run, ok);
}

/* Adds what the map has for c: 1 added, 0 undefined, -1 raised. */
static Answer encode_through(VM *vm, Value map, uint32_t c, Buffer *out) {
  Value v = look_up(vm, map, c);
  if (value_is_fail(v)) return ANSWER_FAILED;
  if (v == VALUE_UNBOUND) return ANSWER_NO;
  int64_t n;
  if (value_is_any_int(v)) {
    if (!int_to_int64(v, &n) || n < 0 || n > 255)
      return raise_type(vm, "character mapping must be in range(256)"), ANSWER_FAILED;
    buffer_add_byte(out, (uint8_t)n);
  } else if (value_has_flag(v, TYPE_BYTES_SUBCLASS)) {
    const Bytes *b = value_object(v);
    buffer_add(out, b->data, b->length);
  } else {
    return raise_type(vm, "character mapping must return integer, bytes or None, not %.400T", v),
           ANSWER_FAILED;
  }
  return ANSWER_YES;
}

static bool encode_undefined(EncodeRun *run, Value map) {
  VM *vm = run->vm;
  size_t start = run->at, end = start + 1;
  Buffer probe;
  buffer_init(&probe);
  int found = 0;
  while (end < run->text->length &&
         (found = encode_through(vm, map, str_at(run->text, end), &probe)) == 0)
    end++;
  buffer_deinit(&probe);
  if (found < 0) return false;
  Value v = encode_error(run, start, end, undefined);
  if (value_is_fail(v)) return false;
  if (v == VALUE_UNBOUND) return true;
  if (!value_is_str(v)) {
    const Bytes *b = value_object(v);
    buffer_add(&run->out, b->data, b->length);
    return true;
  }
  const Str *text = value_object(v);
  for (size_t i = 0; i < text->length; i++) {
    found = encode_through(vm, map, str_at(text, i), &run->out);
    if (found < 0) return false;
    if (!found) return encode_raise(run, start, end, undefined);
  }
  return true;
}

/* What a dict was last asked for, and said; asking one for ints runs nothing. */
enum { KNOWN = 256 };
typedef struct Known {
  uint32_t point; /* UINT32_MAX: none */
  uint8_t byte;
} Known;

Value charmap_encode(VM *vm, Str *s, Str *errors, Value map) {
  if (map == VALUE_NONE) return latin1_encode(vm, s, errors);
  EncodeRun run;
  encode_start(&run, vm, "charmap", s, errors);
  run.whole = true;
  buffer_expect(&run.out, s->length);
  bool ok = true;
  Known known[KNOWN];
  memset(known, 0xFF, sizeof known);
  while (ok && run.at < s->length) {
    uint32_t c = str_at(s, run.at);
    Known *entry = &known[c % KNOWN];
    if (entry->point == c) {
      buffer_add_byte(&run.out, entry->byte);
      run.at++;
      continue;
    }
    size_t before = run.out.size;
    Answer found = encode_through(vm, map, c, &run.out);
    if (found == ANSWER_YES) {
      run.at++;
      bool is_one = value_is(map, dict) && run.out.size == before + 1;
      if (is_one) *entry = (Known){c, run.out.bytes[before]};
    } else if (found == ANSWER_NO) {
      ok = encode_undefined(&run, map);
      memset(known, 0xFF, sizeof known); /* a handler may have changed the map */
    } else {
      ok = false;
    }
  }
  return encode_finish(&run, ok);
}

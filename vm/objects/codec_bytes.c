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

/* Adds the next units that fit, a few at most: most runs between others are short. false: one does
** not fit. */
static bool add_few_below(EncodeRun *run, uint32_t limit) {
  enum { FEW = 12 };
  if (!buffer_reserve(&run->out, FEW)) return true;
  size_t left = run->text->length - run->at, n = left < FEW ? left : FEW;
  uint8_t *to = run->out.bytes + run->out.size;
  size_t i = 0;
  for (uint32_t c; i < n && (c = str_at(run->text, run->at + i)) < limit; i++) to[i] = (uint8_t)c;
  run->out.size += i;
  run->at += i;
  return i == n;
}

static Value encode_below(VM *vm, Str *s, Str *errors, uint32_t limit, const char *name,
                          const char *reason) {
  EncodeRun run;
  encode_start(&run, vm, name, s, errors);
  buffer_expect(&run.out, s->length + 1);
  int kind = str_kind(s), unit = 1 << kind;
  bool ok = true;
  while (ok && run.at < s->length) {
    if (add_few_below(&run, limit)) {
      const uint8_t *from = (const uint8_t *)str_data(s) + (run.at << kind);
      size_t plain = units_below(from, unit, s->length - run.at, limit);
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

/* perf-note 0075. What a dict was asked for, and said: code point | byte << 21, the byte ABSENT if
** it has none. ASCII has places of its own, for what handlers write. Handlers may change the
** dict. */
enum { KNOWN = 0x180, POINT_BITS = 21, POINT_MASK = (1 << POINT_BITS) - 1, ABSENT = 0x100 };
typedef struct CharMap {
  VM *vm;
  Value map;
  bool is_dict;
  uint32_t known[KNOWN]; /* UINT32_MAX: nothing */
} CharMap;

static void forget_known(CharMap *map) { memset(map->known, 0xFF, sizeof map->known); }
static inline uint32_t *known_place(CharMap *map, uint32_t c) {
  return &map->known[c < 0x80 ? c : 0x80 + (c & 0xFF)];
}
static inline bool known_is(uint32_t known, uint32_t c) { return (known & POINT_MASK) == c; }

/* map[c] or UNBOUND, as look_up has it; a dict raises nothing for what it has not. */
static Value ask_map(const CharMap *map, uint32_t c) {
  if (!map->is_dict) return look_up(map->vm, map->map, c);
  Value v = dict_get(map->vm, value_object(map->map), value_int(map->vm, c));
  return v == VALUE_NONE ? VALUE_UNBOUND : v;
}

/* The byte or the bytes that a map has for a code point. */
static bool add_mapped(VM *vm, Value v, Buffer *out) {
  int64_t n;
  if (value_is_any_int(v)) {
    if (!int_to_int64(v, &n) || n < 0 || n > 255)
      return raise_false(vm, TYPE_OF(TypeError), "character mapping must be in range(256)");
    buffer_add_byte(out, (uint8_t)n);
  } else if (value_has_flag(v, TYPE_BYTES_SUBCLASS)) {
    const Bytes *b = value_object(v);
    buffer_add(out, b->data, b->length);
  } else {
    return raise_false(vm, TYPE_OF(TypeError),
                       "character mapping must return integer, bytes or None, not %.400T", v);
  }
  return true;
}

static NOINLINE Answer encode_unknown(CharMap *map, uint32_t c, Buffer *out) {
  size_t before = out->size;
  Value v = ask_map(map, c);
  if (value_is_fail(v)) return ANSWER_FAILED;
  bool is_absent = v == VALUE_UNBOUND;
  if (!is_absent && !add_mapped(map->vm, v, out)) return ANSWER_FAILED;
  if (map->is_dict && (is_absent || out->size == before + 1)) {
    uint32_t byte = is_absent ? ABSENT : out->bytes[before];
    *known_place(map, c) = c | byte << POINT_BITS;
  }
  return is_absent ? ANSWER_NO : ANSWER_YES;
}

/* Adds what the map has for c: YES added, NO undefined, FAILED raised. */
static inline Answer encode_through(CharMap *map, uint32_t c, Buffer *out) {
  uint32_t known = *known_place(map, c);
  if (UNLIKELY(!known_is(known, c))) return encode_unknown(map, c, out);
  uint32_t byte = known >> POINT_BITS;
  if (byte == ABSENT) return ANSWER_NO;
  buffer_add_byte(out, (uint8_t)byte);
  return ANSWER_YES;
}

/* What a handler wants in the place of [start, end): bytes as they are, text by the map. */
static bool add_replacement(EncodeRun *run, CharMap *map, Value v, size_t start, size_t end) {
  if (v == VALUE_UNBOUND) return true;
  if (!value_is_str(v)) {
    const Bytes *b = value_object(v);
    buffer_add(&run->out, b->data, b->length);
    return true;
  }
  const Str *text = value_object(v);
  for (size_t i = 0; i < text->length; i++) {
    Answer found = encode_through(map, str_at(text, i), &run->out);
    if (found == ANSWER_FAILED) return false;
    if (found == ANSWER_NO) return encode_raise(run, start, end, undefined);
  }
  return true;
}

/* Adds what a built-in handler writes for [start, end), if the map has a byte for each ASCII
** character of that; false: nothing is done. */
static bool add_references(EncodeRun *run, CharMap *map, size_t start, size_t end) {
  size_t before = run->out.size;
  if (!map->is_dict || !encode_add_references(run, start, end)) return false;
  for (size_t i = before; i < run->out.size; i++) {
    uint32_t c = run->out.bytes[i];
    uint32_t known = *known_place(map, c), byte = known >> POINT_BITS;
    if (!known_is(known, c) || byte == ABSENT) {
      run->out.size = before;
      run->at = start;
      return false;
    }
    run->out.bytes[i] = (uint8_t)byte;
  }
  return true;
}

static bool encode_undefined(EncodeRun *run, CharMap *map) {
  size_t start = run->at, end = start + 1;
  Buffer probe;
  buffer_init(&probe);
  Answer found = ANSWER_NO;
  while (end < run->text->length) {
    found = encode_through(map, str_at(run->text, end), &probe);
    if (found != ANSWER_NO) break;
    end++;
  }
  buffer_deinit(&probe);
  if (found == ANSWER_FAILED) return false;
  if (add_references(run, map, start, end)) return true;
  Value v = encode_error(run, start, end, undefined);
  bool may_have_run = run->handler != VALUE_UNBOUND;
  if (may_have_run) forget_known(map);
  return !value_is_fail(v) && add_replacement(run, map, v, start, end);
}

Value charmap_encode(VM *vm, Str *s, Str *errors, Value map) {
  if (map == VALUE_NONE) return latin1_encode(vm, s, errors);
  EncodeRun run;
  encode_start(&run, vm, "charmap", s, errors);
  run.whole = true;
  buffer_expect(&run.out, s->length);
  CharMap through = {.vm = vm, .map = map, .is_dict = value_is(map, dict)};
  forget_known(&through);
  bool ok = true;
  while (ok && run.at < s->length) {
    Answer found = encode_through(&through, str_at(s, run.at), &run.out);
    if (found == ANSWER_YES) run.at++;
    else ok = found == ANSWER_NO && encode_undefined(&run, &through);
  }
  return encode_finish(&run, ok);
}

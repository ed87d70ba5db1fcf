/* str.c -- making, comparing and hashing text. Methods are in str_type.c and its neighbours; see
** str.h for the laws.
**
** "" and the 256 Latin-1 characters are static objects. A StrBuffer is a text with spare room
** behind it:
**
**     Str (external) ──> StrBuffer: | capacity | used | units … used | spare … |
**
** Law: units[0..used) never change; the Str whose length is `used` is the last owner and may
** extend. */
#include "vm/objects/str.h"
#include "vm/objects/verify.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "vm/base/lanes.h"
#include "vm/base/units.h"
#include "vm/base/utf8.h"
#include "vm/contracts/error.h"

typedef struct StrBuffer {
  Object h;
  uint64_t capacity, used; /* units, of the kind that its owners have */
  uint8_t units[];
} StrBuffer;

enum { STR_LENGTH_MAX_BITS = 48, APPEND_MIN = 64 };

/* ---- the shared texts */

typedef struct StaticStr {
  Object h;
  uint64_t length, hash;
  uint8_t data[8];
} StaticStr;
static_assert(offsetof(StaticStr, data) == offsetof(Str, data), "StaticStr is a Str");

#define CHAR_1(c) \
  {{SHAPE_OF(str), OBJ_STATIC | ((c) < 0x80 ? STR_ASCII : 0)}, 1, 0, {(uint8_t)(c)}},
#define CHAR_4(c) CHAR_1(c) CHAR_1((c) + 1) CHAR_1((c) + 2) CHAR_1((c) + 3)
#define CHAR_16(c) CHAR_4(c) CHAR_4((c) + 4) CHAR_4((c) + 8) CHAR_4((c) + 12)
#define CHAR_64(c) CHAR_16(c) CHAR_16((c) + 16) CHAR_16((c) + 32) CHAR_16((c) + 48)
static StaticStr latin1_chars[256] = {CHAR_64(0) CHAR_64(64) CHAR_64(128) CHAR_64(192)};
static StaticStr empty_text = {{SHAPE_OF(str), OBJ_STATIC | STR_ASCII}, 0, 0, {0}};

Str *str_empty(void) { return (Str *)&empty_text; }

/* Characters beyond Latin-1 that were made since the last collection, by their low byte: an
** alphabet has a few, and most loops over text ask for them again and again. */
enum { RECENT_CHARS = 256 };
static struct { Str *chars[RECENT_CHARS]; /* NULL: none; nothing keeps them alive */ } recent;

static void forget_recent_chars(VM *vm, bool full, void *data) {
  memset(&recent, 0, sizeof recent);
}

void str_init(VM *vm) { heap_add_sweeper(vm, forget_recent_chars, NULL); }

static NOINLINE Str *make_char(VM *vm, uint32_t point) {
  Str *s = str_alloc(vm, 1, point);
  if (point < 0x10000) ((uint16_t *)s->data)[0] = (uint16_t)point;
  else ((uint32_t *)s->data)[0] = point;
  return recent.chars[point % RECENT_CHARS] = s;
}

Str *str_from_char(VM *vm, uint32_t point) {
  if (LIKELY(point < 0x100)) return (Str *)&latin1_chars[point];
  Str *s = recent.chars[point % RECENT_CHARS];
  return s && str_at(s, 0) == point ? s : make_char(vm, point);
}

/* ---- allocation */

static_assert((offsetof(Str, data) + 8) % 16 == 0, "a text has room for a word");

static inline uint32_t bits_for(uint32_t widest) {
  if (widest < 0x80) return STR_ASCII;
  return widest < 0x100 ? 0 : widest < 0x10000 ? 1u << STR_KIND_SHIFT : 2u << STR_KIND_SHIFT;
}

static COLD Str *length_error(VM *vm) {
  raise_memory(vm);
  return NULL;
}

/* Text of Latin-1 units, not empty and not too long. */
static inline Str *alloc_latin1(VM *vm, size_t length, uint32_t ascii) {
  Str *s = heap_new_raw(vm, SHAPE_OF(str), offsetof(Str, data) + length + 1);
  if (UNLIKELY(!s)) return NULL;
  cell_unpoison(s, offsetof(Str, data) + 8); /* the room for a word */
  s->h.bits |= ascii;
  s->length = length;
  s->hash = 0;
  s->data[length] = 0;
  return s;
}

Str *str_alloc(VM *vm, size_t length, uint32_t widest) {
  if (length == 0) return str_empty();
  if (UNLIKELY(length >> STR_LENGTH_MAX_BITS)) return length_error(vm);
  uint32_t bits = bits_for(widest);
  int kind = bits >> STR_KIND_SHIFT & 3;
  if (kind == 0) return alloc_latin1(vm, length, bits);
  Str *s = heap_new_raw(vm, SHAPE_OF(str), offsetof(Str, data) + ((length + 1) << kind));
  if (UNLIKELY(!s)) return NULL;
  s->h.bits |= bits;
  s->length = length;
  s->hash = 0;
  if (kind == 1) ((uint16_t *)s->data)[length] = 0;
  else ((uint32_t *)s->data)[length] = 0;
  return s;
}

Str *str_new_latin1(VM *vm, const uint8_t *units, size_t length) {
  if (length == 0) return str_empty();
  if (length == 1) return (Str *)&latin1_chars[units[0]];
  Str *s = str_alloc(vm, length, units_range(units, 1, length));
  if (s) lanes_copy(s->data, units, length);
  return s;
}

Str *str_new_ascii(VM *vm, const char *text, size_t length) {
  if (length <= 1) return length ? (Str *)&latin1_chars[(uint8_t)text[0]] : str_empty();
  if (UNLIKELY(length >> STR_LENGTH_MAX_BITS)) return length_error(vm);
  Str *s = alloc_latin1(vm, length, STR_ASCII);
  if (s) lanes_copy(s->data, text, length);
  return s;
}

Str *str_new_units(VM *vm, const void *units, int kind, size_t length, uint32_t widest) {
  if (length == 0) return str_empty();
  if (length == 1)
    return str_from_char(vm, kind == 0   ? *(const uint8_t *)units
                             : kind == 1 ? *(const uint16_t *)units
                                         : *(const uint32_t *)units);
  Str *s = str_alloc(vm, length, widest);
  if (s) units_convert(s->data, 1 << str_kind(s), units, 1 << kind, length);
  return s;
}

Str *str_new_ucs4(VM *vm, const uint32_t *points, size_t length) {
  return str_new_units(vm, points, 2, length, units_range(points, 4, length));
}

Str *str_try_utf8(VM *vm, const uint8_t *bytes, size_t size, bool *valid) {
  *valid = true;
  if (ascii_prefix(bytes, size) == size) return str_new_ascii(vm, (const char *)bytes, size);
  Utf8Scan found = utf8_measure(bytes, size);
  if (found.count <= 1) {
    *valid = utf8_is_valid(bytes, size);
    size_t i = 0;
    return *valid ? str_from_char(vm, utf8_next(bytes, &i)) : str_empty();
  }
  Str *s = str_alloc(vm, found.count, found.widest);
  if (!s) return NULL;
  switch (str_kind(s)) {
  case 0: *valid = utf8_check_1(bytes, size, s->data, found.count); break;
  case 1: *valid = utf8_check_2(bytes, size, (uint16_t *)s->data, found.count); break;
  default: *valid = utf8_check_4(bytes, size, (uint32_t *)s->data, found.count); break;
  }
  return *valid ? s : str_empty();
}

Str *str_new_utf8(VM *vm, const char *text, size_t size) {
  const uint8_t *bytes = (const uint8_t *)text;
  bool valid;
  Str *strict = str_try_utf8(vm, bytes, size, &valid);
  if (LIKELY(valid)) return strict;
  size_t prefix = ascii_prefix(bytes, size);
  if (UNLIKELY(!utf8_is_whole(bytes + prefix, size - prefix)))
    return str_new_latin1(vm, bytes, size);
  size_t count = prefix;
  uint32_t widest = 0x80;
  for (size_t i = prefix; i < size;) {
    uint32_t c = utf8_next(bytes, &i);
    if (c > widest) widest = c;
    count++;
  }
  if (count == 1) {
    size_t i = 0;
    return str_from_char(vm, utf8_next(bytes, &i));
  }
  Str *s = str_alloc(vm, count, widest);
  if (!s) return NULL;
  switch (str_kind(s)) {
  case 0: utf8_decode_1(bytes, size, s->data); break;
  case 1: utf8_decode_2(bytes, size, (uint16_t *)s->data); break;
  default: utf8_decode_4(bytes, size, (uint32_t *)s->data); break;
  }
  return s;
}

Str *str_new_cstr(VM *vm, const char *text) { return str_new_utf8(vm, text, strlen(text)); }

/* ---- parts and sums */

Str *str_substring(VM *vm, Str *s, size_t start, size_t end) {
  size_t n = end - start;
  if (n == 0) return str_empty();
  if (n == s->length && s->h.shape == SHAPE_OF(str)) return s;
  if (n == 1) return str_from_char(vm, str_at(s, start));
  int kind = str_kind(s);
  const uint8_t *from = (const uint8_t *)str_data(s) + (start << kind);
  uint32_t widest = str_is_ascii(s) ? 0x7F : units_range(from, 1 << kind, n);
  Str *result = str_alloc(vm, n, widest);
  if (!result) return NULL;
  if (kind == 0) return lanes_copy(result->data, from, n), result;
  /* the allocation moved nothing, but `from` may be inside s: s is still on the stack */
  units_convert(result->data, 1 << str_kind(result), from, 1 << kind, n);
  return result;
}

static uint32_t widest_of(const Str *s) {
  static const uint32_t widest[3] = {0xFF, 0xFFFF, 0x10FFFF};
  return str_is_ascii(s) ? 0x7F : widest[str_kind(s)];
}

void str_copy_units(void *to, int to_kind, size_t at, const Str *s) {
  units_convert((uint8_t *)to + (at << to_kind), 1 << to_kind, str_data(s), 1 << str_kind(s),
                s->length);
}

Str *str_concat(VM *vm, Str *a, Str *b) {
  if (a->length == 0 && b->h.shape == SHAPE_OF(str)) return b;
  if (b->length == 0 && a->h.shape == SHAPE_OF(str)) return a;
  if (LIKELY(str_kind(a) + str_kind(b) == 0)) {
    size_t n = a->length, m = b->length;
    if (UNLIKELY(n + m <= 1 || (n + m) >> STR_LENGTH_MAX_BITS))
      return n + m > 1 ? length_error(vm) : str_exact(vm, n ? a : b);
    Str *s = alloc_latin1(vm, n + m, a->h.bits & b->h.bits & STR_ASCII);
    if (UNLIKELY(!s)) return NULL;
    if (n + m < 8) { /* one word: every text has room for one, and its cell ends on 16 bytes */
      uint64_t x, y;
      memcpy(&x, str_data(a), 8);
      memcpy(&y, str_data(b), 8);
      x = (x & ((UINT64_C(1) << 8 * n) - 1)) | y << 8 * n;
      x &= (UINT64_C(1) << 8 * (n + m)) - 1;
      memcpy(s->data, &x, 8);
      return s;
    }
    copy_bytes(s->data, str_data(a), n);
    copy_bytes(s->data + n, str_data(b), m);
    return s;
  }
  uint32_t wa = widest_of(a), wb = widest_of(b);
  Str *s = str_alloc(vm, a->length + b->length, wa > wb ? wa : wb);
  if (!s || !s->length) return s;
  int kind = str_kind(s);
  str_copy_units(s->data, kind, 0, a);
  str_copy_units(s->data, kind, a->length, b);
  return s;
}

static StrBuffer *buffer_of(const Str *s) {
  return (StrBuffer *)(*(uint8_t *const *)s->data - offsetof(StrBuffer, units));
}

/* A Str of `length` units at the front of the buffer. */
static Str *make_external(VM *vm, StrBuffer *buffer, size_t length, uint32_t bits) {
  Str *s = heap_new(vm, SHAPE_OF(str), offsetof(Str, data) + sizeof(void *));
  s->h.bits |= bits | STR_EXTERNAL;
  s->length = length;
  s->hash = 0;
  *(void **)s->data = buffer->units;
  return s;
}

Str *str_append(VM *vm, Str *a, Str *b) {
  size_t n = a->length, total = n + b->length;
  if (total < APPEND_MIN || n == 0 || b->length == 0) return str_concat(vm, a, b);
  int kind = str_kind(a);
  uint32_t bits = a->h.bits & (3u << STR_KIND_SHIFT | STR_ASCII);
  if (!str_is_ascii(b)) bits &= ~(uint32_t)STR_ASCII;
  if ((a->h.bits & STR_EXTERNAL) && kind >= str_kind(b)) {
    StrBuffer *buffer = buffer_of(a);
    if (buffer->used == n && buffer->capacity >= total) {
      str_copy_units(buffer->units, kind, n, b);
      buffer->used = total;
      return make_external(vm, buffer, total, bits);
    }
  }
  if (kind < str_kind(b)) {
    kind = str_kind(b);
    bits = (uint32_t)kind << STR_KIND_SHIFT;
  }
  if (UNLIKELY(total >> STR_LENGTH_MAX_BITS)) return length_error(vm);
  size_t capacity = total + (a->h.bits & STR_EXTERNAL ? total / 2 : total / 8);
  StrBuffer *buffer =
      heap_new_raw(vm, SHAPE_OF(str_buffer), offsetof(StrBuffer, units) + (capacity << kind));
  if (!buffer) return NULL;
  buffer->capacity = capacity;
  buffer->used = total;
  str_copy_units(buffer->units, kind, 0, a);
  str_copy_units(buffer->units, kind, n, b);
  return make_external(vm, buffer, total, bits);
}

Str *str_sum(VM *vm, Str *a, Str *b) {
  if (LIKELY(a->length + b->length < STR_SUM_MIN || a->length < b->length))
    return str_concat(vm, a, b);
  bool goes_on =
      a->h.bits & STR_EXTERNAL ? buffer_of(a)->used == a->length : (a->h.bits & STR_SUM) != 0;
  if (!goes_on) {
    Str *sum = str_concat(vm, a, b);
    if (sum && sum != a) sum->h.bits |= STR_SUM;
    return sum;
  }
  a->h.bits &= ~(uint32_t)STR_SUM;
  return str_append(vm, a, b);
}

/* Only external texts are in scanned cells: they hold the one pointer that texts have. */
void str_trace(Marker *marker, Object *self) {
  const Str *s = (const Str *)self;
  if (self->bits & STR_EXTERNAL) mark_object(marker, buffer_of(s));
}

Str *str_exact(VM *vm, Str *s) {
  if (LIKELY(s->h.shape == SHAPE_OF(str))) return s;
  return str_new_units(vm, str_data(s), str_kind(s), s->length,
                       s->length <= 1 && s->length ? str_at(s, 0) : widest_of(s));
}

/* ---- comparing */

uint64_t hash_bytes(VM *vm, const void *data, size_t size) {
  uint64_t hash = XXH3_64bits_withSeed(data, size, vm->hash_seed[0]);
  return hash ? hash : 1;
}

uint64_t str_hash(VM *vm, Str *s) {
  if (s->hash) return s->hash;
  deep_check(SAMPLED(s->length, str_verify(s)));
  return s->hash = hash_bytes(vm, str_data(s), s->length << str_kind(s));
}

bool str_same_text(const Str *a, const Str *b) {
  if (a->hash != b->hash && a->hash && b->hash) return false;
  return lanes_same(str_data(a), str_data(b), a->length << str_kind(a));
}

int str_compare(const Str *a, const Str *b) {
  size_t n = a->length < b->length ? a->length : b->length;
  const void *da = str_data(a), *db = str_data(b);
  int order = 0;
  if (str_kind(a) == 0 && str_kind(b) == 0) {
    order = memcmp(da, db, n);
  } else {
    order = units_compare(da, 1 << str_kind(a), db, 1 << str_kind(b), n);
  }
  return order ? order : a->length < b->length ? -1 : a->length > b->length;
}

bool str_equal_cstr(const Str *a, const char *ascii) {
  size_t n = strlen(ascii);
  return a->length == n && str_kind(a) == 0 && memcmp(str_data(a), ascii, n) == 0;
}

/* ---- UTF-8 */

const char *str_utf8(VM *vm, Str *s, size_t *size) {
  const void *data = str_data(s);
  size_t n = s->length;
  if (str_is_ascii(s) && !(s->h.bits & STR_EXTERNAL)) {
    if (size) *size = n;
    return (const char *)s->data;
  }
  int kind = str_kind(s);
  size_t bytes = kind == 0   ? utf8_size_1(data, n)
                 : kind == 1 ? utf8_size_2(data, n)
                             : utf8_size_4(data, n);
  RawBytes *copy = raw_bytes_new(vm, bytes + 1);
  if (!copy) return NULL;
  if (kind == 0) utf8_encode_1(data, n, copy->bytes);
  else if (kind == 1) utf8_encode_2(data, n, copy->bytes);
  else utf8_encode_4(data, n, copy->bytes);
  copy->bytes[bytes] = 0;
  if (size) *size = bytes;
  return (const char *)copy->bytes;
}

/* ---- bytes */

typedef struct StaticBytes {
  Object h;
  uint64_t length, hash;
  uint8_t data[8];
} StaticBytes;
#define BYTE_1(c) {{SHAPE_OF(bytes), OBJ_STATIC}, 1, 0, {(uint8_t)(c)}},
#define BYTE_4(c) BYTE_1(c) BYTE_1((c) + 1) BYTE_1((c) + 2) BYTE_1((c) + 3)
#define BYTE_16(c) BYTE_4(c) BYTE_4((c) + 4) BYTE_4((c) + 8) BYTE_4((c) + 12)
#define BYTE_64(c) BYTE_16(c) BYTE_16((c) + 16) BYTE_16((c) + 32) BYTE_16((c) + 48)
static StaticBytes one_byte[256] = {BYTE_64(0) BYTE_64(64) BYTE_64(128) BYTE_64(192)};
static StaticBytes no_bytes = {{SHAPE_OF(bytes), OBJ_STATIC}, 0, 0, {0}};

Bytes *bytes_new(VM *vm, const void *data, size_t length) {
  if (length == 0) return (Bytes *)&no_bytes;
  if (length == 1 && data) return (Bytes *)&one_byte[*(const uint8_t *)data];
  if (UNLIKELY(length >> STR_LENGTH_MAX_BITS)) return (Bytes *)length_error(vm);
  Bytes *b = heap_new_raw(vm, SHAPE_OF(bytes), offsetof(Bytes, data) + length + 1);
  if (!b) return NULL;
  b->length = length;
  b->hash = 0;
  if (data) lanes_copy(b->data, data, length);
  b->data[length] = 0;
  return b;
}

Bytes *bytes_new_zeroed(VM *vm, size_t length) {
  if (length == 0) return (Bytes *)&no_bytes;
  if (length == 1) return (Bytes *)&one_byte[0];
  if (UNLIKELY(length >> STR_LENGTH_MAX_BITS)) return (Bytes *)length_error(vm);
  Bytes *b = heap_new_raw_zeroed(vm, SHAPE_OF(bytes), offsetof(Bytes, data) + length + 1);
  if (b) b->length = length;
  return b;
}

Value bytes_concat(VM *vm, Bytes *a, Bytes *b) {
  if (!a->length || !b->length) return value_from(a->length ? a : b);
  Bytes *sum = bytes_new(vm, NULL, a->length + b->length);
  if (UNLIKELY(!sum)) return VALUE_FAIL;
  copy_bytes(sum->data, a->data, a->length);
  copy_bytes(sum->data + a->length, b->data, b->length);
  return value_from(sum);
}

/* str.h -- immutable text: Latin-1, UCS-2 or UCS-4 units, as PEP 393.
**
** Law: the kind is the narrowest that holds the widest code point; STR_ASCII iff all < 0x80; hash 0
** means not computed. Text is inline behind the head, except STR_EXTERNAL: then the first inline
** word points to a StrBuffer cell whose spare tail the last owner may extend in place (s += x is
** linear); such strings are allocated scanned. Subclass instances of str have the same layout (plus
** `extra` at the cell's end). */
#ifndef KRAIT_STR_H
#define KRAIT_STR_H

#include <stdarg.h>

#include "vm/memory/heap.h"

enum {                     /* of the header's bits, above the collector's bits */
       STR_KIND_SHIFT = 8, /* 2 bits: 0 Latin-1, 1 UCS-2, 2 UCS-4: log2 of the unit's bytes */
       STR_ASCII = 1 << 10,
       STR_INTERNED = 1 << 11,
       STR_EXTERNAL = 1 << 12,
       STR_IMMORTAL = 1 << 13, /* interned, and kept alive by the table */
       STR_SUM = 1 << 14,      /* was made by str_sum, which has not seen it again */
};
enum { STR_SUM_MIN = 512 }; /* units: shorter sums are not STR_SUM */

struct Str {
  Object h;
  uint64_t length; /* code points */
  uint64_t hash;   /* 0: not yet */
  uint8_t data[];  /* units, or the pointer of STR_EXTERNAL */
};

static inline int str_kind(const Str *s) { return (s->h.bits >> STR_KIND_SHIFT) & 3; }
static inline bool str_is_ascii(const Str *s) { return (s->h.bits & STR_ASCII) != 0; }
static inline const void *str_data(const Str *s) {
  return UNLIKELY(s->h.bits & STR_EXTERNAL) ? *(const void *const *)s->data : (const void *)s->data;
}
static inline uint32_t str_at(const Str *s, size_t i) { /* needs i < length */
  const void *data = str_data(s);
  switch (str_kind(s)) {
  case 0: return ((const uint8_t *)data)[i];
  case 1: return ((const uint16_t *)data)[i];
  default: return ((const uint32_t *)data)[i];
  }
}

/* All constructors return NULL only with MemoryError/OverflowError pending. Single Latin-1
** characters and "" are shared. */
/* str_new_utf8: UTF-8, lone surrogates allowed; bytes that are none are taken for Latin-1 (who
** wants an error decodes). */
MUST_USE Str *str_new_utf8(VM *vm, const char *bytes, size_t size);
/* str_try_utf8: UTF-8 as Python defines it; *valid false: it is not, and the result means
** nothing. */
MUST_USE Str *str_try_utf8(VM *vm, const uint8_t *bytes, size_t size, bool *valid);
MUST_USE Str *str_new_cstr(VM *vm, const char *text); /* NUL-terminated UTF-8 */
MUST_USE Str *str_new_latin1(VM *vm, const uint8_t *units, size_t length);
MUST_USE Str *str_new_ucs4(VM *vm, const uint32_t *points, size_t length); /* narrows */
void str_init(VM *vm);
MUST_USE NEVER_NULL Str *str_from_char(VM *vm, uint32_t point);
MUST_USE Str *str_new_ascii(VM *vm, const char *text, size_t length); /* all below 0x80 */
/* str_new_units: units of a kind; `widest` decides the kind of the result and must be exact as to
** its range. */
MUST_USE Str *str_new_units(VM *vm, const void *units, int kind, size_t length, uint32_t widest);
Str *str_empty(void);
/* str_alloc: uninitialised text of `length` units for the widest code point `widest`; the caller
** fills str_data. */
MUST_USE Str *str_alloc(VM *vm, size_t length, uint32_t widest);
/* str_format: as raise_error's format, see contracts/error.h */
MUST_USE MAY_RUN Str *str_format(VM *vm, const char *format, ...);
/* str_format_va: NULL: a repr or str in it raised */
MUST_USE MAY_RUN Str *str_format_va(VM *vm, const char *format, va_list args);
MUST_USE Str *str_concat(VM *vm, Str *a, Str *b);
/* needs start <= end <= length */
MUST_USE Str *str_substring(VM *vm, Str *s, size_t start, size_t end);
/* str_sum: a + b of a program: as str_append if a is such a sum itself and long, as in s = s + x in
** loops; one text is continued so but once. */
MUST_USE Str *str_sum(VM *vm, Str *a, Str *b);
/* str_append: a + b, in place when a is the last owner of its buffer; for s += x in loops
** (INPLACE_ADD). */
MUST_USE Str *str_append(VM *vm, Str *a, Str *b);

/* str_intern: the one interned string equal to s (exact str). It lives as long as somebody holds it
** where the collector looks. */
MUST_USE Str *str_intern(VM *vm, Str *s);
MUST_USE Str *str_intern_cstr(VM *vm, const char *text);
MUST_USE Str *str_intern_ascii(VM *vm, const char *text, size_t length);
/* str_intern_immortal: for static variables: it is never freed. */
MUST_USE Str *str_intern_immortal(VM *vm, const char *text);
/* NAME("append"): an interned name, looked up once per site. Uses the variable `vm`. */
#define NAME(text)                                               \
  ({                                                             \
    static Str *name_;                                           \
    if (UNLIKELY(!name_)) name_ = str_intern_immortal(vm, text); \
    name_;                                                       \
  })

uint64_t str_hash(VM *vm, Str *s);              /* never 0; Cost: O(n) once */
bool str_same_text(const Str *a, const Str *b); /* two of one length and kind */
static inline bool str_equal(const Str *a, const Str *b) {
  if (a == b) return true;
  if (a->length != b->length || str_kind(a) != str_kind(b)) return false;
  const uint8_t *x = str_data(a), *y = str_data(b);
  return *x == *y && str_same_text(a, b); /* an empty text has its end mark there */
}
int str_compare(const Str *a, const Str *b); /* by code point: <0, 0, >0 */
bool str_equal_cstr(const Str *a, const char *ascii);
/* str_utf8: NUL-terminated UTF-8, surrogates passed through; valid while s lives and no collection
** frees the copy (it is a heap cell or s itself when ASCII). *size may be NULL. NULL: exception
** pending. */
MUST_USE const char *str_utf8(VM *vm, Str *s, size_t *size);
void str_trace(Marker *marker, Object *self);
/* to[at..] = s; needs to_kind >= its kind */
void str_copy_units(void *to, int to_kind, size_t at, const Str *s);
uint64_t hash_bytes(VM *vm, const void *data, size_t size); /* seeded, never 0 */
/* str_exact: s itself, or an exact-str copy of a subclass instance */
MUST_USE Str *str_exact(VM *vm, Str *s);

/* str_builder: collects text of unknown width. Owns a malloc'd buffer until finish or drop. */
typedef struct StrBuilder {
  VM *vm;
  void *units; /* [owned] */
  size_t length, capacity;
  int kind;      /* as str_kind */
  uint32_t mask; /* or of all code points */
  /* memory was refused: what is added is dropped, str_builder_finish raises MemoryError */
  bool failed;
} StrBuilder;
void str_builder_init(StrBuilder *b, VM *vm);
void str_builder_char_slow(StrBuilder *b, uint32_t point);
/* str_builder_reserve: room for `more` units that have the bits of `mask`; false: no memory, the
** builder has failed. */
bool str_builder_reserve(StrBuilder *b, size_t more, uint32_t mask);
void str_builder_units(StrBuilder *b, const void *units, int kind, size_t n, uint32_t mask);
void str_builder_repeat(StrBuilder *b, uint32_t point, size_t n);
void str_builder_escape(StrBuilder *b, uint32_t point); /* \\xff, \\uffff or \\U0010ffff */
void str_builder_range(StrBuilder *b, const Str *s, size_t start, size_t end);
/* str_builder_room: where n units of Latin-1 fit behind the text as it stands, or NULL. */
static inline uint8_t *str_builder_room(StrBuilder *b, size_t n) {
  return LIKELY(b->kind == 0 && b->capacity - b->length >= n) ? (uint8_t *)b->units + b->length
                                                              : NULL;
}
static inline void str_builder_char(StrBuilder *b, uint32_t point) {
  if (UNLIKELY(b->kind != 0 || b->length == b->capacity || point > 0xFF)) {
    str_builder_char_slow(b, point);
    return;
  }
  b->mask |= point;
  ((uint8_t *)b->units)[b->length++] = (uint8_t)point;
}
static inline void str_builder_ascii(StrBuilder *b, const char *text, size_t size) {
  uint8_t *to = str_builder_room(b, size);
  if (UNLIKELY(!to)) {
    str_builder_units(b, text, 0, size, 0x7F);
    return;
  }
  memcpy(to, text, size);
  b->mask |= 0x7F;
  b->length += size;
}
static inline void str_builder_str(StrBuilder *b, const Str *s) {
  if (LIKELY(str_is_ascii(s))) str_builder_ascii(b, str_data(s), s->length);
  else str_builder_range(b, s, 0, s->length);
}
void str_builder_cstr(StrBuilder *b, const char *ascii);
/* frees the buffer; NULL: MemoryError pending */
MUST_USE Str *str_builder_finish(StrBuilder *b);
void str_builder_drop(StrBuilder *b);

/* ---- what is left of a Buffer that grew: NULL with MemoryError pending when it failed; it stays
** its owner's */
struct Buffer;
MUST_USE Str *str_from_buffer(VM *vm, const struct Buffer *utf8);
/* false: it failed, MemoryError raised */
MUST_USE bool buffer_is_whole(VM *vm, const struct Buffer *buffer);

#endif

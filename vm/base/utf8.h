/* utf8.h -- UTF-8 as Python defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
**
** Text is held in one of three widths (1, 2, 4 bytes a code point); `widest` values say which one
** is needed. */
#ifndef KRAIT_UTF8_H
#define KRAIT_UTF8_H

#include "common.h"

typedef struct Utf8Error {
  size_t start, end;  /* the bytes that cannot be decoded, as UnicodeDecodeError reports them */
  const char *reason; /* NULL: no error */
  bool incomplete;    /* more input could still make it valid */
} Utf8Error;

typedef struct Utf8Scan {
  size_t bytes;    /* bytes before the first error (all, if there is none) */
  size_t count;    /* code points in them */
  uint32_t widest; /* at least as wide as each of them: < 0x80, < 0x100, < 0x10000 or more */
} Utf8Scan;

/* ascii_prefix: how many leading bytes are below 0x80. Cost: a word at a time. */
size_t ascii_prefix(const uint8_t *bytes, size_t n);

/* utf8_scan: validates up to the first error. */
Utf8Scan utf8_scan(const uint8_t *bytes, size_t n, Utf8Error *error);
static inline bool utf8_is_valid(const uint8_t *bytes, size_t n) {
  Utf8Error error;
  utf8_scan(bytes, n, &error);
  return !error.reason;
}

/* utf8_measure: what bytes would be if they are valid: count and widest as above. Cost: one pass by
** vectors, which validates nothing. */
Utf8Scan utf8_measure(const uint8_t *bytes, size_t n);
/* utf8_check_N: validates and decodes in one pass into `count` units, the count and width that
** utf8_measure found; false: not valid, `out` holds something. */
MUST_USE bool utf8_check_1(const uint8_t *bytes, size_t n, uint8_t *out, size_t count);
MUST_USE bool utf8_check_2(const uint8_t *bytes, size_t n, uint16_t *out, size_t count);
MUST_USE bool utf8_check_4(const uint8_t *bytes, size_t n, uint32_t *out, size_t count);
/* utf8_take: decodes up to an error, or `room` code points (8 at least); returns the bytes
** taken. */
typedef struct Utf8Taken {
  size_t count;  /* code points */
  uint32_t mask; /* or of them */
} Utf8Taken;
size_t utf8_take(const uint8_t *bytes, size_t n, uint32_t *out, size_t room, Utf8Taken *taken);
/* utf8_cut: where the last sequence begins if it is too short, else n. */
size_t utf8_cut(const uint8_t *bytes, size_t n);

/* utf8_decode_N: valid bytes to code points of N bytes each; the caller knows count and width from
** utf8_scan. */
void utf8_decode_1(const uint8_t *bytes, size_t n, uint8_t *out);
void utf8_decode_2(const uint8_t *bytes, size_t n, uint16_t *out);
void utf8_decode_4(const uint8_t *bytes, size_t n, uint32_t *out);

/* utf8_size_N: bytes that the text takes; surrogates count three bytes. */
size_t utf8_size_1(const uint8_t *text, size_t n);
size_t utf8_size_2(const uint16_t *text, size_t n);
size_t utf8_size_4(const uint32_t *text, size_t n);
/* utf8_encode_N: returns the bytes written; surrogates are written as three bytes (the caller has
** looked for them). */
size_t utf8_encode_1(const uint8_t *text, size_t n, uint8_t *out);
size_t utf8_encode_2(const uint16_t *text, size_t n, uint8_t *out);
size_t utf8_encode_4(const uint32_t *text, size_t n, uint8_t *out);

static inline bool is_surrogate(uint32_t c) { return (c & 0xFFFFF800u) == 0xD800; }

/* utf8_next: the code point at *i of valid text; moves *i behind it. */
static inline uint32_t utf8_next(const uint8_t *text, size_t *i) {
  const uint8_t *p = text + *i;
  uint32_t c = p[0];
  if (c < 0x80) return *i += 1, c;
  if (c < 0xE0) return *i += 2, (c & 0x1F) << 6 | (p[1] & 0x3Fu);
  if (c < 0xF0) return *i += 3, (c & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
  return *i += 4, (c & 0x07) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
}

/* utf8_is_whole: utf8_next stays inside the text and below U+110000: every lead byte has its
** continuation bytes. Surrogates and overlong forms pass. */
static inline bool utf8_is_whole(const uint8_t *text, size_t n) {
  for (size_t i = 0; i < n;) {
    size_t more = text[i] < 0x80   ? 0
                  : text[i] < 0xC0 ? 4
                  : text[i] < 0xE0 ? 1
                  : text[i] < 0xF0 ? 2
                  : text[i] < 0xF5 ? 3
                                   : 4;
    if (more > 3 || n - i <= more) return false;
    if (text[i] == 0xF4 && text[i + 1] > 0x8F) return false;
    for (size_t k = 1; k <= more; k++)
      if ((text[i + k] & 0xC0) != 0x80) return false;
    i += 1 + more;
  }
  return true;
}

/* utf8_put: writes one code point and returns its size, 1 to 4. */
static inline size_t utf8_put(uint8_t *out, uint32_t c) {
  if (c < 0x80) return out[0] = (uint8_t)c, 1;
  if (c < 0x800) return out[0] = (uint8_t)(0xC0 | c >> 6), out[1] = (uint8_t)(0x80 | (c & 0x3F)), 2;
  if (c < 0x10000) {
    out[0] = (uint8_t)(0xE0 | c >> 12);
    out[1] = (uint8_t)(0x80 | (c >> 6 & 0x3F));
    out[2] = (uint8_t)(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = (uint8_t)(0xF0 | c >> 18);
  out[1] = (uint8_t)(0x80 | (c >> 12 & 0x3F));
  out[2] = (uint8_t)(0x80 | (c >> 6 & 0x3F));
  out[3] = (uint8_t)(0x80 | (c & 0x3F));
  return 4;
}

#endif

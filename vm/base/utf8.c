/* utf8.c -- see utf8.h. */
#include "utf8.h"

static const uint64_t high_bits = 0x8080808080808080u;

size_t ascii_prefix(const uint8_t *bytes, size_t n) {
  size_t i = 0;
  for (; i + 32 <= n; i += 32) {
    uint64_t word[4];
    memcpy(word, bytes + i, 32);
    if ((word[0] | word[1] | word[2] | word[3]) & high_bits) break;
  }
  for (; i + 8 <= n; i += 8) {
    uint64_t word;
    memcpy(&word, bytes + i, 8);
    if (word & high_bits) break;
  }
  while (i < n && bytes[i] < 0x80) i++;
  return i;
}

static bool is_tail(uint8_t byte) { return (byte & 0xC0) == 0x80; }

/* Whether the second byte rules out overlong forms, surrogates and values past U+10FFFF. */
static bool is_second(uint8_t first, uint8_t second) {
  if (!is_tail(second)) return false;
  switch (first) {
  case 0xE0: return second >= 0xA0;
  case 0xED: return second < 0xA0;
  case 0xF0: return second >= 0x90;
  case 0xF4: return second < 0x90;
  default: return true;
  }
}

/* Says what is wrong with the sequence at `p`; it is known not to be valid. */
static Utf8Error describe_error(const uint8_t *bytes, size_t at, size_t n) {
  const uint8_t *p = bytes + at;
  uint8_t first = p[0];
  if (first < 0xC2 || first > 0xF4) return (Utf8Error){at, at + 1, "invalid start byte", false};
  size_t need = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4, have = 1;
  if (have < n - at && is_second(first, p[1])) have++;
  while (have > 1 && have < need && have < n - at && is_tail(p[have])) have++;
  if (have == n - at) return (Utf8Error){at, n, "unexpected end of data", true};
  return (Utf8Error){at, at + have, "invalid continuation byte", false};
}

Utf8Scan utf8_scan(const uint8_t *bytes, size_t n, Utf8Error *error) {
  size_t i = 0, count = 0;
  uint32_t widest = 0;
  *error = (Utf8Error){0};
  while (i < n) {
    uint8_t c = bytes[i];
    if (c < 0x80) {
      size_t run = ascii_prefix(bytes + i, n - i);
      i += run;
      count += run;
      continue;
    }
    size_t left = n - i;
    if (c >= 0xC2 && c < 0xE0 && left >= 2 && is_tail(bytes[i + 1])) {
      widest |= (c & 0x1Fu) << 6;
      i += 2;
    } else if ((c & 0xF0) == 0xE0 && left >= 3 && is_second(c, bytes[i + 1]) &&
               is_tail(bytes[i + 2])) {
      widest |= 0x800;
      i += 3;
    } else if (c >= 0xF0 && c <= 0xF4 && left >= 4 && is_second(c, bytes[i + 1]) &&
               is_tail(bytes[i + 2]) && is_tail(bytes[i + 3])) {
      widest |= 0x10000;
      i += 4;
    } else {
      *error = describe_error(bytes, i, n);
      break;
    }
    widest |= 0x80;
    count++;
  }
  return (Utf8Scan){i, count, widest};
}

/* One text for the three widths: ASCII runs are copied (1 byte) or widened in a loop the compiler
** vectorises. */
#define DEFINE_WIDTH(N, Unit)                                        \
  void utf8_decode_##N(const uint8_t *bytes, size_t n, Unit *out) {  \
    size_t i = 0;                                                    \
    while (i < n) {                                                  \
      if (bytes[i] < 0x80) {                                         \
        size_t run = ascii_prefix(bytes + i, n - i);                 \
        for (size_t k = 0; k < run; k++) out[k] = bytes[i + k];      \
        out += run;                                                  \
        i += run;                                                    \
      } else {                                                       \
        *out++ = (Unit)utf8_next(bytes, &i);                         \
      }                                                              \
    }                                                                \
  }                                                                  \
  size_t utf8_size_##N(const Unit *text, size_t n) {                 \
    size_t size = 0;                                                 \
    for (size_t i = 0; i < n; i++) {                                 \
      uint32_t c = text[i];                                          \
      size += 1u + (c >= 0x80) + (c >= 0x800) + (c >= 0x10000);      \
    }                                                                \
    return size;                                                     \
  }                                                                  \
  size_t utf8_encode_##N(const Unit *text, size_t n, uint8_t *out) { \
    uint8_t *start = out;                                            \
    for (size_t i = 0; i < n; i++) {                                 \
      uint32_t c = text[i];                                          \
      if (c < 0x80) *out++ = (uint8_t)c;                             \
      else out += utf8_put(out, c);                                  \
    }                                                                \
    return (size_t)(out - start);                                    \
  }

DEFINE_WIDTH(1, uint8_t)
DEFINE_WIDTH(2, uint16_t)
DEFINE_WIDTH(4, uint32_t)

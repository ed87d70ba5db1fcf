/* utf8.c -- see utf8.h. */
#include "utf8.h"

#include "lanes.h"

static const uint64_t high_bits = 0x8080808080808080u;

size_t ascii_prefix(const uint8_t *bytes, size_t n) {
  size_t i = 0;
  for (; i + 64 <= n; i += 64) {
    const uint8_t *p = bytes + i;
    if (lanes_high(lanes_load(p) | lanes_load(p + 16) | lanes_load(p + 32) | lanes_load(p + 48)))
      break;
  }
  for (; i + 16 <= n; i += 16)
    if (lanes_high(lanes_load(bytes + i))) break;
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

Utf8Scan utf8_measure(const uint8_t *bytes, size_t n) {
  uint8_t most = 0;
  size_t count = 0;
  for (size_t i = 0, end; i < n; i = end) {
    uint8_t lanes = 0; /* a byte counts so far */
    end = n - i > 255 ? i + 255 : n;
    for (size_t k = i; k < end; k++) {
      lanes += (int8_t)bytes[k] >= -64; /* no tail */
      most = bytes[k] > most ? bytes[k] : most;
    }
    count += lanes;
  }
  uint32_t widest = most < 0x80 ? 0x7F : most < 0xC4 ? 0xFF : most < 0xF0 ? 0xFFFF : 0x10FFFF;
  return (Utf8Scan){n, count, widest};
}

size_t utf8_cut(const uint8_t *bytes, size_t n) {
  for (size_t back = 1; back <= 3 && back <= n; back++) {
    uint8_t c = bytes[n - back];
    if (is_tail(c)) continue;
    size_t need = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    return need > back ? n - back : n;
  }
  return n;
}

static inline uint32_t load_4(const uint8_t *p) {
  uint32_t word;
  memcpy(&word, p, 4);
  return word;
}
static inline uint64_t load_8(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, 8);
  return word;
}

/* Three, or four, of the four bytes at p that are one code point? */
static ALWAYS_INLINE bool take_three(const uint8_t *p, uint32_t *c) {
  uint32_t w = load_4(p);
  *c = (w & 0x0F) << 12 | (w >> 2 & 0xFC0) | (w >> 16 & 0x3F);
  return (w & 0xC0C000) == 0x808000 && *c >= 0x800 && !is_surrogate(*c);
}
static ALWAYS_INLINE bool take_astral(const uint8_t *p, uint32_t *c) {
  uint32_t w = load_4(p);
  *c = (w & 0x0F) << 18 | (w << 4 & 0x3F000) | (w >> 10 & 0xFC0) | (w >> 24 & 0x3F);
  return (w & 0xC0C0C000) == 0x80808000 && *c - 0x10000 <= 0xFFFFF;
}

/* The sequence at p, whose first byte is not ASCII: its size; 0: it is none. *c: what it stands
** for. */
static size_t take_sequence(const uint8_t *p, size_t left, uint32_t *c) {
  uint8_t some[4] = {0}; /* those that are not there are no tails */
  memcpy(some, p, left < 4 ? left : 4);
  if (some[0] < 0xE0) {
    *c = (some[0] & 0x1Fu) << 6 | (some[1] & 0x3F);
    return some[0] >= 0xC2 && is_tail(some[1]) ? 2 : 0;
  }
  if (some[0] < 0xF0) return take_three(some, c) ? 3 : 0;
  return take_astral(some, c) ? 4 : 0;
}

enum { FOUR_BYTES = 13 }; /* that are loaded for four sequences of three bytes */
/* Four sequences of three bytes at p? *bad: lanes of those that are overlong, or surrogates. */
static ALWAYS_INLINE bool take_four(const uint8_t *p, Lanes4 *points, Lanes4 *bad) {
  if ((p[3] & p[6] & p[9] & 0xE0) != 0xE0) return false; /* shorter ones stand among them */
  Lanes4 w = {load_4(p), load_4(p + 3), load_4(p + 6), load_4(p + 9)};
  if (lanes_any((Lanes1)((w & 0xC0C0F0) != 0x8080E0))) return false;
  Lanes4 c = (w << 12 & 0xF000) | (w >> 2 & 0xFC0) | (w >> 16 & 0x3F), top = c >> 11;
  *bad |= (Lanes4)(top == 0) | (Lanes4)(top == 0xD800 >> 11);
  *points = c;
  return true;
}

/* Writes four points as three bytes each, and a byte behind them. */
static ALWAYS_INLINE void put_four(Lanes4 c, uint8_t *out) {
  Lanes4 w = 0x8080E0 | c >> 12 | (c << 2 & 0x3F00) | (c << 16 & 0x3F0000);
  for (size_t k = 0; k < 4; k++) {
    uint32_t one = w[k];
    memcpy(out + 3 * k, &one, 4);
  }
}
static inline void put_four_1(const uint8_t *text, uint8_t *out) {}
static inline void put_four_2(const uint16_t *text, uint8_t *out) {
  put_four((Lanes4){text[0], text[1], text[2], text[3]}, out);
}
static inline void put_four_4(const uint32_t *text, uint8_t *out) {
  put_four((Lanes4)lanes_load(text), out);
}

/* Do all of eight units take three bytes? */
static inline bool are_eight_wide_1(const uint8_t *text) { return false; }
static inline bool are_eight_wide_2(const uint16_t *text) {
  return !lanes_any((Lanes1)((Lanes2)lanes_load(text) < 0x800));
}
static inline bool are_eight_wide_4(const uint32_t *text) {
  Lanes4 a = (Lanes4)lanes_load(text), b = (Lanes4)lanes_load(text + 4);
  Lanes4 other = (Lanes4)(a - 0x800 >= 0xF800) | (Lanes4)(b - 0x800 >= 0xF800);
  return !lanes_any((Lanes1)other);
}

/* utf8_put, with the commonest first; where the next one goes. */
static ALWAYS_INLINE uint8_t *put_one(uint8_t *out, uint32_t c) {
  if (c < 0x80) {
    *out = (uint8_t)c;
    return out + 1;
  }
  return out + utf8_put(out, c);
}

/* Eight bytes as units of N bytes. */
static inline void widen_1(uint8_t *to, const uint8_t *from) { memcpy(to, from, 8); }
static inline void widen_2(uint16_t *to, const uint8_t *from) {
#ifdef __SSE2__
  __m128i bytes = _mm_loadl_epi64((const __m128i *)from);
  _mm_storeu_si128((__m128i *)to, _mm_unpacklo_epi8(bytes, _mm_setzero_si128()));
#else
  for (size_t i = 0; i < 8; i++) to[i] = from[i];
#endif
}
static inline void widen_4(uint32_t *to, const uint8_t *from) {
#ifdef __SSE2__
  __m128i zero = _mm_setzero_si128(), bytes = _mm_loadl_epi64((const __m128i *)from),
          units = _mm_unpacklo_epi8(bytes, zero);
  _mm_storeu_si128((__m128i *)to, _mm_unpacklo_epi16(units, zero));
  _mm_storeu_si128((__m128i *)(to + 4), _mm_unpackhi_epi16(units, zero));
#else
  for (size_t i = 0; i < 8; i++) to[i] = from[i];
#endif
}

/* Eight units as bytes, if they are ASCII. */
static inline bool narrow_eight_1(const uint8_t *text, uint8_t *out) {
  uint64_t word = load_8(text);
  if (word & high_bits) return false;
  memcpy(out, &word, 8);
  return true;
}
static inline bool narrow_eight_2(const uint16_t *text, uint8_t *out) {
  Lanes2 v = (Lanes2)lanes_load(text);
  if (lanes_any((Lanes1)(v >= 0x80))) return false;
#ifdef __SSE2__
  _mm_storel_epi64((__m128i *)out, _mm_packus_epi16((__m128i)v, (__m128i)v));
#else
  for (size_t k = 0; k < 8; k++) out[k] = (uint8_t)v[k];
#endif
  return true;
}
static inline bool narrow_eight_4(const uint32_t *text, uint8_t *out) {
  Lanes4 a = (Lanes4)lanes_load(text), b = (Lanes4)lanes_load(text + 4);
  if (lanes_any((Lanes1)((a | b) >= 0x80))) return false;
  for (size_t k = 0; k < 4; k++) out[k] = (uint8_t)a[k], out[k + 4] = (uint8_t)b[k];
  return true;
}

/* How many bytes stand before the first whose high bit is set. */
static ALWAYS_INLINE size_t plain_bytes(uint64_t high) {
  return high ? (size_t)__builtin_ctzll(high) / 8 : 8;
}

size_t utf8_take(const uint8_t *bytes, size_t n, uint32_t *out, size_t room, Utf8Taken *taken) {
  const uint8_t *p = bytes, *stop = bytes + n;
  const uint32_t *end = out + room, *start = out;
  uint32_t mask = 0, c;
  while (p < stop && end - out >= 8) {
    if (*p < 0x80 && stop - p >= 8) {
      size_t plain = plain_bytes(load_8(p) & high_bits);
      widen_4(out, p);
      mask |= 0x7F;
      p += plain, out += plain;
      continue;
    }
    c = *p;
    size_t size = c < 0x80 ? 1 : 0;
    if (stop - p < 4) size = size ? size : take_sequence(p, (size_t)(stop - p), &c);
    else if (c >= 0xC2 && c < 0xE0)
      size = is_tail(p[1]) ? 2 : 0, c = (c & 0x1F) << 6 | (p[1] & 0x3F);
    else if ((c & 0xF0) == 0xE0) size = take_three(p, &c) ? 3 : 0;
    else if (c >= 0xF0) size = take_astral(p, &c) ? 4 : 0;
    if (UNLIKELY(!size)) break;
    mask |= *out++ = c;
    p += size;
  }
  *taken = (Utf8Taken){(size_t)(out - start), mask};
  return (size_t)(p - bytes);
}

enum { SUM_1 = 80, SUM_2 = 1 << 14, SUM_4 = 1 << 14 }; /* units whose sums fit one */

/* One text for the three widths. Eight bytes are widened at once, and as many of them count as are
** ASCII: how long those runs are costs no branch, but for the shortest, which often stand in a row
** (perf-notes/0071). */
#define DEFINE_WIDTH(N, Unit)                                                             \
  bool utf8_check_##N(const uint8_t *bytes, size_t n, Unit *restrict out, size_t count) { \
    const uint8_t *restrict p = bytes, *stop = bytes + n;                                 \
    const Unit *end = out + count;                                                        \
    Lanes4 bad = {0}, points;                                                             \
    while (stop - p >= 8) {                                                               \
      uint32_t c = *p;                                                                    \
      if (c < 0x80) {                                                                     \
        uint64_t high = load_8(p) & high_bits;                                            \
        if ((high & 0x8000) || end - out < 8) {                                           \
          *out++ = (Unit)c, p++;                                                          \
        } else if (high & 0x80800000u) {                                                  \
          out[0] = (Unit)c, out[1] = p[1];                                                \
          p += 2, out += 2;                                                               \
          if (*p < 0x80) *out++ = *p++;                                                   \
        } else {                                                                          \
          widen_##N(out, p);                                                              \
          p += plain_bytes(high), out += plain_bytes(high);                               \
        }                                                                                 \
      } else if (c < 0xE0) {                                                              \
        if (UNLIKELY(c < 0xC2 || !is_tail(p[1]))) return false;                           \
        *out++ = (Unit)((c & 0x1F) << 6 | (p[1] & 0x3F));                                 \
        p += 2;                                                                           \
      } else if (N > 1 && c < 0xF0) {                                                     \
        if (stop - p >= FOUR_BYTES && take_four(p, &points, &bad)) {                      \
          for (size_t k = 0; k < 4; k++) out[k] = (Unit)points[k];                        \
          p += 12, out += 4;                                                              \
        } else {                                                                          \
          do {                                                                            \
            if (UNLIKELY(!take_three(p, &c))) return false;                               \
            *out++ = (Unit)c, p += 3;                                                     \
          } while (stop - p >= 4 && (*p & 0xF0) == 0xE0);                                 \
        }                                                                                 \
      } else {                                                                            \
        if (UNLIKELY(N < 4 || !take_astral(p, &c))) return false;                         \
        *out++ = (Unit)c, p += 4;                                                         \
      }                                                                                   \
    }                                                                                     \
    while (p < stop) {                                                                    \
      uint32_t c = *p;                                                                    \
      size_t size = c < 0x80 ? 1 : take_sequence(p, (size_t)(stop - p), &c);              \
      if (UNLIKELY(!size)) return false;                                                  \
      *out++ = (Unit)c, p += size;                                                        \
    }                                                                                     \
    return !lanes_any((Lanes1)bad);                                                       \
  }                                                                                       \
  void utf8_decode_##N(const uint8_t *bytes, size_t n, Unit *out) {                       \
    size_t i = 0;                                                                         \
    while (i < n) {                                                                       \
      if (bytes[i] < 0x80) {                                                              \
        size_t run = ascii_prefix(bytes + i, n - i);                                      \
        for (size_t k = 0; k < run; k++) out[k] = bytes[i + k];                           \
        out += run;                                                                       \
        i += run;                                                                         \
      } else {                                                                            \
        *out++ = (Unit)utf8_next(bytes, &i);                                              \
      }                                                                                   \
    }                                                                                     \
  }                                                                                       \
  size_t utf8_size_##N(const Unit *text, size_t n) {                                      \
    size_t size = n;                                                                      \
    for (size_t i = 0, end; i < n; i = end) {                                             \
      Unit more = 0; /* sums of at most three a unit fit one */                           \
      end = n - i > SUM_##N ? i + SUM_##N : n;                                            \
      for (size_t k = i; k < end; k++) {                                                  \
        uint32_t c = text[k];                                                             \
        more += (c >= 0x80) + (c >= 0x800) + (c >= 0x10000);                              \
      }                                                                                   \
      size += more;                                                                       \
    }                                                                                     \
    return size;                                                                          \
  }                                                                                       \
  size_t utf8_encode_##N(const Unit *text, size_t n, uint8_t *out) {                      \
    uint8_t *start = out;                                                                 \
    size_t i = 0;                                                                         \
    for (; i + 8 < n; i += 8) { /* a byte stands behind what is written */                \
      if (narrow_eight_##N(text + i, out)) {                                              \
        out += 8;                                                                         \
      } else if (are_eight_wide_##N(text + i)) {                                          \
        put_four_##N(text + i, out), put_four_##N(text + i + 4, out + 12);                \
        out += 24;                                                                        \
      } else {                                                                            \
        for (size_t k = 0; k < 8; k++) out = put_one(out, text[i + k]);                   \
      }                                                                                   \
    }                                                                                     \
    for (; i < n; i++) out = put_one(out, text[i]);                                       \
    return (size_t)(out - start);                                                         \
  }

DEFINE_WIDTH(1, uint8_t)
DEFINE_WIDTH(2, uint16_t)
DEFINE_WIDTH(4, uint32_t)

/* lanes.h -- sixteen bytes at a time, in the compilers' own vectors: SSE2, NEON or plain words.
**
** A comparison of vectors gives lanes of all ones where it holds; lanes_first says where the first
** such lane begins. Loads need no alignment. Only little-endian machines are known to Krait.
** perf-notes/0071. */
#ifndef KRAIT_LANES_H
#define KRAIT_LANES_H

#include "common.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

typedef uint8_t Lanes1 __attribute__((vector_size(16)));
typedef uint16_t Lanes2 __attribute__((vector_size(16)));
typedef uint32_t Lanes4 __attribute__((vector_size(16)));
typedef int8_t SignedLanes1 __attribute__((vector_size(16)));
typedef uint64_t Lanes8 __attribute__((vector_size(16)));

enum { LANES_BYTES = 16 };

static inline Lanes1 lanes_load(const void *from) {
  Lanes1 v;
  memcpy(&v, from, sizeof v);
  return v;
}

static inline bool lanes_any(Lanes1 v) {
#ifdef __SSE2__
  return _mm_movemask_epi8((__m128i)v) != 0; /* whole lanes, so a high bit tells */
#else
  Lanes8 words = (Lanes8)v;
  return (words[0] | words[1]) != 0;
#endif
}

/* lanes_high: has a byte its high bit? */
static inline bool lanes_high(Lanes1 v) {
#ifdef __SSE2__
  return _mm_movemask_epi8((__m128i)v) != 0;
#else
  Lanes8 words = (Lanes8)v;
  return ((words[0] | words[1]) & 0x8080808080808080u) != 0;
#endif
}

/* lanes_first: in which byte the first lane of ones begins; 16: there is none. */
static inline unsigned lanes_first(Lanes1 v) {
#ifdef __SSE2__
  return (unsigned)__builtin_ctz((unsigned)_mm_movemask_epi8((__m128i)v) | 0x10000u);
#else
  Lanes8 words = (Lanes8)v;
  return words[0]   ? (unsigned)__builtin_ctzll(words[0]) / 8
         : words[1] ? 8 + (unsigned)__builtin_ctzll(words[1]) / 8
                    : 16;
#endif
}

/* lanes_last: in which byte the last lane of ones ends; needs one. */
static inline unsigned lanes_last(Lanes1 v) {
#ifdef __SSE2__
  return 31 - (unsigned)__builtin_clz((unsigned)_mm_movemask_epi8((__m128i)v));
#else
  Lanes8 words = (Lanes8)v;
  return words[1] ? 15 - (unsigned)__builtin_clzll(words[1]) / 8
                  : 7 - (unsigned)__builtin_clzll(words[0]) / 8;
#endif
}

/* lanes_copy: memcpy of what is short as a rule: up to 16 bytes are two words that overlap. */
static ALWAYS_INLINE void lanes_copy(void *to, const void *from, size_t n) {
  uint8_t *t = to;
  const uint8_t *f = from;
  if (n > 16) {
    memcpy(to, from, n);
  } else if (n >= 8) {
    uint64_t first, last;
    memcpy(&first, f, 8);
    memcpy(&last, f + n - 8, 8);
    memcpy(t, &first, 8);
    memcpy(t + n - 8, &last, 8);
  } else if (n >= 4) {
    uint32_t first, last;
    memcpy(&first, f, 4);
    memcpy(&last, f + n - 4, 4);
    memcpy(t, &first, 4);
    memcpy(t + n - 4, &last, 4);
  } else if (n) {
    t[0] = f[0];
    t[n / 2] = f[n / 2];
    t[n - 1] = f[n - 1];
  }
}

/* lanes_same: are these n bytes the same? Up to 16 without a call, as in lanes_copy. */
static inline bool lanes_same(const void *a, const void *b, size_t n) {
  const uint8_t *x = a, *y = b;
  if (n > 16) return memcmp(x, y, n) == 0;
  if (n >= 8) {
    uint64_t first[2], last[2];
    memcpy(&first[0], x, 8), memcpy(&first[1], y, 8);
    memcpy(&last[0], x + n - 8, 8), memcpy(&last[1], y + n - 8, 8);
    return ((first[0] ^ first[1]) | (last[0] ^ last[1])) == 0;
  }
  if (n >= 4) {
    uint32_t first[2], last[2];
    memcpy(&first[0], x, 4), memcpy(&first[1], y, 4);
    memcpy(&last[0], x + n - 4, 4), memcpy(&last[1], y + n - 4, 4);
    return ((first[0] ^ first[1]) | (last[0] ^ last[1])) == 0;
  }
  return !n || (x[0] == y[0] && x[n / 2] == y[n / 2] && x[n - 1] == y[n - 1]);
}

/* lanes_order: as memcmp, -1, 0 or 1; what differs in the first bytes costs no call. */
static inline int lanes_order(const void *a, const void *b, size_t n) {
  if (n >= 8) {
    uint64_t x, y;
    memcpy(&x, a, 8), memcpy(&y, b, 8);
    if (x != y) return __builtin_bswap64(x) < __builtin_bswap64(y) ? -1 : 1;
  } else if (n >= 4) {
    uint32_t x, y;
    memcpy(&x, a, 4), memcpy(&y, b, 4);
    if (x != y) return __builtin_bswap32(x) < __builtin_bswap32(y) ? -1 : 1;
  } else if (n && *(const uint8_t *)a != *(const uint8_t *)b) {
    return *(const uint8_t *)a < *(const uint8_t *)b ? -1 : 1;
  }
  int order = memcmp(a, b, n);
  return (order > 0) - (order < 0);
}

#endif

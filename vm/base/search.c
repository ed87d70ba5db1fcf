/* search.c -- see search.h. Long needles go to memmem, which is linear and fast; wide units check
** the alignment of what it finds. */
#include "search.h"

#include "lanes.h"

/* Units of one width, from the front and from the back. */
#define DEFINE_WIDTH(N, Unit, Lanes)                                            \
  static size_t find_##N(const Unit *text, size_t n, Unit what) {               \
    enum { PER = LANES_BYTES / sizeof(Unit) };                                  \
    size_t i = 0;                                                               \
    for (; i + PER <= n; i += PER) {                                            \
      unsigned at = lanes_first((Lanes1)((Lanes)lanes_load(text + i) == what)); \
      if (at < LANES_BYTES) return i + at / sizeof(Unit);                       \
    }                                                                           \
    for (; i < n; i++)                                                          \
      if (text[i] == what) return i;                                            \
    return SEARCH_NONE;                                                         \
  }                                                                             \
  static size_t find_back_##N(const Unit *text, size_t n, Unit what) {          \
    enum { PER = LANES_BYTES / sizeof(Unit) };                                  \
    for (; n >= PER; n -= PER) {                                                \
      Lanes1 hit = (Lanes1)((Lanes)lanes_load(text + n - PER) == what);         \
      if (lanes_any(hit)) return n - PER + lanes_last(hit) / sizeof(Unit);      \
    }                                                                           \
    while (n-- > 0)                                                             \
      if (text[n] == what) return n;                                            \
    return SEARCH_NONE;                                                         \
  }
DEFINE_WIDTH(1, uint8_t, Lanes1)
DEFINE_WIDTH(2, uint16_t, Lanes2)
DEFINE_WIDTH(4, uint32_t, Lanes4)

enum { NEAR = 32 }; /* bytes */

static bool fits(uint32_t what, int unit) {
  return unit == 4 || what < (unit == 1 ? 0x100u : 0x10000u);
}

size_t search_unit(const void *text, size_t n, uint32_t what, int unit) {
  if (!fits(what, unit)) return SEARCH_NONE;
  if (unit == 2) return find_2(text, n, (uint16_t)what);
  if (unit == 4) return find_4(text, n, what);
  /* what is near needs no call */
  size_t near = find_1(text, n < NEAR ? n : NEAR, (uint8_t)what);
  if (near != SEARCH_NONE || n <= NEAR) return near;
  const uint8_t *at = memchr((const uint8_t *)text + NEAR, (int)what, n - NEAR);
  return at ? (size_t)(at - (const uint8_t *)text) : SEARCH_NONE;
}

size_t search_unit_back(const void *text, size_t n, uint32_t what, int unit) {
  if (!fits(what, unit)) return SEARCH_NONE;
  return unit == 1   ? find_back_1(text, n, (uint8_t)what)
         : unit == 2 ? find_back_2(text, n, (uint16_t)what)
                     : find_back_4(text, n, what);
}

/* Sums of parts so short that they fit a unit. */
#define COUNT_UNITS(Unit, most)                                                     \
  for (size_t i = 0, end; i < n; i = end) {                                         \
    Unit part = 0;                                                                  \
    end = n - i > (most) ? i + (most) : n;                                          \
    for (size_t k = i; k < end; k++) part += ((const Unit *)text)[k] == (Unit)what; \
    count += part;                                                                  \
  }

size_t search_unit_count(const void *text, size_t n, uint32_t what, int unit) {
  size_t count = 0;
  if (!fits(what, unit)) return 0;
  if (unit == 1) {
    COUNT_UNITS(uint8_t, 240)
  } else if (unit == 2) {
    COUNT_UNITS(uint16_t, 1 << 14)
  } else {
    COUNT_UNITS(uint32_t, 1 << 20)
  }
  return count;
}

/* Bytes of a run of at least two: candidates are places where its first and its last byte stand,
** found sixteen at a time; when candidates turn out to be many and false, memmem, which is linear,
** takes over. */
static const uint8_t *find_bytes(const uint8_t *text, size_t n, const uint8_t *what, size_t m) {
#ifdef __SSE2__
  const __m128i first = _mm_set1_epi8((char)what[0]), last = _mm_set1_epi8((char)what[m - 1]);
  size_t i = 0, wasted = 0;
  for (; i + m + 15 <= n; i += 16) {
    __m128i a = _mm_loadu_si128((const __m128i *)(text + i)),
            b = _mm_loadu_si128((const __m128i *)(text + i + m - 1));
    unsigned places = (unsigned)_mm_movemask_epi8(
        _mm_and_si128(_mm_cmpeq_epi8(a, first), _mm_cmpeq_epi8(b, last)));
    while (places) {
      const uint8_t *at = text + i + __builtin_ctz(places);
      if (!memcmp(at + 1, what + 1, m - 2)) return at;
      places &= places - 1;
      wasted += 8 + m / 16;
    }
    if (UNLIKELY(wasted > 1024 + i)) return memmem(text + i, n - i, what, m);
  }
  for (; i + m <= n; i++)
    if (text[i] == what[0] && !memcmp(text + i, what, m)) return text + i;
  return NULL;
#else
  return memmem(text, n, what, m);
#endif
}

size_t search(const void *text, size_t n, const void *what, size_t m, int unit) {
  if (m > n) return SEARCH_NONE;
  if (m == 0) return 0;
  if (m == 1) return search_unit(text, n, unit_at(what, unit, 0), unit);
  const uint8_t *start = text, *from = start, *end = start + n * (size_t)unit;
  for (;;) {
    const uint8_t *at = find_bytes(from, (size_t)(end - from), what, m * (size_t)unit);
    if (!at) return SEARCH_NONE;
    size_t offset = (size_t)(at - start);
    if (offset % (size_t)unit == 0) return offset / (size_t)unit;
    from = at + 1;
  }
}

size_t search_back(const void *text, size_t n, const void *what, size_t m, int unit) {
  if (m > n) return SEARCH_NONE;
  if (m == 0) return n;
  uint32_t first = unit_at(what, unit, 0);
  size_t size = m * (size_t)unit;
  for (size_t limit = n - m + 1; limit;) {
    size_t i = search_unit_back(text, limit, first, unit);
    if (i == SEARCH_NONE) return SEARCH_NONE;
    if (!memcmp((const uint8_t *)text + i * (size_t)unit, what, size)) return i;
    limit = i;
  }
  return SEARCH_NONE;
}

size_t search_count(const void *text, size_t n, const void *what, size_t m, int unit, size_t most) {
  if (m == 0) return n + 1 < most ? n + 1 : most;
  if (m == 1 && most >= n) return search_unit_count(text, n, unit_at(what, unit, 0), unit);
  size_t count = 0, at = 0;
  while (count < most) {
    size_t i = search((const uint8_t *)text + at * (size_t)unit, n - at, what, m, unit);
    if (i == SEARCH_NONE) break;
    count++;
    at += i + m;
  }
  return count;
}

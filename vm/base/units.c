/* units.c -- see units.h. */
#include "units.h"

#include "lanes.h"

#define UNIT uint8_t
#define UNIT_BYTES 1
#define LANES Lanes1
#define OF(name) name##_1
#include "units_width.inc"
#define UNIT uint16_t
#define UNIT_BYTES 2
#define LANES Lanes2
#define OF(name) name##_2
#include "units_width.inc"
#define UNIT uint32_t
#define UNIT_BYTES 4
#define LANES Lanes4
#define OF(name) name##_4
#include "units_width.inc"

#define CONVERT(To, From)                           \
  do {                                              \
    To *restrict t = to;                            \
    const From *restrict f = from;                  \
    for (size_t i = 0; i < n; i++) t[i] = (To)f[i]; \
  } while (0)

void units_convert(void *to, int to_unit, const void *from, int from_unit, size_t n) {
  if (to_unit == from_unit) {
    size_t bytes = n * (size_t)to_unit;
    if (bytes < 1024) lanes_copy(to, from, bytes);
    else copy_bytes(to, from, bytes);
    return;
  }
  switch (to_unit * 8 + from_unit) {
  case 2 * 8 + 1: CONVERT(uint16_t, uint8_t); break;
  case 4 * 8 + 1: CONVERT(uint32_t, uint8_t); break;
  case 4 * 8 + 2: CONVERT(uint32_t, uint16_t); break;
  case 1 * 8 + 2: CONVERT(uint8_t, uint16_t); break;
  case 1 * 8 + 4: CONVERT(uint8_t, uint32_t); break;
  case 2 * 8 + 4: CONVERT(uint16_t, uint32_t); break;
  default: panic("units_convert: %d to %d", from_unit, to_unit);
  }
}

#define BY_WIDTH(unit, of_1, of_2, of_4) ((unit) == 1 ? (of_1) : (unit) == 2 ? (of_2) : (of_4))

uint32_t units_range(const void *units, int unit, size_t n) {
  return BY_WIDTH(unit, range_1(units, n), range_2(units, n), range_4(units, n));
}

void units_gather(void *to, const void *from, int unit, int64_t step, size_t n) {
  BY_WIDTH(unit, gather_1(to, from, step, n), gather_2(to, from, step, n),
           gather_4(to, from, step, n));
}

void units_fill(void *to, int unit, uint32_t what, size_t n) {
  BY_WIDTH(unit, fill_1(to, (uint8_t)what, n), fill_2(to, (uint16_t)what, n), fill_4(to, what, n));
}

void units_put(void *to, const void *from, int unit, size_t n, uint32_t old, uint32_t new) {
  BY_WIDTH(unit, put_1(to, from, n, (uint8_t)old, (uint8_t) new),
           put_2(to, from, n, (uint16_t)old, (uint16_t) new), put_4(to, from, n, old, new));
}

size_t units_below(const void *units, int unit, size_t n, uint32_t limit) {
  if (unit == 1 && limit > 0xFF) return n;
  return BY_WIDTH(unit, below_1(units, n, limit), below_2(units, n, limit),
                  below_4(units, n, limit));
}

size_t units_line_break(const void *units, int unit, size_t n) {
  return BY_WIDTH(unit, line_break_1(units, n), line_break_2(units, n), line_break_4(units, n));
}

/* ---- comparing */

/* The first byte that differs, or n. */
static size_t first_difference(const uint8_t *a, const uint8_t *b, size_t n) {
  size_t i = 0;
  for (; i + LANES_BYTES <= n; i += LANES_BYTES) {
    unsigned at = lanes_first((Lanes1)(lanes_load(a + i) != lanes_load(b + i)));
    if (at < LANES_BYTES) return i + at;
  }
  while (i < n && a[i] == b[i]) i++;
  return i;
}

#define COMPARE(A, B)                                      \
  for (size_t i = 0; i < n; i++) {                         \
    uint32_t x = ((const A *)a)[i], y = ((const B *)b)[i]; \
    if (x != y) return x < y ? -1 : 1;                     \
  }                                                        \
  return 0

static int compare_1_2(const void *a, const void *b, size_t n) { COMPARE(uint8_t, uint16_t); }
static int compare_1_4(const void *a, const void *b, size_t n) { COMPARE(uint8_t, uint32_t); }
static int compare_2_4(const void *a, const void *b, size_t n) { COMPARE(uint16_t, uint32_t); }

int units_compare(const void *a, int unit_a, const void *b, int unit_b, size_t n) {
  if (unit_a > unit_b) return -units_compare(b, unit_b, a, unit_a, n);
  if (unit_a < unit_b)
    return unit_a == 2   ? compare_2_4(a, b, n)
           : unit_b == 2 ? compare_1_2(a, b, n)
                         : compare_1_4(a, b, n);
  if (unit_a == 1) return n ? memcmp(a, b, n) : 0;
  size_t at = first_difference(a, b, n * (size_t)unit_a) / (size_t)unit_a;
  if (at == n) return 0;
  if (unit_a == 2) return ((const uint16_t *)a)[at] < ((const uint16_t *)b)[at] ? -1 : 1;
  return ((const uint32_t *)a)[at] < ((const uint32_t *)b)[at] ? -1 : 1;
}

/* ---- UTF-16 and UTF-32 */

void units_swap(void *to, const void *from, int unit, size_t n) {
  if (unit == 2)
    for (size_t i = 0; i < n; i++)
      ((uint16_t *)to)[i] = __builtin_bswap16(((const uint16_t *)from)[i]);
  else
    for (size_t i = 0; i < n; i++)
      ((uint32_t *)to)[i] = __builtin_bswap32(((const uint32_t *)from)[i]);
}

bool units_are_plain(const void *units, int unit, size_t n) {
  if (unit == 1) return true;
  if (unit == 2) {
    const uint16_t *u = units;
    uint16_t bad = 0;
    for (size_t i = 0; i < n; i++) bad |= (u[i] & 0xF800) == 0xD800;
    return !bad;
  }
  const uint32_t *u = units;
  uint32_t bad = 0;
  for (size_t i = 0; i < n; i++) bad |= ((u[i] & 0xFFFFF800u) == 0xD800) | (u[i] > 0x10FFFF);
  return !bad;
}

size_t units_count_astral(const uint32_t *units, size_t n) {
  size_t count = 0;
  for (size_t i = 0, end; i < n; i = end) {
    uint32_t part = 0; /* lanes of four bytes, not eight */
    end = n - i > 1 << 20 ? i + (1 << 20) : n;
    for (size_t k = i; k < end; k++) part += units[k] > 0xFFFF;
    count += part;
  }
  return count;
}

void copy_bytes_aslant(uint8_t *to, const uint8_t *from, size_t n) {
  enum { PIECE = 64 };
  size_t i = 0;
  for (; i + PIECE <= n; i += PIECE) {
    uint8_t piece[PIECE]; /* in registers */
    memcpy(piece, from + i, PIECE);
    memcpy(to + i, piece, PIECE);
  }
  memcpy(to + i, from + i, n - i);
}

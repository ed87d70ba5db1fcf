/* units.h -- code points as arrays of 1, 2 or 4 bytes each: as wide as the widest one needs.
**
** The loops are in units_width.inc, once for each width; the compiler makes vectors of them
** (perf-notes/0071). Lengths and positions count units. */
#ifndef KRAIT_UNITS_H
#define KRAIT_UNITS_H

#include "common.h"

#define UNITS_NONE SIZE_MAX

/* units_convert: copies code points between widths; narrowing is for values that fit. */
void units_convert(void *to, int to_unit, const void *from, int from_unit, size_t n);
/* units_range: 0x7F, 0xFF, 0xFFFF or 0x10FFFF, the least that no unit is above. Cost: ends where a
** unit has shown that nothing wider can come. */
uint32_t units_range(const void *units, int unit, size_t n);
/* units_compare: by code point, <0, 0 or >0. */
int units_compare(const void *a, int unit_a, const void *b, int unit_b, size_t n);
/* units_gather: to[i] = from[i * step]; a step may be negative. */
void units_gather(void *to, const void *from, int unit, int64_t step, size_t n);
void units_fill(void *to, int unit, uint32_t what, size_t n);
/* units_swap: bytes of each unit the other way round; `to` may be `from`. */
void units_swap(void *to, const void *from, int unit, size_t n);
/* units_put: `from` with every `old` replaced by `new`; both fit the width. */
void units_put(void *to, const void *from, int unit, size_t n, uint32_t old, uint32_t new);
/* units_are_plain: no surrogates, and nothing above U+10FFFF. */
bool units_are_plain(const void *units, int unit, size_t n);
/* units_count_astral: how many are above U+FFFF. */
size_t units_count_astral(const uint32_t *units, size_t n);
/* units_below: how many at the front are below a limit, 0x80 or 0x100. */
size_t units_below(const void *units, int unit, size_t n, uint32_t limit);
/* units_line_break: the first unit at which str.splitlines ends a line, or UNITS_NONE. */
size_t units_line_break(const void *units, int unit, size_t n);

/* copy_bytes: as memcpy, for copies that may be long. Where the target lies 1 to 15 bytes behind
** the source in their pages some processors take memcpy's way 16 times as long (perf-note 0070). */
void copy_bytes_aslant(uint8_t *to, const uint8_t *from, size_t n);
static inline void copy_bytes(void *to, const void *from, size_t n) {
  if (LIKELY(n < 1024 || (((uintptr_t)to - (uintptr_t)from - 1) & 4095) >= 15)) memcpy(to, from, n);
  else copy_bytes_aslant(to, from, n);
}

#endif

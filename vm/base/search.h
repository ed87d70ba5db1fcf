/* search.h -- finding runs of units (1, 2 or 4 bytes each) in arrays of such units: the work under
** find, count, replace, split and `in` of str, bytes and bytearray.
**
** Positions and lengths count units; SEARCH_NONE: not found. Both sides have the same unit.
*/
#ifndef KRAIT_SEARCH_H
#define KRAIT_SEARCH_H

#include "common.h"

#define SEARCH_NONE SIZE_MAX

/* One unit. Cost: memchr for one byte, a vectorised loop otherwise. */
size_t search_unit(const void *text, size_t n, uint32_t what, int unit);
size_t search_unit_back(const void *text, size_t n, uint32_t what, int unit);
size_t search_unit_count(const void *text, size_t n, uint32_t what, int unit);

/* A run of m units; an empty one is found at 0 (search) or n (search_back). Cost: linear,
** search_back O(n·m) at worst. */
size_t search(const void *text, size_t n, const void *what, size_t m, int unit);
size_t search_back(const void *text, size_t n, const void *what, size_t m, int unit);
/* search_count: occurrences that do not overlap, at most `most`; an empty run occurs n + 1
** times. */
size_t search_count(const void *text, size_t n, const void *what, size_t m, int unit, size_t most);

static inline uint32_t unit_at(const void *text, int unit, size_t i) {
  return unit == 1   ? ((const uint8_t *)text)[i]
         : unit == 2 ? ((const uint16_t *)text)[i]
                     : ((const uint32_t *)text)[i];
}

#endif

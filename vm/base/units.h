/* units.h -- code points as arrays of 1, 2 or 4 bytes each: as wide as the widest one needs. */
#ifndef KRAIT_UNITS_H
#define KRAIT_UNITS_H

#include "common.h"

/* units_convert: copies code points between widths; narrowing is for values that fit. */
void units_convert(void *to, int to_unit, const void *from, int from_unit, size_t n);
/* units_widest: an exact maximum. */
uint32_t units_widest(const void *units, int unit, size_t n);

#endif

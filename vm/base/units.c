/* units.c -- see units.h. */
#include "units.h"

#define CONVERT(To, From)                           \
  do {                                              \
    To *restrict t = to;                            \
    const From *restrict f = from;                  \
    for (size_t i = 0; i < n; i++) t[i] = (To)f[i]; \
  } while (0)

void units_convert(void *to, int to_unit, const void *from, int from_unit, size_t n) {
  if (to_unit == from_unit) {
    if (n) memcpy(to, from, n * (size_t)to_unit);
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

#define WIDEST(Unit)             \
  for (size_t i = 0; i < n; i++) \
    widest = ((const Unit *)units)[i] > widest ? ((const Unit *)units)[i] : widest;

uint32_t units_widest(const void *units, int unit, size_t n) {
  uint32_t widest = 0;
  if (unit == 1) {
    WIDEST(uint8_t)
  } else if (unit == 2) {
    WIDEST(uint16_t)
  } else {
    WIDEST(uint32_t)
  }
  return widest;
}

/* text_buffer.c -- see text_buffer.h. Capacity doubles; running out of memory ends the process with a message. */
#include "vm/base/memory.h"
#include "text_buffer.h"

#include <stdio.h>
#include <stdlib.h>

void text_init(TextBuffer *text) { *text = (TextBuffer){.unit = 1}; }

void text_deinit(TextBuffer *text) {
  free(text->units);
  text_init(text);
}

#define CONVERT(To, From)                                                                                      \
  do {                                                                                                         \
    To *restrict t = to;                                                                                       \
    const From *restrict f = from;                                                                             \
    for (size_t i = 0; i < n; i++) t[i] = (To)f[i];                                                            \
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

#define WIDEST(Unit)                                                                                           \
  for (size_t i = 0; i < n; i++) widest = ((const Unit *)units)[i] > widest ? ((const Unit *)units)[i] : widest;

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

void text_reserve(TextBuffer *text, size_t more, uint32_t widest) {
  int unit = unit_of(widest) > text->unit ? unit_of(widest) : text->unit;
  if (text->capacity - text->size < more || unit != text->unit) {
    size_t capacity = text->capacity ? text->capacity : 32;
    while (capacity < text->size + more) capacity *= 2;
    void *units = unit == text->unit ? memory_resize(text->units, capacity * (size_t)unit) : memory_take(capacity * (size_t)unit);
    if (!units) {
      fputs("krait: out of memory\n", stderr);
      exit(1);
    }
    if (unit != text->unit) {
      units_convert(units, unit, text->units, text->unit, text->size);
      free(text->units);
    }
    text->units = units;
    text->capacity = capacity;
    text->unit = unit;
  }
  if (widest > text->widest) text->widest = widest;
}

void text_add_slow(TextBuffer *text, uint32_t c) {
  text_reserve(text, 1, c);
  text_add(text, c);
}

void text_add_units(TextBuffer *text, const void *units, int unit, size_t n, uint32_t widest) {
  if (!n) return;
  text_reserve(text, n, widest);
  char *to = (char *)text->units + text->size * (size_t)text->unit;
  units_convert(to, text->unit, units, unit, n);
  text->size += n;
}

void text_add_ascii(TextBuffer *text, const char *ascii, size_t n) { text_add_units(text, ascii, 1, n, 0x7F); }

void text_add_times(TextBuffer *text, uint32_t c, size_t n) {
  if (!n) return;
  text_reserve(text, n, c);
  if (text->unit == 1) memset((uint8_t *)text->units + text->size, (int)c, n);
  else if (text->unit == 2) for (size_t i = 0; i < n; i++) ((uint16_t *)text->units)[text->size + i] = (uint16_t)c;
  else for (size_t i = 0; i < n; i++) ((uint32_t *)text->units)[text->size + i] = c;
  text->size += n;
}

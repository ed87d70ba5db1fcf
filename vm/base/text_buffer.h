/* text_buffer.h -- a growable array of code points that is as wide as its widest one: 1, 2 or 4 bytes each.
**
** Law: size <= capacity; every unit <= widest; unit is 1, 2 or 4 and holds widest. The array never narrows: whoever
** makes a str of it narrows by `widest`, which is exact for single code points and an upper bound for runs.
*/
#ifndef KRAIT_TEXT_BUFFER_H
#define KRAIT_TEXT_BUFFER_H

#include "common.h"

typedef struct TextBuffer {
  void *units; /* [owned] */
  size_t size, capacity; /* code points */
  uint32_t widest;
  int unit;
} TextBuffer;

void text_init(TextBuffer *text);
void text_deinit(TextBuffer *text);
/* text_reserve: room for `more` code points up to `widest`. */
void text_reserve(TextBuffer *text, size_t more, uint32_t widest);
void text_add_slow(TextBuffer *text, uint32_t c);
/* text_add_units: `n` code points of `unit` bytes, none above `widest`. */
void text_add_units(TextBuffer *text, const void *units, int unit, size_t n, uint32_t widest);
void text_add_ascii(TextBuffer *text, const char *ascii, size_t n);
void text_add_times(TextBuffer *text, uint32_t c, size_t n);

static inline int unit_of(uint32_t widest) { return widest < 0x100 ? 1 : widest < 0x10000 ? 2 : 4; }

static inline void text_add(TextBuffer *text, uint32_t c) {
  if (LIKELY(text->size < text->capacity && c <= text->widest)) {
    if (text->unit == 1) ((uint8_t *)text->units)[text->size++] = (uint8_t)c;
    else if (text->unit == 2) ((uint16_t *)text->units)[text->size++] = (uint16_t)c;
    else ((uint32_t *)text->units)[text->size++] = c;
    return;
  }
  text_add_slow(text, c);
}

/* units_convert: copies code points between widths; narrowing is for values that fit. */
void units_convert(void *to, int to_unit, const void *from, int from_unit, size_t n);
/* units_widest: an exact maximum. */
uint32_t units_widest(const void *units, int unit, size_t n);

#endif

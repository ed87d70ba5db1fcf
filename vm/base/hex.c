/* hex.c -- see hex.h. */
#include "hex.h"

static inline uint8_t digit_of(uint8_t value) {
  return (uint8_t)(value + '0' + (value > 9 ? 'a' - '0' - 10 : 0));
}

void hex_write(uint8_t *restrict to, const uint8_t *restrict bytes, size_t n) {
  for (size_t i = 0; i < n; i++) {
    to[2 * i] = digit_of(bytes[i] >> 4);
    to[2 * i + 1] = digit_of(bytes[i] & 15);
  }
}

/* The value of a digit; of anything else something above 15. */
static inline uint8_t value_of_digit(uint8_t c) {
  uint8_t number = (uint8_t)(c - '0'), letter = (uint8_t)((c | 32) - 'a');
  uint8_t is_number = (uint8_t) - (number < 10), is_letter = (uint8_t) - (letter < 6); /* masks */
  return (uint8_t)((number & is_number) | ((letter + 10) & is_letter) |
                   (0xF0 & ~(is_number | is_letter)));
}

enum { BLOCK = 32, SHORT = 4 }; /* pairs: no block is read for fewer than SHORT between others */
size_t hex_read(uint8_t *restrict to, const uint8_t *restrict digits, size_t n) {
  size_t i = 0;
  for (; i < SHORT && i < n; i++) {
    uint8_t high = hex_values[digits[2 * i]], low = hex_values[digits[2 * i + 1]];
    if ((high | low) > 15) return i;
    to[i] = (uint8_t)(high << 4 | low);
  }
  for (; i + BLOCK <= n; i += BLOCK) {
    uint8_t any = 0;
    for (size_t k = 0; k < BLOCK; k++) {
      uint8_t high = value_of_digit(digits[2 * (i + k)]),
              low = value_of_digit(digits[2 * (i + k) + 1]);
      any |= high | low;
      to[i + k] = (uint8_t)(high << 4 | low);
    }
    if (any > 15) break;
  }
  for (; i < n; i++) {
    uint8_t high = value_of_digit(digits[2 * i]), low = value_of_digit(digits[2 * i + 1]);
    if ((high | low) > 15) break;
    to[i] = (uint8_t)(high << 4 | low);
  }
  return i;
}

#define NONE_4 0xFF, 0xFF, 0xFF, 0xFF
#define NONE_16 NONE_4, NONE_4, NONE_4, NONE_4
#define LETTERS 0xFF, 10, 11, 12, 13, 14, 15, 0xFF, NONE_4, NONE_4
const uint8_t hex_values[256] = {NONE_16, NONE_16, NONE_16, 0,       1,       2,       3,
                                 4,       5,       6,       7,       8,       9,       0xFF,
                                 0xFF,    NONE_4,  LETTERS, NONE_16, LETTERS, NONE_16, NONE_16,
                                 NONE_16, NONE_16, NONE_16, NONE_16, NONE_16, NONE_16, NONE_16};

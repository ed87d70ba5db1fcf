/* hex.h -- bytes as pairs of hexadecimal digits, and back: the work under bytes.hex, bytes.fromhex
** and binascii, by vectors (perf-notes/0071). */
#ifndef KRAIT_HEX_H
#define KRAIT_HEX_H

#include "common.h"

/* hex_write: 2n small digits. */
void hex_write(uint8_t *to, const uint8_t *bytes, size_t n);
/* hex_read: decodes pairs until one that is none, at most n; how many. */
size_t hex_read(uint8_t *to, const uint8_t *digits, size_t n);
/* hex_values: of a digit; 0xFF: it is none. */
extern const uint8_t hex_values[256];
/* hex_put_four: four digits of the low 16 bits, without a branch. */
static inline void hex_put_four(uint8_t *to, uint32_t c) {
  uint32_t n = (c >> 12 & 15) | (c & 0xF00) | (c & 0xF0) << 12 | (c & 15) << 24; /* a byte each */
  uint32_t letters = (n + 0x06060606) >> 4 & 0x01010101;
  n += 0x30303030 + letters * ('a' - '0' - 10);
  memcpy(to, &n, 4);
}
/* hex_put_escape: \xff, \uffff or \U0010ffff; where the next byte goes. */
static inline uint8_t *hex_put_escape(uint8_t *to, uint32_t c) {
  uint8_t digits[4];
  *to++ = '\\';
  if (c < 0x100) {
    hex_put_four(digits, c);
    to[0] = 'x', to[1] = digits[2], to[2] = digits[3];
    return to + 3;
  }
  *to++ = c < 0x10000 ? 'u' : 'U';
  if (c >= 0x10000) hex_put_four(to, c >> 16), to += 4;
  hex_put_four(to, c);
  return to + 4;
}

#endif

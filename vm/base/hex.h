/* hex.h -- bytes as pairs of hexadecimal digits, and back: the work under bytes.hex, bytes.fromhex
** and binascii, by vectors (perf-notes/0071). */
#ifndef KRAIT_HEX_H
#define KRAIT_HEX_H

#include "common.h"

/* hex_write: 2n small digits. */
void hex_write(uint8_t *to, const uint8_t *bytes, size_t n);
/* hex_read: decodes pairs until one that is none, at most n; how many. */
size_t hex_read(uint8_t *to, const uint8_t *digits, size_t n);

#endif

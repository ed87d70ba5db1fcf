/* buffer.h -- a growable byte buffer (malloc'd). */
#ifndef KRAIT_BUFFER_H
#define KRAIT_BUFFER_H

#include "common.h"

/* Law: size <= capacity; bytes[0..size) are defined. */
typedef struct Buffer {
  uint8_t *bytes; /* [owned] */
  size_t size, capacity;
} Buffer;

void buffer_init(Buffer *buffer);
void buffer_deinit(Buffer *buffer);
void buffer_reserve(Buffer *buffer, size_t more);            /* room for `more` bytes past size */
void buffer_add(Buffer *buffer, const void *bytes, size_t n);
void buffer_add_text(Buffer *buffer, const char *text);
void buffer_printf(Buffer *buffer, const char *format, ...) PRINTF_LIKE(2, 3);
/* Little-endian base-128, 7 bits a byte, low first; signed values are zigzag-coded. */
void buffer_add_varint(Buffer *buffer, uint64_t n);
void buffer_add_signed(Buffer *buffer, int64_t n);
/* buffer_text: the bytes with a NUL behind them (not counted in size). */
const char *buffer_text(Buffer *buffer);

static inline void buffer_add_byte(Buffer *buffer, uint8_t byte) {
  if (UNLIKELY(buffer->size == buffer->capacity)) buffer_reserve(buffer, 1);
  buffer->bytes[buffer->size++] = byte;
}

#endif

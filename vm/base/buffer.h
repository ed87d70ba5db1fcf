/* buffer.h -- a growable byte buffer (malloc'd).
**
** Law: a buffer that was refused memory is empty, stays so, and says `failed`: whoever finishes it
** asks (bytes_from_buffer, buffer_is_whole in objects/str.h raise MemoryError).
*/
#ifndef KRAIT_BUFFER_H
#define KRAIT_BUFFER_H

#include "common.h"

/* Law: size <= capacity; bytes[0..size) are defined. */
typedef struct Buffer {
  uint8_t *bytes; /* [owned] */
  size_t size, capacity;
  bool failed; /* memory was refused: everything since is dropped */
} Buffer;
#define BUFFER_SIZE_MAX ((size_t)1 << 46)

void buffer_init(Buffer *buffer);
void buffer_deinit(Buffer *buffer);
MUST_USE bool buffer_reserve_slow(Buffer *buffer, size_t more);
/* buffer_reserve: room for `more` bytes past size; false: failed. */
MUST_USE static inline bool buffer_reserve(Buffer *buffer, size_t more) {
  return LIKELY(buffer->capacity - buffer->size >= more) || buffer_reserve_slow(buffer, more);
}
/* buffer_try_reserve: the same for a buffer that holds what must not be lost: false leaves it as it
** was. */
MUST_USE bool buffer_try_reserve(Buffer *buffer, size_t more);
void buffer_expect(Buffer *buffer, size_t more); /* so much will come: a hint */
void buffer_add(Buffer *buffer, const void *bytes, size_t n);
void buffer_add_all(Buffer *buffer, const Buffer *other); /* what it holds; fails if it failed */
COLD bool buffer_fail(Buffer *buffer);                    /* makes it fail; false */
/* buffer_move: what it holds goes to `to` (memory_move), and it is empty. */
void buffer_move(Buffer *buffer, void *to);
void buffer_add_text(Buffer *buffer, const char *text);
void buffer_printf(Buffer *buffer, const char *format, ...) PRINTF_LIKE(2, 3);
/* Little-endian base-128, 7 bits a byte, low first; signed values are zigzag-coded. */
void buffer_add_varint(Buffer *buffer, uint64_t n);
void buffer_add_signed(Buffer *buffer, int64_t n);
/* buffer_text: the bytes with a NUL behind them (not counted in size); "" when it failed. */
const char *buffer_text(Buffer *buffer);

static inline void buffer_add_byte(Buffer *buffer, uint8_t byte) {
  if (UNLIKELY(buffer->size == buffer->capacity) && !buffer_reserve_slow(buffer, 1)) return;
  buffer->bytes[buffer->size++] = byte;
}

#endif

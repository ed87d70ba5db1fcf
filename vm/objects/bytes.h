/* bytes.h -- bytes: immutable. */
#ifndef KRAIT_BYTES_H
#define KRAIT_BYTES_H

#include "vm/base/lanes.h"
#include "vm/memory/heap.h"

typedef struct Bytes {
  Object h;
  uint64_t length;
  uint64_t hash;
  uint8_t data[]; /* a NUL stands behind the last byte */
} Bytes;
MUST_USE Bytes *bytes_new(VM *vm, const void *data, size_t length); /* data NULL: uninitialised */
MUST_USE Bytes *bytes_new_zeroed(VM *vm, size_t length);            /* see heap_new_raw_zeroed */
/* bytes_from_buffer: what is left of a Buffer that grew: NULL with MemoryError pending when it
** failed. */
struct Buffer;
MUST_USE Bytes *bytes_from_buffer(VM *vm, const struct Buffer *buffer);
/* bytes_take_buffer: the same; the buffer is empty then, or as it was where memory was refused. */
MUST_USE Bytes *bytes_take_buffer(VM *vm, struct Buffer *buffer);
static inline bool bytes_equal(const Bytes *a, const Bytes *b) {
  return a->length == b->length && lanes_same(a->data, b->data, a->length);
}
MUST_USE Value bytes_concat(VM *vm, Bytes *a, Bytes *b); /* two exact ones */

#endif

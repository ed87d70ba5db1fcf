/* buffer.h -- the buffer protocol among native types: bytes, bytearray, memoryview, array, mmap … */
#ifndef KRAIT_OBJECTS_BUFFER_H
#define KRAIT_OBJECTS_BUFFER_H

#include "vm/memory/heap.h"

/* A view of contiguous memory that another object owns. While `exports` of the owner is nonzero it must not resize. */
typedef struct BufferView {
  Value owner;
  uint8_t *bytes;
  size_t size;            /* bytes */
  size_t item_size;
  const char *format;     /* struct-style, "B" for bytes */
  bool readonly;
} BufferView;

/* buffer_acquire: view of a bytes-like object. writable: BufferError/TypeError for a read-only one.
** TypeError "a bytes-like object is required, not 'X'" otherwise. Pairs with buffer_release. */
MUST_USE bool buffer_acquire(VM *vm, Value v, BufferView *view, bool writable);
void buffer_release(VM *vm, BufferView *view);
bool value_is_bytes_like(Value v);

/* buffer_register: instances of the class (and subclasses) give out buffers. `provide` fills bytes, size and whatever
** differs from format "B", and counts the export; `release` (or NULL) counts it back. */
typedef bool (*BufferProvider)(VM *vm, Value v, BufferView *view);
typedef void (*BufferReleaser)(VM *vm, Value v);
void buffer_register(const ClassSpec *spec, BufferProvider provide, BufferReleaser release);

#endif

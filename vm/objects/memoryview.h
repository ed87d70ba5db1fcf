/* memoryview.h -- views of other objects' memory, with shape and strides. */
#ifndef KRAIT_MEMORYVIEW_H
#define KRAIT_MEMORYVIEW_H

#include "vm/contracts/buffer.h"
#include "vm/memory/heap.h"

enum { MEMORYVIEW_MAX_DIMS = 64, MEMORYVIEW_INLINE_DIMS = 4 };

/* Law: item i (of each dimension) lies at bytes + sum(i * strides); nbytes = item_size *
** product(shape). `released`: the view gave its export back and refuses everything. */
typedef struct MemoryView {
  Object h;
  Value owner; /* the object whose memory it is; NONE once released */
  uint8_t *bytes;
  const char *format; /* static, or inside format_owner */
  Value format_owner;
  int64_t item_size, ndim;
  /* bytes that the buffer has beyond its shape: a ctypes object grown by resize() */
  int64_t unshaped;
  int64_t exports; /* buffers acquired from this view */
  uint64_t hash;   /* 0: not yet */
  bool readonly, released;
  int64_t *shape; /* [gc] inside `dims`: shape[ndim], strides[ndim] */
  int64_t *strides;
  RawBytes *dims; /* [gc] */
} MemoryView;

MUST_USE Value memoryview_new(VM *vm, Value object);
/* contiguous bytes; BufferError otherwise */
MUST_USE bool memoryview_acquire(VM *vm, Value v, BufferView *view);
/* memoryview_in_one_piece: v is a view, alive, that memoryview_acquire does not refuse. */
bool memoryview_in_one_piece(Value v);
void memoryview_release_view(VM *vm, Value v);
/* memoryview_drop: gives the memory back at once, unless something has acquired the view's
** buffer. */
void memoryview_drop(VM *vm, Value v);

#endif

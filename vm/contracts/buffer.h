/* buffer.h -- the buffer protocol among native types: bytes, bytearray, memoryview, array, mmap
** … */
#ifndef KRAIT_OBJECTS_BUFFER_H
#define KRAIT_OBJECTS_BUFFER_H

#include "vm/core/vm.h"

/* A view of contiguous memory that another object owns, which must not resize it while the view is
** held. */
typedef struct BufferView {
  Value owner;
  uint8_t *bytes;
  size_t size; /* bytes */
  size_t item_size;
  const char *format; /* struct-style, "B" for bytes */
  bool readonly;
  int32_t ndim;         /* 1, unless the object has a shape of its own */
  const int64_t *shape; /* [borrowed: owner] int64_t[ndim] items in C order; NULL: ndim is 1 or 0 */
} BufferView;

/* buffer_acquire: view of a bytes-like object. writable: BufferError/TypeError for a read-only one.
** TypeError "a bytes-like object is required, not 'X'" otherwise. Pairs with buffer_release. */
MUST_USE bool buffer_acquire(VM *vm, Value v, BufferView *view, bool writable);
void buffer_release(VM *vm, BufferView *view);
bool value_is_bytes_like(Value v);

/* exports_settle: are there no exports left? Views that nothing refers to any more are asked to let
** go first. */
bool exports_settle(VM *vm, const int64_t *exports);

/* ---- spans and pins */
typedef struct Span {
  const uint8_t *bytes;
  size_t n;
} Span;

/* Bytes that stay where they are until pin_release, whatever Python runs meanwhile: their owner
** counts an export, so resizing or releasing it is a BufferError. The parameter type Bytes gives
** one, and the generated entry releases it. */
typedef struct Pin {
  const uint8_t *bytes;
  size_t n;
  Value owner; /* VALUE_UNBOUND: nothing to release, for bytes never move */
} Pin;

/* span_of: the bytes of a bytes-like object, to be used at once: stale after anything that may run
** Python or resize the owner (tests/meta/spans.py). false: TypeError "a bytes-like object is
** required, not 'X'". */
MUST_USE bool span_of(VM *vm, Value v, Span *span);
/* pin_of: the same, for as long as needed. Pairs with pin_release. */
MUST_USE bool pin_of(VM *vm, Value v, Pin *pin);
void pin_release_owner(VM *vm, Pin *pin);
static inline void pin_release(VM *vm, Pin *pin) {
  if (UNLIKELY(pin->owner != VALUE_UNBOUND)) pin_release_owner(vm, pin);
}
static inline Span pin_span(const Pin *pin) { return (Span){pin->bytes, pin->n}; }

/* buffer_register: instances of the class (and subclasses) give out buffers. `provide` fills bytes,
** size and whatever differs from format "B", and counts the export; `release` (or NULL) counts it
** back. */
typedef bool (*BufferProvider)(VM *vm, Value v, BufferView *view);
typedef void (*BufferReleaser)(VM *vm, Value v);
void buffer_register(const ClassSpec *spec, BufferProvider provide, BufferReleaser release);

#endif

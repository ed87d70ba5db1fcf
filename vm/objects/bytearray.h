/* bytearray.h -- mutable bytes, and the operations that bytes and bytearray share.
**
** Law: start + length < capacity of storage (a NUL stands behind the last byte); storage is NULL
** only while empty. Taking bytes off the front moves `start`, so it is O(1).
*/
#ifndef KRAIT_BYTEARRAY_H
#define KRAIT_BYTEARRAY_H

#include "vm/base/buffer.h"
#include "vm/contracts/buffer.h"
#include "vm/objects/list.h"
#include "vm/objects/str.h"

typedef struct ByteArray {
  Object h;
  uint64_t start, length;
  RawBytes *storage; /* [gc] */
  int64_t exports;   /* views that forbid a change of size */
} ByteArray;

/* data NULL: undefined bytes */
MUST_USE ByteArray *bytearray_new(VM *vm, const void *data, size_t length);
static inline uint8_t *bytearray_bytes(ByteArray *self) {
  static uint8_t none[1];
  return self->storage ? self->storage->bytes + self->start : none;
}

/* ---- operations on spans (buffer.h) */
MUST_USE Str *span_repr(VM *vm, Span s, bool smart);
/* span_value: a bytes or bytearray of it. */
MUST_USE Value span_value(VM *vm, const void *bytes, size_t n, bool as_array);

/* Results of the shared methods: a bytes, or (as_array) a bytearray. */
MUST_USE MAY_RUN Value span_join(VM *vm, Span separator, Value iterable, bool as_array);
MUST_USE Value span_replace(VM *vm, Span s, Span old, Span new, int64_t most, bool as_array);
/* span_split: NULL: white space */
MUST_USE List *span_split(VM *vm, Span s, const Span *separator, int64_t most, bool as_array);
MUST_USE List *span_rsplit(VM *vm, Span s, const Span *separator, int64_t most, bool as_array);
MUST_USE List *span_splitlines(VM *vm, Span s, bool keep_ends, bool as_array);
MUST_USE Value span_pad(VM *vm, Span s, size_t left, size_t right, uint8_t fill, bool as_array);
MUST_USE Value span_repeat(VM *vm, Span s, int64_t times, bool as_array);
MUST_USE Value span_expandtabs(VM *vm, Span s, int64_t size, bool as_array);
MUST_USE Value span_translate(VM *vm, Span s, const Span *table, Span gone, bool as_array);
/* NULL: white space; sides: 1 left, 2 right */
Span span_strip(Span s, const Span *chars, int sides);
/* span_hex: a str; separator MISSING: none */
MUST_USE MAY_RUN Value span_hex(VM *vm, Span s, Value separator, int64_t group);
MUST_USE bool span_from_hex(VM *vm, Str *text, Buffer *out);
int span_compare(Span a, Span b);
/* bytes_collect: the bytes that bytes(x) or bytearray(x) would hold for x that is no str and no
** count, into out. */
MAY_RUN MUST_USE bool bytes_collect(VM *vm, Value x, bool for_array, Buffer *out);

/* bytearray_add: more bytes behind the others, self += more. */
struct Bytes;
MUST_USE bool bytearray_add(VM *vm, ByteArray *self, const struct Bytes *more);

#endif

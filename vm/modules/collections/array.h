/* array.h -- array.array: what the class, its iterator and the module's functions share.
**
** Law: length * size <= storage->capacity; storage is NULL only while nothing was ever stored.
** `exports` forbids a change of length, as with bytearray.
*/
#ifndef KRAIT_ARRAY_H
#define KRAIT_ARRAY_H

#include "vm/core/vm.h"
#include "vm/objects/bytes.h"

typedef struct Array {
  Object h;
  uint64_t length;
  RawBytes *storage; /* [gc] */
  int64_t exports;
  uint8_t size; /* of an item */
  char code;
} Array;

extern const char array_codes[]; /* the letters of array.typecodes */

/* array_new: of `length` zeros; NULL: raised MemoryError, or what a subclass's allocation
** raises. */
MUST_USE Array *array_new(VM *vm, Type *type, char code, size_t length);
/* i < length. Raises: ValueError for no character */
MUST_USE Value array_load(VM *vm, const Array *self, size_t i);
/* array_append_value, array_add_bytes, array_fill: one item; items as they lie in memory; those of
** an iterable, of text or of bytes. Raise TypeError, OverflowError, ValueError, BufferError while a
** view is held. */
MUST_USE MAY_RUN bool array_append_value(VM *vm, Array *self, Value v);
MUST_USE bool array_add_bytes(VM *vm, Array *self, const uint8_t *bytes, size_t n);
MUST_USE MAY_RUN bool array_fill(VM *vm, Array *self, Value initial);
void array_register(void); /* makes arrays buffers */

#endif

/* str_verify.c -- text and bytes against the laws of str.h and bytearray.h. */
#include "vm/objects/verify.h"

#include "vm/core/vm.h"

#if KRAIT_CHECKS >= 1
enum { HASHED_UP_TO = 4096 }; /* bytes: longer texts are not hashed again */

static uint32_t widest_of(const Str *s) {
  uint32_t widest = 0;
  for (size_t i = 0; i < s->length; i++)
    if (str_at(s, i) > widest) widest = str_at(s, i);
  return widest;
}

static bool width_verify(const Str *s) {
  static const uint32_t most[3] = {0xFF, 0xFFFF, 0x10FFFF};
  LAW(str_kind(s) <= 2);
  uint32_t widest = widest_of(s);
  LAW(widest <= most[str_kind(s)]);
  LAW(str_kind(s) == 0 || widest > most[str_kind(s) - 1]); /* the narrowest kind that holds it */
  LAW(str_is_ascii(s) == (widest < 0x80));
  return true;
}

bool str_verify(const Str *s) {
  LAW(width_verify(s));
  size_t bytes = s->length << str_kind(s);
  if (s->hash && bytes <= HASHED_UP_TO) LAW(s->hash == hash_bytes(the_vm, str_data(s), bytes));
  if (s->h.bits & STR_INTERNED) {
    LAW(s->h.shape == SHAPE_OF(str) && !(s->h.bits & STR_EXTERNAL) && s->hash);
    LAW(str_is_interned(s));
  }
  if (s->h.bits & STR_SUM)
    LAW(s->h.shape == SHAPE_OF(str) && !(s->h.bits & STR_EXTERNAL) && s->length >= STR_SUM_MIN);
  return true;
}

bool bytes_verify(const Bytes *bytes) {
  LAW(bytes->data[bytes->length] == 0);
  if (bytes->hash && bytes->length <= HASHED_UP_TO)
    LAW(bytes->hash == hash_bytes(the_vm, bytes->data, bytes->length));
  return true;
}

bool bytearray_verify(const ByteArray *array) {
  LAW(array->exports >= 0);
  if (!array->storage) {
    LAW(array->length == 0);
    return true;
  }
  LAW(array->storage->header.shape == SHAPE_OF(raw_bytes));
  LAW(array->start + array->length < array->storage->capacity);
  LAW(array->storage->bytes[array->start + array->length] == 0);
  LAW(sizeof(RawBytes) + array->storage->capacity <= heap_cell_size(array->storage));
  return true;
}
#endif

/* plain_length.h -- lengths of built-in containers, read without a call (perf-notes 0066 and
** 0072). */
#ifndef KRAIT_RUNTIME_PLAIN_LENGTH_H
#define KRAIT_RUNTIME_PLAIN_LENGTH_H

#include "vm/objects/bytearray.h"
#include "vm/objects/bytes.h"
#include "vm/objects/deque.h"
#include "vm/objects/dict.h"
#include "vm/objects/list.h"
#include "vm/objects/set.h"
#include "vm/objects/tuple.h"

/* plain_length: len(v), or -1: v is something else. */
static inline int64_t plain_length(Value v) {
  if (!value_is_pointer(v)) return -1;
  void *object = value_object(v);
  uint32_t shape = ((Object *)object)->shape;
  if (type_has(object_type(object), TYPE_HEAP)) shape = special_shape(object, SPECIAL_len);
  switch (shape) {
  case SHAPE_OF(list): return (int64_t)list_length(object);
  case SHAPE_OF(tuple): return (int64_t)tuple_length(object);
  case SHAPE_OF(dict): return (int64_t)dict_length(object);
  case SHAPE_OF(str): return (int64_t)((Str *)object)->length;
  case SHAPE_OF(set): return (int64_t)set_length(object);
  case SHAPE_OF(bytes): return (int64_t)((Bytes *)object)->length;
  case SHAPE_OF(bytearray): return (int64_t)((ByteArray *)object)->length;
  case SHAPE_OF(deque): return (int64_t)((Deque *)object)->length;
  default: return -1;
  }
}

#endif

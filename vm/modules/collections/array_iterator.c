/* array_iterator.c -- the iterator over an array: its layout is SequenceIterator. */
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/collections/array.h"
#include "vm/objects/range.h"
#include "vm/objects/module.h"
#include "vm/objects/str_ops.h"

static Value next_item(VM *vm, Value iterator) {
  SequenceIterator *it = value_object(iterator);
  if (it->sequence == VALUE_NONE) return VALUE_STOP;
  const Array *self = value_object(it->sequence);
  if (it->index < self->length) return array_load(vm, self, it->index++);
  it->sequence = VALUE_NONE;
  return VALUE_STOP;
}

static void trace_iterator(Marker *marker, Object *iterator) {
  mark_value(marker, ((SequenceIterator *)iterator)->sequence);
}

#define NATIVE_DEF "vm/modules/collections/array_iterator.def"
#define NATIVE_PREFIX iterator_
#define NATIVE_SELF SequenceIterator *
#include "vm/contracts/native_class.inc"

static Value iterator_op_reduce(VM *vm, SequenceIterator *it, const iterator_op_reduce_args *a) {
  Value iter = get_item(vm, value_from(module_dict(vm->builtins)), value_from(NAME("iter")));
  if (value_is_fail(iter)) return iter;
  if (it->sequence == VALUE_NONE) return PACK(iter, PACK(value_of(tuple_new(vm, 0))));
  return PACK(iter, PACK(it->sequence), value_int_unchecked((int64_t)it->index));
}

static Value iterator_op_setstate(VM *vm, SequenceIterator *it,
                                  const iterator_op_setstate_args *a) {
  if (it->sequence == VALUE_NONE) return VALUE_NONE;
  int64_t n = (int64_t)((Array *)value_object(it->sequence))->length;
  it->index = (uint64_t)(a->state < 0 ? 0 : a->state > n ? n : a->state);
  return VALUE_NONE;
}

const ClassSpec array_iterator_class = {
    NATIVE_CLASS(iterator_),
    .basic_size = sizeof(SequenceIterator),
    .trace = trace_iterator,
    .next = next_item,
};

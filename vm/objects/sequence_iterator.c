/* sequence_iterator.c -- list_iterator, list_reverseiterator, tuple_iterator, iterator (over
** __getitem__) and callable_iterator (iter(f, sentinel)). All by index share the layout
** SequenceIterator (range.h); the sequence is None once exhausted, and stays so. */
#include "vm/objects/sequence_iterator.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"
#include "vm/objects/range.h"

#define NATIVE_DEF "vm/objects/sequence_iterator.def"
#define NATIVE_PREFIX sequence_iterator_
#define NATIVE_SELF SequenceIterator *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/objects/callable_iterator.def"
#define NATIVE_PREFIX callable_iterator_
#include "vm/contracts/native_class.inc"

/* callable None: exhausted */
typedef struct CallableIterator {
  Object h;
  Value callable, sentinel;
} CallableIterator;

Value sequence_iterator_new(VM *vm, Value sequence) {
  SequenceIterator *it = heap_new(vm, SHAPE_OF(iterator), sizeof(SequenceIterator));
  it->sequence = sequence;
  it->index = 0;
  return value_from(it);
}

Value callable_iterator_new(VM *vm, Value callable, Value sentinel) {
  CallableIterator *it = heap_new(vm, SHAPE_OF(callable_iterator), sizeof(CallableIterator));
  it->callable = callable;
  it->sentinel = sentinel;
  return value_from(it);
}

/* ---- steps */
static Value list_iterator_next(VM *vm, Value self) {
  SequenceIterator *it = value_object(self);
  if (UNLIKELY(it->sequence == VALUE_NONE)) return VALUE_STOP;
  const List *list = value_object(it->sequence);
  if (LIKELY(it->index < list_length(list))) return list->items->items[it->index++];
  it->sequence = VALUE_NONE;
  return VALUE_STOP;
}

static Value tuple_iterator_next(VM *vm, Value self) {
  SequenceIterator *it = value_object(self);
  if (UNLIKELY(it->sequence == VALUE_NONE)) return VALUE_STOP;
  const Tuple *tuple = value_object(it->sequence);
  if (LIKELY(it->index < tuple_length(tuple))) return tuple->items[it->index++];
  it->sequence = VALUE_NONE;
  return VALUE_STOP;
}

/* index: one past the item to give out next */
static Value list_reverseiterator_next(VM *vm, Value self) {
  SequenceIterator *it = value_object(self);
  if (UNLIKELY(it->sequence == VALUE_NONE)) return VALUE_STOP;
  const List *list = value_object(it->sequence);
  if (LIKELY(it->index > 0 && it->index <= list_length(list)))
    return list->items->items[--it->index];
  it->sequence = VALUE_NONE;
  return VALUE_STOP;
}

static Value sequence_step(VM *vm, Value self) {
  SequenceIterator *it = value_object(self);
  if (it->sequence == VALUE_NONE) return VALUE_STOP;
  if (it->index >= (uint64_t)INT64_MAX)
    return raise_error(vm, TYPE_OF(OverflowError), "iter index too large");
  Value v = get_item(vm, it->sequence, value_int(vm, (int64_t)it->index));
  if (!value_is_fail(v)) {
    it->index++;
    return v;
  }
  if (!error_clear_if(vm, TYPE_OF(IndexError)) && !error_clear_if(vm, TYPE_OF(StopIteration)))
    return v;
  it->sequence = VALUE_NONE;
  return VALUE_STOP;
}

static Value callable_iterator_step(VM *vm, Value self) {
  CallableIterator *it = value_object(self);
  if (it->callable == VALUE_NONE) return VALUE_STOP;
  Value v = call0(vm, it->callable);
  if (value_is_fail(v)) {
    if (!error_clear_if(vm, TYPE_OF(StopIteration))) return v;
    it->callable = it->sentinel = VALUE_NONE;
    return VALUE_STOP;
  }
  if (it->callable == VALUE_NONE) return VALUE_STOP; /* exhausted by the call itself */
  Answer same = values_equal(vm, it->sentinel, v);
  if (same == ANSWER_FAILED) return VALUE_FAIL;
  if (!same) return v;
  it->callable = it->sentinel = VALUE_NONE;
  return VALUE_STOP;
}

/* ---- methods */
static Value sequence_iterator_op_length_hint(VM *vm, SequenceIterator *self,
                                              const sequence_iterator_op_length_hint_args *a) {
  if (self->sequence == VALUE_NONE) return value_int_unchecked(0);
  if (object_type(self) == TYPE_OF(iterator) && !value_has_special(self->sequence, SPECIAL_len))
    return VALUE_NOT_IMPLEMENTED;
  int64_t n = value_length(vm, self->sequence);
  if (n < 0) return VALUE_FAIL;
  if (object_type(self) == TYPE_OF(list_reverseiterator))
    return value_int_unchecked((int64_t)self->index <= n ? (int64_t)self->index : 0);
  return value_int_unchecked((int64_t)self->index < n ? n - (int64_t)self->index : 0);
}

/* (iter, (sequence,), index); list_reverseiterator's index counts from the last item given out, as
** CPython's. */
static Value sequence_iterator_op_reduce(VM *vm, SequenceIterator *self,
                                         const sequence_iterator_op_reduce_args *a) {
  bool backwards = object_type(self) == TYPE_OF(list_reverseiterator),
       of_tuple = object_type(self) == TYPE_OF(tuple_iterator);
  Value function =
      builtin_attr(vm, backwards && self->sequence != VALUE_NONE ? NAME("reversed") : NAME("iter"));
  if (value_is_fail(function)) return function;
  if (self->sequence == VALUE_NONE) {
    Value empty = of_tuple || object_type(self) == TYPE_OF(iterator) ? value_of(tuple_new(vm, 0))
                                                                     : value_of(list_new(vm, 0));
    return PACK(function, PACK(empty));
  }
  int64_t index = (int64_t)self->index - (backwards ? 1 : 0);
  return PACK(function, PACK(self->sequence), value_int_unchecked(index));
}

static Value sequence_iterator_op_setstate(VM *vm, SequenceIterator *self,
                                           const sequence_iterator_op_setstate_args *a) {
  int64_t index;
  if (!state_index(vm, a->state, &index)) return VALUE_FAIL;
  if (self->sequence == VALUE_NONE) return VALUE_NONE;
  bool backwards = object_type(self) == TYPE_OF(list_reverseiterator);
  if (backwards && index < INT64_MAX) index++;
  if (index < 0) index = 0;
  if (object_type(self) != TYPE_OF(iterator)) {
    int64_t n = value_length(vm, self->sequence);
    if (n < 0) return VALUE_FAIL;
    if (index > n) index = n;
  }
  self->index = (uint64_t)index;
  return VALUE_NONE;
}

static Value callable_iterator_op_reduce(VM *vm, Value self,
                                         const callable_iterator_op_reduce_args *a) {
  CallableIterator *it = value_object(self);
  Value iter = builtin_attr(vm, NAME("iter"));
  if (value_is_fail(iter)) return iter;
  if (it->callable == VALUE_NONE) return PACK(iter, PACK(value_of(tuple_new(vm, 0))));
  return PACK(iter, PACK(it->callable, it->sentinel));
}

static void sequence_iterator_trace(Marker *marker, Object *self) {
  mark_value(marker, ((SequenceIterator *)self)->sequence);
}
static void callable_iterator_trace(Marker *marker, Object *self) {
  mark_values(marker, &((CallableIterator *)self)->callable, 2);
}

#define ITERATOR(c_name, step)                                                   \
  const ClassSpec c_name##_class = {NATIVE_CLASS_AS(sequence_iterator_, c_name), \
                                    .basic_size = sizeof(SequenceIterator),      \
                                    .trace = sequence_iterator_trace, .next = step};
ITERATOR(list_iterator, list_iterator_next)
ITERATOR(list_reverseiterator, list_reverseiterator_next)
ITERATOR(tuple_iterator, tuple_iterator_next)
ITERATOR(iterator, sequence_step)
const ClassSpec callable_iterator_class = {
    NATIVE_CLASS(callable_iterator_),
    .basic_size = sizeof(CallableIterator),
    .trace = callable_iterator_trace,
    .next = callable_iterator_step,
};

/* range.h -- range, slice, and the iterators that the interpreter runs inline. */
#ifndef KRAIT_RANGE_H
#define KRAIT_RANGE_H

#include "vm/memory/heap.h"

typedef struct Range { Object h; Value start, stop, step, length; } Range; /* any ints */
/* Law: all four are immediate-range ints; next is the value to give out next, remaining how many are left. */
typedef struct RangeIterator { Object h; int64_t next, step, remaining, start; } RangeIterator; /* start: for pickling */
typedef struct Slice { Object h; Value start, stop, step; } Slice;
/* list_iterator, tuple_iterator: sequence is VALUE_NONE once exhausted. */
typedef struct SequenceIterator { Object h; Value sequence; uint64_t index; } SequenceIterator;

MUST_USE Value slice_new(VM *vm, Value start, Value stop, Value step);
/* slice_indices: clamps to `length` as slice.indices(); count is how many items. false: raised. */
MUST_USE MAY_RUN bool slice_indices(VM *vm, const Slice *slice, int64_t length, int64_t *start, int64_t *stop, int64_t *step, int64_t *count);
MUST_USE Value range_new(VM *vm, Value start, Value stop, Value step);

#endif

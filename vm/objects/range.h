/* range.h -- range, and the iterators that the interpreter runs inline. */
#ifndef KRAIT_RANGE_H
#define KRAIT_RANGE_H

#include "vm/memory/heap.h"

typedef struct Range {
  Object h;
  Value start, stop, step, length;
} Range; /* any ints */
/* Law: all four are immediate-range ints; next is the value to give out next, remaining how many
** are left. */
/* start: for pickling */
typedef struct RangeIterator {
  Object h;
  int64_t next, step, remaining, start;
} RangeIterator;
/* list_iterator, tuple_iterator: sequence is VALUE_NONE once exhausted. */
typedef struct SequenceIterator {
  Object h;
  Value sequence;
  uint64_t index;
} SequenceIterator;

#endif

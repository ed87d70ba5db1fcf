/* deque.h -- collections.deque: a ring of values.
** Law: items->capacity is a power of two; the items are at (start + i) & (capacity - 1), i <
** length; all other places hold zero. */
#ifndef KRAIT_DEQUE_H
#define KRAIT_DEQUE_H

#include "vm/memory/heap.h"

typedef struct Deque {
  Object h;
  ValueArray *items; /* [gc] NULL while nothing was stored */
  uint64_t start, length;
  int64_t maxlen; /* -1: unbounded */
  uint64_t state; /* counts changes: iterators notice */
} Deque;

/* deque NULL: exhausted */
typedef struct DequeIterator {
  Object h;
  Deque *deque;
  uint64_t index, state, remaining;
} DequeIterator;

MUST_USE NEVER_NULL Deque *deque_new(VM *vm);
/* deque_append_value: drops the first past maxlen; false: MemoryError */
MUST_USE bool deque_append_value(VM *vm, Deque *deque, Value v);
Value deque_pop_left_value(VM *vm, Deque *deque); /* needs length > 0 */

static inline Value *deque_at(const Deque *deque, uint64_t i) { /* needs i < length */
  return &deque->items->items[(deque->start + i) & (deque->items->capacity - 1)];
}

#endif

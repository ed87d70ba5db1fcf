/* sequence_iterator.h -- iterators over any sequence by index, and over the results of a call. */
#ifndef KRAIT_SEQUENCE_ITERATOR_H
#define KRAIT_SEQUENCE_ITERATOR_H

#include "vm/core/vm.h"

/* sequence_iterator_new: type iterator: calls sequence[0], [1] … */
MUST_USE Value sequence_iterator_new(VM *vm, Value sequence);
/* callable_iterator_new: iter(callable, sentinel) */
MUST_USE Value callable_iterator_new(VM *vm, Value callable, Value sentinel);

#endif

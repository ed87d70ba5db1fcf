/* sequence_iterator.h -- iterators over any sequence by index, and over the results of a call. */
#ifndef KRAIT_SEQUENCE_ITERATOR_H
#define KRAIT_SEQUENCE_ITERATOR_H

#include "vm/core/vm.h"

Value sequence_iterator_new(VM *vm, Value sequence);                    /* type iterator: calls sequence[0], [1] … */
Value callable_iterator_new(VM *vm, Value callable, Value sentinel);    /* iter(callable, sentinel) */

#endif

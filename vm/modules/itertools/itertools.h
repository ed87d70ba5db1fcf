/* itertools.h -- what the files of the module itertools share. */
#ifndef KRAIT_ITERTOOLS_H
#define KRAIT_ITERTOOLS_H

#include "vm/objects/items.h"
#include "vm/objects/iterators.h"

/* tuple of n iterators */
MUST_USE MAY_RUN Value itertools_tee_new(VM *vm, Value iterable, int64_t n);

/* A ClassSpec of this module. */
#define ITERTOOLS_CLASS(c_name, prefix, Struct)                                         \
  const ClassSpec c_name##_class = {NATIVE_CLASS(prefix), .basic_size = sizeof(Struct), \
                                    .trace = prefix##trace, .next = prefix##next};

#endif

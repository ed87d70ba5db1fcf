/* itertools.h -- what the files of the module itertools share. */
#ifndef KRAIT_ITERTOOLS_H
#define KRAIT_ITERTOOLS_H

#include "vm/objects/items.h"
#include "vm/objects/iterators.h"

MUST_USE MAY_RUN Value itertools_tee_new(VM *vm, Value iterable, int64_t n); /* tuple of n iterators */

/* A ClassSpec of this module. */
#define ITERTOOLS_CLASS(c_name, py_name, text, tables, Struct) \
  const ClassSpec c_name##_class = {.name = "itertools." py_name, .doc = text, NATIVE_TABLES(tables), .flags = TYPE_BASE, \
                                    .basic_size = sizeof(Struct), .trace = tables##trace, \
                                    .next = tables##next};

#endif

/* itertools.h -- what the files of the module itertools share. */
#ifndef KRAIT_ITERTOOLS_H
#define KRAIT_ITERTOOLS_H

#include "vm/objects/items.h"
#include "vm/objects/iterators.h"

MUST_USE MAY_RUN Value itertools_tee_new(VM *vm, Value iterable, int64_t n); /* tuple of n iterators */

/* refuses_keywords: true, or TypeError when there are keywords and no subclass with an __init__ of its own takes them. */
MUST_USE static inline bool refuses_keywords(VM *vm, Type *cls, Type *base, const char *name, Tuple *kwnames) {
  bool own_init = cls != base && type_special(cls, SPECIAL_init) != type_special(base, SPECIAL_init);
  return own_init || check_no_kwargs(vm, name, kwnames);
}

/* positional_only: exactly n arguments, no keywords unless a subclass has its own __init__. */
MUST_USE static inline bool positional_only(VM *vm, Type *cls, Type *base, const char *name, int npos, int n, Tuple *kwnames) {
  return refuses_keywords(vm, cls, base, name, kwnames) && check_positional(vm, name, npos, n, n);
}

/* A ClassSpec of this module. */
#define ITERTOOLS_CLASS(c_name, py_name, text, tables, Struct) \
  const ClassSpec c_name##_class = {.name = "itertools." py_name, .doc = text, NATIVE_TABLES(tables), .flags = TYPE_BASE, \
                                    .basic_size = sizeof(Struct), .trace = tables##trace, .construct = tables##construct, \
                                    .next = tables##next};

#endif

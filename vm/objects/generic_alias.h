/* generic_alias.h -- shared by list[int] and X | Y. */
#ifndef KRAIT_GENERIC_ALIAS_H
#define KRAIT_GENERIC_ALIAS_H

#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

/* type_parameters: the type variables in a tuple of type arguments. NULL: raised. */
MUST_USE MAY_RUN Tuple *type_parameters(VM *vm, Tuple *args);
/* substitute_parameters: args with `parameters` replaced by what stands in self[item]. NULL:
** raised. */
MUST_USE MAY_RUN Tuple *substitute_parameters(VM *vm, Value self, Tuple *args, Tuple *parameters,
                                              Value item);
MUST_USE MAY_RUN bool type_expression_repr(VM *vm, StrBuilder *b, Value v);

/* union_make: left | right of classes; NotImplemented (union.c) */
MUST_USE MAY_RUN Value union_make(VM *vm, Value left, Value right);

#endif

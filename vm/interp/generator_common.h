/* generator_common.h -- what the methods of generators, coroutines and async generators share. */
#ifndef KRAIT_GENERATOR_COMMON_H
#define KRAIT_GENERATOR_COMMON_H

#include "vm/contracts/protocol.h"
#include "vm/interp/generator.h"

MUST_USE MAY_RUN Value common_throw(VM *vm, Generator *self, Value type, Value value,
                                    Value traceback);
MUST_USE MAY_RUN Value common_repr(VM *vm, Generator *self, const char *kind);
MUST_USE bool common_set_name(VM *vm, Generator *self, Str **name, Value v, const char *which);
MUST_USE Value common_frame(VM *vm, Generator *self); /* Frame, or None once closed */
MUST_USE MAY_RUN bool coroutine_warn_never_awaited(VM *vm, Generator *self);

#endif

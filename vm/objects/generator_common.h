/* generator_common.h -- what the methods of generators, coroutines and async generators share. */
#ifndef KRAIT_GENERATOR_COMMON_H
#define KRAIT_GENERATOR_COMMON_H

#include "vm/objects/generator.h"
#include "vm/runtime/protocol.h"

Value common_throw(VM *vm, Generator *self, Value type, Value value, Value traceback);
Value common_repr(VM *vm, Generator *self, const char *kind);
bool common_set_name(VM *vm, Generator *self, Str **name, Value v, const char *which);
Value common_frame(VM *vm, Generator *self); /* Frame, or None once closed */

#endif

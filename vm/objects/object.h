/* object.h -- what object gives to other classes' C code: pickling, dir(), __class__ assignment. */
#ifndef KRAIT_OBJECTS_OBJECT_H
#define KRAIT_OBJECTS_OBJECT_H

#include "vm/core/vm.h"

/* object_reduce_protocol: object.__reduce_ex__(protocol) as if nothing were overridden. */
MUST_USE MAY_RUN Value object_reduce_protocol(VM *vm, Value self, int protocol);
/* object_default_state: object.__getstate__(); required: TypeError for native state that would be lost. */
MUST_USE MAY_RUN Value object_default_state(VM *vm, Value self, bool required);
/* object_class_names: list of all attribute names of a class and its bases. */
MUST_USE MAY_RUN Value object_class_names(VM *vm, Value cls);

#endif

/* object.h -- what object gives to other classes' C code: pickling, dir(), id(). */
#ifndef KRAIT_OBJECTS_OBJECT_H
#define KRAIT_OBJECTS_OBJECT_H

#include "vm/core/vm.h"

/* object_reduce_protocol: object.__reduce_ex__(protocol) as if nothing were overridden. */
MUST_USE MAY_RUN Value object_reduce_protocol(VM *vm, Value self, int protocol);
/* object_default_state: object.__getstate__(); required: TypeError for native state that would be
** lost. */
MUST_USE MAY_RUN Value object_default_state(VM *vm, Value self, bool required);
/* object_class_names: list of all attribute names of a class and its bases. */
MUST_USE MAY_RUN Value object_class_names(VM *vm, Value cls);

/* value_identity: what id() says. */
static inline uint64_t value_identity(Value v) { return value_is_pointer(v) ? v - 2 : v; }
/* object_address_text: "0x7f…" of an identity, in a static buffer of a few recent ones. */
const char *object_address_text(uint64_t identity);

#endif

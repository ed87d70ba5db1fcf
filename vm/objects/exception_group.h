/* exception_group.h -- what except* does with groups. */
#ifndef KRAIT_EXCEPTION_GROUP_H
#define KRAIT_EXCEPTION_GROUP_H

#include "vm/core/vm.h"

/* generic_alias_new: origin[item] (objects/generic_alias.c). */
MUST_USE Value generic_alias_new(VM *vm, Value origin, Value arguments);

#endif

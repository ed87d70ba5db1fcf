/* exception_group.h -- what except* does with groups. */
#ifndef KRAIT_EXCEPTION_GROUP_H
#define KRAIT_EXCEPTION_GROUP_H

#include "vm/core/vm.h"

/* group_match: the part of `exception` that an except* clause takes and the rest, NONE when empty. A naked exception that
** matches comes back wrapped in a group. */
MUST_USE MAY_RUN bool group_match(VM *vm, Value exception, Value classes, Value *match, Value *rest);
/* group_reraise: what a try/except* statement raises in the end, given the list of what its handlers raised and the rest; NONE: nothing. */
MUST_USE MAY_RUN Value group_reraise(VM *vm, Value original, Value raised);
/* generic_alias_new: origin[item] (objects/generic_alias.c). */
MUST_USE Value generic_alias_new(VM *vm, Value origin, Value arguments);

#endif

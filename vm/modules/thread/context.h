/* context.h -- contexts of context variables, for other modules. */
#ifndef KRAIT_MODULES_CONTEXT_H
#define KRAIT_MODULES_CONTEXT_H

#include "vm/core/vm.h"

/* context_copy_current: a copy of the thread's current Context, which is made if there is none. */
MUST_USE Value context_copy_current(VM *vm);

#endif

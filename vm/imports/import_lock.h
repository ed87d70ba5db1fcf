/* import_lock.h -- who loads which module: no thread sees another's module half made. */
#ifndef KRAIT_IMPORT_LOCK_H
#define KRAIT_IMPORT_LOCK_H

#include "vm/core/vm.h"

/* One loading of a module, from import_begin to import_end. */
typedef struct Loading Loading;

/* import_begin: this thread loads the module from now on. Another thread that loads it is waited
** for, unless that thread waits for this one. NULL: a signal's handler raised, or no memory. */
MUST_USE MAY_RUN Loading *import_begin(VM *vm, Str *name);
void import_end(Loading *loading);
/* import_wait: returns when no other thread loads the module, or when all would wait for ever;
** false: raised. */
MUST_USE MAY_RUN bool import_wait(VM *vm, Str *name);
/* import_is_busy: some thread loads some module, and there are several threads. */
bool import_is_busy(const VM *vm);
/* import_lock_functions: importlib takes the same locks: replaces what its module has for it. */
MUST_USE MAY_RUN bool import_lock_functions(VM *vm, Value machinery);
/* after fork(): what other threads were loading is nobody's. */
void import_loading_after_fork_child(const VM *vm);

#endif

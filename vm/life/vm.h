/* vm.h -- the life of an interpreter: create, run, finish. For the driver. */
#ifndef KRAIT_RUNTIME_VM_H
#define KRAIT_RUNTIME_VM_H

#include "vm/core/options.h"
#include "vm/core/vm.h"

/* vm_create: a ready interpreter: heap, classes, builtins, sys, __main__; standard streams are
** opened at first use. NULL: a message is on stderr. */
MUST_USE MAY_RUN VM *vm_create(Options *options);
/* vm_run: runs what the options name as __main__. The exit status. */
MUST_USE MAY_RUN int vm_run(VM *vm);
/* vm_report: shows the pending exception as an uncaught one; for SystemExit nothing but its
** message. The exit status. vm_show: the same, but the process survives KeyboardInterrupt. */
MUST_USE MAY_RUN int vm_report(VM *vm);
MUST_USE MAY_RUN int vm_show(VM *vm);
/* vm_finish: threads, atexit functions, finalizers, flush of the standard streams. The exit status
** (120: flushing failed). */
MUST_USE MAY_RUN int vm_finish(VM *vm, int status);
MUST_USE MAY_RUN Module *vm_main_module(VM *vm); /* __main__, made when absent */

#endif

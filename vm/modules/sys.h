/* sys.h -- what sys does for the rest of the VM. */
#ifndef KRAIT_MODULES_SYS_H
#define KRAIT_MODULES_SYS_H

#include "vm/objects/function.h"

/* sys_audit: sys.audit(event, argument) when a hook is installed. */
MUST_USE MAY_RUN bool sys_audit(VM *vm, const char *event, Value argument);
/* sys_add_data: flags, version, paths and other constants (sys_data.c). */
MUST_USE MAY_RUN bool sys_add_data(VM *vm, Module *sys);
/* sys_open_streams: sys.stdin, stdout, stderr and their __x__ copies, through the module _io (sys_streams.c). */
MUST_USE MAY_RUN bool sys_open_streams(VM *vm);
/* sys_flush_streams: was stdout flushed? What fails is reported, nothing is pending. */
MAY_RUN bool sys_flush_streams(VM *vm);
/* site_init: exit, quit, help and the like (modules/site.c). */
MUST_USE bool site_init(VM *vm);
MUST_USE Value sys_get(VM *vm, const char *name); /* VALUE_UNBOUND when absent */
MUST_USE bool sys_set(VM *vm, const char *name, Value v);

#endif

/* sys.h -- how sys and its neighbours are started. */
#ifndef KRAIT_MODULES_SYS_H
#define KRAIT_MODULES_SYS_H

#include "vm/contracts/sys.h"

/* sys_add_data: flags, version, paths and other constants (sys_data.c). */
MUST_USE MAY_RUN bool sys_add_data(VM *vm, Module *sys);
/* sys_open_streams: sys.stdin, stdout, stderr and their __x__ copies, through the module _io
** (sys_streams.c). */
MUST_USE MAY_RUN bool sys_open_streams(VM *vm);
/* sys_restore_streams: sys.stdin, stdout, stderr are again what they were at the start. */
void sys_restore_streams(VM *vm);
/* site_init: exit, quit, help and the like (modules/builtins/site.c). */
MUST_USE bool site_init(VM *vm);

#endif

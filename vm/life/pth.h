/* pth.h -- path configuration files of site folders (library reference, site). */
#ifndef KRAIT_PTH_H
#define KRAIT_PTH_H

#include "vm/core/vm.h"

/* pth_files: obeys the folder's .pth files in the order of their names. known: the set of what is
** on sys.path. */
MUST_USE MAY_RUN bool pth_files(VM *vm, const char *folder, Value known);
/* site_add_path: a folder, absolute, at the end of sys.path, once. Defined in site.c. */
MUST_USE MAY_RUN bool site_add_path(VM *vm, const char *folder);

#endif

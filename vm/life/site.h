/* site.h -- what the library's module site does at the start, done here: site directories and their
** .pth files, virtual environments, sitecustomize and usercustomize (library reference, site). */
#ifndef KRAIT_SITE_H
#define KRAIT_SITE_H

#include "vm/core/vm.h"

/* site_start: after sys and builtins, before the program; not under -S. False: an exception that is
** no Exception came out of sitecustomize or usercustomize. */
MUST_USE MAY_RUN bool site_start(VM *vm);
/* site_adopt: the ImportLibraryHook of the module site. */
MUST_USE MAY_RUN bool site_adopt(VM *vm, Value module, bool is_loaded);

#endif

/* path.h -- where modules are looked for. */
#ifndef KRAIT_IMPORTS_PATH_H
#define KRAIT_IMPORTS_PATH_H

#include "vm/core/options.h"
#include "vm/core/vm.h"

/* stdlib_folder: of the standard library: $KRAIT_STDLIB, or an installed Python 3.11's; NULL: there
** is none. */
const char *stdlib_folder(const Options *options);
MUST_USE MAY_RUN Value path_initial(VM *vm); /* sys.path without the script's folder */
/* path_add_first: the script's folder (or '') at the front of sys.path. */
MUST_USE bool path_add_first(VM *vm, Str *folder);
MUST_USE MAY_RUN Str *str_from_filename(VM *vm, const char *bytes); /* surrogateescape */

#endif

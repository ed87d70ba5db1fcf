/* path.h -- where modules are looked for. */
#ifndef KRAIT_IMPORTS_PATH_H
#define KRAIT_IMPORTS_PATH_H

#include "vm/core/options.h"
#include "vm/core/vm.h"

/* stdlib_folder: of the standard library: $KRAIT_STDLIB, or an installed Python 3.11's; NULL: there
** is none. */
const char *stdlib_folder(const Options *options);
/* path_prefix: sys.prefix: the folder that holds lib/python3.11; not of a virtual environment. */
const char *path_prefix(const Options *options);
/* path_initial: sys.path without the script's folder and without site folders */
MUST_USE MAY_RUN Value path_initial(VM *vm);
/* path_absolute: os.path.abspath into absolute[PATH_MAX]; false: too long. path_drop_last: cuts the
** last part of an absolute path off; false: there is one only. */
MUST_USE bool path_absolute(const char *path, char *absolute);
MUST_USE bool path_drop_last(char *path);
/* path_add_first: the script's folder (or '') at the front of sys.path. */
MUST_USE bool path_add_first(VM *vm, Str *folder);
MUST_USE MAY_RUN Str *str_from_filename(VM *vm, const char *bytes); /* surrogateescape */

#endif

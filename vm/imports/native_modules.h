/* native_modules.h -- the table of modules written in C. */
#ifndef KRAIT_NATIVE_MODULES_H
#define KRAIT_NATIVE_MODULES_H

#include "vm/contracts/native.h"
#include "vm/objects/function.h"

const ModuleSpec *native_module_find(const char *name); /* NULL: there is none of that name */
/* native_module_is_missed: does CPython have this module in C, and programs that import it need
** it? */
bool native_module_is_missed(const char *name);
/* native_module_lacks: the Debian package of the library that this build did not find, without
** which the module was left out; NULL: nothing of the kind is known. */
const char *native_module_lacks(const char *name);
/* native_module_make: a new module object with its functions, initialised; not in sys.modules.
** NULL: raised. */
MUST_USE MAY_RUN Module *native_module_make(VM *vm, const ModuleSpec *spec);
size_t native_module_count(void);
const char *native_module_name(size_t i); /* sorted */

#endif

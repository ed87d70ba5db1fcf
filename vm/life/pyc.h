/* pyc.h -- a .pyc file as the script that is to be run. */
#ifndef KRAIT_LIFE_PYC_H
#define KRAIT_LIFE_PYC_H

#include "vm/objects/code.h"

/* pyc_is: by its name, or because a regular file begins as this program's do. */
bool pyc_is(const char *path);
/* pyc_load: Raises: RuntimeError when another program or version has written it; what marshal
** raises. */
MUST_USE MAY_RUN Code *pyc_load(VM *vm, const char *path);

#endif

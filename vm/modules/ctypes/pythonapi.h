/* pythonapi.h -- what ctypes.pythonapi finds of CPython's C API. */
#ifndef KRAIT_CTYPES_PYTHONAPI_H
#define KRAIT_CTYPES_PYTHONAPI_H

#include "vm/core/vm.h"

/* symbol_of: as dlsym; of the program itself, also the functions of pythonapi.c. NULL: dlerror
** says why. */
MUST_USE void *symbol_of(void *library, const char *name);

void pythonapi_init(VM *vm); /* the variables have their values */

#endif

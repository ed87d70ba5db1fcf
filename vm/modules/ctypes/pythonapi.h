/* pythonapi.h -- what ctypes.pythonapi finds of CPython's C API. */
#ifndef KRAIT_CTYPES_PYTHONAPI_H
#define KRAIT_CTYPES_PYTHONAPI_H

#include "vm/core/vm.h"

/* symbol_of: as dlsym; of the program itself, also the functions of pythonapi.c. NULL: dlerror
** says why. */
MUST_USE void *symbol_of(void *library, const char *name);

/* A function of the C API; tables of them end with a NULL name. */
typedef struct ApiFunction {
  const char *name;
  void (*function)(void);
} ApiFunction;
extern const ApiFunction capsule_functions[]; /* capsule.c */

void pythonapi_init(VM *vm); /* the variables have their values */

#endif

/* atexit.h -- what the program's end calls. */
#ifndef KRAIT_ATEXIT_H
#define KRAIT_ATEXIT_H

#include "vm/core/vm.h"

/* runs all registered functions, newest first; errors are reported */
MAY_RUN void atexit_run(VM *vm);

#endif

/* atexit.h -- what the program's end calls. */
#ifndef KRAIT_ATEXIT_H
#define KRAIT_ATEXIT_H

#include "vm/core/vm.h"

MAY_RUN void atexit_run(VM *vm); /* runs all registered functions, newest first; errors are reported */

#endif

/* traceback_print.h -- uncaught exceptions as text. */
#ifndef KRAIT_TRACEBACK_PRINT_H
#define KRAIT_TRACEBACK_PRINT_H

#include "vm/core/vm.h"

/* traceback_display: the exception with its traceback, causes, notes and groups to sys.stderr.
** Never raises. */
MAY_RUN void traceback_display(VM *vm, Value exception);
/* unraisable_display: what sys.unraisablehook does with its argument. */
MUST_USE MAY_RUN bool unraisable_display(VM *vm, Value arguments);
/* traceback_print_plain: the same to descriptor 2, when sys.stderr is not usable. */
MAY_RUN void traceback_print_plain(VM *vm, Value exception);

#endif

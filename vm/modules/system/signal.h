/* signal.h -- signals as other modules need them. */
#ifndef KRAIT_SIGNAL_H
#define KRAIT_SIGNAL_H

#include <signal.h>

#include "vm/core/vm.h"

/* signals_init: takes over SIGINT and SIGPIPE, reads the other dispositions */
MUST_USE MAY_RUN bool signals_init(VM *vm);
void signal_simulate(VM *vm, int signum); /* as if it had arrived */
void signals_after_fork_child(void);      /* forgets what the parent had not handled yet */
/* signals_parse_set: the set of the numbers that an iterable gives */
MUST_USE MAY_RUN bool signals_parse_set(VM *vm, Value iterable, sigset_t *out);

#endif

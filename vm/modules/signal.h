/* signal.h -- signals as other modules need them. */
#ifndef KRAIT_SIGNAL_H
#define KRAIT_SIGNAL_H

#include "vm/core/vm.h"

bool signals_init(VM *vm);                 /* takes over SIGINT and SIGPIPE, reads the other dispositions */
void signal_simulate(VM *vm, int signum);  /* as if it had arrived */
bool signals_pending(void);
void signals_after_fork_child(void);       /* forgets what the parent had not handled yet */
void signals_shutdown(void);               /* default handlers again, at exit */

#endif

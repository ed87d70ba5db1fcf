/* poll.h -- safepoints, and blocking calls of native code.
**
** Natives wrap system calls that can wait in blocking_begin/blocking_end; between them they touch
** no heap object and no vm field. After EINTR they call poll_signals: false means that a handler
** raised. */
#ifndef KRAIT_POLL_H
#define KRAIT_POLL_H

#include "vm/core/vm.h"

/* interp_poll (in interp/): what vm->poll asks for; false: an exception is pending. */
MUST_USE MAY_RUN bool interp_poll(VM *vm);
/* poll_signals: runs the Python handlers of signals that have arrived (main thread only). */
MUST_USE MAY_RUN bool poll_signals(VM *vm);
bool signals_waiting(VM *vm); /* has one arrived that poll_signals would handle now? */

void thread_release(VM *vm);         /* gives up the global lock, saving the thread's vm fields */
MAY_RUN void thread_acquire(VM *vm); /* waits for it and restores them; errno is kept */
static inline void blocking_begin(VM *vm) {
  if (UNLIKELY(vm->threaded)) thread_release(vm);
}
MAY_RUN static inline void blocking_end(VM *vm) {
  if (UNLIKELY(vm->threaded)) thread_acquire(vm);
}
/* BLOCKING(vm, expression): the value of a system call made with the global lock released. */
#define BLOCKING(vm, expression)        \
  ({                                    \
    blocking_begin(vm);                 \
    __auto_type result_ = (expression); \
    blocking_end(vm);                   \
    result_;                            \
  })

/* wait_idly: calls `attempt` with the global lock released, once or some times: it waits until then
** at most (CLOCK_MONOTONIC in nanoseconds, -1 for ever) and says 0 when its time was over. What it
** says last; errno is kept. When meanwhile no thread runs for a while, what is dead is collected
** and finalized: all may wait for what it holds. */
typedef int (*WaitAttempt)(void *data, int64_t until);
MUST_USE MAY_RUN int wait_idly(VM *vm, int64_t until, WaitAttempt attempt, void *data);

/* occupy: marks an object as used by this thread while a call on it releases the global lock or
** hears signals; whoever is done sets *user to NULL. Other threads wait here until then; false: the
** call was interrupted by a signal's handler, which now wants the same object: RuntimeError. */
MUST_USE MAY_RUN bool occupy(VM *vm, struct Thread **user);

#endif

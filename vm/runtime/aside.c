/* aside.c -- waiting for work that a thread of its own does (base/aside.h), with the global lock released and an ear for signals. */
#include "vm/base/aside.h"
#include "vm/runtime/error.h"
#include "vm/runtime/poll.h"

#include <unistd.h>

enum { LISTEN_EVERY = 50 }; /* milliseconds: for a signal that arrives just before the wait */

bool vm_run_aside(VM *vm, void (*work)(void *argument), void *argument) {
  Aside aside;
  if (!aside_begin(&aside, work, argument)) {
    work(argument);
    return true;
  }
  pid_t process = getpid();
  AsideState state;
  while ((state = BLOCKING(vm, aside_wait(&aside, LISTEN_EVERY))) == ASIDE_RUNNING) {
    bool ok = vm_check_signals(vm);
    if (UNLIKELY(getpid() != process)) { /* the handler has forked: the child is without the thread */
      if (ok) work(argument);
      return ok;
    }
    if (ok) continue;
    aside_end(&aside);
    return false;
  }
  aside_end(&aside);
  if (state == ASIDE_REFUSED) raise_memory(vm);
  return state == ASIDE_DONE;
}

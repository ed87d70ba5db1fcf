/* aside.c -- long work in C while other threads run and signals are heard: waiting for what a
** thread of its own does (base/aside.h), and objects that are in use meanwhile. */
#include "vm/base/aside.h"
#include "vm/contracts/error.h"
#include "vm/contracts/poll.h"

#include <sched.h>
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
    /* the handler has forked: the child is without the thread */
    if (UNLIKELY(getpid() != process)) {
      if (ok) work(argument);
      return ok;
    }
    if (ok) continue;
    aside_end(&aside, false);
    return false;
  }
  aside_end(&aside, state == ASIDE_DONE);
  if (state == ASIDE_REFUSED) raise_memory(vm);
  return state == ASIDE_DONE;
}

bool occupy(VM *vm, struct Thread **user) {
  while (UNLIKELY(*(struct Thread *volatile *)user != NULL)) {
    if (*user == vm->thread)
      return raise_false(vm, TYPE_OF(RuntimeError),
                         "the object is in use by a call that a signal handler has interrupted");
    blocking_begin(vm);
    sched_yield();
    blocking_end(vm);
    if (!vm_listen(vm)) return false;
  }
  *user = vm->thread;
  return true;
}

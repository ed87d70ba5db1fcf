/* thread.h -- threads of the system under one global lock.
**
** Law: whoever holds the lock is vm->thread, and vm->current is its state; that of every other
** thread is in its Thread, saved when it gave the lock up, together with its registers and the low
** end of its C stack, so that a collection sees all of them.
*/
#ifndef KRAIT_THREAD_H
#define KRAIT_THREAD_H

#include "vm/contracts/poll.h"
#include "vm/core/vm.h"
#include "vm/interp/frame.h"
#include "vm/interp/trace.h"

#include <pthread.h>
#include <semaphore.h>

typedef struct Thread Thread;
struct Thread {
  Thread *next; /* all threads, newest first */
  pthread_t os_thread;
  unsigned long ident; /* what Python calls it */
  bool is_main, started;
  volatile bool holds;          /* the lock: its state is in the VM */
  volatile bool waits;          /* for the lock */
  Value function, args, kwargs; /* what it runs */
  Value sentinel;               /* lock to release at its end, or NONE */
  Dict *locals;                 /* [gc] of _thread._local objects: by address, or NULL */
  Value async_exception;        /* to be raised in it, or UNBOUND */
  ExcState exc_state;           /* its outermost state */
  size_t stack_size;
  /* ---- while it does not hold the lock */
  ThreadState state;
  TraceState trace;
  char *c_stack_low;
  uintptr_t registers[16];
};

MUST_USE bool threads_init(VM *vm); /* the calling thread becomes the main one */
/* NULL: raised */
MUST_USE MAY_RUN Thread *thread_start(VM *vm, Value function, Value args, Value kwargs);
/* thread_raise_in: the exception, or class of one, is raised where the thread of this ident is when
** it next comes to a safepoint; UNBOUND: none after all. How many threads there are of it: 0 or
** 1. */
int thread_raise_in(VM *vm, unsigned long ident, Value exception);
/* thread_lost_lock: the calling thread has released a lock that the one of this ident had. */
void thread_lost_lock(VM *vm, unsigned long ident);
int thread_count(void); /* started and not ended, main not counted */
bool thread_is_main(VM *vm);
void thread_set_stack_size(size_t size);
size_t thread_stack_size(void);
Thread *threads_first(void); /* all that there are, the newest first */
/* thread_state: where its state is now. */
static inline const ThreadState *thread_state(const VM *vm, const Thread *thread) {
  return thread == vm->thread ? &vm->current : &thread->state;
}
/* thread_enter: takes part in Python until thread_leave, whatever the calling thread is: one that
** holds the lock, one that gave it up, or one of a library that Python has never heard of, which is
** a thread of Python's meanwhile. threads_expect_foreign comes before the first such call. */
typedef enum ThreadEntry { THREAD_HELD, THREAD_AGAIN, THREAD_NEW, THREAD_NOT_ENTERED } ThreadEntry;
MUST_USE MAY_RUN ThreadEntry thread_enter(VM *vm);
void thread_leave(VM *vm, ThreadEntry entry);
void threads_expect_foreign(VM *vm);
/* after fork(): the child has the calling thread alone. */
void threads_after_fork_child(VM *vm);
void thread_set_switch_interval(unsigned us); /* sys.setswitchinterval, in microseconds */
unsigned thread_switch_interval(void);
void thread_forget_local(VM *vm, uintptr_t local); /* a dead _thread._local object */
/* thread_moment: for the caller, who holds the lock; thread_none_since: has no thread but his,
** which has given it up, held it since? Else *moment is now. */
unsigned long thread_moment(void);
bool thread_none_since(unsigned long *moment);
/* wait_for_post: as wait_idly: 1: the semaphore was taken, 0: not in time, -1: errno says why. */
MUST_USE MAY_RUN int wait_for_post(VM *vm, sem_t *semaphore, int64_t until);
/* signals (modules/system/signal.c): asked for when the main thread takes the lock */
bool signals_pending(void);

#endif

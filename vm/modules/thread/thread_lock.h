/* thread_lock.h -- locks as C code uses them. */
#ifndef KRAIT_THREAD_LOCK_H
#define KRAIT_THREAD_LOCK_H

#include "vm/memory/heap.h"

#include <semaphore.h>

#define THREAD_TIMEOUT_MAX 9223372036.0 /* seconds: 2^63 nanoseconds, rounded down */

/* What a lock is for shows in how it is used: who enters it by `with`, or gives back what he took,
** guards something; what another thread gives back is a message to the one that waits. Finalizers
** wait for guards (runtime/finalizer.c): a thread may never give a message back. */
typedef enum LockUse { LOCK_UNKNOWN, LOCK_GUARD, LOCK_MESSAGE } LockUse;

/* counted implies locked: it is one of the owner's locks_held, unless that was forgotten */
typedef struct Lock {
  Object h;
  bool locked, counted;
  LockUse use;
  unsigned long owner; /* ident of the thread that locked it last */
  sem_t semaphore;
} Lock;
/* owner: a thread's ident; counted: as above */
typedef struct RLock {
  Object h;
  bool counted;
  unsigned long owner, count;
  sem_t semaphore;
} RLock;

MUST_USE Value lock_new(VM *vm);

/* An RLock that is no object of Python's: its owner may take it again and gives it as often. */
void rlock_init(RLock *lock);
MUST_USE MAY_RUN bool rlock_take(VM *vm, RLock *lock); /* false: a signal handler has raised */
/* false: this thread does not own it; nothing is raised */
MUST_USE bool rlock_give(VM *vm, RLock *lock);

/* _imp's lock is held over fork(), so that the child has no module that another thread of the
** parent was loading under it. */
MAY_RUN void import_lock_before_fork(VM *vm);
void import_lock_after_fork(VM *vm); /* in both */

#endif

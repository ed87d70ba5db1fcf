/* aside.h -- long work without Python on a thread of its own, so that who waits for it hears
** signals and can give it up.
**
** GMP multiplies numbers of a hundred million digits for many seconds and asks nobody meanwhile. So
** the thread that wants the product waits here, and if a signal's handler raises, the working
** thread is cancelled wherever it is.
**
** Laws of the work: it touches its argument, memory that stays as it is until the work is over, and
** nothing else; it takes memory through aside_take and its siblings alone (GMP is told to), which
** remember what an abandoned work held; it may be begun again.
**
**     running --work returns--> done
**     running --memory is refused--> refused
**     running --aside_end--> cancelled, joined
**
** Callers use vm_run_aside (core/vm.h), which also minds the global lock. Read next:
** vm/runtime/aside.c; perf-notes/0050.
*/
#ifndef KRAIT_ASIDE_H
#define KRAIT_ASIDE_H

#include "common.h"

#include <pthread.h>
#include <semaphore.h>

typedef void AsideWork(void *argument);
typedef enum AsideState { ASIDE_RUNNING, ASIDE_DONE, ASIDE_REFUSED } AsideState;

typedef struct Aside {
  AsideWork *work;
  void *argument; /* [borrowed: the waiting caller] */
  pthread_t thread;
  sem_t over;       /* posted once, when state is no longer ASIDE_RUNNING */
  AsideState state; /* written by the working thread before it posts */
  /* [owned] what the work has taken and not given back; once done, its argument's */
  void **blocks;
  size_t count, capacity;
} Aside;

/* aside_begin: the work goes on in a thread of its own; false: there is none to be had, nothing has
** begun. */
MUST_USE bool aside_begin(Aside *aside, AsideWork *work, void *argument);
/* aside_wait: waits up to `milliseconds`, or until a signal arrives. */
AsideState aside_wait(Aside *aside, int milliseconds);
/* aside_end: waits for the end of the thread. Unless the work is kept, which asks for ASIDE_DONE,
** it is given up where it is, and what it holds is freed. Every aside_begin that was true is
** followed by one. */
void aside_end(Aside *aside, bool keep);

/* Memory for GMP, on whichever thread: as malloc, realloc, free, but a refusal ends the work, or
** else the process. */
void *aside_take(size_t size);
void *aside_resize(void *block, size_t old_size, size_t size);
void aside_free(void *block, size_t size);

#endif

/* idle.c -- a process that stands still looks for what is dead.
**
** What is unreachable may hold what all threads wait for: a connection that nobody closed, a weak
** reference whose callback sets an event. Where objects die with their last reference this ends
** by itself; here the collector has to be asked, and nothing that stands still asks for it. So who
** waits, and sees no thread run for a while, collects: the young objects first, all of them a
** while later. Each time in vain makes the while twice as long (perf-note 0068). */
#include "vm/contracts/duration.h"
#include "vm/contracts/poll.h"
#include "vm/memory/heap.h"
#include "vm/modules/thread/thread.h"

#include <errno.h>
#include <time.h>

#define STEPS 2
/* a full collection takes no more than this part of the time that is waited */
#define SHARE_OF_FULL 100

typedef struct Patience {
  int64_t least, most, now; /* nanoseconds; least <= now <= most */
} Patience;
static struct {
  Patience of[STEPS];
} state = {{
    {50 * NS_PER_MS, 1000 * NS_PER_MS, 50 * NS_PER_MS},
    {500 * NS_PER_MS, (int64_t)10000 * NS_PER_MS, 500 * NS_PER_MS},
}};

static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

/* collect_idly: with what comes of it: calls of __del__ and of weak references' callbacks. */
MAY_RUN static void collect_idly(VM *vm, int step) {
  Patience *at = &state.of[step];
  int64_t began = monotonic_after(0);
  heap_collect(vm, step ? 2 : 1);
  int64_t cost = monotonic_after(0) - began;
  bool in_vain = !(vm->poll & POLL_FINALIZERS);
  at->now = in_vain ? smaller(at->now * 2, at->most) : at->least;
  if (at->now < cost * SHARE_OF_FULL) at->now = cost * SHARE_OF_FULL;
  if (!heap_finalizers_wait(vm)) heap_run_finalizers(vm);
}

/* Waits without the global lock until the attempt has a result, or its time is over, or no thread
** has run for `pause`: *idle. */
MAY_RUN static int wait_or_stand_still(VM *vm, int64_t until, int64_t pause, WaitAttempt attempt,
                                       void *data, bool *idle) {
  bool alone = !vm->threaded;
  unsigned long moment = thread_moment();
  *idle = false;
  blocking_begin(vm);
  int result;
  for (;; pause *= 2) {
    int64_t look = monotonic_after(pause);
    bool is_last = until >= 0 && until <= look;
    result = attempt(data, is_last ? until : look);
    if (result || is_last) break;
    *idle = alone || thread_none_since(&moment);
    if (*idle) break;
  }
  blocking_end(vm);
  return result;
}

int wait_idly(VM *vm, int64_t until, WaitAttempt attempt, void *data) {
  for (int step = 0; step < STEPS; step++) {
    bool idle;
    int result = wait_or_stand_still(vm, until, state.of[step].now, attempt, data, &idle);
    if (!idle) return result;
    if (heap_has_last_words(vm)) collect_idly(vm, step);
  }
  /* they wait for a lock that this thread holds, though not for ever */
  while (heap_has_calls(vm)) {
    bool idle;
    int result = wait_or_stand_still(vm, until, NS_PER_SECOND, attempt, data, &idle);
    if (!idle) return result;
    if (!heap_finalizers_wait(vm)) heap_run_finalizers(vm);
  }
  return BLOCKING(vm, attempt(data, until));
}

/* ---- semaphores */
static int wait_for_semaphore(void *semaphore, int64_t until) {
  const struct timespec at = {until / NS_PER_SECOND, until % NS_PER_SECOND};
  int failed = until < 0 ? sem_wait(semaphore) : sem_clockwait(semaphore, CLOCK_MONOTONIC, &at);
  return !failed ? 1 : errno == ETIMEDOUT ? 0 : -1;
}

int wait_for_post(VM *vm, sem_t *semaphore, int64_t until) {
  return wait_idly(vm, until, wait_for_semaphore, semaphore);
}

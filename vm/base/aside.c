/* aside.c -- see aside.h. */
#include "vm/base/aside.h"
#include "vm/base/memory.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

enum { ASIDE_STACK = 4 << 20 };

static __thread Aside *mine; /* the work of this thread; NULL: not a working thread */

/* ---- the working thread */

/* Cancelled anywhere, except between these two. */
static void hold_still(void) { pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, &(int){0}); }
static void be_cancellable(void) { pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &(int){0}); }

static void finish(Aside *aside, AsideState state) {
  aside->state = state;
  sem_post(&aside->over);
}

/* Functions that are cancelled do not take back what AddressSanitizer has noted of their
** variables. */
static void forget_stack(void *nothing) {
#ifdef __SANITIZE_ADDRESS__
  enum { BELOW = ASIDE_STACK - (64 << 10) };
  ASAN_UNPOISON_MEMORY_REGION((char *)__builtin_frame_address(0) - BELOW, BELOW);
#endif
}

static void *work_aside(void *argument) {
  Aside *aside = mine = argument;
  pthread_cleanup_push(forget_stack, NULL);
  be_cancellable();
  aside->work(aside->argument);
  hold_still();
  pthread_cleanup_pop(0);
  finish(aside, ASIDE_DONE);
  return NULL;
}

NORETURN static void refuse(void) {
  if (!mine) memory_end("a number of many digits");
  finish(mine, ASIDE_REFUSED);
  pthread_exit(NULL);
}

/* Needs hold_still. The newest block is the likeliest to go. */
static size_t find_block(const Aside *aside, const void *block) {
  for (size_t i = aside->count; i-- > 0;)
    if (aside->blocks[i] == block) return i;
  return SIZE_MAX; /* taken before the work began */
}

static bool remember(Aside *aside, void *block) {
  if (aside->count == aside->capacity) {
    size_t capacity = aside->capacity ? aside->capacity * 2 : 64;
    void **blocks = memory_resize_beside(aside->blocks, capacity * sizeof *blocks);
    if (!blocks) return false;
    aside->blocks = blocks;
    aside->capacity = capacity;
  }
  aside->blocks[aside->count++] = block;
  return true;
}

static void *take_remembered(Aside *aside, size_t size) {
  hold_still();
  void *block = memory_take_beside(size);
  if (!block) refuse();
  if (!remember(aside, block)) {
    free(block);
    refuse();
  }
  be_cancellable();
  return block;
}

void *aside_take(size_t size) {
  if (mine) return take_remembered(mine, size);
  void *block = memory_take_beside(size);
  if (!block) refuse();
  return block;
}

void *aside_resize(void *block, size_t old_size, size_t size) {
  if (mine) hold_still();
  void *moved = memory_resize_beside(block, size);
  if (!moved) refuse();
  if (mine) {
    size_t at = find_block(mine, block);
    if (at != SIZE_MAX) mine->blocks[at] = moved;
    be_cancellable();
  }
  return moved;
}

void aside_free(void *block, size_t size) {
  if (!mine) {
    free(block);
    return;
  }
  hold_still();
  size_t at = find_block(mine, block);
  if (at != SIZE_MAX) mine->blocks[at] = mine->blocks[--mine->count];
  free(block);
  be_cancellable();
}

/* ---- the thread that waits */

/* The working thread gets no signals: they are for those who run Python. */
static bool start_deaf(Aside *aside) {
  sigset_t all, before;
  pthread_attr_t attributes;
  sigfillset(&all);
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, ASIDE_STACK);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int error = pthread_create(&aside->thread, &attributes, work_aside, aside);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  return !error;
}

bool aside_begin(Aside *aside, AsideWork *work, void *argument) {
  *aside = (Aside){.work = work, .argument = argument, .state = ASIDE_RUNNING};
  if (sem_init(&aside->over, 0, 0) != 0) return false;
  if (start_deaf(aside)) return true;
  sem_destroy(&aside->over);
  return false;
}

AsideState aside_wait(Aside *aside, int milliseconds) {
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_nsec += milliseconds * 1000000L;
  until.tv_sec += until.tv_nsec / 1000000000;
  until.tv_nsec %= 1000000000;
  return sem_timedwait(&aside->over, &until) == 0 ? aside->state : ASIDE_RUNNING;
}

void aside_end(Aside *aside, bool keep) {
  assert(!keep || aside->state == ASIDE_DONE);
  if (!keep) pthread_cancel(aside->thread);
  pthread_join(aside->thread, NULL);
  if (!keep)
    for (size_t i = 0; i < aside->count; i++) free(aside->blocks[i]);
  free(aside->blocks);
  sem_destroy(&aside->over);
}

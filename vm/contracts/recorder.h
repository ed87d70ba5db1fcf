/* recorder.h -- what a recording of the running program (profile/) is told by the layers below it.
**
** Law: whoever tells asks `recorder` first, at a place that comes at most a few thousand times a
** second: nothing is told, and nothing tested, in a handler or in heap_take. */
#ifndef KRAIT_RECORDER_H
#define KRAIT_RECORDER_H

#include "vm/core/vm.h"

#include <sys/types.h>

struct ThreadedCode;

/* A collection: when it began (CLOCK_MONOTONIC) and how long it took, in nanoseconds; the bytes
** that were alive before and after. */
typedef struct Pause {
  uint64_t began, ns;
  size_t before, after;
  bool full;
} Pause;

typedef struct Recorder {
  void (*translated)(VM *vm, struct ThreadedCode *code); /* it belongs to its Code already */
  void (*collected)(VM *vm, const Pause *pause);
  void (*polled)(VM *vm); /* POLL_RECORD was asked for */
  void (*thread_began)(VM *vm);
  void (*thread_ends)(VM *vm);
  void (*thread_woke)(VM *vm); /* it has the global lock again */
  void (*fork_begins)(VM *vm);
  void (*forked)(VM *vm, pid_t pid); /* 0: this is the child; -1: there is none */
  void (*signal_taken)(VM *vm);      /* the program has a use of its own for recorder_signal */
} Recorder;

extern const Recorder *recorder; /* NULL: nothing is recorded (memory/collect.c) */
/* the signal that takes samples, which no set of a program's holds; 0: none */
extern int recorder_signal;

/* ThreadState.activity: what C does for a thread that no frame tells. Read by a signal handler. */
typedef enum Activity { ACTIVITY_NONE, ACTIVITY_COMPILE, ACTIVITY_CACHE, ACTIVITY_RECORD } Activity;

/* activity_begin: what it was before, for activity_end. */
static inline uint8_t activity_begin(VM *vm, Activity activity) {
  uint8_t before = vm->activity;
  vm->activity = (uint8_t)activity;
  return before;
}
static inline void activity_end(VM *vm, uint8_t before) { vm->activity = before; }

#endif

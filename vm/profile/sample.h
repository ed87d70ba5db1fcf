/* sample.h -- the sampler: a timer for each thread of Python's, whose signal takes a sample.
**
** A sample weighs what its thread has used since the last one (processor time; real time if asked),
** so ticks that are lost or come together change nothing but how fine the picture is. In processor
** time a thread that waits in the system is not sampled: what it has used goes to its next
** sample. */
#ifndef KRAIT_PROFILE_SAMPLE_H
#define KRAIT_PROFILE_SAMPLE_H

#include "vm/profile/walk.h"

typedef struct SamplerSettings {
  uint32_t rate;    /* ticks a second; not 0 */
  bool wall;        /* weights are real time */
  bool native;      /* where in C, too */
  uint64_t began;   /* what times count from: CLOCK_MONOTONIC, ns */
  uint64_t most_ns; /* no sample behind that time; 0: no end */
} SamplerSettings;

MUST_USE MAY_RUN bool sampler_start(VM *vm, const SamplerSettings *settings);
/* the calling thread, which holds the global lock */
MAY_RUN void sampler_thread_begin(VM *vm);
void sampler_thread_end(VM *vm);
void sampler_thread_woke(void);
/* sampler_after_fork: in the child: its own times, a timer for the one thread there is. */
MAY_RUN void sampler_after_fork(VM *vm, uint64_t began);
/* sampler_move: another signal takes samples from now on. */
void sampler_move(VM *vm);
void sampler_stop(void); /* the calling thread's; the others find the log closed */
/* sampler_asked: the handler may ask for POLL_RECORD again. */
void sampler_asked(void);
uint64_t sampler_clock(int clock); /* ns */

#endif

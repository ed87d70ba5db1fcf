/* sample.c -- see sample.h. The handler is on_tick: it takes no memory, and no lock that it waits
** for long. */
#include "vm/profile/sample.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "vm/base/memory.h"
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/memory/heap.h"
#include "vm/modules/thread/thread.h"
#include "vm/objects/function.h"
#include "vm/profile/file.h"

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

enum {
  NS_PER_US = 1000,
  CHUNK_FIRST = 8, /* samples of a thread's first record, doubled up to CHUNK_MAX */
  CHUNK_MAX = 128,
  SLOW_NS = 50000000,   /* between ticks of a thread that waits */
  WAITS_AFTER = 4,      /* ticks in a row that find it waiting */
  KEPT_TICKS = 50,      /* processor time of so many ticks that find it waiting makes a sample */
  MERGED_NS = 40000000, /* equal samples of a thread that waits are one, up to that weight */
};

/* A thread that is sampled. Its handler alone touches the fields behind `timer`. */
typedef struct Sampler {
  struct Sampler *next; /* all there are, the newest first */
  const Thread *thread; /* [borrowed] */
  uint32_t id;
  pid_t system; /* the system's number of the thread */
  timer_t timer;
  volatile bool slow; /* its timer is */
  bool has_timer;
  Walker walker;
  uint64_t last_now, last_cpu; /* of the last sample */
  uint64_t rest;               /* ns of weight below a microsecond */
  uint32_t waits;              /* ticks in a row that found it waiting */
  uint32_t merged_stack;       /* of the time that was not written yet; 0: none */
  uint64_t merged_ns;
  /* where its samples go, while log_segment() is chunk_segment */
  RecordSamples *chunk;
  uint32_t chunk_segment, chunk_room, next_room;
  uint64_t chunk_us; /* time of the last sample in it */
} Sampler;

static struct {
  SamplerSettings settings;
  Sampler *first; /* changed under the global lock */
  uint32_t thread_count;
  volatile bool asked;
  bool over; /* most_ns has passed */
} state;

static __thread Sampler *volatile sampled;

uint64_t sampler_clock(int clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void sampler_asked(void) { state.asked = false; }

/* ---- timers */
static void set_interval(Sampler *self, uint64_t ns) {
  struct itimerspec how = {.it_interval = {(time_t)(ns / 1000000000u), (long)(ns % 1000000000u)}};
  how.it_value = how.it_interval;
  if (self->has_timer) timer_settime(self->timer, 0, &how, NULL);
}

static void set_rate(Sampler *self) { set_interval(self, 1000000000u / state.settings.rate); }

static void start_timer(Sampler *self) {
  struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = recorder_signal};
  event.sigev_notify_thread_id = self->system;
  self->has_timer = timer_create(CLOCK_MONOTONIC, &event, &self->timer) == 0;
  set_rate(self);
}

static void start_sampling(Sampler *self) {
  self->system = gettid();
  self->last_cpu = sampler_clock(CLOCK_THREAD_CPUTIME_ID);
  self->last_now = sampler_clock(CLOCK_MONOTONIC);
  start_timer(self);
}

/* ---- writing; the log's lock is held */
static uint32_t sample_size(void) {
  return state.settings.native ? sizeof(NativeSample) : sizeof(Sample);
}

static bool new_chunk(Sampler *self, uint64_t now_us) {
  uint32_t room = self->next_room ? self->next_room : CHUNK_FIRST;
  uint16_t flags = state.settings.native ? SAMPLES_NATIVE : 0;
  RecordSamples *chunk =
      log_reserve(RECORD_SAMPLES, flags, (uint32_t)sizeof *chunk + room * sample_size());
  if (!chunk) return false;
  *chunk = (RecordSamples){now_us * NS_PER_US, self->id, 0};
  log_commit();
  self->chunk = chunk;
  self->chunk_segment = log_segment();
  self->chunk_room = room;
  self->chunk_us = now_us;
  self->next_room = room * 2 < CHUNK_MAX ? room * 2 : CHUNK_MAX;
  return true;
}

static bool has_room(const Sampler *self) {
  return self->chunk && self->chunk_segment == log_segment() &&
         self->chunk->count < self->chunk_room;
}

extern char __executable_start, _end; /* of the program, by the linker */

static uint32_t native_offset(uintptr_t ip) {
  uintptr_t begin = (uintptr_t)&__executable_start;
  return ip >= begin && ip < (uintptr_t)&_end ? (uint32_t)(ip - begin) : 0;
}

static bool write_sample(Sampler *self, uint32_t stack, uint64_t ns, uint64_t now, uintptr_t ip) {
  uint64_t now_us = (now - state.settings.began) / NS_PER_US;
  if (!has_room(self) && !new_chunk(self, now_us)) return false;
  RecordSamples *chunk = self->chunk;
  uint64_t weight = self->rest + ns;
  NativeSample sample = {(uint32_t)(now_us - self->chunk_us), stack, (uint32_t)(weight / NS_PER_US),
                         native_offset(ip)};
  memcpy((char *)(chunk + 1) + chunk->count * sample_size(), &sample, sample_size());
  __atomic_store_n(&chunk->count, chunk->count + 1, __ATOMIC_RELEASE);
  self->rest = weight % NS_PER_US;
  self->chunk_us = now_us;
  log_totals()->samples++;
  return true;
}

static void write_merged(Sampler *self, uint64_t now) {
  if (self->merged_stack) write_sample(self, self->merged_stack, self->merged_ns, now, 0);
  self->merged_stack = 0;
  self->merged_ns = 0;
}

/* ---- a tick */
typedef struct Tick {
  uint64_t now, cpu;
  Machine machine;
  bool holds, waits; /* the global lock; in the system, or for the lock */
} Tick;

/* The state of the calling thread, as the law of thread.h has it. */
static const ThreadState *own_state(const Sampler *self, bool holds) {
  return holds ? &the_vm->current : &self->thread->state;
}

static uint32_t add_leaf(uint32_t stack, ActivityName activity) {
  return stack ? name_stack(stack, name_activity(activity), 0) : 0;
}

/* add_activities: what C does that the frames do not tell. */
static uint32_t add_activities(const Sampler *self, uint32_t stack, const Tick *tick) {
  static const ActivityName of_word[] = {[ACTIVITY_COMPILE] = ACTIVITY_NAME_COMPILE,
                                         [ACTIVITY_CACHE] = ACTIVITY_NAME_CACHE,
                                         [ACTIVITY_RECORD] = ACTIVITY_NAME_RECORD};
  uint8_t word = own_state(self, tick->holds)->activity;
  if (word) stack = add_leaf(stack, of_word[word]);
  if (tick->holds && heap_is_collecting(the_vm)) stack = add_leaf(stack, ACTIVITY_NAME_GC);
  if (!tick->waits) return stack;
  bool for_lock = !tick->holds && self->thread->waits;
  return add_leaf(stack, for_lock ? ACTIVITY_NAME_LOCK : ACTIVITY_NAME_BLOCKED);
}

static Walk walk_here(Sampler *self, const Tick *tick) {
  const ThreadState *thread = own_state(self, tick->holds);
  bool torn;
  const ThreadedCode *code = walk_newest(thread, &torn);
  if (torn) return (Walk){.torn = true};
  Place place = {thread->pc, true, false};
  if (code && tick->holds) place = place_find(thread, code, &tick->machine);
  else if (code && !code_has(code, (uintptr_t)place.pc)) place.pc = NULL;
  Walk result = walk(&self->walker, thread, place);
  if (place.in_c) result.stack = add_activities(self, result.stack, tick);
  return result;
}

static void count_sample(Sampler *self, const Tick *tick, const Walk *walked) {
  RecordTotals *totals = log_totals();
  totals->imprecise += walked->imprecise;
  totals->wall = tick->now - state.settings.began;
  totals->cpu += tick->cpu - self->last_cpu;
  self->last_now = tick->now;
  self->last_cpu = tick->cpu;
}

/* put: a thread that waits writes equal samples as one. */
static void put(Sampler *self, uint32_t stack, uint64_t weight, const Tick *tick) {
  if (self->merged_stack != stack || self->merged_ns >= MERGED_NS) write_merged(self, tick->now);
  if (tick->waits) {
    self->merged_stack = stack;
    self->merged_ns += weight;
  } else {
    write_merged(self, tick->now);
    write_sample(self, stack, weight, tick->now, tick->machine.ip);
  }
}

static void take_sample(Sampler *self, const Tick *tick) {
  Walk walked = walk_here(self, tick);
  RecordTotals *totals = log_totals();
  if (!totals) return;
  if (walked.torn) {
    totals->torn++;
  } else if (!walked.stack && own_state(self, tick->holds)->base) {
    totals->lost++; /* a table is full */
  } else {
    uint64_t weight = state.settings.wall ? tick->now - self->last_now : tick->cpu - self->last_cpu;
    count_sample(self, tick, &walked);
    put(self, walked.stack, weight, tick);
  }
}

static void ask_for_poll(bool holds) {
  if (!holds || state.asked || !(names_want() || log_can_seal())) return;
  state.asked = true;
  vm_request_poll(the_vm, POLL_RECORD);
}

/* rest_a_while: a thread that waits without the global lock says when it goes on. */
static void rest_a_while(Sampler *self) {
  if (self->slow) return;
  self->slow = true;
  set_interval(self, SLOW_NS);
}

/* is_worth: is this tick one for a sample? */
static bool is_worth(Sampler *self, const Tick *tick) {
  self->waits = tick->waits ? self->waits + 1 : 0;
  if (!tick->holds && self->waits > WAITS_AFTER) rest_a_while(self);
  if (state.settings.wall || !tick->waits) return true;
  uint64_t used = tick->cpu - self->last_cpu;
  return used * state.settings.rate > KEPT_TICKS * UINT64_C(1000000000);
}

static void count_lost(void) {
  RecordTotals *totals = log_totals();
  if (totals) __atomic_fetch_add(&totals->lost, 1, __ATOMIC_RELAXED);
}

static bool is_over(uint64_t now) {
  uint64_t most = state.settings.most_ns;
  if (most && now - state.settings.began > most) state.over = true;
  return state.over || !log_is_open();
}

static void tick(Sampler *self, const void *context) {
  Tick tick;
  tick.now = sampler_clock(CLOCK_MONOTONIC);
  if (is_over(tick.now)) {
    set_interval(self, 0);
    return;
  }
  tick.cpu = sampler_clock(CLOCK_THREAD_CPUTIME_ID);
  tick.holds = self->thread->holds;
  machine_read(&tick.machine, context);
  tick.waits = !tick.holds || tick.machine.blocked;
  if (!is_worth(self, &tick)) return;
  if (!log_try_lock()) {
    count_lost();
    return;
  }
  if (log_is_open()) take_sample(self, &tick);
  log_unlock();
  ask_for_poll(tick.holds);
}

static void on_tick(int signum, siginfo_t *info, void *context) {
  int saved = errno;
  Sampler *self = sampled;
  if (self && info->si_code == SI_TIMER) tick(self, context);
  errno = saved;
}

/* ---- threads */

/* name_of: as threading has it: what the thread runs is a method of its Thread. */
static const char *name_of(VM *vm, const Thread *thread) {
  if (thread->is_main) return "MainThread";
  if (!value_is(thread->function, method)) return "";
  Value self = ((Method *)value_object(thread->function))->self;
  Value name = find_attribute(vm, self, NAME("_name"));
  if (value_is_fail(name)) error_clear(vm);
  const char *text =
      name != VALUE_FAIL && value_is(name, str) ? str_utf8(vm, value_object(name), NULL) : "";
  if (!text) error_clear(vm);
  return text ? text : "";
}

static void write_thread(VM *vm, Sampler *self) {
  struct {
    uint32_t id, system;
    uint64_t identity, began;
    uint32_t name, zero;
  } row = {self->id,
           (uint32_t)gettid(),
           self->thread->ident,
           sampler_clock(CLOCK_MONOTONIC) - state.settings.began,
           0,
           0};
  const char *name = name_of(vm, self->thread);
  log_lock();
  if (*name) row.name = name_string(name, strlen(name));
  void *payload = log_reserve(RECORD_THREAD, 0, sizeof row);
  if (payload) {
    memcpy(payload, &row, sizeof row);
    log_commit();
  }
  log_unlock();
}

void sampler_thread_begin(VM *vm) {
  Sampler *self = sampled ? NULL : memory_take_zeroed(1, sizeof *self);
  if (!self) return;
  if (!walker_init(&self->walker)) {
    free(self);
    return;
  }
  self->thread = vm->thread;
  self->id = ++state.thread_count;
  write_thread(vm, self);
  self->next = state.first;
  state.first = self;
  sampled = self;
  start_sampling(self);
}

static void unlink_sampler(const Sampler *sampler) {
  for (Sampler **at = &state.first; *at; at = &(*at)->next) {
    if (*at != sampler) continue;
    *at = sampler->next;
    return;
  }
}

void sampler_thread_end(VM *vm) {
  Sampler *self = sampled;
  if (!self) return;
  sampled = NULL;
  unlink_sampler(self);
  if (self->has_timer) timer_delete(self->timer);
  log_lock();
  if (log_is_open()) write_merged(self, sampler_clock(CLOCK_MONOTONIC));
  log_unlock();
  walker_deinit(&self->walker);
  free(self);
}

void sampler_thread_woke(void) {
  Sampler *self = sampled;
  if (!self || !self->slow) return;
  self->slow = false;
  set_rate(self);
}

/* ---- start and end */
static bool take_signal(int signum) {
  struct sigaction how = {.sa_sigaction = on_tick,
                          .sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK};
  sigfillset(&how.sa_mask);
  recorder_signal = signum;
  return sigaction(signum, &how, NULL) == 0;
}

/* A tick of the old signal that is on its way finds the program's handler. */
void sampler_move(VM *vm) {
  for (Sampler *at = state.first; at; at = at->next) {
    if (at->has_timer) timer_delete(at->timer);
    at->has_timer = false;
  }
  if (recorder_signal + 2 > SIGRTMAX || !take_signal(recorder_signal + 2)) return;
  for (Sampler *at = state.first; at; at = at->next) start_timer(at);
}

bool sampler_start(VM *vm, const SamplerSettings *settings) {
  state.settings = *settings;
  place_init();
  if (!take_signal(SIGRTMIN + 6)) return false;
  sampler_thread_begin(vm);
  return true;
}

void sampler_after_fork(VM *vm, uint64_t began) {
  Sampler *self = sampled;
  state.settings.began = began;
  state.asked = false;
  if (!self) return;
  self->chunk = NULL;
  self->merged_stack = 0;
  self->slow = false;
  self->next = NULL;
  state.first = self;
  write_thread(vm, self);
  start_sampling(self);
}

void sampler_stop(void) {
  Sampler *self = sampled;
  sampled = NULL;
  if (self && self->has_timer) timer_delete(self->timer);
}

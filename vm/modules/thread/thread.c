/* thread.c -- the global lock: taking it, giving it up, handing it over every few milliseconds;
** start and end of threads. */
#include "vm/modules/thread/thread.h"
#include "vm/base/memory.h"
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/recorder.h"
#include "vm/interp/frame.h"
#include "vm/objects/exception.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* what C code may use behind the limit; given on top of what the program asks for */
#define C_STACK_RESERVE (256 << 10)
/* bytes under the saved stack pointer that a blocking call may have spilled registers to */
#define SCAN_BELOW 1024

static struct {
  Thread main, *first;   /* of all threads the newest; scan_threads marks what they hold */
  int started;           /* and not ended, main not counted */
  size_t new_stack_size; /* as threading.stack_size says; 0: the system's */
  unsigned switch_us;    /* sys.setswitchinterval */
  bool foreign;          /* a library's threads may call */
} threads = {.first = &threads.main, .switch_us = 5000};

static struct {
  pthread_mutex_t mutex;
  pthread_cond_t freed, taken;
  bool held;
  int waiting;
  unsigned long hand_overs; /* how often the lock changed hands */
} lock = {
    PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, PTHREAD_COND_INITIALIZER, true, 0, 0};

static __thread Thread *this_thread;

/* ---- saving and restoring */
static ALWAYS_INLINE void save_registers(uintptr_t *to) {
#if defined(__x86_64__)
  __asm__ volatile("movq %%rbx, 0(%0)\n movq %%rbp, 8(%0)\n movq %%r12, 16(%0)\n movq %%r13, "
                   "24(%0)\n movq %%r14, 32(%0)\n"
                   "movq %%r15, 40(%0)"
                   :
                   : "r"(to)
                   : "memory");
#elif defined(__aarch64__)
  __asm__ volatile("stp x19, x20, [%0]\n stp x21, x22, [%0, 16]\n stp x23, x24, [%0, 32]\n stp "
                   "x25, x26, [%0, 48]\n"
                   "stp x27, x28, [%0, 64]\n str x29, [%0, 80]"
                   :
                   : "r"(to)
                   : "memory");
#else
#error "say here how callee-saved registers are stored"
#endif
}

/* ---- what a sampling signal handler goes by: its thread's state is in the VM while `holds`, else
** in the Thread */
static void lose_lock(Thread *thread) {
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
  thread->holds = false;
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
}

static void have_lock(Thread *thread) {
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
  thread->holds = true;
}

static void save_state(VM *vm, Thread *thread) {
  thread->state = vm->current;
  thread->trace = trace_state;
}

static void restore_state(VM *vm, Thread *thread) {
  vm->current = thread->state;
  vm->stack_limit = vm->stack_end;
  c_stack_floor = vm->c_stack_limit;
  int why = (thread->is_main && signals_pending() ? POLL_SIGNAL : 0) |
            (thread->async_exception != VALUE_UNBOUND ? POLL_ASYNC : 0);
  trace_adopt(vm, &thread->trace);
  if (heap_has_calls(vm)) why |= POLL_FINALIZERS; /* another thread may have put them off */
  if (why | vm->poll) vm_request_poll(vm, why);
}

/* ---- the lock; all need lock.mutex */
static void release_locked(void) {
  lock.held = false;
  pthread_cond_signal(&lock.freed);
}

static void wait_a_slice(VM *vm) {
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_nsec += (long)threads.switch_us * 1000;
  until.tv_sec += until.tv_nsec / 1000000000;
  until.tv_nsec %= 1000000000;
  unsigned long before = lock.hand_overs;
  if (pthread_cond_timedwait(&lock.freed, &lock.mutex, &until) == ETIMEDOUT && lock.held &&
      lock.hand_overs == before)
    vm_request_poll(vm, POLL_THREAD);
}

static void acquire_locked(VM *vm) {
  lock.waiting++;
  while (lock.held) wait_a_slice(vm);
  lock.waiting--;
  lock.held = true;
  lock.hand_overs++;
  pthread_cond_broadcast(&lock.taken);
}

unsigned long thread_moment(void) { return lock.hand_overs; }

bool thread_none_since(unsigned long *moment) {
  pthread_mutex_lock(&lock.mutex);
  bool none = !lock.held && lock.hand_overs == *moment;
  *moment = lock.hand_overs;
  pthread_mutex_unlock(&lock.mutex);
  return none;
}

/* The process is ending: threads other than the main one never run again. */
static void stop_if_finalizing(VM *vm, Thread *thread) {
  if (!vm->finalizing || thread->is_main) return;
  lock.held = false;
  pthread_cond_signal(&lock.freed);
  pthread_mutex_unlock(&lock.mutex);
  for (;;) pause();
}

NOINLINE void thread_release(VM *vm) {
  Thread *thread = vm->thread;
  int saved_errno = errno;
  save_registers(thread->registers);
  thread->c_stack_low = (char *)__builtin_frame_address(0) - SCAN_BELOW;
  save_state(vm, thread);
  lose_lock(thread);
  pthread_mutex_lock(&lock.mutex);
  release_locked();
  pthread_mutex_unlock(&lock.mutex);
  errno = saved_errno;
}

void thread_acquire(VM *vm) {
  Thread *thread = this_thread;
  int saved_errno = errno;
  thread->waits = true;
  pthread_mutex_lock(&lock.mutex);
  acquire_locked(vm);
  stop_if_finalizing(vm, thread);
  restore_state(vm, thread);
  pthread_mutex_unlock(&lock.mutex);
  have_lock(thread);
  thread->waits = false;
  if (UNLIKELY(recorder != NULL)) recorder->thread_woke(vm);
  errno = saved_errno;
}

/* At a safepoint: another thread has waited for a whole slice. Gives it the lock for sure. */
NOINLINE static bool hand_over(VM *vm) {
  Thread *thread = vm->thread;
  save_registers(thread->registers);
  thread->c_stack_low = (char *)__builtin_frame_address(0) - SCAN_BELOW;
  save_state(vm, thread);
  lose_lock(thread);
  thread->waits = true;
  pthread_mutex_lock(&lock.mutex);
  if (lock.waiting) {
    unsigned long before = lock.hand_overs;
    release_locked();
    while (lock.hand_overs == before && lock.waiting) pthread_cond_wait(&lock.taken, &lock.mutex);
    acquire_locked(vm);
    stop_if_finalizing(vm, thread);
    restore_state(vm, thread);
  }
  pthread_mutex_unlock(&lock.mutex);
  have_lock(thread);
  thread->waits = false;
  return true;
}

static bool raise_async(VM *vm) {
  Thread *thread = vm->thread;
  Value exception = thread->async_exception;
  if (exception == VALUE_UNBOUND) return true;
  thread->async_exception = VALUE_UNBOUND;
  Value instance = exception_make(vm, exception);
  if (instance != VALUE_FAIL) raise_object(vm, instance);
  return false;
}

int thread_raise_in(VM *vm, unsigned long ident, Value exception) {
  Thread *thread = threads.first;
  while (thread && thread->ident != ident) thread = thread->next;
  if (!thread) return 0;
  thread->async_exception = exception;
  if (thread == vm->thread && exception != VALUE_UNBOUND) vm_request_poll(vm, POLL_ASYNC);
  return 1;
}

/* ---- collection */
static void scan_threads(Marker *marker, VM *vm, void *data) {
  for (Thread *at = threads.first; at; at = at->next) {
    mark_value(marker, at->function);
    mark_value(marker, at->args);
    mark_value(marker, at->kwargs);
    mark_value(marker, at->sentinel);
    mark_value(marker, at->async_exception);
    mark_object(marker, at->locals);
    mark_value(marker, at->exc_state.handled);
    if (at == vm->thread || !at->started) continue;
    mark_value(marker, at->trace.trace);
    mark_value(marker, at->trace.profile);
    const ThreadState *state = &at->state;
    mark_value(marker, state->exception);
    mark_value(marker, state->async_firstiter);
    mark_value(marker, state->async_finalizer);
    mark_value(marker, state->context);
    mark_value(marker, state->running_loop);
    for (const ExcState *e = state->exc_state; e; e = e->previous) mark_value(marker, e->handled);
    mark_conservative(marker, at->registers, at->registers + ARRAY_COUNT(at->registers));
    mark_c_stack(marker, at->c_stack_low, state->c_stack_base, state->loop);
    if (state->stack) scan_stack(marker, state);
  }
}

/* ---- threads */
static void clear_values(Thread *thread) {
  thread->function = thread->args = thread->kwargs = thread->sentinel = VALUE_NONE;
  thread->async_exception = VALUE_UNBOUND;
  thread->exc_state = (ExcState){VALUE_NONE, NULL};
  thread->state = (ThreadState){
      .exception = VALUE_UNBOUND,
      .stop_value = VALUE_NONE,
      .context = VALUE_NONE,
      .running_loop = VALUE_NONE,
      .async_firstiter = VALUE_NONE,
      .async_finalizer = VALUE_NONE,
      .exc_state = &thread->exc_state,
      .thread = thread,
  };
  trace_state_init(&thread->trace);
}

bool threads_init(VM *vm) {
  clear_values(&threads.main);
  threads.main.os_thread = pthread_self();
  threads.main.ident = (unsigned long)threads.main.os_thread;
  threads.main.is_main = threads.main.started = threads.main.holds = true;
  this_thread = vm->thread = &threads.main;
  if (!vm->exc_state) vm->exc_state = &threads.main.exc_state;
  heap_add_root_scanner(vm, scan_threads, NULL);
  poll_thread_hook = hand_over;
  poll_async_hook = raise_async;
  return true;
}

bool thread_is_main(VM *vm) { return vm->thread == NULL || vm->thread->is_main; }
void thread_lost_lock(VM *vm, unsigned long ident) {
  for (Thread *at = threads.first; at; at = at->next)
    if (at->ident == ident && at != vm->thread && at->state.locks_held) at->state.locks_held--;
}

int thread_count(void) { return threads.started; }
void thread_set_stack_size(size_t size) { threads.new_stack_size = size; }
void thread_set_switch_interval(unsigned us) { threads.switch_us = us; }
unsigned thread_switch_interval(void) { return threads.switch_us; }
size_t thread_stack_size(void) { return threads.new_stack_size; }

Thread *threads_first(void) { return threads.first; }

StackTop thread_top_of(VM *vm, const Value *base) {
  for (const Thread *at = threads.first; at; at = at->next) {
    const ThreadState *state = thread_state(vm, at);
    if (base >= state->stack && base < state->stack_end) return (StackTop){state->base, state->pc};
  }
  return (StackTop){NULL, NULL};
}

void threads_visit_tops(VM *vm, void (*visit)(Value *base, void *data), void *data) {
  for (const Thread *at = threads.first; at; at = at->next) visit(thread_state(vm, at)->base, data);
}

void thread_forget_local(VM *vm, uintptr_t local) {
  for (Thread *at = threads.first; at; at = at->next)
    if (at->locals) dict_forget_int(vm, at->locals, value_int_unchecked((int64_t)local));
}

static void unlink_thread(Thread *thread) {
  for (Thread **at = &threads.first; *at; at = &(*at)->next) {
    if (*at != thread) continue;
    *at = thread->next;
    return;
  }
}

static void run_thread(VM *vm, Thread *thread) {
  Dict *kwargs = thread->kwargs == VALUE_NONE ? NULL : value_object(thread->kwargs);
  Value result = call_tuple_dict(vm, thread->function, value_object(thread->args), kwargs);
  if (result == VALUE_FAIL && !error_clear_if(vm, TYPE_OF(SystemExit)))
    error_unraisable(vm, "Exception ignored in thread started by", thread->function);
  if (thread->sentinel != VALUE_NONE) {
    Value sentinel = thread->sentinel;
    thread->sentinel = VALUE_NONE;
    if (call_method0(vm, sentinel, NAME("release")) == VALUE_FAIL) error_clear(vm);
  }
}

/* begin: the calling thread of the system is `thread` from now on, and holds the lock. */
static void begin(VM *vm, Thread *thread) {
  pthread_attr_t attributes;
  void *low = NULL;
  size_t size = 0;
  this_thread = thread;
  if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
    pthread_attr_getstack(&attributes, &low, &size);
    pthread_attr_destroy(&attributes);
  }
  thread->state.c_stack_base = (char *)low + size;
  pthread_mutex_lock(&lock.mutex);
  acquire_locked(vm);
  stop_if_finalizing(vm, thread);
  restore_state(vm, thread);
  pthread_mutex_unlock(&lock.mutex);
  thread->started = thread->holds = true;
  interp_begin(vm);
  c_stack_floor = vm->c_stack_limit =
      (char *)low + (size > C_STACK_RESERVE ? C_STACK_RESERVE : size / 4);
  if (UNLIKELY(recorder != NULL)) recorder->thread_began(vm);
}

/* end: it counts as gone, and has given the lock up. */
static void end(VM *vm, Thread *thread) {
  Value *stack = vm->stack, *stack_end = vm->stack_end;
  trace_set(vm, VALUE_NONE);
  profile_set(vm, VALUE_NONE, NULL);
  if (UNLIKELY(recorder != NULL)) recorder->thread_ends(vm);
  pthread_mutex_lock(&lock.mutex);
  unlink_thread(thread);
  vm->thread = NULL;
  vm->stack = vm->stack_end = vm->stack_limit = NULL;
  vm->base = NULL;
  release_locked();
  pthread_mutex_unlock(&lock.mutex);
  this_thread = NULL;
  value_stack_free(stack, stack_end);
  free(thread);
}

static void *thread_main(void *argument) {
  Thread *thread = argument;
  VM *vm = the_vm;
  begin(vm, thread);
  run_thread(vm, thread);
  threads.started--;
  end(vm, thread);
  return NULL;
}

/* ---- threads of libraries */

void threads_expect_foreign(VM *vm) { vm->threaded = threads.foreign = true; }

/* NULL: no memory. It stands in the list only once it has the lock. */
static Thread *adopt(VM *vm) {
  Thread *thread = memory_take_beside(sizeof *thread);
  if (!thread) return NULL;
  memset(thread, 0, sizeof *thread);
  clear_values(thread);
  if (!value_stack_new(VALUE_STACK_OF_THREAD, &thread->state.stack, &thread->state.stack_end)) {
    free(thread);
    return NULL;
  }
  thread->os_thread = pthread_self();
  thread->ident = (unsigned long)thread->os_thread;
  begin(vm, thread);
  thread->next = threads.first;
  threads.first = thread;
  return thread;
}

ThreadEntry thread_enter(VM *vm) {
  if (!this_thread) return adopt(vm) ? THREAD_NEW : THREAD_NOT_ENTERED;
  if (this_thread->holds) return THREAD_HELD;
  thread_acquire(vm);
  return THREAD_AGAIN;
}

void thread_leave(VM *vm, ThreadEntry entry) {
  if (entry == THREAD_AGAIN) thread_release(vm);
  if (entry == THREAD_NEW) end(vm, vm->thread);
}

Thread *thread_start(VM *vm, Value function, Value args, Value kwargs) {
  Thread *thread = memory_take_zeroed(1, sizeof *thread);
  if (!thread) return raise_memory(vm), NULL;
  clear_values(thread);
  if (!value_stack_new(VALUE_STACK_OF_THREAD, &thread->state.stack, &thread->state.stack_end)) {
    free(thread);
    raise_error(vm, TYPE_OF(RuntimeError), "can't start new thread");
    return NULL;
  }
  thread->function = function;
  thread->args = args;
  thread->kwargs = kwargs;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  if (threads.new_stack_size)
    pthread_attr_setstacksize(&attributes, threads.new_stack_size + C_STACK_RESERVE);
  vm->threaded = true;
  thread->next = threads.first;
  threads.first = thread;
  threads.started++;
  int error = pthread_create(&thread->os_thread, &attributes, thread_main, thread);
  pthread_attr_destroy(&attributes);
  if (!error) {
    thread->ident = (unsigned long)thread->os_thread;
    return thread;
  }
  threads.started--;
  unlink_thread(thread);
  value_stack_free(thread->state.stack, thread->state.stack_end);
  free(thread);
  raise_error(vm, TYPE_OF(RuntimeError), "can't start new thread");
  return NULL;
}

void threads_after_fork_child(VM *vm) {
  pthread_mutex_init(&lock.mutex, NULL);
  pthread_cond_init(&lock.freed, NULL);
  pthread_cond_init(&lock.taken, NULL);
  lock.held = true;
  lock.waiting = 0;
  Thread *self = vm->thread;
  for (Thread *at = threads.first, *next; at; at = next) {
    next = at->next;
    if (at != self && at != &threads.main) free(at);
  }
  self->next = NULL;
  self->is_main = true;
  threads.first = self;
  threads.started = 0;
  vm->threaded = threads.foreign;
}

/* vm.h -- the state of the interpreter: one per process, passed to everything as `vm`.
**
*/
#ifndef KRAIT_VM_H
#define KRAIT_VM_H

#include "vm/base/c_stack.h"
#include "vm/core/object.h"

typedef struct ExcState ExcState;
/* What sys.exc_info() sees: one item for the thread, one more for each running generator. */
struct ExcState {
  Value handled; /* the exception being handled, or VALUE_NONE */
  ExcState *previous;
};

typedef struct Module Module;
typedef struct Showing Showing;

/* An activation of the interpreter's loop, kept in its own C frame. The locals of the loop begin at
** `low`; collections pass them by (interp/interp.c says why they may). */
typedef struct LoopFrame {
  struct LoopFrame *outer;
  char *low;
} LoopFrame;

/* VM.poll; set with vm_request_poll, from any thread or signal handler */
enum {
  POLL_SIGNAL = 1,     /* a signal arrived */
  POLL_FINALIZERS = 2, /* finalizers or weak reference callbacks wait: heap_run_finalizers */
  POLL_THREAD = 4,     /* another thread wants the global lock */
  POLL_ASYNC = 8,      /* an exception was sent to this thread */
  POLL_TRACE = 16,
  POLL_MEMORY = 32,                      /* memory is gone: MemoryError (memory/reserve.c) */
  POLL_RECORD = 64,                      /* the recording has work that no signal handler may do */
  POLL_IN_C = POLL_SIGNAL | POLL_MEMORY, /* what loops in C listen to as well: see iterator_next */
};

/* What each thread has for itself. Law: the one that holds the global lock has it in the VM, every
** other one in its Thread: it is copied as a whole when the lock changes hands
** (modules/thread/thread.c). */
typedef struct ThreadState {
#include "vm/core/thread_state.def"
} ThreadState;

struct VM {
  union {
    /* of the thread that holds the global lock; `vm->base` is `vm->current.base` */
    ThreadState current;
    struct {
#include "vm/core/thread_state.def"
    };
  };

  /* ---- polled at back-edges and calls */
  /* nonzero: something wants attention (signal, gc, thread switch, trace) */
  volatile int poll;
  /* a second thread was started: blocking calls hand over the global lock */
  bool threaded;

  /* ---- shared */
  struct Heap *heap;
  int recursion_limit;
  Dict *modules;           /* [gc] sys.modules */
  Module *builtins, *sys;  /* [gc] */
  struct Options *options; /* command line, see core/options.h */
  uint32_t next_key;       /* of shapes and types: the newest one drawn (key_draw) */
  uint32_t next_stamp;     /* of dicts, likewise */
  uint64_t hash_seed[2];
  bool finalizing;
  struct Misses *misses; /* who counts what inline caches miss (interp/misses.h); NULL: nobody */
};

/* What a safepoint runs for each reason (interp/poll.c); set by the modules that own them; false:
** an exception is pending. */
extern bool (*poll_signal_hook)(VM *vm);
extern bool (*poll_thread_hook)(VM *vm);
extern bool (*poll_async_hook)(VM *vm);
static inline void vm_request_poll(VM *vm, int why) {
  __atomic_fetch_or(&vm->poll, why, __ATOMIC_SEQ_CST);
  __atomic_store_n(&vm->stack_limit, vm->stack, __ATOMIC_SEQ_CST);
}
static inline void vm_clear_poll(VM *vm, int why) {
  __atomic_fetch_and(&vm->poll, ~why, __ATOMIC_SEQ_CST);
}

/* vm_check_memory: true, or MemoryError raised: loops in C that can allocate without end and ask
** for nothing large call it once a round (memory/heap.h, law of memory). */
COLD bool vm_raise_exhausted(VM *vm);
MUST_USE static inline bool vm_check_memory(VM *vm) {
  return LIKELY(!(vm->poll & POLL_MEMORY)) || vm_raise_exhausted(vm);
}

/* vm_check_signals: true, or a handler has raised: handlers of signals that have arrived run now,
** not at the next safepoint. For loops in C that an endless iterator, or a long computation, could
** keep from ever getting there. */
MAY_RUN bool vm_run_signals(VM *vm);
MUST_USE MAY_RUN static inline bool vm_check_signals(VM *vm) {
  return LIKELY(!(vm->poll & POLL_SIGNAL)) || vm_run_signals(vm);
}

/* vm_listen: both: true, or an exception is pending. What a loop in C that can take long asks once
** a round, or once for some thousands of short rounds: what it holds must bear that Python runs,
** which may change every list it reads. */
COLD MUST_USE MAY_RUN bool vm_listen_slow(VM *vm);
MUST_USE MAY_RUN static inline bool vm_listen(VM *vm) {
  return LIKELY(!(vm->poll & POLL_IN_C)) || vm_listen_slow(vm);
}

/* vm_run_aside: work(argument) on a thread of its own, under the laws of base/aside.h; signals are
** heard and other threads run meanwhile. true: it is done; false: a handler has raised, or memory
** was refused: it is given up, what it wrote is not to be used. */
MUST_USE MAY_RUN bool vm_run_aside(VM *vm, void (*work)(void *argument), void *argument);

extern VM *the_vm; /* for signal handlers and debuggers only */

/* vm_stack_top: end of the value stack's used part: the newest frame's registers included
** (interp/frame.c). */
Value *vm_stack_top(VM *vm);
/* vm_mark_stack: marks what the frames of the current thread keep alive (interp/scan.c). */
void vm_mark_stack(Marker *marker, VM *vm);

/* vm_c_stack_low: about to overflow the C stack? Recursive C functions ask first and raise
** RecursionError. */
static inline bool vm_c_stack_low(VM *vm) {
  return UNLIKELY(c_stack_pointer() < vm->c_stack_limit);
}
/* vm_check_c_stack: true, or RecursionError raised ("maximum recursion depth exceeded" + where). */
MUST_USE bool vm_check_c_stack(VM *vm, const char *where);
/* vm_guard_call: the same where native code may call native code again through a protocol, without
** a frame between. Law: every such cycle goes through call_values, call_special_values,
** native_call, getset_get or iterator_next, which ask; a function that calls itself asks on its
** own. */
MUST_USE static inline bool vm_guard_call(VM *vm) {
  return !vm_c_stack_low(vm) || vm_check_c_stack(vm, "while calling a Python object");
}

#endif

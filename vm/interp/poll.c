/* poll.c -- what happens at safepoints, the limit of the C stack, and the start of the loop. */
#include "vm/contracts/recorder.h"
#include "vm/core/options.h"
#include "vm/interp/slow.h"
#include "vm/interp/trace.h"
#include "vm/memory/space.h"
#include "vm/shapes/shape.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>

enum { C_STACK_RESERVE = 256 << 10 };
enum { LARGEST_FRAME = 70000 }; /* values: it fits behind the limit of the value stack */

bool vm_check_c_stack(VM *vm, const char *where) {
  if (LIKELY(!vm_c_stack_low(vm))) return true;
  char *limit = vm->c_stack_limit;
  vm->c_stack_limit = limit - C_STACK_RESERVE / 2; /* room to make the exception */
  raise_error(vm, TYPE_OF(RecursionError), "maximum recursion depth exceeded%s%s",
              *where && *where != ' ' ? " " : "", where);
  vm->c_stack_limit = limit;
  return false;
}

/* choose_caches: KRAIT_IC, for tests: `miss`: no site ever quickens; `eager`: each asks the
** protocol whenever it misses and quickens at once for what it sees, without the tables of what it
** and other sites have learned; `exhaust`: the numbers that caches compare are used up after the
** next EXHAUST_AFTER. */
enum { EXHAUST_AFTER = 5000 };
static void choose_caches(VM *vm) {
  const char *wanted = options_variable(vm->options, "KRAIT_IC");
  if (!wanted) return;
  if (strcmp(wanted, "miss") == 0) threaded_never_quicken();
  if (strcmp(wanted, "eager") == 0) attr_sites_learn = false;
  if (strcmp(wanted, "exhaust") == 0) vm->next_key = vm->next_stamp = KEY_LAST - EXHAUST_AFTER;
}

size_t loop_locals_bytes;
/* above the locals: at most six callee-saved registers and the return address */
enum { RETURN_AND_SAVED = 7 * sizeof(void *) };

/* start_loop: the loop tells where its handlers are, and the size of its C frame is taken. */
NOINLINE static void start_loop(VM *vm) {
  char *above = stack_pointer();
  if (interp_run(vm, NULL, NULL) == VALUE_FAIL) panic("the loop does not start");
  size_t size = (size_t)(above - loop_measured);
  if (above && size > RETURN_AND_SAVED) loop_locals_bytes = size - RETURN_AND_SAVED;
}

bool loop_called(const void *return_address) {
  /* last: where the last handler begins */
  ptrdiff_t into = (const char *)return_address - loop_text, last = 0;
  for (int op = 0; op < T_COUNT; op++)
    if (threaded_handlers[op] > last) last = threaded_handlers[op];
  return into > 0 && into < last && last > T_COUNT; /* a switch has no addresses of handlers */
}

/* ---- value stacks: 512 MB that cost nothing until used; a part of the address space when that is
** limited */
enum { STACK_BYTES_MAX = 512 << 20, STACK_BYTES_MIN = 1 << 20 };

bool value_stack_new(size_t divisor, Value **stack, Value **end) {
  size_t bytes = space_share(divisor, STACK_BYTES_MIN, STACK_BYTES_MAX);
  if (!(*stack = space_reserve(bytes)) && !(*stack = space_reserve(bytes = STACK_BYTES_MIN)))
    return false;
  *end = *stack + bytes / sizeof(Value) - LARGEST_FRAME;
  return true;
}

void value_stack_free(Value *stack, Value *end) {
  munmap(stack, (size_t)((char *)(end + LARGEST_FRAME) - (char *)stack));
}

/* follow_limit: the unused part of this thread's stack goes back. */
static void follow_limit(VM *vm) {
  char *used = (char *)(vm_stack_top(vm) + LARGEST_FRAME),
       *mapped_end = (char *)(vm->stack_end + LARGEST_FRAME);
  char *wanted =
      (char *)vm->stack + space_share(VALUE_STACK_MAIN, STACK_BYTES_MIN, STACK_BYTES_MAX);
  char *keep = wanted > used + STACK_BYTES_MIN
                   ? wanted
                   : (char *)align_up((uintptr_t)used + STACK_BYTES_MIN, 4096);
  if (keep >= mapped_end) return;
  space_unmap(keep, mapped_end);
  bool attentive = vm->stack_limit != vm->stack_end;
  vm->stack_end = (Value *)keep - LARGEST_FRAME;
  if (!attentive) vm->stack_limit = vm->stack_end;
}

void vm_follow_limit(VM *vm) {
  shapes_follow_limit();
  heap_follow_limit(vm);
  follow_limit(vm);
}

/* interp_init: the value stack of the main thread, the limit of its C stack, the handlers'
** addresses. */
bool interp_init(VM *vm) {
  if (!threaded_handler(T_NOP)) {
    start_loop(vm);
    choose_caches(vm);
  }
  if (!value_stack_new(VALUE_STACK_MAIN, &vm->stack, &vm->stack_end)) {
    fputs("krait: not enough memory (address space) for the value stack\n", stderr);
    return false;
  }
  vm->stack_limit = vm->stack_end;
  struct rlimit limit;
  size_t size = 8 << 20;
  if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    size = limit.rlim_cur;
  if (size > (64 << 20)) size = 64 << 20;
  vm->c_stack_limit = (char *)__builtin_frame_address(0) - size + C_STACK_RESERVE;
  c_stack_floor = vm->c_stack_limit;
  interp_begin(vm);
  return true;
}

void interp_begin(VM *vm) {
  vm->base = NULL;
  vm->pc = NULL;
  if (!vm->recursion_limit) vm->recursion_limit = 1000;
  vm->recursion_left = vm->recursion_limit;
}

/* Installed by the modules that need a safepoint; NULL until then. */
bool (*poll_signal_hook)(VM *vm);
bool (*poll_thread_hook)(VM *vm);
bool (*poll_async_hook)(VM *vm);

/* Whoever iterates over a container by way of a generator (WeakSet) does not expect a finalizer to
** change it in the middle: it waits until the generator has yielded or returned, though not for
** ever. */
static bool finalizers_wait(VM *vm) {
  enum { PATIENCE = 1000 };
  static int waited;
  bool iterating = vm->base && frame_has(vm->base, FRAME_GENERATOR) &&
                   value_is(frame_header(vm->base)->extra, generator);
  waited = iterating && waited < PATIENCE ? waited + 1 : 0;
  if (waited) vm->stack_limit = vm->stack;
  return waited != 0;
}

bool vm_run_signals(VM *vm) {
  vm_clear_poll(vm, POLL_SIGNAL);
  return !poll_signal_hook || poll_signal_hook(vm);
}

bool vm_listen_slow(VM *vm) { return vm_check_memory(vm) && vm_check_signals(vm); }

bool interp_poll(VM *vm) {
  /* before reading why: a later request lowers it again */
  __atomic_store_n(&vm->stack_limit, vm->stack_end, __ATOMIC_SEQ_CST);
  if (trace_state.on) vm->stack_limit = vm->stack; /* calls stay attentive */
  int why = vm->poll;
  if (UNLIKELY(why & POLL_MEMORY)) {
    (void)vm_raise_exhausted(vm);
    if (vm->poll) vm_request_poll(vm, 0); /* the other reasons wait for the next safepoint */
    return false;
  }
  if (why & POLL_FINALIZERS && !finalizers_wait(vm)) heap_finalizers_due(vm);
  if (why & POLL_SIGNAL && !vm_run_signals(vm)) return false;
  if (why & POLL_THREAD) {
    vm_clear_poll(vm, POLL_THREAD);
    if (poll_thread_hook && !poll_thread_hook(vm)) return false;
  }
  if (UNLIKELY(why & POLL_RECORD)) {
    vm_clear_poll(vm, POLL_RECORD);
    if (recorder) recorder->polled(vm);
  }
  if (why & POLL_ASYNC) {
    vm_clear_poll(vm, POLL_ASYNC);
    if (poll_async_hook && !poll_async_hook(vm)) return false;
  }
  return true;
}

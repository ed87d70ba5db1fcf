/* poll.c -- what happens at safepoints, the limit of the C stack, and the start of the loop. */
#include "vm/interp/slow.h"
#include "vm/interp/trace.h"
#include "vm/runtime/options.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>

enum { VALUE_STACK_BYTES = 512 << 20, C_STACK_RESERVE = 256 << 10 };

bool vm_check_c_stack(VM *vm, const char *where) {
  if (LIKELY(!vm_c_stack_low(vm))) return true;
  char *limit = vm->c_stack_limit;
  vm->c_stack_limit = limit - C_STACK_RESERVE / 2; /* room to make the exception */
  raise_error(vm, TYPE_OF(RecursionError), "maximum recursion depth exceeded%s%s", *where && *where != ' ' ? " " : "", where);
  vm->c_stack_limit = limit;
  return false;
}

/* choose_caches: KRAIT_IC, for tests: `miss`: no site ever quickens; `eager`: each asks the protocol whenever it misses and quickens
** at once for what it sees, without the tables of what it and other sites have learned. */
static void choose_caches(const VM *vm) {
  const char *wanted = vm->options && vm->options->ignore_environment ? NULL : getenv("KRAIT_IC");
  if (!wanted) return;
  if (strcmp(wanted, "miss") == 0) threaded_never_quicken();
  if (strcmp(wanted, "eager") == 0) attr_sites_learn = false;
}

/* interp_init: the value stack of the calling thread, the limit of its C stack, the handlers' addresses. */
bool interp_init(VM *vm) {
  if (!threaded_handler(T_NOP)) {
    (void)!interp_run(vm, NULL, NULL);
    choose_caches(vm);
  }
  Value *stack = mmap(NULL, VALUE_STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (stack == MAP_FAILED) return false;
  vm->stack = stack;
  vm->stack_limit = vm->stack_end = stack + VALUE_STACK_BYTES / sizeof(Value) - 70000; /* the largest frame fits behind the limit */
  struct rlimit limit;
  size_t size = 8 << 20;
  if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) size = limit.rlim_cur;
  if (size > (64 << 20)) size = 64 << 20;
  vm->c_stack_limit = (char *)__builtin_frame_address(0) - size + C_STACK_RESERVE;
  vm->base = NULL;
  vm->pc = NULL;
  if (!vm->recursion_limit) vm->recursion_limit = 1000;
  vm->recursion_left = vm->recursion_limit;
  return true;
}

size_t interp_stack_bytes(void) { return VALUE_STACK_BYTES; }

/* Installed by the modules that need a safepoint; NULL until then. */
bool (*poll_signal_hook)(VM *vm);
bool (*poll_thread_hook)(VM *vm);
bool (*poll_async_hook)(VM *vm);

bool interp_poll(VM *vm) {
  __atomic_store_n(&vm->stack_limit, vm->stack_end, __ATOMIC_SEQ_CST); /* before reading why: a later request lowers it again */
  if (trace_state.on) vm->stack_limit = vm->stack; /* calls stay attentive */
  int why = vm->poll;
  if (why & POLL_FINALIZERS) heap_run_finalizers(vm);
  if (why & POLL_SIGNAL) {
    vm_clear_poll(vm, POLL_SIGNAL);
    if (poll_signal_hook && !poll_signal_hook(vm)) return false;
  }
  if (why & POLL_THREAD) {
    vm_clear_poll(vm, POLL_THREAD);
    if (poll_thread_hook && !poll_thread_hook(vm)) return false;
  }
  if (why & POLL_ASYNC) {
    vm_clear_poll(vm, POLL_ASYNC);
    if (poll_async_hook && !poll_async_hook(vm)) return false;
  }
  return true;
}

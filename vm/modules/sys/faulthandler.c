/* faulthandler.c -- the module faulthandler: where Python was, written by a signal handler.
**
** Handlers allocate nothing and take no lock: they walk frames from vm->base as the loop last left
** it, and write with write(2). Another thread is shown where it gave the global lock up.
*/
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "vm/base/memory.h"
#include "vm/contracts/duration.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/interp/frame.h"
#include "vm/modules/thread/thread.h"
#include "vm/objects/code.h"
#include "vm/objects/dict.h"
#include "vm/objects/module.h"

#define NATIVE_DEF "vm/modules/sys/faulthandler.def"
#define NATIVE_PREFIX fault_
#include "vm/contracts/native_class.inc"

enum { FRAMES_MAX = 100, THREADS_MAX = 100, STR_MAX = 500, STACK_BYTES = 64 << 10 };

/* ---- writing without allocating */
static void put(int fd, const char *text) {
  ssize_t n = write(fd, text, strlen(text));
  (void)n;
}

static void put_str(int fd, const Str *s) {
  char text[STR_MAX * sizeof "U00000000"];
  size_t n = 0;
  for (size_t i = 0; i < s->length && i < STR_MAX; i++) {
    uint32_t c = str_at(s, i);
    if (c >= ' ' && c < 0x7f) text[n++] = (char)c;
    else
      n += (size_t)snprintf(text + n, sizeof text - n,
                            c < 0x100     ? "\\x%02x"
                            : c < 0x10000 ? "\\u%04x"
                                          : "\\U%08x",
                            c);
  }
  text[n] = 0;
  put(fd, text);
  if (s->length > STR_MAX) put(fd, "...");
}

static void dump_frame(int fd, const Function *function, const InsnCell *pc) {
  char number[32];
  put(fd, "  File \"");
  put_str(fd, function->code->filename);
  const struct ThreadedCode *threaded = function->threaded;
  int line = threaded && pc ? code_line(function->code, threaded_offset(threaded, pc)) : 0;
  snprintf(number, sizeof number, "\", line %d in ", line);
  put(fd, number);
  put_str(fd, function->code->name);
  put(fd, "\n");
}

static void dump_frames(int fd, const ThreadState *state) {
  Value *base = state->base;
  const InsnCell *pc = state->pc;
  if (!base) put(fd, "  <no Python frame>\n");
  for (int i = 0; base && i < FRAMES_MAX; i++) {
    dump_frame(fd, frame_function(base), pc);
    pc = frame_caller_insn(base);
    base = frame_below(base);
  }
  if (base) put(fd, "  ...\n");
}

static const Thread *calling_thread(void) {
  const Thread *at = threads_first();
  while (at && !pthread_equal(at->os_thread, pthread_self())) at = at->next;
  return at;
}

/* dump_all: each thread, the newest first; `current` (or NULL) is called so. */
static void dump_all(int fd, const Thread *current) {
  int count = 0;
  for (const Thread *at = threads_first(); at; at = at->next) {
    char text[80];
    snprintf(text, sizeof text, "%s%s 0x%016lx (most recent call first):\n", count ? "\n" : "",
             at == current ? "Current thread" : "Thread", (unsigned long)at->os_thread);
    if (count++ == THREADS_MAX) return put(fd, "...\n");
    put(fd, text);
    dump_frames(fd, thread_state(the_vm, at));
  }
}

/* dump: what a handler tells. */
static void dump(int fd, bool all_threads) {
  const Thread *current = calling_thread();
  if (all_threads || !current) return dump_all(fd, current);
  put(fd, "Stack (most recent call first):\n");
  dump_frames(fd, thread_state(the_vm, current));
}

/* file_number: the descriptor of a file object, number, or None for sys.stderr; -1 raised. */
static int file_number(VM *vm, Value file) {
  int64_t fd;
  if (file == VALUE_NONE) {
    file = dict_get_str(vm, module_dict(vm->sys), NAME("stderr"));
    if (file == VALUE_UNBOUND)
      return raise_error(vm, TYPE_OF(RuntimeError), "unable to get sys.stderr"), -1;
    if (file == VALUE_NONE) return raise_error(vm, TYPE_OF(RuntimeError), "sys.stderr is None"), -1;
  }
  if (!value_is_any_int(file)) {
    Value number = call_method0(vm, file, NAME("fileno"));
    if (number == VALUE_FAIL) return -1;
    if (!value_is_any_int(number))
      return raise_error(vm, TYPE_OF(RuntimeError), "file.fileno() is not a valid file descriptor"),
             -1;
    if (!value_index64(vm, number, &fd, false)) return -1;
    Value flushed = call_method0(vm, file, NAME("flush"));
    if (flushed == VALUE_FAIL) error_clear(vm);
  } else if (!value_index64(vm, file, &fd, false)) {
    return -1;
  }
  if (fd < 0) return raise_value(vm, "file is not a valid file descripter"), -1;
  return (int)fd;
}

/* ---- fatal signals */
static const struct {
  int number;
  const char *name;
} fatal[] = {
    {SIGBUS, "Bus error"}, {SIGILL, "Illegal instruction"}, {SIGFPE, "Floating point exception"},
    {SIGABRT, "Aborted"},  {SIGSEGV, "Segmentation fault"},
};
static struct {
  struct sigaction before[ARRAY_COUNT(fatal)];
  bool enabled, all_threads;
  int fd;
} watch = {.fd = 2};

static void on_fatal(int number) {
  int saved = errno;
  for (size_t i = 0; i < ARRAY_COUNT(fatal); i++) {
    if (fatal[i].number != number) continue;
    sigaction(number, &watch.before[i], NULL);
    put(watch.fd, "Fatal Python error: ");
    put(watch.fd, fatal[i].name);
    put(watch.fd, "\n\n");
  }
  dump(watch.fd, watch.all_threads);
  errno = saved;
  raise(number);
}

static void use_own_stack(void) {
  static char *memory;
  if (memory || !(memory = memory_take(STACK_BYTES))) return;
  stack_t stack = {.ss_sp = memory, .ss_size = STACK_BYTES};
  sigaltstack(&stack, NULL);
}

static Value fault_enable(VM *vm, Value self, const fault_enable_args *a) {
  int fd = file_number(vm, a->file);
  if (fd < 0) return VALUE_FAIL;
  watch.fd = fd;
  watch.all_threads = a->all_threads;
  if (watch.enabled) return VALUE_NONE;
  watch.enabled = true;
  use_own_stack();
  struct sigaction action = {.sa_handler = on_fatal, .sa_flags = SA_NODEFER | SA_ONSTACK};
  for (size_t i = 0; i < ARRAY_COUNT(fatal); i++)
    sigaction(fatal[i].number, &action, &watch.before[i]);
  return VALUE_NONE;
}

static Value fault_disable(VM *vm, Value self, const fault_disable_args *a) {
  if (!watch.enabled) return VALUE_FALSE;
  watch.enabled = false;
  for (size_t i = 0; i < ARRAY_COUNT(fatal); i++)
    sigaction(fatal[i].number, &watch.before[i], NULL);
  return VALUE_TRUE;
}
static Value fault_is_enabled(VM *vm, Value self, const fault_is_enabled_args *a) {
  return value_bool(watch.enabled);
}

static Value fault_dump_traceback(VM *vm, Value self, const fault_dump_traceback_args *a) {
  int fd = file_number(vm, a->file);
  if (fd < 0) return VALUE_FAIL;
  dump(fd, a->all_threads);
  return VALUE_NONE;
}

/* ---- later: a thread that waits for its time or for being cancelled */
static struct {
  pthread_t thread; /* the waiting one */
  pthread_mutex_t lock;
  pthread_cond_t wake;
  bool running, cancelled, repeat, exits;
  int fd;
  double seconds;
} later = {.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};

static void *wait_and_dump(void *unused) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, NULL);
  char text[64];
  pthread_mutex_lock(&later.lock);
  do {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    double end = (double)until.tv_sec + (double)until.tv_nsec * 1e-9 + later.seconds;
    until.tv_sec = (time_t)end;
    until.tv_nsec = (long)((end - (double)until.tv_sec) * 1e9);
    int result = 0;
    while (!later.cancelled && result != ETIMEDOUT)
      result = pthread_cond_timedwait(&later.wake, &later.lock, &until);
    if (later.cancelled) break;
    long whole = (long)later.seconds, us = (long)((later.seconds - (double)whole) * 1e6);
    int n = snprintf(text, sizeof text, "Timeout (%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60,
                     whole % 60);
    snprintf(text + n, sizeof text - (size_t)n, us ? ".%06ld)!\n" : ")!\n", us);
    put(later.fd, text);
    dump_all(later.fd, NULL);
    if (later.exits) _exit(1);
  } while (later.repeat);
  pthread_mutex_unlock(&later.lock);
  return NULL;
}

static void cancel_later(void) {
  if (!later.running) return;
  pthread_mutex_lock(&later.lock);
  later.cancelled = true;
  pthread_cond_signal(&later.wake);
  pthread_mutex_unlock(&later.lock);
  pthread_join(later.thread, NULL);
  later.running = later.cancelled = false;
}

static Value fault_dump_traceback_later(VM *vm, Value self,
                                        const fault_dump_traceback_later_args *a) {
  int64_t ns;
  if (!value_duration(vm, a->timeout, NS_PER_SECOND, &ns)) return VALUE_FAIL;
  if (ns <= 0) return raise_value(vm, "timeout must be greater than 0");
  int fd = file_number(vm, a->file);
  if (fd < 0) return VALUE_FAIL;
  cancel_later();
  later.seconds = (double)ns / NS_PER_SECOND;
  later.repeat = a->repeat;
  later.exits = a->exit;
  later.fd = fd;
  later.running = pthread_create(&later.thread, NULL, wait_and_dump, NULL) == 0;
  return later.running ? VALUE_NONE
                       : raise_error(vm, TYPE_OF(RuntimeError), "unable to start watchdog thread");
}
static Value fault_cancel_dump_traceback_later(VM *vm, Value self,
                                               const fault_cancel_dump_traceback_later_args *a) {
  cancel_later();
  return VALUE_NONE;
}

/* ---- signals of the user's choice */
static struct {
  bool on, chain, all_threads;
  int fd;
  struct sigaction before;
} chosen[NSIG];

static void on_chosen(int number) {
  int saved = errno;
  dump(chosen[number].fd, chosen[number].all_threads);
  if (chosen[number].chain) {
    struct sigaction mine;
    sigaction(number, &chosen[number].before, &mine);
    raise(number);
    sigaction(number, &mine, NULL);
  }
  errno = saved;
}

static bool check_signal(VM *vm, int number) {
  for (size_t i = 0; i < ARRAY_COUNT(fatal); i++)
    if (fatal[i].number == number)
      return raise_false(vm, TYPE_OF(RuntimeError),
                         "signal %d cannot be registered, use enable() instead", number);
  return (number >= 1 && number < NSIG) ||
         raise_false(vm, TYPE_OF(ValueError), "signal number out of range");
}

static Value fault_register_(VM *vm, Value self, const fault_register__args *a) {
  int fd = check_signal(vm, a->signum) ? file_number(vm, a->file) : -1;
  if (fd < 0) return VALUE_FAIL;
  struct sigaction action = {.sa_handler = on_chosen,
                             .sa_flags = SA_RESTART | SA_ONSTACK | (a->chain ? SA_NODEFER : 0)},
                   before;
  if (sigaction(a->signum, &action, &before)) return raise_errno(vm, errno, VALUE_NONE);
  if (!chosen[a->signum].on) chosen[a->signum].before = before;
  chosen[a->signum].on = true;
  chosen[a->signum].chain = a->chain;
  chosen[a->signum].all_threads = a->all_threads;
  chosen[a->signum].fd = fd;
  return VALUE_NONE;
}

static Value fault_unregister(VM *vm, Value self, const fault_unregister_args *a) {
  if (!check_signal(vm, a->signum)) return VALUE_FAIL;
  if (!chosen[a->signum].on) return VALUE_FALSE;
  chosen[a->signum].on = false;
  sigaction(a->signum, &chosen[a->signum].before, NULL);
  return VALUE_TRUE;
}

static Value fault_read_null(VM *vm, Value self, const fault_read_null_args *a) {
  const volatile int *volatile nowhere = NULL;
  return value_int_unchecked(*nowhere);
}
static Value fault_sigsegv(VM *vm, Value self, const fault_sigsegv_args *a) {
  return raise(SIGSEGV), VALUE_NONE;
}
static Value fault_sigfpe(VM *vm, Value self, const fault_sigfpe_args *a) {
  return raise(SIGFPE), VALUE_NONE;
}
static Value fault_sigabrt(VM *vm, Value self, const fault_sigabrt_args *a) { abort(); }

const ModuleSpec faulthandler_module = {
    .name = "faulthandler", .doc = "faulthandler module.", NATIVE_FUNCTIONS(fault_)};

/* signal.c -- signals: the C handler sets a flag and asks for a safepoint; there the main thread
** calls the Python handler. The module _signal. */
#include "vm/modules/system/signal.h"
#include "vm/contracts/duration.h"
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/recorder.h"
#include "vm/contracts/sys.h"
#include "vm/contracts/type.h"
#include "vm/interp/frame.h"
#include "vm/modules/thread/thread.h"
#include "vm/objects/dict.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/module.h"
#include "vm/objects/tuple.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#define NATIVE_DEF "vm/modules/system/signal.def"
#define NATIVE_PREFIX signal_
#include "vm/contracts/native_class.inc"

#define SIG_COUNT 65

/* What the C handler writes or reads is volatile. Handlers are marked by scan_handlers, the last
** two registered by the first import. */
static struct {
  volatile sig_atomic_t arrived[SIG_COUNT], any_arrived;
  volatile int wakeup_fd;
  bool wakeup_warn;
  Value handlers[SIG_COUNT]; /* int 0 (default), 1 (ignore), a callable, or None: not ours */
  Value itimer_error, siginfo_type;
} state = {
    .wakeup_fd = -1, .wakeup_warn = true, .itimer_error = VALUE_NONE, .siginfo_type = VALUE_NONE};

/* ---- arrival */
static void note(int signum) {
  state.arrived[signum] = 1;
  state.any_arrived = 1;
  vm_request_poll(the_vm, POLL_SIGNAL);
  if (state.wakeup_fd >= 0) {
    unsigned char byte = (unsigned char)signum;
    (void)!write(state.wakeup_fd, &byte, 1);
  }
}

static void on_signal(int signum) {
  int saved = errno;
  note(signum);
  errno = saved;
}

void signal_simulate(VM *vm, int signum) {
  Value handler = state.handlers[signum];
  if (handler == value_int_unchecked(0) || handler == value_int_unchecked(1) ||
      handler == VALUE_NONE)
    return;
  note(signum);
}

bool signals_pending(void) { return state.any_arrived; }

bool signals_waiting(VM *vm) { return state.any_arrived && thread_is_main(vm); }

bool poll_signals(VM *vm) {
  if (!signals_waiting(vm)) return true;
  state.any_arrived = 0;
  for (int signum = 1; signum < SIG_COUNT; signum++) {
    if (!state.arrived[signum]) continue;
    state.arrived[signum] = 0;
    Value handler = state.handlers[signum];
    if (!value_is_pointer(handler)) continue; /* changed meanwhile */
    Frame *frame = vm->base ? frame_current(vm, 0) : NULL;
    Value arguments[] = {value_int_unchecked(signum), frame ? value_from(frame) : VALUE_NONE};
    if (call_values(vm, handler, arguments, 2, NULL) != VALUE_FAIL) continue;
    state.any_arrived = 1; /* the others later */
    vm_request_poll(vm, POLL_SIGNAL);
    return false;
  }
  return true;
}

void signals_after_fork_child(void) {
  for (int i = 0; i < SIG_COUNT; i++) state.arrived[i] = 0;
  state.any_arrived = 0;
}

/* ---- dispositions */
static bool set_disposition(int signum, void (*action)(int)) {
  struct sigaction how = {.sa_handler = action};
  sigemptyset(&how.sa_mask);
  return sigaction(signum, &how, NULL) == 0;
}

static bool check_number(VM *vm, int signum) {
  return (signum >= 1 && signum < SIG_COUNT) ||
         raise_false(vm, TYPE_OF(ValueError), "signal number out of range");
}

static Value signal_signal(VM *vm, Value self, const signal_signal_args *a) {
  if (!thread_is_main(vm))
    return raise_value(vm, "signal only works in main thread of the main interpreter");
  if (!check_number(vm, a->signalnum)) return VALUE_FAIL;
  void (*action)(int) = on_signal;
  Value handler = a->handler;
  if (!value_is_callable(handler)) {
    int64_t number = -1;
    if (value_is_any_int(handler) && !int_to_int64(handler, &number)) number = -1;
    if (number != 0 && number != 1)
      return raise_type(
          vm, "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
    action = number ? SIG_IGN : SIG_DFL;
    handler = value_int_unchecked(number);
  }
  if (!poll_signals(vm)) return VALUE_FAIL;
  if (UNLIKELY(recorder && a->signalnum == recorder_signal)) recorder->signal_taken(vm);
  if (!set_disposition(a->signalnum, action)) return raise_errno(vm, errno, VALUE_NONE);
  Value old = state.handlers[a->signalnum];
  state.handlers[a->signalnum] = handler;
  return old;
}

static Value signal_getsignal(VM *vm, Value self, const signal_getsignal_args *a) {
  return check_number(vm, a->signalnum) ? state.handlers[a->signalnum] : VALUE_FAIL;
}

static Value signal_default_int_handler(VM *vm, Value self,
                                        const signal_default_int_handler_args *a) {
  return raise_bare(vm, TYPE_OF(KeyboardInterrupt));
}

static Value finish(VM *vm, bool ok) {
  if (!ok) return raise_errno(vm, errno, VALUE_NONE);
  return value_none_if(poll_signals(vm));
}

static Value signal_raise_signal(VM *vm, Value self, const signal_raise_signal_args *a) {
  return finish(vm, raise(a->signalnum) == 0);
}
static Value signal_alarm(VM *vm, Value self, const signal_alarm_args *a) {
  return value_int_unchecked(alarm((unsigned)a->seconds));
}
static Value signal_pause(VM *vm, Value self, const signal_pause_args *a) {
  (void)BLOCKING(vm, pause());
  return value_none_if(poll_signals(vm));
}
static Value signal_siginterrupt(VM *vm, Value self, const signal_siginterrupt_args *a) {
  if (!check_number(vm, a->signalnum)) return VALUE_FAIL;
  struct sigaction how;
  if (sigaction(a->signalnum, NULL, &how) < 0) return raise_errno(vm, errno, VALUE_NONE);
  how.sa_flags = a->flag ? how.sa_flags & ~SA_RESTART : how.sa_flags | SA_RESTART;
  return sigaction(a->signalnum, &how, NULL) < 0 ? raise_errno(vm, errno, VALUE_NONE) : VALUE_NONE;
}

/* ---- timers */
static struct timeval to_timeval(double seconds) {
  struct timeval out = {.tv_sec = (time_t)floor(seconds)};
  out.tv_usec = (suseconds_t)((seconds - (double)out.tv_sec) * 1e6);
  if (seconds > 0 && !out.tv_sec && !out.tv_usec) out.tv_usec = 1;
  return out;
}
static double to_seconds(struct timeval time) {
  return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}
static Value timer_value(VM *vm, const struct itimerval *timer) {
  return PACK(value_float(vm, to_seconds(timer->it_value)),
              value_float(vm, to_seconds(timer->it_interval)));
}
static Value raise_itimer(VM *vm) {
  Value message = value_of(str_new_cstr(vm, strerror(errno)));
  Value exception = call2(vm, state.itimer_error, value_int_unchecked(errno), message);
  return exception == VALUE_FAIL ? VALUE_FAIL : raise_object(vm, exception);
}
static Value signal_setitimer(VM *vm, Value self, const signal_setitimer_args *a) {
  struct itimerval new = {.it_value = to_timeval(a->seconds),
                          .it_interval = to_timeval(a->interval)},
                   old;
  return setitimer(a->which, &new, &old) < 0 ? raise_itimer(vm) : timer_value(vm, &old);
}
static Value signal_getitimer(VM *vm, Value self, const signal_getitimer_args *a) {
  struct itimerval now;
  return getitimer(a->which, &now) < 0 ? raise_itimer(vm) : timer_value(vm, &now);
}

static Value signal_set_wakeup_fd(VM *vm, Value self, const signal_set_wakeup_fd_args *a) {
  int64_t fd;
  if (!value_index64(vm, a->fd, &fd, false)) return VALUE_FAIL;
  if (!thread_is_main(vm))
    return raise_value(vm, "set_wakeup_fd only works in main thread of the main interpreter");
  if (fd != -1) {
    int flags = fcntl((int)fd, F_GETFL);
    if (flags < 0) return raise_errno(vm, errno, VALUE_NONE);
    if (!(flags & O_NONBLOCK))
      return raise_value(vm, "the fd %ld must be in non-blocking mode", (long)fd);
  }
  int old = state.wakeup_fd;
  state.wakeup_fd = (int)fd;
  state.wakeup_warn = a->warn_on_full_buffer;
  return value_int_unchecked(old);
}

/* ---- names and sets */
static Value signal_strsignal(VM *vm, Value self, const signal_strsignal_args *a) {
  if (!check_number(vm, a->signalnum)) return VALUE_FAIL;
  const char *text = strsignal(a->signalnum);
  if (!text || strstr(text, "Unknown signal")) return VALUE_NONE;
  return value_of(str_new_cstr(vm, text));
}

static Value set_value(VM *vm, const sigset_t *signals) {
  Set *set = set_new(vm);
  for (int i = 1; i < SIG_COUNT; i++)
    if (sigismember(signals, i) == 1 && !set_add_value(vm, set, value_int_unchecked(i)))
      return VALUE_FAIL;
  return value_from(set);
}

bool signals_parse_set(VM *vm, Value iterable, sigset_t *out) {
  sigemptyset(out);
  Value iterator = get_iterator(vm, iterable);
  if (iterator == VALUE_FAIL) return false;
  for (;;) {
    Value v = iterator_next(vm, iterator);
    if (v == VALUE_STOP) break;
    int64_t n;
    if (v == VALUE_FAIL || !value_index64(vm, v, &n, true)) return false;
    if (n == INT64_MIN || n == INT64_MAX) n = -1; /* as the reference tells of them */
    if (n < 1 || n >= SIG_COUNT)
      return raise_false(vm, TYPE_OF(ValueError), "signal number %ld out of range [1; %d]", (long)n,
                         SIG_COUNT - 1);
    sigaddset(out, (int)n);
  }
  if (UNLIKELY(recorder_signal)) sigdelset(out, recorder_signal);
  return true;
}

static Value signal_valid_signals(VM *vm, Value self, const signal_valid_signals_args *a) {
  sigset_t all;
  sigfillset(&all);
  return set_value(vm, &all);
}
static Value signal_pthread_sigmask(VM *vm, Value self, const signal_pthread_sigmask_args *a) {
  sigset_t mask, old;
  if (!signals_parse_set(vm, a->mask, &mask)) return VALUE_FAIL;
  int error = pthread_sigmask(a->how, &mask, &old);
  if (error) return raise_errno(vm, error, VALUE_NONE);
  return poll_signals(vm) ? set_value(vm, &old) : VALUE_FAIL;
}
static Value signal_sigpending(VM *vm, Value self, const signal_sigpending_args *a) {
  sigset_t pending;
  return sigpending(&pending) < 0 ? raise_errno(vm, errno, VALUE_NONE) : set_value(vm, &pending);
}
static Value signal_pthread_kill(VM *vm, Value self, const signal_pthread_kill_args *a) {
  uint64_t ident;
  if (!value_is_any_int(a->thread_id)) return raise_type(vm, "an integer is required");
  if (!int_to_uint64(a->thread_id, &ident))
    return raise_error(vm, TYPE_OF(OverflowError), "can't convert thread id");
  AUDITED(vm, "signal.pthread_kill", a->thread_id, value_int(vm, a->signalnum));
  int error = pthread_kill((pthread_t)ident, a->signalnum);
  if (error) return raise_errno(vm, error, VALUE_NONE);
  return value_none_if(poll_signals(vm));
}

/* ---- waiting */
static Value signal_sigwait(VM *vm, Value self, const signal_sigwait_args *a) {
  sigset_t set;
  int signum;
  if (!signals_parse_set(vm, a->sigset, &set)) return VALUE_FAIL;
  int error = BLOCKING(vm, sigwait(&set, &signum));
  return error ? raise_errno(vm, error, VALUE_NONE) : value_int_unchecked(signum);
}

static Value info_value(VM *vm, const siginfo_t *info) {
  Value fields[] = {value_int_unchecked(info->si_signo), value_int_unchecked(info->si_code),
                    value_int_unchecked(info->si_errno), value_int_unchecked(info->si_pid),
                    value_int_unchecked(info->si_uid),   value_int_unchecked(info->si_status),
                    value_int(vm, info->si_band)};
  return struct_sequence_new(vm, value_object(state.siginfo_type), fields);
}
static Value signal_sigwaitinfo(VM *vm, Value self, const signal_sigwaitinfo_args *a) {
  sigset_t set;
  siginfo_t info;
  if (!signals_parse_set(vm, a->sigset, &set)) return VALUE_FAIL;
  for (;;) {
    if (BLOCKING(vm, sigwaitinfo(&set, &info)) >= 0) return info_value(vm, &info);
    if (errno != EINTR) return raise_errno(vm, errno, VALUE_NONE);
    if (!poll_signals(vm)) return VALUE_FAIL;
  }
}
static Value signal_sigtimedwait(VM *vm, Value self, const signal_sigtimedwait_args *a) {
  sigset_t set;
  siginfo_t info;
  int64_t ns;
  if (!value_duration(vm, a->timeout, NS_PER_SECOND, &ns)) return VALUE_FAIL;
  if (ns < 0) return raise_value(vm, "timeout must be non-negative");
  if (!signals_parse_set(vm, a->sigset, &set)) return VALUE_FAIL;
  for (int64_t deadline = monotonic_after(ns); ns >= 0; ns = deadline - monotonic_after(0)) {
    const struct timespec left = {ns / NS_PER_SECOND, ns % NS_PER_SECOND};
    if (BLOCKING(vm, sigtimedwait(&set, &info, &left)) >= 0) return info_value(vm, &info);
    if (errno == EAGAIN) break;
    if (errno != EINTR) return raise_errno(vm, errno, VALUE_NONE);
    if (!poll_signals(vm)) return VALUE_FAIL;
  }
  return VALUE_NONE;
}
static Value signal_pidfd_send_signal(VM *vm, Value self, const signal_pidfd_send_signal_args *a) {
  if (a->siginfo != VALUE_NONE) return raise_type(vm, "siginfo must be None");
  if (syscall(SYS_pidfd_send_signal, a->pidfd, a->signalnum, NULL, (unsigned)a->flags) < 0)
    return raise_errno(vm, errno, VALUE_NONE);
  return value_none_if(poll_signals(vm)); /* it may have been for this process */
}

/* ---- start and end */
static void scan_handlers(Marker *marker, VM *vm, void *data) {
  mark_values(marker, state.handlers, SIG_COUNT);
}

bool signals_init(VM *vm) {
  heap_add_root_scanner(vm, scan_handlers, NULL);
  for (int i = 1; i < SIG_COUNT; i++) {
    struct sigaction now;
    state.handlers[i] =
        sigaction(i, NULL, &now) < 0 || (now.sa_handler != SIG_DFL && now.sa_handler != SIG_IGN)
            ? VALUE_NONE
            : value_int_unchecked(now.sa_handler == SIG_IGN);
  }
  if (set_disposition(SIGPIPE, SIG_IGN)) state.handlers[SIGPIPE] = value_int_unchecked(1);
#ifdef SIGXFSZ
  if (set_disposition(SIGXFSZ, SIG_IGN)) state.handlers[SIGXFSZ] = value_int_unchecked(1);
#endif
  poll_signal_hook = poll_signals;
  if (state.handlers[SIGINT] != value_int_unchecked(0)) return true;
  static const MethodSpec *spec;
  for (size_t i = 0; !spec; i++)
    if (strcmp(signal_methods[i].name, "default_int_handler") == 0) spec = &signal_methods[i];
  state.handlers[SIGINT] = native_function_new(vm, spec, VALUE_NONE, value_from(NAME("_signal")));
  return set_disposition(SIGINT, on_signal);
}

#define C(name) \
  { #name, name }
static const NamedInt constants[] = {
    C(SIGABRT),          C(SIGALRM),     C(SIGBUS),      C(SIGCHLD),          C(SIGCONT),
    C(SIGFPE),           C(SIGHUP),      C(SIGILL),      C(SIGINT),           C(SIGIO),
    C(SIGIOT),           C(SIGKILL),     C(SIGPIPE),     C(SIGPROF),          C(SIGQUIT),
    C(SIGSEGV),          C(SIGSTOP),     C(SIGSYS),      C(SIGTERM),          C(SIGTRAP),
    C(SIGTSTP),          C(SIGTTIN),     C(SIGTTOU),     C(SIGURG),           C(SIGUSR1),
    C(SIGUSR2),          C(SIGVTALRM),   C(SIGWINCH),    C(SIGXCPU),          C(SIGXFSZ),
#ifdef __linux__
    {"SIGCLD", SIGCHLD}, C(SIGPOLL),     C(SIGPWR),      C(SIGSTKFLT),
#endif
    C(SIG_BLOCK),        C(SIG_UNBLOCK), C(SIG_SETMASK), C(ITIMER_REAL),      C(ITIMER_VIRTUAL),
    C(ITIMER_PROF),      {"SIG_DFL", 0}, {"SIG_IGN", 1}, {"NSIG", SIG_COUNT},
};

/* The start has no module to take the handler of SIGINT from: now it is the module's own
** function. */
static void adopt_default(VM *vm, Module *module) {
  Value mine = dict_get_str(vm, module_dict(module), NAME("default_int_handler")),
        now = state.handlers[SIGINT];
  if (mine == VALUE_UNBOUND) return;
  if (value_is(now, builtin_function_or_method) &&
      ((NativeFunction *)value_object(now))->spec == ((NativeFunction *)value_object(mine))->spec)
    state.handlers[SIGINT] = mine;
}

static bool init(VM *vm, Module *module) {
  adopt_default(vm, module);
  if (state.itimer_error == VALUE_NONE) {
    heap_add_root(vm, &state.itimer_error);
    heap_add_root(vm, &state.siginfo_type);
    Dict *namespace_ = dict_new(vm);
    if (!namespace_ ||
        !dict_set_str(vm, namespace_, NAME("__module__"), value_from(NAME("signal"))))
      return false;
    state.itimer_error = call3(vm, value_from(TYPE_OF(type)), value_from(NAME("itimer_error")),
                               PACK(value_from(TYPE_OF(OSError))), value_from(namespace_));
    static const char *const fields[] = {"si_signo", "si_code",   "si_errno", "si_pid",
                                         "si_uid",   "si_status", "si_band",  NULL};
    static const char *const docs[] = {"number of the signal",    "why it was sent",
                                       "errno that goes with it", "process that sent it",
                                       "user of that process",    "exit status, or signal",
                                       "band of SIGPOLL"};
    static const StructSequenceSpec spec = {
        .name = "signal.struct_siginfo",
        .doc = "struct_siginfo: Result from sigwaitinfo or sigtimedwait.",
        .fields = fields,
        .docs = docs,
        .visible = 7};
    Type *type = struct_sequence_type(vm, &spec);
    if (state.itimer_error == VALUE_FAIL || !type) return state.itimer_error = VALUE_NONE, false;
    state.siginfo_type = value_from(type);
  }
  if (!module_add_ints(vm, module, constants, ARRAY_COUNT(constants))) return false;
  return module_add_int(vm, module, "SIGRTMIN", SIGRTMIN) &&
         module_add_int(vm, module, "SIGRTMAX", SIGRTMAX) &&
         module_add(vm, module, "ItimerError", state.itimer_error) &&
         module_add(vm, module, "struct_siginfo", state.siginfo_type);
}

const ModuleSpec _signal_module = {
    .name = "_signal",
    .doc = "Setting handlers for asynchronous events.",
    NATIVE_FUNCTIONS(signal_),
    .init = init,
};

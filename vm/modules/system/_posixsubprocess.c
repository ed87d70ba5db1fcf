/* _posixsubprocess.c -- the module _posixsubprocess: fork and exec for subprocess.
**
** Between fork and exec the child allocates nothing and takes no lock (unless there is a
** preexec_fn, which is Python code). Where that is all, it is a vfork: the child borrows the
** parent's memory, and the parent waits until the exec (perf-note 0054). So the child writes to
** nothing but its stack and Spawn, and no handler of the parent's may run in it. A failure is
** reported through the pipe as "OSError:" + errno in hex + ":" + message. */
#include "vm/base/memory.h"
#include "vm/contracts/error.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/core/vm.h"
#include "vm/modules/posix/posix.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"
#include "vm/runtime/path.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NATIVE_DEF "vm/modules/system/_posixsubprocess.def"
#define NATIVE_PREFIX subprocess_
#include "vm/contracts/native_class.inc"

enum { ARG_COUNT = 23 };

typedef struct Spawn {
  /* [owned] NULL-terminated; argv NULL: none at all, env NULL: inherited */
  char **argv, **env, **executables;
  const char *folder;
  int *keep, keep_count; /* [owned] sorted descriptors that stay open */
  int p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, errpipe_read, errpipe_write;
  bool close_fds, restore_signals, call_setsid, may_borrow;
  int group;          /* process group, -1: none */
  gid_t gid, *groups; /* groups: [owned] */
  uid_t uid;
  bool set_gid, set_uid;
  int groups_count; /* -1: leave them */
  int mask;         /* umask, -1: leave it */
  Value preexec;
} Spawn;

/* ---- arguments */

/* The bytes of each item, in a vector that ends with NULL. They live as long as `keep` does. */
static char **vector_of(VM *vm, List *list) {
  size_t n = list_length(list);
  char **vector = memory_take_zeroed(n + 1, sizeof *vector);
  if (!vector) return raise_memory(vm), NULL;
  for (size_t i = 0; i < n; i++) {
    Bytes *bytes = path_encode(vm, list_items(list)[i]);
    if (!bytes) return free(vector), NULL;
    list_set_item(vm, list, i, value_from(bytes));
    vector[i] = (char *)bytes->data;
  }
  return vector;
}

static bool parse_arguments(VM *vm, Value v, Spawn *spawn, List **keep) {
  *keep = list_from_iterable(vm, v);
  if (!*keep) {
    if (error_clear_if(vm, TYPE_OF(TypeError))) raise_type(vm, "argv must be a tuple");
    return false;
  }
  return (spawn->argv = vector_of(vm, *keep)) != NULL;
}

/* Of executables and environment: a sequence of bytes. NULL: raised. */
static char **bytes_vector_of(VM *vm, Value v, List **keep) {
  if (value_length(vm, v) < 0 || !(*keep = list_from_iterable(vm, v))) return NULL;
  for (size_t i = 0; i < list_length(*keep); i++)
    if (!value_has_flag(list_items(*keep)[i], TYPE_BYTES_SUBCLASS))
      return raise_type(vm, "expected bytes, %T found", list_items(*keep)[i]), NULL;
  return vector_of(vm, *keep);
}

static bool int_of(VM *vm, Value v, int *out) {
  int64_t n;
  if (!value_index64(vm, v, &n, true)) return false;
  if (n != (int)n)
    return raise_false(vm, TYPE_OF(OverflowError),
                       n > 0 ? "signed integer is greater than maximum"
                             : "signed integer is less than minimum");
  *out = (int)n;
  return true;
}

static bool parse_keep(VM *vm, Value v, Spawn *spawn) {
  if (!value_has_flag(v, TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "fork_exec() argument 4 must be tuple, not %T", v);
  const Tuple *tuple = value_object(v);
  int64_t previous = -1;
  spawn->keep = memory_take_zeroed(tuple_length(tuple) + 1, sizeof *spawn->keep);
  if (!spawn->keep) return raise_memory(vm), false;
  for (size_t i = 0; i < tuple_length(tuple); i++) {
    int64_t fd = value_is_int(tuple->items[i]) ? value_as_int(tuple->items[i]) : -1;
    if (fd <= previous || fd > INT32_MAX)
      return raise_false(vm, TYPE_OF(ValueError), "bad value(s) in fds_to_keep");
    previous = fd;
    spawn->keep[spawn->keep_count++] = (int)fd;
  }
  return true;
}

/* The number of a user or group. OverflowError: it is none. */
static bool id_of(VM *vm, Value v, const char *what, uint32_t *out) {
  int64_t n;
  if (!value_is_any_int(v) && !value_has_special(v, SPECIAL_index))
    return raise_false(vm, TYPE_OF(TypeError), "%s should be integer, not %T", what, v);
  Value index;
  if (!value_index(vm, v, &index)) return false;
  bool fits = int_to_int64(index, &n);
  if (fits && (n == -1 || n == (uint32_t)n)) {
    *out = (uint32_t)n;
    return true;
  }
  return raise_false(vm, TYPE_OF(OverflowError), "%s is %s", what,
                     !fits && int_sign(index) > 0 ? "greater than maximum" : "less than minimum");
}

static bool parse_groups(VM *vm, Value v, Spawn *spawn) {
  spawn->groups_count = -1;
  if (v == VALUE_NONE) return true;
  if (!value_has_flag(v, TYPE_LIST_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "setgroups argument must be a list");
  const List *list = value_object(v);
  size_t n = list_length(list);
  if (n > NGROUPS_MAX) return raise_false(vm, TYPE_OF(ValueError), "too many groups");
  spawn->groups = memory_take_zeroed(n + 1, sizeof *spawn->groups);
  if (!spawn->groups) return raise_memory(vm), false;
  for (size_t i = 0; i < n && i < list_length(list); i++) {
    Value item = list_items(list)[i];
    if (!value_is_any_int(item))
      return raise_false(vm, TYPE_OF(TypeError), "groups must be integers");
    if (!id_of(vm, item, "gid", &spawn->groups[i]))
      return error_clear(vm), raise_false(vm, TYPE_OF(ValueError), "invalid group id");
  }
  spawn->groups_count = (int)n;
  return true;
}

static bool parse_ids(VM *vm, Value gid, Value groups, Value uid, Spawn *spawn) {
  if (!parse_groups(vm, groups, spawn)) return false;
  spawn->set_gid = gid != VALUE_NONE;
  spawn->set_uid = uid != VALUE_NONE;
  return (!spawn->set_gid || id_of(vm, gid, "gid", &spawn->gid)) &&
         (!spawn->set_uid || id_of(vm, uid, "uid", &spawn->uid));
}

/* ---- the child */
static void close_others(const Spawn *spawn) {
  int from = 3;
  for (int i = 0; i < spawn->keep_count; i++) {
    if (spawn->keep[i] < from) continue;
    if (spawn->keep[i] > from) close_range((unsigned)from, (unsigned)spawn->keep[i] - 1, 0);
    from = spawn->keep[i] + 1;
  }
  close_range((unsigned)from, ~0u, 0);
}

static bool keep_across_exec(int fd) {
  int flags = fcntl(fd, F_GETFD);
  return flags >= 0 && fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC) >= 0;
}

/* Standard descriptors: dup2 does not clear close-on-exec when source and target are one. */
static bool place(int from, int to) {
  if (from == to) return keep_across_exec(to);
  return from < 0 || dup2(from, to) >= 0;
}

static bool arrange_descriptors(Spawn *spawn) {
  for (int i = 0; i < spawn->keep_count; i++)
    if (spawn->keep[i] != spawn->errpipe_write && !keep_across_exec(spawn->keep[i])) return false;
  if (spawn->p2cwrite >= 0) close(spawn->p2cwrite);
  if (spawn->c2pread >= 0) close(spawn->c2pread);
  if (spawn->errread >= 0) close(spawn->errread);
  close(spawn->errpipe_read);
  if (spawn->c2pwrite == 0 && (spawn->c2pwrite = dup(spawn->c2pwrite)) < 0) return false;
  while (spawn->errwrite == 0 || spawn->errwrite == 1)
    if ((spawn->errwrite = dup(spawn->errwrite)) < 0) return false;
  return place(spawn->p2cread, 0) && place(spawn->c2pwrite, 1) && place(spawn->errwrite, 2);
}

static void restore_signals(void) {
  signal(SIGPIPE, SIG_DFL);
#ifdef SIGXFSZ
  signal(SIGXFSZ, SIG_DFL);
#endif
}

static bool become(const Spawn *spawn, const char **failed) {
  *failed = "noexec";
  if (spawn->folder && chdir(spawn->folder) < 0) return false;
  if (spawn->mask >= 0) umask((mode_t)spawn->mask);
  if (spawn->restore_signals) restore_signals();
  if (spawn->call_setsid) setsid();
  if (spawn->group >= 0 && setpgid(0, spawn->group) < 0) return false;
  if (spawn->groups_count >= 0 && setgroups((size_t)spawn->groups_count, spawn->groups) < 0)
    return false;
  if (spawn->set_gid && setregid(spawn->gid, spawn->gid) < 0) return false;
  return !spawn->set_uid || setreuid(spawn->uid, spawn->uid) >= 0;
}

static void report(int pipe, const char *kind, int error, const char *message) {
  char text[128];
  int n = error ? snprintf(text, sizeof text, "OSError:%x:%s", (unsigned)error, message)
                : snprintf(text, sizeof text, "%s", kind);
  (void)!write(pipe, text, (size_t)n);
}

/* Handlers are the parent's functions: in memory that is the parent's, too, they must not run.
** exec would do this as well, but later than a signal may come. */
static void forget_handlers(const sigset_t *mask) {
  for (int number = 1; number < NSIG; number++) {
    struct sigaction action;
    if (sigaction(number, NULL, &action) < 0 || action.sa_handler == SIG_DFL ||
        action.sa_handler == SIG_IGN)
      continue;
    action = (struct sigaction){.sa_handler = SIG_DFL};
    sigaction(number, &action, NULL);
  }
  sigprocmask(SIG_SETMASK, mask, NULL);
}

/* mask: the signals' mask when the memory is borrowed, else NULL */
NORETURN static void run_child(VM *vm, Spawn *spawn, const sigset_t *mask) {
  const char *failed = "";
  if (mask) forget_handlers(mask);
  if (!arrange_descriptors(spawn) || !become(spawn, &failed)) {
    report(spawn->errpipe_write, "", errno, failed);
    _exit(255);
  }
  if (spawn->preexec != VALUE_NONE) {
    if (call0(vm, spawn->preexec) == VALUE_FAIL) {
      report(spawn->errpipe_write, "SubprocessError:0:Exception occurred in preexec_fn.", 0, "");
      _exit(255);
    }
  }
  if (spawn->close_fds) close_others(spawn);
  int saved = errno = 0;
  for (char **at = spawn->executables; *at; at++) {
    if (spawn->env) execve(*at, spawn->argv, spawn->env);
    else execv(*at, spawn->argv);
    if (errno != ENOENT && errno != ENOTDIR && !saved) saved = errno;
  }
  report(spawn->errpipe_write, "SubprocessError:0:", saved ? saved : errno, "");
  _exit(255);
}

/* ---- the call */
static bool flag_of(VM *vm, Value v, bool *out) {
  Answer truth = value_truth(vm, v);
  *out = truth == ANSWER_YES;
  return truth != ANSWER_FAILED;
}

static bool parse(VM *vm, const Value *a, Spawn *spawn, List **lists) {
  if (a[0] != VALUE_NONE && !parse_arguments(vm, a[0], spawn, &lists[0])) return false;
  if (!(spawn->executables = bytes_vector_of(vm, a[1], &lists[1]))) return false;
  if (!flag_of(vm, a[2], &spawn->close_fds) || !parse_keep(vm, a[3], spawn)) return false;
  if (a[4] != VALUE_NONE) {
    Bytes *folder = path_encode(vm, a[4]);
    if (!folder || !list_append_value(vm, lists[1], value_from(folder))) return false;
    spawn->folder = (const char *)folder->data;
  }
  if (a[5] != VALUE_NONE && !(spawn->env = bytes_vector_of(vm, a[5], &lists[2]))) return false;
  int *fds[] = {&spawn->p2cread, &spawn->p2cwrite, &spawn->c2pread,      &spawn->c2pwrite,
                &spawn->errread, &spawn->errwrite, &spawn->errpipe_read, &spawn->errpipe_write};
  for (int i = 0; i < 8; i++)
    if (!int_of(vm, a[6 + i], fds[i])) return false;
  int restore, session;
  if (!int_of(vm, a[14], &restore) || !int_of(vm, a[15], &session)) return false;
  spawn->restore_signals = restore != 0;
  spawn->call_setsid = session != 0;
  if (!int_of(vm, a[16], &spawn->group) || !parse_ids(vm, a[17], a[18], a[19], spawn) ||
      !int_of(vm, a[20], &spawn->mask))
    return false;
  spawn->preexec = a[21];
  if (!flag_of(vm, a[22], &spawn->may_borrow)) return false;
  if (spawn->close_fds && spawn->errpipe_write < 3)
    return raise_false(vm, TYPE_OF(ValueError), "errpipe_write must be >= 3");
  return true;
}

/* What changes the user is told to all threads by the C library, which must not happen to borrowed
** memory. */
static bool borrows(const Spawn *spawn) {
  return spawn->may_borrow && spawn->preexec == VALUE_NONE && !spawn->set_uid && !spawn->set_gid &&
         spawn->groups_count < 0;
}

/* -1: errno. NOINLINE: a function that calls vfork has no variables that others could see
** change. */
NOINLINE static pid_t start_borrowing(VM *vm, Spawn *spawn) {
  sigset_t all, mask;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &mask);
  pid_t pid = vfork();
  if (pid == 0) run_child(vm, spawn, &mask);
  int error = errno;
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  errno = error;
  return pid;
}

static pid_t start_forking(VM *vm, Spawn *spawn) {
  bool hooks = spawn->preexec != VALUE_NONE;
  if (hooks) posix_before_fork(vm);
  pid_t pid = fork();
  int error = errno;
  if (pid == 0) {
    if (hooks) posix_after_fork_child(vm);
    run_child(vm, spawn, NULL);
  }
  if (hooks) posix_after_fork_parent(vm, pid);
  errno = error;
  return pid;
}

static Value subprocess_fork_exec(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames) return raise_type(vm, "fork_exec() takes no keyword arguments");
  if (npos != ARG_COUNT)
    return raise_type(vm, "fork_exec() takes exactly %d arguments (%d given)", ARG_COUNT, npos);
  Spawn spawn = {.group = -1, .mask = -1};
  List *lists[3] = {NULL};
  Value result = VALUE_FAIL;
  if (parse(vm, args, &spawn, lists)) {
    pid_t pid = borrows(&spawn) ? start_borrowing(vm, &spawn) : start_forking(vm, &spawn);
    result = pid < 0 ? raise_errno(vm, errno, VALUE_NONE) : value_int_unchecked(pid);
  }
  free(spawn.argv);
  free(spawn.env);
  free(spawn.executables);
  free(spawn.keep);
  free(spawn.groups);
  /* they hold the strings until here */
  __asm__ volatile("" : : "r"(lists[0]), "r"(lists[1]), "r"(lists[2]));
  return result;
}

const ModuleSpec _posixsubprocess_module = {
    .name = "_posixsubprocess",
    .doc = "Starting processes, for subprocess.",
    NATIVE_FUNCTIONS(subprocess_),
};

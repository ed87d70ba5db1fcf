/* _posixsubprocess.c -- the module _posixsubprocess: fork and exec for subprocess.
**
** Between fork and exec the child allocates nothing and takes no lock (unless there is a
** preexec_fn, which is Python code). A failure is reported through the pipe as "OSError:" + errno
** in hex + ":" + message. */
#include "vm/base/memory.h"
#include "vm/contracts/error.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/core/vm.h"
#include "vm/modules/posix/posix.h"
#include "vm/objects/list.h"
#include "vm/runtime/path.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
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
  char **argv, **env, **executables; /* [owned] NULL-terminated; env NULL: inherited */
  const char *folder;
  int keep[1024], keep_count; /* sorted descriptors that stay open */
  int p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, errpipe_read, errpipe_write;
  bool close_fds, restore_signals, call_setsid;
  int group; /* process group, -1: none */
  gid_t gid, groups[1024];
  uid_t uid;
  bool set_gid, set_uid;
  int groups_count; /* -1: leave them */
  int mask;         /* umask, -1: leave it */
  Value preexec;
} Spawn;

/* ---- arguments */
static char **vector_of(VM *vm, Value sequence, List **keep) {
  *keep = list_from_iterable(vm, sequence);
  if (!*keep) return NULL;
  size_t n = list_length(*keep);
  char **vector = memory_take_zeroed(n + 1, sizeof *vector);
  if (!vector) return raise_memory(vm), NULL;
  for (size_t i = 0; i < n; i++) {
    Bytes *bytes = path_encode(vm, list_items(*keep)[i]);
    if (!bytes) return free(vector), NULL;
    list_set_item(vm, *keep, i, value_from(bytes));
    vector[i] = (char *)bytes->data;
  }
  return vector;
}

static bool int_of(VM *vm, Value v, int *out) {
  int64_t n;
  if (!value_index64(vm, v, &n, false)) return false;
  *out = (int)n;
  return true;
}

static bool parse_keep(VM *vm, Value v, Spawn *spawn) {
  if (!value_has_flag(v, TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "fds_to_keep must be a tuple");
  const Tuple *tuple = value_object(v);
  int previous = -1;
  if (tuple_length(tuple) > ARRAY_COUNT(spawn->keep))
    return raise_false(vm, TYPE_OF(ValueError), "too many fds_to_keep");
  for (size_t i = 0; i < tuple_length(tuple); i++) {
    if (!value_is_int(tuple->items[i]) || value_as_int(tuple->items[i]) <= previous)
      return raise_false(vm, TYPE_OF(ValueError), "bad value(s) in fds_to_keep");
    spawn->keep[spawn->keep_count++] = previous = (int)value_as_int(tuple->items[i]);
  }
  return true;
}

static bool parse_ids(VM *vm, Value gid, Value groups, Value uid, Spawn *spawn) {
  int id;
  if (gid != VALUE_NONE) {
    if (!int_of(vm, gid, &id)) return false;
    spawn->gid = (gid_t)id, spawn->set_gid = true;
  }
  if (uid != VALUE_NONE) {
    if (!int_of(vm, uid, &id)) return false;
    spawn->uid = (uid_t)id, spawn->set_uid = true;
  }
  spawn->groups_count = -1;
  if (groups == VALUE_NONE) return true;
  List *list = list_from_iterable(vm, groups);
  if (!list) return false;
  if (list_length(list) > ARRAY_COUNT(spawn->groups))
    return raise_false(vm, TYPE_OF(ValueError), "too many extra_groups");
  spawn->groups_count = 0;
  for (size_t i = 0; i < list_length(list); i++) {
    if (!int_of(vm, list_items(list)[i], &id)) return false;
    spawn->groups[spawn->groups_count++] = (gid_t)id;
  }
  return true;
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
  *failed = "noexec:chdir";
  if (spawn->folder && chdir(spawn->folder) < 0) return false;
  *failed = "";
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
  int n = error ? snprintf(text, sizeof text, "OSError:%X:%s", (unsigned)error, message)
                : snprintf(text, sizeof text, "%s", kind);
  (void)!write(pipe, text, (size_t)n);
}

NORETURN static void run_child(VM *vm, Spawn *spawn) {
  const char *failed = "";
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
  int saved = 0;
  for (char **at = spawn->executables; *at; at++) {
    if (spawn->env) execve(*at, spawn->argv, spawn->env);
    else execv(*at, spawn->argv);
    if (errno != ENOENT && errno != ENOTDIR && !saved) saved = errno;
  }
  report(spawn->errpipe_write, "", saved ? saved : errno, "");
  _exit(255);
}

/* ---- the call */
static bool flag_of(VM *vm, Value v, bool *out) {
  Answer truth = value_truth(vm, v);
  *out = truth == ANSWER_YES;
  return truth != ANSWER_FAILED;
}

static bool parse(VM *vm, const Value *a, Spawn *spawn, List **lists) {
  spawn->argv = a[0] == VALUE_NONE ? NULL : vector_of(vm, a[0], &lists[0]);
  if (!spawn->argv || !(spawn->executables = vector_of(vm, a[1], &lists[1]))) return false;
  if (!flag_of(vm, a[2], &spawn->close_fds) || !parse_keep(vm, a[3], spawn)) return false;
  if (a[4] != VALUE_NONE) {
    Bytes *folder = path_encode(vm, a[4]);
    if (!folder || !list_append_value(vm, lists[0], value_from(folder))) return false;
    spawn->folder = (const char *)folder->data;
  }
  if (a[5] != VALUE_NONE && !(spawn->env = vector_of(vm, a[5], &lists[2]))) return false;
  int *fds[] = {&spawn->p2cread, &spawn->p2cwrite, &spawn->c2pread,      &spawn->c2pwrite,
                &spawn->errread, &spawn->errwrite, &spawn->errpipe_read, &spawn->errpipe_write};
  for (int i = 0; i < 8; i++)
    if (!int_of(vm, a[6 + i], fds[i])) return false;
  if (!flag_of(vm, a[14], &spawn->restore_signals) || !flag_of(vm, a[15], &spawn->call_setsid))
    return false;
  if (!int_of(vm, a[16], &spawn->group) || !parse_ids(vm, a[17], a[18], a[19], spawn) ||
      !int_of(vm, a[20], &spawn->mask))
    return false;
  spawn->preexec = a[21];
  if (spawn->close_fds && spawn->errpipe_write < 3)
    return raise_false(vm, TYPE_OF(ValueError), "errpipe_write must be >= 3");
  return true;
}

static Value subprocess_fork_exec(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames) return raise_type(vm, "fork_exec() takes no keyword arguments");
  if (npos != ARG_COUNT)
    return raise_type(vm, "fork_exec() takes exactly %d arguments (%d given)", ARG_COUNT, npos);
  Spawn spawn = {.group = -1, .mask = -1};
  List *lists[3] = {NULL};
  Value result = VALUE_FAIL;
  if (parse(vm, args, &spawn, lists)) {
    bool hooks = spawn.preexec != VALUE_NONE;
    if (hooks) posix_before_fork(vm);
    pid_t pid = fork();
    int error = errno;
    if (pid == 0) {
      if (hooks) posix_after_fork_child(vm);
      run_child(vm, &spawn);
    }
    if (hooks) posix_after_fork_parent(vm);
    result = pid < 0 ? raise_errno(vm, error, VALUE_NONE) : value_int_unchecked(pid);
  }
  free(spawn.argv);
  free(spawn.env);
  free(spawn.executables);
  /* they hold the strings until here */
  __asm__ volatile("" : : "r"(lists[0]), "r"(lists[1]), "r"(lists[2]));
  return result;
}

const ModuleSpec _posixsubprocess_module = {
    .name = "_posixsubprocess",
    .doc = "Starting processes, for subprocess.",
    NATIVE_FUNCTIONS(subprocess_),
};

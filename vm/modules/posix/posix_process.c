/* posix_process.c -- posix: processes and their waiting, users and groups, the environment. */
#include "vm/base/memory.h"
#include "vm/contracts/import.h"
#include "vm/contracts/recorder.h"
#include "vm/imports/import_lock.h"
#include "vm/modules/posix/posix.h"
#include "vm/modules/system/signal.h"
#include "vm/modules/thread/thread.h"
#include "vm/modules/thread/thread_lock.h"
#include "vm/objects/list.h"

#include <grp.h>
#include <pty.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/wait.h>

#define NATIVE_DEF "vm/modules/posix/posix_process.def"
#define NATIVE_PREFIX process_
#include "vm/contracts/native_class.inc"

/* ---- ids */
static Value process_getpid(VM *vm, Value self, const process_getpid_args *a) {
  return value_int_unchecked(getpid());
}
static Value process_getppid(VM *vm, Value self, const process_getppid_args *a) {
  return value_int_unchecked(getppid());
}
static Value process_getuid(VM *vm, Value self, const process_getuid_args *a) {
  return value_int_unchecked(getuid());
}
static Value process_geteuid(VM *vm, Value self, const process_geteuid_args *a) {
  return value_int_unchecked(geteuid());
}
static Value process_getgid(VM *vm, Value self, const process_getgid_args *a) {
  return value_int_unchecked(getgid());
}
static Value process_getegid(VM *vm, Value self, const process_getegid_args *a) {
  return value_int_unchecked(getegid());
}
static Value process_getpgrp(VM *vm, Value self, const process_getpgrp_args *a) {
  return value_int_unchecked(getpgrp());
}
static Value process_getpgid(VM *vm, Value self, const process_getpgid_args *a) {
  return posix_int(vm, getpgid(a->pid));
}
static Value process_getsid(VM *vm, Value self, const process_getsid_args *a) {
  return posix_int(vm, getsid(a->pid));
}

static Value triple(VM *vm, int result, unsigned x, unsigned y, unsigned z) {
  if (result < 0) return posix_error(vm);
  return PACK(value_int_unchecked(x), value_int_unchecked(y), value_int_unchecked(z));
}
static Value process_getresuid(VM *vm, Value self, const process_getresuid_args *a) {
  uid_t x, y, z;
  int result = getresuid(&x, &y, &z);
  return triple(vm, result, x, y, z);
}
static Value process_getresgid(VM *vm, Value self, const process_getresgid_args *a) {
  gid_t x, y, z;
  int result = getresgid(&x, &y, &z);
  return triple(vm, result, x, y, z);
}
static Value id_list(VM *vm, const gid_t *ids, int n) {
  List *list = list_new(vm, (size_t)n);
  if (!list) return VALUE_FAIL;
  for (int i = 0; i < n; i++)
    if (!list_append_value(vm, list, value_int_unchecked(ids[i]))) return VALUE_FAIL;
  return value_from(list);
}
static Value process_getgroups(VM *vm, Value self, const process_getgroups_args *a) {
  gid_t ids[65536 / 16];
  int n = getgroups(ARRAY_COUNT(ids), ids);
  return n < 0 ? posix_error(vm) : id_list(vm, ids, n);
}
static Value process_getgrouplist(VM *vm, Value self, const process_getgrouplist_args *a) {
  gid_t ids[4096];
  int n = ARRAY_COUNT(ids);
  return getgrouplist(a->user.bytes, a->group, ids, &n) < 0 ? posix_error(vm) : id_list(vm, ids, n);
}
static Value process_getlogin(VM *vm, Value self, const process_getlogin_args *a) {
  errno = 0;
  const char *name = getlogin();
  if (!name)
    return errno ? posix_error(vm)
                 : raise_error(vm, TYPE_OF(OSError), "unable to determine login name");
  return posix_name(vm, name, strlen(name), false);
}
static Value process_setuid(VM *vm, Value self, const process_setuid_args *a) {
  return posix_none(vm, setuid(a->uid));
}
static Value process_seteuid(VM *vm, Value self, const process_seteuid_args *a) {
  return posix_none(vm, seteuid(a->euid));
}
static Value process_setgid(VM *vm, Value self, const process_setgid_args *a) {
  return posix_none(vm, setgid(a->gid));
}
static Value process_setegid(VM *vm, Value self, const process_setegid_args *a) {
  return posix_none(vm, setegid(a->egid));
}
static Value process_setreuid(VM *vm, Value self, const process_setreuid_args *a) {
  return posix_none(vm, setreuid(a->ruid, a->euid));
}
static Value process_setregid(VM *vm, Value self, const process_setregid_args *a) {
  return posix_none(vm, setregid(a->rgid, a->egid));
}
static Value process_setresuid(VM *vm, Value self, const process_setresuid_args *a) {
  return posix_none(vm, setresuid(a->ruid, a->euid, a->suid));
}
static Value process_setresgid(VM *vm, Value self, const process_setresgid_args *a) {
  return posix_none(vm, setresgid(a->rgid, a->egid, a->sgid));
}
static Value process_setgroups(VM *vm, Value self, const process_setgroups_args *a) {
  List *list = list_from_iterable(vm, a->groups);
  gid_t ids[4096];
  if (!list) return VALUE_FAIL;
  if (list_length(list) > ARRAY_COUNT(ids)) return raise_value(vm, "too many groups");
  for (size_t i = 0; i < list_length(list); i++) {
    int64_t n;
    if (!value_index64(vm, list_items(list)[i], &n, false)) return VALUE_FAIL;
    ids[i] = (gid_t)n;
  }
  return posix_none(vm, setgroups(list_length(list), ids));
}
static Value process_initgroups(VM *vm, Value self, const process_initgroups_args *a) {
  return posix_none(vm, initgroups(a->username.bytes, a->gid));
}
static Value process_setsid(VM *vm, Value self, const process_setsid_args *a) {
  return posix_none(vm, setsid());
}
static Value process_setpgid(VM *vm, Value self, const process_setpgid_args *a) {
  return posix_none(vm, setpgid(a->pid, a->pgrp));
}
static Value process_setpgrp(VM *vm, Value self, const process_setpgrp_args *a) {
  return posix_none(vm, setpgid(0, 0));
}
static Value process_kill(VM *vm, Value self, const process_kill_args *a) {
  AUDITED(vm, "os.kill", value_int(vm, a->pid), value_int(vm, a->signal));
  if (kill(a->pid, a->signal) < 0) return posix_error(vm);
  return value_none_if(poll_signals(vm));
}
static Value process_killpg(VM *vm, Value self, const process_killpg_args *a) {
  AUDITED(vm, "os.killpg", value_int(vm, a->pgid), value_int(vm, a->signal));
  if (killpg(a->pgid, a->signal) < 0) return posix_error(vm);
  return value_none_if(poll_signals(vm));
}

/* ---- fork */
/* Registered by the first import. */
static struct {
  /* lists of what os.register_at_fork was given, or NONE */
  Value before_fork, after_in_child, after_in_parent;
  Value waitid_type, times_type;
} state = {VALUE_NONE, VALUE_NONE, VALUE_NONE, VALUE_NONE, VALUE_NONE};

static bool add_hook(VM *vm, Value *list, Value hook, const char *name) {
  if (hook == VALUE_MISSING) return true;
  if (!value_is_callable(hook))
    return raise_false(vm, TYPE_OF(TypeError), "'%s' must be callable, not %T", name, hook);
  return list_append_value(vm, value_object(*list), hook);
}
static Value process_register_at_fork(VM *vm, Value self, const process_register_at_fork_args *a) {
  if (a->before == VALUE_MISSING && a->after_in_child == VALUE_MISSING &&
      a->after_in_parent == VALUE_MISSING)
    return raise_type(vm, "At least one argument is required.");
  return value_none_if(add_hook(vm, &state.before_fork, a->before, "before") &&
                       add_hook(vm, &state.after_in_child, a->after_in_child, "after_in_child") &&
                       add_hook(vm, &state.after_in_parent, a->after_in_parent, "after_in_parent"));
}

static void run_hooks(VM *vm, Value hooks, bool reversed) {
  if (hooks == VALUE_NONE) return;
  List *list = value_object(hooks);
  size_t n = list_length(list);
  for (size_t i = 0; i < n && i < list_length(list); i++) {
    Value hook = list_items(list)[reversed ? n - 1 - i : i];
    if (call0(vm, hook) == VALUE_FAIL) error_unraisable(vm, NULL, hook);
  }
}
void posix_before_fork(VM *vm) {
  run_hooks(vm, state.before_fork, true);
  import_lock_before_fork(vm);
  if (UNLIKELY(recorder != NULL)) recorder->fork_begins(vm);
}
void posix_after_fork_parent(VM *vm, pid_t child) {
  if (UNLIKELY(recorder != NULL)) recorder->forked(vm, child);
  import_lock_after_fork(vm);
  run_hooks(vm, state.after_in_parent, false);
}
void posix_after_fork_child(VM *vm) {
  threads_after_fork_child(vm);
  import_loading_after_fork_child(vm);
  import_lock_after_fork(vm);
  signals_after_fork_child();
  if (UNLIKELY(recorder != NULL)) recorder->forked(vm, 0);
  run_hooks(vm, state.after_in_child, false);
}

static Value finish_fork(VM *vm, pid_t pid, int error) {
  if (pid == 0) posix_after_fork_child(vm);
  else posix_after_fork_parent(vm, pid);
  return pid < 0 ? raise_errno(vm, error, VALUE_NONE) : value_int_unchecked(pid);
}
static Value process_fork(VM *vm, Value self, const process_fork_args *a) {
  if (!sys_audit(vm, "os.fork", VALUE_UNBOUND)) return VALUE_FAIL;
  posix_before_fork(vm);
  pid_t pid = fork();
  return finish_fork(vm, pid, errno);
}
static Value process_forkpty(VM *vm, Value self, const process_forkpty_args *a) {
  int master = -1;
  if (!sys_audit(vm, "os.forkpty", VALUE_UNBOUND)) return VALUE_FAIL;
  posix_before_fork(vm);
  pid_t pid = forkpty(&master, NULL, NULL, NULL);
  Value result = finish_fork(vm, pid, errno);
  return result == VALUE_FAIL ? VALUE_FAIL : posix_pair(vm, result, value_int_unchecked(master));
}

/* ---- waiting */

static Value wait_result(VM *vm, pid_t pid, int status) {
  return pid < 0 ? posix_error(vm)
                 : posix_pair(vm, value_int_unchecked(pid), value_int_unchecked(status));
}
static Value process_wait(VM *vm, Value self, const process_wait_args *a) {
  int status = 0;
  pid_t pid;
  RETRYING(vm, pid, wait(&status));
  return wait_result(vm, pid, status);
}
static Value process_waitpid(VM *vm, Value self, const process_waitpid_args *a) {
  int status = 0;
  pid_t pid;
  RETRYING(vm, pid, waitpid(a->pid, &status, a->options));
  return wait_result(vm, pid, status);
}
static Value usage_value(VM *vm, const struct rusage *usage) {
  Value module = import_module(vm, NAME("resource"));
  if (module == VALUE_FAIL) return VALUE_FAIL;
  Value type = get_attribute(vm, module, NAME("struct_rusage"));
  if (type == VALUE_FAIL) return VALUE_FAIL;
  Value fields[16] = {
      value_float(vm, (double)usage->ru_utime.tv_sec + (double)usage->ru_utime.tv_usec * 1e-6),
      value_float(vm, (double)usage->ru_stime.tv_sec + (double)usage->ru_stime.tv_usec * 1e-6)};
  const long *numbers = &usage->ru_maxrss;
  for (int i = 0; i < 14; i++) fields[i + 2] = value_int(vm, numbers[i]);
  return struct_sequence_new(vm, value_object(type), fields);
}
static Value wait_with_usage(VM *vm, pid_t which, int options) {
  int status = 0;
  struct rusage usage = {0};
  pid_t pid;
  RETRYING(vm, pid, wait4(which, &status, options, &usage));
  if (pid < 0) return posix_error(vm);
  Value used = usage_value(vm, &usage);
  return used == VALUE_FAIL ? VALUE_FAIL
                            : PACK(value_int_unchecked(pid), value_int_unchecked(status), used);
}
static Value process_wait3(VM *vm, Value self, const process_wait3_args *a) {
  return wait_with_usage(vm, -1, a->options);
}
static Value process_wait4(VM *vm, Value self, const process_wait4_args *a) {
  return wait_with_usage(vm, a->pid, a->options);
}
static Value process_waitid(VM *vm, Value self, const process_waitid_args *a) {
  siginfo_t info = {0};
  int result;
  RETRYING(vm, result, waitid((idtype_t)a->idtype, (id_t)a->id, &info, a->options));
  if (result < 0) return posix_error(vm);
  if (!info.si_pid) return VALUE_NONE;
  Value fields[] = {value_int_unchecked(info.si_pid), value_int_unchecked(info.si_uid),
                    value_int_unchecked(info.si_signo), value_int_unchecked(info.si_status),
                    value_int_unchecked(info.si_code)};
  return struct_sequence_new(vm, value_object(state.waitid_type), fields);
}
static Value process_waitstatus_to_exitcode(VM *vm, Value self,
                                            const process_waitstatus_to_exitcode_args *a) {
  int status = a->status;
  if (WIFEXITED(status)) return value_int_unchecked(WEXITSTATUS(status));
  if (WIFSIGNALED(status)) return value_int_unchecked(-WTERMSIG(status));
  if (WIFSTOPPED(status))
    return raise_value(vm, "process stopped by delivery of signal %d", WSTOPSIG(status));
  return raise_value(vm, "invalid wait status: %d", status);
}
static Value process_WCOREDUMP(VM *vm, Value self, const process_WCOREDUMP_args *a) {
  return value_bool(WCOREDUMP(a->status));
}
static Value process_WIFCONTINUED(VM *vm, Value self, const process_WIFCONTINUED_args *a) {
  return value_bool(WIFCONTINUED(a->status));
}
static Value process_WIFSTOPPED(VM *vm, Value self, const process_WIFSTOPPED_args *a) {
  return value_bool(WIFSTOPPED(a->status));
}
static Value process_WIFSIGNALED(VM *vm, Value self, const process_WIFSIGNALED_args *a) {
  return value_bool(WIFSIGNALED(a->status));
}
static Value process_WIFEXITED(VM *vm, Value self, const process_WIFEXITED_args *a) {
  return value_bool(WIFEXITED(a->status));
}
static Value process_WEXITSTATUS(VM *vm, Value self, const process_WEXITSTATUS_args *a) {
  return value_int_unchecked(WEXITSTATUS(a->status));
}
static Value process_WTERMSIG(VM *vm, Value self, const process_WTERMSIG_args *a) {
  return value_int_unchecked(WTERMSIG(a->status));
}
static Value process_WSTOPSIG(VM *vm, Value self, const process_WSTOPSIG_args *a) {
  return value_int_unchecked(WSTOPSIG(a->status));
}

/* ---- the process itself */
static Value process_system(VM *vm, Value self, const process_system_args *a) {
  AUDITED(vm, "os.system", posix_bytes(vm, &a->command));
  return value_int_unchecked(BLOCKING(vm, system(a->command.bytes)));
}
static Value process_exit_now(VM *vm, Value self, const process_exit_now_args *a) {
  _exit(a->status);
}
static Value process_abort(VM *vm, Value self, const process_abort_args *a) { abort(); }
static Value process_putenv(VM *vm, Value self, const process_putenv_args *a) {
  if (strchr(a->name.bytes, '=')) return raise_value(vm, "illegal environment variable name");
  AUDITED(vm, "os.putenv", posix_bytes(vm, &a->name), posix_bytes(vm, &a->value));
  return posix_none(vm, setenv(a->name.bytes, a->value.bytes, 1));
}
static Value process_unsetenv(VM *vm, Value self, const process_unsetenv_args *a) {
  AUDITED(vm, "os.unsetenv", posix_bytes(vm, &a->name));
  return posix_none(vm, unsetenv(a->name.bytes));
}
static Value process_umask(VM *vm, Value self, const process_umask_args *a) {
  return value_int_unchecked(umask((mode_t)a->mask));
}
static Value process_nice(VM *vm, Value self, const process_nice_args *a) {
  errno = 0;
  int priority = nice(a->increment);
  return priority == -1 && errno ? posix_error(vm) : value_int_unchecked(priority);
}
static Value process_getpriority(VM *vm, Value self, const process_getpriority_args *a) {
  errno = 0;
  int priority = getpriority((__priority_which_t)a->which, (id_t)a->who);
  return errno ? posix_error(vm) : value_int_unchecked(priority);
}
static Value process_setpriority(VM *vm, Value self, const process_setpriority_args *a) {
  return posix_none(vm, setpriority((__priority_which_t)a->which, (id_t)a->who, a->priority));
}
static Value process_times(VM *vm, Value self, const process_times_args *a) {
  struct tms used;
  clock_t elapsed = times(&used);
  double ticks = (double)sysconf(_SC_CLK_TCK);
  Value fields[] = {value_float(vm, (double)used.tms_utime / ticks),
                    value_float(vm, (double)used.tms_stime / ticks),
                    value_float(vm, (double)used.tms_cutime / ticks),
                    value_float(vm, (double)used.tms_cstime / ticks),
                    value_float(vm, (double)elapsed / ticks)};
  return struct_sequence_new(vm, value_object(state.times_type), fields);
}

static Value environment(VM *vm) {
  Dict *dict = dict_new(vm);
  for (char **at = environ; at && *at; at++) {
    const char *equals = strchr(*at, '=');
    if (!equals) continue;
    Value name = value_of(bytes_new(vm, *at, (size_t)(equals - *at)));
    Value text = value_of(bytes_new(vm, equals + 1, strlen(equals + 1)));
    if (value_is_fail(name) || value_is_fail(text)) return VALUE_FAIL;
    Value found = dict_get(vm, dict, name);
    if (found != VALUE_UNBOUND) continue; /* the first one counts */
    if (!dict_set(vm, dict, name, text)) return VALUE_FAIL;
  }
  return value_from(dict);
}

static bool make_types(VM *vm) {
  static const char *const waitid_fields[] = {"si_pid",    "si_uid",  "si_signo",
                                              "si_status", "si_code", NULL};
  static const StructSequenceSpec waitid_spec = {.name = "posix.waitid_result",
                                                 .doc = "waitid_result: Result from waitid.",
                                                 .fields = waitid_fields,
                                                 .visible = 5};
  static const char *const times_fields[] = {
      "user", "system", "children_user", "children_system", "elapsed", NULL};
  static const char *const times_docs[] = {
      "seconds of the processor in the program", "seconds of the processor in the system",
      "the first of finished children", "the second of finished children",
      "seconds since some moment in the past"};
  static const StructSequenceSpec times_spec = {.name = "posix.times_result",
                                                .doc = "times_result: Result from os.times().",
                                                .fields = times_fields,
                                                .docs = times_docs,
                                                .visible = 5};
  Type *waitid_result = struct_sequence_type(vm, &waitid_spec),
       *times_result = waitid_result ? struct_sequence_type(vm, &times_spec) : NULL;
  if (!times_result) return false;
  state.waitid_type = value_from(waitid_result);
  state.times_type = value_from(times_result);
  Value *lists[] = {&state.before_fork, &state.after_in_child, &state.after_in_parent};
  heap_add_root(vm, &state.waitid_type);
  heap_add_root(vm, &state.times_type);
  for (int i = 0; i < 3; i++) {
    *lists[i] = value_of(list_new(vm, 0));
    heap_add_root(vm, lists[i]);
  }
  return true;
}

bool posix_process_init(VM *vm, Module *module) {
  if (state.waitid_type == VALUE_NONE && !make_types(vm)) return false;
  Value env = environment(vm);
  return env != VALUE_FAIL && module_add(vm, module, "environ", env) &&
         module_add(vm, module, "waitid_result", state.waitid_type) &&
         module_add(vm, module, "times_result", state.times_type) &&
         posix_add_methods(vm, module, process_methods, ARRAY_COUNT(process_methods) - 1);
}

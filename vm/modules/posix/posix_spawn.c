/* posix_spawn.c -- posix: running another program, in this process or in a new one. */
#include "vm/base/memory.h"
#include "vm/modules/posix/posix.h"
#include "vm/modules/posix/posix_schedule.h"
#include "vm/modules/system/signal.h"
#include "vm/objects/list.h"

#include <sched.h>
#include <spawn.h>

#define NATIVE_DEF "vm/modules/posix/posix_spawn.def"
#define NATIVE_PREFIX spawn_
#include "vm/contracts/native_class.inc"

/* ---- argument vectors, NULL-terminated, with their texts in the same block of memory */
/* encode_all: what the items of a list are for the system, in their places. */
static bool encode_all(VM *vm, List *texts, size_t *size) {
  *size = 0;
  for (size_t i = 0; i < list_length(texts); i++) {
    Bytes *bytes = path_encode(vm, list_items(texts)[i]);
    if (!bytes) return false;
    list_set_item(vm, texts, i, value_from(bytes));
    *size += bytes->length + 1;
  }
  return true;
}
static char **string_vector(VM *vm, List *texts) {
  size_t n = list_length(texts), size;
  if (!encode_all(vm, texts, &size)) return NULL;
  char **vector = memory_take_zeroed(1, (n + 1) * sizeof *vector + size);
  if (!vector) return raise_memory(vm), NULL;
  char *at = (char *)(vector + n + 1);
  for (size_t i = 0; i < n; i++) {
    const Bytes *bytes = value_object(list_items(texts)[i]);
    vector[i] = memcpy(at, bytes->data, bytes->length);
    at += bytes->length + 1;
  }
  return vector;
}

static char **argument_vector(VM *vm, Value argv, const char *function) {
  if (!value_has_flag(argv, TYPE_LIST_SUBCLASS | TYPE_TUPLE_SUBCLASS))
    return raise_type(vm, "%s: argv must be a tuple or list", function), NULL;
  List *keep = list_from_iterable(vm, argv);
  if (!keep) return NULL;
  if (!list_length(keep)) return raise_value(vm, "%s: argv must not be empty", function), NULL;
  char **vector = string_vector(vm, keep);
  if (vector && !vector[0][0])
    return free(vector), raise_value(vm, "%s: argv first element cannot be empty", function), NULL;
  return vector;
}

static char **environment_vector(VM *vm, Value env, const char *function) {
  if (!value_has_special(env, SPECIAL_getitem))
    return raise_type(vm, "%s: environment must be a mapping object", function), NULL;
  Value keys = call_method0(vm, env, NAME("keys"));
  List *names = keys == VALUE_FAIL ? NULL : list_from_iterable(vm, keys);
  if (!names) return NULL;
  List *keep = list_new(vm, list_length(names));
  if (!keep) return NULL;
  for (size_t i = 0; i < list_length(names); i++) {
    Value value = get_item(vm, env, list_items(names)[i]);
    Bytes *name = value == VALUE_FAIL ? NULL : path_encode(vm, list_items(names)[i]);
    Bytes *text = name ? path_encode(vm, value) : NULL;
    if (!text) return NULL;
    if (!name->length || memchr(name->data, '=', name->length))
      return raise_value(vm, "illegal environment variable name"), NULL;
    Bytes *pair = bytes_new(vm, NULL, name->length + 1 + text->length);
    if (!pair) return NULL;
    memcpy(pair->data, name->data, name->length);
    pair->data[name->length] = '=';
    memcpy(pair->data + name->length + 1, text->data, text->length);
    if (!list_append_value(vm, keep, value_from(pair))) return NULL;
  }
  return string_vector(vm, keep);
}

static Value spawn_execv(VM *vm, Value self, const spawn_execv_args *a) {
  char **argv = argument_vector(vm, a->argv, "execv() arg 2");
  if (!argv) return VALUE_FAIL;
  if (!SYS_AUDIT(vm, "os.exec", posix_text(vm, &a->path), a->argv, VALUE_NONE))
    return free(argv), VALUE_FAIL;
  execv(a->path.bytes, argv);
  free(argv);
  return raise_errno(vm, errno, VALUE_NONE);
}
static Value spawn_execve(VM *vm, Value self, const spawn_execve_args *a) {
  char **argv = argument_vector(vm, a->argv, "execve"),
       **env = argv ? environment_vector(vm, a->env, "execve") : NULL;
  if (!env) return free(argv), VALUE_FAIL;
  if (!SYS_AUDIT(vm, "os.exec", posix_text(vm, &a->path), a->argv, a->env))
    return free(argv), free(env), VALUE_FAIL;
  if (a->path.bytes) execve(a->path.bytes, argv, env);
  else fexecve(a->path.fd, argv, env);
  free(argv);
  free(env);
  return posix_path_error(vm, &a->path);
}

/* ---- what posix_spawn does to descriptors */
static bool bad_action(VM *vm, const char *what, int size) {
  return raise_false(vm, TYPE_OF(TypeError), "A %s file_action tuple must have %d elements", what,
                     size);
}

static bool number_of(VM *vm, Value v, int *out) {
  return convert_format_int_slow(vm, v, out, NULL, 0);
}

static bool add_open(VM *vm, const Tuple *action, posix_spawn_file_actions_t *actions, List *keep,
                     int *error) {
  int fd, flags;
  int64_t mode;
  if (tuple_length(action) != 5 || !value_is_any_int(action->items[4]))
    return bad_action(vm, "open", 5);
  if (!number_of(vm, action->items[1], &fd)) return false;
  Bytes *path = path_encode(vm, action->items[2]);
  if (!path || !number_of(vm, action->items[3], &flags) ||
      !value_index64(vm, action->items[4], &mode, true))
    return false;
  *error =
      posix_spawn_file_actions_addopen(actions, fd, (const char *)path->data, flags, (mode_t)mode);
  return list_append_value(vm, keep, value_from(path));
}

static bool add_close(VM *vm, const Tuple *action, posix_spawn_file_actions_t *actions,
                      int *error) {
  int fd;
  if (tuple_length(action) != 2) return bad_action(vm, "close", 2);
  if (!number_of(vm, action->items[1], &fd)) return false;
  *error = posix_spawn_file_actions_addclose(actions, fd);
  return true;
}

static bool add_dup2(VM *vm, const Tuple *action, posix_spawn_file_actions_t *actions, int *error) {
  int from, to;
  if (tuple_length(action) != 3) return bad_action(vm, "dup2", 3);
  if (!number_of(vm, action->items[1], &from) || !number_of(vm, action->items[2], &to))
    return false;
  *error = posix_spawn_file_actions_adddup2(actions, from, to);
  return true;
}

static bool add_file_action(VM *vm, Value given, posix_spawn_file_actions_t *actions, List *keep) {
  if (!value_has_flag(given, TYPE_TUPLE_SUBCLASS) || !tuple_length(value_object(given)))
    return raise_false(vm, TYPE_OF(TypeError),
                       "Each file_actions element must be a non-empty tuple");
  const Tuple *action = value_object(given);
  int64_t which;
  int error = 0;
  bool fine = value_long(vm, action->items[0], &which);
  if (!fine) return false;
  switch (which) {
  case 0: fine = add_open(vm, action, actions, keep, &error); break;
  case 1: fine = add_close(vm, action, actions, &error); break;
  case 2: fine = add_dup2(vm, action, actions, &error); break;
  default: return raise_false(vm, TYPE_OF(TypeError), "Unknown file_actions identifier");
  }
  if (fine && error) return raise_errno(vm, error, VALUE_NONE), false;
  return fine;
}

/* ---- and to the process */
static bool add_scheduler(VM *vm, Value scheduler, posix_spawnattr_t *attributes, short *flags) {
  if (!value_has_flag(scheduler, TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(SystemError),
                       "new style getargs format but argument is not a tuple");
  const Tuple *pair = value_object(scheduler);
  struct sched_param param = {0};
  int policy;
  if (tuple_length(pair) != 2)
    return raise_false(vm, TYPE_OF(TypeError), "A scheduler tuple must have two elements");
  if (!convert_SchedParam(vm, pair->items[1], &param.sched_priority, NULL, 0)) return false;
  *flags |= POSIX_SPAWN_SETSCHEDPARAM;
  posix_spawnattr_setschedparam(attributes, &param);
  if (pair->items[0] == VALUE_NONE) return true;
  if (!number_of(vm, pair->items[0], &policy)) return false;
  *flags |= POSIX_SPAWN_SETSCHEDULER;
  int error = posix_spawnattr_setschedpolicy(attributes, policy);
  return !error || (raise_errno(vm, error, VALUE_NONE), false);
}

static bool spawn_attributes(VM *vm, const spawn_posix_spawn_args *a,
                             posix_spawnattr_t *attributes) {
  short flags = 0;
  sigset_t set;
  if (a->setpgroup != VALUE_MISSING) {
    int64_t group;
    if (!value_long(vm, a->setpgroup, &group)) return false;
    posix_spawnattr_setpgroup(attributes, (pid_t)group);
    flags |= POSIX_SPAWN_SETPGROUP;
  }
  if (a->resetids) flags |= POSIX_SPAWN_RESETIDS;
  if (a->setsid) flags |= POSIX_SPAWN_SETSID;
  if (a->setsigmask != VALUE_NONE) {
    if (!signals_parse_set(vm, a->setsigmask, &set)) return false;
    posix_spawnattr_setsigmask(attributes, &set);
    flags |= POSIX_SPAWN_SETSIGMASK;
  }
  if (a->setsigdef != VALUE_NONE) {
    if (!signals_parse_set(vm, a->setsigdef, &set)) return false;
    posix_spawnattr_setsigdefault(attributes, &set);
    flags |= POSIX_SPAWN_SETSIGDEF;
  }
  if (a->scheduler != VALUE_MISSING && !add_scheduler(vm, a->scheduler, attributes, &flags))
    return false;
  posix_spawnattr_setflags(attributes, flags);
  return true;
}

static Value spawn(VM *vm, const spawn_posix_spawn_args *a, bool search) {
  if (a->file_actions != VALUE_NONE && !value_has_special(a->file_actions, SPECIAL_iter) &&
      !value_has_special(a->file_actions, SPECIAL_getitem))
    return raise_type(vm, "file_actions must be a sequence or None");
  char **argv = argument_vector(vm, a->argv, "posix_spawn"), **env = NULL;
  if (argv) env = a->env == VALUE_NONE ? environ : environment_vector(vm, a->env, "posix_spawn");
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  List *keep = list_new(vm, 0),
       *list = a->file_actions == VALUE_NONE ? NULL : list_from_iterable(vm, a->file_actions);
  bool ok = argv && env && (list || a->file_actions == VALUE_NONE) &&
            spawn_attributes(vm, a, &attributes) &&
            SYS_AUDIT(vm, "os.posix_spawn", posix_text(vm, &a->path), a->argv, a->env);
  for (size_t i = 0; ok && list && i < list_length(list); i++)
    ok = add_file_action(vm, list_items(list)[i], &actions, keep);
  Value result = VALUE_FAIL;
  if (ok) {
    pid_t pid;
    int error = search ? posix_spawnp(&pid, a->path.bytes, &actions, &attributes, argv, env)
                       : posix_spawn(&pid, a->path.bytes, &actions, &attributes, argv, env);
    result = error ? raise_errno(vm, error, a->path.value) : value_int_unchecked(pid);
  }
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  free(argv);
  if (env != environ) free(env);
  return result;
}
static Value spawn_posix_spawn(VM *vm, Value self, const spawn_posix_spawn_args *a) {
  return spawn(vm, a, false);
}
static Value spawn_posix_spawnp(VM *vm, Value self, const spawn_posix_spawnp_args *a) {
  spawn_posix_spawn_args same;
  static_assert(sizeof same == sizeof *a, "the two rows have the same parameters");
  memcpy(&same, a, sizeof same);
  return spawn(vm, &same, true);
}

bool posix_spawn_init(VM *vm, Module *module) {
  return posix_add_methods(vm, module, spawn_methods, ARRAY_COUNT(spawn_methods) - 1);
}

/* site.c -- the start's share of the library's module site, without importing it.
**
** The module itself is imported when a program asks for it, or when a .pth file has a line to run,
** whose code may look at site's names and frames. It then finds sys.flags.no_site set, so that it
** does not do all this again, and what was found out here is put into it (site_adopt).
*/
#include "vm/life/site.h"

#include <dirent.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vm/base/memory.h"
#include "vm/contracts/import.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/sys.h"
#include "vm/contracts/type.h"
#include "vm/imports/path.h"
#include "vm/life/pth.h"
#include "vm/objects/exception.h"
#include "vm/objects/list.h"
#include "vm/objects/module.h"
#include "vm/objects/set.h"
#include "vm/objects/str_ops.h"
#include "vm/objects/tuple.h"

enum { NO_SITE = 6 }; /* sys.flags.no_site (options.def) */

/* Registered by site_start. */
static struct {
  Value known;                       /* set of the absolute folders on sys.path */
  Value prefixes;                    /* list: site.PREFIXES */
  Value user_base, user_site, flags; /* str or None; flags: sys.flags while site is imported */
  Value enable_user;                 /* site.ENABLE_USER_SITE: True, False, or None: not safe */
} state = {.known = VALUE_UNBOUND};

static bool is_folder(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* ---- sys.path */

bool site_add_path(VM *vm, const char *folder) {
  Str *text = str_from_filename(vm, folder);
  if (!text) return false;
  Set *known = value_object(state.known);
  Answer there = set_contains_value(vm, known, value_from(text));
  if (there != ANSWER_NO) return there == ANSWER_YES;
  Value path = sys_get(vm, "path");
  return set_add_value(vm, known, value_from(text)) &&
         (!value_is(path, list) || list_append_value(vm, value_object(path), value_from(text)));
}

/* sys.path as it stands, absolute, each folder once. */
static bool settle_path(VM *vm) {
  List *list = value_object(sys_get(vm, "path")),
       *copy = list_from_values(vm, list_items(list), list_length(list));
  if (!copy || !list_resize(vm, list, 0)) return false;
  for (size_t i = 0; i < list_length(copy); i++) {
    char absolute[PATH_MAX];
    const char *text = str_utf8(vm, value_object(list_items(copy)[i]), NULL);
    if (!text) error_clear(vm); /* not in UTF-8: as it is */
    if (!text ? !list_append_value(vm, list, list_items(copy)[i])
              : path_absolute(text, absolute) && !site_add_path(vm, absolute))
      return false;
  }
  return true;
}

static bool add_folder(VM *vm, const char *folder) {
  if (!is_folder(folder)) return true;
  return site_add_path(vm, folder) && pth_files(vm, folder, state.known);
}

/* The site folders below a prefix, as Debian and as python.org have them. */
static bool add_prefix(VM *vm, const char *prefix) {
  static const char *const folders[] = {
      "lib/python3.11/site-packages", "local/lib/python3.11/dist-packages",
      "lib/python3/dist-packages", "lib/python3.11/dist-packages"};
  for (size_t i = 0; i < ARRAY_COUNT(folders); i++) {
    char folder[PATH_MAX];
    if ((size_t)snprintf(folder, sizeof folder, "%s/%s", prefix, folders[i]) < sizeof folder &&
        !add_folder(vm, folder))
      return false;
  }
  return true;
}

/* The folders of $KRAIT_SITE. */
static bool add_given(VM *vm, const char *given) {
  while (*given && strcmp(given, "0")) {
    char folder[PATH_MAX], absolute[PATH_MAX];
    size_t n = strcspn(given, ":");
    snprintf(folder, sizeof folder, "%.*s", (int)n, given);
    if (n && path_absolute(folder, absolute) && !add_folder(vm, absolute)) return false;
    given += n + (given[n] == ':');
  }
  return true;
}

/* ---- virtual environments (PEP 405) */

typedef struct Environment {
  char prefix[PATH_MAX], home[PATH_MAX];
  bool sees_system; /* include-system-site-packages */
} Environment;

static char *stripped(char *text) {
  text += strspn(text, " \t\r\n\f\v");
  size_t n = strlen(text);
  while (n && strchr(" \t\r\n\f\v", text[n - 1])) text[--n] = 0;
  return text;
}

static void read_settings(FILE *file, Environment *environment) {
  char line[PATH_MAX];
  while (fgets(line, sizeof line, file)) {
    char *equals = strchr(line, '=');
    if (!equals) continue;
    *equals = 0;
    char *key = stripped(line), *value = stripped(equals + 1);
    if (!strcasecmp(key, "include-system-site-packages"))
      environment->sees_system = !strcasecmp(value, "true");
    else if (!strcasecmp(key, "home"))
      snprintf(environment->home, sizeof environment->home, "%s", value);
  }
}

/* Is the program started from one? pyvenv.cfg lies beside it or one folder up. */
static bool find_environment(VM *vm, Environment *environment) {
  const char *program = vm->options->executable;
  char folder[PATH_MAX], file[PATH_MAX + 16];
  *environment = (Environment){.sees_system = true};
  if (!program || !path_absolute(program, folder) || !path_drop_last(folder)) return false;
  snprintf(environment->prefix, sizeof environment->prefix, "%s", folder);
  if (!path_drop_last(environment->prefix)) return false;
  for (int i = 0; i < 2; i++) {
    snprintf(file, sizeof file, "%s/pyvenv.cfg", i ? environment->prefix : folder);
    FILE *settings = is_folder(file) ? NULL : fopen(file, "re");
    if (!settings) continue;
    read_settings(settings, environment);
    fclose(settings);
    return true;
  }
  return false;
}

static bool set_path(VM *vm, const char *name, const char *path) {
  Str *text = str_from_filename(vm, path);
  return text && sys_set(vm, name, value_from(text));
}

/* The program that the environment was made with. */
static bool set_base_executable(VM *vm, const Environment *environment) {
  char real[PATH_MAX], beside[2 * PATH_MAX];
  const char *program = vm->options->executable, *name = strrchr(program, '/');
  if (realpath(program, real) && strcmp(real, program))
    return set_path(vm, "_base_executable", real);
  snprintf(beside, sizeof beside, "%s/%s", environment->home, name ? name + 1 : program);
  return access(beside, X_OK) || set_path(vm, "_base_executable", beside);
}

static bool enter_environment(VM *vm) {
  Environment environment;
  if (!find_environment(vm, &environment)) return true;
  if (!set_path(vm, "prefix", environment.prefix) ||
      !set_path(vm, "exec_prefix", environment.prefix) || !set_base_executable(vm, &environment) ||
      (*environment.home && !set_path(vm, "_home", environment.home)) ||
      !add_prefix(vm, environment.prefix))
    return false;
  List *prefixes = value_object(state.prefixes);
  if (!environment.sees_system) {
    if (!list_resize(vm, prefixes, 0)) return false;
    state.enable_user = VALUE_FALSE;
  }
  return list_insert_value(vm, prefixes, 0, sys_get(vm, "prefix"));
}

/* ---- the user's folder (PEP 370) */

static bool find_user_folder(VM *vm) {
  char base[PATH_MAX] = "", folder[PATH_MAX + 64];
  /* whose folder it is, -E does not change: the library's site obeys the variable too */
  const char *given = options_variable(NULL, "PYTHONUSERBASE"), *home = getenv("HOME");
  if (!home) {
    const struct passwd *me = getpwuid(getuid());
    home = me ? me->pw_dir : "~";
  }
  if (given) snprintf(base, sizeof base, "%s", given);
  else snprintf(base, sizeof base, "%s/.local", home);
  snprintf(folder, sizeof folder, "%s/lib/python3.11/site-packages", base);
  Str *base_text = str_from_filename(vm, base), *folder_text = str_from_filename(vm, folder);
  if (!base_text || !folder_text) return false;
  state.user_base = value_from(base_text);
  state.user_site = value_from(folder_text);
  return state.enable_user != VALUE_TRUE || add_folder(vm, folder);
}

static Value may_use_user_folder(VM *vm) {
  if (state.enable_user == VALUE_FALSE || vm->options->no_user_site) return VALUE_FALSE;
  return getuid() == geteuid() && getgid() == getegid() ? VALUE_TRUE : VALUE_NONE;
}

/* ---- code of the administrator and the user */

/* What the import raised: true when the program starts nevertheless. */
static bool pass_over(VM *vm, Str *name) {
  if (error_is(vm, TYPE_OF(ImportError))) {
    const ImportErrorObject *e = value_object(vm->exception);
    if (value_is_str(e->name) && str_equal(value_object(e->name), name))
      return error_clear(vm), true;
  }
  if (!error_is(vm, TYPE_OF(Exception))) return false;
  Value raised = error_take(vm);
  if (vm->options->verbose) {
    Value hook = sys_get(vm, "excepthook");
    Value told = hook == VALUE_UNBOUND ? VALUE_NONE
                                       : call3(vm, hook, value_from(value_type(raised)), raised,
                                               ((Exception *)value_object(raised))->traceback);
    return told != VALUE_FAIL;
  }
  Value out = sys_get(vm, "stderr");
  Str *text = str_format(vm, "Error in %S; set PYTHONVERBOSE for traceback:\n%T: %S\n",
                         value_from(name), raised, raised);
  if (!text) return false;
  return out == VALUE_UNBOUND || out == VALUE_NONE ||
         call_method1(vm, out, NAME("write"), value_from(text)) != VALUE_FAIL;
}

static bool run_custom(VM *vm, Str *name) {
  return import_module(vm, name) != VALUE_FAIL || pass_over(vm, name);
}

/* ---- the module site, when somebody imports it */

static Value flags_without_site(VM *vm, Value flags) {
  Value made = struct_sequence_new(vm, value_type(flags), ((Tuple *)value_object(flags))->items);
  if (made != VALUE_FAIL) ((Tuple *)value_object(made))->items[NO_SITE] = value_int_unchecked(1);
  return made;
}

bool site_adopt(VM *vm, Value module, bool is_loaded) {
  if (state.known == VALUE_UNBOUND) return true; /* -S */
  if (!is_loaded) {
    state.flags = sys_get(vm, "flags");
    Value without = state.flags == VALUE_UNBOUND ? VALUE_FAIL : flags_without_site(vm, state.flags);
    return without != VALUE_FAIL && sys_set(vm, "flags", without);
  }
  if (!sys_set(vm, "flags", state.flags)) return false;
  return module == VALUE_NONE ||
         (set_attribute(vm, module, NAME("ENABLE_USER_SITE"), state.enable_user) &&
          set_attribute(vm, module, NAME("USER_BASE"), state.user_base) &&
          set_attribute(vm, module, NAME("USER_SITE"), state.user_site) &&
          set_attribute(vm, module, NAME("PREFIXES"), state.prefixes));
}

static bool start_state(VM *vm) {
  Value *const roots[] = {&state.known,     &state.prefixes, &state.user_base,
                          &state.user_site, &state.flags,    &state.enable_user};
  for (size_t i = 0; i < ARRAY_COUNT(roots); i++) {
    *roots[i] = VALUE_NONE;
    heap_add_root(vm, roots[i]);
  }
  state.known = value_from(set_new(vm));
  Value both[] = {sys_get(vm, "prefix"), sys_get(vm, "exec_prefix")};
  state.prefixes = value_of(list_from_values(vm, both, 2));
  return state.prefixes != VALUE_FAIL;
}

static bool add_prefixes(VM *vm) {
  const List *prefixes = value_object(state.prefixes);
  for (size_t i = 0; i < list_length(prefixes); i++) {
    const char *prefix = str_utf8(vm, value_object(list_items(prefixes)[i]), NULL);
    if (!prefix) error_clear(vm);
    else if (!add_prefix(vm, prefix)) return false;
  }
  return true;
}

bool site_start(VM *vm) {
  const char *given = options_variable(vm->options, "KRAIT_SITE");
  if (!start_state(vm) || !settle_path(vm) || (!given && !enter_environment(vm))) return false;
  state.enable_user = given ? VALUE_FALSE : may_use_user_folder(vm);
  if (!find_user_folder(vm) || !(given ? add_given(vm, given) : add_prefixes(vm))) return false;
  if (given && !strcmp(given, "0")) return true; /* a start that depends on nobody */
  return run_custom(vm, NAME("sitecustomize")) &&
         (state.enable_user != VALUE_TRUE || run_custom(vm, NAME("usercustomize")));
}

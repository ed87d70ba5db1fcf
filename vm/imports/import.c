/* import.c -- the import system's fast path: sys.modules, native modules, .py files on folders.
**
** A module imported here gets the attributes that importlib would give it, except __spec__ and
** __loader__, which are made when somebody asks (Module.spec_state says from what). As soon as the
** program changes sys.meta_path or sys.path_hooks, or a path entry is no folder, the library's
** importlib does the finding instead. */
#include "vm/contracts/import.h"
#include "vm/contracts/protocol.h"
#include "vm/core/options.h"

#include <stdio.h>

#include "vm/contracts/sys.h"
#include "vm/imports/absence.h"
#include "vm/imports/bootstrap.h"
#include "vm/imports/find.h"
#include "vm/imports/frozen.h"
#include "vm/imports/import_lock.h"
#include "vm/imports/import_time.h"
#include "vm/imports/loader.h"
#include "vm/imports/native_modules.h"
#include "vm/imports/path.h"
#include "vm/interp/frame.h"
#include "vm/objects/exception.h"
#include "vm/objects/module.h"

/* ---- loading */

static bool put(VM *vm, Dict *dict, Str *name, Value v) { return dict_set_str(vm, dict, name, v); }

/* Module.spec_state: (origin or None, search locations or None, kind), or None. */
static Value spec_state(VM *vm, const char *kind, Value origin, Value locations) {
  return PACK(value_of(str_intern_cstr(vm, kind)), origin, locations);
}

static Module *new_module(VM *vm, Str *name, bool is_package) {
  Module *module = module_new(vm, name);
  size_t dot = import_last_dot(name);
  Value package = is_package            ? value_from(name)
                  : dot == name->length ? value_from(NAME(""))
                                        : value_of(str_substring(vm, name, 0, dot));
  if (!module || !put(vm, module_dict(module), NAME("__package__"), package)) return NULL;
  dict_remove_str(vm, module_dict(module), NAME("__spec__"));
  dict_remove_str(vm, module_dict(module), NAME("__loader__"));
  return module;
}

static void set_state(VM *vm, Module *module, Value state) {
  module->spec_state = state;
  heap_barrier(vm, module, state);
}

static void forget(VM *vm, Str *name) {
  Value pending = error_take(vm);
  if (dict_remove(vm, vm->modules, value_from(name)) == VALUE_FAIL) error_clear(vm);
  error_restore(vm, pending);
}

static void set_initialising(VM *vm, Module *module, bool on);

/* finish: what sys.modules holds after the module's code ran (it may have put something else
** there). */
static Value finish(VM *vm, Str *name, Module *module) {
  set_initialising(vm, module, false);
  Value v = dict_get(vm, vm->modules, value_from(name));
  if (v == VALUE_UNBOUND) return raise_error(vm, TYPE_OF(KeyError), "%U", name);
  return v;
}

/* frozen_name: what code objects of the module say as their file: CPython 3.11 has these modules
** frozen. */
static Str *frozen_name(VM *vm, Str *name, Str *file) {
  static const char *const frozen[] = {"abc",
                                       "codecs",
                                       "io",
                                       "_collections_abc",
                                       "_sitebuiltins",
                                       "genericpath",
                                       "ntpath",
                                       "posixpath",
                                       "os",
                                       "site",
                                       "stat",
                                       "importlib.util",
                                       "importlib.machinery",
                                       "runpy"};
  for (size_t i = 0; i < ARRAY_COUNT(frozen); i++)
    if (str_equal_cstr(name, frozen[i])) return str_format(vm, "<frozen %U>", name);
  return file;
}

ImportLibraryHook *(*import_library_find)(const Str *name);
bool (*import_waiting_hook)(VM *vm, const char *name);

static Value load_file(VM *vm, Str *name, const Found *found) {
  bool is_package = found->kind == FOUND_PACKAGE;
  Str *file = str_from_filename(vm, found->path);
  Module *module = file ? new_module(vm, name, is_package) : NULL;
  if (!module) return VALUE_FAIL;
  Dict *dict = module_dict(module);
  Value locations = VALUE_NONE;
  if (is_package) {
    Value folder = value_of(str_substring(vm, file, 0, file->length - strlen("/__init__.py")));
    locations = value_of(list_from_values(vm, &folder, 1));
    if (!put(vm, dict, NAME("__path__"), locations)) return VALUE_FAIL;
  }
  if (!put(vm, dict, NAME("__file__"), value_from(file)) ||
      !put(vm, dict, NAME("__builtins__"), value_from(module_dict(vm->builtins))))
    return VALUE_FAIL;
  set_state(vm, module, spec_state(vm, "file", value_from(file), locations));
  set_initialising(vm, module, true);
  if (!source_loader)
    return raise_error(vm, TYPE_OF(ImportError), "this program has no compiler to import %U", name);
  if (!dict_set(vm, vm->modules, value_from(name), value_from(module))) return VALUE_FAIL;
  if (bootstrap_is_loaded() && !bootstrap_fill_spec(vm, module)) return VALUE_FAIL;
  Str *shown = frozen_name(vm, name, file);
  Code *code = shown ? source_loader->load_file(vm, found->path, shown) : NULL;
  import_time_note(source_loader->outcome());
  if (!code || run_code_once(vm, code, dict, value_from(dict), NULL) == VALUE_FAIL) {
    Value pending = error_take(vm); /* the spec may be of a class of the program */
    forget(vm, name);
    set_initialising(vm, module, false);
    error_restore(vm, pending);
    return VALUE_FAIL;
  }
  return finish(vm, name, module);
}

static Value load_native(VM *vm, Str *name, const ModuleSpec *spec) {
  Module *module = native_module_make(vm, spec);
  if (!module) return VALUE_FAIL;
  if (!put(vm, module_dict(module), NAME("__package__"), value_from(NAME("")))) return VALUE_FAIL;
  dict_remove_str(vm, module_dict(module), NAME("__spec__"));
  dict_remove_str(vm, module_dict(module), NAME("__loader__"));
  set_state(vm, module, spec_state(vm, "built-in", VALUE_NONE, VALUE_NONE));
  if (!dict_set(vm, vm->modules, value_from(name), value_from(module))) return VALUE_FAIL;
  if (bootstrap_is_loaded() && !bootstrap_fill_spec(vm, module)) return VALUE_FAIL;
  return value_from(module);
}

bool import_make_main_loader(VM *vm, Module *module, Value origin, bool compiled) {
  set_state(vm, module, spec_state(vm, "main", origin, value_bool(compiled)));
  return put(vm, module_dict(module), NAME("__loader__"), VALUE_NONE) &&
         (!bootstrap_is_loaded() || bootstrap_fill_spec(vm, module));
}

Value import_late_global(VM *vm, Dict *globals, Str *name) {
  if (name != NAME("__spec__") && name != NAME("__loader__")) return VALUE_UNBOUND;
  Value own = dict_get_str(vm, globals, NAME("__name__"));
  Value module = value_is_str(own) ? dict_get(vm, vm->modules, own) : VALUE_UNBOUND;
  if (!value_is(module, module)) return module == VALUE_FAIL ? VALUE_FAIL : VALUE_UNBOUND;
  Module *asked = value_object(module);
  if (asked->dict != globals || asked->spec_state == VALUE_NONE) return VALUE_UNBOUND;
  return import_make_spec(vm, asked) ? dict_get_str(vm, globals, name) : VALUE_FAIL;
}

/* ---- finding */

static Value parent_path(VM *vm, Str *name, Str *parent, Value parent_module) {
  Value path = find_attribute(vm, parent_module, NAME("__path__"));
  if (path != VALUE_UNBOUND) return path;
  return import_not_found(vm, name, "No module named %R; %R is not a package", value_from(name),
                          value_from(parent));
}

static bool bind_in_parent(VM *vm, Value parent, Str *tail, Value module) {
  if (set_attribute(vm, parent, str_intern(vm, tail), module)) return true;
  if (!error_clear_if(vm, TYPE_OF(AttributeError))) return false;
  return warn(vm, TYPE_OF(ImportWarning), 1, "Cannot set an attribute on %R for child module %R",
              parent, value_from(tail));
}

static Value search(VM *vm, Str *name, Value folders, Str *tail) {
  static bool busy_with_bootstrap;
  Found found;
  /* the finder of zip files is no zip file's */
  switch (find_in(vm, folders, tail, busy_with_bootstrap, &found)) {
  case FOUND_MODULE:
  case FOUND_PACKAGE: return load_file(vm, name, &found);
  case FOUND_ERROR: return VALUE_FAIL;
  case FOUND_NOTHING: return import_not_found(vm, name, "No module named %R", value_from(name));
  default: break;
  }
  if (busy_with_bootstrap)
    return import_not_found(vm, name, "No module named %R", value_from(name));
  busy_with_bootstrap = true; /* namespace packages and zip files: the library's finders */
  bool loaded = bootstrap_load(vm);
  busy_with_bootstrap = false;
  return loaded ? bootstrap_import(vm, name) : VALUE_FAIL;
}

/* is_frozen: is the module one that FrozenImporter takes before the library's files are searched?
** Not the machinery itself, which bootstrap_load makes. */
static bool is_frozen(const Str *name) {
  const FrozenModule *frozen = frozen_find(name);
  return frozen && strncmp(frozen->name, "_frozen_importlib", 17) != 0;
}

/* searched: what sys has for the search by this name, for those that audit it. */
static Value searched(VM *vm, const char *name) {
  Value v = sys_get(vm, name);
  return v == VALUE_UNBOUND ? VALUE_NONE : v;
}

static Value find_and_load_module(VM *vm, Str *name) {
  AUDITED(vm, "import", value_from(name), VALUE_NONE, searched(vm, "path"),
          searched(vm, "meta_path"), searched(vm, "path_hooks"));
  if (import_waiting_hook && str_is_ascii(name)) {
    const char *text = str_utf8(vm, name, NULL);
    if (!text || !import_waiting_hook(vm, text)) return VALUE_FAIL;
  }
  if (bootstrap_is_customised(vm)) return bootstrap_import(vm, name);
  if (UNLIKELY(is_frozen(name)))
    return bootstrap_load(vm) ? bootstrap_import(vm, name) : VALUE_FAIL;
  size_t dot = import_last_dot(name);
  if (dot == name->length) {
    const char *text = str_utf8(vm, name, NULL);
    const ModuleSpec *spec = text && strlen(text) == name->length ? native_module_find(text) : NULL;
    if (spec) return load_native(vm, name, spec);
    if (str_equal_cstr(name, "_frozen_importlib") ||
        str_equal_cstr(name, "_frozen_importlib_external")) {
      if (!bootstrap_load(vm)) return VALUE_FAIL;
      return dict_get(vm, vm->modules, value_from(name));
    }
    Value path = sys_get(vm, "path");
    return path == VALUE_UNBOUND
               ? import_not_found(vm, name, "No module named %R", value_from(name))
               : search(vm, name, path, name);
  }
  Str *parent = str_substring(vm, name, 0, dot),
      *tail = str_substring(vm, name, dot + 1, name->length);
  Value parent_module = import_module(vm, parent);
  if (parent_module == VALUE_FAIL) return VALUE_FAIL;
  Value known = dict_get(vm, vm->modules, value_from(name)); /* the parent may have imported it */
  if (known != VALUE_UNBOUND) return known;
  if (bootstrap_is_customised(vm)) return bootstrap_import(vm, name); /* by the parent's code */
  Value folders = parent_path(vm, name, parent, parent_module);
  if (folders == VALUE_FAIL) return VALUE_FAIL;
  Value module = search(vm, name, folders, tail);
  if (module == VALUE_FAIL) return VALUE_FAIL;
  parent_module = dict_get(vm, vm->modules, value_from(parent)); /* another one by now, maybe */
  if (parent_module == VALUE_FAIL ||
      (parent_module != VALUE_UNBOUND && !bind_in_parent(vm, parent_module, tail, module)))
    return VALUE_FAIL;
  return module;
}

/* tell_import: -v: the module and what loaded it, on standard error. */
static COLD bool tell_import(VM *vm, Str *name, Value module) {
  Value loader = find_attribute(vm, module, NAME("__loader__"));
  if (loader == VALUE_FAIL) return false;
  Value name_text = value_repr(vm, value_from(name));
  Value loader_text = name_text == VALUE_FAIL
                          ? VALUE_FAIL
                          : value_repr(vm, loader == VALUE_UNBOUND ? VALUE_NONE : loader);
  Str *line =
      loader_text == VALUE_FAIL ? NULL : str_format(vm, "import %S # %S", name_text, loader_text);
  const char *text = line ? str_utf8(vm, line, NULL) : NULL;
  if (text) fprintf(stderr, "%s\n", text);
  return text != NULL;
}

/* load: and what the module is to be told, whoever loads it. */
static Value load(VM *vm, Str *name) {
  ImportLibraryHook *hook = import_library_find ? import_library_find(name) : NULL;
  if (LIKELY(!hook)) return find_and_load_module(vm, name);
  if (!hook(vm, VALUE_NONE, false)) return VALUE_FAIL;
  Value module = find_and_load_module(vm, name);
  Value raised = error_take(vm);
  bool told = hook(vm, module == VALUE_FAIL ? VALUE_NONE : module, true);
  if (module == VALUE_FAIL) return error_restore(vm, raised), module;
  return told ? module : VALUE_FAIL;
}

static Value find_and_load(VM *vm, Str *name) {
  bool timed = vm->options->import_time;
  if (UNLIKELY(timed)) import_time_begin();
  Value module = load(vm, name);
  if (UNLIKELY(module == VALUE_FAIL)) import_explain_absence(vm, name);
  if (UNLIKELY(timed)) import_time_end(vm, name);
  if (UNLIKELY(vm->options->verbose) && module != VALUE_FAIL && !tell_import(vm, name, module))
    return VALUE_FAIL;
  return module;
}

static Value known_module(VM *vm, Str *name) {
  return value_is(value_from(name), str) ? dict_get_str(vm, vm->modules, name)
                                         : dict_get(vm, vm->modules, value_from(name));
}

/* load_alone: while no other thread loads it. */
static Value load_alone(VM *vm, Str *name) {
  Loading *loading = import_begin(vm, name);
  if (!loading) return VALUE_FAIL;
  Value v = known_module(vm, name); /* from a thread that was waited for */
  if (v == VALUE_UNBOUND) {
    heap_loading(vm, 1);
    v = find_and_load(vm, name);
    heap_loading(vm, -1);
  }
  import_end(loading);
  return v;
}

Value import_module(VM *vm, Str *name) {
  if (UNLIKELY(import_is_busy(vm)) && !import_wait(vm, name)) return VALUE_FAIL;
  Value v = known_module(vm, name);
  if (v == VALUE_UNBOUND) v = load_alone(vm, name);
  if (v == VALUE_NONE)
    return import_not_found(vm, name, "import of %U halted; None in sys.modules", name);
  return v;
}

/* ---- relative names */

/* agrees_with_spec: only a warning tells that it does not. */
static bool agrees_with_spec(VM *vm, Value package, Value spec) {
  if (spec == VALUE_UNBOUND || spec == VALUE_NONE) return true;
  Value parent = get_attribute(vm, spec, NAME("parent"));
  if (parent == VALUE_FAIL) return false;
  Answer same = values_equal(vm, package, parent);
  if (same != ANSWER_NO) return same == ANSWER_YES;
  return warn(vm, TYPE_OF(ImportWarning), 1, "__package__ != __spec__.parent");
}

static Value package_of(VM *vm, Dict *globals) {
  Value package = dict_get_str(vm, globals, NAME("__package__")),
        spec = dict_get_str(vm, globals, NAME("__spec__"));
  if (package != VALUE_UNBOUND && package != VALUE_NONE) {
    if (!value_is_str(package)) return raise_type(vm, "package must be a string");
    return agrees_with_spec(vm, package, spec) ? package : VALUE_FAIL;
  }
  if (spec != VALUE_UNBOUND && spec != VALUE_NONE) {
    Value parent = get_attribute(vm, spec, NAME("parent"));
    if (parent == VALUE_FAIL || value_is_str(parent)) return parent;
    return raise_type(vm, "__spec__.parent must be a string");
  }
  if (!warn(vm, TYPE_OF(ImportWarning), 1,
            "can't resolve package from __spec__ or __package__, falling back on __name__ and "
            "__path__"))
    return VALUE_FAIL;
  Value name = dict_get_str(vm, globals, NAME("__name__"));
  if (name == VALUE_UNBOUND) return raise_error(vm, TYPE_OF(KeyError), "'__name__' not in globals");
  if (!value_is_str(name)) return raise_type(vm, "__name__ must be a string");
  if (dict_get_str(vm, globals, NAME("__path__")) != VALUE_UNBOUND) return name;
  Str *s = value_object(name);
  size_t dot = import_last_dot(s);
  if (dot == s->length)
    return raise_error(vm, TYPE_OF(ImportError),
                       "attempted relative import with no known parent package");
  return value_of(str_substring(vm, s, 0, dot));
}

static Str *resolve(VM *vm, Str *name, Dict *globals, int level) {
  if (!globals) return raise_error(vm, TYPE_OF(KeyError), "'__name__' not in globals"), NULL;
  Value package_value = package_of(vm, globals);
  if (package_value == VALUE_FAIL) return NULL;
  Str *package = value_object(package_value);
  if (package->length == 0)
    return raise_error(vm, TYPE_OF(ImportError),
                       "attempted relative import with no known parent package"),
           NULL;
  for (int i = 1; i < level; i++) {
    size_t dot = import_last_dot(package);
    if (dot == package->length)
      return raise_error(vm, TYPE_OF(ImportError),
                         "attempted relative import beyond top-level package"),
             NULL;
    package = str_substring(vm, package, 0, dot);
  }
  return name->length ? str_format(vm, "%U.%U", package, name) : package;
}

/* ---- __import__ */

/* import_submodules: names of `from package import a, b` that are modules still to be imported. */
static bool import_submodules(VM *vm, Value module, Value fromlist, bool from_all) {
  Value path = find_attribute(vm, module, NAME("__path__"));
  if (path == VALUE_FAIL || path == VALUE_UNBOUND) return path != VALUE_FAIL;
  Tuple *names = tuple_from_iterable(vm, fromlist);
  if (!names) return false;
  for (size_t i = 0; i < tuple_length(names); i++) {
    if (!value_is_str(names->items[i])) {
      Value own = find_attribute(vm, module, NAME("__name__"));
      if (own == VALUE_FAIL) return false;
      return from_all ? raise_false(vm, TYPE_OF(TypeError),
                                    "Item in %S.__all__ must be str, not %T", own, names->items[i])
                      : raise_false(vm, TYPE_OF(TypeError),
                                    "Item in ``from list'' must be str, not %T", names->items[i]);
    }
    Str *name = value_object(names->items[i]);
    if (str_equal_cstr(name, "*")) {
      Value all = from_all ? VALUE_UNBOUND : find_attribute(vm, module, NAME("__all__"));
      if (all == VALUE_FAIL || (all != VALUE_UNBOUND && !import_submodules(vm, module, all, true)))
        return false;
      continue;
    }
    Value present = find_attribute(vm, module, str_intern(vm, name));
    if (present == VALUE_FAIL) return false;
    if (present != VALUE_UNBOUND) continue;
    Value own = get_attribute(vm, module, NAME("__name__"));
    if (own == VALUE_FAIL) return false;
    Str *full = str_format(vm, "%S.%U", own, name);
    if (!full) return false;
    if (import_module(vm, full) != VALUE_FAIL) continue;
    if (!error_is(vm, TYPE_OF(ModuleNotFoundError))) return false;
    Value missing = ((ImportErrorObject *)value_object(vm->exception))->name;
    if (!value_is_str(missing) || !str_equal(value_object(missing), full)) return false;
    if (dict_get_str(vm, vm->modules, full) == VALUE_NONE) return false; /* blocked on purpose */
    error_clear(vm); /* no such submodule: the import statement will say so */
  }
  return true;
}

static Value top_of(VM *vm, Str *name, Str *absolute, int level, Value module) {
  size_t dot = 0;
  while (dot < name->length && str_at(name, dot) != '.') dot++;
  if (dot == name->length) return module;
  if (level == 0) return import_module(vm, str_substring(vm, name, 0, dot));
  return import_module(vm, str_substring(vm, absolute, 0, absolute->length - (name->length - dot)));
}

Value import_name(VM *vm, Str *name, Dict *globals, Value fromlist, int level) {
  if (level < 0) return raise_value(vm, "level must be >= 0");
  Str *absolute = name;
  if (level > 0) {
    absolute = resolve(vm, name, globals, level);
    if (!absolute) return VALUE_FAIL;
  } else if (name->length == 0) {
    return raise_value(vm, "Empty module name");
  }
  Value module = import_module(vm, absolute);
  if (module == VALUE_FAIL) return VALUE_FAIL;
  Answer has_from = fromlist == VALUE_NONE ? ANSWER_NO : value_truth(vm, fromlist);
  if (has_from == ANSWER_FAILED) return VALUE_FAIL;
  if (has_from) return import_submodules(vm, module, fromlist, false) ? module : VALUE_FAIL;
  return name->length ? top_of(vm, name, absolute, level, module) : module;
}

/* ---- being initialised */

/* While a module's code runs, spec_state's kind stands in a list: ["file", origin, locations]. */
static void set_initialising(VM *vm, Module *module, bool on) {
  Value state = module->spec_state;
  const Value *items;
  size_t count;
  if (sequence_view(state, &items, &count) && count == 3) {
    Value copy = on ? value_of(list_from_values(vm, items, count))
                    : value_of(tuple_from_values(vm, items, count));
    set_state(vm, module, copy);
  }
  Value spec = dict_get_str(vm, module_dict(module), NAME("__spec__"));
  if (spec != VALUE_UNBOUND && spec != VALUE_NONE &&
      !set_attribute(vm, spec, NAME("_initializing"), value_bool(on)))
    error_clear(vm);
}
bool module_is_initialising(Module *module) { return value_is(module->spec_state, list); }

Value import_module_repr(VM *vm, Module *module) {
  Value name = dict_get_str(vm, module_dict(module), NAME("__name__")),
        file = dict_get_str(vm, module_dict(module), NAME("__file__"));
  bool spec_set = dict_get_str(vm, module_dict(module), NAME("__spec__")) != VALUE_UNBOUND;
  if (spec_set && bootstrap_is_loaded()) {
    Value machinery = dict_get(vm, vm->modules, value_from(NAME("_frozen_importlib")));
    if (machinery != VALUE_UNBOUND)
      return call_method1(vm, machinery, NAME("_module_repr"), value_from(module));
  }
  Str *text;
  if (!value_is_str(name)) name = value_from(NAME("?"));
  if (value_is_str(file)) text = str_format(vm, "<module %R from %R>", name, file);
  else if (module->spec_state != VALUE_NONE) text = str_format(vm, "<module %R (built-in)>", name);
  else text = str_format(vm, "<module %R>", name);
  return value_of(text);
}

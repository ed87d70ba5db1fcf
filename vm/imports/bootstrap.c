/* bootstrap.c -- the library's own import machinery, loaded when a program looks at it.
**
** importlib/_bootstrap.py and _bootstrap_external.py run as _frozen_importlib and
** _frozen_importlib_external, as importlib expects to find them. Once they are there, every module
** gets a real __spec__ and __loader__. Law: the defaults in `state` are sys.meta_path's and
** sys.path_hooks' items as bootstrap_load made them; while both lists still hold exactly these, the
** native finder is equivalent and goes first. */
#include "vm/imports/bootstrap.h"

#include "vm/contracts/import.h"
#include "vm/contracts/sys.h"
#include "vm/contracts/type_internal.h"
#include "vm/imports/absence.h"
#include "vm/imports/frozen.h"
#include "vm/imports/import_lock.h"
#include "vm/imports/loader.h"
#include "vm/interp/frame.h"
#include "vm/native/bind.h"
#include "vm/objects/bytes.h"
#include "vm/objects/code.h"
#include "vm/objects/exception.h"
#include "vm/objects/list.h"
#include "vm/objects/module.h"
#include "vm/runtime/path.h"

/* The values are registered by bootstrap_load. */
static struct {
  enum { ABSENT, LOADING, LOADED } progress;
  /* the modules _frozen_importlib and _frozen_importlib_external */
  Value machinery, external;
  Value meta_defaults, hook_defaults; /* tuples */
  Value find_and_load;                /* the library's */
} state = {ABSENT, VALUE_NONE, VALUE_NONE, VALUE_NONE, VALUE_NONE, VALUE_NONE};

bool bootstrap_is_loaded(void) { return state.progress == LOADED; }

/* run_frozen: a module of importlib under its frozen name. */
static Value run_frozen(VM *vm, Str *name) {
  const FrozenModule *frozen = frozen_find(name);
  Code *code = frozen_code(vm, frozen);
  Module *module = code ? module_new(vm, name) : NULL;
  if (!module) return VALUE_FAIL;
  Dict *dict = module_dict(module);
  Str *origin = str_intern_cstr(vm, frozen->origin);
  if (!origin ||
      !dict_set_str(vm, dict, NAME("__builtins__"), value_from(module_dict(vm->builtins))) ||
      !dict_set_str(vm, dict, NAME("__origname__"), value_from(origin)) ||
      run_code(vm, code, dict, value_from(dict), NULL) == VALUE_FAIL)
    return VALUE_FAIL;
  return dict_set(vm, vm->modules, value_from(name), value_from(module)) ? value_from(module)
                                                                         : VALUE_FAIL;
}

/* tell_origin: the module gets the attributes of one that FrozenImporter has found. */
static bool tell_origin(VM *vm, Value module, Str *name) {
  Value importer = get_attribute(vm, state.machinery, NAME("FrozenImporter"));
  Value spec = importer == VALUE_FAIL
                   ? VALUE_FAIL
                   : call_method1(vm, importer, NAME("find_spec"), value_from(name));
  Dict *dict = module_dict(value_object(module));
  return spec != VALUE_FAIL && dict_remove_str(vm, dict, NAME("__origname__")) &&
         call_method2(vm, state.machinery, NAME("_init_module_attrs"), spec, module) != VALUE_FAIL;
}

void bootstrap_pyc_magic(uint8_t magic[4]) {
  /* CPython counts from 3000, and went from 20121 to 62211 in its second life: but not here */
  unsigned number = 0x8000 | (unsigned)(image_version() & 0x3FFF);
  memcpy(magic, (uint8_t[]){(uint8_t)number, (uint8_t)(number >> 8), '\r', '\n'}, 4);
}

bool bootstrap_set_magic(VM *vm, Value external) {
  uint8_t magic[4];
  bootstrap_pyc_magic(magic);
  uint32_t raw;
  memcpy(&raw, magic, sizeof raw);
  Value bytes = value_of(bytes_new(vm, magic, sizeof magic));
  return bytes != VALUE_FAIL && set_attribute(vm, external, NAME("MAGIC_NUMBER"), bytes) &&
         set_attribute(vm, external, NAME("_RAW_MAGIC_NUMBER"), value_int_unchecked(raw));
}

/* set_up: what importlib does when it finds itself not frozen; the finders go to sys.meta_path and
** sys.path_hooks. */
static bool set_up(VM *vm) {
  Value imp = import_module(vm, NAME("_imp"));
  if (imp == VALUE_FAIL || import_module(vm, NAME("_thread")) == VALUE_FAIL ||
      import_module(vm, NAME("_warnings")) == VALUE_FAIL ||
      import_module(vm, NAME("_weakref")) == VALUE_FAIL ||
      import_module(vm, NAME("marshal")) == VALUE_FAIL ||
      import_module(vm, NAME("posix")) == VALUE_FAIL ||
      import_module(vm, NAME("_io")) == VALUE_FAIL)
    return false;
  state.machinery = run_frozen(vm, NAME("_frozen_importlib"));
  if (state.machinery == VALUE_FAIL || !import_lock_functions(vm, state.machinery)) return false;
  Value meta_path = value_of(list_new(vm, 3)), path_hooks = value_of(list_new(vm, 2));
  if (!sys_set(vm, "meta_path", meta_path) || !sys_set(vm, "path_hooks", path_hooks)) return false;
  if (call_method2(vm, state.machinery, NAME("_install"), value_from(vm->sys), imp) == VALUE_FAIL)
    return false;
  state.external = run_frozen(vm, NAME("_frozen_importlib_external"));
  if (state.external == VALUE_FAIL || !bootstrap_set_magic(vm, state.external) ||
      !set_attribute(vm, state.machinery, NAME("_bootstrap_external"), state.external) ||
      !tell_origin(vm, state.external, NAME("_frozen_importlib_external")))
    return false;
  return call_method1(vm, state.external, NAME("_set_bootstrap_module"), state.machinery) !=
             VALUE_FAIL ||
         error_clear_if(vm, TYPE_OF(AttributeError));
}

/* has_pyc: has somebody made a .pyc of this source for this program (py_compile, compileall)? What
** it says of itself is then obeyed, and it is renewed when the source has changed. */
static Answer has_pyc(VM *vm, Value source) {
  Value cached = call_method1(vm, state.external, NAME("cache_from_source"), source);
  if (cached == VALUE_FAIL)
    return error_clear_if(vm, TYPE_OF(NotImplementedError)) ? ANSWER_NO : ANSWER_FAILED;
  Value is_file = get_attribute(vm, state.external, NAME("_path_isfile"));
  Value answer = is_file == VALUE_FAIL ? VALUE_FAIL : call1(vm, is_file, cached);
  return answer == VALUE_FAIL ? ANSWER_FAILED : answer == VALUE_TRUE ? ANSWER_YES : ANSWER_NO;
}

/* load_through_cache: the code of a source file, from this program's own cache of compiled code or
** for it. */
static Value load_through_cache(VM *vm, Value path) {
  Bytes *file = path_encode(vm, path);
  return file ? value_of(source_loader->load_file(vm, (const char *)file->data, value_object(path)))
              : VALUE_FAIL;
}

/* fast_get_code: SourceFileLoader.get_code(fullname), through this program's own cache of compiled
** code unless there is a .pyc. */
static Value fast_get_code(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (npos != 1) return raise_type(vm, "get_code() takes exactly one argument (%d given)", npos);
  Value class = get_attribute(vm, state.external, NAME("SourceFileLoader"));
  if (class == VALUE_FAIL) return VALUE_FAIL;
  if (value_from(value_type(self)) == class) {
    Value path = call_method1(vm, self, NAME("get_filename"), args[0]);
    if (path == VALUE_FAIL) return VALUE_FAIL;
    Answer pyc = value_is_str(path) ? has_pyc(vm, path) : ANSWER_YES;
    if (pyc == ANSWER_FAILED) return VALUE_FAIL;
    if (pyc == ANSWER_NO) return load_through_cache(vm, path);
  }
  Value base = get_attribute(vm, state.external, NAME("SourceLoader"));
  Value method = base == VALUE_FAIL ? VALUE_FAIL : get_attribute(vm, base, NAME("get_code"));
  return method == VALUE_FAIL ? VALUE_FAIL : call2(vm, method, self, args[0]);
}
static const MethodSpec get_code_spec = {.name = "get_code",
                                         .raw = fast_get_code,
                                         .flags = METHOD_RAW,
                                         .signature = "($self, fullname)"};

/* The hook for zip files goes first, as in CPython. A library without zipimport works but for zip
** files, and says so. */
static bool install_zip_hook(VM *vm) {
  Value zip = import_module(vm, NAME("zipimport"));
  Value importer = zip == VALUE_FAIL ? VALUE_FAIL : get_attribute(vm, zip, NAME("zipimporter"));
  if (importer != VALUE_FAIL) {
    Value hooks = sys_get(vm, "path_hooks");
    return !value_is(hooks, list) || list_insert_value(vm, value_object(hooks), 0, importer);
  }
  if (!error_is(vm, TYPE_OF(ImportError)) && !error_is(vm, TYPE_OF(AttributeError))) return false;
  return warn(vm, TYPE_OF(RuntimeWarning), 1, "modules in zip files cannot be imported: %S",
              error_take(vm));
}

/* find_and_load: importlib's function of this name, whose errors say of a missing module what those
** of the import statement say. */
static Value find_and_load(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  Value module = call_values(vm, state.find_and_load, args, npos, kwnames);
  if (UNLIKELY(module == VALUE_FAIL) && npos && value_is_str(args[0]))
    import_explain_absence(vm, value_object(args[0]));
  return module;
}
static const MethodSpec find_and_load_spec = {.name = "_find_and_load",
                                              .raw = find_and_load,
                                              .flags = METHOD_RAW,
                                              .signature = "($module, name, import_, /)"};

static bool explain_absences(VM *vm) {
  state.find_and_load = get_attribute(vm, state.machinery, NAME("_find_and_load"));
  Value function = state.find_and_load == VALUE_FAIL
                       ? VALUE_FAIL
                       : native_function_new(vm, &find_and_load_spec, VALUE_NONE, VALUE_NONE);
  return function != VALUE_FAIL &&
         set_attribute(vm, state.machinery, NAME("_find_and_load"), function);
}

static bool install_finders(VM *vm) {
  if (call_method1(vm, state.external, NAME("_install"), state.machinery) == VALUE_FAIL ||
      !install_zip_hook(vm))
    return false;
  Value loader = get_attribute(vm, state.external, NAME("SourceFileLoader"));
  if (loader == VALUE_FAIL) return false;
  Type *owner = value_object(loader);
  Value descriptor = native_descriptor_new(vm, owner, &get_code_spec);
  return set_attribute_by(vm, ATTR_OF_CLASS, value_from(owner), NAME("get_code"), descriptor);
}

static Value snapshot(VM *vm, const char *name) {
  return value_of(tuple_from_iterable(vm, sys_get(vm, name)));
}

bool bootstrap_load(VM *vm) {
  if (state.progress != ABSENT) return true;
  state.progress = LOADING;
  heap_add_root(vm, &state.machinery);
  heap_add_root(vm, &state.external);
  heap_add_root(vm, &state.meta_defaults);
  heap_add_root(vm, &state.hook_defaults);
  heap_add_root(vm, &state.find_and_load);
  if (!set_up(vm) || !install_finders(vm) || !explain_absences(vm)) {
    state.progress = ABSENT;
    return false;
  }
  state.meta_defaults = snapshot(vm, "meta_path");
  state.hook_defaults = snapshot(vm, "path_hooks");
  if (state.meta_defaults == VALUE_FAIL || state.hook_defaults == VALUE_FAIL) return false;
  state.progress = LOADED;
  List *modules = list_from_iterable(vm, call_method0(vm, value_from(vm->modules), NAME("values")));
  for (size_t i = 0; modules && i < list_length(modules); i++)
    if (value_is(list_items(modules)[i], module) &&
        !bootstrap_fill_spec(vm, value_object(list_items(modules)[i])))
      return false;
  return modules != NULL;
}

static bool same_items(Value list, Value tuple) {
  const Value *a, *b;
  size_t n, m;
  if (!sequence_view(list, &a, &n) || !sequence_view(tuple, &b, &m) || n != m) return false;
  for (size_t i = 0; i < n; i++)
    if (a[i] != b[i]) return false;
  return true;
}

bool bootstrap_is_customised(VM *vm) {
  if (state.progress != LOADED) return false;
  return !same_items(sys_get(vm, "meta_path"), state.meta_defaults) ||
         !same_items(sys_get(vm, "path_hooks"), state.hook_defaults);
}

static bool is_importlib_frame(const Traceback *entry) {
  Str *file = ((Frame *)entry->frame)->function->code->filename;
  return file->length > 17 && str_is_ascii(file) &&
         memcmp(str_data(file), "<frozen importlib", 17) == 0;
}

/* Is the newest frame exec_module, which calls fast_get_code, and the error the compiler's? In
** CPython the compiler has a _call_with_frames_removed of its own there. */
static bool is_of_compiler(VM *vm, const Traceback *newest) {
  return !newest->next &&
         str_equal_cstr(((Frame *)newest->frame)->function->code->name, "exec_module") &&
         (error_is(vm, TYPE_OF(SyntaxError)) || error_is(vm, TYPE_OF(ValueError)));
}

/* trim_importlib: takes the machinery's frames out of the pending exception's traceback, as CPython
** does: all leading ones for an ImportError, else those that end in the call of the module's own
** code. */
static void trim_importlib(VM *vm) {
  Exception *e = value_object(vm->exception);
  Traceback *at = value_is(e->traceback, traceback) ? value_object(e->traceback) : NULL,
            *last = NULL;
  for (; at && is_importlib_frame(at); at = (Traceback *)at->next) last = at;
  if (!last) return;
  bool called_module =
      str_equal_cstr(((Frame *)last->frame)->function->code->name, "_call_with_frames_removed");
  if (!called_module && !is_of_compiler(vm, last) && !error_is(vm, TYPE_OF(ImportError))) return;
  e->traceback = at ? value_from(at) : VALUE_NONE;
  heap_barrier(vm, e, e->traceback);
}

Value bootstrap_import(VM *vm, Str *name) {
  Value module = call_method1(vm, state.machinery, NAME("_gcd_import"), value_from(name));
  if (module == VALUE_FAIL) trim_importlib(vm);
  return module;
}

/* ---- __spec__ and __loader__ */

static bool fill_builtin(VM *vm, Dict *dict, Value name) {
  Value importer = get_attribute(vm, state.machinery, NAME("BuiltinImporter"));
  Value spec =
      importer == VALUE_FAIL ? VALUE_FAIL : call_method1(vm, importer, NAME("find_spec"), name);
  return spec != VALUE_FAIL && dict_set_str(vm, dict, NAME("__spec__"), spec) &&
         dict_set_str(vm, dict, NAME("__loader__"), importer);
}

static bool fill_file(VM *vm, Dict *dict, Value name, Value origin, Value locations) {
  Value class = get_attribute(vm, state.external, NAME("SourceFileLoader"));
  Value loader = class == VALUE_FAIL ? VALUE_FAIL : call2(vm, class, name, origin);
  if (loader == VALUE_FAIL) return false;
  Value make = get_attribute(vm, state.external, NAME("spec_from_file_location"));
  if (make == VALUE_FAIL) return false;
  Value arguments[] = {name, origin, loader, locations};
  Tuple *names = TUPLE(value_from(NAME("loader")), value_from(NAME("submodule_search_locations")));
  Value spec = call_values(vm, make, arguments, 2, names);
  if (spec == VALUE_FAIL) return false;
  Value cached = find_attribute(vm, spec, NAME("cached"));
  if (cached == VALUE_FAIL) return false;
  if (cached != VALUE_UNBOUND && cached != VALUE_NONE &&
      !dict_set_str(vm, dict, NAME("__cached__"), cached))
    return false;
  return dict_set_str(vm, dict, NAME("__spec__"), spec) &&
         dict_set_str(vm, dict, NAME("__loader__"), loader);
}

/* fill_main: of what `python3.11 FILE` runs: its __spec__ is None, and its __loader__ still, unless
** the program has set one. */
static bool fill_main(VM *vm, Dict *dict, Value name, Value origin, bool compiled) {
  if (dict_get_str(vm, dict, NAME("__loader__")) != VALUE_NONE) return true;
  Str *of_file = compiled ? NAME("SourcelessFileLoader") : NAME("SourceFileLoader");
  Value loader = origin == VALUE_NONE ? get_attribute(vm, state.machinery, NAME("BuiltinImporter"))
                                      : call_method2(vm, state.external, of_file, name, origin);
  return loader != VALUE_FAIL && dict_set_str(vm, dict, NAME("__loader__"), loader);
}

bool bootstrap_fill_spec(VM *vm, Module *module) {
  const Value *items;
  size_t count;
  if (module->spec_state == VALUE_NONE || !sequence_view(module->spec_state, &items, &count))
    return true;
  Value kind = items[0], origin = items[1], locations = items[2];
  bool initialising = module_is_initialising(module);
  module->spec_state = VALUE_NONE;
  Dict *dict = module_dict(module);
  Value name = dict_get_str(vm, dict, NAME("__name__"));
  if (!value_is_str(name)) return true;
  if (str_equal_cstr(value_object(kind), "main"))
    return fill_main(vm, dict, name, origin, locations == VALUE_TRUE);
  if (dict_get_str(vm, dict, NAME("__spec__")) != VALUE_UNBOUND) return true;
  bool ok = str_equal_cstr(value_object(kind), "file")
                ? fill_file(vm, dict, name, origin, locations)
                : fill_builtin(vm, dict, name);
  if (!ok) return false;
  if (initialising) {
    /* still marks the module; never filled again */
    module->spec_state = value_of(list_from_values(vm, items, count));
    heap_barrier(vm, module, module->spec_state);
    return set_attribute(vm, dict_get_str(vm, dict, NAME("__spec__")), NAME("_initializing"),
                         VALUE_TRUE);
  }
  return true;
}

bool import_make_spec(VM *vm, Module *module) {
  return bootstrap_load(vm) && bootstrap_fill_spec(vm, module);
}

Value import_sys_attribute(VM *vm, Str *name) {
  bool ours = str_equal_cstr(name, "meta_path") || str_equal_cstr(name, "path_hooks");
  if (!ours || (state.progress != ABSENT && !import_waiting_hook)) return VALUE_UNBOUND;
  if (!bootstrap_load(vm)) return VALUE_FAIL;
  if (import_waiting_hook && !import_waiting_hook(vm, NULL)) return VALUE_FAIL;
  return dict_get_str(vm, module_dict(vm->sys), name);
}

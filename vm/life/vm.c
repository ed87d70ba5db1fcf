/* vm.c -- the life of an interpreter: start-up order, running __main__, the end.
**
** Order: heap and shapes (addresses), loop (value stack), classes, then modules. The collector is
** off until classes exist. */
#include "vm/life/vm.h"
#include "vm/life/pyc.h"
#include "vm/objects/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vm/base/buffer.h"
#include "vm/base/memory.h"
#include "vm/contracts/import.h"
#include "vm/contracts/sys.h"
#include "vm/contracts/type.h"
#include "vm/imports/loader.h"
#include "vm/imports/native_modules.h"
#include "vm/imports/path.h"
#include "vm/interp/frame.h"
#include "vm/interp/misses.h"
#include "vm/life/library.h"
#include "vm/life/site.h"
#include "vm/life/stats.h"
#include "vm/modules/io/io.h"
#include "vm/modules/sys/atexit.h"
#include "vm/modules/sys/sys.h"
#include "vm/modules/system/signal.h"
#include "vm/modules/thread/thread.h"
#include "vm/objects/bytes.h"
#include "vm/objects/exception.h"
#include "vm/objects/int.h"
#include "vm/objects/module.h"
#include "vm/profile/record.h"
#include "vm/runtime/traceback_print.h"
#include "vm/shapes/shape.h"

/* ---- start */

static void seed_hashes(VM *vm) {
  if (vm->options->has_hash_seed) {
    uint64_t n = vm->options->hash_seed;
    vm->hash_seed[0] = n * UINT64_C(0x9E3779B97F4A7C15);
    vm->hash_seed[1] = n;
  } else if (getrandom(vm->hash_seed, sizeof vm->hash_seed, GRND_NONBLOCK) !=
             sizeof vm->hash_seed) {
    vm->hash_seed[0] = (uint64_t)getpid() * UINT64_C(0x9E3779B97F4A7C15);
  }
}

static bool start_module(VM *vm, const char *name, Module **out) {
  Module *module = native_module_make(vm, native_module_find(name));
  if (!module) return false;
  *out = module;
  dict_remove_str(vm, module_dict(module), NAME("__spec__"));
  dict_remove_str(vm, module_dict(module), NAME("__loader__"));
  module->spec_state = PACK(value_from(NAME("built-in")), VALUE_NONE, VALUE_NONE);
  heap_barrier(vm, module, module->spec_state);
  return dict_set_str(vm, vm->modules, str_intern_cstr(vm, name), value_from(module));
}

Module *vm_main_module(VM *vm) {
  Value known = dict_get_str(vm, vm->modules, NAME("__main__"));
  if (value_has_flag(known, TYPE_MODULE_SUBCLASS)) return value_object(known);
  Module *module = module_new(vm, NAME("__main__"));
  bool ok =
      module &&
      dict_set_str(vm, module_dict(module), NAME("__builtins__"), value_from(vm->builtins)) &&
      dict_set_str(vm, vm->modules, NAME("__main__"), value_from(module)) &&
      dict_set_str(vm, module_dict(module), NAME("__annotations__"), value_from(dict_new(vm))) &&
      import_make_main_loader(vm, module, VALUE_NONE, false);
  return ok ? module : NULL;
}

/* start_warnings: native code must have filters from the start; options for them are read by the
** library's module. */
static bool start_warnings(VM *vm) {
  Value options = sys_get(vm, "warnoptions");
  bool has_options = value_is(options, list) && list_length(value_object(options)) > 0;
  return import_module(vm, has_options ? NAME("warnings") : NAME("_warnings")) != VALUE_FAIL;
}

/* start_faulthandler: -X faulthandler and -X dev: the module is there and watches. */
static bool start_faulthandler(VM *vm) {
  if (!vm->options->faulthandler && !vm->options->dev_mode) return true;
  Value module = import_module(vm, NAME("faulthandler"));
  return module != VALUE_FAIL && call_method0(vm, module, NAME("enable")) != VALUE_FAIL;
}

/* start_tracemalloc: -X tracemalloc: what follows is traced. */
static bool start_tracemalloc(VM *vm) {
  if (!vm->options->tracemalloc) return true;
  Value module = import_module(vm, NAME("_tracemalloc"));
  Value frames = value_int_unchecked(vm->options->tracemalloc);
  return module != VALUE_FAIL && call_method1(vm, module, NAME("start"), frames) != VALUE_FAIL;
}

static VM *cannot_start(VM *vm) {
  if (error_pending(vm)) traceback_print_plain(vm, error_take(vm));
  else fputs("krait: not enough memory to start\n", stderr);
  return NULL;
}

VM *vm_create(Options *options) {
  static VM storage;
  static ExcState first_state = {VALUE_NONE, NULL};
  VM *vm = the_vm = &storage;
  vm->options = options;
  vm->exception = VALUE_UNBOUND;
  vm->exc_state = &first_state;
  vm->stop_value = VALUE_NONE;
  seed_hashes(vm);
  if (options->int_max_str_digits >= 0) int_max_str_digits = options->int_max_str_digits;
  if (!shapes_init(vm) || !heap_init(vm)) return NULL; /* the fixed address first */
#if KRAIT_CHECKS >= 1
  heap_cell_verifier = object_verify;
#endif
  heap_enable(vm, false);
  if (!interp_init(vm)) return NULL;
  if (!types_init(vm) || (options->misses && !misses_start(vm))) return cannot_start(vm);
  heap_enable(vm, true);
  heap_settle(vm);
  vm->modules = dict_new(vm);
  if (!threads_init(vm) || !signals_init(vm)) return cannot_start(vm);
  record_start(vm);
  library_init();
  if (!start_module(vm, "builtins", &vm->builtins) || !start_module(vm, "sys", &vm->sys) ||
      !vm_main_module(vm) || !sys_open_streams(vm) || !start_warnings(vm) ||
      !start_faulthandler(vm) || !start_tracemalloc(vm) ||
      (!options->no_site && (!site_init(vm) || !site_start(vm))))
    return cannot_start(vm);
  heap_settle(vm);
  return vm;
}

/* ---- running __main__ */

static bool run_main_code(VM *vm, Code *code) {
  Dict *dict = module_dict(vm_main_module(vm));
  return code && sys_audit(vm, "exec", value_from(code)) &&
         run_code(vm, code, dict, value_from(dict), NULL) != VALUE_FAIL;
}

static bool compile_and_run(VM *vm, const char *text, size_t size, Str *filename, int flags) {
  LoadRequest request = {.filename = filename,
                         .mode = LOAD_EXEC,
                         .flags = flags,
                         .optimize = -1,
                         .feature_version = -1};
  if (!source_loader) return raise_false(vm, TYPE_OF(SystemError), "this program has no compiler");
  return run_main_code(vm, source_loader->compile_text(vm, text, size, &request));
}

/* run_command: the options end it with a newline. */
static bool run_command(VM *vm) {
  const char *text = vm->options->command;
  size_t size = strlen(text);
  Str *command = str_from_filename(vm, text);
  bool with_folder = !vm->options->safe_path && !vm->options->isolated;
  return command && (!with_folder || path_add_first(vm, NAME(""))) &&
         sys_audit(vm, "cpython.run_command", value_from(command)) &&
         SYS_AUDIT(vm, "compile", value_of(bytes_new(vm, text, size)),
                   value_from(NAME("<string>"))) &&
         compile_and_run(vm, text, size, NAME("<string>"), LOAD_SOURCE_IS_UTF8);
}

/* run_with_runpy: runpy._run_module_as_main(name, alter_argv). */
static bool run_with_runpy(VM *vm, const char *name, bool set_argv) {
  Str *main = str_from_filename(vm, name);
  if (!main || !sys_audit(vm, "cpython.run_module", value_from(main))) return false;
  Value runpy = import_module(vm, NAME("runpy"));
  return runpy != VALUE_FAIL && call_method2(vm, runpy, NAME("_run_module_as_main"),
                                             value_from(main), value_bool(set_argv)) != VALUE_FAIL;
}

/* run_module: -m NAME. A module of the program itself has no code that runpy could run anew: its
** function _main is called, if it has one. */
static bool run_module(VM *vm, const char *name) {
  if (native_module_find(name)) {
    Str *text = str_intern_cstr(vm, name);
    Value module = text ? import_module(vm, text) : VALUE_FAIL;
    Value main = module == VALUE_FAIL ? module : find_attribute(vm, module, NAME("_main"));
    if (main != VALUE_UNBOUND)
      return main != VALUE_FAIL && call_values(vm, main, NULL, 0, NULL) != VALUE_FAIL;
  }
  return run_with_runpy(vm, name, true);
}

static bool is_folder(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Does a zip archive end here? It may stand behind other bytes (a line that names its interpreter)
** and before a comment. */
static bool has_zip_end(int file, off_t size) {
  enum { END_SIZE = 22, COMMENT_MAX = 65535 };
  char tail[END_SIZE + COMMENT_MAX];
  size_t n = size < (off_t)sizeof tail ? (size_t)size : sizeof tail;
  if (n < END_SIZE || pread(file, tail, n, size - (off_t)n) != (ssize_t)n) return false;
  for (size_t at = n - END_SIZE + 1; at-- > 0;) {
    if (memcmp(tail + at, "PK\5\6", 4)) continue;
    size_t comment = (uint8_t)tail[at + 20] | (size_t)(uint8_t)tail[at + 21] << 8;
    return at + END_SIZE + comment == n;
  }
  return false;
}

/* Only a regular file can be one: opening a pipe would wait, or take from it what is to be run. */
static bool is_zip(const char *path) {
  struct stat st;
  if (stat(path, &st) || !S_ISREG(st.st_mode)) return false;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  bool zip = has_zip_end(file, st.st_size);
  close(file);
  return zip;
}

static Str *folder_of(VM *vm, const char *script) {
  char resolved[4096];
  const char *path = realpath(script, resolved) ? resolved : script;
  const char *slash = strrchr(path, '/');
  if (!slash) return NAME("");
  return str_new_utf8(vm, path, slash == path ? 1 : (size_t)(slash - path));
}

static bool set_main_file(VM *vm, Str *filename, bool compiled) {
  Module *module = vm_main_module(vm);
  Dict *dict = module_dict(module);
  return import_make_main_loader(vm, module, value_from(filename), compiled) &&
         dict_set_str(vm, dict, NAME("__file__"), value_from(filename)) &&
         dict_set_str(vm, dict, NAME("__cached__"), VALUE_NONE);
}

static Str *absolute_name(VM *vm, const char *script) {
  char cwd[4096];
  if (*script == '/' || !getcwd(cwd, sizeof cwd)) return str_from_filename(vm, script);
  return str_format(vm, "%s/%s", cwd, script);
}

static int run_script(VM *vm, bool *ok) {
  const char *script = vm->options->script;
  if (is_folder(script) || is_zip(script)) {
    *ok =
        path_add_first(vm, str_from_filename(vm, script)) && run_with_runpy(vm, "__main__", false);
    return 0;
  }
  Str *filename = absolute_name(vm, script);
  *ok = filename && sys_audit(vm, "cpython.run_file", value_from(filename));
  if (!*ok) return 0;
  if (access(script, R_OK) != 0) {
    fprintf(stderr, "%s: can't open file '%s': [Errno %d] %s\n",
            vm->options->executable ? vm->options->executable : "krait",
            str_utf8(vm, filename, NULL), errno, strerror(errno));
    return 2;
  }
  bool compiled = pyc_is(script);
  *ok = (vm->options->safe_path || vm->options->isolated ||
         path_add_first(vm, folder_of(vm, script))) &&
        set_main_file(vm, filename, compiled);
  if (!*ok) return 0;
  if (compiled) return *ok = run_main_code(vm, pyc_load(vm, script)), 0;
  if (!source_loader)
    return *ok = false, raise_error(vm, TYPE_OF(SystemError), "this program has no compiler"), 0;
  *ok = SYS_AUDIT(vm, "compile", VALUE_NONE, value_from(filename)) &&
        run_main_code(vm, source_loader->load_script(vm, script, filename));
  return 0;
}

static bool run_stdin(VM *vm) {
  Buffer text;
  buffer_init(&text);
  for (;;) {
    if (!buffer_reserve(&text, 65536)) return raise_memory(vm), false;
    ssize_t n = read(0, text.bytes + text.size, 65536);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    text.size += (size_t)n;
  }
  const char *bytes = buffer_text(&text);
  bool ok = path_add_first(vm, NAME("")) && sys_audit(vm, "cpython.run_stdin", VALUE_UNBOUND) &&
            SYS_AUDIT(vm, "compile", VALUE_NONE, value_from(NAME("<stdin>"))) &&
            compile_and_run(vm, bytes, text.size, NAME("<stdin>"), 0);
  buffer_deinit(&text);
  return ok;
}

static bool add_current_folder(VM *vm) {
  char cwd[4096];
  if (vm->options->safe_path || vm->options->isolated || !getcwd(cwd, sizeof cwd)) return true;
  return path_add_first(vm, str_from_filename(vm, cwd));
}

int vm_run(VM *vm) {
  const Options *o = vm->options;
  bool ok = true;
  int status = 0;
  if (o->command) ok = run_command(vm);
  else if (o->module) ok = add_current_folder(vm) && run_module(vm, o->module);
  else if (o->script) status = run_script(vm, &ok);
  else ok = run_stdin(vm);
  if (ok && vm->poll) ok = interp_poll(vm); /* a signal that came during the last call */
  return ok ? status : vm_report(vm);
}

/* ---- the end */

static int exit_status(VM *vm, Value code) {
  if (code == VALUE_UNBOUND || code == VALUE_NONE) return 0;
  int64_t n;
  if (value_is_any_int(code)) return int_to_int64(code, &n) ? (int)(n & 0xff) : -1 & 0xff;
  Value err = sys_get(vm, "stderr");
  Value text = value_str(vm, code);
  sys_flush_streams(vm);
  if (text != VALUE_FAIL && err != VALUE_UNBOUND && err != VALUE_NONE) {
    Str *line = str_format(vm, "%U\n", (Str *)value_object(text));
    if (!line || call_method1(vm, err, NAME("write"), value_from(line)) == VALUE_FAIL)
      error_clear(vm);
  }
  error_clear(vm);
  return 1;
}

/* call_excepthook: sys.excepthook(type, value, traceback). */
static void call_excepthook(VM *vm, Value exception) {
  Value hook = sys_get(vm, "excepthook");
  Value arguments[] = {value_from(value_type(exception)), exception,
                       ((Exception *)value_object(exception))->traceback};
  if (hook == VALUE_UNBOUND || hook == VALUE_NONE) {
    fputs("sys.excepthook is missing\n", stderr);
    traceback_display(vm, exception);
    return;
  }
  if (!SYS_AUDIT(vm, "sys.excepthook", hook, arguments[0], exception, arguments[2])) {
    if (error_clear_if(vm, TYPE_OF(RuntimeError))) return;
    error_unraisable(vm, NULL, VALUE_NONE);
  }
  if (call_values(vm, hook, arguments, 3, NULL) == VALUE_FAIL) {
    Value second = error_take(vm);
    if (value_is(hook, builtin_function_or_method)) return;
    fputs("Error in sys.excepthook:\n", stderr);
    traceback_display(vm, second);
    fputs("\nOriginal exception was:\n", stderr);
    traceback_display(vm, exception);
  }
}

int vm_show(VM *vm) {
  Value exception = error_take(vm);
  if (exception == VALUE_UNBOUND) return 1;
  if (type_is_subtype(value_type(exception), TYPE_OF(SystemExit))) {
    Value code = get_attribute(vm, exception, NAME("code"));
    if (code == VALUE_FAIL) error_clear(vm), code = VALUE_NONE;
    return exit_status(vm, code);
  }
  if (!sys_set(vm, "last_type", value_from(value_type(exception))) ||
      !sys_set(vm, "last_value", exception) ||
      !sys_set(vm, "last_traceback", ((Exception *)value_object(exception))->traceback))
    error_clear(vm);
  call_excepthook(vm, exception);
  error_clear(vm);
  return 1;
}

int vm_report(VM *vm) {
  bool interrupted = error_pending(vm) && error_is(vm, TYPE_OF(KeyboardInterrupt));
  int status = vm_show(vm);
  if (!interrupted) return status;
  signal(SIGINT, SIG_DFL);
  sys_flush_streams(vm);
  record_end(vm, -SIGINT);
  kill(getpid(), SIGINT);
  return 130;
}

static void wait_for_threads(VM *vm) {
  Value threading = dict_get_str(vm, vm->modules, NAME("threading"));
  if (threading == VALUE_UNBOUND) return;
  if (call_method0(vm, threading, NAME("_shutdown")) == VALUE_FAIL)
    error_unraisable(vm, NULL, threading);
}

int vm_finish(VM *vm, int status) {
  heap_begin_end(vm);
  wait_for_threads(vm);
  atexit_run(vm);
  bool flushed = sys_flush_streams(vm);
  if (vm->misses) misses_print(vm);
  vm->finalizing = true;
  if (heap_has_lost(vm)) heap_collect(vm, 2);
  heap_run_finalizers(vm);
  sys_restore_streams(vm);
  heap_finalize_all(vm, thread_count() == 0); /* not under the feet of a daemon thread */
  io_shutdown(vm);
  error_clear(vm);
  if (!sys_flush_streams(vm)) flushed = false;
  if (!flushed && status == 0) status = 120;
  record_end(vm, status);
  stats_report(vm);
  return status;
}

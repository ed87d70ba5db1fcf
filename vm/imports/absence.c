/* absence.c -- what is said of a module that is not found. Which compiled extension a failed import
** has met, too: without it a package that wraps the error would send its reader after a broken
** installation. */
#include "vm/imports/absence.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "vm/contracts/protocol.h"
#include "vm/contracts/sys.h"
#include "vm/imports/native_modules.h"
#include "vm/imports/path.h"
#include "vm/objects/exception.h"
#include "vm/objects/tuple.h"

COLD Value import_not_found(VM *vm, Str *name, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  Str *message = str_format_va(vm, format, arguments);
  va_end(arguments);
  if (!message) return VALUE_FAIL;
  raise_with(vm, TYPE_OF(ModuleNotFoundError), value_from(message));
  if (!error_is(vm, TYPE_OF(ModuleNotFoundError))) return VALUE_FAIL;
  ImportErrorObject *e = value_object(vm->exception);
  e->name = value_from(name);
  heap_barrier_any(vm, e);
  return VALUE_FAIL;
}

size_t import_last_dot(const Str *name) {
  for (size_t i = name->length; i-- > 0;)
    if (str_at(name, i) == '.') return i;
  return name->length;
}

/* ---- extensions of CPython */

static const char *const suffixes[] = {".cpython-311-x86_64-linux-gnu.so",
                                       ".cpython-311-aarch64-linux-gnu.so", ".abi3.so", ".so"};

/* refused_extension: the file that CPython 3.11 would load as the module `tail` (the last part of
** its name) from a list of folders, by the suffixes of importlib.machinery.EXTENSION_SUFFIXES; None
** when there is none. */
static Value refused_extension(VM *vm, Value folders, Str *tail) {
  const char *name = str_utf8(vm, tail, NULL);
  Tuple *entries = tuple_from_iterable(vm, folders);
  if (!name || !entries) return VALUE_FAIL;
  for (size_t i = 0; i < tuple_length(entries); i++) {
    if (!value_is_str(entries->items[i])) continue;
    const char *folder = str_utf8(vm, value_object(entries->items[i]), NULL);
    if (!folder) return VALUE_FAIL;
    for (size_t k = 0; k < sizeof suffixes / sizeof *suffixes; k++) {
      char path[PATH_MAX], absolute[PATH_MAX];
      int n =
          snprintf(path, sizeof path, "%s%s%s%s", folder, *folder ? "/" : "", name, suffixes[k]);
      if (n > 0 && (size_t)n < sizeof path && access(path, F_OK) == 0 &&
          path_absolute(path, absolute))
        return value_of(str_from_filename(vm, absolute));
    }
  }
  return VALUE_NONE;
}

/* refused_file: the compiled extension that a module's name stands for, or None. */
static Value refused_file(VM *vm, Str *name) {
  size_t dot = import_last_dot(name);
  if (dot == name->length) {
    Value path = sys_get(vm, "path");
    return path == VALUE_UNBOUND ? VALUE_NONE : refused_extension(vm, path, name);
  }
  Str *parent = str_substring(vm, name, 0, dot),
      *tail = str_substring(vm, name, dot + 1, name->length);
  Value module = parent && tail ? dict_get(vm, vm->modules, value_from(parent)) : VALUE_FAIL;
  if (module == VALUE_FAIL) return VALUE_FAIL;
  Value folders = module == VALUE_UNBOUND ? module : find_attribute(vm, module, NAME("__path__"));
  if (folders == VALUE_UNBOUND) return VALUE_NONE;
  return folders == VALUE_FAIL ? VALUE_FAIL : refused_extension(vm, folders, tail);
}

COLD void import_refuse(VM *vm, Str *name, Str *file) {
  const char *path = str_utf8(vm, file, NULL);
  if (!path) return;
  Str *message =
      access(path, F_OK) == 0
          ? str_format(vm, "%U is a CPython extension, which this build does not load", file)
          : str_format(vm, "%U: cannot open shared object file: %s", file, strerror(errno));
  if (!message) return;
  raise_with(vm, TYPE_OF(ImportError), value_from(message));
  if (!error_is(vm, TYPE_OF(ImportError))) return;
  ImportErrorObject *e = value_object(vm->exception);
  e->name = value_from(name);
  e->path = value_from(file);
  heap_barrier_any(vm, e);
}

/* A module that only CPython's extension would be. */
static COLD void explain_extension(VM *vm, Str *name) {
  Value pending = error_take(vm), file = refused_file(vm, name);
  if (file == VALUE_FAIL) error_clear(vm);
  error_restore(vm, pending);
  if (!value_is_str(file)) return;
  error_clear(vm);
  import_refuse(vm, name, value_object(file));
}

/* absence: of a module that Krait lacks, the error as it is to be; VALUE_NONE: nothing is known. */
static COLD Value absence(VM *vm, Str *name) {
  const char *text = str_is_ascii(name) ? str_utf8(vm, name, NULL) : NULL;
  const char *package = text ? native_module_lacks(text) : NULL;
  if (package)
    return import_not_found(vm, name,
                            "No module named %R: this Krait was built without what Debian calls %s",
                            value_from(name), package);
  if (!text || !native_module_is_missed(text)) return VALUE_NONE;
  return import_not_found(vm, name,
                          "No module named %R: Krait does not have this part of the library yet",
                          value_from(name));
}

COLD void import_explain_absence(VM *vm, Str *name) {
  if (!error_is(vm, TYPE_OF(ModuleNotFoundError))) return;
  ImportErrorObject *e = value_object(vm->exception);
  if (!value_is_str(e->name) || !str_equal(value_object(e->name), name)) return;
  if (absence(vm, name) == VALUE_NONE) explain_extension(vm, name);
}

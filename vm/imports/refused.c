/* refused.c -- says which compiled extension a failed import has met: without it a package that
** wraps the error would send its reader after a broken installation. */
#include "vm/imports/refused.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "vm/contracts/protocol.h"
#include "vm/imports/path.h"
#include "vm/objects/exception.h"
#include "vm/objects/tuple.h"

static const char *const suffixes[] = {".cpython-311-x86_64-linux-gnu.so",
                                       ".cpython-311-aarch64-linux-gnu.so", ".abi3.so", ".so"};

Value refused_extension(VM *vm, Value folders, Str *tail) {
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

void refused_raise(VM *vm, Str *name, Str *file) {
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

/* path.c -- the standard library's folder and the first sys.path. */
#include "vm/imports/path.h"
#include "vm/base/memory.h"

#include <stdio.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vm/base/utf8.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/sys.h"
#include "vm/imports/baked.h"
#include "vm/objects/bytes.h"
#include "vm/objects/list.h"
#include "vm/objects/str.h"

static bool is_library(const char *folder) {
  char file[4096];
  struct stat st;
  return (size_t)snprintf(file, sizeof file, "%s/os.py", folder) < sizeof file &&
         stat(file, &st) == 0;
}

const char *stdlib_folder(const Options *options) {
  static const char *found;
  if (found) return found;
  const char *given = options_variable(options, "KRAIT_STDLIB");
  if (given) return found = given;
  static const char *const usual[] = {"/usr/lib/python3.11", "/usr/local/lib/python3.11",
                                      "/usr/lib64/python3.11", "/opt/python3.11/lib/python3.11"};
  for (size_t i = 0; i < ARRAY_COUNT(usual); i++)
    if (is_library(usual[i])) return found = usual[i];
  return NULL;
}

Str *str_from_filename(VM *vm, const char *bytes) {
  size_t size = strlen(bytes);
  if (utf8_is_valid((const uint8_t *)bytes, size)) return str_new_utf8(vm, bytes, size);
  Value encoded = value_of(bytes_new(vm, bytes, size));
  Value text = value_is_fail(encoded)
                   ? encoded
                   : call_method2(vm, encoded, NAME("decode"), value_from(NAME("utf-8")),
                                  value_from(NAME("surrogateescape")));
  return text == VALUE_FAIL ? NULL : value_object(text);
}

static bool append(VM *vm, List *list, const char *bytes, size_t size) {
  char *copy = memory_copy(bytes, size);
  Str *s = copy ? str_from_filename(vm, copy) : NULL;
  free(copy);
  return s && list_append_value(vm, list, value_from(s));
}

Value path_initial(VM *vm) {
  List *list = list_new(vm, 8);
  const Options *o = vm->options;
  const char *given = options_variable(o, "PYTHONPATH");
  while (given && *given) {
    size_t n = strcspn(given, ":");
    if (n && !append(vm, list, given, n)) return VALUE_FAIL;
    given += n + (given[n] == ':');
  }
  const char *own = options_variable(o, "KRAIT_LIBRARY");
  if (own) baked_elsewhere();
  if (own && !append(vm, list, own, strlen(own))) return VALUE_FAIL;
  const char *library = stdlib_folder(o);
  if (library && !append(vm, list, library, strlen(library))) return VALUE_FAIL;
  return value_from(list);
}

/* ---- names of files */

bool path_drop_last(char *path) {
  char *slash = strrchr(path, '/');
  if (!slash || slash == path) return false;
  *slash = 0;
  return true;
}

/* Appends the parts of `path` to what stands in `to`, an absolute path without a slash at its end
** ("" is the root). */
static bool append_parts(const char *path, char *to) {
  size_t size = strlen(to);
  while (*path) {
    size_t n = strcspn(path, "/");
    if (n == 2 && path[0] == '.' && path[1] == '.') {
      while (size && to[--size] != '/') {}
    } else if (n && !(n == 1 && *path == '.')) {
      if (size + n + 2 > PATH_MAX) return false;
      to[size++] = '/';
      memcpy(to + size, path, n);
      size += n;
    }
    to[size] = 0;
    path += n + (path[n] == '/');
  }
  return true;
}

bool path_absolute(const char *path, char *absolute) {
  char here[PATH_MAX];
  *absolute = 0;
  if (*path != '/' && (!getcwd(here, sizeof here) || !append_parts(here, absolute))) return false;
  if (!append_parts(path, absolute)) return false;
  if (!*absolute) strcpy(absolute, "/");
  return true;
}

const char *path_prefix(const Options *options) {
  static char prefix[PATH_MAX];
  const char *library = stdlib_folder(options),
             *end = library ? strstr(library, "/lib/python3") : NULL;
  size_t n = end ? (size_t)(end - library) : 0;
  if (!n || n >= sizeof prefix) return "/usr";
  memcpy(prefix, library, n);
  prefix[n] = 0;
  return prefix;
}

bool path_add_first(VM *vm, Str *folder) {
  Value path = sys_get(vm, "path");
  return !value_is(path, list) || list_insert_value(vm, value_object(path), 0, value_from(folder));
}

/* path.c -- the standard library's folder and the first sys.path. */
#include "vm/imports/path.h"
#include "vm/base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "vm/base/utf8.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/sys.h"
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

static bool append_if_folder(VM *vm, List *list, const char *folder) {
  struct stat st;
  return stat(folder, &st) != 0 || append(vm, list, folder, strlen(folder));
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
  const char *library = stdlib_folder(o);
  if (library && !append(vm, list, library, strlen(library))) return VALUE_FAIL;
  if (o->no_site) return value_from(list);
  char user[4096];
  const char *home = getenv("HOME");
  if (home && !o->no_user_site) {
    snprintf(user, sizeof user, "%s/.local/lib/python3.11/site-packages", home);
    if (!append_if_folder(vm, list, user)) return VALUE_FAIL;
  }
  static const char *const sites[] = {"/usr/local/lib/python3.11/dist-packages",
                                      "/usr/lib/python3/dist-packages"};
  for (size_t i = 0; i < ARRAY_COUNT(sites); i++)
    if (!append_if_folder(vm, list, sites[i])) return VALUE_FAIL;
  return value_from(list);
}

bool path_add_first(VM *vm, Str *folder) {
  Value path = sys_get(vm, "path");
  return !value_is(path, list) || list_insert_value(vm, value_object(path), 0, value_from(folder));
}

/* library.c -- what modules of the library are told when they are imported: site what the start has
** done in its place, re._compiler who compiles in its place, platform whose sys.version it reads,
** importlib loaded as plain files what this program's .pyc files begin with. */
#include "vm/life/library.h"

#include "vm/contracts/import.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/sys.h"
#include "vm/imports/bootstrap.h"
#include "vm/life/site.h"
#include "vm/modules/sre/sre.h"
#include "vm/objects/dict.h"
#include "vm/objects/module.h"
#include "vm/objects/str_ops.h"
#include "vm/objects/tuple.h"

/* platform knows CPython, PyPy and Jython by the form of sys.version; what it has once found out
** about one it keeps, and here it has: name, version, branch, revision, build number and date,
** compiler. */
static bool tell_platform(VM *vm, Value module, bool is_loaded) {
  if (!is_loaded || module == VALUE_NONE) return true;
  Value cache = find_attribute(vm, module, NAME("_sys_version_cache"));
  Value version = sys_get(vm, "version");
  if (!value_is(cache, dict) || !value_is_str(version)) return true;
  const char *text = str_utf8(vm, value_object(version), NULL),
             *end = text ? strchr(text, ' ') : NULL;
  const char *compiler = text ? strchr(text, '[') : NULL;
  if (!end || !compiler) return text != NULL;
  Value number = value_of(str_new_utf8(vm, text, (size_t)(end - text)));
  Value by = value_of(str_new_utf8(vm, compiler + 1, strlen(compiler + 1) - 1));
  if (number == VALUE_FAIL || by == VALUE_FAIL) return false;
  Value empty = value_from(NAME(""));
  Value known[] = {value_from(NAME("Krait")), number, empty, empty,
                   value_from(NAME("main")),  empty,  by};
  Value row = value_of(tuple_from_values(vm, known, ARRAY_COUNT(known)));
  return row != VALUE_FAIL && dict_set(vm, value_object(cache), version, row);
}

static bool tell_importlib(VM *vm, Value module, bool is_loaded) {
  return !is_loaded || module == VALUE_NONE || bootstrap_set_magic(vm, module);
}

static ImportLibraryHook *hook_of(const Str *name) {
  if (str_equal_cstr(name, "site")) return site_adopt;
  if (str_equal_cstr(name, "re._compiler")) return sre_adopt_compiler;
  if (str_equal_cstr(name, "importlib._bootstrap_external")) return tell_importlib;
  return str_equal_cstr(name, "platform") ? tell_platform : NULL;
}

void library_init(void) { import_library_find = hook_of; }

/* native_modules.c -- the table of modules written in C, from modules.def, and of those that are
** not there, from absent.def. */
#include "vm/imports/native_modules.h"

#include "vm/base/libraries.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/objects/module.h"

#define LACKING(name, package)
#define MODULE(name) extern const ModuleSpec name##_module;
#include "vm/imports/modules.def"
#undef MODULE

static const struct {
  const char *name;
  const ModuleSpec *spec;
} rows[] = {
#define MODULE(name) {#name, &name##_module},
#include "vm/imports/modules.def"
#undef MODULE
#undef LACKING
};

size_t native_module_count(void) { return ARRAY_COUNT(rows); }
const char *native_module_name(size_t i) { return rows[i].name; }

const ModuleSpec *native_module_find(const char *name) {
  size_t low = 0, high = ARRAY_COUNT(rows);
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = strcmp(name, rows[middle].name);
    if (order == 0) return rows[middle].spec;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return NULL;
}

typedef enum AbsentKind { NEEDED, SPARED, INTERNAL } AbsentKind;
static const struct {
  const char *name;
  AbsentKind kind;
} absent[] = {
#define ABSENT(name, kind, what) {#name, kind},
#include "vm/imports/absent.def"
#undef ABSENT
};
/* ends with NULL */
static const struct {
  const char *name, *package;
} lacking[] = {
#define MODULE(name)
#define LACKING(name, package) {#name, package},
#include "vm/imports/modules.def"
#undef LACKING
#undef MODULE
    {NULL, NULL},
};

bool native_module_is_missed(const char *name) {
  for (size_t i = 0; i < ARRAY_COUNT(absent); i++)
    if (strcmp(name, absent[i].name) == 0) return absent[i].kind == NEEDED;
  return false;
}

const char *native_module_lacks(const char *name) {
  for (size_t i = 0; lacking[i].name; i++)
    if (strcmp(name, lacking[i].name) == 0) return lacking[i].package;
  return NULL;
}

Module *native_module_make(VM *vm, const ModuleSpec *spec) {
  if (!types_make_ready(vm, spec->name)) return NULL;
  Str *name = str_intern_cstr(vm, spec->name);
  Module *module = module_new(vm, name);
  if (!module) return NULL;
  Dict *dict = module_dict(module);
  if (spec->doc && !module_add(vm, module, "__doc__", value_of(str_new_cstr(vm, spec->doc))))
    return NULL;
  for (int i = 0; i < spec->nmethods; i++) {
    Value f = native_function_new(vm, &spec->methods[i], value_from(module), value_from(name));
    if (!dict_set_str(vm, dict, str_intern_cstr(vm, spec->methods[i].name), f)) return NULL;
  }
  if (spec->init && !spec->init(vm, module)) return NULL;
  return module;
}

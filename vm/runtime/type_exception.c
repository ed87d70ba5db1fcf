/* type_exception.c -- exception classes that native modules define. */
#include "vm/contracts/type.h"
#include "vm/objects/dict.h"
#include "vm/objects/tuple.h"

Value module_new_exception(VM *vm, const char *module, const char *name, Type *base) {
  Dict *names = dict_new(vm);
  Str *home = str_intern_cstr(vm, module);
  if (!home || !dict_set_str(vm, names, NAME("__module__"), value_from(home))) return VALUE_FAIL;
  return type_new(vm, TYPE_OF(type), str_intern_cstr(vm, name), TUPLE(value_from(base)), names,
                  NULL, NULL);
}

bool module_keep_error(VM *vm, Module *module, const char *home, Type *base, Value *kept) {
  if (*kept == VALUE_NONE) {
    Value error = module_new_exception(vm, home, "error", base);
    if (value_is_fail(error)) return false;
    *kept = error;
    heap_add_root(vm, kept);
  }
  return module_add(vm, module, "error", *kept);
}

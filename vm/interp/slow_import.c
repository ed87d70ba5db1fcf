/* slow_import.c -- import statements. The work is builtins.__import__; imports/ owns what that
** does. */
#include "vm/contracts/import.h"
#include "vm/interp/slow.h"
#include "vm/objects/exception.h"
#include "vm/objects/module.h"

Value slow_import(VM *vm, Value *base, uint32_t name, Value fromlist, int level) {
  Function *function = frame_function(base);
  Value import = dict_get_str(vm, function->builtins, NAME("__import__"));
  if (import == VALUE_UNBOUND) return raise_error(vm, TYPE_OF(ImportError), "__import__ not found");
  Value locals = function->code->fn.flags & FUNCTION_NAMESPACE ? base[0] : VALUE_NONE;
  return call_values(vm, import,
                     (const Value[]){value_from(frame_name(vm->pc, base, name)),
                                     value_from(function->globals), locals, fromlist,
                                     value_int_unchecked(level)},
                     5, NULL);
}

static bool is_initialising(VM *vm, Value module) {
  if (value_is(module, module) && module_is_initialising(value_object(module))) return true;
  if (value_is(module, module) &&
      dict_get_str(vm, module_dict(value_object(module)), NAME("__spec__")) == VALUE_UNBOUND)
    return false;
  Value spec = find_attribute(vm, module, NAME("__spec__"));
  Value flag = spec == VALUE_FAIL || spec == VALUE_UNBOUND
                   ? spec
                   : find_attribute(vm, spec, NAME("_initializing"));
  if (flag == VALUE_FAIL) error_clear(vm);
  return flag == VALUE_TRUE;
}

static COLD Value import_from_error(VM *vm, Value module, Str *name) {
  Value module_name = find_attribute(vm, module, NAME("__name__"));
  if (module_name == VALUE_FAIL) return VALUE_FAIL;
  Value path = find_attribute(vm, module, NAME("__file__"));
  if (path == VALUE_FAIL) return VALUE_FAIL;
  bool circular = is_initialising(vm, module);
  if (module_name == VALUE_UNBOUND || !value_is_str(module_name))
    module_name = value_of(str_new_cstr(vm, "<unknown module name>"));
  bool has_path = path != VALUE_UNBOUND && value_is_str(path);
  Value where = has_path ? path : value_of(str_new_cstr(vm, "unknown location"));
  raise_error(vm, TYPE_OF(ImportError),
              circular && has_path ? "cannot import name %R from partially initialized module %R "
                                     "(most likely due to a circular import) (%S)"
                                   : "cannot import name %R from %R (%S)",
              value_from(name), module_name, where);
  ImportErrorObject *error = value_object(vm->exception);
  error->name = module_name;
  error->path = has_path ? path : VALUE_NONE;
  heap_barrier_any(vm, error);
  return VALUE_FAIL;
}

Value slow_import_from(VM *vm, Value module, Str *name) {
  Value v = find_attribute(vm, module, name);
  if (v != VALUE_UNBOUND) return v;
  Value package = find_attribute(vm, module, NAME("__name__"));
  if (package == VALUE_FAIL) return package;
  /* a submodule that is being imported right now */
  if (package != VALUE_UNBOUND && value_is_str(package)) {
    Str *full = str_format(vm, "%S.%U", package, name);
    if (!full) return VALUE_FAIL;
    Value submodule = dict_get(vm, vm->modules, value_from(full));
    if (submodule != VALUE_UNBOUND) return submodule;
  }
  return import_from_error(vm, module, name);
}

static bool store_name(VM *vm, Value locals, Value name, Value v) {
  return value_is(locals, dict) ? dict_set(vm, value_object(locals), name, v)
                                : set_item(vm, locals, name, v);
}

static bool import_all(VM *vm, Value *base, Value module, Value names, bool skip_private) {
  Value iterator = get_iterator(vm, names);
  if (value_is_fail(iterator)) return false;
  for (;;) {
    Value name = iterator_next(vm, iterator);
    if (name == VALUE_STOP) return true;
    if (name == VALUE_FAIL) return false;
    if (!value_is_str(name)) {
      Value of = find_attribute(vm, module, NAME("__name__"));
      if (of == VALUE_FAIL) return false;
      raise_type(vm,
                 skip_private ? "Key in %S.__dict__ must be str, not %T"
                              : "Item in %S.__all__ must be str, not %T",
                 of, name);
      return false;
    }
    const Str *text = value_object(name);
    if (skip_private && text->length && str_at(text, 0) == '_') continue;
    Value v = get_attribute(vm, module, str_intern(vm, value_object(name)));
    if (value_is_fail(v) || !store_name(vm, base[0], name, v)) return false;
  }
}

bool slow_import_star(VM *vm, Value *base, Value module) {
  Value all = find_attribute(vm, module, NAME("__all__"));
  if (all == VALUE_FAIL) return false;
  if (all != VALUE_UNBOUND) return import_all(vm, base, module, all, false);
  Value dict = find_attribute(vm, module, NAME("__dict__"));
  if (dict == VALUE_FAIL) return false;
  if (dict == VALUE_UNBOUND)
    return raise_error(vm, TYPE_OF(ImportError),
                       "from-import-* object has no __dict__ and no __all__"),
           false;
  List *keys = list_from_iterable(vm, dict);
  return keys && import_all(vm, base, module, value_from(keys), true);
}

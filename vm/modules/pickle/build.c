/* build.c -- what reading a pickle does to objects: finding classes, setting state, filling
** containers. */
#include "vm/contracts/import.h"
#include "vm/modules/pickle/pickle.h"

bool pickle_rename(VM *vm, const char *names_table, const char *imports_table, Value *module,
                   Value *name) {
  Value compat = import_module(vm, NAME("_compat_pickle"));
  Value names =
      value_is_fail(compat) ? compat : get_attribute(vm, compat, str_intern_cstr(vm, names_table));
  Value imports =
      value_is_fail(names) ? names : get_attribute(vm, compat, str_intern_cstr(vm, imports_table));
  if (value_is_fail(imports)) return false;
  Value pair = dict_get(vm, value_object(names), PACK(*module, *name));
  if (value_is_fail(pair)) return false;
  if (pair != VALUE_UNBOUND) {
    const Tuple *both = value_object(pair);
    *module = both->items[0], *name = both->items[1];
    return true;
  }
  Value moved = dict_get(vm, value_object(imports), *module);
  if (moved != VALUE_UNBOUND && !value_is_fail(moved)) *module = moved;
  return !value_is_fail(moved);
}

static bool audit(VM *vm, Value module, Value name) {
  Value sys = import_module(vm, NAME("sys"));
  Value f = value_is_fail(sys) ? sys : get_attribute(vm, sys, NAME("audit"));
  return !value_is_fail(f) &&
         !value_is_fail(call3(vm, f, value_from(NAME("pickle.find_class")), module, name));
}

Value unpickler_find_class(VM *vm, Unpickler *u, Str *module_name, Str *global_name) {
  Value module = value_from(module_name), name = value_from(global_name), parent;
  if (!audit(vm, module, name)) return VALUE_FAIL;
  if (u->protocol < 3 && u->fix_imports &&
      !pickle_rename(vm, "NAME_MAPPING", "IMPORT_MAPPING", &module, &name))
    return VALUE_FAIL;
  Value found = import_module(vm, value_object(module));
  if (value_is_fail(found)) return found;
  if (u->protocol < 4) return get_attribute(vm, found, value_object(name));
  Value object = name_deep_attribute(vm, found, value_object(name), &parent);
  if (object == VALUE_UNBOUND)
    return raise_error(vm, TYPE_OF(AttributeError), "Can't get attribute %R on %R", name, found);
  return object;
}

/* ---- state */

/* Is the object's __dict__ the plain one, so that its attributes can be set without making it? */
static bool has_plain_dict(VM *vm, Value object) {
  if (!value_is_pointer(object)) return false;
  Type *type = value_type(object);
  if (!type_has(type, TYPE_HAS_DICT) || !type_has(type, TYPE_HEAP) ||
      !type_has(type, TYPE_PLAIN_GETATTR))
    return false;
  return value_is(type_lookup(vm, type, NAME("__dict__")), getset_descriptor);
}

static bool set_attributes(VM *vm, Value object, Dict *state) {
  bool plain = has_plain_dict(vm, object);
  Value dict = VALUE_NONE, key, v;
  size_t position = 0;
  while (dict_next(state, &position, &key, &v)) {
    if (plain && value_is(key, str)) {
      if (!instance_set(vm, value_object(object), str_intern(vm, value_object(key)), v))
        return false;
      continue;
    }
    if (dict == VALUE_NONE) dict = get_attribute(vm, object, NAME("__dict__"));
    if (value_is_fail(dict)) return false;
    if (value_is(key, str)) key = value_of(str_intern(vm, value_object(key)));
    if (!set_item(vm, dict, key, v)) return false;
  }
  return true;
}

bool unpickle_build(VM *vm, Value object, Value state) {
  Value setter = find_attribute(vm, object, NAME("__setstate__")), slots = VALUE_NONE;
  if (setter != VALUE_UNBOUND)
    return !value_is_fail(setter) && !value_is_fail(call1(vm, setter, state));
  if (value_has_flag(state, TYPE_TUPLE_SUBCLASS) && tuple_length(value_object(state)) == 2) {
    const Tuple *both = value_object(state);
    state = both->items[0], slots = both->items[1];
  }
  if (state != VALUE_NONE) {
    if (!value_has_flag(state, TYPE_DICT_SUBCLASS))
      return raise_unpickling(vm, "state is not a dictionary"), false;
    if (!set_attributes(vm, object, value_object(state))) return false;
  }
  if (slots == VALUE_NONE) return true;
  if (!value_has_flag(slots, TYPE_DICT_SUBCLASS))
    return raise_unpickling(vm, "slot state is not a dictionary"), false;
  size_t position = 0;
  Value key, v;
  while (dict_next(value_object(slots), &position, &key, &v)) {
    if (!value_is_str(key))
      return raise_false(vm, TYPE_OF(TypeError), "attribute name must be string, not '%.200T'",
                         key);
    if (!set_attribute(vm, object, value_object(key), v)) return false;
  }
  return true;
}

/* ---- containers */

bool unpickle_extend(VM *vm, Value list, const Value *items, size_t n) {
  if (value_is(list, list)) return list_append_values(vm, value_object(list), items, n);
  Value extend = find_attribute(vm, list, NAME("extend"));
  if (extend != VALUE_UNBOUND) {
    if (value_is_fail(extend)) return false;
    Value list_of_items = value_of(list_from_values(vm, items, n));
    return !value_is_fail(list_of_items) && !value_is_fail(call1(vm, extend, list_of_items));
  }
  Value append = get_attribute(vm, list, NAME("append"));
  for (size_t i = 0; i < n && !value_is_fail(append); i++)
    if (value_is_fail(call1(vm, append, items[i]))) return false;
  return !value_is_fail(append);
}

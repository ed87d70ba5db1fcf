/* reduce.c -- what is pickled by name, and what is pickled as a call: the tuples that __reduce__
** gives. */
#include "vm/contracts/import.h"
#include "vm/modules/pickle/pickle.h"
#include "vm/objects/int.h"
#include "vm/objects/module.h"

/* ---- names in modules */

Value name_import(VM *vm, Str *module) { return import_module(vm, module); }

Value copyreg_table(VM *vm, Str *name) {
  Value module = import_module(vm, NAME("copyreg"));
  Value table = value_is_fail(module) ? module : get_attribute(vm, module, name);
  if (value_is_fail(table) || value_has_flag(table, TYPE_DICT_SUBCLASS)) return table;
  return raise_error(vm, TYPE_OF(RuntimeError), "copyreg.%U should be a dict, not %.200T", name,
                     table);
}

/* object.a.b.c; *parent is the object that has the last one. */
Value name_deep_attribute(VM *vm, Value object, Str *path, Value *parent) {
  size_t start = 0;
  for (size_t i = 0; i <= path->length; i++) {
    if (i < path->length && str_at(path, i) != '.') continue;
    *parent = object;
    object =
        find_attribute(vm, object,
                       start || i < path->length ? str_intern(vm, str_substring(vm, path, start, i))
                                                 : str_intern(vm, str_exact(vm, path)));
    if (object == VALUE_UNBOUND || value_is_fail(object)) return object;
    start = i + 1;
  }
  return object;
}

static bool is_local_name(Str *path) {
  static const char text[] = "<locals>";
  for (size_t i = 0; i + 8 <= path->length; i++) {
    size_t k = 0;
    while (k < 8 && str_at(path, i + k) == (uint32_t)text[k]) k++;
    if (k == 8 && (i == 0 || str_at(path, i - 1) == '.') &&
        (i + 8 == path->length || str_at(path, i + 8) == '.'))
      return true;
  }
  return false;
}

/* The name of the module whose attribute the object is; "__main__" when none says so. */
static Value which_module(VM *vm, Value object, Str *path) {
  Value name = find_attribute(vm, object, NAME("__module__"));
  if (value_is_fail(name) || (name != VALUE_UNBOUND && name != VALUE_NONE)) return name;
  Dict *modules = dict_copy(vm, vm->modules);
  size_t position = 0;
  Value module;
  while (modules && dict_next(modules, &position, &name, &module)) {
    if (module == VALUE_NONE || !value_is_str(name)) continue;
    if (str_equal_cstr(value_object(name), "__main__") ||
        str_equal_cstr(value_object(name), "__mp_main__"))
      continue;
    Value parent, found = name_deep_attribute(vm, module, path, &parent);
    if (value_is_fail(found)) error_clear(vm); /* a module that fails to answer is not the one */
    else if (found == object) return name;
  }
  return modules ? value_from(NAME("__main__")) : VALUE_FAIL;
}

/* ---- by name */

static bool write_extension(VM *vm, Pickler *p, Value module, Str *name, bool *done) {
  Value registry = copyreg_table(vm, NAME("_extension_registry"));
  if (value_is_fail(registry)) return false;
  Value code = dict_get(vm, value_object(registry), PACK(module, value_from(name)));
  if (value_is_fail(code) || code == VALUE_UNBOUND) return !value_is_fail(code);
  if (!value_is_any_int(code))
    return raise_pickling(vm, "Can't pickle %R: extension code %R isn't an integer",
                          value_from(name), code),
           false;
  int64_t n;
  if (!int_to_int64(code, &n) || n <= 0 || n > INT32_MAX)
    return raise_false(vm, TYPE_OF(RuntimeError),
                       "Can't pickle %R: extension code %S is out of range", value_from(name),
                       code);
  uint8_t bytes[5] = {n <= 0xFF ? OP_EXT1 : n <= 0xFFFF ? OP_EXT2 : OP_EXT4};
  put_le(bytes + 1, (uint64_t)n, 4);
  pickle_write(p, bytes, n <= 0xFF ? 2 : n <= 0xFFFF ? 3 : 5);
  return *done = true;
}

static bool write_global(VM *vm, Pickler *p, Value module, Value name) {
  if (p->fix_imports &&
      !pickle_rename(vm, "REVERSE_NAME_MAPPING", "REVERSE_IMPORT_MAPPING", &module, &name))
    return false;
  Str *first = value_object(module), *second = value_object(name);
  if (p->protocol < 3 && !(str_is_ascii(first) && str_is_ascii(second)))
    return raise_pickling(vm, "can't pickle global identifier '%S.%S' using pickle protocol %d",
                          module, name, p->protocol),
           false;
  size_t n, m;
  const char *a = str_utf8(vm, first, &n), *b = str_utf8(vm, second, &m);
  if (!a || !b) return false;
  pickle_write_op(p, OP_GLOBAL);
  pickle_write(p, a, n);
  pickle_write(p, "\n", 1);
  pickle_write(p, b, m);
  pickle_write(p, "\n", 1);
  return true;
}

static Str *last_part(VM *vm, Str *path) {
  size_t i = path->length;
  while (i && str_at(path, i - 1) != '.') i--;
  return i ? str_substring(vm, path, i, path->length) : path;
}

static Str *own_name(VM *vm, Value object) {
  Value name = find_attribute(vm, object, NAME("__qualname__"));
  if (name == VALUE_UNBOUND) name = get_attribute(vm, object, NAME("__name__"));
  if (value_is_fail(name)) return NULL;
  return value_is_str(name) ? value_object(name)
                            : (raise_type(vm, "expected str, got %T", name), NULL);
}

bool pickle_save_global(VM *vm, Pickler *p, Value object, Str *name) {
  if (!name) name = own_name(vm, object);
  if (!name) return false;
  if (is_local_name(name))
    return raise_false(vm, TYPE_OF(AttributeError), "Can't pickle local object %R", object);
  Value module_name = which_module(vm, object, name), parent = VALUE_NONE;
  if (value_is_fail(module_name)) return false;
  if (!value_is_str(module_name))
    return raise_pickling(vm, "Can't pickle %R: it's not found as %S.%U", object, module_name,
                          name),
           false;
  Value module = import_module(vm, value_object(module_name));
  if (value_is_fail(module)) {
    error_clear(vm);
    return raise_pickling(vm, "Can't pickle %R: import of module %R failed", object, module_name),
           false;
  }
  Value found = name_deep_attribute(vm, module, name, &parent);
  if (value_is_fail(found)) return false;
  if (found == VALUE_UNBOUND)
    return raise_pickling(vm, "Can't pickle %R: attribute lookup %U on %S failed", object, name,
                          module_name),
           false;
  if (found != object)
    return raise_pickling(vm, "Can't pickle %R: it's not the same object as %S.%U", object,
                          module_name, name),
           false;
  bool done = false;
  if (p->protocol >= 2 && !write_extension(vm, p, module_name, name, &done)) return false;
  if (done) return true;
  Str *last = last_part(vm, name);
  if (parent == module) name = last;
  if (p->protocol >= 4) {
    if (!pickle_save(vm, p, module_name, false) || !pickle_save(vm, p, value_from(name), false))
      return false;
    pickle_write_op(p, OP_STACK_GLOBAL);
  } else if (parent != module) {
    Value getattr = dict_get_str(vm, module_dict(vm->builtins), NAME("getattr"));
    Value arguments = PACK(parent, value_from(last));
    if (!pickle_save_reduce(vm, p, PACK(getattr, arguments), VALUE_UNBOUND)) return false;
  } else if (!write_global(vm, p, module_name, value_from(name))) {
    return false;
  }
  return pickle_memoize(vm, p, object);
}

bool pickle_save_type(VM *vm, Pickler *p, Value type) {
  Value only = type == value_from(TYPE_OF(NoneType))                   ? VALUE_NONE
               : type == value_from(value_type(VALUE_ELLIPSIS))        ? VALUE_ELLIPSIS
               : type == value_from(value_type(VALUE_NOT_IMPLEMENTED)) ? VALUE_NOT_IMPLEMENTED
                                                                       : VALUE_UNBOUND;
  if (only == VALUE_UNBOUND) return pickle_save_global(vm, p, type, NULL);
  Value arguments = PACK(only);
  return pickle_save_reduce(vm, p, PACK(value_from(TYPE_OF(type)), arguments), type);
}

/* ---- plain instances */

/* By keys, which are drawn anew when a class changes: what was found out about it. */
static bool is_plain_class(VM *vm, Type *type) {
  static struct {
    uint32_t key;
    bool plain;
  } known[64];
  uint32_t at = type->key % ARRAY_COUNT(known);
  if (known[at].key == type->key) return known[at].plain;
  const Type *object = TYPE_OF(object);
  bool plain = (type->flags & (TYPE_HEAP | TYPE_HAS_DICT | TYPE_PLAIN_GETATTR | TYPE_VAR_SIZE)) ==
                   (TYPE_HEAP | TYPE_HAS_DICT | TYPE_PLAIN_GETATTR) &&
               type->spec == object->spec && object_type(type) == TYPE_OF(type) &&
               type->specials[SPECIAL_new] == object->specials[SPECIAL_new] &&
               type->specials[SPECIAL_reduce_ex] == object->specials[SPECIAL_reduce_ex] &&
               type->specials[SPECIAL_reduce] == object->specials[SPECIAL_reduce];
  static const char *const own[] = {"__slots__", "__getnewargs__", "__getnewargs_ex__"};
  for (size_t i = 0; plain && i < ARRAY_COUNT(own); i++)
    plain = type_lookup(vm, type, str_intern_cstr(vm, own[i])) == VALUE_UNBOUND;
  static const char *const objects[] = {"__getstate__", "__class__"};
  for (size_t i = 0; plain && i < ARRAY_COUNT(objects); i++) {
    Str *name = str_intern_cstr(vm, objects[i]);
    plain = type_lookup(vm, type, name) == type_lookup(vm, TYPE_OF(object), name);
  }
  plain = plain && value_is(type_lookup(vm, type, NAME("__dict__")), getset_descriptor);
  if (key_is_cacheable(type->key)) known[at].key = type->key, known[at].plain = plain;
  return plain;
}

enum { PLAIN_SLOTS_MAX = 64 };

/* Attributes as the dict that they would be: it gets a number in the memo, but no object has it. */
static bool save_slots(VM *vm, Pickler *p, Str **names, const Value *values, int n) {
  pickle_write_op(p, OP_EMPTY_DICT);
  if (!pickle_memoize(vm, p, VALUE_UNBOUND)) return false;
  if (n > 1) pickle_write_op(p, OP_MARK);
  for (int i = 0; i < n; i++)
    if (!pickle_save(vm, p, value_from(names[i]), false) || !pickle_save(vm, p, values[i], false))
      return false;
  pickle_write_op(p, n > 1 ? OP_SETITEMS : OP_SETITEM);
  return true;
}

bool pickle_save_plain(VM *vm, Pickler *p, Value object, bool *done) {
  Str *names[PLAIN_SLOTS_MAX];
  Value values[PLAIN_SLOTS_MAX];
  if (p->protocol < 2 || p->persistent_id != VALUE_MISSING || !value_is_pointer(object) ||
      !is_plain_class(vm, value_type(object)))
    return true;
  int n = instance_slots(value_object(object), names, values, PLAIN_SLOTS_MAX);
  if (n < 0) return true;
  for (int i = 0; i < n; i++) /* perhaps a hook of its own, such as __reduce_ex__ */
    if (names[i]->length > 2 && str_at(names[i], 0) == '_' && str_at(names[i], 1) == '_')
      return true;
  *done = true;
  if (!pickle_save(vm, p, value_from(value_type(object)), false)) return false;
  pickle_write(p, (const uint8_t[]){OP_EMPTY_TUPLE, OP_NEWOBJ}, 2);
  if (!pickle_memoize(vm, p, object)) return false;
  if (!n) return true;
  if (!save_slots(vm, p, names, values, n)) return false;
  pickle_write_op(p, OP_BUILD);
  return true;
}

/* ---- as a call */

static bool save_new_ex(VM *vm, Pickler *p, const Tuple *args) {
  if (tuple_length(args) != 3)
    return raise_pickling(vm, "length of the NEWOBJ_EX argument tuple must be exactly 3, not %zd",
                          tuple_length(args)),
           false;
  Value cls = args->items[0], positional = args->items[1], named = args->items[2];
  if (!value_is_type(cls))
    return raise_pickling(
               vm, "first item from NEWOBJ_EX argument tuple must be a class, not %.200T", cls),
           false;
  if (!value_has_flag(positional, TYPE_TUPLE_SUBCLASS))
    return raise_pickling(vm,
                          "second item from NEWOBJ_EX argument tuple must be a tuple, not %.200T",
                          positional),
           false;
  if (!value_has_flag(named, TYPE_DICT_SUBCLASS))
    return raise_pickling(vm, "third item from NEWOBJ_EX argument tuple must be a dict, not %.200T",
                          named),
           false;
  if (p->protocol >= 4) {
    if (!pickle_save(vm, p, cls, false) || !pickle_save(vm, p, positional, false) ||
        !pickle_save(vm, p, named, false))
      return false;
    pickle_write_op(p, OP_NEWOBJ_EX);
    return true;
  }
  Value functools = import_module(vm, NAME("functools"));
  Value partial =
      value_is_fail(functools) ? functools : get_attribute(vm, functools, NAME("partial"));
  Value make = value_is_fail(partial) ? partial : get_attribute(vm, cls, NAME("__new__"));
  if (value_is_fail(make)) return false;
  List *all = list_from_values(vm, (const Value[]){make, cls}, 2);
  if (!all) return false;
  if (!list_extend_value(vm, all, positional)) return false;
  Tuple *start = tuple_from_values(vm, list_items(all), list_length(all));
  if (!start) return false;
  Value call = call_tuple_dict(vm, partial, start, value_object(named));
  if (value_is_fail(call) || !pickle_save(vm, p, call, false)) return false;
  if (!pickle_save(vm, p, value_from(tuple_new(vm, 0)), false)) return false;
  pickle_write_op(p, OP_REDUCE);
  return true;
}

static bool save_new(VM *vm, Pickler *p, Tuple *args, Value object) {
  if (!tuple_length(args)) return raise_pickling(vm, "__newobj__ arglist is empty"), false;
  Value cls = args->items[0], make = find_attribute(vm, cls, NAME("__new__"));
  if (value_is_fail(make)) return false;
  if (make == VALUE_UNBOUND)
    return raise_pickling(vm, "args[0] from __newobj__ args has no __new__"), false;
  if (object != VALUE_UNBOUND) {
    Value own = get_attribute(vm, object, NAME("__class__"));
    if (value_is_fail(own)) return false;
    if (own != cls)
      return raise_pickling(vm, "args[0] from __newobj__ args has the wrong class"), false;
  }
  Tuple *rest = tuple_slice(vm, args, 1, tuple_length(args));
  if (!pickle_save(vm, p, cls, false) || !pickle_save(vm, p, value_from(rest), false)) return false;
  pickle_write_op(p, OP_NEWOBJ);
  return true;
}

static bool check_iterator(VM *vm, Value v, const char *which) {
  if (v == VALUE_NONE || value_type(v)->next || value_has_special(v, SPECIAL_next)) return true;
  return raise_pickling(
             vm, "%s element of the tuple returned by __reduce__ must be an iterator, not %T",
             which, v),
         false;
}

static bool save_construction(VM *vm, Pickler *p, Value function, Tuple *args, Value object) {
  if (p->protocol >= 2) {
    Value name = find_attribute(vm, function, NAME("__name__"));
    if (value_is_fail(name)) return false;
    bool named = name != VALUE_UNBOUND && value_is_str(name);
    if (named && str_equal_cstr(value_object(name), "__newobj_ex__"))
      return save_new_ex(vm, p, args);
    if (named && str_equal_cstr(value_object(name), "__newobj__"))
      return save_new(vm, p, args, object);
  }
  if (!pickle_save(vm, p, function, false) || !pickle_save(vm, p, value_from(args), false))
    return false;
  pickle_write_op(p, OP_REDUCE);
  return true;
}

static bool save_state(VM *vm, Pickler *p, Value object, Value state, Value setter) {
  if (setter == VALUE_NONE) {
    if (!pickle_save(vm, p, state, false)) return false;
    pickle_write_op(p, OP_BUILD);
    return true;
  }
  if (!pickle_save(vm, p, setter, false) || !pickle_save(vm, p, object, false) ||
      !pickle_save(vm, p, state, false))
    return false;
  pickle_write_op(p, OP_TUPLE2);
  pickle_write_op(p, OP_REDUCE);
  pickle_write_op(p, OP_POP); /* whatever setter(object, state) returned */
  return true;
}

bool pickle_save_reduce(VM *vm, Pickler *p, Value reduced, Value object) {
  const Tuple *tuple = value_object(reduced);
  size_t n = tuple_length(tuple);
  if (n < 2 || n > 6)
    return raise_pickling(vm, "tuple returned by __reduce__ must contain 2 through 6 elements"),
           false;
  Value part[6];
  for (size_t i = 0; i < 6; i++) part[i] = i < n ? tuple->items[i] : VALUE_NONE;
  if (!value_is_callable(part[0]))
    return raise_pickling(vm, "first item of the tuple returned by __reduce__ must be callable"),
           false;
  if (!value_has_flag(part[1], TYPE_TUPLE_SUBCLASS))
    return raise_pickling(vm, "second item of the tuple returned by __reduce__ must be a tuple"),
           false;
  if (!check_iterator(vm, part[3], "fourth") || !check_iterator(vm, part[4], "fifth")) return false;
  if (part[5] != VALUE_NONE && !value_is_callable(part[5]))
    return raise_pickling(
               vm, "sixth element of the tuple returned by __reduce__ must be a function, not %T",
               part[5]),
           false;
  if (!save_construction(vm, p, part[0], value_object(part[1]), object)) return false;
  if (object != VALUE_UNBOUND) {
    int64_t number = pickle_memo_find(p, object);
    if (number >= 0) { /* its arguments hold it: it is there already */
      pickle_write_op(p, OP_POP);
      pickle_write_get(p, number);
    } else if (!pickle_memoize(vm, p, object)) {
      return false;
    }
  }
  if (part[3] != VALUE_NONE && !pickle_batch_list(vm, p, part[3])) return false;
  if (part[4] != VALUE_NONE && !pickle_batch_dict(vm, p, part[4])) return false;
  return part[2] == VALUE_NONE || save_state(vm, p, object, part[2], part[5]);
}

/* type_new.c -- what a class statement makes: layout, __slots__, namespace, hooks; and calling a
** class.
**
** Layout of instances:   native part | members of __slots__ | extra | inline attribute slots
** (see core/object.h; `extra` may also be a field of the native part, as in exceptions).
*/
#include "vm/contracts/frames.h"
#include "vm/contracts/type_internal.h"
#include "vm/native/bind.h"
#include "vm/objects/code.h"
#include "vm/objects/list.h"
#include "vm/shapes/shape.h"

/* inline attribute slots of a class's first instances; later ones learn from them */
#define INLINE_SLOTS 4

/* ---- __slots__ */

typedef struct Slots {
  bool given, dict, weakref;
  List *names; /* mangled, sorted; without __dict__ and __weakref__ */
  Value docs;  /* __slots__ given as a dict: docstrings */
} Slots;

static Str *mangle(VM *vm, Str *class_name, Str *name) {
  size_t n = name->length;
  if (n < 3 || str_at(name, 0) != '_' || str_at(name, 1) != '_') return name;
  if (str_at(name, n - 1) == '_' && str_at(name, n - 2) == '_') return name;
  size_t from = 0;
  while (from < class_name->length && str_at(class_name, from) == '_') from++;
  if (from == class_name->length) return name;
  return str_format(vm, "_%U%U", str_substring(vm, class_name, from, class_name->length), name);
}

static bool is_identifier(VM *vm, Str *name) {
  if (name->length == 0) return false;
  if (!str_is_ascii(name))
    return call_method0(vm, value_from(name), NAME("isidentifier")) == VALUE_TRUE;
  for (size_t i = 0; i < name->length; i++) {
    uint32_t c = str_at(name, i);
    bool letter = c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(i > 0 && c >= '0' && c <= '9')) return false;
  }
  return true;
}

static bool add_slot(VM *vm, Slots *slots, Type *base, Str *class_name, Dict *attrs, Value item) {
  if (type_item_size(base))
    return raise_false(vm, TYPE_OF(TypeError),
                       "nonempty __slots__ not supported for subtype of '%N'", base);
  if (!value_is_str(item))
    return raise_false(vm, TYPE_OF(TypeError), "__slots__ items must be strings, not '%T'", item);
  Str *name = value_object(item);
  if (!is_identifier(vm, name))
    return raise_false(vm, TYPE_OF(TypeError), "__slots__ must be identifiers");
  if (str_equal_cstr(name, "__dict__")) {
    if (slots->dict || type_has(base, TYPE_HAS_DICT))
      return raise_false(vm, TYPE_OF(TypeError), "__dict__ slot disallowed: we already got one");
    return slots->dict = true;
  }
  if (str_equal_cstr(name, "__weakref__")) {
    if (slots->weakref || type_has(base, TYPE_WEAKREFABLE))
      return raise_false(
          vm, TYPE_OF(TypeError),
          "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0");
    return slots->weakref = true;
  }
  name = str_intern(vm, mangle(vm, class_name, name));
  if (dict_get_str(vm, attrs, name) != VALUE_UNBOUND && !str_equal_cstr(name, "__qualname__") &&
      !str_equal_cstr(name, "__classcell__"))
    return raise_false(vm, TYPE_OF(ValueError), "%R in __slots__ conflicts with class variable",
                       value_from(name));
  for (size_t i = 0; i < list_length(slots->names); i++)
    if (list_items(slots->names)[i] == value_from(name)) return true;
  return list_append_value(vm, slots->names, value_from(name));
}

static bool read_slots(VM *vm, Slots *slots, Type *base, Str *class_name, Dict *attrs) {
  Value given = dict_get_str(vm, attrs, NAME("__slots__"));
  *slots = (Slots){.given = given != VALUE_UNBOUND, .names = list_new(vm, 0), .docs = VALUE_NONE};
  if (!slots->given) return true;
  if (value_is_str(given)) return add_slot(vm, slots, base, class_name, attrs, given);
  if (value_has_flag(given, TYPE_DICT_SUBCLASS)) slots->docs = given;
  Tuple *items = tuple_from_iterable(vm, given);
  if (!items) return false;
  for (size_t i = 0; i < tuple_length(items); i++)
    if (!add_slot(vm, slots, base, class_name, attrs, items->items[i])) return false;
  return list_sort_values(vm, slots->names, VALUE_NONE, false);
}

/* ---- layout */

enum { ESTIMATE_MAX = 40 };

/* attributes_stored: how many different names __init__ stores on its first parameter: what
** instances will have, most likely. */
static int attributes_stored(VM *vm, Dict *attrs) {
  Value init = dict_get_str(vm, attrs, NAME("__init__"));
  if (!value_is(init, function)) return 0;
  const ImageFunction *fn = &((Function *)value_object(init))->code->fn;
  static const OperandLimits any = {.of = {[0 ... OPERAND_INDEX] = UINT32_MAX}};
  const uint8_t *at = fn->code, *end = at + fn->code_size; /* not verified before its first call */
  int32_t names[ESTIMATE_MAX];
  int count = 0;
  while (at < end && count < ESTIMATE_MAX) {
    Insn insn;
    if (!(at = op_decode_within(at, end, &any, &insn))) break;
    const Operands_STORE_ATTR *store = OPERANDS(STORE_ATTR, &insn);
    if (insn.op != OP_STORE_ATTR || store->object != 0) continue;
    int i = 0;
    while (i < count && names[i] != store->name) i++;
    if (i == count) names[count++] = store->name;
  }
  return count;
}

static int inline_capacity(VM *vm, Type *base, Dict *attrs) {
  int n = (int)base->learned_slots, stored = attributes_stored(vm, attrs);
  if (stored > n) n = stored;
  return n > INLINE_SLOTS ? n : INLINE_SLOTS;
}

static void lay_out(VM *vm, Type *type, Type *base, const Slots *slots) {
  bool is_meta = type_has(base, TYPE_TYPE_SUBCLASS);
  bool wants_dict = !slots->given || slots->dict;
  bool has_dict = type_has(base, TYPE_HAS_DICT) || (wants_dict && !is_meta);
  /* a base beside the layout base may bring the dict */
  for (size_t i = 0; i < tuple_length(type->bases) && !is_meta; i++)
    has_dict |= type_has((Type *)value_object(type->bases->items[i]), TYPE_HAS_DICT);
  type->basic_size = base->basic_size + (uint32_t)list_length(slots->names) * sizeof(Value);
  if (has_dict) type->flags |= TYPE_HAS_DICT;
  bool native_extra = base->extra_offset && base->extra_offset < base->spec->basic_size;
  if (type_has(type, TYPE_VAR_SIZE)) type->extra_offset = 0;
  else if (native_extra) type->extra_offset = base->extra_offset;
  else type->extra_offset = has_dict ? (uint16_t)type->basic_size : 0;
  type->slots_offset =
      (uint16_t)(type->basic_size + (has_dict && !native_extra ? sizeof(Value) : 0));
  ShapeKind kind = !has_dict                                              ? SHAPE_NONE
                   : type_has(type, TYPE_VAR_SIZE | TYPE_MODULE_SUBCLASS) ? SHAPE_DICT
                                                                          : SHAPE_SLOTS;
  int capacity = kind == SHAPE_SLOTS ? inline_capacity(vm, base, type->attrs) : 0;
  type->cell_size = type->slots_offset + (uint32_t)capacity * sizeof(Value);
  if (type_has(type, TYPE_VAR_SIZE)) {
    uint32_t members = type->basic_size - type->spec->basic_size;
    type->cell_size = members || has_dict ? members + (uint32_t)sizeof(Value) : 0;
  }
  type->shape = shape_new_root(vm, type, kind, capacity);
}

static bool add_members(VM *vm, Type *type, Type *base, const Slots *slots) {
  for (size_t i = 0; i < list_length(slots->names); i++) {
    Str *name = value_object(list_items(slots->names)[i]);
    uint32_t at = base->basic_size + (uint32_t)i * sizeof(Value);
    bool at_end = type_has(type, TYPE_VAR_SIZE); /* of which `extra` has the last word */
    Value member = member_descriptor_new(vm, type, name, at_end ? 0 : at, false);
    uint32_t before = at - type->spec->basic_size;
    if (at_end)
      ((MemberDescriptor *)value_object(member))->from_end = before + 2 * (uint32_t)sizeof(Value);
    if (slots->docs != VALUE_NONE) {
      Value doc = dict_get(vm, value_object(slots->docs), value_from(name));
      if (doc == VALUE_FAIL) return false;
      if (doc != VALUE_UNBOUND) ((MemberDescriptor *)value_object(member))->doc = doc;
    }
    if (!dict_set_str(vm, type->attrs, name, member)) return false;
  }
  return true;
}

/* ---- the namespace */

static Dict *intern_namespace(VM *vm, Dict *from) {
  Dict *attrs = dict_new_sized(vm, dict_length(from) + 4);
  if (!attrs) return NULL;
  size_t position = 0;
  Value key, v;
  while (dict_next(from, &position, &key, &v)) {
    bool ok = value_is(key, str) ? dict_set_str(vm, attrs, str_intern(vm, value_object(key)), v)
                                 : dict_set(vm, attrs, key, v);
    if (!ok) return NULL;
  }
  return attrs;
}

static Value wrap_callable(VM *vm, Value function, uint32_t shape) {
  Wrapper *wrapper = heap_new_zeroed(vm, shape, sizeof *wrapper);
  wrapper->callable = function;
  return value_from(wrapper);
}

static bool wrap_if_function(VM *vm, Dict *attrs, Str *name, uint32_t shape) {
  Value v = dict_get_str(vm, attrs, name);
  if (v == VALUE_UNBOUND || !value_is(v, function)) return true;
  return dict_set_str(vm, attrs, name, wrap_callable(vm, v, shape));
}

/* __module__: __name__ of the globals of the Python code that makes the class. */
static bool add_module(VM *vm, Dict *attrs) {
  if (dict_get_str(vm, attrs, NAME("__module__")) != VALUE_UNBOUND) return true;
  const Function *running = running_function(vm);
  if (!running) return true;
  Value name = dict_get_str(vm, running->globals, NAME("__name__"));
  return name == VALUE_UNBOUND || dict_set_str(vm, attrs, NAME("__module__"), name);
}

static bool prepare_namespace(VM *vm, Type *type, Dict *attrs) {
  Value qualname = dict_get_str(vm, attrs, NAME("__qualname__"));
  type->qualname = type->name;
  if (qualname != VALUE_UNBOUND) {
    if (!value_is_str(qualname))
      return raise_false(vm, TYPE_OF(TypeError), "type __qualname__ must be a str, not %T",
                         qualname);
    type->qualname = value_object(qualname);
    dict_remove_str(vm, attrs, NAME("__qualname__"));
  }
  if (!add_module(vm, attrs)) return false;
  if (dict_get_str(vm, attrs, NAME("__doc__")) == VALUE_UNBOUND &&
      !dict_set_str(vm, attrs, NAME("__doc__"), VALUE_NONE))
    return false;
  if (!wrap_if_function(vm, attrs, NAME("__new__"), SHAPE_OF(staticmethod))) return false;
  if (!wrap_if_function(vm, attrs, NAME("__init_subclass__"), SHAPE_OF(classmethod))) return false;
  if (!wrap_if_function(vm, attrs, NAME("__class_getitem__"), SHAPE_OF(classmethod))) return false;
  if (dict_get_str(vm, attrs, NAME("__eq__")) != VALUE_UNBOUND &&
      dict_get_str(vm, attrs, NAME("__hash__")) == VALUE_UNBOUND)
    return dict_set_str(vm, attrs, NAME("__hash__"), VALUE_NONE);
  return true;
}

static bool fill_class_cell(VM *vm, Type *type) {
  Value cell = dict_get_str(vm, type->attrs, NAME("__classcell__"));
  if (cell == VALUE_UNBOUND) return true;
  if (!value_is(cell, cell))
    return raise_false(vm, TYPE_OF(TypeError),
                       "__classcell__ must be a nonlocal cell, not <class '%T'>", cell);
  Cell *c = value_object(cell);
  c->value = value_from(type);
  heap_barrier(vm, c, c->value);
  dict_remove_str(vm, type->attrs, NAME("__classcell__"));
  return true;
}

/* ---- hooks after creation */

static bool call_set_names(VM *vm, Type *type) {
  size_t position = 0;
  Value key, v;
  bool any = false;
  while (!any && dict_next(type->attrs, &position, &key, &v))
    any = value_has_special(v, SPECIAL_set_name);
  if (!any) return true;
  Dict *copy = dict_copy(vm, type->attrs); /* __set_name__ may change the namespace */
  if (!copy) return false;
  position = 0;
  while (dict_next(copy, &position, &key, &v)) {
    Value method = value_special(v, SPECIAL_set_name);
    if (method == VALUE_UNBOUND) continue;
    if (call_special2(vm, method, v, value_from(type), key) == VALUE_FAIL) {
      Value cause = error_take(vm);
      raise_from(vm, TYPE_OF(RuntimeError), cause,
                 "Error calling __set_name__ on '%T' instance %R in '%N'", v, key, type);
      return false;
    }
  }
  return true;
}

static bool call_init_subclass(VM *vm, Type *type, const Value *kwargs, Tuple *kwnames) {
  Value method = VALUE_UNBOUND;
  size_t at = 0; /* mro() may have put the class elsewhere */
  while (at < tuple_length(type->mro) && value_object(type->mro->items[at]) != type) at++;
  if (at == tuple_length(type->mro))
    return raise_false(vm, TYPE_OF(TypeError),
                       "super(type, obj): obj must be an instance or subtype of type");
  for (size_t i = at + 1; i < tuple_length(type->mro) && method == VALUE_UNBOUND; i++)
    method = dict_get_str(vm, ((Type *)value_object(type->mro->items[i]))->attrs,
                          NAME("__init_subclass__"));
  if (method == VALUE_UNBOUND) return true;
  if (value_is(method, classmethod_descriptor) &&
      ((NativeFunction *)value_object(method))->owner == TYPE_OF(object) &&
      (!kwnames || tuple_length(kwnames) == 0))
    return true;
  Value bound = descriptor_get(vm, method, VALUE_UNBOUND, type);
  return bound != VALUE_FAIL && call_values(vm, bound, kwargs, 0, kwnames) != VALUE_FAIL;
}

static uint32_t inherited_flags(Type *base, Tuple *bases) {
  enum { FROM_BASE = TYPE_VAR_SIZE | TYPE_HAS_DICT | TYPE_WEAKREFABLE | TYPE_DISALLOW_NEW };
  uint32_t flags = base->flags & (FROM_BASE | TYPE_NO_POINTERS);
  const uint32_t subclass = TYPE_INT_SUBCLASS | TYPE_STR_SUBCLASS | TYPE_LIST_SUBCLASS |
                            TYPE_TUPLE_SUBCLASS | TYPE_DICT_SUBCLASS | TYPE_BYTES_SUBCLASS |
                            TYPE_TYPE_SUBCLASS | TYPE_EXCEPTION_SUBCLASS | TYPE_FLOAT_SUBCLASS |
                            TYPE_SET_SUBCLASS | TYPE_COMPLEX_SUBCLASS | TYPE_BYTEARRAY_SUBCLASS |
                            TYPE_MODULE_SUBCLASS;
  flags |= base->flags & subclass;
  for (size_t i = 0; i < tuple_length(bases); i++) {
    uint32_t match =
        ((Type *)value_object(bases->items[i]))->flags & (TYPE_MATCH_SEQUENCE | TYPE_MATCH_MAPPING);
    if (match && !(flags & (TYPE_MATCH_SEQUENCE | TYPE_MATCH_MAPPING))) flags |= match;
    flags |= ((Type *)value_object(bases->items[i]))->flags & TYPE_WEAKREFABLE;
  }
  return flags | TYPE_HEAP | TYPE_BASE;
}

static Type *allocate_type(VM *vm, Type *metaclass, Str *name, Type *base, Tuple *bases) {
  Type *type = heap_new_zeroed(vm, shape_address(metaclass->shape), metaclass->cell_size);
  if (!type) return NULL;
  for (size_t at = sizeof(Type); at < metaclass->basic_size; at += 8)
    *(Value *)((char *)type + at) = VALUE_UNBOUND;
  for (int i = 0; i < SPECIAL_COUNT; i++) type->specials[i] = VALUE_UNBOUND;
  type->name = type->qualname = name;
  type->bases = bases;
  type->base = base;
  type->spec = base->spec;
  type->trace = base->trace;
  type->destroy = base->destroy;
  type->flags = inherited_flags(base, bases);
  return type;
}

Value type_new(VM *vm, Type *metaclass, Str *name, Tuple *bases, Dict *namespace_,
               const Value *kwargs, Tuple *kwnames) {
  if (tuple_length(bases) == 0) bases = TUPLE(value_from(TYPE_OF(object)));
  Type *base = type_best_base(vm, bases);
  if (!base) return VALUE_FAIL;
  for (size_t i = 0; i < name->length; i++)
    if (str_at(name, i) == 0) return raise_value(vm, "type name must not contain null characters");
  Dict *attrs = intern_namespace(vm, namespace_);
  Slots slots;
  if (!attrs || !read_slots(vm, &slots, base, name, attrs)) return VALUE_FAIL;
  Str *exact_name = str_exact(vm, name);
  Type *type = exact_name ? allocate_type(vm, metaclass, exact_name, base, bases) : NULL;
  if (!type) return VALUE_FAIL;
  type->attrs = attrs;
  attrs->h.bits |= DICT_OF_CLASS;
  heap_barrier_any(vm, type);
  if (!slots.given || slots.weakref)
    if (!type_has(type, TYPE_VAR_SIZE) || type_has(base, TYPE_STR_SUBCLASS))
      type->flags |= TYPE_WEAKREFABLE;
  if (!prepare_namespace(vm, type, attrs)) return VALUE_FAIL;
  heap_barrier_any(vm, type);
  lay_out(vm, type, base, &slots);
  if (!fill_class_cell(vm, type)) return VALUE_FAIL;
  if (!add_members(vm, type, base, &slots) || !type_add_dict_attributes(vm, type, base))
    return VALUE_FAIL;
  if (type_compute_mro(vm, type) == ANSWER_FAILED) return VALUE_FAIL;
  if (!type_link_bases(vm, type)) return VALUE_FAIL;
  type->flags |= TYPE_READY;
  type_refresh_tree(vm, type);
  if (!call_set_names(vm, type) || !call_init_subclass(vm, type, kwargs, kwnames))
    return VALUE_FAIL;
  return value_from(type);
}

/* ---- calling a class */

/* The nearest native constructor of a class. */
static RawEntry nearest_constructor(const Type *type) {
  for (; type; type = type->base)
    if (type->construct) return type->construct;
  return NULL;
}

static Value make_instance(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  Value method = cls->specials[SPECIAL_new];
  if (LIKELY(value_is(method, builtin_function_or_method))) {
    NativeFunction *f = value_object(method);
    if (LIKELY(f->spec == &native_new_spec))
      return f->owner->construct(vm, value_from(cls), args, npos, kwnames);
  }
  if (value_is(method, staticmethod)) method = ((Wrapper *)value_object(method))->callable;
  else if (!value_is(method, builtin_function_or_method) && !value_is(method, function)) {
    method = descriptor_get(vm, method, VALUE_UNBOUND, cls);
    if (method == VALUE_FAIL) return VALUE_FAIL;
  }
  int count = npos + (kwnames ? (int)tuple_length(kwnames) : 0);
  Value all[count + 1];
  all[0] = value_from(cls);
  if (count) memcpy(all + 1, args, (size_t)count * sizeof(Value));
  return call_values(vm, method, all, npos + 1, kwnames);
}

static bool initialise(VM *vm, Value instance, const Value *args, int npos, Tuple *kwnames) {
  Value method = value_type(instance)->specials[SPECIAL_init];
  int count = npos + (kwnames ? (int)tuple_length(kwnames) : 0);
  if (value_is(method, wrapper_descriptor)) {
    NativeFunction *d = value_object(method);
    /* nothing to do; surplus arguments are object's __new__'s to refuse, unless overridden */
    if (d->owner == TYPE_OF(object)) {
      if (count == 0 || type_is_native_new(value_type(instance))) return true;
    }
    if (!native_check_self(vm, d, instance)) return false;
    return native_call(vm, d->spec, instance, args, npos, kwnames) != VALUE_FAIL;
  }
  Value all[count + 1];
  int extra = 1;
  if (value_is(method, function)) all[0] = instance;
  else {
    method = descriptor_get(vm, method, instance, value_type(instance));
    if (method == VALUE_FAIL) return false;
    extra = 0;
  }
  if (count) memcpy(all + extra, args, (size_t)count * sizeof(Value));
  Value result = call_values(vm, method, all, npos + extra, kwnames);
  if (result == VALUE_FAIL) return false;
  if (result != VALUE_NONE)
    return raise_false(vm, TYPE_OF(TypeError), "__init__() should return None, not '%T'", result);
  return true;
}

/* initialise_own: an instance that its built-in class has just made (perf-note 0085). */
static inline Value initialise_own(VM *vm, const Type *cls, Value made, const Value *args, int npos,
                                   Tuple *kwnames) {
  Value init = cls->specials[SPECIAL_init];
  if (init == TYPE_OF(object)->specials[SPECIAL_init]) return made; /* it has nothing to add */
  const NativeFunction *own = value_object(init);
  bool is_own = value_is(init, wrapper_descriptor) && own->owner == cls;
  if (UNLIKELY(!is_own || !(own->spec->flags & METHOD_RAW)))
    return initialise(vm, made, args, npos, kwnames) ? made : VALUE_FAIL;
  if (UNLIKELY(!vm_guard_call(vm))) return VALUE_FAIL;
  return own->spec->raw(vm, made, args, npos, kwnames) == VALUE_FAIL ? VALUE_FAIL : made;
}

bool type_is_native_new(const Type *type) {
  Value method = type->specials[SPECIAL_new];
  return value_is(method, builtin_function_or_method) &&
         ((NativeFunction *)value_object(method))->spec == &native_new_spec;
}

/* A struct sequence shows its module, as if it were static; a subclass of a static class does
** not. */
static COLD Value raise_not_made(VM *vm, Type *cls) {
  if (type_is_native_new(cls)) return raise_type(vm, "cannot create '%N' instances", cls);
  return raise_type(vm, "cannot create '%U' instances", type_qualified_name(vm, cls));
}

Value type_call(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  Type *cls = value_object(self);
  /* int(x), zip(a, b), set(x), super() …: built-in, immutable, no method is looked for */
  const uint32_t special = TYPE_HEAP | TYPE_DISALLOW_NEW | TYPE_TYPE_SUBCLASS;
  if (!type_has(cls, special) && cls->construct) {
    Value made = cls->construct(vm, self, args, npos, kwnames);
    if (value_is_fail(made)) return VALUE_FAIL;
    if (LIKELY(value_type(made) == cls)) return initialise_own(vm, cls, made, args, npos, kwnames);
    return !type_is_subtype(value_type(made), cls) || initialise(vm, made, args, npos, kwnames)
               ? made
               : VALUE_FAIL;
  }
  if (cls == TYPE_OF(type) && npos != 3) {
    if (npos != 1) return raise_type(vm, "type() takes 1 or 3 arguments");
    if (kwnames && tuple_length(kwnames))
      return raise_type(vm, "type() takes no keyword arguments");
    return value_from(value_type(args[0]));
  }
  bool native_new = value_is(cls->specials[SPECIAL_new], builtin_function_or_method);
  if (UNLIKELY((type_has(cls, TYPE_DISALLOW_NEW) && native_new) ||
               cls->specials[SPECIAL_new] == VALUE_UNBOUND ||
               cls->specials[SPECIAL_new] == VALUE_NONE))
    return raise_not_made(vm, cls);
  Value instance = make_instance(vm, cls, args, npos, kwnames);
  if (instance == VALUE_FAIL) return VALUE_FAIL;
  if (value_type(instance) != cls && !type_is_subtype(value_type(instance), cls)) return instance;
  return initialise(vm, instance, args, npos, kwnames) ? instance : VALUE_FAIL;
}

/* ---- __new__ of native classes: type.__new__(cls, ...) */

/* safe_class: the nearest whose __new__ is not written in Python. */
static Type *safe_class(Type *cls) {
  while (type_has(cls, TYPE_HEAP) &&
         !value_is(cls->specials[SPECIAL_new], builtin_function_or_method))
    cls = cls->base;
  return cls;
}

static Value new_entry(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  Type *owner = value_object(self);
  if (npos < 1) return raise_type(vm, "%N.__new__(): not enough arguments", owner);
  if (!value_is_type(args[0]))
    return raise_type(vm, "%N.__new__(X): X is not a type object (%T)", owner, args[0]);
  Type *cls = value_object(args[0]);
  if (!type_is_subtype(cls, owner))
    return raise_type(vm, "%N.__new__(%N): %N is not a subtype of %N", owner, cls, cls, owner);
  if (type_has(cls, TYPE_DISALLOW_NEW) || nearest_constructor(cls) != owner->construct)
    return raise_type(vm, "%N.__new__(%N) is not safe, use %N.__new__()", owner, cls,
                      safe_class(cls));
  return owner->construct(vm, args[0], args + 1, npos - 1, kwnames);
}
const MethodSpec native_new_spec = {
    .name = "__new__",
    .doc = "Create and return a new object.  See help(type) for accurate signature.",
    .raw = new_entry,
    .flags = METHOD_RAW,
    .signature = "($type, /, *args, **kwargs)",
};

/* ---- rows that ClassSpec.next stands for */

static Value next_entry(VM *vm, const MethodSpec *spec, Value self, const Value *args) {
  const ClassSpec *with = type_spec_with_next(value_type(self));
  Value v = with->next(vm, self);
  return v == VALUE_STOP ? raise_stop(vm, VALUE_NONE) : v;
}
static const ParamSpec no_params[] = {{NULL, 0, 0, NULL, NULL}};
const MethodSpec native_next_spec = {.name = "__next__",
                                     .doc = "Implement next(self).",
                                     .entry = next_entry,
                                     .params = no_params,
                                     .flags = METHOD_SLOT};

static Value iter_entry(VM *vm, const MethodSpec *spec, Value self, const Value *args) {
  return self;
}
const MethodSpec native_iter_spec = {.name = "__iter__",
                                     .doc = "Implement iter(self).",
                                     .entry = iter_entry,
                                     .params = no_params,
                                     .flags = METHOD_SLOT};

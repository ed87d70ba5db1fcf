/* object.c -- object: what every class inherits. Copying and pickling support is in
** object_reduce.c. */
#include "vm/contracts/sys.h"
#include "vm/objects/object.h"
#include "vm/objects/items.h"

#include <stdio.h>

#include "vm/contracts/type_internal.h"
#include "vm/objects/function.h"
#include "vm/objects/list.h"
#include "vm/shapes/shape.h"

#define NATIVE_DEF "vm/objects/object.def"
#define NATIVE_PREFIX object_
#include "vm/contracts/native_class.inc"

const char *object_address_text(uint64_t identity) {
  static char texts[4][24];
  static unsigned next;
  char *text = texts[next++ % 4];
  snprintf(text, sizeof texts[0], "%#lx", (unsigned long)identity);
  return text;
}

/* ---- text, identity, comparison */

static Value object_op_repr(VM *vm, Value self, const object_op_repr_args *a) {
  Str *type = type_qualified_name(vm, value_type(self));
  if (!type) return VALUE_FAIL;
  return value_of(
      str_format(vm, "<%U object at %s>", type, object_address_text(value_identity(self))));
}
static Value object_op_str(VM *vm, Value self, const object_op_str_args *a) {
  return value_repr(vm, self);
}

static Value object_op_hash(VM *vm, Value self, const object_op_hash_args *a) {
  return value_int(vm, (int64_t)(identity_hash((void *)(uintptr_t)value_identity(self))));
}
static Value object_op_eq(VM *vm, Value self, const object_op_eq_args *a) {
  return self == a->value ? VALUE_TRUE : VALUE_NOT_IMPLEMENTED;
}
/* the opposite of __eq__ */
static Value object_op_ne(VM *vm, Value self, const object_op_ne_args *a) {
  Value equal = call_special1(vm, value_special(self, SPECIAL_eq), self, a->value);
  if (equal == VALUE_FAIL || equal == VALUE_NOT_IMPLEMENTED) return equal;
  int truth = value_truth(vm, equal);
  return truth < 0 ? VALUE_FAIL : value_bool(!truth);
}
static Value object_op_lt(VM *vm, Value self, const object_op_lt_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value object_op_le(VM *vm, Value self, const object_op_le_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value object_op_gt(VM *vm, Value self, const object_op_gt_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value object_op_ge(VM *vm, Value self, const object_op_ge_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}

/* ---- attributes */

static Value object_op_getattribute(VM *vm, Value self, const object_op_getattribute_args *a) {
  Str *name = attribute_name(vm, a->name);
  return name ? object_get_attribute(vm, self, name) : VALUE_FAIL;
}

/* object.__setattr__ must not get around the protocol of a class that is more special than
** object's. */
static bool may_set_generically(VM *vm, Value self, const char *what) {
  if (!value_has_flag(self, TYPE_TYPE_SUBCLASS)) return true;
  return raise_false(vm, TYPE_OF(TypeError), "can't apply this %s to %T object", what, self);
}
static Value object_op_setattr(VM *vm, Value self, const object_op_setattr_args *a) {
  Str *name = attribute_name(vm, a->name);
  if (!name || !may_set_generically(vm, self, "__setattr__")) return VALUE_FAIL;
  return value_none_if(object_set_attribute(vm, self, name, a->value));
}
static Value object_op_delattr(VM *vm, Value self, const object_op_delattr_args *a) {
  Str *name = attribute_name(vm, a->name);
  if (!name || !may_set_generically(vm, self, "__delattr__")) return VALUE_FAIL;
  return value_none_if(object_set_attribute(vm, self, name, VALUE_MISSING));
}

/* ---- making */

static bool is_objects(Value method) {
  return value_is(method, wrapper_descriptor) &&
         ((NativeFunction *)value_object(method))->owner == TYPE_OF(object);
}
static bool new_is_objects(const Type *type) {
  Value method = type->specials[SPECIAL_new];
  return value_is(method, builtin_function_or_method) &&
         ((NativeFunction *)value_object(method))->owner == TYPE_OF(object);
}

static Value refuse_abstract(VM *vm, Type *cls) {
  Value names = dict_get_str(vm, cls->attrs, NAME("__abstractmethods__"));
  if (names == VALUE_UNBOUND)
    return raise_error(vm, TYPE_OF(AttributeError), "__abstractmethods__");
  List *sorted = list_from_iterable(vm, names);
  if (!sorted || !list_sort_values(vm, sorted, VALUE_NONE, false)) return VALUE_FAIL;
  Value joined = call_method1(vm, value_from(NAME(", ")), NAME("join"), value_from(sorted));
  if (joined == VALUE_FAIL) return VALUE_FAIL;
  return raise_type(vm, "Can't instantiate abstract class %N with abstract method%s %S", cls,
                    list_length(sorted) > 1 ? "s" : "", joined);
}

static Value object_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  bool excess = npos > 0 || (kwnames && tuple_length(kwnames) > 0);
  if (excess && !new_is_objects(cls))
    return raise_type(vm, "object.__new__() takes exactly one argument (the type to instantiate)");
  if (excess && is_objects(cls->specials[SPECIAL_init]))
    return raise_type(vm, "%N() takes no arguments", cls);
  if (UNLIKELY(type_has(cls, TYPE_ABSTRACT))) return refuse_abstract(vm, cls);
  return object_new(vm, cls);
}

static Value object_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  bool excess = npos > 0 || (kwnames && tuple_length(kwnames) > 0);
  if (!excess) return VALUE_NONE;
  Type *type = value_type(self);
  if (!is_objects(type->specials[SPECIAL_init]))
    return raise_type(vm,
                      "object.__init__() takes exactly one argument (the instance to initialize)");
  if (new_is_objects(type) && !type_has(type, TYPE_DISALLOW_NEW))
    return raise_type(vm, "%N.__init__() takes exactly one argument (the instance to initialize)",
                      type);
  return VALUE_NONE;
}

static Value object_init_subclass(VM *vm, Value self, const object_init_subclass_args *a) {
  return VALUE_NONE;
}
static Value object_subclasshook(VM *vm, Value self, const object_subclasshook_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}

/* ---- the rest */

static Value object_format(VM *vm, Value self, const object_format_args *a) {
  if (a->format_spec->length)
    return raise_type(vm, "unsupported format string passed to %T.__format__", self);
  return value_str(vm, self);
}

static Value object_sizeof(VM *vm, Value self, const object_sizeof_args *a) {
  if (value_is_pointer(self)) return cell_sizeof(vm, value_object(self), NULL);
  /* as CPython's, though they take no cell */
  return value_int_unchecked(value_is_float(self) ? 24 : 16);
}

static Value object_reduce(VM *vm, Value self, const object_reduce_args *a) {
  return object_reduce_protocol(vm, self, 0);
}
static Value object_reduce_ex(VM *vm, Value self, const object_reduce_ex_args *a) {
  Value reduce = type_lookup(vm, value_type(self), NAME("__reduce__"));
  if (reduce != VALUE_UNBOUND &&
      reduce != dict_get_str(vm, TYPE_OF(object)->attrs, NAME("__reduce__"))) {
    Value method = get_attribute(vm, self, NAME("__reduce__"));
    return method == VALUE_FAIL ? VALUE_FAIL : call0(vm, method);
  }
  return object_reduce_protocol(vm, self, a->protocol);
}
static Value object_getstate(VM *vm, Value self, const object_getstate_args *a) {
  return object_default_state(vm, self, false);
}

/* ---- dir() */

static bool merge_class_names(VM *vm, Dict *names, Value cls) {
  Value dict = find_attribute(vm, cls, NAME("__dict__"));
  if (dict == VALUE_FAIL) return false;
  if (dict != VALUE_UNBOUND && !dict_update(vm, names, dict, true)) return false;
  Value bases = find_attribute(vm, cls, NAME("__bases__"));
  if (bases == VALUE_FAIL) return false;
  if (bases == VALUE_UNBOUND || !value_has_flag(bases, TYPE_TUPLE_SUBCLASS)) return true;
  Tuple *tuple = value_object(bases);
  for (size_t i = 0; i < tuple_length(tuple); i++)
    if (!merge_class_names(vm, names, tuple->items[i])) return false;
  return true;
}

Value object_class_names(VM *vm, Value cls) {
  Dict *names = dict_new(vm);
  return merge_class_names(vm, names, cls) ? value_of(list_from_iterable(vm, value_from(names)))
                                           : VALUE_FAIL;
}

static Value object_dir(VM *vm, Value self, const object_dir_args *a) {
  Dict *names = dict_new(vm);
  Value own = find_attribute(vm, self, NAME("__dict__"));
  if (own == VALUE_FAIL) return VALUE_FAIL;
  if (own != VALUE_UNBOUND && value_has_flag(own, TYPE_DICT_SUBCLASS) &&
      !dict_update(vm, names, own, true))
    return VALUE_FAIL;
  Value cls = find_attribute(vm, self, NAME("__class__"));
  if (cls == VALUE_FAIL) return VALUE_FAIL;
  if (cls != VALUE_UNBOUND && !merge_class_names(vm, names, cls)) return VALUE_FAIL;
  return value_of(list_from_iterable(vm, value_from(names)));
}

/* ---- __class__ */

static Value object_get_class(VM *vm, Value self) { return value_from(value_type(self)); }

MUST_USE static bool instance_change_class(VM *vm, Object *self, Type *to);

static bool object_set_class(VM *vm, Value self, Value v) {
  if (v == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(TypeError), "can't delete __class__ attribute");
  if (!value_is_type(v))
    return raise_false(vm, TYPE_OF(TypeError), "__class__ must be set to a class, not '%T' object",
                       v);
  if (!SYS_AUDIT(vm, "object.__setattr__", self, value_from(NAME("__class__")), v)) return false;
  Type *from = value_type(self), *to = value_object(v);
  if (from == to) return true;
  bool modules = type_is_subtype(from, TYPE_OF(module)) && type_is_subtype(to, TYPE_OF(module));
  if (!modules && (!type_has(from, TYPE_HEAP) || !type_has(to, TYPE_HEAP)))
    return raise_false(
        vm, TYPE_OF(TypeError),
        "__class__ assignment only supported for mutable types or ModuleType subclasses");
  if (!type_same_layout(from, to))
    return raise_false(vm, TYPE_OF(TypeError),
                       "__class__ assignment: '%N' object layout differs from '%N'", to, from);
  return instance_change_class(vm, value_object(self), to);
}

/* instance_change_class: attributes go to a dictionary, which every layout has the same way. */
static bool instance_change_class(VM *vm, Object *self, Type *to) {
  /* it may be an attribute of some class */
  if (!type_same_descriptor(object_type(self), to)) type_renew_all_keys(vm);
  if (type_has(to, TYPE_HAS_DICT)) {
    if (!instance_dict(vm, self)) return false;
    self->shape = shape_address(shape_dict_of(vm, to));
  } else {
    self->shape = shape_address(to->shape);
  }
  if (type_has(to, TYPE_HAS_DEL)) heap_track_finalizer(vm, self);
  heap_barrier_any(vm, self);
  if (type_has(to, TYPE_TYPE_SUBCLASS)) shape_renew_keys(vm, (Type *)self);
  return true;
}

const ClassSpec object_class = {NATIVE_CLASS(object_), .basic_size = sizeof(Object)};

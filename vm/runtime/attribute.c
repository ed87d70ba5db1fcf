/* attribute.c -- object.name in all its forms: the ordinary protocol, classes, modules, super, descriptors.
**
** "find" functions say VALUE_UNBOUND for an absent attribute, so that hasattr, getattr with a default and imports make no
** exception objects. An attribute hook that is native (a wrapper around one of the C functions here) is recognised by its
** owner and called directly.
*/
#include "vm/contracts/type_internal.h"
#include "vm/native/bind.h"
#include "vm/objects/exception.h"
#include "vm/objects/module.h"
#include "vm/objects/property.h"

Str *attribute_name(VM *vm, Value name) {
  if (LIKELY(value_is(name, str))) return str_intern(vm, value_object(name));
  if (value_is_str(name)) return str_intern(vm, str_exact(vm, value_object(name)));
  return raise_type(vm, "attribute name must be string, not '%T'", name), NULL;
}

/* ---- descriptors */

static Value call_getter(VM *vm, Property *p, Value object) {
  if (LIKELY(value_is_pointer(p->get))) return call1(vm, p->get, object);
  return property_no_getter(vm, p, object);
}

static Value bind_classmethod(VM *vm, Wrapper *wrapper, Type *type) {
  Value callable = wrapper->callable;
  if (value_is(callable, function)) return method_new(vm, callable, value_from(type));
  Value get = value_special(callable, SPECIAL_get);
  if (get != VALUE_UNBOUND) return descriptor_get(vm, callable, value_from(type), type); /* the class is object and owner */
  return method_new(vm, callable, value_from(type));
}

Value descriptor_get(VM *vm, Value descriptor, Value object, Type *type) {
  if (!value_is_pointer(descriptor)) return descriptor;
  bool bound = object != VALUE_UNBOUND;
  switch (((Object *)value_object(descriptor))->shape) {
  case SHAPE_OF(function): return bound ? method_new(vm, descriptor, object) : descriptor;
  case SHAPE_OF(builtin_function_or_method): return descriptor;
  case SHAPE_OF(method_descriptor):
  case SHAPE_OF(wrapper_descriptor):
    if (!bound) return descriptor;
    return native_check_self(vm, value_object(descriptor), object) ? native_bind(vm, value_object(descriptor), object) : VALUE_FAIL;
  case SHAPE_OF(classmethod_descriptor): return native_bind(vm, value_object(descriptor), value_from(type));
  case SHAPE_OF(property): return bound ? call_getter(vm, value_object(descriptor), object) : descriptor;
  case SHAPE_OF(getset_descriptor): return bound ? getset_get(vm, value_object(descriptor), object) : descriptor;
  case SHAPE_OF(member_descriptor): {
    if (!bound) return descriptor;
    Value v = member_get(vm, value_object(descriptor), object);
    return v == VALUE_UNBOUND ? raise_attribute(vm, object, ((MemberDescriptor *)value_object(descriptor))->name) : v;
  }
  case SHAPE_OF(staticmethod): return ((Wrapper *)value_object(descriptor))->callable;
  case SHAPE_OF(classmethod): return bind_classmethod(vm, value_object(descriptor), type);
  default: break;
  }
  Value get = value_special(descriptor, SPECIAL_get);
  if (LIKELY(get == VALUE_UNBOUND)) return descriptor;
  return call_special2(vm, get, descriptor, bound ? object : VALUE_NONE, value_from(type));
}

static bool is_data_descriptor(Value v) {
  if (!value_is_pointer(v)) return false;
  switch (((Object *)value_object(v))->shape) {
  case SHAPE_OF(function): case SHAPE_OF(method_descriptor): case SHAPE_OF(wrapper_descriptor): case SHAPE_OF(staticmethod):
  case SHAPE_OF(classmethod): case SHAPE_OF(classmethod_descriptor): case SHAPE_OF(str): return false;
  case SHAPE_OF(property): case SHAPE_OF(getset_descriptor): case SHAPE_OF(member_descriptor): return true;
  default: return type_is_data_descriptor(v);
  }
}

/* set_through: descriptor.__set__(object, v) or __delete__(object). */
static bool set_through(VM *vm, Value descriptor, Value object, Value v) {
  switch (((Object *)value_object(descriptor))->shape) {
  case SHAPE_OF(member_descriptor): return member_set(vm, value_object(descriptor), object, v);
  case SHAPE_OF(getset_descriptor): return getset_set(vm, value_object(descriptor), object, v);
  case SHAPE_OF(property): return property_set(vm, descriptor, object, v);
  default: break;
  }
  Value method = value_special(descriptor, v == VALUE_MISSING ? SPECIAL_delete : SPECIAL_set);
  if (method == VALUE_UNBOUND)
    return raise_false(vm, TYPE_OF(AttributeError), v == VALUE_MISSING ? "__delete__" : "__set__");
  Value result = v == VALUE_MISSING ? call_special1(vm, method, descriptor, object) : call_special2(vm, method, descriptor, object, v);
  return result != VALUE_FAIL;
}

/* ---- ordinary objects */

/* own_attribute: from the instance's slots or __dict__, VALUE_UNBOUND when absent. */
static inline Value own_attribute(VM *vm, Object *object, Str *name) {
  Value v = instance_get(vm, object, name);
  if (LIKELY(v != VALUE_UNBOUND) || object_shape(object)->kind != SHAPE_DICT) return v;
  Dict *dict = (Dict *)*object_extra_address(object);
  return dict ? dict_ask_name(vm, dict, name) : VALUE_UNBOUND;
}

static Value find_generic(VM *vm, Value object, Str *name) {
  Type *type = value_type(object);
  Value attr = type_lookup(vm, type, name);
  if (attr != VALUE_UNBOUND && is_data_descriptor(attr)) {
    if (value_is(attr, member_descriptor)) return member_get(vm, value_object(attr), object);
    if (value_special(attr, SPECIAL_get) != VALUE_UNBOUND) return descriptor_get(vm, attr, object, type);
  }
  if (value_is_pointer(object) && type_has(type, TYPE_HAS_DICT)) {
    Value v = own_attribute(vm, value_object(object), name);
    if (v != VALUE_UNBOUND) return v;
  }
  return attr == VALUE_UNBOUND ? VALUE_UNBOUND : descriptor_get(vm, attr, object, type);
}

Value object_get_attribute(VM *vm, Value object, Str *name) {
  assert(!error_pending(vm));
  Value v = find_generic(vm, object, name);
  return UNLIKELY(v == VALUE_UNBOUND) ? raise_attribute(vm, object, name) : v;
}

static COLD bool refuse_set(VM *vm, Value object, Str *name, Value attr) {
  if (attr == VALUE_UNBOUND) raise_attribute(vm, object, name);
  else raise_error(vm, TYPE_OF(AttributeError), "'%T' object attribute '%U' is read-only", object, name);
  return false;
}

bool object_set_attribute(VM *vm, Value object, Str *name, Value v) {
  assert(!error_pending(vm) && v != VALUE_FAIL && v != VALUE_UNBOUND);
  Type *type = value_type(object);
  Value attr = type_lookup(vm, type, name);
  if (attr != VALUE_UNBOUND && is_data_descriptor(attr)) return set_through(vm, attr, object, v);
  if (!value_is_pointer(object) || !type_has(type, TYPE_HAS_DICT)) return refuse_set(vm, object, name, attr);
  if (v != VALUE_MISSING) return instance_set(vm, value_object(object), name, v);
  int deleted = instance_delete(vm, value_object(object), name);
  if (deleted == 0) raise_attribute(vm, object, name);
  return deleted > 0;
}

/* ---- classes */

Value type_find_attribute(VM *vm, Type *type, Str *name) {
  Value self = value_from(type);
  Type *meta = value_type(self);
  Value meta_attr = type_lookup(vm, meta, name);
  if (meta_attr != VALUE_UNBOUND && is_data_descriptor(meta_attr) && value_special(meta_attr, SPECIAL_get) != VALUE_UNBOUND)
    return descriptor_get(vm, meta_attr, self, meta);
  Value attr = type_lookup(vm, type, name);
  if (attr != VALUE_UNBOUND) return descriptor_get(vm, attr, VALUE_UNBOUND, type);
  return meta_attr == VALUE_UNBOUND ? VALUE_UNBOUND : descriptor_get(vm, meta_attr, self, meta);
}

bool type_set_attribute(VM *vm, Type *type, Str *name, Value v) {
  assert(type_has(type, TYPE_TYPE_SUBCLASS) || value_is_type(value_from(type)));
  assert(v != VALUE_FAIL && v != VALUE_UNBOUND);
  if (!type_has(type, TYPE_HEAP))
    return raise_false(vm, TYPE_OF(TypeError), "cannot set '%U' attribute of immutable type '%U'", name, type_qualified_name(vm, type));
  Value meta_attr = type_lookup(vm, value_type(value_from(type)), name);
  if (meta_attr != VALUE_UNBOUND && is_data_descriptor(meta_attr)) return set_through(vm, meta_attr, value_from(type), v);
  name = str_intern(vm, name);
  Value old = dict_get_str(vm, type->attrs, name);
  if (v == VALUE_MISSING) {
    if (old == VALUE_UNBOUND)
      return raise_false(vm, TYPE_OF(AttributeError), "type object '%N' has no attribute '%U'", type, name);
    dict_remove_str(vm, type->attrs, name);
  } else if (!dict_set_str(vm, type->attrs, name, v)) {
    return false;
  }
  type_modified(vm, type, name, old, v == VALUE_MISSING ? VALUE_UNBOUND : v);
  return true;
}

/* ---- which protocol an object uses */

typedef enum Protocol { PROTOCOL_PLAIN, PROTOCOL_TYPE, PROTOCOL_MODULE, PROTOCOL_SUPER, PROTOCOL_CUSTOM } Protocol;

static Protocol getting_protocol(const Type *type) {
  if (LIKELY(type_has(type, TYPE_PLAIN_GETATTR))) return PROTOCOL_PLAIN;
  Value hook = type->specials[SPECIAL_getattribute];
  if (!value_is(hook, wrapper_descriptor)) return PROTOCOL_CUSTOM;
  const Type *owner = ((NativeFunction *)value_object(hook))->owner;
  if (owner == TYPE_OF(object)) return PROTOCOL_PLAIN;
  if (owner == TYPE_OF(type)) return PROTOCOL_TYPE;
  if (owner == TYPE_OF(module)) return PROTOCOL_MODULE;
  if (owner == TYPE_OF(super)) return PROTOCOL_SUPER;
  return PROTOCOL_CUSTOM;
}

static Value find_by_protocol(VM *vm, Value object, Str *name) {
  switch (getting_protocol(value_type(object))) {
  case PROTOCOL_PLAIN: return find_generic(vm, object, name);
  case PROTOCOL_TYPE: return type_find_attribute(vm, value_object(object), name);
  case PROTOCOL_MODULE: return module_find_attribute(vm, value_object(object), name);
  case PROTOCOL_SUPER: return super_find_attribute(vm, object, name);
  default: return call_special1(vm, value_special(object, SPECIAL_getattribute), object, value_from(name));
  }
}

COLD static Value raise_missing(VM *vm, Value object, Str *name) {
  if (value_is_type(object)) {
    raise_error(vm, TYPE_OF(AttributeError), "type object '%N' has no attribute '%U'", (Type *)value_object(object), name);
  } else if (value_has_flag(object, TYPE_MODULE_SUBCLASS)) {
    return module_raise_missing(vm, value_object(object), name);
  } else {
    return raise_attribute(vm, object, name);
  }
  attribute_error_set(vm, object, name);
  return VALUE_FAIL;
}

/* attribute_error_complete: name and obj of an AttributeError that a program raised without them. */
COLD static void attribute_error_complete(VM *vm, Value object, Str *name) {
  if (!error_is(vm, TYPE_OF(AttributeError))) return;
  AttributeErrorObject *e = value_object(vm->exception);
  if (e->name == VALUE_UNBOUND && e->obj == VALUE_UNBOUND) attribute_error_set(vm, object, name);
}

/* call_getattr: __getattr__ after an AttributeError (or an absent attribute). */
static Value call_getattr(VM *vm, Value object, Str *name, Value v) {
  Value hook = value_special(object, SPECIAL_getattr);
  if (hook == VALUE_UNBOUND) return v;
  if (v == VALUE_FAIL && !error_clear_if(vm, TYPE_OF(AttributeError))) return VALUE_FAIL;
  return call_special1(vm, hook, object, value_from(name));
}

Value get_attribute(VM *vm, Value object, Str *name) {
  assert(!error_pending(vm));
  Value v = find_by_protocol(vm, object, name);
  assert((v == VALUE_FAIL) == error_pending(vm)); /* whatever hook was asked */
  if (UNLIKELY(v == VALUE_UNBOUND || v == VALUE_FAIL)) {
    v = call_getattr(vm, object, name, v);
    if (v == VALUE_UNBOUND) return raise_missing(vm, object, name);
    if (v == VALUE_FAIL) attribute_error_complete(vm, object, name);
  }
  return v;
}

Value find_attribute(VM *vm, Value object, Str *name) {
  assert(!error_pending(vm));
  Value v = find_by_protocol(vm, object, name);
  assert((v == VALUE_FAIL) == error_pending(vm));
  if (UNLIKELY(v == VALUE_UNBOUND || v == VALUE_FAIL)) v = call_getattr(vm, object, name, v);
  if (v == VALUE_FAIL && error_clear_if(vm, TYPE_OF(AttributeError))) return VALUE_UNBOUND;
  return v;
}

bool set_attribute(VM *vm, Value object, Str *name, Value v) {
  assert(!error_pending(vm) && v != VALUE_FAIL && v != VALUE_UNBOUND); /* MISSING deletes */
  Type *type = value_type(object);
  if (LIKELY(type_has(type, TYPE_PLAIN_SETATTR))) return object_set_attribute(vm, object, name, v);
  Value hook = type->specials[v == VALUE_MISSING ? SPECIAL_delattr : SPECIAL_setattr];
  if (value_is(hook, wrapper_descriptor)) {
    const Type *owner = ((NativeFunction *)value_object(hook))->owner;
    if (owner == TYPE_OF(object)) return object_set_attribute(vm, object, name, v);
    if (owner == TYPE_OF(type)) return type_set_attribute(vm, value_object(object), name, v);
  }
  if (hook == VALUE_UNBOUND) return object_set_attribute(vm, object, name, v);
  Value result = v == VALUE_MISSING ? call_special1(vm, hook, object, value_from(name))
                                    : call_special2(vm, hook, object, value_from(name), v);
  return result != VALUE_FAIL;
}

/* ---- methods for calls */

static bool is_method_like(Value v) {
  return value_is(v, function) || value_is(v, method_descriptor) || value_is(v, wrapper_descriptor);
}

Value get_method(VM *vm, Value object, Str *name, Value *self_out) {
  assert(!error_pending(vm));
  Type *type = value_type(object);
  *self_out = VALUE_UNBOUND;
  if (LIKELY(type_has(type, TYPE_PLAIN_GETATTR))) {
    Value attr = type_lookup(vm, type, name);
    if (attr != VALUE_UNBOUND && is_method_like(attr)) {
      if (value_is_pointer(object) && type_has(type, TYPE_HAS_DICT)) {
        Value v = own_attribute(vm, value_object(object), name);
        if (v != VALUE_UNBOUND) return v;
      }
      *self_out = object;
      return attr;
    }
  }
  return get_attribute(vm, object, name);
}

/* attribute.c -- object.name is found, and read: the protocol of attr_place.h, and what its places
** mean to those who ask.
**
** "find" functions say VALUE_UNBOUND for an absent attribute, so that hasattr, getattr with a
** default and imports make no exception objects. An attribute hook that is native (a wrapper around
** one of the C functions here) is recognised by its owner and called directly.
*/
#include "vm/core/late_types.h"
#include "vm/objects/exception.h"
#include "vm/objects/module.h"
#include "vm/objects/property.h"
#include "vm/runtime/attr_place.h"
#include "vm/native/bind.h"

Str *attribute_name(VM *vm, Value name) {
  if (LIKELY(value_is(name, str))) return str_intern(vm, value_object(name));
  if (value_is_str(name)) return str_intern(vm, str_exact(vm, value_object(name)));
  return raise_type(vm, "attribute name must be string, not '%T'", name), NULL;
}

/* ---- what a class has */

/* place_kind: what reading or storing through this attribute of a class does. */
PlaceKind place_kind(Value v) {
  if (!value_is_pointer(v)) return PLACE_VALUE;
  switch (((Object *)value_object(v))->shape) {
  case SHAPE_OF(function): return PLACE_FUNCTION;
  case SHAPE_OF(method_descriptor):
  case SHAPE_OF(wrapper_descriptor): return PLACE_NATIVE;
  case SHAPE_OF(builtin_function_or_method):
  case SHAPE_OF(str): return PLACE_VALUE;
  case SHAPE_OF(staticmethod): return PLACE_STATIC;
  case SHAPE_OF(classmethod): return PLACE_CLASS_METHOD;
  case SHAPE_OF(classmethod_descriptor): return PLACE_NATIVE_CLASS_METHOD;
  case SHAPE_OF(property): return PLACE_PROPERTY;
  case SHAPE_OF(getset_descriptor): return PLACE_GETSET;
  case SHAPE_OF(member_descriptor): return PLACE_MEMBER;
  case SHAPE_OF(tuplegetter): return PLACE_FIELD;
  default: break;
  }
  bool is_data = type_is_data_descriptor(v);
  if (value_has_special(v, SPECIAL_get)) return is_data ? PLACE_DATA_DESCRIPTOR : PLACE_DESCRIPTOR;
  return is_data ? PLACE_SETTER : PLACE_VALUE;
}

static inline void set_of_class(AttrPlace *place, AttrProtocol protocol, Value found, Value self,
                                Type *type) {
  place_set_found(place, protocol, found);
  place->self = self;
  place->type = type;
}

static bool hides_own(const AttrPlace *place) { return place->kind > PLACE_SETTER; }

/* ---- reading */

static Value call_getter(VM *vm, Property *p, Value object) {
  if (LIKELY(value_is_pointer(p->get))) return call1(vm, p->get, object);
  return property_no_getter(vm, p, object);
}

/* The class is object and owner for what is inside. Class methods of class methods are taken off
** here, however many. */
static Value bind_classmethod(VM *vm, Value wrapper, Type *type) {
  Value callable = wrapper;
  while (value_is(callable, classmethod))
    callable = ((const Wrapper *)value_object(callable))->callable;
  if (value_is(callable, function) || !value_has_special(callable, SPECIAL_get))
    return method_new(vm, callable, value_from(type));
  return descriptor_get(vm, callable, value_from(type), type);
}

static Value bind_native(VM *vm, NativeFunction *native, Value self) {
  return native_check_self(vm, native, self) ? native_bind(vm, native, self) : VALUE_FAIL;
}

static Value call_get(VM *vm, const AttrPlace *place) {
  Value object = place->self == VALUE_UNBOUND ? VALUE_NONE : place->self;
  Value get = value_special(place->found, SPECIAL_get);
  return call_special2(vm, get, place->found, object, value_from(place->type));
}

/* Through an instance; from the class itself these are what they are. */
static Value read_bound(VM *vm, const AttrPlace *place) {
  void *found = value_object(place->found);
  switch (place->kind) {
  case PLACE_FUNCTION: return method_new(vm, place->found, place->self);
  case PLACE_NATIVE: return bind_native(vm, found, place->self);
  case PLACE_PROPERTY: return call_getter(vm, found, place->self);
  case PLACE_GETSET: return getset_get(vm, found, place->self);
  default: assert(place->kind == PLACE_MEMBER); return member_get(vm, found, place->self);
  }
}

Value attr_read_of_class(VM *vm, Str *name, const AttrPlace *place) {
  switch (place->kind) {
  case PLACE_ASKED:
  case PLACE_VALUE:
  case PLACE_SETTER: return place->found;
  case PLACE_STATIC: return ((Wrapper *)value_object(place->found))->callable;
  case PLACE_CLASS_METHOD: return bind_classmethod(vm, place->found, place->type);
  case PLACE_NATIVE_CLASS_METHOD:
    return native_bind(vm, value_object(place->found), value_from(place->type));
  case PLACE_DESCRIPTOR:
  case PLACE_DATA_DESCRIPTOR:
  case PLACE_FIELD: return call_get(vm, place);
  case PLACE_HOOK: return call_special1(vm, place->found, place->self, value_from(name));
  default: return place->self == VALUE_UNBOUND ? place->found : read_bound(vm, place);
  }
}

Value descriptor_get(VM *vm, Value descriptor, Value object, Type *type) {
  AttrPlace place;
  set_of_class(&place, ATTR_OF_OBJECT, descriptor, object, type);
  Value v = attr_read_of_class(vm, NULL, &place);
  if (LIKELY(v != VALUE_UNBOUND)) return v;
  return raise_attribute(vm, object, ((MemberDescriptor *)value_object(descriptor))->name);
}

/* ---- finding */

/* find_own: what the object has itself, instead of what its class has. */
static ALWAYS_INLINE void find_own(VM *vm, Object *object, Str *name, AttrPlace *place) {
  const Shape *shape = object_shape(object);
  place->slot = instance_find(vm, object, name, &place->number);
  if (shape->kind == SHAPE_SLOTS) {
    if (place->slot)
      place->kind = place->number < shape->inline_capacity ? PLACE_SLOT : PLACE_OVERFLOW;
    return;
  }
  if (place->slot) {
    place->kind = PLACE_DICT;
    return;
  }
  Dict *dict = shape->kind == SHAPE_DICT ? (Dict *)*object_extra_address(object) : NULL;
  Value v = dict ? dict_ask_name(vm, dict, name) : VALUE_UNBOUND;
  if (v == VALUE_UNBOUND) return;
  place->kind = PLACE_ASKED;
  place->found = v;
}

/* What object.__getattribute__(cls, name) finds: the class's namespace is its dict, its bases do
** not count. */
static COLD void find_in_namespace(VM *vm, const Type *self, Str *name, AttrPlace *place) {
  place->slot = dict_find_slot(vm, self->attrs, name);
  if (place->slot) place->kind = PLACE_DICT;
}

static ALWAYS_INLINE void find_of_object(VM *vm, AttrProtocol protocol, Value object, Str *name,
                                         AttrPlace *place) {
  Type *type = value_type(object);
  set_of_class(place, protocol, type_lookup(vm, type, name), object, type);
  if (hides_own(place) || !value_is_pointer(object)) return;
  if (UNLIKELY(type_has(type, TYPE_TYPE_SUBCLASS)))
    find_in_namespace(vm, value_object(object), name, place);
  else if (type_has(type, TYPE_HAS_DICT)) find_own(vm, value_object(object), name, place);
}

static void find_of_class(VM *vm, Value self, Str *name, AttrPlace *place) {
  Type *type = value_object(self), *meta = value_type(self);
  set_of_class(place, ATTR_OF_CLASS, type_lookup(vm, meta, name), self, meta);
  if (hides_own(place)) return;
  Value own = type_lookup(vm, type, name);
  if (own != VALUE_UNBOUND) set_of_class(place, ATTR_OF_CLASS, own, VALUE_UNBOUND, type);
}

/* find_behind: behind the class that super() was given; false: there is none of this name. */
static bool find_behind(VM *vm, Value self, Str *name, AttrPlace *place) {
  Value instance;
  Type *owner;
  Value *slot = super_lookup(vm, self, name, &instance, &owner);
  if (!slot) return false;
  set_of_class(place, ATTR_OF_SUPER, *slot, instance, owner);
  place->slot = slot;
  return true;
}

static void find_by(VM *vm, AttrProtocol protocol, Value object, Str *name, AttrPlace *place) {
  switch (protocol) {
  case ATTR_OF_CLASS: return find_of_class(vm, object, name, place);
  case ATTR_BY_HOOK:
    *place = (AttrPlace){.kind = PLACE_HOOK, .protocol = protocol, .self = object};
    place->found = value_special(object, SPECIAL_getattribute);
    return;
  case ATTR_OF_SUPER:
    if (find_behind(vm, object, name, place)) return;
    break;
  default: break;
  }
  find_of_object(vm, protocol, object, name, place);
}

/* ---- whose rules */

/* attr_protocol: by the class that the hook comes from, if objects of `type` are instances of it:
** others it will refuse. */
AttrProtocol attr_protocol(const Type *type, Value hook) {
  if (hook == VALUE_UNBOUND) return ATTR_OF_OBJECT;
  if (!value_is(hook, wrapper_descriptor)) return ATTR_BY_HOOK;
  const Type *owner = ((NativeFunction *)value_object(hook))->owner;
  if (owner == TYPE_OF(object)) return ATTR_OF_OBJECT;
  if (owner == TYPE_OF(type) && type_has(type, TYPE_TYPE_SUBCLASS)) return ATTR_OF_CLASS;
  if (owner == TYPE_OF(module) && type_has(type, TYPE_MODULE_SUBCLASS)) return ATTR_OF_MODULE;
  return owner == TYPE_OF(super) && type_is_subtype(type, owner) ? ATTR_OF_SUPER : ATTR_BY_HOOK;
}

static void find_place(VM *vm, Value object, Str *name, AttrPlace *place) {
  const Type *type = value_type(object);
  if (LIKELY(type_has(type, TYPE_PLAIN_GETATTR)))
    return find_of_object(vm, ATTR_OF_OBJECT, object, name, place);
  find_by(vm, attr_protocol(type, type->specials[SPECIAL_getattribute]), object, name, place);
}

/* ---- asking */

COLD static Value raise_missing(VM *vm, Value object, Str *name, const AttrPlace *place) {
  if (place->protocol == ATTR_OF_MODULE)
    return module_raise_missing(vm, value_object(object), name);
  if (place->protocol != ATTR_OF_CLASS || place->kind == PLACE_MEMBER)
    return raise_attribute(vm, object, name);
  Type *type = value_object(object);
  raise_error(vm, TYPE_OF(AttributeError), "type object '%N' has no attribute '%U'", type, name);
  attribute_error_set(vm, object, name);
  return VALUE_FAIL;
}

/* attribute_error_complete: name and obj of an AttributeError that a program raised without
** them. */
COLD static void attribute_error_complete(VM *vm, Value object, Str *name) {
  if (!error_is(vm, TYPE_OF(AttributeError))) return;
  AttributeErrorObject *e = value_object(vm->exception);
  if (e->name == VALUE_UNBOUND && e->obj == VALUE_UNBOUND) attribute_error_set(vm, object, name);
}

/* ask_module, ask_getattr: what comes after an absent attribute (v UNBOUND), or an AttributeError
** (v FAIL). */
static Value ask_module(VM *vm, Value object, Str *name, AttrPlace *place, Value v) {
  if (v == VALUE_FAIL && !error_clear_if(vm, TYPE_OF(AttributeError))) return VALUE_FAIL;
  v = module_make_attribute(vm, value_object(object), name);
  if (v != VALUE_UNBOUND) place->kind = PLACE_HOOK;
  return v;
}

static Value ask_getattr(VM *vm, Value object, Str *name, AttrPlace *place, Value v) {
  Value hook = value_special(object, SPECIAL_getattr);
  bool hears =
      hook != VALUE_UNBOUND && (v != VALUE_FAIL || error_clear_if(vm, TYPE_OF(AttributeError)));
  if (!hears) return v;
  place->kind = PLACE_HOOK;
  return call_special1(vm, hook, object, value_from(name));
}

static NOINLINE Value ask_hooks(VM *vm, Value object, Str *name, AttrPlace *place, Value v) {
  if (place->protocol == ATTR_OF_MODULE) v = ask_module(vm, object, name, place, v);
  return v == VALUE_UNBOUND || v == VALUE_FAIL ? ask_getattr(vm, object, name, place, v) : v;
}

/* read_or_ask: UNBOUND: absent. */
static inline Value read_or_ask(VM *vm, Value object, Str *name, AttrPlace *place) {
  Value v = attr_read(vm, name, place);
  assert((v == VALUE_FAIL) == error_pending(vm)); /* whatever hook was asked */
  return LIKELY(v != VALUE_UNBOUND && v != VALUE_FAIL) ? v : ask_hooks(vm, object, name, place, v);
}

static inline Value get_at(VM *vm, Value object, Str *name, AttrPlace *place) {
  Value v = read_or_ask(vm, object, name, place);
  if (UNLIKELY(v == VALUE_UNBOUND)) return raise_missing(vm, object, name, place);
  if (UNLIKELY(v == VALUE_FAIL)) attribute_error_complete(vm, object, name);
  return v;
}

Value get_attribute_from(VM *vm, Value object, Str *name, AttrPlace *place) {
  assert(!error_pending(vm));
  find_place(vm, object, name, place);
  return get_at(vm, object, name, place);
}

Value get_attribute(VM *vm, Value object, Str *name) {
  AttrPlace place;
  return get_attribute_from(vm, object, name, &place);
}

Value find_attribute(VM *vm, Value object, Str *name) {
  assert(!error_pending(vm));
  AttrPlace place;
  find_place(vm, object, name, &place);
  Value v = read_or_ask(vm, object, name, &place);
  return v == VALUE_FAIL && error_clear_if(vm, TYPE_OF(AttributeError)) ? VALUE_UNBOUND : v;
}

Value get_attribute_by(VM *vm, AttrProtocol protocol, Value object, Str *name) {
  assert(!error_pending(vm));
  AttrPlace place;
  find_by(vm, protocol, object, name, &place);
  Value v = attr_read(vm, name, &place);
  bool is_absent = v == VALUE_UNBOUND || v == VALUE_FAIL;
  if (is_absent && protocol == ATTR_OF_MODULE) v = ask_module(vm, object, name, &place, v);
  return UNLIKELY(v == VALUE_UNBOUND) ? raise_missing(vm, object, name, &place) : v;
}

Value object_get_attribute(VM *vm, Value object, Str *name) {
  return get_attribute_by(vm, ATTR_OF_OBJECT, object, name);
}

/* get_method_from: what binding would put into a method object is given apart. */
Value get_method_from(VM *vm, Value object, Str *name, Value *self_out, AttrPlace *place) {
  assert(!error_pending(vm));
  find_place(vm, object, name, place);
  bool binds = place->kind == PLACE_FUNCTION || place->kind == PLACE_NATIVE;
  *self_out = binds ? place->self : VALUE_UNBOUND;
  if (LIKELY(binds)) return place->found;
  if (place->kind != PLACE_CLASS_METHOD) return get_at(vm, object, name, place);
  Value callable = ((const Wrapper *)value_object(place->found))->callable;
  if (!value_is(callable, function)) return get_at(vm, object, name, place);
  *self_out = value_from(place->type);
  return callable;
}

Value get_method(VM *vm, Value object, Str *name, Value *self_out) {
  AttrPlace place;
  return get_method_from(vm, object, name, self_out, &place);
}

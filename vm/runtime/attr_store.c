/* attr_store.c -- object.name = v, and del object.name, where v is VALUE_MISSING: its place is
** found (attr_place.h), then stored in.
*/
#include "vm/native/bind.h"
#include "vm/objects/property.h"
#include "vm/runtime/attr_place.h"

/* ---- finding */

static bool is_data(const AttrPlace *place) { return place->kind >= PLACE_SETTER; }

static ALWAYS_INLINE void find_store_of_object(VM *vm, AttrProtocol protocol, Value object,
                                               Str *name, AttrPlace *place) {
  Type *type = value_type(object);
  place_set_found(place, protocol, type_lookup(vm, type, name));
  if (is_data(place)) return;
  place->kind = PLACE_ABSENT;
  if (!value_is_pointer(object) || !type_has(type, TYPE_HAS_DICT)) return;
  const Shape *shape = object_shape(value_object(object));
  place->kind = PLACE_DICT;
  if (shape->kind != SHAPE_SLOTS) return;
  place->slot = instance_find(vm, value_object(object), name, &place->number);
  if (!place->slot) place->kind = PLACE_NEW;
  else place->kind = place->number < shape->inline_capacity ? PLACE_SLOT : PLACE_OVERFLOW;
}

static void find_store_of_class(VM *vm, Value self, Str *name, AttrPlace *place) {
  assert(value_is_type(self));
  place_set_found(place, ATTR_OF_CLASS, type_lookup(vm, value_type(self), name));
  if (!type_has(value_object(self), TYPE_HEAP)) place->kind = PLACE_ABSENT;
  else if (!is_data(place)) place->kind = PLACE_DICT;
}

static void find_store_by(VM *vm, AttrProtocol protocol, Value object, Str *name,
                          AttrPlace *place) {
  switch (protocol) {
  case ATTR_OF_CLASS: return find_store_of_class(vm, object, name, place);
  case ATTR_BY_HOOK: *place = (AttrPlace){.kind = PLACE_HOOK, .protocol = protocol}; return;
  default: return find_store_of_object(vm, protocol, object, name, place);
  }
}

void attr_find_store(VM *vm, Value object, Str *name, bool deleting, AttrPlace *place) {
  const Type *type = value_type(object);
  if (LIKELY(type_has(type, TYPE_PLAIN_SETATTR)))
    return find_store_of_object(vm, ATTR_OF_OBJECT, object, name, place);
  Value hook = type->specials[deleting ? SPECIAL_delattr : SPECIAL_setattr];
  find_store_by(vm, attr_protocol(type, hook), object, name, place);
  if (place->kind == PLACE_HOOK) place->found = hook;
}

/* ---- storing */

static COLD bool refuse_store(VM *vm, Value object, Str *name, const AttrPlace *place) {
  if (place->protocol == ATTR_OF_CLASS)
    return raise_false(vm, TYPE_OF(TypeError), "cannot set '%U' attribute of immutable type '%U'",
                       name, type_qualified_name(vm, value_object(object)));
  if (place->found == VALUE_UNBOUND) return raise_attribute(vm, object, name), false;
  return raise_false(vm, TYPE_OF(AttributeError), "'%T' object attribute '%U' is read-only", object,
                     name);
}

/* store_through: descriptor.__set__(object, v) or __delete__(object). */
static NOINLINE bool store_through(VM *vm, Value descriptor, Value object, Value v) {
  bool deleting = v == VALUE_MISSING;
  Value method = value_special(descriptor, deleting ? SPECIAL_delete : SPECIAL_set);
  if (method == VALUE_UNBOUND)
    return raise_false(vm, TYPE_OF(AttributeError), deleting ? "__delete__" : "__set__");
  Value result = deleting ? call_special1(vm, method, descriptor, object)
                          : call_special2(vm, method, descriptor, object, v);
  return result != VALUE_FAIL;
}

/* is_replaced: is a plain value put in the place of another? What classes that derive from this one
** have under the name is a plain value as before, in the same entry, or another's. */
static bool is_replaced(Value old, Value v) {
  return old != VALUE_UNBOUND && v != VALUE_MISSING && place_kind(old) == PLACE_VALUE &&
         place_kind(v) == PLACE_VALUE;
}

static NOINLINE bool store_in_class(VM *vm, Type *type, Str *name, Value v) {
  name = str_intern(vm, name);
  Value old = dict_get_str(vm, type->attrs, name);
  if (v == VALUE_MISSING) {
    if (old == VALUE_UNBOUND)
      return raise_false(vm, TYPE_OF(AttributeError), "type object '%N' has no attribute '%U'",
                         type, name);
    dict_remove_str(vm, type->attrs, name);
  } else if (!dict_set_str(vm, type->attrs, name, v)) {
    return false;
  }
  if (is_replaced(old, v) && type_value_replaced(type, name)) return true;
  type_modified(vm, type, name, old, v == VALUE_MISSING ? VALUE_UNBOUND : v);
  return true;
}

static NOINLINE bool delete_own(VM *vm, Value object, Str *name) {
  int deleted = instance_delete(vm, value_object(object), name);
  if (deleted == 0) raise_attribute(vm, object, name);
  return deleted > 0;
}

static NOINLINE bool store_by_hook(VM *vm, Value hook, Value object, Str *name, Value v) {
  Value result = v == VALUE_MISSING ? call_special1(vm, hook, object, value_from(name))
                                    : call_special2(vm, hook, object, value_from(name), v);
  return result != VALUE_FAIL;
}

bool attr_store(VM *vm, Value object, Str *name, const AttrPlace *place, Value v) {
  assert(!error_pending(vm) && v != VALUE_FAIL && v != VALUE_UNBOUND);
  switch (place->kind) {
  case PLACE_ABSENT: return refuse_store(vm, object, name, place);
  case PLACE_SLOT:
  case PLACE_OVERFLOW: {
    if (v == VALUE_MISSING) return delete_own(vm, object, name);
    Object *self = value_object(object);
    *place->slot = v;
    heap_barrier(vm, place->kind == PLACE_SLOT ? self : *object_extra_address(self), v);
    return true;
  }
  case PLACE_DICT:
  case PLACE_NEW:
    if (place->protocol == ATTR_OF_CLASS) return store_in_class(vm, value_object(object), name, v);
    if (v == VALUE_MISSING) return delete_own(vm, object, name);
    return instance_add(vm, value_object(object), name, v);
  case PLACE_MEMBER: return member_set(vm, value_object(place->found), object, v);
  case PLACE_GETSET: return getset_set(vm, value_object(place->found), object, v);
  case PLACE_PROPERTY: return property_set(vm, place->found, object, v);
  case PLACE_HOOK: return store_by_hook(vm, place->found, object, name, v);
  default: return store_through(vm, place->found, object, v);
  }
}

bool set_attribute(VM *vm, Value object, Str *name, Value v) {
  if (LIKELY(type_has(value_type(object), TYPE_PLAIN_SETATTR)))
    return object_set_attribute(vm, object, name, v);
  AttrPlace place;
  attr_find_store(vm, object, name, v == VALUE_MISSING, &place);
  return attr_store(vm, object, name, &place, v);
}

bool set_attribute_by(VM *vm, AttrProtocol protocol, Value object, Str *name, Value v) {
  AttrPlace place;
  find_store_by(vm, protocol, object, name, &place);
  return attr_store(vm, object, name, &place, v);
}

bool object_set_attribute(VM *vm, Value object, Str *name, Value v) {
  AttrPlace place;
  find_store_of_object(vm, ATTR_OF_OBJECT, object, name, &place);
  return attr_store(vm, object, name, &place, v);
}

/* attr_place.h -- where object.name is: the attribute protocol in two steps, each written once.
**
** A place is found, then what was found is read (attribute.c) or stored in (attr_store.c). Whoever
** asks in another way (hasattr, calls of methods, super, inline caches) looks at the place.
**
** Law: a place holds until Python runs or something is stored. What it says of classes, and in
** which slot of the object, holds as long as the key of the receiver's shape does (of the receiver,
** if that is a class: core/object.h): who compares keys may use it even after Python has run. See
** perf-note 0052. */
#ifndef KRAIT_ATTR_PLACE_H
#define KRAIT_ATTR_PLACE_H

#include "vm/contracts/type_internal.h"

typedef enum PlaceKind {
  PLACE_ABSENT,
  /* the object's own */
  PLACE_SLOT,     /* inline slot */
  PLACE_OVERFLOW, /* slot in the overflow array */
  /* entry of its dict; to store in: its dict, be there an entry or not */
  PLACE_DICT,
  /* `found`, whose key is no str and says that it is equal to the name */
  PLACE_ASKED,
  PLACE_NEW, /* to store in: a slot that it has not yet */
  /* of a class, `found` there; hidden by what the object has itself */
  PLACE_VALUE,    /* does nothing when it is read */
  PLACE_FUNCTION, /* Python function */
  PLACE_NATIVE,   /* method_descriptor, wrapper_descriptor */
  PLACE_STATIC,
  PLACE_CLASS_METHOD,
  PLACE_NATIVE_CLASS_METHOD, /* classmethod_descriptor */
  PLACE_DESCRIPTOR,          /* anything else with __get__ */
  /* with __set__ or __delete__ and no __get__: hidden when read, used when stored in */
  PLACE_SETTER,
  /* data descriptors: hide what the object has */
  PLACE_DATA_DESCRIPTOR,
  PLACE_PROPERTY,
  PLACE_GETSET,
  PLACE_MEMBER, /* of __slots__; may be unset */
  PLACE_FIELD,  /* of a named tuple */
  PLACE_HOOK,   /* whatever a function of the class says: `found`, or __getattr__ */
} PlaceKind;
static inline bool place_is_own(PlaceKind kind) { return kind >= PLACE_SLOT && kind <= PLACE_NEW; }

typedef struct AttrPlace {
  PlaceKind kind;
  AttrProtocol protocol;
  uint32_t number; /* SLOT, OVERFLOW: the slot's, from the first inline one on */
  /* SLOT, OVERFLOW, and to read DICT: where the value lies; ATTR_OF_SUPER: where `found` does */
  Value *slot;
  Value found; /* what a class has, even if the object's own hides it; UNBOUND: nothing */
  Value self;  /* to read: through this instance; UNBOUND: from the class itself */
  Type *type;  /* to read: of the instance, or the class itself: a descriptor is told */
} AttrPlace;

/* place_kind: of what a class has: what reading or storing through it does. */
PlaceKind place_kind(Value found);
/* Field by field, as not all need be set. */
static inline void place_set_found(AttrPlace *place, AttrProtocol protocol, Value found) {
  place->kind = found == VALUE_UNBOUND ? PLACE_ABSENT : place_kind(found);
  place->protocol = protocol;
  place->found = found;
}
/* attr_protocol: of a class with this __getattribute__, __setattr__ or __delattr__. */
AttrProtocol attr_protocol(const Type *type, Value hook);

/* attr_read: VALUE_UNBOUND when absent. */
MUST_USE MAY_RUN Value attr_read_of_class(VM *vm, Str *name, const AttrPlace *place);
MUST_USE MAY_RUN static inline Value attr_read(VM *vm, Str *name, const AttrPlace *place) {
  if (place->kind == PLACE_ABSENT) return VALUE_UNBOUND;
  return place->kind <= PLACE_DICT ? *place->slot : attr_read_of_class(vm, name, place);
}
/* attr_find_store: deleting, too. It runs nothing. */
void attr_find_store(VM *vm, Value object, Str *name, bool deleting, AttrPlace *place);
MUST_USE MAY_RUN bool attr_store(VM *vm, Value object, Str *name, const AttrPlace *place, Value v);

/* get_attribute_from, get_method_from: as get_attribute and get_method, and where it was found
** before it was read; PLACE_HOOK when __getattr__ has said it. */
MUST_USE MAY_RUN Value get_attribute_from(VM *vm, Value object, Str *name, AttrPlace *place);
MUST_USE MAY_RUN Value get_method_from(VM *vm, Value object, Str *name, Value *self_out,
                                       AttrPlace *place);

#endif

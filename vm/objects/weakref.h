/* weakref.h -- weak references as objects. The struct is memory/weak.h's, proxies share it. */
#ifndef KRAIT_OBJECTS_WEAKREF_H
#define KRAIT_OBJECTS_WEAKREF_H

#include "vm/memory/weak.h"

/* weakref_referent: the object, or VALUE_NONE once it is gone. */
static inline Value weakref_referent(const Weakref *reference) {
  return reference->referent ? value_from(reference->referent) : VALUE_NONE;
}
bool value_is_weakref(Value v); /* a weakref.ref or an instance of a subclass; no proxy */
MUST_USE Value weakproxy_new(VM *vm, Value object, Value callback);

#endif

/* property.h -- property objects. */
#ifndef KRAIT_PROPERTY_H
#define KRAIT_PROPERTY_H

#include "vm/core/vm.h"

typedef struct Property {
  Object h;
  Object *extra;
  Value get, set, del, doc;
  bool getter_doc;
} Property;
COLD Value property_no_getter(VM *vm, Property *property, Value object);
MUST_USE MAY_RUN bool property_set(VM *vm, Value property, Value object, Value v);

#endif

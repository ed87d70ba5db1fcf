/* super.h -- super objects: attributes looked up behind a class in an object's MRO. */
#ifndef KRAIT_SUPER_H
#define KRAIT_SUPER_H

#include "vm/core/object.h"

/* Law: self_type is NULL for an unbound super object; then self means nothing. type is NULL before
** __init__ ran. */
typedef struct Super {
  Object h;
  Type *type;      /* [gc] lookup starts behind it */
  Value self;      /* the instance or class */
  Type *self_type; /* [gc] whose MRO */
} Super;

/* super_of_class: is it read from the class itself, not through an instance? */
static inline bool super_of_class(const Super *s) { return s->self == value_from(s->self_type); }

#endif

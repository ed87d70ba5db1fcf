/* shape.h -- hidden classes: where an instance's attributes are. See core/object.h for the layout
** and the law of keys. */
#ifndef KRAIT_SHAPE_H
#define KRAIT_SHAPE_H

#include "vm/memory/heap.h"

/* reserves the region at SHAPE_BASE; false with a message on stderr */
bool shapes_init(VM *vm);
/* a limit of address space was set: the unused part of the region goes back */
void shapes_follow_limit(void);
/* linked into type->shapes */
Shape *shape_new_root(VM *vm, Type *type, ShapeKind kind, int inline_capacity);
/* the root shape at SHAPE_OF(index) */
void shape_init_builtin(VM *vm, int index, ShapeKind kind);
/* shape_find: slot of `name` (interned), or -1. Runs nothing. */
int shape_find(const Shape *shape, const Str *name);
/* shape_add: the shape with `name` added as slot shape->slot_count. NULL: too many attributes, or
** no memory: go to SHAPE_DICT. */
Shape *shape_add(VM *vm, Shape *shape, Str *name);
Shape *shape_dict_of(VM *vm, Type *type); /* the type's SHAPE_DICT shape (made once) */
/* new keys for all shapes of the type, and type->key */
void shape_renew_keys(VM *vm, Type *type);

#endif

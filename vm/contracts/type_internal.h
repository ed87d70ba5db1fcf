/* type_internal.h -- what the files that make and change classes share. */
#ifndef KRAIT_TYPE_INTERNAL_H
#define KRAIT_TYPE_INTERNAL_H

#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"

/* Direct subclasses of a class, in order of creation. malloc'd: neither side keeps the other alive.
** Law: a is in b->subs iff b is in a->bases; records of dead classes are unlinked before their
** cells are reused. */
typedef struct TypeLinks TypeLinks;
struct TypeLinks {
  Type *type;
  TypeLinks **subs, **bases; /* [owned] arrays */
  size_t nsubs, nbases, subs_capacity, bases_capacity;
};
static inline TypeLinks *type_links(const Type *type) { return (TypeLinks *)type->subclasses; }
/* after type->bases is set; false: MemoryError, nothing linked */
MUST_USE bool type_link_bases(VM *vm, Type *type);
void type_unlink_bases(Type *type); /* before type->bases changes */
void type_destroy(VM *vm, Object *self);

void specials_init(VM *vm); /* the names must be interned first */
/* type_refresh: specials, hooks (next, call) and derived flags from the MRO. */
void type_refresh(VM *vm, Type *type);
void type_refresh_tree(VM *vm, Type *type); /* … of it and all below, with new keys */
/* type_renew_all_keys: new keys for every class, after a change of what an attribute of some class
** does when it is read or set: its type became or ceased to be a descriptor's, a property got
** another getter. Rare. */
void type_renew_all_keys(VM *vm);
/* do instances of both have the same of __get__, __set__, __delete__? */
bool type_same_descriptor(const Type *a, const Type *b);
/* type_may_be_sequence: does the type have a place for sequence methods? Native types that are
** containers, and all classes of programs. */
bool type_may_be_sequence(const Type *type);
/* type_compute_mro: sets type->mro (C3, or the metaclass's mro()). NO: mro() has assigned
** __bases__ itself, and with them an MRO, which stays. */
MUST_USE MAY_RUN Answer type_compute_mro(VM *vm, Type *type);
MUST_USE Tuple *type_c3(VM *vm, Type *type);
/* type_spec_with_next: whose C step that a class without Python overrides uses; NULL: none. */
const ClassSpec *type_spec_with_next(const Type *type);
/* the most derived metaclass; NULL: conflict raised */
MUST_USE Type *type_winner(VM *vm, Type *metaclass, Tuple *bases);
int type_item_size(const Type *type); /* __itemsize__: not 0 where __slots__ are refused */
Type *type_solid_base(Type *type);
/* may one class take the other's place: in `__class__`, as a base? */
bool type_same_layout(Type *a, Type *b);
MUST_USE MAY_RUN Type *type_best_base(VM *vm, Tuple *bases);
/* type_set_bases: __bases__ assignment. */
MUST_USE MAY_RUN bool type_set_bases(VM *vm, Type *type, Value bases);

/* type_shows_itself: is __class__ of its instances what it is for objects: this very type? */
MUST_USE bool type_shows_itself(VM *vm, Type *type);
/* what type.__instancecheck__ and type.__subclasscheck__ do */
MUST_USE MAY_RUN Answer type_real_is_instance(VM *vm, Value v, Value cls);
MUST_USE MAY_RUN Answer type_real_is_subclass(VM *vm, Value derived, Value cls);

/* type_add_dict_attributes: __dict__ and __weakref__ descriptors of a class whose base had none
** (objects/type.c). */
MUST_USE bool type_add_dict_attributes(VM *vm, Type *type, Type *base);
bool type_is_native_new(const Type *type); /* instances are made by a native constructor */

/* Whose rules an attribute is looked up by: those of the built-in class that the receiver's class
** has its __getattribute__ (or __setattr__) from, or its own. */
typedef enum AttrProtocol {
  ATTR_OF_OBJECT,
  ATTR_OF_CLASS,
  ATTR_OF_MODULE,
  ATTR_OF_SUPER,
  ATTR_BY_HOOK
} AttrProtocol;
/* get_attribute_by, set_attribute_by: what __getattribute__, __setattr__ and __delattr__ of that
** built-in class do (attribute.c, attr_store.c) */
MUST_USE MAY_RUN Value get_attribute_by(VM *vm, AttrProtocol protocol, Value object, Str *name);
MUST_USE MAY_RUN bool set_attribute_by(VM *vm, AttrProtocol protocol, Value object, Str *name,
                                       Value v);
/* super_lookup: where the raw value behind the class lies, or NULL; through which instance
** (UNBOUND: from the class itself) and of which class it is read. */
MUST_USE Value *super_lookup(VM *vm, Value self, Str *name, Value *instance, Type **owner);
MUST_USE MAY_RUN Answer is_abstract_method(VM *vm, Value v); /* v.__isabstractmethod__ */
/* name and obj of the pending AttributeError */
void attribute_error_set(VM *vm, Value object, Str *name);
extern const GetSetSpec instance_dict_getset;     /* __dict__ of instances (objects/type.c) */
MUST_USE Str *attribute_name(VM *vm, Value name); /* interned; TypeError unless a str */

#endif

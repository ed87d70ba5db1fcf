/* cache_verify.c -- what an inline cache is about to answer, against what the protocol finds
** without any.
**
** Each quickened handler asks here behind its guards: a guard that is missing, a key or a stamp
** that was not drawn anew when what it stands for changed, a cache that is another site's, are
** found at the first hit that could be wrong, even where the answer is the right one by accident.
** Nothing here looks into the method cache of runtime/type.c, which goes by keys, too.
*/
#include "vm/core/late_types.h"
#include "vm/interp/interp_verify.h"

#include "vm/contracts/native.h"
#include "vm/contracts/type.h"
#include "vm/interp/slow.h"
#include "vm/objects/dict.h"
#include "vm/objects/property.h"
#include "vm/objects/super.h"
#include "vm/objects/tuplegetter.h"
#include "vm/shapes/shape.h"

#if KRAIT_CHECKS >= 1
/* A site: the receiver, the name, what classes say of it. */
typedef struct Site {
  VM *vm;
  const AttrCache *cache;
  Value v;
  Object *object; /* NULL: an immediate */
  const Shape *shape;
  Type *type; /* of the receiver */
  Str *name;
  Value *slot; /* of the class attribute; NULL: there is none */
  Value found; /* what is in it, or UNBOUND */
} Site;

/* Where the MRO finds the name. */
static Value *slot_of_class(VM *vm, const Type *type, Str *name) {
  for (size_t i = 0; type->mro && i < tuple_length(type->mro); i++) {
    const Type *at = value_object(type->mro->items[i]);
    Value *slot = at->attrs ? dict_find_slot(vm, at->attrs, name) : NULL;
    if (slot) return slot;
  }
  return NULL;
}

static Site site_of(VM *vm, Value v, Str *name, const AttrCache *cache) {
  Object *object = value_is_pointer(v) ? value_object(v) : NULL;
  const Shape *shape = value_shape(v);
  Value *slot = slot_of_class(vm, shape->type, name);
  return (Site){vm, cache, v, object, shape, shape->type, name, slot, slot ? *slot : VALUE_UNBOUND};
}

static Dict *own_dict(const Site *at) {
  Object **extra = at->shape->kind == SHAPE_DICT ? object_extra_address(at->object) : NULL;
  return extra ? (Dict *)*extra : NULL;
}

/* Has the object itself an attribute of this name? */
static bool has_own(const Site *at) {
  if (at->shape->kind == SHAPE_SLOTS) return shape_find(at->shape, at->name) >= 0;
  /* with keys of foreign classes: they may say that they are equal to the name */
  Dict *dict = own_dict(at);
  return dict && (dict->table->kind == DICT_ANY || dict_find_slot(at->vm, dict, at->name));
}

static bool is_data_descriptor(Value found) {
  return found != VALUE_UNBOUND && type_is_data_descriptor(found);
}

static bool is_of_class_only(const Site *at) {
  LAW(at->slot != NULL);
  LAW(is_data_descriptor(at->found) || !has_own(at));
  return true;
}

/* ---- own attributes */
static bool own_slot_verify(const Site *at) {
  LAW(at->shape->kind == SHAPE_SLOTS && !is_data_descriptor(at->found));
  int slot = shape_find(at->shape, at->name);
  LAW(slot >= 0 && slot < at->shape->inline_capacity);
  LAW(at->cache->slot.offset == at->type->slots_offset + sizeof(Value) * (uint32_t)slot);
  return true;
}

static bool overflow_verify(const Site *at) {
  LAW(at->shape->kind == SHAPE_SLOTS && !is_data_descriptor(at->found));
  LAW(shape_find(at->shape, at->name) == (int)at->cache->item.index + at->shape->inline_capacity);
  const ValueArray *overflow = *(ValueArray **)((char *)at->object + at->type->extra_offset);
  LAW(overflow != NULL && at->cache->item.index < overflow->capacity);
  return true;
}

static bool member_verify(const Site *at) {
  LAW(value_is(at->found, member_descriptor));
  LAW(((const MemberDescriptor *)value_object(at->found))->offset == at->cache->slot.offset);
  return true;
}

static bool field_verify(const Site *at) {
  LAW(value_is(at->found, tuplegetter) && type_has(at->type, TYPE_TUPLE_SUBCLASS));
  LAW(((const TupleGetter *)value_object(at->found))->index == (int64_t)at->cache->item.index);
  return true;
}

static bool own_dict_verify(const Site *at) {
  LAW(at->shape->kind == SHAPE_DICT && at->cache->dict.dict_offset == at->type->extra_offset);
  LAW(at->cache->dict.name == at->name && !is_data_descriptor(at->found));
  return true;
}

static bool stamped_verify(const Site *at) {
  Dict *dict = own_dict(at);
  LAW(dict != NULL && dict_stamp_verify(dict) && !is_data_descriptor(at->found));
  LAW(dict_find_slot(at->vm, dict, at->name) == at->cache->stamped.value);
  return true;
}

/* ---- attributes of the class */
static bool class_value_verify(const Site *at) {
  LAW(is_of_class_only(at) && at->shape->kind != SHAPE_DICT);
  LAW(at->slot == at->cache->of_class.value && !value_has_special(at->found, SPECIAL_get));
  return true;
}

static bool class_function_verify(const Site *at, Value function) {
  LAW(is_of_class_only(at));
  LAW(at->found == function);
  return true;
}

static bool property_verify(const Site *at) {
  LAW(value_is(at->found, property));
  LAW(type_has(at->type, TYPE_PLAIN_GETATTR)); /* no __getattr__ hears what it raises */
  LAW(((const Property *)value_object(at->found))->get == at->cache->callable.function);
  return true;
}

/* No __getattr__ hears what a getter raises; a class is asked by the rules of classes. */
static bool is_unheard(const Site *at) {
  return type_has(at->type, TYPE_PLAIN_GETATTR) ||
         (value_is_type(at->v) && at->type->specials[SPECIAL_getattr] == VALUE_UNBOUND);
}

static bool getset_verify(const Site *at) {
  LAW(is_unheard(at));
  bool is_member = value_is(at->found, member_descriptor);
  LAW(is_member || value_is(at->found, getset_descriptor));
  const void *found = value_object(at->found);
  const GetSetSpec *spec = is_member ? ((const MemberDescriptor *)found)->getset
                                     : ((const GetSetDescriptor *)found)->spec;
  LAW(spec == at->cache->getset.spec);
  return true;
}

static bool descriptor_verify(const Site *at) {
  LAW(is_data_descriptor(at->found) && at->found == at->cache->callable.function);
  LAW(type_has(at->type, TYPE_PLAIN_GETATTR));
  LAW(!type_has(value_type(at->found), TYPE_HEAP));
  LAW(value_has_special(at->found, SPECIAL_get));
  return true;
}

/* plain_slot: where the class attribute lies that is called as it is: in the slot, or in the static
** method there. */
static Value *plain_slot(Value *slot) {
  return value_is(*slot, staticmethod) ? &((Wrapper *)value_object(*slot))->callable : slot;
}

static bool class_method_verify(const Site *at) {
  LAW(is_of_class_only(at));
  if (value_is(at->found, classmethod_descriptor)) return at->found == at->cache->callable.function;
  LAW(value_is(at->found, classmethod));
  LAW(((const Wrapper *)value_object(at->found))->callable == at->cache->callable.function);
  return true;
}

static bool plain_verify(const Site *at) {
  LAW(is_of_class_only(at) && at->shape->kind != SHAPE_DICT);
  LAW(value_is(at->found, staticmethod) || !value_has_special(at->found, SPECIAL_get));
  LAW(plain_slot(at->slot) == at->cache->of_class.value);
  return true;
}

/* ---- attributes of a class as receiver */
static bool of_type_verify(const Site *at, ThreadedOp op) {
  LAW(value_is_type(at->v) && at->cache->of_class.owner == at->v);
  /* the metaclass has found it */
  LAW(!is_data_descriptor(at->found) || !value_has_special(at->found, SPECIAL_get));
  Value *slot = slot_of_class(at->vm, value_object(at->v), at->name);
  LAW(slot != NULL);
  if (op == T_LOAD_METHOD_TYPE_BOUND) {
    bool is_native = value_is(*slot, classmethod_descriptor);
    LAW(is_native || value_is(*slot, classmethod));
    Value function = is_native ? *slot : ((const Wrapper *)value_object(*slot))->callable;
    LAW(function == at->cache->callable.function);
    return true;
  }
  bool is_static = op == T_LOAD_METHOD_TYPE && value_is(*slot, staticmethod);
  bool is_itself = value_is(*slot, function) || value_is(*slot, method_descriptor) ||
                   value_is(*slot, wrapper_descriptor);
  LAW(!value_has_special(*slot, SPECIAL_get) || is_itself || is_static);
  LAW((is_static ? plain_slot(slot) : slot) == at->cache->of_class.value);
  return true;
}

static_assert(offsetof(AttrCache, of_class.owner) == offsetof(AttrCache, callable.owner),
              "of_type_verify looks at either");

/* By whose rules a class looks attributes up: only those of these three know caches. */
static bool looks_up_as(const Type *type, const Type *owner) {
  Value hook = type->specials[SPECIAL_getattribute];
  return value_is(hook, wrapper_descriptor) &&
         ((const NativeFunction *)value_object(hook))->owner == owner;
}

/* ---- behind super(): where the MRO finds the name behind the class that super() was given */
static bool super_verify(VM *vm, Value v, Str *name, const AttrCache *cache) {
  const Super *s = value_object(v);
  const Tuple *mro = s->self_type->mro;
  size_t i = 0;
  LAW(mro != NULL && cache->super.of_class == super_of_class(s));
  while (i < tuple_length(mro) && value_object(mro->items[i]) != s->type) i++;
  Value *slot = NULL;
  for (i++; i < tuple_length(mro) && !slot; i++)
    slot = dict_find_slot(vm, ((Type *)value_object(mro->items[i]))->attrs, name);
  LAW(slot != NULL);
  bool is_wrapped = value_is(*slot, classmethod) || value_is(*slot, staticmethod);
  LAW(cache->super.value == (is_wrapped ? &((Wrapper *)value_object(*slot))->callable : slot));
  bool is_method = value_is(*slot, classmethod) || value_is(*slot, classmethod_descriptor);
  bool is_function = value_is(*slot, function) || value_is(*slot, method_descriptor) ||
                     value_is(*slot, wrapper_descriptor);
  LAW(is_method || is_function || is_wrapped || !value_has_special(*slot, SPECIAL_get));
  LAW((cache->super.receiver == SUPER_CLASS) == is_method);
  LAW((cache->super.receiver == SUPER_SELF) == (is_function && !super_of_class(s)));
  return true;
}

bool load_cache_verify(VM *vm, Value v, Str *name, const AttrCache *cache, ThreadedOp op) {
  if (op == T_LOAD_ATTR_SUPER || op == T_LOAD_METHOD_SUPER) return super_verify(vm, v, name, cache);
  Site at = site_of(vm, v, name, cache);
  LAW(looks_up_as(at.type, TYPE_OF(object)) || looks_up_as(at.type, TYPE_OF(type)) ||
      looks_up_as(at.type, TYPE_OF(module)));
  switch (op) {
  case T_LOAD_ATTR_SLOT:
  case T_LOAD_METHOD_SLOT: return own_slot_verify(&at);
  case T_LOAD_ATTR_OVERFLOW: return overflow_verify(&at);
  case T_LOAD_ATTR_MEMBER: return member_verify(&at);
  case T_LOAD_ATTR_FIELD: return field_verify(&at);
  case T_LOAD_ATTR_DICT: return own_dict_verify(&at);
  case T_LOAD_ATTR_STAMP:
  case T_LOAD_METHOD_STAMP: return stamped_verify(&at);
  case T_LOAD_ATTR_CLASS: return class_value_verify(&at);
  case T_LOAD_METHOD_CLASS:
  case T_LOAD_ATTR_BIND:
    LAW(at.shape->kind != SHAPE_DICT);
    return class_function_verify(&at, cache->callable.function);
  case T_LOAD_METHOD_DICT: return class_function_verify(&at, cache->dict.function);
  case T_LOAD_ATTR_PROPERTY: return property_verify(&at);
  case T_LOAD_ATTR_GETSET: return getset_verify(&at);
  case T_LOAD_ATTR_DESCRIPTOR: return descriptor_verify(&at);
  case T_LOAD_METHOD_PLAIN: return plain_verify(&at);
  case T_LOAD_METHOD_OF_TYPE: return class_method_verify(&at);
  default: return of_type_verify(&at, op);
  }
}

/* ---- stores */
static bool added_slot_verify(const Site *at) {
  const Shape *to = (const Shape *)(uintptr_t)at->cache->added.shape;
  LAW(to->parent == at->shape && to->name == at->name && to->slot_count <= to->inline_capacity);
  LAW(!has_own(at) && !is_data_descriptor(at->found));
  LAW(at->cache->added.offset == at->type->slots_offset + sizeof(Value) * (to->slot_count - 1u));
  return true;
}

bool store_cache_verify(VM *vm, Value v, Str *name, const AttrCache *cache, ThreadedOp op) {
  Site at = site_of(vm, v, name, cache);
  LAW(type_has(at.type, TYPE_PLAIN_SETATTR) && !value_is_type(at.v));
  switch (op) {
  case T_STORE_ATTR_SLOT:
    if (!value_is(at.found, member_descriptor)) return own_slot_verify(&at);
    LAW(!((const MemberDescriptor *)value_object(at.found))->readonly);
    return member_verify(&at);
  case T_STORE_ATTR_OVERFLOW: return overflow_verify(&at);
  case T_STORE_ATTR_ADD: return added_slot_verify(&at);
  default: return own_dict_verify(&at);
  }
}

/* ---- names */
bool global_store_verify(VM *vm, const Function *function, Str *name, const GlobalCache *cache) {
  LAW(dict_stamp_verify(function->globals)); /* of any class: a store asks none */
  Value *slot = dict_find_slot(vm, function->globals, name);
  LAW(slot != NULL && slot == cache->value);
  return true;
}

bool name_cache_verify(VM *vm, const Function *function, Str *name, const GlobalCache *cache,
                       bool of_builtins) {
  LAW(function->globals->h.shape == SHAPE_OF(dict) && dict_stamp_verify(function->globals));
  if (!of_builtins) return global_store_verify(vm, function, name, cache);
  Value *slot = dict_find_slot(vm, function->globals, name);
  LAW(slot == NULL && function->globals->table->kind != DICT_ANY);
  LAW(function->builtins->h.shape == SHAPE_OF(dict) && dict_stamp_verify(function->builtins));
  slot = dict_find_slot(vm, function->builtins, name);
  LAW(slot != NULL && slot == cache->value);
  return true;
}
#endif

/* slow_attr.c -- attribute sites: the full protocol, then, where it is safe, an inline cache for the next time.
** What a cache may assume is in the law of keys (core/object.h): the shape's key stands for the class as it is now. */
#include "vm/contracts/native.h"
#include "vm/contracts/type.h"
#include "vm/interp/slow.h"
#include "vm/objects/property.h"
#include "vm/objects/tuplegetter.h"
#include "vm/shapes/shape.h"

static Shape *pointer_shape(Value v) { return object_shape(value_object(v)); }

/* ---- the second-level caches: what sites have learned, by (site, key), which the loop asks itself, and by (key, name, instruction),
** which sites share. A site that meets several shapes takes its inline cache back from there instead of asking the protocol again.
** Cleared at every collection: they keep nothing alive, and a site's address may become another's. See
** perf-note 0004
** and perf-note 0035. */
typedef struct AttrEntry {
  uint32_t key;
  uint16_t op, handler; /* the base instruction; the quickened handler */
  const Str *name;
  AttrCache cache;
} AttrEntry;
enum { ATTR_ENTRIES = 1024 };
static AttrEntry attr_cache[ATTR_ENTRIES];

static AttrEntry *attr_entry(uint32_t key, const Str *name, int op) {
  uint64_t h = (key * UINT64_C(0x9e3779b97f4a7c15)) ^ ((uint64_t)(uintptr_t)name >> 4) * UINT64_C(0xff51afd7ed558ccd) ^ (uint64_t)op;
  return &attr_cache[(h >> 32) % ATTR_ENTRIES];
}

AttrSite attr_sites[ATTR_SITES];
bool attr_sites_learn = true;

static void attr_forget(Marker *marker, VM *vm, void *data) {
  memset(attr_cache, 0, sizeof attr_cache);
  memset(attr_sites, 0, sizeof attr_sites);
}

static void remember_site(const AttrInsn *insn, uint32_t key) {
  *attr_site(insn, key) = (AttrSite){key, insn->op, insn, insn->cache};
}

/* attr_remember: the site has just been quickened for receivers with this key, unless it was left alone or redirected meanwhile. */
static void attr_remember(VM *vm, const AttrInsn *insn, uint32_t key, const Str *name, ThreadedOp op) {
  static bool registered;
  if (insn_is(insn, op) || insn_is(insn, T_TRACE_SWITCH) || insn->cache.key != key) return;
  if (!attr_sites_learn) return;
  if (!registered) heap_add_root_scanner(vm, attr_forget, NULL), registered = true;
  *attr_entry(key, name, op) = (AttrEntry){key, (uint16_t)op, insn->op, name, insn->cache};
  remember_site(insn, key);
}

/* receiver_key: what a site compares: of a class its own key, else that of the shape. */
static uint32_t receiver_key(Value v) {
  return value_is_type(v) ? ((Type *)value_object(v))->key : pointer_shape(v)->key;
}

bool attr_reprime(AttrInsn *insn, Value v, const Str *name, ThreadedOp op) {
  if (!value_is_pointer(v)) return false;
  uint32_t key = receiver_key(v);
  if (key == insn->cache.key && !insn_is(insn, op)) return false; /* missed for another reason */
  const AttrEntry *entry = attr_entry(key, name, op);
  if (entry->key != key || entry->name != name || entry->op != op) return false;
  insn->op = entry->handler;
  insn->cache = entry->cache;
  remember_site(insn, key);
  return true;
}

static bool is_plain_function(Value v) { return value_is(v, function) || value_is(v, method_descriptor) || value_is(v, wrapper_descriptor); }

/* is_descriptor: does the class attribute do anything when read through an instance? */
static bool is_descriptor(Value v) { return value_has_special(v, SPECIAL_get); }

static uint32_t slot_offset(const Shape *shape, int slot) { return shape->type->slots_offset + 8 * (uint32_t)slot; }

/* the dict that holds a dict-mode object's attributes is at a fixed offset; types of variable size are left alone */
static bool dict_mode(const Shape *shape) { return shape->kind == SHAPE_DICT && shape->type->extra_offset; }
static Dict *mode_dict(Value v) { return *(Dict **)((char *)value_object(v) + pointer_shape(v)->type->extra_offset); }

/* class_value_slot: where the class attribute found by the MRO lookup is stored, for values that may be replaced in place. */
static Value *class_value_slot(VM *vm, Type *type, Str *name) {
  Tuple *mro = type->mro;
  for (size_t i = 0; mro && i < tuple_length(mro); i++) {
    Type *at = value_object(mro->items[i]);
    Value *slot = at->attrs ? dict_find_slot(vm, at->attrs, name) : NULL;
    if (slot) return slot;
  }
  return NULL;
}

static bool cache_own_load(VM *vm, Insn_LOAD_ATTR *insn, Value v, Shape *shape, Str *name) {
  if (shape->kind == SHAPE_SLOTS) {
    int slot = shape_find(shape, name);
    if (slot < 0) return false;
    if (slot < shape->inline_capacity) {
      insn->cache = (AttrCache){.slot = {shape->key, slot_offset(shape, slot)}};
      quicken(insn, T_LOAD_ATTR_SLOT);
    } else {
      insn->cache = (AttrCache){.item = {shape->key, (uint32_t)(slot - shape->inline_capacity)}};
      quicken(insn, T_LOAD_ATTR_OVERFLOW);
    }
    return true;
  }
  if (!dict_mode(shape) || !mode_dict(v)) return false;
  Dict *dict = mode_dict(v);
  Value *slot = dict_find_slot(vm, dict, name);
  if (!slot) return false;
  if (value_is(v, module)) {
    uint32_t stamp = dict_stamp(vm, dict);
    if (!key_is_cacheable(stamp)) return false;
    insn->cache = (AttrCache){.stamped = {shape->key, stamp, slot, shape->type->extra_offset}};
    quicken(insn, T_LOAD_ATTR_STAMP);
  } else {
    insn->cache = (AttrCache){.dict = {.key = shape->key, .dict_offset = shape->type->extra_offset, .name = name}};
    quicken(insn, T_LOAD_ATTR_DICT);
  }
  return true;
}

static void cache_property(VM *vm, Insn_LOAD_ATTR *insn, Shape *shape, Property *property) {
  if (!value_is(property->get, function)) return;
  Function *getter = value_object(property->get);
  ThreadedCode *code = function_threaded(vm, getter);
  if (!code) { error_clear(vm); return; }
  if (code->fast_argc != 1) return;
  insn->cache = (AttrCache){.callable = {.key = shape->key, .function = property->get}};
  quicken(insn, T_LOAD_ATTR_PROPERTY);
}

/* cache_load: decides how object.name was found. `found` is the class attribute or UNBOUND. */
static void cache_load(VM *vm, Insn_LOAD_ATTR *insn, Value v, Str *name) {
  Shape *shape = pointer_shape(v);
  Type *type = shape->type;
  if (!(type->flags & TYPE_PLAIN_GETATTR)) return;
  Value found = type_lookup(vm, type, name);
  if (found == VALUE_UNBOUND) {
    cache_own_load(vm, insn, v, shape, name);
    return;
  }
  if (value_is(found, member_descriptor)) {
    MemberDescriptor *member = value_object(found);
    if (!member->offset) return;
    insn->cache = (AttrCache){.slot = {shape->key, member->offset}};
    quicken(insn, T_LOAD_ATTR_MEMBER);
    return;
  }
  if (value_is(found, tuplegetter)) {
    int64_t index = ((TupleGetter *)value_object(found))->index;
    if (!(type->flags & TYPE_TUPLE_SUBCLASS) || index < 0 || index > UINT16_MAX) return;
    insn->cache = (AttrCache){.item = {shape->key, (uint32_t)index}};
    quicken(insn, T_LOAD_ATTR_FIELD);
    return;
  }
  if (value_is(found, property)) return cache_property(vm, insn, shape, value_object(found));
  if (value_is(found, getset_descriptor)) {
    insn->cache = (AttrCache){.getset = {shape->key, ((GetSetDescriptor *)value_object(found))->spec}};
    quicken(insn, T_LOAD_ATTR_GETSET);
    return;
  }
  if (type_is_data_descriptor(found) || cache_own_load(vm, insn, v, shape, name)) return;
  if (shape->kind == SHAPE_DICT) return; /* the instance may get one of its own any time */
  if (value_is(found, function)) {
    insn->cache = (AttrCache){.callable = {.key = shape->key, .function = found}};
    quicken(insn, T_LOAD_ATTR_BIND);
  } else if (!is_descriptor(found)) {
    Value *value = class_value_slot(vm, type, name);
    if (!value) return;
    insn->cache = (AttrCache){.of_class = {.key = shape->key, .value = value}};
    quicken(insn, T_LOAD_ATTR_CLASS);
  }
}

/* type_attribute_plain: v is a class with the plain metaclass; its attribute is neither hidden by the
** metaclass nor a descriptor. */
static bool type_attribute_plain(VM *vm, Value v, Str *name, Value *found) {
  Type *type = value_object(v), *meta = object_type(type);
  if (!(meta->flags & TYPE_PLAIN_GETATTR) && meta != TYPE_OF(type)) return false;
  Value of_meta = type_lookup(vm, meta, name);
  if (of_meta != VALUE_UNBOUND && type_is_data_descriptor(of_meta)) return false;
  *found = type_lookup(vm, type, name);
  return *found != VALUE_UNBOUND;
}

static void cache_type_load(VM *vm, Insn_LOAD_ATTR *insn, Value v, Str *name) {
  Value found;
  if (!type_attribute_plain(vm, v, name, &found)) return;
  if (is_descriptor(found) && !value_is(found, function)) return;
  Value *value = class_value_slot(vm, value_object(v), name);
  if (!value) return;
  insn->cache = (AttrCache){.of_class = {((Type *)value_object(v))->key, value, v}};
  quicken(insn, T_LOAD_ATTR_TYPE);
}

Value load_attr_miss(VM *vm, Insn_LOAD_ATTR *insn, Value *base) {
  Value v = base[insn->object];
  Str *name = frame_name(insn, base, insn->name);
  quicken(insn, T_LOAD_ATTR);
  Value result = get_attribute(vm, v, name);
  if (LIKELY(result != VALUE_FAIL && value_is_pointer(v) && key_is_cacheable(receiver_key(v)))) {
    if (value_is_type(v)) cache_type_load(vm, insn, v, name);
    else cache_load(vm, insn, v, name);
    attr_remember(vm, (AttrInsn *)insn, insn->cache.key, name, T_LOAD_ATTR);
  }
  return result;
}

/* ---- stores */
static void cache_store(Insn_STORE_ATTR *insn, Value v, uint32_t key_before, Shape *before, Str *name) {
  Shape *after = pointer_shape(v);
  if (before->kind == SHAPE_DICT && after == before && dict_mode(before) && mode_dict(v)) {
    insn->cache = (AttrCache){.dict = {.key = key_before, .dict_offset = before->type->extra_offset, .name = name}};
    quicken(insn, T_STORE_ATTR_DICT);
    return;
  }
  if (before->kind != SHAPE_SLOTS || after->kind != SHAPE_SLOTS) return;
  int slot = shape_find(after, name);
  if (slot < 0) return;
  if (slot >= after->inline_capacity) {
    insn->cache = (AttrCache){.item = {key_before, (uint32_t)(slot - after->inline_capacity)}};
    if (after == before) quicken(insn, T_STORE_ATTR_OVERFLOW);
    return;
  }
  if (after == before) {
    insn->cache = (AttrCache){.slot = {key_before, slot_offset(after, slot)}};
    quicken(insn, T_STORE_ATTR_SLOT);
  } else if (after->parent == before) {
    insn->cache = (AttrCache){.added = {key_before, slot_offset(after, slot), shape_address(after)}};
    quicken(insn, T_STORE_ATTR_ADD);
  }
}

bool store_attr_miss(VM *vm, Insn_STORE_ATTR *insn, Value *base) {
  Value v = base[insn->object];
  Str *name = frame_name(insn, base, insn->name);
  quicken(insn, T_STORE_ATTR);
  if (!value_is_pointer(v)) return set_attribute(vm, v, name, base[insn->value]);
  Shape *before = pointer_shape(v);
  uint32_t key = before->key;
  if (!set_attribute(vm, v, name, base[insn->value])) return false;
  Type *type = before->type;
  if (!(type->flags & TYPE_PLAIN_SETATTR) || value_is_type(v) || !key_is_cacheable(key)) return true;
  Value found = type_lookup(vm, type, name);
  if (value_is(found, member_descriptor) && !((MemberDescriptor *)value_object(found))->readonly && ((MemberDescriptor *)value_object(found))->offset) {
    insn->cache = (AttrCache){.slot = {key, ((MemberDescriptor *)value_object(found))->offset}};
    quicken(insn, T_STORE_ATTR_SLOT);
  } else if (found == VALUE_UNBOUND || !type_is_data_descriptor(found)) {
    cache_store(insn, v, key, before, name);
  }
  attr_remember(vm, (AttrInsn *)insn, key, name, T_STORE_ATTR);
  return true;
}

/* ---- methods */
static void cache_method(VM *vm, Insn_LOAD_METHOD *insn, Value v, Str *name, Value function) {
  Shape *shape = pointer_shape(v);
  if (!(shape->type->flags & TYPE_PLAIN_GETATTR) || type_lookup(vm, shape->type, name) != function) return;
  if (shape->kind != SHAPE_DICT) {
    insn->cache = (AttrCache){.callable = {.key = shape->key, .function = function}};
    quicken(insn, T_LOAD_METHOD_CLASS);
  } else if (dict_mode(shape)) {
    insn->cache = (AttrCache){.dict = {shape->key, shape->type->extra_offset, name, function}};
    quicken(insn, T_LOAD_METHOD_DICT);
  }
}

/* wrapped_function: the Python function in a static or class method, or UNBOUND. */
static Value wrapped_function(Value wrapper) {
  Value callable = ((Wrapper *)value_object(wrapper))->callable;
  return value_is(callable, function) ? callable : VALUE_UNBOUND;
}

/* cache_wrapped_method: object.name is a static or class method of the class. */
static void cache_wrapped_method(VM *vm, Insn_LOAD_METHOD *insn, Value v, Str *name) {
  Shape *shape = pointer_shape(v);
  if (!(shape->type->flags & TYPE_PLAIN_GETATTR) || shape->kind == SHAPE_DICT) return;
  Value found = type_lookup(vm, shape->type, name);
  bool is_static = value_is(found, staticmethod);
  if (!is_static && !value_is(found, classmethod)) return;
  Value function = wrapped_function(found);
  if (function == VALUE_UNBOUND || (shape->kind == SHAPE_SLOTS && shape_find(shape, name) >= 0)) return;
  insn->cache = (AttrCache){.callable = {.key = shape->key, .function = function}};
  quicken(insn, is_static ? T_LOAD_METHOD_PLAIN : T_LOAD_METHOD_OF_TYPE);
}

static void cache_module_method(VM *vm, Insn_LOAD_METHOD *insn, Value v, Str *name) {
  Shape *shape = pointer_shape(v);
  if (!dict_mode(shape) || !mode_dict(v) || type_lookup(vm, shape->type, name) != VALUE_UNBOUND) return;
  Value *slot = dict_find_slot(vm, mode_dict(v), name);
  if (!slot) return;
  uint32_t stamp = dict_stamp(vm, mode_dict(v));
  if (!key_is_cacheable(stamp)) return;
  insn->cache = (AttrCache){.stamped = {shape->key, stamp, slot, shape->type->extra_offset}};
  quicken(insn, T_LOAD_METHOD_STAMP);
}

static void cache_type_method(VM *vm, Insn_LOAD_METHOD *insn, Value v, Str *name, Value method) {
  Value found;
  if (!type_attribute_plain(vm, v, name, &found)) return;
  if (value_is(found, classmethod) && wrapped_function(found) != VALUE_UNBOUND) {
    insn->cache = (AttrCache){.callable = {((Type *)value_object(v))->key, wrapped_function(found), v}};
    return quicken(insn, T_LOAD_METHOD_TYPE_BOUND);
  }
  if (found == method ? is_descriptor(found) && !is_plain_function(found) : !value_is(found, staticmethod)) return;
  if (found == method && !is_plain_function(found)) return; /* plain values may be replaced without a new key */
  insn->cache = (AttrCache){.callable = {((Type *)value_object(v))->key, method, v}};
  quicken(insn, T_LOAD_METHOD_TYPE);
}

static void learn_method(VM *vm, Insn_LOAD_METHOD *insn, Value v, Str *name, Value method, Value receiver) {
  if (!value_is_pointer(v) || !key_is_cacheable(receiver_key(v))) return;
  if (receiver != VALUE_UNBOUND) {
    if (is_plain_function(method)) cache_method(vm, insn, v, name, method);
  } else if (value_is(v, module)) {
    cache_module_method(vm, insn, v, name);
  } else if (value_is_type(v)) {
    cache_type_method(vm, insn, v, name, method);
  } else {
    cache_wrapped_method(vm, insn, v, name);
  }
  attr_remember(vm, (AttrInsn *)insn, insn->cache.key, name, T_LOAD_METHOD);
}

bool load_method_miss(VM *vm, Insn_LOAD_METHOD *insn, Value *base) {
  Value v = base[insn->object], receiver;
  Str *name = frame_name(insn, base, insn->name);
  quicken(insn, T_LOAD_METHOD);
  Value method = get_method(vm, v, name, &receiver);
  if (UNLIKELY(method == VALUE_FAIL)) return false;
  learn_method(vm, insn, v, name, method, receiver);
  Value *to = &base[insn->base]; /* only now: a collection does not look at results */
  to[0] = method;
  to[1] = receiver;
  return true;
}

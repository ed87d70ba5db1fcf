/* slow_attr.c -- attribute sites: the full protocol, then, where it is safe, an inline cache for
** the next time. What a cache may assume is in the law of keys (core/object.h): the shape's key
** stands for the class as it is now. */
#include "vm/interp/misses.h"
#include "vm/interp/slow.h"
#include "vm/interp/super_cache.h"
#include "vm/contracts/native.h"
#include "vm/objects/module.h"
#include "vm/objects/property.h"
#include "vm/objects/tuplegetter.h"
#include "vm/runtime/attr_place.h"
#include "vm/contracts/type.h"
#include "vm/shapes/shape.h"

/* ---- the second-level caches: what sites have learned, by (site, key), which the loop asks
** itself, and by (key, name, instruction), which sites share. A site that meets several shapes
** takes its inline cache back from there instead of asking the protocol again. Cleared at every
** full collection, and the first one before translations are given back: they keep nothing alive,
** and a site's address may become another's. See perf-note 0004, perf-note 0035 and
** perf-note 0070. */
typedef struct AttrEntry {
  uint32_t key;
  uint16_t op, handler; /* the base instruction; the quickened handler */
  const Str *name;
  AttrCache cache;
} AttrEntry;
enum { ATTR_ENTRIES = 1024 };
static AttrEntry attr_cache[ATTR_ENTRIES];

static AttrEntry *attr_entry(uint32_t key, const Str *name, int op) {
  uint64_t of_key = key * UINT64_C(0x9e3779b97f4a7c15);
  uint64_t of_name = ((uintptr_t)name >> 4) * UINT64_C(0xff51afd7ed558ccd);
  /* a load beside its store */
  return &attr_cache[((of_key ^ of_name) >> 32 ^ (uint64_t)op) % ATTR_ENTRIES];
}

AttrSite attr_sites[ATTR_SITES];
bool attr_sites_learn = true;

static bool sites_are_known; /* is there anything in attr_sites? */

void attr_forget_sites(void) {
  if (sites_are_known) memset(attr_sites, 0, sizeof attr_sites);
  sites_are_known = false;
}

/* Keys guard what the caches hold, as they do in the code. What they do not guard is a name's
** address; names die in full collections only. */
static void attr_forget(Marker *marker, VM *vm, void *data) {
  if (marker_is_minor(marker)) return;
  memset(attr_cache, 0, sizeof attr_cache);
  attr_forget_sites();
}

static void remember_site(VM *vm, const AttrInsn *insn, uint32_t key) {
  if (UNLIKELY(vm->misses != NULL)) return; /* each shall leave the loop, and be counted */
  *attr_site(insn, key) = (AttrSite){key, insn->op, insn, insn->cache};
  sites_are_known = true;
}

/* attr_remember: the site has just been quickened for this receiver, unless it was left alone or
** redirected meanwhile. */
static void attr_remember(VM *vm, const AttrInsn *insn, const Receiver *r, const Str *name,
                          ThreadedOp op) {
  static bool registered;
  if (insn_is(insn, op) || insn_is(insn, T_TRACE_SWITCH) || insn->cache.key != r->key) return;
  if (!attr_sites_learn) return;
  if (!registered) heap_add_root_scanner(vm, attr_forget, NULL), registered = true;
  if (UNLIKELY(value_is(r->v, super))) return remember_site(vm, insn, super_key(r->v));
  *attr_entry(r->key, name, op) = (AttrEntry){r->key, (uint16_t)op, insn->op, name, insn->cache};
  remember_site(vm, insn, r->key);
}

static ALWAYS_INLINE Receiver receiver_of(Value v) {
  const Shape *shape = value_shape(v);
  if (UNLIKELY(type_has(shape->type, TYPE_TYPE_SUBCLASS))) {
    const Type *type = value_object(v);
    return (Receiver){v, type->key, type, type};
  }
  return (Receiver){v, shape->key, shape, shape->type};
}
static bool is_class(const Receiver *r) { return r->kind == r->type; }

/* What sites have learned about receivers with a key; NULL: nothing. */
static const AttrEntry *known_entry(uint32_t key, const Str *name, ThreadedOp op) {
  const AttrEntry *entry = attr_entry(key, name, op);
  return entry->key == key && entry->name == name && entry->op == op ? entry : NULL;
}

/* ---- super objects: sites keep what they know by the class whose MRO it is */
static bool super_reprime(AttrInsn *insn, Value v) {
  const AttrSite *known = attr_site(insn, super_key(v));
  Value receiver;
  if (known->site != insn || known->key != super_key(v)) return false;
  if (super_recall(v, &known->cache, &receiver) == VALUE_UNBOUND) return false;
  insn->op = known->handler;
  insn->cache = known->cache;
  return true;
}

bool attr_reprime(VM *vm, AttrInsn *insn, Value v, const Str *name, ThreadedOp op) {
  if (UNLIKELY(value_is(v, super))) return super_reprime(insn, v);
  Receiver r = receiver_of(v);
  const AttrEntry *entry = known_entry(r.key, name, op);
  if (!entry && is_class(&r)) { /* by its metaclass */
    const Shape *shape = value_shape(v);
    r = (Receiver){v, shape->key, shape, shape->type};
    entry = known_entry(r.key, name, op);
  }
  bool missed_otherwise = r.key == insn->cache.key && !insn_is(insn, op);
  if (missed_otherwise || !entry) return false;
  insn->op = entry->handler;
  insn->cache = entry->cache;
  remember_site(vm, insn, r.key);
  if (UNLIKELY(vm->misses != NULL)) miss_count(vm, insn, &r, MISS_KNOWN);
  return true;
}

/* What prime functions decide, when all is done: the cache for the next receiver with this key, or
** why there is none. */
static MissReason prime(void *insn, ThreadedOp op, AttrCache cache) {
  ((AttrInsn *)insn)->cache = cache;
  quicken(insn, op);
  return MISS_NONE;
}

static MissReason prime_super(void *insn, ThreadedOp op, Value v, const AttrPlace *place) {
  AttrCache cache;
  MissReason why = super_remember(v, place, &cache);
  return why == MISS_NONE ? prime(insn, op, cache) : why;
}

/* refusal: why nothing that was found can be kept, or MISS_NONE. */
static MissReason refusal(const Receiver *r, const AttrPlace *place) {
  if (place->kind == PLACE_HOOK) return MISS_HOOK;
  if (!key_is_cacheable(r->key)) return MISS_NO_KEY;
  if (place->protocol == ATTR_OF_SUPER) return MISS_SUPER;
  bool is_same = is_class(r) ? r->type->key == r->key : ((const Shape *)r->kind)->key == r->key;
  if (!is_same) return MISS_CHANGING;
  if (!is_class(r)) return MISS_NONE;
  /* that the metaclass has nothing before it, the class's key says too (perf-note 0064) */
  bool is_of_class = place->protocol == ATTR_OF_CLASS && place->self == VALUE_UNBOUND;
  return is_of_class ? MISS_NONE : MISS_METACLASS;
}

static uint32_t slot_offset(const Shape *shape, uint32_t number) {
  return shape->type->slots_offset + (uint32_t)sizeof(Value) * number;
}

/* class_value_slot: where the class attribute found by the MRO lookup is stored, for values that
** may be replaced in place. */
static Value *class_value_slot(VM *vm, const Type *type, Str *name) {
  const Tuple *mro = type->mro;
  for (size_t i = 0; mro && i < tuple_length(mro); i++) {
    Type *at = value_object(mro->items[i]);
    Value *slot = at->attrs ? dict_find_slot(vm, at->attrs, name) : NULL;
    if (slot) return slot;
  }
  return NULL;
}

/* hides_data: does the object's own attribute stand before one with __set__ (and no __get__)? */
static bool hides_data(const AttrPlace *place) {
  return place->found != VALUE_UNBOUND && type_is_data_descriptor(place->found);
}

/* ---- loads */
static MissReason load_own(VM *vm, void *insn, const Receiver *r, Str *name,
                           const AttrPlace *place) {
  const Shape *shape = r->kind;
  if (hides_data(place)) return MISS_DESCRIPTOR;
  if (place->kind == PLACE_SLOT)
    return prime(insn, T_LOAD_ATTR_SLOT,
                 (AttrCache){.slot = {r->key, slot_offset(shape, place->number)}});
  if (place->kind == PLACE_OVERFLOW)
    return prime(insn, T_LOAD_ATTR_OVERFLOW,
                 (AttrCache){.item = {r->key, place->number - shape->inline_capacity}});
  if (place->kind != PLACE_DICT) return MISS_DICT;
  uint32_t at = r->type->extra_offset;
  if (!value_is(r->v, module))
    return prime(insn, T_LOAD_ATTR_DICT,
                 (AttrCache){.dict = {.key = r->key, .dict_offset = at, .name = name}});
  uint32_t stamp = dict_stamp(vm, module_dict(value_object(r->v)));
  if (!key_is_cacheable(stamp)) return MISS_NO_KEY;
  return prime(insn, T_LOAD_ATTR_STAMP, (AttrCache){.stamped = {r->key, stamp, place->slot, at}});
}

/* is_heard: would somebody be asked after an AttributeError of a getter? */
static bool is_heard(const Receiver *r, const AttrPlace *place) {
  if (place->protocol != ATTR_OF_OBJECT && place->protocol != ATTR_OF_CLASS) return true;
  return r->type->specials[SPECIAL_getattr] != VALUE_UNBOUND;
}

/* metaclass_receiver (perf-note 0075): a class as an instance of its metaclass, where this alone
** says what is found: a data descriptor there stands before what the class has. */
static Receiver metaclass_receiver(const Receiver *r, const AttrPlace *place) {
  bool is_of_metaclass = place->protocol == ATTR_OF_CLASS && place->self != VALUE_UNBOUND &&
                         place->found != VALUE_UNBOUND;
  if (!is_class(r) || !is_of_metaclass) return *r;
  if (place->kind != PLACE_GETSET && place->kind != PLACE_MEMBER) return *r;
  const Shape *shape = value_shape(r->v);
  return (Receiver){r->v, shape->key, shape, shape->type};
}

static MissReason load_property(VM *vm, void *insn, const Receiver *r, const AttrPlace *place) {
  const Property *property = value_object(place->found);
  if (is_heard(r, place) || !value_is(property->get, function)) return MISS_PROPERTY;
  const ThreadedCode *code = function_threaded(vm, value_object(property->get));
  if (!code) error_clear(vm);
  if (!code || code->fast_argc != 1) return MISS_PROPERTY;
  return prime(insn, T_LOAD_ATTR_PROPERTY,
               (AttrCache){.callable = {.key = r->key, .function = property->get}});
}

/* native_get: the row of a __get__ that is called with object and class and nothing else; NULL:
** another one, or a class of the program, which may get another. */
static const MethodSpec *native_get(Value descriptor) {
  const Type *type = value_type(descriptor);
  Value get = type->specials[SPECIAL_get];
  if (type_has(type, TYPE_HEAP) || !value_is(get, wrapper_descriptor)) return NULL;
  const MethodSpec *spec = ((const NativeFunction *)value_object(get))->spec;
  bool is_plain = spec->nparams == 2 && (spec->flags & METHOD_PLAIN) && !(spec->flags & METHOD_RAW);
  return is_plain ? spec : NULL;
}

Value slow_read_descriptor(VM *vm, Value descriptor, Value object) {
  const MethodSpec *spec = native_get(descriptor);
  const Value args[] = {object, value_from(value_type(object))};
  return vm_guard_call(vm) ? spec->entry(vm, spec, descriptor, args) : VALUE_FAIL;
}

Dict **slow_dict_address(Object *object) { return (Dict **)object_extra_address(object); }

/* load_descriptor: of the class, in front of what the object has itself */
static MissReason load_descriptor(VM *vm, void *insn, const Receiver *r, const AttrPlace *place) {
  const void *found = value_object(place->found);
  switch (place->kind) {
  case PLACE_PROPERTY: return load_property(vm, insn, r, place);
  case PLACE_MEMBER: {
    const MemberDescriptor *member = found;
    if (member->getset && !is_heard(r, place))
      return prime(insn, T_LOAD_ATTR_GETSET, (AttrCache){.getset = {r->key, member->getset}});
    if (!member->offset) return MISS_DESCRIPTOR;
    return prime(insn, T_LOAD_ATTR_MEMBER, (AttrCache){.slot = {r->key, member->offset}});
  }
  case PLACE_FIELD: {
    int64_t index = ((const TupleGetter *)found)->index;
    if (!type_has(r->type, TYPE_TUPLE_SUBCLASS) || index < 0 || index > UINT16_MAX)
      return MISS_DESCRIPTOR;
    return prime(insn, T_LOAD_ATTR_FIELD, (AttrCache){.item = {r->key, (uint32_t)index}});
  }
  case PLACE_GETSET: {
    const GetSetDescriptor *getset = value_object(place->found);
    if (is_heard(r, place)) return MISS_DESCRIPTOR;
    return prime(insn, T_LOAD_ATTR_GETSET, (AttrCache){.getset = {r->key, getset->spec}});
  }
  case PLACE_DATA_DESCRIPTOR: {
    if (is_heard(r, place) || !native_get(place->found)) return MISS_DESCRIPTOR;
    return prime(insn, T_LOAD_ATTR_DESCRIPTOR,
                 (AttrCache){.callable = {.key = r->key, .function = place->found}});
  }
  case PLACE_CLASS_METHOD:
  case PLACE_NATIVE_CLASS_METHOD: return MISS_BOUND;
  default: return MISS_DESCRIPTOR;
  }
}

static MissReason prime_load(VM *vm, void *insn, const Receiver *r, Str *name,
                             const AttrPlace *place) {
  if (value_is(r->v, super)) return prime_super(insn, T_LOAD_ATTR_SUPER, r->v, place);
  MissReason why = refusal(r, place);
  if (why != MISS_NONE) return why;
  if (place_is_own(place->kind)) return load_own(vm, insn, r, name, place);
  bool is_value = place->kind == PLACE_VALUE;
  bool is_function = place->kind == PLACE_FUNCTION;
  /* of a module or function: it may get one of its own any time */
  bool is_dict = !is_class(r) && ((const Shape *)r->kind)->kind == SHAPE_DICT;
  if (place->kind == PLACE_NATIVE) is_function = true; /* bound, or of a class: itself */
  if (place->kind == PLACE_NATIVE && is_dict) return MISS_BOUND;
  if (!is_value && !is_function) return load_descriptor(vm, insn, r, place);
  if (is_class(r)) {
    Value *slot = class_value_slot(vm, r->type, name);
    return prime(insn, T_LOAD_ATTR_TYPE, (AttrCache){.of_class = {r->key, slot, r->v}});
  }
  if (is_dict) return MISS_DICT;
  if (is_function)
    return prime(insn, T_LOAD_ATTR_BIND,
                 (AttrCache){.callable = {.key = r->key, .function = place->found}});
  Value *slot = class_value_slot(vm, r->type, name);
  return prime(insn, T_LOAD_ATTR_CLASS, (AttrCache){.of_class = {.key = r->key, .value = slot}});
}

/* absence: why nothing was found */
static MissReason absence(const AttrPlace *place) {
  switch (place->kind) {
  case PLACE_ABSENT: return MISS_ABSENT;
  case PLACE_MEMBER: return MISS_UNSET;
  case PLACE_HOOK: return MISS_HOOK;
  default: return MISS_RAISES;
  }
}

Value load_attr_miss(VM *vm, Insn_LOAD_ATTR *insn, Value *base) {
  Receiver r = receiver_of(base[insn->object]);
  Str *name = frame_name(insn, base, insn->name);
  quicken(insn, T_LOAD_ATTR);
  AttrPlace place;
  Value result = get_attribute_from(vm, r.v, name, &place);
  if (result != VALUE_FAIL) r = metaclass_receiver(&r, &place);
  MissReason why = result == VALUE_FAIL ? absence(&place) : prime_load(vm, insn, &r, name, &place);
  if (LIKELY(why == MISS_NONE)) attr_remember(vm, (AttrInsn *)insn, &r, name, T_LOAD_ATTR);
  if (UNLIKELY(vm->misses != NULL)) miss_count(vm, insn, &r, why);
  return result;
}

/* ---- stores */
static MissReason prime_store(void *insn, const Receiver *r, Str *name, const AttrPlace *place) {
  if (is_class(r)) return MISS_CLASS_STORE;
  MissReason why = refusal(r, place);
  if (why != MISS_NONE) return why;
  if (!type_has(r->type, TYPE_PLAIN_SETATTR)) return MISS_HOOK;
  const Shape *shape = r->kind, *after = object_shape(value_object(r->v));
  uint32_t at = r->type->extra_offset;
  switch (place->kind) {
  case PLACE_SLOT:
    return prime(insn, T_STORE_ATTR_SLOT,
                 (AttrCache){.slot = {r->key, slot_offset(shape, place->number)}});
  case PLACE_OVERFLOW:
    return prime(insn, T_STORE_ATTR_OVERFLOW,
                 (AttrCache){.item = {r->key, place->number - shape->inline_capacity}});
  case PLACE_NEW:
    if (after->parent != shape || shape->slot_count >= shape->inline_capacity) return MISS_GROWTH;
    return prime(insn, T_STORE_ATTR_ADD,
                 (AttrCache){.added = {r->key, slot_offset(shape, shape->slot_count),
                                       shape_address(after)}});
  case PLACE_DICT:
    return prime(insn, T_STORE_ATTR_DICT,
                 (AttrCache){.dict = {.key = r->key, .dict_offset = at, .name = name}});
  case PLACE_MEMBER: {
    const MemberDescriptor *member = value_object(place->found);
    if (member->readonly || !member->offset) return MISS_SETTER;
    return prime(insn, T_STORE_ATTR_SLOT, (AttrCache){.slot = {r->key, member->offset}});
  }
  default: return MISS_SETTER;
  }
}

bool store_attr_miss(VM *vm, Insn_STORE_ATTR *insn, Value *base) {
  const Receiver r = receiver_of(base[insn->object]);
  Str *name = frame_name(insn, base, insn->name);
  quicken(insn, T_STORE_ATTR);
  AttrPlace place;
  attr_find_store(vm, r.v, name, false, &place);
  bool stored = attr_store(vm, r.v, name, &place, base[insn->value]);
  MissReason why = stored ? prime_store(insn, &r, name, &place) : absence(&place);
  if (LIKELY(why == MISS_NONE)) attr_remember(vm, (AttrInsn *)insn, &r, name, T_STORE_ATTR);
  if (UNLIKELY(vm->misses != NULL)) miss_count(vm, insn, &r, why);
  return stored;
}

/* ---- methods */

/* wrapped_function: the Python function in a static or class method, or UNBOUND. */
static Value wrapped_function(const AttrPlace *place) {
  Value callable = ((const Wrapper *)value_object(place->found))->callable;
  return value_is(callable, function) ? callable : VALUE_UNBOUND;
}

/* plain_slot: where what a class has lies that is called as it is, static methods without what is
** around them: it may be replaced without a new key. */
static Value *plain_slot(VM *vm, const Receiver *r, Str *name, const AttrPlace *place) {
  if (place->kind != PLACE_STATIC) return class_value_slot(vm, r->type, name);
  return &((Wrapper *)value_object(place->found))->callable;
}

/* method_of_class: the receiver is the class. */
static MissReason method_of_class(VM *vm, void *insn, const Receiver *r, Str *name,
                                  const AttrPlace *place) {
  switch (place->kind) {
  case PLACE_FUNCTION:
  case PLACE_NATIVE:
  case PLACE_VALUE:
  case PLACE_STATIC:
    return prime(insn, T_LOAD_METHOD_TYPE,
                 (AttrCache){.of_class = {r->key, plain_slot(vm, r, name, place), r->v}});
  case PLACE_CLASS_METHOD: {
    Value function = wrapped_function(place);
    if (function == VALUE_UNBOUND) return MISS_DESCRIPTOR;
    return prime(insn, T_LOAD_METHOD_TYPE_BOUND, (AttrCache){.callable = {r->key, function, r->v}});
  }
  case PLACE_NATIVE_CLASS_METHOD:
    return prime(insn, T_LOAD_METHOD_TYPE_BOUND,
                 (AttrCache){.callable = {r->key, place->found, r->v}});
  default: return MISS_DESCRIPTOR;
  }
}

static MissReason method_of_module(VM *vm, void *insn, const Receiver *r, const AttrPlace *place) {
  uint32_t stamp = dict_stamp(vm, module_dict(value_object(r->v)));
  if (!key_is_cacheable(stamp)) return MISS_NO_KEY;
  return prime(insn, T_LOAD_METHOD_STAMP,
               (AttrCache){.stamped = {r->key, stamp, place->slot, r->type->extra_offset}});
}

static MissReason method_of_instance(VM *vm, void *insn, const Receiver *r, Str *name,
                                     const AttrPlace *place) {
  bool has_dict = ((const Shape *)r->kind)->kind == SHAPE_DICT;
  if (place->kind == PLACE_FUNCTION || place->kind == PLACE_NATIVE) {
    if (!has_dict)
      return prime(insn, T_LOAD_METHOD_CLASS,
                   (AttrCache){.callable = {.key = r->key, .function = place->found}});
    uint32_t at = r->type->extra_offset;
    return prime(insn, T_LOAD_METHOD_DICT, (AttrCache){.dict = {r->key, at, name, place->found}});
  }
  if (place->kind == PLACE_NATIVE_CLASS_METHOD && !has_dict)
    return prime(insn, T_LOAD_METHOD_OF_TYPE,
                 (AttrCache){.callable = {.key = r->key, .function = place->found}});
  bool is_plain = place->kind == PLACE_STATIC || place->kind == PLACE_VALUE;
  if (!is_plain && place->kind != PLACE_CLASS_METHOD) return MISS_DESCRIPTOR;
  if (has_dict) return MISS_DICT;
  if (is_plain)
    return prime(insn, T_LOAD_METHOD_PLAIN,
                 (AttrCache){.of_class = {.key = r->key, .value = plain_slot(vm, r, name, place)}});
  Value function = wrapped_function(place);
  if (function == VALUE_UNBOUND) return MISS_DESCRIPTOR;
  return prime(insn, T_LOAD_METHOD_OF_TYPE,
               (AttrCache){.callable = {.key = r->key, .function = function}});
}

static MissReason prime_method(VM *vm, void *insn, const Receiver *r, Str *name,
                               const AttrPlace *place) {
  if (value_is(r->v, super)) return prime_super(insn, T_LOAD_METHOD_SUPER, r->v, place);
  MissReason why = refusal(r, place);
  if (why != MISS_NONE) return why;
  if (is_class(r)) return method_of_class(vm, insn, r, name, place);
  if (place->kind == PLACE_DICT && value_is(r->v, module))
    return method_of_module(vm, insn, r, place);
  if (place->kind == PLACE_SLOT && !hides_data(place))
    return prime(insn, T_LOAD_METHOD_SLOT,
                 (AttrCache){.slot = {r->key, slot_offset(r->kind, place->number)}});
  if (place_is_own(place->kind)) return MISS_OWN;
  return place->protocol == ATTR_OF_OBJECT ? method_of_instance(vm, insn, r, name, place)
                                           : MISS_DESCRIPTOR;
}

bool load_method_miss(VM *vm, Insn_LOAD_METHOD *insn, Value *base) {
  const Receiver r = receiver_of(base[insn->object]);
  Str *name = frame_name(insn, base, insn->name);
  quicken(insn, T_LOAD_METHOD);
  AttrPlace place;
  Value receiver, method = get_method_from(vm, r.v, name, &receiver, &place);
  MissReason why =
      method == VALUE_FAIL ? absence(&place) : prime_method(vm, insn, &r, name, &place);
  if (LIKELY(why == MISS_NONE)) attr_remember(vm, (AttrInsn *)insn, &r, name, T_LOAD_METHOD);
  if (UNLIKELY(vm->misses != NULL)) miss_count(vm, insn, &r, why);
  if (UNLIKELY(method == VALUE_FAIL)) return false;
  Value *to = &base[insn->base]; /* only now: a collection does not look at results */
  to[0] = method;
  to[1] = receiver;
  return true;
}

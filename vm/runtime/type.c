/* type.c -- classes once they exist: lookup through the MRO with a global cache, specials, subclass
** links, changes.
**
** Laws: type->specials[i] is the MRO's value for the i-th special name; type->next and type->call
** are set only while the class uses the native step or call; a cached lookup is valid while the
** class has the key it was made under. */
#include <stdlib.h>

#include "vm/base/memory.h"
#include "vm/contracts/error.h"
#include "vm/contracts/type_internal.h"
#include "vm/native/bind.h"
#include "vm/objects/verify.h"
#include "vm/shapes/shape.h"

/* ---- the cache of lookups, by name and by the key of the class */

#define CACHE_SIZE 4096
static struct {
  const Str *name;
  Value value;
  uint32_t key;
} method_cache[CACHE_SIZE];

/* A name's address may become another's. (Values need no care: a key is never drawn twice.) */
static void forget_names(VM *vm, bool full, void *data) {
  for (size_t i = 0; full && i < CACHE_SIZE; i++)
    if (method_cache[i].name && heap_is_dying(method_cache[i].name)) method_cache[i].name = NULL;
}

#if KRAIT_CHECKS >= 1
enum {
  SUBCLASS_FLAGS = TYPE_INT_SUBCLASS | TYPE_STR_SUBCLASS | TYPE_LIST_SUBCLASS |
                   TYPE_TUPLE_SUBCLASS | TYPE_DICT_SUBCLASS | TYPE_BYTES_SUBCLASS |
                   TYPE_TYPE_SUBCLASS | TYPE_EXCEPTION_SUBCLASS | TYPE_FLOAT_SUBCLASS |
                   TYPE_SET_SUBCLASS | TYPE_COMPLEX_SUBCLASS | TYPE_BYTEARRAY_SUBCLASS |
                   TYPE_MODULE_SUBCLASS
};
#endif

/* ---- special names */

#define SPECIAL_SLOTS 512
static struct {
  const Str *name;
  int index;
} special_table[SPECIAL_SLOTS];

static size_t special_hash(const Str *name) { return ((uintptr_t)name >> 4) * 0x9E3779B1u >> 7; }

void specials_init(VM *vm) {
  heap_add_sweeper(vm, forget_names, NULL);
  for (int i = 0; i < SPECIAL_COUNT; i++) {
    const Str *name = str_intern_immortal(vm, special_names[i]);
    size_t at = special_hash(name) % SPECIAL_SLOTS;
    while (special_table[at].name) at = (at + 1) % SPECIAL_SLOTS;
    assert(name->h.bits & STR_INTERNED); /* compared by address */
    special_table[at].name = name;
    special_table[at].index = i;
  }
}

/* Of an interned name, or -1 */
static int special_index(const Str *name) {
  for (size_t at = special_hash(name) % SPECIAL_SLOTS; special_table[at].name;
       at = (at + 1) % SPECIAL_SLOTS)
    if (special_table[at].name == name) return special_table[at].index;
  return -1;
}

/* ---- lookup */

static Value lookup_uncached(VM *vm, Type *type, Str *name) {
  if (!type->mro) return type->attrs ? dict_get_str(vm, type->attrs, name) : VALUE_UNBOUND;
  size_t n = tuple_length(type->mro);
  for (size_t i = 0; i < n; i++) {
    Type *t = value_object(type->mro->items[i]);
    Value v = dict_get_str(vm, t->attrs, name);
    if (v != VALUE_UNBOUND) return v;
  }
  return VALUE_UNBOUND;
}

static size_t lookup_place(const Type *type, const Str *name) {
  return (((uintptr_t)name >> 4) ^ (type->key * 0x9E3779B1u >> 8)) % CACHE_SIZE;
}

Value type_lookup(VM *vm, Type *type, Str *name) {
  if (UNLIKELY(!(name->h.bits & STR_INTERNED))) return lookup_uncached(vm, type, name);
  size_t at = lookup_place(type, name);
  if (LIKELY(method_cache[at].key == type->key && method_cache[at].name == name)) {
    /* a change draws a new key */
    debug_check(method_cache[at].value == lookup_uncached(vm, type, name));
    return method_cache[at].value;
  }
  Value v = lookup_uncached(vm, type, name);
  assert(v != VALUE_FAIL);
  if (type->mro && key_is_cacheable(type->key)) {
    method_cache[at].name = name;
    method_cache[at].value = v;
    method_cache[at].key = type->key;
  }
  return v;
}

bool type_is_subtype(const Type *type, const Type *of) {
  if (type == of) return true;
  if (!type->mro) {
    for (; type; type = type->base)
      if (type == of) return true;
    return false;
  }
  Value wanted = value_from(of);
  size_t n = tuple_length(type->mro);
  for (size_t i = 1; i < n; i++)
    if (type->mro->items[i] == wanted) return true;
  return false;
}

bool type_is_data_descriptor(Value v) {
  const Type *type = value_type(v);
  return type->specials[SPECIAL_set] != VALUE_UNBOUND ||
         type->specials[SPECIAL_delete] != VALUE_UNBOUND;
}

Str *type_qualified_name(VM *vm, Type *type) {
  Value module = type_has(type, TYPE_HEAP) ||
                         dict_get_str(vm, type->attrs, NAME("__module__")) != VALUE_UNBOUND
                     ? dict_get_str(vm, type->attrs, NAME("__module__"))
                     : VALUE_UNBOUND;
  if (!value_is_str(module) || str_equal_cstr(value_object(module), "builtins"))
    return type->qualname;
  return str_format(vm, "%U.%U", (Str *)value_object(module), type->qualname);
}

bool type_add(VM *vm, Type *type, const char *name, Value v) {
  if (v == VALUE_FAIL) return false;
  Str *key = str_intern_cstr(vm, name);
  Value old = dict_get_str(vm, type->attrs, key);
  if (!dict_set_str(vm, type->attrs, key, v)) return false;
  if (type_has(type, TYPE_READY)) type_modified(vm, type, key, old, v);
  return true;
}

/* ---- subclass links */

/* NULL: no memory. */
static TypeLinks *make_links(Type *type) {
  if (!type->subclasses) {
    TypeLinks *links = memory_take_zeroed(1, sizeof *links);
    if (!links) return NULL;
    links->type = type;
    type->subclasses = (Object *)links;
  }
  return type_links(type);
}

static bool reserve_sub(TypeLinks *base) {
  if (base->nsubs < base->subs_capacity) return true;
  size_t capacity = base->subs_capacity ? base->subs_capacity * 2 : 4;
  TypeLinks **larger = memory_resize_array(base->subs, capacity, sizeof *larger);
  if (!larger) return false;
  base->subs = larger;
  base->subs_capacity = capacity;
  return true;
}

static bool reserve_bases(TypeLinks *links, size_t count) {
  if (links->bases && count <= links->bases_capacity) return true;
  TypeLinks **larger = memory_resize_array(links->bases, count ? count : 1, sizeof *larger);
  if (!larger) return false;
  links->bases = larger;
  links->bases_capacity = count;
  return true;
}

bool type_link_bases(VM *vm, Type *type) {
  TypeLinks *links = make_links(type);
  size_t n = tuple_length(type->bases);
  bool fine = links && reserve_bases(links, n);
  for (size_t i = 0; i < n && fine; i++) {
    TypeLinks *base = make_links(value_object(type->bases->items[i]));
    fine = base && reserve_sub(base);
  }
  if (!fine) return raise_memory(vm), false;
  links->nbases = n;
  for (size_t i = 0; i < n; i++) {
    TypeLinks *base = type_links(value_object(type->bases->items[i]));
    links->bases[i] = base;
    base->subs[base->nsubs++] = links;
  }
  return true;
}

static void remove_link(TypeLinks **array, size_t *count, const TypeLinks *link) {
  for (size_t i = 0; i < *count; i++) {
    if (array[i] != link) continue;
    memmove(array + i, array + i + 1, (*count - i - 1) * sizeof *array);
    (*count)--;
    return;
  }
}

void type_unlink_bases(Type *type) {
  TypeLinks *links = type_links(type);
  if (!links) return;
  for (size_t i = 0; i < links->nbases; i++)
    remove_link(links->bases[i]->subs, &links->bases[i]->nsubs, links);
  links->nbases = 0;
}

void type_destroy(VM *vm, Object *self) {
  Type *type = (Type *)self;
  TypeLinks *links = type_links(type);
  if (links) {
    type_unlink_bases(type);
    for (size_t i = 0; i < links->nsubs; i++)
      remove_link(links->subs[i]->bases, &links->subs[i]->nbases, links);
    free(links->subs);
    free(links->bases);
    free(links);
    type->subclasses = NULL;
  }
}

/* ---- specials and what follows from them */

const ClassSpec *type_spec_with_next(const Type *type) {
  for (; type; type = type->base)
    if (!type_has(type, TYPE_HEAP) && type->spec && type->spec->next) return type->spec;
  return NULL;
}

static const MethodSpec *native_spec(Value v) {
  return value_is(v, wrapper_descriptor) || value_is(v, method_descriptor)
             ? ((NativeFunction *)value_object(v))->spec
             : NULL;
}

static void set_flag(Type *type, uint32_t flag, bool on) {
  type->flags = on ? type->flags | flag : type->flags & ~flag;
}

static bool is_from_object(Value v) {
  return value_is(v, wrapper_descriptor) &&
         ((NativeFunction *)value_object(v))->owner == TYPE_OF(object);
}

/* The class whose C step is what this __next__ does, be it made from the step or a row of its
** own. */
static const ClassSpec *spec_of_next(const Type *type, Value method) {
  if (native_spec(method) == &native_next_spec) return type_spec_with_next(type);
  const Type *owner =
      value_is(method, wrapper_descriptor) ? ((NativeFunction *)value_object(method))->owner : NULL;
  return owner && owner->spec && owner->spec->next ? owner->spec : NULL;
}

/* What a CALL row made of this __call__, if it may be called on instances of `type`. */
static RawEntry entry_of_call(const Type *type, Value method) {
  if (!value_is(method, wrapper_descriptor)) return NULL;
  const NativeFunction *wrapper = value_object(method);
  bool is_call = wrapper->spec->flags & METHOD_CALL;
  return is_call && type_is_subtype(type, wrapper->owner) ? wrapper->spec->raw : NULL;
}

/* What may spare dead instances this __del__: its class's, if it has it from a row. */
static bool (*last_words_of(Value method))(const Object *) {
  if (!value_is(method, wrapper_descriptor)) return NULL;
  const Type *owner = ((NativeFunction *)value_object(method))->owner;
  return owner && owner->spec ? owner->spec->has_last_words : NULL;
}

/* same_comparisons: do instances of both compare by the same six functions? */
static bool same_comparisons(const Type *a, const Type *b) {
  for (int i = SPECIAL_lt; i <= SPECIAL_ge; i++)
    if (a->specials[i] != b->specials[i]) return false;
  return true;
}

/* derive_kin: whose methods stand for identity: object's; else those of the built-in class that
** gives the layout. */
static void derive_kin(Type *type) {
  const Type *native = type, *object = TYPE_OF(object);
  while (type_has(native, TYPE_HEAP)) native = native->base;
  type->native = native;
  const Type *compared = same_comparisons(type, object) ? object : native;
  bool is_same = same_comparisons(type, compared);
  type->compares_as = is_same ? shape_address(compared->shape) : 0;
  Value hash = type->specials[SPECIAL_hash];
  const Type *hashed = hash == object->specials[SPECIAL_hash] ? object : native;
  type->hashes_as = hash == hashed->specials[SPECIAL_hash] ? shape_address(hashed->shape) : 0;
}

/* derive_hooks: next, call and the flags that say that attributes work the ordinary way. */
static void derive_hooks(Type *type) {
  derive_kin(type);
  const ClassSpec *with_next = spec_of_next(type, type->specials[SPECIAL_next]);
  type->next = with_next ? with_next->next : NULL;
  type->call = entry_of_call(type, type->specials[SPECIAL_call]);
  set_flag(type, TYPE_PLAIN_GETATTR,
           is_from_object(type->specials[SPECIAL_getattribute]) &&
               type->specials[SPECIAL_getattr] == VALUE_UNBOUND);
  set_flag(type, TYPE_PLAIN_SETATTR,
           is_from_object(type->specials[SPECIAL_setattr]) &&
               is_from_object(type->specials[SPECIAL_delattr]));
  set_flag(type, TYPE_HAS_DEL, type->specials[SPECIAL_del] != VALUE_UNBOUND);
  type->has_last_words = last_words_of(type->specials[SPECIAL_del]);
}

static void add_own_specials(Type *type, const Type *from) {
  size_t position = 0;
  Value name, v;
  while (dict_next(from->attrs, &position, &name, &v)) {
    if (!value_is(name, str)) continue;
    int i = special_index(value_object(name));
    if (i >= 0) type->specials[i] = v;
  }
}

void type_refresh(VM *vm, Type *type) {
  size_t n = tuple_length(type->mro);
  bool is_first = value_object(type->mro->items[0]) == type; /* mro() may leave it out */
  Type *next = is_first && n > 1 ? value_object(type->mro->items[1]) : NULL;
  /* the rest of the MRO is the base's: start from its specials */
  if (next && next->mro && tuple_length(next->mro) == n - 1) {
    memcpy(type->specials, next->specials, sizeof type->specials);
    add_own_specials(type, type);
  } else {
    for (int i = 0; i < SPECIAL_COUNT; i++) type->specials[i] = VALUE_UNBOUND;
    for (size_t i = n; i-- > 0;) add_own_specials(type, value_object(type->mro->items[i]));
  }
  derive_hooks(type);
  if (type_has(type, TYPE_HEAP)) heap_barrier_any(vm, type);
}

void type_refresh_tree(VM *vm, Type *type) {
  type_refresh(vm, type);
  shape_renew_keys(vm, type);
  TypeLinks *links = type_links(type);
  for (size_t i = 0; links && i < links->nsubs; i++) type_refresh_tree(vm, links->subs[i]->type);
}

/* renew_below: new keys for a class and all below it, each once however many ways lead there: keys
** only grow. Below a class that has KEY_NONE all have it. */
static void renew_below(VM *vm, Type *type, uint32_t since) {
  if (type->key > since || type->key == KEY_NONE) return;
  shape_renew_keys(vm, type);
  const TypeLinks *links = type_links(type);
  for (size_t i = 0; links && i < links->nsubs; i++) renew_below(vm, links->subs[i]->type, since);
}

void type_renew_all_keys(VM *vm) { renew_below(vm, TYPE_OF(object), vm->next_key); }

bool type_same_descriptor(const Type *a, const Type *b) {
  static const Special asked[] = {SPECIAL_get, SPECIAL_set, SPECIAL_delete};
  for (size_t i = 0; i < ARRAY_COUNT(asked); i++)
    if ((a->specials[asked[i]] == VALUE_UNBOUND) != (b->specials[asked[i]] == VALUE_UNBOUND))
      return false;
  return true;
}

bool type_may_be_sequence(const Type *type) {
  return type_has(type, TYPE_HEAP) || type->specials[SPECIAL_len] != VALUE_UNBOUND ||
         type->specials[SPECIAL_getitem] != VALUE_UNBOUND ||
         type->specials[SPECIAL_contains] != VALUE_UNBOUND;
}

static bool makes_descriptors(int special) {
  return special == SPECIAL_get || special == SPECIAL_set || special == SPECIAL_delete;
}

static void refresh_one(VM *vm, Type *type, Str *name, int index) {
  if (index >= 0) {
    type->specials[index] = lookup_uncached(vm, type, name);
    derive_hooks(type);
    if (type_has(type, TYPE_HEAP)) heap_barrier_any(vm, type);
  }
  shape_renew_keys(vm, type);
  TypeLinks *links = type_links(type);
  for (size_t i = 0; links && i < links->nsubs; i++)
    refresh_one(vm, links->subs[i]->type, name, index);
}

void type_modified(VM *vm, Type *type, Str *name, Value old_value, Value new_value) {
  assert(name->h.bits & STR_INTERNED);
  debug_check(dict_get_str(vm, type->attrs, name) == new_value); /* it was done already */
  int special = special_index(name);
  refresh_one(vm, type, name, special);
  /* what its instances do as attributes of any class; what classes that are its instances have */
  if (makes_descriptors(special) || type_has(type, TYPE_TYPE_SUBCLASS)) type_renew_all_keys(vm);
  deep_check(type_verify(type));
}

static void forget_lookup(const Type *type, const Str *name) {
  size_t at = lookup_place(type, name);
  if (method_cache[at].key == type->key && method_cache[at].name == name)
    method_cache[at].name = NULL;
  const TypeLinks *links = type_links(type);
  for (size_t i = 0; links && i < links->nsubs; i++) forget_lookup(links->subs[i]->type, name);
}

/* Perf-note 0073. */
bool type_value_replaced(const Type *type, const Str *name) {
  if (type_has(type, TYPE_TYPE_SUBCLASS) || special_index(name) >= 0) return false;
  forget_lookup(type, name);
  return true;
}

#if KRAIT_CHECKS >= 1
static bool cached_lookups_verify(const Type *type) {
  for (size_t i = 0; i < CACHE_SIZE; i++)
    if (method_cache[i].name && method_cache[i].key == type->key)
      LAW(method_cache[i].value ==
          lookup_uncached(the_vm, (Type *)type, (Str *)method_cache[i].name));
  return true;
}

static bool specials_verify(const Type *type) {
  for (size_t i = 0; i < SPECIAL_SLOTS; i++) {
    const Str *name = special_table[i].name;
    if (name)
      LAW(type->specials[special_table[i].index] ==
          lookup_uncached(the_vm, (Type *)type, (Str *)name));
  }
  return true;
}

static bool derived_verify(const Type *type) {
  Type derived = *type;
  derive_hooks(&derived);
  LAW(derived.flags == type->flags);
  LAW(type->native == (type_has(type, TYPE_HEAP) ? derived.native : type));
  LAW(derived.hashes_as == type->hashes_as && derived.compares_as == type->compares_as);
  LAW(derived.next == type->next && derived.call == type->call);
  return true;
}

bool type_verify(const Type *type) {
  if (!type->mro || !type_has(type, TYPE_READY)) return true; /* in the making */
  /* mro() of a metaclass may leave it out */
  LAW(value_object(type->mro->items[0]) == type || !value_is(value_from(type), type));
  LAW(type->key != 0 && (type->key <= the_vm->next_key || type->key == KEY_NONE));
  if (type->base) LAW((type->base->flags & ~type->flags & SUBCLASS_FLAGS) == 0);
  LAW(!type->dict_shape || type->dict_shape->kind == SHAPE_DICT);
  LAW(!type->shape || type->shape->type == type);
  LAW(derived_verify(type));
  LAW(specials_verify(type));
  return cached_lookups_verify(type);
}
#endif

/* ---- instances, by class */

static Answer check_against(VM *vm, Value v, Value cls, bool subclass, int depth);

/* class_of: v.__class__ if that is a class and differs from its type; NULL otherwise. */
static Type *class_of(VM *vm, Value v) {
  Value cls = find_attribute(vm, v, NAME("__class__"));
  if (cls == VALUE_FAIL) {
    error_clear_if(vm, TYPE_OF(AttributeError));
    return NULL;
  }
  return cls != VALUE_UNBOUND && value_is_type(cls) ? value_object(cls) : NULL;
}

static Answer abstract_subclass(VM *vm, Value derived, Value cls) {
  if (derived == cls) return ANSWER_YES;
  Value bases = find_attribute(vm, derived, NAME("__bases__"));
  if (bases == VALUE_FAIL) return ANSWER_FAILED;
  if (bases == VALUE_UNBOUND || !value_has_flag(bases, TYPE_TUPLE_SUBCLASS)) return ANSWER_NO;
  if (vm_c_stack_low(vm) || vm->recursion_left <= 0)
    return raise_error(vm, TYPE_OF(RecursionError),
                       "maximum recursion depth exceeded in __subclasscheck__"),
           ANSWER_FAILED;
  Tuple *tuple = value_object(bases);
  int found = 0;
  vm->recursion_left--;
  for (size_t i = 0; i < tuple_length(tuple) && !found; i++)
    found = abstract_subclass(vm, tuple->items[i], cls);
  vm->recursion_left++;
  return found;
}

static bool check_class(VM *vm, Value cls, const char *message) {
  Value bases = find_attribute(vm, cls, NAME("__bases__"));
  if (bases == VALUE_FAIL) return false;
  if (bases != VALUE_UNBOUND && value_has_flag(bases, TYPE_TUPLE_SUBCLASS)) return true;
  return raise_false(vm, TYPE_OF(TypeError), "%s", message);
}

bool type_shows_itself(VM *vm, Type *type) {
  static Value shown; /* object.__class__, which object keeps */
  if (UNLIKELY(!shown)) shown = dict_get_str(vm, TYPE_OF(object)->attrs, NAME("__class__"));
  return type->specials[SPECIAL_getattribute] == TYPE_OF(object)->specials[SPECIAL_getattribute] &&
         type->specials[SPECIAL_getattr] == VALUE_UNBOUND &&
         type_lookup(vm, type, NAME("__class__")) == shown;
}

/* real_is_instance: what type.__instancecheck__ does. */
Answer type_real_is_instance(VM *vm, Value v, Value cls) {
  if (value_is_type(cls)) {
    Type *type = value_object(cls);
    if (type_is_subtype(value_type(v), type)) return ANSWER_YES;
    if (type_shows_itself(vm, value_type(v))) return ANSWER_NO;
    Type *other = class_of(vm, v);
    if (error_pending(vm)) return ANSWER_FAILED;
    return other && other != value_type(v) && type_is_subtype(other, type);
  }
  if (!check_class(vm, cls, "isinstance() arg 2 must be a type, a tuple of types, or a union"))
    return ANSWER_FAILED;
  Value own = find_attribute(vm, v, NAME("__class__"));
  if (own == VALUE_FAIL) return ANSWER_FAILED;
  return own == VALUE_UNBOUND ? 0 : abstract_subclass(vm, own, cls);
}

Answer type_real_is_subclass(VM *vm, Value derived, Value cls) {
  if (value_is_type(derived) && value_is_type(cls))
    return type_is_subtype(value_object(derived), value_object(cls));
  if (!check_class(vm, derived, "issubclass() arg 1 must be a class")) return ANSWER_FAILED;
  if (!value_is(cls, UnionType) &&
      !check_class(vm, cls, "issubclass() arg 2 must be a class, a tuple of classes, or a union"))
    return ANSWER_FAILED;
  return abstract_subclass(vm, derived, cls);
}

static Answer check_tuple(VM *vm, Value v, Tuple *classes, bool subclass, int depth) {
  for (size_t i = 0; i < tuple_length(classes); i++) {
    Answer found = check_against(vm, v, classes->items[i], subclass, depth + 1);
    if (found) return found;
    if (!vm_listen(vm)) return ANSWER_FAILED;
  }
  return ANSWER_NO;
}

static Answer check_against(VM *vm, Value v, Value cls, bool subclass, int depth) {
  Type *meta = value_type(cls);
  if (meta == TYPE_OF(type))
    return subclass ? type_real_is_subclass(vm, v, cls) : type_real_is_instance(vm, v, cls);
  if (value_has_flag(cls, TYPE_TUPLE_SUBCLASS)) {
    if (vm_c_stack_low(vm) || depth >= vm->recursion_left)
      return raise_error(vm, TYPE_OF(RecursionError), "maximum recursion depth exceeded in __%s__",
                         subclass ? "subclasscheck" : "instancecheck"),
             ANSWER_FAILED;
    return check_tuple(vm, v, value_object(cls), subclass, depth);
  }
  Value method = meta->specials[subclass ? SPECIAL_subclasscheck : SPECIAL_instancecheck];
  if (method != VALUE_UNBOUND) {
    if (vm_c_stack_low(vm))
      return raise_error(vm, TYPE_OF(RecursionError), "maximum recursion depth exceeded in __%s__",
                         subclass ? "subclasscheck" : "instancecheck"),
             ANSWER_FAILED;
    Value result = call_special1(vm, method, cls, v);
    return result == VALUE_FAIL ? ANSWER_FAILED : value_truth(vm, result);
  }
  return subclass ? type_real_is_subclass(vm, v, cls) : type_real_is_instance(vm, v, cls);
}

Answer is_instance(VM *vm, Value v, Value classinfo) {
  if (value_is_pointer(classinfo) && (void *)value_type(v) == value_object(classinfo))
    return ANSWER_YES;
  return check_against(vm, v, classinfo, false, 0);
}

Answer is_subclass(VM *vm, Value v, Value classinfo) {
  return check_against(vm, v, classinfo, true, 0);
}

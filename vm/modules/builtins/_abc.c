/* _abc.c -- abstract base classes: abstract methods, registration, and the caches of subclass
** checks.
**
** The state of an ABC is the value of _abc_impl in its namespace. Sets hold weak references to
** classes, so that an ABC keeps no class alive. Law: negative answers are valid while
** negative_version is the global counter, which every registration bumps.
** What was last asked is remembered by the key of the class, which no other class will ever
** have. */
#include "vm/contracts/type_internal.h"
#include "vm/objects/dict.h"
#include "vm/objects/tuple.h"
#include "vm/objects/weakref.h"

enum { REMEMBERED = 16 };
typedef struct AbcState {
  Object h;
  Set *registry, *cache, *negative; /* [gc] of weak references; NULL: empty */
  uint64_t negative_version;
  /* what the sets say of some classes: valid while remembered_version is the global counter */
  uint64_t remembered_version;
  struct {
    uint32_t key; /* Type.key; 0: none */
    bool yes;
  } remembered[REMEMBERED];
} AbcState;

static struct {
  /* classes registered so far: negative answers are as old as their number says */
  uint64_t registrations;
} state;

static void trace_state(Marker *marker, Object *self) {
  AbcState *s = (AbcState *)self;
  mark_object(marker, s->registry);
  mark_object(marker, s->cache);
  mark_object(marker, s->negative);
}

#define NATIVE_DEF "vm/modules/builtins/abc_data.def"
#define NATIVE_PREFIX data_
#include "vm/contracts/native_class.inc"

const ClassSpec abc_data_class = {NATIVE_CLASS(data_), .basic_size = sizeof(AbcState),
                                  .trace = trace_state};

#define NATIVE_DEF "vm/modules/builtins/_abc.def"
#define NATIVE_PREFIX abc_module_
#include "vm/contracts/native_class.inc"

/* Of a class whose metaclass has neither such a name nor rules of its own, UNBOUND else. */
static Value plain_state_of(VM *vm, Value cls) {
  Type *meta = value_type(cls);
  Value hook = meta->specials[SPECIAL_getattribute];
  if (!value_is_type(cls) || hook != TYPE_OF(type)->specials[SPECIAL_getattribute])
    return VALUE_UNBOUND;
  Str *name = NAME("_abc_impl");
  Value v = type_lookup(vm, value_object(cls), name);
  bool is_state = value_is(v, abc_data);
  return is_state && type_lookup(vm, meta, name) == VALUE_UNBOUND ? v : VALUE_UNBOUND;
}

static AbcState *state_of(VM *vm, Value cls) {
  Value v = plain_state_of(vm, cls);
  if (LIKELY(v != VALUE_UNBOUND)) return value_object(v);
  v = find_attribute(vm, cls, NAME("_abc_impl"));
  if (v == VALUE_FAIL) return NULL;
  if (!value_is(v, abc_data)) return raise_type(vm, "_abc_impl is set to a wrong type"), NULL;
  return value_object(v);
}

/* ---- sets of weak references */

static Value reference_to(VM *vm, Value cls) {
  return call1(vm, value_from(TYPE_OF(weakref)), cls);
}

static Answer is_in(VM *vm, Set *set, Value cls) {
  if (!set || set_length(set) == 0) return ANSWER_NO;
  Value reference = reference_to(vm, cls);
  if (reference == VALUE_FAIL)
    return error_clear_if(vm, TYPE_OF(TypeError)) ? ANSWER_NO : ANSWER_FAILED;
  return set_contains_value(vm, set, reference);
}

static bool put_in(VM *vm, AbcState *s, Set **set, Value cls) {
  if (!*set) {
    *set = set_new(vm);
    heap_barrier_any(vm, s);
  }
  Value reference = reference_to(vm, cls);
  return reference != VALUE_FAIL && set_add_value(vm, *set, reference);
}

/* ---- what was asked last */

static void forget(AbcState *s) {
  memset(s->remembered, 0, sizeof s->remembered);
  s->remembered_version = state.registrations;
}

static void remember(AbcState *s, Value cls, bool yes) {
  uint32_t key = value_is_type(cls) ? ((Type *)value_object(cls))->key : 0;
  if (!key || !key_is_cacheable(key)) return;
  if (s->remembered_version != state.registrations) forget(s);
  s->remembered[key % REMEMBERED].key = key;
  s->remembered[key % REMEMBERED].yes = yes;
}

/* recall: VALUE_TRUE, VALUE_FALSE; VALUE_UNBOUND: not known. */
static Value recall(const AbcState *s, const Type *type) {
  if (s->remembered_version != state.registrations || !type->key ||
      s->remembered[type->key % REMEMBERED].key != type->key)
    return VALUE_UNBOUND;
  return value_bool(s->remembered[type->key % REMEMBERED].yes);
}

/* ---- abstract methods */

static bool add_if_abstract(VM *vm, Set *names, Value name, Value v) {
  Answer abstract = is_abstract_method(vm, v);
  return abstract == ANSWER_FAILED ? false : !abstract || set_add_value(vm, names, name);
}

static bool add_inherited(VM *vm, Set *names, Value cls, Value base) {
  Value inherited = find_attribute(vm, base, NAME("__abstractmethods__"));
  if (inherited == VALUE_FAIL || inherited == VALUE_UNBOUND) return inherited != VALUE_FAIL;
  Tuple *list = tuple_from_iterable(vm, inherited);
  if (!list) return false;
  for (size_t i = 0; i < tuple_length(list); i++) {
    Str *name = attribute_name(vm, list->items[i]);
    Value v = name ? find_attribute(vm, cls, name) : VALUE_FAIL;
    if (v == VALUE_FAIL) return false;
    if (v != VALUE_UNBOUND && !add_if_abstract(vm, names, list->items[i], v)) return false;
  }
  return true;
}

static bool compute_abstract_methods(VM *vm, Value cls) {
  Set *names = frozenset_new(vm);
  Value ns = get_attribute(vm, cls, NAME("__dict__"));
  Value items = ns == VALUE_FAIL ? VALUE_FAIL : call_method0(vm, ns, NAME("items"));
  Tuple *pairs = items == VALUE_FAIL ? NULL : tuple_from_iterable(vm, items);
  if (!pairs) return false;
  for (size_t i = 0; i < tuple_length(pairs); i++) {
    Tuple *pair = value_object(pairs->items[i]);
    if (!add_if_abstract(vm, names, pair->items[0], pair->items[1])) return false;
  }
  Value bases = get_attribute(vm, cls, NAME("__bases__"));
  if (bases == VALUE_FAIL) return false;
  if (!value_has_flag(bases, TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "__bases__ is not tuple");
  Tuple *tuple = value_object(bases);
  for (size_t i = 0; i < tuple_length(tuple); i++)
    if (!add_inherited(vm, names, cls, tuple->items[i])) return false;
  return set_attribute(vm, cls, NAME("__abstractmethods__"), value_from(names));
}

static Value abc_module_abc_init(VM *vm, Value self, const abc_module_abc_init_args *a) {
  if (!compute_abstract_methods(vm, a->cls)) return VALUE_FAIL;
  AbcState *s = heap_new_zeroed(vm, SHAPE_OF(abc_data), sizeof *s);
  s->negative_version = state.registrations;
  if (!set_attribute(vm, a->cls, NAME("_abc_impl"), value_from(s))) return VALUE_FAIL;
  if (!value_is_type(a->cls)) return VALUE_NONE;
  /* collections.abc says which are sequences and mappings for match statements */
  Type *type = value_object(a->cls);
  Value flags = dict_get_str(vm, type->attrs, NAME("__abc_tpflags__"));
  if (!value_is_int(flags)) return VALUE_NONE;
  enum { SEQUENCE = 1 << 5, MAPPING = 1 << 6 };
  int64_t wanted = value_as_int(flags) & (SEQUENCE | MAPPING);
  if (wanted == (SEQUENCE | MAPPING))
    return raise_type(vm, "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and "
                          "Py_TPFLAGS_MAPPING");
  if (wanted == SEQUENCE) type->flags |= TYPE_MATCH_SEQUENCE;
  if (wanted == MAPPING) type->flags |= TYPE_MATCH_MAPPING;
  return value_none_if(set_attribute(vm, a->cls, NAME("__abc_tpflags__"), VALUE_MISSING));
}

/* ---- registration */

static void inherit_match_flags(Type *to, uint32_t flags) {
  if (!type_has(to, TYPE_HEAP) || (to->flags & (TYPE_MATCH_SEQUENCE | TYPE_MATCH_MAPPING))) return;
  to->flags |= flags;
  TypeLinks *links = type_links(to);
  for (size_t i = 0; links && i < links->nsubs; i++)
    inherit_match_flags(links->subs[i]->type, flags);
}

static Value abc_module_abc_register(VM *vm, Value self, const abc_module_abc_register_args *a) {
  if (!value_is_type(a->subclass)) return raise_type(vm, "Can only register classes");
  Answer known = is_subclass(vm, a->subclass, a->cls);
  if (known) return known == ANSWER_FAILED ? VALUE_FAIL : a->subclass;
  Answer cycle = is_subclass(vm, a->cls, a->subclass);
  if (cycle == ANSWER_FAILED) return VALUE_FAIL;
  if (cycle)
    return raise_error(vm, TYPE_OF(RuntimeError), "Refusing to create an inheritance cycle");
  AbcState *s = state_of(vm, a->cls);
  if (!s || !put_in(vm, s, &s->registry, a->subclass)) return VALUE_FAIL;
  state.registrations++;
  if (value_is_type(a->cls)) {
    uint32_t flags =
        ((Type *)value_object(a->cls))->flags & (TYPE_MATCH_SEQUENCE | TYPE_MATCH_MAPPING);
    if (flags) inherit_match_flags(value_object(a->subclass), flags);
  }
  return a->subclass;
}

/* ---- checks */

static Value abc_module_abc_instancecheck(VM *vm, Value self,
                                          const abc_module_abc_instancecheck_args *a) {
  AbcState *s = state_of(vm, a->cls);
  if (!s) return VALUE_FAIL;
  bool plain = type_shows_itself(vm, value_type(a->instance));
  Value known = plain ? recall(s, value_type(a->instance)) : VALUE_UNBOUND;
  if (known != VALUE_UNBOUND) return known;
  Value type = value_from(value_type(a->instance));
  Value subclass = plain ? type : get_attribute(vm, a->instance, NAME("__class__"));
  if (subclass == VALUE_FAIL) return VALUE_FAIL;
  Answer found = is_in(vm, s->cache, subclass);
  if (found == ANSWER_YES) remember(s, subclass, true);
  if (found) return found == ANSWER_FAILED ? VALUE_FAIL : VALUE_TRUE;
  if (type == subclass) {
    if (s->negative_version == state.registrations) {
      found = is_in(vm, s->negative, subclass);
      if (found == ANSWER_YES) remember(s, subclass, false);
      if (found) return found == ANSWER_FAILED ? VALUE_FAIL : VALUE_FALSE;
    }
    return call_method1(vm, a->cls, NAME("__subclasscheck__"), subclass);
  }
  Value result = call_method1(vm, a->cls, NAME("__subclasscheck__"), subclass);
  int truth = result == VALUE_FAIL ? -1 : value_truth(vm, result);
  if (truth) return truth < 0 ? VALUE_FAIL : result;
  return call_method1(vm, a->cls, NAME("__subclasscheck__"), type);
}

/* check_registry: is subclass derived from a registered class? 1, 0, -1. */
static Answer check_registry(VM *vm, AbcState *s, Value subclass) {
  Answer found = is_in(vm, s->registry, subclass);
  if (found || !s->registry) return found;
  Tuple *references = tuple_from_iterable(vm, value_from(s->registry));
  if (!references) return ANSWER_FAILED;
  for (size_t i = 0; i < tuple_length(references); i++) {
    Value cls = call0(vm, references->items[i]);
    if (cls == VALUE_FAIL) return ANSWER_FAILED;
    if (cls == VALUE_NONE) continue;
    found = is_subclass(vm, subclass, cls);
    if (found) return found;
  }
  return ANSWER_NO;
}

static Answer check_subclasses(VM *vm, Value cls, Value subclass) {
  Value list = call_method0(vm, cls, NAME("__subclasses__"));
  if (list == VALUE_FAIL) return ANSWER_FAILED;
  if (!value_is(list, list))
    return raise_type(vm, "__subclasses__() must return a list"), ANSWER_FAILED;
  Tuple *classes = tuple_from_iterable(vm, list);
  for (size_t i = 0; classes && i < tuple_length(classes); i++) {
    Answer found = is_subclass(vm, subclass, classes->items[i]);
    if (found) return found;
  }
  return classes ? ANSWER_NO : ANSWER_FAILED;
}

static Value answer(VM *vm, AbcState *s, Value subclass, bool yes) {
  return put_in(vm, s, yes ? &s->cache : &s->negative, subclass) ? value_bool(yes) : VALUE_FAIL;
}

static Value abc_module_abc_subclasscheck(VM *vm, Value self,
                                          const abc_module_abc_subclasscheck_args *a) {
  if (!value_is_type(a->subclass)) return raise_type(vm, "issubclass() arg 1 must be a class");
  AbcState *s = state_of(vm, a->cls);
  if (!s) return VALUE_FAIL;
  Value known = recall(s, value_object(a->subclass));
  if (known != VALUE_UNBOUND) return known;
  Answer found = is_in(vm, s->cache, a->subclass);
  if (found == ANSWER_YES) remember(s, a->subclass, true);
  if (found) return found == ANSWER_FAILED ? VALUE_FAIL : VALUE_TRUE;
  if (s->negative_version < state.registrations) {
    s->negative = NULL;
    s->negative_version = state.registrations;
  } else {
    found = is_in(vm, s->negative, a->subclass);
    if (found == ANSWER_YES) remember(s, a->subclass, false);
    if (found) return found == ANSWER_FAILED ? VALUE_FAIL : VALUE_FALSE;
  }
  Value hook = call_method1(vm, a->cls, NAME("__subclasshook__"), a->subclass);
  if (hook == VALUE_TRUE || hook == VALUE_FALSE)
    return answer(vm, s, a->subclass, hook == VALUE_TRUE);
  if (hook == VALUE_FAIL) return VALUE_FAIL;
  if (hook != VALUE_NOT_IMPLEMENTED)
    return raise_error(vm, TYPE_OF(AssertionError),
                       "__subclasshook__ must return either False, True, or NotImplemented");
  if (value_is_type(a->cls) && type_is_subtype(value_object(a->subclass), value_object(a->cls)))
    return answer(vm, s, a->subclass, true);
  found = check_registry(vm, s, a->subclass);
  if (found == 0) found = check_subclasses(vm, a->cls, a->subclass);
  return found == ANSWER_FAILED ? VALUE_FAIL : answer(vm, s, a->subclass, found);
}

/* ---- the rest */

static Value abc_module_get_cache_token(VM *vm, Value self,
                                        const abc_module_get_cache_token_args *a) {
  return value_int_unchecked((int64_t)state.registrations);
}
static Value abc_module_reset_registry(VM *vm, Value self,
                                       const abc_module_reset_registry_args *a) {
  AbcState *s = state_of(vm, a->cls);
  if (!s) return VALUE_FAIL;
  s->registry = NULL;
  return VALUE_NONE;
}
static Value abc_module_reset_caches(VM *vm, Value self, const abc_module_reset_caches_args *a) {
  AbcState *s = state_of(vm, a->cls);
  if (!s) return VALUE_FAIL;
  s->cache = s->negative = NULL;
  forget(s);
  return VALUE_NONE;
}
static Value shown_set(VM *vm, Set *set) { return value_from(set ? set : set_new(vm)); }
static Value abc_module_get_dump(VM *vm, Value self, const abc_module_get_dump_args *a) {
  AbcState *s = state_of(vm, a->cls);
  if (!s) return VALUE_FAIL;
  return PACK(shown_set(vm, s->registry), shown_set(vm, s->cache), shown_set(vm, s->negative),
              value_int_unchecked((int64_t)s->negative_version));
}

const ModuleSpec _abc_module = {.name = "_abc",
                                .doc = "Module contains faster C implementation of abc.ABCMeta",
                                NATIVE_FUNCTIONS(abc_module_)};

/* set_methods.c -- the Python surface of set, frozenset and their iterator, over the table of
** set.c. frozenset's rows are a part of set's; both have bodies under their own prefix that lead to
** the shared functions here. */
#include "vm/contracts/type.h"
#include "vm/objects/dict.h"
#include "vm/objects/hashing.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"

#define NATIVE_DEF "vm/objects/set.def"
#define NATIVE_PREFIX set_
#define NATIVE_SELF Set *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/objects/frozenset.def"
#define NATIVE_PREFIX frozenset_
#define NATIVE_SELF Set *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/objects/set_iterator.def"
#define NATIVE_PREFIX set_iterator_
#define NATIVE_SELF SetIterator *
#include "vm/contracts/native_class.inc"

static inline bool is_set(Value v) { return value_has_flag(v, TYPE_SET_SUBCLASS); }

/* The built-in type that a result of an operation on self has. */
static Type *base_type(const Set *self) {
  return type_is_subtype(object_type(self), TYPE_OF(frozenset)) ? TYPE_OF(frozenset) : TYPE_OF(set);
}
static Set *new_like(VM *vm, const Set *self) {
  return base_type(self) == TYPE_OF(frozenset) ? frozenset_new(vm) : set_new(vm);
}
static Set *copy_of(VM *vm, const Set *self) {
  return set_from_iterable(vm, base_type(self), value_from(self));
}

/* Every item of `iterable`, through a step with its hash; the step says whether to stop. */
typedef Answer (*Step)(VM *vm, Set *set, Set *other, Value v, uint64_t hash);

/* go_on: what a step that did not stop answers. */
static inline Answer go_on(bool fine) { return fine ? ANSWER_NO : ANSWER_FAILED; }

/* each_other: of a dict, and of what is iterated. */
static NOINLINE Answer each_other(VM *vm, Value iterable, Step step, Set *set, Set *other) {
  uint64_t hash;
  Answer outcome = ANSWER_NO;
  if (value_is(iterable, dict)) {
    Dict *from = value_object(iterable);
    for (size_t i = 0; !outcome && i < from->table->used; i++) {
      Value key = dict_entry_at(from->table, i)->key;
      if (key != VALUE_UNBOUND)
        outcome = step(vm, set, other, key, dict_entry_hash(from->table, i));
    }
    return outcome;
  }
  Value iterator = get_iterator(vm, iterable);
  if (value_is_fail(iterator)) return ANSWER_FAILED;
  while (!outcome) {
    Value v = iterator_next(vm, iterator);
    if (v == VALUE_STOP) return ANSWER_NO;
    if (value_is_fail(v) || !key_hash(vm, v, &hash)) return ANSWER_FAILED;
    outcome = step(vm, set, other, v, hash);
  }
  return outcome;
}

/* each_item: did a step stop? Steps over sets are inline: comparing may change the set. */
static ALWAYS_INLINE Answer each_item(VM *vm, Value iterable, Step step, Set *set, Set *other) {
  if (!is_set(iterable)) return each_other(vm, iterable, step, set, other);
  Answer outcome = ANSWER_NO;
  const Set *from = value_object(iterable);
  const SetEntry *entry;
  for (size_t position = 0; !outcome && set_next_entry(from, &position, &entry);)
    outcome = step(vm, set, other, entry->value, entry->hash);
  return outcome;
}

/* ---- intersection */
static inline Answer add_if_in(VM *vm, Set *result, Set *other, Value v, uint64_t hash) {
  Answer found = set_find_item(vm, other, v, hash);
  if (found != ANSWER_YES) return found;
  return go_on(set_add_item(vm, result, v, hash));
}

static Set *intersection(VM *vm, Set *self, Value other) {
  if (value_from(self) == other) return copy_of(vm, self);
  Set *made = new_like(vm, self), *in = self;
  /* walk the smaller one */
  if (is_set(other) && ((Set *)value_object(other))->length > self->length) {
    in = value_object(other);
    other = value_from(self);
  }
  return each_item(vm, other, add_if_in, made, in) == ANSWER_FAILED ? NULL : made;
}

/* Takes over the items of `from`, a set nobody else knows. */
static void take(VM *vm, Set *set, Set *from) {
  if (from == set) return;
  set->tables++;
  set->length = from->length, set->filled = from->filled, set->finger = 0;
  set->table = from->table;
  heap_barrier_object(vm, set, from->table);
  set_init(from); /* a table has one owner: it is freed when that owner replaces it */
}

static Value intersect_all(VM *vm, Set *self, const Value *args, int npos) {
  if (!npos) return value_of(copy_of(vm, self));
  Set *made = self;
  for (int i = 0; i < npos && made; i++) made = intersection(vm, made, args[i]);
  return value_of(made);
}

/* ---- difference */
static inline Answer discard(VM *vm, Set *set, Set *other, Value v, uint64_t hash) {
  return go_on(set_discard_hashed(vm, set, v, hash) != ANSWER_FAILED);
}

static bool remove_all(VM *vm, Set *set, Value other) {
  if (value_from(set) == other) return set_clear_values(vm, set), true;
  if (is_set(other) && ((Set *)value_object(other))->length >> 3 > set->length) {
    Set *common = intersection(vm, set, other);
    if (!common) return false;
    other = value_from(common);
  }
  return each_item(vm, other, discard, set, NULL) != ANSWER_FAILED && set_shrink(vm, set);
}

static inline Answer add_unless_in_set(VM *vm, Set *result, Set *other, Value v, uint64_t hash) {
  Answer found = set_find_item(vm, other, v, hash);
  if (found) return go_on(found != ANSWER_FAILED);
  return go_on(set_add_item(vm, result, v, hash));
}

static Answer add_unless_in_dict(VM *vm, Set *result, Set *other, Value v, uint64_t hash) {
  int64_t i = dict_find_hashed(vm, (Dict *)(void *)other, v, hash);
  if (i != DICT_ABSENT) return go_on(i != DICT_FAILED);
  return go_on(set_add_item(vm, result, v, hash));
}

static Set *difference(VM *vm, Set *self, Value other) {
  bool of_dict = value_is(other, dict);
  size_t size = is_set(other) ? ((Set *)value_object(other))->length
                : of_dict     ? dict_length(value_object(other))
                              : 0;
  if ((!is_set(other) && !of_dict) || self->length >> 2 > size) {
    Set *made = copy_of(vm, self);
    return made && remove_all(vm, made, other) ? made : NULL;
  }
  Set *made = new_like(vm, self), *in = value_object(other);
  Value items = value_from(self);
  Answer done = of_dict ? each_item(vm, items, add_unless_in_dict, made, in)
                        : each_item(vm, items, add_unless_in_set, made, in);
  return done == ANSWER_FAILED ? NULL : made;
}

static Value subtract_all(VM *vm, Set *self, const Value *args, int npos) {
  if (!npos) return value_of(copy_of(vm, self));
  Set *made = difference(vm, self, args[0]);
  for (int i = 1; i < npos && made; i++)
    if (!remove_all(vm, made, args[i])) made = NULL;
  return value_of(made);
}

/* ---- symmetric difference */
static inline Answer toggle(VM *vm, Set *set, Set *other, Value v, uint64_t hash) {
  Answer removed = set_discard_hashed(vm, set, v, hash);
  if (removed) return go_on(removed != ANSWER_FAILED);
  return go_on(set_add_item(vm, set, v, hash));
}

static bool toggle_all(VM *vm, Set *set, Value other) {
  if (value_from(set) == other) return set_clear_values(vm, set), true;
  if (!is_set(other) && !value_is(other, dict)) { /* an item may come twice */
    Set *unique = set_from_iterable(vm, base_type(set), other);
    if (!unique) return false;
    other = value_from(unique);
  }
  return each_item(vm, other, toggle, set, NULL) != ANSWER_FAILED;
}

static Set *symmetric_difference(VM *vm, Set *self, Value other) {
  Set *made = set_from_iterable(vm, base_type(self), other);
  return made && toggle_all(vm, made, value_from(self)) ? made : NULL;
}

/* ---- union */
static Value unite_all(VM *vm, Set *self, const Value *args, int npos) {
  Set *made = copy_of(vm, self);
  for (int i = 0; i < npos && made; i++)
    if (args[i] != value_from(self) && !set_update_value(vm, made, args[i])) made = NULL;
  return value_of(made);
}

/* ---- relations */
static inline Answer answer_not(Answer answer) {
  return answer == ANSWER_FAILED ? ANSWER_FAILED : !answer;
}

static inline Answer stop_unless_in(VM *vm, Set *set, Set *other, Value v, uint64_t hash) {
  Answer found = set_find_item(vm, other, v, hash);
  return answer_not(found);
}
static inline Answer stop_if_in(VM *vm, Set *set, Set *other, Value v, uint64_t hash) {
  return set_find_item(vm, other, v, hash);
}

static Answer is_subset(VM *vm, Set *self, Value other) {
  if (!is_set(other)) {
    /* all of them first: taking them may change self */
    Set *items = set_from_iterable(vm, TYPE_OF(set), other);
    if (!items) return ANSWER_FAILED;
    other = value_from(items);
  }
  Set *of = value_object(other);
  if (self->length > of->length) return ANSWER_NO;
  Answer stopped = each_item(vm, value_from(self), stop_unless_in, NULL, of);
  return answer_not(stopped);
}

static Answer is_superset(VM *vm, Set *self, Value other) {
  if (is_set(other)) return is_subset(vm, value_object(other), value_from(self));
  Answer stopped = each_item(vm, other, stop_unless_in, NULL, self);
  return answer_not(stopped);
}

static Answer is_disjoint(VM *vm, Set *self, Value other) {
  Set *in = self;
  if (is_set(other) && ((Set *)value_object(other))->length > self->length) {
    in = value_object(other);
    other = value_from(self);
  }
  Answer stopped = each_item(vm, other, stop_if_in, NULL, in);
  return answer_not(stopped);
}

static inline Value truth(Answer answer) {
  return answer == ANSWER_FAILED ? VALUE_FAIL : value_bool(answer);
}

static Value compare_sets(VM *vm, CompareOp op, Set *self, Value value) {
  if (!is_set(value)) return VALUE_NOT_IMPLEMENTED;
  Set *other = value_object(value);
  Answer same;
  switch (op) {
  case COMPARE_EQ:
  case COMPARE_NE:
    same = self->length == other->length;
    if (same && self->hash != UINT64_MAX && other->hash != UINT64_MAX)
      same = self->hash == other->hash;
    if (same) same = is_subset(vm, self, value);
    return same == ANSWER_FAILED ? VALUE_FAIL : value_bool(op == COMPARE_EQ ? same : !same);
  case COMPARE_LE: return truth(is_subset(vm, self, value));
  case COMPARE_GE: return truth(is_superset(vm, self, value));
  case COMPARE_LT:
    return self->length < other->length ? truth(is_subset(vm, self, value)) : VALUE_FALSE;
  default: return self->length > other->length ? truth(is_superset(vm, self, value)) : VALUE_FALSE;
  }
}

/* ---- text and pickling */
static Value set_text(VM *vm, Set *self) {
  Type *type = object_type(self);
  if (!self->length) { return value_of(str_format(vm, "%U()", type->name)); }
  Value v = value_from(self);
  Str *text = NULL;
  Showing here;
  if (!repr_enter(vm, &here, v)) return value_of(str_format(vm, "%U(...)", type->name));
  List *items = list_from_iterable(vm, v);
  Value inner = items ? value_repr(vm, value_from(items)) : VALUE_FAIL;
  if (!value_is_fail(inner)) {
    Str *list = value_object(inner);
    Str *bare = str_substring(vm, list, 1, list->length - 1);
    if (bare)
      text = type == TYPE_OF(set) ? str_format(vm, "{%U}", bare)
                                  : str_format(vm, "%U({%U})", type->name, bare);
  }
  repr_leave(vm, &here);
  return value_of(text);
}

static Value set_state(VM *vm, Set *self) {
  List *items = list_from_iterable(vm, value_from(self));
  if (!items) return VALUE_FAIL;
  Value state = call_method0(vm, value_from(self), NAME("__getstate__"));
  if (value_is_fail(state)) return state;
  return PACK(value_from(object_type(self)), PACK(value_from(items)), state);
}

Value set_iterator_new(VM *vm, Set *self) {
  SetIterator *it = heap_new(vm, SHAPE_OF(set_iterator), sizeof(SetIterator));
  it->set = self;
  it->position = 0;
  it->length = it->remaining = self->length;
  return value_from(it);
}

/* ---- bodies of both classes */
static Set *unite(VM *vm, Set *left, Value right) {
  bool is_same = value_from(left) == right;
  size_t more = is_same ? 0 : ((const Set *)value_object(right))->length;
  Set *made = set_copy_for(vm, base_type(left), left, more);
  if (is_same) return made;
  return made && set_update_value(vm, made, right) ? made : NULL;
}

#define RAW_BODY(name, shown, function)                                                       \
  static Value name(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {        \
    return check_no_kwargs(vm, shown, kwnames) ? function(vm, value_object(self), args, npos) \
                                               : VALUE_FAIL;                                  \
  }
RAW_BODY(set_union, "union", unite_all)
RAW_BODY(frozenset_union, "union", unite_all)
RAW_BODY(set_intersection, "intersection", intersect_all)
RAW_BODY(frozenset_intersection, "intersection", intersect_all)
RAW_BODY(set_difference, "difference", subtract_all)
RAW_BODY(frozenset_difference, "difference", subtract_all)
#undef RAW_BODY

#define BOTH(of_set, of_frozenset, EXPRESSION)                                          \
  static Value of_set(VM *vm, Set *self, const of_set##_args *a) { return EXPRESSION; } \
  static Value of_frozenset(VM *vm, Set *self, const of_frozenset##_args *a) { return EXPRESSION; }
BOTH(set_isdisjoint, frozenset_isdisjoint, truth(is_disjoint(vm, self, a->other)))
BOTH(set_issubset, frozenset_issubset, truth(is_subset(vm, self, a->other)))
BOTH(set_issuperset, frozenset_issuperset, truth(is_superset(vm, self, a->other)))
BOTH(set_op_reduce, frozenset_op_reduce, set_state(vm, self))
BOTH(set_op_repr, frozenset_op_repr, set_text(vm, self))
BOTH(set_op_iter, frozenset_op_iter, set_iterator_new(vm, self))
BOTH(set_op_len, frozenset_op_len, value_int_unchecked((int64_t)self->length))
BOTH(set_op_contains, frozenset_op_contains, truth(set_contains_value(vm, self, a->key)))
BOTH(set_op_sizeof, frozenset_op_sizeof, cell_sizeof(vm, self, self->table))
BOTH(set_op_lt, frozenset_op_lt, compare_sets(vm, COMPARE_LT, self, a->value))
BOTH(set_op_le, frozenset_op_le, compare_sets(vm, COMPARE_LE, self, a->value))
BOTH(set_op_eq, frozenset_op_eq, compare_sets(vm, COMPARE_EQ, self, a->value))
BOTH(set_op_ne, frozenset_op_ne, compare_sets(vm, COMPARE_NE, self, a->value))
BOTH(set_op_gt, frozenset_op_gt, compare_sets(vm, COMPARE_GT, self, a->value))
BOTH(set_op_ge, frozenset_op_ge, compare_sets(vm, COMPARE_GE, self, a->value))
#undef BOTH
static Value set_symmetric_difference(VM *vm, Set *self, const set_symmetric_difference_args *a) {
  return value_of(symmetric_difference(vm, self, a->other));
}
static Value frozenset_symmetric_difference(VM *vm, Set *self,
                                            const frozenset_symmetric_difference_args *a) {
  return value_of(symmetric_difference(vm, self, a->other));
}
static Value set_class_getitem(VM *vm, Value cls, const set_class_getitem_args *a) {
  return generic_alias(vm, cls, a->item);
}
static Value frozenset_class_getitem(VM *vm, Value cls, const frozenset_class_getitem_args *a) {
  return generic_alias(vm, cls, a->item);
}

#define BINARY(name, rname, EXPRESSION)                                  \
  static Value name(VM *vm, Set *self, const name##_args *a) {           \
    Set *left = self;                                                    \
    Value right = a->value;                                              \
    return is_set(right) ? value_of(EXPRESSION) : VALUE_NOT_IMPLEMENTED; \
  }                                                                      \
  static Value rname(VM *vm, Set *self, const rname##_args *a) {         \
    if (!is_set(a->value)) return VALUE_NOT_IMPLEMENTED;                 \
    Set *left = value_object(a->value);                                  \
    Value right = value_from(self);                                      \
    return value_of(EXPRESSION);                                         \
  }
BINARY(set_op_sub, set_op_rsub, difference(vm, left, right))
BINARY(set_op_and, set_op_rand, intersection(vm, left, right))
BINARY(set_op_xor, set_op_rxor, symmetric_difference(vm, left, right))
BINARY(set_op_or, set_op_ror, unite(vm, left, right))
BINARY(frozenset_op_sub, frozenset_op_rsub, difference(vm, left, right))
BINARY(frozenset_op_and, frozenset_op_rand, intersection(vm, left, right))
BINARY(frozenset_op_xor, frozenset_op_rxor, symmetric_difference(vm, left, right))
BINARY(frozenset_op_or, frozenset_op_ror, unite(vm, left, right))
#undef BINARY

static Value set_copy(VM *vm, Set *self, const set_copy_args *a) {
  return value_of(copy_of(vm, self));
}
static Value frozenset_copy(VM *vm, Set *self, const frozenset_copy_args *a) {
  return object_type(self) == TYPE_OF(frozenset) ? value_from(self) : value_of(copy_of(vm, self));
}
static Value frozenset_op_hash(VM *vm, Set *self, const frozenset_op_hash_args *a) {
  return value_int(vm, (int64_t)set_hash(self));
}

/* ---- what changes a set */
static Value set_add(VM *vm, Set *self, const set_add_args *a) {
  return value_none_if(set_add_value(vm, self, a->object));
}

static Value set_clear(VM *vm, Set *self, const set_clear_args *a) {
  set_clear_values(vm, self);
  return VALUE_NONE;
}

static Value set_discard(VM *vm, Set *self, const set_discard_args *a) {
  return set_discard_value(vm, self, a->object) == ANSWER_FAILED ? VALUE_FAIL : VALUE_NONE;
}

static Value set_remove(VM *vm, Set *self, const set_remove_args *a) {
  Answer removed = set_discard_value(vm, self, a->object);
  if (removed == ANSWER_YES) return VALUE_NONE;
  return removed == ANSWER_FAILED ? VALUE_FAIL : raise_key(vm, a->object);
}

static Value set_pop(VM *vm, Set *self, const set_pop_args *a) {
  if (self->length) return set_pop_value(vm, self);
  return raise_with(vm, TYPE_OF(KeyError), value_from(NAME("pop from an empty set")));
}

static Value set_update(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (!check_no_kwargs(vm, "set.update", kwnames)) return VALUE_FAIL;
  for (int i = 0; i < npos; i++)
    if (!set_update_value(vm, value_object(self), args[i])) return VALUE_FAIL;
  return VALUE_NONE;
}

static Value set_intersection_update(VM *vm, Value self, const Value *args, int npos,
                                     Tuple *kwnames) {
  if (!check_no_kwargs(vm, "set.intersection_update", kwnames)) return VALUE_FAIL;
  Value made = intersect_all(vm, value_object(self), args, npos);
  if (value_is_fail(made)) return made;
  if (npos) take(vm, value_object(self), value_object(made));
  return VALUE_NONE;
}

static Value set_difference_update(VM *vm, Value self, const Value *args, int npos,
                                   Tuple *kwnames) {
  if (!check_no_kwargs(vm, "set.difference_update", kwnames)) return VALUE_FAIL;
  for (int i = 0; i < npos; i++)
    if (!remove_all(vm, value_object(self), args[i])) return VALUE_FAIL;
  return VALUE_NONE;
}

static Value set_symmetric_difference_update(VM *vm, Set *self,
                                             const set_symmetric_difference_update_args *a) {
  return value_none_if(toggle_all(vm, self, a->other));
}

static Value set_op_isub(VM *vm, Set *self, const set_op_isub_args *a) {
  if (!is_set(a->value)) return VALUE_NOT_IMPLEMENTED;
  return remove_all(vm, self, a->value) ? value_from(self) : VALUE_FAIL;
}

static Value set_op_iand(VM *vm, Set *self, const set_op_iand_args *a) {
  if (!is_set(a->value)) return VALUE_NOT_IMPLEMENTED;
  Set *made = intersection(vm, self, a->value);
  if (!made) return VALUE_FAIL;
  take(vm, self, made);
  return value_from(self);
}

static Value set_op_ixor(VM *vm, Set *self, const set_op_ixor_args *a) {
  if (!is_set(a->value)) return VALUE_NOT_IMPLEMENTED;
  return toggle_all(vm, self, a->value) ? value_from(self) : VALUE_FAIL;
}

static Value set_op_ior(VM *vm, Set *self, const set_op_ior_args *a) {
  if (!is_set(a->value)) return VALUE_NOT_IMPLEMENTED;
  return set_update_value(vm, self, a->value) ? value_from(self) : VALUE_FAIL;
}

/* ---- construction */
static Value set_op_init(VM *vm, Set *self, const set_op_init_args *a) {
  if (self->filled) set_clear_values(vm, self);
  self->hash = UINT64_MAX;
  return value_none_if(a->iterable == VALUE_MISSING || set_update_value(vm, self, a->iterable));
}

static Value set_blank(VM *vm, Type *cls) {
  if (cls == TYPE_OF(set)) return value_from(set_new(vm));
  Value v = object_new(vm, cls);
  if (!value_is_fail(v)) set_init(value_object(v));
  return v;
}

static Value frozenset_construct(VM *vm, Type *cls, const frozenset_construct_args *a) {
  bool exact = cls == TYPE_OF(frozenset);
  if (exact && a->iterable != VALUE_MISSING && value_is(a->iterable, frozenset)) return a->iterable;
  Value v = exact ? value_from(frozenset_new(vm)) : object_new(vm, cls);
  if (value_is_fail(v)) return v;
  if (!exact) set_init(value_object(v));
  return a->iterable == VALUE_MISSING || set_update_value(vm, value_object(v), a->iterable)
             ? v
             : VALUE_FAIL;
}

static void set_trace(Marker *marker, Object *self) { mark_object(marker, ((Set *)self)->table); }
const ClassSpec set_class = {
    NATIVE_CLASS(set_),
    .basic_size = sizeof(Set),
    .trace = set_trace,
};
const ClassSpec frozenset_class = {NATIVE_CLASS(frozenset_), .basic_size = sizeof(Set),
                                   .trace = set_trace};

/* ---- iterator */
static Value set_iterator_next(VM *vm, Value self) {
  SetIterator *it = value_object(self);
  const SetEntry *entry = set_iterator_step(it);
  if (LIKELY(entry != NULL)) return entry->value;
  if (it->set && it->length != it->set->length) {
    it->length = UINT64_MAX; /* keeps failing */
    return raise_error(vm, TYPE_OF(RuntimeError), "Set changed size during iteration");
  }
  return it->set = NULL, VALUE_STOP;
}

static Value set_iterator_op_length_hint(VM *vm, SetIterator *self,
                                         const set_iterator_op_length_hint_args *a) {
  return value_int_unchecked(
      self->set && self->set->length == self->length ? (int64_t)self->remaining : 0);
}

static Value set_iterator_op_reduce(VM *vm, SetIterator *self,
                                    const set_iterator_op_reduce_args *a) {
  SetIterator *copy = heap_new(vm, SHAPE_OF(set_iterator), sizeof(SetIterator));
  copy->set = self->set, copy->position = self->position, copy->length = self->length,
  copy->remaining = self->remaining;
  List *rest = list_from_iterable(vm, value_from(copy));
  if (!rest) return VALUE_FAIL;
  Value iter = builtin_attr(vm, NAME("iter"));
  return PACK(iter, PACK(value_from(rest)));
}

static void set_iterator_trace(Marker *marker, Object *self) {
  mark_object(marker, ((SetIterator *)self)->set);
}

const ClassSpec set_iterator_class = {
    NATIVE_CLASS(set_iterator_),
    .basic_size = sizeof(SetIterator),
    .trace = set_iterator_trace,
    .next = set_iterator_next,
};

/* dict_views.c -- dict_keys, dict_values, dict_items and the iterators over dicts, forwards and
** backwards. One set of bodies serves each family; the shape of self tells the member. */
#include "vm/core/late_types.h"
#include "vm/contracts/type.h"
#include "vm/objects/dict.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"

#define NATIVE_DEF "vm/objects/dict_keys.def"
#define NATIVE_PREFIX set_view_
#define NATIVE_SELF DictView *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/objects/dict_values.def"
#define NATIVE_PREFIX values_
#define NATIVE_SELF DictView *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/objects/dict_iterator.def"
#define NATIVE_PREFIX dict_iterator_
#define NATIVE_SELF DictIterator *
#include "vm/contracts/native_class.inc"

/* ---- iterators */
Value dict_iterator_new(VM *vm, uint32_t shape, Dict *dict) {
  DictIterator *it = heap_new(vm, shape, sizeof(DictIterator));
  bool backwards = shape == SHAPE_OF(dict_reversekeyiterator) ||
                   shape == SHAPE_OF(dict_reversevalueiterator) ||
                   shape == SHAPE_OF(dict_reverseitemiterator);
  it->dict = dict;
  it->position = backwards ? dict->table->used : dict_front(dict->table);
  it->length = it->remaining = dict->length;
  return value_from(it);
}

DictEntry *dict_iterator_step_slow(VM *vm, DictIterator *it) {
  if (!it->dict) return NULL;
  bool resized = it->dict->length != it->length;
  if (resized) it->length = UINT32_MAX; /* keeps failing */
  else it->dict = NULL;
  raise_error(vm, TYPE_OF(RuntimeError),
              resized ? "dictionary changed size during iteration"
                      : "dictionary keys changed during iteration");
  return NULL;
}

static DictEntry *step_back(VM *vm, DictIterator *it) {
  const Dict *dict = it->dict;
  if (!dict || dict->length != it->length) return dict_iterator_step_slow(vm, it);
  const DictTable *table = dict->table;
  uint32_t i = it->position < table->used ? it->position : table->used;
  while (i-- > 0) {
    DictEntry *entry = dict_entry_at(table, i);
    if (entry->key == VALUE_UNBOUND) continue;
    if (it->remaining == 0) return dict_iterator_step_slow(vm, it);
    it->position = i;
    it->remaining--;
    return entry;
  }
  it->dict = NULL;
  return NULL;
}

static inline Value ended(VM *vm) { return error_pending(vm) ? VALUE_FAIL : VALUE_STOP; }

#define NEXT(name, step, RESULT)                     \
  static Value name(VM *vm, Value self) {            \
    DictEntry *entry = step(vm, value_object(self)); \
    if (UNLIKELY(!entry)) return ended(vm);          \
    return RESULT;                                   \
  }
NEXT(key_next, dict_iterator_step, entry->key)
NEXT(value_next, dict_iterator_step, entry->value)
NEXT(item_next, dict_iterator_step, PACK(entry->key, entry->value))
NEXT(reverse_key_next, step_back, entry->key)
NEXT(reverse_value_next, step_back, entry->value)
NEXT(reverse_item_next, step_back, PACK(entry->key, entry->value))
#undef NEXT

static Value dict_iterator_op_length_hint(VM *vm, DictIterator *self,
                                          const dict_iterator_op_length_hint_args *a) {
  return value_int_unchecked(self->dict && self->dict->length == self->length ? self->remaining
                                                                              : 0);
}

/* iter(list of what is still to come) */
static Value dict_iterator_op_reduce(VM *vm, DictIterator *self,
                                     const dict_iterator_op_reduce_args *a) {
  DictIterator *copy = heap_new(vm, self->h.shape, sizeof(DictIterator));
  copy->dict = self->dict, copy->position = self->position, copy->length = self->length,
  copy->remaining = self->remaining;
  List *rest = list_from_iterable(vm, value_from(copy));
  if (!rest) return VALUE_FAIL;
  Value iter = builtin_attr(vm, NAME("iter"));
  return PACK(iter, PACK(value_from(rest)));
}

static void dict_iterator_trace(Marker *marker, Object *self) {
  mark_object(marker, ((DictIterator *)self)->dict);
}

#define ITERATOR(c_name, step)                                               \
  const ClassSpec c_name##_class = {NATIVE_CLASS_AS(dict_iterator_, c_name), \
                                    .basic_size = sizeof(DictIterator),      \
                                    .trace = dict_iterator_trace, .next = step};
ITERATOR(dict_keyiterator, key_next)
ITERATOR(dict_valueiterator, value_next)
ITERATOR(dict_itemiterator, item_next)
ITERATOR(dict_reversekeyiterator, reverse_key_next)
ITERATOR(dict_reversevalueiterator, reverse_value_next)
ITERATOR(dict_reverseitemiterator, reverse_item_next)
#undef ITERATOR

/* ---- views */
static inline bool is_items(const DictView *view) {
  return view->h.shape == SHAPE_OF(dict_items) || view->h.shape == SHAPE_OF(odict_items);
}
static inline bool is_set_view(Value v) {
  return value_is(v, dict_keys) || value_is(v, dict_items) || value_is(v, odict_keys) ||
         value_is(v, odict_items);
}
static bool is_set_like(Value v) { return value_has_flag(v, TYPE_SET_SUBCLASS) || is_set_view(v); }

static Value view_repr(VM *vm, DictView *self) {
  Showing here;
  if (!repr_enter(vm, &here, value_from(self))) return value_from(NAME("..."));
  List *list = list_from_iterable(vm, value_from(self));
  Str *text = list ? str_format(vm, "%U(%R)", object_type(self)->name, value_from(list)) : NULL;
  repr_leave(vm, &here);
  return value_of(text);
}

static Value set_view_op_repr(VM *vm, DictView *self, const set_view_op_repr_args *a) {
  return view_repr(vm, self);
}

static Value set_view_op_iter(VM *vm, DictView *self, const set_view_op_iter_args *a) {
  return dict_iterator_new(
      vm, is_items(self) ? SHAPE_OF(dict_itemiterator) : SHAPE_OF(dict_keyiterator), self->dict);
}

static Value set_view_op_reversed(VM *vm, DictView *self, const set_view_op_reversed_args *a) {
  return dict_iterator_new(
      vm, is_items(self) ? SHAPE_OF(dict_reverseitemiterator) : SHAPE_OF(dict_reversekeyiterator),
      self->dict);
}

static Value set_view_op_len(VM *vm, DictView *self, const set_view_op_len_args *a) {
  return value_int_unchecked(self->dict->length);
}

static Answer view_contains(VM *vm, DictView *self, Value v) {
  if (!is_items(self)) {
    int64_t i = dict_find(vm, self->dict, v);
    return i == DICT_FAILED ? ANSWER_FAILED : i >= 0;
  }
  if (!value_has_flag(v, TYPE_TUPLE_SUBCLASS) || tuple_length(value_object(v)) != 2)
    return ANSWER_NO;
  Tuple *pair = value_object(v);
  Value found = dict_get(vm, self->dict, pair->items[0]);
  if (value_is_fail(found)) return ANSWER_FAILED;
  return found == VALUE_UNBOUND ? 0 : items_same(vm, found, pair->items[1]);
}

static Value set_view_op_contains(VM *vm, DictView *self, const set_view_op_contains_args *a) {
  Answer found = view_contains(vm, self, a->key);
  return found == ANSWER_FAILED ? VALUE_FAIL : value_bool(found);
}

/* Is every item of `inner` in `outer`? 1, 0, -1. */
static Answer all_in(VM *vm, Value inner, Value outer) {
  Value iterator = get_iterator(vm, inner);
  if (value_is_fail(iterator)) return ANSWER_FAILED;
  for (;;) {
    Value v = iterator_next(vm, iterator);
    if (v == VALUE_STOP) return ANSWER_YES;
    if (value_is_fail(v)) return ANSWER_FAILED;
    Answer found = contains(vm, outer, v);
    if (found != ANSWER_YES) return found;
  }
}

static Value compare_views(VM *vm, CompareOp op, DictView *self, Value other) {
  if (!is_set_like(other)) return VALUE_NOT_IMPLEMENTED;
  int64_t mine = self->dict->length, theirs = value_length(vm, other);
  if (theirs < 0) return VALUE_FAIL;
  Value left = value_from(self);
  int holds = 0;
  switch (op) {
  case COMPARE_EQ:
  case COMPARE_NE: holds = mine == theirs ? all_in(vm, left, other) : 0; break;
  case COMPARE_LT: holds = mine < theirs ? all_in(vm, left, other) : 0; break;
  case COMPARE_LE: holds = mine <= theirs ? all_in(vm, left, other) : 0; break;
  case COMPARE_GT: holds = mine > theirs ? all_in(vm, other, left) : 0; break;
  case COMPARE_GE: holds = mine >= theirs ? all_in(vm, other, left) : 0; break;
  }
  if (holds < 0) return VALUE_FAIL;
  return value_bool(op == COMPARE_NE ? !holds : holds);
}
#define COMPARISON(name, op)                                        \
  static Value name(VM *vm, DictView *self, const name##_args *a) { \
    return compare_views(vm, op, self, a->value);                   \
  }
COMPARISON(set_view_op_lt, COMPARE_LT)
COMPARISON(set_view_op_le, COMPARE_LE)
COMPARISON(set_view_op_eq, COMPARE_EQ)
COMPARISON(set_view_op_ne, COMPARE_NE)
COMPARISON(set_view_op_gt, COMPARE_GT)
COMPARISON(set_view_op_ge, COMPARE_GE)
#undef COMPARISON

/* ---- set operations: left as a set, then the set's own method */
static Value combine(VM *vm, Value left, Value right, Str *method) {
  Set *set = set_from_iterable(vm, TYPE_OF(set), left);
  if (!set) return VALUE_FAIL;
  Value done = call_method1(vm, value_from(set), method, right);
  return value_is_fail(done) ? done : value_from(set);
}

/* As CPython: the items of the other operand that are in the view, unless the other is a longer
** view. */
static Value intersect(VM *vm, Value left, Value right) {
  if (!is_set_view(left)) { /* reflected */
    Value t = left;
    left = right, right = t;
  }
  Value view = left, other = right;
  if (is_set_view(other)) {
    if (((DictView *)value_object(other))->dict->length >
        ((DictView *)value_object(view))->dict->length)
      view = right, other = left;
  } else if (value_is(other, set) && ((Set *)value_object(other))->length >
                                         ((DictView *)value_object(view))->dict->length) {
    return call_method1(vm, other, NAME("intersection"), view);
  }
  Value iterator = get_iterator(vm, other);
  if (value_is_fail(iterator)) return iterator;
  Set *result = set_new(vm);
  for (;;) {
    Value v = iterator_next(vm, iterator);
    if (v == VALUE_STOP) return value_from(result);
    if (value_is_fail(v)) return v;
    int found = view_contains(vm, value_object(view), v);
    if (found < 0 || (found && !set_add_value(vm, result, v))) return VALUE_FAIL;
  }
}

#define OPERATION(name, rname, EXPRESSION)                            \
  static Value name(VM *vm, DictView *self, const name##_args *a) {   \
    Value left = value_from(self), right = a->value;                  \
    return EXPRESSION;                                                \
  }                                                                   \
  static Value rname(VM *vm, DictView *self, const rname##_args *a) { \
    Value left = a->value, right = value_from(self);                  \
    return EXPRESSION;                                                \
  }
OPERATION(set_view_op_sub, set_view_op_rsub, combine(vm, left, right, NAME("difference_update")))
OPERATION(set_view_op_and, set_view_op_rand, intersect(vm, left, right))
OPERATION(set_view_op_xor, set_view_op_rxor,
          combine(vm, left, right, NAME("symmetric_difference_update")))
OPERATION(set_view_op_or, set_view_op_ror, combine(vm, left, right, NAME("update")))
#undef OPERATION

static Value set_view_isdisjoint(VM *vm, DictView *self, const set_view_isdisjoint_args *a) {
  if (a->other == value_from(self)) return value_bool(self->dict->length == 0);
  Value outer = value_from(self), inner = a->other;
  if (is_set_like(inner)) {
    int64_t n = value_length(vm, inner);
    if (n < 0) return VALUE_FAIL;
    if (n > self->dict->length) outer = a->other, inner = value_from(self);
  }
  Value iterator = get_iterator(vm, inner);
  if (value_is_fail(iterator)) return iterator;
  for (;;) {
    Value v = iterator_next(vm, iterator);
    if (v == VALUE_STOP) return VALUE_TRUE;
    if (value_is_fail(v)) return v;
    Answer found = contains(vm, outer, v);
    if (found) return found == ANSWER_FAILED ? VALUE_FAIL : VALUE_FALSE;
  }
}

static Value mapping_of(VM *vm, DictView *self) {
  return call1(vm, value_from(TYPE_OF(mappingproxy)), value_from(self->dict));
}
static Value set_view_get_mapping(VM *vm, DictView *self) { return mapping_of(vm, self); }

/* ---- values */
static Value values_op_repr(VM *vm, DictView *self, const values_op_repr_args *a) {
  return view_repr(vm, self);
}
static Value values_op_iter(VM *vm, DictView *self, const values_op_iter_args *a) {
  return dict_iterator_new(vm, SHAPE_OF(dict_valueiterator), self->dict);
}
static Value values_op_len(VM *vm, DictView *self, const values_op_len_args *a) {
  return value_int_unchecked(self->dict->length);
}
static Value values_op_reversed(VM *vm, DictView *self, const values_op_reversed_args *a) {
  return dict_iterator_new(vm, SHAPE_OF(dict_reversevalueiterator), self->dict);
}
static Value values_get_mapping(VM *vm, DictView *self) { return mapping_of(vm, self); }

static void view_trace(Marker *marker, Object *self) {
  mark_object(marker, ((DictView *)self)->dict);
}
const ClassSpec dict_keys_class = {NATIVE_CLASS_AS(set_view_, keys), .basic_size = sizeof(DictView),
                                   .trace = view_trace};
const ClassSpec dict_items_class = {NATIVE_CLASS_AS(set_view_, items),
                                    .basic_size = sizeof(DictView), .trace = view_trace};
const ClassSpec dict_values_class = {
    NATIVE_CLASS(values_),
    .basic_size = sizeof(DictView),
    .trace = view_trace,
};

/* ordereddict.c -- collections.OrderedDict: a dict (ordered already) that can move entries, pop
** from the front and compares in order; its views and iterator. Subclasses' __setitem__,
** __getitem__, __delitem__ are honoured where CPython does.
**
** Popping from the front again and again must not search the deleted entries each time: `front`
** says that all entries of `front_table` before that number are deleted. */
#include "vm/core/late_types.h"
#include "vm/contracts/type.h"
#include "vm/objects/dict.h"
#include "vm/objects/items.h"
#include "vm/objects/verify.h"

typedef struct OrderedDict {
  Dict dict;
  Object *extra; /* [gc] attributes */
  uint64_t front;
  const DictTable *front_table; /* [gc] */
  /* drawn when iteration begins and the dict was not watched: no other state of it has the same */
  uint64_t version;
} OrderedDict;

typedef struct ODictIterator {
  Object h;
  OrderedDict *dict; /* [gc] NULL once exhausted */
  /* of the dict when it was made: while equal and watched, no entry came, went or moved */
  uint64_t version;
  uint32_t position; /* next entry; backwards: one past it */
  uint8_t what;      /* OD_KEYS … */
  bool backwards;
  bool at_end; /* there was no further entry after the last step */
} ODictIterator;
enum { OD_KEYS, OD_VALUES, OD_ITEMS };

#define NATIVE_DEF "vm/objects/ordereddict.def"
#define NATIVE_PREFIX odict_
#define NATIVE_SELF OrderedDict *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/objects/odict_view.def"
#define NATIVE_PREFIX odict_view_
#define NATIVE_SELF DictView *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/objects/odict_iterator.def"
#define NATIVE_PREFIX odict_iterator_
#define NATIVE_SELF ODictIterator *
#include "vm/contracts/native_class.inc"

static inline bool is_exact(OrderedDict *od) { return object_type(od) == TYPE_OF(OrderedDict); }
static inline bool is_odict(Value v) {
  return value_is_pointer(v) && type_is_subtype(value_type(v), TYPE_OF(OrderedDict));
}

/* Number of the first live entry; needs length > 0. */
static size_t first_entry(VM *vm, OrderedDict *od) {
  const DictTable *t = od->dict.table;
  size_t i = od->front_table == t ? od->front : 0;
  while (dict_entry_at(t, i)->key == VALUE_UNBOUND) i++;
  od->front = i;
  od->front_table = t;
  dict_hold_table(&od->dict);
  heap_barrier_object(vm, od, t);
  return i;
}
static size_t last_entry(OrderedDict *od) {
  const DictTable *t = od->dict.table;
  size_t i = t->used;
  while (dict_entry_at(t, --i)->key == VALUE_UNBOUND) {}
  return i;
}

#if KRAIT_CHECKS >= 1
bool ordereddict_verify(const Object *object) {
  const OrderedDict *od = (const OrderedDict *)object;
  LAW(dict_verify(&od->dict));
  if (od->front_table != od->dict.table) return true;
  for (uint64_t i = 0; i < od->front && i < od->dict.table->used; i++)
    LAW(dict_entry_at(od->dict.table, i)->key == VALUE_UNBOUND);
  return true;
}
#endif

/* ---- methods */
static Value odict_move_to_end(VM *vm, OrderedDict *self, const odict_move_to_end_args *a) {
  int64_t i = dict_find(vm, &self->dict, a->key);
  if (i < 0) return i == DICT_ABSENT ? raise_key(vm, a->key) : VALUE_FAIL;
  if (!a->last && (size_t)i == first_entry(vm, self)) return VALUE_NONE;
  return value_none_if(dict_move_entry(vm, &self->dict, (size_t)i, a->last));
}

static Value odict_popitem(VM *vm, OrderedDict *self, const odict_popitem_args *a) {
  if (!self->dict.length)
    return raise_with(vm, TYPE_OF(KeyError), value_from(NAME("dictionary is empty")));
  size_t i = a->last ? last_entry(self) : first_entry(vm, self);
  DictEntry entry = *dict_entry_at(self->dict.table, i);
  if (self->dict.table->used - i > 64 && a->last && !dict_compact(vm, &self->dict))
    return VALUE_FAIL;
  dict_pop_entry(vm, &self->dict, a->last ? last_entry(self) : i);
  return PACK(entry.key, entry.value);
}

static Value odict_pop(VM *vm, OrderedDict *self, const odict_pop_args *a) {
  Value v = dict_remove(vm, &self->dict, a->key);
  if (v != VALUE_UNBOUND) return v;
  return a->fallback != VALUE_MISSING ? a->fallback : raise_key(vm, a->key);
}

static Value odict_setdefault(VM *vm, OrderedDict *self, const odict_setdefault_args *a) {
  if (is_exact(self)) return dict_set_default(vm, &self->dict, a->key, a->fallback);
  int there = contains(vm, value_from(self), a->key);
  if (there < 0) return VALUE_FAIL;
  if (there) return get_item(vm, value_from(self), a->key);
  return set_item(vm, value_from(self), a->key, a->fallback) ? a->fallback : VALUE_FAIL;
}

static Value odict_fromkeys(VM *vm, Value cls, const odict_fromkeys_args *a) {
  Value made = call0(vm, cls);
  if (value_is_fail(made)) return made;
  Value iterator = get_iterator(vm, a->iterable);
  if (value_is_fail(iterator)) return iterator;
  for (;;) {
    Value key = iterator_next(vm, iterator);
    if (key == VALUE_STOP) return made;
    if (value_is_fail(key) || !set_item(vm, made, key, a->value)) return VALUE_FAIL;
  }
}

static Value odict_clear(VM *vm, OrderedDict *self, const odict_clear_args *a) {
  dict_clear(vm, &self->dict);
  return VALUE_NONE;
}

static bool copy_entries(VM *vm, Value to, OrderedDict *from) {
  Value key, value;
  size_t position = 0;
  while (dict_next(&from->dict, &position, &key, &value)) {
    if (!is_exact(from) && value_is_fail(value = get_item(vm, value_from(from), key))) return false;
    if (!set_item(vm, to, key, value)) return false;
  }
  return true;
}

static Value odict_copy(VM *vm, OrderedDict *self, const odict_copy_args *a) {
  Value made = call0(vm, value_from(object_type(self)));
  if (value_is_fail(made)) return made;
  return copy_entries(vm, made, self) ? made : VALUE_FAIL;
}

static Value view_new(VM *vm, uint32_t shape, OrderedDict *self) {
  DictView *view = heap_new(vm, shape, sizeof(DictView));
  view->dict = &self->dict;
  return value_from(view);
}
static Value odict_keys(VM *vm, OrderedDict *self, const odict_keys_args *a) {
  return view_new(vm, SHAPE_OF(odict_keys), self);
}
static Value odict_values(VM *vm, OrderedDict *self, const odict_values_args *a) {
  return view_new(vm, SHAPE_OF(odict_values), self);
}
static Value odict_items(VM *vm, OrderedDict *self, const odict_items_args *a) {
  return view_new(vm, SHAPE_OF(odict_items), self);
}

/* ---- updating: through set_item, so that subclasses see it */
static bool set_pairs(VM *vm, Value self, Value pairs) {
  Value iterator = get_iterator(vm, pairs);
  if (value_is_fail(iterator)) return false;
  for (;;) {
    Value pair = iterator_next(vm, iterator);
    if (pair == VALUE_STOP) return true;
    if (value_is_fail(pair)) return false;
    Value parts = get_iterator(vm, pair);
    if (value_is_fail(parts)) return false;
    Value items[3];
    int n = 0;
    while (n < 3 && (items[n] = iterator_next(vm, parts)) != VALUE_STOP) {
      if (value_is_fail(items[n])) return false;
      n++;
    }
    if (n < 2)
      return raise_false(vm, TYPE_OF(ValueError), "need more than %d value%s to unpack", n,
                         n == 1 ? "" : "s");
    if (n > 2)
      return raise_false(vm, TYPE_OF(ValueError), "too many values to unpack (expected 2)");
    if (!set_item(vm, self, items[0], items[1])) return false;
  }
}

static bool set_from_keys(VM *vm, Value self, Value other, Value keys) {
  Value iterator = get_iterator(vm, keys);
  if (value_is_fail(iterator)) return false;
  for (;;) {
    Value key = iterator_next(vm, iterator);
    if (key == VALUE_STOP) return true;
    if (value_is_fail(key)) return false;
    Value value = get_item(vm, other, key);
    if (value_is_fail(value) || !set_item(vm, self, key, value)) return false;
  }
}

static bool update_from(VM *vm, Value self, Value other) {
  if (value_is(other, dict)) {
    List *items = list_new(vm, 0);
    Value key, value;
    for (size_t position = 0; dict_next(value_object(other), &position, &key, &value);)
      if (!list_append_value(vm, items, key) || !list_append_value(vm, items, value)) return false;
    for (size_t i = 0; i < list_length(items); i += 2)
      if (!set_item(vm, self, items->items->items[i], items->items->items[i + 1])) return false;
    return true;
  }
  Value method = find_attribute(vm, other, NAME("keys"));
  if (value_is_fail(method)) return false;
  if (method != VALUE_UNBOUND) {
    Value keys = call0(vm, method);
    return !value_is_fail(keys) && set_from_keys(vm, self, other, keys);
  }
  method = find_attribute(vm, other, NAME("items"));
  if (value_is_fail(method)) return false;
  if (method == VALUE_UNBOUND) return set_pairs(vm, self, other);
  Value items = call0(vm, method);
  return !value_is_fail(items) && set_pairs(vm, self, items);
}

static Value update(VM *vm, Value self, const char *name, const Value *args, int npos,
                    Tuple *kwnames) {
  if (npos > 1)
    return raise_type(vm, "%s() takes at most 1 positional argument (%d given)", name, npos);
  if (npos && !update_from(vm, self, args[0])) return VALUE_FAIL;
  for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++)
    if (!set_item(vm, self, kwnames->items[i], args[npos + (int)i])) return VALUE_FAIL;
  return VALUE_NONE;
}
static Value odict_update(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return update(vm, self, "update", args, npos, kwnames);
}
static Value odict_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (npos > 1) return raise_type(vm, "expected at most 1 arguments, got %d", npos);
  return update(vm, self, "__init__", args, npos, kwnames);
}

/* ---- special methods */
static Value odict_op_repr(VM *vm, OrderedDict *self, const odict_op_repr_args *a) {
  Str *text = NULL;
  Value v = value_from(self);
  if (!self->dict.length) {
    text = str_format(vm, "%U()", object_type(self)->name);
    return value_of(text);
  }
  Showing here;
  if (!repr_enter(vm, &here, v)) return value_from(NAME("..."));
  List *pairs = NULL;
  if (is_exact(self)) {
    Value key, value;
    pairs = list_new(vm, self->dict.length);
    for (size_t position = 0; dict_next(&self->dict, &position, &key, &value);)
      if (!list_append_value(vm, pairs, PACK(key, value))) pairs = NULL;
  } else {
    Value items = call_method0(vm, v, NAME("items"));
    if (!value_is_fail(items)) pairs = list_from_iterable(vm, items);
  }
  if (pairs) text = str_format(vm, "%U(%R)", object_type(self)->name, value_from(pairs));
  repr_leave(vm, &here);
  return value_of(text);
}

static Value odict_op_reduce(VM *vm, OrderedDict *self, const odict_op_reduce_args *a) {
  Value state = call_method0(vm, value_from(self), NAME("__getstate__"));
  if (value_is_fail(state)) return state;
  Value items = call_method0(vm, value_from(self), NAME("items"));
  if (value_is_fail(items)) return items;
  Value iterator = get_iterator(vm, items);
  if (value_is_fail(iterator)) return iterator;
  return PACK(value_from(object_type(self)), value_of(tuple_new(vm, 0)), state, VALUE_NONE,
              iterator);
}

static Value odict_op_setitem(VM *vm, OrderedDict *self, const odict_op_setitem_args *a) {
  return value_none_if(dict_set(vm, &self->dict, a->key, a->value));
}
static Value odict_op_delitem(VM *vm, OrderedDict *self, const odict_op_delitem_args *a) {
  return value_none_if(dict_delete_item(vm, &self->dict, a->key));
}

/* Same keys in the same order: 1, 0, -1. */
static Answer same_order(VM *vm, const Dict *x, const Dict *y) {
  size_t i = 0, j = 0;
  Value a, b;
  uint32_t length_x = x->length, length_y = y->length;
  if (length_x != length_y) return ANSWER_NO; /* comparing the values may have changed one */
  while (dict_next(x, &i, &a, NULL)) {
    if (!dict_next(y, &j, &b, NULL)) return ANSWER_NO;
    Answer same = items_same(vm, a, b);
    if (same != ANSWER_YES) return same;
    if (x->length != length_x || y->length != length_y)
      return raise_error(vm, TYPE_OF(RuntimeError), "OrderedDict mutated during iteration"),
             ANSWER_FAILED;
  }
  return ANSWER_YES;
}

static Answer odict_equal(VM *vm, OrderedDict *self, Value other) {
  Answer same = dict_equal(vm, &self->dict, value_object(other));
  return same == ANSWER_YES && is_odict(other) ? same_order(vm, &self->dict, value_object(other))
                                               : same;
}

static Value odict_op_eq(VM *vm, OrderedDict *self, const odict_op_eq_args *a) {
  if (!value_has_flag(a->value, TYPE_DICT_SUBCLASS)) return VALUE_NOT_IMPLEMENTED;
  Answer same = odict_equal(vm, self, a->value);
  return same == ANSWER_FAILED ? VALUE_FAIL : value_bool(same);
}
static Value odict_op_ne(VM *vm, OrderedDict *self, const odict_op_ne_args *a) {
  if (!value_has_flag(a->value, TYPE_DICT_SUBCLASS)) return VALUE_NOT_IMPLEMENTED;
  Answer same = odict_equal(vm, self, a->value);
  return same == ANSWER_FAILED ? VALUE_FAIL : value_bool(!same);
}
static Value odict_op_lt(VM *vm, OrderedDict *self, const odict_op_lt_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value odict_op_le(VM *vm, OrderedDict *self, const odict_op_le_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value odict_op_gt(VM *vm, OrderedDict *self, const odict_op_gt_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value odict_op_ge(VM *vm, OrderedDict *self, const odict_op_ge_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}

static Value merged(VM *vm, OrderedDict *self, Value left, Value right) {
  if (!value_has_flag(left, TYPE_DICT_SUBCLASS) || !value_has_flag(right, TYPE_DICT_SUBCLASS))
    return VALUE_NOT_IMPLEMENTED;
  Value made = call1(vm, value_from(object_type(self)), left);
  if (value_is_fail(made)) return made;
  return update_from(vm, made, right) ? made : VALUE_FAIL;
}
static Value odict_op_or(VM *vm, OrderedDict *self, const odict_op_or_args *a) {
  return merged(vm, self, value_from(self), a->value);
}
static Value odict_op_ror(VM *vm, OrderedDict *self, const odict_op_ror_args *a) {
  return merged(vm, self, a->value, value_from(self));
}
static Value odict_op_ior(VM *vm, OrderedDict *self, const odict_op_ior_args *a) {
  return update_from(vm, value_from(self), a->value) ? value_from(self) : VALUE_FAIL;
}
static Value odict_op_sizeof(VM *vm, OrderedDict *self, const odict_op_sizeof_args *a) {
  return cell_sizeof(vm, self, self->dict.table);
}

/* ---- iteration */
/* Moves position to the next live entry. */
static void settle(ODictIterator *it) {
  const DictTable *t = it->dict->dict.table;
  if (it->backwards) {
    while (it->position > 0 && dict_entry_at(t, it->position - 1)->key == VALUE_UNBOUND)
      it->position--;
    it->at_end = it->position == 0;
  } else {
    while (it->position < t->used && dict_entry_at(t, it->position)->key == VALUE_UNBOUND)
      it->position++;
    it->at_end = it->position >= t->used;
  }
}

static Value iterate(VM *vm, OrderedDict *od, int what, bool backwards) {
  static uint64_t last_version;
  ODictIterator *it = heap_new(vm, SHAPE_OF(odict_iterator), sizeof(ODictIterator));
  if (!dict_watched(&od->dict)) od->version = ++last_version;
  dict_watch(&od->dict);
  it->dict = od;
  it->version = od->version;
  it->what = (uint8_t)what;
  it->backwards = backwards;
  it->position = backwards ? od->dict.table->used : dict_front(od->dict.table);
  settle(it);
  return value_from(it);
}

static Value odict_iterator_next(VM *vm, Value self) {
  ODictIterator *it = value_object(self);
  if (!it->dict || it->at_end) return VALUE_STOP;
  const Dict *dict = &it->dict->dict;
  if (!dict_watched(dict) || it->dict->version != it->version) {
    it->at_end = true;
    bool cleared = dict->table == &dict_no_table;
    return raise_error(vm, TYPE_OF(RuntimeError),
                       cleared ? "OrderedDict changed size during iteration"
                               : "OrderedDict mutated during iteration");
  }
  DictEntry found = *dict_entry_at(dict->table, it->backwards ? --it->position : it->position++);
  settle(it);
  if (it->what == OD_KEYS) return found.key;
  return it->what == OD_VALUES ? found.value : PACK(found.key, found.value);
}

static Value odict_op_iter(VM *vm, OrderedDict *self, const odict_op_iter_args *a) {
  return iterate(vm, self, OD_KEYS, false);
}
static Value odict_op_reversed(VM *vm, OrderedDict *self, const odict_op_reversed_args *a) {
  return iterate(vm, self, OD_KEYS, true);
}

static int what_view(DictView *view) {
  return view->h.shape == SHAPE_OF(odict_items)    ? OD_ITEMS
         : view->h.shape == SHAPE_OF(odict_values) ? OD_VALUES
                                                   : OD_KEYS;
}
static Value odict_view_op_iter(VM *vm, DictView *self, const odict_view_op_iter_args *a) {
  return iterate(vm, (OrderedDict *)self->dict, what_view(self), false);
}
static Value odict_view_op_reversed(VM *vm, DictView *self, const odict_view_op_reversed_args *a) {
  return iterate(vm, (OrderedDict *)self->dict, what_view(self), true);
}

static Value odict_iterator_op_reduce(VM *vm, ODictIterator *self,
                                      const odict_iterator_op_reduce_args *a) {
  ODictIterator *copy = heap_new(vm, SHAPE_OF(odict_iterator), sizeof(ODictIterator));
  memcpy((char *)copy + sizeof(Object), (char *)self + sizeof(Object),
         sizeof(ODictIterator) - sizeof(Object));
  List *rest = list_from_iterable(vm, value_from(copy));
  if (!rest) return VALUE_FAIL;
  Value iter = builtin_attr(vm, NAME("iter"));
  return PACK(iter, PACK(value_from(rest)));
}

/* ---- classes */
static Value odict_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (!value_is_fail(v)) dict_init(value_object(v));
  return v;
}

/* front_table too, even when it is an old one, and dict_hold_table: its address must not come back
** as another table's. */
static void odict_trace(Marker *marker, Object *self) {
  mark_object(marker, ((OrderedDict *)self)->dict.table);
  mark_object(marker, ((OrderedDict *)self)->front_table);
}
static void view_trace(Marker *marker, Object *self) {
  mark_object(marker, ((DictView *)self)->dict);
}
static void iterator_trace(Marker *marker, Object *self) {
  mark_object(marker, ((ODictIterator *)self)->dict);
}

const ClassSpec OrderedDict_class = {
    NATIVE_CLASS(odict_),
    .extra_offset = offsetof(OrderedDict, extra),
    .basic_size = sizeof(OrderedDict),
    .trace = odict_trace,
};
#define VIEW(c_name)                                                      \
  const ClassSpec c_name##_class = {NATIVE_CLASS_AS(odict_view_, c_name), \
                                    .basic_size = sizeof(DictView), .trace = view_trace};
VIEW(odict_keys)
VIEW(odict_values)
VIEW(odict_items)
#undef VIEW
const ClassSpec odict_iterator_class = {
    NATIVE_CLASS(odict_iterator_),
    .basic_size = sizeof(ODictIterator),
    .trace = iterator_trace,
    .next = odict_iterator_next,
};

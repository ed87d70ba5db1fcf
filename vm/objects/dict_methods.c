/* dict_methods.c -- the Python surface of dict (rows in dict.def): method bodies over the table of
** dict.c. */
#include "vm/contracts/type.h"
#include "vm/objects/dict.h"
#include "vm/objects/items.h"
#include "vm/objects/iterators.h"
#include "vm/objects/list.h"
#include "vm/objects/range.h"

#define NATIVE_DEF "vm/objects/dict.def"
#define NATIVE_PREFIX dict_method_
#define NATIVE_SELF Dict *
#include "vm/contracts/native_class.inc"

static Value dict_method_get(VM *vm, Dict *self, const dict_method_get_args *a) {
  Value v = dict_get(vm, self, a->key);
  return v == VALUE_UNBOUND ? a->fallback : v;
}

static Value dict_method_setdefault(VM *vm, Dict *self, const dict_method_setdefault_args *a) {
  return dict_set_default(vm, self, a->key, a->fallback);
}

static Value dict_method_pop(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (!check_no_kwargs(vm, "dict.pop", kwnames) || !check_positional(vm, "pop", npos, 1, 2))
    return VALUE_FAIL;
  Value v = dict_remove(vm, value_object(self), args[0]);
  if (v != VALUE_UNBOUND) return v;
  return npos == 2 ? args[1] : raise_key(vm, args[0]);
}

static Value dict_method_popitem(VM *vm, Dict *self, const dict_method_popitem_args *a) {
  if (!self->length)
    return raise_with(vm, TYPE_OF(KeyError), value_from(NAME("popitem(): dictionary is empty")));
  const DictTable *t = self->table;
  size_t i = t->used;
  while (dict_entry_at(t, --i)->key == VALUE_UNBOUND) {}
  if (t->used - i > 16) { /* so that popping past deleted entries stays cheap */
    if (!dict_compact(vm, self)) return VALUE_FAIL;
    t = self->table, i = t->used - 1;
  }
  DictEntry *entry = dict_entry_at(t, i);
  Value key = entry->key, value = entry->value;
  dict_pop_entry(vm, self, i);
  return PACK(key, value);
}

static Value view_new(VM *vm, uint32_t shape, Dict *dict) {
  DictView *view = heap_new(vm, shape, sizeof(DictView));
  view->dict = dict;
  return value_from(view);
}
static Value dict_method_keys(VM *vm, Dict *self, const dict_method_keys_args *a) {
  return view_new(vm, SHAPE_OF(dict_keys), self);
}
static Value dict_method_items(VM *vm, Dict *self, const dict_method_items_args *a) {
  return view_new(vm, SHAPE_OF(dict_items), self);
}
static Value dict_method_values(VM *vm, Dict *self, const dict_method_values_args *a) {
  return view_new(vm, SHAPE_OF(dict_values), self);
}

/* ---- updating */
static bool dict_iterates_plainly(Value v) {
  return value_has_flag(v, TYPE_DICT_SUBCLASS) &&
         value_special(v, SPECIAL_iter) == type_special(TYPE_OF(dict), SPECIAL_iter);
}

static bool set_unless_kept(VM *vm, Dict *dict, Value key, Value value, bool override) {
  if (override) return dict_set(vm, dict, key, value);
  return dict_set_default(vm, dict, key, value) != VALUE_FAIL;
}

static bool update_mapping(VM *vm, Dict *dict, Value mapping, Value keys_method, bool override) {
  Value keys = call0(vm, keys_method);
  if (value_is_fail(keys)) return false;
  Value iterator = get_iterator(vm, keys);
  if (value_is_fail(iterator)) return false;
  for (;;) {
    Value key = iterator_next(vm, iterator);
    if (key == VALUE_STOP) return true;
    if (value_is_fail(key)) return false;
    if (!override) {
      Value there = dict_get(vm, dict, key);
      if (value_is_fail(there)) return false;
      if (there != VALUE_UNBOUND) continue;
    }
    Value value = get_item(vm, mapping, key);
    if (value_is_fail(value) || !dict_set(vm, dict, key, value)) return false;
  }
}

/* The two items of pair number i, or false with the error dict() gives. */
static bool split_pair(VM *vm, Value pair, size_t i, Value *key, Value *value) {
  const Value *items;
  size_t count;
  if ((!value_is(pair, tuple) && !value_is(pair, list)) || !sequence_view(pair, &items, &count)) {
    List *list = list_from_iterable(vm, pair);
    if (!list) {
      if (!error_clear_if(vm, TYPE_OF(TypeError))) return false;
      return raise_false(vm, TYPE_OF(TypeError),
                         "cannot convert dictionary update sequence element #%zu to a sequence", i);
    }
    items = list_items(list), count = list_length(list);
  }
  if (count != 2)
    return raise_false(vm, TYPE_OF(ValueError),
                       "dictionary update sequence element #%zu has length %zu; 2 is required", i,
                       count);
  *key = items[0], *value = items[1];
  return true;
}

enum { EXPECT_MAX = 64 };

/* update_zipped: from a zip of two, without its tuples. */
static bool update_zipped(VM *vm, Dict *dict, const Zip *zip, bool override) {
  Value keys = zip->iterators->items[0], values = zip->iterators->items[1];
  if (value_is(values, list_iterator)) {
    const SequenceIterator *at = value_object(values);
    size_t rest = at->sequence == VALUE_NONE
                      ? 0
                      : list_length(value_object(at->sequence)) - (size_t)at->index;
    if (rest <= EXPECT_MAX && !dict_expect(vm, dict, rest)) return false;
  }
  for (;;) {
    Value key = iterator_next(vm, keys);
    if (key == VALUE_STOP || value_is_fail(key)) return key == VALUE_STOP;
    Value value = iterator_next(vm, values);
    if (value == VALUE_STOP || value_is_fail(value)) return value == VALUE_STOP;
    if (!set_unless_kept(vm, dict, key, value, override)) return false;
  }
}

static bool dict_update_pairs(VM *vm, Dict *dict, Value pairs, bool override) {
  if (value_is(pairs, zip)) {
    const Zip *zip = value_object(pairs);
    if (zip->iterators && tuple_length(zip->iterators) == 2 && !zip->strict)
      return update_zipped(vm, dict, zip, override);
  }
  Value iterator = get_iterator(vm, pairs);
  if (value_is_fail(iterator)) return false;
  for (size_t i = 0;; i++) {
    Value pair = iterator_next(vm, iterator), key, value;
    if (pair == VALUE_STOP) return true;
    if (value_is_fail(pair) || !split_pair(vm, pair, i, &key, &value)) return false;
    if (!set_unless_kept(vm, dict, key, value, override)) return false;
  }
}

bool dict_update(VM *vm, Dict *dict, Value other, bool override) {
  if (dict_iterates_plainly(other)) return dict_merge(vm, dict, value_object(other), override);
  /* have no keys() */
  if (value_is(other, zip) || value_is(other, list))
    return dict_update_pairs(vm, dict, other, override);
  Value keys = find_attribute(vm, other, NAME("keys"));
  if (value_is_fail(keys)) return false;
  if (keys != VALUE_UNBOUND) return update_mapping(vm, dict, other, keys, override);
  return dict_update_pairs(vm, dict, other, override);
}

static bool update_from_call(VM *vm, Dict *self, const char *name, const Value *args, int npos,
                             Tuple *kwnames) {
  if (!check_positional(vm, name, npos, 0, 1)) return false;
  if (npos && !dict_update(vm, self, args[0], true)) return false;
  for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++)
    if (!dict_set(vm, self, kwnames->items[i], args[npos + (int)i])) return false;
  return true;
}

static Value dict_method_update(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return value_none_if(update_from_call(vm, value_object(self), "update", args, npos, kwnames));
}

static Value dict_method_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return value_none_if(update_from_call(vm, value_object(self), "dict", args, npos, kwnames));
}

/* Keys of a set or dict, by the hashes that are there. */
static bool set_known_keys(VM *vm, Dict *dict, Value keys, Value value) {
  if (value_is(keys, dict)) {
    const Dict *from = value_object(keys);
    for (size_t i = 0; i < from->table->used; i++) {
      Value key = dict_entry_at(from->table, i)->key;
      if (key != VALUE_UNBOUND &&
          !dict_set_hashed(vm, dict, key, dict_entry_hash(from->table, i), value))
        return false;
    }
    return true;
  }
  const SetEntry *entry;
  for (size_t position = 0; set_next_entry(value_object(keys), &position, &entry);)
    if (!dict_set_hashed(vm, dict, entry->value, entry->hash, value)) return false;
  return true;
}

/* expect_range: a range says how many keys come, each once. */
static bool expect_range(VM *vm, Dict *dict, Value keys) {
  enum { RANGE_MAX = 1 << 16 };
  if (!value_is(keys, range)) return true;
  Value length = ((const Range *)value_object(keys))->length;
  bool is_short = value_is_int(length) && value_as_int(length) <= RANGE_MAX;
  return !is_short || dict_expect(vm, dict, (size_t)value_as_int(length));
}

static Value dict_method_fromkeys(VM *vm, Value cls, const dict_method_fromkeys_args *a) {
  bool plain = cls == value_from(TYPE_OF(dict));
  Value made = plain ? value_from(dict_new(vm)) : call0(vm, cls);
  if (value_is_fail(made)) return made;
  plain = value_is(made, dict);
  if (plain && (value_is(a->iterable, dict) || value_is(a->iterable, set) ||
                value_is(a->iterable, frozenset)))
    return set_known_keys(vm, value_object(made), a->iterable, a->value) ? made : VALUE_FAIL;
  if (plain && !expect_range(vm, value_object(made), a->iterable)) return VALUE_FAIL;
  Value iterator = get_iterator(vm, a->iterable);
  if (value_is_fail(iterator)) return iterator;
  for (;;) {
    Value key = iterator_next(vm, iterator);
    if (key == VALUE_STOP) return made;
    if (value_is_fail(key)) return key;
    if (!(plain ? dict_set(vm, value_object(made), key, a->value)
                : set_item(vm, made, key, a->value)))
      return VALUE_FAIL;
  }
}

static Value dict_method_clear(VM *vm, Dict *self, const dict_method_clear_args *a) {
  dict_clear(vm, self);
  return VALUE_NONE;
}

static Value dict_method_copy(VM *vm, Dict *self, const dict_method_copy_args *a) {
  return value_of(dict_copy(vm, self));
}

static Value dict_method_class_getitem(VM *vm, Value cls, const dict_method_class_getitem_args *a) {
  return generic_alias(vm, cls, a->item);
}

/* ---- special methods */
static bool append_entry_reprs(VM *vm, StrBuilder *text, Dict *self) {
  size_t position = 0;
  Value key, value;
  for (bool first = true; dict_next(self, &position, &key, &value); first = false) {
    if (!first) str_builder_ascii(text, ", ", 2);
    Value one = value_repr(vm, key);
    if (value_is_fail(one)) return false;
    str_builder_str(text, value_object(one));
    str_builder_ascii(text, ": ", 2);
    if (value_is_fail(one = value_repr(vm, value)) || !vm_listen(vm)) return false;
    str_builder_str(text, value_object(one));
  }
  return true;
}

static Value dict_method_op_repr(VM *vm, Dict *self, const dict_method_op_repr_args *a) {
  if (!self->length) return value_from(NAME("{}"));
  Showing here;
  if (!repr_enter(vm, &here, value_from(self))) return value_from(NAME("{...}"));
  StrBuilder text;
  str_builder_init(&text, vm);
  str_builder_char(&text, '{');
  bool ok = append_entry_reprs(vm, &text, self);
  repr_leave(vm, &here);
  if (!ok) return str_builder_drop(&text), VALUE_FAIL;
  str_builder_char(&text, '}');
  return value_of(str_builder_finish(&text));
}

static Value dict_method_op_eq(VM *vm, Dict *self, const dict_method_op_eq_args *a) {
  if (!value_has_flag(a->value, TYPE_DICT_SUBCLASS)) return VALUE_NOT_IMPLEMENTED;
  if (vm_c_stack_low(vm) && !vm_check_c_stack(vm, " in comparison")) return VALUE_FAIL;
  Answer same = dict_equal(vm, self, value_object(a->value));
  return same == ANSWER_FAILED ? VALUE_FAIL : value_bool(same);
}

static Value dict_method_op_ne(VM *vm, Dict *self, const dict_method_op_ne_args *a) {
  if (!value_has_flag(a->value, TYPE_DICT_SUBCLASS)) return VALUE_NOT_IMPLEMENTED;
  Answer same = dict_equal(vm, self, value_object(a->value));
  return same == ANSWER_FAILED ? VALUE_FAIL : value_bool(!same);
}

static Value dict_method_op_lt(VM *vm, Dict *self, const dict_method_op_lt_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value dict_method_op_le(VM *vm, Dict *self, const dict_method_op_le_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value dict_method_op_gt(VM *vm, Dict *self, const dict_method_op_gt_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value dict_method_op_ge(VM *vm, Dict *self, const dict_method_op_ge_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}

static Value dict_method_op_iter(VM *vm, Dict *self, const dict_method_op_iter_args *a) {
  return dict_iterator_new(vm, SHAPE_OF(dict_keyiterator), self);
}

static Value dict_method_op_reversed(VM *vm, Dict *self, const dict_method_op_reversed_args *a) {
  return dict_iterator_new(vm, SHAPE_OF(dict_reversekeyiterator), self);
}

static Value dict_method_op_len(VM *vm, Dict *self, const dict_method_op_len_args *a) {
  return value_int_unchecked(self->length);
}
static Value dict_method_op_getitem(VM *vm, Dict *self, const dict_method_op_getitem_args *a) {
  return dict_get_item(vm, self, a->key);
}

static Value dict_method_op_setitem(VM *vm, Dict *self, const dict_method_op_setitem_args *a) {
  return value_none_if(dict_set(vm, self, a->key, a->value));
}

static Value dict_method_op_delitem(VM *vm, Dict *self, const dict_method_op_delitem_args *a) {
  return value_none_if(dict_delete_item(vm, self, a->key));
}

static Value dict_method_op_contains(VM *vm, Dict *self, const dict_method_op_contains_args *a) {
  int64_t i = dict_find(vm, self, a->key);
  return i == DICT_FAILED ? VALUE_FAIL : value_bool(i >= 0);
}

static Value merged(VM *vm, Value left, Value right) {
  if (!value_has_flag(left, TYPE_DICT_SUBCLASS) || !value_has_flag(right, TYPE_DICT_SUBCLASS))
    return VALUE_NOT_IMPLEMENTED;
  Dict *result = dict_copy(vm, value_object(left));
  return result && dict_update(vm, result, right, true) ? value_from(result) : VALUE_FAIL;
}
static Value dict_method_op_or(VM *vm, Dict *self, const dict_method_op_or_args *a) {
  return merged(vm, value_from(self), a->value);
}
static Value dict_method_op_ror(VM *vm, Dict *self, const dict_method_op_ror_args *a) {
  return merged(vm, a->value, value_from(self));
}

static Value dict_method_op_ior(VM *vm, Dict *self, const dict_method_op_ior_args *a) {
  return dict_update(vm, self, a->value, true) ? value_from(self) : VALUE_FAIL;
}

static Value dict_method_op_sizeof(VM *vm, Dict *self, const dict_method_op_sizeof_args *a) {
  return cell_sizeof(vm, self, self->table);
}

static Value dict_method_blank(VM *vm, Type *cls) {
  if (cls == TYPE_OF(dict)) return value_from(dict_new(vm));
  Value v = object_new(vm, cls);
  if (!value_is_fail(v)) dict_init(value_object(v));
  return v;
}

static void dict_trace(Marker *marker, Object *self) { mark_object(marker, ((Dict *)self)->table); }
const ClassSpec dict_class = {
    NATIVE_CLASS(dict_method_),
    .basic_size = sizeof(Dict),
    .trace = dict_trace,
};

/* element_copy.c -- copies of Elements, and what pickle keeps of them. */
#include "vm/core/late_types.h"
#include "vm/base/libraries.h"
#if WITH_EXPAT
#include "vm/contracts/import.h"
#include "vm/modules/xml/element.h"

/* The texts as they are, in pieces or not. */
static void take_texts(VM *vm, Element *to, const Element *from) {
  to->text = from->text, to->tail = from->tail;
  to->h.bits |= from->h.bits & (ELEMENT_TEXT_PIECES | ELEMENT_TAIL_PIECES);
  heap_barrier_any(vm, to);
}

Value element_copy(VM *vm, Element *self) {
  Element *copy = element_new(vm, self->tag, self->attrib);
  take_texts(vm, copy, self);
  for (size_t i = 0; i < self->count; i++)
    if (!element_add(vm, copy, self->children->items[i])) return VALUE_FAIL;
  return value_from(copy);
}

/* ---- deep copies */

static Value copy_anything(VM *vm, Value v, Dict *memo) {
  if (tree_state.deepcopy == VALUE_NONE) {
    Value module = import_module(vm, NAME("copy"));
    Value deepcopy = value_is_fail(module) ? module : get_attribute(vm, module, NAME("deepcopy"));
    if (value_is_fail(deepcopy)) return deepcopy;
    tree_state.deepcopy = deepcopy;
  }
  return call2(vm, tree_state.deepcopy, v, value_from(memo));
}

static Value copy_value(VM *vm, Value v, Dict *memo) {
  if (v == VALUE_NONE || value_is(v, str) || value_is_int(v)) return v;
  if (value_is(v, et_Element)) {
    Value id = value_int(vm, (int64_t)(uintptr_t)value_object(v));
    Value known = value_is_fail(id) ? id : dict_get(vm, memo, id);
    if (known == VALUE_UNBOUND) return element_deepcopy(vm, value_object(v), memo);
    if (value_is_fail(known) || known != VALUE_NONE) return known;
  }
  return copy_anything(vm, v, memo);
}

/* A dict of texts needs no looking into. */
static Value copy_attrib(VM *vm, Dict *attrib, Dict *memo) {
  size_t at = 0;
  Value key, v;
  if (object_type(attrib) != TYPE_OF(dict)) return copy_value(vm, value_from(attrib), memo);
  while (dict_next(attrib, &at, &key, &v))
    if (!value_is(key, str) || !value_is(v, str))
      return copy_anything(vm, value_from(attrib), memo);
  return value_of(dict_copy(vm, attrib));
}

/* Copies one of the texts, in pieces or not. */
static Value copy_text(VM *vm, Value v, Dict *memo) {
  return value_is(v, list) ? copy_anything(vm, v, memo) : copy_value(vm, v, memo);
}

static bool copy_children(VM *vm, Element *copy, Element *self, Dict *memo) {
  for (size_t i = 0; i < self->count; i++) {
    Value child = copy_value(vm, self->children->items[i], memo);
    if (value_is_fail(child) || !element_expect(vm, child) || !element_add(vm, copy, child))
      return false;
    if (!vm_listen(vm)) return false;
  }
  return true;
}

Value element_deepcopy(VM *vm, Element *self, Dict *memo) {
  if (!vm_guard_call(vm)) return VALUE_FAIL;
  Value tag = copy_value(vm, self->tag, memo), v = VALUE_NONE;
  if (value_is_fail(tag)) return tag;
  if (self->attrib) v = copy_attrib(vm, self->attrib, memo);
  if (value_is_fail(v)) return v;
  if (v != VALUE_NONE && !value_has_flag(v, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "attrib must be dict, not %.200T", v);
  Element *copy = element_new(vm, tag, v == VALUE_NONE ? NULL : value_object(v));
  uint32_t pieces = self->h.bits & ELEMENT_TEXT_PIECES;
  v = copy_text(vm, self->text, memo);
  if (value_is_fail(v)) return v;
  element_set_text(vm, copy, v);
  copy->h.bits |= value_is(v, list) ? pieces : 0;
  pieces = self->h.bits & ELEMENT_TAIL_PIECES;
  v = copy_text(vm, self->tail, memo);
  if (value_is_fail(v)) return v;
  element_set_tail(vm, copy, v);
  copy->h.bits |= value_is(v, list) ? pieces : 0;
  if (!copy_children(vm, copy, self, memo)) return VALUE_FAIL;
  Value id = value_int(vm, (int64_t)(uintptr_t)self);
  if (value_is_fail(id) || !dict_set(vm, memo, id, value_from(copy))) return VALUE_FAIL;
  return value_from(copy);
}

/* ---- states */

/* Both texts joined first: the state is told to the program. */
Value element_state(VM *vm, Element *self) {
  Dict *state = dict_new(vm);
  List *children = list_from_values(vm, self->children ? self->children->items : NULL, self->count);
  if (!children) return VALUE_FAIL;
  Value attrib = self->attrib ? value_from(self->attrib) : value_from(dict_new(vm));
  Value text = element_text(vm, self), tail = value_is_fail(text) ? text : element_tail(vm, self);
  if (value_is_fail(tail) || !dict_set_str(vm, state, NAME("tag"), self->tag) ||
      !dict_set_str(vm, state, NAME("_children"), value_from(children)) ||
      !dict_set_str(vm, state, NAME("attrib"), attrib) ||
      !dict_set_str(vm, state, NAME("text"), text) || !dict_set_str(vm, state, NAME("tail"), tail))
    return VALUE_FAIL;
  return value_from(state);
}

static const char *const state_names[] = {"tag", "_children", "attrib", "text", "tail"};
enum { STATE_TAG, STATE_CHILDREN, STATE_ATTRIB, STATE_TEXT, STATE_TAIL, STATE_COUNT };

/* The values of a state by their places; MISSING: not there. */
static bool read_state(VM *vm, Dict *state, Value values[STATE_COUNT]) {
  size_t at = 0;
  Value key, v;
  for (int i = 0; i < STATE_COUNT; i++) values[i] = VALUE_MISSING;
  while (dict_next(state, &at, &key, &v)) {
    int i = 0;
    if (!value_is_str(key)) return raise_false(vm, TYPE_OF(TypeError), "keywords must be strings");
    while (i < STATE_COUNT && !str_equal_cstr(value_object(key), state_names[i])) i++;
    if (i == STATE_COUNT)
      return raise_false(vm, TYPE_OF(TypeError),
                         "'%U' is an invalid keyword argument for this function",
                         (Str *)value_object(key));
    values[i] = v;
  }
  return true;
}

static void set_state_text(VM *vm, Element *self, Value text, Value tail) {
  element_set_text(vm, self, text == VALUE_MISSING ? VALUE_NONE : text);
  element_set_tail(vm, self, tail == VALUE_MISSING ? VALUE_NONE : tail);
  if (value_is(self->text, list)) self->h.bits |= ELEMENT_TEXT_PIECES;
  if (value_is(self->tail, list)) self->h.bits |= ELEMENT_TAIL_PIECES;
}

bool element_set_state(VM *vm, Element *self, Value state) {
  Value v[STATE_COUNT];
  if (!value_is(state, dict))
    return raise_false(vm, TYPE_OF(TypeError),
                       "Don't know how to unpickle \"%.200R\" as an Element", state);
  if (!read_state(vm, value_object(state), v)) return false;
  if (v[STATE_TAG] == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(TypeError), "tag may not be NULL");
  Value children = v[STATE_CHILDREN], attrib = v[STATE_ATTRIB];
  if (children != VALUE_MISSING && !value_has_flag(children, TYPE_LIST_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "'_children' is not a list");
  if (attrib != VALUE_MISSING && !value_has_flag(attrib, TYPE_DICT_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "attrib must be dict, not %.200T", attrib);
  self->tag = v[STATE_TAG];
  heap_barrier(vm, self, self->tag);
  set_state_text(vm, self, v[STATE_TEXT], v[STATE_TAIL]);
  element_clear(self);
  if (attrib != VALUE_MISSING) self->attrib = value_object(attrib);
  heap_barrier_object(vm, self, self->attrib);
  if (children == VALUE_MISSING) return true;
  const List *list = value_object(children);
  for (size_t i = 0; i < list_length(list); i++)
    if (!element_expect(vm, list_items(list)[i]) || !element_add(vm, self, list_items(list)[i]))
      return false;
  return true;
}
#endif

/* element.c -- _elementtree.Element: making it, its attributes and texts, finding children. */
#include "vm/base/libraries.h"
#if WITH_EXPAT
#include "vm/contracts/import.h"
#include "vm/contracts/native.h"
#include "vm/modules/xml/element.h"
#include "vm/objects/verify.h"
#include "vm/objects/bytes.h"
#include "vm/objects/items.h"

#define NATIVE_DEF "vm/modules/xml/element.def"
#define NATIVE_PREFIX et_element_
#define NATIVE_SELF Element *
#include "vm/contracts/native_class.inc"

enum { FIRST_CHILDREN = 4 }; /* room for them when the first one comes */

/* ---- making */

static Value et_element_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Element *self = value_object(v);
  self->tag = self->text = self->tail = VALUE_NONE;
  return v;
}

Element *element_new(VM *vm, Value tag, Dict *attrib) {
  Element *self = heap_new(vm, SHAPE_OF(et_Element), sizeof *self);
  self->tag = tag;
  self->text = self->tail = VALUE_NONE;
  self->attrib = attrib;
  self->children = NULL;
  self->count = 0;
  return self;
}

bool element_add(VM *vm, Element *parent, Value child) {
  ValueArray *children = parent->children;
  if (UNLIKELY(!children || parent->count == children->capacity)) {
    size_t room = parent->count + parent->count / 2 + FIRST_CHILDREN;
    children = value_array_grow(vm, children, parent->count, room);
    if (!children) return false;
    parent->children = children;
    heap_barrier_object(vm, parent, children);
  }
  children->items[parent->count++] = child;
  heap_barrier(vm, children, child);
  return true;
}

Value element_attributes(VM *vm, Value given, const Value *values, Tuple *kwnames) {
  Dict *attrib = NULL;
  size_t names = kwnames ? tuple_length(kwnames) : 0, named = SIZE_MAX;
  for (size_t i = 0; i < names && given == VALUE_MISSING; i++)
    if (str_equal_cstr(value_object(kwnames->items[i]), "attrib")) named = i;
  if (named != SIZE_MAX && !value_has_flag(values[named], TYPE_DICT_SUBCLASS))
    return raise_type(vm, "attrib must be dict, not %.100T", values[named]);
  if (given != VALUE_MISSING) attrib = dict_copy(vm, value_object(given));
  else if (named != SIZE_MAX) attrib = dict_copy(vm, value_object(values[named]));
  else if (names) attrib = dict_new(vm);
  else return VALUE_UNBOUND;
  if (!attrib) return VALUE_FAIL;
  for (size_t i = 0; i < names; i++)
    if (i != named && !dict_set_str(vm, attrib, value_object(kwnames->items[i]), values[i]))
      return VALUE_FAIL;
  return value_from(attrib);
}

static Value et_element_op_init(VM *vm, Value value, const Value *args, int npos, Tuple *kwnames) {
  Element *self = value_object(value);
  if (npos < 1) return raise_type(vm, "Element() takes at least 1 argument (%d given)", npos);
  if (npos > 2) return raise_type(vm, "Element() takes at most 2 arguments (%d given)", npos);
  Value given = npos > 1 ? args[1] : VALUE_MISSING;
  if (given != VALUE_MISSING && !value_has_flag(given, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "Element() argument 2 must be dict, not %T", given);
  Value attrib = element_attributes(vm, given, args + npos, kwnames);
  if (value_is_fail(attrib)) return attrib;
  if (attrib != VALUE_UNBOUND && dict_length(value_object(attrib))) {
    element_clear(self);
    self->attrib = value_object(attrib);
    heap_barrier(vm, self, attrib);
  }
  self->tag = args[0];
  heap_barrier(vm, self, self->tag);
  element_set_text(vm, self, VALUE_NONE);
  element_set_tail(vm, self, VALUE_NONE);
  return VALUE_NONE;
}

static void element_trace(Marker *marker, Object *object) {
  const Element *self = (const Element *)object;
  mark_value(marker, self->tag);
  mark_value(marker, self->text);
  mark_value(marker, self->tail);
  mark_object(marker, self->attrib);
  mark_object(marker, self->children);
}

/* ---- texts */

Value pieces_join(VM *vm, Value pieces) {
  const List *list = value_object(pieces);
  if (list_length(list) == 1 && value_is_str(list_items(list)[0])) return list_items(list)[0];
  return call_method1(vm, value_from(NAME("")), NAME("join"), pieces);
}

/* The joined text; it takes the place of its pieces. */
static Value join_in_place(VM *vm, Element *self, Value *place, uint32_t flag) {
  Value pieces = *place, joined = pieces_join(vm, pieces);
  if (value_is_fail(joined) || *place != pieces) return joined;
  *place = joined;
  self->h.bits &= ~flag;
  heap_barrier(vm, self, joined);
  return joined;
}
Value element_text(VM *vm, Element *self) {
  if (LIKELY(!(self->h.bits & ELEMENT_TEXT_PIECES))) return self->text;
  return join_in_place(vm, self, &self->text, ELEMENT_TEXT_PIECES);
}
Value element_tail(VM *vm, Element *self) {
  if (LIKELY(!(self->h.bits & ELEMENT_TAIL_PIECES))) return self->tail;
  return join_in_place(vm, self, &self->tail, ELEMENT_TAIL_PIECES);
}
void element_set_text(VM *vm, Element *self, Value text) {
  self->h.bits &= ~(uint32_t)ELEMENT_TEXT_PIECES;
  self->text = text;
  heap_barrier(vm, self, text);
}
void element_set_tail(VM *vm, Element *self, Value tail) {
  self->h.bits &= ~(uint32_t)ELEMENT_TAIL_PIECES;
  self->tail = tail;
  heap_barrier(vm, self, tail);
}

/* ---- attributes of the object */

static bool check_given(VM *vm, Value v) {
  return v != VALUE_MISSING ||
         raise_false(vm, TYPE_OF(AttributeError), "can't delete element attribute");
}
static Value et_element_get_tag(VM *vm, Element *self) { return self->tag; }
static bool et_element_set_tag(VM *vm, Element *self, Value v) {
  if (!check_given(vm, v)) return false;
  self->tag = v;
  heap_barrier(vm, self, v);
  return true;
}
static Value et_element_get_text(VM *vm, Element *self) { return element_text(vm, self); }
static bool et_element_set_text(VM *vm, Element *self, Value v) {
  if (!check_given(vm, v)) return false;
  element_set_text(vm, self, v);
  return true;
}
static Value et_element_get_tail(VM *vm, Element *self) { return element_tail(vm, self); }
static bool et_element_set_tail(VM *vm, Element *self, Value v) {
  if (!check_given(vm, v)) return false;
  element_set_tail(vm, self, v);
  return true;
}

/* One is made where there is none. */
NEVER_NULL static Dict *element_attrib(VM *vm, Element *self) {
  if (!self->attrib) {
    self->attrib = dict_new(vm);
    heap_barrier_object(vm, self, self->attrib);
  }
  return self->attrib;
}
static Value et_element_get_attrib(VM *vm, Element *self) {
  return value_of(element_attrib(vm, self));
}
static bool et_element_set_attrib(VM *vm, Element *self, Value v) {
  if (!check_given(vm, v)) return false;
  if (!value_has_flag(v, TYPE_DICT_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "attrib must be dict, not %.200T", v);
  self->attrib = value_object(v);
  heap_barrier(vm, self, v);
  return true;
}

static Value et_element_get(VM *vm, Element *self, const et_element_get_args *a) {
  if (!self->attrib) return a->fallback;
  Value v = dict_get(vm, self->attrib, a->key);
  return v == VALUE_UNBOUND ? a->fallback : v;
}
static Value et_element_set(VM *vm, Element *self, const et_element_set_args *a) {
  return value_none_if(dict_set(vm, element_attrib(vm, self), a->key, a->value));
}

/* The keys of the attributes, or pairs with their values. */
static Value list_attributes(VM *vm, Element *self, bool pairs) {
  List *list = list_new(vm, self->attrib ? dict_length(self->attrib) : 0);
  size_t at = 0;
  Value key, v;
  if (!list) return VALUE_FAIL;
  while (self->attrib && dict_next(self->attrib, &at, &key, &v))
    if (!list_append_value(vm, list, pairs ? PACK(key, v) : key)) return VALUE_FAIL;
  return value_from(list);
}
static Value et_element_items(VM *vm, Element *self, const et_element_items_args *a) {
  return list_attributes(vm, self, true);
}
static Value et_element_keys(VM *vm, Element *self, const et_element_keys_args *a) {
  return list_attributes(vm, self, false);
}

/* ---- the object as a whole */

static Value et_element_op_repr(VM *vm, Element *self, const et_element_op_repr_args *a) {
  Value v = value_from(self);
  Showing here;
  if (!repr_enter(vm, &here, v))
    return raise_error(vm, TYPE_OF(RuntimeError), "reentrant call inside %N.__repr__",
                       value_type(v));
  Str *text = str_format(vm, "<Element %R at 0x%lx>", self->tag, (unsigned long)(uintptr_t)self);
  repr_leave(vm, &here);
  return value_of(text);
}

static Value et_element_op_sizeof(VM *vm, Element *self, const et_element_op_sizeof_args *a) {
  return cell_sizeof(vm, self, self->children);
}

void element_clear(Element *self) {
  self->attrib = NULL;
  self->children = NULL;
  self->count = 0;
}
static Value et_element_clear(VM *vm, Element *self, const et_element_clear_args *a) {
  element_clear(self);
  element_set_text(vm, self, VALUE_NONE);
  element_set_tail(vm, self, VALUE_NONE);
  return VALUE_NONE;
}

static Value et_element_makeelement(VM *vm, Element *self, const et_element_makeelement_args *a) {
  if (!value_has_flag(a->attrib, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "makeelement() argument 2 must be dict, not %T", a->attrib);
  Dict *attrib = dict_copy(vm, value_object(a->attrib));
  return attrib ? value_from(element_new(vm, a->tag, dict_length(attrib) ? attrib : NULL))
                : VALUE_FAIL;
}

static Value et_element_op_copy(VM *vm, Element *self, const et_element_op_copy_args *a) {
  return element_copy(vm, self);
}
static Value et_element_op_deepcopy(VM *vm, Element *self, const et_element_op_deepcopy_args *a) {
  if (!value_has_flag(a->memo, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "__deepcopy__() argument must be dict, not %T", a->memo);
  return element_deepcopy(vm, self, value_object(a->memo));
}
static Value et_element_op_getstate(VM *vm, Element *self, const et_element_op_getstate_args *a) {
  return element_state(vm, self);
}
static Value et_element_op_setstate(VM *vm, Element *self, const et_element_op_setstate_args *a) {
  return value_none_if(element_set_state(vm, self, a->state));
}

/* ---- children: see element_list.c */

bool element_expect(VM *vm, Value v) {
  return value_is_element(v) ||
         raise_false(vm, TYPE_OF(TypeError), "expected an Element, not \"%.200T\"", v);
}

static bool check_child(VM *vm, const char *where, Value v) {
  if (LIKELY(value_is_element(v))) return true;
  Str *name = v == VALUE_NONE ? NAME("None") : value_type(v)->name;
  return raise_false(vm, TYPE_OF(TypeError), "%s must be xml.etree.ElementTree.Element, not %.50U",
                     where, name);
}
static Value et_element_append(VM *vm, Element *self, const et_element_append_args *a) {
  return value_none_if(check_child(vm, "append() argument", a->subelement) &&
                       element_add(vm, self, a->subelement));
}
static Value et_element_insert(VM *vm, Element *self, const et_element_insert_args *a) {
  return value_none_if(check_child(vm, "insert() argument 2", a->subelement) &&
                       element_insert(vm, self, a->index, a->subelement));
}
static Value et_element_remove(VM *vm, Element *self, const et_element_remove_args *a) {
  return value_none_if(check_child(vm, "remove() argument", a->subelement) &&
                       element_remove(vm, self, a->subelement));
}
static Value et_element_extend(VM *vm, Element *self, const et_element_extend_args *a) {
  return value_none_if(element_extend(vm, self, a->elements));
}
static Value et_element_op_len(VM *vm, Element *self, const et_element_op_len_args *a) {
  return value_int(vm, (int64_t)self->count);
}
static Value et_element_op_getitem(VM *vm, Element *self, const et_element_op_getitem_args *a) {
  return element_get_item(vm, self, a->key);
}
static Value et_element_op_setitem(VM *vm, Element *self, const et_element_op_setitem_args *a) {
  return value_none_if(element_set_item(vm, self, a->key, a->value));
}
static Value et_element_op_delitem(VM *vm, Element *self, const et_element_op_delitem_args *a) {
  return value_none_if(element_delete_item(vm, self, a->key));
}

/* ---- finding */

/* Is it more than a tag, so that ElementPath must look at it? */
static bool is_path(Value path) {
  const Str *s = value_is_str(path) ? value_object(path) : NULL;
  if (!s && !value_has_flag(path, TYPE_BYTES_SUBCLASS)) return true;
  const Bytes *bytes = s ? NULL : value_object(path);
  size_t n = s ? s->length : bytes->length;
#define AT(i) (s ? str_at(s, (i)) : bytes->data[i])
  /* {}tag and {*}tag */
  if (n >= 3 && AT(0) == '{' && (AT(1) == '}' || (AT(1) == '*' && AT(2) == '}'))) return true;
  bool outside = true;
  for (size_t i = 0; i < n; i++) {
    uint32_t c = AT(i);
    if (c == '{') outside = false;
    else if (c == '}') outside = true;
    else if (outside && (c == '/' || c == '*' || c == '[' || c == '@' || c == '.')) return true;
  }
#undef AT
  return false;
}

static Value path_module(VM *vm) {
  if (tree_state.element_path == VALUE_NONE) {
    Value module = import_module(vm, NAME("xml.etree.ElementPath"));
    if (value_is_fail(module)) return module;
    tree_state.element_path = module;
  }
  return tree_state.element_path;
}

/* ElementPath.name(…) */
static Value ask_path(VM *vm, Str *name, const Value *args, int count) {
  Value module = path_module(vm);
  return value_is_fail(module) ? module : call_method_values(vm, module, name, args, count, NULL);
}

/* The next child from *at on whose tag is equal; VALUE_STOP: none. */
static Value next_child(VM *vm, Element *self, Value tag, size_t *at) {
  while (*at < self->count) {
    Value child = self->children->items[(*at)++];
    if (!value_is_element(child)) continue;
    Answer same = items_same(vm, ((Element *)value_object(child))->tag, tag);
    if (same == ANSWER_FAILED) return VALUE_FAIL;
    if (same == ANSWER_YES) return child;
    if (!vm_listen(vm)) return VALUE_FAIL;
  }
  return VALUE_STOP;
}

static Value et_element_find(VM *vm, Element *self, const et_element_find_args *a) {
  size_t at = 0;
  if (is_path(a->path) || a->namespaces != VALUE_NONE)
    return ask_path(vm, NAME("find"), (const Value[]){value_from(self), a->path, a->namespaces}, 3);
  Value child = next_child(vm, self, a->path, &at);
  return child == VALUE_STOP ? VALUE_NONE : child;
}

static Value et_element_findtext(VM *vm, Element *self, const et_element_findtext_args *a) {
  size_t at = 0;
  if (is_path(a->path) || a->namespaces != VALUE_NONE)
    return ask_path(vm, NAME("findtext"),
                    (const Value[]){value_from(self), a->path, a->fallback, a->namespaces}, 4);
  Value child = next_child(vm, self, a->path, &at);
  if (value_is_fail(child)) return child;
  if (child == VALUE_STOP) return a->fallback;
  Value text = element_text(vm, value_object(child));
  return text == VALUE_NONE ? value_from(NAME("")) : text;
}

static Value et_element_findall(VM *vm, Element *self, const et_element_findall_args *a) {
  size_t at = 0;
  if (is_path(a->path) || a->namespaces != VALUE_NONE)
    return ask_path(vm, NAME("findall"), (const Value[]){value_from(self), a->path, a->namespaces},
                    3);
  List *found = list_new(vm, 0);
  if (!found) return VALUE_FAIL;
  for (;;) {
    Value child = next_child(vm, self, a->path, &at);
    if (value_is_fail(child)) return child;
    if (child == VALUE_STOP) return value_from(found);
    if (!list_append_value(vm, found, child)) return VALUE_FAIL;
  }
}

static Value et_element_iterfind(VM *vm, Element *self, const et_element_iterfind_args *a) {
  return ask_path(vm, NAME("iterfind"), (const Value[]){value_from(self), a->path, a->namespaces},
                  3);
}

/* Does the tag stand for all tags? */
static bool is_star(Value tag) {
  if (value_is_str(tag)) return str_equal_cstr(value_object(tag), "*");
  if (!value_has_flag(tag, TYPE_BYTES_SUBCLASS)) return false;
  const Bytes *bytes = value_object(tag);
  return bytes->length == 1 && bytes->data[0] == '*';
}
static Value et_element_iter(VM *vm, Element *self, const et_element_iter_args *a) {
  return element_iterator_new(vm, self, is_star(a->tag) ? VALUE_NONE : a->tag, false);
}
static Value et_element_itertext(VM *vm, Element *self, const et_element_itertext_args *a) {
  return element_iterator_new(vm, self, VALUE_NONE, true);
}

static bool element_verify(const Object *object) {
  const Element *self = (const Element *)object;
  size_t capacity = self->children ? self->children->capacity : 0;
  LAW(self->count <= capacity);
  for (size_t i = 0; i < self->count; i++) LAW(item_verify(self->children->items[i]));
  for (size_t i = self->count; i < capacity; i++) LAW(self->children->items[i] == 0);
  return true;
}

const ClassSpec et_Element_class = {
    NATIVE_CLASS(et_element_),
    .verify = VERIFIER(element_verify),
    .basic_size = sizeof(Element),
    .trace = element_trace,
};
#endif

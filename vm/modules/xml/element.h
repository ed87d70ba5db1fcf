/* element.h -- _elementtree.Element: element.c (attributes, text, searching), element_list.c (its
** children as a sequence), element_copy.c (copies and states), element_iterator.c. */
#ifndef KRAIT_ELEMENT_H
#define KRAIT_ELEMENT_H

#include "vm/core/late_types.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/dict.h"
#include "vm/objects/list.h"
#include "vm/objects/str.h"

/* In the object's bits: the text, or the tail, is a list of pieces that nobody has joined yet. */
enum {
  ELEMENT_TEXT_PIECES = 1 << OBJ_USER_SHIFT,
  ELEMENT_TAIL_PIECES = 2 << OBJ_USER_SHIFT,
};

/* Law: count <= children->capacity; children beyond count are zero words. A child is an Element,
** but for what the factories of a TreeBuilder have made. */
typedef struct Element {
  Object h;
  Value tag, text, tail;
  Dict *attrib;         /* [gc] or NULL: none yet */
  ValueArray *children; /* [gc] or NULL: none yet */
  size_t count;
} Element;

static inline bool value_is_element(Value v) {
  return value_is(v, et_Element) ||
         (value_is_pointer(v) && type_is_subtype(value_type(v), TYPE_OF(et_Element)));
}

/* element_new: attrib is taken as it is; or NULL. */
MUST_USE NEVER_NULL Element *element_new(VM *vm, Value tag, Dict *attrib);
MUST_USE bool element_add(VM *vm, Element *parent, Value child);
/* element_text, element_tail: joined. VALUE_FAIL: the pieces are no texts. */
MUST_USE MAY_RUN Value element_text(VM *vm, Element *self);
MUST_USE MAY_RUN Value element_tail(VM *vm, Element *self);
void element_set_text(VM *vm, Element *self, Value text);
void element_set_tail(VM *vm, Element *self, Value tail);
/* element_expect: is v an Element? TypeError "expected an Element, not "int"". */
MUST_USE bool element_expect(VM *vm, Value v);
void element_clear(Element *self);
/* element_attributes: what __init__ and SubElement are given, as a dict of their own: a dict or
** MISSING, then keywords. VALUE_UNBOUND: none. */
MUST_USE Value element_attributes(VM *vm, Value given, const Value *values, Tuple *kwnames);

/* pieces_join: what a list of texts makes together. */
MUST_USE MAY_RUN Value pieces_join(VM *vm, Value pieces);

/* ---- element_list.c */
MUST_USE MAY_RUN Value element_get_item(VM *vm, Element *self, Value key);
MUST_USE MAY_RUN bool element_set_item(VM *vm, Element *self, Value key, Value v);
MUST_USE MAY_RUN bool element_delete_item(VM *vm, Element *self, Value key);
MUST_USE bool element_insert(VM *vm, Element *self, int64_t index, Value child);
MUST_USE MAY_RUN bool element_remove(VM *vm, Element *self, Value child);
MUST_USE MAY_RUN bool element_extend(VM *vm, Element *self, Value elements);

/* ---- element_copy.c */
MUST_USE Value element_copy(VM *vm, Element *self);
MUST_USE MAY_RUN Value element_deepcopy(VM *vm, Element *self, Dict *memo);
MUST_USE MAY_RUN Value element_state(VM *vm, Element *self);
MUST_USE bool element_set_state(VM *vm, Element *self, Value state);

/* ---- element_iterator.c */
MUST_USE Value element_iterator_new(VM *vm, Element *root, Value tag, bool texts);

/* ---- tree_module.c; registered by the import */
extern struct TreeState {
  Value parse_error;            /* the class ParseError */
  Value comment_factory;        /* of TreeBuilders that are not given one; None: nobody */
  Value pi_factory;             /* likewise */
  Value deepcopy, element_path; /* copy.deepcopy and xml.etree.ElementPath, once used; or None */
} tree_state;

#endif

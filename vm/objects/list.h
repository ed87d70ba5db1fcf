/* list.h -- list, and what lists and tuples share.
** Law: List.length is the length as an immediate int value (4n + 1), so that an index check is one
** unsigned compare of words; items->capacity >= length; items past length are zero words. */
#ifndef KRAIT_LIST_H
#define KRAIT_LIST_H

#include "vm/objects/tuple.h"

typedef struct List {
  Object h;
  Value length;      /* value_int of the number of items */
  ValueArray *items; /* [gc] NULL while the capacity is 0 */
} List;

static inline size_t list_length(const List *list) { return (size_t)(list->length >> 2); }
static inline Value *list_items(const List *list) {
  return list->items ? list->items->items : NULL;
}

MUST_USE List *list_new(VM *vm, size_t capacity); /* empty */
MUST_USE List *list_from_values(VM *vm, const Value *values, size_t count);
MUST_USE bool list_append_slow(VM *vm, List *list, Value v);
/* false: MemoryError */
MUST_USE static inline bool list_append_value(VM *vm, List *list, Value v) {
  ValueArray *items = list->items;
  size_t n = list_length(list);
  if (UNLIKELY(!items || n == items->capacity)) return list_append_slow(vm, list, v);
  items->items[n] = v;
  list->length += 4;
  heap_barrier(vm, items, v);
  return true;
}
/* list_turn: its items the other way round, in place; returns it. NULL: NULL. */
List *list_turn(List *list);
/* list_resize: sets the length; new items are zero. false: MemoryError. */
MUST_USE bool list_resize(VM *vm, List *list, size_t length);
/* values may be the list's own */
MUST_USE bool list_append_values(VM *vm, List *list, const Value *values, size_t count);
/* list[key], key any index or slice */
MUST_USE MAY_RUN Value list_get_index(VM *vm, List *list, Value key);
MUST_USE MAY_RUN bool list_set_index(VM *vm, List *list, Value key, Value v);
MUST_USE MAY_RUN bool list_delete_index(VM *vm, List *list, Value key);
MUST_USE MAY_RUN bool list_extend_value(VM *vm, List *list, Value iterable);
/* list_begin_display: an empty list gets room for all of a list or tuple, and a little more */
MUST_USE bool list_begin_display(VM *vm, List *list, Value iterable);
MUST_USE List *list_concat(VM *vm, const List *a, const List *b);
MUST_USE List *list_repeat(VM *vm, const List *list, int64_t count); /* below zero: as zero */
MUST_USE bool list_insert_value(VM *vm, List *list, int64_t index, Value v); /* clamps */
void list_set_item(VM *vm, List *list, size_t i, Value v);                   /* needs i < length */
MUST_USE MAY_RUN bool list_sort_values(VM *vm, List *list, Value key, bool reverse);
MUST_USE MAY_RUN List *list_from_iterable(VM *vm, Value iterable); /* a new list */

/* sequence_view: the items of a list or tuple (or subclass) in place; false for other values. Stale
** after MAY_RUN for lists. */
static inline bool sequence_view(Value v, const Value **items, size_t *count) {
  if (value_has_flag(v, TYPE_TUPLE_SUBCLASS)) {
    Tuple *tuple = (Tuple *)value_object(v);
    *items = tuple->items, *count = tuple_length(tuple);
    return true;
  }
  if (value_has_flag(v, TYPE_LIST_SUBCLASS)) {
    List *list = (List *)value_object(v);
    *items = list_items(list), *count = list_length(list);
    return true;
  }
  return false;
}

#endif

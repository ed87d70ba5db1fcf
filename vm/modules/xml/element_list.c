/* element_list.c -- an Element as the sequence of its children.
**
** Law: what Python may change meanwhile (the children, the other sequence) is read after the last
** call that may run it. */
#include "vm/base/libraries.h"
#if WITH_EXPAT
#include "vm/modules/xml/element.h"
#include "vm/objects/items.h"
#include "vm/objects/slice.h"

static Value *children_of(const Element *self) {
  return self->children ? self->children->items : NULL;
}

/* Puts `with` in the place of `gone` children from `at` on. */
static bool splice(VM *vm, Element *self, size_t at, size_t gone, const Value *with, size_t count) {
  size_t old = self->count, new = old - gone + count;
  if (new && (!self->children || new > self->children->capacity)) {
    ValueArray *children = value_array_grow(vm, self->children, old, new + new / 4);
    if (!children) return false;
    self->children = children;
    heap_barrier_object(vm, self, children);
  }
  Value *items = children_of(self);
  if (!items) return true;
  memmove(items + at + count, items + at + gone, (old - at - gone) * sizeof *items);
  if (count) memcpy(items + at, with, count * sizeof *items);
  for (size_t i = new; i < old; i++) items[i] = 0;
  self->count = new;
  heap_barrier_any(vm, self->children);
  return true;
}

bool element_insert(VM *vm, Element *self, int64_t index, Value child) {
  int64_t count = (int64_t)self->count;
  if (index < 0) index += count;
  if (index < 0) index = 0;
  if (index > count) index = count;
  return splice(vm, self, (size_t)index, 0, &child, 1);
}

/* The first child that is `child` itself, else the first that is equal. */
bool element_remove(VM *vm, Element *self, Value child) {
  size_t at = 0;
  while (at < self->count && children_of(self)[at] != child) at++;
  if (at == self->count) {
    Answer same = ANSWER_NO;
    for (at = 0; at < self->count; at++) {
      same = values_equal(vm, children_of(self)[at], child);
      if (same == ANSWER_FAILED || !vm_listen(vm)) return false;
      if (same == ANSWER_YES) break;
    }
    if (same != ANSWER_YES)
      return raise_false(vm, TYPE_OF(ValueError), "list.remove(x): x not in list");
  }
  return at >= self->count || splice(vm, self, at, 1, NULL, 0);
}

/* The elements of any iterable, in a tuple of their own. NULL: raised. */
static Tuple *elements_of(VM *vm, Value elements) {
  const Value *items;
  size_t count;
  if (sequence_view(elements, &items, &count)) return tuple_from_values(vm, items, count);
  Value iterator = get_iterator(vm, elements);
  if (value_is_fail(iterator)) {
    if (error_clear_if(vm, TYPE_OF(TypeError)))
      (void)raise_type(vm, "expected sequence, not \"%.200T\"", elements);
    return NULL;
  }
  return tuple_from_iterable(vm, iterator);
}

bool element_extend(VM *vm, Element *self, Value elements) {
  Tuple *all = elements_of(vm, elements);
  if (!all) return false;
  for (size_t i = 0; i < tuple_length(all); i++)
    if (!element_expect(vm, all->items[i]) || !element_add(vm, self, all->items[i])) return false;
  return true;
}

/* ---- by index or slice */

/* The key as a place among the children; SIZE_MAX: raised. */
static size_t place_of(VM *vm, Element *self, Value key, const char *outside) {
  int64_t i;
  if (!value_index64(vm, key, &i, false)) return SIZE_MAX;
  if (i < 0) i += (int64_t)self->count;
  if (i >= 0 && i < (int64_t)self->count) return (size_t)i;
  raise_error(vm, TYPE_OF(IndexError), outside);
  return SIZE_MAX;
}

static bool is_index(Value key) {
  return value_is_any_int(key) || value_has_special(key, SPECIAL_index);
}
#define KEY_REFUSED "element indices must be integers"

Value element_get_item(VM *vm, Element *self, Value key) {
  if (is_index(key)) {
    size_t at = place_of(vm, self, key, "child index out of range");
    return at == SIZE_MAX ? VALUE_FAIL : children_of(self)[at];
  }
  SliceBounds bounds;
  if (!value_is(key, slice)) return raise_type(vm, KEY_REFUSED);
  if (!slice_bounds(vm, value_object(key), &bounds)) return VALUE_FAIL;
  SliceRange range = slice_clamp(&bounds, (int64_t)self->count);
  List *list = list_new(vm, (size_t)range.count);
  if (!list) return VALUE_FAIL;
  for (int64_t i = 0; i < range.count; i++)
    if (!list_append_value(vm, list, children_of(self)[slice_at(range, i)])) return VALUE_FAIL;
  return value_from(list);
}

static bool assign_slice(VM *vm, Element *self, const Slice *slice, Value v) {
  SliceBounds bounds;
  if (!slice_bounds(vm, slice, &bounds)) return false;
  Tuple *all = elements_of(vm, v);
  if (!all) return false;
  size_t count = tuple_length(all);
  SliceRange range = slice_clamp(&bounds, (int64_t)self->count);
  if (range.step != 1 && (int64_t)count != range.count)
    return raise_false(vm, TYPE_OF(ValueError),
                       "attempt to assign sequence of size %zu to extended slice of size %zu",
                       count, (size_t)range.count);
  for (size_t i = 0; i < count; i++)
    if (!element_expect(vm, all->items[i])) return false;
  if (range.step == 1)
    return splice(vm, self, (size_t)range.start, (size_t)range.count, all->items, count);
  for (size_t i = 0; i < count; i++) children_of(self)[slice_at(range, (int64_t)i)] = all->items[i];
  if (count) heap_barrier_any(vm, self->children);
  return true;
}

static bool delete_slice(VM *vm, Element *self, const Slice *slice) {
  SliceBounds bounds;
  if (!slice_bounds(vm, slice, &bounds)) return false;
  SliceRange range = slice_from_left(slice_clamp(&bounds, (int64_t)self->count));
  if (!range.count) return true;
  if (range.step == 1) return splice(vm, self, (size_t)range.start, (size_t)range.count, NULL, 0);
  Value *items = children_of(self);
  size_t to = (size_t)range.start;
  int64_t next = 0;
  for (size_t from = to; from < self->count; from++) {
    if (next < range.count && (int64_t)from == slice_at(range, next)) next++;
    else items[to++] = items[from];
  }
  for (size_t i = to; i < self->count; i++) items[i] = 0;
  self->count = to;
  return true;
}

bool element_set_item(VM *vm, Element *self, Value key, Value v) {
  if (is_index(key)) {
    size_t at = place_of(vm, self, key, "child assignment index out of range");
    if (at == SIZE_MAX || !element_expect(vm, v)) return false;
    children_of(self)[at] = v;
    heap_barrier(vm, self->children, v);
    return true;
  }
  if (value_is(key, slice)) return assign_slice(vm, self, value_object(key), v);
  return raise_false(vm, TYPE_OF(TypeError), KEY_REFUSED);
}

bool element_delete_item(VM *vm, Element *self, Value key) {
  if (is_index(key)) {
    size_t at = place_of(vm, self, key, "child assignment index out of range");
    return at != SIZE_MAX && splice(vm, self, at, 1, NULL, 0);
  }
  if (value_is(key, slice)) return delete_slice(vm, self, value_object(key));
  return raise_false(vm, TYPE_OF(TypeError), KEY_REFUSED);
}
#endif

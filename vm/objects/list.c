/* list.c -- list: C operations (list.h) and method bodies (rows in list.def). Sorting is in
** list_sort.c.
**
** Laws: see list.h. Whatever may run Python while walking a list reads length and items again
** afterwards. */
#include "vm/contracts/type.h"
#include "vm/objects/bytes.h"
#include "vm/objects/items.h"
#include "vm/objects/range.h"
#include "vm/objects/slice.h"
#include "vm/objects/verify.h"

#define NATIVE_DEF "vm/objects/list.def"
#define NATIVE_PREFIX list_
#define NATIVE_SELF List *
#include "vm/contracts/native_class.inc"

/* ---- storage */
static inline void put_length(List *list, size_t n) {
  list->length = value_int_unchecked((int64_t)n);
}

/* Room for a list that grows to n: more than CPython's eighth, because the old cell is mostly
** copied, not extended in place. */
static size_t grown_capacity(size_t n) {
  if (n <= 4) return 4;
  return n < 1u << 16 ? n + (n >> 1) + 2 : n + (n >> 2);
}

static bool set_capacity(VM *vm, List *list, size_t capacity) {
  ValueArray *old = list->items, *items;
  if (old && old->capacity && capacity > old->capacity) {
    items = value_array_grow(vm, old, list_length(list), capacity);
  } else if ((items = value_array_new(vm, capacity)) && old) {
    memcpy(items->items, old->items, list_length(list) * sizeof(Value));
  }
  if (!items) return false;
  list->items = items;
  heap_barrier_object(vm, list, items);
  assert(list->items->capacity >= list_length(list));
  return true;
}

static bool ensure_capacity(VM *vm, List *list, size_t n) {
  if (list->items ? n <= list->items->capacity : n == 0) return true;
  return set_capacity(vm, list, list_length(list) ? grown_capacity(n) : n);
}

/* Items past the length are zero words: no garbage stays reachable, and the collector may scan
** them. */
static void shorten(List *list, size_t n) {
  assert(n <= list_length(list));
  size_t old = list_length(list);
  put_length(list, n);
  memset(list->items->items + n, 0, (old - n) * sizeof(Value));
}

static List *list_alloc(VM *vm) {
  List *list = heap_new(vm, SHAPE_OF(list), sizeof(List));
  list->length = value_int_unchecked(0);
  list->items = NULL;
  return list;
}

List *list_new(VM *vm, size_t capacity) {
  List *list = list_alloc(vm);
  if (capacity && !set_capacity(vm, list, capacity)) return NULL;
  return list;
}

/* list_take: a list of `count` items, count > 0, that the caller fills before anything else is
** allocated. */
static List *list_take(VM *vm, size_t count) {
  List *list = list_alloc(vm);
  ValueArray *items = value_array_take(vm, count);
  if (!items) return NULL;
  list->items = items;
  put_length(list, count);
  heap_barrier_object(vm, list, items);
  return list;
}

List *list_from_values(VM *vm, const Value *values, size_t count) {
  if (!count) return list_alloc(vm);
  List *list = list_take(vm, count);
  if (!list) return NULL;
  memcpy(list->items->items, values, count * sizeof(Value));
  return list;
}

bool list_append_slow(VM *vm, List *list, Value v) {
  size_t n = list_length(list);
  if (!set_capacity(vm, list, grown_capacity(n + 1))) return false;
  list->items->items[n] = v;
  put_length(list, n + 1);
  heap_barrier(vm, list->items, v);
  deep_check(SAMPLED(list_length(list), list_verify(list)));
  return true;
}

bool list_resize(VM *vm, List *list, size_t length) {
  assert(length <= SIZE_MAX / sizeof(Value));
  if (length < list_length(list)) {
    shorten(list, length);
    return true;
  }
  if (!ensure_capacity(vm, list, length)) return false;
  put_length(list, length);
  deep_check(SAMPLED(list_length(list), list_verify(list)));
  return true;
}

bool list_append_values(VM *vm, List *list, const Value *values, size_t count) {
  size_t n = list_length(list);
  bool own = list->items && values == list->items->items;
  if (!count) return true;
  if (!ensure_capacity(vm, list, n + count)) return false;
  memcpy(list->items->items + n, own ? list->items->items : values, count * sizeof(Value));
  put_length(list, n + count);
  heap_barrier_any(vm, list->items);
  deep_check(SAMPLED(list_length(list), list_verify(list)));
  return true;
}

void list_set_item(VM *vm, List *list, size_t i, Value v) {
  debug_check(item_verify(v));
  assert(i < list_length(list));
  list->items->items[i] = v;
  heap_barrier(vm, list->items, v);
}

bool list_insert_value(VM *vm, List *list, int64_t index, Value v) {
  size_t n = list_length(list);
  if (index < 0 && (index += (int64_t)n) < 0) index = 0;
  if (index > (int64_t)n) index = (int64_t)n;
  if (!ensure_capacity(vm, list, n + 1)) return false;
  Value *at = list->items->items + index;
  memmove(at + 1, at, (n - (size_t)index) * sizeof(Value));
  *at = v;
  put_length(list, n + 1);
  heap_barrier(vm, list->items, v);
  deep_check(SAMPLED(list_length(list), list_verify(list)));
  return true;
}

/* Replaces items [low, high) with values; values must not be the list's own storage. */
static bool list_assign_range(VM *vm, List *list, size_t low, size_t high, const Value *values,
                              size_t count) {
  assert(low <= high && high <= list_length(list));
  size_t n = list_length(list), tail = n - high;
  if (low == high && count == 0) return true;
  if (low == 0 && high == n && count == 0) {
    list->items = NULL;
    put_length(list, 0);
    return true;
  }
  size_t length = low + count + tail;
  if (length > n && !ensure_capacity(vm, list, length)) return false;
  if (!list->items) return true;
  Value *items = list->items->items;
  if (length > n) {
    memmove(items + low + count, items + high, tail * sizeof(Value));
    put_length(list, length);
  } else if (length < n) {
    memmove(items + low + count, items + high, tail * sizeof(Value));
    shorten(list, length);
  }
  if (count) {
    memcpy(items + low, values, count * sizeof(Value));
    heap_barrier_any(vm, list->items);
  }
  deep_check(SAMPLED(list_length(list), list_verify(list)));
  return true;
}

/* list[low:high]; low <= high <= length. */
static List *list_slice(VM *vm, const List *list, size_t low, size_t high) {
  assert(low <= high && high <= list_length(list));
  return list_from_values(vm, list->items ? list->items->items + low : NULL, high - low);
}

/* ---- extending */
static bool extend_by_iterating(VM *vm, List *list, Value iterable) {
  Value iterator = get_iterator(vm, iterable);
  if (value_is_fail(iterator)) return false;
  int64_t hint = length_hint(vm, iterable, 8);
  if (hint < 0) return false;
  /* Lazily: a wrong hint must cost nothing, and the list must look unchanged while the iterator
  ** runs. */
  if (list_length(list) == 0 && hint > 0 && hint < 1 << 20 &&
      !ensure_capacity(vm, list, (size_t)hint))
    return false;
  for (;;) {
    Value v = iterator_next(vm, iterator);
    if (v == VALUE_STOP) return true;
    if (value_is_fail(v) || !list_append_value(vm, list, v)) return false;
  }
}

enum { LISTEN_EVERY = 1 << 20 }; /* items */

/* Appends `count` ints from v on, for which there is room; the int behind them. */
static Value add_progression(List *list, Value v, Value step, int64_t count) {
  size_t n = list_length(list);
  Value *at = list->items->items + n;
  /* Every item lies between start and stop: immediate. */
  for (int64_t i = 0; i < count; i++, v += step) at[i] = v;
  put_length(list, n + (size_t)count);
  return v;
}

static bool extend_by_range(VM *vm, List *list, const Range *range, bool *done) {
  *done = false;
  if (!value_are_ints(range->start, range->stop) || !value_are_ints(range->length, range->step))
    return true;
  int64_t count = value_as_int(range->length), n = (int64_t)list_length(list);
  if (count > INT64_C(1) << 32) return true;
  *done = true;
  if (!ensure_capacity(vm, list, (size_t)(n + count))) return false;
  if (!count) return true;
  Value v = range->start, step = range->step - 1;
  for (int64_t i = 0, stop; i < count; i = stop) { /* a handler may see the list, and change it */
    stop = count - i < LISTEN_EVERY ? count : i + LISTEN_EVERY;
    v = add_progression(list, v, step, stop - i);
    if (stop == count) break;
    if (!vm_listen(vm)) return false;
    if (!ensure_capacity(vm, list, list_length(list) + (size_t)(count - stop))) return false;
  }
  return true;
}

/* A text's characters: those of Latin-1 are there, so room is taken at once. */
static bool extend_by_text(VM *vm, List *list, const Str *text) {
  if (!ensure_capacity(vm, list, list_length(list) + text->length)) return false;
  for (size_t i = 0; i < text->length; i++)
    if (!list_append_value(vm, list, value_from(str_from_char(vm, str_at(text, i))))) return false;
  return true;
}

static bool extend_by_bytes(VM *vm, List *list, const Bytes *bytes) {
  size_t n = list_length(list);
  if (!ensure_capacity(vm, list, n + bytes->length)) return false;
  if (!bytes->length) return true;
  for (size_t i = 0; i < bytes->length; i++)
    list->items->items[n + i] = value_int_unchecked(bytes->data[i]);
  put_length(list, n + bytes->length);
  return true;
}

bool list_extend_value(VM *vm, List *list, Value iterable) {
  if (value_is(iterable, list) || value_is(iterable, tuple)) {
    const Value *items;
    size_t count;
    sequence_view(iterable, &items, &count);
    return list_append_values(vm, list, items, count);
  }
  if (value_is(iterable, str)) return extend_by_text(vm, list, value_object(iterable));
  if (value_is(iterable, bytes)) return extend_by_bytes(vm, list, value_object(iterable));
  if (value_is(iterable, range)) {
    bool done;
    if (!extend_by_range(vm, list, value_object(iterable), &done)) return false;
    if (done) return true;
  }
  return extend_by_iterating(vm, list, iterable);
}

List *list_from_iterable(VM *vm, Value iterable) {
  List *list = list_alloc(vm);
  return list_extend_value(vm, list, iterable) ? list : NULL;
}

/* A display goes on behind its first *x: with room for one item more, or two. */
bool list_begin_display(VM *vm, List *list, Value iterable) {
  const Value *items;
  size_t count;
  bool known = (value_is(iterable, list) || value_is(iterable, tuple)) && !list->items;
  if (!known || !sequence_view(iterable, &items, &count) || !count) return true;
  return set_capacity(vm, list, (count | 1) + 1);
}

/* ---- items by key */
static Value get_slice(VM *vm, List *list, const Slice *slice) {
  SliceBounds bounds;
  if (!slice_bounds(vm, slice, &bounds)) return VALUE_FAIL;
  SliceRange part = slice_clamp(&bounds, (int64_t)list_length(list));
  /* backwards, an empty range may start at -1 */
  if (part.count == 0) return value_from(list_alloc(vm));
  if (part.step == 1)
    return value_of(list_slice(vm, list, (size_t)part.start, (size_t)(part.start + part.count)));
  List *result = list_take(vm, (size_t)part.count);
  if (!result) return VALUE_FAIL;
  const Value *from = list_items(list);
  for (int64_t i = 0; i < part.count; i++) result->items->items[i] = from[slice_at(part, i)];
  return value_from(result);
}

Value list_get_index(VM *vm, List *list, Value key) {
  if (value_is(key, slice)) return get_slice(vm, list, value_object(key));
  int64_t i;
  if (!index_as_int64(vm, key, "list", &i)) return VALUE_FAIL;
  int64_t n = (int64_t)list_length(list);
  if (i < 0) i += n;
  if ((uint64_t)i >= (uint64_t)n)
    return raise_error(vm, TYPE_OF(IndexError), "list index out of range");
  return list->items->items[i];
}

/* The values to assign to a slice, as a sequence_view that does not alias the list. */
static bool slice_source(VM *vm, List *list, Value v, const char *message, Value *held) {
  if (v == value_from(list)) {
    List *copy = list_slice(vm, list, 0, list_length(list));
    return *held = value_from(copy), copy != NULL;
  }
  if (value_has_flag(v, TYPE_LIST_SUBCLASS | TYPE_TUPLE_SUBCLASS) &&
      (value_is(v, list) || value_is(v, tuple)))
    return *held = v, true;
  if (!value_has_special(v, SPECIAL_iter) && !value_has_special(v, SPECIAL_getitem))
    return raise_false(vm, TYPE_OF(TypeError), "%s", message);
  List *made = list_from_iterable(vm, v);
  return *held = value_of(made), made != NULL;
}

static int64_t at_most(int64_t i, size_t length) {
  return i < (int64_t)length ? i : (int64_t)length;
}

/* The ends are counted before the values are made, as CPython does, and cut to the length that the
** list has afterwards. */
static bool assign_run(VM *vm, List *list, SliceRange part, Value v) {
  Value held;
  if (!slice_source(vm, list, v, "can only assign an iterable", &held)) return false;
  const Value *values = NULL;
  size_t given = 0;
  sequence_view(held, &values, &given);
  size_t from = (size_t)at_most(part.start, list_length(list)),
         to = (size_t)at_most(part.start + part.count, list_length(list));
  return list_assign_range(vm, list, from, to, values, given);
}

static bool assign_slice(VM *vm, List *list, const Slice *slice, Value v) {
  SliceBounds bounds;
  Value held;
  if (!slice_bounds(vm, slice, &bounds)) return false;
  if (bounds.step == 1)
    return assign_run(vm, list, slice_clamp(&bounds, (int64_t)list_length(list)), v);
  if (!slice_source(vm, list, v, "must assign iterable to extended slice", &held)) return false;
  /* making the values may have changed the list */
  SliceRange part = slice_clamp(&bounds, (int64_t)list_length(list));
  const Value *values = NULL;
  size_t given = 0;
  sequence_view(held, &values, &given);
  if ((int64_t)given != part.count)
    return raise_false(vm, TYPE_OF(ValueError),
                       "attempt to assign sequence of size %zu to extended slice of size %zu",
                       given, (size_t)part.count);
  if (part.count == 0) return true;
  for (int64_t i = 0; i < part.count; i++) list->items->items[slice_at(part, i)] = values[i];
  heap_barrier_any(vm, list->items);
  deep_check(SAMPLED(list_length(list), list_verify(list)));
  return true;
}

static bool delete_slice(VM *vm, List *list, const Slice *slice) {
  SliceBounds bounds;
  if (!slice_bounds(vm, slice, &bounds)) return false;
  SliceRange part = slice_clamp(&bounds, (int64_t)list_length(list));
  if (part.count == 0) return true;
  if (part.step == 1)
    return list_assign_range(vm, list, (size_t)part.start, (size_t)(part.start + part.count), NULL,
                             0);
  part = slice_from_left(part);
  Value *items = list->items->items;
  size_t n = list_length(list), to = (size_t)part.start;
  int64_t next = part.start, left = part.count;
  for (size_t from = (size_t)part.start; from < n; from++) {
    bool goes = left && (int64_t)from == next;
    if (!goes) items[to++] = items[from];
    /* behind the last one a long step would leave the range of int64 */
    else if (--left) next += part.step;
  }
  shorten(list, to);
  deep_check(SAMPLED(list_length(list), list_verify(list)));
  return true;
}

static void delete_at(List *list, size_t i) {
  assert(i < list_length(list));
  Value *items = list->items->items;
  size_t n = list_length(list);
  memmove(items + i, items + i + 1, (n - i - 1) * sizeof(Value));
  items[n - 1] = 0;
  put_length(list, n - 1);
}

static bool assignment_index(VM *vm, List *list, Value key, int64_t *i) {
  if (!index_as_int64(vm, key, "list", i)) return false;
  int64_t n = (int64_t)list_length(list);
  if (*i < 0) *i += n;
  if ((uint64_t)*i < (uint64_t)n) return true;
  return raise_false(vm, TYPE_OF(IndexError), "list assignment index out of range");
}

bool list_set_index(VM *vm, List *list, Value key, Value v) {
  if (value_is(key, slice)) return assign_slice(vm, list, value_object(key), v);
  int64_t i;
  if (!assignment_index(vm, list, key, &i)) return false;
  list_set_item(vm, list, (size_t)i, v);
  return true;
}

bool list_delete_index(VM *vm, List *list, Value key) {
  if (value_is(key, slice)) return delete_slice(vm, list, value_object(key));
  int64_t i;
  if (!assignment_index(vm, list, key, &i)) return false;
  delete_at(list, (size_t)i);
  return true;
}

/* ---- methods */
static Value list_append(VM *vm, List *self, const list_append_args *a) {
  return value_none_if(list_append_value(vm, self, a->object));
}

static Value list_clear(VM *vm, List *self, const list_clear_args *a) {
  if (list_length(self) == 0) return VALUE_NONE; /* no change: list_sort_values would see one */
  self->items = NULL;
  put_length(self, 0);
  return VALUE_NONE;
}

static Value list_copy(VM *vm, List *self, const list_copy_args *a) {
  return value_of(list_slice(vm, self, 0, list_length(self)));
}

static Value list_extend(VM *vm, List *self, const list_extend_args *a) {
  return value_none_if(list_extend_value(vm, self, a->iterable));
}

static Value list_insert(VM *vm, List *self, const list_insert_args *a) {
  return value_none_if(list_insert_value(vm, self, a->index, a->object));
}

static Value list_pop(VM *vm, List *self, const list_pop_args *a) {
  int64_t n = (int64_t)list_length(self), i = a->index;
  if (n == 0) return raise_error(vm, TYPE_OF(IndexError), "pop from empty list");
  if (i < 0) i += n;
  if ((uint64_t)i >= (uint64_t)n)
    return raise_error(vm, TYPE_OF(IndexError), "pop index out of range");
  Value v = self->items->items[i];
  if (i == n - 1) {
    self->items->items[i] = 0;
    self->length -= 4;
  } else {
    delete_at(self, (size_t)i);
  }
  /* A list that shrank to a quarter of a big store gives memory back. */
  if (UNLIKELY(self->items->capacity > 1024 && (uint64_t)n < self->items->capacity / 4) &&
      !set_capacity(vm, self, (size_t)n + 8))
    return VALUE_FAIL;
  return v;
}

static Value list_remove(VM *vm, List *self, const list_remove_args *a) {
  int64_t i = items_index(vm, value_from(self), a->value, 0, INT64_MAX);
  if (i == -2) return VALUE_FAIL;
  if (i < 0) return raise_value(vm, "list.remove(x): x not in list");
  if ((size_t)i < list_length(self)) delete_at(self, (size_t)i);
  return VALUE_NONE;
}

List *list_turn(List *list) {
  if (!list) return NULL;
  Value *items = list_items(list);
  for (size_t i = 0, j = list_length(list); i + 1 < j;) {
    Value v = items[i];
    items[i++] = items[--j];
    items[j] = v;
  }
  deep_check(SAMPLED(list_length(list), list_verify(list)));
  return list;
}

static Value list_reverse(VM *vm, List *self, const list_reverse_args *a) {
  list_turn(self);
  return VALUE_NONE;
}

static Value list_index(VM *vm, List *self, const list_index_args *a) {
  int64_t i = items_index(vm, value_from(self), a->value, a->start, a->stop);
  if (i == -2) return VALUE_FAIL;
  return i >= 0 ? value_int_unchecked(i) : raise_value(vm, "%R is not in list", a->value);
}

static Value list_count(VM *vm, List *self, const list_count_args *a) {
  int64_t n = items_count(vm, value_from(self), a->value);
  return n < 0 ? VALUE_FAIL : value_int_unchecked(n);
}

static Value list_sort(VM *vm, List *self, const list_sort_args *a) {
  return value_none_if(list_sort_values(vm, self, a->key, a->reverse));
}

static Value list_class_getitem(VM *vm, Value cls, const list_class_getitem_args *a) {
  return generic_alias(vm, cls, a->item);
}

/* ---- special methods */
static Value list_op_init(VM *vm, List *self, const list_op_init_args *a) {
  if (list_length(self)) {
    self->items = NULL;
    put_length(self, 0);
  }
  return value_none_if(a->iterable == VALUE_MISSING || list_extend_value(vm, self, a->iterable));
}

static Value list_op_repr(VM *vm, List *self, const list_op_repr_args *a) {
  if (list_length(self) == 0) return value_from(NAME("[]"));
  return items_repr(vm, value_from(self), "[", "]");
}

#define COMPARISON(name, op)                                                         \
  static Value name(VM *vm, List *self, const name##_args *a) {                      \
    if (!value_has_flag(a->value, TYPE_LIST_SUBCLASS)) return VALUE_NOT_IMPLEMENTED; \
    return items_compare(vm, op, value_from(self), a->value);                        \
  }
COMPARISON(list_op_lt, COMPARE_LT)
COMPARISON(list_op_le, COMPARE_LE)
COMPARISON(list_op_eq, COMPARE_EQ)
COMPARISON(list_op_ne, COMPARE_NE)
COMPARISON(list_op_gt, COMPARE_GT)
COMPARISON(list_op_ge, COMPARE_GE)
#undef COMPARISON

static Value list_op_len(VM *vm, List *self, const list_op_len_args *a) { return self->length; }
static Value list_op_getitem(VM *vm, List *self, const list_op_getitem_args *a) {
  return list_get_index(vm, self, a->key);
}

static Value list_op_setitem(VM *vm, List *self, const list_op_setitem_args *a) {
  return value_none_if(list_set_index(vm, self, a->key, a->value));
}

static Value list_op_delitem(VM *vm, List *self, const list_op_delitem_args *a) {
  return value_none_if(list_delete_index(vm, self, a->key));
}

List *list_concat(VM *vm, const List *a, const List *b) {
  size_t n = list_length(a), m = list_length(b);
  if (n + m == 0) return list_alloc(vm);
  List *sum = list_take(vm, n + m);
  if (!sum) return NULL;
  if (n) memcpy(sum->items->items, a->items->items, n * sizeof(Value));
  if (m) memcpy(sum->items->items + n, b->items->items, m * sizeof(Value));
  return sum;
}

static Value list_op_add(VM *vm, List *self, const list_op_add_args *a) {
  if (!value_has_flag(a->value, TYPE_LIST_SUBCLASS)) return concat_mismatch(vm, a->value, "list");
  return value_of(list_concat(vm, self, value_object(a->value)));
}

/* Fills items[unit..total) by doubling what stands before. */
static void repeat_in_place(Value *items, size_t unit, size_t total) {
  for (size_t done = unit; done < total;) {
    size_t more = done < total - done ? done : total - done;
    memcpy(items + done, items, more * sizeof(Value));
    done += more;
  }
}

/* A count below zero is zero. */
static bool repeated_length(VM *vm, size_t unit, int64_t count, size_t *total) {
  if (count < 0) count = 0;
  if (!__builtin_mul_overflow(unit, (size_t)count, total) && *total < SIZE_MAX / 16) return true;
  return raise_memory(vm), false;
}

List *list_repeat(VM *vm, const List *list, int64_t count) {
  size_t unit = list_length(list), total;
  if (!repeated_length(vm, unit, count, &total)) return NULL;
  if (!total) return list_alloc(vm);
  List *result = list_take(vm, total);
  if (!result) return NULL;
  Value *to = result->items->items;
  memcpy(to, list->items->items, unit * sizeof(Value));
  repeat_in_place(to, unit, total);
  return result;
}

static Value list_op_mul(VM *vm, List *self, const list_op_mul_args *a) {
  return value_of(list_repeat(vm, self, a->value));
}
static Value list_op_rmul(VM *vm, List *self, const list_op_rmul_args *a) {
  return value_of(list_repeat(vm, self, a->value));
}

static Value list_op_contains(VM *vm, List *self, const list_op_contains_args *a) {
  int found = items_contain(vm, value_from(self), a->key);
  return found < 0 ? VALUE_FAIL : value_bool(found);
}

static Value list_op_iadd(VM *vm, List *self, const list_op_iadd_args *a) {
  return list_extend_value(vm, self, a->value) ? value_from(self) : VALUE_FAIL;
}

static Value list_op_imul(VM *vm, List *self, const list_op_imul_args *a) {
  size_t unit = list_length(self), total;
  if (!repeated_length(vm, unit, a->value, &total)) return VALUE_FAIL;
  if (total == 0) {
    self->items = NULL;
    put_length(self, 0);
  } else if (total > unit) {
    if (!ensure_capacity(vm, self, total)) return VALUE_FAIL;
    repeat_in_place(self->items->items, unit, total);
    put_length(self, total);
    heap_barrier_any(vm, self->items);
  }
  return value_from(self);
}

static Value new_iterator(VM *vm, uint32_t shape, Value sequence, uint64_t index) {
  SequenceIterator *it = heap_new(vm, shape, sizeof(SequenceIterator));
  it->sequence = sequence;
  it->index = index;
  return value_from(it);
}

static Value list_op_iter(VM *vm, List *self, const list_op_iter_args *a) {
  return new_iterator(vm, SHAPE_OF(list_iterator), value_from(self), 0);
}

/* index is one past the item to give out next */
static Value list_op_reversed(VM *vm, List *self, const list_op_reversed_args *a) {
  return new_iterator(vm, SHAPE_OF(list_reverseiterator), value_from(self), list_length(self));
}

static Value list_op_sizeof(VM *vm, List *self, const list_op_sizeof_args *a) {
  return cell_sizeof(vm, self, self->items);
}

static Value list_blank(VM *vm, Type *cls) {
  if (cls == TYPE_OF(list)) return value_of(list_alloc(vm));
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  ((List *)value_object(v))->length = value_int_unchecked(0);
  return v;
}

static void list_trace(Marker *marker, Object *self) { mark_object(marker, ((List *)self)->items); }

const ClassSpec list_class = {
    NATIVE_CLASS(list_),
    .basic_size = sizeof(List),
    .trace = list_trace,
};

/* items.c -- see items.h. */
#include "vm/objects/items.h"
#include "vm/objects/dict.h"
#include "vm/objects/hashing.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"

/* The first index at which the two differ, or the shorter length; -1 raised. */
static int64_t first_difference(VM *vm, Value left, Value right) {
  const Value *a, *b;
  size_t na, nb, i = 0;
  for (;;) {
    if (!vm_listen(vm)) return -1;
    sequence_view(left, &a, &na);
    sequence_view(right, &b, &nb);
    while (i < na && i < nb && (a[i] == b[i])) i++;
    if (i >= na || i >= nb) return (int64_t)i;
    Answer same = items_same(vm, a[i], b[i]);
    if (same == ANSWER_FAILED) return -1;
    if (!same) return (int64_t)i;
    i++;
  }
}

static bool order_of_lengths(CompareOp op, size_t a, size_t b) {
  switch (op) {
  case COMPARE_LT: return a < b;
  case COMPARE_LE: return a <= b;
  case COMPARE_EQ: return a == b;
  case COMPARE_NE: return a != b;
  case COMPARE_GT: return a > b;
  default: return a >= b;
  }
}

Value items_compare(VM *vm, CompareOp op, Value left, Value right) {
  const Value *a, *b;
  size_t na, nb;
  if (!sequence_view(left, &a, &na) || !sequence_view(right, &b, &nb)) return VALUE_NOT_IMPLEMENTED;
  if (na != nb && (op == COMPARE_EQ || op == COMPARE_NE)) return value_bool(op == COMPARE_NE);
  if (left == right && op == COMPARE_EQ && na == 0) return VALUE_TRUE;
  if (vm_c_stack_low(vm) && !vm_check_c_stack(vm, " in comparison")) return VALUE_FAIL;
  int64_t i = first_difference(vm, left, right);
  if (i < 0) return VALUE_FAIL;
  sequence_view(left, &a, &na);
  sequence_view(right, &b, &nb);
  if ((size_t)i >= na || (size_t)i >= nb) return value_bool(order_of_lengths(op, na, nb));
  if (op == COMPARE_EQ) return VALUE_FALSE;
  if (op == COMPARE_NE) return VALUE_TRUE;
  return compare(vm, op, a[i], b[i]);
}

enum { LISTEN_ITEMS = 1 << 12 }; /* compared between two looks at what signals want */

/* skip_unequal: the first of items[i..count) that may be equal to v, as far as that is known
** without running anything; looks at LISTEN_ITEMS at most. */
static size_t skip_unequal(const Value *items, size_t i, size_t count, Value v) {
  if (count - i > LISTEN_ITEMS) count = i + LISTEN_ITEMS;
  if (value_is_float(v)) {
    double d = value_as_float(v);
    for (; i < count && items[i] != v; i++)
      if (value_is_float(items[i]) ? value_as_float(items[i]) == d
                                   : keys_equal_quietly(items[i], v) != 0)
        break;
    return i;
  }
  while (i < count && items[i] != v && keys_equal_quietly(items[i], v) == 0) i++;
  return i;
}

/* next_equal: the first of the sequence's items [i, stop) that equals v; -1 absent, -2 raised. */
static int64_t next_equal(VM *vm, Value sequence, Value v, size_t i, size_t stop) {
  const Value *items;
  size_t count;
  while (sequence_view(sequence, &items, &count), i < count && i < stop) {
    i = skip_unequal(items, i, count < stop ? count : stop, v);
    if (i < count && i < stop) {
      Answer same = items_same(vm, items[i], v);
      if (same) return same == ANSWER_FAILED ? -2 : (int64_t)i;
      i++;
    }
    if (!vm_listen(vm)) return -2;
  }
  return -1;
}

Answer items_contain(VM *vm, Value sequence, Value v) {
  int64_t at = next_equal(vm, sequence, v, 0, SIZE_MAX);
  return at == -2 ? ANSWER_FAILED : at >= 0;
}

int64_t items_count(VM *vm, Value sequence, Value v) {
  int64_t found = 0, at = -1;
  while ((at = next_equal(vm, sequence, v, (size_t)(at + 1), SIZE_MAX)) >= 0) found++;
  return at == -2 ? -1 : found;
}

int64_t items_index(VM *vm, Value sequence, Value v, int64_t start, int64_t stop) {
  const Value *items;
  size_t count;
  sequence_view(sequence, &items, &count);
  if (start < 0 && (start += (int64_t)count) < 0) start = 0;
  if (stop < 0 && (stop += (int64_t)count) < 0) stop = 0;
  return next_equal(vm, sequence, v, (size_t)start, (size_t)stop);
}

static bool append_reprs(VM *vm, StrBuilder *text, Value sequence) {
  const Value *items;
  size_t count;
  for (size_t i = 0; sequence_view(sequence, &items, &count), i < count; i++) {
    if (i) str_builder_ascii(text, ", ", 2);
    Value one = value_repr(vm, items[i]);
    if (value_is_fail(one) || !vm_listen(vm)) return false;
    str_builder_str(text, value_object(one));
  }
  return true;
}

Value items_repr(VM *vm, Value sequence, const char *open, const char *close) {
  Showing here;
  if (!repr_enter(vm, &here, sequence)) return value_of(str_format(vm, "%s...%s", open, close));
  StrBuilder text;
  str_builder_init(&text, vm);
  str_builder_cstr(&text, open);
  if (!append_reprs(vm, &text, sequence)) {
    str_builder_drop(&text);
    repr_leave(vm, &here);
    return VALUE_FAIL;
  }
  const Value *items;
  size_t count;
  sequence_view(sequence, &items, &count);
  if (count == 1 && *open == '(') str_builder_ascii(&text, ",", 1);
  str_builder_cstr(&text, close);
  repr_leave(vm, &here);
  return value_of(str_builder_finish(&text));
}

Value concat_mismatch(VM *vm, Value other, const char *name) {
  return raise_type(vm, "can only concatenate %s (not \"%.200T\") to %s", name, other, name);
}

bool index_as_int64(VM *vm, Value key, const char *container, int64_t *out) {
  if (LIKELY(value_is_int(key))) {
    *out = value_as_int(key);
    return true;
  }
  if (!value_is_any_int(key) && !value_has_special(key, SPECIAL_index))
    return raise_false(vm, TYPE_OF(TypeError), "%s indices must be integers or slices, not %.200T",
                       container, key);
  Value index;
  if (!value_index(vm, key, &index)) return false;
  if (int_to_int64(index, out)) return true;
  return raise_false(vm, TYPE_OF(IndexError), "cannot fit '%.200T' into an index-sized integer",
                     key);
}

Value generic_alias(VM *vm, Value cls, Value item) {
  return call2(vm, value_from(TYPE_OF(GenericAlias)), cls, item);
}

bool check_no_kwargs(VM *vm, const char *name, Tuple *kwnames) {
  if (LIKELY(!kwnames || tuple_length(kwnames) == 0)) return true;
  return raise_false(vm, TYPE_OF(TypeError), "%s() takes no keyword arguments", name);
}

bool check_positional(VM *vm, const char *name, int given, int least, int most) {
  if (LIKELY(given >= least && given <= most)) return true;
  int bound = given < least ? least : most;
  const char *how = least == most ? "" : given < least ? "at least " : "at most ";
  return raise_false(vm, TYPE_OF(TypeError), "%s expected %s%d argument%s, got %d", name, how,
                     bound, bound == 1 ? "" : "s", given);
}

Value builtin_attr(VM *vm, Str *name) { return get_attribute(vm, value_from(vm->builtins), name); }

Value cell_sizeof(VM *vm, const void *object, const void *owned) {
  size_t size = heap_contains(object) ? heap_cell_size(object) : object_type(object)->basic_size;
  if (owned && heap_contains(owned)) size += heap_cell_size(owned);
  return value_int_unchecked((int64_t)size);
}

bool slice_index(VM *vm, Value v, int64_t *out) {
  if (value_is_int(v)) {
    *out = value_as_int(v);
    return true;
  }
  if (!value_is_any_int(v) && !value_has_special(v, SPECIAL_index))
    return raise_false(vm, TYPE_OF(TypeError),
                       "slice indices must be integers or have an __index__ method");
  Value index;
  if (!value_index(vm, v, &index)) return false;
  if (!int_to_int64(index, out)) *out = int_sign(index) < 0 ? INT64_MIN : INT64_MAX;
  return true;
}

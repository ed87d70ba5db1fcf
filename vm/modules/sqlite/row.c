/* row.c -- sqlite3.Row: a row that knows its columns by number and by name. */
#include "vm/base/libraries.h"
#if WITH_SQLITE3
#include "vm/modules/sqlite/sqlite.h"
#include "vm/objects/int.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"

#include <ctype.h>

typedef Cursor *c_Cursor;
typedef Tuple *c_Tuple;

static bool convert_Cursor(VM *vm, Value v, c_Cursor *out, const MethodSpec *spec, int i) {
  if (!type_is_subtype(value_type(v), TYPE_OF(sqlite_Cursor)))
    return raise_false(vm, TYPE_OF(TypeError), "Row() argument 1 must be sqlite3.Cursor, not %T",
                       v);
  *out = value_object(v);
  return true;
}
static bool convert_Tuple(VM *vm, Value v, c_Tuple *out, const MethodSpec *spec, int i) {
  if (!value_has_flag(v, TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "Row() argument 2 must be tuple, not %T", v);
  *out = value_object(v);
  return true;
}

#define NATIVE_DEF "vm/modules/sqlite/row.def"
#define NATIVE_PREFIX row_
#define NATIVE_SELF Row *
typedef struct Row {
  Object h;
  Tuple *data;       /* [gc] */
  Value description; /* of the cursor: a tuple of tuples that begin with the name, or None */
} Row;
#include "vm/contracts/native_class.inc"

static Value row_construct(VM *vm, Type *cls, const row_construct_args *a) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Row *self = value_object(v);
  self->data = a->data;
  self->description = a->cursor->description;
  heap_barrier_any(vm, self);
  return v;
}

static size_t column_count(const Row *self) {
  return self->description == VALUE_NONE ? 0 : tuple_length(value_object(self->description));
}
static Value column_name(const Row *self, size_t i) {
  const Tuple *description = value_object(self->description);
  return ((const Tuple *)value_object(description->items[i]))->items[0];
}

/* But for the case of ASCII letters. */
static bool same_name(const Str *a, const Str *b) {
  if (a == b) return true;
  if (a->length != b->length) return false;
  for (size_t i = 0; i < a->length; i++) {
    uint32_t x = str_at(a, i), y = str_at(b, i);
    if (x == y) continue;
    if (x > 127 || y > 127 || tolower((int)x) != tolower((int)y)) return false;
  }
  return true;
}

static Value by_name(VM *vm, const Row *self, const Str *name) {
  size_t count = column_count(self);
  for (size_t i = 0; i < count; i++) {
    if (!same_name(value_object(column_name(self, i)), name)) continue;
    if (i < tuple_length(self->data)) return self->data->items[i];
    return raise_error(vm, TYPE_OF(IndexError), "tuple index out of range");
  }
  return raise_error(vm, TYPE_OF(IndexError), "No item with that key");
}

static Value row_op_getitem(VM *vm, Row *self, const row_op_getitem_args *a) {
  Value key = a->key;
  if (value_is_str(key)) return by_name(vm, self, value_object(key));
  if (value_is(key, slice)) return tuple_get_index(vm, self->data, key);
  if (!value_is_any_int(key))
    return raise_error(vm, TYPE_OF(IndexError), "Index must be int or string");
  int64_t i;
  if (!int_to_int64(key, &i))
    return raise_error(vm, TYPE_OF(IndexError), "cannot fit 'int' into an index-sized integer");
  int64_t count = (int64_t)tuple_length(self->data);
  if (i < 0) i += count;
  if (i >= 0 && i < count) return self->data->items[i];
  return raise_error(vm, TYPE_OF(IndexError), "tuple index out of range");
}

static Value row_op_len(VM *vm, Row *self, const row_op_len_args *a) {
  return value_int(vm, (int64_t)tuple_length(self->data));
}
static Value row_op_iter(VM *vm, Row *self, const row_op_iter_args *a) {
  return get_iterator(vm, value_from(self->data));
}

static Value row_op_hash(VM *vm, Row *self, const row_op_hash_args *a) {
  uint64_t names, data;
  if (!value_hash(vm, self->description, &names) || !value_hash(vm, value_from(self->data), &data))
    return VALUE_FAIL;
  return value_int(vm, (int64_t)(names ^ data));
}

static Value compare_rows(VM *vm, const Row *self, Value other, bool want_equal) {
  if (!type_is_subtype(value_type(other), TYPE_OF(sqlite_Row))) return VALUE_NOT_IMPLEMENTED;
  const Row *row = value_object(other);
  Answer equal = values_equal(vm, self->description, row->description);
  if (equal == ANSWER_YES) equal = values_equal(vm, value_from(self->data), value_from(row->data));
  return equal == ANSWER_FAILED ? VALUE_FAIL : value_bool((equal == ANSWER_YES) == want_equal);
}
static Value row_op_eq(VM *vm, Row *self, const row_op_eq_args *a) {
  return compare_rows(vm, self, a->value, true);
}
static Value row_op_ne(VM *vm, Row *self, const row_op_ne_args *a) {
  return compare_rows(vm, self, a->value, false);
}
static Value row_op_lt(VM *vm, Row *self, const row_op_lt_args *a) { return VALUE_NOT_IMPLEMENTED; }
static Value row_op_le(VM *vm, Row *self, const row_op_le_args *a) { return VALUE_NOT_IMPLEMENTED; }
static Value row_op_gt(VM *vm, Row *self, const row_op_gt_args *a) { return VALUE_NOT_IMPLEMENTED; }
static Value row_op_ge(VM *vm, Row *self, const row_op_ge_args *a) { return VALUE_NOT_IMPLEMENTED; }

static Value row_keys(VM *vm, Row *self, const row_keys_args *a) {
  size_t count = column_count(self);
  List *names = list_new(vm, count);
  for (size_t i = 0; names && i < count; i++)
    if (!list_append_value(vm, names, column_name(self, i))) return VALUE_FAIL;
  return value_of(names);
}

static void row_trace(Marker *marker, Object *object) {
  const Row *self = (const Row *)object;
  mark_object(marker, self->data);
  mark_value(marker, self->description);
}

const ClassSpec sqlite_Row_class = {
    NATIVE_CLASS(row_),
    .basic_size = sizeof(Row),
    .trace = row_trace,
};
#endif

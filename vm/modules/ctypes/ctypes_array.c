/* ctypes_array.c -- Array, and what arrays of characters have besides. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"
#include "vm/objects/slice.h"

#include <wchar.h>

#define NATIVE_DEF "vm/modules/ctypes/ctypes_array.def"
#define NATIVE_PREFIX carray_
#define NATIVE_SELF CData *
#include "vm/contracts/native_class.inc"

static Value carray_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  return cdata_construct(vm, cls);
}

/* Where item i is; NULL: there is none. */
static uint8_t *item_at(VM *vm, const CData *self, int64_t i) {
  const Layout *layout = layout_of_cdata(self), *item = layout_of_value(layout->item);
  if (i < 0 || i >= layout->length)
    return raise_error(vm, TYPE_OF(IndexError), "invalid index"), NULL;
  int64_t offset = i * (int64_t)item->size;
  if (!cdata_spans(self, offset, item->size)) return cdata_raise_short(vm, self), NULL;
  return self->bytes + offset;
}

static Value load_item(VM *vm, CData *self, int64_t i) {
  uint8_t *at = item_at(vm, self, i);
  return at ? cdata_load(vm, value_object(layout_of_cdata(self)->item), self, i, at) : VALUE_FAIL;
}

static bool store_item(VM *vm, CData *self, int64_t i, Value v) {
  uint8_t *at = item_at(vm, self, i);
  if (!at) return false;
  Type *type = value_object(layout_of_cdata(self)->item);
  return cdata_store(vm, type, self, i, layout_of_type(type)->size, at, v);
}

static Value carray_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  for (int i = 0; i < npos; i++)
    if (!store_item(vm, value_object(self), i, args[i])) return VALUE_FAIL;
  return VALUE_NONE;
}

static Value carray_class_getitem(VM *vm, Value cls, const carray_class_getitem_args *a) {
  return generic_alias(vm, cls, a->item);
}

static Value carray_op_len(VM *vm, CData *self, const carray_op_len_args *a) {
  return value_int(vm, layout_of_cdata(self)->length);
}

/* ---- items and slices */

static Value slice_of_bytes(VM *vm, const CData *self, SliceRange range) {
  Bytes *bytes = bytes_new(vm, NULL, (size_t)range.count);
  if (!bytes) return VALUE_FAIL;
  for (int64_t i = 0; i < range.count; i++) bytes->data[i] = self->bytes[slice_at(range, i)];
  return value_from(bytes);
}

static Value slice_of_wide(VM *vm, const CData *self, SliceRange range) {
  Bytes *copy = bytes_new(vm, NULL, (size_t)range.count * sizeof(wchar_t));
  if (!copy) return VALUE_FAIL;
  wchar_t *to = (wchar_t *)copy->data;
  for (int64_t i = 0; i < range.count; i++)
    to[i] = ((const wchar_t *)self->bytes)[slice_at(range, i)];
  return wide_text(vm, to, (size_t)range.count);
}

static Value load_slice(VM *vm, CData *self, const Slice *slice) {
  const Layout *layout = layout_of_cdata(self), *item = layout_of_value(layout->item);
  SliceBounds bounds;
  if (!slice_bounds(vm, slice, &bounds)) return VALUE_FAIL;
  SliceRange range = slice_clamp(&bounds, layout->length);
  if (!cdata_spans(self, 0, layout->size)) return cdata_raise_short(vm, self);
  if (layout_is_char(item, 'c')) return slice_of_bytes(vm, self, range);
  if (layout_is_char(item, 'u')) return slice_of_wide(vm, self, range);
  List *list = list_new(vm, (size_t)range.count);
  for (int64_t i = 0; list && i < range.count; i++) {
    Value v = load_item(vm, self, slice_at(range, i));
    if (value_is_fail(v) || !vm_listen(vm) || !list_append_value(vm, list, v)) return VALUE_FAIL;
  }
  return value_of(list);
}

static bool read_index(VM *vm, const CData *self, Value key, int64_t *i) {
  if (value_is_int(key)) *i = value_as_int(key);
  else if (!value_is_any_int(key) && !value_has_special(key, SPECIAL_index))
    return raise_false(vm, TYPE_OF(TypeError), "indices must be integers");
  else if (!value_index64(vm, key, i, false)) return false;
  if (*i < 0) *i += layout_of_cdata(self)->length;
  return true;
}

static Value carray_op_getitem(VM *vm, CData *self, const carray_op_getitem_args *a) {
  if (value_is(a->key, slice)) return load_slice(vm, self, value_object(a->key));
  int64_t i;
  return read_index(vm, self, a->key, &i) ? load_item(vm, self, i) : VALUE_FAIL;
}

static bool store_slice(VM *vm, CData *self, const Slice *slice, Value v) {
  SliceBounds bounds;
  if (!slice_bounds(vm, slice, &bounds)) return false;
  SliceRange range = slice_clamp(&bounds, layout_of_cdata(self)->length);
  int64_t count = value_length(vm, v);
  if (count < 0) error_clear(vm); /* of what has no length, too */
  if (count != range.count)
    return raise_false(vm, TYPE_OF(ValueError), "Can only assign sequence of same size");
  for (int64_t i = 0; i < count; i++) {
    Value item = get_item(vm, v, value_int(vm, i));
    if (value_is_fail(item) || !store_item(vm, self, slice_at(range, i), item)) return false;
  }
  return true;
}

static Value carray_op_setitem(VM *vm, CData *self, const carray_op_setitem_args *a) {
  if (value_is(a->key, slice))
    return value_none_if(store_slice(vm, self, value_object(a->key), a->value));
  int64_t i;
  return value_none_if(read_index(vm, self, a->key, &i) && store_item(vm, self, i, a->value));
}

static Value carray_op_delitem(VM *vm, CData *self, const carray_op_delitem_args *a) {
  return raise_type(vm, "Array does not support item deletion");
}

const ClassSpec ctypes_array_class = {
    NATIVE_CLASS(carray_),
    .basic_size = sizeof(CData),
};

/* ---- value and raw of arrays of characters */

static Value get_text(VM *vm, Value self) {
  const CData *data = value_object(self);
  return text_get(vm, false, data->bytes, data->size);
}

static bool set_text(VM *vm, Value self, Value v) {
  CData *data = value_object(self);
  if (v == VALUE_MISSING) return raise_false(vm, TYPE_OF(TypeError), "can't delete attribute");
  if (!value_has_flag(v, TYPE_BYTES_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "bytes expected instead of %T instance", v);
  const Bytes *text = value_object(v);
  if (text->length > data->size)
    return raise_false(vm, TYPE_OF(ValueError), "byte string too long");
  memcpy(data->bytes, text->data, text->length + (text->length < data->size)); /* and a NUL */
  return true;
}

static Value get_raw(VM *vm, Value self) {
  const CData *data = value_object(self);
  return value_of(bytes_new(vm, data->bytes, data->size));
}

static bool set_raw(VM *vm, Value self, Value v) {
  CData *data = value_object(self);
  Span span;
  if (v == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(AttributeError), "cannot delete attribute");
  if (!span_of(vm, v, &span)) return false;
  if (span.n > data->size) return raise_false(vm, TYPE_OF(ValueError), "byte string too long");
  memmove(data->bytes, span.bytes, span.n);
  return true;
}

static Value get_wide(VM *vm, Value self) {
  const CData *data = value_object(self);
  return text_get(vm, true, data->bytes, data->size);
}

static bool set_wide(VM *vm, Value self, Value v) {
  CData *data = value_object(self);
  if (v == VALUE_MISSING) return raise_false(vm, TYPE_OF(TypeError), "can't delete attribute");
  bool too_long =
      value_is_str(v) && ((Str *)value_object(v))->length > data->size / sizeof(wchar_t);
  if (too_long) return raise_false(vm, TYPE_OF(ValueError), "string too long");
  return text_set(vm, true, data->bytes, data->size, v);
}

extern const GetSetSpec char_array_value, char_array_raw, wchar_array_value;
const GetSetSpec char_array_value = {
    .name = "value", .doc = "string value", .get = get_text, .set = set_text};
const GetSetSpec char_array_raw = {.name = "raw", .doc = "value", .get = get_raw, .set = set_raw};
const GetSetSpec wchar_array_value = {
    .name = "value", .doc = "string value", .get = get_wide, .set = set_wide};
#endif

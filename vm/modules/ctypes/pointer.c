/* pointer.c -- _Pointer. How far the memory behind a pointer reaches, nobody knows. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"
#include "vm/objects/slice.h"

#include <wchar.h>

#define NATIVE_DEF "vm/modules/ctypes/pointer.def"
#define NATIVE_PREFIX pointer_
#define NATIVE_SELF CData *
#include "vm/contracts/native_class.inc"

static Value pointer_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  const Layout *layout = layout_of_type(cls);
  if (!layout || layout->item == VALUE_NONE)
    return raise_type(vm, "Cannot create instance: has no _type_");
  return cdata_construct(vm, cls);
}

static uint8_t *target_of(const CData *self) {
  uint8_t *target;
  memcpy(&target, self->bytes, sizeof target);
  return target;
}

/* false: it is NULL: ValueError */
static bool check_target(VM *vm, const CData *self) {
  if (!cdata_spans(self, 0, sizeof(void *))) return cdata_raise_short(vm, self), false;
  return target_of(self) || raise_false(vm, TYPE_OF(ValueError), "NULL pointer access");
}

static Value pointer_get_contents(VM *vm, CData *self) {
  if (!check_target(vm, self)) return VALUE_FAIL;
  return cdata_part(vm, value_object(layout_of_cdata(self)->item), self, 0, target_of(self));
}

static bool pointer_set_contents(VM *vm, CData *self, Value v) {
  const Layout *layout = layout_of_cdata(self);
  if (v == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(TypeError), "Pointer does not support item deletion");
  if (!value_is_cdata(v)) /* of another type is fine */
    return raise_false(vm, TYPE_OF(TypeError), "expected %N instead of %T",
                       (Type *)value_object(layout->item), v);
  if (!cdata_spans(self, 0, sizeof(void *))) return cdata_raise_short(vm, self), false;
  CData *to = value_object(v);
  memcpy(self->bytes, &to->bytes, sizeof to->bytes);
  return cdata_keep(vm, self, 1, v) && cdata_keep(vm, self, 0, cdata_objects(vm, to));
}

static Value pointer_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (!check_positional(vm, "POINTER", npos, 0, 1)) return VALUE_FAIL;
  return value_none_if(npos == 0 || pointer_set_contents(vm, value_object(self), args[0]));
}

static Value pointer_op_truth(VM *vm, CData *self, const pointer_op_truth_args *a) {
  return value_bool(cdata_spans(self, 0, sizeof(void *)) && target_of(self) != NULL);
}

/* ---- items and slices */

static Value load_item(VM *vm, CData *self, int64_t i) {
  Type *type = value_object(layout_of_cdata(self)->item);
  if (!check_target(vm, self)) return VALUE_FAIL;
  int64_t offset = (int64_t)((uint64_t)i * layout_of_type(type)->size);
  return cdata_load(vm, type, self, i, target_of(self) + offset);
}

static bool store_item(VM *vm, CData *self, int64_t i, Value v) {
  Type *type = value_object(layout_of_cdata(self)->item);
  if (!check_target(vm, self)) return false;
  size_t size = layout_of_type(type)->size;
  return cdata_store(vm, type, self, i, size, target_of(self) + (uint64_t)i * size, v);
}

/* There is no length that bounds which are left out could stand for. */
static bool slice_range(VM *vm, const Slice *slice, SliceRange *range) {
  int64_t stop;
  range->step = 1;
  range->start = 0;
  if (slice->step != VALUE_NONE && !value_index64(vm, slice->step, &range->step, false))
    return false;
  if (range->step == 0) return raise_false(vm, TYPE_OF(ValueError), "slice step cannot be zero");
  if (slice->start == VALUE_NONE && range->step < 0)
    return raise_false(vm, TYPE_OF(ValueError), "slice start is required for step < 0");
  if (slice->start != VALUE_NONE && !value_index64(vm, slice->start, &range->start, false))
    return false;
  if (slice->stop == VALUE_NONE)
    return raise_false(vm, TYPE_OF(ValueError), "slice stop is required");
  if (!value_index64(vm, slice->stop, &stop, false)) return false;
  __int128 distance = (__int128)stop - range->start, step = range->step;
  bool is_empty = step > 0 ? distance <= 0 : distance >= 0;
  __int128 count = is_empty ? 0 : (distance + (step > 0 ? step - 1 : step + 1)) / step;
  range->count = (int64_t)count;
  return true;
}

static Value load_text(VM *vm, CData *self, SliceRange range, bool is_wide) {
  size_t size = is_wide ? sizeof(wchar_t) : 1;
  if (range.count < 0 || (uint64_t)range.count > PTRDIFF_MAX / size) return raise_memory(vm);
  Bytes *bytes = bytes_new(vm, NULL, (size_t)range.count * size);
  if (!bytes || (range.count && !check_target(vm, self))) return VALUE_FAIL;
  for (int64_t i = 0; i < range.count; i++)
    memcpy(bytes->data + (size_t)i * size, target_of(self) + slice_at(range, i) * (int64_t)size,
           size);
  return is_wide ? wide_text(vm, (wchar_t *)bytes->data, (size_t)range.count) : value_from(bytes);
}

static Value load_slice(VM *vm, CData *self, const Slice *slice) {
  const Layout *item = layout_of_value(layout_of_cdata(self)->item);
  SliceRange range;
  if (!slice_range(vm, slice, &range)) return VALUE_FAIL;
  if (layout_is_char(item, 'c')) return load_text(vm, self, range, false);
  if (layout_is_char(item, 'u')) return load_text(vm, self, range, true);
  List *list = list_new(vm, 0);
  for (int64_t i = 0; list && i < range.count; i++) {
    Value v = load_item(vm, self, slice_at(range, i));
    if (value_is_fail(v) || !vm_listen(vm) || !list_append_value(vm, list, v)) return VALUE_FAIL;
  }
  return value_of(list);
}

static bool is_index(Value key) {
  return value_is_any_int(key) || value_has_special(key, SPECIAL_index);
}

static Value pointer_op_getitem(VM *vm, CData *self, const pointer_op_getitem_args *a) {
  if (value_is(a->key, slice)) return load_slice(vm, self, value_object(a->key));
  if (!is_index(a->key)) return raise_type(vm, "Pointer indices must be integer");
  int64_t i;
  return value_index64(vm, a->key, &i, false) ? load_item(vm, self, i) : VALUE_FAIL;
}

static Value pointer_op_setitem(VM *vm, CData *self, const pointer_op_setitem_args *a) {
  int64_t i;
  if (!is_index(a->key))
    return raise_type(vm, "'%T' object cannot be interpreted as an integer", a->key);
  if (!value_index64(vm, a->key, &i, false)) return VALUE_FAIL;
  return value_none_if(store_item(vm, self, i, a->value));
}

static Value pointer_op_delitem(VM *vm, CData *self, const pointer_op_delitem_args *a) {
  return raise_type(vm, "Pointer does not support item deletion");
}

const ClassSpec ctypes_pointer_class = {
    NATIVE_CLASS(pointer_),
    .basic_size = sizeof(CData),
};
#endif

/* simple.c -- _SimpleCData. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"
#include "vm/objects/items.h"

#define NATIVE_DEF "vm/modules/ctypes/simple.def"
#define NATIVE_PREFIX simple_
#define NATIVE_SELF CData *
#include "vm/contracts/native_class.inc"

static Value simple_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  return cdata_construct(vm, cls);
}

static Value simple_get_value(VM *vm, CData *self) {
  const Layout *layout = layout_of_cdata(self);
  if (!cdata_spans(self, 0, layout->size)) return cdata_raise_short(vm, self);
  return code_get(vm, layout->code, layout->is_swapped, self->bytes);
}

static bool simple_set_value(VM *vm, CData *self, Value v) {
  const Layout *layout = layout_of_cdata(self);
  if (v == VALUE_MISSING) return raise_false(vm, TYPE_OF(TypeError), "can't delete attribute");
  if (!cdata_spans(self, 0, layout->size)) return cdata_raise_short(vm, self), false;
  Value keep = code_set(vm, layout->code, layout->is_swapped, self->bytes, v);
  return !value_is_fail(keep) && cdata_keep(vm, self, 0, keep);
}

static Value simple_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (!check_positional(vm, "__init__", npos, 0, 1)) return VALUE_FAIL;
  return value_none_if(npos == 0 || simple_set_value(vm, value_object(self), args[0]));
}

static Value simple_op_truth(VM *vm, CData *self, const simple_op_truth_args *a) {
  for (size_t i = 0; i < self->size; i++)
    if (self->bytes[i]) return VALUE_TRUE;
  return VALUE_FALSE;
}

static Value simple___ctypes_from_outparam__(VM *vm, CData *self,
                                             const simple___ctypes_from_outparam___args *a) {
  return type_is_plain(object_type(self)) ? simple_get_value(vm, self) : value_from(self);
}

static Value simple_op_repr(VM *vm, CData *self, const simple_op_repr_args *a) {
  const Type *type = object_type(self);
  if (!type_is_plain(type))
    return value_of(str_format(vm, "<%N object at %p>", type, (void *)self));
  Value v = simple_get_value(vm, self);
  return value_is_fail(v) ? v : value_of(str_format(vm, "%N(%R)", type, v));
}

const ClassSpec ctypes_simple_class = {
    NATIVE_CLASS(simple_),
    .basic_size = sizeof(CData),
};
#endif

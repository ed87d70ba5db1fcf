/* meta_pointer.c -- the metaclass of pointers. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"

#define NATIVE_DEF "vm/modules/ctypes/meta_pointer.def"
#define NATIVE_PREFIX pointers_
#define NATIVE_SELF Type *
#include "vm/contracts/native_class.inc"

static Value pointers_construct(VM *vm, Type *meta, const Value *args, int npos, Tuple *kwnames) {
  return ctype_make(vm, meta, args, npos, kwnames);
}
static Value pointers_from_param(VM *vm, Type *self, const pointers_from_param_args *a) {
  return ctype_from_param(vm, self, a->value);
}
static Value pointers_from_address(VM *vm, Type *self, const pointers_from_address_args *a) {
  return ctype_from_address(vm, self, a->address);
}
static Value pointers_from_buffer(VM *vm, Type *self, const pointers_from_buffer_args *a) {
  return ctype_from_buffer(vm, self, a->object, a->offset);
}
static Value pointers_from_buffer_copy(VM *vm, Type *self,
                                       const pointers_from_buffer_copy_args *a) {
  return ctype_from_buffer_copy(vm, self, a->object, a->offset);
}
static Value pointers_in_dll(VM *vm, Type *self, const pointers_in_dll_args *a) {
  return ctype_in_dll(vm, self, a->dll, a->name);
}
static Value pointers_op_mul(VM *vm, Type *self, const pointers_op_mul_args *a) {
  return ctype_times(vm, self, a->value);
}
static Value pointers_op_rmul(VM *vm, Type *self, const pointers_op_rmul_args *a) {
  return ctype_times(vm, self, a->value);
}
static Value pointers_set_type(VM *vm, Type *self, const pointers_set_type_args *a) {
  Layout *layout = layout_of_type(self);
  if (!layout) return raise_type(vm, "abstract class");
  if (!pointer_set_type(vm, layout, a->type)) return VALUE_FAIL;
  return value_none_if(set_attribute(vm, value_from(self), NAME("_type_"), a->type));
}

const ClassSpec ctypes_pointer_type_class = {
    NATIVE_CLASS(pointers_),
    .basic_size = sizeof(CType),
    .trace = ctype_trace,
};
#endif

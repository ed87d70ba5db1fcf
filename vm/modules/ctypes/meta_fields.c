/* meta_fields.c -- the metaclasses of structures and unions. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"

#define NATIVE_DEF "vm/modules/ctypes/meta_fields.def"
#define NATIVE_PREFIX fields_
#define NATIVE_SELF Type *
#include "vm/contracts/native_class.inc"

static Value fields_construct(VM *vm, Type *meta, const Value *args, int npos, Tuple *kwnames) {
  return ctype_make(vm, meta, args, npos, kwnames);
}
static Value fields_from_param(VM *vm, Type *self, const fields_from_param_args *a) {
  return ctype_from_param(vm, self, a->value);
}
static Value fields_from_address(VM *vm, Type *self, const fields_from_address_args *a) {
  return ctype_from_address(vm, self, a->address);
}
static Value fields_from_buffer(VM *vm, Type *self, const fields_from_buffer_args *a) {
  return ctype_from_buffer(vm, self, a->object, a->offset);
}
static Value fields_from_buffer_copy(VM *vm, Type *self, const fields_from_buffer_copy_args *a) {
  return ctype_from_buffer_copy(vm, self, a->object, a->offset);
}
static Value fields_in_dll(VM *vm, Type *self, const fields_in_dll_args *a) {
  return ctype_in_dll(vm, self, a->dll, a->name);
}
static Value fields_op_mul(VM *vm, Type *self, const fields_op_mul_args *a) {
  return ctype_times(vm, self, a->value);
}
static Value fields_op_rmul(VM *vm, Type *self, const fields_op_rmul_args *a) {
  return ctype_times(vm, self, a->value);
}
static Value fields_op_setattr(VM *vm, Type *self, const fields_op_setattr_args *a) {
  return value_none_if(aggregate_set_attribute(vm, self, a->name, a->value));
}
static Value fields_op_delattr(VM *vm, Type *self, const fields_op_delattr_args *a) {
  return value_none_if(aggregate_set_attribute(vm, self, a->name, VALUE_MISSING));
}

const ClassSpec ctypes_structure_type_class = {
    NATIVE_NAMES(fields_structure_),
    NATIVE_TABLES(fields_),
    .basic_size = sizeof(CType),
    .trace = ctype_trace,
};
const ClassSpec ctypes_union_type_class = {
    NATIVE_NAMES(fields_union_),
    NATIVE_TABLES(fields_),
    .basic_size = sizeof(CType),
    .trace = ctype_trace,
};
#endif

/* meta_plain.c -- the metaclasses of simple types, arrays and functions. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"

#define NATIVE_DEF "vm/modules/ctypes/meta_plain.def"
#define NATIVE_PREFIX plain_
#define NATIVE_SELF Type *
#include "vm/contracts/native_class.inc"

static Value plain_construct(VM *vm, Type *meta, const Value *args, int npos, Tuple *kwnames) {
  return ctype_make(vm, meta, args, npos, kwnames);
}
static Value plain_from_param(VM *vm, Type *self, const plain_from_param_args *a) {
  return ctype_from_param(vm, self, a->value);
}
static Value plain_from_address(VM *vm, Type *self, const plain_from_address_args *a) {
  return ctype_from_address(vm, self, a->address);
}
static Value plain_from_buffer(VM *vm, Type *self, const plain_from_buffer_args *a) {
  return ctype_from_buffer(vm, self, a->object, a->offset);
}
static Value plain_from_buffer_copy(VM *vm, Type *self, const plain_from_buffer_copy_args *a) {
  return ctype_from_buffer_copy(vm, self, a->object, a->offset);
}
static Value plain_in_dll(VM *vm, Type *self, const plain_in_dll_args *a) {
  return ctype_in_dll(vm, self, a->dll, a->name);
}
static Value plain_op_mul(VM *vm, Type *self, const plain_op_mul_args *a) {
  return ctype_times(vm, self, a->value);
}
static Value plain_op_rmul(VM *vm, Type *self, const plain_op_rmul_args *a) {
  return ctype_times(vm, self, a->value);
}

const ClassSpec ctypes_simple_type_class = {
    NATIVE_NAMES(plain_simple_),
    NATIVE_TABLES(plain_),
    .basic_size = sizeof(CType),
    .trace = ctype_trace,
};
const ClassSpec ctypes_array_type_class = {
    NATIVE_NAMES(plain_array_),
    NATIVE_TABLES(plain_),
    .basic_size = sizeof(CType),
    .trace = ctype_trace,
};
const ClassSpec ctypes_function_type_class = {
    NATIVE_NAMES(plain_function_),
    NATIVE_TABLES(plain_),
    .basic_size = sizeof(CType),
    .trace = ctype_trace,
};
#endif

/* singleton.c -- the types of None, Ellipsis and NotImplemented. */
#include "vm/contracts/error.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

static Value text(VM *vm, const char *name) { return value_of(str_intern_cstr(vm, name)); }

static bool no_arguments(VM *vm, const char *name, int npos, Tuple *kwnames) {
  if (npos == 0 && (!kwnames || tuple_length(kwnames) == 0)) return true;
  return raise_false(vm, TYPE_OF(TypeError), "%s takes no arguments", name);
}

#define NATIVE_DEF "vm/objects/singleton_none.def"
#define NATIVE_PREFIX none_
#include "vm/contracts/native_class.inc"
static Value none_op_repr(VM *vm, Value self, const none_op_repr_args *a) {
  return text(vm, "None");
}
static Value none_op_truth(VM *vm, Value self, const none_op_truth_args *a) { return VALUE_FALSE; }
static Value none_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  return value_none_if(no_arguments(vm, "NoneType", npos, kwnames));
}

#define NATIVE_DEF "vm/objects/singleton_plain.def"
#define NATIVE_PREFIX ellipsis_
#include "vm/contracts/native_class.inc"
static Value ellipsis_reduce(VM *vm, Value self, const ellipsis_reduce_args *a) {
  return text(vm, "Ellipsis");
}
static Value ellipsis_op_repr(VM *vm, Value self, const ellipsis_op_repr_args *a) {
  return text(vm, "Ellipsis");
}
static Value ellipsis_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  return no_arguments(vm, "EllipsisType", npos, kwnames) ? VALUE_ELLIPSIS : VALUE_FAIL;
}

#define NATIVE_DEF "vm/objects/singleton.def"
#define NATIVE_PREFIX notimplemented_
#include "vm/contracts/native_class.inc"
static Value notimplemented_reduce(VM *vm, Value self, const notimplemented_reduce_args *a) {
  return text(vm, "NotImplemented");
}
static Value notimplemented_op_repr(VM *vm, Value self, const notimplemented_op_repr_args *a) {
  return text(vm, "NotImplemented");
}
static Value notimplemented_op_truth(VM *vm, Value self, const notimplemented_op_truth_args *a) {
  if (!warn(vm, TYPE_OF(DeprecationWarning), 1,
            "NotImplemented should not be used in a boolean context"))
    return VALUE_FAIL;
  return VALUE_TRUE;
}
static Value notimplemented_construct(VM *vm, Type *cls, const Value *args, int npos,
                                      Tuple *kwnames) {
  return no_arguments(vm, "NotImplementedType", npos, kwnames) ? VALUE_NOT_IMPLEMENTED : VALUE_FAIL;
}

const ClassSpec NoneType_class = {NATIVE_CLASS(none_)};
const ClassSpec ellipsis_class = {NATIVE_CLASS(ellipsis_)};
const ClassSpec NotImplementedType_class = {NATIVE_CLASS(notimplemented_)};

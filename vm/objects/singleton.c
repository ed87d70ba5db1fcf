/* singleton.c -- the types of None, Ellipsis and NotImplemented. */
#include "vm/contracts/error.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

static Value text(VM *vm, const char *name) { return value_of(str_intern_cstr(vm, name)); }

#define BODIES(p, name, truth_of) \
  static Value p##op_repr(VM *vm, Value self, const p##op_repr_args *a) { return text(vm, name); } \
  truth_of(p) \
  static Value p##construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames)

#define REDUCE(p, name) \
  static Value p##reduce(VM *vm, Value self, const p##reduce_args *a) { return text(vm, name); }

static Value always_false(VM *vm) { return VALUE_FALSE; }
static Value true_with_warning(VM *vm) {
  if (!warn(vm, TYPE_OF(DeprecationWarning), 1, "NotImplemented should not be used in a boolean context")) return VALUE_FAIL;
  return VALUE_TRUE;
}
#define TRUTH(p, f) static Value p##op_truth(VM *vm, Value self, const p##op_truth_args *a) { return f(vm); }
#define NO_TRUTH(p)
#define FALSE_TRUTH(p) TRUTH(p, always_false)
#define WARNED_TRUTH(p) TRUTH(p, true_with_warning)

static bool no_arguments(VM *vm, const char *name, int npos, Tuple *kwnames) {
  if (npos == 0 && (!kwnames || tuple_length(kwnames) == 0)) return true;
  return raise_false(vm, TYPE_OF(TypeError), "%s takes no arguments", name);
}

#define NATIVE_DEF "vm/objects/singleton_none.def"
#define NATIVE_PREFIX none_
#include "vm/contracts/native_class.inc"
BODIES(none_, "None", FALSE_TRUTH) { return value_none_if(no_arguments(vm, "NoneType", npos, kwnames)); }

#define NATIVE_DEF "vm/objects/singleton_plain.def"
#define NATIVE_PREFIX ellipsis_
#include "vm/contracts/native_class.inc"
REDUCE(ellipsis_, "Ellipsis")
BODIES(ellipsis_, "Ellipsis", NO_TRUTH) { return no_arguments(vm, "EllipsisType", npos, kwnames) ? VALUE_ELLIPSIS : VALUE_FAIL; }

#define NATIVE_DEF "vm/objects/singleton.def"
#define NATIVE_PREFIX notimplemented_
#include "vm/contracts/native_class.inc"
REDUCE(notimplemented_, "NotImplemented")
BODIES(notimplemented_, "NotImplemented", WARNED_TRUTH) {
  return no_arguments(vm, "NotImplementedType", npos, kwnames) ? VALUE_NOT_IMPLEMENTED : VALUE_FAIL;
}

const ClassSpec NoneType_class = { NATIVE_CLASS(none_) };
const ClassSpec ellipsis_class = { NATIVE_CLASS(ellipsis_) };
const ClassSpec NotImplementedType_class = { NATIVE_CLASS(notimplemented_) };

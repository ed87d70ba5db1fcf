/* bool.c -- the class bool. Its two instances are the special values True and False; int's methods
** work on them. */
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/objects/bool.def"
#define NATIVE_PREFIX bool_
#include "vm/contracts/native_class.inc"

static Value bool_op_repr(VM *vm, Value self, const bool_op_repr_args *a) {
  return value_from(self == VALUE_TRUE ? NAME("True") : NAME("False"));
}

/* Two bools give a bool, a bool and another int an int. */
#define BOOL_BINARY(name, rname, what, operator)                                                \
  static Value name(VM *vm, Value self, const name##_args *a) {                                 \
    if (value_is_bool(a->value))                                                                \
      return value_bool((self == VALUE_TRUE) operator(a->value == VALUE_TRUE));                 \
    return value_is_any_int(a->value) ? int_##what(vm, self, a->value) : VALUE_NOT_IMPLEMENTED; \
  }                                                                                             \
  static Value rname(VM *vm, Value self, const rname##_args *a) {                               \
    if (value_is_bool(a->value))                                                                \
      return value_bool((self == VALUE_TRUE) operator(a->value == VALUE_TRUE));                 \
    return value_is_any_int(a->value) ? int_##what(vm, self, a->value) : VALUE_NOT_IMPLEMENTED; \
  }
BOOL_BINARY(bool_op_and, bool_op_rand, and, &)
BOOL_BINARY(bool_op_xor, bool_op_rxor, xor, !=)
BOOL_BINARY(bool_op_or, bool_op_ror, or, |)

static Value bool_construct(VM *vm, Type *cls, const bool_construct_args *a) {
  Answer truth = value_truth(vm, a->x);
  return truth == ANSWER_FAILED ? VALUE_FAIL : value_bool(truth);
}

const ClassSpec bool_class = {NATIVE_CLASS(bool_), .basic_size = sizeof(BigInt)};

/* exception_internal.h -- shared by the files that define exception classes. */
#ifndef KRAIT_EXCEPTION_INTERNAL_H
#define KRAIT_EXCEPTION_INTERNAL_H

#include "vm/contracts/type_internal.h"
#include "vm/objects/exception.h"

MUST_USE Value exception_alloc(VM *vm, Type *cls); /* no args, no fields set */
void exception_set_args(VM *vm, Exception *e, const Value *args, int count);
/* __new__ of all that have none of their own */
extern const MethodSpec exception_constructor;
void exception_set_field(VM *vm, void *exception, Value *field, Value v); /* v MISSING: unset */
MUST_USE bool exception_keywords(VM *vm, const char *class_name, const Value *values,
                                 Tuple *kwnames, const char *const *names, Value **places);
MUST_USE MAY_RUN Value exception_str(VM *vm, Exception *e); /* BaseException.__str__ */
MUST_USE Value exception_own_dict(VM *vm, Exception *e);

/* FIELD(getter, setter, Struct, field): both of a Value field that shows None while unset. */
#define FIELD(getter, setter, Struct, field)                  \
  static Value getter(VM *vm, Struct *e) {                    \
    return e->field == VALUE_UNBOUND ? VALUE_NONE : e->field; \
  }                                                           \
  static bool setter(VM *vm, Struct *e, Value v) {            \
    exception_set_field(vm, e, &e->field, v);                 \
    return true;                                              \
  }

/* EXCEPTION(name, prefix, Struct): the class of a .def. DERIVED_EXCEPTION: one of its CLASS_AS
** rows, without rows of its own. */
#define EXCEPTION(n, p, Struct)                                                               \
  const ClassSpec n##_class = {NATIVE_NAMES(p), NATIVE_ROWS(p), .basic_size = sizeof(Struct), \
                               .constructor = &exception_constructor};
#define DERIVED_EXCEPTION(n, p, Struct)                                             \
  const ClassSpec n##_class = {NATIVE_NAMES(p##n##_), .basic_size = sizeof(Struct), \
                               .constructor = &exception_constructor};

#endif

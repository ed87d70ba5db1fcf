/* call.h -- calling anything from C. Implemented by interp/ (Python functions) and objects.
**
** Convention: args[0..npos) are positional; with kwnames (tuple of str)
** args[npos..npos+len(kwnames)) are their values. */
#ifndef KRAIT_CALL_H
#define KRAIT_CALL_H

#include "vm/core/vm.h"

MUST_USE MAY_RUN Value call_values(VM *vm, Value callee, const Value *args, int npos,
                                   Tuple *kwnames);
MUST_USE MAY_RUN static inline Value call0(VM *vm, Value f) {
  return call_values(vm, f, NULL, 0, NULL);
}
MUST_USE MAY_RUN static inline Value call1(VM *vm, Value f, Value a) {
  return call_values(vm, f, &a, 1, NULL);
}
MUST_USE MAY_RUN static inline Value call2(VM *vm, Value f, Value a, Value b) {
  return call_values(vm, f, (const Value[]){a, b}, 2, NULL);
}
MUST_USE MAY_RUN static inline Value call3(VM *vm, Value f, Value a, Value b, Value c) {
  return call_values(vm, f, (const Value[]){a, b, c}, 3, NULL);
}
/* f(*args, **kwargs); kwargs may be NULL */
MUST_USE MAY_RUN Value call_tuple_dict(VM *vm, Value f, Tuple *args, Dict *kwargs);
/* call_method_values: self.name(args…), no bound method made when the class holds a function. */
MUST_USE MAY_RUN Value call_method_values(VM *vm, Value self, Str *name, const Value *args,
                                          int npos, Tuple *kwnames);
#define call_method0(vm, self, name) call_method_values((vm), (self), (name), NULL, 0, NULL)
#define call_method1(vm, self, name, a) \
  call_method_values((vm), (self), (name), (const Value[]){(a)}, 1, NULL)
#define call_method2(vm, self, name, a, b) \
  call_method_values((vm), (self), (name), (const Value[]){(a), (b)}, 2, NULL)
/* call_special_values: type(self).__name__(self, args…). `method` is the raw value from
** type->specials: functions get self first, other descriptors are bound through __get__. */
MUST_USE MAY_RUN Value call_special_values(VM *vm, Value method, Value self, const Value *args,
                                           int npos);
MUST_USE MAY_RUN static inline Value call_special0(VM *vm, Value method, Value self) {
  return call_special_values(vm, method, self, NULL, 0);
}
MUST_USE MAY_RUN static inline Value call_special1(VM *vm, Value method, Value self, Value a) {
  return call_special_values(vm, method, self, &a, 1);
}
MUST_USE MAY_RUN static inline Value call_special2(VM *vm, Value method, Value self, Value a,
                                                   Value b) {
  return call_special_values(vm, method, self, (const Value[]){a, b}, 2);
}
bool value_is_callable(Value v);

#endif

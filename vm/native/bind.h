/* bind.h -- what the native function types share with argument binding. */
#ifndef KRAIT_NATIVE_BIND_H
#define KRAIT_NATIVE_BIND_H

#include <stdio.h>

#include "vm/contracts/native.h"
#include "vm/objects/function.h"

/* native_descriptor_new: what a row becomes in its class's namespace. */
MUST_USE Value native_descriptor_new(VM *vm, Type *owner, const MethodSpec *spec);
MUST_USE Value member_descriptor_new(VM *vm, Type *owner, Str *name, uint32_t offset,
                                     bool readonly);
/* native_new_function: the __new__ of a class that has a constructor's row. */
MUST_USE Value native_new_function(VM *vm, Type *owner);
extern const MethodSpec native_new_spec, native_next_spec, native_iter_spec;

/* native_bind: the bound method of a native descriptor. */
MUST_USE Value native_bind(VM *vm, NativeFunction *descriptor, Value self);
/* native_check_self: TypeError unless self is an instance of the descriptor's class. */
MUST_USE bool native_check_self(VM *vm, NativeFunction *descriptor, Value self);
/* member access through its descriptor; get: VALUE_UNBOUND when unset */
MUST_USE MAY_RUN Value member_get(VM *vm, MemberDescriptor *member, Value self);
MUST_USE bool member_set(VM *vm, MemberDescriptor *member, Value self, Value v);
MUST_USE MAY_RUN Value getset_get(VM *vm, GetSetDescriptor *getset, Value self);
MUST_USE MAY_RUN bool getset_set(VM *vm, GetSetDescriptor *getset, Value self, Value v);

#endif

/* generator_common.c -- see generator_common.h. */
#include "vm/interp/generator_common.h"

#include "vm/interp/frame.h"

Value common_throw(VM *vm, Generator *self, Value type, Value value, Value traceback) {
  Value exception = throw_exception(vm, type, value, traceback);
  return value_is_fail(exception) ? exception
                                  : generator_raise_stop(vm, generator_throw(vm, self, exception));
}

Value common_repr(VM *vm, Generator *self, const char *kind) {
  Str *text = str_format(vm, "<%s object %U at 0x%lx>", kind, self->qualname,
                         (unsigned long)(uintptr_t)self);
  return value_of(text);
}

bool common_set_name(VM *vm, Generator *self, Str **name, Value v, const char *which) {
  if (v == VALUE_MISSING || !value_is_str(v))
    return raise_type(vm, "%s must be set to a string object", which), false;
  *name = value_object(v);
  heap_barrier(vm, self, v);
  return true;
}

Value common_frame(VM *vm, Generator *self) {
  return self->state == GENERATOR_CLOSED ? VALUE_NONE : value_of(frame_of_generator(vm, self));
}

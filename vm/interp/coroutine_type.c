/* coroutine_type.c -- coroutines, and the wrapper that their __await__ gives. */
#include "vm/contracts/sys.h"
#include "vm/interp/frame.h"
#include "vm/interp/generator_common.h"

#define NATIVE_DEF "vm/interp/coroutine.def"
#define NATIVE_PREFIX coroutine_
#define NATIVE_SELF Generator *
#include "vm/contracts/native_class.inc"

static Value coroutine_send(VM *vm, Generator *self, const coroutine_send_args *a) {
  return generator_raise_stop(vm, generator_resume(vm, self, a->arg));
}
static Value coroutine_throw_(VM *vm, Generator *self, const coroutine_throw__args *a) {
  return common_throw(vm, self, a->typ, a->val, a->tb);
}
static Value coroutine_close_(VM *vm, Generator *self, const coroutine_close__args *a) {
  return value_none_if(generator_close(vm, self));
}
static Value coroutine_op_repr(VM *vm, Generator *self, const coroutine_op_repr_args *a) {
  return common_repr(vm, self, "coroutine");
}
/* The module `warnings` words it, with the origin, if a program has imported it. */
bool coroutine_warn_never_awaited(VM *vm, Generator *self) {
  Value module = dict_get_str(vm, vm->modules, NAME("warnings"));
  Value function = module == VALUE_UNBOUND
                       ? module
                       : find_attribute(vm, module, NAME("_warn_unawaited_coroutine"));
  if (function == VALUE_FAIL) return false;
  if (function != VALUE_UNBOUND) return call1(vm, function, value_from(self)) != VALUE_FAIL;
  return warn(vm, TYPE_OF(RuntimeWarning), 1, "coroutine '%U' was never awaited", self->qualname);
}
static Value coroutine_op_del(VM *vm, Generator *self, const coroutine_op_del_args *a) {
  if (self->state == GENERATOR_CREATED && !coroutine_warn_never_awaited(vm, self))
    error_unraisable(vm, NULL, value_from(self));
  return value_none_if(generator_close(vm, self));
}
static Value coroutine_op_await(VM *vm, Generator *self, const coroutine_op_await_args *a) {
  Wrapper *wrapper = heap_new_zeroed(vm, SHAPE_OF(coroutine_wrapper), sizeof(Wrapper));
  wrapper->callable = value_from(self);
  return value_from(wrapper);
}
static Value coroutine_get_name(VM *vm, Generator *self) { return value_from(self->name); }
static bool coroutine_set_name(VM *vm, Generator *self, Value v) {
  return common_set_name(vm, self, &self->name, v, "__name__");
}
static Value coroutine_get_qualname(VM *vm, Generator *self) { return value_from(self->qualname); }
static bool coroutine_set_qualname(VM *vm, Generator *self, Value v) {
  return common_set_name(vm, self, &self->qualname, v, "__qualname__");
}
static Value coroutine_get_cr_frame(VM *vm, Generator *self) {
  AUDITED(vm, "object.__getattr__", value_from(self), value_from(NAME("cr_frame")));
  return common_frame(vm, self);
}
static Value coroutine_get_cr_running(VM *vm, Generator *self) {
  return value_bool(self->state == GENERATOR_RUNNING);
}
static Value coroutine_get_cr_suspended(VM *vm, Generator *self) {
  return value_bool(self->state == GENERATOR_SUSPENDED);
}
static Value coroutine_get_cr_code(VM *vm, Generator *self) {
  AUDITED(vm, "object.__getattr__", value_from(self), value_from(NAME("cr_code")));
  return value_from(self->function->code);
}
static Value coroutine_get_cr_await(VM *vm, Generator *self) { return generator_delegate(self); }
static Value coroutine_get_cr_origin(VM *vm, Generator *self) { return self->origin; }

static bool coroutine_has_last_words(const Object *self) {
  return ((const Generator *)self)->state != GENERATOR_CLOSED;
}

const ClassSpec coroutine_class = {
    NATIVE_CLASS(coroutine_),
    .basic_size = sizeof(Generator),
    .trace = generator_trace,
    .has_last_words = coroutine_has_last_words,
};

/* ---- coroutine_wrapper: Wrapper.callable is the coroutine */
#define NATIVE_DEF "vm/interp/coroutine_wrapper.def"
#define NATIVE_PREFIX coroutine_wrapper_
#define NATIVE_SELF Wrapper *
#include "vm/contracts/native_class.inc"

static Generator *wrapped(Wrapper *self) { return value_object(self->callable); }
static Value coroutine_wrapper_send(VM *vm, Wrapper *self, const coroutine_wrapper_send_args *a) {
  return generator_raise_stop(vm, generator_resume(vm, wrapped(self), a->arg));
}
static Value coroutine_wrapper_throw_(VM *vm, Wrapper *self,
                                      const coroutine_wrapper_throw__args *a) {
  return common_throw(vm, wrapped(self), a->typ, a->val, a->tb);
}
static Value coroutine_wrapper_close_(VM *vm, Wrapper *self,
                                      const coroutine_wrapper_close__args *a) {
  return value_none_if(generator_close(vm, wrapped(self)));
}
static Value coroutine_wrapper_op_iter(VM *vm, Wrapper *self,
                                       const coroutine_wrapper_op_iter_args *a) {
  return value_from(self);
}
static Value coroutine_wrapper_op_next(VM *vm, Wrapper *self,
                                       const coroutine_wrapper_op_next_args *a) {
  return generator_raise_stop(vm, generator_resume(vm, wrapped(self), VALUE_NONE));
}
static Value coroutine_wrapper_step(VM *vm, Value self) {
  return generator_resume(vm, wrapped(value_object(self)), VALUE_NONE);
}
static void coroutine_wrapper_trace(Marker *marker, Object *self) {
  mark_value(marker, ((Wrapper *)self)->callable);
}

const ClassSpec coroutine_wrapper_class = {
    NATIVE_CLASS(coroutine_wrapper_),
    .basic_size = sizeof(Wrapper),
    .trace = coroutine_wrapper_trace,
    .next = coroutine_wrapper_step,
};

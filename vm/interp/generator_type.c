/* generator_type.c -- the generator type: method bodies over generator.c. */
#include "vm/contracts/sys.h"
#include "vm/interp/frame.h"
#include "vm/interp/generator_common.h"

#define NATIVE_DEF "vm/interp/generator.def"
#define NATIVE_PREFIX generator_
#define NATIVE_SELF Generator *
#include "vm/contracts/native_class.inc"

static Value generator_send(VM *vm, Generator *self, const generator_send_args *a) {
  return generator_raise_stop(vm, generator_resume(vm, self, a->arg));
}
static Value generator_throw_(VM *vm, Generator *self, const generator_throw__args *a) {
  return common_throw(vm, self, a->typ, a->val, a->tb);
}
static Value generator_close_(VM *vm, Generator *self, const generator_close__args *a) {
  return value_none_if(generator_close(vm, self));
}
static Value generator_op_iter(VM *vm, Generator *self, const generator_op_iter_args *a) {
  return value_from(self);
}
static Value generator_op_next(VM *vm, Generator *self, const generator_op_next_args *a) {
  return generator_raise_stop(vm, generator_resume(vm, self, VALUE_NONE));
}
static Value generator_op_repr(VM *vm, Generator *self, const generator_op_repr_args *a) {
  return common_repr(vm, self, "generator");
}
static Value generator_op_del(VM *vm, Generator *self, const generator_op_del_args *a) {
  return value_none_if(generator_close(vm, self));
}
static Value generator_get_name(VM *vm, Generator *self) { return value_from(self->name); }
static bool generator_set_name(VM *vm, Generator *self, Value v) {
  return common_set_name(vm, self, &self->name, v, "__name__");
}
static Value generator_get_qualname(VM *vm, Generator *self) { return value_from(self->qualname); }
static bool generator_set_qualname(VM *vm, Generator *self, Value v) {
  return common_set_name(vm, self, &self->qualname, v, "__qualname__");
}
static Value generator_get_gi_frame(VM *vm, Generator *self) {
  AUDITED(vm, "object.__getattr__", value_from(self), value_from(NAME("gi_frame")));
  return common_frame(vm, self);
}
static Value generator_get_gi_running(VM *vm, Generator *self) {
  return value_bool(self->state == GENERATOR_RUNNING);
}
static Value generator_get_gi_suspended(VM *vm, Generator *self) {
  return value_bool(self->state == GENERATOR_SUSPENDED);
}
static Value generator_get_gi_code(VM *vm, Generator *self) {
  AUDITED(vm, "object.__getattr__", value_from(self), value_from(NAME("gi_code")));
  return value_from(self->function->code);
}
static Value generator_get_gi_yieldfrom(VM *vm, Generator *self) {
  return generator_delegate(self);
}

static Value generator_step(VM *vm, Value self) {
  return generator_resume(vm, value_object(self), VALUE_NONE);
}

/* Code that GeneratorExit could run: a handler here, or the delegate's own. */
static bool generator_has_last_words(const Object *self) {
  const Generator *generator = (const Generator *)self;
  if (generator->state == GENERATOR_CREATED || generator->state == GENERATOR_CLOSED) return false;
  return generator->state == GENERATOR_RUNNING || generator_delegate(generator) != VALUE_NONE ||
         unwind_is_caught(generator);
}

const ClassSpec generator_class = {
    NATIVE_CLASS(generator_), .basic_size = sizeof(Generator),
    .trace = generator_trace, .has_last_words = generator_has_last_words,
    .next = generator_step,
};

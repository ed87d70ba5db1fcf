/* async_generator.c -- asynchronous generators and the awaitables that drive them. PEP 525.
** A step awaitable (asend, athrow, aclose) resumes the generator: what the generator awaits passes
** through; what it yields arrives wrapped and ends the await as its value.
** Law: generator->running_async is set exactly while a step is between its first send and its
** end. */
#include "vm/contracts/sys.h"
#include "vm/contracts/native.h"
#include "vm/interp/generator_common.h"
#include "vm/interp/slow.h"
#include "vm/objects/exception.h"
#include "vm/objects/items.h"

typedef enum StepState { STEP_INIT, STEP_ITER, STEP_CLOSED } StepState;

typedef struct AsyncStep {
  Object h;
  Generator *generator; /* [gc] */
  Value value;          /* asend: what to send; athrow: the exception; aclose: VALUE_UNBOUND */
  StepState state;
  bool is_throw; /* athrow or aclose */
} AsyncStep;

typedef struct WrappedValue {
  Object h;
  Value value;
} WrappedValue;

Value async_wrap(VM *vm, Value v) {
  WrappedValue *wrapped =
      heap_new(vm, SHAPE_OF(async_generator_wrapped_value), sizeof(WrappedValue));
  wrapped->value = v;
  return value_from(wrapped);
}

static Value step_new(VM *vm, uint32_t shape, Generator *generator, Value v, bool is_throw) {
  AsyncStep *step = heap_new_zeroed(vm, shape, sizeof(AsyncStep));
  step->generator = generator;
  step->value = v;
  step->is_throw = is_throw;
  return value_from(step);
}

/* init_hooks: tells the event loop about a generator at its first step (sys.set_asyncgen_hooks). */
static bool init_hooks(VM *vm, Generator *generator) {
  if (generator->hooks_inited) return true;
  generator->hooks_inited = true;
  if (vm->async_finalizer != VALUE_NONE && vm->async_finalizer != 0) {
    generator->hooks_finalizer = vm->async_finalizer;
    heap_barrier(vm, generator, generator->hooks_finalizer);
  }
  if (vm->async_firstiter == VALUE_NONE || vm->async_firstiter == 0) return true;
  return call1(vm, vm->async_firstiter, value_from(generator)) != VALUE_FAIL;
}

/* unwrap: what a resume gave, as a step's result: a yielded value ends the step. */
static Value unwrap(VM *vm, AsyncStep *step, Value result) {
  Generator *generator = step->generator;
  if (result == VALUE_STOP) { /* the generator returned */
    generator->running_async = false;
    generator->closed_async = true;
    step->state = STEP_CLOSED;
    return raise_bare(vm, TYPE_OF(StopAsyncIteration));
  }
  if (result == VALUE_FAIL) {
    generator->running_async = false;
    step->state = STEP_CLOSED;
    if (error_is(vm, TYPE_OF(StopAsyncIteration)) || error_is(vm, TYPE_OF(GeneratorExit)))
      generator->closed_async = true;
    return result;
  }
  if (value_is(result, async_generator_wrapped_value)) {
    generator->running_async = false;
    step->state = STEP_CLOSED;
    vm->stop_value = ((WrappedValue *)value_object(result))->value;
    return VALUE_STOP;
  }
  return result;
}

static COLD Value reused(VM *vm, AsyncStep *step) {
  return raise_error(vm, TYPE_OF(RuntimeError),
                     step->is_throw ? "cannot reuse already awaited aclose()/athrow()"
                                    : "cannot reuse already awaited __anext__()/asend()");
}

static Value asend_step(VM *vm, AsyncStep *step, Value v) {
  if (step->state == STEP_CLOSED) return reused(vm, step);
  if (step->state == STEP_INIT) {
    if (step->generator->running_async)
      return raise_error(vm, TYPE_OF(RuntimeError),
                         "anext(): asynchronous generator is already running");
    if (v == VALUE_NONE) v = step->value;
    step->state = STEP_ITER;
  }
  step->generator->running_async = true;
  return unwrap(vm, step, generator_resume(vm, step->generator, v));
}

/* aclose: a yielded value is an error; the end of the generator is the end of the step. */
static Value finish_close(VM *vm, AsyncStep *step, Value result) {
  Generator *generator = step->generator;
  if (value_is(result, async_generator_wrapped_value)) {
    generator->running_async = false;
    step->state = STEP_CLOSED;
    return raise_error(vm, TYPE_OF(RuntimeError), "async generator ignored GeneratorExit");
  }
  if (result != VALUE_STOP && result != VALUE_FAIL) return result;
  generator->running_async = false;
  step->state = STEP_CLOSED;
  if (result == VALUE_FAIL && !error_clear_if(vm, TYPE_OF(StopAsyncIteration)) &&
      !error_clear_if(vm, TYPE_OF(GeneratorExit)))
    return result;
  vm->stop_value = VALUE_NONE;
  return VALUE_STOP;
}

static Value athrow_step(VM *vm, AsyncStep *step, Value v) {
  Generator *generator = step->generator;
  bool closing = step->value == VALUE_UNBOUND;
  if (step->state == STEP_CLOSED) return reused(vm, step);
  if (generator->state == GENERATOR_CLOSED) { /* nothing is thrown into it, and nothing said */
    step->state = STEP_CLOSED;
    vm->stop_value = VALUE_NONE;
    return VALUE_STOP;
  }
  if (step->state == STEP_ITER) {
    Value result = generator_resume(vm, generator, v);
    if (closing) return finish_close(vm, step, result);
    result = unwrap(vm, step, result);
    /* not over with what its first resumption did not bring, as in CPython */
    step->state = STEP_ITER;
    return result;
  }
  if (generator->running_async) {
    step->state = STEP_CLOSED;
    return raise_error(vm, TYPE_OF(RuntimeError),
                       closing ? "aclose(): asynchronous generator is already running"
                               : "athrow(): asynchronous generator is already running");
  }
  if (generator->closed_async) {
    step->state = STEP_CLOSED;
    return raise_bare(vm, TYPE_OF(StopAsyncIteration));
  }
  if (v != VALUE_NONE)
    return raise_error(vm, TYPE_OF(RuntimeError),
                       "can't send non-None value to a just-started coroutine");
  step->state = STEP_ITER;
  generator->running_async = true;
  if (!closing) return unwrap(vm, step, generator_throw(vm, generator, step->value));
  generator->closed_async = true;
  raise_bare(vm, TYPE_OF(GeneratorExit));
  return finish_close(vm, step, generator_throw(vm, generator, error_take(vm)));
}

Value async_send(VM *vm, Value awaitable, Value value) {
  AsyncStep *step = value_object(awaitable);
  return step->is_throw ? athrow_step(vm, step, value) : asend_step(vm, step, value);
}

static Value step_throw(VM *vm, AsyncStep *step, Value exception) {
  if (step->state == STEP_CLOSED) return reused(vm, step);
  bool closing = step->is_throw && step->value == VALUE_UNBOUND,
       was_running = step->generator->running_async;
  StepState state = step->state;
  Value result = generator_throw(vm, step->generator, exception);
  bool is_value = value_is(result, async_generator_wrapped_value);
  result = closing ? finish_close(vm, step, result) : unwrap(vm, step, result);
  /* that of an athrow() or aclose() is not over with it, as in CPython */
  if (step->is_throw) step->state = state;
  if (closing && !is_value) step->generator->running_async = was_running;
  return result;
}

/* ---- the step types */
#define NATIVE_DEF "vm/interp/async_step.def"
#define NATIVE_PREFIX async_step_
#define NATIVE_SELF AsyncStep *
#include "vm/contracts/native_class.inc"

static Value async_step_send(VM *vm, AsyncStep *self, const async_step_send_args *a) {
  return generator_raise_stop(vm, async_send(vm, value_from(self), a->arg));
}
static Value async_step_throw_(VM *vm, AsyncStep *self, const async_step_throw__args *a) {
  Value exception = throw_exception(vm, a->typ, a->val, a->tb);
  return value_is_fail(exception) ? exception
                                  : generator_raise_stop(vm, step_throw(vm, self, exception));
}
static Value async_step_close_(VM *vm, AsyncStep *self, const async_step_close__args *a) {
  self->state = STEP_CLOSED;
  return VALUE_NONE;
}
static Value async_step_op_await(VM *vm, AsyncStep *self, const async_step_op_await_args *a) {
  return value_from(self);
}
static Value async_step_op_iter(VM *vm, AsyncStep *self, const async_step_op_iter_args *a) {
  return value_from(self);
}
static Value async_step_op_next(VM *vm, AsyncStep *self, const async_step_op_next_args *a) {
  return generator_raise_stop(vm, async_send(vm, value_from(self), VALUE_NONE));
}
static Value async_step_next(VM *vm, Value self) { return async_send(vm, self, VALUE_NONE); }
static void async_step_trace(Marker *marker, Object *self) {
  mark_object(marker, ((AsyncStep *)self)->generator);
  mark_value(marker, ((AsyncStep *)self)->value);
}

const ClassSpec async_generator_asend_class = {
    NATIVE_CLASS_AS(async_step_, asend),
    .basic_size = sizeof(AsyncStep),
    .trace = async_step_trace,
    .next = async_step_next,
};
const ClassSpec async_generator_athrow_class = {
    NATIVE_CLASS_AS(async_step_, athrow),
    .basic_size = sizeof(AsyncStep),
    .trace = async_step_trace,
    .next = async_step_next,
};

static void wrapped_trace(Marker *marker, Object *self) {
  mark_value(marker, ((WrappedValue *)self)->value);
}
const ClassSpec async_generator_wrapped_value_class = {
    NATIVE_NAMES(async_step_wrapped_value_),
    .basic_size = sizeof(WrappedValue),
    .trace = wrapped_trace,
};

/* ---- the generator type */
#define NATIVE_DEF "vm/interp/async_generator.def"
#define NATIVE_PREFIX async_generator_
#define NATIVE_SELF Generator *
#include "vm/contracts/native_class.inc"

static Value async_generator_asend(VM *vm, Generator *self, const async_generator_asend_args *a) {
  return init_hooks(vm, self) ? step_new(vm, SHAPE_OF(async_generator_asend), self, a->value, false)
                              : VALUE_FAIL;
}
static Value async_generator_op_anext(VM *vm, Generator *self,
                                      const async_generator_op_anext_args *a) {
  return init_hooks(vm, self)
             ? step_new(vm, SHAPE_OF(async_generator_asend), self, VALUE_NONE, false)
             : VALUE_FAIL;
}
static Value async_generator_athrow(VM *vm, Generator *self, const async_generator_athrow_args *a) {
  if (!init_hooks(vm, self)) return VALUE_FAIL;
  Value exception = throw_exception(vm, a->typ, a->val, a->tb);
  return value_is_fail(exception)
             ? exception
             : step_new(vm, SHAPE_OF(async_generator_athrow), self, exception, true);
}
static Value async_generator_aclose(VM *vm, Generator *self, const async_generator_aclose_args *a) {
  return init_hooks(vm, self)
             ? step_new(vm, SHAPE_OF(async_generator_athrow), self, VALUE_UNBOUND, true)
             : VALUE_FAIL;
}
static Value async_generator_op_aiter(VM *vm, Generator *self,
                                      const async_generator_op_aiter_args *a) {
  return value_from(self);
}
static Value async_generator_op_repr(VM *vm, Generator *self,
                                     const async_generator_op_repr_args *a) {
  return common_repr(vm, self, "async_generator");
}
static Value async_generator_op_del(VM *vm, Generator *self, const async_generator_op_del_args *a) {
  bool is_suspended = self->state == GENERATOR_SUSPENDED;
  if (is_suspended && value_is_pointer(self->hooks_finalizer) && !self->closed_async)
    return call1(vm, self->hooks_finalizer, value_from(self));
  return value_none_if(generator_close(vm, self));
}
static Value async_generator_class_getitem(VM *vm, Value cls,
                                           const async_generator_class_getitem_args *a) {
  return generic_alias(vm, cls, a->item);
}
static Value async_generator_get_name(VM *vm, Generator *self) { return value_from(self->name); }
static bool async_generator_set_name(VM *vm, Generator *self, Value v) {
  return common_set_name(vm, self, &self->name, v, "__name__");
}
static Value async_generator_get_qualname(VM *vm, Generator *self) {
  return value_from(self->qualname);
}
static bool async_generator_set_qualname(VM *vm, Generator *self, Value v) {
  return common_set_name(vm, self, &self->qualname, v, "__qualname__");
}
static Value async_generator_get_ag_frame(VM *vm, Generator *self) {
  AUDITED(vm, "object.__getattr__", value_from(self), value_from(NAME("ag_frame")));
  return common_frame(vm, self);
}
static Value async_generator_get_ag_running(VM *vm, Generator *self) {
  return value_bool(self->running_async);
}
static Value async_generator_get_ag_code(VM *vm, Generator *self) {
  AUDITED(vm, "object.__getattr__", value_from(self), value_from(NAME("ag_code")));
  return value_from(self->function->code);
}
static Value async_generator_get_ag_await(VM *vm, Generator *self) {
  return generator_delegate(self);
}

static bool async_generator_has_last_words(const Object *self) {
  const Generator *generator = (const Generator *)self;
  return generator->state != GENERATOR_CREATED && generator->state != GENERATOR_CLOSED;
}

const ClassSpec async_generator_class = {
    NATIVE_CLASS(async_generator_),
    .basic_size = sizeof(Generator),
    .trace = generator_trace,
    .has_last_words = async_generator_has_last_words,
};

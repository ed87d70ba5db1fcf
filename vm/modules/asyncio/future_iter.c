/* future_iter.c -- what `await future` steps through: it gives the future itself once, so that the
** task knows what to wait for, and ends with the result. */
#include "vm/interp/generator.h"
#include "vm/modules/asyncio/asyncio.h"

typedef struct FutureIter {
  Object h;
  Future *future; /* [gc] NULL: it has ended */
} FutureIter;

#define NATIVE_DEF "vm/modules/asyncio/future_iter.def"
#define NATIVE_PREFIX future_iter_
#define NATIVE_SELF FutureIter *
#include "vm/contracts/native_class.inc"

Value future_iter_new(VM *vm, Future *future) {
  FutureIter *iter = heap_new(vm, SHAPE_OF(asyncio_FutureIter), sizeof *iter);
  iter->future = future;
  return value_from(iter);
}

/* The step: as a generator's, VALUE_STOP with the result in vm->stop_value. */
static Value step(VM *vm, Value self) {
  FutureIter *iter = value_object(self);
  Future *future = iter->future;
  if (!future) {
    vm->stop_value = VALUE_NONE;
    return VALUE_STOP;
  }
  if (future->state == FUTURE_PENDING) {
    if (future->blocking)
      return raise_error(vm, TYPE_OF(RuntimeError), "await wasn't used with future");
    future->blocking = true;
    return value_from(future);
  }
  iter->future = NULL;
  Value result = future_result(vm, future);
  if (value_is_fail(result)) return result;
  vm->stop_value = result;
  return VALUE_STOP;
}

static Value future_iter_op_iter(VM *vm, FutureIter *self, const future_iter_op_iter_args *a) {
  return value_from(self);
}
static Value future_iter_op_next(VM *vm, FutureIter *self, const future_iter_op_next_args *a) {
  return generator_raise_stop(vm, step(vm, value_from(self)));
}
static Value future_iter_send(VM *vm, FutureIter *self, const future_iter_send_args *a) {
  return generator_raise_stop(vm, step(vm, value_from(self)));
}
static bool is_exception_class(Value v) {
  return value_is_type(v) && type_has(value_object(v), TYPE_EXCEPTION_SUBCLASS);
}
static Value future_iter_throw_(VM *vm, FutureIter *self, const future_iter_throw__args *a) {
  bool has_traceback = a->tb != VALUE_MISSING && a->tb != VALUE_NONE;
  if (has_traceback && !value_is(a->tb, traceback))
    return raise_type(vm, "throw() third argument must be a traceback");
  if (!is_exception_class(a->type) && !value_has_flag(a->type, TYPE_EXCEPTION_SUBCLASS))
    return raise_type(vm, "exceptions must be classes deriving BaseException or instances of such "
                          "a class");
  Value exception = throw_exception(vm, a->type, a->val, a->tb);
  if (value_is_fail(exception)) return exception;
  self->future = NULL;
  return raise_object(vm, exception);
}
static Value future_iter_close_(VM *vm, FutureIter *self, const future_iter_close__args *a) {
  self->future = NULL;
  return VALUE_NONE;
}
static void trace(Marker *marker, Object *self) {
  mark_object(marker, ((FutureIter *)self)->future);
}

const ClassSpec asyncio_FutureIter_class = {
    NATIVE_CLASS(future_iter_),
    .basic_size = sizeof(FutureIter),
    .trace = trace,
    .next = step,
};

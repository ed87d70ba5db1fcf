/* anext_awaitable.c -- anext(iterator, default): awaits the next item, gives the default when there
** is none. */
#include "vm/contracts/protocol.h"
#include "vm/interp/generator.h"

typedef struct AnextAwaitable {
  Object h;
  Value wrapped, otherwise;
} AnextAwaitable;

Value anext_awaitable_new(VM *vm, Value awaitable, Value otherwise) {
  AnextAwaitable *self = heap_new(vm, SHAPE_OF(anext_awaitable), sizeof *self);
  self->wrapped = awaitable;
  self->otherwise = otherwise;
  return value_from(self);
}

#define NATIVE_DEF "vm/interp/anext_awaitable.def"
#define NATIVE_PREFIX anext_
#define NATIVE_SELF AnextAwaitable *
#include "vm/contracts/native_class.inc"

static Value iterator_of(VM *vm, AnextAwaitable *self) {
  return get_awaitable(vm, self->wrapped, 0);
}

/* finish: StopAsyncIteration from the wrapped one is the end, with the default as result. */
static Value finish(VM *vm, AnextAwaitable *self, Value v) {
  if (v == VALUE_FAIL && error_clear_if(vm, TYPE_OF(StopAsyncIteration)))
    return raise_stop(vm, self->otherwise);
  return v;
}
static Value forward(VM *vm, AnextAwaitable *self, Str *name, const Value *args, int npos) {
  Value iterator = iterator_of(vm, self);
  return iterator == VALUE_FAIL
             ? VALUE_FAIL
             : finish(vm, self, call_method_values(vm, iterator, name, args, npos, NULL));
}

static Value anext_op_await(VM *vm, AnextAwaitable *self, const anext_op_await_args *a) {
  return value_from(self);
}
static Value anext_send(VM *vm, AnextAwaitable *self, const anext_send_args *a) {
  return forward(vm, self, NAME("send"), &a->value, 1);
}
static Value anext_throw(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return forward(vm, value_object(self), NAME("throw"), args, npos);
}
static Value anext_close(VM *vm, AnextAwaitable *self, const anext_close_args *a) {
  return forward(vm, self, NAME("close"), NULL, 0);
}

static Value next_step(VM *vm, Value self_value) {
  AnextAwaitable *self = value_object(self_value);
  Value iterator = iterator_of(vm, self);
  if (iterator == VALUE_FAIL) return VALUE_FAIL;
  Value v = send_value(vm, iterator, VALUE_NONE);
  if (v == VALUE_STOP) return raise_stop(vm, vm->stop_value);
  return finish(vm, self, v);
}
static void trace_anext(Marker *marker, Object *self) {
  mark_value(marker, ((AnextAwaitable *)self)->wrapped);
  mark_value(marker, ((AnextAwaitable *)self)->otherwise);
}

const ClassSpec anext_awaitable_class = {
    NATIVE_CLASS(anext_),
    .basic_size = sizeof(AnextAwaitable),
    .trace = trace_anext,
    .next = next_step,
};

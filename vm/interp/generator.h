/* generator.h -- generators, coroutines and async generators: frames that own their registers while
** suspended. */
#ifndef KRAIT_GENERATOR_H
#define KRAIT_GENERATOR_H

#include "vm/objects/function.h"

typedef enum GeneratorState {
  GENERATOR_CREATED,
  GENERATOR_SUSPENDED,
  GENERATOR_RUNNING,
  GENERATOR_CLOSED
} GeneratorState;

/* Law: regs[0..register_count) are the registers while generator_has_registers; meaningless
** otherwise. */
typedef struct Generator {
  Object h;
  Function *function;         /* [gc] */
  Str *name, *qualname;       /* [gc] */
  void *pc;                   /* InsnCell to go on at */
  Value *base;                /* [borrowed: value stack] while running */
  Object *frame;              /* [gc] Frame, if one was made */
  ExcState exc;               /* handled exception of its own */
  Value origin;               /* coroutines: cr_origin */
  Value hooks_finalizer;      /* async generators: finalizer hook or NONE */
  uint16_t sent_register;     /* where the value sent in goes */
  uint16_t delegate_register; /* of the iterator it delegates to, 0xffff: none */
  uint8_t state;              /* GeneratorState */
  bool hooks_inited, running_async, closed_async;
  /* RUNNING, but only because close() or throw() went to the delegate: regs are valid */
  bool delegating;
  uint32_t register_count;
  Value regs[];
} Generator;

static inline bool generator_has_registers(const Generator *generator) {
  return generator->state == GENERATOR_CREATED || generator->state == GENERATOR_SUSPENDED ||
         generator->delegating;
}

/* generator_resume: sends `value` in (VALUE_NONE to start). The value yielded; VALUE_STOP when it
** returned: then the return value is in vm->stop_value; VALUE_FAIL. */
MUST_USE MAY_RUN Value generator_resume(VM *vm, Generator *generator, Value value);
/* generator_throw: raises `exception` (instance) at the point of suspension; results as above. */
MUST_USE MAY_RUN Value generator_throw(VM *vm, Generator *generator, Value exception);
/* the iterator it delegates to (gi_yieldfrom), or VALUE_NONE */
Value generator_delegate(const Generator *generator);
/* send_value: iterator.send(value) or next(iterator); results as generator_resume. */
MUST_USE MAY_RUN Value send_value(VM *vm, Value iterator, Value value);
MUST_USE MAY_RUN Value get_awaitable(VM *vm, Value v, int context);
MUST_USE MAY_RUN bool generator_close(VM *vm, Generator *generator);
/* generator_raise_stop: VALUE_STOP becomes StopIteration(vm->stop_value) */
MUST_USE Value generator_raise_stop(VM *vm, Value result);
/* of throw()'s arguments */
MUST_USE MAY_RUN Value throw_exception(VM *vm, Value type, Value value, Value traceback);
void generator_trace(Marker *marker, Object *self);
/* an async generator's asend or athrow object */
MUST_USE MAY_RUN Value async_send(VM *vm, Value awaitable, Value value);
/* from the running frame, at GENERATOR_START */
MUST_USE Value generator_new(VM *vm, Value *base, void *pc);
/* anext_awaitable.c */
MUST_USE Value anext_awaitable_new(VM *vm, Value awaitable, Value otherwise);

#endif

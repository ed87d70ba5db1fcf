/* slow_enter.c -- calls of the loop that need more than a frame in place: binding, translation,
** attention; and callees that are not Python functions. Frames are pushed here, the loop goes on in
** them. */
#include "vm/contracts/type.h"
#include "vm/interp/interp_verify.h"
#include "vm/interp/slow.h"
#include "vm/interp/trace.h"

/* ---- Python functions */
/* The stack limit is lowered: something waits for a safepoint, or calls are watched. */
static NOINLINE ThreadedCode *enter_attentive(VM *vm, Function *function, Value *window, int npos,
                                              Tuple *kwnames) {
  if (!interp_poll(vm)) return NULL;
  ThreadedCode *code = enter_polled(vm, function, window, npos, kwnames);
  return code && trace_state.on ? trace_enter(vm, function, code) : code;
}

/* enter_with_defaults: a translated function of plain parameters, called with too few arguments,
** its defaults are the rest. NULL: it is not. */
static inline ThreadedCode *enter_with_defaults(VM *vm, const Function *function, Value *window,
                                                uint32_t given) {
  ThreadedCode *code = function->threaded;
  const Tuple *defaults = function->defaults;
  if (!defaults || !code || given >= code->fast_argc || code->fast_argc == 0xffff) return NULL;
  /* parameter of the first default */
  uint32_t count = (uint32_t)tuple_length(defaults), first = code->fast_argc - count;
  if (count > code->fast_argc || given < first || window + code->frame_size > vm->stack_limit)
    return NULL;
  if (vm->recursion_left <= 0) return NULL;
  for (uint32_t i = given; i < code->fast_argc; i++) window[i] = defaults->items[i - first];
  for (uint32_t i = code->clear_from; i < code->clear_to; i++) window[i] = VALUE_UNBOUND;
  return code;
}

/* enter_slow: enter_polled, with attention to what waits (poll, limits, tracing). */
static NOINLINE ThreadedCode *enter_slow(VM *vm, Function *function, Value *window, int npos,
                                         Tuple *kwnames) {
  ThreadedCode *quick = kwnames ? NULL : enter_with_defaults(vm, function, window, (uint32_t)npos);
  if (quick) return quick;
  window_fill(window, (uint32_t)npos + (kwnames ? (uint32_t)tuple_length(kwnames) : 0));
  bool attentive = UNLIKELY(vm->stack_limit != vm->stack_end);
  ThreadedCode *code =
      (attentive ? enter_attentive : enter_polled)(vm, function, window, npos, kwnames);
  if (UNLIKELY(!code)) window_clear(window);
  return code;
}

ThreadedCode *enter_polled(VM *vm, Function *function, Value *window, int npos, Tuple *kwnames) {
  ThreadedCode *code = function_threaded(vm, function);
  if (UNLIKELY(!code)) return NULL;
  if (UNLIKELY(vm->recursion_left <= 0 || window + code->frame_size > vm->stack_end)) {
    frame_overflow(vm);
    return NULL;
  }
  if (!frame_bind(vm, function, code, window, npos, kwnames)) return NULL;
  if (UNLIKELY(function->threaded != code)) /* replaced meanwhile */
    frame_header(window)->function = value_from(function_with_code(vm, function, code));
  return code;
}

InsnCell *enter_function(VM *vm, Value *window, uint32_t npos, Tuple *names, uint64_t flags,
                         uint32_t to, InsnCell *back) {
  Function *function = frame_function(window);
  ThreadedCode *code = function->threaded;
  if (LIKELY(!names && code && threaded_can_enter(vm, code, window, npos)))
    for (uint32_t i = code->clear_from; i < code->clear_to; i++) window[i] = VALUE_UNBOUND;
  else if (!(code = enter_slow(vm, function, window, (int)npos, names))) return NULL;
  assert(window_verify(window, code));
  frame_push(vm, window, vm->base, flags, to, back);
  return code->cells;
}

/* ---- whatever is called as one */
static InsnCell *enter_init(VM *vm, Type *type, Value *window, uint32_t argc, Tuple *names,
                            uint32_t to, InsnCell *back) {
  Value self = object_new(vm, type);
  if (value_is_fail(self)) return NULL;
  window_turn(window, argc, type->specials[SPECIAL_init], self);
  frame_header(window)->extra = self;
  uint32_t npos = argc + 1 - (names ? (uint32_t)tuple_length(names) : 0);
  return enter_function(vm, window, npos, names, FRAME_INIT, to, back);
}

static InsnCell *finish(VM *vm, Value result, uint32_t to, InsnCell *back) {
  if (UNLIKELY(result == VALUE_FAIL)) return NULL;
  vm->base[to] = result;
  return back;
}

InsnCell *slow_enter(VM *vm, Value callee, Value *window, uint32_t argc, uint32_t to,
                     InsnCell *back) {
  uint32_t shape = value_is_pointer(callee) ? ((Object *)value_object(callee))->shape : 0;
  switch (shape) {
  case SHAPE_OF(function):
    frame_header(window)->function = callee;
    return enter_function(vm, window, argc, NULL, 0, to, back);
  case SHAPE_OF(method): {
    Method *method = value_object(callee);
    /* the window holds what the instruction reads, no more */
    if (UNLIKELY(!value_is(method->function, function))) break;
    window_turn(window, argc, method->function, method->self);
    return enter_function(vm, window, argc + 1, NULL, 0, to, back);
  }
  case SHAPE_OF(type): {
    Type *type = value_object(callee);
    if (LIKELY(class_is_plain(type))) return enter_init(vm, type, window, argc, NULL, to, back);
    return finish(vm, type_call(vm, callee, window, (int)argc, NULL), to, back);
  }
  default: {
    Type *type = value_type(callee);
    if (type->call || !value_is(type->specials[SPECIAL_call], function)) break;
    /* an instance whose class has a __call__ in Python */
    window_turn(window, argc, type->specials[SPECIAL_call], callee);
    return enter_function(vm, window, argc + 1, NULL, 0, to, back);
  }
  }
  return finish(vm, slow_call(vm, callee, window, (int)argc, NULL), to, back);
}

InsnCell *slow_enter_keywords(VM *vm, Value *window, uint32_t argc, Tuple *names, uint32_t to,
                              InsnCell *back) {
  Value callee = frame_header(window)->function;
  uint32_t npos = argc - (uint32_t)tuple_length(names);
  if (value_is(callee, method) && value_is(((Method *)value_object(callee))->function, function)) {
    Method *method = value_object(callee);
    window_turn(window, argc, method->function, method->self);
    return enter_function(vm, window, npos + 1, names, 0, to, back);
  }
  if (value_is(callee, function)) return enter_function(vm, window, npos, names, 0, to, back);
  if (value_is(callee, type) && class_is_plain(value_object(callee)))
    return enter_init(vm, value_object(callee), window, argc, names, to, back);
  return finish(vm, slow_call(vm, callee, window, (int)npos, names), to, back);
}

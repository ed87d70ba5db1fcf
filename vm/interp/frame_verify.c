/* frame_verify.c -- frames, generators and threaded code, checked against frame.h, generator.h and threaded.h. */
#include "vm/interp/interp_verify.h"

#include "vm/runtime/error.h"

#if KRAIT_CHECKS >= 1
bool result_verify(VM *vm, Value result) {
  LAW((result == VALUE_FAIL) == error_pending(vm));
  LAW(result != VALUE_UNBOUND && result != VALUE_MISSING);
  return true;
}

bool window_verify(const Value *window, const ThreadedCode *code) {
  for (uint32_t i = 0; i < code->clear_from; i++) {
    LAW(window[i] != VALUE_UNBOUND && window[i] != VALUE_MISSING);
    LAW(window[i] != VALUE_FAIL && window[i] != VALUE_STOP);
  }
  for (uint32_t i = code->clear_from; i < code->clear_to; i++) LAW(window[i] == VALUE_UNBOUND);
  return true;
}

static bool flags_verify(uint64_t word) {
  LAW((word & 0xffff0000 & ~(FRAME_ENTRY | FRAME_INIT | FRAME_GENERATOR | FRAME_OBJECT | FRAME_FOR_ITER | FRAME_SEND)) == 0);
  LAW(!(word & FRAME_INIT) || !(word & FRAME_GENERATOR));
  LAW(!(word & (FRAME_FOR_ITER | FRAME_SEND)) || (word & FRAME_GENERATOR));
  LAW(__builtin_popcountll(word & (FRAME_ENTRY | FRAME_FOR_ITER | FRAME_SEND)) <= 1);
  return true;
}

static bool running_generator_verify(const Value *base) {
  LAW(value_is(base[-4], generator) || value_is(base[-4], coroutine) || value_is(base[-4], async_generator));
  const Generator *generator = value_object(base[-4]);
  LAW(generator->state == GENERATOR_RUNNING);
  LAW(generator->base == base);
  LAW(generator->function == frame_function(base));
  return true;
}

bool frame_verify(VM *vm, const Value *base) {
  LAW(base >= vm->stack && base < vm->stack_end);
  LAW(value_is(base[-1], function));
  uint64_t word = base[-2];
  LAW(flags_verify(word));
  LAW((word >> 32) % sizeof(Value) == 0);
  LAW(frame_caller(base) >= vm->stack);
  const Function *function = frame_function(base);
  LAW(function->threaded && function->threaded != &threaded_stub);
  LAW(base + function->threaded->register_count <= vm->stack_end);
  if (word & FRAME_GENERATOR) LAW(running_generator_verify(base));
  if (word & FRAME_INIT) LAW(value_is_pointer(base[-4]));
  if (word & FRAME_OBJECT) {
    const Frame *frame = (const Frame *)(uintptr_t)base[-5];
    LAW(frame->h.shape == SHAPE_OF(frame));
    LAW(frame->base == base);
    LAW(frame->function == function);
  }
  return true;
}

bool frames_verify(VM *vm) {
  const Value *base = vm->base;
  while (base) {
    LAW(frame_verify(vm, base));
    const Value *caller = frame_caller(base);
    LAW(caller <= base);
    base = caller == base ? NULL : caller;
  }
  return true;
}

bool threaded_verify(const ThreadedCode *code) {
  LAW(code->frame_size >= code->register_count);
  LAW(code->suspended_count <= code->register_count);
  LAW(code->clear_from <= code->clear_to && code->clear_to <= code->frame_size); /* parameters by the thousand pass the registers */
  LAW(code->fast_argc == 0xffff || code->fast_argc <= code->frame_size);
  for (uint32_t i = 0; i < code->insn_count; i++) {
    LAW(code->starts[i] <= code->cell_count);
    if (i) LAW(code->starts[i - 1] <= code->starts[i] && code->offsets[i - 1] < code->offsets[i]);
  }
  for (uint32_t i = 0; i < code->range_count; i++) {
    const ThreadedRange *range = &code->ranges[i];
    LAW(range->start <= range->end && range->end <= code->cell_count);
    LAW(range->target < code->cell_count && range->reg < code->register_count);
    if (i) LAW(range[-1].end <= range->start); /* find_handler searches by halves */
  }
  return true;
}

static bool saved_registers_verify(const Generator *generator, const ThreadedCode *code) {
  LAW(generator->register_count <= code->register_count);
  LAW(generator->sent_register == 0xffff || generator->sent_register < code->register_count);
  LAW(generator->delegate_register == 0xffff || generator->delegate_register < generator->register_count);
  const ThreadedCode *in = threaded_of(code, generator->pc);
  LAW((InsnCell *)generator->pc > in->cells && (InsnCell *)generator->pc < in->cells + in->cell_count);
  return true;
}

bool generator_verify(const Generator *generator) {
  LAW(generator->state <= GENERATOR_CLOSED);
  LAW(!generator->delegating || generator->state == GENERATOR_RUNNING);
  LAW(generator->state != GENERATOR_RUNNING || generator->delegating || generator->base != NULL);
  LAW(generator->exc.handled == VALUE_NONE || value_has_flag(generator->exc.handled, TYPE_EXCEPTION_SUBCLASS));
  const ThreadedCode *code = generator->function->threaded;
  LAW(code && code != &threaded_stub);
  if (generator_has_registers(generator)) LAW(saved_registers_verify(generator, code));
  return true;
}
#endif

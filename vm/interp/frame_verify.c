/* frame_verify.c -- frames, generators and threaded code, checked against frame.h, generator.h and
** threaded.h. */
#include "vm/interp/counted.h"
#include "vm/interp/interp_verify.h"

#include "vm/contracts/error.h"

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
  for (uint32_t i = code->clear_from; i < code->clear_to; i++)
    LAW(window[i] == VALUE_UNBOUND || (i == 0 && code->code->fn.flags & FUNCTION_NAMESPACE));
  return true;
}

static bool flags_verify(uint64_t link) {
  LAW((link & FRAME_FLAGS & ~(FRAME_EXACT | FRAME_INIT | FRAME_GENERATOR | FRAME_OBJECT)) == 0);
  LAW(!(link & FRAME_INIT) || !(link & FRAME_GENERATOR));
  LAW(!(link & (FRAME_FOR_ITER | FRAME_SEND)) || (link & FRAME_GENERATOR));
  LAW(__builtin_popcountll(link & FRAME_EXACT) <= 1);
  return true;
}

static bool running_generator_verify(const Value *base) {
  Value v = frame_header(base)->extra;
  LAW(value_is(v, generator) || value_is(v, coroutine) || value_is(v, async_generator));
  const Generator *generator = frame_generator(base);
  LAW(generator->state == GENERATOR_RUNNING);
  LAW(generator->base == base);
  LAW(generator->function == frame_function(base));
  return true;
}

bool frame_verify(VM *vm, const Value *base) {
  LAW(base >= vm->stack && base < vm->stack_end);
  const FrameHeader *header = frame_header(base);
  LAW(value_is(header->function, function));
  LAW(flags_verify(header->link));
  LAW((uintptr_t)link_caller(base, header->link) % sizeof(Value) == 0);
  LAW(link_caller(base, header->link) >= vm->stack);
  const Function *function = frame_function(base);
  LAW(function->threaded && function->threaded != &threaded_stub);
  LAW(base + function->threaded->register_count <= vm->stack_end);
  if (frame_has(base, FRAME_GENERATOR)) LAW(running_generator_verify(base));
  if (frame_has(base, FRAME_INIT)) LAW(value_is_pointer(header->extra));
  const Frame *frame = frame_known(base);
  if (frame) {
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
    base = frame_below(base);
  }
  return true;
}

/* Each block's TALLY stands before its first instruction (of a late one behind it), and is its
** own. */
static bool tallies_verify(const ThreadedCode *code) {
  for (uint32_t i = 0; i < code->block_count && !code->instrumented; i++) {
    uint32_t insn = code->blocks[i].first + code->blocks[i].late;
    LAW(insn < code->insn_count && (!i || code->blocks[i - 1].first < code->blocks[i].first));
    LAW(insn_is(&code->cells[code->starts[insn]], T_TALLY));
    LAW(tally_counter(&code->cells[code->starts[insn]]) == &code->counters[i]);
  }
  return true;
}

bool threaded_verify(const ThreadedCode *code) {
  LAW(!code->counters || tallies_verify(code));
  LAW(code->frame_size >= code->register_count);
  LAW(code->suspended_count <= code->register_count);
  /* parameters by the thousand pass the registers */
  LAW(code->clear_from <= code->clear_to && code->clear_to <= code->frame_size);
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
  LAW(generator->delegate_register == 0xffff ||
      generator->delegate_register < generator->register_count);
  const ThreadedCode *in = threaded_of(code, generator->pc);
  LAW((InsnCell *)generator->pc > in->cells &&
      (InsnCell *)generator->pc < in->cells + in->cell_count);
  return true;
}

bool generator_verify(const Generator *generator) {
  LAW(generator->state <= GENERATOR_CLOSED);
  LAW(!generator->delegating || generator->state == GENERATOR_RUNNING);
  LAW(generator->state != GENERATOR_RUNNING || generator->delegating || generator->base != NULL);
  LAW(generator->exc.handled == VALUE_NONE ||
      value_has_flag(generator->exc.handled, TYPE_EXCEPTION_SUBCLASS));
  const ThreadedCode *code = generator->function->threaded;
  LAW(code && code != &threaded_stub);
  if (generator_has_registers(generator)) LAW(saved_registers_verify(generator, code));
  return true;
}
#endif

/* instrument.c -- see instrument.h. */
#include "vm/interp/instrument.h"
#include "vm/base/memory.h"

#include <stdlib.h>

#include "vm/contracts/error.h"

ThreadedCode *instrumented_code(VM *vm, ThreadedCode *plain) {
  if (LIKELY(plain->twin != NULL)) return plain->twin;
  ThreadedCode *twin = threaded_translate(vm, plain->code, plain->globals, true);
  if (!twin) return NULL;
  twin->counters = plain->counters;
  twin->blocks = plain->blocks;
  twin->block_count = plain->block_count;
  return plain->twin = twin;
}

uint32_t code_place(const ThreadedCode *code, const InsnCell *pc) {
  uint32_t i = threaded_insn(code, pc);
  while (i > 0 && code->starts[i - 1] == code->starts[i]) i--;
  return i;
}

/* whether instruction i has cells */
static bool has_cells(const ThreadedCode *code, uint32_t i) {
  return i + 1 >= code->insn_count || code->starts[i] != code->starts[i + 1];
}

void redirect_code(VM *vm, ThreadedCode *plain) {
  if (plain->redirected) return;
  if (!instrumented_code(vm, plain)) {
    error_clear(vm);
    return;
  }
  plain->redirected = memory_take(sizeof(uint16_t) * (plain->insn_count + 1));
  if (!plain->redirected) return;
  for (uint32_t i = 0; i < plain->insn_count; i++) {
    if (!has_cells(plain, i)) continue;
    InsnCell *cell = code_cell(plain, i);
    plain->redirected[i] = cell->op;
    quicken(cell, T_TRACE_SWITCH);
  }
}

void restore_code(ThreadedCode *plain) {
  if (!plain->redirected) return;
  for (uint32_t i = 0; i < plain->insn_count; i++) {
    InsnCell *cell = code_cell(plain, i);
    if (has_cells(plain, i) && cell->op == threaded_handler(T_TRACE_SWITCH))
      cell->op = plain->redirected[i];
  }
  free(plain->redirected);
  plain->redirected = NULL;
}

/* instrument.h -- the instrumented twin of a translation: code that somebody watches.
**
** Plain code has no trace of tracing in it. Who wants to be told of lines, calls or opcodes has a
** function translated a second time, with a TraceCell before every instruction and nothing fused;
** the twin belongs to the plain code and has its own inline caches. Both hold the same instructions
** in the same order, so a place in one is a place in the other.
**
** Law: Function.threaded is always the plain code; which of the two a frame runs, its pc says
** (threaded_of). A frame moves to the twin when it is entered, or, while running, through
** redirected code: every instruction of the plain code is TRACE_SWITCH. Quickening may overwrite
** one of those, which then runs as plain code once more; restoring leaves it as it is. */
#ifndef KRAIT_INSTRUMENT_H
#define KRAIT_INSTRUMENT_H

#include "vm/interp/threaded.h"

/* instrumented_code: the twin, made if needed. NULL: exception pending. */
MUST_USE ThreadedCode *instrumented_code(VM *vm, ThreadedCode *plain);
/* code_place: the number of the instruction that starts at `pc`, the first of several that take no
** cells. */
uint32_t code_place(const ThreadedCode *code, const InsnCell *pc);
static inline InsnCell *code_cell(ThreadedCode *code, uint32_t insn) {
  return &code->cells[code->starts[insn]];
}
/* redirect_code: frames that run the plain code go on in the twin at their next instruction.
** Without memory they do not. */
void redirect_code(VM *vm, ThreadedCode *plain);
void restore_code(ThreadedCode *plain);

#endif

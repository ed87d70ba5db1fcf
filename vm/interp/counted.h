/* counted.h -- code that counts how often its basic blocks run, for exact profiles (perf-note
** 0082).
**
** While count_hook is set, translations have a TALLY cell before the first instruction of each
** block, which increments that block's counter; jumps lead to it, and nothing is fused over it. How
** often an instruction has run is its block's counter, less the exceptions that left the block
** before it (CountHook.left). Numbers are those of the image's instructions: neither jumps to jumps
** nor NOPs are left out, so they are the same in every build.
**
** Law: an instruction where a frame can be entered, gone on with, or jumped to begins a block: the
** first one, targets of jumps and of handlers, and what is behind an instruction that jumps, ends
** or suspends. Who traces (instrument.h) counts the same, in trace_instruction. */
#ifndef KRAIT_COUNTED_H
#define KRAIT_COUNTED_H

#include "vm/interp/threaded.h"

/* Where a block goes on: behind its last instruction, at `target`, or both. */
typedef struct CodeBlock {
  uint32_t first;     /* number of the block's first instruction */
  uint32_t target;    /* BLOCK_NOWHERE: its last instruction has no jump */
  bool falls_through; /* into the next block */
  /* the counter is behind the first instruction, which is an UNPACK of the pair that the FOR_ITER
  ** before it made: the two are run as one. What raises there is not counted. */
  bool late;
} CodeBlock;
#define BLOCK_NOWHERE UINT32_MAX

typedef struct CountHook {
  /* counters: for so many blocks, all zero, in the low 48 bits of the address space. They stay for
  ** good. NULL: the translation will not count. */
  uint64_t *(*counters)(VM *vm, uint32_t count);
  /* left: an exception leaves the instruction. code: the plain translation */
  void (*left)(VM *vm, const ThreadedCode *code, uint32_t insn);
} CountHook;
extern const CountHook *count_hook; /* NULL: nothing is counted. Set before any code has run */

/* code_blocks: the blocks of a function in order of their first instruction; *count of them. NULL:
** no memory. [owned by the caller: free] Cost: O(instructions) */
CodeBlock *code_blocks(const Code *code, uint32_t *count);
/* count_traced: instruction `insn` of an instrumented translation is about to run. */
void count_traced(const ThreadedCode *code, uint32_t insn);

/* The cell before the first instruction of a block: the counter's address above the handler. */
typedef struct TallyCell {
  alignas(InsnCell) uint64_t word;
} TallyCell;
static_assert(sizeof(TallyCell) == sizeof(InsnCell), "a cell");
static inline uint64_t *tally_counter(const InsnCell *cell) {
  return (uint64_t *)(uintptr_t)(((const TallyCell *)(const void *)cell)->word >> 16);
}
/* code_insn: where instruction i itself begins, behind its TALLY. */
static inline InsnCell *code_insn(const ThreadedCode *code, uint32_t i) {
  InsnCell *cell = (InsnCell *)(uintptr_t)&code->cells[code->starts[i]];
  return UNLIKELY(code->counters != NULL) && insn_is(cell, T_TALLY) ? cell + 1 : cell;
}

#endif

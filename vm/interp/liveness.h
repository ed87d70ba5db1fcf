/* liveness.h -- how much of a generator's frame is alive while it is suspended. */
#ifndef KRAIT_LIVENESS_H
#define KRAIT_LIVENESS_H

#include "vm/objects/code.h"

/* suspended_registers: registers from here on hold nothing that is read after any YIELD of the function. At least the
** named locals. register_count when memory for the analysis is short. */
uint32_t suspended_registers(Code *code);

/* Which registers are alive before each instruction. */
typedef struct Liveness {
  uint64_t *rows;           /* [owned by the caller: free] one bit a register */
  uint32_t words, insn_count;
} Liveness;
bool liveness_of(Code *code, Liveness *out); /* false: no memory */
static inline bool liveness_has(const Liveness *l, uint32_t insn, uint32_t reg) {
  return l->rows[(size_t)insn * l->words + reg / 64] >> (reg % 64) & 1;
}

/* frames_forget_dead: zeroes the registers of all running frames that nothing will read any more, so that an explicit
** gc.collect() is not misled by stale temporaries. Named variables stay. Cost: the analysis of every running function. */
void frames_forget_dead(VM *vm);

#endif

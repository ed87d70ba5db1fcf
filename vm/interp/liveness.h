/* liveness.h -- which temporaries of a function are alive where.
**
** A register is a variable's or a temporary. Variables (and the namespace in R[0]) keep their
** objects until they are rebound, as in CPython: they always count as alive. Temporaries are alive
** while something will read them. */
#ifndef KRAIT_LIVENESS_H
#define KRAIT_LIVENESS_H

#include "vm/objects/code.h"

/* suspended_registers: registers from here on hold nothing that is read after any YIELD of the
** function. At least the named locals. register_count when memory for the analysis is short. */
uint32_t suspended_registers(Code *code);

/* Which temporaries are alive before each instruction. */
typedef struct Liveness {
  uint64_t *rows;                    /* [owned by the caller: free] one bit a temporary */
  uint32_t words, insn_count, first; /* first: register of the first temporary */
} Liveness;
bool liveness_of(Code *code, Liveness *out); /* false: no memory */
static inline bool liveness_has(const Liveness *l, uint32_t insn, uint32_t reg) {
  uint32_t bit = reg - l->first;
  return l->rows[(size_t)insn * l->words + bit / 64] >> (bit % 64) & 1;
}

/* Which temporaries each instruction leaves alone although something will read them: those that are
** alive behind it and are not its result, and those that its handler reads. While C works on the
** instruction its operands are alive as well. */
typedef struct LiveTable {
  uint32_t first, count; /* temporaries: registers [first, first + count) */
  uint32_t stride;       /* bytes of a row */
  uint8_t rows[];        /* one row an instruction, one bit a temporary */
} LiveTable;

/* code_live_table: made when first asked for, owned by the code object. NULL: no memory; then all
** registers count as alive. Cost: the first time a few passes over the function's instructions. */
const LiveTable *code_live_table(Code *code);
static inline const uint8_t *live_row(const LiveTable *table, uint32_t insn) {
  return table->rows + (size_t)insn * table->stride;
}
/* code_first_temporary: registers below it always count as alive. */
static inline uint32_t code_first_temporary(const Code *code) {
  uint32_t named = code_named_registers(code);
  return named == 0 && (code->fn.flags & FUNCTION_NAMESPACE) ? 1 : named;
}

/* insn_operands: calls visit for each register that the instruction reads. */
void insn_operands(const ImageFunction *fn, const Insn *insn,
                   void (*visit)(void *data, uint32_t reg), void *data);

#endif

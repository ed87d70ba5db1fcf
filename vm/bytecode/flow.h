/* flow.h -- a function's instructions decoded, for whoever follows the flow through them: kinds.c,
** interp/liveness.c, interp/jump.c.
**
** Law: offsets[i] is where instruction i begins, offsets[count] the end of the code;
** index_at[offsets[i]] == i. An instruction is followed by the next one unless it ends
** (flow_falls_through), by the target of its jump (flow_target), and by the handler of its
** exception range (image.h: function_range). */
#ifndef KRAIT_FLOW_H
#define KRAIT_FLOW_H

#include "vm/bytecode/image.h"

typedef struct FlowCode {
  const ImageFunction *f;
  uint32_t count;
  Insn *insns;
  uint32_t *offsets;  /* [count + 1] */
  uint32_t *index_at; /* [code_size + 1], meaningful at offsets */
} FlowCode;           /* [owned] all arrays: flow_release */

/* flow_decode: false: no memory; flow_release either way. f: its code was verified. */
MUST_USE bool flow_decode(FlowCode *flow, const ImageFunction *f);
void flow_release(FlowCode *flow);

/* flow_target: the instruction that i jumps to, or -1. */
static inline int64_t flow_target(const FlowCode *flow, uint32_t i) {
  int jump = op_info[flow->insns[i].op].jump;
  return jump < 0 ? -1 : (int64_t)flow->index_at[flow->insns[i].operand[jump]];
}
static inline bool flow_falls_through(const Insn *insn) {
  return !(op_info[insn->op].flags & OP_ENDS);
}

#endif

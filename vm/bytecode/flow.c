/* flow.c -- see flow.h. */
#include "vm/bytecode/flow.h"

#include <stdlib.h>

#include "vm/base/memory.h"

static uint32_t count_insns(const ImageFunction *f) {
  uint32_t count = 0;
  Insn insn;
  for (const uint8_t *at = f->code; at < f->code + f->code_size; count++) at = op_decode(at, &insn);
  return count;
}

bool flow_decode(FlowCode *flow, const ImageFunction *f) {
  *flow = (FlowCode){.f = f, .count = count_insns(f)};
  flow->insns = memory_take(sizeof(Insn) * (flow->count + 1));
  flow->offsets = memory_take(sizeof(uint32_t) * (flow->count + 1));
  flow->index_at = memory_take(sizeof(uint32_t) * (f->code_size + 1));
  if (!flow->insns || !flow->offsets || !flow->index_at) return false;
  const uint8_t *at = f->code;
  for (uint32_t i = 0; i < flow->count; i++) {
    flow->offsets[i] = (uint32_t)(at - f->code);
    flow->index_at[flow->offsets[i]] = i;
    at = op_decode(at, &flow->insns[i]);
  }
  flow->offsets[flow->count] = f->code_size;
  flow->index_at[f->code_size] = flow->count;
  return true;
}

void flow_release(FlowCode *flow) {
  free(flow->insns), free(flow->offsets), free(flow->index_at);
  flow->insns = NULL, flow->offsets = flow->index_at = NULL;
}

/* flow.c -- see flow.h. */
#include "vm/bytecode/flow.h"

#include <stdlib.h>

#include "vm/base/memory.h"

/* make_room: for `room` instructions. */
static bool make_room(FlowCode *flow, uint32_t room) {
  Insn *insns = memory_resize_array(flow->insns, room, sizeof(Insn));
  if (insns) flow->insns = insns;
  uint32_t *offsets = memory_resize_array(flow->offsets, (size_t)room + 1, sizeof(uint32_t));
  if (offsets) flow->offsets = offsets;
  return insns && offsets;
}

bool flow_decode(FlowCode *flow, const ImageFunction *f) {
  *flow = (FlowCode){.f = f};
  uint32_t room = f->code_size / 3 + 16; /* most take three bytes or more */
  flow->index_at = memory_take(sizeof(uint32_t) * (f->code_size + 1));
  if (!flow->index_at || !make_room(flow, room)) return false;
  for (const uint8_t *at = f->code; at < f->code + f->code_size; flow->count++) {
    if (flow->count == room && !make_room(flow, room = f->code_size)) return false;
    uint32_t offset = flow->offsets[flow->count] = (uint32_t)(at - f->code);
    flow->index_at[offset] = flow->count;
    at = op_decode(at, &flow->insns[flow->count]);
  }
  flow->offsets[flow->count] = f->code_size;
  flow->index_at[f->code_size] = flow->count;
  return true;
}

void flow_release(FlowCode *flow) {
  free(flow->insns), free(flow->offsets), free(flow->index_at);
  flow->insns = NULL, flow->offsets = flow->index_at = NULL;
}

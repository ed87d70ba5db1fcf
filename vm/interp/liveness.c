/* liveness.c -- see liveness.h. Backward data flow over the instructions, one bit a temporary, to the fixed point.
** A generator copies its registers at every suspension: call windows, most of the frame, are dead there. perf-note 0007.
** A collection asks for the functions that run: perf-note 0045. */
#include "vm/base/memory.h"
#include "vm/interp/liveness.h"

#include <stdlib.h>

#include "vm/interp/frame.h"

enum { ANALYSIS_BYTES_MAX = 256 << 20 }; /* beyond it a function is taken as one whose registers are all alive */

typedef struct Flow {
  const Code *code;
  const ImageFunction *fn;
  uint32_t first;             /* register of bit 0; variables below it are not looked at */
  uint32_t insn_count, words; /* words of 64 registers */
  Insn *insns;                /* [owned] */
  uint32_t *offsets;          /* [owned] byte offset of each instruction */
  uint32_t *index_at;         /* [owned] instruction at each byte offset */
  uint64_t *live;             /* [owned] registers alive before each instruction */
  uint64_t *bits;             /* [owned] the row at work */
} Flow;

static uint64_t *row(Flow *flow, uint32_t insn) { return flow->live + (size_t)insn * flow->words; }

static void set_register(void *data, uint32_t reg) {
  Flow *flow = data;
  if (reg >= flow->first) flow->bits[(reg - flow->first) / 64] |= UINT64_C(1) << ((reg - flow->first) % 64);
}
static void clear_register(Flow *flow, uint32_t reg) {
  if (reg >= flow->first) flow->bits[(reg - flow->first) / 64] &= ~(UINT64_C(1) << ((reg - flow->first) % 64));
}
static bool has_register(const Flow *flow, uint32_t reg) {
  return reg >= flow->first && (flow->bits[(reg - flow->first) / 64] >> ((reg - flow->first) % 64) & 1);
}

static void merge(Flow *flow, uint32_t insn) {
  if (insn >= flow->insn_count) return;
  const uint64_t *from = row(flow, insn);
  for (uint32_t w = 0; w < flow->words; w++) flow->bits[w] |= from[w];
}

static uint32_t base_reads(const Code *code, const Insn *insn) {
  int reads, writes;
  op_base_extent(insn, &reads, &writes);
  if (insn->op == OP_BUILD_CONST_DICT) return (uint32_t)tuple_length(value_object(code->constants->items[insn->operand[2]]));
  return (uint32_t)reads;
}

void insn_operands(const Code *code, const Insn *insn, void (*visit)(void *data, uint32_t reg), void *data) {
  const OpInfo *info = &op_info[insn->op];
  for (int i = 0; i < info->operand_count; i++) {
    uint32_t reg = (uint32_t)insn->operand[i];
    if (info->kinds[i] == OPERAND_IN) visit(data, reg);
    else if (info->kinds[i] == OPERAND_BASE)
      for (uint32_t k = 0, n = base_reads(code, insn); k < n; k++) visit(data, reg + k);
  }
}

static void clear_results(Flow *flow, const Insn *insn) {
  const OpInfo *info = &op_info[insn->op];
  int reads, writes;
  op_base_extent(insn, &reads, &writes);
  for (int i = 0; i < info->operand_count; i++) {
    if (info->kinds[i] == OPERAND_OUT) clear_register(flow, (uint32_t)insn->operand[i]);
    if (info->kinds[i] == OPERAND_BASE)
      for (int k = 0; k < writes; k++) clear_register(flow, (uint32_t)(insn->operand[i] + k));
  }
}

/* An exception that the instruction raises finds the registers as they were before it; its own comes into being with the raise. */
static void merge_handler(Flow *flow, uint32_t i) {
  ExceptionRange range;
  if (!function_find_range(flow->fn, flow->offsets[i], &range)) return;
  bool had = has_register(flow, range.reg);
  merge(flow, flow->index_at[range.target]);
  if (!had) clear_register(flow, range.reg);
}

/* across: bits = what instruction i leaves alone (LiveTable). */
static void across(Flow *flow, uint32_t i) {
  const Insn *insn = &flow->insns[i];
  const OpInfo *info = &op_info[insn->op];
  bool exhausts = insn->op == OP_FOR_ITER; /* whose jump leaves R[item] as it was */
  memset(flow->bits, 0, flow->words * sizeof(uint64_t));
  if (!(info->flags & OP_ENDS)) merge(flow, i + 1);
  if (info->jump >= 0 && !exhausts) merge(flow, flow->index_at[insn->operand[(int)info->jump]]);
  clear_results(flow, insn);
  if (exhausts) merge(flow, flow->index_at[insn->operand[(int)info->jump]]);
  merge_handler(flow, i);
}

static void solve(Flow *flow) {
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = flow->insn_count; i-- > 0;) {
      across(flow, i);
      insn_operands(flow->code, &flow->insns[i], set_register, flow);
      uint64_t *before = row(flow, i);
      for (uint32_t w = 0; w < flow->words; w++)
        if (flow->bits[w] & ~before[w]) before[w] |= flow->bits[w], changed = true;
    }
  }
}

static bool decode(Flow *flow) {
  const ImageFunction *fn = flow->fn;
  flow->insns = memory_take(sizeof(Insn) * (fn->code_size + 1));
  flow->offsets = memory_take(sizeof(uint32_t) * (fn->code_size + 1));
  flow->index_at = memory_take(sizeof(uint32_t) * (fn->code_size + 1));
  if (!flow->insns || !flow->offsets || !flow->index_at) return false;
  const uint8_t *at = fn->code;
  while (at < fn->code + fn->code_size) {
    uint32_t offset = (uint32_t)(at - fn->code);
    flow->offsets[flow->insn_count] = offset;
    flow->index_at[offset] = flow->insn_count;
    at = op_decode(at, &flow->insns[flow->insn_count++]);
  }
  flow->index_at[fn->code_size] = flow->insn_count;
  flow->words = (fn->register_count - flow->first) / 64 + 1;
  size_t bytes = (size_t)flow->insn_count * flow->words * sizeof(uint64_t);
  if (bytes > ANALYSIS_BYTES_MAX) return false;
  flow->live = memory_take_zeroed(bytes + 1, 1);
  flow->bits = memory_take_zeroed(flow->words, sizeof(uint64_t));
  return flow->live && flow->bits;
}

static void release(Flow *flow) { free(flow->insns), free(flow->offsets), free(flow->index_at), free(flow->live), free(flow->bits); }

/* analyse: false: no memory. release() either way. */
static bool analyse(Flow *flow, Code *code) {
  *flow = (Flow){.code = code, .fn = &code->fn, .first = code_first_temporary(code)};
  if (!decode(flow)) return false;
  solve(flow);
  return true;
}

bool liveness_of(Code *code, Liveness *out) {
  Flow flow;
  bool ok = analyse(&flow, code);
  if (ok) {
    *out = (Liveness){flow.live, flow.words, flow.insn_count, flow.first};
    flow.live = NULL;
  }
  release(&flow);
  return ok;
}

static LiveTable *table_of(Flow *flow) {
  uint32_t count = flow->fn->register_count - flow->first, stride = (count + 7) / 8;
  LiveTable *table = memory_take(sizeof(LiveTable) + (size_t)stride * flow->insn_count);
  if (!table) return NULL;
  *table = (LiveTable){flow->first, count, stride};
  for (uint32_t i = 0; i < flow->insn_count; i++) {
    across(flow, i);
    for (uint32_t b = 0; b < stride; b++) table->rows[(size_t)i * stride + b] = (uint8_t)(flow->bits[b / 8] >> (b % 8 * 8));
  }
  return table;
}

const LiveTable *code_live_table(Code *code) {
  if (code->live) return code->live;
  Flow flow;
  if (analyse(&flow, code)) code->live = table_of(&flow);
  release(&flow);
  return code->live;
}

/* highest: the register behind the last one that is alive in the row. */
static uint32_t highest(const LiveTable *table, uint32_t insn) {
  const uint8_t *bits = live_row(table, insn);
  for (uint32_t b = table->stride; b-- > 0;)
    if (bits[b]) return table->first + b * 8 + 32 - (uint32_t)__builtin_clz(bits[b]);
  return 0;
}

uint32_t suspended_registers(Code *code) {
  const LiveTable *table = code_live_table(code);
  if (!table) return code->fn.register_count;
  uint32_t limit = table->first, i = 0;
  for (const uint8_t *at = code->fn.code, *end = at + code->fn.code_size; at < end; i++) {
    Insn insn;
    at = op_decode(at, &insn);
    bool yields = insn.op == OP_YIELD || insn.op == OP_YIELD_DELEGATE;
    if (!yields && insn.op != OP_GENERATOR_START) continue;
    uint32_t high = highest(table, i);
    if (high > limit) limit = high;
    if (yields && (uint32_t)insn.operand[0] >= limit) limit = (uint32_t)insn.operand[0] + 1;
    if (insn.op == OP_YIELD_DELEGATE && (uint32_t)insn.operand[2] >= limit) limit = (uint32_t)insn.operand[2] + 1;
  }
  return limit;
}

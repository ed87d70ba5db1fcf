/* liveness.c -- see liveness.h. Backward data flow over the instructions, one bit a register, to the fixed point.
** A generator copies its registers at every suspension: call windows, most of the frame, are dead there. perf-note 0007. */
#include "vm/base/memory.h"
#include "vm/interp/liveness.h"

#include <stdlib.h>

#include "vm/interp/frame.h"

typedef struct Flow {
  const ImageFunction *fn;
  Tuple *constants;
  uint32_t insn_count, words; /* words of 64 registers */
  Insn *insns;                /* [owned] */
  uint32_t *offsets;          /* [owned] byte offset of each instruction */
  uint32_t *index_at;         /* [owned] instruction at each byte offset */
  uint64_t *live;             /* [owned] registers alive before each instruction */
} Flow;

static uint64_t *row(Flow *flow, uint32_t insn) { return flow->live + (size_t)insn * flow->words; }
static void bit_set(uint64_t *bits, uint32_t i) { bits[i / 64] |= UINT64_C(1) << (i % 64); }
static void bit_clear(uint64_t *bits, uint32_t i) { bits[i / 64] &= ~(UINT64_C(1) << (i % 64)); }

static void merge(Flow *flow, uint64_t *into, uint32_t insn) {
  if (insn >= flow->insn_count) return;
  const uint64_t *from = row(flow, insn);
  for (uint32_t w = 0; w < flow->words; w++) into[w] |= from[w];
}

static int base_reads(Flow *flow, const Insn *insn, int *writes) {
  int reads;
  op_base_extent(insn, &reads, writes);
  if (insn->op == OP_BUILD_CONST_DICT) reads = (int)tuple_length(value_object(flow->constants->items[insn->operand[2]]));
  return reads;
}

/* before: registers alive before the instruction, given those after it in `bits`. */
static void transfer(Flow *flow, const Insn *insn, uint64_t *bits) {
  const OpInfo *info = &op_info[insn->op];
  int writes, reads = base_reads(flow, insn, &writes);
  for (int i = 0; i < info->operand_count; i++) {
    if (info->kinds[i] == OPERAND_OUT) bit_clear(bits, (uint32_t)insn->operand[i]);
    if (info->kinds[i] == OPERAND_BASE)
      for (int k = 0; k < writes; k++) bit_clear(bits, (uint32_t)(insn->operand[i] + k));
  }
  for (int i = 0; i < info->operand_count; i++) {
    if (info->kinds[i] == OPERAND_IN) bit_set(bits, (uint32_t)insn->operand[i]);
    if (info->kinds[i] == OPERAND_BASE)
      for (int k = 0; k < reads; k++) bit_set(bits, (uint32_t)(insn->operand[i] + k));
  }
  if (insn->op == OP_MAKE_CELL || insn->op == OP_FOR_ITER || insn->op == OP_DELETE_LOCAL) bit_set(bits, (uint32_t)insn->operand[0]);
  if (flow->fn->flags & FUNCTION_NAMESPACE) bit_set(bits, 0);
}

static void after(Flow *flow, uint32_t i, uint64_t *bits) {
  const Insn *insn = &flow->insns[i];
  const OpInfo *info = &op_info[insn->op];
  memset(bits, 0, flow->words * 8);
  if (!(info->flags & OP_ENDS)) merge(flow, bits, i + 1);
  if (info->jump >= 0) merge(flow, bits, flow->index_at[insn->operand[(int)info->jump]]);
  ExceptionRange range;
  if (!function_find_range(flow->fn, flow->offsets[i], &range)) return;
  bool has = bits[range.reg / 64] >> (range.reg % 64) & 1; /* the exception comes into being with the raise */
  merge(flow, bits, flow->index_at[range.target]);
  if (!has) bit_clear(bits, range.reg);
}

static void solve(Flow *flow) {
  uint64_t bits[REGISTER_MAX / 64 + 1];
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = flow->insn_count; i-- > 0;) {
      after(flow, i, bits);
      transfer(flow, &flow->insns[i], bits);
      uint64_t *before = row(flow, i);
      for (uint32_t w = 0; w < flow->words; w++)
        if (bits[w] & ~before[w]) before[w] |= bits[w], changed = true;
    }
  }
}

static uint32_t highest(const uint64_t *bits, uint32_t words) {
  for (uint32_t w = words; w-- > 0;)
    if (bits[w]) return w * 64 + 64 - (uint32_t)__builtin_clzll(bits[w]);
  return 0;
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
  flow->words = (fn->register_count + 63) / 64 + 1;
  flow->live = memory_take_zeroed((size_t)flow->insn_count * flow->words, 8);
  return flow->live != NULL;
}

static void release(Flow *flow) { free(flow->insns), free(flow->offsets), free(flow->index_at), free(flow->live); }

uint32_t suspended_registers(Code *code) {
  Flow flow = {.fn = &code->fn, .constants = code->constants};
  uint32_t limit = code->fn.register_count;
  if (decode(&flow)) {
    uint64_t bits[REGISTER_MAX / 64 + 2];
    limit = code_named_registers(code);
    solve(&flow);
    for (uint32_t i = 0; i < flow.insn_count; i++) {
      uint8_t op = flow.insns[i].op;
      if (op != OP_YIELD && op != OP_YIELD_DELEGATE && op != OP_GENERATOR_START) continue;
      after(&flow, i, bits);
      bit_set(bits, op == OP_GENERATOR_START ? 0 : (uint32_t)flow.insns[i].operand[0]);
      if (op == OP_YIELD_DELEGATE) bit_set(bits, (uint32_t)flow.insns[i].operand[2]);
      uint32_t high = highest(bits, flow.words);
      if (high > limit) limit = high;
    }
  }
  release(&flow);
  return limit < code->fn.register_count ? limit : code->fn.register_count;
}

bool liveness_of(Code *code, Liveness *out) {
  Flow flow = {.fn = &code->fn, .constants = code->constants};
  bool ok = decode(&flow);
  if (ok) {
    solve(&flow);
    *out = (Liveness){flow.live, flow.words, flow.insn_count};
    flow.live = NULL;
  }
  release(&flow);
  return ok;
}

enum { LEFTOVERS = 640 }; /* more than the collector looks at */

/* forget_dead: the frame executes the instruction at `offset`, whose operands are still in use; registers from `end` on are
** its callee's. */
static void forget_dead(Value *base, Code *code, uint32_t offset, uint32_t end) {
  Flow flow = {.fn = &code->fn, .constants = code->constants};
  uint64_t bits[REGISTER_MAX / 64 + 2];
  if (decode(&flow)) {
    solve(&flow);
    uint32_t i = flow.index_at[offset];
    after(&flow, i, bits);
    transfer(&flow, &flow.insns[i], bits);
    if (op_info[flow.insns[i].op].kinds[0] == OPERAND_OUT) bit_set(bits, (uint32_t)flow.insns[i].operand[0]);
    for (uint32_t r = code_named_registers(code); r < code->fn.register_count && r < end; r++)
      if (!(bits[r / 64] >> (r % 64) & 1)) base[r] = 0;
  }
  release(&flow);
}

/* Behind the newest frame lie leftovers of frames that are gone; the collector looks at the first of them, where a window may be in
** the making (mark.c). None is while gc.collect runs: entry_top stands behind those of callers. */
static void forget_leftovers(VM *vm) {
  Value *from = vm_stack_top(vm);
  if (!vm->entry_top && vm->base) from -= FRAME_SLACK;
  if (!vm->stack || from >= vm->stack_end) return;
  size_t count = (size_t)(vm->stack_end - from);
  memset(from, 0, (count < LEFTOVERS ? count : LEFTOVERS) * sizeof(Value));
}

void frames_forget_dead(VM *vm) {
  forget_leftovers(vm);
  const InsnCell *pc = vm->pc;
  uint32_t end = UINT32_MAX;
  for (Value *base = vm->base; base;) {
    Function *function = frame_function(base);
    if (function->threaded && function->threaded != &threaded_stub)
      forget_dead(base, function->code, threaded_offset(function->threaded, pc), end);
    bool exact = base[-2] & (FRAME_ENTRY | FRAME_FOR_ITER | FRAME_SEND);
    Value *caller = frame_caller(base);
    pc = (const InsnCell *)(uintptr_t)base[-3] - !exact;
    end = exact ? UINT32_MAX : (uint32_t)(base - caller) - FRAME_HEADER;
    base = caller == base ? NULL : caller;
  }
}

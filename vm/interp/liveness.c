/* liveness.c -- see liveness.h. Backward data flow over the instructions, one bit a temporary, to the fixed point.
** A generator copies its registers at every suspension: call windows, most of the frame, are dead there. perf-note 0007.
** A collection asks for the functions that run: perf-note 0045. */
#include "vm/base/memory.h"
#include "vm/interp/liveness.h"

#include <stdlib.h>

#include "vm/bytecode/flow.h"
#include "vm/interp/frame.h"

enum { ANALYSIS_BYTES_MAX = 256 << 20 }; /* beyond it a function is taken as one whose registers are all alive */

typedef struct Lives {
  const ImageFunction *fn;
  FlowCode flow;              /* [owned] */
  uint32_t first;             /* register of bit 0; variables below it are not looked at */
  uint32_t words;             /* of 64 registers */
  uint32_t at;                /* the instruction at work */
  bool goes_back;             /* an instruction leads to an earlier one: a round from the last to the first is not enough */
  uint64_t *live;             /* [owned] registers alive before each instruction */
  uint64_t *bits;             /* [owned] the row at work */
} Lives;

static uint64_t *row(Lives *lives, uint32_t insn) { return lives->live + (size_t)insn * lives->words; }

static void set_register(void *data, uint32_t reg) {
  Lives *lives = data;
  if (reg >= lives->first) lives->bits[(reg - lives->first) / 64] |= UINT64_C(1) << ((reg - lives->first) % 64);
}
static void clear_register(Lives *lives, uint32_t reg) {
  if (reg >= lives->first) lives->bits[(reg - lives->first) / 64] &= ~(UINT64_C(1) << ((reg - lives->first) % 64));
}
static bool has_register(const Lives *lives, uint32_t reg) {
  return reg >= lives->first && (lives->bits[(reg - lives->first) / 64] >> ((reg - lives->first) % 64) & 1);
}

static void merge(Lives *lives, uint32_t insn) {
  if (insn >= lives->flow.count) return;
  if (insn <= lives->at) lives->goes_back = true;
  const uint64_t *from = row(lives, insn);
  for (uint32_t w = 0; w < lives->words; w++) lives->bits[w] |= from[w];
}

void insn_operands(const ImageFunction *fn, const Insn *insn, void (*visit)(void *data, uint32_t reg), void *data) {
  const OpInfo *info = &op_info[insn->op];
  for (int i = 0; i < info->operand_count; i++) {
    uint32_t reg = (uint32_t)insn->operand[i];
    if (info->operands[i].kind == OPERAND_IN) visit(data, reg);
    else if (info->operands[i].kind == OPERAND_BASE)
      for (uint32_t k = 0, n = (uint32_t)op_window(fn, insn).reads; k < n; k++) visit(data, reg + k);
  }
}

static void clear_results(Lives *lives, const Insn *insn) {
  const OpInfo *info = &op_info[insn->op];
  for (int i = 0; i < info->operand_count; i++) {
    uint32_t reg = (uint32_t)insn->operand[i];
    if (info->operands[i].kind == OPERAND_OUT) clear_register(lives, reg);
    else if (info->operands[i].kind == OPERAND_BASE)
      for (uint32_t k = 0, n = (uint32_t)op_window(lives->fn, insn).writes; k < n; k++) clear_register(lives, reg + k);
  }
}

/* An exception that the instruction raises finds the registers as they were before it; its own comes into being with the raise. */
static void merge_handler(Lives *lives, uint32_t i) {
  ExceptionRange range;
  if (!function_find_range(lives->fn, lives->flow.offsets[i], &range)) return;
  bool had = has_register(lives, range.reg);
  merge(lives, lives->flow.index_at[range.target]);
  if (!had) clear_register(lives, range.reg);
}

/* across: bits = what instruction i leaves alone (LiveTable). */
static void across(Lives *lives, uint32_t i) {
  const Insn *insn = &lives->flow.insns[i];
  int64_t target = flow_target(&lives->flow, i);
  bool exhausts = insn->op == OP_FOR_ITER; /* whose jump leaves R[item] as it was */
  lives->at = i;
  memset(lives->bits, 0, lives->words * sizeof(uint64_t));
  if (flow_falls_through(insn)) merge(lives, i + 1);
  if (target >= 0 && !exhausts) merge(lives, (uint32_t)target);
  clear_results(lives, insn);
  if (exhausts) merge(lives, (uint32_t)target);
  merge_handler(lives, i);
}

static void solve(Lives *lives) {
  bool changed;
  do {
    changed = false;
    for (uint32_t i = lives->flow.count; i-- > 0;) {
      across(lives, i);
      insn_operands(lives->fn, &lives->flow.insns[i], set_register, lives);
      uint64_t *before = row(lives, i);
      for (uint32_t w = 0; w < lives->words; w++)
        if (lives->bits[w] & ~before[w]) before[w] |= lives->bits[w], changed = true;
    }
  } while (changed && lives->goes_back);
}

static bool prepare(Lives *lives) {
  if (!flow_decode(&lives->flow, lives->fn)) return false;
  lives->words = (lives->fn->register_count - lives->first) / 64 + 1;
  size_t bytes = (size_t)lives->flow.count * lives->words * sizeof(uint64_t);
  if (bytes > ANALYSIS_BYTES_MAX) return false;
  lives->live = memory_take_zeroed(bytes + 1, 1);
  lives->bits = memory_take_zeroed(lives->words, sizeof(uint64_t));
  return lives->live && lives->bits;
}

static void release(Lives *lives) { flow_release(&lives->flow), free(lives->live), free(lives->bits); }

/* analyse: false: no memory. release() either way. */
static bool analyse(Lives *lives, const Code *code) {
  *lives = (Lives){.fn = &code->fn, .first = code_first_temporary(code)};
  if (!prepare(lives)) return false;
  solve(lives);
  return true;
}

bool liveness_of(Code *code, Liveness *out) {
  Lives lives;
  bool ok = analyse(&lives, code);
  if (ok) {
    *out = (Liveness){lives.live, lives.words, lives.flow.count, lives.first};
    lives.live = NULL;
  }
  release(&lives);
  return ok;
}

static LiveTable *table_of(Lives *lives) {
  uint32_t count = lives->fn->register_count - lives->first, stride = (count + 7) / 8;
  LiveTable *table = memory_take(sizeof(LiveTable) + (size_t)stride * lives->flow.count);
  if (!table) return NULL;
  *table = (LiveTable){lives->first, count, stride};
  for (uint32_t i = 0; i < lives->flow.count; i++) {
    across(lives, i);
    for (uint32_t b = 0; b < stride; b++) table->rows[(size_t)i * stride + b] = (uint8_t)(lives->bits[b / 8] >> (b % 8 * 8));
  }
  return table;
}

const LiveTable *code_live_table(Code *code) {
  if (code->live) return code->live;
  Lives lives;
  if (analyse(&lives, code)) code->live = table_of(&lives);
  release(&lives);
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
    uint32_t behind = highest(table, i);
    if (behind > limit) limit = behind;
    behind = yields ? (uint32_t)OPERANDS(YIELD, &insn)->sent + 1 : 0;
    if (behind > limit) limit = behind;
    behind = insn.op == OP_YIELD_DELEGATE ? (uint32_t)OPERANDS(YIELD_DELEGATE, &insn)->iterator + 1 : 0;
    if (behind > limit) limit = behind;
  }
  return limit;
}

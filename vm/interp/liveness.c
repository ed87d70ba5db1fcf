/* liveness.c -- see liveness.h. Backward data flow over the instructions, one bit a temporary, to
** the fixed point. A generator copies its registers at every suspension: call windows, most of the
** frame, are dead there. perf-note 0007. A collection asks for the functions that run: perf-note
** 0045; rounds over masks: perf-note 0051. */
#include "vm/interp/liveness.h"
#include "vm/base/memory.h"

#include <stdlib.h>

#include "vm/bytecode/flow.h"
#include "vm/interp/frame.h"

/* beyond it a function is taken as one whose registers are all alive */
enum { ANALYSIS_BYTES_MAX = 256 << 20 };

/* What happens at an instruction; flow.count stands for no instruction: nothing is alive before
** that one. */
typedef struct Step {
  uint32_t next, target; /* it continues there with its results written */
  uint32_t exit;         /* and there with nothing written: FOR_ITER, exhausted */
  /* of its exception range, the exception's register, which comes into being with the raise */
  uint32_t handler, caught;
} Step;

/* Rows: words of 64 bits, one bit a temporary, one row an instruction. */
typedef struct Lives {
  const ImageFunction *fn;
  FlowCode flow;  /* [owned] */
  uint32_t first; /* register of bit 0; variables below it are not looked at */
  uint32_t words; /* of a row */
  /* an instruction leads to an earlier one: a round from the last to the first is not enough */
  bool goes_back;
  Step *steps;               /* [owned] */
  uint64_t *live;            /* [owned] rows, and an empty one: alive before the instruction */
  uint64_t *left;            /* [owned] rows: what the instruction leaves alone (LiveTable) */
  uint64_t *reads, *results; /* [owned] rows */
} Lives;

static uint64_t *row(const Lives *lives, uint64_t *rows, uint32_t insn) {
  return rows + (size_t)insn * lives->words;
}

void insn_operands(const ImageFunction *fn, const Insn *insn,
                   void (*visit)(void *data, uint32_t reg), void *data) {
  const OpInfo *info = &op_info[insn->op];
  for (int i = 0; i < info->operand_count; i++) {
    uint32_t reg = (uint32_t)insn->operand[i];
    if (info->operands[i].kind == OPERAND_IN) visit(data, reg);
    else if (info->operands[i].kind == OPERAND_BASE)
      for (uint32_t k = 0, n = (uint32_t)op_window(fn, insn).reads; k < n; k++)
        visit(data, reg + k);
  }
}

static void set_registers(const Lives *lives, uint64_t *bits, uint32_t reg, uint32_t count) {
  for (uint32_t end = reg + count; reg < end; reg++)
    if (reg >= lives->first)
      bits[(reg - lives->first) / 64] |= UINT64_C(1) << ((reg - lives->first) % 64);
}

static void note_operands(Lives *lives, uint32_t i) {
  const Insn *insn = &lives->flow.insns[i];
  const OpInfo *info = &op_info[insn->op];
  uint64_t *reads = row(lives, lives->reads, i), *results = row(lives, lives->results, i);
  for (int k = 0; k < info->operand_count; k++) {
    uint32_t reg = (uint32_t)insn->operand[k];
    switch (info->operands[k].kind) {
    case OPERAND_IN: set_registers(lives, reads, reg, 1); break;
    case OPERAND_OUT: set_registers(lives, results, reg, 1); break;
    case OPERAND_BASE: {
      OpWindow window = op_window(lives->fn, insn);
      set_registers(lives, reads, reg, (uint32_t)window.reads);
      set_registers(lives, results, reg, (uint32_t)window.writes);
      break;
    }
    default: break;
    }
  }
}

static uint32_t leads(Lives *lives, uint32_t from, uint32_t to) {
  if (to <= from) lives->goes_back = true;
  return to;
}

/* note_steps: ranges do not overlap and are sorted, as instructions are. */
static void note_steps(Lives *lives) {
  const ImageFunction *fn = lives->fn;
  const uint32_t none = lives->flow.count;
  ExceptionRange range = {0};
  for (uint32_t i = 0, ranges = 0; i < none; i++) {
    int64_t target = flow_target(&lives->flow, i);
    uint32_t jump = target < 0 ? none : leads(lives, i, (uint32_t)target),
             offset = lives->flow.offsets[i];
    bool exhausts = lives->flow.insns[i].op == OP_FOR_ITER;
    Step *step = &lives->steps[i];
    *step = (Step){flow_falls_through(&lives->flow.insns[i]) ? i + 1 : none, exhausts ? none : jump,
                   exhausts ? jump : none, none, 0};
    while (range.end <= offset && ranges < fn->range_count) range = function_range(fn, ranges++);
    if (range.start <= offset && offset < range.end) {
      step->handler = leads(lives, i, lives->flow.index_at[range.target]);
      step->caught = range.reg;
    }
    note_operands(lives, i);
  }
}

/* across: the rows of instruction i from those of what follows it. Says whether more is alive
** before it than was known. */
static ALWAYS_INLINE bool across(Lives *lives, uint32_t i, uint32_t words) {
  const Step *step = &lives->steps[i];
  const uint64_t *live = lives->live;
  const uint32_t caught = step->caught - lives->first; /* a variable's: beyond all words */
  bool changed = false;
  for (uint32_t w = 0; w < words; w++) {
    size_t at = (size_t)i * words + w;
    uint64_t bits = live[(size_t)step->next * words + w] | live[(size_t)step->target * words + w];
    bits = (bits & ~lives->results[at]) | live[(size_t)step->exit * words + w];
    uint64_t handled = live[(size_t)step->handler * words + w];
    if (handled) bits |= caught / 64 == w ? handled & ~(UINT64_C(1) << (caught % 64)) : handled;
    lives->left[at] = bits;
    bits |= lives->reads[at];
    if (bits & ~live[at]) changed = true;
    lives->live[at] |= bits;
  }
  return changed;
}

/* solve_rows: to the fixed point, which the last round has confirmed for every row. */
static ALWAYS_INLINE void solve_rows(Lives *lives, uint32_t words) {
  bool changed;
  do {
    changed = false;
    for (uint32_t i = lives->flow.count; i-- > 0;) changed |= across(lives, i, words);
  } while (changed && lives->goes_back);
}

static void solve(Lives *lives) {
  if (lives->words == 1) solve_rows(lives, 1);
  else solve_rows(lives, lives->words);
}

static bool prepare(Lives *lives) {
  if (!flow_decode(&lives->flow, lives->fn)) return false;
  lives->words = (lives->fn->register_count - lives->first) / 64 + 1;
  size_t rows = (size_t)lives->flow.count + 1, bytes = lives->words * sizeof(uint64_t);
  if (rows * bytes > ANALYSIS_BYTES_MAX / 4) return false;
  lives->live = memory_take_zeroed(rows, bytes);
  lives->left = memory_take(rows * bytes);
  lives->reads = memory_take_zeroed(rows, bytes);
  lives->results = memory_take_zeroed(rows, bytes);
  lives->steps = memory_take(rows * sizeof(Step));
  return lives->live && lives->left && lives->reads && lives->results && lives->steps;
}

static void release(Lives *lives) {
  flow_release(&lives->flow);
  free(lives->live), free(lives->left), free(lives->reads), free(lives->results),
      free(lives->steps);
}

/* analyse: false: no memory. release() either way. */
static bool analyse(Lives *lives, const Code *code) {
  *lives = (Lives){.fn = &code->fn, .first = code_first_temporary(code)};
  if (!prepare(lives)) return false;
  note_steps(lives);
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
  uint8_t *to = table->rows;
  for (uint32_t i = 0; i < lives->flow.count; i++) {
    const uint64_t *bits = row(lives, lives->left, i);
    for (uint32_t b = 0; b < stride; b++) *to++ = (uint8_t)(bits[b / 8] >> (b % 8 * 8));
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
    behind =
        insn.op == OP_YIELD_DELEGATE ? (uint32_t)OPERANDS(YIELD_DELEGATE, &insn)->iterator + 1 : 0;
    if (behind > limit) limit = behind;
  }
  return limit;
}

/* counted.c -- see counted.h. */
#include "vm/interp/counted.h"
#include "vm/base/memory.h"

#include <stdlib.h>

const CountHook *count_hook;

/* What an instruction is to those before it. */
enum { FIRST = 1, TARGET = 2 };

static bool suspends(int op) {
  return op == OP_YIELD || op == OP_YIELD_DELEGATE || op == OP_GENERATOR_START;
}

/* marks[o]: what the instruction at offset o is. */
static void mark_firsts(const ImageFunction *fn, uint8_t *marks) {
  marks[0] = TARGET;
  for (const uint8_t *at = fn->code, *end = at + fn->code_size; at < end;) {
    Insn insn;
    at = op_decode(at, &insn);
    const OpInfo *info = &op_info[insn.op];
    if (info->jump >= 0) marks[insn.operand[info->jump]] |= TARGET;
    if (info->flags & (OP_JUMPS | OP_ENDS) || suspends(insn.op)) marks[at - fn->code] |= FIRST;
  }
  for (uint32_t i = 0; i < fn->range_count; i++) marks[function_range(fn, i).target] |= TARGET;
}

/* makes_pair: FOR_ITER at `at`, and an UNPACK of two behind it that only this FOR_ITER leads to:
** the peephole makes one of them (FOR_ITER_PAIR). */
static bool makes_pair(const Code *code, const uint8_t *marks, const uint8_t *at) {
  const ImageFunction *fn = &code->fn;
  Insn loop, unpack;
  const uint8_t *behind = op_decode(at, &loop);
  if (loop.op != OP_FOR_ITER || behind >= fn->code + fn->code_size || *behind != OP_UNPACK)
    return false;
  const uint8_t *next = op_decode(behind, &unpack);
  int32_t item = OPERANDS(FOR_ITER, &loop)->item;
  bool fits = OPERANDS(UNPACK, &unpack)->value == item && OPERANDS(UNPACK, &unpack)->count == 2 &&
              (uint32_t)item >= code_named_registers(code);
  return fits && marks[behind - fn->code] == FIRST && next < fn->code + fn->code_size &&
         !marks[next - fn->code];
}

CodeBlock *code_blocks(const Code *code, uint32_t *count) {
  const ImageFunction *fn = &code->fn;
  uint8_t *marks = memory_take_zeroed(fn->code_size + 1, 1);
  uint32_t *numbers = memory_take(sizeof *numbers * (fn->code_size + 1));
  CodeBlock *blocks = NULL;
  uint32_t firsts = 0, insn = 0, n = 0;
  if (marks && numbers) {
    mark_firsts(fn, marks);
    for (const uint8_t *at = fn->code; at < fn->code + fn->code_size; at = op_next(at)) {
      numbers[at - fn->code] = insn++;
      firsts += marks[at - fn->code] != 0;
    }
    blocks = memory_take_zeroed(firsts ? firsts : 1, sizeof *blocks);
  }
  bool pair = false;
  for (const uint8_t *at = fn->code; blocks && at < fn->code + fn->code_size;) {
    uint32_t offset = (uint32_t)(at - fn->code);
    if (marks[offset])
      blocks[n++] = (CodeBlock){.first = numbers[offset], .late = pair, .target = BLOCK_NOWHERE};
    pair = makes_pair(code, marks, at);
    Insn decoded;
    at = op_decode(at, &decoded);
    const OpInfo *info = &op_info[decoded.op];
    blocks[n - 1].falls_through = !(info->flags & OP_ENDS);
    if (info->jump >= 0) blocks[n - 1].target = numbers[decoded.operand[info->jump]];
  }
  free(marks), free(numbers);
  *count = n;
  return blocks;
}

void count_traced(const ThreadedCode *code, uint32_t insn) {
  uint32_t low = 0, high = code->block_count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (code->blocks[middle].first <= insn) low = middle;
    else high = middle;
  }
  if (high && code->blocks[low].first + code->blocks[low].late == insn) code->counters[low]++;
}

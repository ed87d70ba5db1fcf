/* peephole.c -- see peephole.h. */
#include "vm/interp/peephole.h"

/* FOR_ITER t; UNPACK to, t, 2 with a temporary t: the pair need not exist. Temporaries lie behind the named registers, and
** nothing else reads what a for statement with several targets puts there. */
static void fuse_pair(ThreadedCode *code, uint32_t i) {
  InsnCell *loop = &code->cells[code->starts[i]], *unpack = &code->cells[code->starts[i + 1]];
  if (loop->op != threaded_handler(T_FOR_ITER) || unpack->op != threaded_handler(T_UNPACK)) return;
  if (unpack->b != loop->a || unpack->c != 2 || loop->a < code->code->fn.local_count + code->code->fn.cell_count) return;
  quicken(loop, T_FOR_ITER_PAIR);
}

void peephole(ThreadedCode *code) {
  for (uint32_t i = 0; i + 1 < code->insn_count; i++) fuse_pair(code, i);
}

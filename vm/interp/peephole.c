/* peephole.c -- see peephole.h. */
#include "vm/interp/peephole.h"

/* FOR_ITER t; UNPACK to, t, 2 with a temporary t: the pair need not exist (perf-note 0008). Temporaries lie behind the named registers, and
** nothing else reads what a for statement with several targets puts there. */
static void fuse_pair(ThreadedCode *code, uint32_t i) {
  InsnCell *loop = &code->cells[code->starts[i]], *unpack = &code->cells[code->starts[i + 1]];
  if (loop->op != threaded_handler(T_FOR_ITER) || unpack->op != threaded_handler(T_UNPACK)) return;
  if (unpack->b != loop->a || unpack->c != 2 || loop->a < code_named_registers(code->code)) return;
  quicken(loop, T_FOR_ITER_PAIR);
}

/* BUILD_SLICE t; LOAD_INDEX x, object, t, where x is t itself or a variable, or STORE_INDEX object, t, v (perf-note 0036): nothing else reads the
** slice. (An augmented assignment loads into a temporary of its own: it needs the slice again.) */
static void fuse_slice(ThreadedCode *code, uint32_t i) {
  InsnCell *slice = &code->cells[code->starts[i]], *user = &code->cells[code->starts[i + 1]];
  if (slice->op != threaded_handler(T_BUILD_SLICE)) return;
  uint32_t named = code_named_registers(code->code);
  if (user->op == threaded_handler(T_LOAD_INDEX) && user->c == slice->a && user->b != slice->a && (user->a == slice->a || user->a < named))
    quicken(slice, T_BUILD_SLICE_LOAD);
  else if (user->op == threaded_handler(T_STORE_INDEX) && user->b == slice->a && user->a != slice->a && user->c != slice->a)
    quicken(slice, T_BUILD_SLICE_STORE);
}

/* LOOP back to a FOR_ITER: it may take the next step itself. */
static void fuse_loop(ThreadedCode *code, uint32_t i) {
  InsnCell *loop = &code->cells[code->starts[i]];
  if (loop->op != threaded_handler(T_LOOP)) return;
  const InsnCell *head = (const InsnCell *)((const char *)loop + loop->jump);
  if (head->op == threaded_handler(T_FOR_ITER)) quicken(loop, T_LOOP_FOR);
}

void peephole(ThreadedCode *code) {
  for (uint32_t i = 0; i < code->insn_count; i++) {
    fuse_loop(code, i);
    if (i + 1 == code->insn_count) break;
    fuse_pair(code, i);
    fuse_slice(code, i);
  }
}

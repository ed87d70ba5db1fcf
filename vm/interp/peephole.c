/* peephole.c -- see peephole.h. */
#include "vm/interp/peephole.h"

static void *insn_at(ThreadedCode *code, uint32_t i) { return &code->cells[code->starts[i]]; }

/* FOR_ITER t; UNPACK to, t, 2 with a temporary t: the pair need not exist (perf-note 0008).
** Temporaries lie behind the named registers, and nothing else reads what a for statement with
** several targets puts there. */
static void fuse_pair(ThreadedCode *code, uint32_t i) {
  Insn_FOR_ITER *loop = insn_at(code, i);
  const Insn_UNPACK *unpack = insn_at(code, i + 1);
  if (!insn_is(loop, T_FOR_ITER) || !insn_is(unpack, T_UNPACK)) return;
  bool is_temporary = loop->item >= code_named_registers(code->code);
  if (unpack->value != loop->item || unpack->count != 2 || !is_temporary) return;
  quicken(loop, T_FOR_ITER_PAIR);
}

/* BUILD_SLICE t; LOAD_INDEX x, object, t, where x is t itself or a variable, or STORE_INDEX object,
** t, v (perf-note 0036): nothing else reads the slice. (An augmented assignment loads into a
** temporary of its own: it needs the slice again.) */
static void fuse_slice(ThreadedCode *code, uint32_t i) {
  Insn_BUILD_SLICE *slice = insn_at(code, i);
  if (!insn_is(slice, T_BUILD_SLICE)) return;
  const Insn_LOAD_INDEX *load = insn_at(code, i + 1);
  const Insn_STORE_INDEX *store = insn_at(code, i + 1);
  if (insn_is(load, T_LOAD_INDEX)) {
    bool forgets = load->to == slice->to || load->to < code_named_registers(code->code);
    if (load->key == slice->to && load->object != slice->to && forgets)
      quicken(slice, T_BUILD_SLICE_LOAD);
  } else if (insn_is(store, T_STORE_INDEX)) {
    bool once = store->key == slice->to && store->object != slice->to && store->value != slice->to;
    if (once) quicken(slice, T_BUILD_SLICE_STORE);
  }
}

/* LOOP back to a FOR_ITER: it may take the next step itself. */
static void fuse_loop(ThreadedCode *code, uint32_t i) {
  Insn_LOOP *loop = insn_at(code, i);
  if (insn_is(loop, T_LOOP) && insn_is(JUMP_TARGET(loop, target), T_FOR_ITER))
    quicken(loop, T_LOOP_FOR);
}

void peephole(ThreadedCode *code) {
  for (uint32_t i = 0; i < code->insn_count; i++) {
    fuse_loop(code, i);
    if (i + 1 == code->insn_count) break;
    fuse_pair(code, i);
    fuse_slice(code, i);
  }
}

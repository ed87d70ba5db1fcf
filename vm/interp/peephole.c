/* peephole.c -- see peephole.h. */
#include "vm/interp/peephole.h"

#include "vm/interp/counted.h"
#include "vm/interp/instrument.h"

/* An instruction, and what is behind it: where another block begins in counted code, a TALLY, which
** nothing is fused with. */
static void *insn_at(ThreadedCode *code, uint32_t i) { return code_insn(code, i); }
static void *behind(ThreadedCode *code, uint32_t i) { return code_cell(code, i + 1); }

/* FOR_ITER t; UNPACK to, t, 2 with a temporary t: the pair need not exist (perf-note 0008).
** Temporaries lie behind the named registers, and nothing else reads what a for statement with
** several targets puts there. */
static void fuse_pair(ThreadedCode *code, uint32_t i) {
  Insn_FOR_ITER *loop = insn_at(code, i);
  const Insn_UNPACK *unpack = behind(code, i);
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
  const Insn_LOAD_INDEX *load = behind(code, i);
  const Insn_STORE_INDEX *store = behind(code, i);
  if (insn_is(load, T_LOAD_INDEX)) {
    bool forgets = load->to == slice->to || load->to < code_named_registers(code->code);
    if (load->key == slice->to && load->object != slice->to && forgets)
      quicken(slice, T_BUILD_SLICE_LOAD);
  } else if (insn_is(store, T_STORE_INDEX)) {
    bool once = store->key == slice->to && store->object != slice->to && store->value != slice->to;
    if (once) quicken(slice, T_BUILD_SLICE_STORE);
  }
}

/* LOOP back to a FOR_ITER: it may take the next step itself; to the test of a while statement: it
** makes it (perf-note 0080). */
static void fuse_loop(ThreadedCode *code, uint32_t i) {
#define TEST(name) \
  {T_JUMP_IF_NOT_##name, T_LOOP_##name}, { T_JUMP_IF_NOT_##name##_INT, T_LOOP_##name##_INT }
  static const uint16_t fused[][2] = {
    {T_FOR_ITER, T_LOOP_FOR},
    {T_JUMP_IF_FALSE, T_LOOP_TRUE},
    TEST(LT),
    TEST(LE),
    TEST(EQ),
    TEST(NE),
    TEST(GT),
    TEST(GE)
  };
#undef TEST
  Insn_LOOP *loop = insn_at(code, i);
  if (!insn_is(loop, T_LOOP)) return;
  const InsnCell *head = JUMP_TARGET(loop, target);
  for (size_t k = 0; k < ARRAY_COUNT(fused); k++)
    if (insn_is(head, (ThreadedOp)fused[k][0])) quicken(loop, (ThreadedOp)fused[k][1]);
}

/* MOVEs into a call's window (perf-note 0080): each with the next, the last one with the call.
** Those behind are done first, so that the call takes the last one. */
static void fuse_move(ThreadedCode *code, uint32_t i) {
  InsnCell *move = insn_at(code, i);
  if (!insn_is(move, T_MOVE)) return;
  const InsnCell *next = behind(code, i);
  if (insn_is(next, T_MOVE)) quicken(move, T_MOVE_MOVE);
  else if (insn_is(next, T_CALL)) quicken(move, T_MOVE_CALL);
  else if (insn_is(next, T_CALL_METHOD)) quicken(move, T_MOVE_CALL_METHOD);
}

/* Classes are looked up between the clauses of a handler. */
static bool looks_up_classes(const void *insn) {
  return insn_is(insn, T_LOAD_GLOBAL) || insn_is(insn, T_LOAD_NAME) || insn_is(insn, T_LOAD_ATTR) ||
         insn_is(insn, T_LOAD_FREE) || insn_is(insn, T_LOAD_CELL) || insn_is(insn, T_BUILD_TUPLE);
}

/* What a clause without a name begins with. One with a name stores the exception first. */
static bool begins_without_name(const void *insn) {
  return insn_is(insn, T_LEAVE_HANDLER) || looks_up_classes(insn) || insn_is(insn, T_LOAD_INT) ||
         insn_is(insn, T_LOAD_CONST) || insn_is(insn, T_LOAD_NONE) || insn_is(insn, T_LOAD_TRUE) ||
         insn_is(insn, T_LOAD_FALSE) || insn_is(insn, T_LOAD_METHOD);
}

/* ENTER_HANDLER; (classes; JUMP_IF_NOT_MATCH → the next clause)…; LEAVE_HANDLER; RERAISE: what else
** can get at the exception says so (exception_see). */
static bool handler_is_quiet(ThreadedCode *code, const ThreadedRange *range) {
  uint32_t i = threaded_insn(code, &code->cells[range->target]);
  const Insn_ENTER_HANDLER *enter = insn_at(code, i);
  if (!insn_is(enter, T_ENTER_HANDLER) || enter->exception != range->reg) return false;
  for (i++; i + 2 < code->insn_count;) {
    if (looks_up_classes(insn_at(code, i))) {
      i++;
      continue;
    }
    if (insn_is(insn_at(code, i), T_LEAVE_HANDLER)) return insn_is(insn_at(code, i + 1), T_RERAISE);
    const Insn_JUMP_IF_NOT_MATCH *match = insn_at(code, i);
    if (!insn_is(match, T_JUMP_IF_NOT_MATCH) || match->exception != range->reg ||
        !begins_without_name(insn_at(code, i + 1)))
      return false;
    i = threaded_insn(code, JUMP_TARGET(match, target));
  }
  return false;
}

void peephole(ThreadedCode *code) {
  for (uint32_t i = 0; i < code->range_count; i++)
    code->ranges[i].is_quiet = handler_is_quiet(code, &code->ranges[i]);
  for (uint32_t i = code->insn_count; i-- > 0;) {
    fuse_loop(code, i);
    if (i + 1 == code->insn_count || code->starts[i] == code->starts[i + 1]) continue; /* a NOP */
    fuse_pair(code, i);
    fuse_slice(code, i);
    fuse_move(code, i);
  }
}

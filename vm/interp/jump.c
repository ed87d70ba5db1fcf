/* jump.c -- assignments to frame.f_lineno: the frame goes on at another line.
**
** Law: a frame may go from one instruction to another if every temporary that is alive at the
** target holds the same kind of thing at the source: the iterator of a for loop, the exit function
** of a with statement, what was handled around an except clause, or an operand. Locals without a
** value are watched from then on (Frame.unchecked). Messages and choice of the instruction (the
** innermost that fits) as CPython 3.11. */
#include "vm/base/memory.h"
#include "vm/interp/trace.h"

#include <stdlib.h>

#include "vm/bytecode/kinds.h"
#include "vm/contracts/error.h"
#include "vm/interp/instrument.h"
#include "vm/interp/liveness.h"

typedef enum Role {
  ROLE_NONE,
  ROLE_OPERAND,
  ROLE_ITERATOR,
  ROLE_EXIT,
  ROLE_HANDLED,
  ROLE_EXCEPTION
} Role;

typedef struct Jump {
  const ThreadedCode *code; /* instrumented */
  const ImageFunction *fn;
  Liveness live;  /* [owned] */
  uint8_t *roles; /* [owned] of each register before each instruction */
  bool *reached;  /* [owned] by instruction */
  uint32_t first_temp, registers;
} Jump;

static uint8_t *roles_before(const Jump *jump, uint32_t insn) {
  return jump->roles + (size_t)insn * jump->registers;
}
static const uint8_t *insn_bytes(const Jump *jump, uint32_t i) {
  return jump->fn->code + jump->code->offsets[i];
}

static Role role_of(Kinds kinds) {
  switch (kinds) {
  case HOLDS_JUNK: return ROLE_NONE;
  case HOLDS_ITERATOR: return ROLE_ITERATOR;
  case HOLDS_EXIT: return ROLE_EXIT;
  case HOLDS_HANDLED: return ROLE_HANDLED;
  case HOLDS_EXCEPTION: return ROLE_EXCEPTION;
  default: return ROLE_OPERAND;
  }
}

static void note_roles(void *data, uint32_t insn, const Kinds *kinds) {
  const Jump *jump = data;
  jump->reached[insn] = true;
  for (uint32_t r = 0; r < jump->registers; r++)
    roles_before(jump, insn)[r] = (uint8_t)role_of(kinds[r]);
}

static bool analyse(Jump *jump) {
  const ThreadedCode *code = jump->code;
  if (!liveness_of(code->code, &jump->live)) return false;
  jump->roles = memory_take_zeroed(code->insn_count + 1, jump->registers);
  jump->reached = memory_take_zeroed(code->insn_count + 1, sizeof(bool));
  if (!jump->roles || !jump->reached) return false;
  FlowCode flow;
  bool done = flow_decode(&flow, jump->fn) && kinds_visit(&flow, note_roles, jump);
  flow_release(&flow);
  return done;
}

static void release(Jump *jump) { free(jump->live.rows), free(jump->roles), free(jump->reached); }

static bool is_live(const Jump *jump, uint32_t insn, uint32_t r) {
  return liveness_has(&jump->live, insn, r);
}

/* misfit: the highest temporary alive at `to` that `from` does not provide, or -1. */
static int misfit(const Jump *jump, uint32_t from, uint32_t to) {
  const uint8_t *here = roles_before(jump, from), *there = roles_before(jump, to);
  for (uint32_t r = jump->registers; r-- > jump->first_temp;)
    if (is_live(jump, to, r) && there[r] != ROLE_NONE &&
        (!is_live(jump, from, r) || here[r] != there[r]))
      return (int)r;
  return -1;
}

static int depth(const Jump *jump, uint32_t insn) {
  int count = 0;
  for (uint32_t r = jump->first_temp; r < jump->registers; r++) count += is_live(jump, insn, r);
  return count;
}

static const char *why_not(const Jump *jump, uint32_t to, int r) {
  if (!jump->reached[to]) return "can't jump into an exception handler, or code may be unreachable";
  switch (roles_before(jump, to)[r]) {
  case ROLE_ITERATOR: return "can't jump into the body of a for loop";
  case ROLE_HANDLED:
  case ROLE_EXCEPTION: return "can't jump into an 'except' block as there's no exception";
  default: return "incompatible stacks";
  }
}

static bool is_prologue(const Jump *jump, uint32_t insn) {
  int op = *insn_bytes(jump, insn);
  return op == OP_MAKE_CELL || op == OP_NEW_CELL || op == OP_GENERATOR_START;
}

/* starts_line: the first instruction of a run of its line, where one may jump to. */
static bool starts_line(const Jump *jump, uint32_t i) {
  const int32_t *lines = jump->code->lines;
  if (!lines[i] || is_prologue(jump, i)) return false;
  return i == 0 || lines[i - 1] != lines[i] || is_prologue(jump, i - 1);
}

/* line_not_before: the first line with code that does not come before the one asked for; -1:
** none. */
static int line_not_before(const Jump *jump, int64_t line) {
  int best = -1;
  for (uint32_t i = 0; i < jump->code->insn_count; i++) {
    int at = jump->code->lines[i];
    if (starts_line(jump, i) && at >= line && (best < 0 || at < best)) best = at;
  }
  return best;
}

/* find_target: the instruction to go on at, or -1 with the reason in *why. */
static int find_target(const Jump *jump, uint32_t from, int line, const char **why) {
  int best = -1, best_depth = -1;
  bool explained = false;
  for (uint32_t i = 0; i < jump->code->insn_count; i++) {
    if (jump->code->lines[i] != line || !starts_line(jump, i)) continue;
    int r = jump->reached[i] ? misfit(jump, from, i) : 0;
    if (jump->reached[i] && r < 0) {
      int d = depth(jump, i);
      if (d > best_depth) best = (int)i, best_depth = d;
    } else if (!explained) {
      *why = why_not(jump, i, r);
      explained = true;
    }
  }
  return best;
}

/* leave_handlers: except clauses that are not around the target end: what was handled around the
** outermost is handled again. */
static void leave_handlers(VM *vm, const Jump *jump, const Value *base, uint32_t from,
                           uint32_t to) {
  for (uint32_t r = jump->first_temp; r < jump->registers; r++) {
    if (roles_before(jump, from)[r] != ROLE_HANDLED || !is_live(jump, from, r) ||
        is_live(jump, to, r))
      continue;
    vm->exc_state->handled = base[r];
    return;
  }
}

static bool may_jump(VM *vm, const Frame *frame, const Jump *jump, uint32_t from) {
  const char *only = "can only jump from a 'line' trace event";
  switch (trace_state.telling) {
  case TRACE_NOTHING:
  case TRACE_CALL:
    return raise_value(vm, "can't jump from the 'call' trace event of a new frame"), false;
  case TRACE_LINE: break;
  case TRACE_RETURN: {
    if (trace_state.place != frame || *insn_bytes(jump, from) != OP_YIELD)
      return raise_value(vm, "%s", only), false;
    break;
  }
  default: return raise_value(vm, "%s", only), false;
  }
  if (frame->trace == VALUE_NONE || trace_state.place != frame)
    return raise_value(vm, "f_lineno can only be set by a trace function"), false;
  return true;
}

static bool jump_to(VM *vm, Frame *frame, Jump *jump, uint32_t from, int64_t line) {
  if (line < frame->function->code->first_line)
    return raise_value(vm, "line %d comes before the current code block", (int)line), false;
  int found = line_not_before(jump, line);
  if (found < 0)
    return raise_value(vm, "line %d comes after the current code block", (int)line), false;
  if (!analyse(jump)) return raise_memory(vm), false;
  const char *why = "cannot find bytecode for specified line";
  int target = find_target(jump, from, found, &why);
  if (target < 0) return raise_value(vm, "%s", why), false;
  leave_handlers(vm, jump, frame->base, from, (uint32_t)target);
  frame->jump = target;
  frame->unchecked = true;
  return true;
}

bool frame_jump(VM *vm, Frame *frame, Value line) {
  if (line == VALUE_MISSING)
    return raise_error(vm, TYPE_OF(AttributeError), "cannot delete attribute"), false;
  if (!value_is_any_int(line) || value_is_bool(line))
    return raise_value(vm, "lineno must be an integer"), false;
  const ThreadedCode *plain = frame->function->threaded;
  Jump jump = {.code = plain->twin, .fn = &frame->function->code->fn};
  if (!jump.code || !frame->base)
    return may_jump(vm, frame, &jump, 0) &&
           raise_value(vm, "f_lineno can only be set by a trace function") != VALUE_FAIL;
  uint32_t from = frame->jump >= 0 ? (uint32_t)frame->jump
                                   : threaded_insn(jump.code, frame_pc(vm, frame->base));
  if (!may_jump(vm, frame, &jump, from)) return false;
  if (!value_is_int(line)) return raise_value(vm, "lineno out of range"), false;
  int64_t wanted = value_as_int(line);
  if (wanted > INT32_MAX || wanted < INT32_MIN)
    return raise_value(vm, "lineno out of range"), false;
  jump.registers = jump.fn->register_count;
  jump.first_temp = jump.fn->flags & FUNCTION_NAMESPACE
                        ? 1 + jump.fn->cell_count
                        : code_named_registers(frame->function->code);
  while (jump.first_temp < jump.registers) { /* cells without a name lie behind the locals */
    bool cell = false;
    for (uint32_t i = 0; i < jump.fn->cell_count; i++)
      cell |= function_cell_register(jump.fn, i) == jump.first_temp;
    if (!cell) break;
    jump.first_temp++;
  }
  bool done = jump_to(vm, frame, &jump, from, wanted);
  release(&jump);
  return done;
}

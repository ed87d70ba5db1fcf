/* insn_verify.c -- operands of the instruction about to run, against the row in opcodes.def:
** registers are the frame's, and those that are read hold what the row says. Only the switch build
** can tell the operation at once, so only it asks here.
*/
#include "vm/interp/interp_verify.h"

#include "vm/bytecode/opcode.h"
#include "vm/contracts/error.h"
#include "vm/memory/heap.h"
#include "vm/objects/tuple.h"

#if KRAIT_CHECKS >= 1
/* The kinds that v is of: those that an instruction may rely on and that can be told. */
static Kinds kinds_of(Value v) {
  const Kinds told_by_nobody = HOLDS_OTHER | HOLDS_HANDLED | HOLDS_ITERATOR | HOLDS_EXIT;
  if (v == VALUE_UNBOUND) return HOLDS_UNBOUND;
  if (v == VALUE_NONE) return HOLDS_NONE | told_by_nobody;
  if (value_is(v, list)) return HOLDS_LIST | told_by_nobody;
  if (value_is(v, set)) return HOLDS_SET | told_by_nobody;
  if (value_is(v, dict)) return HOLDS_DICT | told_by_nobody;
  if (value_is(v, cell)) return HOLDS_CELL | told_by_nobody;
  if (value_is(v, tuple)) return HOLDS_ANY_TUPLE | told_by_nobody;
  if (value_has_flag(v, TYPE_STR_SUBCLASS)) return HOLDS_STR | told_by_nobody;
  if (value_has_flag(v, TYPE_EXCEPTION_SUBCLASS)) return HOLDS_EXCEPTION | told_by_nobody;
  return told_by_nobody;
}

static bool value_verify(Value v) {
  LAW(v != VALUE_FAIL && v != VALUE_STOP && v != VALUE_MISSING);
  if (!value_is_pointer(v)) return true;
  uint32_t shape = ((const Object *)value_object(v))->shape;
  LAW(shape >= SHAPE_BASE && shape - SHAPE_BASE < SHAPE_REGION_SIZE &&
      (shape - SHAPE_BASE) % SHAPE_STRIDE == 0);
  LAW(object_type(value_object(v)) != NULL);
  return true;
}

static bool read_register_verify(Value v, Kinds takes, bool unchecked) {
  LAW(value_verify(v));
  LAW((kinds_of(v) & takes) || unchecked);
  return true;
}

static bool operands_verify(const Value *base, const InsnCell *pc, const ThreadedCode *code,
                            bool unchecked) {
  int op = threaded_rows[pc->op];
  const OpInfo *info = &op_info[op];
  const InsnField *fields = insn_fields(op);
  for (int n = 0; n < info->operand_count; n++) {
    if (info->operands[n].kind == OPERAND_CONST || info->operands[n].kind == OPERAND_JUMP) continue;
    uint16_t operand = (uint16_t)insn_get(pc, &fields[n], info->operands[n].kind);
    switch (info->operands[n].kind) {
    case OPERAND_OUT: LAW(operand < code->register_count); break;
    case OPERAND_IN:
      LAW(operand < code->register_count);
      /* the delegate is over (delegate_done) */
      if (op == OP_SEND && base[operand] == VALUE_STOP) break;
      LAW(read_register_verify(base[operand], info->operands[n].takes, unchecked));
      break;
    case OPERAND_BASE: LAW(operand <= code->register_count); break;
    case OPERAND_NAME:
      LAW(operand == NAME_IS_WIDE || operand < tuple_length(code->code->names));
      break;
    case OPERAND_INDEX:
      LAW(frame_function(base)->closure && operand < tuple_length(frame_function(base)->closure));
      break;
    default: break;
    }
  }
  return true;
}

bool insn_verify(VM *vm, const Value *base, const InsnCell *pc) {
  LAW(!error_pending(vm));
  LAW(vm->base == base);
  LAW(value_is(frame_header(base)->function, function));
  const ThreadedCode *code = threaded_of(frame_function(base)->threaded, pc);
  LAW(pc >= code->cells && pc < code->cells + code->cell_count);
  LAW(pc->op < T_COUNT);
  if (pc->op == T_TRACE || pc->op == T_TRACE_SWITCH || pc->op == T_TALLY) return true;
  bool unchecked = frame_known(base) && frame_known(base)->unchecked;
  return operands_verify(base, pc, code, unchecked);
}
#endif

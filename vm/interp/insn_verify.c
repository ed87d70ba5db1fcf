/* insn_verify.c -- operands of the instruction about to run, against the row in opcodes.def.
**
** The row names its operands: one called `list`, `set`, `dict` or `cell` promises exactly that type, `exception` an exception
** (but in RAISE, whose operand may be anything), `names`, `keys` a tuple. Only the switch build can tell the operation at once,
** so only it asks here.
*/
#include "vm/interp/interp_verify.h"

#include "vm/bytecode/opcode.h"
#include "vm/memory/heap.h"
#include "vm/runtime/error.h"
#include "vm/shapes/shape.h"

#if KRAIT_CHECKS >= 1
typedef enum Promise { ANYTHING, LIST, SET, DICT, CELL, TUPLE, EXCEPTION, EXCEPTION_OR_NONE } Promise;

static const struct { const char *operand; Promise promise; } promises[] = {
  {"(list)", LIST}, {"(set)", SET}, {"(dict)", DICT}, {"(cell)", CELL}, {"(names)", TUPLE}, {"(keys)", TUPLE},
  {"(exception)", EXCEPTION}, {"(saved)", EXCEPTION_OR_NONE},
};

static uint8_t promised[OP_COUNT][OPERAND_MAX];

/* What the n-th operand's name in "OUT(to) IN(list) …" promises. */
static Promise promise_of(int op, int n) {
  const char *at = op_info[op].operands;
  for (; n >= 0 && at; n--) at = strchr(at + 1, '(');
  for (size_t i = 0; at && i < ARRAY_COUNT(promises); i++)
    if (strncmp(at, promises[i].operand, strlen(promises[i].operand)) == 0) return promises[i].promise;
  return ANYTHING;
}

static void read_promises(void) {
  for (int op = 0; op < OP_COUNT; op++)
    for (int n = 0; n < op_info[op].operand_count; n++)
      promised[op][n] = op == OP_RAISE || op == OP_RAISE_FROM ? ANYTHING : (uint8_t)promise_of(op, n);
  promised[OP_WITH_EXIT][2] = EXCEPTION_OR_NONE;
  promised[OP_NOP][0] = 1; /* read */
}

static bool keeps_promise(Value v, Promise promise) {
  switch (promise) {
  case LIST: return value_is(v, list);
  case SET: return value_is(v, set);
  case DICT: return value_is(v, dict);
  case CELL: return value_is(v, cell);
  case TUPLE: return value_is(v, tuple);
  case EXCEPTION: return value_has_flag(v, TYPE_EXCEPTION_SUBCLASS);
  case EXCEPTION_OR_NONE: return v == VALUE_NONE || value_has_flag(v, TYPE_EXCEPTION_SUBCLASS);
  default: return true;
  }
}

static bool value_verify(Value v) {
  LAW(v != VALUE_FAIL && v != VALUE_STOP && v != VALUE_MISSING);
  if (!value_is_pointer(v)) return true;
  uint32_t shape = ((const Object *)value_object(v))->shape;
  LAW(shape >= SHAPE_BASE && shape - SHAPE_BASE < SHAPE_REGION_SIZE && (shape - SHAPE_BASE) % SHAPE_STRIDE == 0);
  LAW(object_type(value_object(v)) != NULL);
  return true;
}

/* May this instruction read a register without a value? */
static bool takes_unbound(int op) {
  return op == OP_CHECK_LOCAL || op == OP_DELETE_LOCAL || op == OP_MOVE;
}

static bool read_register_verify(Value v, int op, Promise promise, bool unchecked) {
  LAW(value_verify(v));
  LAW(v != VALUE_UNBOUND || takes_unbound(op) || unchecked);
  LAW(keeps_promise(v, promise) || unchecked);
  return true;
}

static bool operands_verify(const Value *base, const InsnCell *pc, const ThreadedCode *code, bool unchecked) {
  int op = threaded_rows[pc->op];
  const OpInfo *info = &op_info[op];
  const InsnField *fields = insn_fields(op);
  for (int n = 0; n < info->operand_count; n++) {
    if (info->kinds[n] == OPERAND_CONST || info->kinds[n] == OPERAND_JUMP) continue;
    uint16_t operand = (uint16_t)insn_get(pc, &fields[n], info->kinds[n]);
    switch (info->kinds[n]) {
    case OPERAND_OUT: LAW(operand < code->register_count); break;
    case OPERAND_IN:
      LAW(operand < code->register_count);
      LAW(read_register_verify(base[operand], op, promised[op][n], unchecked));
      break;
    case OPERAND_BASE: LAW(operand <= code->register_count); break;
    case OPERAND_NAME: LAW(operand == NAME_IS_WIDE || operand < tuple_length(code->code->names)); break;
    case OPERAND_INDEX: LAW(frame_function(base)->closure && operand < tuple_length(frame_function(base)->closure)); break;
    default: break;
    }
  }
  return true;
}

bool insn_verify(VM *vm, const Value *base, const InsnCell *pc) {
  if (!promised[OP_NOP][0]) read_promises();
  LAW(!error_pending(vm));
  LAW(vm->base == base);
  LAW(value_is(base[-1], function));
  const ThreadedCode *code = threaded_of(frame_function(base)->threaded, pc);
  LAW(pc >= code->cells && pc < code->cells + code->cell_count);
  LAW(pc->op < T_COUNT);
  if (pc->op == T_TRACE || pc->op == T_TRACE_SWITCH) return true;
  bool unchecked = (base[-2] & FRAME_OBJECT) && ((const Frame *)(uintptr_t)base[-5])->unchecked;
  return operands_verify(base, pc, code, unchecked);
}
#endif

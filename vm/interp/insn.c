/* insn.c -- see insn.h. */
#include "vm/interp/insn.h"

#include <string.h>

#include "vm/contracts/native.h"

uint16_t threaded_handlers[T_COUNT];

void threaded_never_quicken(void) {
#define QUICK(name, base, form, doc) \
  if (T_##base != T_NOP) threaded_handlers[T_##name] = threaded_handlers[T_##base];
#include "vm/interp/quick.def"
#undef QUICK
}

int threaded_op(const InsnCell *cell) {
  for (int i = 0; i < T_COUNT; i++)
    if (threaded_handlers[i] == cell->op) return i;
  return -1;
}

const uint8_t threaded_cells[T_COUNT] = {
#define OP(name, operands, cache, flags, doc) [T_##name] = CELLS_##name,
#include "vm/bytecode/opcodes.def"
#undef OP
#define QUICK(name, base, form, doc) [T_##name] = CELLS_##name,
#include "vm/interp/quick.def"
#undef QUICK
};

const char *const threaded_names[T_COUNT] = {
#define OP(name, operands, cache, flags, doc) [T_##name] = #name,
#include "vm/bytecode/opcodes.def"
#undef OP
#define QUICK(name, base, form, doc) [T_##name] = #name,
#include "vm/interp/quick.def"
#undef QUICK
};

const uint8_t threaded_rows[T_COUNT] = {
#define OP(name, operands, cache, flags, doc) [T_##name] = OP_##name,
#include "vm/bytecode/opcodes.def"
#undef OP
#define QUICK(name, base, form, doc) [T_##name] = OP_##base,
#include "vm/interp/quick.def"
#undef QUICK
};

/* ---- operands by number */
#undef NAME
#define NO_OPERANDS
#define FIELD(n, ...) {#n, offsetof(ThisInsn, n), sizeof((ThisInsn){0}.n)},
#define OUT FIELD
#define INOUT FIELD
#define IN FIELD
#define BASE FIELD
#define NAME FIELD
#define COUNT FIELD
#define INDEX FIELD
#define INT FIELD
#define JUMP FIELD
#define FAR_JUMP FIELD
#define CONST FIELD
#define READS(...)
#define WRITES(...)
const InsnField *insn_fields(Opcode op) {
  switch (op) {
#define OP(op_name, operands, cache, flags, doc)             \
  case OP_##op_name: {                                       \
    typedef Insn_##op_name ThisInsn __attribute__((unused)); \
    static const InsnField fields[] = {operands{0}};         \
    return fields;                                           \
  }
#include "vm/bytecode/opcodes.def"
#undef OP
  case OP_COUNT: break;
  }
  return NULL;
}

/* ---- printing */
static void print_operand(FILE *out, const InsnCell *insn, uint32_t cell, const InsnField *field,
                          OperandKind kind) {
  fprintf(out, " %s=", field->name);
  int64_t operand = insn_get(insn, field, kind);
  if (kind == OPERAND_CONST) fprintf(out, "%016llx", (unsigned long long)operand);
  else if (kind == OPERAND_JUMP)
    fprintf(out, "%d", (int)(cell + operand / (int64_t)sizeof(InsnCell)));
  else fprintf(out, "%d", (int)operand);
}

void insn_print(FILE *out, const InsnCell *insn, uint32_t cell) {
  int op = threaded_op(insn);
  if (op < 0) {
    fputs("?", out);
    return;
  }
  const OpInfo *row = &op_info[threaded_rows[op]];
  const InsnField *fields = insn_fields(threaded_rows[op]);
  fprintf(out, row->operand_count ? "%-22s" : "%s", threaded_names[op]);
  for (int i = 0; i < row->operand_count; i++)
    print_operand(out, insn, cell, &fields[i], row->operands[i].kind);
}

bool insn_has_cache(int op) {
  if (op < 0) return false;
  const Opcode row = threaded_rows[op];
  return op >= OP_COUNT || row == OP_FOR_ITER || strcmp(op_info[row].cache, "none") != 0;
}

/* Forms of caches: what there is to print of each. */
#define CACHE_OF(name) ((const Insn_##name *)insn)->cache
#define PRINT_none(out, insn)
#define PRINT_global(out, insn)                                         \
  fprintf(out, "globals %u builtins %u", CACHE_OF(LOAD_GLOBAL).globals, \
          CACHE_OF(LOAD_GLOBAL).builtins)
#define PRINT_slot(out, insn) fprintf(out, "offset %u", CACHE_OF(LOAD_ATTR).slot.offset)
#define PRINT_added(out, insn) fprintf(out, "offset %u", CACHE_OF(LOAD_ATTR).added.offset)
#define PRINT_item(out, insn) fprintf(out, "index %u", CACHE_OF(LOAD_ATTR).item.index)
#define PRINT_dict(out, insn) fprintf(out, "dict at %u", CACHE_OF(LOAD_ATTR).dict.dict_offset)
#define PRINT_stamped(out, insn) fprintf(out, "stamp %u", CACHE_OF(LOAD_ATTR).stamped.stamp)
#define PRINT_of_class(out, insn)
#define PRINT_callable(out, insn)
#define PRINT_super(out, insn) \
  fprintf(out, "behind %u of %u", CACHE_OF(LOAD_ATTR).super.asked, CACHE_OF(LOAD_ATTR).super.of)
#define PRINT_getset(out, insn) fprintf(out, "getter %s", CACHE_OF(LOAD_ATTR).getset.spec->name)

void insn_print_cache(FILE *out, const InsnCell *insn) {
  int op = threaded_op(insn);
  if (op < OP_COUNT) {
    fputs("(nothing cached)", out);
    return;
  }
  if (strcmp(op_info[threaded_rows[op]].cache, "Attr") == 0)
    fprintf(out, "key %u ", CACHE_OF(LOAD_ATTR).key);
  switch (op) {
#define QUICK(name, base, form, doc) \
  case T_##name:                     \
    PRINT_##form(out, insn);         \
    break;
#include "vm/interp/quick.def"
#undef QUICK
  }
}

/* insn.c -- see insn.h. */
#include "vm/interp/insn.h"

#include <string.h>

#include "vm/native/native.h"

uint16_t threaded_handlers[T_COUNT];

void threaded_never_quicken(void) {
#define QUICK(name, base, form, doc) if (T_##base != T_NOP) threaded_handlers[T_##name] = threaded_handlers[T_##base];
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
#define OP(op_name, operands, cache, flags, doc)          \
  case OP_##op_name: {                                    \
    typedef Insn_##op_name ThisInsn __attribute__((unused)); \
    static const InsnField fields[] = {operands {0}};     \
    return fields;                                        \
  }
#include "vm/bytecode/opcodes.def"
#undef OP
  case OP_COUNT: break;
  }
  return NULL;
}

int64_t insn_get(const InsnCell *insn, const InsnField *field, OperandKind kind) {
  const char *at = (const char *)insn + field->offset;
  switch (field->size) {
  case 2: return kind == OPERAND_INT ? *(const int16_t *)at : *(const uint16_t *)at;
  case 4: return *(const int32_t *)at;
  default: return *(const int64_t *)at;
  }
}

bool insn_put(InsnCell *insn, const InsnField *field, OperandKind kind, int64_t operand) {
  char *at = (char *)insn + field->offset;
  switch (field->size) {
  case 2: *(uint16_t *)at = (uint16_t)operand; break;
  case 4: *(int32_t *)at = (int32_t)operand; break;
  default: *(int64_t *)at = operand;
  }
  return kind == OPERAND_CONST || insn_get(insn, field, kind) == operand;
}

/* ---- printing */
static void print_operand(FILE *out, const InsnCell *insn, const InsnField *field, OperandKind kind, uint32_t cell) {
  fprintf(out, " %s=", field->name);
  if (kind == OPERAND_CONST) fprintf(out, "%016llx", (unsigned long long)*(const Value *)((const char *)insn + field->offset));
  else if (kind == OPERAND_JUMP) fprintf(out, "%d", (int)cell + (int)(insn_get(insn, field, kind) / (int)sizeof(InsnCell)));
  else fprintf(out, "%d", (int)insn_get(insn, field, kind));
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
  for (int i = 0; i < row->operand_count; i++) print_operand(out, insn, &fields[i], row->operands[i].kind, cell);
}

bool insn_has_cache(int op) {
  if (op < 0) return false;
  const Opcode row = threaded_rows[op];
  return op >= OP_COUNT || row == OP_FOR_ITER || strcmp(op_info[row].cache, "none") != 0;
}

static const AttrCache *attr_cache_of(const InsnCell *insn) { return &((const AttrInsn *)insn)->cache; }

/* one function a form */
static void print_none(FILE *out, const InsnCell *insn) {}
static void print_global(FILE *out, const InsnCell *insn) {
  const GlobalCache *cache = &((const Insn_LOAD_GLOBAL *)insn)->cache;
  fprintf(out, "globals %u builtins %u", cache->globals, cache->builtins);
}
static void print_slot(FILE *out, const InsnCell *insn) { fprintf(out, "offset %u", attr_cache_of(insn)->slot.offset); }
static void print_added(FILE *out, const InsnCell *insn) { fprintf(out, "offset %u", attr_cache_of(insn)->added.offset); }
static void print_item(FILE *out, const InsnCell *insn) { fprintf(out, "index %u", attr_cache_of(insn)->item.index); }
static void print_dict(FILE *out, const InsnCell *insn) { fprintf(out, "dict at %u", attr_cache_of(insn)->dict.dict_offset); }
static void print_stamped(FILE *out, const InsnCell *insn) { fprintf(out, "stamp %u", attr_cache_of(insn)->stamped.stamp); }
static void print_of_class(FILE *out, const InsnCell *insn) {}
static void print_callable(FILE *out, const InsnCell *insn) {}
static void print_getset(FILE *out, const InsnCell *insn) { fprintf(out, "getter %s", attr_cache_of(insn)->getset.spec->name); }

void insn_print_cache(FILE *out, const InsnCell *insn) {
  int op = threaded_op(insn);
  if (op < OP_COUNT) {
    fputs("(nothing cached)", out);
    return;
  }
  if (strcmp(op_info[threaded_rows[op]].cache, "Attr") == 0) fprintf(out, "key %u ", attr_cache_of(insn)->key);
  switch (op) {
#define QUICK(name, base, form, doc) case T_##name: print_##form(out, insn); break;
#include "vm/interp/quick.def"
#undef QUICK
  }
}

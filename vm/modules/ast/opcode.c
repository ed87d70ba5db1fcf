/* opcode.c -- the module opcode, of Krait's own instructions: names, numbers, and which have what
** operands. Every instruction has its operands behind it, so HAVE_ARGUMENT is 0; there is no prefix
** for long ones. */
#include "vm/bytecode/opcode.h"
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/type.h"
#include "vm/objects/dict.h"
#include "vm/objects/list.h"
#include "vm/objects/module.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

/* The numbers of the instructions that have an operand of this kind. */
static bool add_having(VM *vm, Module *module, const char *name, int kind) {
  List *having = list_new(vm, 0);
  if (!having) return false;
  for (int op = 0; op < OP_COUNT; op++) {
    bool has = false;
    for (int i = 0; i < op_info[op].operand_count; i++) has |= op_info[op].operands[i].kind == kind;
    if (has && !list_append_value(vm, having, value_int_unchecked(op))) return false;
  }
  return module_add(vm, module, name, value_from(having));
}

static const char *const foreign_names[] = {
#define OPCODE(name) #name,
#include "vm/modules/ast/foreign_opcodes.def"
#undef OPCODE
};

static bool add_names(VM *vm, Module *module) {
  List *names = list_new(vm, 0);
  Dict *numbers = dict_new(vm);
  if (!names || !numbers) return false;
  for (int op = 0; op < OP_COUNT + (int)ARRAY_COUNT(foreign_names); op++) {
    const char *text = op < OP_COUNT ? op_info[op].name : foreign_names[op - OP_COUNT];
    Value name = value_of(str_new_cstr(vm, text));
    if (name == VALUE_FAIL || !list_append_value(vm, names, name) ||
        !dict_set(vm, numbers, name, value_int_unchecked(op)) ||
        (!strcmp(text, "EXTENDED_ARG") && !module_add_int(vm, module, text, op)))
      return false;
  }
  return module_add(vm, module, "opname", value_from(names)) &&
         module_add(vm, module, "opmap", value_from(numbers));
}

static bool add_comparisons(VM *vm, Module *module) {
  static const char *const texts[] = {"<", "<=", "==", "!=", ">", ">="};
  Tuple *all = tuple_new(vm, ARRAY_COUNT(texts));
  for (size_t i = 0; all && i < ARRAY_COUNT(texts); i++) {
    Value text = value_of(str_intern_cstr(vm, texts[i]));
    if (text == VALUE_FAIL) return false;
    tuple_set_item(vm, all, i, text);
  }
  return all && module_add(vm, module, "cmp_op", value_from(all));
}

static bool init(VM *vm, Module *module) {
  enum { NONE = -1 };
  static const struct {
    const char *name;
    int kind;
  } lists[] = {{"hasconst", OPERAND_CONST}, {"hasname", OPERAND_NAME}, {"hasjrel", OPERAND_JUMP},
               {"hasfree", OPERAND_INDEX},  {"haslocal", OPERAND_IN},  {"hasjabs", NONE},
               {"hascompare", NONE},        {"hasnargs", NONE}};
  for (size_t i = 0; i < ARRAY_COUNT(lists); i++)
    if (!add_having(vm, module, lists[i].name, lists[i].kind)) return false;
  return add_names(vm, module) && add_comparisons(vm, module) &&
         module_add_int(vm, module, "HAVE_ARGUMENT", 0);
}

const ModuleSpec opcode_module = {
    .name = "opcode", .doc = "Names and numbers of Krait's instructions (dis).", .init = init};

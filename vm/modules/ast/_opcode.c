/* _opcode.c -- the library's module opcode describes CPython's instructions, which this program
** does not have: it answers as for an interpreter built without that information. */
#include "vm/contracts/error.h"

#define NATIVE_DEF "vm/modules/ast/_opcode.def"
#define NATIVE_PREFIX opcode_
#include "vm/contracts/native_class.inc"

static Value opcode_stack_effect(VM *vm, Value self, const opcode_stack_effect_args *a) {
  return raise_value(vm, "invalid opcode or oparg");
}
static Value opcode_get_specialization_stats(VM *vm, Value self,
                                             const opcode_get_specialization_stats_args *a) {
  return VALUE_NONE;
}

const ModuleSpec _opcode_module = {
    .name = "_opcode", .doc = "Opcode support module.", NATIVE_FUNCTIONS(opcode_)};

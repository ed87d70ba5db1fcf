/* _typing.c -- the native part of the module typing: a function that returns its argument. */

#define NATIVE_DEF "vm/modules/builtins/_typing.def"
#define NATIVE_PREFIX typing_
#include "vm/contracts/native_class.inc"

static Value typing_idfunc(VM *vm, Value self, const typing_idfunc_args *a) { return a->x; }

const ModuleSpec _typing_module = {
    .name = "_typing", .doc = "Accelerators for the typing module.", NATIVE_FUNCTIONS(typing_)};

/* module.h -- modules. */
#ifndef KRAIT_MODULE_H
#define KRAIT_MODULE_H

#include "vm/core/vm.h"

/* Its attributes are `dict` (SHAPE_DICT). spec_state: contracts/import.h. */
struct Module { Object h; Dict *dict; Value spec_state; };

MUST_USE Module *module_new(VM *vm, Str *name);
static inline Dict *module_dict(Module *module) { return module->dict; }
/* module_find_attribute: VALUE_UNBOUND when absent; module_raise_missing: what is raised then. */
MUST_USE MAY_RUN Value module_find_attribute(VM *vm, Module *module, Str *name);
MAY_RUN COLD Value module_raise_missing(VM *vm, Module *module, Str *name);

#endif

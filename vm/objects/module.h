/* module.h -- modules. */
#ifndef KRAIT_MODULE_H
#define KRAIT_MODULE_H

#include "vm/core/vm.h"

/* Its attributes are `dict` (SHAPE_DICT). spec_state: contracts/import.h. */
struct Module {
  Object h;
  Dict *dict;
  Value spec_state;
};

MUST_USE Module *module_new(VM *vm, Str *name);
static inline Dict *module_dict(Module *module) { return module->dict; }
/* module_make_attribute: of a module that has none of this name; VALUE_UNBOUND: nobody makes it.
** module_raise_missing: what is raised then. */
MUST_USE MAY_RUN Value module_make_attribute(VM *vm, Module *module, Str *name);
MAY_RUN COLD Value module_raise_missing(VM *vm, Module *module, Str *name);

#endif

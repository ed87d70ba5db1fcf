/* import.h -- the import system: see import.c. */
#ifndef KRAIT_IMPORT_H
#define KRAIT_IMPORT_H

#include "vm/core/vm.h"

/* import_module: the module of an absolute dotted name (the last part's module). */
MUST_USE MAY_RUN Value import_module(VM *vm, Str *name);
/* import_name: what `import` statements call: __import__(name, globals, locals, fromlist,
** level). */
MUST_USE MAY_RUN Value import_name(VM *vm, Str *name, Dict *globals, Value fromlist, int level);
/* A module whose code is running. Module.spec_state: (kind, origin, search locations), a list while
** the code runs; NONE: __spec__ was set. */
bool module_is_initialising(Module *module);
/* import_module_repr: repr of a module by its spec or loader. */
MUST_USE MAY_RUN Value import_module_repr(VM *vm, Module *module);
/* import_make_spec: the __spec__ and __loader__ of a module that was imported natively, when asked
** for. */
MUST_USE MAY_RUN bool import_make_spec(VM *vm, Module *module);
/* import_sys_attribute: sys.meta_path and its relatives; VALUE_UNBOUND: no such attribute. */
MUST_USE MAY_RUN Value import_sys_attribute(VM *vm, Str *name);

#endif

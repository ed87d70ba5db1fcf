/* import.h -- the import system: see import.c. */
#ifndef KRAIT_IMPORT_H
#define KRAIT_IMPORT_H

#include "vm/objects/function.h"

/* import_module: the module of an absolute dotted name (the last part's module). */
MUST_USE MAY_RUN Value import_module(VM *vm, Str *name);
/* import_name: what `import` statements call: __import__(name, globals, locals, fromlist, level). */
MUST_USE MAY_RUN Value import_name(VM *vm, Str *name, Dict *globals, Value fromlist, int level);
/* import_from: `from module import name`; ImportError as the statement raises it. */
MUST_USE MAY_RUN Value import_from(VM *vm, Value module, Str *name);
/* import_star: `from module import *` into a namespace (dict or mapping). */
MUST_USE MAY_RUN bool import_star(VM *vm, Value module, Value namespace_);
/* import_module_repr: repr of a module by its spec or loader. */
MUST_USE MAY_RUN Value import_module_repr(VM *vm, Module *module);

#endif

/* bootstrap.h -- the library's own import machinery (importlib._bootstrap and _bootstrap_external),
** loaded when a program looks at it: sys.meta_path, module.__spec__, importlib. */
#ifndef KRAIT_IMPORTS_BOOTSTRAP_H
#define KRAIT_IMPORTS_BOOTSTRAP_H

#include "vm/objects/function.h"

/* bootstrap_pyc_magic: writes the four bytes that a .pyc file of this program begins with. Another
** version of the bytecode has others; no CPython has, nor had, the same. */
void bootstrap_pyc_magic(uint8_t magic[4]);
/* bootstrap_set_magic: tells it to a module that is the library's importlib._bootstrap_external. */
MUST_USE MAY_RUN bool bootstrap_set_magic(VM *vm, Value external);

bool bootstrap_is_loaded(void);
MUST_USE MAY_RUN bool bootstrap_load(VM *vm); /* does nothing the second time */
/* bootstrap_is_customised: has the program changed sys.meta_path or sys.path_hooks, so that only
** the library's code can import? */
MUST_USE bool bootstrap_is_customised(VM *vm);
/* bootstrap_import: importlib's own _gcd_import. */
MUST_USE MAY_RUN Value bootstrap_import(VM *vm, Str *name);
/* bootstrap_fill_spec: the __spec__ of a module that was imported natively, made when asked for;
** __loader__ likewise. */
MUST_USE MAY_RUN bool bootstrap_fill_spec(VM *vm, Module *module);

#endif

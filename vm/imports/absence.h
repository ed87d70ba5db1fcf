/* absence.h -- what is said of a module that is not found. */
#ifndef KRAIT_IMPORTS_ABSENCE_H
#define KRAIT_IMPORTS_ABSENCE_H

#include "vm/objects/str.h"

/* import_not_found: raises ModuleNotFoundError with the name; VALUE_FAIL. */
MUST_USE MAY_RUN Value import_not_found(VM *vm, Str *name, const char *format, ...);
size_t import_last_dot(const Str *name); /* index of the last '.', or length */
/* import_explain_absence: the pending error of an import, whoever raised it, Krait's own search or
** importlib: of a module that is missing because it is not written yet, because its library was not
** there when Krait was built, or because only an extension of CPython is there (ImportError with
** the file as its path, as CPython's for one it cannot load) it is said. */
MAY_RUN void import_explain_absence(VM *vm, Str *name);
/* import_refuse: ImportError for an extension, as CPython's for one it cannot load, with the file
** as its path. */
MAY_RUN COLD void import_refuse(VM *vm, Str *name, Str *file);

#endif

/* refused.h -- compiled extensions of CPython, which are found and not loaded. */
#ifndef KRAIT_IMPORTS_REFUSED_H
#define KRAIT_IMPORTS_REFUSED_H

#include "vm/objects/str.h"

/* refused_extension: the file that CPython 3.11 would load as the module `tail` (the last part of
** its name) from a list of folders, by the suffixes of importlib.machinery.EXTENSION_SUFFIXES; None
** when there is none. */
MUST_USE MAY_RUN Value refused_extension(VM *vm, Value folders, Str *tail);
/* refused_raise: ImportError for an extension, as CPython's for one it cannot load, with the file
** as its path. */
MAY_RUN COLD void refused_raise(VM *vm, Str *name, Str *file);

#endif

/* baked.h -- the files of src/library, which are part of the program: the package `krait`. Its
** modules are frozen ones (frozen.h) unless KRAIT_LIBRARY names a folder to take them from. */
#ifndef KRAIT_IMPORTS_BAKED_H
#define KRAIT_IMPORTS_BAKED_H

#include "vm/imports/frozen.h"

/* baked_module: NULL: there is none of that name, or the folder is elsewhere. */
const FrozenModule *baked_module(const Str *name);
/* baked_file: the bytes of a file by its path below src/library, and how many; NULL: no such
** file. */
const char *baked_file(const char *path, size_t *size);
/* baked_elsewhere: the modules are to be found on sys.path. */
void baked_elsewhere(void);

#endif

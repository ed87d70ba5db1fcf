/* find.h -- the native finder: a module's file on a list of folders. Knows nothing of meta_path. */
#ifndef KRAIT_IMPORTS_FIND_H
#define KRAIT_IMPORTS_FIND_H

#include "vm/objects/list.h"
#include "vm/objects/str.h"

typedef enum FoundKind {
  FOUND_NOTHING,
  FOUND_MODULE,
  FOUND_PACKAGE,
  FOUND_NAMESPACE,
  FOUND_UNSURE,
  FOUND_ERROR
} FoundKind;

typedef struct Found {
  /* UNSURE: an entry is not a folder (a zip file …): the library's finders must say */
  FoundKind kind;
  char path[4096]; /* of the .py file */
  List *portions;  /* NAMESPACE: folders */
} Found;

/* find_in: looks for `tail` (last part of the module's name) in a list of folder names. */
/* find_in: folders_only: zip files are passed over */
MUST_USE MAY_RUN FoundKind find_in(VM *vm, Value folders, Str *tail, bool folders_only,
                                   Found *found);

#endif

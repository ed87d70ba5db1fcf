/* frozen.h -- modules whose Python text is part of the program (frozen.def): __hello__ and its
** kin, and importlib's own two. */
#ifndef KRAIT_IMPORTS_FROZEN_H
#define KRAIT_IMPORTS_FROZEN_H

#include "vm/objects/code.h"

typedef struct FrozenModule {
  const char *name;
  const char *origin; /* the name under which it was frozen; NULL: it is no file of the library */
  const char *shown;  /* its code says "<frozen SHOWN>" */
  bool is_package;
  bool always;      /* whatever frozen_override says */
  const char *file; /* in the library's folder; NULL: */
  const char *text; /* its source, UTF-8 */
} FrozenModule;

/* frozen_find: NULL: there is none of that name, or it is not to be used. */
const FrozenModule *frozen_find(const Str *name);
size_t frozen_count(void);
const FrozenModule *frozen_at(size_t i); /* in use or not */
/* frozen_code: compiled anew. NULL: raised. */
MUST_USE MAY_RUN Code *frozen_code(VM *vm, const FrozenModule *module);
/* frozen_override: below 0 only those that are always there, else all. */
void frozen_override(int override);

#endif

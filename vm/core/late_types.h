/* late_types.h -- numbers of the types of native modules, behind those of object.h, and how many
** types there are. A header of its own, so that a new type of a module is no reason to compile anew
** what knows none of them. */
#ifndef KRAIT_LATE_TYPES_H
#define KRAIT_LATE_TYPES_H

#include "vm/core/object.h"

enum {
  TYPE_LAST_EARLY = TYPE_EARLY_COUNT - 1,
#define LATE(name, base, module) TYPE_##name,
#include "vm/core/late_types.def"
#undef LATE
  TYPE_COUNT
};

#endif

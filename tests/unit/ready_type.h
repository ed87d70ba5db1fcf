/* ready_type.h -- a built-in type as the heap needs it, for tests that have no whole
** interpreter. */
#ifndef KRAIT_READY_TYPE_H
#define KRAIT_READY_TYPE_H

#include "vm/contracts/native.h"

static void ready(TypeIndex index, const ClassSpec *spec) {
  Type *type = &builtin_types[index];
  type->spec = spec;
  type->flags = spec->flags;
  type->basic_size = type->cell_size = spec->basic_size;
  type->trace = spec->trace;
}

#endif

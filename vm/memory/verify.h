/* verify.h -- verifiers (vm/base/check.h) below the objects: shapes, and what the collector's
** verifier asks for each cell.
** Compiled from level 1 on. */
#ifndef KRAIT_MEMORY_VERIFY_H
#define KRAIT_MEMORY_VERIFY_H

#include "vm/core/object.h"

/* heap_cell_verifier: what heap_verify asks for each cell, once set; it runs and allocates
** nothing. */
extern bool (*heap_cell_verifier)(const Object *cell);
/* shape_verify: the law of shape.c for one shape and the step from its parent. */
bool shape_verify(const Shape *shape);

#endif

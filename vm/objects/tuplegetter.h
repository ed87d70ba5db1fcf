/* tuplegetter.h -- the descriptor behind namedtuple's fields: item `index` of a tuple. Exposed for
** inline caches. */
#ifndef KRAIT_TUPLEGETTER_H
#define KRAIT_TUPLEGETTER_H

#include "vm/core/vm.h"

typedef struct TupleGetter {
  Object h;
  int64_t index;
  Value doc;
} TupleGetter;

#endif

/* iterators.h -- layouts of enumerate, zip, map, filter, reversed: the interpreter unpacks the
** first two without a tuple. */
#ifndef KRAIT_ITERATORS_H
#define KRAIT_ITERATORS_H

#include "vm/contracts/native.h"
#include "vm/objects/tuple.h"

/* index: the number to give out next, any int */
typedef struct Enumerate {
  Object h;
  Value iterator, index;
} Enumerate;
/* iterators NULL: none, always exhausted */
typedef struct Zip {
  Object h;
  Tuple *iterators;
  bool strict;
} Zip;
typedef struct Map {
  Object h;
  Value function;
  Tuple *iterators;
} Map;
typedef struct Filter {
  Object h;
  Value function, iterator;
} Filter;
/* index: to give out next; sequence None: exhausted */
typedef struct Reversed {
  Object h;
  Value sequence;
  int64_t index;
} Reversed;

#endif

/* iterators.h -- layouts of enumerate, zip, map, filter, reversed: the interpreter unpacks the first two without a tuple. */
#ifndef KRAIT_ITERATORS_H
#define KRAIT_ITERATORS_H

#include "vm/contracts/native.h"
#include "vm/objects/tuple.h"

typedef struct Enumerate { Object h; Value iterator, index; } Enumerate;       /* index: the number to give out next, any int */
typedef struct Zip { Object h; Tuple *iterators; bool strict; } Zip;           /* iterators NULL: none, always exhausted */
typedef struct Map { Object h; Value function; Tuple *iterators; } Map;
typedef struct Filter { Object h; Value function, iterator; } Filter;
typedef struct Reversed { Object h; Value sequence; int64_t index; } Reversed; /* index: to give out next; sequence None: exhausted */

#endif

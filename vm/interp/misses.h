/* misses.h -- why inline caches do not answer, for -X misses.
**
** Slow paths hand each miss to miss_count while vm->misses is set; hits, and who does not count,
** pay nothing. Law: while misses are counted the loop knows no other keys of a site (attr_sites is
** empty): each miss comes here.
*/
#ifndef KRAIT_MISSES_H
#define KRAIT_MISSES_H

#include "vm/core/object.h"

typedef enum MissReason {
  MISS_NONE,  /* the cache is filled for this receiver: the protocol was asked */
  MISS_KNOWN, /* … from what sites have learned */
#define MISS(name, text) MISS_##name,
#include "vm/interp/miss_reasons.def"
#undef MISS
  MISS_COUNT
} MissReason;

/* What a site meets, before anything has run. Law: what was found for a shape (or a class) holds
** while that has this key still. */
typedef struct Receiver {
  Value v;
  /* of a class its own, else that of the shape */
  uint32_t key;
  const void *kind; /* the class, or the shape (value_shape) */
  const Type *type;
} Receiver;

MUST_USE bool misses_start(VM *vm); /* false: no memory */
/* miss_count: the instruction of the newest frame has missed. receiver: of NONE and KNOWN. */
COLD void miss_count(VM *vm, const void *insn, const Receiver *receiver, MissReason reason);
COLD void misses_print(VM *vm); /* on standard error */

#endif

/* object.h -- hash objects. */
#ifndef KRAIT_HASH_OBJECT_H
#define KRAIT_HASH_OBJECT_H

#include "vm/contracts/buffer.h"
#include "vm/modules/hash/hash.h"
#include "vm/objects/str.h"

typedef struct HashObject {
  Object h;
  const HashAlgorithm *algorithm;
  void *evp;  /* [owned] libcrypto does it, or NULL: `state` does */
  bool empty; /* nothing was added yet: may still move to libcrypto */
  /* a thread works on it without the global lock: others wait (hash_object_wait) */
  bool busy;
  HashState state;
} HashObject;

/* hash_object_new: of the algorithm, with `data` added unless it is VALUE_MISSING. */
MUST_USE MAY_RUN Value hash_object_new(VM *vm, const HashAlgorithm *algorithm, Value data);
MUST_USE MAY_RUN bool hash_object_add(VM *vm, HashObject *self, Value data);
MAY_RUN void hash_object_wait(VM *vm, const HashObject *self);
MUST_USE Value hash_hex(VM *vm, const uint8_t *digest, size_t n);

#endif

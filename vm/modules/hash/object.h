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
  bool empty; /* nothing was added yet: what goes by contexts may still move to libcrypto */
  /* a thread works on it without the global lock: others wait (hash_object_wait) */
  bool busy;
  HashState state;
} HashObject;

/* hash_object_new: of the algorithm, with `data` added unless it is VALUE_MISSING. */
MUST_USE MAY_RUN Value hash_object_new(VM *vm, const HashAlgorithm *algorithm, Value data);
/* hash_object_make: the same, of the shape of a class whose instances are HashObjects. */
MUST_USE MAY_RUN Value hash_object_make(VM *vm, uint32_t shape, const HashAlgorithm *algorithm,
                                        Value data);
void hash_object_destroy(VM *vm, Object *object); /* for their ClassSpecs */
/* hash_object_result: the digest as bytes, or as hexadecimal text; hash_object_long_result: of an
** algorithm without a size of its own. */
MUST_USE MAY_RUN Value hash_object_result(VM *vm, const HashObject *self, bool hex);
MUST_USE MAY_RUN Value hash_object_long_result(VM *vm, const HashObject *self, int64_t length,
                                               bool hex);
/* hash_object_digest: of what was added so far; the object goes on. */
MAY_RUN void hash_object_digest(VM *vm, const HashObject *self, uint8_t *digest, size_t n);
MUST_USE MAY_RUN HashObject *hash_object_copy(VM *vm, const HashObject *self);
MUST_USE MAY_RUN bool hash_object_add(VM *vm, HashObject *self, Value data);
/* hash_object_feed: bytes, for an object that nobody else has. */
void hash_object_feed(HashObject *self, const uint8_t *bytes, size_t n);
MAY_RUN void hash_object_wait(VM *vm, const HashObject *self);
/* hmac_object_new: an HMAC; `message` is added unless it is VALUE_MISSING (hmac.c). */
MUST_USE MAY_RUN Value hmac_object_new(VM *vm, const HashAlgorithm *algorithm, Span key,
                                       Value message);
MUST_USE MAY_RUN Value hmac_object_digest(VM *vm, Value hmac);
MUST_USE Value hash_hex(VM *vm, const uint8_t *digest, size_t n);

#endif

/* hmac.c -- _hashlib.HMAC: two hash objects, one inside the other (RFC 2104). */
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/modules/hash/object.h"
#include "vm/objects/bytes.h"

typedef struct HmacObject {
  Object h;
  HashObject *inner, *outer; /* [gc] the inner one takes what is added */
} HmacObject;

#define NATIVE_DEF "vm/modules/hash/hmac.def"
#define NATIVE_PREFIX hmac_
#define NATIVE_SELF HmacObject *
#include "vm/contracts/native_class.inc"

static HmacObject *allocate(VM *vm, HashObject *inner, HashObject *outer) {
  if (!inner || !outer) return NULL;
  HmacObject *self = heap_new_zeroed(vm, SHAPE_OF(hash_HMAC), sizeof *self);
  self->inner = inner, self->outer = outer;
  return self;
}

static HashObject *start(VM *vm, const HashAlgorithm *algorithm) {
  Value v = hash_object_new(vm, algorithm, VALUE_MISSING);
  return value_is_fail(v) ? NULL : value_object(v);
}

Value hmac_object_new(VM *vm, const HashAlgorithm *algorithm, Span key, Value message) {
  uint8_t block[HASH_MAX_BLOCK] = {0}, digest[HASH_MAX_DIGEST];
  HashObject *inner = start(vm, algorithm), *outer = start(vm, algorithm);
  HmacObject *self = allocate(vm, inner, outer);
  if (!self) return VALUE_FAIL;
  if (key.n > algorithm->block_size) {
    HashObject *shortened = start(vm, algorithm);
    if (!shortened) return VALUE_FAIL;
    hash_object_feed(shortened, key.bytes, key.n);
    hash_object_digest(vm, shortened, digest, algorithm->digest_size);
    key = (Span){digest, algorithm->digest_size};
  }
  if (key.n) memcpy(block, key.bytes, key.n);
  for (size_t k = 0; k < algorithm->block_size; k++) block[k] ^= 0x36;
  hash_object_feed(inner, block, algorithm->block_size);
  for (size_t k = 0; k < algorithm->block_size; k++) block[k] ^= 0x36 ^ 0x5C;
  hash_object_feed(outer, block, algorithm->block_size);
  bool added = message == VALUE_MISSING || hash_object_add(vm, inner, message);
  return added ? value_from(self) : VALUE_FAIL;
}

/* finish: the digest, of copies: the object goes on. Its size; 0: raised. */
static size_t finish(VM *vm, const HmacObject *self, uint8_t *digest) {
  size_t size = self->inner->algorithm->digest_size;
  HashObject *outer = hash_object_copy(vm, self->outer);
  if (!outer) return 0;
  hash_object_digest(vm, self->inner, digest, size);
  hash_object_feed(outer, digest, size);
  hash_object_digest(vm, outer, digest, size);
  return size;
}

Value hmac_object_digest(VM *vm, Value hmac) {
  uint8_t digest[HASH_MAX_DIGEST];
  size_t size = finish(vm, value_object(hmac), digest);
  return size ? value_of(bytes_new(vm, digest, size)) : VALUE_FAIL;
}

static Value hmac_update(VM *vm, HmacObject *self, const hmac_update_args *a) {
  return value_none_if(hash_object_add(vm, self->inner, a->msg));
}
static Value hmac_digest(VM *vm, HmacObject *self, const hmac_digest_args *a) {
  return hmac_object_digest(vm, value_from(self));
}
static Value hmac_hexdigest(VM *vm, HmacObject *self, const hmac_hexdigest_args *a) {
  uint8_t digest[HASH_MAX_DIGEST];
  size_t size = finish(vm, self, digest);
  return size ? hash_hex(vm, digest, size) : VALUE_FAIL;
}
static Value hmac_copy(VM *vm, HmacObject *self, const hmac_copy_args *a) {
  HashObject *inner = hash_object_copy(vm, self->inner);
  if (!inner) return VALUE_FAIL;
  return value_of(allocate(vm, inner, self->outer)); /* nothing is ever added to the outer one */
}

static Value hmac_get_digest_size(VM *vm, HmacObject *self) {
  return value_int(vm, self->inner->algorithm->digest_size);
}
static Value hmac_get_block_size(VM *vm, HmacObject *self) {
  return value_int(vm, self->inner->algorithm->block_size);
}
static Value hmac_get_name(VM *vm, HmacObject *self) {
  return value_of(str_format(vm, "hmac-%s", self->inner->algorithm->name));
}
static Value hmac_op_repr(VM *vm, HmacObject *self, const hmac_op_repr_args *a) {
  return value_of(str_format(vm, "<%s HMAC object @ 0x%lx>", self->inner->algorithm->name,
                             (long)(uintptr_t)self));
}

static void hmac_trace(Marker *marker, Object *object) {
  mark_object(marker, ((HmacObject *)object)->inner);
  mark_object(marker, ((HmacObject *)object)->outer);
}

const ClassSpec hash_HMAC_class = {
    NATIVE_CLASS(hmac_),
    .basic_size = sizeof(HmacObject),
    .trace = hmac_trace,
};

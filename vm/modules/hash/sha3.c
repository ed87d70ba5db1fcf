/* sha3.c -- the module _sha3: a class for each hash of the family, of a fixed and of any size. */
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/hash/object.h"
#include "vm/objects/bytes.h"
#include "vm/objects/int.h"

/* DigestSize: an int that is not negative; nothing is asked for __index__. */
typedef int64_t c_DigestSize;
static bool convert_DigestSize(VM *vm, Value v, c_DigestSize *out, const MethodSpec *spec, int i) {
  uint64_t n;
  if (!value_unsigned_long(vm, v, &n)) return false;
  *out = n > INT64_MAX ? INT64_MAX : (int64_t)n;
  return true;
}

#define NATIVE_DEF "vm/modules/hash/sha3.def"
#define NATIVE_PREFIX sha3_
#define NATIVE_SELF HashObject *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/hash/shake.def"
#define NATIVE_PREFIX shake_
#define NATIVE_SELF HashObject *
#include "vm/contracts/native_class.inc"

enum { STATE_BITS = 1600 };
static int rate_bits(const HashObject *self) { return self->algorithm->block_size * 8; }

static Value sha3_update(VM *vm, HashObject *self, const sha3_update_args *a) {
  return value_none_if(hash_object_add(vm, self, a->data));
}
static Value sha3_copy(VM *vm, HashObject *self, const sha3_copy_args *a) {
  return value_of(hash_object_copy(vm, self));
}
static Value sha3_get_digest_size(VM *vm, HashObject *self) {
  return value_int_unchecked(self->algorithm->digest_size);
}
static Value sha3_get_block_size(VM *vm, HashObject *self) {
  return value_int_unchecked(self->algorithm->block_size);
}
static Value sha3_get_name(VM *vm, HashObject *self) {
  return value_of(str_new_cstr(vm, self->algorithm->name));
}
static Value sha3_digest(VM *vm, HashObject *self, const sha3_digest_args *a) {
  return hash_object_result(vm, self, false);
}
static Value sha3_hexdigest(VM *vm, HashObject *self, const sha3_hexdigest_args *a) {
  return hash_object_result(vm, self, true);
}
static Value sha3_get__rate_bits(VM *vm, HashObject *self) {
  return value_int_unchecked(rate_bits(self));
}
static Value sha3_get__capacity_bits(VM *vm, HashObject *self) {
  return value_int_unchecked(STATE_BITS - rate_bits(self));
}
static Value sha3_get__suffix(VM *vm, HashObject *self) {
  return value_of(bytes_new(vm, "\x06", 1));
}

static Value shake_update(VM *vm, HashObject *self, const shake_update_args *a) {
  return value_none_if(hash_object_add(vm, self, a->data));
}
static Value shake_copy(VM *vm, HashObject *self, const shake_copy_args *a) {
  return value_of(hash_object_copy(vm, self));
}
static Value shake_get_digest_size(VM *vm, HashObject *self) {
  return value_int_unchecked(self->algorithm->digest_size);
}
static Value shake_get_block_size(VM *vm, HashObject *self) {
  return value_int_unchecked(self->algorithm->block_size);
}
static Value shake_get_name(VM *vm, HashObject *self) {
  return value_of(str_new_cstr(vm, self->algorithm->name));
}
static Value shake_digest(VM *vm, HashObject *self, const shake_digest_args *a) {
  return hash_object_long_result(vm, self, a->length, false);
}
static Value shake_hexdigest(VM *vm, HashObject *self, const shake_hexdigest_args *a) {
  return hash_object_long_result(vm, self, a->length, true);
}
static Value shake_get__rate_bits(VM *vm, HashObject *self) {
  return value_int_unchecked(rate_bits(self));
}
static Value shake_get__capacity_bits(VM *vm, HashObject *self) {
  return value_int_unchecked(STATE_BITS - rate_bits(self));
}
static Value shake_get__suffix(VM *vm, HashObject *self) {
  return value_of(bytes_new(vm, "\x1f", 1));
}

/* ONE(body, prefix, bits): the class and its constructor. */
#define ONE(body, p, n)                                                                       \
  static Value body(VM *vm, Type *cls, const body##_args *a) {                                \
    return hash_object_make(vm, SHAPE_OF(hash_##p##_##n##_object), &hash_##p##_##n, a->data); \
  }                                                                                           \
  const ClassSpec hash_##p##_##n##_object_class = {                                           \
      NATIVE_CLASS_AS(p##_, n), .basic_size = sizeof(HashObject), .destroy = hash_object_destroy};
ONE(sha3_224_construct, sha3, 224)
ONE(sha3_256_construct, sha3, 256)
ONE(sha3_384_construct, sha3, 384)
ONE(sha3_512_construct, sha3, 512)
ONE(shake_128_construct, shake, 128)
ONE(shake_256_construct, shake, 256)

static bool init(VM *vm, Module *module) {
  return module_add_str(vm, module, "implementation", "krait") &&
         module_add_int(vm, module, "keccakopt", 0) &&
         module_add_type(vm, module, TYPE_OF(hash_sha3_224_object)) &&
         module_add_type(vm, module, TYPE_OF(hash_sha3_256_object)) &&
         module_add_type(vm, module, TYPE_OF(hash_sha3_384_object)) &&
         module_add_type(vm, module, TYPE_OF(hash_sha3_512_object)) &&
         module_add_type(vm, module, TYPE_OF(hash_shake_128_object)) &&
         module_add_type(vm, module, TYPE_OF(hash_shake_256_object));
}

const ModuleSpec _sha3_module = {.name = "_sha3", .init = init};

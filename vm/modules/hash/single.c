/* single.c -- the modules _md5, _sha1, _sha256 and _sha512: a function and a class for each
** hash. */
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/hash/object.h"

#define NATIVE_DEF "vm/modules/hash/single_object.def"
#define NATIVE_PREFIX single_object_
#define NATIVE_SELF HashObject *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/hash/single.def"
#define NATIVE_PREFIX single_
#include "vm/contracts/native_class.inc"

static Value single_object_update(VM *vm, HashObject *self, const single_object_update_args *a) {
  return value_none_if(hash_object_add(vm, self, a->obj));
}
static Value single_object_copy(VM *vm, HashObject *self, const single_object_copy_args *a) {
  return value_of(hash_object_copy(vm, self));
}
static Value single_object_get_digest_size(VM *vm, HashObject *self) {
  return value_int_unchecked(self->algorithm->digest_size);
}
static Value single_object_get_block_size(VM *vm, HashObject *self) {
  return value_int_unchecked(self->algorithm->block_size);
}
static Value single_object_get_name(VM *vm, HashObject *self) {
  return value_of(str_new_cstr(vm, self->algorithm->name));
}
static Value single_object_digest(VM *vm, HashObject *self, const single_object_digest_args *a) {
  return hash_object_result(vm, self, false);
}
static Value single_object_hexdigest(VM *vm, HashObject *self,
                                     const single_object_hexdigest_args *a) {
  return hash_object_result(vm, self, true);
}

/* ONE(body, name): the class, and the function that makes an instance of it. */
#define ONE(function, n)                                                            \
  const ClassSpec hash_##n##_object_class = {NATIVE_CLASS_AS(single_object_, n),    \
                                             .basic_size = sizeof(HashObject),      \
                                             .destroy = hash_object_destroy};       \
  static Value function(VM *vm, Value self, const function##_args *a) {             \
    return hash_object_make(vm, SHAPE_OF(hash_##n##_object), &hash_##n, a->string); \
  }
ONE(single_md5, md5)
ONE(single_sha1, sha1)
ONE(single_sha224, sha224)
ONE(single_sha256, sha256)
ONE(single_sha384, sha384)
ONE(single_sha512, sha512)

#define CLASS_NAMED(n, shown) module_add(vm, module, shown, value_from(TYPE_OF(hash_##n##_object)))
static bool add_md5(VM *vm, Module *module) { return CLASS_NAMED(md5, "MD5Type"); }
static bool add_sha1(VM *vm, Module *module) { return CLASS_NAMED(sha1, "SHA1Type"); }
static bool add_sha256(VM *vm, Module *module) {
  return CLASS_NAMED(sha224, "SHA224Type") && CLASS_NAMED(sha256, "SHA256Type");
}
/* The reference gives this name to both, first to that of sha384. */
static bool add_sha512(VM *vm, Module *module) { return CLASS_NAMED(sha512, "SHA384Type"); }

#define MODULE_OF(first, count, add) \
  .methods = single_methods + (first), .nmethods = (count), .init = add
const ModuleSpec _md5_module = {.name = "_md5", MODULE_OF(0, 1, add_md5)};
const ModuleSpec _sha1_module = {.name = "_sha1", MODULE_OF(1, 1, add_sha1)};
const ModuleSpec _sha256_module = {.name = "_sha256", MODULE_OF(2, 2, add_sha256)};
const ModuleSpec _sha512_module = {.name = "_sha512", MODULE_OF(4, 2, add_sha512)};

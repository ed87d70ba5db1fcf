/* object.c -- hash objects: what all classes of them do, and those of _hashlib. */
#include "vm/modules/hash/object.h"

#include <ctype.h>
#include <sched.h>
#include <stdlib.h>

#include "vm/contracts/native.h"
#include "vm/contracts/type.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/bytes.h"

#define NATIVE_DEF "vm/modules/hash/object.def"
#define NATIVE_PREFIX hash_
#define NATIVE_SELF HashObject *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/hash/xof.def"
#define NATIVE_PREFIX xof_
#define NATIVE_SELF HashObject *
#include "vm/contracts/native_class.inc"

enum { WORTH_LETTING_GO = 65536, PART_ADDED = 1 << 21 }; /* bytes */

/* what only libcrypto has */
static const HashAlgorithm md5_sha1 = {.name = "md5-sha1", .digest_size = 36, .block_size = 64};
static const HashAlgorithm ripemd160 = {.name = "ripemd160", .digest_size = 20, .block_size = 64};
static const HashAlgorithm sha512_224 = {
    .name = "sha512_224", .digest_size = 28, .block_size = 128};
static const HashAlgorithm sha512_256 = {
    .name = "sha512_256", .digest_size = 32, .block_size = 128};
static const HashAlgorithm sm3 = {.name = "sm3", .digest_size = 32, .block_size = 64};

static const HashAlgorithm *const algorithms[] = {
    &hash_md5,       &hash_sha1,      &hash_sha224,   &hash_sha256,   &hash_sha384,
    &hash_sha512,    &hash_sha3_224,  &hash_sha3_256, &hash_sha3_384, &hash_sha3_512,
    &hash_shake_128, &hash_shake_256, &hash_blake2b,  &hash_blake2s,  &md5_sha1,
    &ripemd160,      &sha512_224,     &sha512_256,    &sm3,
};

const HashAlgorithm *hash_at(size_t i) {
  return i < ARRAY_COUNT(algorithms) ? algorithms[i] : NULL;
}

/* same_name: without regard to case, and to which sign stands between parts. */
static bool same_name(const char *a, const char *b) {
  for (;; a++, b++) {
    int x = *a == '-' ? '_' : tolower((unsigned char)*a), y = *b == '-' ? '_' : *b;
    if (x != y) return false;
    if (!x) return true;
  }
}

const HashAlgorithm *hash_find(const char *name) {
  for (size_t k = 0; k < ARRAY_COUNT(algorithms); k++)
    if (same_name(name, algorithms[k]->name)) return algorithms[k];
  if (same_name(name, "sha_1")) return &hash_sha1;
  if (same_name(name, "sha_256")) return &hash_sha256;
  if (same_name(name, "sha_512")) return &hash_sha512;
  for (size_t k = 0; k < ARRAY_COUNT(algorithms); k++)
    if (evp_is_alias(name, algorithms[k]->name)) return algorithms[k];
  return NULL;
}

/* A bytes-like object's bytes, with the errors of hash objects. */
static bool hash_acquire(VM *vm, Value data, BufferView *view) {
  if (value_is_str(data))
    return raise_false(vm, TYPE_OF(TypeError), "Strings must be encoded before hashing");
  if (!value_is_bytes_like(data))
    return raise_false(vm, TYPE_OF(TypeError), "object supporting the buffer API required");
  return buffer_acquire(vm, data, view, false);
}

static void add_bytes(HashObject *self, const uint8_t *bytes, size_t n) {
  if (self->evp) evp_update(self->evp, bytes, n);
  else self->algorithm->update(&self->state, bytes, n);
}

void hash_object_feed(HashObject *self, const uint8_t *bytes, size_t n) {
  self->empty = false;
  add_bytes(self, bytes, n);
}

void hash_object_wait(VM *vm, const HashObject *self) {
  while (UNLIKELY(*(const volatile bool *)&self->busy)) {
    blocking_begin(vm);
    sched_yield();
    blocking_end(vm);
  }
}

/* Much data, in parts: other threads run meanwhile, but those who want this object wait; a signal's
** handler finds it between parts. */
static bool add_letting_go(VM *vm, HashObject *self, const uint8_t *bytes, size_t n) {
  while (n) {
    size_t part = n < PART_ADDED ? n : PART_ADDED;
    self->busy = true;
    blocking_begin(vm);
    add_bytes(self, bytes, part);
    blocking_end(vm);
    self->busy = false;
    bytes += part, n -= part;
    if (!vm_listen(vm)) return false;
  }
  return true;
}

bool hash_object_add(VM *vm, HashObject *self, Value data) {
  BufferView view;
  if (!hash_acquire(vm, data, &view)) return false;
  hash_object_wait(vm, self);
  evp_expect(view.size);
  bool may_move =
      self->algorithm->by_context && self->empty && !self->evp && evp_is_worth(view.size);
  if (may_move && (self->evp = evp_start(self->algorithm->name))) heap_track_destroy(vm, &self->h);
  if (view.size) self->empty = false;
  bool added = true;
  if (view.size >= WORTH_LETTING_GO) added = add_letting_go(vm, self, view.bytes, view.size);
  else add_bytes(self, view.bytes, view.size);
  buffer_release(vm, &view);
  return added;
}

Value hash_object_make(VM *vm, uint32_t shape, const HashAlgorithm *algorithm, Value data) {
  HashObject *self = heap_new_zeroed(vm, shape, sizeof *self);
  self->algorithm = algorithm;
  self->empty = true;
  if (algorithm->init) algorithm->init(&self->state);
  else if ((self->evp = evp_start(algorithm->name))) heap_track_destroy(vm, &self->h);
  else return raise_value(vm, "[digital envelope routines] unsupported");
  if (data != VALUE_MISSING && !hash_object_add(vm, self, data)) return VALUE_FAIL;
  return value_from(self);
}

Value hash_object_new(VM *vm, const HashAlgorithm *algorithm, Value data) {
  uint32_t shape = algorithm->digest_size ? SHAPE_OF(hash_HASH) : SHAPE_OF(hash_HASHXOF);
  return hash_object_make(vm, shape, algorithm, data);
}

void hash_object_digest(VM *vm, const HashObject *self, uint8_t *digest, size_t n) {
  hash_object_wait(vm, self);
  if (self->evp) evp_finish(self->evp, digest, n, self->algorithm->digest_size == 0);
  else {
    HashState copy = self->state;
    self->algorithm->finish(&copy, digest, n);
  }
}

Value hash_hex(VM *vm, const uint8_t *digest, size_t n) {
  Str *s = str_alloc(vm, n * 2, 127);
  if (!s) return VALUE_FAIL;
  uint8_t *text = (uint8_t *)str_data(s);
  for (size_t k = 0; k < n; k++)
    text[2 * k] = (uint8_t) "0123456789abcdef"[digest[k] >> 4],
             text[2 * k + 1] = (uint8_t) "0123456789abcdef"[digest[k] & 15];
  return value_from(s);
}

/* ---- methods */

static Value hash_update(VM *vm, HashObject *self, const hash_update_args *a) {
  return value_none_if(hash_object_add(vm, self, a->obj));
}

Value hash_object_result(VM *vm, const HashObject *self, bool hex) {
  uint8_t digest[HASH_MAX_DIGEST];
  size_t n = self->algorithm->digest_size;
  hash_object_digest(vm, self, digest, n);
  return hex ? hash_hex(vm, digest, n) : value_of(bytes_new(vm, digest, n));
}
static Value hash_digest(VM *vm, HashObject *self, const hash_digest_args *a) {
  return hash_object_result(vm, self, false);
}
static Value hash_hexdigest(VM *vm, HashObject *self, const hash_hexdigest_args *a) {
  return hash_object_result(vm, self, true);
}

static Bytes *long_digest(VM *vm, const HashObject *self, int64_t length) {
  if (length < 0 || length >= INT64_C(1) << 29)
    return (void)raise_value(vm, length < 0 ? "value must be positive" : "length is too large"),
           NULL;
  Bytes *bytes = bytes_new(vm, NULL, (size_t)length);
  if (bytes && length) hash_object_digest(vm, self, bytes->data, (size_t)length);
  return bytes;
}
Value hash_object_long_result(VM *vm, const HashObject *self, int64_t length, bool hex) {
  Bytes *bytes = long_digest(vm, self, length);
  return bytes && hex ? hash_hex(vm, bytes->data, bytes->length) : value_of(bytes);
}
static Value xof_digest(VM *vm, HashObject *self, const xof_digest_args *a) {
  return hash_object_long_result(vm, self, a->length, false);
}
static Value xof_hexdigest(VM *vm, HashObject *self, const xof_hexdigest_args *a) {
  return hash_object_long_result(vm, self, a->length, true);
}
static Value xof_get_digest_size(VM *vm, HashObject *self) { return value_int_unchecked(0); }

HashObject *hash_object_copy(VM *vm, const HashObject *self) {
  hash_object_wait(vm, self);
  HashObject *copy = heap_new_raw(vm, self->h.shape, sizeof *copy);
  copy->busy = false;
  copy->algorithm = self->algorithm;
  copy->empty = self->empty;
  copy->state = self->state;
  copy->evp = NULL;
  if (!self->evp) return copy;
  copy->evp = evp_copy(self->evp);
  if (!copy->evp) return (void)raise_memory(vm), NULL;
  heap_track_destroy(vm, &copy->h);
  return copy;
}
static Value hash_copy(VM *vm, HashObject *self, const hash_copy_args *a) {
  return value_of(hash_object_copy(vm, self));
}

static Value hash_get_digest_size(VM *vm, HashObject *self) {
  return value_int(vm, self->algorithm->digest_size);
}
static Value hash_get_block_size(VM *vm, HashObject *self) {
  return value_int(vm, self->algorithm->block_size);
}
static Value hash_get_name(VM *vm, HashObject *self) {
  return value_of(str_new_cstr(vm, self->algorithm->name));
}
static Value hash_op_repr(VM *vm, HashObject *self, const hash_op_repr_args *a) {
  Str *s = str_format(vm, "<%s _hashlib.%s object @ 0x%lx>", self->algorithm->name,
                      self->algorithm->digest_size ? "HASH" : "HASHXOF", (long)(uintptr_t)self);
  return value_of(s);
}

void hash_object_destroy(VM *vm, Object *object) {
  HashObject *self = (HashObject *)object;
  if (self->evp) evp_free(self->evp);
}

const ClassSpec hash_HASH_class = {
    NATIVE_CLASS(hash_),
    .basic_size = sizeof(HashObject),
    .destroy = hash_object_destroy,
};
const ClassSpec hash_HASHXOF_class = {
    NATIVE_CLASS(xof_),
    .basic_size = sizeof(HashObject),
    .destroy = hash_object_destroy,
};

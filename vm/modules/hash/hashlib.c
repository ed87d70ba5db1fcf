/* hashlib.c -- the module _hashlib: constructors by name, key derivation, HMAC. */
#include <stdlib.h>

#include "vm/base/memory.h"
#include "vm/contracts/native.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/hash/object.h"
#include "vm/objects/bytes.h"
#include "vm/objects/dict.h"
#include "vm/objects/int.h"
#include "vm/objects/int_limbs.h"

#define NATIVE_DEF "vm/modules/hash/hashlib.def"
#define NATIVE_PREFIX hashlib_
#include "vm/contracts/native_class.inc"

/* Registered by the import. */
static struct {
  Value unsupported_error; /* UnsupportedDigestmodError */
  Value constructors;      /* dict: openssl_md5 → "md5" … */
} state = {VALUE_NONE, VALUE_NONE};

/* ---- constructors */

/* What libcrypto says of an algorithm that it does not know. */
static COLD Value raise_unknown(VM *vm) {
  return raise_value(vm, "[digital envelope routines] unsupported");
}

static Value hashlib_new_hash(VM *vm, Value self, const hashlib_new_hash_args *a) {
  if (!value_is_str(a->name)) return raise_type(vm, "name must be a string");
  const char *name = str_utf8(vm, value_object(a->name), NULL);
  const HashAlgorithm *algorithm = name ? hash_find(name) : NULL;
  if (!algorithm) return name ? raise_unknown(vm) : VALUE_FAIL;
  return hash_object_new(vm, algorithm, a->string);
}

#define CONSTRUCTOR(name, what)                                 \
  static Value name(VM *vm, Value self, const name##_args *a) { \
    return hash_object_new(vm, &hash_##what, a->string);        \
  }
CONSTRUCTOR(hashlib_openssl_md5, md5)
CONSTRUCTOR(hashlib_openssl_sha1, sha1)
CONSTRUCTOR(hashlib_openssl_sha224, sha224)
CONSTRUCTOR(hashlib_openssl_sha256, sha256)
CONSTRUCTOR(hashlib_openssl_sha384, sha384)
CONSTRUCTOR(hashlib_openssl_sha512, sha512)
CONSTRUCTOR(hashlib_openssl_sha3_224, sha3_224)
CONSTRUCTOR(hashlib_openssl_sha3_256, sha3_256)
CONSTRUCTOR(hashlib_openssl_sha3_384, sha3_384)
CONSTRUCTOR(hashlib_openssl_sha3_512, sha3_512)
CONSTRUCTOR(hashlib_openssl_shake_128, shake_128)
CONSTRUCTOR(hashlib_openssl_shake_256, shake_256)

/* ---- HMAC */

static void hmac_start(Hmac *h, const HashAlgorithm *algorithm, const uint8_t *key, size_t n) {
  uint8_t block[HASH_MAX_BLOCK] = {0}, digest[HASH_MAX_DIGEST];
  if (n > algorithm->block_size) {
    HashState s;
    algorithm->init(&s);
    algorithm->update(&s, key, n);
    algorithm->finish(&s, digest, algorithm->digest_size);
    key = digest, n = algorithm->digest_size;
  }
  memcpy(block, key, n);
  h->algorithm = algorithm;
  for (int k = 0; k < algorithm->block_size; k++) block[k] ^= 0x36;
  algorithm->init(&h->inner);
  algorithm->update(&h->inner, block, algorithm->block_size);
  for (int k = 0; k < algorithm->block_size; k++) block[k] ^= 0x36 ^ 0x5C;
  algorithm->init(&h->outer);
  algorithm->update(&h->outer, block, algorithm->block_size);
}

static void hmac_finish(const Hmac *started, const uint8_t *message, size_t n, uint8_t *digest) {
  const HashAlgorithm *algorithm = started->algorithm;
  HashState s = started->inner;
  algorithm->update(&s, message, n);
  algorithm->finish(&s, digest, algorithm->digest_size);
  s = started->outer;
  algorithm->update(&s, digest, algorithm->digest_size);
  algorithm->finish(&s, digest, algorithm->digest_size);
}

static COLD Value raise_unsupported(VM *vm, Value digest) {
  Str *text = str_format(vm, "Unsupported digestmod %R", digest);
  Value exception = text ? call1(vm, state.unsupported_error, value_from(text)) : VALUE_FAIL;
  return value_is_fail(exception) ? VALUE_FAIL : raise_object(vm, exception);
}

/* A digest given by name or constructor; NULL: raised. UnsupportedDigestmodError makes the library
** use its own HMAC. */
static const HashAlgorithm *digest_argument(VM *vm, Value digest) {
  Value name = digest;
  if (!value_is_str(digest)) {
    uint64_t hash;
    bool may_be = value_hash(vm, digest, &hash) || error_clear_if(vm, TYPE_OF(TypeError));
    name = may_be ? dict_get(vm, value_object(state.constructors), digest) : VALUE_FAIL;
    if (value_is_fail(name)) return NULL;
    if (name == VALUE_UNBOUND) return (void)raise_unsupported(vm, digest), NULL;
  }
  const char *text = str_utf8(vm, value_object(name), NULL);
  const HashAlgorithm *algorithm = text ? hash_find(text) : NULL;
  if (text && !algorithm) raise_unknown(vm);
  if (!algorithm || algorithm->digest_size) return algorithm;
  return (void)raise_value(vm, "no reason supplied"), NULL;
}

static Value hashlib_hmac_digest(VM *vm, Value self, const hashlib_hmac_digest_args *a) {
  const HashAlgorithm *algorithm = digest_argument(vm, a->digest);
  BufferView key, message;
  if (!algorithm || !buffer_acquire(vm, a->key, &key, false)) return VALUE_FAIL;
  if (!buffer_acquire(vm, a->msg, &message, false)) return buffer_release(vm, &key), VALUE_FAIL;
  Hmac h;
  uint8_t digest[HASH_MAX_DIGEST];
  Value result = VALUE_MISSING;
  if (algorithm->init) {
    hmac_start(&h, algorithm, key.bytes, key.size);
    hmac_finish(&h, message.bytes, message.size, digest);
  } else result = hmac_object_new(vm, algorithm, (Span){key.bytes, key.size}, a->msg);
  buffer_release(vm, &key);
  buffer_release(vm, &message);
  if (result == VALUE_MISSING) return value_of(bytes_new(vm, digest, algorithm->digest_size));
  return value_is_fail(result) ? result : hmac_object_digest(vm, result);
}

static Value hashlib_hmac_new(VM *vm, Value self, const hashlib_hmac_new_args *a) {
  if (a->digestmod == VALUE_MISSING)
    return raise_type(vm, "Missing required parameter 'digestmod'.");
  const HashAlgorithm *algorithm = digest_argument(vm, a->digestmod);
  if (!algorithm) return VALUE_FAIL;
  Value message = a->msg == VALUE_NONE ? VALUE_MISSING : a->msg;
  return hmac_object_new(vm, algorithm, pin_span(&a->key), message);
}

/* ---- key derivation */

/* PBKDF2 (RFC 8018); false: interrupted. */
static bool derive(VM *vm, const Hmac *h, const uint8_t *salt, size_t salt_size, int64_t iterations,
                   uint8_t *key, size_t size) {
  size_t width = h->algorithm->digest_size;
  uint8_t *block = memory_take(salt_size + 4), u[HASH_MAX_DIGEST], sum[HASH_MAX_DIGEST];
  if (!block) return raise_memory(vm), false;
  memcpy(block, salt, salt_size);
  bool good = true;
  for (uint32_t number = 1; size && good; number++) {
    uint32_t big = __builtin_bswap32(number);
    memcpy(block + salt_size, &big, 4);
    hmac_finish(h, block, salt_size + 4, u);
    memcpy(sum, u, width);
    for (int64_t i = 1; i < iterations && good; i++) {
      hmac_finish(h, u, width, u);
      for (size_t k = 0; k < width; k++) sum[k] ^= u[k];
      if ((i & 255) == 0) good = int_poll(vm);
    }
    size_t part = size < width ? size : width;
    memcpy(key, sum, part);
    key += part, size -= part;
  }
  free(block);
  return good;
}

/* derive_outside: by libcrypto, which alone has the algorithm. */
static Value derive_outside(VM *vm, const HashAlgorithm *algorithm,
                            const hashlib_pbkdf2_hmac_args *a, Bytes *key) {
  int done =
      BLOCKING(vm, evp_pbkdf2(algorithm->name, a->password.bytes, a->password.n, a->salt.bytes,
                              a->salt.n, a->iterations, key->data, key->length));
  return done > 0 ? value_from(key) : raise_unknown(vm);
}

static Value hashlib_pbkdf2_hmac(VM *vm, Value self, const hashlib_pbkdf2_hmac_args *a) {
  const HashAlgorithm *algorithm = hash_find(str_utf8(vm, a->hash_name, NULL));
  if (!algorithm) return raise_unknown(vm);
  if (!algorithm->digest_size) return raise_value(vm, "no reason supplied");
  if (a->iterations < 1) return raise_value(vm, "iteration value must be greater than 0.");
  int64_t size = algorithm->digest_size;
  if (a->dklen != VALUE_NONE && !value_index64(vm, a->dklen, &size, false)) return VALUE_FAIL;
  if (size < 1) return raise_value(vm, "key length must be greater than 0.");
  if (size > INT32_MAX) return raise_error(vm, TYPE_OF(OverflowError), "key length is too great.");
  Bytes *key = bytes_new(vm, NULL, (size_t)size);
  Hmac h;
  if (!algorithm->init) return key ? derive_outside(vm, algorithm, a, key) : VALUE_FAIL;
  size_t blocks = ((size_t)size + algorithm->digest_size - 1) / algorithm->digest_size;
  evp_expect(2 * algorithm->block_size * blocks * (size_t)a->iterations);
  hmac_start(&h, algorithm, a->password.bytes, a->password.n);
  bool good =
      key && derive(vm, &h, a->salt.bytes, a->salt.n, a->iterations, key->data, (size_t)size);
  return good ? value_from(key) : VALUE_FAIL;
}

static bool power_argument(VM *vm, Value v, const char *name, uint64_t *out) {
  if (v != VALUE_MISSING && !value_is_any_int(v))
    return raise_false(vm, TYPE_OF(TypeError), "scrypt() argument '%s' must be int, not %T", name,
                       v);
  if (v == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(TypeError), "%s is required and must be an unsigned int", name);
  return int_to_uint64(v, out) ||
         raise_false(vm, TYPE_OF(TypeError), "%s is required and must be an unsigned int", name);
}

static Value hashlib_scrypt(VM *vm, Value self, const hashlib_scrypt_args *a) {
  uint64_t n, r, p;
  if (a->salt == VALUE_NONE) return raise_type(vm, "salt is required");
  if (!power_argument(vm, a->n, "n", &n)) return VALUE_FAIL;
  if (n < 2 || (n & (n - 1))) return raise_value(vm, "n must be a power of 2.");
  if (!power_argument(vm, a->r, "r", &r) || !power_argument(vm, a->p, "p", &p)) return VALUE_FAIL;
  if (a->maxmem < 0 || a->maxmem > INT32_MAX)
    return raise_value(vm, "maxmem must be positive and smaller than %d", INT32_MAX);
  if (a->dklen < 1 || a->dklen > INT32_MAX)
    return raise_value(vm, "dklen must be greater than 0 and smaller than %d", INT32_MAX);
  BufferView password, salt;
  if (!buffer_acquire(vm, a->password, &password, false)) return VALUE_FAIL;
  if (!buffer_acquire(vm, a->salt, &salt, false)) return buffer_release(vm, &password), VALUE_FAIL;
  Bytes *key = bytes_new(vm, NULL, (size_t)a->dklen);
  int done = 1;
  if (key) {
    blocking_begin(vm);
    done = evp_scrypt((const char *)password.bytes, password.size, salt.bytes, salt.size, n, r, p,
                      (uint64_t)a->maxmem, key->data, (size_t)a->dklen);
    blocking_end(vm);
  }
  buffer_release(vm, &password);
  buffer_release(vm, &salt);
  if (!key) return VALUE_FAIL;
  if (done < 0) return raise_value(vm, "scrypt needs libcrypto, which is not installed");
  if (done) return value_from(key);
  char text[200];
  evp_error(text, sizeof text);
  return raise_value(vm, "%s", text);
}

/* ---- the rest */

static Value hashlib_compare_digest(VM *vm, Value self, const hashlib_compare_digest_args *a) {
  if (value_is_str(a->a) && value_is_str(a->b)) {
    const Str *x = value_object(a->a), *y = value_object(a->b);
    if (!str_is_ascii(x) || !str_is_ascii(y))
      return raise_type(vm, "comparing strings with non-ASCII characters is not supported");
    uint8_t different = x->length != y->length;
    const uint8_t *p = str_data(x), *q = different ? p : str_data(y);
    for (size_t k = 0; k < x->length; k++) different |= p[k] ^ q[k];
    return value_bool(!different);
  }
  if (!value_is_bytes_like(a->a) && !value_is_bytes_like(a->b))
    return raise_type(vm,
                      "unsupported operand types(s) or combination of types: '%.100T' and '%.100T'",
                      a->a, a->b);
  BufferView x, y;
  if (!buffer_acquire(vm, a->a, &x, false)) return VALUE_FAIL;
  if (!buffer_acquire(vm, a->b, &y, false)) return buffer_release(vm, &x), VALUE_FAIL;
  uint8_t different = x.size != y.size;
  const uint8_t *q = different ? x.bytes : y.bytes;
  for (size_t k = 0; k < x.size; k++) different |= x.bytes[k] ^ q[k];
  buffer_release(vm, &x);
  buffer_release(vm, &y);
  return value_bool(!different);
}

static Value hashlib_get_fips_mode(VM *vm, Value self, const hashlib_get_fips_mode_args *a) {
  return value_int_unchecked(0);
}

/* add_names: openssl_md_meth_names, of what there is. */
static bool add_names(VM *vm, Module *module) {
  Set *set = frozenset_new(vm);
  const HashAlgorithm *one;
  for (size_t k = 0; (one = hash_at(k)); k++) {
    if (!one->init && !evp_is_there(one->name)) continue;
    Str *name = str_intern_cstr(vm, one->name);
    if (!name || !set_add_value(vm, set, value_from(name))) return false;
  }
  return module_add(vm, module, "openssl_md_meth_names", value_from(set));
}

/* add_constructors: which digest each openssl_… function stands for. */
static bool add_constructors(VM *vm, Module *module) {
  Dict *constructors = dict_new(vm);
  state.constructors = value_from(constructors);
  for (size_t k = 0; k < ARRAY_COUNT(hashlib_methods) - 1; k++) {
    const char *name = hashlib_methods[k].name;
    if (strncmp(name, "openssl_", 8) != 0) continue;
    Value function = get_attribute(vm, value_from(module), str_intern_cstr(vm, name));
    Value digest = value_of(str_intern_cstr(vm, name + 8));
    if (value_is_fail(function) || value_is_fail(digest) ||
        !dict_set(vm, constructors, function, digest))
      return false;
  }
  Value shown = call1(vm, value_from(TYPE_OF(mappingproxy)), state.constructors);
  return !value_is_fail(shown) && module_add(vm, module, "_constructors", shown);
}

static bool init(VM *vm, Module *module) {
  state.unsupported_error =
      module_new_exception(vm, "_hashlib", "UnsupportedDigestmodError", TYPE_OF(ValueError));
  heap_add_root(vm, &state.unsupported_error);
  heap_add_root(vm, &state.constructors);
  return !value_is_fail(state.unsupported_error) && add_names(vm, module) &&
         add_constructors(vm, module) &&
         module_add(vm, module, "UnsupportedDigestmodError", state.unsupported_error) &&
         module_add_type(vm, module, TYPE_OF(hash_HASH)) &&
         module_add_type(vm, module, TYPE_OF(hash_HASHXOF)) &&
         module_add_type(vm, module, TYPE_OF(hash_HMAC)) &&
         module_add_int(vm, module, "_GIL_MINSIZE", 2048);
}

const ModuleSpec _hashlib_module = {
    .name = "_hashlib",
    .doc = "Message digests, HMAC and key derivation for hashlib and hmac.",
    NATIVE_FUNCTIONS(hashlib_),
    .init = init};

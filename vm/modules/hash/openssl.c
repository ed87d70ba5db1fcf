/* openssl.c -- libcrypto: opened when it is first of use (perf-notes/0061); never needed. */
#include "vm/base/libraries.h"
#if WITH_SSL
#include "vm/base/lazy/lazy.h"

#define OPENSSL_SUPPRESS_DEPRECATED /* MD5_Update … go on from any state; EVP_ functions do not */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/md5.h>
#include <openssl/sha.h>
#else
#include <dlfcn.h>
#endif

#include <stdio.h>

#include "vm/modules/hash/hash.h"

/* What Krait has itself libcrypto does up to ten times as fast: blocks of the usual digests as soon
** as it is open (perf-note 0063), others in contexts of its own from WORTH bytes on. Opening it
** takes as long as digesting half a megabyte here (perf-note 0061). */
enum { WORTH = 16384, WORTH_OPENING = 1 << 19 };

static struct {
  bool tried;
  size_t passed_over; /* bytes that would have been worth it, were it open */
  const void *(*get_digest)(const char *name);
  void *(*context_new)(void);
  void (*context_free)(void *);
  int (*init)(void *, const void *, void *);
  int (*update)(void *, const void *, size_t);
  int (*finish)(void *, unsigned char *, unsigned *);
  int (*finish_any)(void *, unsigned char *, size_t);
  int (*copy)(void *, const void *);
  int (*scrypt)(const char *, size_t, const unsigned char *, size_t, uint64_t, uint64_t, uint64_t,
                uint64_t, unsigned char *, size_t);
  int (*pbkdf2)(const char *, int, const unsigned char *, int, int, const void *, int,
                unsigned char *);
  int (*blocks[EVP_BLOCKS_COUNT])(void *, const void *, size_t); /* read without the lock */
} crypto;

/* Room for MD5_CTX, SHA_CTX, SHA256_CTX or SHA512_CTX: the state's words first; the rest, how much
** has come and a block that has begun, is 0 here. */
typedef union BlocksContext {
  uint64_t words[8];
  uint8_t room[256];
} BlocksContext;
#if WITH_SSL
static_assert(offsetof(MD5_CTX, A) == 0 && offsetof(SHA_CTX, h0) == 0 &&
                  offsetof(SHA256_CTX, h) == 0 && offsetof(SHA512_CTX, h) == 0,
              "the words come first");
static_assert(sizeof(MD5_CTX) <= sizeof(BlocksContext) &&
                  sizeof(SHA_CTX) <= sizeof(BlocksContext) &&
                  sizeof(SHA256_CTX) <= sizeof(BlocksContext) &&
                  sizeof(SHA512_CTX) <= sizeof(BlocksContext),
              "there is room");
#endif

static bool open_library(void) {
  if (crypto.tried) return crypto.copy != NULL;
  crypto.tried = true;
#if WITH_SSL
  if (lazy_open(&lazy_crypto)) return false;
#define FIND(field, name) __atomic_store_n((void **)&crypto.field, (void *)name, __ATOMIC_RELEASE)
#else
  void *library = dlopen("libcrypto.so.3", RTLD_LAZY | RTLD_LOCAL);
  if (!library) library = dlopen("libcrypto.so.1.1", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return false;
#define FIND(field, name) \
  __atomic_store_n((void **)&crypto.field, dlsym(library, #name), __ATOMIC_RELEASE)
#endif
  FIND(get_digest, EVP_get_digestbyname);
  FIND(context_new, EVP_MD_CTX_new);
  FIND(context_free, EVP_MD_CTX_free);
  FIND(init, EVP_DigestInit_ex);
  FIND(update, EVP_DigestUpdate);
  FIND(finish, EVP_DigestFinal_ex);
  FIND(finish_any, EVP_DigestFinalXOF);
  FIND(scrypt, EVP_PBE_scrypt);
  FIND(pbkdf2, PKCS5_PBKDF2_HMAC);
  if (crypto.get_digest && crypto.context_new && crypto.context_free && crypto.init &&
      crypto.update && crypto.finish && crypto.finish_any)
    FIND(copy, EVP_MD_CTX_copy_ex);
  FIND(blocks[EVP_BLOCKS_MD5], MD5_Update);
  FIND(blocks[EVP_BLOCKS_SHA1], SHA1_Update);
  FIND(blocks[EVP_BLOCKS_SHA256], SHA256_Update);
  FIND(blocks[EVP_BLOCKS_SHA512], SHA512_Update);
#undef FIND
  return crypto.copy != NULL;
}

/* evp_name: what libcrypto calls an algorithm: sha3-256, shake128. false: it is too long to be
** one. */
static bool evp_name(const char *name, char dashed[16]) {
  size_t n = strlen(name);
  if (n >= 16) return false;
  for (size_t k = 0; k <= n; k++) dashed[k] = name[k] == '_' ? '-' : name[k];
  if (strncmp(name, "shake", 5) == 0) memmove(dashed + 5, dashed + 6, n - 5);
  if (strcmp(name, "blake2b") == 0) strcpy(dashed, "blake2b512");
  if (strcmp(name, "blake2s") == 0) strcpy(dashed, "blake2s256");
  return true;
}

void *evp_start(const char *name) {
  char dashed[16];
  if (!open_library() || !evp_name(name, dashed)) return NULL;
  const void *digest = crypto.get_digest(dashed);
  void *context = digest ? crypto.context_new() : NULL;
  if (context && !crypto.init(context, digest, NULL)) {
    crypto.context_free(context);
    return NULL;
  }
  return context;
}

/* is_open_already: another module, ssl, has opened it: it costs nothing more (perf-note 0066). */
static bool is_open_already(void) {
#if WITH_SSL
  return lazy_crypto.is_open;
#else
  return false;
#endif
}

bool evp_is_worth(size_t size) { return crypto.tried && size >= WORTH; }

void evp_expect(size_t size) {
  if (crypto.tried) return;
  crypto.passed_over += size;
  if (crypto.passed_over >= WORTH_OPENING || is_open_already()) open_library();
}

bool evp_blocks(EvpBlocks kind, void *words, size_t words_size, const uint8_t *bytes, size_t size) {
  int (*update)(void *, const void *, size_t) =
      __atomic_load_n(&crypto.blocks[kind], __ATOMIC_ACQUIRE);
  if (!update) return false;
  BlocksContext context = {0};
  memcpy(context.words, words, words_size);
  update(&context, bytes, size);
  memcpy(words, context.words, words_size);
  return true;
}

bool evp_is_there(const char *name) {
#if WITH_SSL
#ifdef OPENSSL_NO_RMD160
  if (strcmp(name, "ripemd160") == 0) return false;
#endif
#ifdef OPENSSL_NO_SM3
  if (strcmp(name, "sm3") == 0) return false;
#endif
  return true;
#else
  void *context = evp_start(name);
  if (context) evp_free(context);
  return context != NULL;
#endif
}

bool evp_is_alias(const char *alias, const char *name) {
  bool is = false;
#if WITH_SSL
  char dashed[16];
  if (!open_library()) return false;
  EVP_MD *digest = EVP_MD_fetch(NULL, alias, NULL);
  is = digest && evp_name(name, dashed) && EVP_MD_is_a(digest, dashed);
  EVP_MD_free(digest);
  ERR_clear_error();
#endif
  return is;
}

void evp_update(void *context, const uint8_t *bytes, size_t n) { crypto.update(context, bytes, n); }

void *evp_copy(void *context) {
  void *copy = crypto.context_new();
  if (copy) crypto.copy(copy, context);
  return copy;
}

void evp_finish(void *context, uint8_t *digest, size_t n, bool any_size) {
  void *copy = evp_copy(context);
  if (any_size) crypto.finish_any(copy, digest, n);
  else crypto.finish(copy, digest, NULL);
  crypto.context_free(copy);
}

void evp_free(void *context) { crypto.context_free(context); }

int evp_scrypt(const char *password, size_t password_size, const uint8_t *salt, size_t salt_size,
               uint64_t n, uint64_t r, uint64_t p, uint64_t max_memory, uint8_t *key,
               size_t key_size) {
  if (!open_library() || !crypto.scrypt) return -1;
  return crypto.scrypt(password, password_size, salt, salt_size, n, r, p, max_memory, key,
                       key_size) > 0;
}

int evp_pbkdf2(const char *name, const uint8_t *password, size_t password_size, const uint8_t *salt,
               size_t salt_size, int64_t iterations, uint8_t *key, size_t key_size) {
  char dashed[16];
  bool fits = password_size <= INT32_MAX && salt_size <= INT32_MAX && iterations <= INT32_MAX;
  if (!open_library() || !crypto.pbkdf2 || !fits || !evp_name(name, dashed)) return -1;
  const void *digest = crypto.get_digest(dashed);
  return digest ? crypto.pbkdf2((const char *)password, (int)password_size, salt, (int)salt_size,
                                (int)iterations, digest, (int)key_size, key) > 0
                : -1;
}

void evp_error(char *text, size_t size) {
#if WITH_SSL
  unsigned long code = open_library() ? ERR_peek_last_error() : 0;
  const char *library = code ? ERR_lib_error_string(code) : NULL;
  const char *reason = code ? ERR_reason_error_string(code) : NULL;
  if (code) ERR_clear_error();
  if (library && reason) snprintf(text, size, "[%s] %s", library, reason);
  else snprintf(text, size, "%s", reason ? reason : "no reason supplied");
#else
  snprintf(text, size, "no reason supplied");
#endif
}

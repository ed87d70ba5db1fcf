/* openssl.c -- libcrypto, opened when it is first of use: never at start-up, and not needed. */
#include <dlfcn.h>

#include "vm/modules/hash/hash.h"

static struct {
  bool tried;
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
} crypto;

static bool open_library(void) {
  if (crypto.tried) return crypto.copy != NULL;
  crypto.tried = true;
  void *library = dlopen("libcrypto.so.3", RTLD_LAZY | RTLD_LOCAL);
  if (!library) library = dlopen("libcrypto.so.1.1", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return false;
#define FIND(field, name) *(void **)&crypto.field = dlsym(library, name)
  FIND(get_digest, "EVP_get_digestbyname");
  FIND(context_new, "EVP_MD_CTX_new");
  FIND(context_free, "EVP_MD_CTX_free");
  FIND(init, "EVP_DigestInit_ex");
  FIND(update, "EVP_DigestUpdate");
  FIND(finish, "EVP_DigestFinal_ex");
  FIND(finish_any, "EVP_DigestFinalXOF");
  FIND(scrypt, "EVP_PBE_scrypt");
  if (crypto.get_digest && crypto.context_new && crypto.context_free && crypto.init &&
      crypto.update && crypto.finish && crypto.finish_any)
    FIND(copy, "EVP_MD_CTX_copy_ex");
#undef FIND
  return crypto.copy != NULL;
}

void *evp_start(const char *name) {
  if (!open_library()) return NULL;
  char dashed[16];
  size_t n = strlen(name);
  if (n >= sizeof dashed) return NULL;
  for (size_t k = 0; k <= n; k++) dashed[k] = name[k] == '_' ? '-' : name[k]; /* sha3-256 */
  if (strncmp(name, "shake", 5) == 0) memmove(dashed + 5, dashed + 6, n - 5); /* shake128 */
  const void *digest = crypto.get_digest(dashed);
  void *context = digest ? crypto.context_new() : NULL;
  if (context && !crypto.init(context, digest, NULL)) {
    crypto.context_free(context);
    return NULL;
  }
  return context;
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

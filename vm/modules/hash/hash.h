/* hash.h -- message digests: one table of algorithms, each a state that takes bytes and gives a
** digest.
**
** Our own code does those that are always there; for much data, libcrypto's is used when it is
** there (openssl.c), as it has code for this very processor. Some only libcrypto has. */
#ifndef KRAIT_HASH_H
#define KRAIT_HASH_H

#include "vm/base/common.h"

enum { HASH_MAX_DIGEST = 64, HASH_MAX_BLOCK = 168 };

/* Room for any algorithm; which member is in use its algorithm knows. */
typedef union HashState {
  /* md5, sha1, sha224, sha256 */
  struct {
    uint32_t h[8];
    uint64_t size;
    uint8_t block[64];
  } small;
  /* sha384, sha512 */
  struct {
    uint64_t h[8];
    uint64_t size;
    uint8_t block[128];
  } large;
  struct {
    uint64_t lanes[25];
    uint32_t at, rate;
    uint8_t suffix;
  } sponge; /* sha3, shake */
  struct {
    uint64_t h[8], count[2], last_block, last_node;
    uint32_t at, digest_size;
    uint8_t block[128];
    bool is_last_node;
  } blake;
} HashState;

typedef struct HashAlgorithm {
  const char *name;
  uint16_t digest_size, block_size; /* bytes; digest_size 0: any (shake) */
  void (*init)(HashState *s);       /* NULL: libcrypto alone has it */
  void (*update)(HashState *s, const uint8_t *bytes, size_t n);
  void (*finish)(HashState *s, uint8_t *digest, size_t n); /* the state is used up */
  bool by_context; /* libcrypto does it from its first byte on or not at all (else: evp_blocks) */
} HashAlgorithm;

extern const HashAlgorithm hash_md5, hash_sha1, hash_sha224, hash_sha256, hash_sha384, hash_sha512,
    hash_sha3_224, hash_sha3_256, hash_sha3_384, hash_sha3_512, hash_shake_128, hash_shake_256,
    hash_blake2b, hash_blake2s;
const HashAlgorithm *hash_find(const char *name); /* any case, or an alias; NULL: unknown */
const HashAlgorithm *hash_at(size_t i);           /* all that there are; NULL behind the last */

/* BLAKE2's parameters (RFC 7693 and the BLAKE2 paper, section 2.8). */
typedef struct BlakeParameters {
  uint32_t digest_size, key_size, fanout, depth, leaf_size, node_depth, inner_size;
  uint64_t node_offset;
  uint8_t salt[16], person[16], key[64];
  bool last_node;
} BlakeParameters;
void blake2b_start(HashState *s, const BlakeParameters *p);
void blake2s_start(HashState *s, const BlakeParameters *p);

/* HMAC (RFC 2104), of an algorithm of our own. */
typedef struct Hmac {
  const HashAlgorithm *algorithm;
  HashState inner, outer;
} Hmac;

/* ---- libcrypto (openssl.c) */
/* a running digest, or NULL: not there */
MUST_USE void *evp_start(const char *name);
bool evp_is_worth(size_t size); /* is it open, for so many bytes of what Krait has itself? */
void evp_expect(size_t size);   /* so many bytes come: opens it when their sum has been worth it */
/* evp_blocks: whole blocks of `size` bytes into a state's words. false: not open, nothing is done.
** Without the lock too. */
typedef enum EvpBlocks {
  EVP_BLOCKS_MD5,
  EVP_BLOCKS_SHA1,
  EVP_BLOCKS_SHA256,
  EVP_BLOCKS_SHA512,
  EVP_BLOCKS_COUNT
} EvpBlocks;
MUST_USE bool evp_blocks(EvpBlocks kind, void *words, size_t words_size, const uint8_t *bytes,
                         size_t size);
bool evp_is_there(const char *name); /* what only libcrypto has, without opening it */
bool evp_is_alias(const char *alias, const char *name); /* another name for the algorithm? */
void evp_update(void *context, const uint8_t *bytes, size_t n);
/* of a copy: the context goes on */
void evp_finish(void *context, uint8_t *digest, size_t n, bool any_size);
void *evp_copy(void *context);
void evp_free(void *context);
/* evp_scrypt: 1 done, 0 bad parameters, -1: not there */
MUST_USE int evp_scrypt(const char *password, size_t password_size, const uint8_t *salt,
                        size_t salt_size, uint64_t n, uint64_t r, uint64_t p, uint64_t max_memory,
                        uint8_t *key, size_t key_size);
/* PBKDF2 (RFC 8018) by the HMAC of an algorithm: as evp_scrypt. */
MUST_USE int evp_pbkdf2(const char *name, const uint8_t *password, size_t password_size,
                        const uint8_t *salt, size_t salt_size, int64_t iterations, uint8_t *key,
                        size_t key_size);
void evp_error(char *text, size_t size); /* why the last call has failed */

#endif

/* blake.c -- BLAKE2b and BLAKE2s (RFC 7693). */
#include "vm/modules/hash/hash.h"

static const uint8_t order[10][16] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
                                      {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
                                      {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
                                      {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
                                      {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
                                      {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
                                      {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
                                      {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
                                      {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
                                      {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};
static const uint64_t start_b[8] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b,
                                    0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
                                    0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
static const uint32_t start_s[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

#define WORD uint64_t
#define NAME(x) b_##x
#define BLOCK 128
#define ROUNDS 12
#define R1 32
#define R2 24
#define R3 16
#define R4 63
#define START start_b
#include "vm/modules/hash/blake.inc"
#define WORD uint32_t
#define NAME(x) s_##x
#define BLOCK 64
#define ROUNDS 10
#define R1 16
#define R2 12
#define R3 8
#define R4 7
#define START start_s
#include "vm/modules/hash/blake.inc"

/* little-endian machines */
static void put(uint8_t *at, uint64_t n, int size) { memcpy(at, &n, (size_t)size); }

void blake2b_start(HashState *s, const BlakeParameters *p) {
  uint8_t block[64] = {(uint8_t)p->digest_size, (uint8_t)p->key_size, (uint8_t)p->fanout,
                       (uint8_t)p->depth};
  put(block + 4, p->leaf_size, 4);
  put(block + 8, p->node_offset, 8);
  block[16] = (uint8_t)p->node_depth, block[17] = (uint8_t)p->inner_size;
  memcpy(block + 32, p->salt, 16);
  memcpy(block + 48, p->person, 16);
  b_begin(s, p, block);
}

void blake2s_start(HashState *s, const BlakeParameters *p) {
  uint8_t block[32] = {(uint8_t)p->digest_size, (uint8_t)p->key_size, (uint8_t)p->fanout,
                       (uint8_t)p->depth};
  put(block + 4, p->leaf_size, 4);
  put(block + 8, p->node_offset, 6);
  block[14] = (uint8_t)p->node_depth, block[15] = (uint8_t)p->inner_size;
  memcpy(block + 16, p->salt, 8);
  memcpy(block + 24, p->person, 8);
  s_begin(s, p, block);
}

static void b_init(HashState *s) {
  blake2b_start(s, &(BlakeParameters){.digest_size = 64, .fanout = 1, .depth = 1});
}
static void s_init(HashState *s) {
  blake2s_start(s, &(BlakeParameters){.digest_size = 32, .fanout = 1, .depth = 1});
}
const HashAlgorithm hash_blake2b = {"blake2b", 64, 128, b_init, b_update, b_finish, true};
const HashAlgorithm hash_blake2s = {"blake2s", 32, 64, s_init, s_update, s_finish, true};

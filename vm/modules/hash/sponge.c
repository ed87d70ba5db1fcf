/* sponge.c -- SHA-3 and SHAKE (FIPS 202): Keccak-f[1600]. */
#include "vm/modules/hash/hash.h"

static inline uint64_t rotate(uint64_t x, int n) { return n ? x << n | x >> (64 - n) : x; }

static void permute(uint64_t *a) {
  static const uint8_t offsets[25] = {0,  1,  62, 28, 27, 36, 44, 6,  55, 20, 3,  10, 43,
                                      25, 39, 41, 45, 15, 21, 8,  18, 2,  61, 56, 14};
  uint8_t lfsr = 1;
  for (int round = 0; round < 24; round++) {
    uint64_t c[5], b[25];
    for (int x = 0; x < 5; x++) c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
#pragma GCC unroll 5
    for (int x = 0; x < 5; x++) {
      uint64_t d = c[(x + 4) % 5] ^ rotate(c[(x + 1) % 5], 1);
#pragma GCC unroll 5
      for (int y = 0; y < 5; y++)
        b[y + 5 * ((2 * x + 3 * y) % 5)] = rotate(a[x + 5 * y] ^ d, offsets[x + 5 * y]);
    }
#pragma GCC unroll 5
    for (int y = 0; y < 25; y += 5)
#pragma GCC unroll 5
      for (int x = 0; x < 5; x++) a[y + x] = b[y + x] ^ (~b[y + (x + 1) % 5] & b[y + (x + 2) % 5]);
    for (int j = 0; j < 7; j++) { /* the round's constant, bit 2**j - 1 at a time */
      if (lfsr & 1) a[0] ^= UINT64_C(1) << ((1 << j) - 1);
      lfsr = (uint8_t)(lfsr << 1 ^ (lfsr >> 7 ? 0x71 : 0));
    }
  }
}

static void start(HashState *s, uint32_t rate, uint8_t suffix) {
  memset(s, 0, sizeof s->sponge);
  s->sponge.rate = rate, s->sponge.suffix = suffix;
}

static void update(HashState *s, const uint8_t *bytes, size_t n) {
  uint8_t *lanes = (uint8_t *)s->sponge.lanes;
  uint32_t at = s->sponge.at, rate = s->sponge.rate;
  while (n) {
    if (at == 0 && n >= rate) {
      for (uint32_t k = 0; k < rate / 8; k++) {
        uint64_t word;
        memcpy(&word, bytes + 8 * k, 8);
        s->sponge.lanes[k] ^= word;
      }
      permute(s->sponge.lanes);
      bytes += rate, n -= rate;
      continue;
    }
    lanes[at++] ^= *bytes++, n--;
    if (at == rate) permute(s->sponge.lanes), at = 0;
  }
  s->sponge.at = at;
}

static void finish(HashState *s, uint8_t *digest, size_t n) {
  uint8_t *lanes = (uint8_t *)s->sponge.lanes;
  uint32_t rate = s->sponge.rate;
  lanes[s->sponge.at] ^= s->sponge.suffix;
  lanes[rate - 1] ^= 0x80;
  permute(s->sponge.lanes);
  while (n) {
    size_t part = n < rate ? n : rate;
    memcpy(digest, lanes, part);
    digest += part, n -= part;
    if (n) permute(s->sponge.lanes);
  }
}

#define SPONGE(id, digest, rate, suffix)                          \
  static void id##_init(HashState *s) { start(s, rate, suffix); } \
  const HashAlgorithm hash_##id = {#id, digest, rate, id##_init, update, finish, true};
SPONGE(sha3_224, 28, 144, 6)
SPONGE(sha3_256, 32, 136, 6)
SPONGE(sha3_384, 48, 104, 6)
SPONGE(sha3_512, 64, 72, 6)
SPONGE(shake_128, 0, 168, 0x1F)
SPONGE(shake_256, 0, 136, 0x1F)

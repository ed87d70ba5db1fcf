/* small.c -- MD5 (RFC 1321), SHA-1 and SHA-224/256 (FIPS 180-4): blocks of 64 bytes, words of 32
** bits. */
#include "vm/modules/hash/hash.h"

static inline uint32_t rotate(uint32_t x, int n) { return x << n | x >> (32 - n); }
static inline uint32_t little(const uint8_t *p) {
  uint32_t x;
  memcpy(&x, p, 4);
  return x;
}
static inline uint32_t big(const uint8_t *p) { return __builtin_bswap32(little(p)); }
static inline void put_little(uint8_t *p, uint32_t x) { memcpy(p, &x, 4); }
static inline void put_big(uint8_t *p, uint32_t x) { put_little(p, __builtin_bswap32(x)); }

typedef void (*Compress)(uint32_t *h, const uint8_t *bytes, size_t blocks);

static ALWAYS_INLINE void update(HashState *s, const uint8_t *bytes, size_t n, Compress compress) {
  size_t at = s->small.size % 64;
  s->small.size += n;
  if (at) {
    size_t room = 64 - at, part = n < room ? n : room;
    memcpy(s->small.block + at, bytes, part);
    bytes += part, n -= part;
    if (part < room) return;
    compress(s->small.h, s->small.block, 1);
  }
  compress(s->small.h, bytes, n / 64);
  memcpy(s->small.block, bytes + n / 64 * 64, n % 64);
}

static ALWAYS_INLINE void pad(HashState *s, Compress compress, bool big_endian) {
  size_t at = s->small.size % 64;
  uint64_t bits = s->small.size * 8;
  s->small.block[at++] = 0x80;
  if (at > 56) {
    memset(s->small.block + at, 0, 64 - at);
    compress(s->small.h, s->small.block, 1);
    at = 0;
  }
  memset(s->small.block + at, 0, 56 - at);
  if (big_endian) bits = __builtin_bswap64(bits);
  memcpy(s->small.block + 56, &bits, 8);
  compress(s->small.h, s->small.block, 1);
}

static void start(HashState *s, const uint32_t *h, int n) {
  memcpy(s->small.h, h, (size_t)n * 4);
  s->small.size = 0;
}

/* ---- MD5 */

static void md5_compress(uint32_t *h, const uint8_t *bytes, size_t blocks) {
  if (evp_blocks(EVP_BLOCKS_MD5, h, 4 * sizeof *h, bytes, blocks * 64)) return;
  uint32_t a = h[0], b = h[1], c = h[2], d = h[3];
  for (; blocks; blocks--, bytes += 64) {
    uint32_t a0 = a, b0 = b, c0 = c, d0 = d;
#define STEP(f, a, b, c, d, k, constant, shift) \
  a = rotate(a + (f) + little(bytes + 4 * (k)) + constant, shift) + b;
#define F(a, b, c, d, k, t, s) STEP(d ^ (b & (c ^ d)), a, b, c, d, k, t, s)
#define G(a, b, c, d, k, t, s) STEP((d & b) + (~d & c), a, b, c, d, k, t, s)
#define H(a, b, c, d, k, t, s) STEP(b ^ c ^ d, a, b, c, d, k, t, s)
#define I(a, b, c, d, k, t, s) STEP(c ^ (b | ~d), a, b, c, d, k, t, s)
#define ROUND4(f, k0, k1, k2, k3, t0, t1, t2, t3, s0, s1, s2, s3)               \
  f(a, b, c, d, k0, t0, s0) f(d, a, b, c, k1, t1, s1) f(c, d, a, b, k2, t2, s2) \
      f(b, c, d, a, k3, t3, s3)
    ROUND4(F, 0, 1, 2, 3, 0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 7, 12, 17, 22)
    ROUND4(F, 4, 5, 6, 7, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 7, 12, 17, 22)
    ROUND4(F, 8, 9, 10, 11, 0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 7, 12, 17, 22)
    ROUND4(F, 12, 13, 14, 15, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 7, 12, 17, 22)
    ROUND4(G, 1, 6, 11, 0, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 5, 9, 14, 20)
    ROUND4(G, 5, 10, 15, 4, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8, 5, 9, 14, 20)
    ROUND4(G, 9, 14, 3, 8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 5, 9, 14, 20)
    ROUND4(G, 13, 2, 7, 12, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 5, 9, 14, 20)
    ROUND4(H, 5, 8, 11, 14, 0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 4, 11, 16, 23)
    ROUND4(H, 1, 4, 7, 10, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 4, 11, 16, 23)
    ROUND4(H, 13, 0, 3, 6, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 4, 11, 16, 23)
    ROUND4(H, 9, 12, 15, 2, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 4, 11, 16, 23)
    ROUND4(I, 0, 7, 14, 5, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 6, 10, 15, 21)
    ROUND4(I, 12, 3, 10, 1, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1, 6, 10, 15, 21)
    ROUND4(I, 8, 15, 6, 13, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 6, 10, 15, 21)
    ROUND4(I, 4, 11, 2, 9, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391, 6, 10, 15, 21)
#undef STEP
#undef F
#undef G
#undef H
#undef I
#undef ROUND4
    a += a0, b += b0, c += c0, d += d0;
  }
  h[0] = a, h[1] = b, h[2] = c, h[3] = d;
}

static void md5_init(HashState *s) {
  start(s, (const uint32_t[]){0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}, 4);
}
static void md5_update(HashState *s, const uint8_t *bytes, size_t n) {
  update(s, bytes, n, md5_compress);
}
static void md5_finish(HashState *s, uint8_t *digest, size_t n) {
  pad(s, md5_compress, false);
  for (size_t k = 0; k < n / 4; k++) put_little(digest + 4 * k, s->small.h[k]);
}
const HashAlgorithm hash_md5 = {"md5", 16, 64, md5_init, md5_update, md5_finish, false};

/* ---- SHA-1 */

static void sha1_compress(uint32_t *h, const uint8_t *bytes, size_t blocks) {
  if (evp_blocks(EVP_BLOCKS_SHA1, h, 5 * sizeof *h, bytes, blocks * 64)) return;
  for (; blocks; blocks--, bytes += 64) {
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (int k = 0; k < 16; k++) w[k] = big(bytes + 4 * k);
    for (int k = 16; k < 80; k++) w[k] = rotate(w[k - 3] ^ w[k - 8] ^ w[k - 14] ^ w[k - 16], 1);
#define ROUNDS(from, to, f, constant)                      \
  for (int k = from; k < to; k++) {                        \
    uint32_t t = rotate(a, 5) + (f) + e + constant + w[k]; \
    e = d, d = c, c = rotate(b, 30), b = a, a = t;         \
  }
    ROUNDS(0, 20, d ^ (b & (c ^ d)), 0x5a827999)
    ROUNDS(20, 40, b ^ c ^ d, 0x6ed9eba1)
    ROUNDS(40, 60, (b & c) | (d & (b | c)), 0x8f1bbcdc)
    ROUNDS(60, 80, b ^ c ^ d, 0xca62c1d6)
#undef ROUNDS
    h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
  }
}

static void sha1_init(HashState *s) {
  start(s, (const uint32_t[]){0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}, 5);
}
static void sha1_update(HashState *s, const uint8_t *bytes, size_t n) {
  update(s, bytes, n, sha1_compress);
}
static void sha1_finish(HashState *s, uint8_t *digest, size_t n) {
  pad(s, sha1_compress, true);
  for (size_t k = 0; k < n / 4; k++) put_big(digest + 4 * k, s->small.h[k]);
}
const HashAlgorithm hash_sha1 = {"sha1", 20, 64, sha1_init, sha1_update, sha1_finish, false};

/* ---- SHA-224, SHA-256 */

static const uint32_t sha256_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static void sha256_compress(uint32_t *h, const uint8_t *bytes, size_t blocks) {
  if (evp_blocks(EVP_BLOCKS_SHA256, h, 8 * sizeof *h, bytes, blocks * 64)) return;
  for (; blocks; blocks--, bytes += 64) {
    uint32_t w[64], v[8];
    for (int k = 0; k < 16; k++) w[k] = big(bytes + 4 * k);
    for (int k = 16; k < 64; k++) {
      uint32_t x = w[k - 15], y = w[k - 2];
      w[k] = w[k - 16] + w[k - 7] + (rotate(x, 25) ^ rotate(x, 14) ^ x >> 3) +
             (rotate(y, 15) ^ rotate(y, 13) ^ y >> 10);
    }
    memcpy(v, h, sizeof v);
    for (int k = 0; k < 64; k++) {
      uint32_t e = v[4], a = v[0];
      uint32_t t1 = v[7] + (rotate(e, 26) ^ rotate(e, 21) ^ rotate(e, 7)) +
                    (v[6] ^ (e & (v[5] ^ v[6]))) + sha256_constants[k] + w[k];
      uint32_t t2 =
          (rotate(a, 30) ^ rotate(a, 19) ^ rotate(a, 10)) + ((a & v[1]) | (v[2] & (a | v[1])));
      v[7] = v[6], v[6] = v[5], v[5] = e, v[4] = v[3] + t1, v[3] = v[2], v[2] = v[1], v[1] = a,
      v[0] = t1 + t2;
    }
    for (int k = 0; k < 8; k++) h[k] += v[k];
  }
}

static void sha224_init(HashState *s) {
  start(s,
        (const uint32_t[]){0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511,
                           0x64f98fa7, 0xbefa4fa4},
        8);
}
static void sha256_init(HashState *s) {
  start(s,
        (const uint32_t[]){0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
                           0x1f83d9ab, 0x5be0cd19},
        8);
}
static void sha256_update(HashState *s, const uint8_t *bytes, size_t n) {
  update(s, bytes, n, sha256_compress);
}
static void sha256_finish(HashState *s, uint8_t *digest, size_t n) {
  pad(s, sha256_compress, true);
  for (size_t k = 0; k < n / 4; k++) put_big(digest + 4 * k, s->small.h[k]);
}
const HashAlgorithm hash_sha224 = {"sha224",      28,   64, sha224_init, sha256_update,
                                   sha256_finish, false};
const HashAlgorithm hash_sha256 = {"sha256",      32,   64, sha256_init, sha256_update,
                                   sha256_finish, false};

/* random.c -- the module _random: the Mersenne Twister MT19937 (M. Matsumoto, T. Nishimura, 1998),
** with the streams that every implementation of it gives for the same seed. */
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/objects/int_limbs.h"
#include "vm/objects/tuple.h"

enum { WORDS = 624, SHIFT_WORDS = 397 };

typedef struct Random {
  Object h;
  uint32_t index; /* next word to give; WORDS: make new ones first */
  uint32_t state[WORDS];
  uint32_t padding; /* what subclasses add is aligned */
} Random;

#define NATIVE_DEF "vm/modules/math/random.def"
#define NATIVE_PREFIX random_
#define NATIVE_SELF Random *
#include "vm/contracts/native_class.inc"

/* ---- the generator */

static inline uint32_t mix(uint32_t upper, uint32_t lower) {
  uint32_t y = (upper & 0x80000000u) | (lower & 0x7FFFFFFFu);
  return (y >> 1) ^ (-(y & 1) & 0x9908B0DFu);
}

static void twist(Random *r) {
  uint32_t *s = r->state;
  for (int k = 0; k < WORDS - SHIFT_WORDS; k++) s[k] = s[k + SHIFT_WORDS] ^ mix(s[k], s[k + 1]);
  for (int k = WORDS - SHIFT_WORDS; k < WORDS - 1; k++)
    s[k] = s[k + SHIFT_WORDS - WORDS] ^ mix(s[k], s[k + 1]);
  s[WORDS - 1] = s[SHIFT_WORDS - 1] ^ mix(s[WORDS - 1], s[0]);
  r->index = 0;
}

static inline uint32_t next_word(Random *r) {
  if (UNLIKELY(r->index >= WORDS)) twist(r);
  uint32_t y = r->state[r->index++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9D2C5680u;
  y ^= (y << 15) & 0xEFC60000u;
  return y ^ (y >> 18);
}

static void seed_word(Random *r, uint32_t seed) {
  r->state[0] = seed;
  for (uint32_t k = 1; k < WORDS; k++)
    r->state[k] = 1812433253u * (r->state[k - 1] ^ (r->state[k - 1] >> 30)) + k;
  r->index = WORDS;
}

static void seed_array(Random *r, const uint32_t *key, size_t n) {
  uint32_t *s = r->state;
  seed_word(r, 19650218u);
  size_t i = 1, j = 0;
  for (size_t k = n > WORDS ? n : WORDS; k; k--) {
    s[i] = (s[i] ^ ((s[i - 1] ^ (s[i - 1] >> 30)) * 1664525u)) + key[j] + (uint32_t)j;
    if (++i >= WORDS) s[0] = s[WORDS - 1], i = 1;
    if (++j >= n) j = 0;
  }
  for (size_t k = WORDS - 1; k; k--) {
    s[i] = (s[i] ^ ((s[i - 1] ^ (s[i - 1] >> 30)) * 1566083941u)) - (uint32_t)i;
    if (++i >= WORDS) s[0] = s[WORDS - 1], i = 1;
  }
  s[0] = 0x80000000u;
}

/* ---- seeding */

static void seed_from_system(Random *r) {
  uint32_t key[WORDS];
  if (getrandom(key, sizeof key, GRND_NONBLOCK) == (ssize_t)sizeof key) {
    seed_array(r, key, WORDS);
    return;
  }
  struct timespec now, up;
  clock_gettime(CLOCK_REALTIME, &now);
  clock_gettime(CLOCK_MONOTONIC, &up);
  uint32_t few[5] = {(uint32_t)now.tv_sec, (uint32_t)now.tv_nsec, (uint32_t)getpid(),
                     (uint32_t)up.tv_sec, (uint32_t)up.tv_nsec};
  seed_array(r, few, 5);
}

static bool seed_from(VM *vm, Random *r, Value n) {
  if (n == VALUE_NONE) return seed_from_system(r), true;
  if (!value_is_any_int(n)) {
    uint64_t hash;
    if (!value_hash(vm, n, &hash)) return false;
    n = int_from_uint64(vm, hash);
  }
  IntView view;
  int_view(n, &view);
  size_t words = (size_t)((int_view_bits(&view) + 31) / 32);
  if (words <= 1) {
    uint32_t key = view.count ? (uint32_t)view.limbs[0] : 0;
    seed_array(r, &key, 1);
    /* little-endian machines: limbs are pairs of words */
  } else seed_array(r, (const uint32_t *)view.limbs, words);
  return true;
}

/* ---- methods */

static Value random_random(VM *vm, Random *self, const random_random_args *a) {
  uint32_t high = next_word(self) >> 5, low = next_word(self) >> 6;
  return value_float(vm, (high * 67108864.0 + low) * (1.0 / 9007199254740992.0));
}

static Value random_seed(VM *vm, Random *self, const random_seed_args *a) {
  return value_none_if(seed_from(vm, self, a->n));
}

static Value random_getstate(VM *vm, Random *self, const random_getstate_args *a) {
  Tuple *state = tuple_new(vm, WORDS + 1);
  if (!state) return VALUE_FAIL;
  for (int k = 0; k < WORDS; k++)
    tuple_init_item(state, (size_t)k, value_int_unchecked(self->state[k]));
  tuple_init_item(state, WORDS, value_int_unchecked(self->index));
  return value_from(state);
}

static Value random_setstate(VM *vm, Random *self, const random_setstate_args *a) {
  if (!value_has_flag(a->state, TYPE_TUPLE_SUBCLASS))
    return raise_type(vm, "state vector must be a tuple");
  const Tuple *state = value_object(a->state);
  if (tuple_length(state) != WORDS + 1) return raise_value(vm, "state vector is the wrong size");
  uint32_t words[WORDS];
  uint64_t n;
  for (int k = 0; k <= WORDS; k++) {
    Value item = state->items[k];
    if (!value_is_any_int(item)) return raise_type(vm, "an integer is required");
    if (!int_to_uint64(item, &n))
      return raise_error(vm, TYPE_OF(OverflowError),
                         int_sign(item) < 0 ? "can't convert negative value to unsigned int"
                                            : "Python int too large to convert to C unsigned long");
    if (k < WORDS) words[k] = (uint32_t)n;
    else if (n > WORDS) return raise_value(vm, "invalid state");
  }
  memcpy(self->state, words, sizeof words);
  self->index = (uint32_t)n;
  return VALUE_NONE;
}

static Value random_getrandbits(VM *vm, Random *self, const random_getrandbits_args *a) {
  int64_t bits = a->k;
  if (bits < 0) return raise_value(vm, "number of bits must be non-negative");
  if (bits == 0) return value_int_unchecked(0);
  if (bits <= 32) return value_int_unchecked(next_word(self) >> (32 - bits));
  size_t words = (size_t)((bits - 1) / 32 + 1);
  BigInt *n = int_alloc(vm, (words + 1) / 2);
  if (!n) return VALUE_FAIL;
  memset(n->limbs, 0, (words + 1) / 2 * 8);
  for (size_t k = 0; k < words; k++, bits -= 32) {
    uint32_t word = next_word(self);
    if (bits < 32) word >>= 32 - bits;
    n->limbs[k / 2] |= (uint64_t)word << (k % 2 * 32);
  }
  return int_finish(vm, n, (int64_t)(words + 1) / 2, false);
}

static Value random_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  if (type_special(cls, SPECIAL_init) == type_special(TYPE_OF(random_Random), SPECIAL_init)) {
    if (kwnames && tuple_length(kwnames))
      return raise_type(vm, "Random() takes no keyword arguments");
    if (npos > 1) return raise_type(vm, "Random() requires 0 or 1 argument");
  }
  Value self = object_new(vm, cls);
  if (value_is_fail(self) || !seed_from(vm, value_object(self), npos ? args[0] : VALUE_NONE))
    return VALUE_FAIL;
  return self;
}

const ClassSpec random_Random_class = {NATIVE_CLASS(random_), .basic_size = sizeof(Random)};

static bool init(VM *vm, Module *module) {
  return module_add_type(vm, module, TYPE_OF(random_Random));
}

const ModuleSpec _random_module = {
    .name = "_random",
    .doc = "Module implements the Mersenne Twister random number generator.",
    .init = init};

/* int_pow.c -- powers: plain, modular, and those that leave the ints. */
#include "vm/objects/float.h"
#include "vm/objects/int_limbs.h"

/* ---- plain powers */

/* Two numbers of growing size that take turns as result and scratch. */
typedef struct Square {
  mp_limb_t *limbs, *spare;
  int64_t count;
} Square;

static void trim(Square *s) {
  while (s->count && !s->limbs[s->count - 1]) s->count--;
}

static void swap(Square *s) {
  mp_limb_t *limbs = s->limbs;
  s->limbs = s->spare, s->spare = limbs;
  trim(s);
}

typedef struct Power {
  const mp_limb_t *odd;
  int64_t count; /* of the limbs of odd */
  uint64_t exponent;
  mp_limb_t *space; /* two numbers of `room` limbs */
  size_t room;
  Square result;
} Power;

static void multiply_once(Square *s, const mp_limb_t *odd, int64_t count) {
  if (count == 1) {
    s->limbs[s->count] = mpn_mul_1(s->limbs, s->limbs, s->count, odd[0]);
    s->count++;
    trim(s);
    return;
  }
  if (s->count >= count) mpn_mul(s->spare, s->limbs, s->count, odd, count);
  else mpn_mul(s->spare, odd, count, s->limbs, s->count);
  s->count += count;
  swap(s);
}

static void raise_to_power(void *argument) {
  Power *power = argument;
  Square s = {.limbs = power->space, .spare = power->space + power->room, .count = 1};
  s.limbs[0] = 1;
  for (int i = power->exponent ? 63 - __builtin_clzl(power->exponent) : -1; i >= 0; i--) {
    mpn_sqr(s.spare, s.limbs, s.count);
    s.count *= 2;
    swap(&s);
    if (power->exponent >> i & 1) multiply_once(&s, power->odd, power->count);
  }
  power->result = s;
}

/* |odd|**exponent << shift, as a fresh int. odd is the base without its factors of two. */
static Value power_of_odd(VM *vm, const mp_limb_t *odd, int64_t count, uint64_t exponent,
                          uint64_t shift, bool negative) {
  IntView base = {.limbs = odd, .count = count};
  uint64_t bits = int_view_bits(&base);
  if (bits > 1 && exponent > (INT_LIMBS_MAX * 64) / bits) return raise_memory(vm);
  size_t limbs = (size_t)((bits * exponent + 63) / 64) + 2, room = limbs + 2 * (size_t)count;
  RawBytes *space = raw_bytes_new(vm, room * 2 * sizeof(mp_limb_t));
  Power power = {odd,  count,          exponent, space ? (mp_limb_t *)space->bytes : NULL,
                 room, {NULL, NULL, 0}};
  if (!space || !int_scratch(vm, limbs) || !int_work(vm, limbs, raise_to_power, &power))
    return VALUE_FAIL;
  Value result = int_from_limbs(vm, power.result.limbs, power.result.count, negative);
  return shift && !value_is_fail(result) ? int_lshift(vm, result, int_from_uint64(vm, shift))
                                         : result;
}

static Value power_plain(VM *vm, Value a, uint64_t exponent) {
  int64_t x;
  if (int_immediate(a, &x)) { /* results of one word first */
    int64_t result = 1, factor = x;
    uint64_t left = exponent;
    for (;;) {
      if (left & 1 && __builtin_mul_overflow(result, factor, &result)) break;
      left >>= 1;
      if (!left) return value_int(vm, result);
      if (__builtin_mul_overflow(factor, factor, &factor)) break;
    }
  }
  IntView view;
  int_view(a, &view);
  uint64_t twos = mpn_scan1(view.limbs, 0), shift;
  if (__builtin_mul_overflow(twos, exponent, &shift)) return raise_memory(vm);
  Value odd = int_rshift(vm, view.negative ? int_neg(vm, a) : a, int_from_uint64(vm, twos));
  if (value_is_fail(odd)) return VALUE_FAIL;
  IntView base;
  int_view(odd, &base);
  return power_of_odd(vm, base.limbs, base.count, exponent, shift, view.negative && exponent & 1);
}

/* ---- modular powers */

/* base**exponent % modulus for 1 < modulus < 2**62, 0 <= base < modulus. */
static uint64_t power_small(uint64_t base, uint64_t exponent, uint64_t modulus) {
  uint64_t result = 1;
  if (modulus >> 32 == 0)
    for (; exponent; exponent >>= 1, base = base * base % modulus) {
      if (exponent & 1) result = result * base % modulus;
    }
  else
    for (; exponent; exponent >>= 1, base = (uint64_t)((unsigned __int128)base * base % modulus))
      if (exponent & 1) result = (uint64_t)((unsigned __int128)result * base % modulus);
  return result;
}

static Value from_mpz(VM *vm, const mpz_t z) {
  return int_from_limbs(vm, mpz_limbs_read(z), (int64_t)mpz_size(z), mpz_sgn(z) < 0);
}

static mpz_srcptr as_mpz(mpz_t z, const IntView *view) {
  return mpz_roinit_n(z, view->limbs, view->negative ? -view->count : view->count);
}

typedef struct ModularPower {
  const IntView *base, *exponent, *modulus;
  mpz_t result;    /* made by the work */
  bool invertible; /* what a negative exponent asks for */
} ModularPower;

static void invert_modulo(mpz_t x, mpz_t n, ModularPower *power) {
  mpz_t e;
  IntView exponent = *power->exponent;
  exponent.negative = false;
  power->invertible = mpz_invert(power->result, x, n) || mpz_cmp_ui(n, 1) == 0;
  if (power->invertible) mpz_powm(power->result, power->result, as_mpz(e, &exponent), n);
}

static void raise_modulo(void *argument) {
  ModularPower *power = argument;
  mpz_t x, e, n;
  as_mpz(x, power->base);
  as_mpz(n, power->modulus);
  mpz_init(power->result);
  if (power->exponent->negative) invert_modulo(x, n, power);
  else mpz_powm(power->result, x, as_mpz(e, power->exponent), n);
}

static Value power_modulo_word(VM *vm, const IntView *base, const IntView *exponent,
                               uint64_t modulus, bool negative) {
  uint64_t word = base->count == 0 ? 0 : mpn_mod_1(base->limbs, base->count, modulus);
  if (base->negative && word) word = modulus - word;
  uint64_t power = power_small(word, exponent->count ? exponent->limbs[0] : 0, modulus);
  return value_int(vm, negative && power ? (int64_t)power - (int64_t)modulus : (int64_t)power);
}

/* In limbs of products, a hundred to one of INT_ASIDE_FROM. */
static uint64_t modular_cost(const IntView *base, const IntView *exponent, const IntView *modulus) {
  uint64_t count = (uint64_t)modulus->count, bits = int_view_bits(exponent), cost;
  if (__builtin_mul_overflow(count * count / 100, bits, &cost)) return UINT64_MAX;
  return cost + (uint64_t)base->count + 10 * count;
}

static Value power_modular(VM *vm, Value a, Value b, Value modulus) {
  IntView m, base, exponent;
  int_view(modulus, &m);
  if (m.count == 0) return raise_value(vm, "pow() 3rd argument cannot be 0");
  bool negative = m.negative;
  m.negative = false;
  int_view(a, &base);
  int_view(b, &exponent);
  bool one_word = m.count == 1 && m.limbs[0] >> 62 == 0 && exponent.count <= 1 && m.limbs[0] > 1;
  if (one_word && !exponent.negative)
    return power_modulo_word(vm, &base, &exponent, m.limbs[0], negative);
  ModularPower power = {.base = &base, .exponent = &exponent, .modulus = &m, .invertible = true};
  if (!int_work(vm, modular_cost(&base, &exponent, &m), raise_modulo, &power)) return VALUE_FAIL;
  Value value;
  if (!power.invertible) value = raise_value(vm, "base is not invertible for the given modulus");
  else {
    mpz_t n;
    if (negative && mpz_sgn(power.result) > 0) mpz_sub(power.result, power.result, as_mpz(n, &m));
    value = from_mpz(vm, power.result);
  }
  mpz_clear(power.result);
  return value;
}

Value int_pow(VM *vm, Value a, Value b, Value mod) {
  if (mod != VALUE_NONE) return power_modular(vm, a, b, mod);
  if (int_sign(b) < 0) {
    double x, y;
    if (!int_to_double(vm, a, &x) || !int_to_double(vm, b, &y)) return VALUE_FAIL;
    return float_pow(vm, x, y);
  }
  int64_t x;
  uint64_t exponent;
  bool fits = int_to_uint64(b, &exponent);
  if (int_immediate(a, &x) && x >= -1 && x <= 1) {
    IntView view;
    int_view(b, &view);
    if (view.count == 0 || x == 1) return value_int_unchecked(1);
    return value_int_unchecked(x == 0 ? 0 : view.limbs[0] & 1 ? -1 : 1);
  }
  if (int_sign(a) == 0) return value_int_unchecked(fits && exponent == 0);
  if (!fits) return raise_memory(vm);
  return power_plain(vm, a, exponent);
}

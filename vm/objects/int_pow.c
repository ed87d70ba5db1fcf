/* int_pow.c -- powers: plain, modular, and those that leave the ints. */
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

/* |odd|**exponent << shift, as a fresh int. odd is the base without its factors of two. */
static Value power_of_odd(VM *vm, const mp_limb_t *odd, int64_t count, uint64_t exponent, uint64_t shift, bool negative) {
  IntView base = {.limbs = odd, .count = count};
  uint64_t bits = int_view_bits(&base);
  if (bits > 1 && exponent > (INT_LIMBS_MAX * 64) / bits) return raise_memory(vm);
  size_t limbs = (size_t)((bits * exponent + 63) / 64) + 2;
  RawBytes *space = raw_bytes_new(vm, limbs * 16 + (size_t)count * 32);
  if (!space || !int_scratch(vm, limbs)) return VALUE_FAIL;
  Square s = {.limbs = (mp_limb_t *)space->bytes, .spare = (mp_limb_t *)space->bytes + limbs + 2 * count, .count = 1};
  s.limbs[0] = 1;
  for (int i = exponent ? 63 - __builtin_clzl(exponent) : -1; i >= 0; i--) {
    mpn_sqr(s.spare, s.limbs, s.count);
    s.count *= 2;
    swap(&s);
    if (exponent >> i & 1) {
      if (count == 1) s.limbs[s.count] = mpn_mul_1(s.limbs, s.limbs, s.count, odd[0]), s.count++, trim(&s);
      else {
        if (s.count >= count) mpn_mul(s.spare, s.limbs, s.count, odd, count);
        else mpn_mul(s.spare, odd, count, s.limbs, s.count);
        s.count += count;
        swap(&s);
      }
    }
    if (s.count > 1000 && !int_poll(vm)) return VALUE_FAIL;
  }
  Value result = int_from_limbs(vm, s.limbs, s.count, negative);
  return shift && !value_is_fail(result) ? int_lshift(vm, result, int_from_uint64(vm, shift)) : result;
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

static Value power_modular(VM *vm, Value a, Value b, Value modulus) {
  IntView m, base, exponent;
  int_view(modulus, &m);
  if (m.count == 0) return raise_value(vm, "pow() 3rd argument cannot be 0");
  bool negative = m.negative;
  m.negative = false;
  int_view(a, &base);
  int_view(b, &exponent);
  mpz_t result, x, e, n;
  as_mpz(n, &m);
  mpz_init(result);
  if (exponent.negative) {
    if (!mpz_invert(result, as_mpz(x, &base), n) && mpz_cmp_ui(n, 1) != 0) {
      mpz_clear(result);
      return raise_value(vm, "base is not invertible for the given modulus");
    }
    exponent.negative = false;
    mpz_powm(result, result, as_mpz(e, &exponent), n);
  } else if (m.count == 1 && m.limbs[0] >> 62 == 0 && exponent.count <= 1 && m.limbs[0] > 1) {
    uint64_t modulus_word = m.limbs[0];
    uint64_t word = base.count == 0 ? 0 : mpn_mod_1(base.limbs, base.count, modulus_word);
    if (base.negative && word) word = modulus_word - word;
    mpz_set_ui(result, power_small(word, exponent.count ? exponent.limbs[0] : 0, modulus_word));
  } else mpz_powm(result, as_mpz(x, &base), as_mpz(e, &exponent), n);
  if (negative && mpz_sgn(result) > 0) mpz_sub(result, result, n);
  Value value = from_mpz(vm, result);
  mpz_clear(result);
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

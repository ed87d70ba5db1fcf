/* math_int.c -- gcd, lcm, isqrt, factorial, comb, perm over GMP. */
#include <math.h>

#include "vm/modules/math_int.h"
#include "vm/objects/int_limbs.h"

static Value from_mpz(VM *vm, mpz_t z) {
  Value v = int_from_limbs(vm, mpz_limbs_read(z), (int64_t)mpz_size(z), mpz_sgn(z) < 0);
  mpz_clear(z);
  return v;
}

static mpz_srcptr as_mpz(mpz_t z, const IntView *view) { return mpz_roinit_n(z, view->limbs, view->negative ? -view->count : view->count); }

static uint64_t gcd_words(uint64_t a, uint64_t b) {
  if (!a || !b) return a | b;
  int shift = __builtin_ctzl(a | b);
  a >>= __builtin_ctzl(a), b >>= __builtin_ctzl(b);
  while (a != b) { /* which one is larger cannot be foreseen: no jump depends on it */
    uint64_t less = a < b ? a : b, difference = a < b ? b - a : a - b;
    a = less;
    b = difference >> __builtin_ctzl(difference);
  }
  return a << shift;
}

Value math_gcd2(VM *vm, Value a, Value b) {
  IntView u, v;
  int_view(a, &u);
  int_view(b, &v);
  if (u.count <= 1 && v.count <= 1) return int_from_uint64(vm, gcd_words(u.count ? u.limbs[0] : 0, v.count ? v.limbs[0] : 0));
  if (!int_scratch(vm, (size_t)(u.count + v.count))) return VALUE_FAIL;
  mpz_t x, y, result;
  mpz_init(result);
  mpz_gcd(result, as_mpz(x, &u), as_mpz(y, &v));
  return from_mpz(vm, result);
}

Value math_lcm2(VM *vm, Value a, Value b) {
  if (int_sign(a) == 0 || int_sign(b) == 0) return value_int_unchecked(0);
  Value g = math_gcd2(vm, a, b);
  Value part = value_is_fail(g) ? g : int_floordiv(vm, a, g);
  Value product = value_is_fail(part) ? part : int_mul(vm, part, b);
  return !value_is_fail(product) && int_sign(product) < 0 ? int_neg(vm, product) : product;
}

Value math_integer_root(VM *vm, Value n) {
  IntView view;
  int_view(n, &view);
  if (view.negative) return raise_value(vm, "isqrt() argument must be nonnegative");
  if (view.count == 0) return value_int_unchecked(0);
  BigInt *root = int_alloc(vm, (size_t)(view.count + 1) / 2);
  if (!root || !int_scratch(vm, (size_t)view.count)) return VALUE_FAIL;
  mpn_sqrtrem(int_limbs(root), NULL, view.limbs, view.count);
  return int_finish(vm, root, (view.count + 1) / 2, false);
}

Value math_factorial_of(VM *vm, Value n) {
  int64_t k;
  if (int_sign(n) < 0) return raise_value(vm, "factorial() not defined for negative values");
  if (!int_to_int64(n, &k)) return raise_error(vm, TYPE_OF(OverflowError), "factorial() argument should not exceed %ld", INT64_MAX);
  if (k > (INT64_C(1) << 33)) return raise_memory(vm);
  double bits = lgamma((double)k + 1) / M_LN2;
  if (!int_scratch(vm, (size_t)(bits / 64) + 2)) return VALUE_FAIL;
  mpz_t result;
  mpz_init(result);
  mpz_fac_ui(result, (unsigned long)k);
  return from_mpz(vm, result);
}

Value math_combinations(VM *vm, Value n, Value k) {
  if (int_sign(n) < 0) return raise_value(vm, "n must be a non-negative integer");
  if (int_sign(k) < 0) return raise_value(vm, "k must be a non-negative integer");
  Value rest = int_sub(vm, n, k);
  if (value_is_fail(rest)) return VALUE_FAIL;
  if (int_sign(rest) < 0) return value_int_unchecked(0);
  if (int_compare(rest, k) < 0) k = rest;
  uint64_t few;
  if (!int_to_uint64(k, &few) || few > INT64_MAX)
    return raise_error(vm, TYPE_OF(OverflowError), "min(n - k, k) must not exceed %lld", (long long)INT64_MAX);
  int64_t small;
  mpz_t result, x;
  mpz_init(result);
  if (int_to_int64(n, &small)) mpz_bin_uiui(result, (unsigned long)small, few);
  else {
    IntView view;
    int_view(n, &view);
    mpz_bin_ui(result, as_mpz(x, &view), few);
  }
  return from_mpz(vm, result);
}

/* n * (n-1) * … of `count` factors, by halves so that both are of one size. */
static Value falling(VM *vm, Value n, uint64_t count) {
  if (count == 0) return value_int_unchecked(1);
  if (count < 8) {
    Value product = n, factor = n;
    for (uint64_t i = 1; i < count && !value_is_fail(product); i++) {
      factor = int_sub(vm, factor, value_int_unchecked(1));
      product = value_is_fail(factor) ? factor : int_mul(vm, product, factor);
    }
    return product;
  }
  if (!int_poll(vm)) return VALUE_FAIL;
  uint64_t half = count / 2;
  Value left = falling(vm, n, half);
  Value start = value_is_fail(left) ? left : int_sub(vm, n, int_from_uint64(vm, half));
  Value right = value_is_fail(start) ? start : falling(vm, start, count - half);
  return value_is_fail(right) ? right : int_mul(vm, left, right);
}

Value math_permutations(VM *vm, Value n, Value k) {
  if (int_sign(n) < 0) return raise_value(vm, "n must be a non-negative integer");
  if (int_sign(k) < 0) return raise_value(vm, "k must be a non-negative integer");
  if (int_compare(n, k) < 0) return value_int_unchecked(0);
  int64_t count;
  if (!int_to_int64(k, &count)) return raise_error(vm, TYPE_OF(OverflowError), "k must not exceed %lld", (long long)INT64_MAX);
  return falling(vm, n, (uint64_t)count);
}

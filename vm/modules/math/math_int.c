/* math_int.c -- gcd, lcm, isqrt, factorial, comb, perm over GMP. */
#include <math.h>

#include "vm/modules/math/math_int.h"
#include "vm/objects/int_limbs.h"

static Value from_mpz(VM *vm, mpz_t z) {
  Value v = int_from_limbs(vm, mpz_limbs_read(z), (int64_t)mpz_size(z), mpz_sgn(z) < 0);
  mpz_clear(z);
  return v;
}

static mpz_srcptr as_mpz(mpz_t z, const IntView *view) {
  return mpz_roinit_n(z, view->limbs, view->negative ? -view->count : view->count);
}

/* What GMP computes of two numbers, or of a number and a count; the work makes `result`. */
typedef struct Numbers {
  const IntView *a, *b;
  uint64_t n, k;
  mpz_t result;
} Numbers;

static void work_gcd(void *argument) {
  Numbers *numbers = argument;
  mpz_t x, y;
  mpz_init(numbers->result);
  mpz_gcd(numbers->result, as_mpz(x, numbers->a), as_mpz(y, numbers->b));
}

static void work_root(void *argument) {
  Numbers *numbers = argument;
  mpz_t x;
  mpz_init(numbers->result);
  mpz_sqrt(numbers->result, as_mpz(x, numbers->a));
}

static void work_factorial(void *argument) {
  Numbers *numbers = argument;
  mpz_init(numbers->result);
  mpz_fac_ui(numbers->result, numbers->n);
}

/* a over k, or without a: n over k */
static void work_binomial(void *argument) {
  Numbers *numbers = argument;
  mpz_t x;
  mpz_init(numbers->result);
  if (numbers->a) mpz_bin_ui(numbers->result, as_mpz(x, numbers->a), numbers->k);
  else mpz_bin_uiui(numbers->result, numbers->n, numbers->k);
}

MAY_RUN static Value result_of(VM *vm, uint64_t cost, void (*work)(void *argument),
                               Numbers *numbers) {
  return int_work(vm, cost, work, numbers) ? from_mpz(vm, numbers->result) : VALUE_FAIL;
}

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

enum { GCD_COST = 10, FACTOR_COST = 2 }; /* against a limb of a product: a limb, a factor */

Value math_gcd2(VM *vm, Value a, Value b) {
  IntView u, v;
  int_view(a, &u);
  int_view(b, &v);
  if (u.count <= 1 && v.count <= 1)
    return int_from_uint64(vm, gcd_words(u.count ? u.limbs[0] : 0, v.count ? v.limbs[0] : 0));
  uint64_t limbs = (uint64_t)(u.count + v.count);
  if (!int_scratch(vm, limbs)) return VALUE_FAIL;
  return result_of(vm, limbs * GCD_COST, work_gcd, &(Numbers){.a = &u, .b = &v});
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
  uint64_t limbs = (uint64_t)view.count;
  if (!int_scratch(vm, limbs)) return VALUE_FAIL;
  return result_of(vm, limbs, work_root, &(Numbers){.a = &view});
}

Value math_factorial_of(VM *vm, Value n) {
  int64_t k;
  if (int_sign(n) < 0) return raise_value(vm, "factorial() not defined for negative values");
  if (!int_to_int64(n, &k))
    return raise_error(vm, TYPE_OF(OverflowError), "factorial() argument should not exceed %ld",
                       INT64_MAX);
  if (k > (INT64_C(1) << 33)) return raise_memory(vm);
  double bits = lgamma((double)k + 1) / M_LN2;
  if (!int_scratch(vm, (size_t)(bits / 64) + 2)) return VALUE_FAIL;
  return result_of(vm, (uint64_t)k * FACTOR_COST, work_factorial, &(Numbers){.n = (uint64_t)k});
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
    return raise_error(vm, TYPE_OF(OverflowError), "min(n - k, k) must not exceed %lld",
                       (long long)INT64_MAX);
  int64_t small;
  if (int_to_int64(n, &small))
    return result_of(vm, few * FACTOR_COST, work_binomial,
                     &(Numbers){.n = (uint64_t)small, .k = few});
  IntView view;
  int_view(n, &view);
  uint64_t factors;
  if (__builtin_mul_overflow(few * FACTOR_COST, (uint64_t)view.count, &factors))
    factors = UINT64_MAX;
  return result_of(vm, factors, work_binomial, &(Numbers){.a = &view, .k = few});
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
  if (!int_to_int64(k, &count))
    return raise_error(vm, TYPE_OF(OverflowError), "k must not exceed %lld", (long long)INT64_MAX);
  return falling(vm, n, (uint64_t)count);
}

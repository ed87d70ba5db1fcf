/* int_bits.c -- shifts and bitwise operations: ints as two's complement numbers of endless
** width. */
#include "vm/objects/int_limbs.h"

/* ---- shifts */

/* The shift count: false with an exception when it is negative; *large when it does not fit. */
static bool shift_count(VM *vm, Value b, uint64_t *count, bool *large) {
  *large = false;
  if (int_sign(b) < 0) return raise_value(vm, "negative shift count"), false;
  if (!int_to_uint64(b, count)) *large = true;
  return true;
}

Value int_lshift(VM *vm, Value a, Value b) {
  uint64_t shift;
  bool large;
  int64_t x;
  if (LIKELY(value_is_int(b) && int_immediate(a, &x)) && (uint64_t)b < 4 * 60) {
    unsigned n = (unsigned)value_as_int(b);
    int64_t shifted = (int64_t)((uint64_t)x << n);
    if (LIKELY(shifted >> n == x)) return value_int(vm, shifted);
  }
  if (!shift_count(vm, b, &shift, &large)) return VALUE_FAIL;
  IntView view;
  int_view(a, &view);
  if (view.count == 0) return value_int_unchecked(0);
  if (large || shift > (uint64_t)INT64_MAX)
    return raise_error(vm, TYPE_OF(OverflowError), "too many digits in integer");
  size_t words = shift / 64;
  unsigned bits = shift % 64;
  BigInt *result = int_alloc(vm, words + (size_t)view.count + 1);
  if (!result) return VALUE_FAIL;
  mp_limb_t *limbs = int_limbs(result), top = 0;
  memset(limbs, 0, words * 8);
  if (bits) top = mpn_lshift(limbs + words, view.limbs, view.count, bits);
  else memcpy(limbs + words, view.limbs, (size_t)view.count * 8);
  limbs[words + (size_t)view.count] = top;
  return int_finish(vm, result, (int64_t)words + view.count + 1, view.negative);
}

Value int_rshift(VM *vm, Value a, Value b) {
  uint64_t shift;
  bool large;
  int64_t x;
  if (!shift_count(vm, b, &shift, &large)) return VALUE_FAIL;
  if (LIKELY(int_immediate(a, &x)))
    return value_int_unchecked(x >> (large || shift > 63 ? 63 : shift));
  IntView view;
  int_view(a, &view);
  size_t words = shift / 64;
  unsigned bits = shift % 64;
  if (large || words >= (size_t)view.count)
    return value_int_unchecked(view.negative && view.count ? -1 : 0);
  int64_t count = view.count - (int64_t)words;
  BigInt *result = int_alloc(vm, (size_t)count + 1);
  if (!result) return VALUE_FAIL;
  mp_limb_t *limbs = int_limbs(result), lost = 0;
  if (bits) lost = mpn_rshift(limbs, view.limbs + words, count, bits);
  else memcpy(limbs, view.limbs + words, (size_t)count * 8);
  limbs[count] = 0;
  if (view.negative) { /* towards minus infinity */
    for (size_t i = 0; i < words && !lost; i++) lost = view.limbs[i];
    if (lost) limbs[count] = mpn_add_1(limbs, limbs, count, 1);
  }
  return int_finish(vm, result, count + 1, view.negative);
}

/* ---- and, or, xor */

/* dst[0..n) = the low n limbs of the number in two's complement. */
static void to_complement(mp_limb_t *dst, const IntView *view, int64_t n) {
  memcpy(dst, view->limbs, (size_t)view->count * 8);
  memset(dst + view->count, 0, (size_t)(n - view->count) * 8);
  if (view->negative) mpn_neg(dst, dst, n);
}

typedef enum BitOp { BIT_AND, BIT_OR, BIT_XOR } BitOp;

/* Two numbers that are not negative: limb by limb, from where they are. */
static Value combine_plain(VM *vm, const IntView *a, const IntView *b, BitOp op) {
  if (a->count < b->count) {
    const IntView *other = a;
    a = b, b = other;
  }
  int64_t common = b->count, n = op == BIT_AND ? common : a->count;
  if (n == 0) return value_int_unchecked(0);
  BigInt *result = int_alloc(vm, (size_t)n);
  if (!result) return VALUE_FAIL;
  mp_limb_t *x = int_limbs(result);
  if (common) {
    if (op == BIT_AND) mpn_and_n(x, a->limbs, b->limbs, common);
    else if (op == BIT_OR) mpn_ior_n(x, a->limbs, b->limbs, common);
    else mpn_xor_n(x, a->limbs, b->limbs, common);
  }
  if (n > common) memcpy(x + common, a->limbs + common, (size_t)(n - common) * 8);
  return int_finish(vm, result, n, false);
}

static Value combine_bits(VM *vm, Value a, Value b, BitOp op) {
  IntView u, v;
  int_view(a, &u);
  int_view(b, &v);
  if (LIKELY(!u.negative && !v.negative)) return combine_plain(vm, &u, &v, op);
  int64_t n = (u.count > v.count ? u.count : v.count) + 1;
  if (op == BIT_AND && !u.negative) n = u.count;
  else if (op == BIT_AND && !v.negative) n = v.count;
  if (n == 0) return value_int_unchecked(0);
  if (u.count > n) u.count = n; /* an and with a non-negative number is no longer than it */
  if (v.count > n) v.count = n;
  BigInt *result = int_alloc(vm, (size_t)n), *other = int_alloc(vm, (size_t)n);
  if (!result || !other) return VALUE_FAIL;
  mp_limb_t *x = int_limbs(result), *y = int_limbs(other);
  to_complement(x, &u, n);
  to_complement(y, &v, n);
  switch (op) {
  case BIT_AND: mpn_and_n(x, x, y, n); break;
  case BIT_OR: mpn_ior_n(x, x, y, n); break;
  case BIT_XOR: mpn_xor_n(x, x, y, n); break;
  }
  heap_free(vm, other);
  bool negative = op == BIT_AND  ? u.negative && v.negative
                  : op == BIT_OR ? u.negative || v.negative
                                 : u.negative != v.negative;
  if (negative) mpn_neg(x, x, n);
  return int_finish(vm, result, n, negative);
}

Value int_and(VM *vm, Value a, Value b) {
  int64_t x, y;
  if (LIKELY(int_immediate(a, &x) && int_immediate(b, &y))) return value_int_unchecked(x & y);
  return combine_bits(vm, a, b, BIT_AND);
}

Value int_or(VM *vm, Value a, Value b) {
  int64_t x, y;
  if (LIKELY(int_immediate(a, &x) && int_immediate(b, &y))) return value_int_unchecked(x | y);
  return combine_bits(vm, a, b, BIT_OR);
}

Value int_xor(VM *vm, Value a, Value b) {
  int64_t x, y;
  if (LIKELY(int_immediate(a, &x) && int_immediate(b, &y))) return value_int_unchecked(x ^ y);
  return combine_bits(vm, a, b, BIT_XOR);
}

Value int_invert(VM *vm, Value a) {
  int64_t x;
  if (LIKELY(int_immediate(a, &x))) return value_int_unchecked(~x);
  return int_sub(vm, value_int_unchecked(-1), a);
}

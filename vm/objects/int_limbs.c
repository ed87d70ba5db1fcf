/* int_limbs.c -- making ints from limbs and machine numbers, and back. */
#include "vm/objects/int_limbs.h"
#include "vm/base/aside.h"
#include "vm/base/memory.h"
#include "vm/objects/float.h"

#include <math.h>
#include <stdlib.h>

/* Its algorithms need less than six times the result (mul_fft the most). The memory is only asked
** for, not touched. */
bool int_scratch_slow(VM *vm, size_t limbs) {
  void *room = limbs <= INT_LIMBS_MAX ? memory_take(limbs * 6 * sizeof(mp_limb_t)) : NULL;
  if (UNLIKELY(!room)) return raise_memory(vm), false;
  free(room);
  return true;
}

bool int_work_aside(VM *vm, void (*work)(void *argument), void *argument) {
  /* What the C library gave before may be freed by them. */
  mp_set_memory_functions(aside_take, aside_resize, aside_free);
  return vm_run_aside(vm, work, argument);
}

BigInt *int_alloc(VM *vm, size_t limbs) {
  if (UNLIKELY(limbs > INT_LIMBS_MAX)) return raise_memory(vm), NULL;
  BigInt *big = heap_new_raw(vm, SHAPE_OF(int), sizeof(BigInt) + limbs * 8);
  if (LIKELY(big != NULL)) big->size = (int64_t)limbs;
  return big;
}

Value int_finish(VM *vm, BigInt *big, int64_t count, bool negative) {
  const mp_limb_t *limbs = int_limbs(big);
  while (count && !limbs[count - 1]) count--;
  if (count <= 1) {
    uint64_t n = count ? limbs[0] : 0;
    if (n <= (uint64_t)INT_IMMEDIATE_MAX + negative) {
      heap_free(vm, big);
      return value_int_unchecked(negative ? -(int64_t)n : (int64_t)n);
    }
  }
  big->size = negative ? -count : count;
  return value_from(big);
}

Value int_from_limbs(VM *vm, const mp_limb_t *limbs, int64_t count, bool negative) {
  while (count && !limbs[count - 1]) count--;
  BigInt *big = int_alloc(vm, (size_t)(count ? count : 1));
  if (!big) return VALUE_FAIL;
  memcpy(big->limbs, limbs, (size_t)count * 8);
  return int_finish(vm, big, count, negative);
}

Value int_from_int128(VM *vm, __int128 n) {
  if (n >= INT_IMMEDIATE_MIN && n <= INT_IMMEDIATE_MAX) return value_int_unchecked((int64_t)n);
  unsigned __int128 size = n < 0 ? -(unsigned __int128)n : (unsigned __int128)n;
  BigInt *big = heap_new_raw(vm, SHAPE_OF(int), sizeof(BigInt) + 16);
  big->limbs[0] = (uint64_t)size;
  big->limbs[1] = (uint64_t)(size >> 64);
  big->size = big->limbs[1] ? 2 : 1;
  if (n < 0) big->size = -big->size;
  return value_from(big);
}

Value int_box(VM *vm, int64_t n) { return int_from_int128(vm, n); }

Value int_from_uint64(VM *vm, uint64_t n) {
  if (n <= (uint64_t)INT_IMMEDIATE_MAX) return value_int_unchecked((int64_t)n);
  return int_from_int128(vm, (__int128)n);
}

Value int_from_double(VM *vm, double d) {
  if (LIKELY(fabs(d) < 0x1p61)) return value_int_unchecked((int64_t)d);
  int exponent;
  uint64_t mantissa = (uint64_t)ldexp(frexp(fabs(d), &exponent), 53);
  int shift = exponent - 53; /* at least 9 */
  size_t limbs = (size_t)shift / 64;
  BigInt *big = int_alloc(vm, limbs + 2);
  if (!big) return VALUE_FAIL;
  memset(big->limbs, 0, limbs * 8);
  big->limbs[limbs] = mantissa << (shift % 64);
  big->limbs[limbs + 1] = shift % 64 ? mantissa >> (64 - shift % 64) : 0;
  return int_finish(vm, big, (int64_t)limbs + 2, d < 0);
}

bool int_to_int64(Value v, int64_t *out) {
  if (int_immediate(v, out)) return true;
  const BigInt *big = value_object(v);
  if (big->size == 0) return *out = 0, true;
  uint64_t n = big->limbs[0];
  if (big->size == 1 && n <= INT64_MAX) return *out = (int64_t)n, true;
  if (big->size == -1 && n <= (uint64_t)INT64_MAX + 1) return *out = (int64_t)-n, true;
  return false;
}

bool int_to_uint64(Value v, uint64_t *out) {
  IntView view;
  int_view(v, &view);
  if (view.count > 1 || (view.negative && view.count)) return false;
  *out = view.count ? view.limbs[0] : 0;
  return true;
}

uint64_t int_low_bits(Value v) {
  if (value_is_int(v)) return (uint64_t)value_as_int(v);
  if (value_is_bool(v)) return v == VALUE_TRUE;
  const BigInt *n = value_object(v);
  if (n->size == 0) return 0;
  return n->size < 0 ? -n->limbs[0] : n->limbs[0];
}

int int_sign(Value v) {
  int64_t n;
  if (int_immediate(v, &n)) return (n > 0) - (n < 0);
  const BigInt *big = value_object(v);
  return (big->size > 0) - (big->size < 0);
}

Value int_exact(VM *vm, Value v) {
  int64_t n;
  if (int_immediate(v, &n)) return value_int_unchecked(n);
  const BigInt *big = value_object(v);
  if (big->h.shape == SHAPE_OF(int)) return v;
  if (int_to_int64(v, &n) && int_fits_immediate(n)) return value_int_unchecked(n);
  return int_from_limbs(vm, (const mp_limb_t *)big->limbs, big->size < 0 ? -big->size : big->size,
                        big->size < 0);
}

uint64_t int_view_bits(const IntView *view) {
  if (!view->count) return 0;
  return (uint64_t)view->count * 64 - (uint64_t)__builtin_clzl(view->limbs[view->count - 1]);
}

/* The top 64 bits of a number of more than 64 bits, with a 1 in the lowest bit for any 1 below:
** rounds as the whole does. */
static uint64_t top_bits(const IntView *view, uint64_t bits) {
  uint64_t shift = bits - 64, word = shift / 64, bit = shift % 64;
  uint64_t top = view->limbs[word] >> bit;
  if (bit) top |= view->limbs[word + 1] << (64 - bit);
  bool sticky = bit && view->limbs[word] << (64 - bit);
  for (uint64_t i = 0; i < word && !sticky; i++) sticky = view->limbs[i] != 0;
  return top | sticky;
}

static bool view_to_double(const IntView *view, double *out) {
  uint64_t bits = int_view_bits(view);
  double d;
  if (bits <= 64) d = view->count ? (double)view->limbs[0] : 0.0;
  else if (bits > 1024) return false;
  else d = ldexp((double)top_bits(view, bits), (int)bits - 64);
  if (isinf(d)) return false;
  *out = view->negative ? -d : d;
  return true;
}

bool int_to_double(VM *vm, Value v, double *out) {
  int64_t n;
  if (int_immediate(v, &n)) return *out = (double)n, true;
  IntView view;
  int_view(v, &view);
  if (view_to_double(&view, out)) return true;
  return raise_false(vm, TYPE_OF(OverflowError), "int too large to convert to float");
}

/* Spec: library reference, "Hashing of numeric types": the residue modulo 2**61 - 1 with the sign
** of the number, -2 for -1. */
uint64_t int_hash(Value v) {
  const uint64_t modulus = (UINT64_C(1) << 61) - 1;
  IntView view;
  int_view(v, &view);
  uint64_t h = view.count == 0   ? 0
               : view.count == 1 ? view.limbs[0] % modulus
                                 : mpn_mod_1(view.limbs, view.count, modulus);
  if (!view.negative) return h;
  return h == 1 ? (uint64_t)-2 : -h;
}

int int_compare(Value a, Value b) {
  int64_t x, y;
  if (LIKELY(int_immediate(a, &x) && int_immediate(b, &y))) return (x > y) - (x < y);
  IntView u, v;
  int_view(a, &u);
  int_view(b, &v);
  bool negative = u.negative && u.count;
  if (negative != (v.negative && v.count)) return negative ? -1 : 1;
  int order = u.count != v.count ? (u.count < v.count ? -1 : 1)
              : u.count          ? mpn_cmp(u.limbs, v.limbs, u.count)
                                 : 0;
  return negative ? -order : order;
}

int float_compare_int(double d, Value n) {
  if (isnan(d)) return 2;
  if (isinf(d)) return d > 0 ? 1 : -1;
  int64_t small;
  if (int_immediate(n, &small) && small >= -(INT64_C(1) << 53) && small <= INT64_C(1) << 53) {
    double other = (double)small;
    return (d > other) - (d < other);
  }
  IntView view;
  int_view(n, &view);
  int sign = view.count ? (view.negative ? -1 : 1) : 0, dsign = (d > 0) - (d < 0);
  if (sign != dsign) return dsign < sign ? -1 : 1;
  int exponent;
  double fraction = frexp(fabs(d), &exponent);
  int64_t bits = (int64_t)int_view_bits(&view);
  if (exponent != bits) return (exponent > bits) == (sign > 0) ? 1 : -1;
  /* same magnitude: compare the top 64 bits, then what is below (a double has nothing there) */
  uint64_t mine = (uint64_t)ldexp(fraction, 64), top;
  if (bits <= 64) top = view.limbs[0] << (64 - bits);
  else top = top_bits(&view, (uint64_t)bits); /* the sticky bit is below a double's 53 */
  int order = (mine > top) - (mine < top);
  return sign > 0 ? order : -order;
}

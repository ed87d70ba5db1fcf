/* int_arith.c -- + - * // % / divmod of ints. */
#include "vm/objects/int_limbs.h"
#include "vm/objects/tuple.h"

#include <math.h>

/* ---- sums */

/* |a| + |b| with the sign given. */
static Value add_sizes(VM *vm, const IntView *a, const IntView *b, bool negative) {
  if (a->count < b->count) {
    const IntView *other = a;
    a = b, b = other;
  }
  BigInt *sum = int_alloc(vm, (size_t)a->count + 1);
  if (!sum) return VALUE_FAIL;
  mp_limb_t *limbs = int_limbs(sum);
  if (b->count == 0) {
    memcpy(limbs, a->limbs, (size_t)a->count * 8);
    limbs[a->count] = 0;
  } else limbs[a->count] = mpn_add(limbs, a->limbs, a->count, b->limbs, b->count);
  return int_finish(vm, sum, a->count + 1, negative);
}

/* |a| - |b|, negated if asked. */
static Value subtract_sizes(VM *vm, const IntView *a, const IntView *b, bool negative) {
  int order = a->count != b->count ? (a->count < b->count ? -1 : 1)
              : a->count           ? mpn_cmp(a->limbs, b->limbs, a->count)
                                   : 0;
  if (order == 0) return value_int_unchecked(0);
  if (order < 0) {
    const IntView *other = a;
    a = b, b = other;
    negative = !negative;
  }
  BigInt *difference = int_alloc(vm, (size_t)a->count);
  if (!difference) return VALUE_FAIL;
  if (b->count == 0) memcpy(difference->limbs, a->limbs, (size_t)a->count * 8);
  else mpn_sub(int_limbs(difference), a->limbs, a->count, b->limbs, b->count);
  return int_finish(vm, difference, a->count, negative);
}

Value int_add(VM *vm, Value a, Value b) {
  int64_t x, y;
  if (LIKELY(int_immediate(a, &x) && int_immediate(b, &y))) return value_int(vm, x + y);
  IntView u, v;
  int_view(a, &u);
  int_view(b, &v);
  return u.negative == v.negative ? add_sizes(vm, &u, &v, u.negative)
                                  : subtract_sizes(vm, &u, &v, u.negative);
}

Value int_sub(VM *vm, Value a, Value b) {
  int64_t x, y;
  if (LIKELY(int_immediate(a, &x) && int_immediate(b, &y))) return value_int(vm, x - y);
  IntView u, v;
  int_view(a, &u);
  int_view(b, &v);
  return u.negative != v.negative ? add_sizes(vm, &u, &v, u.negative)
                                  : subtract_sizes(vm, &u, &v, u.negative);
}

Value int_neg(VM *vm, Value a) {
  int64_t x;
  if (LIKELY(int_immediate(a, &x))) return value_int(vm, -x);
  IntView view;
  int_view(a, &view);
  return int_from_limbs(vm, view.limbs, view.count, !view.negative);
}

/* ---- products */

typedef struct Product {
  mp_limb_t *limbs;
  const IntView *p, *q; /* p has at least as many limbs, q at least two */
} Product;

static void multiply(void *argument) {
  const Product *product = argument;
  const IntView *p = product->p, *q = product->q;
  if (p->limbs == q->limbs && p->count == q->count) mpn_sqr(product->limbs, p->limbs, p->count);
  else mpn_mul(product->limbs, p->limbs, p->count, q->limbs, q->count);
}

Value int_mul(VM *vm, Value a, Value b) {
  int64_t x, y;
  if (LIKELY(int_immediate(a, &x) && int_immediate(b, &y))) {
    int64_t product;
    if (LIKELY(!__builtin_mul_overflow(x, y, &product))) return value_int(vm, product);
    return int_from_int128(vm, (__int128)x * y);
  }
  IntView u, v;
  int_view(a, &u);
  int_view(b, &v);
  const IntView *p = &u, *q = &v;
  if (p->count < q->count) p = &v, q = &u;
  if (q->count == 0) return value_int_unchecked(0);
  BigInt *product = int_alloc(vm, (size_t)(p->count + q->count));
  if (!product) return VALUE_FAIL;
  mp_limb_t *limbs = int_limbs(product);
  size_t cost = (size_t)(p->count + q->count);
  if (q->count == 1) limbs[p->count] = mpn_mul_1(limbs, p->limbs, p->count, q->limbs[0]);
  else if (!int_scratch(vm, cost) || !int_work(vm, cost, multiply, &(Product){limbs, p, q}))
    return VALUE_FAIL;
  return int_finish(vm, product, p->count + q->count, u.negative != v.negative);
}

/* ---- division */

typedef enum DivisionPart { QUOTIENT = 1, REMAINDER = 2 } DivisionPart;

static Value add_one(VM *vm, BigInt *big, int64_t count, bool negative) {
  mp_limb_t *limbs = int_limbs(big);
  limbs[count] = mpn_add_1(limbs, limbs, count, 1);
  return int_finish(vm, big, count + 1, negative);
}

enum { DIVISION_COST = 3 }; /* against a product of as many limbs */

typedef struct Division {
  mp_limb_t *quotient, *remainder;
  const IntView *a, *b; /* a has at least as many limbs, b at least two */
} Division;

static void divide_aside(void *argument) {
  const Division *d = argument;
  mpn_tdiv_qr(d->quotient, d->remainder, 0, d->a->limbs, d->a->count, d->b->limbs, d->b->count);
}

/* Floored division of numbers that are not both immediate; |b| has limbs. */
static bool divide_limbs(VM *vm, const IntView *a, const IntView *b, int parts, Value *quotient,
                         Value *remainder) {
  bool signs_differ = a->negative != b->negative && a->count;
  int64_t qn = a->count >= b->count ? a->count - b->count + 1 : 1;
  BigInt *q, *r; /* the one that is not asked for comes last, so that its cell can be taken again */
  if (parts == REMAINDER)
    r = int_alloc(vm, (size_t)b->count), q = r ? int_alloc(vm, (size_t)qn + 1) : NULL;
  else q = int_alloc(vm, (size_t)qn + 1), r = q ? int_alloc(vm, (size_t)b->count) : NULL;
  if (!q || !r || (b->count > 1 && !int_scratch(vm, (size_t)(a->count + b->count)))) return false;
  mp_limb_t *ql = int_limbs(q), *rl = int_limbs(r);
  if (a->count < b->count) {
    ql[0] = 0;
    memset(rl, 0, (size_t)b->count * 8);
    memcpy(rl, a->limbs, (size_t)a->count * 8);
  } else if (b->count == 1) rl[0] = mpn_divrem_1(ql, 0, a->limbs, a->count, b->limbs[0]);
  else {
    uint64_t cost = DIVISION_COST * (uint64_t)(a->count + b->count);
    if (!int_work(vm, cost, divide_aside, &(Division){ql, rl, a, b})) return false;
  }
  int64_t rn = b->count;
  while (rn && !rl[rn - 1]) rn--;
  bool adjust = signs_differ && rn;
  if (!(parts & QUOTIENT)) heap_free(vm, q);
  if (!(parts & REMAINDER)) heap_free(vm, r);
  else {
    if (adjust) mpn_sub(rl, b->limbs, b->count, rl, b->count);
    *remainder = int_finish(vm, r, b->count, b->negative);
  }
  if (parts & QUOTIENT)
    *quotient = adjust ? add_one(vm, q, qn, true) : int_finish(vm, q, qn, signs_differ);
  return true;
}

static Value raise_zero(VM *vm, const char *message) {
  return raise_error(vm, TYPE_OF(ZeroDivisionError), "%s", message);
}

Value int_floordiv(VM *vm, Value a, Value b) {
  int64_t x, y;
  if (LIKELY(int_immediate(a, &x) && int_immediate(b, &y))) {
    if (UNLIKELY(y == 0)) return raise_zero(vm, "integer division or modulo by zero");
    int64_t q = x / y;
    if ((x % y != 0) & ((x ^ y) < 0)) q--;
    return value_int(vm, q);
  }
  IntView u, v;
  int_view(a, &u);
  int_view(b, &v);
  if (v.count == 0) return raise_zero(vm, "integer division or modulo by zero");
  Value quotient = VALUE_FAIL;
  return divide_limbs(vm, &u, &v, QUOTIENT, &quotient, NULL) ? quotient : VALUE_FAIL;
}

Value int_mod(VM *vm, Value a, Value b) {
  int64_t x, y;
  if (LIKELY(int_immediate(a, &x) && int_immediate(b, &y))) {
    if (UNLIKELY(y == 0)) return raise_zero(vm, "integer modulo by zero");
    int64_t r = x % y;
    if (r && (r ^ y) < 0) r += y;
    return value_int_unchecked(r);
  }
  IntView u, v;
  int_view(a, &u);
  int_view(b, &v);
  if (v.count == 0) return raise_zero(vm, "integer modulo by zero");
  if (v.count == 1) {
    uint64_t d = v.limbs[0], r = u.count == 0   ? 0
                                 : u.count == 1 ? u.limbs[0] % d
                                                : mpn_mod_1(u.limbs, u.count, d);
    if (r && u.negative != v.negative) r = d - r;
    return int_from_int128(vm, v.negative ? -(__int128)r : (__int128)r);
  }
  Value remainder = VALUE_FAIL;
  return divide_limbs(vm, &u, &v, REMAINDER, NULL, &remainder) ? remainder : VALUE_FAIL;
}

/* Both parts at once. */
static bool divide(VM *vm, Value a, Value b, Value *quotient, Value *remainder) {
  IntView u, v;
  int_view(a, &u);
  int_view(b, &v);
  if (v.count == 0) return raise_zero(vm, "integer division or modulo by zero"), false;
  int64_t x, y;
  if (LIKELY(int_immediate(a, &x) && int_immediate(b, &y))) {
    int64_t q = x / y, r = x % y;
    if (r && (r ^ y) < 0) r += y, q--;
    *quotient = value_int(vm, q);
    *remainder = value_int_unchecked(r);
    return true;
  }
  return divide_limbs(vm, &u, &v, QUOTIENT | REMAINDER, quotient, remainder);
}

Value int_divmod(VM *vm, Value a, Value b) {
  Value quotient, remainder;
  if (!divide(vm, a, b, &quotient, &remainder)) return VALUE_FAIL;
  return value_of(TUPLE(quotient, remainder));
}

/* ---- true division */

/* (a * 2**-shift) / b for positive shift, (a * 2**-shift) / b with shift negative: a quotient of 55
** or 56 bits (fewer for subnormal results), its lowest bit set if anything was lost. */
static bool scaled_quotient(VM *vm, const IntView *a, const IntView *b, int64_t shift,
                            uint64_t *out) {
  size_t words = (size_t)(shift < 0 ? -shift : shift) / 64;
  unsigned bits = (unsigned)((shift < 0 ? -shift : shift) % 64);
  int64_t xn = shift < 0 ? a->count + (int64_t)words + 1 : a->count - (int64_t)words;
  if (xn < 1) xn = 1;
  RawBytes *space = raw_bytes_new(vm, ((size_t)xn * 2 + (size_t)b->count + 2) * 8);
  if (!space) return false;
  mp_limb_t *x = (mp_limb_t *)space->bytes, *q = x + xn, *r = q + xn + 1;
  bool lost = false;
  memset(x, 0, (size_t)xn * 8);
  if (shift < 0) {
    if (bits) x[words + (size_t)a->count] = mpn_lshift(x + words, a->limbs, a->count, bits);
    else memcpy(x + words, a->limbs, (size_t)a->count * 8);
  } else if ((int64_t)words < a->count) {
    if (bits) lost = mpn_rshift(x, a->limbs + words, xn, bits) != 0;
    else memcpy(x, a->limbs + words, (size_t)xn * 8);
    for (size_t i = 0; i < words && !lost; i++) lost = a->limbs[i] != 0;
  } else lost = true;
  while (xn && !x[xn - 1]) xn--;
  uint64_t result = 0;
  if (xn < b->count) lost |= xn != 0;
  else {
    if (!int_scratch(vm, (size_t)(xn + b->count))) return false;
    IntView dividend = {.limbs = x, .count = xn};
    uint64_t cost = DIVISION_COST * (uint64_t)(xn + b->count);
    if (!int_work(vm, cost, divide_aside, &(Division){q, r, &dividend, b})) return false;
    result = q[0];
    for (int64_t i = 0; i < b->count && !lost; i++) lost = r[i] != 0;
  }
  *out = result | (lost ? 1 : 0);
  return true;
}

Value int_truediv(VM *vm, Value a, Value b) {
  const int64_t exact = INT64_C(1) << 53;
  int64_t x, y;
  if (LIKELY(int_immediate(a, &x) && int_immediate(b, &y)) &&
      LIKELY(x >= -exact && x <= exact && y >= -exact && y <= exact)) {
    if (UNLIKELY(y == 0)) return raise_zero(vm, "division by zero");
    return value_float(vm, (double)x / (double)y);
  }
  IntView u, v;
  int_view(a, &u);
  int_view(b, &v);
  if (v.count == 0) return raise_zero(vm, "division by zero");
  bool negative = u.negative != v.negative;
  if (u.count == 0) return value_float(vm, negative ? -0.0 : 0.0);
  int64_t difference = (int64_t)int_view_bits(&u) - (int64_t)int_view_bits(&v);
  if (difference > 1024)
    return raise_error(vm, TYPE_OF(OverflowError), "integer division result too large for a float");
  if (difference < -1076) return value_float(vm, negative ? -0.0 : 0.0);
  int64_t shift = (difference > -1021 ? difference : -1021) - 55;
  uint64_t q;
  if (!scaled_quotient(vm, &u, &v, shift, &q)) return VALUE_FAIL;
  int q_bits = q ? 64 - __builtin_clzl(q) : 0;
  /* low bits to round away */
  int64_t extra = (q_bits > -1021 - shift ? q_bits : -1021 - shift) - 53;
  uint64_t unit = UINT64_C(1) << extra, half = unit >> 1, rest = q & (unit - 1);
  q -= rest;
  if (rest > half || (rest == half && (q & unit))) q += unit;
  double d = ldexp((double)q, (int)shift);
  if (isinf(d))
    return raise_error(vm, TYPE_OF(OverflowError), "integer division result too large for a float");
  return value_float(vm, negative ? -d : d);
}

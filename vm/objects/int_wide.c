/* int_wide.c -- operators on ints of less than 128 bits in machine registers: what hashes, random
** numbers and checksums are made of. The general code (int_arith.c, int_bits.c) takes over when an
** operand or the result is longer (perf-note 0021).
*/
#include "vm/contracts/protocol.h"
#include "vm/objects/int_limbs.h"

/* An exact int as a number of 128 bits; false: it is longer. */
static inline bool as_wide(Value v, __int128 *out) {
  if (value_is_int(v)) return *out = value_as_int(v), true;
  const BigInt *big = value_object(v);
  if (LIKELY(big->size == 1)) return *out = (__int128)big->limbs[0], true;
  if (big->size == -1) return *out = -(__int128)big->limbs[0], true;
  if ((big->size != 2 && big->size != -2) || big->limbs[1] >> 63) return false;
  __int128 n = (__int128)((unsigned __int128)big->limbs[1] << 64 | big->limbs[0]);
  return *out = big->size < 0 ? -n : n, true;
}

static inline bool fits_word(__int128 n) { return n == (int64_t)n; }

static bool multiply(__int128 a, __int128 b, __int128 *out) {
  if (LIKELY(fits_word(a) && fits_word(b))) return *out = a * b, true;
  if (a < 0 || b < 0 || a >> 64 || b >> 64) return false;
  unsigned __int128 product = (unsigned __int128)(uint64_t)a * (uint64_t)b;
  return *out = (__int128)product, product >> 127 == 0;
}

/* Floored quotient and remainder. */
static void divide(__int128 a, __int128 b, __int128 *quotient, __int128 *remainder) {
  *quotient = a / b, *remainder = a - *quotient * b;
  if (*remainder && (*remainder < 0) != (b < 0)) *remainder += b, --*quotient;
}

bool int_binary_wide(VM *vm, int op, Value left, Value right, Value *out) {
  __int128 a, b, n, other;
  if (!as_wide(left, &a) || !as_wide(right, &b)) return false;
  switch (op) {
  case BINARY_ADD:
    if (__builtin_add_overflow(a, b, &n)) return false;
    break;
  case BINARY_SUB:
    if (__builtin_sub_overflow(a, b, &n)) return false;
    break;
  case BINARY_MUL:
    if (!multiply(a, b, &n)) return false;
    break;
  case BINARY_FLOORDIV:
    if (b == 0) return false;
    divide(a, b, &n, &other);
    break;
  case BINARY_MOD:
    if (b == 0) return false;
    divide(a, b, &other, &n);
    break;
  case BINARY_LSHIFT:
    if (b < 0 || b > 126) return false;
    n = (__int128)((unsigned __int128)a << b);
    if (n >> b != a) return false;
    break;
  case BINARY_RSHIFT:
    if (b < 0) return false;
    n = a >> (b > 127 ? 127 : (int)b);
    break;
  case BINARY_AND: n = a & b; break;
  case BINARY_OR: n = a | b; break;
  case BINARY_XOR: n = a ^ b; break;
  default: return false;
  }
  *out = int_from_int128(vm, n);
  return true;
}

/* hashing.h -- hash of a key with the cheap kinds inline. */
#ifndef KRAIT_HASHING_H
#define KRAIT_HASHING_H

#include "vm/contracts/protocol.h"
#include "vm/objects/bytes.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

/* hash(n) of an immediate int: n modulo 2**61 - 1 with n's sign, and never -1. */
static inline uint64_t int_hash_immediate(Value v) {
  int64_t n = value_as_int(v);
  if (LIKELY(n != -1 && n < INT_IMMEDIATE_MAX && n > -INT_IMMEDIATE_MAX)) return (uint64_t)n;
  /* -1, and -2**61 which is -1 modulo */
  return n == INT_IMMEDIATE_MAX || n == -INT_IMMEDIATE_MAX ? 0 : (uint64_t)-2;
}
static inline uint64_t str_hash_cached(VM *vm, Str *s) {
  return LIKELY(s->hash) ? s->hash : str_hash(vm, s);
}

MUST_USE MAY_RUN static inline bool key_hash(VM *vm, Value key, uint64_t *hash) {
  if (value_is_int(key)) return *hash = int_hash_immediate(key), true;
  if (value_is(key, str)) return *hash = str_hash_cached(vm, value_object(key)), true;
  if (value_is(key, tuple)) return tuple_hash(vm, value_object(key), hash);
  return value_hash(vm, key, hash);
}

/* values_order: -1, 0, 1 for exact numbers, text, and tuples and lists of them, as `<` and `==`
** would say; 2: not known. Runs nothing. In runtime/compare.c. */
int values_order(Value a, Value b);

/* values_equal_quietly: are two values that are not identical equal? -1: only the protocol knows.
** Runs nothing. In runtime/compare.c. */
int values_equal_quietly(Value a, Value b);
/* ask_equal: what == says of two values that are not identical and of which that is not known. */
MUST_USE MAY_RUN Answer ask_equal(VM *vm, Value a, Value b);

/* tuples_identical: exact tuples of the very same items: equal ones, as far as they are made of
** small ints and interned texts (perf-note 0078). */
static inline bool tuples_identical(Value a, Value b) {
  if (!value_is(a, tuple) || !value_is(b, tuple)) return false;
  const Tuple *x = value_object(a), *y = value_object(b);
  if (x->length != y->length) return false;
  for (size_t i = 0, n = tuple_length(x); i < n; i++)
    if (x->items[i] != y->items[i]) return false;
  return true;
}

/* keys_equal_quietly: the same, with the cheap kinds inline. */
static inline int keys_equal_quietly(Value a, Value b) {
  if (value_are_ints(a, b)) return 0; /* equal ones are identical */
  if (value_is(a, str) && value_is(b, str)) return str_equal(value_object(a), value_object(b));
  if (value_is(a, bytes) && value_is(b, bytes))
    return bytes_equal(value_object(a), value_object(b));
  if (!value_is(a, tuple) || !value_is(b, tuple)) return values_equal_quietly(a, b);
  const Tuple *x = value_object(a), *y = value_object(b);
  if (x->length != y->length) return 0;
  for (size_t i = 0; i < tuple_length(x); i++) {
    Value p = x->items[i], q = y->items[i];
    if (p == q) continue;
    if (value_are_ints(p, q)) return 0;
    if (value_is(p, str) && value_is(q, str)) {
      if (!str_equal(value_object(p), value_object(q))) return 0;
      continue;
    }
    int same = values_equal_quietly(p, q);
    if (same != 1) return same;
  }
  return 1;
}

#endif

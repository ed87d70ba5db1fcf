/* hashing.h -- hash of a key with the cheap kinds inline. */
#ifndef KRAIT_HASHING_H
#define KRAIT_HASHING_H

#include "vm/objects/str.h"
#include "vm/runtime/protocol.h"

/* hash(n) of an immediate int: n modulo 2**61 - 1 with n's sign, and never -1. */
static inline uint64_t int_hash_immediate(Value v) {
  int64_t n = value_as_int(v);
  if (LIKELY(n != -1 && n < INT_IMMEDIATE_MAX && n > -INT_IMMEDIATE_MAX)) return (uint64_t)n;
  return n == INT_IMMEDIATE_MAX || n == -INT_IMMEDIATE_MAX ? 0 : (uint64_t)-2; /* -1, and -2**61 which is -1 modulo */
}
static inline uint64_t str_hash_cached(VM *vm, Str *s) { return LIKELY(s->hash) ? s->hash : str_hash(vm, s); }

MUST_USE static inline bool key_hash(VM *vm, Value key, uint64_t *hash) {
  if (value_is_int(key)) return *hash = int_hash_immediate(key), true;
  if (value_is(key, str)) return *hash = str_hash_cached(vm, value_object(key)), true;
  return value_hash(vm, key, hash);
}

#endif

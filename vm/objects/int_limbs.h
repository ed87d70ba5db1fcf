/* int_limbs.h -- what the int_*.c files share: any int seen as sign and limbs, and limbs made into
** an int.
**
** Law: int_finish is the only way from limbs to a Value, so that every exact int is an immediate
** when it fits. GMP's mpn functions work on the limbs in place; limbs are least significant
** first. */
#ifndef KRAIT_INT_LIMBS_H
#define KRAIT_INT_LIMBS_H

#include <gmp.h>

#include "vm/contracts/error.h"
#include "vm/contracts/poll.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"

static_assert(sizeof(mp_limb_t) == 8 && GMP_NAIL_BITS == 0, "limbs are 64-bit words");

#define INT_LIMBS_MAX ((size_t)1 << 36)

typedef struct IntView {
  const mp_limb_t *limbs; /* [borrowed: the int, or small] */
  int64_t count;          /* 0 for 0; top limb not 0 */
  bool negative;
  mp_limb_t small;
} IntView;

/* int_view: needs value_is_any_int(v); *out must not be copied. */
static inline void int_view(Value v, IntView *out) {
  if (value_is_int(v) || value_is_bool(v)) {
    int64_t n = value_is_int(v) ? value_as_int(v) : v == VALUE_TRUE;
    out->negative = n < 0;
    out->small = n < 0 ? -(uint64_t)n : (uint64_t)n;
    out->limbs = &out->small;
    out->count = n != 0;
  } else {
    const BigInt *big = value_object(v);
    out->limbs = (const mp_limb_t *)big->limbs;
    out->negative = big->size < 0;
    out->count = big->size < 0 ? -big->size : big->size;
  }
}

/* int_immediate: the value of a bool or immediate int; false for heap ints. */
static inline bool int_immediate(Value v, int64_t *out) {
  if (LIKELY(value_is_int(v))) return *out = value_as_int(v), true;
  if (value_is_bool(v)) return *out = v == VALUE_TRUE, true;
  return false;
}

/* NULL: exception pending */
MUST_USE BigInt *int_alloc(VM *vm, size_t limbs);
/* trims, and drops the cell if it fits an immediate */
Value int_finish(VM *vm, BigInt *big, int64_t count, bool negative);
MUST_USE Value int_from_limbs(VM *vm, const mp_limb_t *limbs, int64_t count, bool negative);
MUST_USE Value int_from_int128(VM *vm, __int128 n);
uint64_t int_view_bits(const IntView *view);

/* int_scratch: GMP takes scratch memory of its own for operands of thousands of limbs and ends the
** process when it is refused: is there enough for an operation whose result has `limbs` limbs?
** false: MemoryError raised. Asked before every such operation. */
enum { INT_SCRATCH_FROM = 512 };
COLD bool int_scratch_slow(VM *vm, size_t limbs);
MUST_USE static inline bool int_scratch(VM *vm, size_t limbs) {
  return LIKELY(limbs < INT_SCRATCH_FROM) || int_scratch_slow(vm, limbs);
}

/* int_work: work(argument), which calls GMP on `cost` limbs or the like: aside from INT_ASIDE_FROM
** on (10 to 50 ms), so that signals are heard. false: an exception is pending. Law: as
** base/aside.h; what it works on stays reachable from the caller. */
enum { INT_ASIDE_FROM = 200000 };
MUST_USE MAY_RUN bool int_work_aside(VM *vm, void (*work)(void *argument), void *argument);
MUST_USE MAY_RUN static inline bool int_work(VM *vm, uint64_t cost, void (*work)(void *argument),
                                             void *argument) {
  return LIKELY(cost < INT_ASIDE_FROM) ? work(argument), true : int_work_aside(vm, work, argument);
}

static inline mp_limb_t *int_limbs(BigInt *big) { return (mp_limb_t *)big->limbs; }

/* int_poll: long operations call it; false: an exception is pending. */
MUST_USE MAY_RUN static inline bool int_poll(VM *vm) {
  return LIKELY(!vm->poll) || interp_poll(vm);
}

#endif

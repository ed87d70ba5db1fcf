/* number.c -- making numbers, asking them, and the memory that operations work in. */
#include <stdlib.h>

#include "vm/base/aside.h"
#include "vm/base/memory.h"
#include "vm/modules/decimal/limbs.h"

static const Limb limb_zero = 0, limb_one = 1;
const Number number_zero = {&limb_zero, 1, 1, 0, KIND_FINITE, false};
const Number number_one = {&limb_one, 1, 1, 0, KIND_FINITE, false};
const Settings settings_exact = {DECIMAL_MAX_PREC, DECIMAL_MAX_EMAX, DECIMAL_MIN_EMIN,
                                 ROUNDING_HALF_EVEN, false};

/* ---- memory */

struct WorkBlock {
  WorkBlock *older;
  Limb limbs[];
};
enum { BLOCK_LIMBS = 500 };
#define LIMBS_MAX ((int64_t)1 << 42)

void work_deinit(Work *work) {
  while (work->blocks) {
    WorkBlock *block = work->blocks;
    work->blocks = block->older;
    free(block);
  }
}
NORETURN static void fail(Work *work) {
  if (work->aside) aside_take(SIZE_MAX / 2); /* ends the thread */
  longjmp(work->failure, 1);
}

Limb *work_limbs_slow(Work *work, int64_t count) {
  int64_t room = count < BLOCK_LIMBS ? BLOCK_LIMBS : count;
  size_t size = sizeof(WorkBlock) + (size_t)room * sizeof(Limb);
  WorkBlock *block = room > LIMBS_MAX && !work->aside ? NULL
                     : work->aside                    ? aside_take(size)
                                                      : memory_take(size);
  if (!block) fail(work);
  block->older = work->blocks;
  work->blocks = block;
  /* what is left of a block may be used on */
  if (room - count > work->stop - work->next)
    work->next = block->limbs + count, work->stop = block->limbs + room;
  return block->limbs;
}

void work_probe(Work *work, int64_t limbs) {
  enum { FROM = 512, TIMES = 6, GMP_LIMBS_MAX = 1 << 30 };
  if (limbs > GMP_LIMBS_MAX) fail(work);
  if (limbs < FROM || work->aside) return;
  void *room = memory_take((size_t)limbs * TIMES * sizeof(Limb));
  if (!room) fail(work);
  free(room);
}

/* ---- making */

bool number_verify(const Number *a) {
  LAW(a->kind <= KIND_SIGNALING);
  LAW(a->count == limbs_for(a->digits) && a->digits >= 0);
  LAW(a->kind != KIND_FINITE || a->count > 0);
  LAW(a->kind != KIND_INFINITE || a->count == 0);
  for (int64_t i = 0; i < a->count; i++) LAW(a->limbs[i] < LIMB_BASE);
  if (a->count) LAW(limbs_digits(a->limbs, a->count) == a->digits);
  return true;
}

void number_set_nan(Number *out) { *out = (Number){.limbs = &limb_zero, .kind = KIND_NAN}; }
void number_set_infinity(Number *out, bool negative) {
  *out = (Number){.limbs = &limb_zero, .kind = KIND_INFINITE, .negative = negative};
}
void number_set_zero(Number *out, bool negative, int64_t exponent) {
  *out = number_zero;
  out->negative = negative;
  out->exponent = exponent;
}
void number_set_limbs(Number *out, bool negative, const Limb *limbs, int64_t count,
                      int64_t exponent) {
  count = limbs_trim(limbs, count);
  *out = (Number){limbs, count, limbs_digits(limbs, count), exponent, KIND_FINITE, negative};
}
void number_set_small(Work *work, Number *out, bool negative, uint64_t n, int64_t exponent) {
  Limb *limbs = work_limbs(work, 2);
  limbs[0] = n % LIMB_BASE, limbs[1] = n / LIMB_BASE;
  number_set_limbs(out, negative, limbs, 2, exponent);
}
void number_invalid(Work *work, uint32_t condition, Number *out) {
  number_set_nan(out);
  work->status |= condition;
}

void number_shift_left(Work *work, const Number *a, int64_t n, Number *out) {
  *out = *a;
  if (n == 0 || number_is_zero(a)) return;
  int64_t digits = a->digits + n, count = limbs_for(digits);
  Limb *limbs = work_limbs(work, count);
  limbs_shift_left(limbs, count, a->limbs, a->count, n);
  out->limbs = limbs, out->count = count, out->digits = digits;
}

/* ---- asking */

int number_digit(const Number *a, int64_t i) {
  if (i < 0 || i >= a->digits) return 0;
  return (int)(a->limbs[i / LIMB_DIGITS] / powers_of_ten[i % LIMB_DIGITS] % 10);
}

int64_t number_trailing_zeros(const Number *a) {
  int64_t i = 0;
  while (!a->limbs[i]) i++;
  int64_t zeros = i * LIMB_DIGITS;
  for (Limb limb = a->limbs[i]; limb % 10 == 0; limb /= 10) zeros++;
  return zeros;
}

bool number_is_integer(const Number *a) {
  if (number_is_special(a)) return false;
  if (a->exponent >= 0 || number_is_zero(a)) return true;
  return number_trailing_zeros(a) >= -a->exponent;
}
bool number_is_odd(const Number *a) {
  return a->exponent <= 0 && (number_digit(a, -a->exponent) & 1);
}

bool number_to_int64(const Number *a, int64_t *out) {
  if (number_is_zero(a)) return *out = 0, true;
  if (number_adjusted(a) >= LIMB_DIGITS) return false;
  int64_t n = 0;
  for (int64_t i = LIMB_DIGITS - 1; i >= 0; i--) {
    int64_t at = i - a->exponent;
    n = n * 10 + number_digit(a, at);
  }
  *out = a->negative ? -n : n;
  return true;
}

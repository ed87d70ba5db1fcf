/* number.h -- decimal arithmetic without the VM: what the General Decimal Arithmetic Specification
** calls numbers, contexts and conditions.
**
**     value of a finite number = (-1)^negative * coefficient * 10^exponent
**     coefficient = sum of limbs[i] * LIMB_BASE^i, limbs[i] < LIMB_BASE = 10^18
**
** Laws: count = ceil(digits / 18); the top limb is not 0, except that 0 is one limb with 1 digit.
** An infinity has count 0; the coefficient of a NaN is its payload, count 0: none. Limbs are never
** changed once a Number shows them, so Numbers share them freely; they lie in the Work, in an
** operand, or in a table.
**
** Each operation computes with the Settings that it is given and adds its conditions to
** work->status. Memory that is refused ends it (work->failure).
**
** Read next: limbs.h (coefficients), finish.c (rounding). Why limbs of 10^18: perf-note 0060. */
#ifndef KRAIT_DECIMAL_NUMBER_H
#define KRAIT_DECIMAL_NUMBER_H

#include <setjmp.h>

#include "vm/base/common.h"

typedef uint64_t Limb;
enum { LIMB_DIGITS = 18 };
#define LIMB_BASE UINT64_C(1000000000000000000)

#define DECIMAL_MAX_PREC INT64_C(999999999999999999)
#define DECIMAL_MAX_EMAX INT64_C(999999999999999999)
#define DECIMAL_MIN_EMIN INT64_C(-999999999999999999)
#define DECIMAL_MIN_ETINY INT64_C(-1999999999999999997)
/* exponents beyond all limits: what is finished with them over- or underflows */
#define EXPONENT_HUGE INT64_C(2000000000000000001)

typedef enum NumberKind { KIND_FINITE, KIND_INFINITE, KIND_NAN, KIND_SIGNALING } NumberKind;

typedef struct Number {
  const Limb *limbs; /* [borrowed: work, operand or table] */
  int64_t count, digits, exponent;
  uint8_t kind; /* NumberKind */
  bool negative;
} Number;

typedef enum Rounding {
  ROUNDING_UP,
  ROUNDING_DOWN,
  ROUNDING_CEILING,
  ROUNDING_FLOOR,
  ROUNDING_HALF_UP,
  ROUNDING_HALF_DOWN,
  ROUNDING_HALF_EVEN,
  ROUNDING_05UP,
  ROUNDING_COUNT
} Rounding;

typedef struct Settings {
  int64_t prec, emax, emin;
  uint8_t rounding; /* Rounding */
  bool clamp;
} Settings;
static inline int64_t settings_etiny(const Settings *s) { return s->emin - (s->prec - 1); }
static inline int64_t settings_etop(const Settings *s) { return s->emax - (s->prec - 1); }
extern const Settings settings_exact; /* of the widest precision and range */

/* conditions */
enum {
  STATUS_CLAMPED = 1,
  STATUS_CONVERSION_SYNTAX = 2,
  STATUS_DIVISION_BY_ZERO = 4,
  STATUS_DIVISION_IMPOSSIBLE = 8,
  STATUS_DIVISION_UNDEFINED = 16,
  STATUS_INEXACT = 64,
  STATUS_INVALID_CONTEXT = 128,
  STATUS_INVALID_OPERATION = 256,
  STATUS_OVERFLOW = 2048,
  STATUS_ROUNDED = 4096,
  STATUS_SUBNORMAL = 8192,
  STATUS_UNDERFLOW = 16384,
  STATUS_FLOAT_OPERATION = 32768,
  STATUS_ALL_INVALID = STATUS_CONVERSION_SYNTAX | STATUS_DIVISION_IMPOSSIBLE |
                       STATUS_DIVISION_UNDEFINED | STATUS_INVALID_CONTEXT |
                       STATUS_INVALID_OPERATION,
};

typedef struct WorkBlock WorkBlock;
typedef struct Work {
  uint32_t status;   /* conditions met so far */
  Limb *next, *stop; /* [borrowed: room or blocks] free limbs */
  WorkBlock *blocks; /* [owned] newest first */
  bool aside;        /* on a thread of its own (base/aside.h): memory is taken as there */
  jmp_buf failure;   /* where who began it waits; not used aside */
  Limb room[96];
} Work;
static inline void work_init(Work *work) {
  work->status = 0;
  work->next = work->room, work->stop = work->room + ARRAY_COUNT(work->room);
  work->blocks = NULL;
  work->aside = false;
}
void work_deinit(Work *work);
/* work_limbs: undefined limbs, alive until work_deinit. */
Limb *work_limbs_slow(Work *work, int64_t count);
static inline Limb *work_limbs(Work *work, int64_t count) {
  Limb *at = work->next;
  if (UNLIKELY(count > work->stop - at)) return work_limbs_slow(work, count);
  work->next = at + count;
  return at;
}
static inline void *work_bytes(Work *work, int64_t size) { return work_limbs(work, size / 8 + 1); }
/* work_probe: is there memory for what GMP may take beside for numbers of so many limbs? Fails for
** more than GMP can. */
void work_probe(Work *work, int64_t limbs);

/* ---- numbers */
extern const Number number_zero, number_one;
static inline bool number_is_special(const Number *a) { return a->kind != KIND_FINITE; }
static inline bool number_is_nan(const Number *a) { return a->kind >= KIND_NAN; }
static inline bool number_is_zero(const Number *a) {
  return a->kind == KIND_FINITE && a->count == 1 && a->limbs[0] == 0;
}
static inline int64_t number_adjusted(const Number *a) { return a->exponent + a->digits - 1; }
bool number_verify(const Number *a); /* the laws above; cost: O(limbs) */
bool number_is_integer(const Number *a);
bool number_is_odd(const Number *a); /* needs an integer */
void number_set_nan(Number *out);
void number_set_infinity(Number *out, bool negative);
void number_set_zero(Number *out, bool negative, int64_t exponent);
/* number_set_small: ± n * 10^exponent */
void number_set_small(Work *work, Number *out, bool negative, uint64_t n, int64_t exponent);
/* number_set_limbs: of a coefficient that may have zeros on top */
void number_set_limbs(Number *out, bool negative, const Limb *limbs, int64_t count,
                      int64_t exponent);
/* number_invalid: *out a NaN, the condition noted */
void number_invalid(Work *work, uint32_t condition, Number *out);
/* number_to_int64: of an integral number; false: does not fit 10^18 */
bool number_to_int64(const Number *a, int64_t *out);
/* number_shift_left: the same coefficient with `n` zeros behind it, exponent kept */
void number_shift_left(Work *work, const Number *a, int64_t n, Number *out);
/* number_digit: the i-th decimal digit, 0 the least */
int number_digit(const Number *a, int64_t i);
int64_t number_trailing_zeros(const Number *a); /* needs a finite nonzero one */

/* ---- rounding (finish.c) */
/* number_finish: *a made to fit precision and range. */
void number_finish(Work *work, const Settings *s, Number *a);
/* number_round_away: does the digit that was dropped (0 to 9, 0 and 5 only if exact) round up? */
static inline bool number_round_away(Rounding rounding, bool negative, int last_digit,
                                     int dropped) {
  if (dropped == 0) return false;
  switch (rounding) {
  case ROUNDING_DOWN: return false;
  case ROUNDING_HALF_UP: return dropped >= 5;
  case ROUNDING_HALF_EVEN: return dropped > 5 || (dropped == 5 && (last_digit & 1));
  case ROUNDING_CEILING: return !negative;
  case ROUNDING_FLOOR: return negative;
  case ROUNDING_HALF_DOWN: return dropped > 5;
  case ROUNDING_05UP: return last_digit == 0 || last_digit == 5;
  default: return true;
  }
}
/* number_drop: the n lowest digits rounded away, exponent n higher; may carry to a digit more than
** digits - n. Result: whether digits that were not 0 went. */
bool number_drop(Work *work, Rounding rounding, Number *a, int64_t n);
/* number_nans: a NaN among the operands (b, c may be NULL) decides the result: true. */
bool number_nans(Work *work, const Settings *s, const Number *a, const Number *b, const Number *c,
                 Number *out);
void number_largest(Work *work, const Settings *s, bool negative, Number *out);

/* ---- operations. All write *out last, so that it may be an operand. */
typedef void BinaryOperation(Work *work, const Settings *s, const Number *a, const Number *b,
                             Number *out);
typedef void UnaryOperation(Work *work, const Settings *s, const Number *a, Number *out);
BinaryOperation dec_add, dec_sub, dec_mul, dec_div, dec_div_int, dec_rem, dec_rem_near, dec_pow;
void dec_fma(Work *work, const Settings *s, const Number *a, const Number *b, const Number *c,
             Number *out);
void dec_divmod(Work *work, const Settings *s, const Number *a, const Number *b, Number *quotient,
                Number *rest);
void dec_powmod(Work *work, const Settings *s, const Number *a, const Number *b, const Number *m,
                Number *out);
UnaryOperation dec_plus, dec_minus, dec_abs, dec_sqrt, dec_exp, dec_ln, dec_log10, dec_logb,
    dec_next_minus, dec_next_plus, dec_reduce, dec_to_integral_exact, dec_to_integral_value,
    dec_invert;
BinaryOperation dec_quantize, dec_compare, dec_compare_signal, dec_compare_total,
    dec_compare_total_mag, dec_max, dec_min, dec_max_mag, dec_min_mag, dec_next_toward, dec_scaleb,
    dec_rotate, dec_shift, dec_and, dec_or, dec_xor;
UnaryOperation dec_copy_abs, dec_copy_negate;
BinaryOperation dec_copy_sign;
/* dec_mul_exact: the product of finite numbers, not rounded */
void dec_mul_exact(Work *work, const Number *a, const Number *b, Number *out);
/* dec_order: -1, 0, 1 of numbers that are no NaN; dec_order_magnitude: without signs, finite. */
int dec_order(Work *work, const Number *a, const Number *b);
int dec_order_magnitude(Work *work, const Number *a, const Number *b);
bool dec_same_quantum(const Number *a, const Number *b);
bool dec_is_normal(const Settings *s, const Number *a);
bool dec_is_subnormal(const Settings *s, const Number *a);
const char *dec_class(const Settings *s, const Number *a);
/* dec_rescale: exponent exactly `exponent`, rounded; no limits. Inexact, Rounded noted. */
void dec_rescale(Work *work, const Settings *s, const Number *a, int64_t exponent, Number *out);

/* ---- text (text.c) */
typedef struct NumberParts { /* how a number's digits are to be written */
  int64_t point;             /* digits before the point; <= 0: "0." and -point zeros first */
  int64_t exponent;          /* the E part, if has_exponent */
  bool has_exponent;
} NumberParts;
/* dec_parse: what the ASCII text says, exactly; false: it says no number. */
bool dec_parse(Work *work, const char *text, int64_t size, Number *out);
/* dec_digits: the a->digits digits as text */
void dec_digits(const Number *a, char *to);
/* dec_exponent: "E+12"; returns the end. */
char *dec_exponent(char *to, int64_t exponent, bool capitals);
/* dec_text_size: bytes that dec_text writes at most */
int64_t dec_text_size(const Number *a);
/* dec_text: to-scientific-string or, engineering, to-engineering-string; returns the end. */
char *dec_text(const Number *a, bool engineering, bool capitals, char *to);

#endif

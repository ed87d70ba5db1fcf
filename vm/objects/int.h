/* int.h -- heap ints and int subclasses; floats and complex numbers.
** Law: an exact int is a heap int only when it does not fit the immediate range. Instances of int subclasses always have
** this layout, whatever their size; bool is a special value, not a heap int. */
#ifndef KRAIT_INT_H
#define KRAIT_INT_H

#include "vm/memory/heap.h"

typedef struct BigInt {
  Object h;
  int64_t size;             /* limbs; negative for a negative number; 0 for 0 (subclasses only) */
  uint64_t limbs[];         /* least significant first, top limb not 0 */
} BigInt;

typedef struct Float { Object h; double value; } Float;
typedef struct Complex { Object h; double real, imag; } Complex;

/* ---- any int (immediate, bool, heap, subclass) */
bool int_to_int64(Value v, int64_t *out);                     /* false: does not fit. needs value_is_any_int(v) */
bool int_to_uint64(Value v, uint64_t *out);                   /* false: negative or too large */
MUST_USE Value int_from_uint64(VM *vm, uint64_t n);
MUST_USE Value int_from_double(VM *vm, double d);                      /* truncates; needs a finite d */
MUST_USE bool int_to_double(VM *vm, Value v, double *out);    /* false: OverflowError "int too large to convert to float" */
int int_sign(Value v);                                        /* -1, 0, 1 */
/* int_parse: digits of `base` (0: by prefix) with underscores and sign as int(text, base); VALUE_FAIL with ValueError */
MUST_USE MAY_RUN Value int_parse(VM *vm, const char *text, size_t size, int base);
/* int_from_digits: valid digits only: literals */
MUST_USE MAY_RUN Value int_from_digits(VM *vm, const char *digits, size_t count, int base);
MUST_USE MAY_RUN Value int_to_str(VM *vm, Value v, int base);         /* Str; base 2, 8, 10, 16; no prefix */
extern int int_max_str_digits;                                 /* sys.set_int_max_str_digits; 0: no limit */
/* int_parse_as: int_parse, with `original` shown by the message of a ValueError (UNBOUND: the text) */
MUST_USE MAY_RUN Value int_parse_as(VM *vm, const char *text, size_t size, int base, Value original);
/* number_text: the text with decimal digits and spaces of all scripts turned into ASCII, others that are not ASCII into '?'. */
MUST_USE const char *number_text(VM *vm, Str *s, size_t *size);
MUST_USE Value int_from_byte_array(VM *vm, const uint8_t *bytes, size_t n, bool little, bool is_signed);
/* int_exact: the plain int equal to v (bool, subclass instance …) */
MUST_USE Value int_exact(VM *vm, Value v);
uint64_t int_hash(Value v);

/* arithmetic on any ints: the slow path of the interpreter's inline int code. Results are exact ints. */
MUST_USE Value int_add(VM *vm, Value a, Value b);
MUST_USE Value int_sub(VM *vm, Value a, Value b);
MUST_USE MAY_RUN Value int_mul(VM *vm, Value a, Value b);
MUST_USE MAY_RUN Value int_truediv(VM *vm, Value a, Value b);
MUST_USE MAY_RUN Value int_floordiv(VM *vm, Value a, Value b);
MUST_USE MAY_RUN Value int_mod(VM *vm, Value a, Value b);
MUST_USE MAY_RUN Value int_divmod(VM *vm, Value a, Value b);          /* a tuple */
/* int_pow: mod VALUE_NONE: none; float for negative b */
MUST_USE MAY_RUN Value int_pow(VM *vm, Value a, Value b, Value mod);
MUST_USE Value int_lshift(VM *vm, Value a, Value b);
MUST_USE Value int_rshift(VM *vm, Value a, Value b);
MUST_USE Value int_and(VM *vm, Value a, Value b);
MUST_USE Value int_or(VM *vm, Value a, Value b);
MUST_USE Value int_xor(VM *vm, Value a, Value b);
MUST_USE Value int_neg(VM *vm, Value a);
MUST_USE Value int_invert(VM *vm, Value a);
/* int_binary_wide: `op` (a BinaryOp) on exact ints when they and the result have less than 128 bits; false: nothing done. */
MUST_USE bool int_binary_wide(VM *vm, int op, Value a, Value b, Value *out);
int int_compare(Value a, Value b);                            /* <0, 0, >0 */

/* ---- floats */
static inline double float_of(Value v) { /* needs value_is_any_float(v) */
  return value_is_float(v) ? value_as_float(v) : ((const Float *)value_object(v))->value;
}
double float_mod(double a, double b);      /* Python's %: sign of b. needs b != 0 */
double float_floordiv(double a, double b); /* needs b != 0 */
MUST_USE Value float_pow(VM *vm, double a, double b); /* may be complex, raise ZeroDivisionError or OverflowError */
/* pow_is_square: is pow(d, 2) surely d * d? The C library's pow is off by less than 0.05 units in the last place
** before it rounds: the two may differ only where the exact square (m * m, its dropped bits are known) is that near
** to the middle between two doubles. Not where the square overflows or is denormal. */
static inline bool pow_is_square(double d) {
  double square = d * d;
  uint64_t bits, of_square;
  memcpy(&bits, &d, 8);
  memcpy(&of_square, &square, 8);
  if (((of_square >> 52) & 0x7ff) - 1 >= 0x7fe) return false;
  uint64_t m = (bits & ((UINT64_C(1) << 52) - 1)) | (UINT64_C(1) << 52);
  unsigned __int128 exact = (unsigned __int128)m * m; /* 105 or 106 bits, of which a double keeps 53 */
  int dropped = 52 + (int)(exact >> 105);
  uint64_t sixteenths = ((uint64_t)exact >> (dropped - 4)) & 15;
  return sixteenths != 7 && sixteenths != 8;
}
uint64_t float_hash(double d);
/* float_compare_int: compares a double with any int exactly; <0, 0, >0, or 2 when d is nan */
int float_compare_int(double d, Value n);
/* float_parse_text: as float(text); false: not a number */
MUST_USE bool float_parse_text(const char *text, size_t size, double *out);
/* value_to_complex: complex, or through __complex__, __float__, __index__ */
MUST_USE MAY_RUN bool value_to_complex(VM *vm, Value v, double *real, double *imag);
MUST_USE Value complex_power(VM *vm, double a, double ai, double b, double bi); /* (a+ai j) ** (b+bi j) */
MUST_USE Value complex_new(VM *vm, double real, double imag);
MUST_USE Value complex_quotient(VM *vm, double a, double ai, double b, double bi);    /* ZeroDivisionError */
/* value_to_double: float, int, or through __float__/__index__ ("must be real number, not X") */
MUST_USE MAY_RUN bool value_to_double(VM *vm, Value v, double *out);

/* format_int, format_float, format_complex: __format__ of exact numbers (objects/format_value.c) */
MUST_USE MAY_RUN Value format_int(VM *vm, Value n, Str *spec);
MUST_USE Value format_float(VM *vm, Value v, Str *spec);
MUST_USE Value format_complex(VM *vm, const Complex *z, Str *spec);

#endif

/* float.h -- floats. Exact ones are immediate values; instances of subclasses are heap objects. */
#ifndef KRAIT_FLOAT_H
#define KRAIT_FLOAT_H

#include "vm/memory/heap.h"

typedef struct Float {
  Object h;
  double value;
} Float;

static inline double float_of(Value v) { /* needs value_is_any_float(v) */
  return value_is_float(v) ? value_as_float(v) : ((const Float *)value_object(v))->value;
}
double float_mod(double a, double b);      /* Python's %: sign of b. needs b != 0 */
double float_floordiv(double a, double b); /* needs b != 0 */
/* may be complex, raise ZeroDivisionError or OverflowError */
MUST_USE Value float_pow(VM *vm, double a, double b);
/* pow_is_square: is pow(d, 2) surely d * d? The C library's pow is off by less than 0.05 units in
** the last place before it rounds: the two may differ only where the exact square (m * m, its
** dropped bits are known) is that near to the middle between two doubles. Not where the square
** overflows or is denormal. */
static inline bool pow_is_square(double d) {
  double square = d * d;
  uint64_t bits, of_square;
  memcpy(&bits, &d, 8);
  memcpy(&of_square, &square, 8);
  if (((of_square >> 52) & 0x7ff) - 1 >= 0x7fe) return false;
  uint64_t m = (bits & ((UINT64_C(1) << 52) - 1)) | (UINT64_C(1) << 52);
  /* 105 or 106 bits, of which a double keeps 53 */
  unsigned __int128 exact = (unsigned __int128)m * m;
  int dropped = 52 + (int)(exact >> 105);
  uint64_t sixteenths = ((uint64_t)exact >> (dropped - 4)) & 15;
  return sixteenths != 7 && sixteenths != 8;
}
uint64_t float_hash(double d);
/* float_compare_int: compares a double with any int exactly; <0, 0, >0, or 2 when d is nan */
int float_compare_int(double d, Value n);
/* float_parse_text: as float(text); false: not a number */
MUST_USE bool float_parse_text(const char *text, size_t size, double *out);
/* value_to_double: float, int, or through __float__/__index__ ("must be real number, not X") */
MUST_USE MAY_RUN bool value_to_double(VM *vm, Value v, double *out);
/* format_float: __format__ of an exact float (objects/format_value.c) */
MUST_USE Value format_float(VM *vm, Value v, Str *spec);

#endif

/* float_text.h -- double to text and back, correctly rounded, independent of the locale.
**
** Shortest digits are found by Schubfach (R. Giulietti, "The Schubfach way to render doubles"),
** text is read by the Eisel-Lemire method (D. Lemire, "Number parsing at a gigabyte per second")
** with strtod behind it. Both share one table of 128-bit powers of ten, computed at first need
** (about 40 microseconds). */
#ifndef KRAIT_FLOAT_TEXT_H
#define KRAIT_FLOAT_TEXT_H

#include "buffer.h"
#include "common.h"

enum { FLOAT_SHORTEST_MAX = 17, FLOAT_REPR_SIZE = 32 };

/* float_repr: Python's repr ("1.5", "1e+16", "-inf"), NUL-terminated; returns the length. */
size_t float_repr(double v, char out[FLOAT_REPR_SIZE]);

enum {
  FLOAT_ALTERNATE = 1, /* keep the point and, with 'g', trailing zeros */
  FLOAT_ADD_DOT_0 = 2, /* "1" becomes "1.0" */
  FLOAT_UPPER = 4,     /* "E", "INF", "NAN" */
  FLOAT_NO_MINUS_0 = 8 /* a result that is all zeros loses its minus (the `z` option) */
};
/* float_format: appends v as 'e', 'f', 'g' (with `precision` digits as in C), or 'r' (shortest,
** Python's repr rules). Upper-case types are the same as FLOAT_UPPER. No padding, a sign only if
** negative; the sign of a nan is not shown. */
void float_format(double v, char type, int precision, unsigned flags, Buffer *out);

/* float_parse: reads the longest prefix that is a decimal number, inf, infinity or nan (any case),
** with sign; no white space, no underscores, no hex. *used = bytes read, 0: none. Overflow gives an
** infinity. */
double float_parse(const char *text, size_t n, size_t *used);

/* float_parse_plain: all of the text, if it is no more than a minus, 15 digits and a point. false:
** ask float_parse. */
bool float_parse_plain(const char *text, size_t n, double *out);

/* float_hex: as float.hex(), NUL-terminated; returns the length. */
size_t float_hex(double v, char out[FLOAT_REPR_SIZE]);
typedef enum FloatHexStatus { FLOAT_HEX_OK, FLOAT_HEX_INVALID, FLOAT_HEX_OVERFLOW } FloatHexStatus;
/* float_from_hex: as float.fromhex(), white space around it allowed. */
FloatHexStatus float_from_hex(const char *text, size_t n, double *value);

/* power_of_ten: the leading 128 bits, rounded down, of ten to k, -342 <= k <= 324. Shared by the
** two methods. */
typedef struct Power128 {
  uint64_t high, low;
} Power128;
Power128 power_of_ten(int k);

#endif

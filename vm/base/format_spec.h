/* format_spec.h -- the format-specification mini-language and the layout of numbers.
**
**     [[fill]align][sign][z][#][0][width][grouping][.precision][type]
**
** Works on text only: who formats a number first makes its digits, then number_layout adds sign,
** grouping, padding. */
#ifndef KRAIT_FORMAT_SPEC_H
#define KRAIT_FORMAT_SPEC_H

#include "buffer.h"
#include "common.h"

typedef struct FormatSpec {
  uint32_t fill;            /* ' ' if none was given */
  uint32_t type;            /* a code point; the caller's default if none was given */
  int64_t width, precision; /* -1: none */
  char align;               /* '<' '>' '=' '^' */
  char sign;                /* '+' '-' ' ' or 0 */
  char grouping;            /* ',' '_' or 0 */
  bool align_given, fill_given, alternate, no_minus_zero;
} FormatSpec;

/* format_spec_parse: reads `n` code points of `unit` (1, 2, 4) bytes. false: `error` has the
** message of a ValueError as UTF-8. `type_name` is the name of the formatted object's type, for
** messages. */
bool format_spec_parse(const void *text, int unit, size_t n, uint32_t default_type,
                       char default_align, const char *type_name, FormatSpec *spec,
                       Buffer *error) MUST_USE;

/* format_spec_unknown_type: the message for a type code that the object does not have. */
void format_spec_unknown_type(const FormatSpec *spec, const char *type_name, Buffer *error);

/* A number's text in parts: -0x1234.5e+6 has prefix "0x", digits "1234", rest ".5e+6". All
** ASCII. */
typedef struct NumberText {
  const char *prefix, *digits, *rest;
  size_t prefix_size, digit_count, rest_size;
  bool negative;
} NumberText;

/* How digits are grouped; sizes as in localeconv(): lowest group first, 0 repeats the last,
** CHAR_MAX ends. */
typedef struct NumberGrouping {
  const char *separator, *sizes, *point; /* point replaces the '.' that starts `rest`; all UTF-8 */
} NumberGrouping;

/* grouping_of_spec: what ',' and '_' ask for; no grouping otherwise. */
NumberGrouping grouping_of_spec(const FormatSpec *spec);

/* number_layout: appends the number as `spec` wants it, as UTF-8 (the fill may be any code point,
** surrogates too); returns the count of code points. */
size_t number_layout(const NumberText *number, const FormatSpec *spec,
                     const NumberGrouping *grouping, Buffer *out);

/* number_split: finds the parts of ASCII text made by float_format or an integer conversion (no
** prefix). */
NumberText number_split(const char *text, size_t n);

/* text_padding: how much fill goes before and behind `size` code points of a text that is not a
** number. */
void text_padding(const FormatSpec *spec, size_t size, size_t *left, size_t *right);

#endif

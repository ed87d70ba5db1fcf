/* unicode.h -- properties, case, decomposition and names of code points, as Python 3.11 (UCD 14.0)
** knows them.
**
** Law: every function accepts any uint32_t; a value above 0x10FFFF has the properties of an
** unassigned code point. Checked by tests/meta/unicode_compare.py against a reference interpreter
** for all code points. */
#ifndef KRAIT_UNICODE_H
#define KRAIT_UNICODE_H

#include "buffer.h"
#include "common.h"

enum {
  UNICODE_ALPHA = 1 << 0,
  UNICODE_DECIMAL = 1 << 1,
  UNICODE_DIGIT = 1 << 2,
  UNICODE_NUMERIC = 1 << 3,
  UNICODE_SPACE = 1 << 4,
  UNICODE_PRINTABLE = 1 << 5,
  UNICODE_UPPER = 1 << 6,
  UNICODE_LOWER = 1 << 7,
  UNICODE_TITLE = 1 << 8,
  UNICODE_CASED = 1 << 9,
  UNICODE_CASE_IGNORABLE = 1 << 10,
  UNICODE_XID_START = 1 << 11, /* with '_' */
  UNICODE_XID_CONTINUE = 1 << 12,
  UNICODE_MIRRORED = 1 << 13,
  UNICODE_LINE_BREAK = 1 << 14,   /* str.splitlines splits here */
  UNICODE_CASE_CHANGES = 1 << 15, /* some case mapping changes it */
  UNICODE_ALNUM = UNICODE_ALPHA | UNICODE_DECIMAL | UNICODE_DIGIT | UNICODE_NUMERIC,
  UNICODE_MAX = 0x10FFFF,
  UNICODE_NAME_MAX = 128,   /* bytes of the longest name, with the NUL */
  UNICODE_SEQUENCE_MAX = 4, /* code points of the longest named sequence */
  UNICODE_CASE_MAX = 3,     /* code points that one becomes under a full case mapping */
  UNICODE_DECOMPOSED_MAX = 18,
};

/* unicode_flags: the union of the UNICODE_... properties that `c` has. */
uint32_t unicode_flags(uint32_t c) __attribute__((const));

static inline bool unicode_is(uint32_t c, uint32_t any_of) {
  return (unicode_flags(c) & any_of) != 0;
}
static inline bool unicode_is_decimal(uint32_t c) { return unicode_is(c, UNICODE_DECIMAL); }
static inline bool unicode_is_alnum(uint32_t c) { return unicode_is(c, UNICODE_ALNUM); }
/* Asked so often that it knows its 29 code points. */
static inline bool unicode_is_space(uint32_t c) {
  if (c < 0x1680) return c == ' ' || c - 9 < 5 || c - 0x1C < 4 || c == 0x85 || c == 0xA0;
  if (c > 0x3000) return false;
  return c - 0x2000 < 11 || (c | 1) == 0x2029 || c == 0x1680 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}
static inline bool unicode_is_printable(uint32_t c) { return unicode_is(c, UNICODE_PRINTABLE); }
static inline bool unicode_is_upper(uint32_t c) { return unicode_is(c, UNICODE_UPPER); }
static inline bool unicode_is_lower(uint32_t c) { return unicode_is(c, UNICODE_LOWER); }
static inline bool unicode_is_cased(uint32_t c) { return unicode_is(c, UNICODE_CASED); }
static inline bool unicode_is_case_ignorable(uint32_t c) {
  return unicode_is(c, UNICODE_CASE_IGNORABLE);
}
static inline bool unicode_is_xid_start(uint32_t c) { return unicode_is(c, UNICODE_XID_START); }
static inline bool unicode_is_line_break(uint32_t c) { return unicode_is(c, UNICODE_LINE_BREAK); }

/* unicode_all: each of n units, of 1, 2 or 4 bytes, has one of the properties (true if n is 0).
** unicode_run: how many at the front have. unicode_any: the union of the properties of all. */
size_t unicode_run(const void *units, int unit, size_t n, uint32_t any_of);
bool unicode_all(const void *units, int unit, size_t n, uint32_t any_of);
uint32_t unicode_any(const void *units, int unit, size_t n);

/* Values: -1 where there is none. */
int unicode_decimal_value(uint32_t c) __attribute__((const));
int unicode_digit_value(uint32_t c) __attribute__((const));
bool unicode_numeric_value(uint32_t c, double *value);

/* Simple case mappings. */
uint32_t unicode_to_lower(uint32_t c) __attribute__((const));

/* Full case mappings: the count of code points written. Final sigma is the business of whoever sees
** the string. */
int unicode_full_lower(uint32_t c, uint32_t out[UNICODE_CASE_MAX]);
int unicode_full_upper(uint32_t c, uint32_t out[UNICODE_CASE_MAX]);
int unicode_full_title(uint32_t c, uint32_t out[UNICODE_CASE_MAX]);
int unicode_full_fold(uint32_t c, uint32_t out[UNICODE_CASE_MAX]);

/* unicode_map: maps units to others of the same width and returns how many; it stops at one that
** the caller must map: into several, into one that is wider, or a capital sigma. *inside: whether
** the unit before was cased, for titles. *mask: or of what was written, added. */
typedef enum UnicodeCase {
  CASE_LOWER,
  CASE_UPPER,
  CASE_TITLE, /* of words: a letter after a cased one is lowered */
  CASE_SWAP,
  CASE_FOLD
} UnicodeCase;
size_t unicode_map(UnicodeCase mode, const void *from, void *to, int unit, size_t n, bool *inside,
                   uint32_t *mask);

/* Database fields; texts are static ("" where there is none). */
const char *unicode_category(uint32_t c);         /* "Lu" */
const char *unicode_bidirectional(uint32_t c);    /* "AL" */
const char *unicode_east_asian_width(uint32_t c); /* "Na" */
int unicode_combining(uint32_t c);
bool unicode_is_mirrored(uint32_t c);
/* unicode_decomposition: the mapping as the database writes it ("<compat> 0020 0308"); false:
** none. */
bool unicode_decomposition(uint32_t c, Buffer *out);

/* Normalisation forms; the order is that of the quick-check bits. */
typedef enum UnicodeForm { UNICODE_NFD, UNICODE_NFKD, UNICODE_NFC, UNICODE_NFKC } UnicodeForm;
typedef enum UnicodeCheck { UNICODE_YES, UNICODE_MAYBE, UNICODE_NO } UnicodeCheck;

/* unicode_quick_check: whether the text is in the form, as far as one look at each code point
** tells. */
UnicodeCheck unicode_quick_check(UnicodeForm form, const uint32_t *text, size_t n);
/* unicode_normalize: appends the normal form of `text` to `out`, as uint32_t code points in native
** order. */
void unicode_normalize(UnicodeForm form, const uint32_t *text, size_t n, Buffer *out);
/* unicode_nfkc_utf8: appends the NFKC form of valid UTF-8 text to `out` as UTF-8; false if that
** equals the text. */
bool unicode_nfkc_utf8(const uint8_t *text, size_t n, Buffer *out);

/* UCD 3.2.0, which stringprep and IDNA are defined on: whether it assigns `c`, and the fields that
** differ today (NULL: none; "" or -2 within: no difference). */
typedef struct UnicodeOldFields {
  uint32_t first, last;
  const char *category, *bidirectional;
  int mirrored, decimal;
  const char *width;
} UnicodeOldFields;
bool unicode_in_3_2(uint32_t c);
const UnicodeOldFields *unicode_old_fields(uint32_t c);
void unicode_normalize_3_2(UnicodeForm form, const uint32_t *text, size_t n, Buffer *out);

/* unicode_name: writes the name, NUL-terminated, and returns its length; 0: it has none. */
size_t unicode_name(uint32_t c, char out[UNICODE_NAME_MAX]);
/* unicode_lookup: the code points that a name or alias stands for, any case; their count, 0 if
** there is none. Named sequences (more than one code point) are found only if `sequences` is
** set. */
int unicode_lookup(const char *name, size_t n, bool sequences, uint32_t out[UNICODE_SEQUENCE_MAX]);

#endif

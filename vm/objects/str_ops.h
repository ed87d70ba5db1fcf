/* str_ops.h -- what str's methods do, for str_type.c and for C code that needs the meaning without
** the call. Results are new or shared exact str; NULL (or VALUE_FAIL): an exception is pending. */
#ifndef KRAIT_STR_OPS_H
#define KRAIT_STR_OPS_H

#include "vm/objects/list.h"
#include "vm/objects/str.h"

/* ---- case (str_case.c) */
MUST_USE Str *str_lower(VM *vm, Str *s);
MUST_USE Str *str_upper(VM *vm, Str *s);
MUST_USE Str *str_title(VM *vm, Str *s);
MUST_USE Str *str_swapcase(VM *vm, Str *s);
MUST_USE Str *str_capitalize(VM *vm, Str *s);
MUST_USE Str *str_casefold(VM *vm, Str *s);
/* str_all: every code point has one of the UNICODE_ flags, and there is at least one. */
bool str_all(const Str *s, uint32_t flags);
bool str_is_lower_text(const Str *s);
bool str_is_upper_text(const Str *s);
bool str_is_title_text(const Str *s);
bool str_is_identifier(const Str *s);
bool str_is_printable(const Str *s); /* "" is */

/* ---- searching and cutting (str_search.c); bounds are units of the text, start <= end <=
** length */
/* -1: absent */
int64_t str_find(const Str *s, const Str *what, size_t start, size_t end, bool from_end);
size_t str_count(const Str *s, const Str *what, size_t start, size_t end);
bool str_has_prefix(const Str *s, const Str *prefix, size_t start, size_t end);
bool str_has_suffix(const Str *s, const Str *suffix, size_t start, size_t end);
MUST_USE MAY_RUN Str *str_replace(VM *vm, Str *s, Str *old, Str *new, int64_t most);
/* str_strip: sides bit 1 left, bit 2 right; chars NULL: white space. */
MUST_USE Str *str_strip(VM *vm, Str *s, const Str *chars, int sides);
/* str_split: separator NULL: runs of white space */
MUST_USE MAY_RUN List *str_split(VM *vm, Str *s, Str *separator, int64_t most);
MUST_USE MAY_RUN List *str_rsplit(VM *vm, Str *s, Str *separator, int64_t most);
MUST_USE MAY_RUN List *str_splitlines(VM *vm, Str *s, bool keep_ends);
MUST_USE Value str_partition(VM *vm, Str *s, Str *separator, bool from_end);
/* str_join: Runs: the iterable. */
MUST_USE MAY_RUN Value str_join(VM *vm, Str *separator, Value iterable);

/* ---- layout */
MUST_USE Str *str_pad(VM *vm, Str *s, size_t left, size_t right, uint32_t fill);
MUST_USE Str *str_repeat(VM *vm, Str *s, int64_t times);
MUST_USE Str *str_expandtabs(VM *vm, Str *s, int64_t size);
MUST_USE Str *str_zfill(VM *vm, Str *s, int64_t width);

/* ---- repr (str_layout.c) */
MUST_USE Str *str_repr(VM *vm, Str *s);
/* bytes_repr_to: b'…' for any bytes; `smart` picks double quotes when there are only single ones
** inside; all_quotes: single ones get a backslash even then, as in the texts of bytearrays. */
void bytes_repr_to(StrBuilder *b, const uint8_t *bytes, size_t n, bool smart, bool all_quotes);
/* str_escape_non_ascii: what ascii() does to a repr: escapes all past ASCII. */
MUST_USE Str *str_escape_non_ascii(VM *vm, Str *s);

/* ---- formatting (str_percent.c, str_template.c, format_value.c) */
/* format % args */
MUST_USE MAY_RUN Value str_percent(VM *vm, Str *format, Value args);
/* bytes_percent_to: format % args of bytes; on success `out` holds units of kind 0 and is the
** caller's to drop. */
MAY_RUN MUST_USE bool bytes_percent_to(VM *vm, const uint8_t *format, size_t n, Value args,
                                       StrBuilder *out);
/* str_format_call: template.format(…) */
MUST_USE MAY_RUN Value str_format_call(VM *vm, Str *template, const Value *args, int npos,
                                       Tuple *kwnames);
MUST_USE MAY_RUN Value str_format_map(VM *vm, Str *template, Value mapping);
/* format_str, format_int, format_float, format_complex: the __format__ of each for a spec (exact
** types' meaning). */
MUST_USE Value format_str(VM *vm, Str *s, Str *spec);

/* ---- translate (str_translate.c) */
MUST_USE MAY_RUN Value str_translate(VM *vm, Str *s, Value table);
MUST_USE MAY_RUN Value str_maketrans(VM *vm, Value x, Value y, Value z);

#endif

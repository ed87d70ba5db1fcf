/* json.h -- the module _json: text to values (scan.c) and back (encode.c). */
#ifndef KRAIT_JSON_H
#define KRAIT_JSON_H

#include "vm/objects/dict.h"
#include "vm/objects/str.h"

/* json_scan_string: the string whose first character behind the quote is at `start`; *end: behind
** the closing quote. */
MUST_USE MAY_RUN Value json_scan_string(VM *vm, Str *text, int64_t start, bool strict,
                                        int64_t *end);

#endif

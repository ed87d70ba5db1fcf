/* coding.h -- the encoding that a Python source names in its first or second line (PEP 263). */
#ifndef KRAIT_CODING_H
#define KRAIT_CODING_H

#include <stddef.h>

/* coding_cookie: the length of the name in `source` (which begins behind a byte order mark), 0:
** there is none. */
size_t coding_cookie(const char *source, size_t size, const char **name);

#endif

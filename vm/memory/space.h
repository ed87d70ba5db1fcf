/* space.h -- how much address space the process may have (setrlimit), and pieces of it at fixed
** addresses. */
#ifndef KRAIT_SPACE_H
#define KRAIT_SPACE_H

#include "vm/base/common.h"

/* space_limit: bytes that RLIMIT_AS and RLIMIT_DATA allow in all; SIZE_MAX: no limit. */
size_t space_limit(void);
/* space_left: bytes that may still be mapped, now; SIZE_MAX: no limit. Cost: a read of /proc when
** there is a limit. */
size_t space_left(void);
/* space_share: a part of the limit (limit / divisor) within [low, high]; high when there is no
** limit. */
size_t space_share(size_t divisor, size_t low, size_t high);
/* space_reserve: zeroed pages that cost nothing until they are used, anywhere; NULL: refused. */
void *space_reserve(size_t size);
/* space_map: the same at a given address where nothing is yet. false: refused, or something is
** there. */
bool space_map(void *at, size_t size);
/* space_unmap: gives up the pages that lie wholly in [from, to). */
void space_unmap(char *from, char *to);

#endif

/* count.h -- exact recordings: what counted code (interp/counted.h) counts with, and its
** records. */
#ifndef KRAIT_PROFILE_COUNT_H
#define KRAIT_PROFILE_COUNT_H

#include "vm/interp/counted.h"

/* count_begin: translations count from here on; before any code has run. false: no memory. */
MUST_USE bool count_begin(void);
/* count_code: COUNTS of a translation that has its number in the recording. */
void count_code(const ThreadedCode *code);
/* count_stop: new translations do not count any more; those that do go on in vain. */
void count_stop(void);

#endif

/* import_time.h -- -X importtime, and what --stats tells of source files. Law: begin and end are
** called in pairs, also around an import that fails. */
#ifndef KRAIT_IMPORT_TIME_H
#define KRAIT_IMPORT_TIME_H

#include "vm/core/vm.h"

void import_time_begin(void);
/* how many source files of imports came from the cache, how many were compiled */
typedef struct ImportOutcomes {
  unsigned cached, compiled;
} ImportOutcomes;
ImportOutcomes import_outcomes(void);
/* of the innermost import: what the cache said ("hit", "miss: new" …); NULL: it was not asked */
void import_time_note(const char *outcome);
void import_time_end(VM *vm, Str *name); /* prints the line */

#endif

/* record.h -- a recording of the running program, from before its start to its end. */
#ifndef KRAIT_PROFILE_RECORD_H
#define KRAIT_PROFILE_RECORD_H

#include "vm/core/options.h"
#include "vm/core/vm.h"

enum { RECORD_CANNOT = 125 }; /* exit status: no recording could be begun, so nothing was run */

/* record_prepare: makes the file, before there is an interpreter. false: it has said why not. */
MUST_USE bool record_prepare(const Options *options);
/* record_path: of the file that record_prepare has made. */
const char *record_path(void);
/* record_start: what follows is recorded, if record_prepare was called; needs the main thread, and
** comes before the program's first code. */
MAY_RUN void record_start(VM *vm);
/* record_end: of an exit with this status; minus the number of a signal that ends the process. */
void record_end(VM *vm, int status);

#endif

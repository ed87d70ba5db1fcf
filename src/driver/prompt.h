/* prompt.h -- the interactive prompt. */
#ifndef KRAIT_PROMPT_H
#define KRAIT_PROMPT_H

#include "vm/life/vm.h"

/* prompt_run: reads, runs and shows until end of input or SystemExit. The exit status. */
MAY_RUN int prompt_run(VM *vm, bool greet);

#endif

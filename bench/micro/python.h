/* python.h -- pieces of Python to measure: functions compiled from text. */
#ifndef KRAIT_MICRO_PYTHON_H
#define KRAIT_MICRO_PYTHON_H

#include "micro.h"
#include "vm/core/vm.h"

extern VM *vm;

/* python_define: runs `source` in a namespace of its own and returns what it binds to the name
** `run`. VALUE_FAIL: a message is on stderr. */
Value python_define(const char *source);
/* python_loop: measures run(ROUNDS), defined by `source` as a loop of that many rounds. */
void python_loop(MicroState *state, const char *source, int rounds);

#endif

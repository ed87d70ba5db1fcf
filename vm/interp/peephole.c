/* peephole.c -- see peephole.h. */
#include "vm/interp/peephole.h"

void peephole(ThreadedCode *code) { (void)code; }

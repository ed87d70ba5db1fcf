/* peephole.h -- rewriting of freshly translated code: fused forms that keep the layout of what they
** replace. */
#ifndef KRAIT_PEEPHOLE_H
#define KRAIT_PEEPHOLE_H

#include "vm/interp/threaded.h"

void peephole(ThreadedCode *code);

#endif

/* liveness.h -- how much of a generator's frame is alive while it is suspended. */
#ifndef KRAIT_LIVENESS_H
#define KRAIT_LIVENESS_H

#include "vm/objects/code.h"

/* suspended_registers: registers from here on hold nothing that is read after any YIELD of the function. At least the
** named locals. register_count when memory for the analysis is short. */
uint32_t suspended_registers(Code *code);

/* frames_forget_dead: zeroes the registers of all running frames that nothing will read any more, so that an explicit
** gc.collect() is not misled by stale temporaries. Named variables stay. Cost: the analysis of every running function. */
void frames_forget_dead(VM *vm);

#endif

/* liveness.h -- how much of a generator's frame is alive while it is suspended. */
#ifndef KRAIT_LIVENESS_H
#define KRAIT_LIVENESS_H

#include "vm/objects/code.h"

/* suspended_registers: registers from here on hold nothing that is read after any YIELD of the function. At least the
** named locals. register_count when memory for the analysis is short. */
uint32_t suspended_registers(Code *code);

#endif

/* stats.h -- what a run has cost, told at its end: --stats, KRAIT_STATS_FD. */
#ifndef KRAIT_LIFE_STATS_H
#define KRAIT_LIFE_STATS_H

#include "vm/core/vm.h"

/* stats_report: to standard error as lines (--stats), and as one object of JSON to the descriptor
** that KRAIT_STATS_FD names, if it is open. Does nothing when neither is asked for. */
void stats_report(VM *vm);

#endif

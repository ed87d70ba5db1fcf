/* posix_schedule.h -- the parameter SchedParam: the priority that an os.sched_param holds. */
#ifndef KRAIT_POSIX_SCHEDULE_H
#define KRAIT_POSIX_SCHEDULE_H

#include "vm/contracts/native.h"

typedef int c_SchedParam;
MUST_USE MAY_RUN bool convert_SchedParam(VM *vm, Value v, c_SchedParam *out, const MethodSpec *spec,
                                         int i);

#endif

/* duration.h -- lengths of time as Python gives them: timeouts, intervals. */
#ifndef KRAIT_DURATION_H
#define KRAIT_DURATION_H

#include "vm/core/vm.h"

#define NS_PER_MS 1000000
#define NS_PER_SECOND 1000000000

/* value_duration: nanoseconds, of an int (or what has __index__) or a float that counts units of
** `unit_ns` of them; rounded away from zero, so that what is not zero stays so.
** Raises: TypeError, ValueError (NaN), OverflowError. */
MUST_USE MAY_RUN bool value_duration(VM *vm, Value v, int64_t unit_ns, int64_t *ns);
/* duration_to_ms: milliseconds, rounded up. */
int64_t duration_to_ms(int64_t ns);
/* duration_to_poll: the same as poll() takes it: at least 0, at most INT_MAX. */
int duration_to_poll(int64_t ns);
/* monotonic_after: the reading of CLOCK_MONOTONIC in `ns` nanoseconds, or the last there is. */
int64_t monotonic_after(int64_t ns);

#endif

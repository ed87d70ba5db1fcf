/* time.h -- what the module time gives to others in C: time tuples and strftime. Its module must
** have been imported. */
#ifndef KRAIT_TIME_H
#define KRAIT_TIME_H

#include <time.h>

#include "vm/objects/str.h"

/* time_tuple_fill: the nine fields of a time tuple as Python counts them (month and day of the year
** from 1, Monday 0). */
static inline void time_tuple_fill(struct tm *t, int year, int month, int day, int hour, int minute,
                                   int second, int weekday, int day_of_year, int is_dst) {
  *t = (struct tm){.tm_year = year - 1900,
                   .tm_mon = month - 1,
                   .tm_mday = day,
                   .tm_hour = hour,
                   .tm_min = minute,
                   .tm_sec = second,
                   .tm_wday = (weekday + 1) % 7,
                   .tm_yday = day_of_year - 1,
                   .tm_isdst = is_dst};
}
/* time.struct_time of the nine fields, zone None */
MUST_USE MAY_RUN Value time_tuple_new(VM *vm, const struct tm *t);
/* time_format: strftime of a time tuple, as time.strftime(format, t) does it when no program has
** replaced it. */
MUST_USE MAY_RUN Value time_format(VM *vm, Str *format, const struct tm *t);

#endif

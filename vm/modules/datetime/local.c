/* local.c -- timestamps, clocks, and the system's idea of local time.
**
** Seconds here count from the first day of ordinal 0 unless they are timestamps: EPOCH_SECONDS lies
** between them. Around changes of the clock PEP 495's rules hold: fold 1 is the second of two equal
** readings, or the later offset in a gap. */
#include <errno.h>
#include <math.h>
#include <time.h>

#include "vm/modules/datetime/datetime.h"
#include "vm/objects/float.h"
#include "vm/runtime/path.h"

#define EPOCH_SECONDS ((int64_t)EPOCH_ORDINAL * SECONDS_A_DAY)

/* ---- timestamps */

void clock_now(int64_t *seconds, int64_t *us) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  *seconds = now.tv_sec, *us = now.tv_nsec / 1000;
}

static COLD bool raise_range(VM *vm) {
  return raise_false(vm, TYPE_OF(OverflowError), "timestamp out of range for platform time_t");
}

static bool whole_timestamp(VM *vm, Value timestamp, int64_t *seconds) {
  Value index;
  if (!value_index(vm, timestamp, &index)) return false;
  return int_to_int64(index, seconds) || raise_range(vm);
}

static bool finite_timestamp(VM *vm, double d) {
  if (isnan(d)) return raise_false(vm, TYPE_OF(ValueError), "Invalid value NaN (not a number)");
  return (d >= -0x1p63 && d < 0x1p63) || raise_range(vm);
}

static double round_half_even(double x) {
  double rounded = round(x);
  return fabs(x - rounded) == 0.5 ? 2.0 * round(x / 2.0) : rounded;
}

bool timestamp_parse(VM *vm, Value timestamp, int64_t *seconds, int64_t *us) {
  *us = 0;
  if (!value_is_any_float(timestamp)) return whole_timestamp(vm, timestamp, seconds);
  double whole, d = float_of(timestamp), fraction = modf(d, &whole);
  if (isnan(d)) return finite_timestamp(vm, d);
  fraction = round_half_even(fraction * 1e6);
  if (fraction >= 1e6) fraction -= 1e6, whole += 1.0;
  else if (fraction < 0) fraction += 1e6, whole -= 1.0;
  if (!finite_timestamp(vm, whole)) return false;
  *seconds = (int64_t)whole, *us = (int64_t)fraction;
  return true;
}

bool timestamp_floor(VM *vm, Value timestamp, int64_t *seconds) {
  if (!value_is_any_float(timestamp)) return whole_timestamp(vm, timestamp, seconds);
  double d = floor(float_of(timestamp));
  if (!finite_timestamp(vm, d)) return false;
  *seconds = (int64_t)d;
  return true;
}

/* ---- broken-down time */

static bool break_down(VM *vm, int64_t timestamp, bool local, struct tm *out) {
  time_t t = timestamp;
  errno = 0;
  if (local ? localtime_r(&t, out) : gmtime_r(&t, out)) return true;
  raise_errno(vm, errno ? errno : EINVAL, VALUE_NONE);
  return false;
}

bool local_day(VM *vm, int64_t timestamp, Ymd *out) {
  struct tm t;
  if (!break_down(vm, timestamp, true, &t)) return false;
  *out = (Ymd){t.tm_year + 1900, t.tm_mon + 1, t.tm_mday};
  return true;
}

static bool seconds_of(VM *vm, const struct tm *t, int64_t *out) {
  int64_t year = (int64_t)t->tm_year + 1900;
  if (year < YEAR_MIN || year > YEAR_MAX)
    return raise_false(vm, TYPE_OF(ValueError), "year %d is out of range", (int)year);
  *out = ymd_to_ordinal((int)year, t->tm_mon + 1, t->tm_mday) * (int64_t)SECONDS_A_DAY +
         t->tm_hour * 3600 + t->tm_min * 60 + t->tm_sec;
  return true;
}

/* What local clocks show `utc` seconds after the start, as such seconds. */
static bool local_reading(VM *vm, int64_t utc, int64_t *out) {
  struct tm t;
  return break_down(vm, utc - EPOCH_SECONDS, true, &t) && seconds_of(vm, &t, out);
}

/* Is this reading the second of its kind? The clock was set back within a day before, and showed it
** then too. */
static bool is_repeated(VM *vm, int64_t timestamp, int64_t reading, uint8_t *fold) {
  int64_t utc = timestamp + EPOCH_SECONDS, day_before, earlier;
  if (!local_reading(vm, utc - SECONDS_A_DAY, &day_before)) return false;
  int64_t change = reading - day_before - SECONDS_A_DAY;
  if (change >= 0) return true;
  if (!local_reading(vm, utc + change, &earlier)) return false;
  *fold = earlier == reading;
  return true;
}

Value moment_from_timestamp(VM *vm, Type *cls, int64_t timestamp, int64_t us, bool local,
                            Value zone) {
  struct tm t;
  if (!break_down(vm, timestamp, local, &t)) return VALUE_FAIL;
  if (t.tm_sec > 59) t.tm_sec = 59; /* leap seconds are not known here */
  Clock clock = {(uint8_t)t.tm_hour, (uint8_t)t.tm_min, (uint8_t)t.tm_sec, 0, (uint32_t)us};
  if (local && zone == VALUE_NONE) {
    int64_t reading;
    if (!seconds_of(vm, &t, &reading) || !is_repeated(vm, timestamp, reading, &clock.fold))
      return VALUE_FAIL;
  }
  Ymd day = {t.tm_year + 1900, t.tm_mon + 1, t.tm_mday};
  return date_check(vm, day.year, day.month, day.day) ? datetime_make(vm, cls, day, clock, zone)
                                                      : VALUE_FAIL;
}

/* Two offsets can be in force around a reading. Each gives a candidate; those that read right are
** solutions. */
bool local_to_seconds(VM *vm, const DateTime *moment, int64_t *out) {
  int64_t reading = datetime_seconds(moment), shown;
  bool late = moment->clock.fold;
  if (!local_reading(vm, reading, &shown)) return false;
  int64_t offset = shown - reading, first = reading - offset, first_shown, other_offset;
  if (!local_reading(vm, first, &first_shown)) return false;
  /* right; a day on the other side of a change there may be an earlier or a later one */
  if (first_shown == reading) {
    int64_t probe = first + (late ? SECONDS_A_DAY : -SECONDS_A_DAY), probe_shown;
    if (!local_reading(vm, probe, &probe_shown)) return false;
    other_offset = probe_shown - probe;
    if (other_offset == offset) return *out = first, true;
  } else {
    other_offset = first_shown - first;
  }
  int64_t second = reading - other_offset, second_shown;
  if (!local_reading(vm, second, &second_shown)) return false;
  if (second_shown == reading) *out = second;
  else if (first_shown == reading) *out = first;
  else *out = (first < second) == late ? first : second; /* in a gap */
  return true;
}

Value local_zone_at(VM *vm, int64_t timestamp) {
  struct tm t;
  if (!break_down(vm, timestamp, true, &t)) return VALUE_FAIL;
  Value offset = delta_new(vm, 0, t.tm_gmtoff, 0);
  Value name = value_is_fail(offset) ? VALUE_FAIL : path_decode(vm, t.tm_zone, strlen(t.tm_zone));
  return value_is_fail(name) ? name : zone_new(vm, value_object(offset), value_object(name));
}

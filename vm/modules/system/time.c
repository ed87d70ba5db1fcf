/* time.c -- the module time. */
#include "vm/modules/system/time.h"
#include "vm/base/memory.h"
#include "vm/contracts/duration.h"
#include "vm/contracts/error.h"
#include "vm/contracts/import.h"
#include "vm/contracts/native.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/core/vm.h"
#include "vm/objects/float.h"
#include "vm/objects/function.h"
#include "vm/objects/int.h"
#include "vm/objects/tuple.h"
#include "vm/runtime/path.h"

#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define NATIVE_DEF "vm/modules/system/time.def"
#define NATIVE_PREFIX time_
#include "vm/contracts/native_class.inc"

/* ---- clocks */
static Value clock_value(VM *vm, clockid_t clock, bool ns) {
  struct timespec now;
  if (clock_gettime(clock, &now) < 0) return raise_errno(vm, errno, VALUE_NONE);
  return ns ? value_int(vm, (int64_t)now.tv_sec * 1000000000 + now.tv_nsec)
            : value_float(vm, (double)now.tv_sec + (double)now.tv_nsec * 1e-9);
}
static Value time_time(VM *vm, Value self, const time_time_args *a) {
  return clock_value(vm, CLOCK_REALTIME, false);
}
static Value time_time_ns(VM *vm, Value self, const time_time_ns_args *a) {
  return clock_value(vm, CLOCK_REALTIME, true);
}
static Value time_monotonic(VM *vm, Value self, const time_monotonic_args *a) {
  return clock_value(vm, CLOCK_MONOTONIC, false);
}
static Value time_monotonic_ns(VM *vm, Value self, const time_monotonic_ns_args *a) {
  return clock_value(vm, CLOCK_MONOTONIC, true);
}
static Value time_perf_counter(VM *vm, Value self, const time_perf_counter_args *a) {
  return clock_value(vm, CLOCK_MONOTONIC, false);
}
static Value time_perf_counter_ns(VM *vm, Value self, const time_perf_counter_ns_args *a) {
  return clock_value(vm, CLOCK_MONOTONIC, true);
}
static Value time_process_time(VM *vm, Value self, const time_process_time_args *a) {
  return clock_value(vm, CLOCK_PROCESS_CPUTIME_ID, false);
}
static Value time_process_time_ns(VM *vm, Value self, const time_process_time_ns_args *a) {
  return clock_value(vm, CLOCK_PROCESS_CPUTIME_ID, true);
}
static Value time_thread_time(VM *vm, Value self, const time_thread_time_args *a) {
  return clock_value(vm, CLOCK_THREAD_CPUTIME_ID, false);
}
static Value time_thread_time_ns(VM *vm, Value self, const time_thread_time_ns_args *a) {
  return clock_value(vm, CLOCK_THREAD_CPUTIME_ID, true);
}
static Value time_clock_gettime(VM *vm, Value self, const time_clock_gettime_args *a) {
  return clock_value(vm, a->clk_id, false);
}
static Value time_clock_gettime_ns(VM *vm, Value self, const time_clock_gettime_ns_args *a) {
  return clock_value(vm, a->clk_id, true);
}
static Value time_clock_getres(VM *vm, Value self, const time_clock_getres_args *a) {
  struct timespec res;
  return clock_getres(a->clk_id, &res) < 0
             ? raise_errno(vm, errno, VALUE_NONE)
             : value_float(vm, (double)res.tv_sec + (double)res.tv_nsec * 1e-9);
}

/* Seconds as an int or float; a float is rounded to whole nanoseconds away from zero when `up`,
** else down. */
static bool parse_seconds(VM *vm, Value v, struct timespec *out, bool up) {
  if (value_is_any_float(v)) {
    double d = float_of(v);
    if (isnan(d)) return raise_false(vm, TYPE_OF(ValueError), "Invalid value NaN (not a number)");
    double whole = floor(d), ns = (d - whole) * 1e9;
    if (!(fabs(whole) < 9.2e18))
      return raise_false(vm, TYPE_OF(OverflowError), "timestamp out of range for platform time_t");
    ns = up ? ceil(ns) : floor(ns);
    out->tv_sec = (time_t)whole;
    out->tv_nsec = (long)ns;
    if (out->tv_nsec >= 1000000000) out->tv_sec++, out->tv_nsec -= 1000000000;
    return true;
  }
  if (!value_is_any_int(v) && !value_has_special(v, SPECIAL_index))
    return raise_false(vm, TYPE_OF(TypeError), "'%T' object cannot be interpreted as an integer",
                       v);
  Value exact;
  int64_t n;
  if (!value_index(vm, v, &exact)) return false;
  if (!int_to_int64(exact, &n))
    return raise_false(vm, TYPE_OF(OverflowError), "timestamp out of range for platform time_t");
  *out = (struct timespec){.tv_sec = n};
  return true;
}

static Value time_clock_settime(VM *vm, Value self, const time_clock_settime_args *a) {
  struct timespec at;
  if (!parse_seconds(vm, a->time, &at, false)) return VALUE_FAIL;
  return clock_settime(a->clk_id, &at) < 0 ? raise_errno(vm, errno, VALUE_NONE) : VALUE_NONE;
}
static Value time_clock_settime_ns(VM *vm, Value self, const time_clock_settime_ns_args *a) {
  struct timespec at = {.tv_sec = a->time / 1000000000, .tv_nsec = a->time % 1000000000};
  return clock_settime(a->clk_id, &at) < 0 ? raise_errno(vm, errno, VALUE_NONE) : VALUE_NONE;
}
static Value time_pthread_getcpuclockid(VM *vm, Value self,
                                        const time_pthread_getcpuclockid_args *a) {
  uint64_t thread;
  clockid_t clock;
  if (!value_is_any_int(a->thread_id) || !int_to_uint64(a->thread_id, &thread))
    return raise_type(vm, "an integer is required");
  int error = pthread_getcpuclockid((pthread_t)thread, &clock);
  return error ? raise_errno(vm, error, VALUE_NONE) : value_int(vm, clock);
}

static Value time_sleep(VM *vm, Value self, const time_sleep_args *a) {
  int64_t ns;
  if (!value_duration(vm, a->seconds, NS_PER_SECOND, &ns)) return VALUE_FAIL;
  if (ns < 0) return raise_value(vm, "sleep length must be non-negative");
  int64_t end = monotonic_after(ns);
  if (end == INT64_MAX) return raise_errno(vm, EINVAL, VALUE_NONE);
  const struct timespec until = {end / NS_PER_SECOND, end % NS_PER_SECOND};
  int error = EINTR;
  while (error == EINTR) {
    if (!poll_signals(vm)) return VALUE_FAIL; /* what came before the sleep is not slept through */
    error = BLOCKING(vm, clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL));
  }
  return error ? raise_errno(vm, error, VALUE_NONE) : VALUE_NONE;
}

/* ---- calendar */
static struct { Value struct_time_type; /* registered by the first import */ } state = {VALUE_NONE};

static Value tm_value(VM *vm, const struct tm *t) {
  Value fields[] = {value_int_unchecked((int64_t)t->tm_year + 1900),
                    value_int_unchecked(t->tm_mon + 1),
                    value_int_unchecked(t->tm_mday),
                    value_int_unchecked(t->tm_hour),
                    value_int_unchecked(t->tm_min),
                    value_int_unchecked(t->tm_sec),
                    value_int_unchecked((t->tm_wday + 6) % 7),
                    value_int_unchecked(t->tm_yday + 1),
                    value_int_unchecked(t->tm_isdst),
                    value_of(str_new_cstr(vm, t->tm_zone ? t->tm_zone : "")),
                    value_int(vm, t->tm_gmtoff)};
  return struct_sequence_new(vm, value_object(state.struct_time_type), fields);
}

Value time_tuple_new(VM *vm, const struct tm *t) {
  if (state.struct_time_type == VALUE_NONE && value_is_fail(import_module(vm, NAME("time"))))
    return VALUE_FAIL;
  Value fields[] = {value_int_unchecked((int64_t)t->tm_year + 1900),
                    value_int_unchecked(t->tm_mon + 1),
                    value_int_unchecked(t->tm_mday),
                    value_int_unchecked(t->tm_hour),
                    value_int_unchecked(t->tm_min),
                    value_int_unchecked(t->tm_sec),
                    value_int_unchecked((t->tm_wday + 6) % 7),
                    value_int_unchecked(t->tm_yday + 1),
                    value_int_unchecked(t->tm_isdst),
                    VALUE_NONE,
                    VALUE_NONE};
  return struct_sequence_new(vm, value_object(state.struct_time_type), fields);
}

static bool broken_down(VM *vm, Value seconds, bool local, struct tm *out) {
  struct timespec at;
  if (seconds == VALUE_NONE) at.tv_sec = time(NULL);
  else if (!parse_seconds(vm, seconds, &at, false)) return false;
  memset(out, 0, sizeof *out);
  errno = 0;
  if (local ? localtime_r(&at.tv_sec, out) : gmtime_r(&at.tv_sec, out)) {
    if (!local) out->tm_zone = "UTC", out->tm_gmtoff = 0;
    return true;
  }
  return raise_errno(vm, errno ? errno : EINVAL, VALUE_NONE), false;
}
static Value time_gmtime(VM *vm, Value self, const time_gmtime_args *a) {
  struct tm t;
  return broken_down(vm, a->seconds, false, &t) ? tm_value(vm, &t) : VALUE_FAIL;
}
static Value time_localtime(VM *vm, Value self, const time_localtime_args *a) {
  struct tm t;
  return broken_down(vm, a->seconds, true, &t) ? tm_value(vm, &t) : VALUE_FAIL;
}

/* A tuple of nine ints, or struct_time. */
static bool parse_tm(VM *vm, Value v, const char *function, struct tm *out) {
  if (!value_has_flag(v, TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "Tuple or struct_time argument required");
  const Tuple *tuple = value_object(v);
  if (tuple_length(tuple) != 9)
    return raise_false(vm, TYPE_OF(TypeError), "%s(): illegal time tuple argument", function);
  int64_t n[9];
  for (int i = 0; i < 9; i++) {
    if (!value_is_any_int(tuple->items[i]) && !value_has_special(tuple->items[i], SPECIAL_index))
      return raise_false(vm, TYPE_OF(TypeError), "%s(): illegal time tuple argument", function);
    if (!value_index64(vm, tuple->items[i], &n[i], false)) return false;
    if (n[i] != (int)n[i])
      return raise_false(vm, TYPE_OF(OverflowError), "signed integer is %s than %s",
                         n[i] > 0 ? "greater" : "less", n[i] > 0 ? "maximum" : "minimum");
  }
  if (n[0] < INT32_MIN + 1900) return raise_false(vm, TYPE_OF(OverflowError), "year out of range");
  *out = (struct tm){.tm_year = (int)(n[0] - 1900),
                     .tm_mon = (int)n[1] - 1,
                     .tm_mday = (int)n[2],
                     .tm_hour = (int)n[3],
                     .tm_min = (int)n[4],
                     .tm_sec = (int)n[5],
                     .tm_wday = (int)(n[6] + 1) % 7,
                     .tm_yday = (int)n[7] - 1,
                     .tm_isdst = (int)n[8]};
  if (object_type(tuple) == value_object(state.struct_time_type)) {
    Value zone = get_attribute(vm, v, NAME("tm_zone")),
          offset = get_attribute(vm, v, NAME("tm_gmtoff"));
    if (zone == VALUE_FAIL || offset == VALUE_FAIL) return false;
    if (value_is_str(zone)) out->tm_zone = (char *)str_utf8(vm, value_object(zone), NULL);
    if (value_is_int(offset)) out->tm_gmtoff = value_as_int(offset);
  }
  return true;
}

/* Zeros stand for "not given" in dates; anything else out of range is an error. */
static bool check_tm(VM *vm, struct tm *t) {
  const char *wrong = NULL;
  if (t->tm_mon == -1) t->tm_mon = 0;
  else if (t->tm_mon < 0 || t->tm_mon > 11) wrong = "month out of range";
  if (t->tm_mday == 0) t->tm_mday = 1;
  else if (!wrong && (t->tm_mday < 0 || t->tm_mday > 31)) wrong = "day of month out of range";
  if (!wrong && (t->tm_hour < 0 || t->tm_hour > 23)) wrong = "hour out of range";
  if (!wrong && (t->tm_min < 0 || t->tm_min > 59)) wrong = "minute out of range";
  if (!wrong && (t->tm_sec < 0 || t->tm_sec > 61)) wrong = "seconds out of range";
  if (!wrong && t->tm_wday < 0) wrong = "day of week out of range";
  if (t->tm_yday == -1) t->tm_yday = 0;
  else if (!wrong && (t->tm_yday < 0 || t->tm_yday > 365)) wrong = "day of year out of range";
  if (t->tm_isdst < -1) t->tm_isdst = -1;
  if (t->tm_isdst > 1) t->tm_isdst = 1;
  return !wrong || raise_false(vm, TYPE_OF(ValueError), "%s", wrong);
}

static Value time_mktime(VM *vm, Value self, const time_mktime_args *a) {
  struct tm t;
  if (!parse_tm(vm, a->tuple, "mktime", &t)) return VALUE_FAIL;
  t.tm_wday = -1;
  time_t at = mktime(&t);
  if (at == (time_t)-1 && t.tm_wday == -1)
    return raise_error(vm, TYPE_OF(OverflowError), "mktime argument out of range");
  return value_float(vm, (double)at);
}

static Value asctime_value(VM *vm, const struct tm *t) {
  static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[80];
  snprintf(text, sizeof text, "%s %s%3d %.2d:%.2d:%.2d %lld", days[t->tm_wday], months[t->tm_mon],
           t->tm_mday, t->tm_hour, t->tm_min, t->tm_sec, 1900LL + t->tm_year);
  return value_of(str_new_cstr(vm, text));
}
static Value time_asctime(VM *vm, Value self, const time_asctime_args *a) {
  struct tm t;
  if (a->tuple == VALUE_MISSING) {
    if (!broken_down(vm, VALUE_NONE, true, &t)) return VALUE_FAIL;
  } else if (!parse_tm(vm, a->tuple, "asctime", &t) || !check_tm(vm, &t)) {
    return VALUE_FAIL;
  }
  return asctime_value(vm, &t);
}
static Value time_ctime(VM *vm, Value self, const time_ctime_args *a) {
  struct tm t;
  return broken_down(vm, a->seconds, true, &t) ? asctime_value(vm, &t) : VALUE_FAIL;
}

static Value format_tm(VM *vm, Str *given, const struct tm *t) {
  size_t n;
  const char *format = str_utf8(vm, given, &n);
  if (!format) return VALUE_FAIL;
  if (strlen(format) != n) return raise_value(vm, "embedded null character");
  if (!n) return value_from(given);
  char first[256], *text = first;
  for (size_t size = sizeof first;; size *= 4) {
    if (text != first || size > sizeof first) text = memory_take(size);
    if (!text) return raise_memory(vm);
    size_t length = strftime(text, size, format, t);
    /* No length: too small, or nothing to say ("%p" in some locales). */
    Value result = length || size >= 256 * n ? path_decode(vm, text, length) : VALUE_UNBOUND;
    if (text != first) free(text);
    if (result != VALUE_UNBOUND) return result;
  }
}
static Value time_strftime(VM *vm, Value self, const time_strftime_args *a) {
  struct tm t;
  if (a->tuple == VALUE_MISSING) {
    if (!broken_down(vm, VALUE_NONE, true, &t)) return VALUE_FAIL;
  } else if (!parse_tm(vm, a->tuple, "strftime", &t) || !check_tm(vm, &t)) {
    return VALUE_FAIL;
  }
  return format_tm(vm, a->format, &t);
}

Value time_format(VM *vm, Str *format, const struct tm *t) {
  Value module = import_module(vm, NAME("time"));
  Value function = value_is_fail(module) ? VALUE_FAIL : get_attribute(vm, module, NAME("strftime"));
  if (value_is_fail(function)) return VALUE_FAIL;
  if (value_is(function, builtin_function_or_method) &&
      ((NativeFunction *)value_object(function))->spec->entry == time_strftime_entry)
    return format_tm(vm, format, t);
  Value tuple = time_tuple_new(vm, t);
  return value_is_fail(tuple) ? VALUE_FAIL : call2(vm, function, value_from(format), tuple);
}

static Value time_strptime(VM *vm, Value self, const time_strptime_args *a) {
  Value module = import_module(vm, NAME("_strptime"));
  if (module == VALUE_FAIL) return VALUE_FAIL;
  Value function = get_attribute(vm, module, NAME("_strptime_time"));
  if (function == VALUE_FAIL) return VALUE_FAIL;
  return a->format == VALUE_MISSING ? call1(vm, function, a->string)
                                    : call2(vm, function, a->string, a->format);
}

static Value time_get_clock_info(VM *vm, Value self, const time_get_clock_info_args *a) {
  static const struct {
    const char *name, *implementation;
    clockid_t clock;
    bool adjustable;
  } clocks[] = {
      {"time", "clock_gettime(CLOCK_REALTIME)", CLOCK_REALTIME, true},
      {"monotonic", "clock_gettime(CLOCK_MONOTONIC)", CLOCK_MONOTONIC, false},
      {"perf_counter", "clock_gettime(CLOCK_MONOTONIC)", CLOCK_MONOTONIC, false},
      {"process_time", "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", CLOCK_PROCESS_CPUTIME_ID, false},
      {"thread_time", "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", CLOCK_THREAD_CPUTIME_ID, false},
  };
  for (size_t i = 0; i < ARRAY_COUNT(clocks); i++) {
    if (!str_equal_cstr(a->name, clocks[i].name)) continue;
    struct timespec res = {0};
    clock_getres(clocks[i].clock, &res);
    Value values[] = {value_of(str_new_cstr(vm, clocks[i].implementation)),
                      value_bool(!clocks[i].adjustable), value_bool(clocks[i].adjustable),
                      value_float(vm, (double)res.tv_sec + (double)res.tv_nsec * 1e-9)};
    Tuple *names = TUPLE(value_from(NAME("implementation")), value_from(NAME("monotonic")),
                         value_from(NAME("adjustable")), value_from(NAME("resolution")));
    return call_values(vm, value_from(TYPE_OF(SimpleNamespace)), values, 0, names);
  }
  return raise_value(vm, "unknown clock");
}

/* ---- the time zone: what January and July say of this year */
static bool set_zone(VM *vm, Module *module) {
  time_t year = 365 * 24 * 3600 + 6 * 3600, now = time(NULL) / year * year;
  struct tm january, july;
  localtime_r(&now, &january);
  char first[32], second[32];
  snprintf(first, sizeof first, "%s", january.tm_zone ? january.tm_zone : "   ");
  now += year / 2;
  localtime_r(&now, &july);
  snprintf(second, sizeof second, "%s", july.tm_zone ? july.tm_zone : "   ");
  long winter = -january.tm_gmtoff, summer = -july.tm_gmtoff;
  /* summer time moves the clock forward: the smaller number west of UTC */
  bool south = winter < summer;
  Value names = south ? PACK(value_of(str_new_cstr(vm, second)), value_of(str_new_cstr(vm, first)))
                      : PACK(value_of(str_new_cstr(vm, first)), value_of(str_new_cstr(vm, second)));
  return module_add_int(vm, module, "timezone", south ? summer : winter) &&
         module_add_int(vm, module, "altzone", south ? winter : summer) &&
         module_add_int(vm, module, "daylight", winter != summer) &&
         module_add(vm, module, "tzname", names);
}
static Value time_tzset(VM *vm, Value self, const time_tzset_args *a) {
  tzset();
  return value_none_if(set_zone(vm, value_object(self)));
}

static bool init(VM *vm, Module *module) {
  static const struct {
    const char *name;
    clockid_t clock;
  } clocks[] = {
      {"CLOCK_REALTIME", CLOCK_REALTIME},
      {"CLOCK_MONOTONIC", CLOCK_MONOTONIC},
      {"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID},
      {"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID},
#ifdef CLOCK_TAI
      {"CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW},
      {"CLOCK_BOOTTIME", CLOCK_BOOTTIME},
      {"CLOCK_TAI", CLOCK_TAI},
#endif
  };
  if (state.struct_time_type == VALUE_NONE) {
    static const char *const fields[] = {"tm_year",  "tm_mon",  "tm_mday",   "tm_hour",
                                         "tm_min",   "tm_sec",  "tm_wday",   "tm_yday",
                                         "tm_isdst", "tm_zone", "tm_gmtoff", NULL};
    static const char *const docs[] = {"the year: 1993",
                                       "the month, 1 to 12",
                                       "the day of the month, 1 to 31",
                                       "the hour, 0 to 23",
                                       "the minute, 0 to 59",
                                       "the second, 0 to 61",
                                       "the day of the week, 0 (Monday) to 6",
                                       "the day of the year, 1 to 366",
                                       "summer time: 1 yes, 0 no, -1 not known",
                                       "the time zone's short name",
                                       "seconds east of UTC"};
    static const StructSequenceSpec spec = {
        .name = "time.struct_time",
        .doc = "The time value as returned by gmtime(), localtime(), and strptime().",
        .fields = fields,
        .docs = docs,
        .visible = 9};
    Type *type = struct_sequence_type(vm, &spec);
    if (!type) return false;
    state.struct_time_type = value_from(type);
    heap_add_root(vm, &state.struct_time_type);
  }
  for (size_t i = 0; i < ARRAY_COUNT(clocks); i++)
    if (!module_add_int(vm, module, clocks[i].name, clocks[i].clock)) return false;
  tzset();
  return module_add(vm, module, "struct_time", state.struct_time_type) &&
         module_add_int(vm, module, "_STRUCT_TM_ITEMS", 11) && set_zone(vm, module);
}

const ModuleSpec time_module = {.name = "time",
                                .doc = "Clocks, waiting, and calendar times.",
                                NATIVE_FUNCTIONS(time_),
                                .init = init};

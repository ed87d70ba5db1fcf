/* datetime.h -- the module _datetime: dates, times of day, moments, durations, time zones. All are
** immutable. See perf-note 0010.
**
** Layouts (Date is the head of DateTime, so what reads a date reads a datetime):
**
**     Date      year month day                                             a date of the proleptic
**               Gregorian calendar
**     Time      hour minute second fold microsecond zone
**     DateTime  year month day  hour minute second fold microsecond zone
**     Delta     days seconds microseconds                                  as int values: 0 <=
**               seconds < 86400, 0 <= us < 10**6
**
** Laws: fields are in range in every object that a program can reach. zone is None or an instance
** of tzinfo; cells of exact classes without one hold no pointer and lie in blocks that the
** collector does not scan. date_key and clock_key order as the values do, so that a comparison
** without zones is one of integers.
**
** calendar.c days and weeks · delta.c · date.c · time_of_day.c · moment.c, datetime.c · zone.c
** tzinfo, timezone, asking zones · local.c clocks and the system's local time · format.c to text ·
** parse.c from ISO text · module.c */
#ifndef KRAIT_DATETIME_H
#define KRAIT_DATETIME_H

#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/objects/bytes.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

enum {
  YEAR_MIN = 1,
  YEAR_MAX = 9999,
  ORDINAL_MAX = 3652059,
  DELTA_DAYS_MAX = 999999999,
  SECONDS_A_DAY = 86400,
  US_A_SECOND = 1000000,
  EPOCH_ORDINAL = 719163
};

typedef struct Date {
  Object h;
  uint16_t year;
  uint8_t month, day;
  uint32_t reserved;
} Date;

typedef struct Clock {
  uint8_t hour, minute, second, fold;
  uint32_t microsecond;
} Clock;

typedef struct DateTime {
  Object h;
  uint16_t year;
  uint8_t month, day;
  uint32_t reserved;
  Clock clock;
  Value zone; /* None or a tzinfo */
} DateTime;

typedef struct Time {
  Object h;
  Clock clock;
  Value zone;
} Time;

typedef struct Delta {
  Object h;
  Value days, seconds, microseconds;
} Delta;

typedef struct Zone { /* class timezone: a fixed offset */
  Object h;
  Delta *offset; /* [gc] strictly between -1 and 1 day */
  Str *name;     /* [gc] or NULL */
} Zone;

typedef struct Ymd {
  int year, month, day;
} Ymd;

/* ---- kinds */
static inline bool value_is_kind(Value v, Type *type) {
  if (!value_is_pointer(v)) return false;
  Type *own = object_type(value_object(v));
  return own == type || type_is_subtype(own, type);
}
#define IS_DATE(v) value_is_kind((v), TYPE_OF(datetime_date)) /* datetimes too */
#define IS_DATETIME(v) value_is_kind((v), TYPE_OF(datetime_datetime))
#define IS_TIME(v) value_is_kind((v), TYPE_OF(datetime_time))
#define IS_DELTA(v) value_is_kind((v), TYPE_OF(datetime_timedelta))
#define IS_TZINFO(v) value_is_kind((v), TYPE_OF(datetime_tzinfo))

/* ---- keys: order of dates and of times of day */
static inline uint32_t date_key(const Date *d) {
  return (uint32_t)d->year << 16 | (uint32_t)d->month << 8 | d->day;
}
static inline uint64_t clock_key(const Clock *c) {
  return (uint64_t)c->hour << 36 | (uint64_t)c->minute << 28 | (uint64_t)c->second << 20 |
         c->microsecond;
}
static inline int clock_seconds(const Clock *c) {
  return c->hour * 3600 + c->minute * 60 + c->second;
}
static inline int order_of(int64_t a, int64_t b) { return (a > b) - (a < b); }
/* field_cell: a new cell for an instance of cls, fields undefined: of the exact class (shape, size;
** scanned or raw), else as cls has them. NULL: raised. */
MUST_USE static inline void *field_cell(VM *vm, Type *cls, const Type *exact, uint32_t shape,
                                        size_t size, bool raw) {
  if (LIKELY(cls == exact)) return heap_take(vm, shape, size, raw);
  Value v = object_new(vm, cls);
  return value_is_fail(v) ? NULL : value_object(v);
}
#define FIELD_CELL(vm, cls, name, size, raw) \
  field_cell(vm, cls, TYPE_OF(name), SHAPE_OF(name), size, raw)
/* reduced_state: what __reduce__ gives: (class, (state,)) or (class, (state, zone)). */
MUST_USE static inline Value reduced_state(VM *vm, const void *self, const uint8_t *state, size_t n,
                                           Value zone) {
  Value bytes = value_of(bytes_new(vm, state, n));
  Value arguments = zone == VALUE_NONE ? PACK(bytes) : PACK(bytes, zone);
  return PACK(value_from(object_type(self)), arguments);
}

/* words_hash: a seeded hash of two words, as int value. */
MUST_USE static inline Value words_hash(VM *vm, uint64_t a, uint64_t b) {
  const uint64_t words[2] = {a, b};
  return value_int(vm, (int64_t)hash_bytes(vm, words, sizeof words));
}

/* ---- the calendar (calendar.c); ordinal 1 is 1 January of year 1, weekday 0 is Monday */
int days_in_month(int year, int month);
int days_before_month(int year, int month);
int ymd_to_ordinal(int year, int month, int day);
Ymd ordinal_to_ymd(int ordinal); /* any ordinal >= 1, years over YEAR_MAX too */
int weekday_of(int year, int month, int day);
typedef struct IsoDay {
  int year, week, weekday;
} IsoDay; /* weekday 1 is Monday */
IsoDay iso_day_of(int year, int month, int day);
typedef enum IsoFault { ISO_OK, ISO_YEAR, ISO_WEEK, ISO_DAY } IsoFault;
IsoFault iso_day_to_ymd(int year, int week, int weekday, Ymd *out);

/* ---- durations (delta.c) */
/* normalises; OverflowError */
MUST_USE Value delta_new(VM *vm, int64_t days, int64_t seconds, int64_t us);
MUST_USE Value delta_sub(VM *vm, const Delta *a, const Delta *b);
static inline int64_t delta_days(const Delta *d) { return value_as_int(d->days); }
static inline int64_t delta_seconds(const Delta *d) { return value_as_int(d->seconds); }
static inline int64_t delta_us(const Delta *d) { return value_as_int(d->microseconds); }
int delta_compare(const Delta *a, const Delta *b);
MAY_RUN uint64_t delta_hash(VM *vm, const Delta *d);
MUST_USE MAY_RUN Value delta_total_seconds(VM *vm, const Delta *d);

/* ---- dates (date.c) */
MUST_USE bool date_check(VM *vm, int64_t year, int64_t month, int64_t day); /* ValueError */
/* exact; in range by its maker */
MUST_USE Value date_new(VM *vm, int year, int month, int day);
/* checks; subclasses are called */
MUST_USE MAY_RUN Value date_make(VM *vm, Type *cls, Ymd ymd);
/* date_shift: the date `days` later; false: OverflowError "date value out of range". */
MUST_USE bool date_shift(VM *vm, Ymd from, int64_t days, Ymd *out);
static inline Ymd date_ymd(const void *date) {
  const Date *d = date;
  return (Ymd){d->year, d->month, d->day};
}
static inline int date_ordinal(const void *date) {
  const Date *d = date;
  return ymd_to_ordinal(d->year, d->month, d->day);
}
MUST_USE Value iso_calendar_date(VM *vm, IsoDay day);
/* pickled_state: the bytes of a lone pickled argument (bytes, or str that old pickles were read
** into); NULL: no state, or raised. */
MUST_USE const uint8_t *pickled_state(VM *vm, Value v, size_t size, const char *what,
                                      uint8_t *buffer);

/* ---- times of day (time_of_day.c) */
/* hour … microsecond, fold; ValueError */
MUST_USE bool clock_check(VM *vm, const int64_t parts[5]);
MUST_USE bool fold_check(VM *vm, int64_t fold);
static inline Clock clock_of(const int64_t parts[5]) {
  return (Clock){(uint8_t)parts[0], (uint8_t)parts[1], (uint8_t)parts[2], (uint8_t)parts[4],
                 (uint32_t)parts[3]};
}
/* None or a tzinfo, else TypeError */
MUST_USE bool zone_check(VM *vm, Value zone);
/* plain instance of cls */
MUST_USE Value time_new(VM *vm, Type *cls, Clock clock, Value zone);

/* ---- moments (moment.c) */
/* plain instance of cls, no __new__ */
MUST_USE Value datetime_new(VM *vm, Type *cls, Ymd day, Clock clock, Value zone);
/* subclasses are called */
MUST_USE MAY_RUN Value datetime_make(VM *vm, Type *cls, Ymd day, Clock clock, Value zone);
/* datetime_add: moment ± delta, of the moment's class. */
MUST_USE MAY_RUN Value datetime_add(VM *vm, const DateTime *moment, const Delta *delta, int sign);
MUST_USE MAY_RUN Value datetime_difference(VM *vm, DateTime *a, DateTime *b);
MUST_USE MAY_RUN Value datetime_compare(VM *vm, CompareOp op, DateTime *self, Value other);
MUST_USE MAY_RUN Value datetime_hash(VM *vm, DateTime *self);
/* as tm_isdst: 1, 0, -1 not known */
MUST_USE MAY_RUN bool datetime_is_dst(VM *vm, DateTime *self, int *out);
/* since the start of year 1, day 1; zone ignored */
static inline int64_t datetime_seconds(const DateTime *d) {
  return date_ordinal(d) * (int64_t)SECONDS_A_DAY + clock_seconds(&d->clock);
}

/* ---- zones (zone.c) */
extern struct ZoneState {
  /* timezone.utc; the datetime of the epoch in UTC. Registered by the first import */
  Value utc, epoch;
} zone_state;
MUST_USE bool zone_init(VM *vm, Module *module);
/* timezone(offset, name): UTC is shared; ValueError */
MUST_USE Value zone_new(VM *vm, Delta *offset, Str *name);
/* zone_utcoffset, zone_dst: what the zone's method says of `moment` (a datetime or None): a
** timedelta within a day, or None. */
MUST_USE MAY_RUN Value zone_utcoffset(VM *vm, Value zone, Value moment);
MUST_USE MAY_RUN Value zone_dst(VM *vm, Value zone, Value moment);
MUST_USE MAY_RUN Value zone_tzname(VM *vm, Value zone, Value moment); /* a str or None */
MUST_USE MAY_RUN Value zone_fromutc(VM *vm, Value zone, Value moment);

/* ---- clocks and the system's local time (local.c) */
/* timestamp_parse: seconds and microseconds of a number; rounded half to even. */
MUST_USE MAY_RUN bool timestamp_parse(VM *vm, Value timestamp, int64_t *seconds, int64_t *us);
MUST_USE MAY_RUN bool timestamp_floor(VM *vm, Value timestamp, int64_t *seconds);
MUST_USE bool local_day(VM *vm, int64_t seconds, Ymd *out);
/* moment_from_timestamp: local time, or UTC; of class cls with `zone` as it is. */
MUST_USE MAY_RUN Value moment_from_timestamp(VM *vm, Type *cls, int64_t seconds, int64_t us,
                                             bool local, Value zone);
/* local_to_seconds: datetime_seconds in UTC of a local time, PEP 495's rules in gaps and folds. */
MUST_USE bool local_to_seconds(VM *vm, const DateTime *moment, int64_t *out);
/* local_zone_at: a timezone of the offset and name then */
MUST_USE MAY_RUN Value local_zone_at(VM *vm, int64_t timestamp);
void clock_now(int64_t *seconds, int64_t *us);

/* ---- text (format.c, parse.c) */
enum { ISO_TEXT_MAX = 96 };
char *write_date(char *to, const void *date); /* "2024-02-29"; both return the end */
/* write_clock: by timespec (NULL: auto); NULL with ValueError "Unknown timespec value". */
MUST_USE char *write_clock(VM *vm, char *to, const Clock *clock, Str *timespec);
/* write_offset: "+hh<separator>mm…" of the zone, or nothing when it has none. NULL: raised. */
MUST_USE MAY_RUN char *write_offset(VM *vm, char *to, const char *separator, Value zone,
                                    Value moment);
MUST_USE Str *format_ctime(VM *vm, const void *date, const Clock *clock);
/* format_time: strftime of a date, datetime or time; overridden timetuple methods are respected. */
MUST_USE MAY_RUN Value format_time(VM *vm, Value self, Str *format);
MUST_USE MAY_RUN Value format_value_as(VM *vm, Value self, Value format); /* __format__ */

MUST_USE MAY_RUN Value parse_iso_date(VM *vm, Type *cls, Value text);
MUST_USE MAY_RUN Value parse_iso_time(VM *vm, Type *cls, Value text);
MUST_USE MAY_RUN Value parse_iso_datetime(VM *vm, Type *cls, Value text);

/* ---- a converter: an int argument that takes part in a date */
typedef int64_t c_Part;
MUST_USE MAY_RUN bool part_slow(VM *vm, Value v, int64_t *out);
/* parts_check: year, month and day given by position are refused for what they are before others
** are missed: date("2024-02-29"). */
MUST_USE MAY_RUN bool parts_check(VM *vm, const Value *args, int npos);
MUST_USE MAY_RUN static inline bool convert_Part(VM *vm, Value v, c_Part *out,
                                                 const MethodSpec *spec, int i) {
  if (LIKELY(value_is_int(v)) && (int32_t)value_as_int(v) == value_as_int(v))
    return *out = value_as_int(v), true;
  return part_slow(vm, v, out);
}
#define DEFAULT_Part(x) (x)
/* … a str, refused by its number also where it has a name */
typedef Str *c_Text;
MUST_USE static inline bool convert_Text(VM *vm, Value v, c_Text *out, const MethodSpec *spec,
                                         int i) {
  if (UNLIKELY(!value_is_str(v))) {
    if (v == VALUE_NONE)
      return raise_false(vm, TYPE_OF(TypeError), "%s() argument %d must be str, not None",
                         spec->name, i + 1);
    return raise_false(vm, TYPE_OF(TypeError), "%s() argument %d must be str, not %T", spec->name,
                       i + 1, v);
  }
  *out = value_object(v);
  return true;
}
#define DEFAULT_Text(x) STR_DEFAULT_##x

#endif

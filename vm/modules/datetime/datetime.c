/* datetime.c -- the class datetime.datetime: its surface on moment.c, local.c and the texts. */
#include <stdio.h>

#include "vm/modules/datetime/datetime.h"
#include "vm/contracts/import.h"
#include "vm/modules/system/time.h"

#define NATIVE_DEF "vm/modules/datetime/datetime.def"
#define NATIVE_PREFIX datetime_
#define NATIVE_SELF DateTime *
#include "vm/contracts/native_class.inc"
/* parts in the order of the arguments */
enum { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, MICROSECOND, FOLD, PART_COUNT };

/* ---- making */

static Value new_checked(VM *vm, Type *cls, const int64_t parts[PART_COUNT], Value zone) {
  if (!date_check(vm, parts[YEAR], parts[MONTH], parts[DAY]) || !clock_check(vm, parts + HOUR) ||
      !zone_check(vm, zone))
    return VALUE_FAIL;
  return datetime_new(vm, cls, (Ymd){(int)parts[YEAR], (int)parts[MONTH], (int)parts[DAY]},
                      clock_of(parts + HOUR), zone);
}

static Value datetime_parts_construct(VM *vm, Type *cls, const datetime_parts_construct_args *a) {
  const int64_t parts[] = {a->year,   a->month,  a->day,         a->hour,
                           a->minute, a->second, a->microsecond, a->fold};
  return new_checked(vm, cls, parts, a->tzinfo);
}

static Value from_state(VM *vm, Type *cls, Value state, Value zone) { /* UNBOUND: no state */
  uint8_t buffer[10];
  const uint8_t *s = pickled_state(vm, state, sizeof buffer, "datetime", buffer);
  if (!s) return error_pending(vm) ? VALUE_FAIL : VALUE_UNBOUND;
  if ((s[2] & 0x7F) < 1 || (s[2] & 0x7F) > 12) return VALUE_UNBOUND;
  if (zone != VALUE_NONE && !IS_TZINFO(zone)) return raise_type(vm, "bad tzinfo state arg");
  Clock clock = {s[4], s[5], s[6], s[2] >> 7, (uint32_t)(s[7] << 16 | s[8] << 8 | s[9])};
  return datetime_new(vm, cls, (Ymd){s[0] << 8 | s[1], s[2] & 0x7F, s[3]}, clock, zone);
}

static Value datetime_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  if (npos >= 1 && !value_is_int(args[0]) && npos <= 2) {
    Value made = from_state(vm, cls, args[0], npos == 2 ? args[1] : VALUE_NONE);
    if (made != VALUE_UNBOUND) return made;
  }
  if (npos >= 3 && npos <= 7 && !kwnames) { /* nothing but small ints */
    int64_t parts[PART_COUNT] = {0};
    int i = 0;
    while (i < npos && value_is_int(args[i]) &&
           (int32_t)value_as_int(args[i]) == value_as_int(args[i]))
      parts[i] = value_as_int(args[i]), i++;
    if (LIKELY(i == npos)) return new_checked(vm, cls, parts, VALUE_NONE);
  }
  if (npos < 3 && !parts_check(vm, args, npos)) return VALUE_FAIL;
  return datetime_parts_construct_call(vm, value_from(cls), args, npos, kwnames);
}

static Value datetime_now(VM *vm, Value cls, const datetime_now_args *a) {
  int64_t seconds, us;
  if (!zone_check(vm, a->tz)) return VALUE_FAIL;
  clock_now(&seconds, &us);
  Value moment =
      moment_from_timestamp(vm, value_object(cls), seconds, us, a->tz == VALUE_NONE, a->tz);
  return value_is_fail(moment) || a->tz == VALUE_NONE ? moment : zone_fromutc(vm, a->tz, moment);
}
static Value datetime_utcnow(VM *vm, Value cls, const datetime_utcnow_args *a) {
  int64_t seconds, us;
  clock_now(&seconds, &us);
  return moment_from_timestamp(vm, value_object(cls), seconds, us, false, VALUE_NONE);
}
static Value datetime_fromtimestamp(VM *vm, Value cls, const datetime_fromtimestamp_args *a) {
  int64_t seconds, us;
  if (!zone_check(vm, a->tz) || !timestamp_parse(vm, a->timestamp, &seconds, &us))
    return VALUE_FAIL;
  Value moment =
      moment_from_timestamp(vm, value_object(cls), seconds, us, a->tz == VALUE_NONE, a->tz);
  return value_is_fail(moment) || a->tz == VALUE_NONE ? moment : zone_fromutc(vm, a->tz, moment);
}
static Value datetime_utcfromtimestamp(VM *vm, Value cls, const datetime_utcfromtimestamp_args *a) {
  int64_t seconds, us;
  if (!timestamp_parse(vm, a->timestamp, &seconds, &us)) return VALUE_FAIL;
  return moment_from_timestamp(vm, value_object(cls), seconds, us, false, VALUE_NONE);
}

static Value datetime_strptime(VM *vm, Value cls, const datetime_strptime_args *a) {
  Value module = import_module(vm, NAME("_strptime"));
  Value parse =
      value_is_fail(module) ? VALUE_FAIL : get_attribute(vm, module, NAME("_strptime_datetime"));
  return value_is_fail(parse)
             ? parse
             : call3(vm, parse, cls, value_from(a->date_string), value_from(a->format));
}

static Value datetime_combine(VM *vm, Value cls, const datetime_combine_args *a) {
  if (!IS_DATE(a->date))
    return raise_type(vm, "combine() argument 1 must be datetime.date, not %T", a->date);
  if (!IS_TIME(a->time))
    return raise_type(vm, "combine() argument 2 must be datetime.time, not %T", a->time);
  const Time *time = value_object(a->time);
  Value zone = a->tzinfo == VALUE_MISSING ? time->zone : a->tzinfo;
  return zone_check(vm, zone) ? datetime_make(vm, value_object(cls),
                                              date_ymd(value_object(a->date)), time->clock, zone)
                              : VALUE_FAIL;
}

static Value datetime_fromisoformat(VM *vm, Value cls, const datetime_fromisoformat_args *a) {
  return parse_iso_datetime(vm, value_object(cls), a->date_string);
}

static Value datetime_replace(VM *vm, DateTime *self, const datetime_replace_args *a) {
  const Value given[] = {a->year,   a->month,  a->day,         a->hour,
                         a->minute, a->second, a->microsecond, a->fold};
  const Clock *c = &self->clock;
  int64_t parts[] = {self->year, self->month, self->day,      c->hour,
                     c->minute,  c->second,   c->microsecond, c->fold};
  for (int i = 0; i < PART_COUNT; i++)
    if (given[i] != VALUE_MISSING && !convert_Part(vm, given[i], &parts[i], NULL, 0))
      return VALUE_FAIL;
  /* before the others, unlike the constructor */
  if (!fold_check(vm, parts[FOLD])) return VALUE_FAIL;
  return new_checked(vm, object_type(self), parts,
                     a->tzinfo == VALUE_MISSING ? self->zone : a->tzinfo);
}

/* ---- operators */

#define COMPARISON(name, op)                                        \
  static Value name(VM *vm, DateTime *self, const name##_args *a) { \
    return datetime_compare(vm, op, self, a->value);                \
  }
COMPARISON(datetime_op_lt, COMPARE_LT)
COMPARISON(datetime_op_le, COMPARE_LE)
COMPARISON(datetime_op_eq, COMPARE_EQ)
COMPARISON(datetime_op_ne, COMPARE_NE)
COMPARISON(datetime_op_gt, COMPARE_GT)
COMPARISON(datetime_op_ge, COMPARE_GE)

static Value datetime_op_hash(VM *vm, DateTime *self, const datetime_op_hash_args *a) {
  return datetime_hash(vm, self);
}
static Value datetime_op_add(VM *vm, DateTime *self, const datetime_op_add_args *a) {
  return IS_DELTA(a->value) ? datetime_add(vm, self, value_object(a->value), 1)
                            : VALUE_NOT_IMPLEMENTED;
}
static Value datetime_op_radd(VM *vm, DateTime *self, const datetime_op_radd_args *a) {
  return IS_DELTA(a->value) ? datetime_add(vm, self, value_object(a->value), 1)
                            : VALUE_NOT_IMPLEMENTED;
}
static Value datetime_op_sub(VM *vm, DateTime *self, const datetime_op_sub_args *a) {
  if (IS_DATETIME(a->value)) return datetime_difference(vm, self, value_object(a->value));
  return IS_DELTA(a->value) ? datetime_add(vm, self, value_object(a->value), -1)
                            : VALUE_NOT_IMPLEMENTED;
}
static Value datetime_op_rsub(VM *vm, DateTime *self, const datetime_op_rsub_args *a) {
  return IS_DATETIME(a->value) ? datetime_difference(vm, value_object(a->value), self)
                               : VALUE_NOT_IMPLEMENTED;
}

/* ---- parts */

static Value datetime_get_hour(VM *vm, DateTime *self) {
  return value_int_unchecked(self->clock.hour);
}
static Value datetime_get_minute(VM *vm, DateTime *self) {
  return value_int_unchecked(self->clock.minute);
}
static Value datetime_get_second(VM *vm, DateTime *self) {
  return value_int_unchecked(self->clock.second);
}
static Value datetime_get_microsecond(VM *vm, DateTime *self) {
  return value_int_unchecked(self->clock.microsecond);
}
static Value datetime_get_fold(VM *vm, DateTime *self) {
  return value_int_unchecked(self->clock.fold);
}
static Value datetime_get_tzinfo(VM *vm, DateTime *self) { return self->zone; }
static Value datetime_date(VM *vm, DateTime *self, const datetime_date_args *a) {
  return date_new(vm, self->year, self->month, self->day);
}
static Value datetime_time(VM *vm, DateTime *self, const datetime_time_args *a) {
  return time_new(vm, TYPE_OF(datetime_time), self->clock, VALUE_NONE);
}
static Value datetime_timetz(VM *vm, DateTime *self, const datetime_timetz_args *a) {
  return time_new(vm, TYPE_OF(datetime_time), self->clock, self->zone);
}
static Value datetime_utcoffset(VM *vm, DateTime *self, const datetime_utcoffset_args *a) {
  return zone_utcoffset(vm, self->zone, value_from(self));
}
static Value datetime_tzname(VM *vm, DateTime *self, const datetime_tzname_args *a) {
  return zone_tzname(vm, self->zone, value_from(self));
}
static Value datetime_dst(VM *vm, DateTime *self, const datetime_dst_args *a) {
  return zone_dst(vm, self->zone, value_from(self));
}

/* ---- other clocks */

static Value tuple_of(VM *vm, Ymd day, const Clock *c, int is_dst) {
  struct tm t;
  time_tuple_fill(&t, day.year, day.month, day.day, c->hour, c->minute, c->second,
                  weekday_of(day.year, day.month, day.day),
                  days_before_month(day.year, day.month) + day.day, is_dst);
  return time_tuple_new(vm, &t);
}

static Value datetime_timetuple(VM *vm, DateTime *self, const datetime_timetuple_args *a) {
  int is_dst;
  return datetime_is_dst(vm, self, &is_dst) ? tuple_of(vm, date_ymd(self), &self->clock, is_dst)
                                            : VALUE_FAIL;
}

static Value datetime_utctimetuple(VM *vm, DateTime *self, const datetime_utctimetuple_args *a) {
  Value offset = zone_utcoffset(vm, self->zone, value_from(self));
  if (value_is_fail(offset)) return offset;
  if (offset == VALUE_NONE) return tuple_of(vm, date_ymd(self), &self->clock, 0);
  const Delta *d = value_object(offset);
  int64_t seconds = clock_seconds(&self->clock) - delta_seconds(d), days = -delta_days(d);
  if ((int64_t)self->clock.microsecond < delta_us(d)) seconds--;
  while (seconds < 0) seconds += SECONDS_A_DAY, days--;
  if (seconds >= SECONDS_A_DAY) seconds -= SECONDS_A_DAY, days++;
  Ymd day;
  if (!date_shift(vm, date_ymd(self), days, &day)) return VALUE_FAIL;
  Clock clock = {(uint8_t)(seconds / 3600), (uint8_t)(seconds / 60 % 60), (uint8_t)(seconds % 60),
                 0, 0};
  return tuple_of(vm, day, &clock, 0);
}

static Value datetime_timestamp(VM *vm, DateTime *self, const datetime_timestamp_args *a) {
  if (self->zone == VALUE_NONE) {
    int64_t seconds;
    if (!local_to_seconds(vm, self, &seconds)) return VALUE_FAIL;
    seconds -= (int64_t)EPOCH_ORDINAL * SECONDS_A_DAY;
    return value_float(vm, (double)seconds + self->clock.microsecond / 1e6);
  }
  Value since = datetime_difference(vm, self, value_object(zone_state.epoch));
  return value_is_fail(since) ? since : delta_total_seconds(vm, value_object(since));
}

static int64_t timestamp_in_utc(const DateTime *moment) {
  return datetime_seconds(moment) - (int64_t)EPOCH_ORDINAL * SECONDS_A_DAY;
}

static Value datetime_astimezone(VM *vm, DateTime *self, const datetime_astimezone_args *a) {
  Value target = a->tz, own = self->zone;
  if (!zone_check(vm, target)) return VALUE_FAIL;
  Value offset = VALUE_NONE;
  if (own != VALUE_NONE) {
    if (own == target) return value_from(self);
    offset = zone_utcoffset(vm, own, value_from(self));
    if (value_is_fail(offset)) return offset;
  }
  if (offset == VALUE_NONE) { /* naive: local time */
    int64_t seconds;
    if (!local_to_seconds(vm, self, &seconds)) return VALUE_FAIL;
    own = local_zone_at(vm, seconds - (int64_t)EPOCH_ORDINAL * SECONDS_A_DAY);
    if (value_is_fail(own)) return own;
    if (own == target) return value_from(self);
    offset = value_from(((Zone *)value_object(own))->offset);
  }
  Value utc = datetime_add(vm, self, value_object(offset), -1);
  if (value_is_fail(utc)) return utc;
  if (!IS_DATETIME(utc)) return raise_type(vm, "expected a datetime, got '%T'", utc);
  if (target == VALUE_NONE) target = local_zone_at(vm, timestamp_in_utc(value_object(utc)));
  if (value_is_fail(target)) return target;
  DateTime *moment = value_object(utc);
  /* the reference makes a plain datetime here; a cell without a zone is not scanned either */
  if (moment->zone == VALUE_NONE) {
    Value aware =
        datetime_new(vm, TYPE_OF(datetime_datetime), date_ymd(moment), moment->clock, target);
    return zone_fromutc(vm, target, aware);
  }
  moment->zone = target; /* nobody has seen it yet */
  heap_barrier(vm, moment, target);
  return zone_fromutc(vm, target, utc);
}

/* ---- text */

static Value datetime_op_repr(VM *vm, DateTime *self, const datetime_op_repr_args *a) {
  const Clock *c = &self->clock;
  char numbers[80];
  int n = snprintf(numbers, sizeof numbers, "%d, %d, %d, %d, %d", self->year, self->month,
                   self->day, c->hour, c->minute);
  if (c->second || c->microsecond)
    n += snprintf(numbers + n, sizeof numbers - (size_t)n, ", %d", c->second);
  if (c->microsecond)
    n += snprintf(numbers + n, sizeof numbers - (size_t)n, ", %d", (int)c->microsecond);
  if (c->fold) snprintf(numbers + n, sizeof numbers - (size_t)n, ", fold=1");
  Str *text = self->zone == VALUE_NONE
                  ? str_format(vm, "%N(%s)", object_type(self), numbers)
                  : str_format(vm, "%N(%s, tzinfo=%R)", object_type(self), numbers, self->zone);
  return value_of(text);
}

static Value iso_text(VM *vm, DateTime *self, uint32_t separator, Str *timespec) {
  char text[ISO_TEXT_MAX];
  char *date_end = write_date(text, self), *time = date_end + 1;
  *date_end = (char)separator;
  char *end = write_clock(vm, time, &self->clock, timespec);
  if (end) end = write_offset(vm, end, ":", self->zone, value_from(self));
  if (!end) return VALUE_FAIL;
  if (LIKELY(separator < 0x80)) return value_of(str_new_ascii(vm, text, (size_t)(end - text)));
  StrBuilder whole;
  str_builder_init(&whole, vm);
  str_builder_ascii(&whole, text, (size_t)(date_end - text));
  str_builder_char(&whole, separator);
  str_builder_ascii(&whole, time, (size_t)(end - time));
  return value_of(str_builder_finish(&whole));
}

static Value datetime_isoformat(VM *vm, DateTime *self, const datetime_isoformat_args *a) {
  uint32_t separator = 'T';
  if (a->sep != VALUE_MISSING) {
    if (!value_is_str(a->sep) || ((Str *)value_object(a->sep))->length != 1)
      return raise_type(vm, "isoformat() argument 1 must be a unicode character, not %s",
                        a->sep == VALUE_NONE ? "None"
                                             : str_utf8(vm, value_type(a->sep)->name, NULL));
    separator = str_at(value_object(a->sep), 0);
  }
  return iso_text(vm, self, separator, a->timespec);
}

static Value datetime_op_str(VM *vm, DateTime *self, const datetime_op_str_args *a) {
  if (self->h.shape == SHAPE_OF(datetime_datetime)) return iso_text(vm, self, ' ', NULL);
  Value space = value_from(str_from_char(vm, ' '));
  return call_method_values(vm, value_from(self), NAME("isoformat"), &space, 0,
                            TUPLE(value_from(NAME("sep"))));
}
static Value datetime_ctime(VM *vm, DateTime *self, const datetime_ctime_args *a) {
  return value_of(format_ctime(vm, self, &self->clock));
}

/* ---- pickling: fold hides in the month's high bit, from protocol 4 on */

static Value reduced(VM *vm, const DateTime *self, int protocol) {
  const Clock *c = &self->clock;
  uint32_t us = c->microsecond;
  const uint8_t state[] = {(uint8_t)(self->year >> 8),
                           (uint8_t)self->year,
                           (uint8_t)(self->month | (protocol > 3 && c->fold ? 0x80 : 0)),
                           self->day,
                           c->hour,
                           c->minute,
                           c->second,
                           (uint8_t)(us >> 16),
                           (uint8_t)(us >> 8),
                           (uint8_t)us};
  return reduced_state(vm, self, state, sizeof state, self->zone);
}
static Value datetime_reduce(VM *vm, DateTime *self, const datetime_reduce_args *a) {
  return reduced(vm, self, 2);
}
static Value datetime_reduce_ex(VM *vm, DateTime *self, const datetime_reduce_ex_args *a) {
  return reduced(vm, self, a->protocol);
}

static void datetime_trace(Marker *marker, Object *self) {
  mark_value(marker, ((DateTime *)self)->zone);
}

const ClassSpec datetime_datetime_class = {
    NATIVE_CLASS(datetime_),
    .basic_size = sizeof(DateTime),
    .trace = datetime_trace,
};

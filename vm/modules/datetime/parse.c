/* parse.c -- ISO 8601 texts to dates, times and datetimes, with all that Python 3.11 reads: basic
** and extended formats, week dates, fractions of any length after a dot or comma, offsets to the
** microsecond, Z.
**
** Texts are read as bytes behind a terminator that is no digit; a reader moves `at` only over what
** it took. */
#include "vm/modules/datetime/datetime.h"

static inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

typedef struct Reader {
  const char *at, *end;
} Reader;

static bool read_digits(Reader *r, int count, int *out) {
  int n = 0;
  for (int i = 0; i < count; i++) {
    if (!is_digit(r->at[i])) return false; /* the terminator is no digit: never beyond it */
    n = n * 10 + (r->at[i] - '0');
  }
  r->at += count;
  *out = n;
  return true;
}

static bool read_char(Reader *r, char c) {
  return r->at < r->end && *r->at == c ? (r->at++, true) : false;
}

/* ---- dates */

/* The date at `text`; what may stand between it and `end` is not looked at, as in the reference.
** Values may be out of range, for the constructor to refuse; weeks are checked here. */
static bool read_date(const char *text, const char *end, Ymd *out) {
  Reader r = {text, end};
  int week, weekday = 1;
  if (!read_digits(&r, 4, &out->year)) return false;
  bool extended = read_char(&r, '-');
  if (read_char(&r, 'W')) {
    if (!read_digits(&r, 2, &week)) return false;
    if (r.at < end) {
      if (extended && !read_char(&r, '-')) return false;
      if (!read_digits(&r, 1, &weekday)) return false;
    }
    return iso_day_to_ymd(out->year, week, weekday, out) == ISO_OK;
  }
  return read_digits(&r, 2, &out->month) && (!extended || read_char(&r, '-')) &&
         read_digits(&r, 2, &out->day);
}

static COLD Value refuse(VM *vm, Value text) {
  return raise_value(vm, "Invalid isoformat string: %R", text);
}

/* The text's bytes, or NULL: raised. */
static const char *iso_bytes(VM *vm, Value text, size_t *n) {
  if (!value_is_str(text)) return raise_type(vm, "fromisoformat: argument must be str"), NULL;
  const char *bytes = str_utf8(vm, value_object(text), n);
  if (!bytes) refuse(vm, text);
  return bytes;
}

Value parse_iso_date(VM *vm, Type *cls, Value text) {
  size_t n;
  Ymd day;
  const char *bytes = iso_bytes(vm, text, &n);
  if (!bytes) return VALUE_FAIL;
  if ((n != 7 && n != 8 && n != 10) || !read_date(bytes, bytes + n, &day)) return refuse(vm, text);
  return date_make(vm, cls, day);
}

/* ---- times */

/* MORE: something stands behind what was read */
typedef enum TimeEnd { TIME_BAD = -1, TIME_WHOLE, TIME_MORE } TimeEnd;

/* HH[[:]MM[[:]SS[.fraction]]] from `text` to `end`, where the terminator or an offset stands. A
** last single character, and what stands for the dot in basic format, are taken unread: programs
** rely on what the reference lets pass. */
static TimeEnd read_clock(const char *text, const char *end, int parts[4]) {
  Reader r = {text, end};
  bool extended = true;
  memset(parts, 0, 4 * sizeof *parts);
  for (int i = 0; i < 3; i++) {
    if (!read_digits(&r, 2, &parts[i])) return TIME_BAD;
    char c = *r.at;
    if (i == 0) extended = c == ':';
    if (r.at + 1 >= end) return c ? TIME_MORE : TIME_WHOLE;
    if (c == '.' || c == ',') {
      r.at++;
      break;
    }
    if (extended && c != ':') return TIME_BAD;
    r.at += extended;
  }
  int count = end - r.at < 6 ? (int)(end - r.at) : 6;
  if (!read_digits(&r, count, &parts[3])) return TIME_BAD;
  for (int i = count; i < 6; i++) parts[3] *= 10;
  while (is_digit(*r.at)) r.at++; /* digits beyond microseconds do not count */
  return *r.at ? TIME_MORE : TIME_WHOLE;
}

/* A whole time with its offset, if any: *zone is None or a timezone. BAD also when something
** raised. */
static bool read_time(VM *vm, const char *text, const char *end, Value *zone, int64_t checked[5]) {
  const char *offset = text;
  while (offset < end && *offset != '+' && *offset != '-' && *offset != 'Z') offset++;
  int parts[4], away[4];
  TimeEnd how = read_clock(text, offset, parts);
  *zone = VALUE_NONE;
  for (int i = 0; i < 4; i++) checked[i] = parts[i];
  checked[4] = 0;
  if (how == TIME_BAD) return false;
  if (offset == end) return how == TIME_WHOLE;
  if (*offset == 'Z') return *zone = zone_state.utc, offset[1] == 0;
  if (read_clock(offset + 1, end, away) != TIME_WHOLE) return false;
  int64_t sign = *offset == '-' ? -1 : 1,
          seconds = sign * (away[0] * 3600 + away[1] * 60 + away[2]);
  /* whatever its fraction, as in the reference */
  if (seconds == 0) return *zone = zone_state.utc, true;
  Value delta = delta_new(vm, 0, seconds, sign * away[3]);
  *zone = value_is_fail(delta) ? delta : zone_new(vm, value_object(delta), NULL);
  return !value_is_fail(*zone);
}

Value parse_iso_time(VM *vm, Type *cls, Value text) {
  size_t n;
  const char *bytes = iso_bytes(vm, text, &n), *start = bytes;
  if (!bytes) return VALUE_FAIL;
  if (*start == 'T') start++; /* "T12:00" tells a time from a date */
  int64_t parts[5];
  Value zone;
  if (!read_time(vm, start, bytes + n, &zone, parts))
    return error_pending(vm) ? VALUE_FAIL : refuse(vm, text);
  if (cls == TYPE_OF(datetime_time))
    return clock_check(vm, parts) ? time_new(vm, cls, clock_of(parts), zone) : VALUE_FAIL;
  const Value args[] = {value_int_unchecked(parts[0]), value_int_unchecked(parts[1]),
                        value_int_unchecked(parts[2]), value_int_unchecked(parts[3]), zone};
  return call_values(vm, value_from(cls), args, ARRAY_COUNT(args), NULL);
}

/* ---- both: where does the date end? Its forms are told apart by the characters 4, 5 and 8. */

static size_t date_length(const char *text, size_t n) {
  if (n == 7) return 7; /* YYYYWww */
  if (text[4] == '-') {
    if (text[5] != 'W') return 10; /* YYYY-MM-DD */
    /* YYYY-Www-d, or YYYY-Www with a hyphen before the hour */
    if (n > 8 && text[8] == '-') { return n > 10 && is_digit(text[10]) ? 8 : 10; }
    return 8;
  }
  if (text[4] != 'W') return 8; /* YYYYMMDD */
  /* YYYYWww or YYYYWwwd, digits of the hour perhaps behind */
  size_t at = 7;
  while (at < n && is_digit(text[at])) at++;
  return at < 9 ? at : at % 2 == 0 ? 7 : 8;
}

Value parse_iso_datetime(VM *vm, Type *cls, Value text) {
  size_t n;
  if (value_is_str(text) && ((Str *)value_object(text))->length < 7) return refuse(vm, text);
  const char *bytes = iso_bytes(vm, text, &n);
  if (!bytes) return VALUE_FAIL;
  const char *end = bytes + n;
  size_t length = date_length(bytes, n);
  Ymd day;
  if (length > n || !read_date(bytes, bytes + length, &day)) return refuse(vm, text);
  int64_t parts[5] = {0};
  Value zone = VALUE_NONE;
  const char *time = bytes + length;
  if (time < end) { /* one character, of any script, between them */
    do time++;
    while (time < end && (*time & 0xC0) == 0x80);
    if (!read_time(vm, time, end, &zone, parts))
      return error_pending(vm) ? VALUE_FAIL : refuse(vm, text);
  }
  if (cls == TYPE_OF(datetime_datetime) &&
      (!date_check(vm, day.year, day.month, day.day) || !clock_check(vm, parts)))
    return VALUE_FAIL;
  if (cls == TYPE_OF(datetime_datetime)) return datetime_new(vm, cls, day, clock_of(parts), zone);
  const Value args[] = {value_int_unchecked(day.year), value_int_unchecked(day.month),
                        value_int_unchecked(day.day),  value_int_unchecked(parts[0]),
                        value_int_unchecked(parts[1]), value_int_unchecked(parts[2]),
                        value_int_unchecked(parts[3]), zone};
  return call_values(vm, value_from(cls), args, ARRAY_COUNT(args), NULL);
}

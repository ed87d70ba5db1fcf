/* format.c -- datetimes to text: ISO 8601, ctime, strftime.
**
** strftime is the C library's on the fields of timetuple(), after %z %Z and %f have been replaced
** by what only a datetime knows. Formats of nothing but plain numbers are written here: they are
** the same in every locale. */
#include <stdio.h>

#include "vm/contracts/import.h"
#include "vm/modules/datetime/datetime.h"
#include "vm/modules/system/time.h"

/* ---- ISO 8601 */

static char *write_decimal(char *to, unsigned n, int digits) {
  for (int i = digits - 1; i >= 0; i--, n /= 10) to[i] = (char)('0' + n % 10);
  return to + digits;
}

char *write_date(char *to, const void *date) {
  const Date *d = date;
  to = write_decimal(to, d->year, 4);
  *to++ = '-';
  to = write_decimal(to, d->month, 2);
  *to++ = '-';
  return write_decimal(to, d->day, 2);
}

char *write_clock(VM *vm, char *to, const Clock *c, Str *timespec) {
  static const char *const specs[] = {"hours", "minutes", "seconds", "milliseconds",
                                      "microseconds"};
  size_t parts = c->microsecond ? 4 : 2;
  if (timespec && !str_equal_cstr(timespec, "auto"))
    for (parts = 0; parts < ARRAY_COUNT(specs) && !str_equal_cstr(timespec, specs[parts]);) parts++;
  if (parts == ARRAY_COUNT(specs)) return raise_value(vm, "Unknown timespec value"), NULL;
  to = write_decimal(to, c->hour, 2);
  if (parts >= 1) *to = ':', to = write_decimal(to + 1, c->minute, 2);
  if (parts >= 2) *to = ':', to = write_decimal(to + 1, c->second, 2);
  if (parts == 3) *to = '.', to = write_decimal(to + 1, c->microsecond / 1000, 3);
  if (parts == 4) *to = '.', to = write_decimal(to + 1, c->microsecond, 6);
  return to;
}

char *write_offset(VM *vm, char *to, const char *separator, Value zone, Value moment) {
  if (zone == VALUE_NONE) return to;
  Value offset = zone_utcoffset(vm, zone, moment);
  if (value_is_fail(offset)) return NULL;
  if (offset == VALUE_NONE) return to;
  const Delta *d = value_object(offset);
  int64_t us = (delta_days(d) * SECONDS_A_DAY + delta_seconds(d)) * US_A_SECOND + delta_us(d);
  *to++ = us < 0 ? '-' : '+';
  if (us < 0) us = -us;
  unsigned seconds = (unsigned)(us / US_A_SECOND);
  us %= US_A_SECOND;
  size_t n = strlen(separator);
  to = write_decimal(to, seconds / 3600, 2);
  memcpy(to, separator, n);
  to = write_decimal(to + n, seconds / 60 % 60, 2);
  if (seconds % 60 || us) {
    memcpy(to, separator, n);
    to = write_decimal(to + n, seconds % 60, 2);
  }
  if (us) *to = '.', to = write_decimal(to + 1, (unsigned)us, 6);
  return to;
}

Str *format_ctime(VM *vm, const void *date, const Clock *c) {
  static const char days[][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static const char months[][4] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  Ymd d = date_ymd(date);
  char text[40];
  int n = snprintf(text, sizeof text, "%s %s %2d %02d:%02d:%02d %04d",
                   days[weekday_of(d.year, d.month, d.day)], months[d.month], d.day, c->hour,
                   c->minute, c->second, d.year);
  return str_new_ascii(vm, text, (size_t)n);
}

/* ---- strftime */

/* What a format is about: the fields of a date or a datetime, or those of a time on 1 January
** 1900. */
typedef struct Fields {
  Value self, zone, moment; /* moment: what the zone is asked about; None for a time */
  Ymd day;
  Clock clock;
  bool exact; /* no subclass: its timetuple is known */
} Fields;

static Fields fields_of(Value v) {
  Fields f = {
      .self = v, .zone = VALUE_NONE, .moment = v, .exact = !type_has(value_type(v), TYPE_HEAP)};
  if (IS_TIME(v)) {
    const Time *t = value_object(v);
    f.day = (Ymd){1900, 1, 1}, f.clock = t->clock, f.zone = t->zone, f.moment = VALUE_NONE;
    return f;
  }
  f.day = date_ymd(value_object(v));
  if (IS_DATETIME(v)) {
    const DateTime *d = value_object(v);
    f.clock = d->clock, f.zone = d->zone;
  }
  return f;
}

/* Formats of fields that are numbers of fixed width: the end of the text, or NULL: not one of
** them. */
static char *write_plain(char *to, const char *end, const char *format, const Fields *f) {
  for (; *format; format++) {
    if (end - to < 8) return NULL;
    if (*format != '%') {
      *to++ = *format;
      continue;
    }
    switch (*++format) {
    case 'Y':
      if (f->day.year < 1000) return NULL; /* the library's own affair */
      to = write_decimal(to, (unsigned)f->day.year, 4);
      break;
    case 'm': to = write_decimal(to, (unsigned)f->day.month, 2); break;
    case 'd': to = write_decimal(to, (unsigned)f->day.day, 2); break;
    case 'y': to = write_decimal(to, (unsigned)f->day.year % 100, 2); break;
    case 'j':
      to = write_decimal(to, (unsigned)(days_before_month(f->day.year, f->day.month) + f->day.day),
                         3);
      break;
    case 'H': to = write_decimal(to, f->clock.hour, 2); break;
    case 'M': to = write_decimal(to, f->clock.minute, 2); break;
    case 'S': to = write_decimal(to, f->clock.second, 2); break;
    case 'f': to = write_decimal(to, f->clock.microsecond, 6); break;
    case '%': *to++ = '%'; break;
    default: return NULL;
    }
  }
  return to;
}

/* Lone surrogates have no place in what goes to the library: UnicodeEncodeError. */
static bool check_text(VM *vm, Str *text) {
  for (size_t i = 0; str_kind(text) && i < text->length; i++)
    if (str_at(text, i) >= 0xD800 && str_at(text, i) <= 0xDFFF)
      return !value_is_fail(call_method0(vm, value_from(text), NAME("encode")));
  return true;
}

/* What would be a directive in a name is text. */
static bool add_zone_name(VM *vm, StrBuilder *b, const Fields *f) {
  Value name = zone_tzname(vm, f->zone, f->moment);
  if (value_is_fail(name)) return false;
  if (name == VALUE_NONE) return true;
  Value percent = value_from(str_from_char(vm, '%')), twice = value_of(str_new_ascii(vm, "%%", 2));
  name = call_method2(vm, name, NAME("replace"), percent, twice);
  if (value_is_fail(name)) return false;
  if (!value_is_str(name))
    return raise_false(vm, TYPE_OF(TypeError), "tzname.replace() did not return a string");
  if (!check_text(vm, value_object(name))) return false;
  str_builder_str(b, value_object(name));
  return true;
}

static bool add_own_directive(VM *vm, StrBuilder *b, uint32_t directive, const Fields *f) {
  char text[ISO_TEXT_MAX];
  if (directive == 'Z') return add_zone_name(vm, b, f);
  char *end = directive == 'f' ? write_decimal(text, f->clock.microsecond, 6)
                               : write_offset(vm, text, "", f->zone, f->moment);
  if (end) str_builder_ascii(b, text, (size_t)(end - text));
  return end != NULL;
}

/* The format for the library; NULL: raised. */
static Str *replace_own(VM *vm, Str *format, const Fields *f) {
  StrBuilder b;
  str_builder_init(&b, vm);
  for (size_t i = 0; i < format->length; i++) {
    uint32_t c = str_at(format, i),
             next = c == '%' && i + 1 < format->length ? str_at(format, i + 1) : 0;
    if (next == 'z' || next == 'Z' || next == 'f') {
      if (!add_own_directive(vm, &b, next, f)) return str_builder_drop(&b), NULL;
      i++;
      continue;
    }
    str_builder_char(&b, c);
    if (next) str_builder_char(&b, next), i++;
  }
  return str_builder_finish(&b);
}

static bool has_own(const Str *format) {
  for (size_t i = 0; i + 1 < format->length; i++) {
    if (str_at(format, i) != '%') continue;
    uint32_t next = str_at(format, ++i);
    if (next == 'z' || next == 'Z' || next == 'f') return true;
  }
  return false;
}

static Value call_strftime(VM *vm, Str *format, Value tuple) {
  Value module = import_module(vm, NAME("time"));
  return value_is_fail(module)
             ? module
             : call_method2(vm, module, NAME("strftime"), value_from(format), tuple);
}

Value format_time(VM *vm, Value self, Str *format) {
  Fields f = fields_of(self);
  Value tuple = VALUE_NONE;
  if (f.exact && str_is_ascii(format)) {
    char text[128], *end = write_plain(text, text + sizeof text, str_utf8(vm, format, NULL), &f);
    if (end && strlen(str_utf8(vm, format, NULL)) == format->length)
      return value_of(str_new_ascii(vm, text, (size_t)(end - text)));
  }
  bool own_tuple = !f.exact && !IS_TIME(self);
  if (own_tuple) {
    tuple = call_method0(vm, self, NAME("timetuple"));
    if (value_is_fail(tuple)) return tuple;
  }
  if (!check_text(vm, format)) return VALUE_FAIL;
  int is_dst = -1;
  if (!own_tuple && IS_DATETIME(self) && !datetime_is_dst(vm, value_object(self), &is_dst))
    return VALUE_FAIL;
  if (has_own(format)) format = replace_own(vm, format, &f);
  if (!format) return VALUE_FAIL;
  if (own_tuple) return call_strftime(vm, format, tuple);
  struct tm t;
  time_tuple_fill(&t, f.day.year, f.day.month, f.day.day, f.clock.hour, f.clock.minute,
                  f.clock.second, weekday_of(f.day.year, f.day.month, f.day.day),
                  days_before_month(f.day.year, f.day.month) + f.day.day, is_dst);
  return time_format(vm, format, &t);
}

Value format_value_as(VM *vm, Value self, Value format) {
  if (!value_is_str(format))
    return raise_type(vm, "__format__() argument 1 must be str, not %s",
                      format == VALUE_NONE ? "None" : str_utf8(vm, value_type(format)->name, NULL));
  if (((Str *)value_object(format))->length == 0) return value_str(vm, self);
  if (!type_has(value_type(self), TYPE_HEAP)) return format_time(vm, self, value_object(format));
  return call_method1(vm, self, NAME("strftime"), format);
}

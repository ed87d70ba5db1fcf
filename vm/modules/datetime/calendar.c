/* calendar.c -- the proleptic Gregorian calendar in ordinals, and ISO 8601 weeks.
**
** Law: ordinal_to_ymd(ymd_to_ordinal(x)) == x. A year is counted from March inside, so that a leap
** day is the last one and the days before a month are (153 m + 2) / 5. Tested by
** tests/modules/datetime_values.py. */
#include "vm/modules/datetime/datetime.h"

enum { DAYS_400_YEARS = 146097, DAYS_100_YEARS = 36524, DAYS_4_YEARS = 1461 };

static bool is_leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(int year, int month) {
  static const uint8_t days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : days[month];
}

int days_before_month(int year, int month) {
  static const uint16_t days[] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  return days[month] + (month > 2 && is_leap_year(year));
}

static int days_before_year(int year) {
  int y = year - 1;
  return y * 365 + y / 4 - y / 100 + y / 400;
}

int ymd_to_ordinal(int year, int month, int day) {
  return days_before_year(year) + days_before_month(year, month) + day;
}

Ymd ordinal_to_ymd(int ordinal) {
  int from_march = ordinal + 305; /* days since 1 March of the year 0 */
  int era = from_march / DAYS_400_YEARS, rest = from_march % DAYS_400_YEARS;
  int year =
      (rest - rest / (DAYS_4_YEARS - 1) + rest / DAYS_100_YEARS - rest / (DAYS_400_YEARS - 1)) /
      365;
  int of_year = rest - (year * 365 + year / 4 - year / 100);
  int month = (5 * of_year + 2) / 153, day = of_year - (153 * month + 2) / 5 + 1;
  return (Ymd){era * 400 + year + (month >= 10), month < 10 ? month + 3 : month - 9, day};
}

int weekday_of(int year, int month, int day) { return (ymd_to_ordinal(year, month, day) + 6) % 7; }

/* ---- weeks: the first one of a year is that with its first Thursday */

static int first_monday(int year) {
  int first_day = ymd_to_ordinal(year, 1, 1), weekday = (first_day + 6) % 7;
  return first_day - weekday + (weekday > 3 ? 7 : 0);
}

IsoDay iso_day_of(int year, int month, int day) {
  int ordinal = ymd_to_ordinal(year, month, day), start = first_monday(year);
  if (ordinal < start) start = first_monday(--year);
  else if (ordinal >= start + 52 * 7 && ordinal >= first_monday(year + 1))
    start = first_monday(++year);
  return (IsoDay){year, (ordinal - start) / 7 + 1, (ordinal - start) % 7 + 1};
}

IsoFault iso_day_to_ymd(int year, int week, int weekday, Ymd *out) {
  if (year < YEAR_MIN || year > YEAR_MAX) return ISO_YEAR;
  if (week <= 0 || week >= 53) {
    int january_first = weekday_of(year, 1, 1);
    bool is_long = january_first == 3 || (january_first == 2 && is_leap_year(year));
    if (week != 53 || !is_long) return ISO_WEEK;
  }
  if (weekday <= 0 || weekday >= 8) return ISO_DAY;
  int ordinal = first_monday(year) + (week - 1) * 7 + weekday - 1;
  *out = ordinal < 1 ? (Ymd){0, 12, 31 + ordinal} : ordinal_to_ymd(ordinal);
  return ISO_OK;
}

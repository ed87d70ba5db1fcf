/* zone_rule.c -- TZ texts as POSIX has them, "EST5EDT,M3.2.0,M11.1.0": the rule that a zone follows
** after the last transition of its file. Offsets count westward there and eastward in ZoneRule. */
#include "vm/modules/datetime/zoneinfo.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

/* Each reader gives the place behind what it has read, or NULL. */

static const char *read_digits(const char *p, int least, int most, int *out) {
  int n = 0;
  for (*out = 0; n < most && is_digit(*p); n++) *out = *out * 10 + (*p++ - '0');
  return n < least ? NULL : p;
}

static const char *read_name(const char *p, RuleName *name) {
  bool is_quoted = *p == '<';
  name->start = p += is_quoted;
  while (is_letter(*p) || (is_quoted && (is_digit(*p) || *p == '+' || *p == '-'))) p++;
  name->length = (size_t)(p - name->start);
  if (is_quoted ? *p != '>' : name->length == 0) return NULL;
  return p + is_quoted;
}

static const char *read_time(const char *p, int most_hours, int64_t *seconds) {
  int sign = *p == '-' ? -1 : 1, hours, parts[2] = {0, 0};
  if (*p == '-' || *p == '+') p++;
  p = read_digits(p, 1, 2, &hours);
  if (!p || hours > most_hours) return NULL;
  for (int i = 0; i < 2 && *p == ':'; i++) {
    p = read_digits(p + 1, 2, 2, &parts[i]);
    if (!p) return NULL;
  }
  *seconds = sign * (hours * 3600 + parts[0] * 60 + parts[1]);
  return p;
}

static const char *read_turn(const char *p, ZoneTurn *turn) {
  turn->seconds = 2 * 3600;
  turn->form = *p == 'M' || *p == 'J' ? *p++ : '0';
  if (turn->form == 'M') {
    p = read_digits(p, 1, 2, &turn->month);
    if (p) p = *p == '.' ? read_digits(p + 1, 1, 1, &turn->week) : NULL;
    if (p) p = *p == '.' ? read_digits(p + 1, 1, 1, &turn->day) : NULL;
    if (!p || turn->month < 1 || turn->month > 12) return NULL;
    if (turn->week < 1 || turn->week > 5 || turn->day > 6) return NULL;
  } else {
    p = read_digits(p, 1, 3, &turn->day);
    bool in_range = turn->day >= (turn->form == 'J') && turn->day <= 365;
    if (!p) return NULL;
    if (*p == '/') p = read_time(p + 1, 99, &turn->seconds);
    return in_range ? p : NULL;
  }
  return *p == '/' ? read_time(p + 1, 99, &turn->seconds) : p;
}

const char *zone_rule_parse(const char *p, ZoneRule *rule, RuleName names[2]) {
  *rule = (ZoneRule){.has_summer = false};
  if (!(p = read_name(p, &names[0]))) return "Invalid STD format in %R";
  if (!(p = read_time(p, 24, &rule->standard))) return "Invalid STD offset in %R";
  rule->standard = -rule->standard;
  if (!*p) return NULL;
  rule->has_summer = true;
  if (!(p = read_name(p, &names[1]))) return "Invalid DST format in %R";
  if (*p == ',') rule->summer = rule->standard + 3600;
  else {
    if (!(p = read_time(p, 24, &rule->summer))) return "Invalid DST offset in %R";
    rule->summer = -rule->summer;
  }
  for (int i = 0; i < 2; i++) {
    if (*p != ',') return "Missing transition rules in TZ string: %R";
    p = read_turn(p + 1, i ? &rule->end : &rule->start);
    if (!p) return "Malformed transition rule in TZ string: %R";
  }
  return *p ? "Extraneous characters at end of TZ string: %R" : NULL;
}

/* ---- when the clocks are turned */

static int64_t turn_in(const ZoneTurn *turn, int year) {
  int64_t day = ymd_to_ordinal(year, 1, 1) - EPOCH_ORDINAL;
  if (turn->form == 'M') {
    int first = (weekday_of(year, turn->month, 1) + 1) % 7; /* 0 is Sunday */
    int of_month = (turn->day - first + 7) % 7 + 1 + (turn->week - 1) * 7;
    if (of_month > days_in_month(year, turn->month)) of_month -= 7;
    day = ymd_to_ordinal(year, turn->month, of_month) - EPOCH_ORDINAL;
  } else {
    bool is_after_leap_day = turn->form == 'J' && turn->day >= 59 && days_in_month(year, 2) == 29;
    day += turn->day - 1 + is_after_leap_day;
  }
  return day * SECONDS_A_DAY + turn->seconds;
}

static bool lies_between(int64_t start, int64_t end, int64_t seconds) {
  return start < end ? start <= seconds && seconds < end : !(end <= seconds && seconds < start);
}

bool zone_rule_is_summer(const ZoneRule *rule, int64_t seconds, int year, int fold) {
  int64_t start = turn_in(&rule->start, year), end = turn_in(&rule->end, year),
          gain = rule->summer - rule->standard;
  if (fold == (gain >= 0)) end -= gain;
  else start += gain;
  return lies_between(start, end, seconds);
}

bool zone_rule_is_summer_utc(const ZoneRule *rule, int64_t seconds, int year, bool *fold) {
  int64_t start = turn_in(&rule->start, year) - rule->standard,
          end = turn_in(&rule->end, year) - rule->summer, gain = rule->summer - rule->standard;
  int64_t from = gain > 0 ? end : start, length = gain > 0 ? gain : -gain;
  *fold = from <= seconds && seconds < from + length;
  return lies_between(start, end, seconds);
}

/* zoneinfo.h -- zones of the tz database: what zoneinfo.c (the class), zone_load.c (from a file's
** data) and zone_rule.c (the rule behind the last transition) share.
**
** A kind is how clocks stand for a while: three values in a row, offset, summer time and
** abbreviation, at kinds[3 * number]. Seconds are since 1970, of UTC (utc) or as clocks show
** (local; [0] before, [1] after they were turned back). */
#ifndef KRAIT_ZONEINFO_H
#define KRAIT_ZONEINFO_H

#include "vm/modules/datetime/datetime.h"

enum { KIND_OFFSET, KIND_DST, KIND_NAME, KIND_WIDTH };

typedef struct ZoneTurn { /* a day of each year and seconds since its start */
  /* M: weekday `day` of week `week` of `month`; J, 0: a day of the year. The reference counts
  ** both from 1, though POSIX has the first of January as day 0 where no J stands, and takes
  ** J59, 28 February, for a day later in leap years. */
  char form;
  int month, week, day;
  int64_t seconds;
} ZoneTurn;

typedef struct ZoneRule { /* of a TZ text */
  bool has_summer;
  ZoneTurn start, end;      /* of summer time, by the clocks before them */
  int64_t standard, summer; /* offsets in seconds */
} ZoneRule;
typedef struct RuleName { /* an abbreviation, in the text that was parsed */
  const char *start;
  size_t length;
} RuleName;

typedef struct ZoneTable { /* [owned] one block */
  ZoneRule rule;           /* after the last transition */
  int rule_kind;           /* number of the kind of its standard time; the next is summer's */
  int before;              /* the kind before the first transition */
  bool is_fixed;
  size_t size;             /* of the block in bytes */
  size_t count;            /* of transitions */
  int64_t *utc, *local[2]; /* [count], into the block; ascending in files that are sound */
  int64_t *offsets;        /* [kinds] in seconds */
  int *kinds;              /* [count] what begins there */
} ZoneTable;

typedef struct ZoneInfo {
  Object h;
  Value key, file_repr; /* [gc] file_repr: of a zone from a file, else None */
  Tuple *kinds;         /* [gc] NULL until it is loaded */
  ZoneTable *table;     /* [owned] NULL until then */
  uint8_t source;       /* ZONE_… */
} ZoneInfo;
enum { ZONE_UNCACHED, ZONE_CACHED, ZONE_OF_FILE };

/* Seconds in a file can be any 64 bits. */
static inline int64_t wrapping_sum(int64_t a, int64_t b) {
  return (int64_t)((uint64_t)a + (uint64_t)b);
}
static inline int64_t wrapping_difference(int64_t a, int64_t b) {
  return (int64_t)((uint64_t)a - (uint64_t)b);
}

/* zone_rule_parse: NULL, or a format of one %R, the text, that says what is wrong. */
const char *zone_rule_parse(const char *text, ZoneRule *rule, RuleName names[2]);
/* zone_rule_is_summer: at this reading of the clock; zone_rule_is_summer_utc: at seconds of UTC,
** and whether the clock shows this hour a second time. */
bool zone_rule_is_summer(const ZoneRule *rule, int64_t seconds, int year, int fold);
bool zone_rule_is_summer_utc(const ZoneRule *rule, int64_t seconds, int year, bool *fold);

/* zone_load: fills `zone`, which has nothing yet, from what its file holds; `common` is the module
** zoneinfo._common. ValueError. */
MUST_USE MAY_RUN bool zone_load(VM *vm, ZoneInfo *zone, Value common, Value file);
void zone_unload(VM *vm, ZoneInfo *zone);
/* seconds_delta: a timedelta, the same one each time. */
MUST_USE MAY_RUN Value seconds_delta(VM *vm, int64_t seconds);

#endif

/* unicode.c -- the property tables and what one code point has: flags, values, case, database
** fields.
**
** A code point leads through two stages to a record; most of the 0x110000 share one of about 1,450
** records. Normalisation is in unicode_normal.c, names are in unicode_names.c; the tables come from
** make_unicode.py. */
#include "unicode_data.h"

#include "unicode_tables.inc"

static ALWAYS_INLINE const UnicodeRecord *find_record(uint32_t c) {
  if (UNLIKELY(c > UNICODE_MAX)) return &unicode_records[0];
  size_t block = record_blocks[c >> RECORD_SHIFT];
  return &unicode_records[record_values[(block << RECORD_SHIFT) +
                                        (c & ((1u << RECORD_SHIFT) - 1))]];
}

uint32_t unicode_flags(uint32_t c) { return find_record(c)->flags; }
int unicode_combining(uint32_t c) { return find_record(c)->combining; }
const UnicodeRecord *unicode_record(uint32_t c) { return find_record(c); }
int unicode_decimal_value(uint32_t c) { return find_record(c)->decimal; }
int unicode_digit_value(uint32_t c) { return find_record(c)->digit; }
bool unicode_in_3_2(uint32_t c) { return find_record(c)->in_3_2; }
bool unicode_is_mirrored(uint32_t c) { return unicode_is(c, UNICODE_MIRRORED); }
const char *unicode_category(uint32_t c) { return category_names[find_record(c)->category]; }
const char *unicode_bidirectional(uint32_t c) { return bidi_names[find_record(c)->bidi]; }
const char *unicode_east_asian_width(uint32_t c) { return width_names[find_record(c)->width]; }

bool unicode_numeric_value(uint32_t c, double *value) {
  const UnicodeRecord *record = find_record(c);
  if (!(record->flags & UNICODE_NUMERIC)) return false;
  NumericValue v = numeric_values[record->numeric];
  *value = (double)v.top / (double)v.bottom;
  return true;
}

const UnicodeOldFields *unicode_old_fields(uint32_t c) {
  static const UnicodeOldFields rows[] = {
#define ROW(...) {__VA_ARGS__},
#include "unicode_3_2.def"
#undef ROW
  };
  for (size_t low = 0, high = ARRAY_COUNT(rows); low < high;) {
    size_t middle = (low + high) / 2;
    if (c < rows[middle].first) high = middle;
    else if (c > rows[middle].last) low = middle + 1;
    else return &rows[middle];
  }
  return NULL;
}

/* --- case --- */

static inline const CaseRecord *find_case(uint32_t c) {
  return &case_records[find_record(c)->case_index];
}

uint32_t unicode_to_lower(uint32_t c) { return c + (uint32_t)find_case(c)->lower; }

/* The mapping is the sequence, or where there is none the code point `delta` away. */
static int write_mapping(uint32_t c, int32_t delta, uint16_t sequence, uint32_t *out) {
  if (!sequence) {
    out[0] = c + (uint32_t)delta;
    return 1;
  }
  int n = (int)case_sequences[sequence];
  for (int i = 0; i < n; i++) out[i] = case_sequences[sequence + 1 + i];
  return n;
}

int unicode_full_lower(uint32_t c, uint32_t out[UNICODE_CASE_MAX]) {
  const CaseRecord *r = find_case(c);
  return write_mapping(c, r->lower, r->full_lower, out);
}

int unicode_full_upper(uint32_t c, uint32_t out[UNICODE_CASE_MAX]) {
  const CaseRecord *r = find_case(c);
  return write_mapping(c, r->upper, r->full_upper, out);
}

int unicode_full_title(uint32_t c, uint32_t out[UNICODE_CASE_MAX]) {
  const CaseRecord *r = find_case(c);
  return write_mapping(c, r->title, r->full_title, out);
}

int unicode_full_fold(uint32_t c, uint32_t out[UNICODE_CASE_MAX]) {
  const CaseRecord *r = find_case(c);
  return write_mapping(c, r->lower, r->fold, out);
}

/* The image of c if it is one code point, at most `most`; else UINT32_MAX, and *inside stays. */
static ALWAYS_INLINE uint32_t map_one(UnicodeCase mode, uint32_t c, bool *inside, uint32_t most) {
  const UnicodeRecord *record = find_record(c);
  const CaseRecord *r = &case_records[record->case_index];
  UnicodeCase what = mode;
  if (mode == CASE_TITLE && *inside) what = CASE_LOWER;
  if (mode == CASE_SWAP) {
    if (record->flags & UNICODE_UPPER) what = CASE_LOWER;
    else if (record->flags & UNICODE_LOWER) what = CASE_UPPER;
    else return c;
  }
  int32_t delta = what == CASE_UPPER ? r->upper : what == CASE_TITLE ? r->title : r->lower;
  uint16_t sequence = what == CASE_UPPER   ? r->full_upper
                      : what == CASE_TITLE ? r->full_title
                      : what == CASE_FOLD  ? r->fold
                                           : r->full_lower;
  if (UNLIKELY(sequence != 0) || (UNLIKELY(c == 0x3A3) && what == CASE_LOWER)) return UINT32_MAX;
  uint32_t to = c + (uint32_t)delta;
  if (UNLIKELY(to > most)) return UINT32_MAX;
  if (mode == CASE_TITLE) *inside = record->flags & UNICODE_CASED;
  return to;
}

/* What a mapping makes of the first code points, up to where alphabets with cases lie close
** together; SPECIAL: map_one says. Filled when a mapping is first used. */
enum { NEAR_COUNT = 0x600, SPECIAL = 0xFFFF };
enum { MOST_1 = 0xFF, MOST_2 = 0xFFFF, MOST_4 = UNICODE_MAX };
static struct NearMap {
  bool is_filled;
  uint16_t to[NEAR_COUNT];
} near_maps[CASE_FOLD + 1];

static ALWAYS_INLINE const uint16_t *near_map(UnicodeCase mode) {
  struct NearMap *map = &near_maps[mode];
  for (uint32_t c = 0; c < NEAR_COUNT && UNLIKELY(!map->is_filled); c++) {
    bool inside = false;
    uint32_t to = map_one(mode, c, &inside, UNICODE_MAX);
    map->to[c] = to < SPECIAL ? (uint16_t)to : SPECIAL;
  }
  map->is_filled = true;
  return map->to;
}

/* The loops of one width: a text for the three. */
#define DEFINE_WIDTH(N, Unit)                                                                      \
  static ALWAYS_INLINE size_t map_##N(UnicodeCase mode, const Unit *restrict from,                 \
                                      Unit *restrict to, size_t n, bool *inside, uint32_t *mask) { \
    uint32_t any = 0;                                                                              \
    size_t i = 0;                                                                                  \
    const uint16_t *near = mode == CASE_TITLE ? NULL : near_map(mode);                             \
    for (; i < n; i++) {                                                                           \
      uint32_t c = from[i];                                                                        \
      bool is_near = mode != CASE_TITLE && c < NEAR_COUNT && near[c] != SPECIAL;                   \
      c = LIKELY(is_near) ? near[c] : map_one(mode, c, inside, MOST_##N);                          \
      if (UNLIKELY(c > MOST_##N)) break;                                                           \
      any |= c;                                                                                    \
      to[i] = (Unit)c;                                                                             \
    }                                                                                              \
    *mask |= any;                                                                                  \
    return i;                                                                                      \
  }                                                                                                \
  static size_t run_##N(const Unit *units, size_t n, uint32_t any_of) {                            \
    size_t i = 0;                                                                                  \
    while (i < n && (find_record(units[i])->flags & any_of)) i++;                                  \
    return i;                                                                                      \
  }                                                                                                \
  static uint32_t any_##N(const Unit *units, size_t n) {                                           \
    uint32_t flags = 0;                                                                            \
    for (size_t i = 0; i < n; i++) flags |= find_record(units[i])->flags;                          \
    return flags;                                                                                  \
  }
DEFINE_WIDTH(1, uint8_t)
DEFINE_WIDTH(2, uint16_t)
DEFINE_WIDTH(4, uint32_t)

static ALWAYS_INLINE size_t map_width(UnicodeCase mode, const void *from, void *to, int unit,
                                      size_t n, bool *inside, uint32_t *mask) {
  if (unit == 1) return map_1(mode, from, to, n, inside, mask);
  return unit == 2 ? map_2(mode, from, to, n, inside, mask)
                   : map_4(mode, from, to, n, inside, mask);
}

size_t unicode_map(UnicodeCase mode, const void *from, void *to, int unit, size_t n, bool *inside,
                   uint32_t *mask) {
  switch (mode) { /* each with loops of its own */
  case CASE_LOWER: return map_width(CASE_LOWER, from, to, unit, n, inside, mask);
  case CASE_UPPER: return map_width(CASE_UPPER, from, to, unit, n, inside, mask);
  case CASE_TITLE: return map_width(CASE_TITLE, from, to, unit, n, inside, mask);
  case CASE_SWAP: return map_width(CASE_SWAP, from, to, unit, n, inside, mask);
  default: return map_width(CASE_FOLD, from, to, unit, n, inside, mask);
  }
}

size_t unicode_run(const void *units, int unit, size_t n, uint32_t any_of) {
  return unit == 1   ? run_1(units, n, any_of)
         : unit == 2 ? run_2(units, n, any_of)
                     : run_4(units, n, any_of);
}

bool unicode_all(const void *units, int unit, size_t n, uint32_t any_of) {
  return unicode_run(units, unit, n, any_of) == n;
}

uint32_t unicode_any(const void *units, int unit, size_t n) {
  return unit == 1 ? any_1(units, n) : unit == 2 ? any_2(units, n) : any_4(units, n);
}

/* --- decomposition --- */

int unicode_mapping(uint32_t c, uint32_t *out, const char **tag) {
  if (c > UNICODE_MAX) return 0;
  size_t block = decomposition_blocks[c >> DECOMPOSITION_SHIFT];
  size_t at = decomposition_values[(block << DECOMPOSITION_SHIFT) +
                                   (c & ((1u << DECOMPOSITION_SHIFT) - 1))];
  if (!at) return 0;
  const uint16_t *unit = &decompositions[at + 1], *end = unit + (decompositions[at] & 0xFF);
  *tag = tag_names[decompositions[at] >> 8];
  int n = 0;
  while (unit < end) {
    uint32_t u = *unit++;
    if ((u & 0xFC00) == 0xD800) u = 0x10000 + ((u & 0x3FF) << 10) + (*unit++ & 0x3FFu);
    out[n++] = u;
  }
  return n;
}

bool unicode_decomposition(uint32_t c, Buffer *out) {
  uint32_t mapping[UNICODE_DECOMPOSED_MAX];
  const char *tag;
  int n = unicode_mapping(c, mapping, &tag);
  if (!n) return false;
  buffer_add_text(out, tag);
  for (int i = 0; i < n; i++)
    buffer_printf(out, i || *tag ? " %04X" : "%04X", (unsigned)mapping[i]);
  return true;
}

uint32_t unicode_compose_pair(uint32_t first, uint32_t second) {
  size_t low = 0, high = ARRAY_COUNT(composition_pairs);
  uint64_t key = (uint64_t)first << 32 | second;
  while (low < high) {
    size_t middle = (low + high) / 2;
    const CompositionPair *pair = &composition_pairs[middle];
    uint64_t have = (uint64_t)pair->first << 32 | pair->second;
    if (have == key) return pair->composite;
    if (have < key) low = middle + 1;
    else high = middle;
  }
  return 0;
}

/* --- names: the raw tables, for unicode_names.c --- */

const UnicodeNameTables unicode_name_tables = {
    .ranges = name_ranges,
    .range_count = ARRAY_COUNT(name_ranges),
    .bytes = name_bytes,
    .starts = name_starts,
    .word_ends = word_ends,
    .word_text = word_text,
    .buckets = name_buckets,
    .alias_targets = alias_targets,
    .sequences = named_sequences,
    .short_words = NAME_SHORT_WORDS,
    .step = NAME_STEP,
    .characters = NAME_CHARACTERS,
    .aliases = NAME_ALIASES,
};

/* unicode_data.h -- the layout of unicode_tables.inc, and what the three unicode*.c files share.
** Private to them. */
#ifndef KRAIT_UNICODE_DATA_H
#define KRAIT_UNICODE_DATA_H

#include "unicode.h"

typedef struct UnicodeRecord {
  uint16_t flags, case_index;
  uint8_t category, bidi, combining, width;
  uint8_t quick_check; /* two bits for each UnicodeForm: a UnicodeCheck */
  uint8_t numeric;     /* index into numeric_values, 0: none */
  int8_t decimal, digit;
  uint8_t in_3_2; /* UCD 3.2 assigns it */
} UnicodeRecord;

typedef struct CaseRecord {
  int32_t lower, upper, title; /* distances of the simple mappings */
  /* index into case_sequences; 0: the simple one (fold: lower) */
  uint16_t full_lower, full_upper, full_title, fold;
} CaseRecord;

typedef struct NumericValue {
  int64_t top, bottom;
} NumericValue;

typedef struct CompositionPair {
  uint32_t first, second, composite;
} CompositionPair;

typedef struct NameRange {
  uint32_t first, number; /* code point `first + i` has name `number + i` */
  uint32_t count;
} NameRange;

typedef struct NamedSequence {
  uint32_t count, points[UNICODE_SEQUENCE_MAX];
} NamedSequence;

/* Name numbers: characters first, then aliases, then named sequences. */
typedef struct UnicodeNameTables {
  const NameRange *ranges;
  size_t range_count;
  const uint8_t *bytes;      /* word numbers; see make_unicode.py */
  const uint32_t *starts;    /* where every `step`th name begins in bytes */
  const uint32_t *word_ends; /* ends of words in word_text */
  const char *word_text;
  const uint16_t *buckets; /* 65536: name number + 1, linear probing */
  const uint32_t *alias_targets;
  const NamedSequence *sequences;
  uint32_t short_words, step, characters, aliases;
} UnicodeNameTables;

extern const UnicodeNameTables unicode_name_tables;

/* unicode_mapping: the decomposition of `c` (not recursive) and its tag ("" if canonical); 0: none.
** Not for Hangul. */
int unicode_mapping(uint32_t c, uint32_t *out, const char **tag);
/* unicode_compose_pair: the primary composite of two code points, 0: none. Not for Hangul. */
uint32_t unicode_compose_pair(uint32_t first, uint32_t second);
const UnicodeRecord *unicode_record(uint32_t c) __attribute__((const));

#endif

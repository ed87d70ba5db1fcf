/* unicode_names.c -- code point to name and back.
**
** A name is kept as word numbers (one byte for frequent words), lookup goes through a 65,536-entry
** hash table of name numbers and compares the text; Hangul syllables and CJK ideographs are spelt
** by rule. */
#include "unicode_data.h"

#include <stdio.h>

#define TABLES unicode_name_tables

static const char *const hangul_lead[19] = {"G",  "GG", "N", "D",  "DD", "R", "M", "B", "BB", "S",
                                            "SS", "",   "J", "JJ", "C",  "K", "T", "P", "H"};
static const char *const hangul_vowel[21] = {"A",   "AE", "YA", "YAE", "EO", "E",  "YEO",
                                             "YE",  "O",  "WA", "WAE", "OE", "YO", "U",
                                             "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
static const char *const hangul_tail[28] = {
    "",   "G",  "GG", "GS", "N",  "NJ", "NH", "D",  "L", "LG", "LM", "LB", "LS", "LT",
    "LP", "LH", "M",  "B",  "BS", "S",  "SS", "NG", "J", "C",  "K",  "T",  "P",  "H"};

static bool is_unified_ideograph(uint32_t c) {
  return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2B738) ||
         (c >= 0x2B740 && c <= 0x2B81D) || (c >= 0x2B820 && c <= 0x2CEA1) ||
         (c >= 0x2CEB0 && c <= 0x2EBE0) || (c >= 0x30000 && c <= 0x3134A);
}

/* Spells name `number` and returns its length. */
static size_t spell_name(uint32_t number, char *out) {
  const uint8_t *byte = TABLES.bytes + TABLES.starts[number / TABLES.step];
  for (uint32_t skip = number % TABLES.step; skip; skip--) {
    while (*byte) byte += *byte > TABLES.short_words ? 2 : 1;
    byte++;
  }
  size_t n = 0;
  while (*byte) {
    uint32_t word = *byte++ - 1u;
    if (word >= TABLES.short_words)
      word = TABLES.short_words + ((word - TABLES.short_words) << 8) + *byte++;
    uint32_t start = word ? TABLES.word_ends[word - 1] : 0, size = TABLES.word_ends[word] - start;
    if (n && out[n - 1] != '-' && out[n - 1] != ' ') out[n++] = ' ';
    memcpy(out + n, TABLES.word_text + start, size);
    n += size;
  }
  out[n] = 0;
  return n;
}

size_t unicode_name(uint32_t c, char out[UNICODE_NAME_MAX]) {
  if (c >= 0xAC00 && c <= 0xD7A3) {
    uint32_t s = c - 0xAC00;
    return (size_t)snprintf(out, UNICODE_NAME_MAX, "HANGUL SYLLABLE %s%s%s", hangul_lead[s / 588],
                            hangul_vowel[s % 588 / 28], hangul_tail[s % 28]);
  }
  if (is_unified_ideograph(c))
    return (size_t)snprintf(out, UNICODE_NAME_MAX, "CJK UNIFIED IDEOGRAPH-%X", (unsigned)c);
  size_t low = 0, high = TABLES.range_count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    const NameRange *range = &TABLES.ranges[middle];
    if (c < range->first) high = middle;
    else if (c >= range->first + range->count) low = middle + 1;
    else return spell_name(range->number + (c - range->first), out);
  }
  return 0;
}

/* The longest of `parts` that starts the text; -1: none. */
static int match_jamo(const char *const *parts, int count, const char **text, const char *end) {
  int best = -1;
  size_t best_size = 0;
  for (int i = 0; i < count; i++) {
    size_t size = strlen(parts[i]);
    if ((best < 0 || size > best_size) && size <= (size_t)(end - *text) &&
        !memcmp(parts[i], *text, size)) {
      best = i;
      best_size = size;
    }
  }
  *text += best_size;
  return best;
}

static int lookup_hangul(const char *text, const char *end, uint32_t *out) {
  int lead = match_jamo(hangul_lead, 19, &text, end);
  int vowel = match_jamo(hangul_vowel, 21, &text, end);
  int tail = match_jamo(hangul_tail, 28, &text, end);
  if (lead < 0 || vowel < 0 || tail < 0 || text != end) return 0;
  *out = 0xAC00 + ((uint32_t)lead * 21 + (uint32_t)vowel) * 28 + (uint32_t)tail;
  return 1;
}

static int lookup_ideograph(const char *text, size_t n, uint32_t *out) {
  if (n != 4 && n != 5) return 0;
  uint32_t c = 0;
  for (size_t i = 0; i < n; i++) {
    char h = text[i];
    if (h >= '0' && h <= '9') c = c * 16 + (uint32_t)(h - '0');
    else if (h >= 'A' && h <= 'F') c = c * 16 + (uint32_t)(h - 'A' + 10);
    else return 0;
  }
  *out = c;
  return is_unified_ideograph(c) ? 1 : 0;
}

static uint32_t code_point_of(uint32_t number) {
  size_t low = 0, high = TABLES.range_count;
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (TABLES.ranges[middle].number <= number) low = middle;
    else high = middle;
  }
  return TABLES.ranges[low].first + (number - TABLES.ranges[low].number);
}

int unicode_lookup(const char *name, size_t n, bool sequences, uint32_t out[UNICODE_SEQUENCE_MAX]) {
  static const char syllable[] = "HANGUL SYLLABLE ", ideograph[] = "CJK UNIFIED IDEOGRAPH-";
  if (n >= UNICODE_NAME_MAX) return 0;
  if (n >= 16 && !memcmp(name, syllable, 16)) return lookup_hangul(name + 16, name + n, out);
  if (n >= 22 && !memcmp(name, ideograph, 22)) return lookup_ideograph(name + 22, n - 22, out);
  char upper[UNICODE_NAME_MAX], have[UNICODE_NAME_MAX];
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < n; i++) {
    upper[i] = name[i] >= 'a' && name[i] <= 'z' ? (char)(name[i] - 32) : name[i];
    hash = (hash ^ (uint8_t)upper[i]) * 16777619u;
  }
  for (uint32_t at = (hash ^ hash >> 15) & 0xFFFF; TABLES.buckets[at]; at = (at + 1) & 0xFFFF) {
    uint32_t number = TABLES.buckets[at] - 1u;
    if (spell_name(number, have) != n || memcmp(have, upper, n) != 0) continue;
    if (number < TABLES.characters) {
      out[0] = code_point_of(number);
      return 1;
    }
    number -= TABLES.characters;
    if (number < TABLES.aliases) {
      out[0] = TABLES.alias_targets[number];
      return 1;
    }
    if (!sequences) return 0;
    const NamedSequence *sequence = &TABLES.sequences[number - TABLES.aliases];
    memcpy(out, sequence->points, sequence->count * sizeof *out);
    return (int)sequence->count;
  }
  return 0;
}

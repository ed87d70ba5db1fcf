/* charset.c -- character tests of regular expressions: categories, folding, charsets in re's own
** code. */
#include "vm/base/unicode.h"
#include "vm/modules/sre/opcodes.h"
#include "vm/modules/sre/sre.h"

#include <ctype.h>

static inline bool is_word_ascii(uint32_t c) {
  return c < 128 && ((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_');
}
static inline bool is_space_ascii(uint32_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline bool is_word_unicode(uint32_t c) { return c == '_' || unicode_is_alnum(c); }
static inline bool is_word_locale(uint32_t c) { return c == '_' || (c < 256 && isalnum((int)c)); }

static bool sre_category(uint32_t category, uint32_t c) {
  switch (category) {
  case CATEGORY_DIGIT: return c - '0' < 10;
  case CATEGORY_NOT_DIGIT: return c - '0' >= 10;
  case CATEGORY_SPACE: return is_space_ascii(c);
  case CATEGORY_NOT_SPACE: return !is_space_ascii(c);
  case CATEGORY_WORD: return is_word_ascii(c);
  case CATEGORY_NOT_WORD: return !is_word_ascii(c);
  case CATEGORY_LINEBREAK: return c == '\n';
  case CATEGORY_NOT_LINEBREAK: return c != '\n';
  case CATEGORY_LOC_WORD: return is_word_locale(c);
  case CATEGORY_LOC_NOT_WORD: return !is_word_locale(c);
  case CATEGORY_UNI_DIGIT: return unicode_is_decimal(c);
  case CATEGORY_UNI_NOT_DIGIT: return !unicode_is_decimal(c);
  case CATEGORY_UNI_SPACE: return unicode_is_space(c);
  case CATEGORY_UNI_NOT_SPACE: return !unicode_is_space(c);
  case CATEGORY_UNI_WORD: return is_word_unicode(c);
  case CATEGORY_UNI_NOT_WORD: return !is_word_unicode(c);
  case CATEGORY_UNI_LINEBREAK: return unicode_is_line_break(c);
  case CATEGORY_UNI_NOT_LINEBREAK: return !unicode_is_line_break(c);
  default: return false;
  }
}

uint32_t sre_upper_unicode(uint32_t c) {
  uint32_t full[UNICODE_CASE_MAX];
  return unicode_full_upper(c, full) > 0 ? full[0] : c;
}

bool sre_at_word(uint32_t code, uint32_t c) {
  if (code == AT_UNI_BOUNDARY || code == AT_UNI_NON_BOUNDARY) return is_word_unicode(c);
  if (code == AT_LOC_BOUNDARY || code == AT_LOC_NON_BOUNDARY) return is_word_locale(c);
  return is_word_ascii(c);
}

uint32_t sre_lower(SreFold fold, uint32_t c) {
  switch (fold) {
  case FOLD_NONE: return c;
  case FOLD_ASCII: return c - 'A' < 26 ? c + 32 : c;
  case FOLD_UNICODE: return unicode_to_lower(c);
  case FOLD_LOCALE: return c < 256 ? (uint32_t)tolower((int)c) : c;
  }
  return c;
}

static uint32_t sre_upper(SreFold fold, uint32_t c) {
  switch (fold) {
  case FOLD_NONE: return c;
  case FOLD_ASCII: return c - 'a' < 26 ? c - 32 : c;
  case FOLD_UNICODE: return sre_upper_unicode(c);
  case FOLD_LOCALE: return c < 256 ? (uint32_t)toupper((int)c) : c;
  }
  return c;
}

/* Runs a charset: each item says yes at once, FAILURE ends it with no; NEGATE turns both round. */
static bool sre_charset_has(const uint32_t *code, uint32_t c) {
  bool yes = true;
  for (;;) {
    switch (*code++) {
    case OP_FAILURE: return !yes;
    case OP_LITERAL:
      if (*code++ == c) return yes;
      break;
    case OP_CATEGORY:
      if (sre_category(*code++, c)) return yes;
      break;
    case OP_CHARSET:
      if (c < 256 && code[c / 32] >> (c & 31) & 1) return yes;
      code += 8;
      break;
    case OP_RANGE:
      if (code[0] <= c && c <= code[1]) return yes;
      code += 2;
      break;
    case OP_RANGE_UNI_IGNORE: {
      uint32_t upper = sre_upper_unicode(c);
      if ((code[0] <= c && c <= code[1]) || (code[0] <= upper && upper <= code[1])) return yes;
      code += 2;
      break;
    }
    case OP_NEGATE: yes = !yes; break;
    case OP_BIGCHARSET: {
      uint32_t blocks = *code++;
      if (c < 0x10000) {
        uint32_t block = ((const uint8_t *)code)[c >> 8];
        if (code[64 + block * 8 + (c & 255) / 32] >> (c & 31) & 1) return yes;
      }
      code += 64 + (size_t)blocks * 8;
      break;
    }
    default: return false;
    }
  }
}

enum { UNDECIDED = 2 };

/* The first item that knows a character decides. */
static void decide(uint8_t table[256], uint32_t c, bool is_in, bool yes) {
  if (is_in && table[c] == UNDECIDED) table[c] = yes;
}

void sre_charset_tabulate(const uint32_t *code, bool has[256]) {
  uint8_t table[256];
  bool yes = true;
  memset(table, UNDECIDED, sizeof table);
  for (;; code++) {
    switch (*code) {
    case OP_LITERAL:
      if (*++code < 256) decide(table, *code, true, yes);
      break;
    case OP_RANGE:
      for (uint32_t c = code[1]; c <= code[2] && c < 256; c++) decide(table, c, true, yes);
      code += 2;
      break;
    case OP_CHARSET:
      for (uint32_t c = 0; c < 256; c++) decide(table, c, code[1 + c / 32] >> (c & 31) & 1, yes);
      code += 8;
      break;
    case OP_CATEGORY:
      code++;
      for (uint32_t c = 0; c < 256; c++) decide(table, c, sre_category(*code, c), yes);
      break;
    case OP_NEGATE: yes = !yes; break;
    default: /* the end, or an item that is rare: it, and what follows, is asked for each */
      for (uint32_t c = 0; c < 256; c++)
        has[c] = table[c] == UNDECIDED ? sre_charset_has(code, c) == yes : table[c];
      return;
    }
  }
}

/* The test of one character, from re's code. */
static bool set_test(const SreSet *set, uint32_t c) {
  uint32_t lower = sre_lower(set->fold, c);
  if (set->literal) {
    bool same =
        lower == *set->code ||
        (set->fold == FOLD_LOCALE && (c == *set->code || sre_upper(FOLD_LOCALE, c) == *set->code));
    return same != set->negated;
  }
  if (sre_charset_has(set->code, lower)) return true;
  if (set->fold != FOLD_LOCALE) return false;
  uint32_t upper = sre_upper(FOLD_LOCALE, c);
  return upper != lower && sre_charset_has(set->code, upper);
}

enum { ASKED_OFTEN = 64 }; /* a quarter of what a page costs */

static void learn_page(SreSet *set, uint32_t page) {
  memset(set->in_page, 0, sizeof set->in_page);
  for (uint32_t k = 0; k < 256; k++)
    if (set_test(set, page << 8 | k)) set->in_page[k / 32] |= UINT32_C(1) << k % 32;
  set->page = page;
}

bool sre_set_ask(SreSet *set, uint32_t c) {
  if (set->locale) return set_test(set, c);
  if (c >= 256 && set->high != HIGH_TEST) return set->high == HIGH_ALL;
  uint32_t page = c >> 8;
  set->asked = page == set->asked_page ? set->asked + 1 : 0;
  set->asked_page = page;
  if (set->asked >= ASKED_OFTEN && page) {
    set->asked = 0;
    learn_page(set, page);
  }
  return set_test(set, c);
}

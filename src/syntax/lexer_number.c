/* lexer_number.c -- the extent of number literals and every complaint about them. Values are made
** in literal.c. */
#include "src/syntax/lexer.h"

static inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool is_hex(char c) {
  return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}
static inline bool is_octal(char c) { return c >= '0' && c <= '7'; }
static inline bool is_binary(char c) { return c == '0' || c == '1'; }
static inline bool is_name_byte(char c) {
  return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || (uint8_t)c >= 128;
}

static bool is_word(const char *at, const char *word) {
  size_t size = strlen(word);
  return strncmp(at, word, size) == 0 && !is_name_byte(at[size]);
}

/* A name may not touch a number, but the keywords that can follow one are merely frowned upon
** there. */
static bool check_end(Lexer *lexer, const char *at, const char *kind) {
  lexer->at = at;
  if (!is_name_byte(*at)) return true;
  bool keyword = is_word(at, "and") || is_word(at, "else") || is_word(at, "for") ||
                 is_word(at, "or") || is_word(at, "not") ||
                 (at[0] == 'i' && (at[1] == 'f' || at[1] == 'n' || at[1] == 's'));
  if (keyword) {
    lexer_warn(lexer, WARN_SYNTAX, "invalid %s literal", kind);
    return true;
  }
  lexer_fail(lexer, "invalid %s literal", kind);
  return false;
}

/* Digits of base 2, 8 or 16 with single underscores between; `at` stands behind the letter. */
static bool radix_tail(Lexer *lexer, const char *at, bool (*is_in_base)(char), const char *kind) {
  do {
    if (*at == '_') at++;
    if (!is_in_base(*at)) {
      if (is_digit(*at)) goto wrong_digit;
      lexer->at = at;
      return lexer_fail(lexer, "invalid %s literal", kind), false;
    }
    while (is_in_base(*at)) at++;
  } while (*at == '_');
  if (is_digit(*at)) goto wrong_digit;
  return check_end(lexer, at, kind);
wrong_digit:
  lexer->at = at + 1;
  return lexer_fail(lexer, "invalid digit '%c' in %s literal", *at, kind), false;
}

/* Decimal digits with single underscores between; NULL after a fault. */
static const char *decimal_tail(Lexer *lexer, const char *at) {
  for (;;) {
    while (is_digit(*at)) at++;
    if (*at != '_') return at;
    at++;
    if (is_digit(*at)) continue;
    lexer->at = at;
    lexer_fail(lexer, "invalid decimal literal");
    return NULL;
  }
}

static bool imaginary_or_end(Lexer *lexer, const char *at) {
  if (*at == 'j' || *at == 'J') return check_end(lexer, at + 1, "imaginary");
  return check_end(lexer, at, "decimal");
}

static bool exponent(Lexer *lexer, const char *at) {
  if (*at != 'e' && *at != 'E') return imaginary_or_end(lexer, at);
  const char *mark = at++;
  if (*at == '+' || *at == '-') {
    at++;
    if (!is_digit(*at)) {
      lexer->at = at;
      return lexer_fail(lexer, "invalid decimal literal"), false;
    }
  } else if (!is_digit(*at)) {
    return check_end(lexer, mark, "decimal");
  }
  at = decimal_tail(lexer, at);
  return at && imaginary_or_end(lexer, at);
}

static bool fraction(Lexer *lexer, const char *at) {
  if (is_digit(*at)) at = decimal_tail(lexer, at);
  return at && exponent(lexer, at);
}

/* Starts with 0 and no letter of a base: zeros, or a float with leading zeros, or the octal of
** Python 2. */
static bool zero_tail(Lexer *lexer, const char *at) {
  for (;;) {
    if (*at == '_') {
      at++;
      if (!is_digit(*at)) {
        lexer->at = at;
        return lexer_fail(lexer, "invalid decimal literal"), false;
      }
    }
    if (*at != '0') break;
    at++;
  }
  const char *zeros_end = at;
  bool nonzero = is_digit(*at);
  if (nonzero && !(at = decimal_tail(lexer, at))) return false;
  if (*at == '.') return fraction(lexer, at + 1);
  if (*at == 'e' || *at == 'E') return exponent(lexer, at);
  if (*at == 'j' || *at == 'J') return imaginary_or_end(lexer, at);
  if (!nonzero) return check_end(lexer, at, "decimal");
  lexer->at = at; /* the columns are in bytes, here alone, because CPython's are */
  lexer_fail_range(lexer, (int)(lexer->token_start - lexer->line_start) + 1,
                   (int)(zeros_end - lexer->line_start) + 1,
                   "leading zeros in decimal integer literals are not permitted; "
                   "use an 0o prefix for octal integers");
  return false;
}

bool lexer_number(Lexer *lexer) {
  const char *at = lexer->token_start;
  if (*at == '.') return fraction(lexer, at + 1);
  if (*at != '0') {
    at = decimal_tail(lexer, at);
    if (!at) return false;
    return *at == '.' ? fraction(lexer, at + 1) : exponent(lexer, at);
  }
  at++;
  switch (*at | 0x20) {
  case 'x': return radix_tail(lexer, at + 1, is_hex, "hexadecimal");
  case 'o': return radix_tail(lexer, at + 1, is_octal, "octal");
  case 'b': return radix_tail(lexer, at + 1, is_binary, "binary");
  default: return zero_tail(lexer, at);
  }
}

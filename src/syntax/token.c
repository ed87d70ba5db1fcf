/* token.c -- names of tokens and the recognition of keywords, from token.def. */
#include "src/syntax/lexer.h"

const char *token_kind_name(TokenKind kind) {
  static const char *const names[] = {
#define TOKEN(KIND, text) text,
#include "src/syntax/token.def"
  };
  return names[kind];
}

/* Names are interned, so this runs once per distinct name: a walk over the rows of equal length
** would do, but *the
** switch lets the compiler drop most names by their length and first byte. */
TokenKind keyword_find(const char *text, size_t size, uint8_t *soft) {
  static const struct {
    const char *text;
    uint8_t size, kind;
  } keywords[] = {
#define TOKEN_KEYWORD(KIND, text)          \
  { text, sizeof(text) - 1, TOKEN_##KIND } \
  ,
#include "src/syntax/token.def"
  };
  *soft = SOFT_NONE;
  if (size == 0 || size > 8) return 0;
  if (size == 5 && memcmp(text, "match", 5) == 0) *soft = SOFT_MATCH;
  if (size == 4 && memcmp(text, "case", 4) == 0) *soft = SOFT_CASE;
  if (size == 1 && text[0] == '_') *soft = SOFT_UNDERSCORE;
  for (size_t i = 0; i < ARRAY_COUNT(keywords); i++)
    if (keywords[i].text[0] == text[0] && keywords[i].size == size &&
        memcmp(keywords[i].text, text, size) == 0)
      return keywords[i].kind;
  return 0;
}

/* fstring.c -- f-strings as Python 3.11 reads them: the string token is cut into literal text and
** expressions, and each expression is parsed as if it stood alone in parentheses.
**
** The positions of nodes inside are 3.11's too, quirks included: line = that of the token plus the
** newlines before the brace; column = that of the token plus the bytes since the last newline in
** the token. */
#include "src/syntax/parse.h"

/* Makes a Constant of the literal text, if there is any. */
static void fstring_flush(Parser *p, FStringBuilder *b) {
  if (b->literal.failed) arena_fail(p->arena);
  if (!b->literal.size) return;
  Literal value = {.tag = LITERAL_STR,
                   .bytes = arena_copy(p->arena, b->literal.bytes, b->literal.size),
                   .size = b->literal.size};
  seq_add(p, &b->values, NEW_NODE(Constant, b->span, .value = value, .kind = b->kind));
  b->literal.size = 0;
}

AstNode *fstring_finish(Parser *p, FStringBuilder *b) {
  fstring_flush(p, b);
  parser_needs(p, 6, "Format strings are");
  return NEW_NODE(JoinedStr, b->span, .values = seq_finish(p, &b->values));
}

/* ---- the expression ---- */

typedef struct Replacement {
  const char *expression, *end; /* the text between brace and '=', '!', ':' or '}' */
} Replacement;

static COLD bool fail_text(Parser *p, const char *message) {
  fault_at_last(p, FAULT_SYNTAX_ERROR, "%s", message);
  return false;
}

static char closer_of(char opener) { return opener == '(' ? ')' : opener == '[' ? ']' : '}'; }

/* find_expression_end: where the expression at `at` stops; NULL after a fault, `end` if it never
** does. */
static const char *find_expression_end(Parser *p, const char *at, const char *end) {
  char quote = 0, parens[LEXER_MAX_PARENS];
  bool triple = false;
  int depth = 0;
  for (; at < end; at++) {
    char c = *at;
    bool tripled = (c == '\'' || c == '"') && at + 2 < end && at[1] == c && at[2] == c;
    if (c == '\\') return fail_text(p, "f-string expression part cannot include a backslash"), NULL;
    if (quote) {
      if (c != quote || (triple && !tripled)) continue;
      if (triple) at += 2;
      quote = 0;
      continue;
    }
    switch (c) {
    case '\'':
    case '"':
      quote = c;
      triple = tripled;
      if (triple) at += 2;
      continue;
    case '(':
    case '[':
    case '{':
      if (depth >= LEXER_MAX_PARENS)
        return fail_text(p, "f-string: too many nested parenthesis"), NULL;
      parens[depth++] = c;
      continue;
    case '#': return fail_text(p, "f-string expression part cannot include '#'"), NULL;
    }
    if (depth == 0 && (c == '!' || c == ':' || c == '}' || c == '=' || c == '<' || c == '>')) {
      if (c != ':' && c != '}' && at + 1 < end && at[1] == '=') {
        at++;
        continue;
      }
      if (c == '<' || c == '>') continue;
      return at;
    }
    if (c != ')' && c != ']' && c != '}') continue;
    if (depth == 0) {
      fault_at_last(p, FAULT_SYNTAX_ERROR, "f-string: unmatched '%c'", c);
      return NULL;
    }
    char opener = parens[--depth];
    if (closer_of(opener) != c) {
      fault_at_last(p, FAULT_SYNTAX_ERROR,
                    "f-string: closing parenthesis '%c' does not match opening parenthesis '%c'", c,
                    opener);
      return NULL;
    }
  }
  if (quote) return fail_text(p, "f-string: unterminated string"), NULL;
  if (depth) {
    fault_at_last(p, FAULT_SYNTAX_ERROR, "f-string: unmatched '%c'", parens[depth - 1]);
    return NULL;
  }
  return end;
}

/* Counts on from the last brace of the same token: braces come in order. */
static const FStringPlace *count_lines(Parser *p, const char *start, const char *brace) {
  FStringPlace *place = &p->fstring;
  if (place->start != start || place->at > brace) *place = (FStringPlace){start, start, start, 0};
  for (const char *next; (next = memchr(place->at, '\n', (size_t)(brace - place->at)));
       place->at = next + 1) {
    place->line_start = next;
    place->newlines++;
  }
  place->at = brace;
  return place;
}

/* Where the expression behind the brace at `brace` stands. */
static void locate_expression(Parser *p, const Token *token, const char *brace, int *line,
                              int *column) {
  const char *start = token_text(p, token), *at = brace + 1;
  const FStringPlace *place = count_lines(p, start, brace);
  *line = token->line + place->newlines;
  *column = 0;
  while (*at == ' ' || *at == '\t' || *at == '\f') at++;
  if (*at != '\n' && *at != '}') {
    const char *from = place->line_start;
    *column = (int)(brace - from) - (*from == '\n');
  }
  if (*line == token->line) *column += token->column;
}

static AstNode *compile_expression(Parser *p, const Token *token, Replacement r) {
  size_t size = (size_t)(r.end - r.expression);
  size_t blanks = 0;
  while (blanks < size && strchr(" \t\n\f", r.expression[blanks])) blanks++;
  if (blanks == size) {
    if (*r.end == '}') fail_text(p, "f-string: empty expression not allowed");
    else fault_at_last(p, FAULT_SYNTAX_ERROR, "f-string: expression required before '%c'", *r.end);
    return NULL;
  }
  if (p->depth + 100 > PARSER_MAX_DEPTH) {
    fault_nested_too_deeply(p);
    return NULL;
  }
  char *text = arena_alloc(p->arena, size + 4);
  text[0] = '(';
  memcpy(text + 1, r.expression, size);
  memcpy(text + 1 + size, ")\n", 2);
  Parser sub;
  parser_init(&sub, p->arena, p->names, p->options, p->fault);
  parser_set_text(&sub, text, size + 3);
  sub.in_fstring = sub.lexer.tells_bytes = true;
  sub.depth = p->depth + 100;
  sub.lexer.warnings = p->lexer.warnings;
  sub.lexer.quiet = p->lexer.quiet;
  locate_expression(p, token, r.expression - 1, &sub.lexer.first_line, &sub.lexer.column_shift);
  sub.lexer.line = sub.lexer.first_line - 1;
  parser_fetch_all(&sub);
  AstNode *node = parse_star_expressions(&sub);
  if (sub.failed) {
    node = NULL;
    if (p->explaining) {
      sub.explaining = true;
      sub.lexer.quiet = true;
      explain_failure(&sub);
    }
    parser_fail(p);
  }
  parser_deinit(&sub);
  return node;
}

/* ---- the pieces ---- */

static const char *add_pieces(Parser *p, FStringBuilder *b, const Token *token, const char *at,
                              const char *end, bool raw, int level);

static const char *add_literal(Parser *p, FStringBuilder *b, const Token *token, const char *text,
                               size_t size, bool raw, const char *next) {
  if (raw || !memchr(text, '\\', size)) {
    buffer_add(&b->literal, text, size);
    return next;
  }
  return text_decode_escapes(p, token, text, size, &b->literal) ? next : NULL;
}

/* Literal text from `at`. *more: a doubled brace ended it, there may be more text. Returns where it
** ends. */
static const char *read_literal(Parser *p, FStringBuilder *b, const Token *token, const char *at,
                                const char *end, bool raw, int level, bool *more) {
  const char *start = at;
  *more = false;
  while (at < end) {
    char c = *at++;
    if (c == '\\' && !raw && at < end) {
      c = *at++;
      if (c == 'N') {
        if (at < end && *at++ == '{')
          while (at < end && *at++ != '}') {}
        continue;
      }
      if (c == '{') warn_invalid_escape(p, token, '{');
    }
    if (c != '{' && c != '}') continue;
    if (level == 0) {
      if (at < end && *at == c) {
        *more = true;
        return add_literal(p, b, token, start, (size_t)(at - start), raw, at + 1);
      }
      if (c == '}') return fail_text(p, "f-string: single '}' is not allowed"), NULL;
    }
    at--;
    break;
  }
  return add_literal(p, b, token, start, (size_t)(at - start), raw, at);
}

static COLD const char *fail_conversion(Parser *p, const char *at, const char *end) {
  (void)at, (void)end;
  fail_text(p, "f-string: invalid conversion character: expected 's', 'r', or 'a'");
  return NULL;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* The replacement field whose brace is at `at`; returns the place behind its closing brace. */
static const char *read_replacement(Parser *p, FStringBuilder *b, const Token *token,
                                    const char *at, const char *end, bool raw, int level) {
  if (level >= 2) return fail_text(p, "f-string: expressions nested too deeply"), NULL;
  Replacement r = {.expression = at + 1};
  r.end = at = find_expression_end(p, at + 1, end);
  if (!at) return NULL;
  if (at >= end) goto unclosed;
  AstNode *value = compile_expression(p, token, r);
  if (!value) return NULL;
  const char *shown_end = NULL;
  if (*at == '=') {
    at++;
    while (at < end && is_space(*at)) at++;
    if (at >= end) goto unclosed;
    shown_end = at;
    parser_needs(p, 8, "f-string: self documenting expressions are");
  }
  int conversion = -1;
  if (*at == '!') {
    at++;
    if (at >= end) goto unclosed;
    conversion = *at++;
    if (conversion != 's' && conversion != 'r' && conversion != 'a')
      return fail_conversion(p, at - 1, end);
    if (at >= end) goto unclosed;
  }
  AstNode *format_spec = NULL;
  if (*at == ':') {
    if (++at >= end) goto unclosed;
    FStringBuilder spec = {.span = b->span, .kind = b->kind, .is_fstring = true};
    seq_start(&spec.values);
    buffer_init(&spec.literal);
    at = add_pieces(p, &spec, token, at, end, raw, level + 1);
    /* CPython: the last text and the whole span this token alone */
    spec.span = span_between(p, token, token);
    spec.kind = NULL;
    if (at) format_spec = fstring_finish(p, &spec);
    buffer_deinit(&spec.literal);
    if (!at) return NULL;
  }
  if (at >= end || *at != '}') goto unclosed;
  if (shown_end) {
    buffer_add(&b->literal, r.expression, (size_t)(shown_end - r.expression));
    if (!format_spec && conversion == -1) conversion = 'r';
  }
  fstring_flush(p, b);
  seq_add(p, &b->values,
          NEW_NODE(FormattedValue, b->span, .value = value, .conversion = conversion,
                   .format_spec = format_spec));
  return at + 1;
unclosed:
  return fail_text(p, "f-string: expecting '}'"), NULL;
}

/* Literals and fields up to the end (level 0) or to the brace that closes the enclosing field. */
static const char *add_pieces(Parser *p, FStringBuilder *b, const Token *token, const char *at,
                              const char *end, bool raw, int level) {
  for (;;) {
    bool more;
    at = read_literal(p, b, token, at, end, raw, level, &more);
    if (!at) return NULL;
    if (more) continue;
    if (at >= end || *at == '}') break;
    at = read_replacement(p, b, token, at, end, raw, level);
    if (!at) return NULL;
  }
  if (level && at >= end) return fail_text(p, "f-string: expecting '}'"), NULL;
  return at;
}

bool fstring_add(Parser *p, FStringBuilder *b, const Token *token, const char *text,
                 const char *end, bool raw) {
  return add_pieces(p, b, token, text, end, raw, 0) != NULL;
}

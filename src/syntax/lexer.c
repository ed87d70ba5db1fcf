/* lexer.c -- see lexer.h. Scanning proper; numbers are in lexer_number.c, keywords in token.c.
**
** The classes of bytes and the operators by first byte are tables; names are hashed while they are
** scanned. */
#include "src/syntax/lexer.h"

#include <stdarg.h>
#include <stdlib.h>

#include "vm/base/unicode.h"
#include "vm/base/utf8.h"

enum {
  CLASS_NAME_START = 1, /* letters, _, every byte >= 0x80 */
  CLASS_NAME = 2,       /* and digits */
  CLASS_PREFIX = 4,     /* may begin a string prefix */
  CLASS_BLANK = 8,
};

#define NAME_STARTER (CLASS_NAME_START | CLASS_NAME)
static const uint8_t byte_class[256] = {
    [' '] = CLASS_BLANK,          ['\t'] = CLASS_BLANK,
    ['\f'] = CLASS_BLANK,         ['0' ... '9'] = CLASS_NAME,
    ['A'] = NAME_STARTER,         ['B'] = NAME_STARTER | CLASS_PREFIX,
    ['C' ... 'E'] = NAME_STARTER, ['F'] = NAME_STARTER | CLASS_PREFIX,
    ['G' ... 'Q'] = NAME_STARTER, ['R'] = NAME_STARTER | CLASS_PREFIX,
    ['S' ... 'T'] = NAME_STARTER, ['U'] = NAME_STARTER | CLASS_PREFIX,
    ['V' ... 'Z'] = NAME_STARTER, ['_'] = NAME_STARTER,
    ['a'] = NAME_STARTER,         ['b'] = NAME_STARTER | CLASS_PREFIX,
    ['c' ... 'e'] = NAME_STARTER, ['f'] = NAME_STARTER | CLASS_PREFIX,
    ['g' ... 'q'] = NAME_STARTER, ['r'] = NAME_STARTER | CLASS_PREFIX,
    ['s' ... 't'] = NAME_STARTER, ['u'] = NAME_STARTER | CLASS_PREFIX,
    ['v' ... 'z'] = NAME_STARTER, [0x80 ... 0xff] = NAME_STARTER,
};
static inline uint8_t class_of(char c) { return byte_class[(uint8_t)c]; }

void lexer_init(Lexer *lexer, Arena *arena, NameTable *names, const char *text, size_t size,
                SyntaxFault *fault) {
  memset(lexer, 0, offsetof(Lexer, paren_stack));
  lexer->arena = arena;
  lexer->names = names;
  lexer->text = lexer->at = lexer->line_start = lexer->buffer_start = text;
  lexer->text_end = text + size;
  lexer->line = 0; /* the first line begins with the first token */
  lexer->first_line = 1;
  lexer->at_line_start = true;
  lexer->fault = fault;
  lexer->indent_stack[0] = lexer->alternative_stack[0] = 0;
}

/* ---- faults ---- */

static size_t line_length(const char *line) { return strcspn(line, "\n"); }

int utf8_count(const char *text, size_t size) {
  int count = 0;
  for (size_t i = 0; i < size; i++) count += ((uint8_t)text[i] & 0xC0) != 0x80;
  return count;
}

/* The code point at *at, which moves behind it. The text is valid UTF-8 (surrogates allowed). */
static uint32_t utf8_read(const char **at) {
  size_t i = 0;
  uint32_t c = utf8_next((const uint8_t *)*at, &i);
  *at += i;
  return c;
}

static char *format_message(Arena *arena, const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  int size = vsnprintf(NULL, 0, format, again);
  va_end(again);
  char *message = arena_alloc(arena, (size_t)size + 1);
  vsnprintf(message, (size_t)size + 1, format, args);
  return message;
}

static TokenKind set_fault(Lexer *lexer, const char *message, int column, int end_column) {
  size_t length = line_length(lexer->line_start);
  *lexer->fault = (SyntaxFault){
      .kind = FAULT_SYNTAX_ERROR,
      .message = message,
      .line = lexer->line,
      .end_line = lexer->line,
      .column = column,
      .end_column = end_column < 0 ? column : end_column,
      .text = arena_copy(lexer->arena, lexer->line_start, length),
      .text_size = length,
  };
  return TOKEN_ERROR;
}

TokenKind lexer_fail(Lexer *lexer, const char *format, ...) {
  va_list args;
  va_start(args, format);
  char *message = format_message(lexer->arena, format, args);
  va_end(args);
  return set_fault(lexer, message,
                   utf8_count(lexer->line_start, (size_t)(lexer->at - lexer->line_start)), -1);
}

TokenKind lexer_fail_range(Lexer *lexer, int column, int end_column, const char *message) {
  return set_fault(lexer, message, column, end_column);
}

int lexer_told_column(const Lexer *lexer, const char *text, size_t size, const char *line,
                      int column) {
  if (column <= 0) return column;
  if (!lexer->tells_bytes) {
    if ((size_t)column > size + 1) return utf8_count(text, size) + 1;
    return utf8_count(text, (size_t)column);
  }
  int told = column;
  for (int i = 0; i < lexer->bad_count; i++) { /* in the source they are fewer */
    const char *at = lexer->text + lexer->bad[i].offset;
    if (at >= line && at < line + column - 1) told -= 3 - lexer->bad[i].count;
  }
  return told;
}

/* Faults that CPython's parser words for its tokenizer. The column is in bytes of the text shown,
** from 1. */
static COLD TokenKind fail_with_code(Lexer *lexer, FaultKind kind, const char *message, int column,
                                     int end_column) {
  const char *text = lexer->buffer_start, *end = lexer->line_start + line_length(lexer->line_start);
  size_t size = (size_t)(end - text) + (*end == '\n');
  lexer->fault_is_code = true;
  *lexer->fault = (SyntaxFault){
      .kind = kind,
      .message = message,
      .line = lexer->line,
      .end_line = lexer->line,
      .column = lexer_told_column(lexer, text, size, lexer->line_start, column),
      .end_column = end_column,
      .text = arena_copy(lexer->arena, text, size),
      .text_size = size,
  };
  return TOKEN_ERROR;
}

void lexer_warn(Lexer *lexer, SyntaxWarningKind kind, const char *format, ...) {
  if (!lexer->warnings || lexer->quiet) return;
  va_list args;
  va_start(args, format);
  char *message = format_message(lexer->arena, format, args);
  va_end(args);
  SyntaxWarning *warning = ARENA_NEW(lexer->arena, SyntaxWarning);
  size_t length = line_length(lexer->line_start);
  *warning = (SyntaxWarning){
      .kind = kind,
      .message = message,
      .line = lexer->line,
      .end_line = lexer->line,
      .column = utf8_count(lexer->line_start, (size_t)(lexer->at - lexer->line_start)),
      .end_column = utf8_count(lexer->line_start, (size_t)(lexer->at - lexer->line_start)),
      .text = arena_copy(lexer->arena, lexer->line_start, length),
      .text_size = length,
  };
  SyntaxWarning **end = lexer->warnings;
  while (*end) end = &(*end)->next;
  *end = warning;
}

/* ---- bytes that are not UTF-8 ---- */

const BadBytes *lexer_find_bad(const Lexer *lexer, const char *start, const char *end) {
  for (int i = 0; i < lexer->bad_count; i++) {
    const char *at = lexer->text + lexer->bad[i].offset;
    if (at >= start && at < end) return &lexer->bad[i];
  }
  return NULL;
}

const char *bad_bytes_message(const Lexer *lexer, const BadBytes *bad, const char *start,
                              const char *end) {
  const char *at = lexer->text + bad->offset, *reason = bad->reason;
  if (at + 3 == end && strcmp(reason, "invalid continuation byte") == 0)
    reason = "unexpected end of data";
  size_t position = (size_t)(at - start);
  char message[160];
  int size;
  if (bad->count > 1)
    size = snprintf(message, sizeof(message),
                    "(unicode error) 'utf-8' codec can't decode bytes in position %zu-%zu: %s",
                    position, position + bad->count - 1, reason);
  else
    size = snprintf(message, sizeof(message),
                    "(unicode error) 'utf-8' codec can't decode byte 0x%02x in position %zu: %s",
                    bad->first, position, reason);
  return arena_copy(lexer->arena, message, (size_t)size);
}

/* ---- names ---- */

static NOINLINE bool check_identifier(Lexer *lexer, const char *start, const char *end) {
  const char *at = start;
  const BadBytes *bad = lexer->bad_count ? lexer_find_bad(lexer, start, end) : NULL;
  if (bad) {
    fail_with_code(lexer, FAULT_SYNTAX_ERROR, bad_bytes_message(lexer, bad, start, end),
                   (int)(end - lexer->line_start), -1);
    return false;
  }
  while (at < end) {
    const char *here = at;
    uint32_t c = utf8_read(&at);
    if (unicode_is(c, here == start ? UNICODE_XID_START : UNICODE_XID_CONTINUE)) continue;
    lexer->at = at;
    if (unicode_is_printable(c)) {
      lexer_fail(lexer, "invalid character '%.*s' (U+%04X)", (int)(at - here), here, c);
    } else {
      lexer_fail(lexer, "invalid non-printable character U+%04X", c);
    }
    return false;
  }
  return true;
}

static NOINLINE Name *intern_normalised(Lexer *lexer, const char *start, size_t size) {
  Buffer normal;
  buffer_init(&normal);
  bool changed = unicode_nfkc_utf8((const uint8_t *)start, size, &normal);
  if (normal.failed) arena_fail(lexer->arena);
  Name *name = changed ? name_intern(lexer->names, (const char *)normal.bytes, normal.size)
                       : name_intern(lexer->names, start, size);
  buffer_deinit(&normal);
  return name;
}

static TokenKind lex_name(Lexer *lexer, Token *token, const char *start) {
  const char *at = start;
  uint32_t hash = 0;
  uint8_t any = 0;
  do {
    hash = NAME_HASH_STEP(hash, *at);
    any |= (uint8_t)*at++;
  } while (class_of(*at) & CLASS_NAME);
  lexer->at = at;
  if (UNLIKELY(any & 0x80)) {
    if (!check_identifier(lexer, start, at)) return TOKEN_ERROR;
    token->name = intern_normalised(lexer, start, (size_t)(at - start));
    return TOKEN_NAME; /* keywords are ASCII before normalisation */
  }
  token->name = name_intern_hashed(lexer->names, start, (size_t)(at - start), hash);
  return token->name->keyword ? token->name->keyword : TOKEN_NAME;
}

/* ---- strings ---- */

/* The opening quote if a string with prefix starts here, else NULL. */
static const char *find_prefixed_quote(const char *at) {
  bool b = false, r = false, u = false, f = false;
  for (;; at++) {
    switch (*at | 0x20) {
    case 'b':
      if (b || u || f) return NULL;
      b = true;
      continue;
    case 'u':
      if (b || u || r || f) return NULL;
      u = true;
      continue;
    case 'r':
      if (r || u) return NULL;
      r = true;
      continue;
    case 'f':
      if (f || b || u) return NULL;
      f = true;
      continue;
    }
    return *at == '"' || *at == '\'' ? at : NULL;
  }
}

static COLD TokenKind fail_unterminated(Lexer *lexer, const char *end, bool triple) {
  int last_line = lexer->line;
  lexer->ended_in_string = *end == 0;
  if (end >= lexer->read_end) lexer->read_end = end + (*end != 0);
  lexer->at = lexer->token_start + 1;
  lexer->line_start = lexer->string_line_start;
  lexer->line = lexer->string_line;
  return lexer_fail(lexer,
                    triple ? "unterminated triple-quoted string literal (detected at line %d)"
                           : "unterminated string literal (detected at line %d)",
                    last_line);
}

/* The line at whose start `at` stands goes on with what the one before began. The end of the text
** is no line. */
static inline void join_line(Lexer *lexer, const char *at) {
  if (at == lexer->text_end || at < lexer->read_end) return;
  lexer->line++;
  lexer->line_start = at;
}

static TokenKind lex_string(Lexer *lexer, const char *at) {
  char quote = *at++;
  lexer->string_start = lexer->token_start;
  lexer->string_line_start = lexer->line_start;
  lexer->string_line = lexer->line;
  bool triple = at[0] == quote && at[1] == quote;
  if (triple) {
    at += 2;
  } else if (*at == quote) {
    lexer->at = at + 1;
    return TOKEN_STRING;
  }
  for (;;) {
    char c = *at++;
    if (c == quote) {
      if (!triple) break;
      if (at[0] == quote && at[1] == quote) {
        at += 2;
        break;
      }
    } else if (c == '\\') {
      c = *at;
      if (c) at++;
      if (c == '\n') join_line(lexer, at);
    } else if (c == '\n') {
      if (!triple) return fail_unterminated(lexer, at - 1, false);
      join_line(lexer, at);
    } else if (c == 0) {
      return fail_unterminated(lexer, at - 1, triple);
    }
  }
  lexer->at = at;
  return TOKEN_STRING;
}

/* ---- lines ---- */

const char *lexer_read_end(const Lexer *lexer) {
  const char *end = lexer->line_start + line_length(lexer->line_start);
  end += *end == '\n';
  return end < lexer->read_end ? lexer->read_end : end;
}

static COLD bool fail_indent(Lexer *lexer, FaultKind kind, const char *message) {
  lexer->at = lexer_read_end(lexer);
  fail_with_code(lexer, kind, message, 1, 0);
  return false;
}

/* The parser words this one: it stands at the end of the line. */
static COLD bool fail_dedent(Lexer *lexer) {
  lexer->at = lexer_read_end(lexer);
  fail_with_code(lexer, FAULT_INDENTATION_ERROR,
                 "unindent does not match any outer indentation level",
                 (int)(lexer->at - lexer->line_start), -1);
  return false;
}

/* After a backslash at `at`: moves to the next line. */
static bool continue_line(Lexer *lexer, const char *at) {
  if (*at != '\n') {
    lexer->at = at + (*at != 0);
    fail_with_code(lexer, FAULT_SYNTAX_ERROR,
                   "unexpected character after line continuation character",
                   (int)(lexer->at - lexer->buffer_start), 0);
    return false;
  }
  at++;
  lexer->at = at;
  if (at == lexer->text_end) {
    lexer->stopped_by_eof = true;
    lexer->at_eof = true;
    return false;
  }
  join_line(lexer, at);
  return true;
}

/* Reads the white space that a line begins with, and sets `pending` from it. *blank: nothing but a
** comment follows. */
static bool read_indentation(Lexer *lexer, bool *blank) {
  const char *at = lexer->at;
  int column = 0, alternative = 0, continued = 0;
  lexer->at_line_start = false;
  if (at != lexer->text_end && at >= lexer->read_end) {
    lexer->line++;
    lexer->line_start = lexer->buffer_start = at;
  }
  for (;; at++) {
    if (*at == ' ') {
      column++, alternative++;
    } else if (*at == '\t') {
      column = (column / 8 + 1) * 8, alternative++;
    } else if (*at == '\f') {
      column = alternative = 0;
    } else if (*at == '\\') { /* the indentation is that before the first backslash */
      if (!continued) continued = column;
      if (!continue_line(lexer, at + 1)) return false;
      lexer->buffer_start = lexer->line_start;
      at = lexer->at - 1;
    } else {
      break;
    }
  }
  lexer->at = at;
  if (*at == '#' || *at == '\n') {
    *blank = true;
    return true;
  }
  if (lexer->parens) return true;
  if (continued) column = alternative = continued;
  int *top = &lexer->indents;
  if (column > lexer->indent_stack[*top]) {
    if (*top + 1 >= LEXER_MAX_INDENTS)
      return fail_indent(lexer, FAULT_INDENTATION_ERROR, "too many levels of indentation");
    if (alternative <= lexer->alternative_stack[*top]) goto inconsistent;
    lexer->pending++;
    ++*top;
    lexer->indent_stack[*top] = column;
    lexer->alternative_stack[*top] = alternative;
    return true;
  }
  while (*top > 0 && column < lexer->indent_stack[*top]) {
    lexer->pending--;
    --*top;
  }
  if (column != lexer->indent_stack[*top]) return fail_dedent(lexer);
  if (alternative == lexer->alternative_stack[*top]) return true;
inconsistent:
  return fail_indent(lexer, FAULT_TAB_ERROR, "inconsistent use of tabs and spaces in indentation");
}

/* A type comment at `at` (its '#'): TYPE_COMMENT, TYPE_IGNORE, or ENDMARKER for an ordinary one. */
static TokenKind lex_type_comment(Lexer *lexer, Token *token, const char *at, bool blank) {
  const char *end = at + line_length(at);
  for (const char *prefix = "# type: "; *prefix; prefix++) {
    if (*prefix == ' ') {
      while (*at == ' ' || *at == '\t') at++;
    } else if (*at++ != *prefix) {
      return TOKEN_ENDMARKER;
    }
  }
  const char *ignore_end = at + 6;
  lexer->at = end;
  lexer->token_start = at;
  if (end < ignore_end || memcmp(at, "ignore", 6) != 0) return TOKEN_TYPE_COMMENT;
  bool goes_on = end > ignore_end && ((uint8_t)*ignore_end >= 128 ||
                                      (class_of(*ignore_end) & CLASS_NAME && *ignore_end != '_'));
  if (goes_on) return TOKEN_TYPE_COMMENT;
  lexer->token_start = ignore_end;
  token->end_line = lexer->line;
  if (blank && *end == '\n') {
    lexer->at_line_start = true;
    lexer->at = end; /* the newline is eaten by the caller, after the token's end is taken */
  }
  return TOKEN_TYPE_IGNORE;
}

/* ---- operators ---- */

static TokenKind open_paren(Lexer *lexer, char opener, TokenKind kind) {
  if (lexer->parens >= LEXER_MAX_PARENS) return lexer_fail(lexer, "too many nested parentheses");
  lexer->paren_stack[lexer->parens].opener = opener;
  lexer->paren_stack[lexer->parens].line = lexer->line;
  lexer->paren_stack[lexer->parens].column = (int)(lexer->token_start - lexer->line_start);
  lexer->parens++;
  return kind;
}

static TokenKind close_paren(Lexer *lexer, char closer, char opener, TokenKind kind) {
  if (!lexer->parens) return lexer_fail(lexer, "unmatched '%c'", closer);
  lexer->parens--;
  char opened = lexer->paren_stack[lexer->parens].opener;
  if (opened == opener) return kind;
  int line = lexer->paren_stack[lexer->parens].line;
  if (line != lexer->line)
    return lexer_fail(lexer,
                      "closing parenthesis '%c' does not match opening parenthesis '%c' on line %d",
                      closer, opened, line);
  return lexer_fail(lexer, "closing parenthesis '%c' does not match opening parenthesis '%c'",
                    closer, opened);
}

#define ONE(kind) return lexer->at = at + 1, TOKEN_##kind
#define TWO(kind) return lexer->at = at + 2, TOKEN_##kind
#define THREE(kind) return lexer->at = at + 3, TOKEN_##kind
#define WITH_EQUAL(kind, assigning) \
  return at[1] == '=' ? (lexer->at = at + 2, TOKEN_##assigning) : (lexer->at = at + 1, TOKEN_##kind)

static TokenKind lex_operator(Lexer *lexer, const char *at) {
  lexer->at = at + 1;
  switch (*at) {
  case '(': return open_paren(lexer, '(', TOKEN_LPAR);
  case '[': return open_paren(lexer, '[', TOKEN_LSQB);
  case '{': return open_paren(lexer, '{', TOKEN_LBRACE);
  case ')': return close_paren(lexer, ')', '(', TOKEN_RPAR);
  case ']': return close_paren(lexer, ']', '[', TOKEN_RSQB);
  case '}': return close_paren(lexer, '}', '{', TOKEN_RBRACE);
  case ',': return TOKEN_COMMA;
  case ';': return TOKEN_SEMI;
  case '~': return TOKEN_TILDE;
  case '.':
    if (at[1] == '.' && at[2] == '.') THREE(ELLIPSIS);
    return TOKEN_DOT;
  case ':': WITH_EQUAL(COLON, COLONEQUAL);
  case '=': WITH_EQUAL(EQUAL, EQEQUAL);
  case '+': WITH_EQUAL(PLUS, PLUSEQUAL);
  case '%': WITH_EQUAL(PERCENT, PERCENTEQUAL);
  case '@': WITH_EQUAL(AT, ATEQUAL);
  case '&': WITH_EQUAL(AMPER, AMPEREQUAL);
  case '|': WITH_EQUAL(VBAR, VBAREQUAL);
  case '^': WITH_EQUAL(CIRCUMFLEX, CIRCUMFLEXEQUAL);
  case '-':
    if (at[1] == '>') TWO(RARROW);
    WITH_EQUAL(MINUS, MINEQUAL);
  case '*':
    if (at[1] != '*') WITH_EQUAL(STAR, STAREQUAL);
    if (at[2] == '=') THREE(DOUBLESTAREQUAL);
    TWO(DOUBLESTAR);
  case '/':
    if (at[1] != '/') WITH_EQUAL(SLASH, SLASHEQUAL);
    if (at[2] == '=') THREE(DOUBLESLASHEQUAL);
    TWO(DOUBLESLASH);
  case '<':
    if (at[1] == '>') TWO(NOTEQUAL);
    if (at[1] != '<') WITH_EQUAL(LESS, LESSEQUAL);
    if (at[2] == '=') THREE(LEFTSHIFTEQUAL);
    TWO(LEFTSHIFT);
  case '>':
    if (at[1] != '>') WITH_EQUAL(GREATER, GREATEREQUAL);
    if (at[2] == '=') THREE(RIGHTSHIFTEQUAL);
    TWO(RIGHTSHIFT);
  case '!':
    if (at[1] == '=') TWO(NOTEQUAL);
    return TOKEN_UNKNOWN;
  }
  if ((uint8_t)*at < 0x20 || *at == 0x7f)
    return lexer_fail(lexer, "invalid non-printable character U+%04X", (unsigned)(uint8_t)*at);
  return TOKEN_UNKNOWN;
}
#undef ONE
#undef TWO
#undef THREE
#undef WITH_EQUAL

/* ---- the next token ---- */

static COLD TokenKind end_of_text(Lexer *lexer) {
  lexer->at_eof = true;
  if (!lexer->parens) return TOKEN_ENDMARKER;
  lexer->stopped_by_eof = true;
  return TOKEN_ERROR;
}

/* The kind of the next token; token_start and `at` enclose it, token_start is NULL when it has no
** text. */
static TokenKind scan(Lexer *lexer, Token *token) {
  bool blank;
next_line:
  blank = false;
  lexer->token_start = NULL;
  if (lexer->at_line_start && !read_indentation(lexer, &blank)) return TOKEN_ERROR;
  if (lexer->pending) {
    bool dedent = lexer->pending < 0;
    lexer->pending += dedent ? 1 : -1;
    return dedent ? TOKEN_DEDENT : TOKEN_INDENT;
  }
again:;
  const char *at = lexer->at;
  while (class_of(*at) & CLASS_BLANK) at++;
  lexer->token_start = at;
  uint8_t class = class_of(*at);
  if (LIKELY(class & CLASS_NAME_START)) {
    if (class & CLASS_PREFIX) {
      const char *quote = find_prefixed_quote(at);
      if (quote) return lex_string(lexer, quote);
    }
    return lex_name(lexer, token, at);
  }
  switch (*at) {
  case '#':
    if (lexer->type_comments) {
      TokenKind kind = lex_type_comment(lexer, token, at, blank);
      if (kind != TOKEN_ENDMARKER) return kind;
      lexer->token_start = at;
    }
    at += line_length(at);
    if (*at != '\n') {
      lexer->at = at;
      lexer->token_start = NULL;
      return end_of_text(lexer);
    }
    FALLTHROUGH; /* the NEWLINE begins where the comment does */
  case '\n':
    lexer->at_line_start = true;
    lexer->at = at + 1;
    if (blank || lexer->parens) goto next_line;
    return TOKEN_NEWLINE;
  case '\\':
    if (!continue_line(lexer, at + 1)) return TOKEN_ERROR;
    goto again;
  case '\'':
  case '"': return lex_string(lexer, at);
  case '0' ... '9': return lexer_number(lexer) ? TOKEN_NUMBER : TOKEN_ERROR;
  case '.':
    if (at[1] >= '0' && at[1] <= '9') return lexer_number(lexer) ? TOKEN_NUMBER : TOKEN_ERROR;
    break;
  case 0:
    lexer->at = at;
    lexer->token_start = NULL;
    return end_of_text(lexer);
  }
  return lex_operator(lexer, at);
}

/* single_input: the end of the text is a NEWLINE first, and closes open blocks unless told not
** to. */
static TokenKind end_single_input(Lexer *lexer, TokenKind kind) {
  if (kind != TOKEN_ENDMARKER || !lexer->started) {
    lexer->started = true;
    return kind;
  }
  lexer->started = false;
  if (lexer->indents && !lexer->dont_imply_dedent) {
    lexer->pending = -lexer->indents;
    lexer->indents = 0;
  }
  return TOKEN_NEWLINE;
}

TokenKind lexer_next(Lexer *lexer, Token *token) {
  token->name = NULL;
  TokenKind kind = scan(lexer, token);
  if (UNLIKELY(lexer->single_input)) kind = end_single_input(lexer, kind);
  token->kind = (uint8_t)kind;
  token->line = token->end_line = lexer->line;
  const char *start = lexer->token_start;
  if (UNLIKELY(!start || kind == TOKEN_ERROR)) {
    token->start = token->end = (uint32_t)(lexer->at - lexer->text);
    token->column = -1;
    return kind;
  }
  token->start = (uint32_t)(start - lexer->text);
  token->end = (uint32_t)(lexer->at - lexer->text) - (kind == TOKEN_NEWLINE);
  const char *line_start = lexer->line_start;
  if (kind == TOKEN_STRING) {
    token->line = lexer->string_line;
    line_start = lexer->string_line_start;
  }
  token->column = (int32_t)(start - line_start);
  if (UNLIKELY(lexer->column_shift) && lexer->line == lexer->first_line)
    token->column += lexer->column_shift;
  if (UNLIKELY(kind == TOKEN_TYPE_IGNORE && lexer->at_line_start)) lexer->at++;
  return kind;
}

int token_end_column(const Lexer *lexer, const Token *token) {
  if (token->column < 0) return -1;
  if (LIKELY(token->line == token->end_line))
    return token->column + (int)(token->end - token->start);
  const char *end = lexer->text + token->end, *at = end;
  while (at[-1] != '\n') at--;
  return (int)(end - at);
}

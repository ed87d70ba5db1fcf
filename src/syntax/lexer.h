/* lexer.h -- prepared source text to tokens, one at a time.
**
** The text is UTF-8 with '\n' line ends and a NUL behind it (source.c sees to that), so that
** scanning needs no bounds. Laws: a token's bytes are text[start..end); columns are byte offsets in
** the line, -1 for tokens without text (INDENT, DEDENT, ENDMARKER); after TOKEN_ERROR the fault is
** set and `at`, `line` and `line_start` stay where CPython's tokenizer would stand, because error
** positions are made from them. A lexer over the expression of an f-string starts at a line and
** column of the enclosing text. */
#ifndef KRAIT_LEXER_H
#define KRAIT_LEXER_H

#include "src/syntax/names.h"
#include "src/syntax/parser.h"

typedef enum TokenKind {
#define TOKEN(KIND, text) \
  TOKEN_##KIND            \
  ,
#include "src/syntax/token.def"
  TOKEN_COUNT
} TokenKind;

typedef enum SoftKeyword { SOFT_NONE, SOFT_MATCH, SOFT_CASE, SOFT_UNDERSCORE } SoftKeyword;

typedef struct Token {
  Name *name;          /* NAME and keywords */
  uint32_t start, end; /* byte offsets in the lexer's text */
  int32_t line, column, end_line;
  uint8_t kind;  /* TokenKind */
  uint8_t level; /* parentheses open behind it; only in the explaining parser */
} Token;

/* BadBytes: bytes of the source that are not UTF-8, for which the text has U+FFFD. */
typedef struct BadBytes {
  uint32_t offset; /* of the U+FFFD in the text */
  uint8_t first, count;
  const char *reason; /* of the decoder */
} BadBytes;

enum { LEXER_MAX_PARENS = 200, LEXER_MAX_INDENTS = 100 };

typedef struct Lexer {
  Arena *arena;
  NameTable *names;
  const char *text, *text_end; /* [borrowed] whole text; *text_end == 0 */
  const char *at;              /* next byte */
  const char *line_start;      /* of the current line */
  int line, first_line;        /* current; that of text[0] */
  int column_shift;            /* added to columns on the first line: f-string expressions */
  int parens;                  /* nesting level */
  /* depth of the stack; INDENTs (> 0) or DEDENTs (< 0) still to hand out */
  int indents, pending;
  bool at_line_start;
  bool type_comments;
  bool at_eof; /* end of text reached */
  bool barry_as_bdfl;
  /* the error: ended inside parentheses or after a backslash; the fault is not set */
  bool stopped_by_eof;
  /* the fault is of the kind that CPython's tokenizer leaves to the parser to word */
  bool fault_is_code;
  bool ended_in_string; /* the error: a string runs to the end of the text */
  /* behind a string without end, which `at` went back to: lines before this are no new ones */
  const char *read_end;
  /* start of the current line, or of the first of those that a token or backslash joins */
  const char *buffer_start;
  bool single_input; /* ENDMARKER comes first as NEWLINE */
  bool dont_imply_dedent;
  bool started; /* single_input: a token came since the last implied NEWLINE */
  bool quiet;   /* second run over the same text: warnings are known already */
  /* no encoding is known: the parser's faults tell columns in bytes, as CPython's do */
  bool tells_bytes;
  const BadBytes *bad; /* [borrowed] bad_count of them */
  int bad_count;
  /* start of the newest string token: its line's start and number */
  const char *string_start;
  const char *string_line_start;
  int string_line;
  SyntaxFault *fault;
  SyntaxWarning **warnings; /* end of the list, or NULL */
  const char *token_start;  /* of the token being made */
  struct {
    char opener;
    int line, column;
  } paren_stack[LEXER_MAX_PARENS];
  int indent_stack[LEXER_MAX_INDENTS], alternative_stack[LEXER_MAX_INDENTS];
} Lexer;

void lexer_init(Lexer *lexer, Arena *arena, NameTable *names, const char *text, size_t size,
                SyntaxFault *fault);
/* lexer_next: the next token into *token; its kind. */
TokenKind lexer_next(Lexer *lexer, Token *token);

/* lexer_read_end: behind the last line that has been read. */
const char *lexer_read_end(const Lexer *lexer);
int token_end_column(const Lexer *lexer, const Token *token);
const char *token_kind_name(TokenKind kind);
/* keyword_find: the keyword's TokenKind, or 0; *soft receives a SoftKeyword. */
TokenKind keyword_find(const char *text, size_t size, uint8_t *soft);

/* utf8_count: characters in `size` bytes. */
int utf8_count(const char *text, size_t size);

/* lexer_told_column: what a fault tells of a column in bytes, from 1, of the shown text, which may
** begin above the fault's line; 0 and less stand for themselves. */
int lexer_told_column(const Lexer *lexer, const char *text, size_t size, const char *line,
                      int column);

/* lexer_fail: sets the fault as CPython's tokenizer does: the position is `at` in the current
** line. */
COLD TokenKind lexer_fail(Lexer *lexer, const char *format, ...) PRINTF_LIKE(2, 3);
/* lexer_fail_range: the same with columns, from 1, as they are shown. */
COLD TokenKind lexer_fail_range(Lexer *lexer, int column, int end_column, const char *message);
/* lexer_find_bad: the first bad bytes in [start, end), or NULL. */
const BadBytes *lexer_find_bad(const Lexer *lexer, const char *start, const char *end);
/* bad_bytes_message: what decoding [start, end) alone would complain of. */
const char *bad_bytes_message(const Lexer *lexer, const BadBytes *bad, const char *start,
                              const char *end);
/* lexer_number: scans the number whose first byte is at token_start; false: the fault is set. */
MUST_USE bool lexer_number(Lexer *lexer);
/* lexer_warn: appends a warning at the current position. */
COLD void lexer_warn(Lexer *lexer, SyntaxWarningKind kind, const char *format, ...)
    PRINTF_LIKE(3, 4);

#endif

/* parse.h -- the parser's state, shared by the parse_*.c files, literals, f-strings and the
** explaining parser. Private.
**
** Failure is sticky: parser_fail moves `at` to a token of kind ERROR that nothing accepts, so every
** loop ends and every function may go on with the placeholder node it gets; only the entry point
** and the few places that try two readings look at `failed`. Law: a tree made while `failed` is set
** is never used. Reading fast, a failure says nothing. Explaining (peg.c) it records the fault; the
** first one wins. */
#ifndef KRAIT_PARSE_H
#define KRAIT_PARSE_H

#include "src/syntax/lexer.h"
#include "vm/base/buffer.h"

/* Of the place `at` in the text of a token that begins at `start`: newlines before it, and the last
** one (start: there is none). */
typedef struct FStringPlace {
  const char *start, *at, *line_start;
  int newlines;
} FStringPlace;

/* Where `async` and `await` are keywords for versions before 3.7: within an `async def`, until a
** line that stands no deeper than it. */
typedef struct AsyncPlace {
  bool is_inside, has_line; /* has_line: the line of the `async def` is over */
  int indents;              /* of that line */
} AsyncPlace;

typedef struct Parser {
  Arena *arena;
  NameTable *names;
  const ParseOptions *options;
  SyntaxFault *fault;
  const Token *at; /* the next token */
  Token *tokens;   /* [owned unless in `few`] `count` of them so far */
  int count, capacity;
  int depth; /* nesting of the recursive descent */
  bool failed;
  bool explaining;      /* faults are recorded, tokens come on demand */
  bool in_fstring;      /* the text is the expression of an f-string */
  FStringPlace fstring; /* how far the lines of an f-string token have been counted */
  AstSeq type_ignores;
  AsyncPlace async;
  Token stuck[3];  /* a failed parser stands on the middle one */
  AstNode nothing; /* the placeholder */
  Lexer lexer;
  Token few[48]; /* room for short texts */
} Parser;

enum { PARSER_MAX_DEPTH = 3000 };

/* ---- state (parser.c) ---- */
void parser_init(Parser *p, Arena *arena, NameTable *names, const ParseOptions *options,
                 SyntaxFault *fault);
void parser_deinit(Parser *p);
void parser_set_text(Parser *p, const char *text, size_t size);
/* parser_fetch: one more token from the lexer behind the others; false when the lexer failed. */
bool parser_fetch(Parser *p);
void parser_fetch_all(Parser *p);
COLD AstNode *parser_fail(Parser *p);
/* parser_has_more_statements: whether anything but white space and comments follows: a fault in
** single mode. */
bool parser_has_more_statements(const char *at);

static inline const char *token_text(const Parser *p, const Token *token) {
  return p->lexer.text + token->start;
}
static inline size_t token_size(const Token *token) { return token->end - token->start; }
static inline TokenKind parser_peek(const Parser *p) { return p->at->kind; }
static inline bool parser_is(const Parser *p, TokenKind kind) { return p->at->kind == kind; }
static inline bool parser_accept(Parser *p, TokenKind kind) {
  return p->at->kind == kind ? (p->at++, true) : false;
}
static inline const Token *parser_expect(Parser *p, TokenKind kind) {
  if (LIKELY(p->at->kind == kind)) return p->at++;
  parser_fail(p);
  return p->at;
}

/* Positions. parser_span: from a token to the last one read, inside expressions, where that is
** p->at - 1. statement_span: the same past NEWLINE, INDENT and DEDENT. */
static inline AstNode span_between(const Parser *p, const Token *first, const Token *last) {
  return (AstNode){.line = first->line,
                   .column = first->column,
                   .end_line = last->end_line,
                   .end_column = token_end_column(&p->lexer, last)};
}
static inline AstNode parser_span(const Parser *p, const Token *start) {
  return span_between(p, start, p->at - 1);
}
AstNode statement_span(const Parser *p, const Token *start);

#define NEW(Kind, at, ...) AST_NEW(p->arena, Kind, (at), ##__VA_ARGS__)
#define NEW_NODE(Kind, at, ...) (&NEW(Kind, at, ##__VA_ARGS__)->node)

/* SeqBuilder: nodes in growing number, first in the builder itself. */
typedef struct SeqBuilder {
  int count, capacity;
  AstNode **items;
  AstNode *few[8];
} SeqBuilder;
void seq_grow(Parser *p, SeqBuilder *b);
static inline void seq_start(SeqBuilder *b) {
  b->count = 0;
  b->capacity = ARRAY_COUNT(b->few);
  b->items = b->few;
}
static inline void seq_add(Parser *p, SeqBuilder *b, void *node) {
  if (UNLIKELY(b->count == b->capacity)) seq_grow(p, b);
  b->items[b->count++] = node;
}
MUST_USE AstSeq seq_finish(Parser *p, SeqBuilder *b);
MUST_USE AstSeq seq_of_one(Parser *p, AstNode *node);

/* ---- expressions (parse_expression.c, parse_atom.c, parse_arguments.c) ---- */
MUST_USE AstNode *parse_expression(Parser *p); /* ternary or lambda */
MUST_USE AstNode *parse_disjunction(Parser *p);
MUST_USE AstNode *parse_bitwise_or(Parser *p);
MUST_USE AstNode *parse_primary(Parser *p);
MUST_USE AstNode *parse_named_expression(Parser *p); /* with := */
MUST_USE AstNode *parse_star_expressions(Parser *p); /* a, *b */
MUST_USE AstNode *parse_star_named_expression(Parser *p);
MUST_USE AstNode *parse_yield_or_star_expressions(Parser *p);
MUST_USE AstNode *parse_expressions(Parser *p);  /* a, b: what eval() takes */
MUST_USE AstNode *parse_star_target(Parser *p);  /* one target, stored to */
MUST_USE AstNode *parse_star_targets(Parser *p); /* for a, *b in */
MUST_USE AstSeq parse_comprehension_clauses(Parser *p);
bool is_comprehension_start(const Parser *p);
/* set_context: makes `node` a target (Store or Del), fails when it cannot be one. */
void set_context(Parser *p, AstNode *node, int context);
/* parse_call_arguments: behind '(' up to and with ')'. */
void parse_call_arguments(Parser *p, AstSeq *args, AstSeq *keywords);
MUST_USE AstArguments *parse_parameters(Parser *p, TokenKind end, bool annotated);

/* ---- statements (parse_statement.c, parse_compound.c, parse_pattern.c) ---- */
void parse_statement(Parser *p, SeqBuilder *into);
void parse_simple_statements(Parser *p, SeqBuilder *into);
MUST_USE bool parse_compound_statement(Parser *p, SeqBuilder *into); /* false: none starts here */
/* false: `match` is a name here */
MUST_USE bool parse_match_statement(Parser *p, SeqBuilder *into);
MUST_USE AstSeq parse_block(Parser *p);
const AstText *parse_type_comment(Parser *p); /* TYPE_COMMENT, if one is next */
MUST_USE AstNode *parse_program(Parser *p, ParseMode mode);

/* ---- literals (literal.c, string.c, fstring.c) ---- */
Literal number_literal(Parser *p, const Token *token);
/* parse_strings: adjacent string tokens [first, end) as Constant or JoinedStr. */
MUST_USE AstNode *parse_strings(Parser *p, const Token *first, const Token *end);
/* text_decode_escapes: appends the value of a str literal's text; false after a fault. */
MUST_USE bool text_decode_escapes(Parser *p, const Token *token, const char *text, size_t size,
                                  Buffer *out);
COLD void warn_invalid_escape(Parser *p, const Token *token, char c);

/* FStringBuilder: what adjacent strings have become so far: finished values and the literal text
** behind them. */
typedef struct FStringBuilder {
  SeqBuilder values;
  Buffer literal;
  bool is_fstring;
  AstNode span;        /* all the adjacent strings */
  const AstText *kind; /* "u" or NULL */
} FStringBuilder;
MUST_USE bool fstring_add(Parser *p, FStringBuilder *b, const Token *token, const char *text,
                          const char *end, bool raw);
MUST_USE AstNode *fstring_finish(Parser *p, FStringBuilder *b);

/* ---- faults (fault.c): while not explaining they only fail ---- */
/* parser_needs: what was just read is of Python 3.`minor`: a fault, which wins over those behind
** it, where an older one is asked for. what: "Such things are". */
COLD void fault_too_new(Parser *p, int minor, const char *what);
static inline void parser_needs(Parser *p, int minor, const char *what) {
  int version = p->options->feature_version;
  if (UNLIKELY(version && version < minor)) fault_too_new(p, minor, what);
}
/* fault_at_last: at the last token read from the text. */
COLD void fault_at_last(Parser *p, FaultKind kind, const char *format, ...) PRINTF_LIKE(3, 4);
COLD void fault_at_token(Parser *p, FaultKind kind, const Token *token, const char *format, ...)
    PRINTF_LIKE(4, 5);
/* fault_in_range: columns are byte offsets from 0; end_column -1: none. */
COLD void fault_in_range(Parser *p, FaultKind kind, AstNode range, const char *format, ...)
    PRINTF_LIKE(4, 5);
/* What CPython's parser makes of the end of the text inside parentheses or after a backslash. */
COLD void fault_unexpected_end(Parser *p);
COLD void fault_unclosed_paren(Parser *p);
COLD void fault_nested_too_deeply(Parser *p);
static inline bool fault_is_set(const Parser *p) { return p->fault->kind != FAULT_NONE; }

/* ---- explaining (peg.c): sets the fault for the text that p holds, which the fast parser refused.
** ---- */
COLD void explain_failure(Parser *p);

#endif

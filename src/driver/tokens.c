/* tokens.c -- see tokens.h. A stream owns an arena, in which the text, names and faults are.
**
** Law: between two calls the lexer stands where CPython's tokenizer would, behind faults too: what
** is wrong is told once, and the next token begins behind it; but no line is read any more, so that
** the text ends with this one. Faults that CPython leaves to its parser to word are not told: they
** are an end, behind which there may be more. */
#include "src/driver/tokens.h"

#include <ctype.h>
#include <stdlib.h>

#include "src/driver/loader.h"
#include "src/syntax/source.h"
#include "vm/base/memory.h"
#include "vm/contracts/call.h"
#include "vm/contracts/error.h"
#include "vm/objects/bytes.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

struct TokenStream {
  Arena arena;
  Lexer lexer;
  SyntaxFault fault;       /* of the last step */
  SyntaxWarning *warnings; /* not issued yet */
  Token token;             /* of the last step */
  const uint8_t *source;   /* [borrowed] while it is opened */
  size_t size;
};

/* The numbers of the library's module token. */
enum { NUMBER_OP = 54 };
static const uint8_t numbers[TOKEN_COUNT] = {
    [TOKEN_ENDMARKER] = 0,
    [TOKEN_NAME] = 1,
    [TOKEN_NUMBER] = 2,
    [TOKEN_STRING] = 3,
    [TOKEN_NEWLINE] = 4,
    [TOKEN_INDENT] = 5,
    [TOKEN_DEDENT] = 6,
    [TOKEN_LPAR] = 7,
    [TOKEN_RPAR] = 8,
    [TOKEN_LSQB] = 9,
    [TOKEN_RSQB] = 10,
    [TOKEN_COLON] = 11,
    [TOKEN_COMMA] = 12,
    [TOKEN_SEMI] = 13,
    [TOKEN_PLUS] = 14,
    [TOKEN_MINUS] = 15,
    [TOKEN_STAR] = 16,
    [TOKEN_SLASH] = 17,
    [TOKEN_VBAR] = 18,
    [TOKEN_AMPER] = 19,
    [TOKEN_LESS] = 20,
    [TOKEN_GREATER] = 21,
    [TOKEN_EQUAL] = 22,
    [TOKEN_DOT] = 23,
    [TOKEN_PERCENT] = 24,
    [TOKEN_LBRACE] = 25,
    [TOKEN_RBRACE] = 26,
    [TOKEN_EQEQUAL] = 27,
    [TOKEN_NOTEQUAL] = 28,
    [TOKEN_LESSEQUAL] = 29,
    [TOKEN_GREATEREQUAL] = 30,
    [TOKEN_TILDE] = 31,
    [TOKEN_CIRCUMFLEX] = 32,
    [TOKEN_LEFTSHIFT] = 33,
    [TOKEN_RIGHTSHIFT] = 34,
    [TOKEN_DOUBLESTAR] = 35,
    [TOKEN_PLUSEQUAL] = 36,
    [TOKEN_MINEQUAL] = 37,
    [TOKEN_STAREQUAL] = 38,
    [TOKEN_SLASHEQUAL] = 39,
    [TOKEN_PERCENTEQUAL] = 40,
    [TOKEN_AMPEREQUAL] = 41,
    [TOKEN_VBAREQUAL] = 42,
    [TOKEN_CIRCUMFLEXEQUAL] = 43,
    [TOKEN_LEFTSHIFTEQUAL] = 44,
    [TOKEN_RIGHTSHIFTEQUAL] = 45,
    [TOKEN_DOUBLESTAREQUAL] = 46,
    [TOKEN_DOUBLESLASH] = 47,
    [TOKEN_DOUBLESLASHEQUAL] = 48,
    [TOKEN_AT] = 49,
    [TOKEN_ATEQUAL] = 50,
    [TOKEN_RARROW] = 51,
    [TOKEN_ELLIPSIS] = 52,
    [TOKEN_COLONEQUAL] = 53,
    [TOKEN_UNKNOWN] = NUMBER_OP,
    [TOKEN_AWAIT] = 55,
    [TOKEN_ASYNC] = 56,
};
static int number_of(TokenKind kind) {
  bool is_keyword = kind >= TOKEN_FALSE && kind != TOKEN_AWAIT && kind != TOKEN_ASYNC;
  return numbers[is_keyword ? TOKEN_NAME : kind];
}

/* ---- opening */

static void prepare(void *data) {
  TokenStream *stream = data;
  const ParseOptions options = {.is_utf8 = true};
  SourceText text;
  if (!source_prepare(&stream->arena, stream->source, stream->size, &options, &text,
                      &stream->fault))
    return;
  lexer_init(&stream->lexer, &stream->arena, name_table_new(&stream->arena), text.text, text.size,
             &stream->fault);
  stream->lexer.warnings = &stream->warnings;
}

TokenStream *tokens_open(VM *vm, const char *text, size_t size) {
  TokenStream *stream = memory_take_zeroed(1, sizeof *stream);
  if (!stream) return raise_memory(vm), NULL;
  arena_init(&stream->arena);
  stream->source = (const uint8_t *)text, stream->size = size;
  bool is_whole = arena_run(&stream->arena, prepare, stream);
  stream->source = NULL;
  if (is_whole && stream->lexer.text) return stream;
  if (is_whole) loader_raise_fault(vm, &stream->fault, NULL);
  else raise_memory(vm);
  return tokens_close(stream), NULL;
}

void tokens_close(TokenStream *stream) {
  arena_deinit(&stream->arena);
  free(stream);
}

/* ---- the next token */

static void step(void *data) {
  TokenStream *stream = data;
  Lexer *lexer = &stream->lexer;
  stream->fault = (SyntaxFault){0};
  lexer->fault_is_code = lexer->stopped_by_eof = false;
  if (lexer_next(lexer, &stream->token) != TOKEN_ERROR) return;
  if (lexer->fault_is_code || lexer->stopped_by_eof) stream->token.kind = TOKEN_ENDMARKER;
  lexer->text_end = lexer_read_end(lexer);
  *(char *)(uintptr_t)lexer->text_end = 0; /* the text is the arena's */
}

/* The lines that the token stands in, as far as they have been read. */
static Value lines_of(VM *vm, const Lexer *lexer) {
  const char *end = lexer_read_end(lexer);
  return value_of(str_new_utf8(vm, lexer->buffer_start, (size_t)(end - lexer->buffer_start)));
}

/* (text, number, line, end line, column, end column, lines); columns count bytes, -1: no text. */
static Value describe(VM *vm, const Lexer *lexer, const Token *token) {
  const char *start = lexer->text + token->start, *end = lexer->text + token->end;
  bool has_text = token->column >= 0;
  int64_t end_column = has_text && end >= lexer->line_start ? end - lexer->line_start : -1;
  Value text = value_of(str_new_utf8(vm, start, has_text ? (size_t)(end - start) : 0));
  Value lines = lines_of(vm, lexer);
  return PACK(text, value_int_unchecked(number_of(token->kind)), value_int_unchecked(token->line),
              value_int_unchecked(token->end_line), value_int_unchecked(token->column),
              value_int_unchecked(end_column), lines);
}

/* A fault can end inside a character. What goes on from there like a name is none. */
static bool is_inside_character(const Lexer *lexer) { return (*lexer->at & 0xC0) == 0x80; }
static Value refuse_rest(VM *vm, Lexer *lexer) {
  const char *end = lexer->at;
  while ((uint8_t)*end >= 0x80 || isalnum((uint8_t)*end) || *end == '_') end++;
  Value rest = value_of(bytes_new(vm, lexer->at, (size_t)(end - lexer->at)));
  if (value_is_fail(rest)) return rest;
  lexer->at = end;
  return call_method0(vm, rest, NAME("decode")); /* UnicodeDecodeError */
}

Value tokens_next(VM *vm, TokenStream *stream) {
  if (is_inside_character(&stream->lexer)) return refuse_rest(vm, &stream->lexer);
  if (!arena_run(&stream->arena, step, stream)) return raise_memory(vm);
  if (stream->token.kind == TOKEN_ENDMARKER) return VALUE_STOP;
  Str *filename = str_new_cstr(vm, "<string>");
  if (!filename) return VALUE_FAIL;
  if (stream->token.kind == TOKEN_ERROR) {
    loader_raise_fault(vm, &stream->fault, filename);
    return VALUE_FAIL;
  }
  Value described = describe(vm, &stream->lexer, &stream->token);
  const SyntaxWarning *warnings = stream->warnings;
  stream->warnings = NULL; /* issuing them may come back here */
  return loader_issue_warnings(vm, warnings, filename) ? described : VALUE_FAIL;
}

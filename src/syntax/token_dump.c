/* token_dump.c -- the tokens of a program as text: line,column-line,column: KIND 'text', one a
** line. */
#include "src/syntax/lexer.h"
#include "src/syntax/source.h"

static const char *kind_name(TokenKind kind) {
  if (kind >= TOKEN_FALSE) return "NAME";
  return kind >= TOKEN_LPAR ? "OP" : token_kind_name(kind);
}

static void dump_token(FILE *out, const Lexer *lexer, const Token *token) {
  char place[64];
  int column = token->column < 0 ? 0 : token->column,
      end_column = token->column < 0 ? 0 : token_end_column(lexer, token);
  snprintf(place, sizeof(place), "%d,%d-%d,%d:", token->line, column, token->end_line, end_column);
  fprintf(out, "%-20s%-15s'", place, kind_name(token->kind));
  for (uint32_t i = token->start; i < token->end; i++) {
    char c = lexer->text[i];
    if (c == '\n') fputs("\\n", out);
    else if (c == '\'' || c == '\\') fprintf(out, "\\%c", c);
    else fputc(c, out);
  }
  fputs("'\n", out);
}

bool tokens_dump(FILE *out, const uint8_t *source, size_t size, const ParseOptions *options,
                 SyntaxFault *fault) {
  Arena arena;
  arena_init(&arena);
  *fault = (SyntaxFault){0};
  SourceText text;
  bool fine = source_prepare(&arena, source, size, options, &text, fault);
  if (fine) {
    Lexer lexer;
    Token token;
    TokenKind kind;
    lexer_init(&lexer, &arena, name_table_new(&arena), text.text, text.size, fault);
    lexer.type_comments = options->type_comments;
    do {
      kind = lexer_next(&lexer, &token);
      dump_token(out, &lexer, &token);
    } while (kind != TOKEN_ENDMARKER && kind != TOKEN_ERROR);
    fine = kind == TOKEN_ENDMARKER;
    if (!fine && !fault->message) fault->message = "unexpected EOF while parsing";
  }
  if (fault->message) { /* outlives the arena */
    static _Thread_local char message[256];
    snprintf(message, sizeof(message), "%s", fault->message);
    fault->message = message;
    fault->text = NULL;
  }
  arena_deinit(&arena);
  return fine;
}

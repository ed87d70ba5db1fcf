/* parser.c -- the parser's state and the entry point: see parser.h and parse.h. */
#include "vm/base/memory.h"
#include "src/syntax/parser.h"

#include <stdlib.h>

#include "src/syntax/ast_blob.h"
#include "src/syntax/parse.h"
#include "src/syntax/source.h"

/* ---- state ---- */

void parser_init(Parser *p, Arena *arena, NameTable *names, const ParseOptions *options,
                 SyntaxFault *fault) {
  memset(p, 0, offsetof(Parser, lexer));
  p->arena = arena;
  p->names = names;
  p->options = options;
  p->fault = fault;
  p->tokens = p->few;
  p->capacity = ARRAY_COUNT(p->few);
  for (size_t i = 0; i < ARRAY_COUNT(p->stuck); i++) p->stuck[i].kind = TOKEN_ERROR;
}

void parser_set_text(Parser *p, const char *text, size_t size) {
  lexer_init(&p->lexer, p->arena, p->names, text, size, p->fault);
  p->lexer.type_comments = p->options->type_comments;
}

void parser_deinit(Parser *p) {
  if (p->tokens != p->few) free(p->tokens);
}

static NOINLINE void grow_tokens(Parser *p, int capacity) {
  bool is_first = p->tokens == p->few;
  Token *tokens = memory_resize(is_first ? NULL : p->tokens, sizeof(Token) * (size_t)capacity);
  if (!tokens) arena_fail(p->arena);
  if (is_first) memcpy(tokens, p->few, sizeof(Token) * (size_t)p->count);
  p->tokens = tokens;
  p->capacity = capacity;
}

static COLD void add_type_ignore(Parser *p, const Token *token) {
  AstText *tag = arena_alloc(p->arena, sizeof(AstText) + token_size(token) + 1);
  tag->size = token_size(token);
  memcpy(tag->bytes, token_text(p, token), tag->size);
  SeqBuilder all;
  seq_start(&all);
  for (int i = 0; i < p->type_ignores.count; i++) seq_add(p, &all, p->type_ignores.items[i]);
  seq_add(p, &all, NEW(TypeIgnore, (AstNode){0}, .lineno = token->line, .tag = tag));
  p->type_ignores = seq_finish(p, &all);
}

/* stands_before_def: is the lexer's next token `def`? It stays where it is. */
static bool stands_before_def(const Parser *p) {
  Lexer ahead = p->lexer;
  SyntaxFault unseen;
  Token token;
  ahead.fault = &unseen;
  return lexer_next(&ahead, &token) == TOKEN_DEF;
}

/* settle_async: whether the token that came last is a name in the versions before 3.7. */
static COLD void settle_async(Parser *p, Token *token) {
  AsyncPlace *place = &p->async;
  switch ((TokenKind)token->kind) {
  case TOKEN_INDENT:
  case TOKEN_DEDENT:
  case TOKEN_TYPE_COMMENT: return; /* may stand alone on a line */
  case TOKEN_NEWLINE: place->has_line = true; return;
  default: break;
  }
  if (place->has_line && place->indents >= p->lexer.indents) place->is_inside = false;
  bool is_async = token->kind == TOKEN_ASYNC;
  if (place->is_inside || (!is_async && token->kind != TOKEN_AWAIT)) return;
  if (is_async && stands_before_def(p)) *place = (AsyncPlace){true, false, p->lexer.indents};
  else token->kind = TOKEN_NAME;
}

bool parser_fetch(Parser *p) {
  if (UNLIKELY(p->count == p->capacity)) grow_tokens(p, p->capacity * 2);
  Token *token = &p->tokens[p->count];
  TokenKind kind;
  while (UNLIKELY((kind = lexer_next(&p->lexer, token)) == TOKEN_TYPE_IGNORE))
    add_type_ignore(p, token);
  p->count++;
  int version = p->options->feature_version;
  if (UNLIKELY(version && version < 7)) settle_async(p, token);
  return kind != TOKEN_ERROR;
}

void parser_fetch_all(Parser *p) {
  int guess = (int)((size_t)(p->lexer.text_end - p->lexer.text) / 4) + 8;
  if (guess > p->capacity) grow_tokens(p, guess);
  while (parser_fetch(p)) {
    if (p->tokens[p->count - 1].kind != TOKEN_ENDMARKER) continue;
    break;
  }
  p->at = p->tokens;
}

AstNode *parser_fail(Parser *p) {
  p->failed = true;
  p->at = p->stuck + 1;
  return &p->nothing;
}

AstNode statement_span(const Parser *p, const Token *start) {
  const Token *last = p->at - 1;
  if (p->failed) return (AstNode){0};
  while (last > start &&
         (last->kind == TOKEN_NEWLINE || last->kind == TOKEN_INDENT || last->kind == TOKEN_DEDENT))
    last--;
  return span_between(p, start, last);
}

/* ---- sequences ---- */

void seq_grow(Parser *p, SeqBuilder *b) {
  AstNode **items = ARENA_ARRAY(p->arena, AstNode *, b->capacity * 2);
  memcpy(items, b->items, sizeof(*items) * (size_t)b->count);
  b->items = items;
  b->capacity *= 2;
}

AstSeq seq_finish(Parser *p, SeqBuilder *b) {
  if (b->count == 0) return (AstSeq){0};
  if (b->items != b->few) return (AstSeq){.count = b->count, .items = b->items};
  AstNode **items = ARENA_ARRAY(p->arena, AstNode *, b->count);
  memcpy(items, b->items, sizeof(*items) * (size_t)b->count);
  return (AstSeq){.count = b->count, .items = items};
}

AstSeq seq_of_one(Parser *p, AstNode *node) {
  AstNode **items = ARENA_NEW(p->arena, AstNode *);
  *items = node;
  return (AstSeq){.count = 1, .items = items};
}

/* ---- __future__ ---- */

static uint32_t future_flag(const Name *name) {
  static const struct {
    const char *name;
    uint32_t flag;
  } features[] = {
      {"annotations", FUTURE_ANNOTATIONS},
      {"barry_as_FLUFL", FUTURE_BARRY_AS_BDFL},
      {"division", FUTURE_DIVISION},
      {"absolute_import", FUTURE_ABSOLUTE_IMPORT},
      {"with_statement", FUTURE_WITH_STATEMENT},
      {"print_function", FUTURE_PRINT_FUNCTION},
      {"unicode_literals", FUTURE_UNICODE_LITERALS},
      {"generator_stop", FUTURE_GENERATOR_STOP},
  };
  for (size_t i = 0; i < ARRAY_COUNT(features); i++)
    if (strcmp(features[i].name, name->text) == 0) return features[i].flag;
  return 0;
}

/* Collects the features that the imports in leading position switch on; checking their names is the
 * compiler's. */
void ast_find_future_imports(Ast *ast) {
  const AstNode *root = ast->root;
  AstSeq body = root->kind == AST_Module        ? AST_AS(Module, root)->body
                : root->kind == AST_Interactive ? AST_AS(Interactive, root)->body
                                                : (AstSeq){0};
  for (int i = 0; i < body.count; i++) {
    AstNode *node = body.items[i];
    if (!node) return;
    if (node->kind == AST_ImportFrom) {
      AstImportFrom *import = AST_AS(ImportFrom, node);
      if (import->level || !import->module || strcmp(import->module->text, "__future__") != 0)
        return;
      for (int k = 0; k < import->names.count; k++)
        ast->future_flags |= future_flag(AST_AS(Alias, import->names.items[k])->name);
      ast->future_line = node->line;
      continue;
    }
    bool is_docstring = i == 0 && node->kind == AST_Expr &&
                        AST_AS(Expr, node)->value->kind == AST_Constant &&
                        AST_AS(Constant, AST_AS(Expr, node)->value)->value.tag == LITERAL_STR;
    if (!is_docstring) return;
  }
}

/* ---- a single statement ---- */

bool parser_has_more_statements(const char *at) {
  for (;;) {
    at += strspn(at, " \t\n\f\r\v");
    if (!*at) return false;
    if (*at != '#') return true;
    at += strcspn(at, "\n");
  }
}

/* ---- entry ---- */

static Ast *finish(Parser *p, AstNode *root) {
  Ast *ast = ARENA_NEW(p->arena, Ast);
  *ast =
      (Ast){.root = root, .future_flags = p->options->future, .names = p->names, .arena = p->arena};
  ast_find_future_imports(ast);
  return ast;
}

typedef struct ParseJob {
  Arena *arena;
  const uint8_t *source;
  size_t size;
  const ParseOptions *options;
  SyntaxFault *fault;
  SyntaxWarning *warnings; /* out */
  bool wants_warnings;
  Ast *ast; /* out: NULL: *fault says why */
  Parser parser;
} ParseJob;

static void parse(void *data) {
  ParseJob *job = data;
  const ParseOptions *options = job->options;
  SourceText text;
  if (!source_prepare(job->arena, job->source, job->size, options, &text, job->fault)) return;
  Parser *p = &job->parser;
  parser_init(p, job->arena, name_table_new(job->arena), options, job->fault);
  parser_set_text(p, text.text, text.size);
  p->lexer.tells_bytes = text.has_no_encoding;
  p->lexer.bad = text.bad;
  p->lexer.bad_count = text.bad_count;
  p->lexer.single_input = options->mode == PARSE_SINGLE;
  p->lexer.dont_imply_dedent = options->dont_imply_dedent;
  if (job->wants_warnings) p->lexer.warnings = &job->warnings;
  parser_fetch_all(p);
  AstNode *root = parse_program(p, options->mode);
  if (UNLIKELY(job->fault->too_new)) return;
  if (!p->failed && !(options->mode == PARSE_SINGLE &&
                      parser_has_more_statements(p->lexer.text + p->at[-1].end))) {
    *job->fault = (SyntaxFault){0};
    job->ast = finish(p, root);
  } else { /* again, slowly, for a good message; with its own warnings */
    job->warnings = NULL;
    p->explaining = true;
    explain_failure(p);
  }
}

Ast *parse_source(Arena *arena, const uint8_t *source, size_t size, const ParseOptions *options,
                  SyntaxFault *fault, SyntaxWarning **warnings) {
  static const ParseOptions no_options;
  *fault = (SyntaxFault){0};
  ParseJob job;
  memset(&job, 0, offsetof(ParseJob, parser));
  job.arena = arena, job.source = source, job.size = size, job.fault = fault;
  job.options = options ? options : &no_options;
  job.wants_warnings = warnings != NULL;
  job.parser.tokens = NULL;
  bool fine = arena_run(arena, parse, &job);
  if (!fine) *fault = (SyntaxFault){.kind = FAULT_MEMORY_ERROR};
  parser_deinit(&job.parser);
  if (warnings) {
    while (*warnings) warnings = &(*warnings)->next;
    *warnings = job.warnings;
  }
  return fine ? job.ast : NULL;
}

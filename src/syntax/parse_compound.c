/* parse_compound.c -- statements with blocks, but match (parse_pattern.c). */
#include "src/syntax/parse.h"
#include "vm/base/c_stack.h"

/* The type comment of a function stands behind the colon or on a line of its own. */
static const AstText *parse_function_type_comment(Parser *p) {
  if (LIKELY(!p->options->type_comments)) return NULL;
  if (parser_is(p, TOKEN_TYPE_COMMENT)) return parse_type_comment(p);
  bool own_line = parser_is(p, TOKEN_NEWLINE) && p->at[1].kind == TOKEN_TYPE_COMMENT &&
                  p->at[2].kind == TOKEN_NEWLINE && p->at[3].kind == TOKEN_INDENT;
  if (!own_line) return NULL;
  p->at++;
  return parse_type_comment(p);
}

AstSeq parse_block(Parser *p) {
  SeqBuilder body;
  seq_start(&body);
  if (!parser_accept(p, TOKEN_NEWLINE)) {
    parse_simple_statements(p, &body);
    return seq_finish(p, &body);
  }
  parser_expect(p, TOKEN_INDENT);
  do { parse_statement(p, &body); } while (!parser_is(p, TOKEN_DEDENT) && !p->failed);
  parser_expect(p, TOKEN_DEDENT);
  return seq_finish(p, &body);
}

static AstSeq parse_colon_block(Parser *p) {
  parser_expect(p, TOKEN_COLON);
  return parse_block(p);
}

static AstSeq parse_else(Parser *p) {
  return parser_accept(p, TOKEN_ELSE) ? parse_colon_block(p) : (AstSeq){0};
}

/* ---- if, while, for, with ---- */

static AstNode *parse_if(Parser *p) {
  const Token *start = p->at++;
  if (++p->depth >= PARSER_MAX_DEPTH || c_stack_is_low())
    return fault_nested_too_deeply(p), &p->nothing;
  AstNode *test = parse_named_expression(p);
  AstSeq body = parse_colon_block(p);
  AstSeq orelse = parser_is(p, TOKEN_ELIF) ? seq_of_one(p, parse_if(p)) : parse_else(p);
  p->depth--;
  return NEW_NODE(If, statement_span(p, start), .test = test, .body = body, .orelse = orelse);
}

static AstNode *parse_while(Parser *p) {
  const Token *start = p->at++;
  AstNode *test = parse_named_expression(p);
  AstSeq body = parse_colon_block(p), orelse = parse_else(p);
  return NEW_NODE(While, statement_span(p, start), .test = test, .body = body, .orelse = orelse);
}

static AstNode *parse_for(Parser *p, const Token *start, bool is_async) {
  p->at++;
  AstNode *target = parse_star_targets(p);
  parser_expect(p, TOKEN_IN);
  AstNode *iter = parse_star_expressions(p);
  parser_expect(p, TOKEN_COLON);
  const AstText *comment = parse_type_comment(p);
  AstSeq body = parse_block(p), orelse = parse_else(p);
  AstNode span = statement_span(p, start);
  if (is_async) parser_needs(p, 5, "Async for loops are");
  if (is_async)
    return NEW_NODE(AsyncFor, span, .target = target, .iter = iter, .body = body, .orelse = orelse,
                    .type_comment = comment);
  return NEW_NODE(For, span, .target = target, .iter = iter, .body = body, .orelse = orelse,
                  .type_comment = comment);
}

static AstNode *parse_with_item(Parser *p) {
  AstNode *context = parse_expression(p), *vars = NULL;
  if (parser_accept(p, TOKEN_AS)) vars = parse_star_target(p);
  return NEW_NODE(WithItem, (AstNode){0}, .context_expr = context, .optional_vars = vars);
}

/* `with (a as b, c):`, whose parentheses may turn out to belong to an expression: then false, and
** nothing is read. */
static bool parse_with_items_in_parens(Parser *p, SeqBuilder *items) {
  const Token *start = p->at++;
  int depth = p->depth;
  do {
    if (items->count && parser_is(p, TOKEN_RPAR)) break;
    seq_add(p, items, parse_with_item(p));
  } while (parser_accept(p, TOKEN_COMMA));
  if (parser_accept(p, TOKEN_RPAR) && parser_is(p, TOKEN_COLON) && !p->failed) return true;
  p->failed = false;
  p->depth = depth;
  p->at = start;
  seq_start(items);
  return false;
}

static AstNode *parse_with(Parser *p, const Token *start, bool is_async) {
  p->at++;
  SeqBuilder items;
  seq_start(&items);
  bool in_parens = parser_is(p, TOKEN_LPAR) && parse_with_items_in_parens(p, &items);
  if (!in_parens) {
    do { seq_add(p, &items, parse_with_item(p)); } while (parser_accept(p, TOKEN_COMMA));
  }
  parser_expect(p, TOKEN_COLON);
  const AstText *comment = parse_type_comment(p);
  AstSeq body = parse_block(p);
  if (in_parens) parser_needs(p, 9, "Parenthesized context managers are");
  AstNode span = statement_span(p, start);
  if (is_async) parser_needs(p, 5, "Async with statements are");
  if (is_async)
    return NEW_NODE(AsyncWith, span, .items = seq_finish(p, &items), .body = body,
                    .type_comment = comment);
  return NEW_NODE(With, span, .items = seq_finish(p, &items), .body = body,
                  .type_comment = comment);
}

/* ---- try ---- */

static AstNode *parse_handler(Parser *p, bool *is_star) {
  const Token *start = p->at++;
  *is_star = parser_accept(p, TOKEN_STAR);
  AstNode *type = NULL;
  const Name *name = NULL;
  if (*is_star || !parser_is(p, TOKEN_COLON)) {
    type = parse_expression(p);
    if (parser_accept(p, TOKEN_AS)) name = parser_expect(p, TOKEN_NAME)->name;
  }
  AstSeq body = parse_colon_block(p);
  return NEW_NODE(ExceptHandler, statement_span(p, start), .type = type, .name = name,
                  .body = body);
}

static AstNode *parse_try(Parser *p) {
  const Token *start = p->at++;
  AstSeq body = parse_colon_block(p), orelse = {0}, finalbody = {0};
  SeqBuilder handlers;
  seq_start(&handlers);
  bool any_star = false, is_star;
  while (parser_is(p, TOKEN_EXCEPT)) {
    AstNode *handler = parse_handler(p, &is_star);
    if (handlers.count && is_star != any_star) parser_fail(p);
    any_star = is_star;
    seq_add(p, &handlers, handler);
  }
  if (handlers.count) orelse = parse_else(p);
  if (parser_accept(p, TOKEN_FINALLY)) finalbody = parse_colon_block(p);
  else if (!handlers.count) parser_fail(p);
  AstNode span = statement_span(p, start);
  if (any_star) parser_needs(p, 11, "Exception groups are");
  if (any_star)
    return NEW_NODE(TryStar, span, .body = body, .handlers = seq_finish(p, &handlers),
                    .orelse = orelse, .finalbody = finalbody);
  return NEW_NODE(Try, span, .body = body, .handlers = seq_finish(p, &handlers), .orelse = orelse,
                  .finalbody = finalbody);
}

/* ---- def, class ---- */

static AstNode *parse_function(Parser *p, const Token *start, AstSeq decorators, bool is_async) {
  parser_expect(p, TOKEN_DEF);
  const Name *name = parser_expect(p, TOKEN_NAME)->name;
  parser_expect(p, TOKEN_LPAR);
  AstArguments *args = parse_parameters(p, TOKEN_RPAR, true);
  parser_expect(p, TOKEN_RPAR);
  AstNode *returns = parser_accept(p, TOKEN_RARROW) ? parse_expression(p) : NULL;
  parser_expect(p, TOKEN_COLON);
  const AstText *comment = parse_function_type_comment(p);
  AstSeq body = parse_block(p);
  AstNode span = statement_span(p, start);
  if (is_async) parser_needs(p, 5, "Async functions are");
  if (is_async)
    return NEW_NODE(AsyncFunctionDef, span, .name = name, .args = args, .body = body,
                    .decorator_list = decorators, .returns = returns, .type_comment = comment);
  return NEW_NODE(FunctionDef, span, .name = name, .args = args, .body = body,
                  .decorator_list = decorators, .returns = returns, .type_comment = comment);
}

static AstNode *parse_class(Parser *p, AstSeq decorators) {
  const Token *start = p->at++;
  const Name *name = parser_expect(p, TOKEN_NAME)->name;
  AstSeq bases = {0}, keywords = {0};
  if (parser_accept(p, TOKEN_LPAR)) {
    const Token *open = p->at - 1;
    parse_call_arguments(p, &bases, &keywords);
    bool bare_generator = bases.count == 1 && bases.items[0]->kind == AST_GeneratorExp &&
                          bases.items[0]->column == open->column &&
                          bases.items[0]->line == open->line;
    if (bare_generator) parser_fail(p);
  }
  AstSeq body = parse_colon_block(p);
  return NEW_NODE(ClassDef, statement_span(p, start), .name = name, .bases = bases,
                  .keywords = keywords, .body = body, .decorator_list = decorators);
}

static AstNode *parse_decorated(Parser *p) {
  SeqBuilder decorators;
  seq_start(&decorators);
  while (parser_accept(p, TOKEN_AT)) {
    seq_add(p, &decorators, parse_named_expression(p));
    parser_expect(p, TOKEN_NEWLINE);
  }
  AstSeq list = seq_finish(p, &decorators);
  const Token *start = p->at;
  if (parser_is(p, TOKEN_CLASS)) return parse_class(p, list);
  bool is_async = parser_accept(p, TOKEN_ASYNC);
  return parse_function(p, start, list, is_async);
}

static AstNode *parse_async(Parser *p) {
  const Token *start = p->at++;
  switch (parser_peek(p)) {
  case TOKEN_DEF: return parse_function(p, start, (AstSeq){0}, true);
  case TOKEN_FOR: return parse_for(p, start, true);
  case TOKEN_WITH: return parse_with(p, start, true);
  default: return parser_fail(p);
  }
}

bool parse_compound_statement(Parser *p, SeqBuilder *into) {
  AstNode *node;
  switch (parser_peek(p)) {
  case TOKEN_NAME:
    return UNLIKELY(p->at->name->soft == SOFT_MATCH) && parse_match_statement(p, into);
  case TOKEN_IF: node = parse_if(p); break;
  case TOKEN_WHILE: node = parse_while(p); break;
  case TOKEN_FOR: node = parse_for(p, p->at, false); break;
  case TOKEN_WITH: node = parse_with(p, p->at, false); break;
  case TOKEN_TRY: node = parse_try(p); break;
  case TOKEN_DEF: node = parse_function(p, p->at, (AstSeq){0}, false); break;
  case TOKEN_CLASS: node = parse_class(p, (AstSeq){0}); break;
  case TOKEN_AT: node = parse_decorated(p); break;
  case TOKEN_ASYNC: node = parse_async(p); break;
  default: return false;
  }
  seq_add(p, into, node);
  return true;
}

/* parse_statement.c -- statements of one line, and what a program of each mode consists of. */
#include "src/syntax/parse.h"

const AstText *parse_type_comment(Parser *p) {
  if (LIKELY(!parser_is(p, TOKEN_TYPE_COMMENT))) return NULL;
  const Token *token = p->at++;
  AstText *text = arena_alloc(p->arena, sizeof(AstText) + token_size(token) + 1);
  text->size = token_size(token);
  memcpy(text->bytes, token_text(p, token), text->size);
  return text;
}

/* ---- assignments and expression statements ---- */

static int augmented_operator(TokenKind kind) {
  switch (kind) {
  case TOKEN_PLUSEQUAL: return OPERATOR_Add;
  case TOKEN_MINEQUAL: return OPERATOR_Sub;
  case TOKEN_STAREQUAL: return OPERATOR_Mult;
  case TOKEN_ATEQUAL: return OPERATOR_MatMult;
  case TOKEN_SLASHEQUAL: return OPERATOR_Div;
  case TOKEN_PERCENTEQUAL: return OPERATOR_Mod;
  case TOKEN_AMPEREQUAL: return OPERATOR_BitAnd;
  case TOKEN_VBAREQUAL: return OPERATOR_BitOr;
  case TOKEN_CIRCUMFLEXEQUAL: return OPERATOR_BitXor;
  case TOKEN_LEFTSHIFTEQUAL: return OPERATOR_LShift;
  case TOKEN_RIGHTSHIFTEQUAL: return OPERATOR_RShift;
  case TOKEN_DOUBLESTAREQUAL: return OPERATOR_Pow;
  case TOKEN_DOUBLESLASHEQUAL: return OPERATOR_FloorDiv;
  default: return -1;
  }
}

static bool is_single_target(const AstNode *node) {
  return node->kind == AST_Name || node->kind == AST_Attribute || node->kind == AST_Subscript;
}

static AstNode *parse_assignment(Parser *p, const Token *start, AstNode *first) {
  SeqBuilder targets;
  seq_start(&targets);
  AstNode *value = first;
  while (parser_accept(p, TOKEN_EQUAL)) {
    set_context(p, value, CONTEXT_Store);
    seq_add(p, &targets, value);
    value = parse_yield_or_star_expressions(p);
  }
  const AstText *comment = parse_type_comment(p);
  return NEW_NODE(Assign, parser_span(p, start), .targets = seq_finish(p, &targets), .value = value,
                  .type_comment = comment);
}

static AstNode *parse_annotated_assignment(Parser *p, const Token *start, AstNode *target) {
  p->at++;
  if (!is_single_target(target)) return parser_fail(p);
  bool simple = target->kind == AST_Name && !(target->flags & NODE_PARENTHESISED);
  set_context(p, target, CONTEXT_Store);
  AstNode *annotation = parse_expression(p);
  AstNode *value = parser_accept(p, TOKEN_EQUAL) ? parse_yield_or_star_expressions(p) : NULL;
  parser_needs(p, 6, simple ? "Variable annotation syntax is" : "Variable annotations syntax is");
  return NEW_NODE(AnnAssign, parser_span(p, start), .target = target, .annotation = annotation,
                  .value = value, .simple = simple);
}

static AstNode *parse_expression_statement(Parser *p) {
  const Token *start = p->at;
  AstNode *first = parse_yield_or_star_expressions(p);
  switch (parser_peek(p)) {
  case TOKEN_NEWLINE:
  case TOKEN_SEMI: break;
  case TOKEN_EQUAL: return parse_assignment(p, start, first);
  case TOKEN_COLON: return parse_annotated_assignment(p, start, first);
  default: {
    int operator= augmented_operator(parser_peek(p));
    if (operator<0) break;
    p->at++;
    if (!is_single_target(first)) return parser_fail(p);
    set_context(p, first, CONTEXT_Store);
    AstNode *value = parse_yield_or_star_expressions(p);
    if (operator== OPERATOR_MatMult) parser_needs(p, 5, "The '@' operator is");
    return NEW_NODE(AugAssign, parser_span(p, start), .target = first, .op = (uint8_t) operator,
                    .value = value);
  }
  }
  return NEW_NODE(Expr, parser_span(p, start), .value = first);
}

/* ---- keyword statements ---- */

static bool is_statement_end(const Parser *p) {
  return parser_is(p, TOKEN_NEWLINE) || parser_is(p, TOKEN_SEMI);
}

static AstNode *parse_return(Parser *p) {
  const Token *start = p->at++;
  AstNode *value = is_statement_end(p) ? NULL : parse_star_expressions(p);
  return NEW_NODE(Return, parser_span(p, start), .value = value);
}

static AstNode *parse_raise(Parser *p) {
  const Token *start = p->at++;
  AstNode *exc = NULL, *cause = NULL;
  if (!is_statement_end(p)) {
    exc = parse_expression(p);
    if (parser_accept(p, TOKEN_FROM)) cause = parse_expression(p);
  }
  return NEW_NODE(Raise, parser_span(p, start), .exc = exc, .cause = cause);
}

static AstNode *parse_assert(Parser *p) {
  const Token *start = p->at++;
  AstNode *test = parse_expression(p);
  AstNode *msg = parser_accept(p, TOKEN_COMMA) ? parse_expression(p) : NULL;
  return NEW_NODE(Assert, parser_span(p, start), .test = test, .msg = msg);
}

static AstNode *parse_delete(Parser *p) {
  const Token *start = p->at++;
  SeqBuilder targets;
  seq_start(&targets);
  do {
    AstNode *target = parse_primary(p);
    set_context(p, target, CONTEXT_Del);
    seq_add(p, &targets, target);
  } while (parser_accept(p, TOKEN_COMMA) && !is_statement_end(p));
  return NEW_NODE(Delete, parser_span(p, start), .targets = seq_finish(p, &targets));
}

static AstNameSeq parse_names(Parser *p) {
  const Name *few[16], **names = few;
  int count = 0, room = ARRAY_COUNT(few);
  do {
    if (count == room) {
      const Name **more = ARENA_ARRAY(p->arena, const Name *, room * 2);
      memcpy(more, names, sizeof(*names) * (size_t)room);
      names = more;
      room *= 2;
    }
    names[count++] = parser_expect(p, TOKEN_NAME)->name;
  } while (parser_accept(p, TOKEN_COMMA));
  AstNameSeq seq = {.count = count, .items = ARENA_ARRAY(p->arena, const Name *, count)};
  memcpy(seq.items, names, sizeof(*names) * (size_t)count);
  return seq;
}

static AstNode *parse_global(Parser *p) {
  const Token *start = p->at++;
  AstNameSeq names = parse_names(p);
  return NEW_NODE(Global, parser_span(p, start), .names = names);
}

static AstNode *parse_nonlocal(Parser *p) {
  const Token *start = p->at++;
  AstNameSeq names = parse_names(p);
  return NEW_NODE(Nonlocal, parser_span(p, start), .names = names);
}

/* ---- imports ---- */

static const Name *parse_dotted_name(Parser *p) {
  const Token *first = parser_expect(p, TOKEN_NAME);
  if (LIKELY(!parser_is(p, TOKEN_DOT))) return first->name;
  Buffer text;
  buffer_init(&text);
  if (!p->failed) buffer_add(&text, first->name->text, first->name->size);
  while (parser_accept(p, TOKEN_DOT)) {
    const Name *name = parser_expect(p, TOKEN_NAME)->name;
    if (p->failed) break;
    buffer_add_byte(&text, '.');
    buffer_add(&text, name->text, name->size);
  }
  if (text.failed) arena_fail(p->arena);
  const Name *name = name_intern(p->names, (const char *)text.bytes, text.size);
  buffer_deinit(&text);
  return name;
}

static const Name *parse_as_name(Parser *p) {
  return parser_accept(p, TOKEN_AS) ? parser_expect(p, TOKEN_NAME)->name : NULL;
}

static AstNode *parse_import(Parser *p) {
  const Token *start = p->at++;
  SeqBuilder names;
  seq_start(&names);
  do {
    const Token *first = p->at;
    const Name *name = parse_dotted_name(p), *asname = parse_as_name(p);
    seq_add(p, &names, NEW(Alias, parser_span(p, first), .name = name, .asname = asname));
  } while (parser_accept(p, TOKEN_COMMA));
  return NEW_NODE(Import, parser_span(p, start), .names = seq_finish(p, &names));
}

static AstSeq parse_imported_names(Parser *p) {
  SeqBuilder names;
  seq_start(&names);
  const Token *first = p->at;
  if (parser_accept(p, TOKEN_STAR)) {
    const Name *star = name_intern_text(p->names, "*");
    return seq_of_one(p, NEW_NODE(Alias, parser_span(p, first), .name = star));
  }
  bool paren = parser_accept(p, TOKEN_LPAR);
  do {
    if (paren && names.count && parser_is(p, TOKEN_RPAR)) break;
    first = p->at;
    const Name *name = parser_expect(p, TOKEN_NAME)->name, *asname = parse_as_name(p);
    seq_add(p, &names, NEW(Alias, parser_span(p, first), .name = name, .asname = asname));
  } while (parser_accept(p, TOKEN_COMMA));
  if (paren) parser_expect(p, TOKEN_RPAR);
  return seq_finish(p, &names);
}

static AstNode *parse_from_import(Parser *p) {
  const Token *start = p->at++;
  int level = 0;
  for (;;) {
    if (parser_accept(p, TOKEN_DOT)) level++;
    else if (parser_accept(p, TOKEN_ELLIPSIS)) level += 3;
    else break;
  }
  const Name *module = level && parser_is(p, TOKEN_IMPORT) ? NULL : parse_dotted_name(p);
  parser_expect(p, TOKEN_IMPORT);
  AstSeq names = parse_imported_names(p);
  return NEW_NODE(ImportFrom, parser_span(p, start), .module = module, .names = names,
                  .level = level);
}

/* ---- lines ---- */

static AstNode *parse_simple_statement(Parser *p) {
  const Token *start = p->at;
  switch (parser_peek(p)) {
  case TOKEN_PASS: p->at++; return NEW_NODE(Pass, parser_span(p, start));
  case TOKEN_BREAK: p->at++; return NEW_NODE(Break, parser_span(p, start));
  case TOKEN_CONTINUE: p->at++; return NEW_NODE(Continue, parser_span(p, start));
  case TOKEN_RETURN: return parse_return(p);
  case TOKEN_RAISE: return parse_raise(p);
  case TOKEN_ASSERT: return parse_assert(p);
  case TOKEN_DEL: return parse_delete(p);
  case TOKEN_GLOBAL: return parse_global(p);
  case TOKEN_NONLOCAL: return parse_nonlocal(p);
  case TOKEN_IMPORT: return parse_import(p);
  case TOKEN_FROM: return parse_from_import(p);
  default: return parse_expression_statement(p);
  }
}

void parse_simple_statements(Parser *p, SeqBuilder *into) {
  do {
    seq_add(p, into, parse_simple_statement(p));
  } while (parser_accept(p, TOKEN_SEMI) && !parser_is(p, TOKEN_NEWLINE));
  parser_expect(p, TOKEN_NEWLINE);
}

void parse_statement(Parser *p, SeqBuilder *into) {
  if (!parse_compound_statement(p, into)) parse_simple_statements(p, into);
}

/* ---- programs ---- */

static AstNode *parse_module(Parser *p) {
  SeqBuilder body;
  seq_start(&body);
  while (!parser_is(p, TOKEN_ENDMARKER) && !p->failed) parse_statement(p, &body);
  return NEW_NODE(Module, (AstNode){0}, .body = seq_finish(p, &body),
                  .type_ignores = p->type_ignores);
}

static AstNode *parse_interactive(Parser *p) {
  SeqBuilder body;
  seq_start(&body);
  const Token *start = p->at;
  if (parser_accept(p, TOKEN_NEWLINE)) {
    seq_add(p, &body, NEW(Pass, parser_span(p, start)));
  } else if (parse_compound_statement(p, &body)) {
    parser_expect(p, TOKEN_NEWLINE);
  } else {
    parse_simple_statements(p, &body);
  }
  return NEW_NODE(Interactive, (AstNode){0}, .body = seq_finish(p, &body));
}

static void expect_end(Parser *p) {
  while (parser_accept(p, TOKEN_NEWLINE)) {}
  parser_expect(p, TOKEN_ENDMARKER);
}

/* The parameter types of a `# type:` signature: expressions, then *expression, then
** **expression. */
static AstNode *parse_function_type(Parser *p) {
  SeqBuilder types;
  seq_start(&types);
  parser_expect(p, TOKEN_LPAR);
  bool saw_star = false, saw_double = false;
  while (!parser_is(p, TOKEN_RPAR) && !p->failed) {
    bool star = parser_accept(p, TOKEN_STAR), doubled = !star && parser_accept(p, TOKEN_DOUBLESTAR);
    if ((star && saw_star) || saw_double || (!star && !doubled && saw_star)) return parser_fail(p);
    saw_star |= star, saw_double |= doubled;
    seq_add(p, &types, parse_expression(p));
    if (!parser_accept(p, TOKEN_COMMA)) break;
    if (parser_is(p, TOKEN_RPAR)) return parser_fail(p);
  }
  parser_expect(p, TOKEN_RPAR);
  parser_expect(p, TOKEN_RARROW);
  AstNode *returns = parse_expression(p);
  expect_end(p);
  return NEW_NODE(FunctionType, (AstNode){0}, .argtypes = seq_finish(p, &types),
                  .returns = returns);
}

AstNode *parse_program(Parser *p, ParseMode mode) {
  switch (mode) {
  case PARSE_EXEC: return parse_module(p);
  case PARSE_SINGLE: return parse_interactive(p);
  case PARSE_FUNC_TYPE: return parse_function_type(p);
  case PARSE_EVAL: break;
  }
  AstNode *body = parse_expressions(p);
  expect_end(p);
  return NEW_NODE(Expression, (AstNode){0}, .body = body);
}

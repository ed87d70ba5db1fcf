/* parse_expression.c -- operators, lambda, ternary, targets: everything from star_expressions down
** to *primaries.
**
** Binary operators climb by one table of precedences; left-recursive rules are loops.
*/
#include "src/syntax/parse.h"
#include "vm/base/c_stack.h"

/* ---- binary operators ---- */

typedef struct BinaryRow {
  uint8_t precedence; /* 0: not a binary operator; higher binds tighter */
  uint8_t operator;
} BinaryRow;

static const BinaryRow binary_rows[TOKEN_COUNT] = {
    [TOKEN_VBAR] = {1, OPERATOR_BitOr},        [TOKEN_CIRCUMFLEX] = {2, OPERATOR_BitXor},
    [TOKEN_AMPER] = {3, OPERATOR_BitAnd},      [TOKEN_LEFTSHIFT] = {4, OPERATOR_LShift},
    [TOKEN_RIGHTSHIFT] = {4, OPERATOR_RShift}, [TOKEN_PLUS] = {5, OPERATOR_Add},
    [TOKEN_MINUS] = {5, OPERATOR_Sub},         [TOKEN_STAR] = {6, OPERATOR_Mult},
    [TOKEN_SLASH] = {6, OPERATOR_Div},         [TOKEN_DOUBLESLASH] = {6, OPERATOR_FloorDiv},
    [TOKEN_PERCENT] = {6, OPERATOR_Mod},       [TOKEN_AT] = {6, OPERATOR_MatMult},
};

static bool enter(Parser *p) {
  if (LIKELY(++p->depth < PARSER_MAX_DEPTH && !c_stack_is_low())) return true;
  fault_nested_too_deeply(p);
  return false;
}
#define LEAVE(p) ((p)->depth--)

static AstNode *parse_factor(Parser *p);

static AstNode *parse_power(Parser *p) {
  const Token *start = p->at;
  AstNode *left;
  if (parser_accept(p, TOKEN_AWAIT)) {
    AstNode *value = parse_primary(p);
    parser_needs(p, 5, "Await expressions are");
    left = NEW_NODE(Await, parser_span(p, start), .value = value);
  } else {
    left = parse_primary(p);
  }
  if (LIKELY(!parser_accept(p, TOKEN_DOUBLESTAR))) return left;
  if (!enter(p)) return &p->nothing;
  AstNode *right = parse_factor(p);
  LEAVE(p);
  return NEW_NODE(BinOp, parser_span(p, start), .left = left, .op = OPERATOR_Pow, .right = right);
}

static NOINLINE AstNode *parse_unary(Parser *p, int operator) {
  if (!enter(p)) return &p->nothing;
  const Token *start = p->at++;
  AstNode *operand = parse_factor(p);
  LEAVE(p);
  return NEW_NODE(UnaryOp, parser_span(p, start), .op = (uint8_t) operator, .operand = operand);
}

static AstNode *parse_factor(Parser *p) {
  switch (parser_peek(p)) {
  case TOKEN_MINUS: return parse_unary(p, UNARYOP_USub);
  case TOKEN_PLUS: return parse_unary(p, UNARYOP_UAdd);
  case TOKEN_TILDE: return parse_unary(p, UNARYOP_Invert);
  default: return parse_power(p);
  }
}

static AstNode *parse_binary(Parser *p, int least) {
  const Token *start = p->at;
  AstNode *left = parse_factor(p);
  for (;;) {
    BinaryRow row = binary_rows[parser_peek(p)];
    if (row.precedence < least) return left;
    p->at++;
    AstNode *right = parse_binary(p, row.precedence + 1);
    if (row.operator== OPERATOR_MatMult) parser_needs(p, 5, "The '@' operator is");
    left = NEW_NODE(BinOp, parser_span(p, start), .left = left, .op = row.operator, .right = right);
  }
}

AstNode *parse_bitwise_or(Parser *p) { return parse_binary(p, 1); }

/* ---- comparisons and boolean operators ---- */

/* The comparison operator that stands here, which is skipped; -1: none. */
static int accept_comparison(Parser *p) {
  switch (parser_peek(p)) {
  case TOKEN_EQEQUAL: p->at++; return CMPOP_Eq;
  case TOKEN_NOTEQUAL: {
    bool is_diamond = *token_text(p, p->at) == '<';
    if (is_diamond != ((p->options->future & FUTURE_BARRY_AS_BDFL) != 0)) return -1;
    p->at++;
    return CMPOP_NotEq;
  }
  case TOKEN_LESS: p->at++; return CMPOP_Lt;
  case TOKEN_LESSEQUAL: p->at++; return CMPOP_LtE;
  case TOKEN_GREATER: p->at++; return CMPOP_Gt;
  case TOKEN_GREATEREQUAL: p->at++; return CMPOP_GtE;
  case TOKEN_IN: p->at++; return CMPOP_In;
  case TOKEN_NOT:
    if (p->at[1].kind != TOKEN_IN) return -1;
    p->at += 2;
    return CMPOP_NotIn;
  case TOKEN_IS: p->at++; return parser_accept(p, TOKEN_NOT) ? CMPOP_IsNot : CMPOP_Is;
  default: return -1;
  }
}

static NOINLINE AstNode *parse_comparison_tail(Parser *p, const Token *start, AstNode *left,
                                               int operator) {
  SeqBuilder operands;
  uint8_t few[16], *operators = few;
  int count = 0, room = ARRAY_COUNT(few);
  seq_start(&operands);
  for (; operator>= 0; operator= accept_comparison(p)) {
    if (count == room) {
      uint8_t *more = ARENA_ARRAY(p->arena, uint8_t, room * 2);
      memcpy(more, operators, (size_t)room);
      operators = more;
      room *= 2;
    }
    operators[count++] = (uint8_t) operator;
    seq_add(p, &operands, parse_bitwise_or(p));
  }
  AstEnumSeq ops = {.count = count, .items = ARENA_ARRAY(p->arena, uint8_t, count)};
  memcpy(ops.items, operators, (size_t)count);
  return NEW_NODE(Compare, parser_span(p, start), .left = left, .ops = ops,
                  .comparators = seq_finish(p, &operands));
}

static AstNode *parse_inversion(Parser *p) {
  if (UNLIKELY(parser_is(p, TOKEN_NOT))) {
    if (!enter(p)) return &p->nothing;
    const Token *start = p->at++;
    AstNode *operand = parse_inversion(p);
    LEAVE(p);
    return NEW_NODE(UnaryOp, parser_span(p, start), .op = UNARYOP_Not, .operand = operand);
  }
  const Token *start = p->at;
  AstNode *left = parse_bitwise_or(p);
  int operator= accept_comparison(p);
  return LIKELY(operator<0) ? left : parse_comparison_tail(p, start, left, operator);
}

static AstNode *parse_boolean(Parser *p, TokenKind kind, int operator,
                              AstNode * (*parse_operand)(Parser *), AstNode *first,
                              const Token *start) {
  SeqBuilder values;
  seq_start(&values);
  seq_add(p, &values, first);
  while (parser_accept(p, kind)) seq_add(p, &values, parse_operand(p));
  return NEW_NODE(BoolOp, parser_span(p, start), .op = (uint8_t) operator,
                  .values = seq_finish(p, &values));
}

static AstNode *parse_conjunction(Parser *p) {
  const Token *start = p->at;
  AstNode *left = parse_inversion(p);
  if (LIKELY(!parser_is(p, TOKEN_AND))) return left;
  return parse_boolean(p, TOKEN_AND, BOOLOP_And, parse_inversion, left, start);
}

AstNode *parse_disjunction(Parser *p) {
  const Token *start = p->at;
  AstNode *left = parse_conjunction(p);
  if (LIKELY(!parser_is(p, TOKEN_OR))) return left;
  return parse_boolean(p, TOKEN_OR, BOOLOP_Or, parse_conjunction, left, start);
}

/* ---- expressions ---- */

static AstNode *parse_lambda(Parser *p) {
  const Token *start = parser_expect(p, TOKEN_LAMBDA);
  AstArguments *args = parse_parameters(p, TOKEN_COLON, false);
  parser_expect(p, TOKEN_COLON);
  AstNode *body = parse_expression(p);
  return NEW_NODE(Lambda, parser_span(p, start), .args = args, .body = body);
}

AstNode *parse_expression(Parser *p) {
  if (!enter(p)) return &p->nothing;
  const Token *start = p->at;
  AstNode *node;
  if (UNLIKELY(parser_is(p, TOKEN_LAMBDA))) {
    node = parse_lambda(p);
  } else {
    node = parse_disjunction(p);
    if (UNLIKELY(parser_accept(p, TOKEN_IF))) {
      AstNode *test = parse_disjunction(p);
      parser_expect(p, TOKEN_ELSE);
      AstNode *orelse = parse_expression(p);
      node = NEW_NODE(IfExp, parser_span(p, start), .test = test, .body = node, .orelse = orelse);
    }
  }
  LEAVE(p);
  return node;
}

AstNode *parse_named_expression(Parser *p) {
  if (parser_is(p, TOKEN_NAME) && p->at[1].kind == TOKEN_COLONEQUAL) {
    const Token *start = p->at;
    AstNode *target =
        NEW_NODE(Name, span_between(p, start, start), .id = start->name, .ctx = CONTEXT_Store);
    p->at += 2;
    AstNode *value = parse_expression(p);
    parser_needs(p, 8, "Assignment expressions are");
    return NEW_NODE(NamedExpr, parser_span(p, start), .target = target, .value = value);
  }
  AstNode *node = parse_expression(p);
  if (UNLIKELY(parser_is(p, TOKEN_COLONEQUAL))) parser_fail(p);
  return node;
}

static AstNode *parse_starred(Parser *p) {
  const Token *start = parser_expect(p, TOKEN_STAR);
  AstNode *value = parse_bitwise_or(p);
  return NEW_NODE(Starred, parser_span(p, start), .value = value, .ctx = CONTEXT_Load);
}

AstNode *parse_star_named_expression(Parser *p) {
  return parser_is(p, TOKEN_STAR) ? parse_starred(p) : parse_named_expression(p);
}

static AstNode *parse_star_expression(Parser *p) {
  return parser_is(p, TOKEN_STAR) ? parse_starred(p) : parse_expression(p);
}

/* Whether an expression can start here: what tells a trailing comma from one that separates. */
static bool is_expression_start(const Parser *p) {
  switch (parser_peek(p)) {
  case TOKEN_NAME:
  case TOKEN_NUMBER:
  case TOKEN_STRING:
  case TOKEN_LPAR:
  case TOKEN_LSQB:
  case TOKEN_LBRACE:
  case TOKEN_ELLIPSIS:
  case TOKEN_PLUS:
  case TOKEN_MINUS:
  case TOKEN_STAR:
  case TOKEN_TILDE:
  case TOKEN_FALSE:
  case TOKEN_NONE:
  case TOKEN_TRUE:
  case TOKEN_AWAIT:
  case TOKEN_LAMBDA:
  case TOKEN_NOT: return true;
  default: return false;
  }
}

static NOINLINE AstNode *parse_tuple_tail(Parser *p, const Token *start, AstNode *first,
                                          AstNode *(*parse_item)(Parser *)) {
  SeqBuilder items;
  seq_start(&items);
  seq_add(p, &items, first);
  while (parser_accept(p, TOKEN_COMMA) && is_expression_start(p)) seq_add(p, &items, parse_item(p));
  return NEW_NODE(Tuple, parser_span(p, start), .elts = seq_finish(p, &items), .ctx = CONTEXT_Load);
}

AstNode *parse_star_expressions(Parser *p) {
  const Token *start = p->at;
  AstNode *first = parse_star_expression(p);
  if (LIKELY(!parser_is(p, TOKEN_COMMA))) return first;
  return parse_tuple_tail(p, start, first, parse_star_expression);
}

AstNode *parse_expressions(Parser *p) {
  const Token *start = p->at;
  AstNode *first = parse_expression(p);
  if (LIKELY(!parser_is(p, TOKEN_COMMA))) return first;
  return parse_tuple_tail(p, start, first, parse_expression);
}

static NOINLINE AstNode *parse_yield(Parser *p) {
  const Token *start = p->at++;
  if (parser_accept(p, TOKEN_FROM)) {
    AstNode *value = parse_expression(p);
    return NEW_NODE(YieldFrom, parser_span(p, start), .value = value);
  }
  AstNode *value = is_expression_start(p) ? parse_star_expressions(p) : NULL;
  return NEW_NODE(Yield, parser_span(p, start), .value = value);
}

AstNode *parse_yield_or_star_expressions(Parser *p) {
  return parser_is(p, TOKEN_YIELD) ? parse_yield(p) : parse_star_expressions(p);
}

/* ---- targets ---- */

void set_context(Parser *p, AstNode *node, int context) {
  switch (node->kind) {
  case AST_Name: AST_AS(Name, node)->ctx = (uint8_t)context; return;
  case AST_Attribute: AST_AS(Attribute, node)->ctx = (uint8_t)context; return;
  case AST_Subscript: AST_AS(Subscript, node)->ctx = (uint8_t)context; return;
  case AST_Starred:
    if (context == CONTEXT_Del) break;
    AST_AS(Starred, node)->ctx = (uint8_t)context;
    set_context(p, AST_AS(Starred, node)->value, context);
    return;
  case AST_List:
  case AST_Tuple: {
    AstSeq *elts = node->kind == AST_List ? &AST_AS(List, node)->elts : &AST_AS(Tuple, node)->elts;
    for (int i = 0; i < elts->count; i++) set_context(p, elts->items[i], context);
    if (node->kind == AST_List) AST_AS(List, node)->ctx = (uint8_t)context;
    else AST_AS(Tuple, node)->ctx = (uint8_t)context;
    return;
  }
  default: break;
  }
  parser_fail(p);
}

AstNode *parse_star_target(Parser *p) {
  AstNode *target = parser_is(p, TOKEN_STAR) ? parse_starred(p) : parse_bitwise_or(p);
  set_context(p, target, CONTEXT_Store);
  return target;
}

AstNode *parse_star_targets(Parser *p) {
  const Token *start = p->at;
  AstNode *first = parse_star_target(p);
  if (!parser_is(p, TOKEN_COMMA)) return first;
  AstNode *tuple = parse_tuple_tail(p, start, first, parse_star_target);
  if (tuple->kind == AST_Tuple) AST_AS(Tuple, tuple)->ctx = CONTEXT_Store;
  return tuple;
}

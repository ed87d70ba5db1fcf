/* parse_atom.c -- atoms and what follows them: displays, comprehensions, groups, attributes,
** subscripts, calls. */
#include "src/syntax/parse.h"

static AstNode *parse_name(Parser *p) {
  const Token *token = p->at++;
  return NEW_NODE(Name, span_between(p, token, token), .id = token->name, .ctx = CONTEXT_Load);
}

static AstNode *parse_constant(Parser *p, LiteralTag tag) {
  const Token *token = p->at++;
  return NEW_NODE(Constant, span_between(p, token, token), .value = {.tag = tag});
}

static AstNode *parse_number(Parser *p) {
  const Token *token = p->at++;
  Literal value = number_literal(p, token);
  if (UNLIKELY(p->options->feature_version) && memchr(token_text(p, token), '_', token_size(token)))
    parser_needs(p, 6, "Underscores in numeric literals are");
  return NEW_NODE(Constant, span_between(p, token, token), .value = value);
}

static AstNode *parse_string_atom(Parser *p) {
  const Token *first = p->at++;
  while (parser_is(p, TOKEN_STRING)) p->at++;
  return parse_strings(p, first, p->at);
}

/* ---- comprehensions ---- */

bool is_comprehension_start(const Parser *p) {
  return parser_is(p, TOKEN_FOR) || (parser_is(p, TOKEN_ASYNC) && p->at[1].kind == TOKEN_FOR);
}

static AstNode *parse_comprehension_clause(Parser *p) {
  bool is_async = parser_accept(p, TOKEN_ASYNC);
  parser_expect(p, TOKEN_FOR);
  AstNode *target = parse_star_targets(p);
  parser_expect(p, TOKEN_IN);
  AstNode *iter = parse_disjunction(p);
  SeqBuilder ifs;
  seq_start(&ifs);
  while (parser_accept(p, TOKEN_IF)) seq_add(p, &ifs, parse_disjunction(p));
  if (is_async) parser_needs(p, 6, "Async comprehensions are");
  return NEW_NODE(Comprehension, (AstNode){0}, .target = target, .iter = iter,
                  .ifs = seq_finish(p, &ifs), .is_async = is_async);
}

AstSeq parse_comprehension_clauses(Parser *p) {
  SeqBuilder clauses;
  seq_start(&clauses);
  do { seq_add(p, &clauses, parse_comprehension_clause(p)); } while (is_comprehension_start(p));
  return seq_finish(p, &clauses);
}

/* ---- displays ---- */

/* The rest of a display's items behind the first one, up to `closer`, which is skipped. */
static AstSeq parse_display_items(Parser *p, AstNode *first, TokenKind closer) {
  SeqBuilder items;
  seq_start(&items);
  seq_add(p, &items, first);
  while (parser_accept(p, TOKEN_COMMA) && !parser_is(p, closer))
    seq_add(p, &items, parse_star_named_expression(p));
  parser_expect(p, closer);
  return seq_finish(p, &items);
}

static AstNode *parse_paren(Parser *p) {
  const Token *start = p->at++;
  if (parser_accept(p, TOKEN_RPAR))
    return NEW_NODE(Tuple, parser_span(p, start), .ctx = CONTEXT_Load);
  if (parser_is(p, TOKEN_YIELD)) {
    AstNode *node = parse_yield_or_star_expressions(p);
    parser_expect(p, TOKEN_RPAR);
    node->flags |= NODE_PARENTHESISED;
    return node;
  }
  AstNode *first = parse_star_named_expression(p);
  if (parser_is(p, TOKEN_COMMA)) {
    AstSeq elts = parse_display_items(p, first, TOKEN_RPAR);
    return NEW_NODE(Tuple, parser_span(p, start), .elts = elts, .ctx = CONTEXT_Load);
  }
  if (first->kind == AST_Starred && !(first->flags & NODE_PARENTHESISED)) return parser_fail(p);
  if (is_comprehension_start(p)) {
    AstSeq generators = parse_comprehension_clauses(p);
    parser_expect(p, TOKEN_RPAR);
    return NEW_NODE(GeneratorExp, parser_span(p, start), .elt = first, .generators = generators);
  }
  parser_expect(p, TOKEN_RPAR);
  first->flags |= NODE_PARENTHESISED;
  return first;
}

static AstNode *parse_list(Parser *p) {
  const Token *start = p->at++;
  if (parser_accept(p, TOKEN_RSQB))
    return NEW_NODE(List, parser_span(p, start), .ctx = CONTEXT_Load);
  AstNode *first = parse_star_named_expression(p);
  if (is_comprehension_start(p) && first->kind != AST_Starred) {
    AstSeq generators = parse_comprehension_clauses(p);
    parser_expect(p, TOKEN_RSQB);
    return NEW_NODE(ListComp, parser_span(p, start), .elt = first, .generators = generators);
  }
  AstSeq elts = parse_display_items(p, first, TOKEN_RSQB);
  return NEW_NODE(List, parser_span(p, start), .elts = elts, .ctx = CONTEXT_Load);
}

/* One `key: value` or `**mapping` (key NULL). */
static void parse_dict_item(Parser *p, AstNode **key, AstNode **value) {
  if (parser_accept(p, TOKEN_DOUBLESTAR)) {
    *key = NULL;
    *value = parse_bitwise_or(p);
    return;
  }
  *key = parse_expression(p);
  parser_expect(p, TOKEN_COLON);
  *value = parse_expression(p);
}

static AstNode *parse_dict_tail(Parser *p, const Token *start, AstNode *key, AstNode *value) {
  if (key && is_comprehension_start(p)) {
    AstSeq generators = parse_comprehension_clauses(p);
    parser_expect(p, TOKEN_RBRACE);
    return NEW_NODE(DictComp, parser_span(p, start), .key = key, .value = value,
                    .generators = generators);
  }
  SeqBuilder keys, values;
  seq_start(&keys);
  seq_start(&values);
  for (;;) {
    seq_add(p, &keys, key);
    seq_add(p, &values, value);
    if (!parser_accept(p, TOKEN_COMMA) || parser_is(p, TOKEN_RBRACE)) break;
    parse_dict_item(p, &key, &value);
  }
  parser_expect(p, TOKEN_RBRACE);
  return NEW_NODE(Dict, parser_span(p, start), .keys = seq_finish(p, &keys),
                  .values = seq_finish(p, &values));
}

static AstNode *parse_brace(Parser *p) {
  const Token *start = p->at++;
  AstNode *value;
  if (parser_accept(p, TOKEN_RBRACE)) return NEW_NODE(Dict, parser_span(p, start));
  if (parser_is(p, TOKEN_DOUBLESTAR)) {
    AstNode *key;
    parse_dict_item(p, &key, &value);
    return parse_dict_tail(p, start, key, value);
  }
  AstNode *first = parse_star_named_expression(p);
  bool may_be_key = first->kind != AST_Starred &&
                    (first->kind != AST_NamedExpr || first->flags & NODE_PARENTHESISED);
  if (may_be_key && parser_accept(p, TOKEN_COLON)) {
    value = parse_expression(p);
    return parse_dict_tail(p, start, first, value);
  }
  if (is_comprehension_start(p) && first->kind != AST_Starred) {
    AstSeq generators = parse_comprehension_clauses(p);
    parser_expect(p, TOKEN_RBRACE);
    return NEW_NODE(SetComp, parser_span(p, start), .elt = first, .generators = generators);
  }
  AstSeq elts = parse_display_items(p, first, TOKEN_RBRACE);
  return NEW_NODE(Set, parser_span(p, start), .elts = elts);
}

static AstNode *parse_atom(Parser *p) {
  switch (parser_peek(p)) {
  case TOKEN_NAME: return parse_name(p);
  case TOKEN_NUMBER: return parse_number(p);
  case TOKEN_STRING: return parse_string_atom(p);
  case TOKEN_LPAR: return parse_paren(p);
  case TOKEN_LSQB: return parse_list(p);
  case TOKEN_LBRACE: return parse_brace(p);
  case TOKEN_NONE: return parse_constant(p, LITERAL_NONE);
  case TOKEN_TRUE: return parse_constant(p, LITERAL_TRUE);
  case TOKEN_FALSE: return parse_constant(p, LITERAL_FALSE);
  case TOKEN_ELLIPSIS: return parse_constant(p, LITERAL_ELLIPSIS);
  default: return parser_fail(p);
  }
}

/* ---- behind an atom ---- */

static AstNode *parse_slice(Parser *p) {
  const Token *start = p->at;
  AstNode *lower = NULL, *upper = NULL, *step = NULL;
  if (parser_is(p, TOKEN_STAR)) return parse_star_named_expression(p);
  if (!parser_is(p, TOKEN_COLON)) {
    lower = parse_named_expression(p);
    if (LIKELY(!parser_is(p, TOKEN_COLON))) return lower;
    if (lower->kind == AST_NamedExpr && !(lower->flags & NODE_PARENTHESISED)) return parser_fail(p);
  }
  p->at++;
  bool ends = parser_is(p, TOKEN_COLON) || parser_is(p, TOKEN_COMMA) || parser_is(p, TOKEN_RSQB);
  if (!ends) upper = parse_expression(p);
  if (parser_accept(p, TOKEN_COLON) && !parser_is(p, TOKEN_COMMA) && !parser_is(p, TOKEN_RSQB))
    step = parse_expression(p);
  return NEW_NODE(Slice, parser_span(p, start), .lower = lower, .upper = upper, .step = step);
}

static AstNode *parse_slices(Parser *p) {
  const Token *start = p->at;
  AstNode *first = parse_slice(p);
  bool is_starred = first->kind == AST_Starred;
  if (!parser_is(p, TOKEN_COMMA) && !is_starred) return first;
  SeqBuilder items;
  seq_start(&items);
  seq_add(p, &items, first);
  while (parser_accept(p, TOKEN_COMMA) && !parser_is(p, TOKEN_RSQB))
    seq_add(p, &items, parse_slice(p));
  return NEW_NODE(Tuple, parser_span(p, start), .elts = seq_finish(p, &items), .ctx = CONTEXT_Load);
}

AstNode *parse_primary(Parser *p) {
  const Token *start = p->at;
  AstNode *node = parse_atom(p);
  for (;;) {
    switch (parser_peek(p)) {
    case TOKEN_DOT: {
      p->at++;
      const Token *name = parser_expect(p, TOKEN_NAME);
      node = NEW_NODE(Attribute, parser_span(p, start), .value = node, .attr = name->name,
                      .ctx = CONTEXT_Load);
      continue;
    }
    case TOKEN_LPAR: {
      p->at++;
      AstSeq args, keywords;
      parse_call_arguments(p, &args, &keywords);
      node =
          NEW_NODE(Call, parser_span(p, start), .func = node, .args = args, .keywords = keywords);
      continue;
    }
    case TOKEN_LSQB: {
      p->at++;
      AstNode *slice = parse_slices(p);
      parser_expect(p, TOKEN_RSQB);
      node = NEW_NODE(Subscript, parser_span(p, start), .value = node, .slice = slice,
                      .ctx = CONTEXT_Load);
      continue;
    }
    default: return node;
    }
  }
}

/* parse_pattern.c -- the match statement and its patterns. */
#include "src/syntax/parse.h"

static AstNode *parse_pattern(Parser *p);    /* one, with `as` */
static AstNode *parse_maybe_star(Parser *p); /* *name or a pattern */

/* ---- values ---- */

static AstNode *parse_pattern_strings(Parser *p) {
  const Token *first = p->at++;
  while (parser_is(p, TOKEN_STRING)) p->at++;
  AstNode *node = parse_strings(p, first, p->at);
  return node;
}

/* [-] number [(+|-) imaginary] as an expression. */
static AstNode *parse_pattern_number(Parser *p) {
  const Token *start = p->at;
  bool negative = parser_accept(p, TOKEN_MINUS);
  const Token *token = parser_expect(p, TOKEN_NUMBER);
  if (p->failed) return &p->nothing;
  Literal value = number_literal(p, token);
  AstNode *node = NEW_NODE(Constant, span_between(p, token, token), .value = value);
  if (negative)
    node = NEW_NODE(UnaryOp, parser_span(p, start), .op = UNARYOP_USub, .operand = node);
  if (!parser_is(p, TOKEN_PLUS) && !parser_is(p, TOKEN_MINUS)) return node;
  uint8_t operator= parser_is(p, TOKEN_PLUS) ? OPERATOR_Add : OPERATOR_Sub;
  p->at++;
  token = parser_expect(p, TOKEN_NUMBER);
  if (p->failed) return &p->nothing;
  Literal imaginary = number_literal(p, token);
  if (value.tag == LITERAL_COMPLEX || imaginary.tag != LITERAL_COMPLEX) return parser_fail(p);
  AstNode *right = NEW_NODE(Constant, span_between(p, token, token), .value = imaginary);
  return NEW_NODE(BinOp, parser_span(p, start), .left = node, .op = operator, .right = right);
}

static AstNode *parse_dotted_value(Parser *p) {
  const Token *start = parser_expect(p, TOKEN_NAME);
  AstNode *node =
      NEW_NODE(Name, span_between(p, start, start), .id = start->name, .ctx = CONTEXT_Load);
  while (parser_accept(p, TOKEN_DOT)) {
    const Token *name = parser_expect(p, TOKEN_NAME);
    node = NEW_NODE(Attribute, parser_span(p, start), .value = node, .attr = name->name,
                    .ctx = CONTEXT_Load);
  }
  return node;
}

/* The LiteralTag of None, True or False, -1 for other tokens. */
static int singleton_tag(TokenKind kind) {
  return kind == TOKEN_NONE    ? LITERAL_NONE
         : kind == TOKEN_TRUE  ? LITERAL_TRUE
         : kind == TOKEN_FALSE ? LITERAL_FALSE
                               : -1;
}

/* ---- sequences, mappings, classes ---- */

/* Patterns up to `closer`, which is skipped. *comma: a comma was read. */
static AstSeq parse_pattern_list(Parser *p, TokenKind closer, bool *comma) {
  SeqBuilder patterns;
  seq_start(&patterns);
  *comma = false;
  while (!parser_is(p, closer) && !p->failed) {
    seq_add(p, &patterns, parse_maybe_star(p));
    if (!parser_accept(p, TOKEN_COMMA)) break;
    *comma = true;
  }
  parser_expect(p, closer);
  return seq_finish(p, &patterns);
}

static AstNode *parse_group_or_sequence(Parser *p) {
  const Token *start = p->at++;
  bool comma;
  AstSeq patterns = parse_pattern_list(p, TOKEN_RPAR, &comma);
  if (patterns.count == 1 && !comma) {
    AstNode *only = patterns.items[0];
    return only->kind == AST_MatchStar ? parser_fail(p) : only;
  }
  return NEW_NODE(MatchSequence, parser_span(p, start), .patterns = patterns);
}

static AstNode *parse_bracket_sequence(Parser *p) {
  const Token *start = p->at++;
  bool comma;
  AstSeq patterns = parse_pattern_list(p, TOKEN_RSQB, &comma);
  return NEW_NODE(MatchSequence, parser_span(p, start), .patterns = patterns);
}

static AstNode *parse_mapping_key(Parser *p) {
  const Token *start = p->at;
  switch (parser_peek(p)) {
  case TOKEN_MINUS:
  case TOKEN_NUMBER: return parse_pattern_number(p);
  case TOKEN_STRING: return parse_pattern_strings(p);
  case TOKEN_NAME: {
    AstNode *node = parse_dotted_value(p);
    return node->kind == AST_Attribute ? node : parser_fail(p);
  }
  default: break;
  }
  int tag = singleton_tag(parser_peek(p));
  if (tag < 0) return parser_fail(p);
  p->at++;
  return NEW_NODE(Constant, span_between(p, start, start), .value = {.tag = (LiteralTag)tag});
}

/* A capture name: any NAME but _, not the start of a value, call or keyword. */
static const Name *parse_capture_name(Parser *p) {
  const Token *token = parser_expect(p, TOKEN_NAME);
  if (p->failed) return NULL;
  bool bad = token->name->soft == SOFT_UNDERSCORE || parser_is(p, TOKEN_DOT) ||
             parser_is(p, TOKEN_LPAR) || parser_is(p, TOKEN_EQUAL);
  if (bad) parser_fail(p);
  return token->name;
}

static AstNode *parse_mapping(Parser *p) {
  const Token *start = p->at++;
  SeqBuilder keys, patterns;
  seq_start(&keys);
  seq_start(&patterns);
  const Name *rest = NULL;
  while (!parser_is(p, TOKEN_RBRACE) && !p->failed) {
    if (parser_accept(p, TOKEN_DOUBLESTAR)) {
      rest = parse_capture_name(p);
      parser_accept(p, TOKEN_COMMA);
      break;
    }
    seq_add(p, &keys, parse_mapping_key(p));
    parser_expect(p, TOKEN_COLON);
    seq_add(p, &patterns, parse_pattern(p));
    if (!parser_accept(p, TOKEN_COMMA)) break;
  }
  parser_expect(p, TOKEN_RBRACE);
  return NEW_NODE(MatchMapping, parser_span(p, start), .keys = seq_finish(p, &keys),
                  .patterns = seq_finish(p, &patterns), .rest = rest);
}

static AstNode *parse_class_pattern(Parser *p, const Token *start, AstNode *cls) {
  p->at++;
  SeqBuilder positional, keyword, names;
  seq_start(&positional);
  seq_start(&keyword);
  seq_start(&names);
  while (!parser_is(p, TOKEN_RPAR) && !p->failed) {
    if (parser_is(p, TOKEN_NAME) && p->at[1].kind == TOKEN_EQUAL) {
      seq_add(p, &names, p->at->name);
      p->at += 2;
      seq_add(p, &keyword, parse_pattern(p));
    } else if (names.count) {
      return parser_fail(p);
    } else {
      seq_add(p, &positional, parse_pattern(p));
    }
    if (!parser_accept(p, TOKEN_COMMA)) break;
  }
  parser_expect(p, TOKEN_RPAR);
  AstSeq attributes = seq_finish(p, &names);
  AstNameSeq kwd_attrs = {.count = attributes.count,
                          .items = (const Name **)(void *)attributes.items};
  return NEW_NODE(MatchClass, parser_span(p, start), .cls = cls,
                  .patterns = seq_finish(p, &positional), .kwd_attrs = kwd_attrs,
                  .kwd_patterns = seq_finish(p, &keyword));
}

/* ---- patterns ---- */

static AstNode *parse_name_pattern(Parser *p) {
  const Token *start = p->at;
  AstNode *value = parse_dotted_value(p);
  if (parser_is(p, TOKEN_LPAR)) return parse_class_pattern(p, start, value);
  if (value->kind == AST_Attribute)
    return NEW_NODE(MatchValue, parser_span(p, start), .value = value);
  if (parser_is(p, TOKEN_EQUAL)) return parser_fail(p);
  const Name *name = start->name->soft == SOFT_UNDERSCORE ? NULL : start->name;
  return NEW_NODE(MatchAs, parser_span(p, start), .name = name);
}

static AstNode *parse_closed_pattern(Parser *p) {
  const Token *start = p->at;
  AstNode *value;
  switch (parser_peek(p)) {
  case TOKEN_NAME: return parse_name_pattern(p);
  case TOKEN_LPAR: return parse_group_or_sequence(p);
  case TOKEN_LSQB: return parse_bracket_sequence(p);
  case TOKEN_LBRACE: return parse_mapping(p);
  case TOKEN_MINUS:
  case TOKEN_NUMBER: value = parse_pattern_number(p); break;
  case TOKEN_STRING: value = parse_pattern_strings(p); break;
  default: {
    int tag = singleton_tag(parser_peek(p));
    if (tag < 0) return parser_fail(p);
    p->at++;
    return NEW_NODE(MatchSingleton, parser_span(p, start), .value = {.tag = (LiteralTag)tag});
  }
  }
  return NEW_NODE(MatchValue, parser_span(p, start), .value = value);
}

static AstNode *parse_or_pattern(Parser *p) {
  const Token *start = p->at;
  AstNode *first = parse_closed_pattern(p);
  if (LIKELY(!parser_is(p, TOKEN_VBAR))) return first;
  SeqBuilder patterns;
  seq_start(&patterns);
  seq_add(p, &patterns, first);
  while (parser_accept(p, TOKEN_VBAR)) seq_add(p, &patterns, parse_closed_pattern(p));
  return NEW_NODE(MatchOr, parser_span(p, start), .patterns = seq_finish(p, &patterns));
}

static AstNode *parse_pattern(Parser *p) {
  const Token *start = p->at;
  AstNode *pattern = parse_or_pattern(p);
  if (LIKELY(!parser_accept(p, TOKEN_AS))) return pattern;
  const Name *name = parse_capture_name(p);
  return NEW_NODE(MatchAs, parser_span(p, start), .pattern = pattern, .name = name);
}

static AstNode *parse_maybe_star(Parser *p) {
  const Token *start = p->at;
  if (!parser_accept(p, TOKEN_STAR)) return parse_pattern(p);
  const Name *name = NULL;
  bool is_wildcard = parser_is(p, TOKEN_NAME) && p->at->name->soft == SOFT_UNDERSCORE;
  if (is_wildcard) p->at++;
  else name = parse_capture_name(p);
  return NEW_NODE(MatchStar, parser_span(p, start), .name = name);
}

/* Patterns without brackets: `case a, *b:`. */
static AstNode *parse_open_pattern(Parser *p) {
  const Token *start = p->at;
  AstNode *first = parse_maybe_star(p);
  if (!parser_is(p, TOKEN_COMMA)) return first->kind == AST_MatchStar ? parser_fail(p) : first;
  SeqBuilder patterns;
  seq_start(&patterns);
  seq_add(p, &patterns, first);
  while (parser_accept(p, TOKEN_COMMA) && !parser_is(p, TOKEN_COLON) && !parser_is(p, TOKEN_IF))
    seq_add(p, &patterns, parse_maybe_star(p));
  return NEW_NODE(MatchSequence, parser_span(p, start), .patterns = seq_finish(p, &patterns));
}

/* ---- the statement ---- */

static bool is_case(const Parser *p) {
  return parser_is(p, TOKEN_NAME) && p->at->name->soft == SOFT_CASE;
}

static AstNode *parse_case(Parser *p) {
  p->at++;
  AstNode *pattern = parse_open_pattern(p), *guard = NULL;
  if (parser_accept(p, TOKEN_IF)) guard = parse_named_expression(p);
  parser_expect(p, TOKEN_COLON);
  AstSeq body = parse_block(p);
  return NEW_NODE(MatchCase, (AstNode){0}, .pattern = pattern, .guard = guard, .body = body);
}

static AstNode *parse_subject(Parser *p) {
  const Token *start = p->at;
  AstNode *first = parse_star_named_expression(p);
  if (!parser_is(p, TOKEN_COMMA)) return first->kind == AST_Starred ? parser_fail(p) : first;
  SeqBuilder items;
  seq_start(&items);
  seq_add(p, &items, first);
  while (parser_accept(p, TOKEN_COMMA) && !parser_is(p, TOKEN_COLON))
    seq_add(p, &items, parse_star_named_expression(p));
  return NEW_NODE(Tuple, parser_span(p, start), .elts = seq_finish(p, &items), .ctx = CONTEXT_Load);
}

/* Tokens behind `match` that make it a name; others start a subject or may do either. */
static bool rules_out_subject(TokenKind kind) {
  switch (kind) {
  case TOKEN_EQUAL:
  case TOKEN_DOT:
  case TOKEN_COMMA:
  case TOKEN_COLON:
  case TOKEN_NEWLINE:
  case TOKEN_SEMI:
  case TOKEN_RPAR: return true;
  default: return false;
  }
}

bool parse_match_statement(Parser *p, SeqBuilder *into) {
  const Token *start = p->at;
  if (rules_out_subject(start[1].kind)) return false;
  int depth = p->depth;
  p->at++;
  AstNode *subject = parse_subject(p);
  bool is_match = parser_accept(p, TOKEN_COLON) && parser_accept(p, TOKEN_NEWLINE) &&
                  parser_accept(p, TOKEN_INDENT) && is_case(p) && !p->failed;
  if (!is_match) {
    p->failed = false;
    p->depth = depth;
    p->at = start;
    return false;
  }
  SeqBuilder cases;
  seq_start(&cases);
  while (is_case(p)) seq_add(p, &cases, parse_case(p));
  parser_expect(p, TOKEN_DEDENT);
  parser_needs(p, 10, "Pattern matching is");
  seq_add(p, into,
          NEW(Match, statement_span(p, start), .subject = subject, .cases = seq_finish(p, &cases)));
  return true;
}

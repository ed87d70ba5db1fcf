/* parse_arguments.c -- arguments of calls and parameters of functions. */
#include "src/syntax/parse.h"

/* ---- calls ---- */

typedef struct CallArguments {
  SeqBuilder args, keywords;
  bool saw_keyword, saw_double_star;
} CallArguments;

static void parse_starred_argument(Parser *p, CallArguments *c) {
  const Token *start = p->at++;
  if (c->saw_double_star) {
    parser_fail(p);
    return;
  }
  AstNode *value = parse_expression(p);
  seq_add(p, &c->args, NEW(Starred, parser_span(p, start), .value = value, .ctx = CONTEXT_Load));
}

static void parse_keyword_argument(Parser *p, CallArguments *c) {
  const Token *start = p->at;
  const Name *name = NULL;
  if (parser_accept(p, TOKEN_DOUBLESTAR)) {
    c->saw_double_star = true;
  } else {
    name = start->name;
    p->at += 2;
  }
  c->saw_keyword = true;
  AstNode *value = parse_expression(p);
  seq_add(p, &c->keywords, NEW(Keyword, parser_span(p, start), .arg = name, .value = value));
}

static void parse_positional_argument(Parser *p, CallArguments *c) {
  if (c->saw_keyword) {
    parser_fail(p);
    return;
  }
  AstNode *value = parse_named_expression(p);
  seq_add(p, &c->args, value);
}

/* A call whose only argument is a bare generator expression; `open` is its '('. */
static AstNode *parse_generator_argument(Parser *p, const Token *open, AstNode *elt) {
  AstSeq generators = parse_comprehension_clauses(p);
  parser_expect(p, TOKEN_RPAR);
  return NEW_NODE(GeneratorExp, parser_span(p, open), .elt = elt, .generators = generators);
}

void parse_call_arguments(Parser *p, AstSeq *args, AstSeq *keywords) {
  *args = *keywords = (AstSeq){0};
  const Token *open = p->at - 1;
  if (parser_accept(p, TOKEN_RPAR)) return;
  CallArguments c = {0};
  seq_start(&c.args);
  seq_start(&c.keywords);
  do {
    if (parser_is(p, TOKEN_RPAR)) break;
    if (parser_is(p, TOKEN_STAR)) {
      parse_starred_argument(p, &c);
    } else if (parser_is(p, TOKEN_DOUBLESTAR) ||
               (parser_is(p, TOKEN_NAME) && p->at[1].kind == TOKEN_EQUAL)) {
      parse_keyword_argument(p, &c);
    } else if (p->at == open + 1) {
      AstNode *first = parse_named_expression(p);
      if (is_comprehension_start(p)) {
        *args = seq_of_one(p, parse_generator_argument(p, open, first));
        return;
      }
      seq_add(p, &c.args, first);
    } else {
      parse_positional_argument(p, &c);
    }
  } while (parser_accept(p, TOKEN_COMMA));
  parser_expect(p, TOKEN_RPAR);
  *args = seq_finish(p, &c.args);
  *keywords = seq_finish(p, &c.keywords);
}

/* ---- parameters ---- */

typedef struct Parameters {
  SeqBuilder posonly, args, kwonly, kw_defaults, defaults;
  AstArg *vararg, *kwarg;
  bool annotated, saw_slash, saw_star;
} Parameters;

static AstArg *parse_parameter(Parser *p, const Parameters *ps, bool star_annotation) {
  const Token *start = parser_expect(p, TOKEN_NAME);
  AstNode *annotation = NULL;
  if (ps->annotated && parser_accept(p, TOKEN_COLON)) {
    if (star_annotation && parser_is(p, TOKEN_STAR)) annotation = parse_star_named_expression(p);
    else annotation = parse_expression(p);
  }
  return NEW(Arg, parser_span(p, start), .arg = start->name, .annotation = annotation);
}

/* The comma and type comment behind a parameter. Returns whether another parameter may follow. */
static bool finish_parameter(Parser *p, const Parameters *ps, AstArg *arg) {
  bool comma = parser_accept(p, TOKEN_COMMA);
  if (UNLIKELY(p->options->type_comments) && ps->annotated) {
    const AstText *comment = parse_type_comment(p);
    if (arg) arg->type_comment = comment;
    else if (comment) parser_fail(p);
  }
  return comma;
}

static bool parse_slash(Parser *p, Parameters *ps) {
  p->at++;
  if (ps->saw_slash || ps->saw_star || ps->args.count == 0) return parser_fail(p), false;
  ps->saw_slash = true;
  parser_needs(p, 8, "Positional-only parameters are");
  ps->posonly = ps->args;
  if (ps->args.items == ps->args.few) ps->posonly.items = ps->posonly.few;
  seq_start(&ps->args);
  return finish_parameter(p, ps, NULL);
}

static bool parse_star_parameter(Parser *p, Parameters *ps, TokenKind end) {
  p->at++;
  if (ps->saw_star) return parser_fail(p), false;
  ps->saw_star = true;
  if (parser_accept(p, TOKEN_COMMA)) { /* a bare star needs a name behind it */
    if (parser_is(p, end) || !parser_is(p, TOKEN_NAME)) parser_fail(p);
    return true;
  }
  ps->vararg = parse_parameter(p, ps, true);
  return finish_parameter(p, ps, ps->vararg);
}

static bool parse_double_star_parameter(Parser *p, Parameters *ps, TokenKind end) {
  p->at++;
  ps->kwarg = parse_parameter(p, ps, false);
  finish_parameter(p, ps, ps->kwarg);
  if (!parser_is(p, end)) parser_fail(p);
  return false;
}

static bool parse_plain_parameter(Parser *p, Parameters *ps) {
  AstArg *arg = parse_parameter(p, ps, false);
  AstNode *value = parser_accept(p, TOKEN_EQUAL) ? parse_expression(p) : NULL;
  if (ps->saw_star) {
    seq_add(p, &ps->kwonly, arg);
    seq_add(p, &ps->kw_defaults, value);
  } else {
    seq_add(p, &ps->args, arg);
    if (value) seq_add(p, &ps->defaults, value);
    else if (ps->defaults.count) return parser_fail(p), false;
  }
  return finish_parameter(p, ps, arg);
}

AstArguments *parse_parameters(Parser *p, TokenKind end, bool annotated) {
  Parameters ps = {.annotated = annotated};
  seq_start(&ps.posonly);
  seq_start(&ps.args);
  seq_start(&ps.kwonly);
  seq_start(&ps.kw_defaults);
  seq_start(&ps.defaults);
  bool more = true;
  while (more && !parser_is(p, end)) {
    switch (parser_peek(p)) {
    case TOKEN_SLASH: more = parse_slash(p, &ps); break;
    case TOKEN_STAR: more = parse_star_parameter(p, &ps, end); break;
    case TOKEN_DOUBLESTAR: more = parse_double_star_parameter(p, &ps, end); break;
    default: more = parse_plain_parameter(p, &ps);
    }
    if (p->failed) break;
  }
  return NEW(Arguments, (AstNode){0}, .posonlyargs = seq_finish(p, &ps.posonly),
             .args = seq_finish(p, &ps.args), .vararg = ps.vararg,
             .kwonlyargs = seq_finish(p, &ps.kwonly), .kw_defaults = seq_finish(p, &ps.kw_defaults),
             .kwarg = ps.kwarg, .defaults = seq_finish(p, &ps.defaults));
}

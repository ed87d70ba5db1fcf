/* peg_actions.c -- what the rules for mistakes report, and the few other actions of the grammar.
**
** Each row of GRAMMAR_ACTIONS-like tables below is one message: the plain ones are data, the rest
** functions. */
#include "src/syntax/peg.h"

/* ---- positions ---- */

static const Token *first_token(const Peg *g, const PegNode *node) {
  return peg_token(g, node->first);
}

/* The last token that is not white space. */
static const Token *last_token(const Peg *g, const PegNode *node) {
  int last = node->end - 1;
  while (last > node->first) {
    TokenKind kind = peg_token(g, last)->kind;
    if (kind != TOKEN_NEWLINE && kind != TOKEN_INDENT && kind != TOKEN_DEDENT &&
        kind != TOKEN_ENDMARKER)
      break;
    last--;
  }
  return peg_token(g, last);
}

static AstNode range_of(const Peg *g, const PegNode *a, const PegNode *b) {
  return span_between(g->p, first_token(g, a), last_token(g, b));
}

/* From the node to where the lexer stands. */
static AstNode range_to_here(const Peg *g, const PegNode *a) {
  const Parser *p = g->p;
  AstNode range = range_of(g, a, a);
  range.end_line = p->lexer.line;
  range.end_column = (int)(p->lexer.at - p->lexer.line_start) - 1;
  return range;
}

#define FAIL_RANGE(a, b, ...) \
  (fault_in_range(g->p, FAULT_SYNTAX_ERROR, range_of(g, a, b), __VA_ARGS__), NULL)
#define FAIL_AT(a, ...) FAIL_RANGE(a, a, __VA_ARGS__)
#define FAIL_FROM(a, ...) \
  (fault_in_range(g->p, FAULT_SYNTAX_ERROR, range_to_here(g, a), __VA_ARGS__), NULL)
#define FAIL_LAST(...) (fault_at_last(g->p, FAULT_SYNTAX_ERROR, __VA_ARGS__), NULL)

/* ---- names of expressions ---- */

static const char *constant_name(const Peg *g, const PegNode *node) {
  switch (first_token(g, node)->kind) {
  case TOKEN_NONE: return "None";
  case TOKEN_TRUE: return "True";
  case TOKEN_FALSE: return "False";
  case TOKEN_ELLIPSIS: return "ellipsis";
  default: return "literal";
  }
}

static const char *expression_name(const Peg *g, const PegNode *node) {
  switch (node->kind) {
  case AST_Attribute: return "attribute";
  case AST_Subscript: return "subscript";
  case AST_Starred: return "starred";
  case AST_Name: return "name";
  case AST_List: return "list";
  case AST_Tuple: return "tuple";
  case AST_Lambda: return "lambda";
  case AST_Call: return "function call";
  case AST_BoolOp:
  case AST_BinOp:
  case AST_UnaryOp: return "expression";
  case AST_GeneratorExp: return "generator expression";
  case AST_Yield:
  case AST_YieldFrom: return "yield expression";
  case AST_Await: return "await expression";
  case AST_ListComp: return "list comprehension";
  case AST_SetComp: return "set comprehension";
  case AST_DictComp: return "dict comprehension";
  case AST_Dict: return "dict literal";
  case AST_Set: return "set display";
  case AST_JoinedStr:
  case AST_FormattedValue: return "f-string expression";
  case AST_Constant: return constant_name(g, node);
  case AST_Compare: return "comparison";
  case AST_IfExp: return "conditional expression";
  case AST_NamedExpr: return "named expression";
  default: return "expression";
  }
}

/* ---- targets ---- */

typedef enum TargetUse { TARGET_STORE, TARGET_DELETE, TARGET_FOR } TargetUse;

/* The part of `node` that cannot be a target, or NULL. */
static const PegNode *find_invalid_target(const PegNode *node, TargetUse use) {
  switch (node->kind) {
  case AST_List:
  case AST_Tuple:
    for (int i = 0; i < node->count; i++) {
      const PegNode *bad = find_invalid_target(node->items[i], use);
      if (bad) return bad;
    }
    return NULL;
  case AST_Starred:
    return use == TARGET_DELETE || !node->count ? node : find_invalid_target(node->items[0], use);
  case AST_Compare: /* `for a in b` is read as a comparison */
    if (use != TARGET_FOR) return node;
    return node->items[1]->kind == PEG_IN ? find_invalid_target(node->items[0], use) : NULL;
  case AST_Name:
  case AST_Subscript:
  case AST_Attribute: return NULL;
  default: return node;
  }
}

static PegNode *check_target(Peg *g, const PegNode *node, TargetUse use) {
  const PegNode *bad = find_invalid_target(node, use);
  if (!bad) return NULL;
  return FAIL_AT(bad, use == TARGET_DELETE ? "cannot delete %s" : "cannot assign to %s",
                 expression_name(g, bad));
}

/* ---- actions ---- */

#define ACTION(name) static PegNode *name(Peg *g, PegNode **captured, int count, int first)
#define A (captured[0])
#define B (captured[1])
#define UNUSED ((void)captured, (void)count, (void)first)

static const char *name_of(const Peg *g, const PegNode *node) {
  return first_token(g, node)->name->text;
}

static bool is_legacy_statement(const Peg *g, const PegNode *node) {
  if (node->kind != AST_Name) return false;
  const char *name = name_of(g, node);
  return strcmp(name, "print") == 0 || strcmp(name, "exec") == 0;
}

ACTION(act_interactive_end) { return UNUSED, (void)g, NULL; }

ACTION(act_strings) {
  UNUSED;
  AstNode *node = parse_strings(g->p, peg_token(g, first), g->p->tokens + g->mark);
  if (g->p->failed) return NULL;
  return peg_node(g, node->kind, first, g->mark);
}

static bool is_imaginary(const Peg *g, const PegNode *number) {
  char last = g->p->lexer.text[first_token(g, number)->end - 1];
  return last == 'j' || last == 'J';
}
ACTION(act_real_number) {
  UNUSED;
  return is_imaginary(g, A) ? FAIL_AT(A, "real number required in complex literal") : A;
}
ACTION(act_imaginary_number) {
  UNUSED;
  return is_imaginary(g, A) ? A : FAIL_AT(A, "imaginary number required in complex literal");
}

ACTION(act_not_equal) {
  UNUSED;
  bool is_diamond = *token_text(g->p, first_token(g, A)) == '<';
  bool wants_diamond = (g->p->options->future & FUTURE_BARRY_AS_BDFL) != 0;
  if (wants_diamond && !is_diamond)
    return FAIL_LAST("with Barry as BDFL, use '<>' instead of '!='");
  return is_diamond == wants_diamond ? A : NULL;
}

ACTION(act_unpacking_after_keywords) {
  UNUSED;
  return FAIL_AT(A, "iterable argument unpacking follows keyword argument unpacking");
}

#define BARE_GENERATOR "Generator expression must be parenthesized"
static const PegNode *last_item(const PegNode *node) { return node->items[node->count - 1]; }

ACTION(act_bare_generator) {
  return UNUSED, FAIL_RANGE(A, last_item(last_item(B)), BARE_GENERATOR);
}
ACTION(act_bare_generator_last) {
  return UNUSED, FAIL_RANGE(A, last_item(B)->items[0], BARE_GENERATOR);
}
ACTION(act_bare_generator_in_call) {
  UNUSED;
  const PegNode *last = NULL;
  int positional = 0;
  for (int i = 0; i < A->count; i++) {
    if (A->items[i]->kind == AST_Keyword || A->items[i]->kind == PEG_DOUBLE_STAR) continue;
    last = A->items[i];
    positional++;
  }
  return positional <= 1 ? NULL : FAIL_RANGE(last, last_item(last_item(B)), BARE_GENERATOR);
}

ACTION(act_positional_after_keyword) {
  UNUSED;
  bool unpacking = false;
  for (int i = 0; i < A->count; i++) unpacking |= A->items[i]->kind == PEG_DOUBLE_STAR;
  return FAIL_LAST(unpacking ? "positional argument follows keyword argument unpacking"
                             : "positional argument follows keyword argument");
}

ACTION(act_maybe_meant_equal) {
  return UNUSED, FAIL_RANGE(A, B, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
}
ACTION(act_assign_to_constant) {
  return UNUSED, FAIL_RANGE(A, B, "cannot assign to %s", constant_name(g, A));
}
ACTION(act_keyword_is_expression) {
  return UNUSED,
         FAIL_RANGE(A, B, "expression cannot contain assignment, perhaps you meant \"==\"?");
}
ACTION(act_legacy_statement) {
  UNUSED;
  if (!is_legacy_statement(g, A)) return NULL;
  const char *name = name_of(g, A);
  return FAIL_RANGE(A, B, "Missing parentheses in call to '%s'. Did you mean %s(...)?", name, name);
}
ACTION(act_forgot_comma) {
  UNUSED;
  if (is_legacy_statement(g, A) || peg_token(g, g->mark - 1)->level == 0) return NULL;
  return FAIL_RANGE(A, B, "invalid syntax. Perhaps you forgot a comma?");
}
ACTION(act_expected_else) {
  return UNUSED, FAIL_RANGE(A, B, "expected 'else' after 'if' expression");
}
ACTION(act_walrus_target) {
  return UNUSED, FAIL_AT(A, "cannot use assignment expressions with %s", expression_name(g, A));
}
ACTION(act_assign_here) {
  UNUSED;
  return FAIL_AT(A, "cannot assign to %s here. Maybe you meant '==' instead of '='?",
                 expression_name(g, A));
}
ACTION(act_comprehension_target) {
  UNUSED;
  const PegNode *end = B->kind == PEG_SEQUENCE ? last_item(B) : B;
  return FAIL_RANGE(A, end, "did you forget parentheses around the comprehension target?");
}
ACTION(act_starred_in_dict_value) {
  return UNUSED, FAIL_FROM(A, "cannot use a starred expression in a dictionary value");
}
ACTION(act_expected_dict_colon) {
  UNUSED;
  AstNode range = range_of(g, A, A);
  range.column = range.end_column - 1;
  range.end_column = -1;
  fault_in_range(g->p, FAULT_SYNTAX_ERROR, range, "':' expected after dictionary key");
  return NULL;
}
ACTION(act_parenthesised_parameters) {
  return UNUSED, FAIL_RANGE(A, B, "Function parameters cannot be parenthesized");
}
ACTION(act_parenthesised_lambda_parameters) {
  return UNUSED, FAIL_RANGE(A, B, "Lambda expression parameters cannot be parenthesized");
}
ACTION(act_annotated_display) {
  return UNUSED, FAIL_AT(A, "only single target (not %s) can be annotated", expression_name(g, A));
}
ACTION(act_augmented_target) {
  return UNUSED, FAIL_AT(A, "'%s' is an illegal expression for augmented assignment",
                         expression_name(g, A));
}
ACTION(act_assign_target) { return UNUSED, check_target(g, A, TARGET_STORE); }
ACTION(act_delete_target) { return UNUSED, check_target(g, A, TARGET_DELETE); }
ACTION(act_for_target) { return UNUSED, check_target(g, A, TARGET_FOR); }
ACTION(act_unparenthesised_exceptions) {
  return UNUSED, FAIL_FROM(A, "multiple exception types must be parenthesized");
}
ACTION(act_mixed_except) {
  (void)first;
  return FAIL_RANGE(A, captured[count - 1],
                    "cannot have both 'except' and 'except*' on the same 'try'");
}
ACTION(act_positional_patterns_last) {
  return UNUSED,
         FAIL_RANGE(A->items[0], last_item(A), "positional patterns follow keyword patterns");
}

/* ---- missing blocks ---- */

static PegNode *fail_block(Peg *g, const PegNode *keyword, const char *what, bool quoted) {
  const Token *token = first_token(g, keyword);
  if (quoted)
    fault_at_last(g->p, FAULT_INDENTATION_ERROR,
                  "expected an indented block after '%s' statement on line %d", what, token->line);
  else
    fault_at_last(g->p, FAULT_INDENTATION_ERROR, "expected an indented block after %s on line %d",
                  what, token->line);
  return NULL;
}
ACTION(act_expected_statement_block) { return UNUSED, fail_block(g, A, name_of(g, A), true); }
ACTION(act_expected_except_star_block) { return UNUSED, fail_block(g, A, "except*", true); }
ACTION(act_expected_function_block) {
  return UNUSED, fail_block(g, A, "function definition", false);
}
ACTION(act_expected_class_block) { return UNUSED, fail_block(g, A, "class definition", false); }
ACTION(act_expected_block) {
  UNUSED;
  fault_at_last(g->p, FAULT_INDENTATION_ERROR, "expected an indented block");
  return NULL;
}

/* ---- plain messages: at the first capture, or at the last token when there is none ---- */

#define PLAIN_MESSAGES(ROW)                                                                   \
  ROW(starred_in_comprehension, "iterable unpacking cannot be used in comprehension")         \
  ROW(unpacking_in_dict_comprehension, "dict unpacking cannot be used in dict comprehension") \
  ROW(starred_here, "cannot use starred expression here")                                     \
  ROW(double_starred_here, "cannot use double starred expression here")                       \
  ROW(expected_dict_value, "expression expected after dictionary key and ':'")                \
  ROW(default_before_plain, "non-default argument follows default argument")                  \
  ROW(nothing_before_slash, "at least one argument must precede /")                           \
  ROW(second_slash, "/ may appear only once")                                                 \
  ROW(slash_after_star, "/ must be ahead of *")                                               \
  ROW(comma_between_slash_and_star, "expected comma between / and *")                         \
  ROW(expected_default, "expected default value expression")                                  \
  ROW(bare_star, "named arguments must follow bare *")                                        \
  ROW(bare_star_in_lambda, "named arguments must follow bare *")                              \
  ROW(bare_star_type_comment, "bare * has associated type comment")                           \
  ROW(star_default, "var-positional argument cannot have default value")                      \
  ROW(second_star, "* argument may appear only once")                                         \
  ROW(double_star_default, "var-keyword argument cannot have default value")                  \
  ROW(after_double_star, "arguments cannot follow var-keyword argument")                      \
  ROW(annotated_tuple, "only single target (not tuple) can be annotated")                     \
  ROW(annotated_target, "illegal target for annotation")                                      \
  ROW(assign_to_yield, "assignment to yield expression not possible")                         \
  ROW(import_trailing_comma, "trailing comma not allowed without surrounding parentheses")    \
  ROW(expected_colon, "expected ':'")                                                         \
  ROW(expected_except, "expected 'except' or 'finally' block")                                \
  ROW(expected_exception_type, "expected one or more exception types")                        \
  ROW(underscore_target, "cannot use '_' as a target")                                        \
  ROW(pattern_target, "invalid pattern target")                                               \
  ROW(two_type_comments, "Cannot have two type comments on def")

#define PLAIN_ACTION(name, message) \
  ACTION(act_##name) { return (void)first, count ? FAIL_AT(A, message) : FAIL_LAST(message); }
PLAIN_MESSAGES(PLAIN_ACTION)

#define OTHER_ACTIONS(ROW)               \
  ROW(interactive_end, )                 \
  ROW(strings, )                         \
  ROW(real_number, )                     \
  ROW(imaginary_number, )                \
  ROW(not_equal, )                       \
  ROW(unpacking_after_keywords, )        \
  ROW(bare_generator, )                  \
  ROW(bare_generator_last, )             \
  ROW(bare_generator_in_call, )          \
  ROW(positional_after_keyword, )        \
  ROW(maybe_meant_equal, )               \
  ROW(assign_to_constant, )              \
  ROW(keyword_is_expression, )           \
  ROW(legacy_statement, )                \
  ROW(forgot_comma, )                    \
  ROW(expected_else, )                   \
  ROW(walrus_target, )                   \
  ROW(assign_here, )                     \
  ROW(comprehension_target, )            \
  ROW(starred_in_dict_value, )           \
  ROW(expected_dict_colon, )             \
  ROW(parenthesised_parameters, )        \
  ROW(parenthesised_lambda_parameters, ) \
  ROW(annotated_display, )               \
  ROW(augmented_target, )                \
  ROW(assign_target, )                   \
  ROW(delete_target, )                   \
  ROW(for_target, )                      \
  ROW(unparenthesised_exceptions, )      \
  ROW(positional_patterns_last, )        \
  ROW(expected_statement_block, )        \
  ROW(expected_except_star_block, )      \
  ROW(expected_function_block, )         \
  ROW(expected_class_block, )            \
  ROW(expected_block, )                  \
  ROW(mixed_except, )

PegAction *peg_action_find(const char *name, size_t size) {
  static const struct {
    const char *name;
    PegAction *action;
  } rows[] = {
#define ROW(name, message) {#name, act_##name},
    PLAIN_MESSAGES(ROW) OTHER_ACTIONS(ROW)
  };
  for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
    if (strlen(rows[i].name) == size && memcmp(rows[i].name, name, size) == 0)
      return rows[i].action;
  return NULL;
}

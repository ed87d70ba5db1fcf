/* ast_validate.c -- whether a tree that a program built could have come from source: compile(tree)
** needs to *know.
**
** The checks and their messages are CPython's. What the types of fields rule out is checked where
** objects *become a
** blob; here is the rest: contexts, lengths, positions, names, patterns. The first fault wins.
*/
#include <stdarg.h>

#include "src/syntax/ast_blob.h"

typedef struct Validator {
  Arena *arena;
  const char *message; /* of the first fault */
  bool is_type_error;
} Validator;

static COLD PRINTF_LIKE(2, 3) bool reject(Validator *v, const char *format, ...) {
  if (v->message) return false;
  va_list args;
  va_start(args, format);
  char text[256];
  int size = vsnprintf(text, sizeof(text), format, args);
  va_end(args);
  v->message =
      arena_copy(v->arena, text, size < (int)sizeof(text) ? (size_t)size : sizeof(text) - 1);
  return false;
}

static bool check_expression(Validator *v, AstNode *node, int context);
static bool check_pattern(Validator *v, AstNode *node, bool star_ok);
static bool check_body(Validator *v, AstSeq body, const char *owner);

/* ---- small checks ---- */

static bool check_position(Validator *v, const AstNode *n) {
  if (n->line > n->end_line)
    return reject(v, "AST node line range (%d, %d) is not valid", n->line, n->end_line);
  bool bad_column =
      (n->line < 0 && n->end_line != n->line) || (n->column < 0 && n->column != n->end_column);
  if (bad_column)
    return reject(v, "AST node column range (%d, %d) for line range (%d, %d) is not valid",
                  n->column, n->end_column, n->line, n->end_line);
  if (n->line == n->end_line && n->column > n->end_column)
    return reject(v, "line %d, column %d-%d is not a valid range", n->line, n->column,
                  n->end_column);
  return true;
}

static bool check_name(Validator *v, const Name *name) {
  if (!name) return true;
  if (strcmp(name->text, "None") == 0 || strcmp(name->text, "True") == 0 ||
      strcmp(name->text, "False") == 0)
    return reject(v, "identifier field can't represent '%s' constant", name->text);
  return true;
}

static bool check_nonempty(Validator *v, int count, const char *what, const char *owner) {
  return count > 0 || reject(v, "empty %s on %s", what, owner);
}

static bool check_expressions(Validator *v, AstSeq seq, int context, bool null_ok) {
  for (int i = 0; i < seq.count; i++) {
    if (!seq.items[i]) {
      if (null_ok) continue;
      return reject(v, "None disallowed in expression list");
    }
    if (!check_expression(v, seq.items[i], context)) return false;
  }
  return true;
}

static bool check_optional(Validator *v, AstNode *node, int context) {
  return !node || check_expression(v, node, context);
}

static bool check_loads(Validator *v, AstSeq seq) {
  return check_expressions(v, seq, CONTEXT_Load, false);
}
static bool check_load(Validator *v, AstNode *node) {
  return check_expression(v, node, CONTEXT_Load);
}

static bool check_targets(Validator *v, AstSeq seq, int context, const char *owner) {
  return check_nonempty(v, seq.count, "targets", owner) &&
         check_expressions(v, seq, context, false);
}

/* ---- parts of expressions ---- */

static bool check_comprehensions(Validator *v, AstSeq generators) {
  if (!generators.count) return reject(v, "comprehension with no generators");
  for (int i = 0; i < generators.count; i++) {
    AstComprehension *c = AST_AS(Comprehension, generators.items[i]);
    if (!check_expression(v, c->target, CONTEXT_Store) || !check_load(v, c->iter) ||
        !check_loads(v, c->ifs))
      return false;
  }
  return true;
}

static bool check_keywords(Validator *v, AstSeq keywords) {
  for (int i = 0; i < keywords.count; i++)
    if (!check_load(v, AST_AS(Keyword, keywords.items[i])->value)) return false;
  return true;
}

static bool check_arg(Validator *v, AstArg *arg) {
  return !arg ||
         (check_position(v, &arg->node) && check_optional(v, arg->annotation, CONTEXT_Load));
}

static bool check_args(Validator *v, AstSeq args) {
  for (int i = 0; i < args.count; i++)
    if (!check_arg(v, AST_AS(Arg, args.items[i]))) return false;
  return true;
}

static bool check_arguments(Validator *v, AstArguments *a) {
  if (!check_args(v, a->posonlyargs) || !check_args(v, a->args)) return false;
  if (!check_arg(v, a->vararg) || !check_args(v, a->kwonlyargs) || !check_arg(v, a->kwarg))
    return false;
  if (a->defaults.count > a->posonlyargs.count + a->args.count)
    return reject(v, "more positional defaults than args on arguments");
  if (a->kw_defaults.count != a->kwonlyargs.count)
    return reject(v, "length of kwonlyargs is not the same as kw_defaults on arguments");
  return check_loads(v, a->defaults) && check_expressions(v, a->kw_defaults, CONTEXT_Load, true);
}

/* ---- expressions ---- */

static const char *context_name(int context) {
  return ast_types[AST_TYPE_expr_context].members[context];
}

/* The context that the node itself states, -1 for kinds that have none. */
static int stated_context(AstNode *node) {
  switch (node->kind) {
  case AST_Attribute: return AST_AS(Attribute, node)->ctx;
  case AST_Subscript: return AST_AS(Subscript, node)->ctx;
  case AST_Starred: return AST_AS(Starred, node)->ctx;
  case AST_Name: return AST_AS(Name, node)->ctx;
  case AST_List: return AST_AS(List, node)->ctx;
  case AST_Tuple: return AST_AS(Tuple, node)->ctx;
  default: return -1;
  }
}

static bool check_context(Validator *v, AstNode *node, int context) {
  int stated = stated_context(node);
  if (stated < 0) {
    if (context == CONTEXT_Load) return true;
    return reject(v, "expression which can't be assigned to in %s context", context_name(context));
  }
  if (node->kind == AST_Name && !check_name(v, AST_AS(Name, node)->id)) return false;
  if (stated == context) return true;
  return reject(v, "expression must have %s context but has %s instead", context_name(context),
                context_name(stated));
}

static bool check_children(Validator *v, AstNode *node, int context) {
  switch (node->kind) {
  case AST_BoolOp:
    if (AST_AS(BoolOp, node)->values.count < 2) return reject(v, "BoolOp with less than 2 values");
    return check_loads(v, AST_AS(BoolOp, node)->values);
  case AST_NamedExpr:
    return check_expression(v, AST_AS(NamedExpr, node)->target, CONTEXT_Store) &&
           check_load(v, AST_AS(NamedExpr, node)->value);
  case AST_BinOp:
    return check_load(v, AST_AS(BinOp, node)->left) && check_load(v, AST_AS(BinOp, node)->right);
  case AST_UnaryOp: return check_load(v, AST_AS(UnaryOp, node)->operand);
  case AST_Lambda:
    return check_arguments(v, AST_AS(Lambda, node)->args) &&
           check_load(v, AST_AS(Lambda, node)->body);
  case AST_IfExp:
    return check_load(v, AST_AS(IfExp, node)->test) && check_load(v, AST_AS(IfExp, node)->body) &&
           check_load(v, AST_AS(IfExp, node)->orelse);
  case AST_Dict:
    if (AST_AS(Dict, node)->keys.count != AST_AS(Dict, node)->values.count)
      return reject(v, "Dict doesn't have the same number of keys as values");
    return check_expressions(v, AST_AS(Dict, node)->keys, CONTEXT_Load, true) &&
           check_loads(v, AST_AS(Dict, node)->values);
  case AST_Set: return check_loads(v, AST_AS(Set, node)->elts);
  case AST_ListComp:
    return check_comprehensions(v, AST_AS(ListComp, node)->generators) &&
           check_load(v, AST_AS(ListComp, node)->elt);
  case AST_SetComp:
    return check_comprehensions(v, AST_AS(SetComp, node)->generators) &&
           check_load(v, AST_AS(SetComp, node)->elt);
  case AST_GeneratorExp:
    return check_comprehensions(v, AST_AS(GeneratorExp, node)->generators) &&
           check_load(v, AST_AS(GeneratorExp, node)->elt);
  case AST_DictComp:
    return check_comprehensions(v, AST_AS(DictComp, node)->generators) &&
           check_load(v, AST_AS(DictComp, node)->key) &&
           check_load(v, AST_AS(DictComp, node)->value);
  case AST_Await: return check_load(v, AST_AS(Await, node)->value);
  case AST_Yield: return check_optional(v, AST_AS(Yield, node)->value, CONTEXT_Load);
  case AST_YieldFrom: return check_load(v, AST_AS(YieldFrom, node)->value);
  case AST_Compare:
    if (!AST_AS(Compare, node)->comparators.count) return reject(v, "Compare has no comparators");
    if (AST_AS(Compare, node)->comparators.count != AST_AS(Compare, node)->ops.count)
      return reject(v, "Compare has a different number of comparators and operands");
    return check_loads(v, AST_AS(Compare, node)->comparators) &&
           check_load(v, AST_AS(Compare, node)->left);
  case AST_Call:
    return check_load(v, AST_AS(Call, node)->func) && check_loads(v, AST_AS(Call, node)->args) &&
           check_keywords(v, AST_AS(Call, node)->keywords);
  case AST_FormattedValue:
    return check_load(v, AST_AS(FormattedValue, node)->value) &&
           check_optional(v, AST_AS(FormattedValue, node)->format_spec, CONTEXT_Load);
  case AST_JoinedStr: return check_loads(v, AST_AS(JoinedStr, node)->values);
  case AST_Attribute: return check_load(v, AST_AS(Attribute, node)->value);
  case AST_Subscript:
    return check_load(v, AST_AS(Subscript, node)->slice) &&
           check_load(v, AST_AS(Subscript, node)->value);
  case AST_Starred: return check_expression(v, AST_AS(Starred, node)->value, context);
  case AST_List: return check_expressions(v, AST_AS(List, node)->elts, context, false);
  case AST_Tuple: return check_expressions(v, AST_AS(Tuple, node)->elts, context, false);
  case AST_Slice:
    return check_optional(v, AST_AS(Slice, node)->lower, CONTEXT_Load) &&
           check_optional(v, AST_AS(Slice, node)->upper, CONTEXT_Load) &&
           check_optional(v, AST_AS(Slice, node)->step, CONTEXT_Load);
  default: return true;
  }
}

static bool check_expression(Validator *v, AstNode *node, int context) {
  return check_position(v, node) && check_context(v, node, context) &&
         check_children(v, node, context);
}

/* ---- patterns ---- */

/* A value that a pattern may compare with: a number, a string, an attribute, a complex number
** written as a sum. */
static bool check_pattern_value(Validator *v, AstNode *node) {
  const char *bad = "patterns may only match literals and attribute lookups";
  switch (node->kind) {
  case AST_Constant: {
    LiteralTag tag = AST_AS(Constant, node)->value.tag;
    bool is_plain = tag == LITERAL_INT || tag == LITERAL_BIG_INT || tag == LITERAL_FLOAT ||
                    tag == LITERAL_COMPLEX || tag == LITERAL_STR || tag == LITERAL_BYTES;
    return is_plain || reject(v, "unexpected constant inside of a literal pattern");
  }
  case AST_Attribute:
  case AST_JoinedStr: return check_load(v, node);
  case AST_UnaryOp: {
    AstUnaryOp *unary = AST_AS(UnaryOp, node);
    bool fits = unary->op == UNARYOP_USub && unary->operand->kind == AST_Constant;
    return fits ? check_pattern_value(v, unary->operand) : reject(v, "%s", bad);
  }
  case AST_BinOp: {
    AstBinOp *sum = AST_AS(BinOp, node);
    AstNode *left =
        sum->left->kind == AST_UnaryOp ? AST_AS(UnaryOp, sum->left)->operand : sum->left;
    bool fits = (sum->op == OPERATOR_Add || sum->op == OPERATOR_Sub) &&
                left->kind == AST_Constant && sum->right->kind == AST_Constant &&
                AST_AS(Constant, sum->right)->value.tag == LITERAL_COMPLEX;
    return fits || reject(v, "%s", bad);
  }
  default: return reject(v, "%s", bad);
  }
}

static bool check_capture(Validator *v, const Name *name) {
  if (!name) return true;
  if (strcmp(name->text, "_") == 0) return reject(v, "can't capture name '_' in patterns");
  return check_name(v, name);
}

static bool check_patterns(Validator *v, AstSeq patterns, bool star_ok) {
  for (int i = 0; i < patterns.count; i++)
    if (!check_pattern(v, patterns.items[i], star_ok)) return false;
  return true;
}

static bool check_class_pattern(Validator *v, AstMatchClass *m) {
  if (m->kwd_attrs.count != m->kwd_patterns.count)
    return reject(v, "MatchClass doesn't have the same number of keyword attributes as patterns");
  if (!check_load(v, m->cls)) return false;
  AstNode *cls = m->cls;
  while (cls->kind == AST_Attribute) cls = AST_AS(Attribute, cls)->value;
  if (cls->kind != AST_Name)
    return reject(v, "MatchClass cls field can only contain Name or Attribute nodes.");
  for (int i = 0; i < m->kwd_attrs.count; i++)
    if (!check_name(v, m->kwd_attrs.items[i])) return false;
  return check_patterns(v, m->patterns, false) && check_patterns(v, m->kwd_patterns, false);
}

static bool check_pattern(Validator *v, AstNode *node, bool star_ok) {
  if (!node) return reject(v, "None disallowed in pattern list");
  if (!check_position(v, node)) return false;
  switch (node->kind) {
  case AST_MatchValue: return check_pattern_value(v, AST_AS(MatchValue, node)->value);
  case AST_MatchSingleton: {
    LiteralTag tag = AST_AS(MatchSingleton, node)->value.tag;
    bool fits = tag == LITERAL_NONE || tag == LITERAL_TRUE || tag == LITERAL_FALSE;
    return fits || reject(v, "MatchSingleton can only contain True, False and None");
  }
  case AST_MatchSequence: return check_patterns(v, AST_AS(MatchSequence, node)->patterns, true);
  case AST_MatchMapping: {
    AstMatchMapping *m = AST_AS(MatchMapping, node);
    if (m->keys.count != m->patterns.count)
      return reject(v, "MatchMapping doesn't have the same number of keys as patterns");
    if (!check_capture(v, m->rest)) return false;
    for (int i = 0; i < m->keys.count; i++) {
      AstNode *key = m->keys.items[i];
      bool is_singleton =
          key && key->kind == AST_Constant && AST_AS(Constant, key)->value.tag <= LITERAL_TRUE;
      if (!key) return reject(v, "None disallowed in expression list");
      if (!is_singleton && !check_pattern_value(v, key)) return false;
    }
    return check_patterns(v, m->patterns, false);
  }
  case AST_MatchClass: return check_class_pattern(v, AST_AS(MatchClass, node));
  case AST_MatchStar:
    if (!star_ok) return reject(v, "can't use MatchStar here");
    return check_capture(v, AST_AS(MatchStar, node)->name);
  case AST_MatchAs: {
    AstMatchAs *m = AST_AS(MatchAs, node);
    if (!check_capture(v, m->name)) return false;
    if (!m->pattern) return true;
    if (!m->name) return reject(v, "MatchAs must specify a target name if a pattern is given");
    return check_pattern(v, m->pattern, false);
  }
  case AST_MatchOr:
    if (AST_AS(MatchOr, node)->patterns.count < 2)
      return reject(v, "MatchOr requires at least 2 patterns");
    return check_patterns(v, AST_AS(MatchOr, node)->patterns, false);
  default: return reject(v, "unexpected pattern");
  }
}

/* ---- statements ---- */

static bool check_function(Validator *v, AstArguments *args, AstSeq body, AstSeq decorators,
                           AstNode *returns, const char *owner) {
  return check_body(v, body, owner) && check_arguments(v, args) && check_loads(v, decorators) &&
         check_optional(v, returns, CONTEXT_Load);
}

static bool check_statements(Validator *v, AstSeq body);

static bool check_handlers(Validator *v, AstSeq handlers) {
  for (int i = 0; i < handlers.count; i++) {
    AstExceptHandler *h = AST_AS(ExceptHandler, handlers.items[i]);
    if (!check_position(v, &h->node) || !check_optional(v, h->type, CONTEXT_Load) ||
        !check_body(v, h->body, "ExceptHandler"))
      return false;
  }
  return true;
}

static bool check_try(Validator *v, AstSeq body, AstSeq handlers, AstSeq orelse, AstSeq finalbody,
                      const char *owner) {
  if (!check_body(v, body, owner)) return false;
  if (!handlers.count && !finalbody.count)
    return reject(v, "%s has neither except handlers nor finalbody", owner);
  if (!handlers.count && orelse.count)
    return reject(v, "%s has orelse but no except handlers", owner);
  return check_handlers(v, handlers) && check_statements(v, orelse) &&
         check_statements(v, finalbody);
}

static bool check_with(Validator *v, AstSeq items, AstSeq body, const char *owner) {
  if (!check_nonempty(v, items.count, "items", owner)) return false;
  for (int i = 0; i < items.count; i++) {
    AstWithItem *item = AST_AS(WithItem, items.items[i]);
    if (!check_load(v, item->context_expr) ||
        !check_optional(v, item->optional_vars, CONTEXT_Store))
      return false;
  }
  return check_body(v, body, owner);
}

static bool check_for(Validator *v, AstNode *target, AstNode *iter, AstSeq body, AstSeq orelse,
                      const char *owner) {
  return check_expression(v, target, CONTEXT_Store) && check_load(v, iter) &&
         check_body(v, body, owner) && check_statements(v, orelse);
}

static bool check_match(Validator *v, AstMatch *m) {
  if (!check_load(v, m->subject) || !check_nonempty(v, m->cases.count, "cases", "Match"))
    return false;
  for (int i = 0; i < m->cases.count; i++) {
    AstMatchCase *c = AST_AS(MatchCase, m->cases.items[i]);
    if (!check_pattern(v, c->pattern, false) || !check_optional(v, c->guard, CONTEXT_Load) ||
        !check_body(v, c->body, "match_case"))
      return false;
  }
  return true;
}

static bool check_simple_statement(Validator *v, AstNode *node) {
  switch (node->kind) {
  case AST_Return: return check_optional(v, AST_AS(Return, node)->value, CONTEXT_Load);
  case AST_Delete: return check_targets(v, AST_AS(Delete, node)->targets, CONTEXT_Del, "Delete");
  case AST_Assign:
    return check_targets(v, AST_AS(Assign, node)->targets, CONTEXT_Store, "Assign") &&
           check_load(v, AST_AS(Assign, node)->value);
  case AST_AugAssign:
    return check_expression(v, AST_AS(AugAssign, node)->target, CONTEXT_Store) &&
           check_load(v, AST_AS(AugAssign, node)->value);
  case AST_AnnAssign: {
    AstAnnAssign *a = AST_AS(AnnAssign, node);
    if (a->target->kind != AST_Name && a->simple) {
      v->is_type_error = !v->message;
      return reject(v, "AnnAssign with simple non-Name target");
    }
    return check_expression(v, a->target, CONTEXT_Store) &&
           check_optional(v, a->value, CONTEXT_Load) && check_load(v, a->annotation);
  }
  case AST_Raise:
    if (!AST_AS(Raise, node)->exc)
      return !AST_AS(Raise, node)->cause || reject(v, "Raise with cause but no exception");
    return check_load(v, AST_AS(Raise, node)->exc) &&
           check_optional(v, AST_AS(Raise, node)->cause, CONTEXT_Load);
  case AST_Assert:
    return check_load(v, AST_AS(Assert, node)->test) &&
           check_optional(v, AST_AS(Assert, node)->msg, CONTEXT_Load);
  case AST_Import: return check_nonempty(v, AST_AS(Import, node)->names.count, "names", "Import");
  case AST_ImportFrom:
    if (AST_AS(ImportFrom, node)->level < 0) return reject(v, "Negative ImportFrom level");
    return check_nonempty(v, AST_AS(ImportFrom, node)->names.count, "names", "ImportFrom");
  case AST_Global: return check_nonempty(v, AST_AS(Global, node)->names.count, "names", "Global");
  case AST_Nonlocal:
    return check_nonempty(v, AST_AS(Nonlocal, node)->names.count, "names", "Nonlocal");
  case AST_Expr: return check_load(v, AST_AS(Expr, node)->value);
  default: return true;
  }
}

#define FIELDS_OF(Kind) Ast##Kind *s = AST_AS(Kind, node)
static bool check_statement(Validator *v, AstNode *node) {
  if (!check_position(v, node)) return false;
  switch (node->kind) {
  case AST_FunctionDef: {
    FIELDS_OF(FunctionDef);
    return check_function(v, s->args, s->body, s->decorator_list, s->returns, "FunctionDef");
  }
  case AST_AsyncFunctionDef: {
    FIELDS_OF(AsyncFunctionDef);
    return check_function(v, s->args, s->body, s->decorator_list, s->returns, "AsyncFunctionDef");
  }
  case AST_ClassDef: {
    FIELDS_OF(ClassDef);
    return check_body(v, s->body, "ClassDef") && check_loads(v, s->bases) &&
           check_keywords(v, s->keywords) && check_loads(v, s->decorator_list);
  }
  case AST_For: {
    FIELDS_OF(For);
    return check_for(v, s->target, s->iter, s->body, s->orelse, "For");
  }
  case AST_AsyncFor: {
    FIELDS_OF(AsyncFor);
    return check_for(v, s->target, s->iter, s->body, s->orelse, "AsyncFor");
  }
  case AST_While: {
    FIELDS_OF(While);
    return check_load(v, s->test) && check_body(v, s->body, "While") &&
           check_statements(v, s->orelse);
  }
  case AST_If: {
    FIELDS_OF(If);
    return check_load(v, s->test) && check_body(v, s->body, "If") && check_statements(v, s->orelse);
  }
  case AST_With: return check_with(v, AST_AS(With, node)->items, AST_AS(With, node)->body, "With");
  case AST_AsyncWith:
    return check_with(v, AST_AS(AsyncWith, node)->items, AST_AS(AsyncWith, node)->body,
                      "AsyncWith");
  case AST_Match: return check_match(v, AST_AS(Match, node));
  case AST_Try: {
    FIELDS_OF(Try);
    return check_try(v, s->body, s->handlers, s->orelse, s->finalbody, "Try");
  }
  case AST_TryStar: {
    FIELDS_OF(TryStar);
    return check_try(v, s->body, s->handlers, s->orelse, s->finalbody, "TryStar");
  }
  default: return check_simple_statement(v, node);
  }
}
#undef FIELDS_OF

static bool check_statements(Validator *v, AstSeq body) {
  for (int i = 0; i < body.count; i++) {
    if (!body.items[i]) return reject(v, "None disallowed in statement list");
    if (!check_statement(v, body.items[i])) return false;
  }
  return true;
}

static bool check_body(Validator *v, AstSeq body, const char *owner) {
  return check_nonempty(v, body.count, "body", owner) && check_statements(v, body);
}

const char *ast_validate(Arena *arena, const Ast *ast, bool *is_type_error) {
  Validator v = {.arena = arena};
  switch (ast->root->kind) {
  case AST_Module: check_statements(&v, AST_AS(Module, ast->root)->body); break;
  case AST_Interactive: check_statements(&v, AST_AS(Interactive, ast->root)->body); break;
  case AST_Expression: check_load(&v, AST_AS(Expression, ast->root)->body); break;
  default: reject(&v, "impossible module node");
  }
  *is_type_error = v.is_type_error;
  return v.message;
}

/* scopes_walk.c -- the walk over the tree that fills scopes with symbols. Checks what the language
** says about names at this stage, in the order in which CPython would find it. Expressions are
** folded on the way up. */
#include <stdarg.h>
#include <stdio.h>

#include "src/compile/scopes_private.h"
#include "vm/base/c_stack.h"

static void visit_expr(ScopeTable *t, AstNode **slot);
static void visit_stmts(ScopeTable *t, AstSeq *body);

static const Name *mangle(ScopeTable *t, const Name *name) {
  return name_mangle(t->ast, t->private_name, name);
}

static void visit_exprs(ScopeTable *t, AstSeq *list) {
  for (int i = 0; i < list->count; i++)
    if (list->items[i]) visit_expr(t, &list->items[i]);
}

static void visit_optional(ScopeTable *t, AstNode **slot) {
  if (*slot) visit_expr(t, slot);
}

static void note(ScopeTable *t, const Name *name, uint32_t flag, const AstNode *at) {
  Scope *scope = t->current;
  Symbol *symbol = scope_add(t, scope, mangle(t, name));
  if (flag & SYMBOL_PARAM && symbol->flags & SYMBOL_PARAM) {
    scopes_fault(t, at, "duplicate argument '%s' in function definition", symbol->name->text);
    return;
  }
  if (scope->comp_target) {
    if (symbol->flags & (SYMBOL_GLOBAL | SYMBOL_NONLOCAL)) {
      scopes_fault(t, at,
                   "comprehension inner loop cannot rebind assignment expression target '%s'",
                   symbol->name->text);
      return;
    }
    flag |= SYMBOL_COMP_TARGET;
  }
  symbol->flags |= flag;
}

/* ---- scopes */
static Scope *leave(ScopeTable *t) {
  Scope *scope = t->current;
  t->current = scope->parent;
  return scope;
}

/* A comprehension that needs no frame of its own becomes part of its function: its uses are uses
** there. */
static void leave_comprehension(ScopeTable *t) {
  Scope *scope = leave(t), *parent = t->current;
  if (t->keeps_comprehensions || scope->is_generator || scope->needs_frame ||
      parent->kind == SCOPE_CLASS)
    return;
  scope->inlined = true;
  if (parent->kind == SCOPE_MODULE) return;
  for (int i = 0; i < scope->count; i++) {
    Symbol *symbol = scope->symbols[i];
    if (symbol->flags & SYMBOL_GLOBAL ||
        (symbol->flags & SYMBOL_BOUND && !(symbol->flags & SYMBOL_NONLOCAL)))
      continue;
    scope_add(t, parent, symbol->name)->flags |= SYMBOL_USE;
  }
}

static void visit_annotation(ScopeTable *t, AstNode **slot) {
  if (!*slot) return;
  if (!(t->future & FUTURE_ANNOTATIONS)) {
    visit_expr(t, slot);
    return;
  }
  Scope *parent = t->current, *first = parent->first_child, *last = parent->last_child;
  bool no_fold = t->no_fold;
  scope_enter(t, SCOPE_FUNCTION, *slot, NULL)->annotation = 1;
  t->no_fold = true;
  visit_expr(t, slot);
  t->no_fold = no_fold;
  leave(t);
  parent->first_child = first, parent->last_child = last; /* nothing of it is compiled */
  if (last) last->next_sibling = NULL;
}

static void visit_arg_annotations(ScopeTable *t, AstSeq *args) {
  for (int i = 0; i < args->count; i++)
    visit_annotation(t, &AST_AS(Arg, args->items[i])->annotation);
}

static void note_params(ScopeTable *t, AstSeq *args) {
  for (int i = 0; i < args->count; i++) {
    AstArg *arg = AST_AS(Arg, args->items[i]);
    note(t, arg->arg, SYMBOL_PARAM, &arg->node);
  }
}

static void note_arguments(ScopeTable *t, AstArguments *args) {
  note_params(t, &args->posonlyargs);
  note_params(t, &args->args);
  note_params(t, &args->kwonlyargs);
  if (args->vararg) note(t, args->vararg->arg, SYMBOL_PARAM, &args->vararg->node);
  if (args->kwarg) note(t, args->kwarg->arg, SYMBOL_PARAM, &args->kwarg->node);
}

static bool has_docstring(const AstSeq *body) {
  if (!body->count || body->items[0]->kind != AST_Expr) return false;
  AstNode *value = AST_AS(Expr, body->items[0])->value;
  return value->kind == AST_Constant && AST_AS(Constant, value)->value.tag == LITERAL_STR;
}

static void visit_function(ScopeTable *t, AstNode *node) {
  AstFunctionDef *def = (AstFunctionDef *)node; /* same layout as AsyncFunctionDef */
  AstArguments *args = def->args;
  note(t, def->name, SYMBOL_LOCAL, node);
  visit_exprs(t, &args->defaults);
  visit_exprs(t, &args->kw_defaults);
  visit_arg_annotations(t, &args->posonlyargs);
  visit_arg_annotations(t, &args->args);
  if (args->vararg) visit_annotation(t, &args->vararg->annotation);
  if (args->kwarg) visit_annotation(t, &args->kwarg->annotation);
  visit_arg_annotations(t, &args->kwonlyargs);
  visit_annotation(t, &def->returns);
  visit_exprs(t, &def->decorator_list);
  Scope *scope = scope_enter(t, SCOPE_FUNCTION, node, def->name);
  scope->is_async_function = scope->is_coroutine = node->kind == AST_AsyncFunctionDef;
  scope->has_docstring = has_docstring(&def->body);
  note_arguments(t, args);
  visit_stmts(t, &def->body);
  leave(t);
}

static void visit_class(ScopeTable *t, AstClassDef *def) {
  note(t, def->name, SYMBOL_LOCAL, &def->node);
  visit_exprs(t, &def->bases);
  for (int i = 0; i < def->keywords.count; i++)
    visit_expr(t, &AST_AS(Keyword, def->keywords.items[i])->value);
  visit_exprs(t, &def->decorator_list);
  const Name *outer = t->private_name;
  t->private_name = def->name;
  Scope *scope = scope_enter(t, SCOPE_CLASS, &def->node, def->name);
  scope->has_docstring = has_docstring(&def->body);
  visit_stmts(t, &def->body);
  leave(t);
  t->private_name = outer;
}

static void visit_lambda(ScopeTable *t, AstLambda *lambda) {
  visit_exprs(t, &lambda->args->defaults);
  visit_exprs(t, &lambda->args->kw_defaults);
  scope_enter(t, SCOPE_LAMBDA, &lambda->node, name_intern_text(t->ast->names, "<lambda>"));
  note_arguments(t, lambda->args);
  visit_expr(t, &lambda->body);
  leave(t);
}

static void visit_comprehension(ScopeTable *t, AstNode *node, AstSeq *generators, AstNode **key,
                                AstNode **value) {
  AstComprehension *outer = AST_AS(Comprehension, generators->items[0]);
  t->current->comp_iter++;
  visit_expr(t, &outer->iter);
  t->current->comp_iter--;
  const char *name = node->kind == AST_ListComp   ? "<listcomp>"
                     : node->kind == AST_SetComp  ? "<setcomp>"
                     : node->kind == AST_DictComp ? "<dictcomp>"
                                                  : "<genexpr>";
  Scope *scope = scope_enter(t, SCOPE_COMPREHENSION, node, name_intern_text(t->ast->names, name));
  for (int i = 0; i < generators->count; i++) {
    AstComprehension *loop = AST_AS(Comprehension, generators->items[i]);
    if (loop->is_async) scope->is_coroutine = true;
    scope->comp_target = 1;
    visit_expr(t, &loop->target);
    scope->comp_target = 0;
    if (i) {
      scope->comp_iter++;
      visit_expr(t, &loop->iter);
      scope->comp_iter--;
    }
    visit_exprs(t, &loop->ifs);
  }
  if (value) visit_expr(t, value);
  visit_expr(t, key);
  bool is_generator = node->kind == AST_GeneratorExp;
  bool is_async = scope->is_coroutine && !is_generator;
  scope->is_generator = is_generator;
  leave_comprehension(t);
  if (is_async) t->current->is_coroutine = true;
}

/* ---- expressions */
static void extend_named_scope(ScopeTable *t, AstNode *target) {
  const Name *name = mangle(t, AST_AS(Name, target)->id);
  for (Scope *scope = t->current; scope; scope = scope->parent) {
    Symbol *symbol = scope_find(scope, name);
    if (scope->kind == SCOPE_COMPREHENSION) {
      if (symbol && symbol->flags & SYMBOL_COMP_TARGET) {
        scopes_fault(t, target,
                     "assignment expression cannot rebind comprehension iteration variable '%s'",
                     name->text);
        return;
      }
    } else if (scope->kind == SCOPE_CLASS) {
      scopes_fault(t, target,
                   "assignment expression within a comprehension cannot be used in a class body");
      return;
    } else {
      bool is_global = scope->kind == SCOPE_MODULE || (symbol && symbol->flags & SYMBOL_GLOBAL);
      Symbol *here = scope_add(t, t->current, name), *there = scope_add(t, scope, name);
      here->flags |= is_global ? SYMBOL_GLOBAL : SYMBOL_NONLOCAL;
      here->directive = target;
      there->flags |= scope->kind == SCOPE_MODULE ? SYMBOL_GLOBAL : SYMBOL_LOCAL | SYMBOL_WALRUS;
      if (!there->directive) there->directive = target;
      for (Scope *between = t->current->parent; between != scope; between = between->parent) {
        Symbol *passing = scope_add(t, between, name); /* comprehensions between pass it on */
        if (!(passing->flags & SYMBOL_BOUND))
          passing->flags |= is_global ? SYMBOL_GLOBAL : SYMBOL_USE;
      }
      return;
    }
  }
}

static void visit_named(ScopeTable *t, AstNamedExpr *named) {
  if (t->current->annotation) {
    scopes_fault(t, &named->node, "named expression cannot be used within an annotation");
    return;
  }
  if (t->current->comp_iter) {
    scopes_fault(t, &named->node,
                 "assignment expression cannot be used in a comprehension iterable expression");
    return;
  }
  if (t->current->kind == SCOPE_COMPREHENSION) extend_named_scope(t, named->target);
  visit_expr(t, &named->value);
  visit_expr(t, &named->target);
  Symbol *symbol = scope_find(t->current, mangle(t, AST_AS(Name, named->target)->id));
  if (symbol) symbol->flags |= SYMBOL_WALRUS;
}

static void visit_yield(ScopeTable *t, AstNode *node) {
  if (t->current->annotation) {
    scopes_fault(t, node, "yield expression cannot be used within an annotation");
    return;
  }
  if (node->kind == AST_Yield) visit_optional(t, &AST_AS(Yield, node)->value);
  else visit_expr(t, &AST_AS(YieldFrom, node)->value);
  Scope *scope = t->current;
  scope->is_generator = true;
  if (scope->kind == SCOPE_COMPREHENSION) {
    AstKind kind = (AstKind)scope->node->kind;
    scopes_fault(t, node, "'yield' inside %s",
                 kind == AST_ListComp   ? "list comprehension"
                 : kind == AST_SetComp  ? "set comprehension"
                 : kind == AST_DictComp ? "dict comprehension"
                                        : "generator expression");
  }
}

static void visit_name(ScopeTable *t, AstName *name) {
  note(t, name->id, name->ctx == CONTEXT_Load ? SYMBOL_USE : SYMBOL_LOCAL, &name->node);
  if (name->ctx == CONTEXT_Del) {
    scope_find(t->current, mangle(t, name->id))->flags |= SYMBOL_UNBINDS;
  } else if (name->ctx == CONTEXT_Load && scope_is_function(t->current)) {
    if (name->id == t->name_super) note(t, t->name_class, SYMBOL_USE, &name->node);
    if (t->current->kind == SCOPE_COMPREHENSION)
      for (size_t i = 0; i < ARRAY_COUNT(t->frame_names); i++)
        if (name->id == t->frame_names[i] || name->id == t->name_super)
          t->current->needs_frame = true;
  }
}

static void visit_call(ScopeTable *t, AstCall *call) {
  visit_expr(t, &call->func);
  visit_exprs(t, &call->args);
  for (int i = 0; i < call->keywords.count; i++)
    visit_expr(t, &AST_AS(Keyword, call->keywords.items[i])->value);
}

static void visit_expr_kind(ScopeTable *t, AstNode **slot) {
  AstNode *e = *slot;
  switch (e->kind) {
  case AST_Constant: break;
  case AST_Name: visit_name(t, AST_AS(Name, e)); break;
  case AST_BinOp:
    visit_expr(t, &AST_AS(BinOp, e)->left);
    visit_expr(t, &AST_AS(BinOp, e)->right);
    break;
  case AST_UnaryOp: visit_expr(t, &AST_AS(UnaryOp, e)->operand); break;
  case AST_BoolOp: visit_exprs(t, &AST_AS(BoolOp, e)->values); break;
  case AST_NamedExpr: visit_named(t, AST_AS(NamedExpr, e)); break;
  case AST_Lambda: visit_lambda(t, AST_AS(Lambda, e)); break;
  case AST_IfExp:
    visit_expr(t, &AST_AS(IfExp, e)->test);
    visit_expr(t, &AST_AS(IfExp, e)->body);
    visit_expr(t, &AST_AS(IfExp, e)->orelse);
    break;
  case AST_Dict:
    visit_exprs(t, &AST_AS(Dict, e)->keys);
    visit_exprs(t, &AST_AS(Dict, e)->values);
    break;
  case AST_Set: visit_exprs(t, &AST_AS(Set, e)->elts); break;
  case AST_ListComp:
    visit_comprehension(t, e, &AST_AS(ListComp, e)->generators, &AST_AS(ListComp, e)->elt, NULL);
    break;
  case AST_SetComp:
    visit_comprehension(t, e, &AST_AS(SetComp, e)->generators, &AST_AS(SetComp, e)->elt, NULL);
    break;
  case AST_DictComp:
    visit_comprehension(t, e, &AST_AS(DictComp, e)->generators, &AST_AS(DictComp, e)->key,
                        &AST_AS(DictComp, e)->value);
    break;
  case AST_GeneratorExp:
    visit_comprehension(t, e, &AST_AS(GeneratorExp, e)->generators, &AST_AS(GeneratorExp, e)->elt,
                        NULL);
    break;
  case AST_Await:
    if (t->current->annotation) {
      scopes_fault(t, e, "await expression cannot be used within an annotation");
      return;
    }
    visit_expr(t, &AST_AS(Await, e)->value);
    t->current->is_coroutine = true;
    break;
  case AST_Yield:
  case AST_YieldFrom: visit_yield(t, e); break;
  case AST_Compare:
    visit_expr(t, &AST_AS(Compare, e)->left);
    visit_exprs(t, &AST_AS(Compare, e)->comparators);
    break;
  case AST_Call: visit_call(t, AST_AS(Call, e)); break;
  case AST_FormattedValue:
    visit_expr(t, &AST_AS(FormattedValue, e)->value);
    visit_optional(t, &AST_AS(FormattedValue, e)->format_spec);
    break;
  case AST_JoinedStr: visit_exprs(t, &AST_AS(JoinedStr, e)->values); break;
  case AST_Attribute: visit_expr(t, &AST_AS(Attribute, e)->value); break;
  case AST_Subscript:
    visit_expr(t, &AST_AS(Subscript, e)->value);
    visit_expr(t, &AST_AS(Subscript, e)->slice);
    break;
  case AST_Starred: visit_expr(t, &AST_AS(Starred, e)->value); break;
  case AST_List: visit_exprs(t, &AST_AS(List, e)->elts); break;
  case AST_Tuple: visit_exprs(t, &AST_AS(Tuple, e)->elts); break;
  case AST_Slice:
    visit_optional(t, &AST_AS(Slice, e)->lower);
    visit_optional(t, &AST_AS(Slice, e)->upper);
    visit_optional(t, &AST_AS(Slice, e)->step);
    break;
  default: panic("no expression: kind %d", e->kind);
  }
}

static bool too_deep(ScopeTable *t) {
  if (t->depth < COMPILE_DEPTH_MAX && !c_stack_is_low()) return false;
  if (!t->failed) {
    t->failed = true;
    *t->fault = (SyntaxFault){.kind = FAULT_RECURSION_ERROR,
                              .message = "maximum recursion depth exceeded during compilation"};
  }
  return true;
}

static void visit_expr(ScopeTable *t, AstNode **slot) {
  if (t->failed || too_deep(t)) return;
  t->depth++;
  visit_expr_kind(t, slot);
  t->depth--;
  if (!t->no_fold) fold_expr(t->arena, slot, t->options);
}

/* ---- patterns */
static void visit_pattern(ScopeTable *t, AstNode *p) {
  if (t->failed || too_deep(t)) return;
  t->depth++;
  switch (p->kind) {
  case AST_MatchValue: visit_expr(t, &AST_AS(MatchValue, p)->value); break;
  case AST_MatchSingleton: break;
  case AST_MatchSequence:
    for (int i = 0; i < AST_AS(MatchSequence, p)->patterns.count; i++)
      visit_pattern(t, AST_AS(MatchSequence, p)->patterns.items[i]);
    break;
  case AST_MatchStar:
    if (AST_AS(MatchStar, p)->name) note(t, AST_AS(MatchStar, p)->name, SYMBOL_LOCAL, p);
    break;
  case AST_MatchMapping: {
    AstMatchMapping *m = AST_AS(MatchMapping, p);
    visit_exprs(t, &m->keys);
    for (int i = 0; i < m->patterns.count; i++) visit_pattern(t, m->patterns.items[i]);
    if (m->rest) note(t, m->rest, SYMBOL_LOCAL, p);
    break;
  }
  case AST_MatchClass: {
    AstMatchClass *m = AST_AS(MatchClass, p);
    visit_expr(t, &m->cls);
    for (int i = 0; i < m->patterns.count; i++) visit_pattern(t, m->patterns.items[i]);
    for (int i = 0; i < m->kwd_patterns.count; i++) visit_pattern(t, m->kwd_patterns.items[i]);
    break;
  }
  case AST_MatchAs:
    if (AST_AS(MatchAs, p)->pattern) visit_pattern(t, AST_AS(MatchAs, p)->pattern);
    if (AST_AS(MatchAs, p)->name) note(t, AST_AS(MatchAs, p)->name, SYMBOL_LOCAL, p);
    break;
  case AST_MatchOr:
    for (int i = 0; i < AST_AS(MatchOr, p)->patterns.count; i++)
      visit_pattern(t, AST_AS(MatchOr, p)->patterns.items[i]);
    break;
  default: panic("no pattern: kind %d", p->kind);
  }
  t->depth--;
}

/* ---- statements */
/* A name that any function declares global is one of the globals for the module's own code too. */
static void note_module_global(ScopeTable *t, const Name *name, AstNode *node) {
  Symbol *symbol = scope_add(t, t->module, name);
  symbol->flags |= SYMBOL_GLOBAL;
  if (!symbol->directive) symbol->directive = node;
}

static void visit_global(ScopeTable *t, AstNode *node, AstNameSeq *names, bool is_global) {
  const char *word = is_global ? "global" : "nonlocal";
  for (int i = 0; i < names->count && !t->failed; i++) {
    Symbol *symbol = scope_add(t, t->current, mangle(t, names->items[i]));
    const char *text = names->items[i]->text;
    if (symbol->flags & SYMBOL_PARAM)
      scopes_fault(t, node, "name '%s' is parameter and %s", text, word);
    else if (symbol->flags & SYMBOL_USE)
      scopes_fault(t, node, "name '%s' is used prior to %s declaration", text, word);
    else if (symbol->flags & SYMBOL_ANNOTATED)
      scopes_fault(t, node, "annotated name '%s' can't be %s", text, word);
    else if (symbol->flags & SYMBOL_LOCAL)
      scopes_fault(t, node, "name '%s' is assigned to before %s declaration", text, word);
    symbol->flags |= is_global ? SYMBOL_GLOBAL : SYMBOL_NONLOCAL;
    if (!symbol->directive) symbol->directive = node;
    if (is_global) note_module_global(t, symbol->name, node);
  }
}

static void visit_import(ScopeTable *t, AstSeq *names) {
  for (int i = 0; i < names->count; i++) {
    AstAlias *alias = AST_AS(Alias, names->items[i]);
    const Name *name = alias->asname ? alias->asname : alias->name;
    const char *dot = alias->asname ? NULL : memchr(name->text, '.', name->size);
    if (dot) name = name_intern(t->ast->names, name->text, (size_t)(dot - name->text));
    if (strcmp(name->text, "*")) note(t, name, SYMBOL_IMPORT, &alias->node);
    else if (t->current->kind != SCOPE_MODULE)
      scopes_fault(t, &alias->node, "import * only allowed at module level");
  }
}

static void visit_ann_assign(ScopeTable *t, AstAnnAssign *s) {
  t->current->has_annotations = true;
  if (s->target->kind == AST_Name) {
    AstName *target = AST_AS(Name, s->target);
    Symbol *symbol = scope_find(t->current, mangle(t, target->id));
    if (symbol && symbol->flags & (SYMBOL_GLOBAL | SYMBOL_NONLOCAL) &&
        t->current->kind != SCOPE_MODULE && s->simple) {
      scopes_fault(t, &s->node,
                   symbol->flags & SYMBOL_GLOBAL ? "annotated name '%s' can't be global"
                                                 : "annotated name '%s' can't be nonlocal",
                   target->id->text);
      return;
    }
    if (s->simple) note(t, target->id, SYMBOL_ANNOTATED | SYMBOL_LOCAL, s->target);
    else if (s->value) note(t, target->id, SYMBOL_LOCAL, s->target);
  } else {
    visit_expr(t, &s->target);
  }
  visit_annotation(t, &s->annotation);
  visit_optional(t, &s->value);
}

static void visit_try(ScopeTable *t, AstTry *s) { /* same layout as TryStar */
  visit_stmts(t, &s->body);
  for (int i = 0; i < s->handlers.count; i++) {
    AstExceptHandler *handler = AST_AS(ExceptHandler, s->handlers.items[i]);
    visit_optional(t, &handler->type);
    if (handler->name) note(t, handler->name, SYMBOL_LOCAL | SYMBOL_UNBINDS, &handler->node);
    visit_stmts(t, &handler->body);
  }
  visit_stmts(t, &s->orelse);
  visit_stmts(t, &s->finalbody);
}

static void visit_with(ScopeTable *t, AstWith *s) { /* same layout as AsyncWith */
  for (int i = 0; i < s->items.count; i++) {
    AstWithItem *item = AST_AS(WithItem, s->items.items[i]);
    visit_expr(t, &item->context_expr);
    visit_optional(t, &item->optional_vars);
  }
  visit_stmts(t, &s->body);
}

static void visit_match(ScopeTable *t, AstMatch *s) {
  visit_expr(t, &s->subject);
  for (int i = 0; i < s->cases.count; i++) {
    AstMatchCase *one = AST_AS(MatchCase, s->cases.items[i]);
    visit_pattern(t, one->pattern);
    visit_optional(t, &one->guard);
    visit_stmts(t, &one->body);
  }
}

static void visit_for(ScopeTable *t, AstFor *s) { /* same layout as AsyncFor */
  visit_expr(t, &s->target);
  visit_expr(t, &s->iter);
  visit_stmts(t, &s->body);
  visit_stmts(t, &s->orelse);
}

static void visit_stmt(ScopeTable *t, AstNode *s) {
  switch (s->kind) {
  case AST_FunctionDef:
  case AST_AsyncFunctionDef: visit_function(t, s); break;
  case AST_ClassDef: visit_class(t, AST_AS(ClassDef, s)); break;
  case AST_Return:
    if (AST_AS(Return, s)->value) {
      visit_expr(t, &AST_AS(Return, s)->value);
      t->current->returns_value = true;
    }
    break;
  case AST_Delete: visit_exprs(t, &AST_AS(Delete, s)->targets); break;
  case AST_Assign:
    visit_exprs(t, &AST_AS(Assign, s)->targets);
    visit_expr(t, &AST_AS(Assign, s)->value);
    break;
  case AST_AugAssign:
    visit_expr(t, &AST_AS(AugAssign, s)->target);
    visit_expr(t, &AST_AS(AugAssign, s)->value);
    break;
  case AST_AnnAssign: visit_ann_assign(t, AST_AS(AnnAssign, s)); break;
  case AST_AsyncFor: t->current->is_coroutine = true; FALLTHROUGH;
  case AST_For: visit_for(t, (AstFor *)s); break;
  case AST_While:
    visit_expr(t, &AST_AS(While, s)->test);
    visit_stmts(t, &AST_AS(While, s)->body);
    visit_stmts(t, &AST_AS(While, s)->orelse);
    break;
  case AST_If:
    visit_expr(t, &AST_AS(If, s)->test);
    visit_stmts(t, &AST_AS(If, s)->body);
    visit_stmts(t, &AST_AS(If, s)->orelse);
    break;
  case AST_AsyncWith: t->current->is_coroutine = true; FALLTHROUGH;
  case AST_With: visit_with(t, (AstWith *)s); break;
  case AST_Match: visit_match(t, AST_AS(Match, s)); break;
  case AST_Raise:
    visit_optional(t, &AST_AS(Raise, s)->exc);
    visit_optional(t, &AST_AS(Raise, s)->cause);
    break;
  case AST_Try:
  case AST_TryStar: visit_try(t, (AstTry *)s); break;
  case AST_Assert:
    visit_expr(t, &AST_AS(Assert, s)->test);
    visit_optional(t, &AST_AS(Assert, s)->msg);
    break;
  case AST_Import: visit_import(t, &AST_AS(Import, s)->names); break;
  case AST_ImportFrom: visit_import(t, &AST_AS(ImportFrom, s)->names); break;
  case AST_Global: visit_global(t, s, &AST_AS(Global, s)->names, true); break;
  case AST_Nonlocal: visit_global(t, s, &AST_AS(Nonlocal, s)->names, false); break;
  case AST_Expr: visit_expr(t, &AST_AS(Expr, s)->value); break;
  default: break; /* Pass, Break, Continue */
  }
}

static void visit_stmts(ScopeTable *t, AstSeq *body) {
  if (too_deep(t)) return;
  t->depth++;
  for (int i = 0; i < body->count && !t->failed; i++) visit_stmt(t, body->items[i]);
  t->depth--;
}

bool scopes_build(ScopeTable *t) {
  NameTable *names = t->ast->names;
  t->name_super = name_intern_text(names, "super");
  t->name_class = name_intern_text(names, "__class__");
  t->name_debug = name_intern_text(names, "__debug__");
  static const char *const frame_names[] = {"locals", "vars", "eval", "exec", "dir"};
  for (int i = 0; i < 5; i++) t->frame_names[i] = name_intern_text(names, frame_names[i]);
  AstNode *root = t->ast->root;
  t->module = scope_enter(t, SCOPE_MODULE, root, name_intern_text(names, "<module>"));
  switch (root->kind) {
  case AST_Module:
    t->module->has_docstring = has_docstring(&AST_AS(Module, root)->body);
    visit_stmts(t, &AST_AS(Module, root)->body);
    break;
  case AST_Interactive: visit_stmts(t, &AST_AS(Interactive, root)->body); break;
  case AST_Expression: visit_expr(t, &AST_AS(Expression, root)->body); break;
  default: scopes_fault(t, NULL, "this compiler does not handle FunctionTypes");
  }
  return !t->failed;
}

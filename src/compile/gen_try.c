/* gen_try.c -- try, except, except*, finally, with.
**
** Protected code runs under a handler: an exception goes to the handler's label with the instance
** in its register. A handler's own code runs between ENTER_HANDLER and LEAVE_HANDLER and under a
** second handler that does LEAVE_HANDLER and raises on, so that sys.exc_info() is right whatever
** happens. finally clauses are generated twice: for leaving normally (and once for each return,
** break, continue through them), and for exceptions. */
#include "src/compile/gen.h"

void unbind_handler_name(Compiler *c, const Name *name) {
  Variable v = variable_find(c, name);
  if (v.storage == STORAGE_LOCAL) {
    EMIT(c, NULL, LOAD_UNBOUND, .to = v.index);
    flow_unbind(c, v.flow);
    return;
  }
  int top = c->unit->top;
  Reg none = temp_new(c);
  load_none(c, NULL, none);
  store_name(c, NULL, name, none);
  delete_name(c, NULL, name);
  c->unit->top = top;
}

/* What a handler needs while its code runs. */
typedef struct Catch {
  Label label; /* of the handler */
  Reg exception, saved;
  Label cleanup; /* of the second handler */
  Reg second;    /* its exception */
  Flow start;    /* at the start of the protected code */
  int outer_handler;
} Catch;

/* Starts protected code. The caught exception will stand in the first register that is free now. */
static Catch catch_begin(Compiler *c) {
  Unit *u = c->unit;
  Catch k = {.label = label_new(c),
             .exception = temp_new(c),
             .start = u->flow,
             .outer_handler = u->handler};
  u->top = k.exception;
  u->handler = handler_new(c, k.label, k.exception);
  return k;
}

/* Places the handler: from here on the exception is the handled one, under the second handler. */
static void catch_enter(Compiler *c, Catch *k, const void *node) {
  Unit *u = c->unit;
  u->handler = k->outer_handler;
  label_place_handler(c, k->label, &k->start);
  u->top = k->exception + 1;
  k->saved = temp_new(c);
  k->second = temp_new(c);
  k->cleanup = label_new(c);
  EMIT(c, node, ENTER_HANDLER, .saved = k->saved, .exception = k->exception);
  k->start = u->flow;
  u->handler = handler_new(c, k->cleanup, k->second);
}

/* Ends the handler's code (its normal ends have jumped away): the second handler. */
static void catch_end(Compiler *c, Catch *k) {
  Unit *u = c->unit;
  u->handler = k->outer_handler;
  label_place_handler(c, k->cleanup, &k->start);
  EMIT(c, NULL, LEAVE_HANDLER, .saved = k->saved);
  EMIT(c, NULL, RERAISE, .exception = k->second);
  u->top = k->exception;
}

/* The exception goes on. With a node the frame's last line is the node's from now on, else still
** the raising one. */
static void reraise(Compiler *c, Catch *k, const void *node) {
  int handler = c->unit->handler;
  c->unit->handler = k->outer_handler;
  EMIT(c, NULL, LEAVE_HANDLER, .saved = k->saved);
  EMIT(c, node, RERAISE, .exception = k->exception);
  c->unit->handler = handler;
}

/* ---- except */
/* The body of a clause, and unbinding its name however it ends. */
static void gen_clause(Compiler *c, Catch *k, AstExceptHandler *clause, Label end) {
  Unit *u = c->unit;
  Block block = {.saved = k->saved, .name = clause->name};
  if (!clause->name) {
    block_push(c, &block, BLOCK_HANDLER, clause);
    block.outer_handler = k->outer_handler;
    int handler = u->handler;
    gen_body(c, &clause->body);
    block_pop(c, &block);
    EMIT(c, NULL, LEAVE_HANDLER, .saved = k->saved);
    emit_jump(c, NULL, end);
    u->handler = handler;
    return;
  }
  store_name(c, clause, clause->name, k->exception);
  int under = u->handler;
  Flow start = u->flow;
  block_push(c, &block, BLOCK_HANDLER, clause);
  block.outer_handler = k->outer_handler;
  Label raised = label_new(c);
  Reg third = temp_new(c);
  u->handler = handler_new(c, raised, third);
  gen_body(c, &clause->body);
  block_pop(c, &block);
  EMIT(c, NULL, LEAVE_HANDLER, .saved = k->saved);
  unbind_handler_name(c, clause->name);
  emit_jump(c, NULL, end);
  label_place_handler(c, raised, &start);
  u->handler = k->outer_handler;
  unbind_handler_name(c, clause->name);
  EMIT(c, NULL, LEAVE_HANDLER, .saved = k->saved);
  EMIT(c, NULL, RERAISE, .exception = third);
  u->handler = under;
}

static void gen_clauses(Compiler *c, Catch *k, AstSeq *handlers, Label end) {
  Unit *u = c->unit;
  for (int i = 0; i < handlers->count; i++) {
    AstExceptHandler *clause = AST_AS(ExceptHandler, handlers->items[i]);
    if (!clause->type && i + 1 < handlers->count) {
      compile_fault(c, clause, "default 'except:' must be last");
      return;
    }
    int top = u->top;
    Label next = label_new(c);
    if (clause->type) {
      Reg classes = gen(c, clause->type);
      EMIT_BRANCH(c, clause->type, JUMP_IF_NOT_MATCH, next, .exception = k->exception,
                  .classes = classes);
      u->top = top;
    } else {
      emit_line(c, clause);
    }
    gen_clause(c, k, clause, end);
    label_place(c, next);
    u->top = top;
  }
  reraise(c, k, handlers->items[handlers->count - 1]);
}

static void gen_try_except(Compiler *c, AstTry *s) {
  Catch k = catch_begin(c);
  Block block;
  int handler = c->unit->handler;
  block_push(c, &block, BLOCK_TRY, s);
  block.outer_handler = k.outer_handler;
  c->unit->handler = handler;
  gen_body(c, &s->body);
  block_pop(c, &block);
  gen_body(c, &s->orelse);
  Label end = label_new(c);
  emit_jump(c, NULL, end);
  catch_enter(c, &k, NULL);
  gen_clauses(c, &k, &s->handlers, end);
  catch_end(c, &k);
  label_place(c, end);
}

/* ---- finally */
typedef void GenProtected(Compiler *c, AstTry *s);

static void gen_finally(Compiler *c, AstTry *s, GenProtected *protected) {
  Unit *u = c->unit;
  Catch k = catch_begin(c);
  Block block = {.finalbody = &s->finalbody};
  block_push(c, &block, BLOCK_FINALLY, s);
  block.outer_handler = k.outer_handler;
  protected(c, s);
  block_pop(c, &block);
  Label end = label_new(c);
  gen_body(c, &s->finalbody);
  emit_jump(c, NULL, end);
  catch_enter(c, &k, NULL);
  Block handling = {.saved = k.saved};
  int handler = u->handler;
  block_push(c, &handling, BLOCK_FINALLY_END, s);
  handling.outer_handler = k.outer_handler;
  u->handler = handler;
  gen_body(c, &s->finalbody);
  block_pop(c, &handling);
  u->handler = handler;
  const AstNode *last = s->finalbody.items[s->finalbody.count - 1];
  reraise(c, &k, last->line == last->end_line ? last : NULL);
  catch_end(c, &k);
  label_place(c, end);
}

static void gen_protected_try(Compiler *c, AstTry *s) {
  if (s->handlers.count) gen_try_except(c, s);
  else gen_body(c, &s->body);
}

void gen_try(Compiler *c, AstTry *s) {
  emit_line(c, s);
  if (s->finalbody.count) gen_finally(c, s, gen_protected_try);
  else gen_try_except(c, s);
}

/* ---- except* : R[rest] is what no clause has taken yet, R[raised] the list of what the clauses
** raised */
static void gen_star_clause(Compiler *c, Catch *k, AstExceptHandler *clause, Reg rest, Reg raised,
                            Label next) {
  Unit *u = c->unit;
  int top = u->top;
  Reg match = temps_new(c, 2), inner_saved = temp_new(c), third = temp_new(c);
  if (!clause->type) {
    compile_fault(c, clause, "expected one or more exception types");
    return;
  }
  Reg classes = gen(c, clause->type); /* evaluated whether or not anything is left for the clause */
  EMIT_BRANCH(c, NULL, JUMP_IF_NONE, next, .value = rest);
  EMIT(c, clause->type, MATCH_GROUP, .to = match, .exception = rest, .classes = classes);
  emit_move(c, NULL, rest, match + 1);
  EMIT_BRANCH(c, NULL, JUMP_IF_NONE, next, .value = match);
  EMIT(c, NULL, ENTER_HANDLER, .saved = inner_saved, .exception = match);
  if (clause->name) store_name(c, clause, clause->name, match);
  int under = u->handler;
  Flow start = u->flow;
  Label failed = label_new(c);
  Block block = {.saved = k->saved};
  block_push(c, &block, BLOCK_STAR, clause);
  u->handler = handler_new(c, failed, third);
  gen_body(c, &clause->body);
  block_pop(c, &block);
  u->handler = under;
  if (clause->name) unbind_handler_name(c, clause->name);
  EMIT(c, NULL, LEAVE_HANDLER, .saved = inner_saved);
  emit_jump(c, NULL, next);
  label_place_handler(c, failed, &start);
  EMIT(c, NULL, LIST_APPEND, .list = raised, .value = third);
  if (clause->name) unbind_handler_name(c, clause->name);
  EMIT(c, NULL, LEAVE_HANDLER, .saved = inner_saved);
  emit_jump(c, NULL, next);
  u->top = top;
}

static void gen_star_clauses(Compiler *c, Catch *k, AstSeq *handlers, Label end) {
  Unit *u = c->unit;
  Reg rest = temp_new(c), raised = temp_new(c), result = temp_new(c);
  emit_move(c, NULL, rest, k->exception);
  EMIT(c, NULL, BUILD_LIST, .to = raised, .base = raised, .count = 0);
  for (int i = 0; i < handlers->count && !c->failed; i++) {
    Label next = label_new(c);
    gen_star_clause(c, k, AST_AS(ExceptHandler, handlers->items[i]), rest, raised, next);
    label_place(c, next);
  }
  Label none_left = label_new(c), fine = label_new(c);
  EMIT_BRANCH(c, NULL, JUMP_IF_NONE, none_left, .value = rest);
  EMIT(c, NULL, LIST_APPEND, .list = raised, .value = rest);
  label_place(c, none_left);
  EMIT(c, NULL, RERAISE_STAR, .to = result, .original = k->exception, .raised = raised);
  EMIT_BRANCH(c, NULL, JUMP_IF_NONE, fine, .value = result);
  int handler = u->handler;
  u->handler = k->outer_handler;
  EMIT(c, NULL, LEAVE_HANDLER, .saved = k->saved);
  EMIT(c, NULL, RERAISE, .exception = result);
  u->handler = handler;
  label_place(c, fine);
  EMIT(c, NULL, LEAVE_HANDLER, .saved = k->saved);
  emit_jump(c, NULL, end);
}

static void gen_star_except(Compiler *c, AstTry *s) {
  Catch k = catch_begin(c);
  Block block;
  int handler = c->unit->handler;
  block_push(c, &block, BLOCK_TRY, s);
  block.outer_handler = k.outer_handler;
  c->unit->handler = handler;
  gen_body(c, &s->body);
  block_pop(c, &block);
  gen_body(c, &s->orelse);
  Label end = label_new(c);
  emit_jump(c, NULL, end);
  catch_enter(c, &k, NULL);
  gen_star_clauses(c, &k, &s->handlers, end);
  catch_end(c, &k);
  label_place(c, end);
}

void gen_try_star(Compiler *c, AstTryStar *s) { /* same layout as Try */
  emit_line(c, s);
  if (s->finalbody.count) gen_finally(c, (AstTry *)s, gen_star_except);
  else gen_star_except(c, (AstTry *)s);
}

/* ---- with */
void gen_with(Compiler *c, AstWith *s, int index) {
  if (c->failed) return; /* too many nested blocks, for one */
  if (index == s->items.count) {
    gen_body(c, &s->body);
    return;
  }
  Unit *u = c->unit;
  bool is_async = s->node.kind == AST_AsyncWith;
  AstWithItem *item = AST_AS(WithItem, s->items.items[index]);
  int top = u->top;
  Reg exit = temps_new(c, 2);
  Reg manager = gen_hint(c, item->context_expr, exit);
  EMIT_AS(c, s, is_async ? OP_ASYNC_WITH_ENTER : OP_WITH_ENTER, ASYNC_WITH_ENTER, .to = exit,
          .manager = manager);
  u->top = exit + 2;
  if (is_async) emit_await(c, item->context_expr, exit + 1, exit + 1, 1);
  Catch k = catch_begin(c);
  int handler = u->handler;
  Block block = {.exit_function = exit, .is_async = is_async};
  block_push(c, &block, BLOCK_WITH, s);
  block.outer_handler = k.outer_handler;
  u->handler = handler;
  if (item->optional_vars) gen_store(c, item->optional_vars, exit + 1);
  gen_with(c, s, index + 1);
  block_pop(c, &block);
  Reg result = temp_new(c), none = temp_new(c);
  load_none(c, s, none);
  EMIT(c, s, WITH_EXIT, .to = result, .exit = exit, .exception = none);
  if (is_async) emit_await(c, s, result, result, 2);
  Label end = label_new(c), swallowed = label_new(c);
  emit_jump(c, NULL, end);
  catch_enter(c, &k, s);
  result = temp_new(c);
  EMIT(c, s, WITH_EXIT, .to = result, .exit = exit, .exception = k.exception);
  if (is_async) emit_await(c, s, result, result, 2);
  EMIT_BRANCH(c, s, JUMP_IF_TRUE, swallowed, .value = result);
  reraise(c, &k, NULL);
  label_place(c, swallowed);
  EMIT(c, NULL, LEAVE_HANDLER, .saved = k.saved);
  emit_jump(c, NULL, end);
  catch_end(c, &k);
  label_place(c, end);
  u->top = top;
}

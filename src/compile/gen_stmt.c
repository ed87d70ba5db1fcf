/* gen_stmt.c -- statements: dispatch, loops, if, return, import, raise, assert; blocks and how they
** are left. */
#include "src/compile/gen.h"

enum { BLOCKS_MAX = 20 };

/* ---- blocks */
/* A handler counts twice: for the exception, and for what its end has to clean up. */
static int block_weight(const Block *block) {
  return block->kind == BLOCK_HANDLER || block->kind == BLOCK_STAR ? 2 : 1;
}

void block_push(Compiler *c, Block *block, BlockKind kind, const void *node) {
  Unit *u = c->unit;
  block->kind = kind;
  block->outer = u->blocks;
  block->node = node;
  block->outer_handler = u->handler;
  u->blocks = block;
  u->block_depth += block_weight(block);
  if (u->block_depth > BLOCKS_MAX) compile_fault(c, node, "too many statically nested blocks");
}

void block_pop(Compiler *c, Block *block) {
  c->unit->blocks = block->outer;
  c->unit->handler = block->outer_handler;
  c->unit->block_depth -= block_weight(block);
}

static void leave_block(Compiler *c, const void *node, Block *b) {
  int top = c->unit->top;
  switch (b->kind) {
  case BLOCK_LOOP:
  case BLOCK_TRY: break;
  case BLOCK_FINALLY: gen_body(c, b->finalbody); break;
  case BLOCK_FINALLY_END: EMIT(c, NULL, LEAVE_HANDLER, .saved = b->saved); break;
  case BLOCK_HANDLER:
    if (b->name) unbind_handler_name(c, b->name);
    EMIT(c, NULL, LEAVE_HANDLER, .saved = b->saved);
    break;
  case BLOCK_STAR:
    compile_fault(c, node, "'break', 'continue' and 'return' cannot appear in an except* block");
    break;
  case BLOCK_WITH: {
    Reg none = temp_new(c), result = temp_new(c);
    load_none(c, b->node, none);
    EMIT(c, b->node, WITH_EXIT, .to = result, .exit = b->exit_function, .exception = none);
    if (b->is_async) emit_await(c, b->node, result, result, 2);
    break;
  }
  }
  c->unit->top = top;
}

/* The code that leaves all blocks inside `outer` (NULL: the function). false: fault. */
static bool unwind_blocks(Compiler *c, const void *node, Block *outer) {
  Unit *u = c->unit;
  Block *all = u->blocks;
  int handler = u->handler, depth = u->block_depth;
  for (Block *b = all; b && b != outer && !c->failed; b = b->outer) {
    u->blocks = b->outer;
    u->handler = b->outer_handler;
    u->block_depth -= block_weight(b);
    leave_block(c, node, b);
  }
  u->blocks = all;
  u->handler = handler;
  u->block_depth = depth;
  return !c->failed;
}

/* Code that leaving may run before the value is returned: could it change a variable? */
static bool leaving_runs_code(const Unit *u) {
  for (const Block *b = u->blocks; b; b = b->outer)
    if (b->kind == BLOCK_FINALLY || (b->kind == BLOCK_HANDLER && b->name)) return true;
  return false;
}

/* Nothing has to happen before the frame is left. */
static bool leaving_is_plain(const Unit *u) {
  for (const Block *b = u->blocks; b; b = b->outer)
    if (b->kind != BLOCK_LOOP) return false;
  return true;
}

/* return x if c else y, return a or b: each way returns by itself. */
static void gen_return_value(Compiler *c, const void *node, AstNode *e) {
  if (!compile_enter(c)) return;
  int top = c->unit->top;
  if (e->kind == AST_IfExp) {
    Label otherwise = label_new(c);
    gen_branch(c, AST_AS(IfExp, e)->test, otherwise, false);
    gen_return_value(c, node, AST_AS(IfExp, e)->body);
    label_place(c, otherwise);
    gen_return_value(c, node, AST_AS(IfExp, e)->orelse);
  } else if (e->kind == AST_BoolOp) {
    AstBoolOp *bools = AST_AS(BoolOp, e);
    int last = bools->values.count - 1;
    for (int i = 0; i < last; i++, c->unit->top = top) {
      Label next = label_new(c);
      Reg value = gen(c, bools->values.items[i]);
      EMIT_BRANCH_AS(c, e, bools->op == BOOLOP_Or ? OP_JUMP_IF_FALSE : OP_JUMP_IF_TRUE,
                     JUMP_IF_FALSE, next, .value = value);
      EMIT(c, node, RETURN, .value = value);
      label_place(c, next);
    }
    gen_return_value(c, node, bools->values.items[last]);
  } else {
    EMIT(c, node, RETURN, .value = gen(c, e));
  }
  c->unit->top = top;
  c->depth--;
}

static void gen_return(Compiler *c, AstReturn *s) {
  Unit *u = c->unit;
  if (!scope_is_function(u->scope)) {
    compile_fault(c, s, "'return' outside function");
    return;
  }
  if (s->value && u->is_async && u->is_generator) {
    compile_fault(c, s, "'return' with value in async generator");
    return;
  }
  int top = u->top;
  bool none = !s->value || (s->value->kind == AST_Constant &&
                            AST_AS(Constant, s->value)->value.tag == LITERAL_NONE);
  if (!none && leaving_is_plain(u)) {
    gen_return_value(c, s->value->kind == AST_Constant ? (const void *)s->value : s, s->value);
    return;
  }
  Reg value = REG_NONE;
  if (!none && leaving_runs_code(u)) gen_to(c, s->value, value = temp_new(c));
  else if (!none) value = gen(c, s->value);
  int handler = u->handler;
  emit_line(c, s);
  const void *at = s->value && s->value->kind == AST_Constant ? (const void *)s->value : s;
  unwind_blocks(c, at, NULL);
  if (!leaving_is_plain(u)) at = NULL; /* the line of the clause that ran last */
  u->handler = 0;
  if (none) EMIT(c, at, RETURN_NONE);
  else EMIT(c, at, RETURN, .value = value);
  u->handler = handler;
  u->top = top;
}

static void gen_loop_exit(Compiler *c, AstNode *s) {
  bool is_break = s->kind == AST_Break;
  Block *loop = c->unit->blocks;
  while (loop && loop->kind != BLOCK_LOOP && loop->kind != BLOCK_STAR) loop = loop->outer;
  if (loop && loop->kind == BLOCK_STAR) {
    Block *outer = loop;
    while (outer && outer->kind != BLOCK_LOOP) outer = outer->outer;
    compile_fault(c, s, "'break', 'continue' and 'return' cannot appear in an except* block");
    return;
  }
  if (!loop) {
    compile_fault(c, s, is_break ? "'break' outside loop" : "'continue' not properly in loop");
    return;
  }
  emit_line(c, s);
  if (unwind_blocks(c, s, loop)) emit_jump(c, NULL, is_break ? loop->exit : loop->next);
}

/* ---- loops */
static void gen_loop_else(Compiler *c, Block *block, Label exhausted, AstSeq *orelse) {
  block_pop(c, block);
  label_place(c, exhausted);
  gen_body(c, orelse);
  label_place(c, block->exit);
}

static void gen_loop_for(Compiler *c, AstFor *s) {
  Unit *u = c->unit;
  int top = u->top;
  Reg iterator = temp_new(c);
  Reg iterable = gen_hint(c, s->iter, iterator);
  EMIT(c, s, GET_ITER, .to = iterator, .value = iterable);
  Label head = label_place_head(c), exhausted = label_new(c);
  Block block = {.next = head, .exit = label_new(c)};
  block_push(c, &block, BLOCK_LOOP, s);
  Reg place = s->target->kind == AST_Name ? name_place(c, AST_AS(Name, s->target)->id) : REG_NONE;
  Reg item = place != REG_NONE ? place : temp_new(c);
  EMIT_BRANCH(c, s, FOR_ITER, exhausted, .item = item, .iterator = iterator);
  if (place == REG_NONE) gen_store(c, s->target, item);
  else if (check_name(c, s->target, AST_AS(Name, s->target)->id, CONTEXT_Store))
    name_bound(c, AST_AS(Name, s->target)->id);
  u->top = iterator + 1;
  gen_body(c, &s->body);
  emit_jump(c, NULL, head);
  gen_loop_else(c, &block, exhausted, &s->orelse);
  u->top = top;
}

static void gen_async_for(Compiler *c, AstFor *s) {
  Unit *u = c->unit;
  if (!u->is_async && !(c->options->top_level_await && u->scope->kind == SCOPE_MODULE)) {
    compile_fault(c, s, "'async for' outside async function");
    return;
  }
  int top = u->top;
  Reg iterator = temp_new(c), item = temp_new(c);
  gen_to(c, s->iter, iterator);
  EMIT(c, s, GET_AITER, .to = iterator, .value = iterator);
  Label head = label_place_head(c), exhausted = label_new(c), caught = label_new(c);
  Flow start = u->flow;
  Block block = {.next = head, .exit = label_new(c)};
  block_push(c, &block, BLOCK_LOOP, s);
  u->handler = handler_new(c, caught, item);
  EMIT(c, s, GET_ANEXT, .to = item, .aiter = iterator);
  emit_delegate(c, s, item, item);
  u->handler = block.outer_handler;
  gen_store(c, s->target, item);
  gen_body(c, &s->body);
  emit_jump(c, NULL, head);
  label_place_handler(c, caught, &start);
  EMIT(c, s->iter, END_ASYNC_FOR, .exception = item);
  gen_loop_else(c, &block, exhausted, &s->orelse);
  u->top = top;
}

static void gen_while(Compiler *c, AstWhile *s) {
  Label head = label_place_head(c), exhausted = label_new(c);
  Block block = {.next = head, .exit = label_new(c)};
  block_push(c, &block, BLOCK_LOOP, s);
  gen_branch(c, s->test, exhausted, false);
  gen_body(c, &s->body);
  emit_jump(c, NULL, head);
  gen_loop_else(c, &block, exhausted, &s->orelse);
}

static void gen_if(Compiler *c, AstIf *s) {
  Label otherwise = label_new(c);
  gen_branch(c, s->test, otherwise, false);
  gen_body(c, &s->body);
  if (!s->orelse.count) {
    label_place(c, otherwise);
    return;
  }
  Label end = label_new(c);
  emit_jump(c, NULL, end);
  label_place(c, otherwise);
  gen_body(c, &s->orelse);
  label_place(c, end);
}

/* ---- imports */
static void gen_import_name(Compiler *c, const void *node, const Name *module, uint32_t fromlist,
                            int level, Reg to) {
  EMIT(c, node, IMPORT_NAME, .to = to, .name = name_index(c, module), .level = level,
       .fromlist = constant_index(c, fromlist));
}

/* import a.b.c as d: d is the attribute c of b of a. */
static void gen_import_as(Compiler *c, AstNode *s, AstAlias *alias, Reg module) {
  const char *text = alias->name->text, *dot = strchr(text, '.');
  while (dot) {
    const char *part = dot + 1;
    dot = strchr(part, '.');
    size_t size = dot ? (size_t)(dot - part) : strlen(part);
    EMIT(c, s, IMPORT_FROM, .to = module, .module = module,
         .name = name_index(c, name_intern(c->ast->names, part, size)));
  }
  store_name(c, s, alias->asname, module);
}

static void gen_import(Compiler *c, AstImport *s) {
  int top = c->unit->top;
  for (int i = 0; i < s->names.count; i++) {
    AstAlias *alias = AST_AS(Alias, s->names.items[i]);
    Reg module = temp_new(c);
    gen_import_name(c, s, alias->name, writer_none(&c->writer), 0, module);
    if (alias->asname) {
      gen_import_as(c, &s->node, alias, module);
    } else {
      const char *dot = memchr(alias->name->text, '.', alias->name->size);
      const Name *name = alias->name;
      if (dot) name = name_intern(c->ast->names, name->text, (size_t)(dot - name->text));
      store_name(c, s, name, module);
    }
    c->unit->top = top;
  }
}

static void gen_import_from(Compiler *c, AstImportFrom *s) {
  NameTable *names = c->ast->names;
  const Name *module_name = s->module ? s->module : name_intern_text(names, "");
  if (s->node.line > c->future_line && s->module && !strcmp(s->module->text, "__future__")) {
    compile_fault(c, s, "from __future__ imports must occur at the beginning of the file");
    return;
  }
  uint32_t *items = ARENA_ARRAY(c->arena, uint32_t, s->names.count + 1);
  for (int i = 0; i < s->names.count; i++)
    items[i] = name_constant(c, AST_AS(Alias, s->names.items[i])->name);
  uint32_t fromlist = writer_tuple(&c->writer, CONSTANT_TUPLE, items, (uint32_t)s->names.count);
  int top = c->unit->top;
  Reg module = temp_new(c), value = temp_new(c);
  gen_import_name(c, s, module_name, fromlist, s->level, module);
  for (int i = 0; i < s->names.count; i++) {
    AstAlias *alias = AST_AS(Alias, s->names.items[i]);
    if (!strcmp(alias->name->text, "*")) {
      EMIT(c, s, IMPORT_STAR, .module = module);
      break;
    }
    EMIT(c, s, IMPORT_FROM, .to = value, .module = module, .name = name_index(c, alias->name));
    store_name(c, s, alias->asname ? alias->asname : alias->name, value);
  }
  c->unit->top = top;
}

/* ---- the rest */
static void gen_raise(Compiler *c, AstRaise *s) {
  if (!s->exc) {
    EMIT(c, s, RAISE_AGAIN);
    return;
  }
  Reg exception = gen_operand(c, s->exc, REG_NONE, s->cause);
  if (!s->cause) EMIT(c, s, RAISE, .exception = exception);
  else EMIT(c, s, RAISE_FROM, .exception = exception, .cause = gen(c, s->cause));
}

/* The last comparison that a test branches on, or NULL. */
static AstNode *last_compare(AstNode *test) {
  AstNode *last = NULL;
  switch (test->kind) {
  case AST_Compare: return test;
  case AST_UnaryOp:
    return AST_AS(UnaryOp, test)->op == UNARYOP_Not ? last_compare(AST_AS(UnaryOp, test)->operand)
                                                    : NULL;
  case AST_BoolOp: {
    const AstBoolOp *bool_op = AST_AS(BoolOp, test);
    for (int i = bool_op->values.count - 1; i >= 0 && !last; i--)
      last = last_compare(bool_op->values.items[i]);
    return last;
  }
  case AST_IfExp: {
    const AstIfExp *either = AST_AS(IfExp, test);
    AstNode *const parts[] = {either->orelse, either->body, either->test};
    for (int i = 0; i < 3 && !last; i++) last = last_compare(parts[i]);
    return last;
  }
  default: return NULL;
  }
}

/* The exception comes from the last comparison, as in CPython, whichever failed. */
static void gen_assert(Compiler *c, AstAssert *s) {
  bool tuple =
      (s->test->kind == AST_Tuple && AST_AS(Tuple, s->test)->elts.count) ||
      (s->test->kind == AST_Constant && AST_AS(Constant, s->test)->value.tag == LITERAL_TUPLE &&
       AST_AS(Constant, s->test)->value.count);
  if (tuple) compile_warn(c, s, "assertion is always true, perhaps remove parentheses?");
  if (c->options->optimize) return;
  Label end = label_new(c);
  gen_branch(c, s->test, end, true);
  Reg exception = temp_new(c);
  if (s->msg) {
    Reg base = window_new(c);
    EMIT(c, s, LOAD_ASSERTION_ERROR, .to = base);
    gen_new(c, s->msg);
    EMIT(c, s, CALL, .to = exception, .base = base, .argc = 1);
  } else {
    EMIT(c, s, LOAD_ASSERTION_ERROR, .to = exception);
  }
  AstNode *compare = last_compare(s->test);
  EMIT(c, compare ? compare : (AstNode *)s, RAISE, .exception = exception);
  label_place(c, end);
}

static void gen_expr_stmt(Compiler *c, AstExpr *s) {
  if (c->interactive && c->unit->scope->kind == SCOPE_MODULE)
    EMIT(c, s, PRINT_EXPRESSION, .value = gen(c, s->value));
  else gen_discard(c, s->value);
}

static void gen_stmt(Compiler *c, AstNode *s);

void gen_body(Compiler *c, AstSeq *body) {
  for (int i = 0; i < body->count && !c->failed; i++) gen_stmt(c, body->items[i]);
}

static void gen_with_stmt(Compiler *c, AstWith *s) {
  Unit *u = c->unit;
  if (s->node.kind == AST_AsyncWith && !u->is_async &&
      !(c->options->top_level_await && u->scope->kind == SCOPE_MODULE))
    compile_fault(c, s, "'async with' outside async function");
  else gen_with(c, s, 0);
}

static void gen_stmt_kind(Compiler *c, AstNode *s) {
  switch (s->kind) {
  case AST_FunctionDef:
  case AST_AsyncFunctionDef: gen_function_def(c, s); break;
  case AST_ClassDef: gen_class_def(c, AST_AS(ClassDef, s)); break;
  case AST_Return: gen_return(c, AST_AS(Return, s)); break;
  case AST_Delete:
    for (int i = 0; i < AST_AS(Delete, s)->targets.count; i++)
      gen_delete(c, AST_AS(Delete, s)->targets.items[i]);
    break;
  case AST_Assign: gen_assign(c, AST_AS(Assign, s)); break;
  case AST_AugAssign: gen_aug_assign(c, AST_AS(AugAssign, s)); break;
  case AST_AnnAssign: gen_ann_assign(c, AST_AS(AnnAssign, s)); break;
  case AST_For: gen_loop_for(c, AST_AS(For, s)); break;
  case AST_AsyncFor: gen_async_for(c, (AstFor *)s); break;
  case AST_While: gen_while(c, AST_AS(While, s)); break;
  case AST_If: gen_if(c, AST_AS(If, s)); break;
  case AST_With:
  case AST_AsyncWith: gen_with_stmt(c, (AstWith *)s); break;
  case AST_Match: gen_match(c, AST_AS(Match, s)); break;
  case AST_Raise: gen_raise(c, AST_AS(Raise, s)); break;
  case AST_Try: gen_try(c, AST_AS(Try, s)); break;
  case AST_TryStar: gen_try_star(c, AST_AS(TryStar, s)); break;
  case AST_Assert: gen_assert(c, AST_AS(Assert, s)); break;
  case AST_Import: gen_import(c, AST_AS(Import, s)); break;
  case AST_ImportFrom: gen_import_from(c, AST_AS(ImportFrom, s)); break;
  case AST_Expr: gen_expr_stmt(c, AST_AS(Expr, s)); break;
  case AST_Break:
  case AST_Continue: gen_loop_exit(c, s); break;
  case AST_Pass: emit_line(c, s); break;
  default: break; /* Global, Nonlocal */
  }
}

static void gen_stmt(Compiler *c, AstNode *s) {
  if (!compile_enter(c)) return;
  int top = c->unit->top;
  gen_stmt_kind(c, s);
  c->unit->top = top;
  c->depth--;
}

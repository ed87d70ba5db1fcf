/* gen_comp.c -- comprehensions. List, set and dict ones run in the registers of the function around
** them; generator expressions, and those whose scope is not inlined, are functions of one argument,
** the outermost iterator.
**
** The variables of an inlined one are temporaries while it runs (Unit.comp_variables). */
#include "src/compile/gen.h"

typedef struct Comp {
  AstNode *node;
  AstSeq *generators;
  AstNode *elt, *value; /* value: of a dict comprehension */
  Reg place;            /* the list, set or dict being built */
} Comp;

static Comp comp_of(AstNode *node) {
  Comp comp = {.node = node, .place = REG_NONE};
  if (node->kind == AST_DictComp) {
    AstDictComp *e = AST_AS(DictComp, node);
    comp.generators = &e->generators, comp.elt = e->key, comp.value = e->value;
  } else {
    AstListComp *e = (AstListComp *)node; /* the other three have one layout */
    comp.generators = &e->generators, comp.elt = e->elt;
  }
  return comp;
}

static void gen_element(Compiler *c, Comp *comp) {
  Reg elt, value;
  switch (comp->node->kind) {
  case AST_ListComp:
    EMIT(c, comp->node, LIST_APPEND, .list = comp->place, .value = gen(c, comp->elt));
    break;
  case AST_SetComp:
    EMIT(c, comp->node, SET_ADD, .set = comp->place, .value = gen(c, comp->elt));
    break;
  case AST_DictComp:
    elt = gen_operand(c, comp->elt, REG_NONE, comp->value);
    value = gen(c, comp->value);
    EMIT(c, comp->node, DICT_SET, .dict = comp->place, .key = elt, .value = value);
    break;
  default:
    elt = gen(c, comp->elt);
    EMIT(c, comp->elt, YIELD, .sent = temp_new(c), .value = elt);
    break;
  }
}

static void gen_loop(Compiler *c, Comp *comp, int i, Reg iterator);

static void gen_loop_body(Compiler *c, Comp *comp, int i, AstComprehension *loop, Reg item,
                          Label head) {
  Unit *u = c->unit;
  if (item != REG_NONE) gen_store(c, loop->target, item);
  int top = u->top;
  Label next = label_new(c);
  for (int j = 0; j < loop->ifs.count; j++) gen_branch(c, loop->ifs.items[j], next, false);
  if (i + 1 < comp->generators->count) {
    AstComprehension *inner = AST_AS(Comprehension, comp->generators->items[i + 1]);
    Reg iterator = temp_new(c);
    Reg iterable = gen_hint(c, inner->iter, iterator);
    EMIT_AS(c, comp->node, inner->is_async ? OP_GET_AITER : OP_GET_ITER, GET_AITER, .to = iterator,
            .value = iterable);
    gen_loop(c, comp, i + 1, iterator);
  } else {
    gen_element(c, comp);
  }
  u->top = top;
  label_place(c, next);
  emit_jump(c, comp->node, head);
}

static void gen_async_loop(Compiler *c, Comp *comp, int i, AstComprehension *loop, Reg iterator) {
  Unit *u = c->unit;
  int outer_handler = u->handler;
  Label head = label_place_head(c), caught = label_new(c);
  Flow start = u->flow;
  Reg item = temp_new(c);
  u->handler = handler_new(c, caught, item);
  EMIT(c, comp->node, GET_ANEXT, .to = item, .aiter = iterator);
  emit_delegate(c, comp->node, item, item);
  u->handler = outer_handler;
  gen_loop_body(c, comp, i, loop, item, head);
  label_place_handler(c, caught, &start);
  EMIT(c, comp->node, END_ASYNC_FOR, .exception = item);
}

static void gen_loop(Compiler *c, Comp *comp, int i, Reg iterator) {
  AstComprehension *loop = AST_AS(Comprehension, comp->generators->items[i]);
  int top = c->unit->top;
  if (loop->is_async) {
    gen_async_loop(c, comp, i, loop, iterator);
  } else {
    Label head = label_place_head(c), exit = label_new(c);
    Reg place =
        loop->target->kind == AST_Name ? name_place(c, AST_AS(Name, loop->target)->id) : REG_NONE;
    Reg item = place != REG_NONE ? place : temp_new(c);
    EMIT_BRANCH(c, comp->node, FOR_ITER, exit, .item = item, .iterator = iterator);
    if (place != REG_NONE) name_bound(c, AST_AS(Name, loop->target)->id);
    gen_loop_body(c, comp, i, loop, place != REG_NONE ? REG_NONE : item, head);
    label_place(c, exit);
  }
  c->unit->top = top;
}

static void gen_container(Compiler *c, Comp *comp) {
  Opcode op = comp->node->kind == AST_ListComp  ? OP_BUILD_LIST
              : comp->node->kind == AST_SetComp ? OP_BUILD_SET
                                                : OP_BUILD_DICT;
  EMIT_AS(c, comp->node, op, BUILD_LIST, .to = comp->place, .base = comp->place, .count = 0);
}

/* ---- inlined */
static bool target_binds(const AstNode *target, const Name *name) {
  if (target->kind == AST_Name) return ((const AstName *)target)->id == name;
  if (target->kind == AST_Starred) return target_binds(((const AstStarred *)target)->value, name);
  if (target->kind != AST_Tuple && target->kind != AST_List) return false;
  const AstSeq *elts = &((const AstTuple *)target)->elts;
  for (int i = 0; i < elts->count; i++)
    if (target_binds(elts->items[i], name)) return true;
  return false;
}

static void add_variable(Compiler *c, CompVariable variable) {
  Unit *u = c->unit;
  if (u->comp_count == u->comp_capacity) {
    int capacity = u->comp_capacity ? u->comp_capacity * 2 : 8;
    CompVariable *variables = ARENA_ARRAY(c->arena, CompVariable, capacity);
    if (u->comp_count)
      memcpy(variables, u->comp_variables, sizeof *variables * (size_t)u->comp_count);
    u->comp_variables = variables, u->comp_capacity = capacity;
  }
  u->comp_variables[u->comp_count++] = variable;
}

static void open_variables(Compiler *c, Comp *comp, Scope *scope) {
  AstNode *first = AST_AS(Comprehension, comp->generators->items[0])->target;
  for (int i = 0; i < scope->count; i++) {
    Symbol *symbol = scope->symbols[i];
    if (!(symbol->flags & SYMBOL_BOUND) || symbol->flags & (SYMBOL_GLOBAL | SYMBOL_NONLOCAL))
      continue;
    CompVariable variable = {symbol, scope, temp_new(c), c->unit->flow_count++};
    add_variable(c, variable);
    if (symbol->storage == STORAGE_CELL) EMIT(c, comp->node, NEW_CELL, .local = variable.reg);
    else if (!target_binds(first, symbol->name))
      EMIT(c, comp->node, LOAD_UNBOUND, .to = variable.reg);
  }
}

static void gen_inlined_to(Compiler *c, Comp *comp, Scope *scope, Reg to) {
  Unit *u = c->unit;
  AstComprehension *outer = AST_AS(Comprehension, comp->generators->items[0]);
  int comp_count = u->comp_count;
  Scope *names_scope = u->names_scope;
  comp->place = is_temp(c, to) ? to : temp_new(c);
  Reg iterator = temp_new(c);
  Reg iterable = gen_hint(c, outer->iter, iterator);
  EMIT_AS(c, comp->node, outer->is_async ? OP_GET_AITER : OP_GET_ITER, GET_AITER, .to = iterator,
          .value = iterable);
  gen_container(c, comp);
  u->names_scope = scope;
  open_variables(c, comp, scope);
  gen_loop(c, comp, 0, iterator);
  u->names_scope = names_scope;
  u->comp_count = comp_count;
  emit_move(c, comp->node, to, comp->place);
}

/* ---- functions */
static uint32_t gen_comp_function(Compiler *c, Comp *comp, Scope *scope) {
  bool is_generator = comp->node->kind == AST_GeneratorExp;
  Unit *u = unit_begin(c, scope, scope->name->text, comp->node->line);
  u->flags = FUNCTION_OPTIMIZED | FUNCTION_NEWLOCALS | (scope->is_nested ? FUNCTION_NESTED : 0) |
             (is_generator ? (scope->is_coroutine ? FUNCTION_ASYNC_GENERATOR : FUNCTION_GENERATOR)
              : scope->is_coroutine ? FUNCTION_COROUTINE
                                    : 0) |
             (c->future & FUTURE_MASK);
  u->argcount = 1;
  u->is_async = scope->is_coroutine, u->is_generator = is_generator;
  unit_prologue(c, comp->node);
  if (!is_generator) {
    comp->place = temp_new(c);
    gen_container(c, comp);
  }
  gen_loop(c, comp, 0, 0);
  if (is_generator) EMIT(c, comp->node, RETURN_NONE);
  else EMIT(c, comp->node, RETURN, .value = comp->place);
  uint32_t index = u->index;
  unit_end(c);
  return index;
}

static void gen_function_comp_to(Compiler *c, Comp *comp, Scope *scope, Reg to) {
  AstComprehension *outer = AST_AS(Comprehension, comp->generators->items[0]);
  Reg base = window_new(c);
  int top = c->unit->top;
  uint32_t index = gen_comp_function(c, comp, scope);
  Reg parts = temps_new(c, 4);
  make_function(c, comp->node, scope, index, parts, 0, base);
  c->unit->top = top;
  Reg argument = temp_new(c);
  Reg iterable = gen_hint(c, outer->iter, argument);
  EMIT_AS(c, comp->node, outer->is_async ? OP_GET_AITER : OP_GET_ITER, GET_AITER, .to = argument,
          .value = iterable);
  EMIT(c, comp->node, CALL, .to = to, .base = base, .argc = 1);
  if (scope->is_coroutine && comp->node->kind != AST_GeneratorExp)
    emit_await(c, comp->node, to, to, 0);
}

static void check_async(Compiler *c, Comp *comp, Scope *scope) {
  if (!scope->is_coroutine || comp->node->kind == AST_GeneratorExp) return;
  Unit *u = c->unit;
  bool allowed = u->is_async || (c->options->top_level_await && u->scope->kind == SCOPE_MODULE) ||
                 u->scope->kind == SCOPE_COMPREHENSION;
  if (!allowed)
    compile_fault(c, comp->node, "asynchronous comprehension outside of an asynchronous function");
}

void gen_comprehension_to(Compiler *c, AstNode *e, Reg to) {
  Comp comp = comp_of(e);
  Scope *scope = scope_of(&c->scopes, e);
  check_async(c, &comp, scope);
  if (scope->inlined) {
    gen_inlined_to(c, &comp, scope, to);
  } else {
    Reg place = is_temp(c, to) || !scope->is_coroutine ? to : temp_new(c);
    gen_function_comp_to(c, &comp, scope, place);
    emit_move(c, e, to, place);
  }
}

/* gen_func.c -- def, lambda, class: the outer side (defaults, annotations, closure, decorators) and
** the inner. */
#include "src/compile/gen.h"

#include "vm/base/buffer.h"

/* ---- names */
static const char *qualname_of(Compiler *c, const Name *name) {
  Unit *outer = c->unit;
  if (outer->scope->kind == SCOPE_MODULE) return name->text;
  Symbol *symbol = scope_find(outer->scope, name_mangle(c->ast, outer->scope->private_name, name));
  if (symbol && symbol->explicit_global) return name->text;
  const char *between = outer->scope->kind == SCOPE_CLASS ? "." : ".<locals>.";
  return arena_printf(c->arena, "%s%s%s", outer->qualname, between, name->text);
}

static const char *inner_qualname(Compiler *c, Scope *scope) {
  Unit *outer = c->unit->outer; /* the unit of `scope` has begun */
  if (!outer || outer->scope->kind == SCOPE_MODULE) return scope->name->text;
  return arena_printf(c->arena, "%s%s%s", outer->qualname,
                      outer->scope->kind == SCOPE_CLASS ? "." : ".<locals>.", scope->name->text);
}

/* ---- inside */
/* A far variable's cell becomes its entry in the dict, with what a parameter held. */
static void make_far_cell(Compiler *c, const Symbol *symbol, bool is_parameter) {
  int top = c->unit->top, n = name_index(c, symbol->name);
  Reg cell = temp_new(c);
  if (is_parameter) EMIT(c, NULL, LOAD_FAR, .to = cell, .far = FAR_FROM, .name = n);
  EMIT_AS(c, NULL, is_parameter ? OP_MAKE_CELL : OP_NEW_CELL, NEW_CELL, .local = cell);
  EMIT(c, NULL, STORE_FAR, .far = FAR_FROM, .name = n, .value = cell);
  c->unit->top = top;
}

/* Cells come to life, a generator leaves: what stands before any code of the program. */
void unit_prologue(Compiler *c, const void *node) {
  Unit *u = c->unit;
  Scope *scope = u->scope;
  int params = u->argcount + u->kwonlycount + !!(u->flags & FUNCTION_VARARGS) +
               !!(u->flags & FUNCTION_VARKEYWORDS);
  for (int i = 0; i < params; i++) flow_bind(c, i);
  if (scope->kind == SCOPE_COMPREHENSION) u->qualname = inner_qualname(c, scope);
  if (scope->kind == SCOPE_CLASS && scope->needs_class_cell) EMIT(c, NULL, NEW_CELL, .local = 1);
  if (u->has_far) EMIT(c, NULL, MAKE_FAR, .to = FAR_FROM);
  if (scope_is_function(scope)) {
    for (int i = 0; i < scope->count; i++) {
      Symbol *symbol = scope->symbols[i];
      bool is_far = u->has_far && symbol->index >= FAR_FROM;
      if (symbol->storage == STORAGE_CELL && is_far)
        make_far_cell(c, symbol, symbol->index < params);
      else if (symbol->storage == STORAGE_CELL)
        EMIT_AS(c, NULL, symbol->index < params ? OP_MAKE_CELL : OP_NEW_CELL, NEW_CELL,
                .local = symbol->index);
    }
  }
  if (u->flags & (FUNCTION_GENERATOR | FUNCTION_COROUTINE | FUNCTION_ASYNC_GENERATOR)) {
    AstNode *at = ARENA_NEW(c->arena, AstNode);
    *at = (AstNode){
        .line = u->firstlineno, .end_line = u->firstlineno, .column = -1, .end_column = -1};
    EMIT(c, at, GENERATOR_START);
  }
}

static void describe_arguments(Compiler *c, Unit *u, AstArguments *args) {
  u->posonlycount = args->posonlyargs.count;
  u->argcount = args->posonlyargs.count + args->args.count;
  u->kwonlycount = args->kwonlyargs.count;
  u->flags |= (args->vararg ? FUNCTION_VARARGS : 0) | (args->kwarg ? FUNCTION_VARKEYWORDS : 0);
}

static Unit *function_begin(Compiler *c, Scope *scope, const char *name, const char *qualname,
                            int line, AstArguments *args) {
  Unit *u = unit_begin(c, scope, name, line);
  u->qualname = qualname;
  u->is_async = scope->is_async_function;
  u->is_generator = scope->is_generator;
  u->flags = FUNCTION_OPTIMIZED | FUNCTION_NEWLOCALS | (scope->is_nested ? FUNCTION_NESTED : 0) |
             (u->is_async       ? (u->is_generator ? FUNCTION_ASYNC_GENERATOR : FUNCTION_COROUTINE)
              : u->is_generator ? FUNCTION_GENERATOR
                                : 0) |
             (c->future & FUTURE_MASK);
  describe_arguments(c, u, args);
  return u;
}

static void check_argument_names(Compiler *c, const void *node, AstArguments *args) {
  AstSeq *lists[] = {&args->posonlyargs, &args->args, &args->kwonlyargs};
  for (size_t i = 0; i < ARRAY_COUNT(lists); i++)
    for (int j = 0; j < lists[i]->count; j++) {
      AstArg *arg = AST_AS(Arg, lists[i]->items[j]);
      if (!check_name(c, node, arg->arg, CONTEXT_Store)) return;
    }
  if (args->vararg && !check_name(c, node, args->vararg->arg, CONTEXT_Store)) return;
  if (args->kwarg) check_name(c, node, args->kwarg->arg, CONTEXT_Store);
}

/* ---- outside */
enum { PIECE_MAX = 250 }; /* values that are gathered in registers */

/* Entry by entry into the dict R[to]. */
static int gen_many_keyword_defaults(Compiler *c, const void *node, AstArguments *args, Reg to) {
  int top = c->unit->top;
  EMIT(c, node, BUILD_DICT, .to = to, .base = top, .pairs = 0);
  for (int i = 0; i < args->kw_defaults.count; i++, c->unit->top = top) {
    if (!args->kw_defaults.items[i]) continue;
    const Name *name = AST_AS(Arg, args->kwonlyargs.items[i])->arg;
    Reg key = temp_new(c);
    load_constant(c, node,
                  name_constant(c, name_mangle(c->ast, c->unit->names_scope->private_name, name)),
                  key);
    EMIT(c, node, DICT_SET, .dict = to, .key = key, .value = gen(c, args->kw_defaults.items[i]));
  }
  return 2;
}

static int gen_defaults(Compiler *c, const void *node, AstArguments *args, Reg base) {
  int parts = 0, top = c->unit->top;
  if (args->defaults.count) {
    gen_sequence_to(c, args->defaults.items[0], &args->defaults, OP_BUILD_TUPLE, base);
    parts |= 1;
  }
  if (args->kw_defaults.count > PIECE_MAX)
    return parts | gen_many_keyword_defaults(c, node, args, base + 1);
  uint32_t *names = ARENA_ARRAY(c->arena, uint32_t, args->kw_defaults.count + 1);
  int count = 0;
  for (int i = 0; i < args->kw_defaults.count; i++) {
    if (!args->kw_defaults.items[i]) continue;
    const Name *name = AST_AS(Arg, args->kwonlyargs.items[i])->arg;
    names[count++] =
        name_constant(c, name_mangle(c->ast, c->unit->names_scope->private_name, name));
    gen_new(c, args->kw_defaults.items[i]);
  }
  if (count) {
    uint32_t tuple = writer_tuple(&c->writer, CONSTANT_TUPLE, names, (uint32_t)count);
    EMIT(c, node, BUILD_CONST_DICT, .to = base + 1, .base = top, .keys = constant_index(c, tuple));
    parts |= 2;
  }
  c->unit->top = top;
  return parts;
}

void gen_annotation_to(Compiler *c, AstNode *annotation, Reg to) {
  if (c->future & FUTURE_ANNOTATIONS) {
    Buffer text = {0};
    unparse_expr(&text, annotation);
    if (text.failed) arena_fail(c->arena);
    load_constant(c, annotation,
                  writer_str(&c->writer, text.size ? (const char *)text.bytes : "", text.size), to);
    buffer_deinit(&text);
  } else if (annotation->kind == AST_Starred) { /* *args: *Ts */
    AstNode *value = AST_AS(Starred, annotation)->value;
    Reg many = gen(c, value);
    EMIT(c, annotation, UNPACK, .to = to, .value = many, .count = 1);
  } else {
    gen_to(c, annotation, to);
  }
}

/* Names and values in turn stand on temporaries from `top` on; once they are many, in the list
** R[list]. */
typedef struct Annotations {
  int top;
  Reg list;
} Annotations;

static void annotations_into_list(Compiler *c, const void *node, Annotations *a, bool last) {
  int count = c->unit->top - a->top;
  if (a->list == REG_NONE && !last) {
    EMIT(c, node, BUILD_LIST, .to = a->top, .base = a->top, .count = count);
    a->list = a->top++;
  } else if (a->list != REG_NONE && count) {
    Reg tuple = a->top;
    EMIT(c, node, BUILD_TUPLE, .to = tuple, .base = a->top, .count = count);
    EMIT(c, node, LIST_EXTEND, .list = a->list, .iterable = tuple);
  }
  c->unit->top = a->top;
}

static void gen_annotation(Compiler *c, const Name *name, AstNode *annotation, Annotations *a) {
  if (!annotation) return;
  if (c->unit->top - a->top > PIECE_MAX) annotations_into_list(c, annotation, a, false);
  Reg key = temp_new(c), value = temp_new(c);
  load_constant(c, annotation,
                name_constant(c, name_mangle(c->ast, c->unit->names_scope->private_name, name)),
                key);
  int top = c->unit->top;
  gen_annotation_to(c, annotation, value);
  c->unit->top = top;
}

static void gen_annotations(Compiler *c, AstSeq *args, Annotations *a) {
  for (int i = 0; i < args->count; i++) {
    AstArg *arg = AST_AS(Arg, args->items[i]);
    gen_annotation(c, arg->arg, arg->annotation, a);
  }
}

static int gen_all_annotations(Compiler *c, const void *node, AstArguments *args, AstNode *returns,
                               Reg base) {
  int top = c->unit->top;
  Annotations a = {top, REG_NONE};
  gen_annotations(c, &args->args, &a);
  gen_annotations(c, &args->posonlyargs, &a);
  if (args->vararg) gen_annotation(c, args->vararg->arg, args->vararg->annotation, &a);
  gen_annotations(c, &args->kwonlyargs, &a);
  if (args->kwarg) gen_annotation(c, args->kwarg->arg, args->kwarg->annotation, &a);
  gen_annotation(c, name_intern_text(c->ast->names, "return"), returns, &a);
  if (a.list != REG_NONE) annotations_into_list(c, node, &a, true);
  int count = c->unit->top - top;
  c->unit->top = top;
  if (!count) return 0;
  if (a.list != REG_NONE) EMIT(c, node, LIST_TO_TUPLE, .to = base + 2, .list = a.list);
  else EMIT(c, node, BUILD_TUPLE, .to = base + 2, .base = top, .count = count);
  return 4;
}

void make_function(Compiler *c, const void *node, Scope *scope, uint32_t index, Reg base, int parts,
                   Reg to) {
  if (is_dead(c)) return;
  if (scope->free_count > PIECE_MAX) { /* by way of a list */
    int top = c->unit->top;
    Reg list = temp_new(c), cell = temp_new(c);
    EMIT(c, node, BUILD_LIST, .to = list, .base = list, .count = 0);
    for (int i = 0; i < scope->free_count; i++) {
      load_closure_cell(c, node, scope->frees[i], cell);
      EMIT(c, node, LIST_APPEND, .list = list, .value = cell);
    }
    EMIT(c, node, LIST_TO_TUPLE, .to = base + 3, .list = list);
    c->unit->top = top;
    parts |= 8;
  } else if (scope->free_count) {
    int top = c->unit->top;
    Reg cells = temps_new(c, scope->free_count);
    for (int i = 0; i < scope->free_count; i++)
      load_closure_cell(c, node, scope->frees[i], cells + i);
    EMIT(c, node, BUILD_TUPLE, .to = base + 3, .base = cells, .count = scope->free_count);
    c->unit->top = top;
    parts |= 8;
  }
  EMIT(c, node, MAKE_FUNCTION, .to = to, .base = base, .parts = parts,
       .code = constant_index(c, writer_code(&c->writer, index)));
}

/* R[to] = the function or class under decorators i, i+1, … */
typedef void MakeDefinition(Compiler *c, AstNode *s, int line, Reg to);
static void gen_decorated(Compiler *c, AstNode *s, AstSeq *decorators, int i, int line,
                          MakeDefinition *make, Reg to) {
  if (i == decorators->count) {
    make(c, s, line, to);
    return;
  }
  if (!compile_enter(c)) return;
  int top = c->unit->top;
  Reg base = window_new(c);
  gen_to(c, decorators->items[i], base);
  gen_decorated(c, s, decorators, i + 1, line, make, temp_new(c));
  EMIT(c, decorators->items[i], CALL, .to = to, .base = base, .argc = 1);
  c->unit->top = top;
  c->depth--;
}

static void gen_definition(Compiler *c, AstNode *s, const Name *name, AstSeq *decorators,
                           MakeDefinition *make) {
  int top = c->unit->top;
  int line = decorators->count ? decorators->items[0]->line : s->line;
  Reg value = temp_new(c);
  gen_decorated(c, s, decorators, 0, line, make, value);
  store_name(c, s, name, value);
  c->unit->top = top;
}

/* ---- def */
static uint32_t gen_function_body(Compiler *c, AstFunctionDef *def, int line) {
  Scope *scope = scope_of(&c->scopes, &def->node);
  Unit *u = function_begin(c, scope, def->name->text, qualname_of(c, def->name), line, def->args);
  AstSeq body = def->body;
  if (scope->has_docstring) {
    AstNode *doc = AST_AS(Expr, body.items[0])->value;
    if (c->options->optimize < 2) {
      literal_index(c, &AST_AS(Constant, doc)->value);
      u->flags |= FUNCTION_HAS_DOC;
    }
    body.items++, body.count--;
  }
  unit_prologue(c, def);
  gen_body(c, &body);
  if (!body.count) emit_line(c, def->body.items[0]);
  EMIT(c, NULL, RETURN_NONE); /* of the line that ran last, whichever it was */
  uint32_t index = u->index;
  unit_end(c);
  return index;
}

static void make_def(Compiler *c, AstNode *s, int line, Reg to) {
  AstFunctionDef *def = (AstFunctionDef *)s; /* same layout as AsyncFunctionDef */
  check_argument_names(c, def, def->args);
  int top = c->unit->top;
  Reg base = temps_new(c, 4);
  int parts = gen_defaults(c, s, def->args, base);
  parts |= gen_all_annotations(c, s, def->args, def->returns, base);
  uint32_t index = gen_function_body(c, def, line);
  make_function(c, s, scope_of(&c->scopes, s), index, base, parts, to);
  c->unit->top = top;
}

void gen_function_def(Compiler *c, AstNode *s) {
  AstFunctionDef *def = (AstFunctionDef *)s;
  gen_definition(c, s, def->name, &def->decorator_list, make_def);
}

void gen_lambda_to(Compiler *c, AstLambda *e, Reg to) {
  check_argument_names(c, e, e->args);
  Scope *scope = scope_of(&c->scopes, &e->node);
  Reg base = temps_new(c, 4);
  int parts = gen_defaults(c, e, e->args, base);
  Unit *u = function_begin(c, scope, "<lambda>", "", e->node.line, e->args);
  u->qualname = inner_qualname(c, scope);
  unit_prologue(c, e);
  Reg value = gen(c, e->body);
  EMIT(c, e->body, RETURN, .value = value);
  uint32_t index = u->index;
  unit_end(c);
  make_function(c, e, scope, index, base, parts, to);
}

/* ---- class */
static void store_text(Compiler *c, const void *node, const char *name, const char *text) {
  int top = c->unit->top;
  Reg value = temp_new(c);
  load_constant(c, node, writer_str(&c->writer, text, strlen(text)), value);
  store_name(c, node, name_intern_text(c->ast->names, name), value);
  c->unit->top = top;
}

static uint32_t gen_class_body(Compiler *c, AstClassDef *def, int line) {
  Scope *scope = scope_of(&c->scopes, &def->node);
  const char *qualname = qualname_of(c, def->name);
  NameTable *names = c->ast->names;
  Unit *u = unit_begin(c, scope, def->name->text, line);
  u->qualname = qualname;
  u->flags = FUNCTION_NAMESPACE | FUNCTION_CLASS_BODY | (scope->is_nested ? FUNCTION_NESTED : 0) |
             (c->future & FUTURE_MASK);
  AstNode *at = ARENA_NEW(c->arena, AstNode);
  *at = (AstNode){.line = line, .end_line = line, .column = 0, .end_column = 0};
  unit_prologue(c, at);
  Reg value = temp_new(c);
  load_name_to(c, at, name_intern_text(names, "__name__"), value);
  store_name(c, at, name_intern_text(names, "__module__"), value);
  c->unit->top = value;
  store_text(c, at, "__qualname__", qualname);
  if (scope->has_annotations) EMIT(c, at, SETUP_ANNOTATIONS);
  AstSeq body = def->body;
  if (scope->has_docstring) {
    AstNode *doc = AST_AS(Expr, body.items[0])->value;
    if (c->options->optimize < 2) {
      load_literal(c, doc, &AST_AS(Constant, doc)->value, temp_new(c));
      store_name(c, doc, name_intern_text(names, "__doc__"), value);
      c->unit->top = value;
    }
    body.items++, body.count--;
  }
  gen_body(c, &body);
  if (scope->needs_class_cell) {
    store_name(c, NULL, name_intern_text(names, "__classcell__"), 1);
    EMIT(c, NULL, RETURN, .value = 1);
  } else {
    EMIT(c, NULL, RETURN_NONE);
  }
  uint32_t index = u->index;
  unit_end(c);
  return index;
}

static void make_class(Compiler *c, AstNode *s, int line, Reg to) {
  AstClassDef *def = AST_AS(ClassDef, s);
  int top = c->unit->top;
  Reg base = window_new(c);
  EMIT(c, s, LOAD_BUILD_CLASS, .to = base);
  Reg function = temp_new(c), name = temp_new(c);
  uint32_t index = gen_class_body(c, def, line);
  Reg parts = temps_new(c, 4);
  make_function(c, s, scope_of(&c->scopes, s), index, parts, 0, function);
  load_constant(c, s, name_constant(c, def->name), name);
  c->unit->top = name + 1;
  gen_call_rest(c, s, base, 2, &def->bases, &def->keywords, to);
  c->unit->top = top;
}

void gen_class_def(Compiler *c, AstClassDef *s) {
  gen_definition(c, &s->node, s->name, &s->decorator_list, make_class);
}

/* compile.c -- the passes in order; faults and warnings. */
#include "src/compile/compile.h"
#include "vm/base/c_stack.h"

#include <stdarg.h>
#include <stdio.h>

#include "src/compile/gen.h"

char *arena_printf(Arena *arena, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int size = vsnprintf(NULL, 0, format, again);
  va_end(again);
  char *text = arena_alloc(arena, (size_t)size + 1);
  vsnprintf(text, (size_t)size + 1, format, args);
  va_end(args);
  return text;
}

void compile_fault(Compiler *c, const void *node, const char *format, ...) {
  if (c->failed) return;
  c->failed = true;
  va_list args;
  va_start(args, format);
  fault_set(c->arena, c->fault, FAULT_SYNTAX_ERROR, node, format, args);
  va_end(args);
}

void compile_warn(Compiler *c, const void *node, const char *format, ...) {
  if (!c->warnings || c->failed) return;
  SyntaxFault text;
  va_list args;
  va_start(args, format);
  fault_set(c->arena, &text, FAULT_SYNTAX_ERROR, node, format, args);
  va_end(args);
  SyntaxWarning *warning = ARENA_NEW(c->arena, SyntaxWarning);
  *warning = (SyntaxWarning){.kind = WARN_SYNTAX,
                             .message = text.message,
                             .line = text.line,
                             .column = text.column,
                             .end_line = text.end_line,
                             .end_column = text.end_column};
  /* finally clauses are generated twice, their warnings given once */
  SyntaxWarning **last = c->warnings;
  for (; *last; last = &(*last)->next)
    if ((*last)->line == text.line && (*last)->column == text.column &&
        !strcmp((*last)->message, text.message))
      return;
  *last = warning;
}

bool compile_enter(Compiler *c) {
  if (c->failed) return false;
  if (++c->depth < COMPILE_DEPTH_MAX && !c_stack_is_low()) return true;
  c->depth--;
  c->failed = true;
  *c->fault = (SyntaxFault){.kind = FAULT_RECURSION_ERROR,
                            .message = "maximum recursion depth exceeded during compilation"};
  return false;
}

/* ---- from __future__ import … */
static bool check_future_names(Compiler *c, AstImportFrom *s) {
  static const char *const known[] = {
      "nested_scopes",  "generators",       "division",       "absolute_import", "with_statement",
      "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop",  "annotations"};
  for (int i = 0; i < s->names.count; i++) {
    const char *name = AST_AS(Alias, s->names.items[i])->name->text;
    bool found = false;
    for (size_t j = 0; j < ARRAY_COUNT(known); j++) found |= !strcmp(name, known[j]);
    if (found) continue;
    if (!strcmp(name, "braces")) compile_fault(c, s, "not a chance");
    else compile_fault(c, s, "future feature %.100s is not defined", name);
    c->fault->end_line = c->fault->line, c->fault->end_column = FAULT_NO_COLUMN;
    return false;
  }
  return true;
}

static bool find_futures(Compiler *c) {
  AstNode *root = c->ast->root;
  if (root->kind != AST_Module && root->kind != AST_Interactive) return true;
  AstSeq *body = &((AstModule *)root)->body;
  bool done = false;
  int previous_line = 0;
  for (int i = 0; i < body->count; i++) {
    AstNode *s = body->items[i];
    if (done && s->line > previous_line) break;
    previous_line = s->line;
    if (s->kind == AST_ImportFrom) {
      AstImportFrom *import = AST_AS(ImportFrom, s);
      if (import->module && !strcmp(import->module->text, "__future__")) {
        if (done) {
          compile_fault(c, s, "from __future__ imports must occur at the beginning of the file");
          c->fault->column--, c->fault->end_line = c->fault->line, c->fault->end_column = -1;
          return false;
        }
        if (!check_future_names(c, import)) return false;
        c->future_line = s->line;
      } else {
        done = true;
      }
    } else if (i || s->kind != AST_Expr || AST_AS(Expr, s)->value->kind != AST_Constant) {
      done = true;
    }
  }
  return true;
}

/* ---- the module */
static void gen_module(Compiler *c) {
  AstNode *root = c->ast->root;
  Scope *scope = c->scopes.module;
  Unit *u = unit_begin(c, scope, "<module>", 1);
  u->flags = FUNCTION_NAMESPACE | FUNCTION_MODULE | (c->future & FUTURE_MASK);
  u->is_async = false;
  if (root->kind == AST_Expression) {
    AstNode *body = AST_AS(Expression, root)->body;
    if (c->options->top_level_await && scope->is_coroutine) {
      u->flags |= FUNCTION_COROUTINE;
      unit_prologue(c, NULL);
    }
    Reg value = gen(c, body);
    EMIT(c, body, RETURN, .value = value);
    unit_end(c);
    return;
  }
  if (c->options->top_level_await && scope->is_coroutine) u->flags |= FUNCTION_COROUTINE;
  unit_prologue(c, NULL);
  AstSeq body = ((AstModule *)root)->body;
  AstNode *start = ARENA_NEW(c->arena, AstNode);
  *start = (AstNode){.line = 1, .end_line = 1, .column = 0, .end_column = 0};
  if (scope->has_annotations) EMIT(c, start, SETUP_ANNOTATIONS);
  if (root->kind == AST_Module && scope->has_docstring) {
    AstNode *doc = AST_AS(Expr, body.items[0])->value;
    if (c->options->optimize < 2) {
      Reg value = temp_new(c);
      load_literal(c, doc, &AST_AS(Constant, doc)->value, value);
      store_name(c, doc, name_intern_text(c->ast->names, "__doc__"), value);
      u->top = value;
      body.items++, body.count--;
    }
  }
  gen_body(c, &body);
  EMIT(c, body.count ? body.items[body.count - 1] : start, RETURN_NONE);
  unit_end(c);
}

static void scopes_prepare(Compiler *c) {
  c->scopes = (ScopeTable){.arena = c->arena,
                           .ast = c->ast,
                           .options = c->options,
                           .fault = c->fault,
                           .future = c->future};
}

typedef struct CompileJob {
  Compiler compiler;
  Buffer *out;
  bool fine;
} CompileJob;

static void compile(void *data) {
  CompileJob *job = data;
  Compiler *c = &job->compiler;
  scopes_prepare(c);
  if (!find_futures(c) || !scopes_build(&c->scopes) || !scopes_resolve(&c->scopes)) return;
  image_writer_init(&c->writer, c->arena);
  const char *filename = c->options->filename ? c->options->filename : "<string>";
  gen_module(c);
  if (c->failed) return;
  uint32_t file = writer_string(&c->writer, filename, strlen(filename));
  if (c->code_bytes.failed || !image_writer_finish(&c->writer, file, c->options->source, job->out))
    arena_fail(c->arena);
  job->fine = true;
}

bool compile_ast(Ast *ast, const CompileOptions *options, Buffer *out, SyntaxFault *fault,
                 SyntaxWarning **warnings) {
  CompileJob job = {.compiler = {.arena = ast->arena,
                                 .ast = ast,
                                 .options = options,
                                 .fault = fault,
                                 .warnings = warnings,
                                 .future = ast->future_flags,
                                 .interactive = ast->root->kind == AST_Interactive},
                    .out = out};
  *fault = (SyntaxFault){0};
  if (!arena_run(ast->arena, compile, &job)) {
    job.fine = false;
    *fault = (SyntaxFault){.kind = FAULT_MEMORY_ERROR};
  }
  image_writer_deinit(&job.compiler.writer);
  buffer_deinit(&job.compiler.code_bytes);
  return job.fine;
}

bool compile_source(Arena *arena, const uint8_t *source, size_t size, const CompileOptions *options,
                    Buffer *out, SyntaxFault *fault, SyntaxWarning **warnings) {
  Ast *ast = parse_source(arena, source, size, &options->parse, fault, warnings);
  CompileOptions named = *options;
  named.source = image_source_hash(source, size, options->optimize);
  return ast && compile_ast(ast, &named, out, fault, warnings);
}

/* ---- dump */
static void dump_scope(FILE *out, const Scope *scope, int indent) {
  static const char *const kinds[] = {"module", "class", "function", "lambda", "comprehension"};
  static const char *const storages[] = {"", "local", "cell", "free", "global", "name"};
  fprintf(out, "%*s%s %s%s%s%s\n", indent, "", kinds[scope->kind], scope->name->text,
          scope->inlined ? " inlined" : "", scope->is_generator ? " generator" : "",
          scope->is_coroutine ? " coroutine" : "");
  for (int i = 0; i < scope->count; i++) {
    const Symbol *symbol = scope->symbols[i];
    fprintf(out, "%*s%-20s %s", indent + 2, "", symbol->name->text, storages[symbol->storage]);
    if (symbol->index >= 0) fprintf(out, " %d", symbol->index);
    if (symbol->flags & SYMBOL_PARAM) fputs(" parameter", out);
    if (symbol->flags & SYMBOL_GLOBAL) fputs(" declared-global", out);
    if (symbol->flags & SYMBOL_NONLOCAL) fputs(" nonlocal", out);
    if (symbol->flags & SYMBOL_IMPORT) fputs(" imported", out);
    if (symbol->flags & SYMBOL_UNBINDS) fputs(" unbinds", out);
    if (symbol->free_index >= 0 && symbol->storage != STORAGE_FREE)
      fprintf(out, " passes-free %d", symbol->free_index);
    fputc('\n', out);
  }
  for (const Scope *child = scope->first_child; child; child = child->next_sibling)
    dump_scope(out, child, indent + 2);
}

static void find_symbols(void *data) {
  Compiler *c = data;
  scopes_prepare(c);
  c->scopes.keeps_comprehensions = true;
  c->failed = !find_futures(c) || !scopes_build(&c->scopes) || !scopes_resolve(&c->scopes);
}

const Scope *symbols_find(Ast *ast, const CompileOptions *options, SyntaxFault *fault) {
  SyntaxWarning *warnings = NULL;
  Compiler compiler = {.arena = ast->arena,
                       .ast = ast,
                       .options = options,
                       .fault = fault,
                       .warnings = &warnings,
                       .future = ast->future_flags};
  *fault = (SyntaxFault){0};
  bool fine = arena_run(ast->arena, find_symbols, &compiler);
  if (!fine) *fault = (SyntaxFault){.kind = FAULT_MEMORY_ERROR};
  return fine && !compiler.failed ? compiler.scopes.module : NULL;
}

bool symbols_dump(FILE *out, Ast *ast, const CompileOptions *options, SyntaxFault *fault) {
  Compiler compiler = {.arena = ast->arena,
                       .ast = ast,
                       .options = options,
                       .fault = fault,
                       .future = ast->future_flags};
  scopes_prepare(&compiler);
  if (!scopes_build(&compiler.scopes) || !scopes_resolve(&compiler.scopes)) return false;
  dump_scope(out, compiler.scopes.module, 0);
  return true;
}

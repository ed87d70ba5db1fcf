/* scopes.h -- what every name of a program means: the symbol table.
**
** scopes_build walks the tree once: makes a Scope for the module, each class, function, lambda and
** comprehension, notes how each name is used, reports what is wrong about names, and folds
** constants. scopes_resolve then decides where each name lives.
**
** A comprehension is a scope, but (unless it needs a frame of its own) not a function: its
** variables are registers of the function around it. Such a scope is `inlined`; names that it does
** not bind count as used in its parent. Law: after scopes_resolve every symbol of a scope that is
** not inlined has a storage; of an inlined one, its own variables. */
#ifndef KRAIT_SCOPES_H
#define KRAIT_SCOPES_H

#include "src/compile/compile.h"

enum { /* Symbol.flags */
       SYMBOL_USE = 1,
       SYMBOL_LOCAL = 2, /* bound here: assigned, defined, deleted … */
       SYMBOL_PARAM = 4,
       SYMBOL_GLOBAL = 8, /* global statement */
       SYMBOL_NONLOCAL = 16,
       SYMBOL_IMPORT = 32,
       SYMBOL_ANNOTATED = 64,
       SYMBOL_COMP_TARGET = 128, /* iteration variable of a comprehension */
       SYMBOL_UNBINDS = 256, /* `del`, or the name of an except clause: may become unbound again */
       SYMBOL_WALRUS = 512,  /* bound by := : may change within an expression */
       SYMBOL_CAPTURED = 1024, /* an inner function uses it */
       SYMBOL_BOUND = SYMBOL_LOCAL | SYMBOL_PARAM | SYMBOL_IMPORT,
};

typedef enum Storage {
  STORAGE_NONE,
  STORAGE_LOCAL, /* register `index` */
  STORAGE_CELL,  /* cell in register `index` */
  STORAGE_FREE,  /* cell `index` of the closure */
  /* entry of the dict R[FAR_FROM]; only gen_name.c's Variables have this and the next */
  STORAGE_FAR,
  STORAGE_FAR_CELL, /* its cell is that entry */
  STORAGE_GLOBAL,   /* globals, then builtins */
  STORAGE_NAME,     /* the namespace R[0] first */
} Storage;

typedef struct Symbol {
  const Name *name; /* mangled */
  uint32_t flags;
  uint8_t storage;
  bool explicit_global;
  int32_t index;
  /* in the closure, or -1; class scopes: also for names bound in the class, used further in */
  int32_t free_index;
  const AstNode *directive; /* global or nonlocal statement (or := target) that names it */
} Symbol;

typedef enum ScopeKind {
  SCOPE_MODULE,
  SCOPE_CLASS,
  SCOPE_FUNCTION,
  SCOPE_LAMBDA,
  SCOPE_COMPREHENSION
} ScopeKind;

typedef struct Scope {
  ScopeKind kind;
  struct Scope *parent;
  AstNode *node;
  const Name *name;
  const Name *private_name; /* class whose mangling is in force, or NULL */
  Symbol **symbols;         /* in order of appearance */
  int count, capacity;
  int32_t *table; /* open addressing: index + 1 into symbols; NULL while there are few */
  int table_mask;
  struct Scope *first_child, *last_child, *next_sibling;
  const Name **frees; /* closure, sorted by name */
  int free_count;
  int local_count; /* named registers */
  int cell_count;  /* cells that are not parameters: registers behind them */
  int unbinds;     /* symbols with SYMBOL_UNBINDS */
  bool inlined, is_generator, is_coroutine, is_async_function, needs_class_cell, is_nested,
      has_docstring;
  bool needs_frame; /* comprehension that mentions locals(), eval … */
  bool returns_value, has_annotations;
  uint8_t comp_target; /* while building: inside the target of a comprehension … */
  uint8_t comp_iter;   /* … or in its iterable */
  uint8_t annotation;  /* a throw-away scope around an annotation that is not evaluated */
} Scope;

typedef struct ScopeTable {
  Arena *arena;
  Ast *ast;
  const CompileOptions *options;
  SyntaxFault *fault;
  bool failed;
  Scope *module, *current;
  const Name *private_name;
  const Name *name_super, *name_class, *name_debug;
  const Name *frame_names[5]; /* locals vars eval exec dir */
  uint32_t future;
  int depth;
  bool no_fold;
  /* none is inlined: the table as the language describes it, for _symtable */
  bool keeps_comprehensions;
  struct ScopeMapEntry {
    const AstNode *node;
    Scope *scope;
  } * map; /* node → scope */
  uint32_t map_count, map_mask;
} ScopeTable;

bool scopes_build(ScopeTable *table);
bool scopes_resolve(ScopeTable *table);
Scope *scope_of(const ScopeTable *table, const AstNode *node);
Symbol *scope_find(const Scope *scope, const Name *name);
/* scope_is_function: function, lambda or comprehension. */
static inline bool scope_is_function(const Scope *scope) { return scope->kind >= SCOPE_FUNCTION; }
/* scope_has_far: variables numbered FAR_FROM and up are not in registers. */
static inline bool scope_has_far(const Scope *scope) {
  return scope_is_function(scope) && !scope->inlined &&
         scope->local_count + scope->cell_count > FAR_FROM;
}
/* name_mangle: __x in class C is _C__x. */
const Name *name_mangle(Ast *ast, const Name *private_name, const Name *name);
/* scope_of_frame: the innermost scope that is not inlined. */
static inline Scope *scope_of_frame(Scope *scope) {
  while (scope->inlined) scope = scope->parent;
  return scope;
}

/* scopes_fault: notes the first fault, at a node. */
COLD void scopes_fault(ScopeTable *table, const AstNode *at, const char *format, ...)
    PRINTF_LIKE(3, 4);
COLD void fault_set(Arena *arena, SyntaxFault *fault, FaultKind kind, const AstNode *at,
                    const char *format, va_list args);

/* fold.c: *slot becomes a Constant if it can be computed now. */
void fold_expr(Arena *arena, AstNode **slot, const CompileOptions *options);
bool literal_is_true(const Literal *literal);

enum { COMPILE_DEPTH_MAX = 3000 };

#endif

/* scopes.c -- scopes and symbols, and where each name lives. The walk over the tree is
** scopes_walk.c. */
#include "src/compile/scopes.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "src/compile/scopes_private.h"

/* from_one: columns of faults count from 1; a tree that a program has made may hold any number. */
static int from_one(int column) { return column < INT_MAX ? column + 1 : column; }

void fault_set(Arena *arena, SyntaxFault *fault, FaultKind kind, const AstNode *at,
               const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  int size = vsnprintf(NULL, 0, format, again);
  va_end(again);
  char *message = arena_alloc(arena, (size_t)size + 1);
  vsnprintf(message, (size_t)size + 1, format, args);
  *fault = (SyntaxFault){.kind = kind, .message = message};
  if (at) {
    fault->line = at->line, fault->column = from_one(at->column);
    fault->end_line = at->end_line, fault->end_column = from_one(at->end_column);
  }
}

void scopes_fault(ScopeTable *t, const AstNode *at, const char *format, ...) {
  if (t->failed) return;
  t->failed = true;
  va_list args;
  va_start(args, format);
  fault_set(t->arena, t->fault, FAULT_SYNTAX_ERROR, at, format, args);
  va_end(args);
}

const Name *name_mangle(Ast *ast, const Name *private_name, const Name *name) {
  const char *s = name->text;
  if (LIKELY(!private_name || s[0] != '_' || s[1] != '_')) return name;
  if ((s[name->size - 1] == '_' && s[name->size - 2] == '_') || memchr(s, '.', name->size))
    return name;
  const char *class = private_name->text;
  while (*class == '_') class ++;
  if (!*class) return name;
  size_t class_size = strlen(class);
  char *text = arena_alloc(ast->arena, class_size + name->size + 2);
  text[0] = '_';
  memcpy(text + 1, class, class_size);
  memcpy(text + 1 + class_size, s, name->size);
  return name_intern(ast->names, text, class_size + name->size + 1);
}

/* ---- symbols of a scope */
enum { FEW_SYMBOLS = 8 };

static inline uint32_t name_slot(const Name *name) {
  return (uint32_t)((uintptr_t)name >> 3) * 0x9E3779B1u >> 8;
}

Symbol *scope_find(const Scope *scope, const Name *name) {
  if (!scope->table) {
    for (int i = 0; i < scope->count; i++)
      if (scope->symbols[i]->name == name) return scope->symbols[i];
    return NULL;
  }
  for (uint32_t at = name_slot(name);; at++) {
    int32_t entry = scope->table[at & (uint32_t)scope->table_mask];
    if (!entry) return NULL;
    if (scope->symbols[entry - 1]->name == name) return scope->symbols[entry - 1];
  }
}

static void table_insert(Scope *scope, int index) {
  uint32_t at = name_slot(scope->symbols[index]->name);
  while (scope->table[at & (uint32_t)scope->table_mask]) at++;
  scope->table[at & (uint32_t)scope->table_mask] = index + 1;
}

Symbol *scope_add(ScopeTable *t, Scope *scope, const Name *name) {
  Symbol *symbol = scope_find(scope, name);
  if (symbol) return symbol;
  if (scope->count == scope->capacity) {
    int capacity = scope->capacity ? scope->capacity * 2 : FEW_SYMBOLS;
    Symbol **symbols = ARENA_ARRAY(t->arena, Symbol *, capacity);
    if (scope->count) memcpy(symbols, scope->symbols, sizeof(Symbol *) * (size_t)scope->count);
    scope->symbols = symbols;
    scope->capacity = capacity;
    if (capacity > FEW_SYMBOLS) {
      scope->table = ARENA_ARRAY(t->arena, int32_t, capacity * 2);
      scope->table_mask = capacity * 2 - 1;
      for (int i = 0; i < scope->count; i++) table_insert(scope, i);
    }
  }
  symbol = ARENA_NEW(t->arena, Symbol);
  *symbol = (Symbol){.name = name, .index = -1, .free_index = -1};
  scope->symbols[scope->count++] = symbol;
  if (scope->table) table_insert(scope, scope->count - 1);
  return symbol;
}

/* ---- scopes by node */
static uint32_t node_slot(const AstNode *node) {
  return (uint32_t)((uintptr_t)node >> 4) * 0x9E3779B1u >> 7;
}

static void map_put(ScopeTable *t, const AstNode *node, Scope *scope) {
  if (t->map_count * 2 >= t->map_mask) {
    uint32_t old = t->map ? t->map_mask + 1 : 0;
    struct ScopeMapEntry *entries = t->map;
    t->map_mask = old ? old * 2 - 1 : 63;
    t->map = ARENA_ARRAY(t->arena, struct ScopeMapEntry, t->map_mask + 1);
    t->map_count = 0;
    for (uint32_t i = 0; i < old; i++)
      if (entries[i].node) map_put(t, entries[i].node, entries[i].scope);
  }
  uint32_t at = node_slot(node);
  while (t->map[at & t->map_mask].node) at++;
  t->map[at & t->map_mask] = (struct ScopeMapEntry){node, scope};
  t->map_count++;
}

Scope *scope_of(const ScopeTable *t, const AstNode *node) {
  for (uint32_t at = node_slot(node);; at++) {
    const struct ScopeMapEntry *entry = &t->map[at & t->map_mask];
    if (entry->node == node) return entry->scope;
    if (!entry->node) return NULL;
  }
}

Scope *scope_enter(ScopeTable *t, ScopeKind kind, AstNode *node, const Name *name) {
  Scope *scope = ARENA_NEW(t->arena, Scope);
  Scope *parent = t->current;
  *scope = (Scope){
      .kind = kind, .parent = parent, .node = node, .name = name, .private_name = t->private_name};
  if (parent) {
    scope->comp_iter = parent->comp_iter;
    scope->is_nested = parent->is_nested || scope_is_function(parent);
    if (parent->last_child) parent->last_child->next_sibling = scope;
    else parent->first_child = scope;
    parent->last_child = scope;
  }
  map_put(t, node, scope);
  return t->current = scope;
}

/* ---- resolution */
static bool is_bound(const Symbol *symbol) {
  return symbol && (symbol->flags & SYMBOL_BOUND) &&
         !(symbol->flags & (SYMBOL_GLOBAL | SYMBOL_NONLOCAL));
}

/* The free entry of `name` in every frame from `scope` up to (not including) the one that binds
** it. */
static void pass_through(ScopeTable *t, Scope *scope, const Scope *binder, const Name *name) {
  for (; scope != binder; scope = scope->parent) {
    if (scope->inlined) continue;
    Symbol *symbol = scope_add(t, scope, name);
    if (symbol->free_index < 0) symbol->free_index = scope->free_count++;
    if (!is_bound(symbol)) symbol->storage = STORAGE_FREE;
  }
}

/* Looks for the enclosing function scope that binds `name`; makes the closure chain. false: it is a
** global. */
static bool capture(ScopeTable *t, Scope *scope, const Name *name) {
  for (Scope *up = scope->parent; up; up = up->parent) {
    if (up->kind == SCOPE_MODULE) return false;
    if (up->kind == SCOPE_CLASS) {
      if (name != t->name_class) continue;
      up->needs_class_cell = true;
      pass_through(t, scope, up, name);
      return true;
    }
    Symbol *symbol = scope_find(up, name);
    if (!symbol) continue;
    if (symbol->flags & SYMBOL_GLOBAL) return false;
    if (!is_bound(symbol)) continue;
    if (scope_of_frame(scope) != scope_of_frame(up)) symbol->flags |= SYMBOL_CAPTURED;
    pass_through(t, scope, up, name);
    return true;
  }
  return false;
}

static void resolve_symbol(ScopeTable *t, Scope *scope, Symbol *symbol) {
  uint32_t flags = symbol->flags;
  if (flags & SYMBOL_GLOBAL) {
    if (flags & SYMBOL_NONLOCAL) {
      scopes_fault(t, symbol->directive, "name '%s' is nonlocal and global", symbol->name->text);
      return;
    }
    symbol->storage = STORAGE_GLOBAL;
    symbol->explicit_global = true;
  } else if (flags & SYMBOL_NONLOCAL) {
    if (scope->kind == SCOPE_MODULE)
      scopes_fault(t, symbol->directive, "nonlocal declaration not allowed at module level");
    else if (!capture(t, scope, symbol->name))
      scopes_fault(t, symbol->directive, "no binding for nonlocal '%s' found", symbol->name->text);
  } else if (!scope_is_function(scope)) {
    if (flags & SYMBOL_BOUND || scope->kind == SCOPE_MODULE || !capture(t, scope, symbol->name))
      symbol->storage = STORAGE_NAME;
  } else if (flags & SYMBOL_BOUND) {
    symbol->storage = STORAGE_LOCAL; /* or a cell: see assign_registers */
  } else if (!scope->inlined && symbol->storage != STORAGE_FREE &&
             !capture(t, scope, symbol->name)) {
    symbol->storage = STORAGE_GLOBAL;
  }
}

static void resolve_scope(ScopeTable *t, Scope *scope) {
  for (int i = 0; i < scope->count && !t->failed; i++) resolve_symbol(t, scope, scope->symbols[i]);
  for (Scope *child = scope->first_child; child && !t->failed; child = child->next_sibling)
    resolve_scope(t, child);
}

static int compare_symbols(const void *a, const void *b) {
  return strcmp((*(Symbol *const *)a)->name->text, (*(Symbol *const *)b)->name->text);
}

/* Closure order and registers: parameters stand first among the symbols, then other locals, then
** cells. */
static void assign_storage(ScopeTable *t, Scope *scope) {
  Symbol **sorted = ARENA_ARRAY(t->arena, Symbol *, scope->count + 1);
  int frees = 0, cells = 0;
  for (int i = 0; i < scope->count; i++)
    if (scope->symbols[i]->free_index >= 0) sorted[frees++] = scope->symbols[i];
  if (frees > 1) qsort(sorted, (size_t)frees, sizeof *sorted, compare_symbols);
  scope->frees = ARENA_ARRAY(t->arena, const Name *, frees + 1);
  scope->free_count = frees;
  for (int i = 0; i < frees; i++) {
    sorted[i]->free_index = i;
    scope->frees[i] = sorted[i]->name;
    if (sorted[i]->storage == STORAGE_FREE) sorted[i]->index = i;
  }
  if (scope_is_function(scope) && !scope->inlined) {
    /* R[0] is its argument, the iterator */
    if (scope->kind == SCOPE_COMPREHENSION) scope->local_count = 1;
    for (int i = 0; i < scope->count; i++) {
      Symbol *symbol = scope->symbols[i];
      if (symbol->storage != STORAGE_LOCAL) continue;
      bool is_cell = symbol->flags & SYMBOL_CAPTURED;
      if (is_cell) symbol->storage = STORAGE_CELL;
      if (!is_cell || symbol->flags & SYMBOL_PARAM) symbol->index = scope->local_count++;
      else sorted[cells++] = symbol;
    }
    if (cells > 1) qsort(sorted, (size_t)cells, sizeof *sorted, compare_symbols);
    for (int i = 0; i < cells; i++) sorted[i]->index = scope->local_count + i;
    scope->cell_count = cells;
  } else if (scope->inlined) {
    for (int i = 0; i < scope->count; i++) /* registers come with the code; see gen_comp.c */
      if (scope->symbols[i]->storage == STORAGE_LOCAL && scope->symbols[i]->flags & SYMBOL_CAPTURED)
        scope->symbols[i]->storage = STORAGE_CELL;
  }
  for (int i = 0; i < scope->count; i++)
    if (scope->symbols[i]->flags & SYMBOL_UNBINDS) scope->unbinds++;
  for (Scope *child = scope->first_child; child; child = child->next_sibling)
    assign_storage(t, child);
}

bool scopes_resolve(ScopeTable *t) {
  resolve_scope(t, t->module);
  if (t->failed) return false;
  assign_storage(t, t->module);
  return true;
}

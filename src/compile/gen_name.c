/* gen_name.c -- variables: where a name lives, loading, storing, deleting it. */
#include "src/compile/gen.h"

static Variable variable_of_symbol(const Scope *scope, const Symbol *symbol) {
  Variable v = {(Storage)symbol->storage, symbol->index, -1, symbol, symbol->name, false};
  if (UNLIKELY(scope_has_far(scope) && symbol->index >= FAR_FROM)) {
    if (v.storage == STORAGE_LOCAL) return v.storage = STORAGE_FAR, v;
    if (v.storage == STORAGE_CELL) return v.storage = STORAGE_FAR_CELL, v;
  }
  if (v.storage == STORAGE_LOCAL && scope_is_function(scope)) v.flow = symbol->index;
  return v;
}

Variable variable_find(Compiler *c, const Name *plain) {
  Unit *u = c->unit;
  Scope *scope = u->names_scope;
  const Name *name = name_mangle(c->ast, scope->private_name, plain);
  bool was_inlined = false;
  for (; scope->inlined; scope = scope->parent) {
    was_inlined = true;
    Symbol *symbol = scope_find(scope, name);
    if (!symbol) continue;
    if (symbol->flags & SYMBOL_GLOBAL)
      return (Variable){STORAGE_GLOBAL, 0, -1, symbol, name, false};
    if (!(symbol->flags & SYMBOL_BOUND) || symbol->flags & SYMBOL_NONLOCAL) continue;
    for (int i = u->comp_count; i-- > 0;) {
      const CompVariable *variable = &u->comp_variables[i];
      if (variable->symbol != symbol) continue;
      bool is_outer = scope != u->names_scope;
      return (Variable){
          (Storage)symbol->storage, variable->reg, variable->flow, symbol, name, is_outer};
    }
  }
  Symbol *symbol = scope_find(scope, name);
  if (!symbol) {
    bool is_name = !scope_is_function(scope) && !was_inlined;
    return (Variable){is_name ? STORAGE_NAME : STORAGE_GLOBAL, 0, -1, NULL, name, false};
  }
  Variable v = variable_of_symbol(scope, symbol);
  if (was_inlined && v.storage == STORAGE_NAME) v.storage = STORAGE_GLOBAL;
  v.is_outer = was_inlined;
  return v;
}

static void check_bound(Compiler *c, const void *node, const Variable *v) {
  if (flow_is_bound(c, v->flow)) return;
  EMIT_AS(c, node, v->is_outer ? OP_CHECK_OUTER : OP_CHECK_LOCAL, CHECK_OUTER, .local = v->index,
          .name = name_index(c, v->name));
  flow_bind(c, v->flow);
}

static bool is_class_free(Compiler *c, const Variable *v) {
  return v->storage == STORAGE_FREE && c->unit->names_scope->kind == SCOPE_CLASS &&
         !(v->symbol->flags & SYMBOL_NONLOCAL);
}

/* A variable whose cell is not in a register of its own (far, or a free variable beyond what an
** INDEX says): onto a temporary. */
static bool is_far_free(const Variable *v) {
  return v->storage == STORAGE_FREE && v->index > NARROW_MAX;
}

/* Is it, to CPython, a variable of another function? Then the error says so. */
static bool is_of_other_scope(const Variable *v) {
  return v->is_outer || v->storage == STORAGE_FREE;
}

static void load_far_free(Compiler *c, const void *node, int index, Reg to) {
  EMIT(c, node, LOAD_FREE_FAR, .to = to, .free = constant_index(c, writer_int(&c->writer, index)));
}

static Reg load_far_cell(Compiler *c, const void *node, const Variable *v) {
  Reg cell = temp_new(c);
  if (v->storage == STORAGE_FREE) load_far_free(c, node, v->index, cell);
  else EMIT(c, node, LOAD_FAR, .to = cell, .far = FAR_FROM, .name = name_index(c, v->name));
  return cell;
}

/* far_variable: emits the access to a variable that lives far away, if v is one. `op` is the access
** to a cell in a register. */
static bool far_variable(Compiler *c, const void *node, const Variable *v, Opcode op, Reg value) {
  int top = c->unit->top, n = name_index(c, v->name);
  if (v->storage == STORAGE_FAR) {
    if (op == OP_LOAD_CELL)
      EMIT_AS(c, node, v->is_outer ? OP_LOAD_OUTER_FAR : OP_LOAD_FAR, LOAD_OUTER_FAR, .to = value,
              .far = FAR_FROM, .name = n);
    else if (op == OP_STORE_CELL)
      EMIT(c, node, STORE_FAR, .far = FAR_FROM, .name = n, .value = value);
    else EMIT(c, node, DELETE_FAR, .far = FAR_FROM, .name = n);
    return true;
  }
  if (v->storage != STORAGE_FAR_CELL && !is_far_free(v)) return false;
  Reg cell = load_far_cell(c, node, v);
  Opcode load = is_class_free(c, v)    ? OP_LOAD_CLASS_CELL
                : is_of_other_scope(v) ? OP_LOAD_OUTER_CELL
                                       : OP_LOAD_CELL;
  if (op == OP_STORE_CELL) {
    EMIT(c, node, STORE_CELL, .cell = cell, .value = value);
  } else if (op == OP_LOAD_CELL) {
    EMIT_AS(c, node, load, LOAD_CELL, .to = value, .cell = cell, .name = n);
  } else {
    if (is_of_other_scope(v))
      EMIT(c, node, LOAD_OUTER_CELL, .to = temp_new(c), .cell = cell,
           .name = n); /* raises if empty */
    EMIT(c, node, DELETE_CELL, .cell = cell, .name = n);
  }
  c->unit->top = top;
  return true;
}
static inline bool is_far(const Variable *v) {
  return v->storage == STORAGE_FAR || v->storage == STORAGE_FAR_CELL || is_far_free(v);
}

void load_name_to(Compiler *c, const void *node, const Name *name, Reg to) {
  Variable v = variable_find(c, name);
  int n;
  if (UNLIKELY(is_far(&v)) && far_variable(c, node, &v, OP_LOAD_CELL, to)) return;
  switch (v.storage) {
  case STORAGE_LOCAL:
    check_bound(c, node, &v);
    emit_move(c, node, to, v.index);
    return;
  case STORAGE_CELL:
    EMIT_AS(c, node, v.is_outer ? OP_LOAD_OUTER_CELL : OP_LOAD_CELL, LOAD_OUTER_CELL, .to = to,
            .cell = v.index, .name = name_index(c, v.name));
    return;
  case STORAGE_FREE:
    n = name_index(c, v.name);
    EMIT_AS(c, node, is_class_free(c, &v) ? OP_LOAD_CLASS_FREE : OP_LOAD_FREE, LOAD_CLASS_FREE,
            .to = to, .free = v.index, .name = n);
    return;
  case STORAGE_NAME: EMIT(c, node, LOAD_NAME, .to = to, .name = name_index(c, v.name)); return;
  default: EMIT(c, node, LOAD_GLOBAL, .to = to, .name = name_index(c, v.name)); return;
  }
}

Reg load_name(Compiler *c, const void *node, const Name *name, Reg hint) {
  Variable v = variable_find(c, name);
  if (v.storage == STORAGE_LOCAL) {
    check_bound(c, node, &v);
    return v.index;
  }
  Reg to = hint == REG_NONE ? temp_new(c) : hint;
  load_name_to(c, node, name, to);
  return to;
}

void store_name(Compiler *c, const void *node, const Name *name, Reg value) {
  if (!check_name(c, node, name, CONTEXT_Store)) return;
  Variable v = variable_find(c, name);
  if (UNLIKELY(is_far(&v)) && far_variable(c, node, &v, OP_STORE_CELL, value)) return;
  switch (v.storage) {
  case STORAGE_LOCAL:
    emit_move(c, node, v.index, value);
    flow_bind(c, v.flow);
    return;
  case STORAGE_CELL: EMIT(c, node, STORE_CELL, .cell = v.index, .value = value); return;
  case STORAGE_FREE: EMIT(c, node, STORE_FREE, .free = v.index, .value = value); return;
  case STORAGE_NAME:
    EMIT(c, node, STORE_NAME, .value = value, .name = name_index(c, v.name));
    return;
  default: EMIT(c, node, STORE_GLOBAL, .value = value, .name = name_index(c, v.name)); return;
  }
}

Reg name_place(Compiler *c, const Name *name) {
  Variable v = variable_find(c, name);
  return v.storage == STORAGE_LOCAL ? v.index : REG_NONE;
}

void name_bound(Compiler *c, const Name *name) {
  Variable v = variable_find(c, name);
  if (v.storage == STORAGE_LOCAL) flow_bind(c, v.flow);
}

void delete_name(Compiler *c, const void *node, const Name *name) {
  if (!check_name(c, node, name, CONTEXT_Del)) return;
  Variable v = variable_find(c, name);
  int n = name_index(c, v.name);
  if (UNLIKELY(is_far(&v)) && far_variable(c, node, &v, OP_DELETE_CELL, REG_NONE)) return;
  switch (v.storage) {
  case STORAGE_LOCAL:
    EMIT(c, node, DELETE_LOCAL, .local = v.index, .name = n);
    flow_unbind(c, v.flow);
    return;
  case STORAGE_CELL: EMIT(c, node, DELETE_CELL, .cell = v.index, .name = n); return;
  case STORAGE_FREE: EMIT(c, node, DELETE_FREE, .free = v.index, .name = n); return;
  case STORAGE_NAME: EMIT(c, node, DELETE_NAME, .name = n); return;
  default: EMIT(c, node, DELETE_GLOBAL, .name = n); return;
  }
}

static void load_free_cell(Compiler *c, const void *node, int index, Reg to) {
  if (index > NARROW_MAX) load_far_free(c, node, index, to);
  else EMIT(c, node, LOAD_FREE_CELL, .to = to, .free = index);
}

void load_closure_cell(Compiler *c, const void *node, const Name *name, Reg to) {
  Scope *scope = c->unit->names_scope;
  if (scope->kind == SCOPE_CLASS) { /* its own cell is __class__; anything else it passes on */
    Symbol *symbol = scope_find(scope, name);
    if (name == c->scopes.name_class && scope->needs_class_cell) emit_move(c, node, to, 1);
    else load_free_cell(c, node, symbol->free_index, to);
    return;
  }
  for (; scope->inlined; scope = scope->parent) {
    Symbol *symbol = scope_find(scope, name);
    if (!symbol || symbol->storage != STORAGE_CELL) continue;
    for (int i = c->unit->comp_count; i-- > 0;) {
      if (c->unit->comp_variables[i].symbol != symbol) continue;
      emit_move(c, node, to, c->unit->comp_variables[i].reg);
      return;
    }
  }
  Symbol *symbol = scope_find(scope, name);
  if (symbol->storage == STORAGE_CELL && scope_has_far(scope) && symbol->index >= FAR_FROM)
    EMIT(c, node, LOAD_FAR, .to = to, .far = FAR_FROM, .name = name_index(c, symbol->name));
  else if (symbol->storage == STORAGE_CELL) emit_move(c, node, to, symbol->index);
  else load_free_cell(c, node, symbol->free_index, to);
}

bool check_name(Compiler *c, const void *node, const Name *name, int context) {
  if (LIKELY(name != c->scopes.name_debug) || context == CONTEXT_Load) return true;
  compile_fault(c, node,
                context == CONTEXT_Del ? "cannot delete __debug__" : "cannot assign to __debug__");
  return false;
}

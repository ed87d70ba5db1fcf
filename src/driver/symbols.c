/* symbols.c -- the compiler's scopes as values for _symtable: names, types and flags as the
** reference numbers them. */
#include "src/driver/symbols.h"

#include "src/compile/scopes.h"
#include "vm/objects/dict.h"
#include "vm/objects/list.h"
#include "vm/objects/str.h"

enum { TYPE_FUNCTION_BLOCK, TYPE_CLASS_BLOCK, TYPE_MODULE_BLOCK }; /* _symtable.TYPE_… */
enum {
  DEF_GLOBAL = 1,
  DEF_LOCAL = 2,
  DEF_PARAM = 4,
  DEF_NONLOCAL = 8,
  USE = 16,
  DEF_FREE_CLASS = 64,
  DEF_IMPORT = 128,
  DEF_ANNOTATED = 256,
  DEF_COMP_ITER = 512,
  SCOPE_SHIFT = 11
};
enum { IS_LOCAL = 1, IS_GLOBAL_EXPLICIT, IS_GLOBAL_IMPLICIT, IS_FREE, IS_CELL };

static int place_of(const Symbol *symbol) {
  switch (symbol->storage) {
  case STORAGE_LOCAL: return IS_LOCAL;
  case STORAGE_CELL: return IS_CELL;
  case STORAGE_FREE: return IS_FREE;
  case STORAGE_GLOBAL: return symbol->explicit_global ? IS_GLOBAL_EXPLICIT : IS_GLOBAL_IMPLICIT;
  default: return symbol->flags & SYMBOL_BOUND ? IS_LOCAL : IS_GLOBAL_IMPLICIT;
  }
}

static int flags_of(const Scope *scope, const Symbol *symbol) {
  static const struct {
    uint32_t ours;
    int theirs;
  } names[] = {
      {SYMBOL_GLOBAL, DEF_GLOBAL},
      {SYMBOL_LOCAL, DEF_LOCAL},
      {SYMBOL_PARAM, DEF_PARAM},
      {SYMBOL_NONLOCAL, DEF_NONLOCAL},
      {SYMBOL_USE, USE},
      {SYMBOL_IMPORT, DEF_IMPORT},
      {SYMBOL_ANNOTATED, DEF_ANNOTATED},
      {SYMBOL_COMP_TARGET, DEF_COMP_ITER},
  };
  int flags = place_of(symbol) << SCOPE_SHIFT;
  for (size_t i = 0; i < ARRAY_COUNT(names); i++)
    if (symbol->flags & names[i].ours) flags |= names[i].theirs;
  if (scope->kind == SCOPE_CLASS && symbol->free_index >= 0 && symbol->storage != STORAGE_FREE)
    flags |= DEF_FREE_CLASS;
  return flags;
}

/* Its name without the brackets that code objects show. */
static Str *name_of(VM *vm, const Scope *scope) {
  if (scope->kind == SCOPE_MODULE) return str_intern_cstr(vm, "top");
  const char *text = scope->name->text;
  size_t size = scope->name->size;
  return *text == '<' ? str_new_utf8(vm, text + 1, size - 2) : str_new_utf8(vm, text, size);
}

static bool add_name(VM *vm, Dict *symbols, List *parameters, const char *text, size_t size,
                     int flags) {
  Str *name = str_new_utf8(vm, text, size);
  if (!name || !dict_set(vm, symbols, value_from(name), value_int_unchecked(flags))) return false;
  return !(flags & DEF_PARAM) || list_append_value(vm, parameters, value_from(name));
}

static bool add_names(VM *vm, const Scope *scope, Dict *symbols, List *parameters) {
  if (scope->kind == SCOPE_COMPREHENSION &&
      !add_name(vm, symbols, parameters, ".0", 2, DEF_PARAM | IS_LOCAL << SCOPE_SHIFT))
    return false;
  for (int i = 0; i < scope->count; i++) {
    const Name *name = scope->symbols[i]->name;
    if (!add_name(vm, symbols, parameters, name->text, name->size,
                  flags_of(scope, scope->symbols[i])))
      return false;
  }
  return true;
}

Value symbols_value(VM *vm, const Scope *scope) {
  Dict *symbols = dict_new(vm);
  List *parameters = list_new(vm, 0), *inside = list_new(vm, 0);
  if (!add_names(vm, scope, symbols, parameters)) return VALUE_FAIL;
  for (const Scope *child = scope->first_child; child; child = child->next_sibling) {
    Value one = symbols_value(vm, child);
    if (one == VALUE_FAIL || !list_append_value(vm, inside, one)) return VALUE_FAIL;
  }
  int type = scope->kind == SCOPE_MODULE  ? TYPE_MODULE_BLOCK
             : scope->kind == SCOPE_CLASS ? TYPE_CLASS_BLOCK
                                          : TYPE_FUNCTION_BLOCK;
  Str *name = name_of(vm, scope);
  if (!name) return VALUE_FAIL;
  return PACK(value_from(name), value_int_unchecked(type),
              value_int_unchecked(scope->kind == SCOPE_MODULE ? 0 : scope->node->line),
              value_int_unchecked(scope->is_nested), value_from(symbols), value_from(parameters),
              value_from(inside));
}

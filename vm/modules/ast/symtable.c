/* symtable.c -- the module _symtable: the compiler's scopes as objects, on which the library's
** symtable is built.
**
** The compiler gives a scope as a tuple (name, type, line, nested, {name: flags}, [parameters],
** [scopes inside]). */
#include "vm/modules/builtins/builtins_internal.h"
#include "vm/native/bind.h"
#include "vm/objects/list.h"
#include "vm/objects/object.h"

typedef struct Entry {
  Object h;
  Value id, name, symbols, varnames, children, nested, type, lineno;
} Entry;

#define NATIVE_DEF "vm/modules/ast/symtable_entry.def"
#define NATIVE_PREFIX entry_
#define NATIVE_SELF Entry *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/ast/symtable.def"
#define NATIVE_PREFIX symtable_
#include "vm/contracts/native_class.inc"

static Value entry_op_repr(VM *vm, Entry *self, const entry_op_repr_args *a) {
  return value_of(
      str_format(vm, "<symtable entry %S(%S), line %S>", self->name, self->id, self->lineno));
}

static void entry_trace(Marker *marker, Object *self) {
  mark_values(marker, &((Entry *)self)->id, 8);
}

const ClassSpec symtable_entry_class = {
    NATIVE_CLASS(entry_),
    .basic_size = sizeof(Entry),
    .trace = entry_trace,
};

/* An entry of a scope's tuple; the scopes inside become entries too. */
static Value entry_new(VM *vm, const Tuple *scope) {
  List *inside = value_object(scope->items[6]);
  for (size_t i = 0; i < list_length(inside); i++) {
    Value child = entry_new(vm, value_object(list_items(inside)[i]));
    if (child == VALUE_FAIL) return child;
    list_set_item(vm, inside, i, child);
  }
  Entry *entry = heap_new_zeroed(vm, SHAPE_OF(symtable_entry), sizeof *entry);
  entry->name = scope->items[0], entry->type = scope->items[1], entry->lineno = scope->items[2],
  entry->nested = scope->items[3];
  entry->symbols = scope->items[4], entry->varnames = scope->items[5],
  entry->children = scope->items[6];
  Value id = value_int(vm, (int64_t)value_identity(value_from(entry)));
  entry->id = id;
  heap_barrier_any(vm, entry);
  return value_from(entry);
}

static Value symtable_symtable(VM *vm, Value self, const symtable_symtable_args *a) {
  Value table = builtin_symbols(vm, a->source, a->filename, a->startstr);
  return table == VALUE_FAIL ? table : entry_new(vm, value_object(table));
}

static bool init(VM *vm, Module *module) {
  static const NamedInt numbers[] = {
      {"USE", 16},        {"DEF_GLOBAL", 1},  {"DEF_NONLOCAL", 8},    {"DEF_LOCAL", 2},
      {"DEF_PARAM", 4},   {"DEF_FREE", 32},   {"DEF_FREE_CLASS", 64}, {"DEF_IMPORT", 128},
      {"DEF_BOUND", 134}, {"DEF_ANNOT", 256}, {"TYPE_FUNCTION", 0},   {"TYPE_CLASS", 1},
      {"TYPE_MODULE", 2}, {"LOCAL", 1},       {"GLOBAL_EXPLICIT", 2}, {"GLOBAL_IMPLICIT", 3},
      {"FREE", 4},        {"CELL", 5},        {"SCOPE_OFF", 11},      {"SCOPE_MASK", 15},
  };
  return module_add_ints(vm, module, numbers, ARRAY_COUNT(numbers));
}

const ModuleSpec _symtable_module = {
    .name = "_symtable", NATIVE_FUNCTIONS(symtable_), .init = init};

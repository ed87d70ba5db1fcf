/* sqlite_module.c -- the module _sqlite3: its functions, classes of exceptions, and constants. */
#include "vm/base/libraries.h"
#if WITH_SQLITE3
#include "vm/modules/sqlite/sqlite.h"
#include "vm/objects/int.h"

#define NATIVE_DEF "vm/modules/sqlite/functions.def"
#define NATIVE_PREFIX sqlite_
#include "vm/contracts/native_class.inc"

struct SqliteState sqlite_state;

static Value sqlite_connect(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  Value factory = value_from(TYPE_OF(sqlite_Connection));
  if (npos > 5) factory = args[5];
  for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++)
    if (str_equal_cstr(value_object(kwnames->items[i]), "factory")) factory = args[npos + (int)i];
  return call_values(vm, factory, args, npos, kwnames);
}

static Value sqlite_adapt_(VM *vm, Value self, const sqlite_adapt__args *a) {
  Value protocol =
      a->proto == VALUE_MISSING ? value_from(TYPE_OF(sqlite_PrepareProtocol)) : a->proto;
  return sqlite_adapt(vm, a->obj, protocol, a->alt);
}

static Value sqlite_complete_statement(VM *vm, Value self,
                                       const sqlite_complete_statement_args *a) {
  Span text;
  if (!sql_text(vm, a->statement, &text)) return VALUE_FAIL;
  if (memchr(text.bytes, 0, text.n)) return raise_value(vm, "embedded null character");
  return value_bool(sqlite3_complete((const char *)text.bytes));
}

static Value sqlite_enable_callback_tracebacks(VM *vm, Value self,
                                               const sqlite_enable_callback_tracebacks_args *a) {
  sqlite_state.tracebacks = a->enable;
  return VALUE_NONE;
}

static Value sqlite_enable_shared_cache_(VM *vm, Value self,
                                         const sqlite_enable_shared_cache__args *a) {
  if (sqlite3_enable_shared_cache(a->do_enable) == SQLITE_OK) return VALUE_NONE;
  return raise_sqlite(vm, CLASS_OPERATIONAL, "Changing the shared_cache flag failed");
}

/* Those that bind.c takes as they are while nobody has registered an adapter of theirs. */
static bool is_base_type(Value type) {
  static Type *const base[] = {TYPE_OF(int),   TYPE_OF(float),     TYPE_OF(str),
                               TYPE_OF(bytes), TYPE_OF(bytearray), TYPE_OF(bool)};
  for (size_t i = 0; i < ARRAY_COUNT(base); i++)
    if (type == value_from(base[i])) return true;
  return value_is_type(type) && (value_object(type) == value_type(VALUE_NONE) ||
                                 value_object(type) == value_type(VALUE_ELLIPSIS) ||
                                 value_object(type) == value_type(VALUE_NOT_IMPLEMENTED));
}

static Value sqlite_register_adapter(VM *vm, Value self, const sqlite_register_adapter_args *a) {
  if (is_base_type(a->type)) sqlite_state.base_adapted = true;
  Value key = PACK(a->type, value_from(TYPE_OF(sqlite_PrepareProtocol)));
  if (value_is_fail(key)) return key;
  return value_none_if(dict_set(vm, value_object(sqlite_state.adapters), key, a->adapter));
}

static Value sqlite_register_converter(VM *vm, Value self,
                                       const sqlite_register_converter_args *a) {
  Value name = call_method0(vm, value_from(a->typename), NAME("upper"));
  if (value_is_fail(name)) return name;
  return value_none_if(dict_set(vm, value_object(sqlite_state.converters), name, a->converter));
}

bool sqlite_int(VM *vm, Value v, int *out) {
  Value index;
  int64_t n;
  if (!value_index(vm, v, &index)) return false;
  bool fits = int_to_int64(index, &n) && n == (int)n;
  *out = fits ? (int)n : 0;
  return fits ||
         raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C int");
}

/* ---- the import */

static bool add_classes(VM *vm, Module *module) {
  static const struct {
    SqliteClass which;
    int base; /* -1: Exception */
    const char *name;
  } rows[] = {
      {CLASS_WARNING, -1, "Warning"},
      {CLASS_ERROR, -1, "Error"},
      {CLASS_INTERFACE, CLASS_ERROR, "InterfaceError"},
      {CLASS_DATABASE, CLASS_ERROR, "DatabaseError"},
      {CLASS_INTERNAL, CLASS_DATABASE, "InternalError"},
      {CLASS_OPERATIONAL, CLASS_DATABASE, "OperationalError"},
      {CLASS_PROGRAMMING, CLASS_DATABASE, "ProgrammingError"},
      {CLASS_INTEGRITY, CLASS_DATABASE, "IntegrityError"},
      {CLASS_DATA, CLASS_DATABASE, "DataError"},
      {CLASS_NOT_SUPPORTED, CLASS_DATABASE, "NotSupportedError"},
  };
  for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
    Value *slot = &sqlite_state.classes[rows[i].which];
    Type *base = rows[i].base < 0 ? TYPE_OF(Exception) : sqlite_class(rows[i].base);
    *slot = module_new_exception(vm, "sqlite3", rows[i].name, base);
    heap_add_root(vm, slot);
    if (value_is_fail(*slot) || !module_add(vm, module, rows[i].name, *slot)) return false;
  }
  return true;
}

static bool add_dict(VM *vm, Module *module, const char *name, Value *slot) {
  Dict *dict = dict_new(vm);
  *slot = value_from(dict);
  heap_add_root(vm, slot);
  return module_add(vm, module, name, *slot);
}

static bool add_types(VM *vm, Module *module) {
  return module_add_type(vm, module, TYPE_OF(sqlite_Connection)) &&
         module_add_type(vm, module, TYPE_OF(sqlite_Cursor)) &&
         module_add_type(vm, module, TYPE_OF(sqlite_Row)) &&
         module_add_type(vm, module, TYPE_OF(sqlite_Blob)) &&
         module_add_type(vm, module, TYPE_OF(sqlite_PrepareProtocol));
}

static bool init(VM *vm, Module *module) {
  static const int safety[] = {0, 3, 1}; /* the library's grades as DB-API counts them */
  if (!module_open_library(vm, module, &lazy_sqlite3)) return false;
  if (sqlite3_initialize() != SQLITE_OK) return raise_memory(vm), false;
  return add_classes(vm, module) && add_types(vm, module) &&
         add_dict(vm, module, "adapters", &sqlite_state.adapters) &&
         add_dict(vm, module, "converters", &sqlite_state.converters) &&
         sqlite_add_codes(vm, module) &&
         module_add_int(vm, module, "PARSE_DECLTYPES", PARSE_DECLTYPES) &&
         module_add_int(vm, module, "PARSE_COLNAMES", PARSE_COLNAMES) &&
         module_add_int(vm, module, "threadsafety", safety[sqlite3_threadsafe()]) &&
         module_add_str(vm, module, "version", "2.6.0") &&
         module_add_str(vm, module, "sqlite_version", sqlite3_libversion());
}

const ModuleSpec _sqlite3_module = {
    .name = "_sqlite3",
    NATIVE_FUNCTIONS(sqlite_),
    .init = init,
};
#endif

/* error.c -- the library's results as exceptions. */
#include "vm/base/libraries.h"
#if WITH_SQLITE3
#include "vm/modules/sqlite/sqlite.h"

static const NamedInt codes[] = {
#define CODE(name) {"SQLITE_" #name, SQLITE_##name},
#include "vm/modules/sqlite/codes.def"
#undef CODE
};
static const NamedInt constants[] = {
#define CONSTANT(name) {"SQLITE_" #name, SQLITE_##name},
#include "vm/modules/sqlite/constants.def"
#undef CONSTANT
};

/* "SQLITE_BUSY", or NULL */
static const char *code_name(int code) {
  for (size_t i = 0; i < ARRAY_COUNT(codes); i++)
    if (codes[i].value == code) return codes[i].name;
  return NULL;
}

bool sqlite_add_codes(VM *vm, Module *module) {
  return module_add_ints(vm, module, codes, ARRAY_COUNT(codes)) &&
         module_add_ints(vm, module, constants, ARRAY_COUNT(constants));
}

static SqliteClass class_of_code(int code) {
  switch (code) {
  case SQLITE_INTERNAL:
  case SQLITE_NOTFOUND: return CLASS_INTERNAL;
  case SQLITE_ERROR:
  case SQLITE_PERM:
  case SQLITE_ABORT:
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
  case SQLITE_READONLY:
  case SQLITE_INTERRUPT:
  case SQLITE_IOERR:
  case SQLITE_FULL:
  case SQLITE_CANTOPEN:
  case SQLITE_PROTOCOL:
  case SQLITE_EMPTY:
  case SQLITE_SCHEMA: return CLASS_OPERATIONAL;
  case SQLITE_TOOBIG: return CLASS_DATA;
  case SQLITE_CONSTRAINT:
  case SQLITE_MISMATCH: return CLASS_INTEGRITY;
  case SQLITE_MISUSE:
  case SQLITE_RANGE: return CLASS_INTERFACE;
  default: return CLASS_DATABASE;
  }
}

Value raise_database(VM *vm, sqlite3 *handle) {
  int code = sqlite3_errcode(handle), extended = sqlite3_extended_errcode(handle);
  if (code == SQLITE_NOMEM) return raise_memory(vm);
  const char *name = code_name(extended);
  Value message = sql_text_value(vm, sqlite3_errmsg(handle), strlen(sqlite3_errmsg(handle)));
  if (value_is_fail(message)) return VALUE_FAIL;
  Value number = value_int(vm, extended),
        text = value_of(str_new_cstr(vm, name ? name : "unknown"));
  if (value_is_fail(number) || value_is_fail(text)) return VALUE_FAIL;
  raise_with(vm, sqlite_class(class_of_code(code & 0xFF)), message);
  Value exception = error_take(vm);
  if (!set_attribute(vm, exception, NAME("sqlite_errorcode"), number) ||
      !set_attribute(vm, exception, NAME("sqlite_errorname"), text))
    return VALUE_FAIL;
  error_restore(vm, exception);
  return VALUE_FAIL;
}
#endif

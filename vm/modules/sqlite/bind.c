/* bind.c -- a program's values as the parameters of a statement. */
#include "vm/base/libraries.h"
#if WITH_SQLITE3
#include "vm/modules/sqlite/sqlite.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"

#include <limits.h>

static bool bind_text(VM *vm, sqlite3_stmt *handle, int at, Str *text, int *code) {
  Span span;
  if (!sql_text(vm, text, &span)) return false;
  if (span.n > INT_MAX)
    return raise_false(vm, TYPE_OF(OverflowError), "string longer than INT_MAX bytes");
  *code = sqlite3_bind_text(handle, at, (const char *)span.bytes, (int)span.n, SQLITE_TRANSIENT);
  return true;
}

static bool bind_blob(VM *vm, sqlite3_stmt *handle, int at, Value v, int *code) {
  BufferView view;
  if (!buffer_acquire(vm, v, &view, false)) return false;
  size_t n = view.size;
  if (n <= INT_MAX)
    *code = sqlite3_bind_blob(handle, at, n ? view.bytes : (const uint8_t *)"", (int)n,
                              SQLITE_TRANSIENT);
  buffer_release(vm, &view);
  return n <= INT_MAX || raise_false(vm, TYPE_OF(OverflowError), "BLOB longer than INT_MAX bytes");
}

/* What has no place in a column: SQLITE_MISMATCH in *code. */
static bool bind_value(VM *vm, sqlite3_stmt *handle, int at, Value v, int *code) {
  int64_t n;
  if (LIKELY(value_is_int(v))) {
    *code = sqlite3_bind_int64(handle, at, value_as_int(v));
  } else if (v == VALUE_NONE) {
    *code = sqlite3_bind_null(handle, at);
  } else if (value_is_str(v)) {
    return bind_text(vm, handle, at, value_object(v), code);
  } else if (value_is_any_float(v)) {
    *code = sqlite3_bind_double(handle, at, float_of(v));
  } else if (value_is_any_int(v)) {
    if (!int_to_int64(v, &n))
      return raise_false(vm, TYPE_OF(OverflowError),
                         "Python int too large to convert to SQLite INTEGER");
    *code = sqlite3_bind_int64(handle, at, n);
  } else if (value_is_bytes_like(v)) {
    return bind_blob(vm, handle, at, v, code);
  } else {
    *code = SQLITE_MISMATCH;
  }
  return true;
}

/* Of a type that is not adapted, as long as nobody has registered an adapter for it (is_base_type
** in protocol.c)? */
static inline bool is_plain(Value v) {
  if (UNLIKELY(sqlite_state.base_adapted)) return false;
  return value_is_int(v) || value_is(v, str) || value_is_float(v) || value_is_special(v) ||
         value_is(v, bytes) || value_is(v, bytearray) || value_is(v, int) || value_is(v, float);
}

static bool bind_one(VM *vm, Statement *statement, int at, Value v) {
  if (!is_plain(v)) {
    v = sqlite_adapt(vm, v, value_from(TYPE_OF(sqlite_PrepareProtocol)), v);
    if (value_is_fail(v)) return false;
  }
  if (UNLIKELY(!statement->handle))
    return raise_programming(vm, "Cannot operate on a closed database."), false;
  int code = SQLITE_OK;
  database_wait(vm, statement->database);
  if (!bind_value(vm, statement->handle, at, v, &code)) return false;
  if (LIKELY(code == SQLITE_OK)) return true;
  if (code == SQLITE_MISMATCH)
    raise_programming(vm, "Error binding parameter %d: type '%T' is not supported", at, v);
  else raise_database(vm, statement->database->handle);
  return false;
}

static bool check_count(VM *vm, int64_t given, int needed) {
  if (LIKELY(given == needed)) return true;
  raise_programming(vm,
                    "Incorrect number of bindings supplied. The current statement uses %d, and "
                    "there are %lld supplied.",
                    needed, (long long)given);
  return false;
}

static bool bind_sequence(VM *vm, Statement *statement, Value parameters, int needed) {
  const Value *items;
  size_t count;
  bool in_place = value_is(parameters, tuple) || value_is(parameters, list);
  if (in_place) in_place = sequence_view(parameters, &items, &count);
  int64_t given = in_place ? (int64_t)count : value_length(vm, parameters);
  if (given < 0 || !check_count(vm, given, needed)) return false;
  for (int i = 0; i < needed; i++) {
    Value v;
    if (!in_place) v = get_item(vm, parameters, value_int(vm, i));
    else if (sequence_view(parameters, &items, &count) && (size_t)i < count) v = items[i];
    else v = raise_error(vm, TYPE_OF(IndexError), "list index out of range");
    if (value_is_fail(v) || !bind_one(vm, statement, i + 1, v)) return false;
  }
  return true;
}

static bool bind_mapping(VM *vm, Statement *statement, Value parameters, int needed) {
  for (int at = 1; at <= needed; at++) {
    const char *name = statement->handle ? sqlite3_bind_parameter_name(statement->handle, at) : "?";
    if (!name) {
      raise_programming(vm,
                        "Binding %d has no name, but you supplied a dictionary (which has only "
                        "names).",
                        at);
      return false;
    }
    name++; /* the sign before it */
    Str *key = str_new_cstr(vm, name);
    if (!key) return false;
    Value v = value_is(parameters, dict) ? dict_get(vm, value_object(parameters), value_from(key))
                                         : get_item(vm, parameters, value_from(key));
    bool missing = v == VALUE_UNBOUND || (value_is_fail(v) && error_is(vm, TYPE_OF(LookupError)));
    if (missing) {
      error_clear(vm);
      raise_programming(vm, "You did not supply a value for binding parameter :%U.", key);
      return false;
    }
    if (value_is_fail(v) || !bind_one(vm, statement, at, v)) return false;
  }
  return true;
}

bool statement_bind(VM *vm, Statement *statement, Value parameters) {
  int needed = statement->handle ? sqlite3_bind_parameter_count(statement->handle) : 0;
  if (LIKELY(value_is(parameters, tuple)) || value_is(parameters, list))
    return bind_sequence(vm, statement, parameters, needed);
  bool is_dict = value_has_flag(parameters, TYPE_DICT_SUBCLASS);
  bool has_items = value_has_special(parameters, SPECIAL_getitem);
  bool is_mapping = is_dict || value_is(parameters, mappingproxy);
  if (has_items && !is_mapping) return bind_sequence(vm, statement, parameters, needed);
  if (is_mapping) return bind_mapping(vm, statement, parameters, needed);
  raise_programming(vm, "parameters are of unsupported type");
  return false;
}
#endif

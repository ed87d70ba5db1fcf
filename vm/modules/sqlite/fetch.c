/* fetch.c -- rows of a cursor: columns as values, with converters and factories. */
#include "vm/base/libraries.h"
#if WITH_SQLITE3
#include "vm/base/utf8.h"
#include "vm/modules/sqlite/sqlite.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/bytes.h"
#include "vm/objects/codec.h"

/* ---- what is known of the columns */

/* The converter of a type's name, or None. */
static Value converter_of(VM *vm, const char *name, size_t n) {
  Value key = sql_text_value(vm, name, n);
  if (value_is_fail(key)) return key;
  key = call_method0(vm, key, NAME("upper"));
  if (value_is_fail(key)) return key;
  Value found = dict_get(vm, value_object(sqlite_state.converters), key);
  return found == VALUE_UNBOUND ? VALUE_NONE : found;
}

/* By what stands between brackets in the column's name. */
static Value converter_by_name(VM *vm, const char *name) {
  const char *open = strchr(name, '['), *close = open ? strchr(open, ']') : NULL;
  if (!close) return VALUE_NONE;
  for (const char *at = open; at < close; at++)
    if (*at == '[') open = at;
  return converter_of(vm, open + 1, (size_t)(close - open - 1));
}

static Value converter_of_column(VM *vm, sqlite3_stmt *handle, int i, int detect) {
  Value found = VALUE_NONE;
  if (detect & PARSE_COLNAMES) {
    const char *name = sqlite3_column_name(handle, i);
    if (!name) return raise_memory(vm);
    found = converter_by_name(vm, name);
  }
  if (found == VALUE_NONE && detect & PARSE_DECLTYPES) {
    const char *type = sqlite3_column_decltype(handle, i);
    if (type) found = converter_of(vm, type, strcspn(type, " ("));
  }
  return found;
}

bool cursor_find_converters(VM *vm, Cursor *cursor) {
  int detect = cursor->connection->detect_types;
  if (LIKELY(!detect)) return true;
  sqlite3_stmt *handle = cursor->statement->handle;
  int count = sqlite3_column_count(handle);
  Tuple *all = tuple_new(vm, (size_t)count);
  if (!all) return false;
  for (int i = 0; i < count; i++) {
    Value converter = converter_of_column(vm, handle, i, detect);
    if (value_is_fail(converter)) return false;
    tuple_set_item(vm, all, (size_t)i, converter);
  }
  cursor->converters = all;
  heap_barrier_object(vm, cursor, all);
  return true;
}

static Value column_title(VM *vm, const char *name, bool cut) {
  size_t n = strlen(name);
  const char *bracket = cut ? strchr(name, '[') : NULL;
  if (bracket) n = (size_t)(bracket - name) - (bracket > name && bracket[-1] == ' ');
  return sql_text_value(vm, name, n);
}

bool cursor_describe(VM *vm, Cursor *cursor) {
  sqlite3_stmt *handle = cursor->statement->handle;
  int count = sqlite3_column_count(handle);
  if (count == 0) return true;
  bool cut = (cursor->connection->detect_types & PARSE_COLNAMES) != 0;
  Tuple *all = tuple_new(vm, (size_t)count);
  if (!all) return false;
  for (int i = 0; i < count; i++) {
    const char *name = sqlite3_column_name(handle, i);
    if (!name) return raise_memory(vm), false;
    Value title = column_title(vm, name, cut);
    Value column =
        PACK(title, VALUE_NONE, VALUE_NONE, VALUE_NONE, VALUE_NONE, VALUE_NONE, VALUE_NONE);
    if (value_is_fail(column)) return false;
    tuple_set_item(vm, all, (size_t)i, column);
  }
  cursor->description = value_from(all);
  heap_barrier_object(vm, cursor, all);
  return true;
}

/* ---- columns */

/* The text of a column that is not UTF-8. */
static Value raise_undecodable(VM *vm, sqlite3_stmt *handle, int i, const char *text, size_t n) {
  if (!error_clear_if(vm, TYPE_OF(UnicodeDecodeError))) return VALUE_FAIL;
  Value shown = ascii_decode(vm, (const uint8_t *)text, n, VALUE_UNBOUND, NAME("replace"), NULL);
  if (value_is_fail(shown)) return shown;
  const char *name = sqlite3_column_name(handle, i);
  return raise_sqlite(vm, CLASS_OPERATIONAL, "Could not decode to UTF-8 column '%s' with text '%S'",
                      name ? name : "<unknown column name>", shown);
}

static Value text_column(VM *vm, Cursor *cursor, int i, const char *text, size_t n) {
  Value factory = cursor->connection->text_factory;
  if (LIKELY(factory == value_from(TYPE_OF(str)))) {
    Value v = sql_text_value(vm, text, n);
    return value_is_fail(v) ? raise_undecodable(vm, cursor->statement->handle, i, text, n) : v;
  }
  if (factory == value_from(TYPE_OF(bytearray))) return value_of(bytearray_new(vm, text, n));
  Value bytes = value_of(bytes_new(vm, text, n));
  if (factory == value_from(TYPE_OF(bytes)) || value_is_fail(bytes)) return bytes;
  return call1(vm, factory, bytes);
}

/* Functions on values take no mutex, those on columns do. It need not be taken: nobody is
** inside. */
static Value blob_value(VM *vm, sqlite3_value *column) {
  const void *blob = sqlite3_value_blob(column);
  size_t n = (size_t)sqlite3_value_bytes(column);
  return value_of(bytes_new(vm, n && blob ? blob : "", n));
}

static Value plain_column(VM *vm, Cursor *cursor, int i, sqlite3_value *column) {
  switch (sqlite3_value_type(column)) {
  case SQLITE_INTEGER: return value_int(vm, sqlite3_value_int64(column));
  case SQLITE_FLOAT: return value_float(vm, sqlite3_value_double(column));
  case SQLITE_TEXT: {
    const unsigned char *text = sqlite3_value_text(column);
    if (UNLIKELY(!text)) return raise_memory(vm);
    return text_column(vm, cursor, i, (const char *)text, (size_t)sqlite3_value_bytes(column));
  }
  case SQLITE_BLOB: return blob_value(vm, column);
  default: return VALUE_NONE;
  }
}

static Value column_value(VM *vm, Cursor *cursor, int i) {
  sqlite3_stmt *handle = cursor->statement->handle;
  const Tuple *converters = cursor->converters;
  Value converter =
      converters && (size_t)i < tuple_length(converters) ? converters->items[i] : VALUE_NONE;
  database_wait(vm, cursor->statement->database);
  sqlite3_value *column = sqlite3_column_value(handle, i);
  if (LIKELY(converter == VALUE_NONE)) return plain_column(vm, cursor, i, column);
  bool is_null = sqlite3_value_type(column) == SQLITE_NULL;
  if (is_null || !sqlite3_value_bytes(column)) return VALUE_NONE; /* an empty one, too */
  Value bytes = blob_value(vm, column);
  return value_is_fail(bytes) ? bytes : call1(vm, converter, bytes);
}

enum { COLUMNS_IN_PLACE = 64 };

static Value cursor_row(VM *vm, Cursor *cursor) {
  int count = sqlite3_data_count(cursor->statement->handle);
  Value here[COLUMNS_IN_PLACE];
  Tuple *wide = NULL;
  if (count > COLUMNS_IN_PLACE && !(wide = tuple_new(vm, (size_t)count))) return VALUE_FAIL;
  for (int i = 0; i < count; i++) {
    Value v = column_value(vm, cursor, i);
    if (value_is_fail(v)) return v;
    if (wide) tuple_set_item(vm, wide, (size_t)i, v);
    else here[i] = v;
  }
  return value_of(wide ? wide : tuple_from_values(vm, here, (size_t)count));
}

/* ---- the next row */

/* After the row was read: what becomes of the statement. */
static bool advance(VM *vm, Cursor *self) {
  Statement *statement = self->statement;
  Database *database = statement->database;
  int code = statement_step(vm, statement);
  if (LIKELY(code == SQLITE_ROW) && LIKELY(database->raised == VALUE_UNBOUND)) return true;
  bool fine = code == SQLITE_ROW || code == SQLITE_DONE;
  if (code == SQLITE_DONE && statement->is_dml) self->rowcount = sqlite3_changes(database->handle);
  if (fine && database->raised != VALUE_UNBOUND) {
    error_restore(vm, database->raised);
    fine = false;
  } else if (!fine) raise_database(vm, database->handle);
  database->raised = VALUE_UNBOUND;
  cursor_let_go(vm, self);
  return fine;
}

Value cursor_next(VM *vm, Value cursor) {
  Cursor *self = value_object(cursor);
  if (UNLIKELY(!cursor_check(vm, self))) return VALUE_FAIL;
  Statement *statement = self->statement;
  if (!statement) return VALUE_STOP;
  Database *database = statement->database;
  if (sqlite3_data_count(statement->handle) == 0) {
    cursor_let_go(vm, self);
    return VALUE_STOP;
  }
  database_enter(database);
  self->locked = true;
  Value row = cursor_row(vm, self);
  if (!value_is_fail(row) && !advance(vm, self)) row = VALUE_FAIL;
  self->locked = false;
  database_leave(database);
  Value factory = self->row_factory;
  if (factory == VALUE_NONE || value_is_fail(row)) return row;
  return call2(vm, factory, cursor, row);
}
#endif

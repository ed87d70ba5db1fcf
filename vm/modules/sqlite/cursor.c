/* cursor.c -- cursors: running statements. Rows are made in fetch.c. */
#include "vm/base/libraries.h"
#if WITH_SQLITE3
#include "vm/modules/sqlite/sqlite.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"

#include <limits.h>

#define NATIVE_DEF "vm/modules/sqlite/cursor.def"
#define NATIVE_PREFIX cursor_
#define NATIVE_SELF Cursor *
#include "vm/contracts/native_class.inc"

static Value cursor_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Cursor *self = value_object(v);
  self->description = self->row_factory = self->lastrowid = VALUE_NONE;
  self->rowcount = -1;
  heap_track_destroy(vm, &self->h);
  return v;
}

static Value cursor_op_init(VM *vm, Cursor *self, const cursor_op_init_args *a) {
  if (!type_is_subtype(value_type(a->connection), TYPE_OF(sqlite_Connection)))
    return raise_type(vm, "Cursor() argument 1 must be sqlite3.Connection, not %T", a->connection);
  if (self->locked) return raise_programming(vm, "Recursive use of cursors not allowed.");
  cursor_let_go(vm, self);
  self->connection = value_object(a->connection);
  heap_barrier(vm, self, a->connection);
  self->closed = false;
  self->converters = NULL;
  self->arraysize = 1;
  self->rowcount = -1;
  self->description = self->lastrowid = self->row_factory = VALUE_NONE;
  self->initialised = connection_check_thread(vm, self->connection);
  return value_none_if(self->initialised);
}

bool cursor_check(VM *vm, Cursor *self) {
  const char *wrong = UNLIKELY(!self->initialised) ? "Base Cursor.__init__ not called."
                      : UNLIKELY(self->closed)     ? "Cannot operate on a closed cursor."
                      : UNLIKELY(self->locked)     ? "Recursive use of cursors not allowed."
                                                   : NULL;
  if (UNLIKELY(wrong != NULL)) return raise_programming(vm, "%s", wrong), false;
  return connection_check(vm, self->connection);
}

void cursor_let_go(VM *vm, Cursor *self) {
  Statement *statement = self->statement;
  if (!statement) return;
  self->statement = NULL;
  statement_reset(vm, statement);
  statement_release(statement);
}

/* ---- execute */

/* After a step has failed. What a callback has raised gives way to the library's own error. */
static bool raise_step(VM *vm, Database *database) {
  if (database->raised != VALUE_UNBOUND) {
    error_restore(vm, database->raised);
    database->raised = VALUE_UNBOUND;
    callback_report(vm, VALUE_NONE);
  }
  raise_database(vm, database->handle);
  return false;
}

/* Is there an exception that a callback has left, although the step went well? */
static bool raise_left(VM *vm, Database *database) {
  if (LIKELY(database->raised == VALUE_UNBOUND)) return true;
  error_restore(vm, database->raised);
  database->raised = VALUE_UNBOUND;
  return false;
}

static bool run_once(VM *vm, Cursor *self, Value parameters) {
  Statement *statement = self->statement;
  Database *database = statement->database;
  if (!statement_bind(vm, statement, parameters)) return false;
  int code = statement_step(vm, statement);
  if (code != SQLITE_DONE && code != SQLITE_ROW) return raise_step(vm, database);
  if (!cursor_find_converters(vm, self)) {
    Value cause = error_take(vm);
    raise_from(vm, sqlite_class(CLASS_OPERATIONAL), cause, "Error while building row_cast_map");
    return false;
  }
  if (self->description == VALUE_NONE && !cursor_describe(vm, self)) return false;
  if (code == SQLITE_DONE) {
    if (statement->is_dml) self->rowcount += sqlite3_changes(database->handle);
    statement_reset(vm, statement);
  }
  return raise_left(vm, database);
}

static bool run_many(VM *vm, Cursor *self, Value iterator) {
  for (;;) {
    Value parameters = iterator_next(vm, iterator);
    if (parameters == VALUE_STOP) return true;
    if (value_is_fail(parameters) || !run_once(vm, self, parameters)) return false;
    if (sqlite3_stmt_busy(self->statement->handle))
      statement_reset(vm, self->statement); /* rows of RETURNING are not wanted */
  }
}

static bool take_statement(VM *vm, Cursor *self, Str *sql, bool many) {
  Connection *connection = self->connection;
  self->description = VALUE_NONE;
  cursor_let_go(vm, self);
  Statement *statement = statement_find(vm, connection, sql);
  if (!statement) return false;
  self->statement = statement;
  if (many && sqlite3_stmt_readonly(statement->handle))
    return raise_programming(vm, "executemany() can only execute DML statements."), false;
  self->rowcount = statement->is_dml ? 0 : -1;
  bool begins = connection->isolation != ISOLATION_NONE && statement->is_dml &&
                sqlite3_get_autocommit(statement->database->handle);
  return !begins || connection_begin(vm, connection);
}

static bool run_locked(VM *vm, Cursor *self, Str *sql, Value parameters, bool many) {
  Value iterator = many ? get_iterator(vm, parameters) : VALUE_NONE;
  if (value_is_fail(iterator) || !take_statement(vm, self, sql, many)) return false;
  if (many) return run_many(vm, self, iterator);
  if (!run_once(vm, self, parameters)) return false;
  Value rowid = value_int(vm, sqlite3_last_insert_rowid(self->statement->database->handle));
  self->lastrowid = rowid;
  heap_barrier(vm, self, rowid);
  return !value_is_fail(rowid);
}

/* run: its frame, and the library's, lie where the stack was cleared (SETTLE_DEPTH). */
NOINLINE static Value run(VM *vm, Cursor *self, Str *sql, Value parameters, bool many) {
  if (!cursor_check(vm, self)) return VALUE_FAIL;
  Database *database = self->connection->database;
  database_enter(database);
  self->locked = true;
  bool fine = run_locked(vm, self, sql, parameters, many);
  self->locked = false;
  if (!fine) {
    self->rowcount = -1;
    cursor_let_go(vm, self);
  } else if (self->statement && !sqlite3_stmt_busy(self->statement->handle)) {
    cursor_let_go(vm, self);
  }
  database_leave(database);
  return fine ? value_from(self) : VALUE_FAIL;
}

static Value cursor_execute(VM *vm, Cursor *self, const cursor_execute_args *a) {
  Value parameters = a->parameters;
  if (parameters == VALUE_MISSING) parameters = value_of(tuple_new(vm, 0));
  heap_clear_below(SETTLE_DEPTH);
  return run(vm, self, a->sql, parameters, false);
}

static Value cursor_executemany(VM *vm, Cursor *self, const cursor_executemany_args *a) {
  heap_clear_below(SETTLE_DEPTH);
  return run(vm, self, a->sql, a->seq_of_parameters, true);
}

static int step_to_end(VM *vm, Database *database, sqlite3_stmt *handle) {
  struct Thread *outer = inside_begin(vm, database);
  int code;
  do code = sqlite3_step(handle);
  while (code == SQLITE_ROW);
  inside_end(vm, database, outer);
  return code;
}

static bool run_script(VM *vm, Database *database, const char *sql) {
  while (*sql) {
    sqlite3_stmt *handle = NULL;
    int code = INSIDE(vm, database, sqlite3_prepare_v2(database->handle, sql, -1, &handle, &sql));
    if (code == SQLITE_OK && handle) {
      code = step_to_end(vm, database, handle);
      if (code != SQLITE_DONE && database->raised == VALUE_UNBOUND &&
          database_settle(vm, database, code)) {
        sqlite3_reset(handle);
        step_to_end(vm, database, handle);
      }
      code = INSIDE(vm, database, sqlite3_finalize(handle)); /* as the last step has ended */
    }
    if (code != SQLITE_OK) return raise_step(vm, database);
    if (!raise_left(vm, database) || !vm_listen(vm)) return false;
  }
  return true;
}

/* run_texts: as run. */
NOINLINE static Value run_texts(VM *vm, Cursor *self, const char *sql) {
  Database *database = self->connection->database;
  database_enter(database);
  self->locked = true;
  bool fine = sqlite3_get_autocommit(database->handle) || database_run(vm, database, "COMMIT");
  fine = fine && run_script(vm, database, sql);
  self->locked = false;
  database_leave(database);
  return fine ? value_from(self) : VALUE_FAIL;
}

static Value cursor_executescript(VM *vm, Cursor *self, const cursor_executescript_args *a) {
  Span sql;
  if (!sql_text(vm, a->sql_script, &sql)) return VALUE_FAIL;
  if (memchr(sql.bytes, 0, sql.n)) return raise_value(vm, "embedded null character");
  if (!cursor_check(vm, self)) return VALUE_FAIL;
  Database *database = self->connection->database;
  if (sql.n > (size_t)sqlite3_limit(database->handle, SQLITE_LIMIT_SQL_LENGTH, -1))
    return raise_sqlite(vm, CLASS_DATA, "query string is too large");
  heap_clear_below(SETTLE_DEPTH);
  return run_texts(vm, self, (const char *)sql.bytes);
}

/* ---- fetching */

static Value cursor_op_iter(VM *vm, Cursor *self, const cursor_op_iter_args *a) {
  return value_from(self);
}

static Value cursor_fetchone(VM *vm, Cursor *self, const cursor_fetchone_args *a) {
  Value row = cursor_next(vm, value_from(self));
  return row == VALUE_STOP ? VALUE_NONE : row;
}

/* At most so many rows, or all if that is not positive. */
static Value fetch(VM *vm, Cursor *self, int most) {
  List *rows = list_new(vm, 0);
  for (int count = 0; rows;) {
    Value row = cursor_next(vm, value_from(self));
    if (row == VALUE_STOP) return value_from(rows);
    if (value_is_fail(row) || !list_append_value(vm, rows, row) || !vm_listen(vm)) break;
    if (++count == most) return value_from(rows);
    if (count == INT_MAX) count = most > 0 ? count : 0;
  }
  return VALUE_FAIL;
}

static Value cursor_fetchmany(VM *vm, Cursor *self, const cursor_fetchmany_args *a) {
  return fetch(vm, self, a->size == INT_MIN ? self->arraysize : a->size);
}
static Value cursor_fetchall(VM *vm, Cursor *self, const cursor_fetchall_args *a) {
  return fetch(vm, self, 0);
}

/* ---- the rest */

static Value cursor_setinputsizes(VM *vm, Cursor *self, const cursor_setinputsizes_args *a) {
  return VALUE_NONE;
}
static Value cursor_setoutputsize(VM *vm, Cursor *self, const cursor_setoutputsize_args *a) {
  return VALUE_NONE;
}

static Value cursor_close(VM *vm, Cursor *self, const cursor_close_args *a) {
  if (self->locked) return raise_programming(vm, "Recursive use of cursors not allowed.");
  if (!self->connection) return raise_programming(vm, "Base Cursor.__init__ not called.");
  if (!connection_check(vm, self->connection)) return VALUE_FAIL;
  cursor_let_go(vm, self);
  self->closed = true;
  return VALUE_NONE;
}

static Value cursor_get_connection(VM *vm, Cursor *self) {
  return self->connection ? value_from(self->connection) : VALUE_NONE;
}
static Value cursor_get_rowcount(VM *vm, Cursor *self) { return value_int(vm, self->rowcount); }
static Value cursor_get_row_factory(VM *vm, Cursor *self) { return self->row_factory; }
static bool cursor_set_row_factory(VM *vm, Cursor *self, Value v) {
  self->row_factory = v == VALUE_MISSING ? VALUE_NONE : v;
  heap_barrier(vm, self, v);
  return true;
}
static Value cursor_get_arraysize(VM *vm, Cursor *self) { return value_int(vm, self->arraysize); }
static bool cursor_set_arraysize(VM *vm, Cursor *self, Value v) {
  if (v == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(TypeError), "can't delete numeric/char attribute");
  int64_t n;
  if (!value_index64(vm, v, &n, false)) return false;
  self->arraysize = (int)n;
  return true;
}

static void cursor_trace(Marker *marker, Object *object) {
  const Cursor *self = (const Cursor *)object;
  mark_object(marker, self->connection);
  mark_object(marker, self->converters);
  mark_value(marker, self->description);
  mark_value(marker, self->row_factory);
  mark_value(marker, self->lastrowid);
}

static void cursor_destroy(VM *vm, Object *object) {
  Cursor *self = (Cursor *)object;
  Statement *statement = self->statement;
  self->statement = NULL;
  if (statement) statement_abandon(statement);
}

static bool cursor_verify(const Object *object) {
  const Cursor *self = (const Cursor *)object;
  if (!self->statement) return true;
  LAW(self->statement->taken && self->statement->references > 0);
  LAW(self->connection != NULL);
  return true;
}

const ClassSpec sqlite_Cursor_class = {
    NATIVE_CLASS(cursor_), .verify = VERIFIER(cursor_verify), .basic_size = sizeof(Cursor),
    .trace = cursor_trace, .destroy = cursor_destroy,         .next = cursor_next,
};
#endif

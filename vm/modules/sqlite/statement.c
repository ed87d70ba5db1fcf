/* statement.c -- prepared statements: from text, in the cache, run, and at their end. */
#include "vm/base/libraries.h"
#if WITH_SQLITE3
#include "vm/base/memory.h"
#include "vm/modules/sqlite/sqlite.h"

#include <stdlib.h>
#include <strings.h>

#define NATIVE_DEF "vm/modules/sqlite/statement.def"
#define NATIVE_PREFIX statement_class_
#define NATIVE_SELF SqlStatement *
#include "vm/contracts/native_class.inc"

/* Behind white space and comments; NULL: there is nothing more. */
static const char *sql_skip(const char *sql) {
  for (;;) {
    if (*sql == ' ' || *sql == '\t' || *sql == '\n' || *sql == '\r' || *sql == '\f') sql++;
    else if (sql[0] == '-' && sql[1] == '-') {
      sql = strchr(sql, '\n');
      if (!sql) return NULL;
    } else if (sql[0] == '/' && sql[1] == '*') {
      sql = strstr(sql + 2, "*/");
      if (!sql) return NULL;
      sql += 2;
    } else return *sql ? sql : NULL;
  }
}

static bool changes_rows(const char *sql) {
  static const char *const words[] = {"insert", "update", "delete", "replace"};
  sql = sql_skip(sql);
  for (size_t i = 0; sql && i < ARRAY_COUNT(words); i++)
    if (!strncasecmp(sql, words[i], strlen(words[i]))) return true;
  return false;
}

static sqlite3_stmt *prepare(VM *vm, Database *database, Span sql) {
  const char *text = (const char *)sql.bytes, *rest = NULL;
  sqlite3_stmt *handle = NULL;
  if (sql.n > (size_t)sqlite3_limit(database->handle, SQLITE_LIMIT_SQL_LENGTH, -1))
    return raise_sqlite(vm, CLASS_DATA, "query string is too large"), NULL;
  if (memchr(text, 0, sql.n))
    return raise_programming(vm, "the query contains a null character"), NULL;
  int code = INSIDE(vm, database,
                    sqlite3_prepare_v2(database->handle, text, (int)sql.n + 1, &handle, &rest));
  if (code != SQLITE_OK) return raise_database(vm, database->handle), NULL;
  if (!sql_skip(rest)) return handle;
  sqlite3_finalize(handle);
  return raise_programming(vm, "You can only execute one statement at a time."), NULL;
}

/* NULL: raised. One reference is the caller's. */
static Statement *statement_new(VM *vm, Connection *connection, Str *sql) {
  Database *database = connection->database;
  Span text;
  if (!sql_text(vm, sql, &text)) return NULL;
  Statement *statement = memory_take_zeroed(1, sizeof *statement);
  if (!statement) return raise_memory(vm), NULL;
  database_enter(database);
  statement->handle = prepare(vm, database, text);
  bool fine = !error_pending(vm);
  database_leave(database);
  if (!fine) return free(statement), NULL;
  statement->is_dml = changes_rows((const char *)text.bytes);
  statement->references = 1;
  statement->database = database;
  database->references++;
  statement->next = database->statements;
  statement->link = &database->statements;
  if (statement->next) statement->next->link = &statement->next;
  database->statements = statement;
  return statement;
}

void statement_finalize(Statement *statement) {
  assert(statement->database->users == 0 && !statement->database->inside);
  sqlite3_finalize(statement->handle);
  statement->handle = NULL;
}

void statement_unref(Statement *statement) {
  Database *database = statement->database;
  assert(statement->references > 0);
  if (--statement->references > 0) return;
  if (database->users) {
    database->waiting++;
    return;
  }
  bool was_silent = database->silent;
  database->silent = true;
  statement_finalize(statement);
  database->silent = was_silent;
  *statement->link = statement->next;
  if (statement->next) statement->next->link = statement->link;
  Statement *original = statement->original;
  free(statement);
  if (original) statement_unref(original);
  if (database->is_orphan && !database->statements) database_close(database);
  database_unref(database);
}

void statement_release(Statement *statement) {
  Statement *original = statement->original;
  statement->taken = false;
  statement->database->taken--;
  if (!original || original->retired) {
    statement_unref(statement);
    return;
  }
  statement->next_spare = original->spares;
  original->spares = statement;
}

/* It leaves the cache, and its copies go. */
static void retire(Statement *statement) {
  statement->retired = true;
  for (Statement *at = statement->spares, *next; at; at = next) {
    next = at->next_spare;
    statement_unref(at);
  }
  statement->spares = NULL;
  statement_unref(statement);
}

void statement_abandon(Statement *statement) {
  Database *database = statement->database;
  if (statement->abandoned) return;
  if (database->users) {
    statement->abandoned = true;
    database->waiting++;
    return;
  }
  bool was_silent = database->silent;
  database->silent = true;
  sqlite3_reset(statement->handle);
  database->silent = was_silent;
  statement_release(statement);
}

void statement_reset(VM *vm, Statement *statement) {
  if (!statement->handle) return;
  Value pending = error_take(vm);
  database_enter(statement->database);
  (void)INSIDE(vm, statement->database, sqlite3_reset(statement->handle));
  database_leave(statement->database);
  error_restore(vm, pending);
}

int statement_step(VM *vm, Statement *statement) {
  if (UNLIKELY(!statement->handle)) return SQLITE_DONE;
  Database *database = statement->database;
  int code = INSIDE(vm, database, sqlite3_step(statement->handle));
  if (LIKELY(code == SQLITE_ROW || code == SQLITE_DONE)) return code;
  if (database->raised != VALUE_UNBOUND || !database_settle(vm, database, code)) return code;
  sqlite3_reset(statement->handle);
  return INSIDE(vm, database, sqlite3_step(statement->handle));
}

/* ---- the cache */

static Value object_of(VM *vm, Statement *statement) {
  SqlStatement *object = heap_new_zeroed(vm, SHAPE_OF(sqlite_Statement), sizeof(SqlStatement));
  object->statement = statement;
  heap_track_destroy(vm, &object->h);
  return value_from(object);
}

static bool remember(VM *vm, Connection *connection, Str *sql, Value object) {
  if (connection->cache_size <= 0) return true;
  Dict *cache = connection->cache;
  size_t position = 0;
  Value oldest, ignored;
  if ((int64_t)dict_length(cache) >= connection->cache_size &&
      dict_next(cache, &position, &oldest, &ignored))
    dict_remove_str(vm, cache, value_object(oldest));
  return dict_set_str(vm, cache, sql, object);
}

Value statement_object(VM *vm, Connection *connection, Str *sql) {
  Statement *statement = statement_new(vm, connection, sql);
  return statement ? object_of(vm, statement) : VALUE_FAIL;
}

static Value cached_object(VM *vm, Connection *connection, Str *sql) {
  sql = str_exact(vm, sql);
  if (!sql) return VALUE_FAIL;
  Dict *cache = connection->cache;
  int64_t at = dict_find(vm, cache, value_from(sql));
  if (at == DICT_FAILED) return VALUE_FAIL;
  if (at >= 0) {
    Value found = dict_entry_at(cache->table, (size_t)at)->value;
    bool is_newest = (uint64_t)at + 1 == cache->table->used;
    return is_newest || dict_move_entry(vm, cache, (size_t)at, true) ? found : VALUE_FAIL;
  }
  Value object = statement_object(vm, connection, sql);
  return !value_is_fail(object) && remember(vm, connection, sql, object) ? object : VALUE_FAIL;
}

enum { TAKEN_FEW = 32 };

/* Somebody else runs the statement, or has left it: then its cursor may be dead. The more cursors
** turn out to be alive, the later it is asked again. */
static void ask_for_taken(VM *vm, Database *database) {
  if (database->taken < database->taken_most || database->taken < TAKEN_FEW) return;
  database_settle_own(vm, database, false);
  database->taken_most = database->taken + TAKEN_FEW;
  if (database->taken < 4 * TAKEN_FEW) return;
  database_settle_own(vm, database, true);
  database->taken_most = 2 * database->taken + TAKEN_FEW;
}

static Statement *copy_of(VM *vm, Connection *connection, Statement *original, Str *sql) {
  ask_for_taken(vm, original->database);
  if (!original->taken) return original->references++, original;
  Statement *spare = original->spares;
  if (spare) {
    original->spares = spare->next_spare;
    return spare;
  }
  Statement *copy = statement_new(vm, connection, sql);
  if (!copy) return NULL;
  copy->original = original;
  original->references++;
  return copy;
}

Statement *statement_find(VM *vm, Connection *connection, Str *sql) {
  Value object = cached_object(vm, connection, sql);
  if (value_is_fail(object)) return NULL;
  Statement *statement = ((SqlStatement *)value_object(object))->statement;
  if (UNLIKELY(statement->taken)) statement = copy_of(vm, connection, statement, sql);
  else statement->references++;
  if (!statement) return NULL;
  statement->taken = true;
  statement->database->taken++;
  return statement;
}

static void statement_class_destroy(VM *vm, Object *object) {
  SqlStatement *self = (SqlStatement *)object;
  Statement *statement = self->statement;
  self->statement = NULL;
  if (statement) retire(statement);
}

const ClassSpec sqlite_Statement_class = {
    NATIVE_CLASS(statement_class_),
    .basic_size = sizeof(SqlStatement),
    .destroy = statement_class_destroy,
};
#endif

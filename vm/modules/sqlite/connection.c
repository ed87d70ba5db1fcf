/* connection.c -- sqlite3.Connection: opening, closing, transactions, and what it hands on. */
#include "vm/base/libraries.h"
#if WITH_SQLITE3
#include "vm/contracts/import.h"
#include "vm/contracts/sys.h"
#include "vm/modules/sqlite/sqlite.h"
#include "vm/modules/thread/thread.h"
#include "vm/objects/bytes.h"
#include "vm/objects/exception.h"
#include "vm/objects/int.h"
#include "vm/objects/items.h"
#include "vm/objects/module.h"
#include "vm/runtime/path.h"

#include <stdlib.h>
#include <strings.h>

/* ---- arguments */

typedef Isolation c_Isolation;
typedef Connection *c_Connection;
typedef Pin c_Content;
#define DEFAULT_Isolation(x) (x)

static bool convert_Isolation(VM *vm, Value v, c_Isolation *out, const MethodSpec *spec, int i);
static bool convert_Content(VM *vm, Value v, c_Content *out, const MethodSpec *spec, int i);
static bool convert_Connection(VM *vm, Value v, c_Connection *out, const MethodSpec *spec, int i);

#define NATIVE_DEF "vm/modules/sqlite/connection.def"
#define NATIVE_PREFIX connection_
#define NATIVE_SELF Connection *
#include "vm/contracts/native_class.inc"

const char *const isolation_texts[] = {NULL, "", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"};

static bool convert_Isolation(VM *vm, Value v, c_Isolation *out, const MethodSpec *spec, int i) {
  *out = ISOLATION_NONE;
  if (v == VALUE_NONE) return true;
  if (!value_is_str(v))
    return raise_false(vm, TYPE_OF(TypeError), "isolation_level must be str or None");
  Span text;
  if (!sql_text(vm, value_object(v), &text)) return false;
  if (memchr(text.bytes, 0, text.n))
    return raise_false(vm, TYPE_OF(ValueError), "embedded null character");
  for (Isolation level = ISOLATION_PLAIN; level <= ISOLATION_EXCLUSIVE; level++)
    if (!strcasecmp((const char *)text.bytes, isolation_texts[level])) return *out = level, true;
  return raise_false(vm, TYPE_OF(ValueError),
                     "isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'");
}

static bool convert_Connection(VM *vm, Value v, c_Connection *out, const MethodSpec *spec, int i) {
  if (!type_is_subtype(value_type(v), TYPE_OF(sqlite_Connection)))
    return raise_false(vm, TYPE_OF(TypeError),
                       "%s() argument 'target' must be sqlite3.Connection, not %T", spec->name, v);
  *out = value_object(v);
  return true;
}

/* Bytes, or a text's UTF-8. */
static bool convert_Content(VM *vm, Value v, c_Content *out, const MethodSpec *spec, int i) {
  if (!value_is_str(v)) return pin_of(vm, v, out);
  Span text;
  if (!sql_text(vm, value_object(v), &text)) return false;
  *out = (Pin){text.bytes, text.n, VALUE_UNBOUND};
  return true;
}

/* ---- checks */

/* By whatever thread. */
static bool check_open(VM *vm, Connection *self) {
  if (LIKELY(self->initialised && connection_is_open(self))) return true;
  raise_programming(vm, "%s",
                    self->initialised ? "Cannot operate on a closed database."
                                      : "Base Connection.__init__ not called.");
  return false;
}

bool connection_check_thread(VM *vm, Connection *self) {
  if (!self->initialised) return check_open(vm, self);
  unsigned long here = vm->thread->ident;
  if (LIKELY(!self->check_same_thread || self->thread == here)) return true;
  raise_programming(vm,
                    "SQLite objects created in a thread can only be used in that same thread. The "
                    "object was created in thread id %ld and this is thread id %ld.",
                    (long)self->thread, (long)here);
  return false;
}

bool connection_check(VM *vm, Connection *self) {
  if (!connection_check_thread(vm, self) || !check_open(vm, self)) return false;
  database_wait(vm, self->database);
  return LIKELY(connection_is_open(self)) || check_open(vm, self);
}

/* ---- life */

static Value connection_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Connection *self = value_object(v);
  self->row_factory = self->text_factory = VALUE_NONE;
  heap_track_destroy(vm, &self->h);
  return v;
}

static void drop_database(Connection *self) {
  Database *database = self->database;
  if (!database) return;
  self->database = NULL;
  if (!database->is_orphan) database_close(database);
  database->owner = NULL;
  database_unref(database);
}

/* The program ends: transactions are rolled back, and files that go with a log are put away. */
static void close_all(void) {
  for (Database *at = sqlite_state.databases, *next; at; at = next) {
    next = at->next;
    if (at->users == 0) database_close(at);
  }
}

static sqlite3 *open_handle(VM *vm, const char *path, bool uri) {
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | (uri ? SQLITE_OPEN_URI : 0);
  for (bool again = sqlite_state.databases != NULL;; again = false) {
    sqlite3 *handle = NULL;
    int code = BLOCKING(vm, sqlite3_open_v2(path, &handle, flags, NULL));
    if (code == SQLITE_OK) return handle;
    bool retry = again && code == SQLITE_CANTOPEN; /* too many files are open? */
    if (!handle) raise_memory(vm);
    else if (!retry) raise_database(vm, handle);
    sqlite3_close(handle);
    if (!retry) return NULL;
    database_settle_all(vm);
  }
}

enum { CONNECTION_BYTES = 100000 }; /* about what the library takes for one: for the collector */

static bool open_database(VM *vm, Connection *self, const connection_op_init_args *a) {
  Bytes *path = path_encode(vm, a->database);
  if (!path) return false;
  self->cache = dict_new(vm);
  heap_barrier_object(vm, self, self->cache);
  sqlite3 *handle = open_handle(vm, (const char *)path->data, a->uri);
  if (!handle) return false;
  Database *database = database_new(vm, self, handle);
  if (!database) return sqlite3_close(handle), false;
  double timeout = a->timeout * 1000;
  database->timeout = timeout > 0 && timeout < INT32_MAX ? (int)timeout : 0;
  self->database = database;
  heap_account(vm, CONNECTION_BYTES);
  if (database->timeout) sqlite3_busy_handler(handle, database_on_busy, database);
  if (!sqlite_state.at_exit) sqlite_state.at_exit = atexit(close_all) == 0;
  return true;
}

static Value connection_op_init(VM *vm, Connection *self, const connection_op_init_args *a) {
  if (!sys_audit(vm, "sqlite3.connect", a->database)) return VALUE_FAIL;
  if (self->database && self->database->users && self->initialised && self->check_same_thread &&
      !connection_check_thread(vm, self))
    return VALUE_FAIL;
  self->initialised = false;
  if (self->database && self->database->handle) database_orphan(self->database);
  drop_database(self);
  if (!open_database(vm, self, a)) return VALUE_FAIL;
  self->cache_size = a->cached_statements;
  self->detect_types = a->detect_types;
  self->isolation = a->isolation_level;
  self->check_same_thread = a->check_same_thread;
  self->thread = vm->thread->ident;
  self->row_factory = VALUE_NONE;
  self->text_factory = value_from(TYPE_OF(str));
  self->initialised = true;
  return value_none_if(sys_audit(vm, "sqlite3.connect/handle", value_from(self)));
}

static Value connection_close(VM *vm, Connection *self, const connection_close_args *a) {
  if (!connection_check_thread(vm, self)) return VALUE_FAIL;
  if (!self->initialised) return raise_programming(vm, "Base Connection.__init__ not called.");
  if (!connection_is_open(self)) return VALUE_NONE;
  dict_clear(vm, self->cache);
  database_close(self->database);
  heap_account(vm, -CONNECTION_BYTES);
  return VALUE_NONE;
}

static void connection_trace(Marker *marker, Object *object) {
  const Connection *self = (const Connection *)object;
  mark_object(marker, self->cache);
  mark_value(marker, self->row_factory);
  mark_value(marker, self->text_factory);
  if (self->database) callbacks_mark(marker, self->database);
}

static void connection_destroy(VM *vm, Object *object) {
  Connection *self = (Connection *)object;
  if (connection_is_open(self)) heap_account(vm, -CONNECTION_BYTES);
  drop_database(self);
}

/* ---- cursors */

static Value connection_cursor(VM *vm, Connection *self, const connection_cursor_args *a) {
  if (!connection_check(vm, self)) return VALUE_FAIL;
  Value factory = a->factory == VALUE_MISSING ? value_from(TYPE_OF(sqlite_Cursor)) : a->factory;
  Value cursor = call1(vm, factory, value_from(self));
  if (value_is_fail(cursor)) return cursor;
  if (!type_is_subtype(value_type(cursor), TYPE_OF(sqlite_Cursor)))
    return raise_type(vm, "factory must return a cursor, not %.100T", cursor);
  if (self->row_factory != VALUE_NONE) {
    ((Cursor *)value_object(cursor))->row_factory = self->row_factory;
    heap_barrier(vm, value_object(cursor), self->row_factory);
  }
  return cursor;
}

NOINLINE static Value call_on_cursor(VM *vm, Connection *self, Str *method, Value a, Value b) {
  Value cursor = call_method0(vm, value_from(self), NAME("cursor"));
  if (value_is_fail(cursor)) return cursor;
  return call_method_values(vm, cursor, method, (const Value[]){a, b}, b == VALUE_MISSING ? 1 : 2,
                            NULL);
}

static Value on_cursor(VM *vm, Connection *self, Str *method, Value a, Value b) {
  heap_clear_below(SETTLE_DEPTH);
  return call_on_cursor(vm, self, method, a, b);
}

static Value connection_execute(VM *vm, Connection *self, const connection_execute_args *a) {
  return on_cursor(vm, self, NAME("execute"), a->sql, a->parameters);
}
static Value connection_executemany(VM *vm, Connection *self,
                                    const connection_executemany_args *a) {
  return on_cursor(vm, self, NAME("executemany"), a->sql, a->parameters);
}
static Value connection_executescript(VM *vm, Connection *self,
                                      const connection_executescript_args *a) {
  return on_cursor(vm, self, NAME("executescript"), a->sql_script, VALUE_MISSING);
}

static Value connection_call(VM *vm, Connection *self, const Value *args, int npos,
                             Tuple *kwnames) {
  if (!connection_check(vm, self)) return VALUE_FAIL;
  if (kwnames && tuple_length(kwnames))
    return raise_type(vm, "sqlite3.Connection() takes no keyword arguments");
  if (npos != 1) return raise_type(vm, "function takes exactly 1 argument (%d given)", npos);
  if (!value_is_str(args[0])) return raise_type(vm, "argument 1 must be str, not %T", args[0]);
  return statement_object(vm, self, value_object(args[0]));
}

/* ---- transactions */

bool connection_begin(VM *vm, Connection *self) {
  char sql[32] = "BEGIN ";
  strcat(sql, isolation_texts[self->isolation]);
  return database_run(vm, self->database, sql);
}

/* If a transaction is open. */
static Value end_transaction(VM *vm, Connection *self, const char *sql) {
  if (!connection_check(vm, self)) return VALUE_FAIL;
  if (sqlite3_get_autocommit(self->database->handle)) return VALUE_NONE;
  return value_none_if(database_run(vm, self->database, sql));
}

static Value connection_commit(VM *vm, Connection *self, const connection_commit_args *a) {
  return end_transaction(vm, self, "COMMIT");
}
static Value connection_rollback(VM *vm, Connection *self, const connection_rollback_args *a) {
  return end_transaction(vm, self, "ROLLBACK");
}

static Value connection_op_enter(VM *vm, Connection *self, const connection_op_enter_args *a) {
  return check_open(vm, self) ? value_from(self) : VALUE_FAIL;
}

static Value connection_op_exit(VM *vm, Connection *self, const connection_op_exit_args *a) {
  bool fine = a->type == VALUE_NONE && a->value == VALUE_NONE && a->traceback == VALUE_NONE;
  Value done = end_transaction(vm, self, fine ? "COMMIT" : "ROLLBACK");
  if (!value_is_fail(done)) return VALUE_FALSE;
  if (!fine) return VALUE_FAIL;
  Value failure = error_take(vm); /* let the others have the database */
  if (value_is_fail(end_transaction(vm, self, "ROLLBACK"))) {
    Exception *second = value_object(vm->exception);
    second->context = failure;
    heap_barrier(vm, second, failure);
  } else error_restore(vm, failure);
  return VALUE_FAIL;
}

static Value connection_interrupt(VM *vm, Connection *self, const connection_interrupt_args *a) {
  if (!check_open(vm, self)) return VALUE_FAIL;
  sqlite3_interrupt(self->database->handle);
  return VALUE_NONE;
}

/* ---- functions and hooks */

static Value connection_create_function(VM *vm, Connection *self,
                                        const connection_create_function_args *a) {
  if (!connection_check(vm, self)) return VALUE_FAIL;
  int flags = SQLITE_UTF8 | (a->deterministic ? SQLITE_DETERMINISTIC : 0);
  return connection_add_function(vm, self, a->name, a->narg, a->func, flags);
}
static Value connection_create_aggregate(VM *vm, Connection *self,
                                         const connection_create_aggregate_args *a) {
  if (!connection_check(vm, self)) return VALUE_FAIL;
  return connection_add_aggregate(vm, self, a->name, a->n_arg, a->aggregate_class);
}
static Value connection_create_window_function(VM *vm, Connection *self,
                                               const connection_create_window_function_args *a) {
  if (!connection_check(vm, self)) return VALUE_FAIL;
  return connection_add_window(vm, self, a->name, a->num_params, a->aggregate_class);
}
static Value connection_create_collation(VM *vm, Connection *self,
                                         const connection_create_collation_args *a) {
  if (!connection_check(vm, self)) return VALUE_FAIL;
  if (a->callback != VALUE_NONE && !value_is_callable(a->callback))
    return raise_type(vm, "parameter must be callable");
  return connection_add_collation(vm, self, a->name, a->callback);
}
static Value connection_set_authorizer(VM *vm, Connection *self,
                                       const connection_set_authorizer_args *a) {
  if (!connection_check(vm, self)) return VALUE_FAIL;
  return connection_set_hook(vm, self, HOOK_AUTHORIZER, a->authorizer_callback, 0);
}
static Value connection_set_progress_handler(VM *vm, Connection *self,
                                             const connection_set_progress_handler_args *a) {
  if (!connection_check(vm, self)) return VALUE_FAIL;
  return connection_set_hook(vm, self, HOOK_PROGRESS, a->progress_handler, a->n);
}
static Value connection_set_trace_callback(VM *vm, Connection *self,
                                           const connection_set_trace_callback_args *a) {
  if (!connection_check(vm, self)) return VALUE_FAIL;
  return connection_set_hook(vm, self, HOOK_TRACE, a->trace_callback, 0);
}

static Value connection_enable_load_extension(VM *vm, Connection *self,
                                              const connection_enable_load_extension_args *a) {
  AUDITED(vm, "sqlite3.enable_load_extension", value_from(self), value_bool(a->enable));
  if (!connection_check(vm, self)) return VALUE_FAIL;
  if (sqlite3_enable_load_extension(self->database->handle, a->enable) == SQLITE_OK)
    return VALUE_NONE;
  return raise_sqlite(vm, CLASS_OPERATIONAL, "Error enabling load extension");
}

static Value connection_load_extension(VM *vm, Connection *self,
                                       const connection_load_extension_args *a) {
  AUDITED(vm, "sqlite3.load_extension", value_from(self), value_from(a->name));
  if (!connection_check(vm, self)) return VALUE_FAIL;
  Span name;
  char *message = NULL;
  if (!sql_text(vm, a->name, &name)) return VALUE_FAIL;
  int code =
      sqlite3_load_extension(self->database->handle, (const char *)name.bytes, NULL, &message);
  if (code != SQLITE_OK)
    raise_sqlite(vm, CLASS_OPERATIONAL, "%s", message ? message : sqlite3_errstr(code));
  sqlite3_free(message);
  return value_none_if(code == SQLITE_OK);
}

/* ---- copies */

static Str *name_or_main(VM *vm, Str *name) { return name ? name : NAME("main"); }

static Value connection_iterdump(VM *vm, Connection *self, const connection_iterdump_args *a) {
  if (!check_open(vm, self)) return VALUE_FAIL;
  Value module = import_module(vm, NAME("sqlite3.dump"));
  if (value_is_fail(module)) return VALUE_FAIL;
  Value dump = find_attribute(vm, module, NAME("_iterdump"));
  if (dump == VALUE_UNBOUND)
    return raise_sqlite(vm, CLASS_OPERATIONAL, "Failed to obtain _iterdump() reference");
  return value_is_fail(dump) ? dump : call1(vm, dump, value_from(self));
}

static Value connection_backup(VM *vm, Connection *self, const connection_backup_args *a) {
  if (!connection_check(vm, self) || !check_open(vm, a->target)) return VALUE_FAIL;
  if (a->target == self) return raise_value(vm, "target cannot be the same connection instance");
  if (a->progress != VALUE_NONE && !value_is_callable(a->progress))
    return raise_type(vm, "progress argument must be a callable");
  return connection_copy(vm, self, a->target, a->pages ? a->pages : -1, a->progress,
                         name_or_main(vm, a->name), a->sleep);
}
static Value connection_blobopen(VM *vm, Connection *self, const connection_blobopen_args *a) {
  if (!connection_check(vm, self)) return VALUE_FAIL;
  return blob_open(vm, self, (Str *const[]){name_or_main(vm, a->name), a->table, a->column}, a->row,
                   a->readonly);
}
static Value connection_serialize(VM *vm, Connection *self, const connection_serialize_args *a) {
  return connection_check(vm, self) ? connection_image(vm, self, name_or_main(vm, a->name))
                                    : VALUE_FAIL;
}
static Value connection_deserialize(VM *vm, Connection *self,
                                    const connection_deserialize_args *a) {
  if (!connection_check(vm, self)) return VALUE_FAIL;
  return value_none_if(
      connection_load_image(vm, self, pin_span(&a->data), name_or_main(vm, a->name)));
}

/* ---- limits and attributes */

static Value limit(VM *vm, Connection *self, int category, int n) {
  if (!connection_check(vm, self)) return VALUE_FAIL;
  int old = sqlite3_limit(self->database->handle, category, n);
  return old < 0 ? raise_programming(vm, "'category' is out of bounds") : value_int(vm, old);
}
static Value connection_setlimit(VM *vm, Connection *self, const connection_setlimit_args *a) {
  return limit(vm, self, a->category, a->limit);
}
static Value connection_getlimit(VM *vm, Connection *self, const connection_getlimit_args *a) {
  return limit(vm, self, a->category, -1);
}

static Value connection_get_isolation_level(VM *vm, Connection *self) {
  if (!check_open(vm, self)) return VALUE_FAIL;
  if (self->isolation == ISOLATION_NONE) return VALUE_NONE;
  return value_of(str_new_cstr(vm, isolation_texts[self->isolation]));
}
static bool connection_set_isolation_level(VM *vm, Connection *self, Value v) {
  if (v == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(AttributeError), "cannot delete attribute");
  if (v == VALUE_NONE) { /* autocommit from now on */
    self->isolation = ISOLATION_NONE;
    return !value_is_fail(end_transaction(vm, self, "COMMIT"));
  }
  Isolation level;
  if (!convert_Isolation(vm, v, &level, NULL, 0)) return false;
  if (!check_open(vm, self)) return false;
  self->isolation = level;
  return true;
}
static Value connection_get_in_transaction(VM *vm, Connection *self) {
  if (!check_open(vm, self)) return VALUE_FAIL;
  return value_bool(!sqlite3_get_autocommit(self->database->handle));
}
static Value connection_get_total_changes(VM *vm, Connection *self) {
  if (!check_open(vm, self)) return VALUE_FAIL;
  return value_int(vm, sqlite3_total_changes(self->database->handle));
}
static Value connection_get_row_factory(VM *vm, Connection *self) { return self->row_factory; }
static bool connection_set_row_factory(VM *vm, Connection *self, Value v) {
  self->row_factory = v == VALUE_MISSING ? VALUE_NONE : v;
  heap_barrier(vm, self, v);
  return true;
}
static Value connection_get_text_factory(VM *vm, Connection *self) { return self->text_factory; }
static bool connection_set_text_factory(VM *vm, Connection *self, Value v) {
  self->text_factory = v == VALUE_MISSING ? VALUE_NONE : v;
  heap_barrier(vm, self, v);
  return true;
}

static Value connection_get_Warning(VM *vm, Connection *self) {
  return sqlite_state.classes[CLASS_WARNING];
}
static Value connection_get_Error(VM *vm, Connection *self) {
  return sqlite_state.classes[CLASS_ERROR];
}
static Value connection_get_InterfaceError(VM *vm, Connection *self) {
  return sqlite_state.classes[CLASS_INTERFACE];
}
static Value connection_get_DatabaseError(VM *vm, Connection *self) {
  return sqlite_state.classes[CLASS_DATABASE];
}
static Value connection_get_DataError(VM *vm, Connection *self) {
  return sqlite_state.classes[CLASS_DATA];
}
static Value connection_get_OperationalError(VM *vm, Connection *self) {
  return sqlite_state.classes[CLASS_OPERATIONAL];
}
static Value connection_get_IntegrityError(VM *vm, Connection *self) {
  return sqlite_state.classes[CLASS_INTEGRITY];
}
static Value connection_get_InternalError(VM *vm, Connection *self) {
  return sqlite_state.classes[CLASS_INTERNAL];
}
static Value connection_get_ProgrammingError(VM *vm, Connection *self) {
  return sqlite_state.classes[CLASS_PROGRAMMING];
}
static Value connection_get_NotSupportedError(VM *vm, Connection *self) {
  return sqlite_state.classes[CLASS_NOT_SUPPORTED];
}

const ClassSpec sqlite_Connection_class = {
    NATIVE_CLASS(connection_),
    .basic_size = sizeof(Connection),
    .trace = connection_trace,
    .destroy = connection_destroy,
};
#endif

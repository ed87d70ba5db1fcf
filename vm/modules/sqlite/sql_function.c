/* sql_function.c -- functions, aggregates, window functions and collations that a program
** defines. */
#include "vm/base/libraries.h"
#if WITH_SQLITE3
#include "vm/base/memory.h"
#include "vm/modules/sqlite/sqlite.h"
#include "vm/objects/bytes.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/items.h"

#include <limits.h>
#include <stdlib.h>

static void link_callback(Callback *callback, Callback **list) {
  callback->next = *list;
  callback->link = list;
  if (callback->next) callback->next->link = &callback->next;
  *list = callback;
}

static void unlink_callback(Callback *callback) {
  *callback->link = callback->next;
  if (callback->next) callback->next->link = callback->link;
}

static Callback *callback_new(VM *vm, Connection *connection, Value callable) {
  Callback *callback = memory_take(sizeof *callback);
  if (!callback) return raise_memory(vm), NULL;
  callback->database = connection->database;
  callback->callable = callable;
  link_callback(callback, &connection->database->callbacks);
  heap_barrier(vm, connection, callable);
  return callback;
}

/* The library's destructor: it runs only where the global lock is held. */
static void callback_free(void *data) {
  if (!data) return;
  unlink_callback(data);
  free(data);
}

/* ---- values */

enum { ARGUMENTS_MAX = 128 }; /* the library allows 127 */

static Value value_of_sql(VM *vm, sqlite3_value *v) {
  switch (sqlite3_value_type(v)) {
  case SQLITE_INTEGER: return value_int(vm, sqlite3_value_int64(v));
  case SQLITE_FLOAT: return value_float(vm, sqlite3_value_double(v));
  case SQLITE_TEXT: {
    const void *text = sqlite3_value_text(v);
    if (!text) return raise_memory(vm);
    return sql_text_value(vm, text, (size_t)sqlite3_value_bytes(v));
  }
  case SQLITE_BLOB: {
    const void *blob = sqlite3_value_blob(v);
    size_t n = (size_t)sqlite3_value_bytes(v);
    return value_of(bytes_new(vm, n ? blob : "", n));
  }
  default: return VALUE_NONE;
  }
}

static bool arguments_of(VM *vm, int count, sqlite3_value **values, Value *out) {
  for (int i = 0; i < count; i++) {
    out[i] = value_of_sql(vm, values[i]);
    if (value_is_fail(out[i])) return false;
  }
  return true;
}

static bool set_blob(VM *vm, sqlite3_context *context, Value v) {
  BufferView view;
  if (!buffer_acquire(vm, v, &view, false)) return false;
  size_t n = view.size;
  if (n <= INT_MAX)
    sqlite3_result_blob(context, n ? view.bytes : (const uint8_t *)"", (int)n, SQLITE_TRANSIENT);
  buffer_release(vm, &view);
  return n <= INT_MAX || raise_false(vm, TYPE_OF(OverflowError), "BLOB longer than INT_MAX bytes");
}

/* false: it has no place in a column, or an exception is pending. */
static bool set_result(VM *vm, sqlite3_context *context, Value v) {
  int64_t n;
  if (LIKELY(value_is_int(v))) {
    sqlite3_result_int64(context, value_as_int(v));
  } else if (v == VALUE_NONE) {
    sqlite3_result_null(context);
  } else if (value_is_any_int(v)) {
    if (!int_to_int64(v, &n))
      return raise_false(vm, TYPE_OF(OverflowError),
                         "Python int too large to convert to SQLite INTEGER");
    sqlite3_result_int64(context, n);
  } else if (value_is_any_float(v)) {
    sqlite3_result_double(context, float_of(v));
  } else if (value_is_str(v)) {
    Span text;
    if (!sql_text(vm, value_object(v), &text)) return false;
    if (text.n > INT_MAX)
      return raise_false(vm, TYPE_OF(OverflowError), "string is longer than INT_MAX bytes");
    sqlite3_result_text(context, (const char *)text.bytes, (int)text.n, SQLITE_TRANSIENT);
  } else if (value_is_bytes_like(v)) {
    return set_blob(vm, context, v);
  } else {
    return false;
  }
  return true;
}

/* The statement fails with this message, or as the pending exception says. */
static void set_error(VM *vm, sqlite3_context *context, const Callback *callback,
                      const char *message) {
  if (error_is(vm, TYPE_OF(MemoryError))) sqlite3_result_error_nomem(context);
  else if (error_is(vm, TYPE_OF(OverflowError))) sqlite3_result_error_toobig(context);
  else sqlite3_result_error(context, message, -1);
  callback_report(vm, callback->callable);
}

/* ---- functions */

static void run_function(VM *vm, sqlite3_context *context, int count, sqlite3_value **values) {
  const Callback *callback = sqlite3_user_data(context);
  Value args[ARGUMENTS_MAX];
  bool fine = arguments_of(vm, count, values, args);
  Value result = fine ? call_values(vm, callback->callable, args, count, NULL) : VALUE_FAIL;
  if (value_is_fail(result) || !set_result(vm, context, result))
    set_error(vm, context, callback, "user-defined function raised exception");
}

static void on_function(sqlite3_context *context, int count, sqlite3_value **values) {
  const Callback *callback = sqlite3_user_data(context);
  if (callback->database->silent) return;
  CallbackVisit visit = callback_enter(callback->database);
  run_function(visit.vm, context, count, values);
  callback_leave(visit);
}

Value connection_add_function(VM *vm, Connection *connection, Str *name, int n, Value callable,
                              int flags) {
  Span text;
  if (!sql_text(vm, name, &text)) return VALUE_FAIL;
  Callback *callback = callback_new(vm, connection, callable);
  if (!callback) return VALUE_FAIL;
  int code = sqlite3_create_function_v2(connection->database->handle, (const char *)text.bytes, n,
                                        flags, callback, on_function, NULL, NULL, callback_free);
  if (code == SQLITE_OK) return VALUE_NONE;
  return raise_sqlite(vm, CLASS_OPERATIONAL, "Error creating function");
}

/* ---- aggregates */

/* Its instance, which is in the library's memory for this aggregation; NULL: there is none, and
** none was wanted, or making it has failed. */
static Callback *find_instance(VM *vm, sqlite3_context *context, bool make) {
  Callback *callback = sqlite3_user_data(context);
  Callback *instance = sqlite3_aggregate_context(context, make ? sizeof *instance : 0);
  if (!instance || instance->link || !make) return instance && instance->link ? instance : NULL;
  instance->database = callback->database;
  instance->callable = VALUE_NONE;
  Value made = call0(vm, callback->callable);
  if (value_is_fail(made)) {
    set_error(vm, context, callback, "user-defined aggregate's '__init__' method raised error");
    return NULL;
  }
  instance->callable = made;
  link_callback(instance, &callback->database->instances);
  if (callback->database->owner) heap_barrier(vm, callback->database->owner, made);
  return instance;
}

static void take_in(VM *vm, sqlite3_context *context, int count, sqlite3_value **values, Str *name,
                    const char *missing, const char *failed) {
  const Callback *instance = find_instance(vm, context, name == NAME("step"));
  if (!instance) return;
  const Callback *callback = sqlite3_user_data(context);
  Value method = get_attribute(vm, instance->callable, name);
  if (value_is_fail(method)) {
    set_error(vm, context, callback, missing);
    return;
  }
  Value args[ARGUMENTS_MAX];
  if (!arguments_of(vm, count, values, args) ||
      value_is_fail(call_values(vm, method, args, count, NULL)))
    set_error(vm, context, callback, failed);
}

static void give_out(VM *vm, sqlite3_context *context, Value object, Str *name, const char *missing,
                     const char *failed) {
  const Callback *callback = sqlite3_user_data(context);
  Value result = call_method0(vm, object, name);
  if (value_is_fail(result))
    set_error(vm, context, callback, error_is(vm, TYPE_OF(AttributeError)) ? missing : failed);
  else if (!set_result(vm, context, result)) set_error(vm, context, callback, failed);
}

static void on_step(sqlite3_context *context, int count, sqlite3_value **values) {
  const Callback *callback = sqlite3_user_data(context);
  if (callback->database->silent) return;
  CallbackVisit visit = callback_enter(callback->database);
  VM *vm = visit.vm;
  take_in(vm, context, count, values, NAME("step"),
          "user-defined aggregate's 'step' method not defined",
          "user-defined aggregate's 'step' method raised error");
  callback_leave(visit);
}

static void on_inverse(sqlite3_context *context, int count, sqlite3_value **values) {
  const Callback *callback = sqlite3_user_data(context);
  if (callback->database->silent) return;
  CallbackVisit visit = callback_enter(callback->database);
  VM *vm = visit.vm;
  take_in(vm, context, count, values, NAME("inverse"),
          "user-defined aggregate's 'inverse' method not defined",
          "user-defined aggregate's 'inverse' method raised error");
  callback_leave(visit);
}

static void on_value(sqlite3_context *context) {
  const Callback *callback = sqlite3_user_data(context);
  if (callback->database->silent) return;
  CallbackVisit visit = callback_enter(callback->database);
  VM *vm = visit.vm;
  const Callback *instance = find_instance(vm, context, false);
  if (instance)
    give_out(vm, context, instance->callable, NAME("value"),
             "user-defined aggregate's 'value' method not defined",
             "user-defined aggregate's 'value' method raised error");
  callback_leave(visit);
}

static void on_finalize(sqlite3_context *context) {
  const Callback *callback = sqlite3_user_data(context);
  if (callback->database->silent) {
    Callback *instance = sqlite3_aggregate_context(context, 0);
    if (instance && instance->link) unlink_callback(instance);
    return;
  }
  CallbackVisit visit = callback_enter(callback->database);
  VM *vm = visit.vm;
  Callback *instance = find_instance(vm, context, false);
  if (instance) {
    Value object = instance->callable;
    unlink_callback(instance);
    instance->link = NULL;
    give_out(vm, context, object, NAME("finalize"),
             "user-defined aggregate's 'finalize' method not defined",
             "user-defined aggregate's 'finalize' method raised error");
  }
  callback_leave(visit);
}

Value connection_add_aggregate(VM *vm, Connection *connection, Str *name, int n, Value callable) {
  Span text;
  if (!sql_text(vm, name, &text)) return VALUE_FAIL;
  Callback *callback = callback_new(vm, connection, callable);
  if (!callback) return VALUE_FAIL;
  int code =
      sqlite3_create_function_v2(connection->database->handle, (const char *)text.bytes, n,
                                 SQLITE_UTF8, callback, NULL, on_step, on_finalize, callback_free);
  if (code == SQLITE_OK) return VALUE_NONE;
  return raise_sqlite(vm, CLASS_OPERATIONAL, "Error creating aggregate");
}

Value connection_add_window(VM *vm, Connection *connection, Str *name, int n, Value callable) {
  bool on = callable != VALUE_NONE;
  Span text;
  if (!sql_text(vm, name, &text)) return VALUE_FAIL;
  Callback *callback = on ? callback_new(vm, connection, callable) : NULL;
  if (on && !callback) return VALUE_FAIL;
  int code = sqlite3_create_window_function(connection->database->handle, (const char *)text.bytes,
                                            n, SQLITE_UTF8, callback, on ? on_step : NULL,
                                            on ? on_finalize : NULL, on ? on_value : NULL,
                                            on ? on_inverse : NULL, on ? callback_free : NULL);
  if (code == SQLITE_OK) return VALUE_NONE;
  return raise_programming(vm, "%s", sqlite3_errstr(code));
}

/* ---- collations */

static int compare_by(VM *vm, const Callback *callback, const void *a, int a_size, const void *b,
                      int b_size) {
  Value x = sql_text_value(vm, a, (size_t)a_size), y = VALUE_FAIL;
  if (!value_is_fail(x)) y = sql_text_value(vm, b, (size_t)b_size);
  if (value_is_fail(y)) return 0;
  Value answer = call2(vm, callback->callable, x, y);
  if (value_is_fail(answer)) return 0;
  return value_is_any_int(answer) ? int_sign(answer) : 0;
}

/* Called several times by one step; what it raises is kept until that is over. */
static int on_compare(void *data, int a_size, const void *a, int b_size, const void *b) {
  const Callback *callback = data;
  Database *database = callback->database;
  if (database->silent || database->raised != VALUE_UNBOUND) return 0;
  CallbackVisit visit = callback_enter(database);
  int order = compare_by(visit.vm, callback, a, a_size, b, b_size);
  if (error_pending(visit.vm)) {
    database->raised = error_take(visit.vm);
    if (database->owner) heap_barrier(visit.vm, database->owner, database->raised);
  }
  callback_leave(visit);
  return order;
}

Value connection_add_collation(VM *vm, Connection *connection, Str *name, Value callable) {
  bool on = callable != VALUE_NONE;
  Span text;
  if (!sql_text(vm, name, &text)) return VALUE_FAIL;
  Callback *callback = on ? callback_new(vm, connection, callable) : NULL;
  if (on && !callback) return VALUE_FAIL;
  sqlite3 *handle = connection->database->handle;
  int code = sqlite3_create_collation_v2(handle, (const char *)text.bytes, SQLITE_UTF8, callback,
                                         on ? on_compare : NULL, on ? callback_free : NULL);
  if (code == SQLITE_OK) return VALUE_NONE;
  callback_free(callback); /* this function alone leaves it to its caller */
  return raise_database(vm, handle);
}
#endif

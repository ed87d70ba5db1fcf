/* callback.c -- what the library calls back, and the values that pass there: authorizer, progress
** handler, trace callback. Functions of SQL are in sql_function.c. */
#include "vm/base/libraries.h"
#if WITH_SQLITE3
#include "vm/modules/sqlite/sqlite.h"

#include "vm/base/utf8.h"
#include "vm/objects/bytes.h"
#include "vm/objects/codec.h"
#include "vm/objects/int.h"

CallbackVisit callback_enter(const Database *database) {
  VM *vm = database->vm;
  blocking_end(vm);
  return (CallbackVisit){vm, error_take(vm)};
}

void callback_leave(CallbackVisit visit) {
  error_restore(visit.vm, visit.pending);
  blocking_begin(visit.vm);
}

void callback_report(VM *vm, Value callable) {
  if (sqlite_state.tracebacks) error_unraisable(vm, NULL, callable);
  else error_clear(vm);
}

static void mark_list(Marker *marker, const Callback *at) {
  for (; at; at = at->next) mark_value(marker, at->callable);
}

void callbacks_mark(Marker *marker, const Database *database) {
  mark_list(marker, database->callbacks);
  mark_list(marker, database->instances);
  mark_values(marker, database->hooks, HOOK_COUNT);
  mark_value(marker, database->raised);
}

/* ---- text */

bool sql_text(VM *vm, Str *text, Span *out) {
  if (LIKELY(str_is_ascii(text))) {
    size_t n;
    out->bytes = (const uint8_t *)str_utf8(vm, text, &n);
    out->n = n;
    return out->bytes != NULL;
  }
  Value encoded = utf8_encode(vm, text, NULL);
  if (value_is_fail(encoded)) return false;
  const Bytes *bytes = value_object(encoded);
  *out = (Span){bytes->data, bytes->length};
  return true;
}

Value sql_text_value(VM *vm, const void *utf8, size_t n) {
  if (LIKELY(ascii_prefix(utf8, n) == n)) return value_of(str_new_ascii(vm, utf8, n));
  return utf8_decode(vm, utf8, n, VALUE_UNBOUND, NULL, NULL);
}

static Value text_or_none(VM *vm, const char *text) {
  return text ? sql_text_value(vm, text, strlen(text)) : VALUE_NONE;
}

/* ---- hooks */

static int ask_authorizer(VM *vm, Value callable, int action, const char *const texts[4]) {
  Value args[5] = {value_int(vm, action)};
  for (int i = 0; i < 4; i++) {
    args[i + 1] = text_or_none(vm, texts[i]);
    if (value_is_fail(args[i + 1])) return callback_report(vm, callable), SQLITE_DENY;
  }
  Value answer = call_values(vm, callable, args, 5, NULL);
  int64_t n;
  if (value_is_fail(answer)) return callback_report(vm, callable), SQLITE_DENY;
  if (!value_is_any_int(answer)) return SQLITE_DENY;
  if (int_to_int64(answer, &n) && n == (int)n) return (int)n;
  raise_error(vm, TYPE_OF(OverflowError), "Python int too large to convert to C int");
  return callback_report(vm, callable), SQLITE_DENY;
}

static int on_authorize(void *data, int action, const char *a, const char *b, const char *database_,
                        const char *trigger) {
  const Database *database = data;
  if (database->silent) return SQLITE_DENY;
  CallbackVisit visit = callback_enter(database);
  int answer = ask_authorizer(visit.vm, database->hooks[HOOK_AUTHORIZER], action,
                              (const char *const[]){a, b, database_, trigger});
  callback_leave(visit);
  return answer;
}

/* Not zero: the statement is interrupted. */
static int on_progress(void *data) {
  const Database *database = data;
  if (database->silent) return 0;
  CallbackVisit visit = callback_enter(database);
  Value callable = database->hooks[HOOK_PROGRESS];
  Value answer = call0(visit.vm, callable);
  Answer stop = value_is_fail(answer) ? ANSWER_FAILED : value_truth(visit.vm, answer);
  if (stop == ANSWER_FAILED) callback_report(visit.vm, callable);
  callback_leave(visit);
  return stop != ANSWER_NO;
}

/* The statement with its parameters filled in. */
static Value traced_text(VM *vm, sqlite3_stmt *handle, const char *sql) {
  char *expanded = sqlite3_expanded_sql(handle);
  if (!expanded) {
    sqlite3 *database = sqlite3_db_handle(handle);
    if (sqlite3_errcode(database) == SQLITE_NOMEM) return raise_memory(vm);
    raise_sqlite(vm, CLASS_DATA, "Expanded SQL string exceeds the maximum string length");
    callback_report(vm, VALUE_NONE);
  }
  const char *text = expanded ? expanded : sql;
  Value v =
      utf8_decode(vm, (const uint8_t *)text, strlen(text), VALUE_UNBOUND, NAME("replace"), NULL);
  sqlite3_free(expanded);
  return v;
}

static int on_trace(unsigned type, void *data, void *statement, void *sql) {
  const Database *database = data;
  if (type != SQLITE_TRACE_STMT || database->silent) return 0;
  CallbackVisit visit = callback_enter(database);
  Value callable = database->hooks[HOOK_TRACE];
  Value text = traced_text(visit.vm, statement, sql);
  if (value_is_fail(text) || value_is_fail(call1(visit.vm, callable, text)))
    callback_report(visit.vm, callable);
  callback_leave(visit);
  return 0;
}

Value connection_set_hook(VM *vm, Connection *connection, Hook hook, Value callable, int n) {
  Database *database = connection->database;
  bool on = callable != VALUE_NONE;
  int code = SQLITE_OK;
  database->hooks[hook] = callable;
  heap_barrier(vm, connection, callable);
  switch (hook) {
  case HOOK_AUTHORIZER:
    code = sqlite3_set_authorizer(database->handle, on ? on_authorize : NULL, database);
    break;
  case HOOK_PROGRESS:
    sqlite3_progress_handler(database->handle, on ? n : 0, on ? on_progress : NULL, database);
    break;
  default:
    code = sqlite3_trace_v2(database->handle, SQLITE_TRACE_STMT, on ? on_trace : NULL, database);
  }
  if (code == SQLITE_OK) return VALUE_NONE;
  return raise_sqlite(vm, CLASS_OPERATIONAL,
                      hook == HOOK_AUTHORIZER ? "Error setting authorizer callback"
                                              : "Error setting trace callback");
}
#endif

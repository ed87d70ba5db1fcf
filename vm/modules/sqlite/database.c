/* database.c -- the library's connections: who uses them, and how they end. */
#include "vm/base/libraries.h"
#if WITH_SQLITE3
#include "vm/base/memory.h"
#include "vm/modules/sqlite/sqlite.h"

#include <sched.h>
#include <stdlib.h>

Database *database_new(VM *vm, Connection *owner, sqlite3 *handle) {
  Database *database = memory_take_zeroed(1, sizeof *database);
  if (!database) return raise_memory(vm), NULL;
  database->vm = vm;
  database->handle = handle;
  database->owner = owner;
  database->references = 1;
  database->raised = VALUE_UNBOUND;
  for (int hook = 0; hook < HOOK_COUNT; hook++) database->hooks[hook] = VALUE_NONE;
  database->next = sqlite_state.databases;
  database->link = &sqlite_state.databases;
  if (database->next) database->next->link = &database->next;
  sqlite_state.databases = database;
  return database;
}

void database_unref(Database *database) {
  assert(database->references > 0);
  if (--database->references == 0) free(database);
}

static void unlink_open(Database *database) {
  *database->link = database->next;
  if (database->next) database->next->link = database->link;
}

/* Needs: nobody uses it. */
static void close_now(Database *database) {
  sqlite3 *handle = database->handle;
  if (!handle) return;
  database->silent = true;
  blobs_close(database);
  for (Statement *at = database->statements; at; at = at->next) statement_finalize(at);
  database->handle = NULL;
  unlink_open(database);
  sqlite3_close_v2(handle);
}

/* Needs a reference of the caller. */
void database_leave_last(Database *database) {
  while (database->waiting) {
    Statement *at = database->statements;
    while (!at->abandoned && at->references) at = at->next;
    database->waiting--;
    bool abandoned = at->abandoned;
    at->abandoned = false;
    if (abandoned) statement_abandon(at);
    else {
      at->references++;
      statement_unref(at);
    }
  }
  if (database->closing) close_now(database);
}

/* The library's mutex is what the other thread holds. */
void database_wait_slow(VM *vm, Database *database) {
  database_enter(database);
  sqlite3_mutex *mutex = sqlite3_db_mutex(database->handle);
  while (database->inside && database->inside != vm->thread) {
    blocking_begin(vm);
    sqlite3_mutex_enter(mutex);
    sqlite3_mutex_leave(mutex);
    sched_yield();
    blocking_end(vm);
  }
  database_leave(database);
}

void database_close(Database *database) {
  database->closing = true;
  database_enter(database);
  database_leave(database);
}

void database_orphan(Database *database) {
  database->is_orphan = true;
  database->silent = true;
  database->owner = NULL;
  for (const Statement *at = database->statements; at; at = at->next)
    if (at->taken) return;
  database_close(database);
}

/* ---- what nobody refers to, and yet holds a lock */

/* As any collection, it keeps what C functions under way refer to. */
void database_settle_own(VM *vm, Database *database, bool full) {
  if (database->users != 1) return;
  database->users = 0; /* the call that is under way does not use a statement now */
  heap_collect(vm, full ? 2 : 0);
  database->users = 1;
}

void database_settle_all(VM *vm) { heap_collect(vm, 2); }

bool database_settle(VM *vm, Database *database, int code) {
  if (database->users != 1) return false;
  bool is_locked = code == SQLITE_LOCKED;
  if (code == SQLITE_ERROR || code == SQLITE_BUSY) {
    const char *message = sqlite3_errmsg(database->handle);
    is_locked = strstr(message, "statements in progress") || strstr(message, "is locked");
  }
  if (!is_locked) return false;
  bool shared = sqlite3_extended_errcode(database->handle) == SQLITE_LOCKED_SHAREDCACHE;
  if (shared) database_settle_all(vm);
  database_settle_own(vm, database, true);
  return true;
}

int database_on_busy(void *waiting, int count) {
  static const uint8_t delays[] = {1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100};
  Database *database = waiting;
  if (database->silent) return 0;
  if (count == 0 && !(database->next == NULL && database->link == &sqlite_state.databases)) {
    CallbackVisit visit = callback_enter(database);
    database_settle_all(visit.vm);
    callback_leave(visit);
    return 1;
  }
  int before = 0, last = (int)ARRAY_COUNT(delays) - 1;
  for (int i = 0; i < count && i < last; i++) before += delays[i];
  if (count > last) before += delays[last] * (count - last);
  int delay = delays[count < last ? count : last];
  if (before + delay > database->timeout) delay = database->timeout - before;
  if (delay <= 0) return 0;
  sqlite3_sleep(delay);
  return 1;
}

bool database_run(VM *vm, Database *database, const char *sql) {
  sqlite3_stmt *handle = NULL;
  database_enter(database);
  for (bool again = true;; again = false) {
    struct Thread *outer = inside_begin(vm, database);
    int code = sqlite3_prepare_v2(database->handle, sql, -1, &handle, NULL);
    if (code == SQLITE_OK) {
      sqlite3_step(handle);
      code = sqlite3_finalize(handle);
    }
    inside_end(vm, database, outer);
    bool fine = code == SQLITE_OK;
    if (!fine && again && database_settle(vm, database, code)) continue;
    if (!fine) raise_database(vm, database->handle);
    database_leave(database);
    return fine;
  }
}
#endif

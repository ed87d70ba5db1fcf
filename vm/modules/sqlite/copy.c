/* copy.c -- a database as a whole: copied into another, as bytes, from bytes. */
#include "vm/base/libraries.h"
#if WITH_SQLITE3
#include "vm/modules/sqlite/sqlite.h"
#include "vm/objects/bytes.h"

typedef struct Copying {
  Database *source, *target;
  sqlite3_backup *backup;
} Copying;

/* Nobody else is inside of either. */
static void wait_for_both(VM *vm, const Copying *copy) {
  do {
    database_wait(vm, copy->source);
    database_wait(vm, copy->target);
  } while (copy->source->inside && copy->source->inside != vm->thread);
}

/* A call that uses both databases. */
#define INSIDE_BOTH(vm, copy, expression)                                \
  ({                                                                     \
    wait_for_both((vm), (copy));                                         \
    struct Thread *outer_source_ = (copy)->source->inside;               \
    (copy)->source->inside = (vm)->thread;                               \
    __auto_type both_result_ = INSIDE((vm), (copy)->target, expression); \
    (copy)->source->inside = outer_source_;                              \
    both_result_;                                                        \
  })

static bool tell_progress(VM *vm, Value progress, sqlite3_backup *backup, int code) {
  if (progress == VALUE_NONE) return true;
  Value args[3] = {value_int(vm, code), value_int(vm, sqlite3_backup_remaining(backup)),
                   value_int(vm, sqlite3_backup_pagecount(backup))};
  return !value_is_fail(call_values(vm, progress, args, 3, NULL));
}

static bool copy_pages(VM *vm, const Copying *copy, int pages, Value progress, int pause) {
  for (;;) {
    int code = INSIDE_BOTH(vm, copy, sqlite3_backup_step(copy->backup, pages));
    if (!tell_progress(vm, progress, copy->backup, code)) return false;
    bool busy = code == SQLITE_BUSY || code == SQLITE_LOCKED;
    if (busy) (void)BLOCKING(vm, sqlite3_sleep(pause));
    else if (code != SQLITE_OK) return true;
    if (!vm_listen(vm)) return false;
  }
}

Value connection_copy(VM *vm, Connection *from, Connection *to, int pages, Value progress,
                      Str *name, double sleep) {
  Span text;
  if (!sql_text(vm, name, &text)) return VALUE_FAIL;
  if (memchr(text.bytes, 0, text.n)) return raise_value(vm, "embedded null character");
  const char *which = (const char *)text.bytes;
  Copying copy = {from->database, to->database, NULL};
  Database *source = copy.source, *target = copy.target;
  database_enter(source);
  database_enter(target);
  copy.backup =
      INSIDE_BOTH(vm, &copy, sqlite3_backup_init(target->handle, "main", source->handle, which));
  bool fine = copy.backup != NULL;
  if (!fine) raise_database(vm, target->handle);
  else {
    fine = copy_pages(vm, &copy, pages, progress, (int)(sleep * 1000));
    int code = INSIDE_BOTH(vm, &copy, sqlite3_backup_finish(copy.backup));
    if (fine && code != SQLITE_OK) fine = (raise_database(vm, target->handle), false);
  }
  database_leave(source);
  database_leave(target);
  return value_none_if(fine);
}

Value connection_image(VM *vm, Connection *connection, Str *name) {
  Span text;
  if (!sql_text(vm, name, &text)) return VALUE_FAIL;
  if (memchr(text.bytes, 0, text.n)) return raise_value(vm, "embedded null character");
  sqlite3 *handle = connection->database->handle;
  const char *which = (const char *)text.bytes;
  sqlite3_int64 size = 0;
  database_enter(connection->database);
  /* what lies in memory in one piece need not be copied twice */
  void *image = sqlite3_serialize(handle, which, &size, SQLITE_SERIALIZE_NOCOPY), *copy = NULL;
  if (!image)
    image = copy = INSIDE(vm, connection->database, sqlite3_serialize(handle, which, &size, 0));
  Value v = image ? value_of(bytes_new(vm, size ? image : "", (size_t)size))
                  : raise_sqlite(vm, CLASS_OPERATIONAL, "unable to serialize '%s'", which);
  sqlite3_free(copy);
  database_leave(connection->database);
  return v;
}

bool connection_load_image(VM *vm, Connection *connection, Span data, Str *name) {
  Span text;
  if (!sql_text(vm, name, &text)) return false;
  if (memchr(text.bytes, 0, text.n))
    return raise_false(vm, TYPE_OF(ValueError), "embedded null character");
  Database *database = connection->database;
  unsigned char *image = sqlite3_malloc64(data.n);
  if (!image && data.n) return raise_memory(vm), false;
  if (data.n) memcpy(image, data.bytes, data.n);
  database_enter(database);
  blobs_close(database); /* the library forgets to look for them */
  sqlite3_int64 size = (sqlite3_int64)data.n;
  int code =
      INSIDE(vm, database,
             sqlite3_deserialize(database->handle, (const char *)text.bytes, image, size, size,
                                 SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE));
  if (code != SQLITE_OK) {
    if (sqlite3_errcode(database->handle) != SQLITE_OK) raise_database(vm, database->handle);
    else raise_sqlite(vm, CLASS_OPERATIONAL, "%s", sqlite3_errstr(code));
  }
  database_leave(database);
  return code == SQLITE_OK;
}
#endif

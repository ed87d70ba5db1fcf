/* blob.c -- sqlite3.Blob: reading and writing a blob in place. */
#include "vm/base/libraries.h"
#if WITH_SQLITE3
#include "vm/base/memory.h"
#include "vm/modules/sqlite/sqlite.h"
#include "vm/objects/bytes.h"
#include "vm/objects/int.h"
#include "vm/objects/slice.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Blob {
  Object h;
  Connection *connection; /* [gc] */
  Database *database;     /* [counted] NULL once the blob is closed */
  BlobHandle *open;       /* [owned] */
  int offset;
} Blob;

#define NATIVE_DEF "vm/modules/sqlite/blob.def"
#define NATIVE_PREFIX blob_
#define NATIVE_SELF Blob *
#include "vm/contracts/native_class.inc"

static void link_handle(Database *database, BlobHandle *open) {
  open->next = database->blobs;
  open->link = &database->blobs;
  if (open->next) open->next->link = &open->next;
  database->blobs = open;
}

void blobs_close(Database *database) {
  for (BlobHandle *at = database->blobs; at; at = at->next) {
    sqlite3_blob_close(at->handle);
    at->handle = NULL;
  }
}

static void close_blob(Blob *self) {
  BlobHandle *open = self->open;
  if (!open) return;
  self->open = NULL;
  Database *database = self->database;
  self->database = NULL;
  sqlite3_blob_close(open->handle);
  *open->link = open->next;
  if (open->next) open->next->link = open->link;
  free(open);
  database_unref(database);
}

Value blob_open(VM *vm, Connection *connection, Str *const names[3], int64_t row, bool readonly) {
  Database *database = connection->database;
  Span texts[3];
  for (int i = 0; i < 3; i++) {
    if (!sql_text(vm, names[i], &texts[i])) return VALUE_FAIL;
    if (memchr(texts[i].bytes, 0, texts[i].n)) return raise_value(vm, "embedded null character");
  }
  BlobHandle *open = memory_take_zeroed(1, sizeof *open);
  if (!open) return raise_memory(vm);
  const char *name = (const char *)texts[0].bytes, *table = (const char *)texts[1].bytes,
             *column = (const char *)texts[2].bytes;
  database_enter(database);
  int code = INSIDE(
      vm, database,
      sqlite3_blob_open(database->handle, name, table, column, row, !readonly, &open->handle));
  if (code == SQLITE_MISUSE) raise_sqlite(vm, CLASS_INTERFACE, "%s", sqlite3_errstr(code));
  else if (code != SQLITE_OK) raise_database(vm, database->handle);
  database_leave(database);
  if (code != SQLITE_OK) return free(open), VALUE_FAIL;
  Blob *self = heap_new_zeroed(vm, SHAPE_OF(sqlite_Blob), sizeof *self);
  self->connection = connection;
  self->open = open;
  self->database = database;
  database->references++;
  link_handle(database, open);
  heap_track_destroy(vm, &self->h);
  return value_from(self);
}

static bool check(VM *vm, Blob *self) {
  if (!connection_check(vm, self->connection)) return false;
  if (self->open && self->open->handle) return true;
  return raise_programming(vm, "Cannot operate on a closed blob."), false;
}

static bool check_code(VM *vm, const Blob *self, int code) {
  if (code == SQLITE_OK) return true;
  return raise_database(vm, self->database->handle), false;
}

static Value read_bytes(VM *vm, Blob *self, int n, int at) {
  Bytes *bytes = bytes_new(vm, NULL, (size_t)n);
  if (!bytes) return VALUE_FAIL;
  database_enter(self->database);
  int code = INSIDE(vm, self->database, sqlite3_blob_read(self->open->handle, bytes->data, n, at));
  Value v = check_code(vm, self, code) ? value_from(bytes) : VALUE_FAIL;
  database_leave(self->database);
  return v;
}

static bool write_bytes(VM *vm, Blob *self, const void *bytes, size_t n, int at) {
  int64_t room = sqlite3_blob_bytes(self->open->handle) - at;
  if ((int64_t)n > room)
    return raise_false(vm, TYPE_OF(ValueError), "data longer than blob length");
  database_enter(self->database);
  int code = INSIDE(vm, self->database, sqlite3_blob_write(self->open->handle, bytes, (int)n, at));
  bool fine = check_code(vm, self, code);
  database_leave(self->database);
  return fine;
}

static Value blob_close(VM *vm, Blob *self, const blob_close_args *a) {
  if (!connection_check(vm, self->connection)) return VALUE_FAIL;
  close_blob(self);
  return VALUE_NONE;
}

static Value blob_read(VM *vm, Blob *self, const blob_read_args *a) {
  if (!check(vm, self)) return VALUE_FAIL;
  int left = sqlite3_blob_bytes(self->open->handle) - self->offset;
  int n = a->length < 0 || a->length > left ? left : a->length;
  if (n < 0) n = 0;
  Value v = read_bytes(vm, self, n, self->offset);
  if (!value_is_fail(v)) self->offset += n;
  return v;
}

static Value blob_write(VM *vm, Blob *self, const blob_write_args *a) {
  if (!check(vm, self) || !write_bytes(vm, self, a->data.bytes, a->data.n, self->offset))
    return VALUE_FAIL;
  self->offset += (int)a->data.n;
  return VALUE_NONE;
}

static Value blob_seek(VM *vm, Blob *self, const blob_seek_args *a) {
  if (!check(vm, self)) return VALUE_FAIL;
  int64_t length = sqlite3_blob_bytes(self->open->handle), at = a->offset;
  switch (a->origin) {
  case SEEK_SET: break;
  case SEEK_CUR: at += self->offset; break;
  case SEEK_END: at += length; break;
  default: return raise_value(vm, "'origin' should be os.SEEK_SET, os.SEEK_CUR, or os.SEEK_END");
  }
  if (at > INT_MAX)
    return raise_error(vm, TYPE_OF(OverflowError), "seek offset results in overflow");
  if (at < 0 || at > length) return raise_value(vm, "offset out of blob range");
  self->offset = (int)at;
  return VALUE_NONE;
}

static Value blob_tell(VM *vm, Blob *self, const blob_tell_args *a) {
  return check(vm, self) ? value_int(vm, self->offset) : VALUE_FAIL;
}

static Value blob_op_enter(VM *vm, Blob *self, const blob_op_enter_args *a) {
  return check(vm, self) ? value_from(self) : VALUE_FAIL;
}
static Value blob_op_exit(VM *vm, Blob *self, const blob_op_exit_args *a) {
  if (!check(vm, self)) return VALUE_FAIL;
  close_blob(self);
  return VALUE_FALSE;
}

/* ---- as a sequence */

static Value blob_op_len(VM *vm, Blob *self, const blob_op_len_args *a) {
  return check(vm, self) ? value_int(vm, sqlite3_blob_bytes(self->open->handle)) : VALUE_FAIL;
}

/* The place that an index means; what it runs may close the blob. */
static bool place_of(VM *vm, Blob *self, Value key, int *at) {
  int64_t i;
  if (!value_index64(vm, key, &i, false)) {
    if (!error_clear_if(vm, TYPE_OF(OverflowError))) return false;
    return raise_false(vm, TYPE_OF(IndexError), "cannot fit '%T' into an index-sized integer", key);
  }
  if (!check(vm, self)) return false;
  int64_t length = sqlite3_blob_bytes(self->open->handle);
  if (i < 0) i += length;
  if (i < 0 || i >= length) return raise_false(vm, TYPE_OF(IndexError), "Blob index out of range");
  *at = (int)i;
  return true;
}

static bool range_of(VM *vm, Blob *self, Value key, SliceRange *range) {
  SliceBounds bounds;
  if (!slice_bounds(vm, value_object(key), &bounds) || !check(vm, self)) return false;
  *range = slice_clamp(&bounds, sqlite3_blob_bytes(self->open->handle));
  return true;
}

/* Where the items of a range lie: from the first on, so many bytes. */
static int range_start(SliceRange range) { return (int)slice_from_left(range).start; }
static int range_bytes(SliceRange range) {
  SliceRange up = slice_from_left(range);
  return up.count ? (int)((up.count - 1) * up.step + 1) : 0;
}

static Value read_range(VM *vm, Blob *self, SliceRange range) {
  int start = range_start(range), n = range_bytes(range);
  Value all = read_bytes(vm, self, n, start);
  if (value_is_fail(all) || range.step == 1) return all;
  const Bytes *from = value_object(all);
  Bytes *bytes = bytes_new(vm, NULL, (size_t)range.count);
  if (!bytes) return VALUE_FAIL;
  for (int64_t i = 0; i < range.count; i++) bytes->data[i] = from->data[slice_at(range, i) - start];
  return value_from(bytes);
}

static bool is_index(Value key) {
  return value_is_any_int(key) || value_has_special(key, SPECIAL_index);
}

static Value blob_op_getitem(VM *vm, Blob *self, const blob_op_getitem_args *a) {
  if (!check(vm, self)) return VALUE_FAIL;
  int at;
  SliceRange range;
  if (value_is(a->key, slice))
    return range_of(vm, self, a->key, &range) ? read_range(vm, self, range) : VALUE_FAIL;
  if (!is_index(a->key)) return raise_type(vm, "Blob indices must be integers");
  if (!place_of(vm, self, a->key, &at)) return VALUE_FAIL;
  Value byte = read_bytes(vm, self, 1, at);
  return value_is_fail(byte) ? byte : value_int(vm, ((Bytes *)value_object(byte))->data[0]);
}

static Value set_byte(VM *vm, Blob *self, Value key, Value v) {
  int at;
  int64_t n;
  if (!place_of(vm, self, key, &at)) return VALUE_FAIL;
  if (!value_is_any_int(v))
    return raise_type(vm, "'%T' object cannot be interpreted as an integer", v);
  if (!int_to_int64(v, &n) || n < 0 || n > 255)
    return raise_value(vm, "byte must be in range(0, 256)");
  uint8_t byte = (uint8_t)n;
  return value_none_if(write_bytes(vm, self, &byte, 1, at));
}

static bool write_range(VM *vm, Blob *self, SliceRange range, const BufferView *view) {
  int start = range_start(range), n = range_bytes(range);
  if ((int64_t)view->size != range.count)
    return raise_false(vm, TYPE_OF(IndexError), "Blob slice assignment is wrong size");
  if (range.step == 1) return write_bytes(vm, self, view->bytes, view->size, start);
  Value old = read_bytes(vm, self, n, start);
  if (value_is_fail(old)) return false;
  Bytes *bytes = value_object(old);
  for (int64_t i = 0; i < range.count; i++)
    bytes->data[slice_at(range, i) - start] = view->bytes[i];
  return write_bytes(vm, self, bytes->data, (size_t)n, start);
}

static Value set_range(VM *vm, Blob *self, Value key, Value v) {
  SliceRange range;
  BufferView view;
  if (!range_of(vm, self, key, &range)) return VALUE_FAIL;
  if (range.count == 0) return VALUE_NONE;
  if (!buffer_acquire(vm, v, &view, false)) return VALUE_FAIL;
  bool fine = write_range(vm, self, range, &view);
  buffer_release(vm, &view);
  return value_none_if(fine);
}

static Value blob_op_setitem(VM *vm, Blob *self, const blob_op_setitem_args *a) {
  if (!check(vm, self)) return VALUE_FAIL;
  if (is_index(a->key)) return set_byte(vm, self, a->key, a->value);
  if (value_is(a->key, slice)) return set_range(vm, self, a->key, a->value);
  return raise_type(vm, "Blob indices must be integers");
}

static Value blob_op_delitem(VM *vm, Blob *self, const blob_op_delitem_args *a) {
  if (!check(vm, self)) return VALUE_FAIL;
  if (is_index(a->key)) return raise_type(vm, "Blob doesn't support item deletion");
  if (value_is(a->key, slice)) return raise_type(vm, "Blob doesn't support slice deletion");
  return raise_type(vm, "Blob indices must be integers");
}

static void blob_trace(Marker *marker, Object *object) {
  mark_object(marker, ((const Blob *)object)->connection);
}

/* While somebody uses the database, its end closes the blob. */
static void blob_destroy(VM *vm, Object *object) {
  Blob *self = (Blob *)object;
  if (self->database && self->database->users == 0) close_blob(self);
}

const ClassSpec sqlite_Blob_class = {
    NATIVE_CLASS(blob_),
    .basic_size = sizeof(Blob),
    .trace = blob_trace,
    .destroy = blob_destroy,
};
#endif

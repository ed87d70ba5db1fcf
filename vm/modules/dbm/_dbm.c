/* _dbm.c -- the module _dbm, over the ndbm interface of Berkeley DB: every call of that library is
** in this file. */
#include "vm/base/libraries.h"
#if WITH_DB
#include "vm/modules/dbm/datum.h"

#include <fcntl.h>

#define DB_DBM_HSEARCH 1
#include <db.h>

/* Law: handle is NULL once the database is closed. */
typedef struct Database {
  Object h;
  DBM *handle; /* [owned] */
} Database;

#define NATIVE_DEF "vm/modules/dbm/_dbm.def"
#define NATIVE_PREFIX ndbm_
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/dbm/dbm_object.def"
#define NATIVE_PREFIX ndbm_object_
#define NATIVE_SELF Database *
#include "vm/contracts/native_class.inc"

static struct {
  Value error; /* the class _dbm.error; registered by the first import */
} state = {VALUE_NONE};

#define raise_dbm(vm, text) raise_error((vm), (Type *)value_object(state.error), (text))

static bool check_open(VM *vm, const Database *self) {
  return self->handle || (raise_dbm(vm, "DBM object has already been closed"), false);
}
static datum datum_from(const Bytes *bytes) {
  return (datum){.dptr = (char *)bytes->data, .dsize = (int)bytes->length};
}
static Value bytes_from(VM *vm, datum item) {
  return value_of(bytes_new(vm, item.dptr ? item.dptr : "", (size_t)item.dsize));
}

/* ---- opening and closing */
static bool parse_flags(const char *text, int *flags) {
  static const struct {
    const char *text;
    int flags;
  } ways[] = {{"r", O_RDONLY},
              {"w", O_RDWR},
              {"rw", O_RDWR | O_CREAT},
              {"c", O_RDWR | O_CREAT},
              {"n", O_RDWR | O_CREAT | O_TRUNC}};
  for (size_t i = 0; i < ARRAY_COUNT(ways); i++) {
    if (strcmp(text, ways[i].text) != 0) continue;
    *flags = ways[i].flags;
    return true;
  }
  return false;
}

static Value ndbm_open(VM *vm, Value self, const ndbm_open_args *a) {
  int flags;
  if (!parse_flags(a->flags ? (const char *)a->flags->data : "r", &flags))
    return raise_dbm(vm, "arg 2 to open should be 'r', 'w', 'c', or 'n'");
  const Bytes *name = path_encode(vm, a->filename);
  if (!name) return VALUE_FAIL;
  Database *database = heap_new_zeroed(vm, SHAPE_OF(ndbm_dbm), sizeof *database);
  errno = 0;
  database->handle = dbm_open((char *)name->data, flags, a->mode);
  if (!database->handle) return raise_database_errno(vm, state.error, errno, name);
  heap_track_destroy(vm, &database->h);
  return value_from(database);
}

static void close_database(Database *self) {
  if (self->handle) dbm_close(self->handle);
  self->handle = NULL;
}
static Value ndbm_object_close(VM *vm, Database *self, const ndbm_object_close_args *a) {
  close_database(self);
  return VALUE_NONE;
}
static Value ndbm_object_op_enter(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames) return raise_type(vm, "dbm.__enter__() takes no keyword arguments");
  if (npos) return raise_type(vm, "dbm.__enter__() takes no arguments (%d given)", npos);
  return self;
}
static Value ndbm_object_op_exit(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames) return raise_type(vm, "dbm.__exit__() takes no keyword arguments");
  close_database(value_object(self));
  return VALUE_NONE;
}

/* ---- keys and values */
static Value ndbm_object_keys(VM *vm, Database *self, const ndbm_object_keys_args *a) {
  if (!check_open(vm, self)) return VALUE_FAIL;
  List *list = list_new(vm, 0);
  for (datum key = dbm_firstkey(self->handle); list && key.dptr; key = dbm_nextkey(self->handle)) {
    Value v = bytes_from(vm, key);
    if (value_is_fail(v) || !list_append_value(vm, list, v)) return VALUE_FAIL;
    if (!vm_listen(vm) || !check_open(vm, self)) return VALUE_FAIL;
  }
  return value_of(list);
}

/* find_value: the value of a key; VALUE_UNBOUND: there is none. */
static Value find_value(VM *vm, Database *self, const Bytes *key) {
  if (!check_open(vm, self)) return VALUE_FAIL;
  datum found = dbm_fetch(self->handle, datum_from(key));
  if (found.dptr) return bytes_from(vm, found);
  if (!dbm_error(self->handle)) return VALUE_UNBOUND;
  dbm_clearerr(self->handle);
  return raise_dbm(vm, "");
}

static bool store_value(VM *vm, Database *self, const Bytes *key, const Bytes *value) {
  if (!check_open(vm, self)) return false;
  if (dbm_store(self->handle, datum_from(key), datum_from(value), DBM_REPLACE) < 0) {
    dbm_clearerr(self->handle);
    return raise_dbm(vm, "cannot add item to database"), false;
  }
  if (!dbm_error(self->handle)) return true;
  dbm_clearerr(self->handle);
  return raise_dbm(vm, ""), false;
}

static Value ndbm_object_get(VM *vm, Database *self, const ndbm_object_get_args *a) {
  Value found = find_value(vm, self, a->key);
  return found == VALUE_UNBOUND ? a->fallback : found;
}
static Value ndbm_object_setdefault(VM *vm, Database *self, const ndbm_object_setdefault_args *a) {
  Value found = find_value(vm, self, a->key);
  if (found != VALUE_UNBOUND) return found;
  Value fallback = a->fallback == VALUE_MISSING ? value_of(bytes_new(vm, "", 0)) : a->fallback;
  if (value_is_fail(fallback)) return VALUE_FAIL;
  const Bytes *value =
      datum_stored(vm, fallback, "dbm mappings have bytes or string elements only");
  if (!value || !store_value(vm, self, a->key, value)) return VALUE_FAIL;
  return fallback;
}

static Value ndbm_object_op_len(VM *vm, Database *self, const ndbm_object_op_len_args *a) {
  if (!check_open(vm, self)) return VALUE_FAIL;
  int64_t count = 0;
  for (datum key = dbm_firstkey(self->handle); key.dptr; key = dbm_nextkey(self->handle)) {
    count++;
    if (!vm_listen(vm) || !check_open(vm, self)) return VALUE_FAIL;
  }
  return value_int(vm, count);
}
static Value ndbm_object_op_getitem(VM *vm, Database *self, const ndbm_object_op_getitem_args *a) {
  const Bytes *key = datum_of(vm, a->key, NULL, 0);
  if (!key) return VALUE_FAIL;
  Value found = find_value(vm, self, key);
  return found == VALUE_UNBOUND ? raise_key(vm, a->key) : found;
}
static Value ndbm_object_op_setitem(VM *vm, Database *self, const ndbm_object_op_setitem_args *a) {
  const Bytes *key = datum_stored(vm, a->key, "dbm mappings have bytes or string keys only");
  if (!key || !check_open(vm, self)) return VALUE_FAIL;
  const Bytes *value =
      datum_stored(vm, a->value, "dbm mappings have bytes or string elements only");
  return value_none_if(value && store_value(vm, self, key, value));
}
static Value ndbm_object_op_delitem(VM *vm, Database *self, const ndbm_object_op_delitem_args *a) {
  const Bytes *key = datum_stored(vm, a->key, "dbm mappings have bytes or string keys only");
  if (!key || !check_open(vm, self)) return VALUE_FAIL;
  if (dbm_delete(self->handle, datum_from(key)) >= 0) return VALUE_NONE;
  dbm_clearerr(self->handle);
  /* the library does not tell a missing key from a file that may not be written to */
  return dbm_rdonly(self->handle) ? raise_dbm(vm, "cannot delete item from database")
                                  : raise_key(vm, a->key);
}
static Value ndbm_object_op_contains(VM *vm, Database *self,
                                     const ndbm_object_op_contains_args *a) {
  if (!check_open(vm, self)) return VALUE_FAIL;
  const Bytes *key = datum_sought(vm, a->key, "dbm");
  if (!key || !check_open(vm, self)) return VALUE_FAIL;
  return value_bool(dbm_fetch(self->handle, datum_from(key)).dptr != NULL);
}

/* ---- the class and the module */
static void ndbm_destroy(VM *vm, Object *object) { close_database((Database *)object); }

const ClassSpec ndbm_dbm_class = {
    NATIVE_CLASS(ndbm_object_),
    .basic_size = sizeof(Database),
    .destroy = ndbm_destroy,
};

static bool init(VM *vm, Module *module) {
  if (!module_open_library(vm, module, &lazy_db)) return false;
  return module_keep_error(vm, module, "_dbm", TYPE_OF(OSError), &state.error) &&
         module_add_str(vm, module, "library", "Berkeley DB");
}

const ModuleSpec _dbm_module = {
    .name = "_dbm",
    NATIVE_FUNCTIONS(ndbm_),
    .init = init,
};
#endif

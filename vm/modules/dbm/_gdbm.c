/* _gdbm.c -- the module _gdbm, over libgdbm. */
#include "vm/base/libraries.h"
#if WITH_GDBM
#include "vm/modules/dbm/datum.h"

#include <gdbm.h>
#include <stdlib.h>

/* Law: handle is NULL once the database is closed. */
typedef struct Database {
  Object h;
  GDBM_FILE handle; /* [owned] */
} Database;

#define NATIVE_DEF "vm/modules/dbm/_gdbm.def"
#define NATIVE_PREFIX gnu_
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/dbm/gdbm_object.def"
#define NATIVE_PREFIX gnu_object_
#define NATIVE_SELF Database *
#include "vm/contracts/native_class.inc"

static struct {
  Value error; /* the class _gdbm.error; registered by the first import */
} state = {VALUE_NONE};

#define raise_gdbm(vm, ...) raise_error((vm), (Type *)value_object(state.error), __VA_ARGS__)
/* what the library's last call has failed with, in its words */
static Value raise_library(VM *vm) { return raise_gdbm(vm, "%s", gdbm_strerror(gdbm_errno)); }
/* … or the system's, if it has said anything since errno was set to 0 */
static Value raise_system(VM *vm, const Bytes *name) {
  return errno ? raise_database_errno(vm, state.error, errno, name) : raise_library(vm);
}

static bool check_open(VM *vm, const Database *self) {
  return self->handle || (raise_gdbm(vm, "GDBM object has already been closed"), false);
}
static datum datum_from(const Bytes *bytes) {
  return (datum){.dptr = (char *)bytes->data, .dsize = (int)bytes->length};
}
/* bytes_from: of what the library has allocated; VALUE_UNBOUND: nothing. */
static Value bytes_from(VM *vm, datum item) {
  if (!item.dptr) return VALUE_UNBOUND;
  Value v = value_of(bytes_new(vm, item.dptr, (size_t)item.dsize));
  free(item.dptr);
  return v;
}
static Value none_if_unbound(Value v) { return v == VALUE_UNBOUND ? VALUE_NONE : v; }

/* ---- opening and closing */
static bool parse_flags(VM *vm, const char *text, int *flags) {
  switch (text[0]) {
  case 'r': *flags = GDBM_READER; break;
  case 'w': *flags = GDBM_WRITER; break;
  case 'c': *flags = GDBM_WRCREAT; break;
  case 'n': *flags = GDBM_NEWDB; break;
  default: return raise_gdbm(vm, "First flag must be one of 'r', 'w', 'c' or 'n'"), false;
  }
  for (const char *at = text + 1; *at; at++) {
    switch (*at) {
    case 'f': *flags |= GDBM_FAST; break;
    case 's': *flags |= GDBM_SYNC; break;
    case 'u': *flags |= GDBM_NOLOCK; break;
    default: return raise_gdbm(vm, "Flag '%c' is not supported.", (int)(uint8_t)*at), false;
    }
  }
  return true;
}

static Value gnu_open(VM *vm, Value self, const gnu_open_args *a) {
  int flags;
  if (!parse_flags(vm, a->flags ? (const char *)a->flags->data : "r", &flags)) return VALUE_FAIL;
  const Bytes *name = path_encode(vm, a->filename);
  if (!name) return VALUE_FAIL;
  Database *database = heap_new_zeroed(vm, SHAPE_OF(gdbm_gdbm), sizeof *database);
  errno = 0;
  database->handle = gdbm_open((const char *)name->data, 0, flags, a->mode, NULL);
  if (!database->handle) return raise_system(vm, name);
  heap_track_destroy(vm, &database->h);
  return value_from(database);
}

static void close_database(Database *self) {
  if (self->handle) gdbm_close(self->handle);
  self->handle = NULL;
}
static Value gnu_object_close(VM *vm, Database *self, const gnu_object_close_args *a) {
  close_database(self);
  return VALUE_NONE;
}
static Value gnu_object_op_enter(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames) return raise_type(vm, "gdbm.__enter__() takes no keyword arguments");
  if (npos) return raise_type(vm, "gdbm.__enter__() takes no arguments (%d given)", npos);
  return self;
}
static Value gnu_object_op_exit(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames) return raise_type(vm, "gdbm.__exit__() takes no keyword arguments");
  close_database(value_object(self));
  return VALUE_NONE;
}
static Value gnu_object_reorganize(VM *vm, Database *self, const gnu_object_reorganize_args *a) {
  if (!check_open(vm, self)) return VALUE_FAIL;
  errno = 0;
  return gdbm_reorganize(self->handle) < 0 ? raise_system(vm, NULL) : VALUE_NONE;
}
static Value gnu_object_sync(VM *vm, Database *self, const gnu_object_sync_args *a) {
  if (!check_open(vm, self)) return VALUE_FAIL;
  gdbm_sync(self->handle);
  return VALUE_NONE;
}

/* ---- the keys */
static Value gnu_object_firstkey(VM *vm, Database *self, const gnu_object_firstkey_args *a) {
  if (!check_open(vm, self)) return VALUE_FAIL;
  return none_if_unbound(bytes_from(vm, gdbm_firstkey(self->handle)));
}
static Value gnu_object_nextkey(VM *vm, Database *self, const gnu_object_nextkey_args *a) {
  if (!check_open(vm, self)) return VALUE_FAIL;
  return none_if_unbound(bytes_from(vm, gdbm_nextkey(self->handle, datum_from(a->key))));
}
static Value gnu_object_keys(VM *vm, Database *self, const gnu_object_keys_args *a) {
  if (!check_open(vm, self)) return VALUE_FAIL;
  List *list = list_new(vm, 0);
  Value key = list ? bytes_from(vm, gdbm_firstkey(self->handle)) : VALUE_FAIL;
  while (key != VALUE_UNBOUND) {
    if (value_is_fail(key) || !list_append_value(vm, list, key)) return VALUE_FAIL;
    if (!vm_listen(vm) || !check_open(vm, self)) return VALUE_FAIL;
    key = bytes_from(vm, gdbm_nextkey(self->handle, datum_from(value_object(key))));
  }
  return value_of(list);
}
static Value gnu_object_op_len(VM *vm, Database *self, const gnu_object_op_len_args *a) {
  gdbm_count_t count;
  if (!check_open(vm, self)) return VALUE_FAIL;
  errno = 0;
  if (gdbm_count(self->handle, &count) < 0) return raise_system(vm, NULL);
  return value_int(vm, (int64_t)count);
}

/* ---- their values */
static const char strings_only[] = "gdbm mappings have bytes or string indices only",
                  elements_only[] = "gdbm mappings have bytes or string elements only";

/* find_value: the value of a key; VALUE_UNBOUND: there is none. */
static Value find_value(VM *vm, Database *self, Value v) {
  const Bytes *key = datum_of(vm, v, NULL, 0);
  if (!key || !check_open(vm, self)) return VALUE_FAIL;
  return bytes_from(vm, gdbm_fetch(self->handle, datum_from(key)));
}

static bool store_value(VM *vm, Database *self, Value index, Value v) {
  const Bytes *key = datum_stored(vm, index, strings_only);
  if (!key || !check_open(vm, self)) return false;
  const Bytes *value = datum_stored(vm, v, elements_only);
  if (!value || !check_open(vm, self)) return false;
  errno = 0;
  bool stored = gdbm_store(self->handle, datum_from(key), datum_from(value), GDBM_REPLACE) >= 0;
  if (!stored) raise_system(vm, NULL);
  return stored;
}

static Value gnu_object_get(VM *vm, Database *self, const gnu_object_get_args *a) {
  Value found = find_value(vm, self, a->key);
  return found == VALUE_UNBOUND ? a->fallback : found;
}
static Value gnu_object_setdefault(VM *vm, Database *self, const gnu_object_setdefault_args *a) {
  Value found = find_value(vm, self, a->key);
  if (found != VALUE_UNBOUND) return found;
  return store_value(vm, self, a->key, a->fallback) ? a->fallback : VALUE_FAIL;
}
static Value gnu_object_op_getitem(VM *vm, Database *self, const gnu_object_op_getitem_args *a) {
  Value found = find_value(vm, self, a->key);
  return found == VALUE_UNBOUND ? raise_key(vm, a->key) : found;
}
static Value gnu_object_op_setitem(VM *vm, Database *self, const gnu_object_op_setitem_args *a) {
  return value_none_if(store_value(vm, self, a->key, a->value));
}
static Value gnu_object_op_delitem(VM *vm, Database *self, const gnu_object_op_delitem_args *a) {
  const Bytes *key = datum_stored(vm, a->key, strings_only);
  if (!key || !check_open(vm, self)) return VALUE_FAIL;
  if (gdbm_delete(self->handle, datum_from(key)) >= 0) return VALUE_NONE;
  return gdbm_errno == GDBM_ITEM_NOT_FOUND ? raise_key(vm, a->key) : raise_library(vm);
}
static Value gnu_object_op_contains(VM *vm, Database *self, const gnu_object_op_contains_args *a) {
  if (!check_open(vm, self)) return VALUE_FAIL;
  const Bytes *key = datum_sought(vm, a->key, "gdbm");
  if (!key || !check_open(vm, self)) return VALUE_FAIL;
  return value_bool(gdbm_exists(self->handle, datum_from(key)));
}

/* ---- the class and the module */
static void gnu_destroy(VM *vm, Object *object) { close_database((Database *)object); }

const ClassSpec gdbm_gdbm_class = {
    NATIVE_CLASS(gnu_object_),
    .basic_size = sizeof(Database),
    .destroy = gnu_destroy,
};

static bool init(VM *vm, Module *module) {
  if (!module_open_library(vm, module, &lazy_gdbm)) return false;
  Value version =
      PACK(value_int_unchecked(GDBM_VERSION_MAJOR), value_int_unchecked(GDBM_VERSION_MINOR),
           value_int_unchecked(GDBM_VERSION_PATCH));
  return module_keep_error(vm, module, "_gdbm", TYPE_OF(OSError), &state.error) &&
         module_add_str(vm, module, "open_flags", "rwcnfsu") &&
         module_add(vm, module, "_GDBM_VERSION", version);
}

const ModuleSpec _gdbm_module = {
    .name = "_gdbm",
    .doc = "Databases in files, by the GNU library for them.\n\n"
           "open() gives objects that are used like dictionaries, but keys and values are always\n"
           "bytes. A str becomes its UTF-8. They have no order that lasts, cannot be copied, and\n"
           "must not be changed while a walk with nextkey() is under way.",
    NATIVE_FUNCTIONS(gnu_),
    .init = init,
};
#endif

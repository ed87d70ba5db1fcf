/* posix_scandir.c -- posix.scandir: folders entry by entry, with what the system says of each for
** free. */
#include "vm/modules/posix/posix.h"

#include <dirent.h>

typedef struct DirEntry {
  Object h;
  Value name, path;          /* str or bytes */
  Value status, link_status; /* stat_result, following links or not; NONE: not asked yet */
  uint64_t inode;
  int dir_fd;         /* of the folder, when it was given by descriptor; else AT_FDCWD */
  unsigned char kind; /* DT_… */
} DirEntry;

typedef struct ScanIterator {
  Object h;
  DIR *folder; /* [owned] NULL once closed */
  Value path;  /* as given, or NONE */
  int fd;
  bool is_bytes;
} ScanIterator;

#define NATIVE_DEF "vm/modules/posix/posix_direntry.def"
#define NATIVE_PREFIX entry_
#define NATIVE_SELF DirEntry *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/posix/posix_scaniterator.def"
#define NATIVE_PREFIX scan_
#define NATIVE_SELF ScanIterator *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/posix/posix_scandir.def"
#define NATIVE_PREFIX scandir_
#include "vm/contracts/native_class.inc"

/* ---- DirEntry */
static bool fetch_status(VM *vm, DirEntry *self, bool follow, struct stat *status) {
  Bytes *path = path_encode(vm, self->dir_fd == AT_FDCWD ? self->path : self->name);
  if (!path) return false;
  if (BLOCKING(vm, fstatat(self->dir_fd, (const char *)path->data, status,
                           follow ? 0 : AT_SYMLINK_NOFOLLOW)) == 0)
    return true;
  raise_errno(vm, errno, self->path);
  return false;
}

static Value entry_status(VM *vm, DirEntry *self, bool follow) {
  if (follow && self->kind != DT_LNK && self->kind != DT_UNKNOWN) follow = false; /* the same */
  Value *slot = follow ? &self->status : &self->link_status;
  if (*slot != VALUE_NONE) return *slot;
  struct stat status;
  if (!fetch_status(vm, self, follow, &status)) return VALUE_FAIL;
  Value v = posix_stat_value(vm, &status);
  if (v == VALUE_FAIL) return v;
  *slot = v;
  heap_barrier(vm, self, v);
  return v;
}
static Value entry_stat(VM *vm, DirEntry *self, const entry_stat_args *a) {
  return entry_status(vm, self, a->follow_symlinks);
}

static Value is_kind(VM *vm, DirEntry *self, bool follow, unsigned char kind, mode_t mode) {
  if (self->kind != DT_UNKNOWN && !(self->kind == DT_LNK && follow))
    return value_bool(self->kind == kind);
  Value status = entry_status(vm, self, follow);
  if (status == VALUE_FAIL)
    return error_clear_if(vm, TYPE_OF(FileNotFoundError)) ? VALUE_FALSE : VALUE_FAIL;
  return value_bool((value_as_int(((Tuple *)value_object(status))->items[0]) & S_IFMT) == mode);
}
static Value entry_is_dir(VM *vm, DirEntry *self, const entry_is_dir_args *a) {
  return is_kind(vm, self, a->follow_symlinks, DT_DIR, S_IFDIR);
}
static Value entry_is_file(VM *vm, DirEntry *self, const entry_is_file_args *a) {
  return is_kind(vm, self, a->follow_symlinks, DT_REG, S_IFREG);
}
static Value entry_is_symlink(VM *vm, DirEntry *self, const entry_is_symlink_args *a) {
  return is_kind(vm, self, false, DT_LNK, S_IFLNK);
}
static Value entry_inode(VM *vm, DirEntry *self, const entry_inode_args *a) {
  return int_from_uint64(vm, self->inode);
}
static Value entry_op_fspath(VM *vm, DirEntry *self, const entry_op_fspath_args *a) {
  return self->path;
}
static Value entry_op_repr(VM *vm, DirEntry *self, const entry_op_repr_args *a) {
  return value_of(str_format(vm, "<DirEntry %R>", self->name));
}
static Value entry_class_getitem(VM *vm, Value self, const entry_class_getitem_args *a) {
  return call2(vm, value_from(TYPE_OF(GenericAlias)), self, a->item);
}
static Value entry_get_name(VM *vm, DirEntry *self) { return self->name; }
static Value entry_get_path(VM *vm, DirEntry *self) { return self->path; }
static void entry_trace(Marker *marker, Object *object) {
  DirEntry *self = (DirEntry *)object;
  mark_value(marker, self->name);
  mark_value(marker, self->path);
  mark_value(marker, self->status);
  mark_value(marker, self->link_status);
}

/* ---- the iterator */
static void close_folder(ScanIterator *self) {
  DIR *folder = self->folder;
  self->folder = NULL;
  if (!folder) return;
  if (self->fd >= 0) rewinddir(folder); /* shares its position with the descriptor that was given */
  closedir(folder);
}

static Value joined_path(VM *vm, ScanIterator *self, const char *name, Value name_value) {
  if (self->fd >= 0) return name_value;
  Bytes *folder = self->path == VALUE_NONE ? bytes_new(vm, ".", 1) : path_encode(vm, self->path);
  if (!folder) return VALUE_FAIL;
  size_t n = folder->length, length = strlen(name);
  bool slash = n && folder->data[n - 1] != '/';
  Bytes *path = bytes_new(vm, NULL, n + slash + length);
  if (!path) return VALUE_FAIL;
  memcpy(path->data, folder->data, n);
  if (slash) path->data[n] = '/';
  memcpy(path->data + n + slash, name, length);
  return self->is_bytes ? value_from(path)
                        : path_decode(vm, (const char *)path->data, path->length);
}

static Value make_entry(VM *vm, ScanIterator *self, const struct dirent *found) {
  Value name = posix_name(vm, found->d_name, strlen(found->d_name), self->is_bytes);
  Value path = name == VALUE_FAIL ? VALUE_FAIL : joined_path(vm, self, found->d_name, name);
  if (path == VALUE_FAIL) return VALUE_FAIL;
  Value v = object_new(vm, TYPE_OF(posix_DirEntry));
  DirEntry *entry = value_object(v);
  entry->name = name;
  entry->path = path;
  entry->status = entry->link_status = VALUE_NONE;
  entry->inode = found->d_ino;
  entry->kind = found->d_type;
  entry->dir_fd = self->fd >= 0 ? self->fd : AT_FDCWD;
  return v;
}

static Value scan_next(VM *vm, Value v) {
  ScanIterator *self = value_object(v);
  while (self->folder) {
    errno = 0;
    struct dirent *found = BLOCKING(vm, readdir(self->folder));
    if (!found) {
      int error = errno;
      close_folder(self);
      return error ? raise_errno(vm, error, self->path) : VALUE_STOP;
    }
    if (strcmp(found->d_name, ".") == 0 || strcmp(found->d_name, "..") == 0) continue;
    return make_entry(vm, self, found);
  }
  return VALUE_STOP;
}
static Value scan_close(VM *vm, ScanIterator *self, const scan_close_args *a) {
  close_folder(self);
  return VALUE_NONE;
}
static Value scan_op_enter(VM *vm, ScanIterator *self, const scan_op_enter_args *a) {
  return value_from(self);
}
static Value scan_op_exit(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  close_folder(value_object(self));
  return VALUE_NONE;
}
static Value scan_op_del(VM *vm, ScanIterator *self, const scan_op_del_args *a) {
  if (!self->folder) return VALUE_NONE;
  bool ok = warn_resource(vm, value_from(self), "unclosed scandir iterator %R", value_from(self));
  close_folder(self);
  return value_none_if(ok);
}
static void scan_trace(Marker *marker, Object *object) {
  mark_value(marker, ((ScanIterator *)object)->path);
}
static void scan_destroy(VM *vm, Object *object) { close_folder((ScanIterator *)object); }

static Value scandir_scandir(VM *vm, Value module, const scandir_scandir_args *a) {
  int fd = -1;
  DIR *folder;
  AUDITED(vm, "os.scandir", posix_text(vm, &a->path));
  if (a->path.bytes) {
    folder = BLOCKING(vm, opendir(a->path.bytes));
  } else {
    fd = fcntl(a->path.fd, F_DUPFD_CLOEXEC, 0);
    folder = fd < 0 ? NULL : fdopendir(fd);
  }
  if (!folder) return posix_path_error(vm, &a->path);
  Value path = a->path.bytes ? posix_text(vm, &a->path) : VALUE_NONE;
  if (path == VALUE_FAIL) return closedir(folder), path;
  Value v = object_new(vm, TYPE_OF(posix_ScandirIterator));
  ScanIterator *self = value_object(v);
  self->folder = folder;
  self->path = path;
  self->fd = a->path.bytes ? -1 : a->path.fd;
  self->is_bytes = a->path.is_bytes;
  heap_track_destroy(vm, &self->h);
  if (!type_has(TYPE_OF(posix_ScandirIterator), TYPE_HAS_DEL)) heap_track_finalizer(vm, &self->h);
  return v;
}

bool posix_scandir_init(VM *vm, Module *module) {
  return module_add(vm, module, "DirEntry", value_from(TYPE_OF(posix_DirEntry))) &&
         posix_add_methods(vm, module, scandir_methods, ARRAY_COUNT(scandir_methods) - 1);
}

const ClassSpec posix_DirEntry_class = {
    NATIVE_CLASS(entry_),
    .basic_size = sizeof(DirEntry),
    .trace = entry_trace,
};
const ClassSpec posix_ScandirIterator_class = {
    NATIVE_CLASS(scan_), .basic_size = sizeof(ScanIterator),
    .trace = scan_trace, .destroy = scan_destroy,
    .next = scan_next,
};

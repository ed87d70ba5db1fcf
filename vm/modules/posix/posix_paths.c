/* posix_paths.c -- posix: files and folders by name; results of stat. */
#include "vm/base/memory.h"
#include "vm/modules/posix/posix.h"
#include "vm/objects/float.h"
#include "vm/objects/list.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

#define NATIVE_DEF "vm/modules/posix/posix_paths.def"
#define NATIVE_PREFIX paths_
#include "vm/contracts/native_class.inc"

static Value audited_folder(int dir_fd) { /* as hooks see it */
  return value_int_unchecked(dir_fd == AT_FDCWD ? -1 : dir_fd);
}

/* ---- stat */
/* Registered by the first import. */
static struct { Value stat_type, statvfs_type; } state = {VALUE_NONE, VALUE_NONE};

static Value time_seconds(VM *vm, struct timespec t) {
  return value_float(vm, (double)t.tv_sec + 1e-9 * (double)t.tv_nsec);
}
static Value time_ns(VM *vm, struct timespec t) {
  __int128 ns = (__int128)t.tv_sec * 1000000000 + t.tv_nsec;
  if (ns == (int64_t)ns) return value_int(vm, (int64_t)ns);
  return int_add(vm, int_mul(vm, value_int(vm, t.tv_sec), value_int(vm, 1000000000)),
                 value_int(vm, t.tv_nsec));
}

Value posix_stat_value(VM *vm, const struct stat *s) {
  Value fields[] = {
      value_int_unchecked(s->st_mode),  int_from_uint64(vm, s->st_ino),
      int_from_uint64(vm, s->st_dev),   int_from_uint64(vm, s->st_nlink),
      value_int_unchecked(s->st_uid),   value_int_unchecked(s->st_gid),
      value_int(vm, s->st_size),        value_int(vm, s->st_atim.tv_sec),
      value_int(vm, s->st_mtim.tv_sec), value_int(vm, s->st_ctim.tv_sec),
      time_seconds(vm, s->st_atim),     time_seconds(vm, s->st_mtim),
      time_seconds(vm, s->st_ctim),     time_ns(vm, s->st_atim),
      time_ns(vm, s->st_mtim),          time_ns(vm, s->st_ctim),
      value_int(vm, s->st_blksize),     value_int(vm, s->st_blocks),
      int_from_uint64(vm, s->st_rdev),
  };
  return struct_sequence_new(vm, value_object(state.stat_type), fields);
}

static int do_stat(const PathArg *path, int dir_fd, bool follow, struct stat *status) {
  if (!path->bytes) return fstat(path->fd, status);
  return fstatat(dir_fd, path->bytes, status, follow ? 0 : AT_SYMLINK_NOFOLLOW);
}

static Value paths_stat(VM *vm, Value self, const paths_stat_args *a) {
  struct stat status;
  if (!a->path.bytes && a->dir_fd != AT_FDCWD)
    return raise_value(vm, "stat: can't specify dir_fd without matching path");
  if (!a->path.bytes && !a->follow_symlinks)
    return raise_value(vm, "stat: cannot use fd and follow_symlinks together");
  return BLOCKING(vm, do_stat(&a->path, a->dir_fd, a->follow_symlinks, &status)) < 0
             ? posix_path_error(vm, &a->path)
             : posix_stat_value(vm, &status);
}
static Value paths_lstat(VM *vm, Value self, const paths_lstat_args *a) {
  struct stat status;
  return BLOCKING(vm, do_stat(&a->path, a->dir_fd, false, &status)) < 0
             ? posix_path_error(vm, &a->path)
             : posix_stat_value(vm, &status);
}

Value posix_statvfs_value(VM *vm, const struct statvfs *s) {
  Value fields[] = {int_from_uint64(vm, s->f_bsize),  int_from_uint64(vm, s->f_frsize),
                    int_from_uint64(vm, s->f_blocks), int_from_uint64(vm, s->f_bfree),
                    int_from_uint64(vm, s->f_bavail), int_from_uint64(vm, s->f_files),
                    int_from_uint64(vm, s->f_ffree),  int_from_uint64(vm, s->f_favail),
                    int_from_uint64(vm, s->f_flag),   int_from_uint64(vm, s->f_namemax),
                    int_from_uint64(vm, s->f_fsid)};
  return struct_sequence_new(vm, value_object(state.statvfs_type), fields);
}
static Value paths_statvfs(VM *vm, Value self, const paths_statvfs_args *a) {
  struct statvfs status;
  int result =
      BLOCKING(vm, a->path.bytes ? statvfs(a->path.bytes, &status) : fstatvfs(a->path.fd, &status));
  return result < 0 ? posix_path_error(vm, &a->path) : posix_statvfs_value(vm, &status);
}
static Value paths_pathconf(VM *vm, Value self, const paths_pathconf_args *a) {
  int name;
  if (!posix_pathconf_name(vm, a->name, &name)) return VALUE_FAIL;
  errno = 0;
  long limit = a->path.bytes ? pathconf(a->path.bytes, name) : fpathconf(a->path.fd, name);
  return limit == -1 && errno ? posix_path_error(vm, &a->path) : value_int(vm, limit);
}

/* ---- access and owners */
static Value paths_access(VM *vm, Value self, const paths_access_args *a) {
  int flags = (a->follow_symlinks ? 0 : AT_SYMLINK_NOFOLLOW) | (a->effective_ids ? AT_EACCESS : 0);
  return value_bool(BLOCKING(vm, faccessat(a->dir_fd, a->path.bytes, a->mode, flags)) == 0);
}
static Value paths_chmod(VM *vm, Value self, const paths_chmod_args *a) {
  AUDITED(vm, "os.chmod", posix_text(vm, &a->path), value_int(vm, a->mode),
          audited_folder(a->dir_fd));
  int result;
  if (!a->path.bytes) result = fchmod(a->path.fd, (mode_t)a->mode);
  else
    result = BLOCKING(vm, fchmodat(a->dir_fd, a->path.bytes, (mode_t)a->mode,
                                   a->follow_symlinks ? 0 : AT_SYMLINK_NOFOLLOW));
  if (result < 0 && errno == ENOTSUP && !a->follow_symlinks)
    return raise_error(vm, TYPE_OF(NotImplementedError),
                       "chmod: follow_symlinks unavailable on this platform");
  return posix_path_none(vm, result, &a->path);
}
static Value paths_chown(VM *vm, Value self, const paths_chown_args *a) {
  AUDITED(vm, "os.chown", posix_text(vm, &a->path), value_int(vm, a->uid), value_int(vm, a->gid),
          audited_folder(a->dir_fd));
  int flags = a->follow_symlinks ? 0 : AT_SYMLINK_NOFOLLOW;
  return posix_path_none(
      vm,
      a->path.bytes ? BLOCKING(vm, fchownat(a->dir_fd, a->path.bytes, a->uid, a->gid, flags))
                    : fchown(a->path.fd, a->uid, a->gid),
      &a->path);
}
static Value paths_lchown(VM *vm, Value self, const paths_lchown_args *a) {
  AUDITED(vm, "os.chown", posix_text(vm, &a->path), value_int(vm, a->uid), value_int(vm, a->gid),
          value_int_unchecked(-1));
  return posix_path_none(vm, BLOCKING(vm, lchown(a->path.bytes, a->uid, a->gid)), &a->path);
}

/* ---- folders */
static Value paths_chdir(VM *vm, Value self, const paths_chdir_args *a) {
  AUDITED(vm, "os.chdir", posix_text(vm, &a->path));
  return posix_path_none(
      vm, BLOCKING(vm, a->path.bytes ? chdir(a->path.bytes) : fchdir(a->path.fd)), &a->path);
}
static Value paths_chroot(VM *vm, Value self, const paths_chroot_args *a) {
  return posix_path_none(vm, BLOCKING(vm, chroot(a->path.bytes)), &a->path);
}

static Value current_folder(VM *vm, bool as_bytes) {
  char *path = BLOCKING(vm, getcwd(NULL, 0));
  if (!path) return posix_error(vm);
  Value name = posix_name(vm, path, strlen(path), as_bytes);
  free(path);
  return name;
}
static Value paths_getcwd(VM *vm, Value self, const paths_getcwd_args *a) {
  return current_folder(vm, false);
}
static Value paths_getcwdb(VM *vm, Value self, const paths_getcwdb_args *a) {
  return current_folder(vm, true);
}
static Value paths_mkdir(VM *vm, Value self, const paths_mkdir_args *a) {
  AUDITED(vm, "os.mkdir", posix_text(vm, &a->path), value_int(vm, a->mode),
          audited_folder(a->dir_fd));
  return posix_path_none(vm, BLOCKING(vm, mkdirat(a->dir_fd, a->path.bytes, (mode_t)a->mode)),
                         &a->path);
}
static Value paths_rmdir(VM *vm, Value self, const paths_rmdir_args *a) {
  AUDITED(vm, "os.rmdir", posix_text(vm, &a->path), audited_folder(a->dir_fd));
  return posix_path_none(vm, BLOCKING(vm, unlinkat(a->dir_fd, a->path.bytes, AT_REMOVEDIR)),
                         &a->path);
}
static Value paths_mkfifo(VM *vm, Value self, const paths_mkfifo_args *a) {
  return posix_none(vm, BLOCKING(vm, mkfifoat(a->dir_fd, a->path.bytes, (mode_t)a->mode)));
}
static Value paths_mknod(VM *vm, Value self, const paths_mknod_args *a) {
  return posix_none(
      vm, BLOCKING(vm, mknodat(a->dir_fd, a->path.bytes, (mode_t)a->mode, (dev_t)a->device)));
}

static DIR *open_folder(const PathArg *path) {
  if (path->bytes) return opendir(path->bytes);
  int fd = fcntl(path->fd, F_DUPFD_CLOEXEC, 0);
  if (fd < 0) return NULL;
  DIR *folder = fdopendir(fd);
  if (!folder) close(fd);
  else rewinddir(folder);
  return folder;
}

static Value paths_listdir(VM *vm, Value self, const paths_listdir_args *a) {
  AUDITED(vm, "os.listdir", posix_text(vm, &a->path));
  DIR *folder = BLOCKING(vm, open_folder(&a->path));
  if (!folder) return posix_path_error(vm, &a->path);
  List *names = list_new(vm, 0);
  bool ok = true;
  for (;;) {
    errno = 0;
    struct dirent *entry = BLOCKING(vm, readdir(folder));
    if (!entry) break;
    const char *name = entry->d_name;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) continue;
    Value v = posix_name(vm, name, strlen(name), a->path.is_bytes);
    if (v == VALUE_FAIL || !list_append_value(vm, names, v)) {
      ok = false;
      break;
    }
  }
  int error = ok ? errno : 0;
  closedir(folder);
  if (error) return raise_errno(vm, error, a->path.value);
  return ok ? value_from(names) : VALUE_FAIL;
}

/* ---- links and names */
static Value paths_link(VM *vm, Value self, const paths_link_args *a) {
  AUDITED(vm, "os.link", posix_text(vm, &a->src), posix_text(vm, &a->dst),
          audited_folder(a->src_dir_fd), audited_folder(a->dst_dir_fd));
  int result = BLOCKING(vm, linkat(a->src_dir_fd, a->src.bytes, a->dst_dir_fd, a->dst.bytes,
                                   a->follow_symlinks ? AT_SYMLINK_FOLLOW : 0));
  return result < 0 ? posix_two_path_error(vm, &a->src, &a->dst) : VALUE_NONE;
}
static Value paths_symlink(VM *vm, Value self, const paths_symlink_args *a) {
  AUDITED(vm, "os.symlink", posix_text(vm, &a->src), posix_text(vm, &a->dst),
          audited_folder(a->dir_fd));
  int result = BLOCKING(vm, symlinkat(a->src.bytes, a->dir_fd, a->dst.bytes));
  return result < 0 ? posix_two_path_error(vm, &a->src, &a->dst) : VALUE_NONE;
}
static Value paths_readlink(VM *vm, Value self, const paths_readlink_args *a) {
  char target[4097];
  ssize_t n = BLOCKING(vm, readlinkat(a->dir_fd, a->path.bytes, target, sizeof target - 1));
  return n < 0 ? posix_path_error(vm, &a->path)
               : posix_name(vm, target, (size_t)n, a->path.is_bytes);
}
static Value paths_rename(VM *vm, Value self, const paths_rename_args *a) {
  AUDITED(vm, "os.rename", posix_text(vm, &a->src), posix_text(vm, &a->dst),
          audited_folder(a->src_dir_fd), audited_folder(a->dst_dir_fd));
  int result = BLOCKING(vm, renameat(a->src_dir_fd, a->src.bytes, a->dst_dir_fd, a->dst.bytes));
  return result < 0 ? posix_two_path_error(vm, &a->src, &a->dst) : VALUE_NONE;
}
static Value paths_replace(VM *vm, Value self, const paths_replace_args *a) {
  AUDITED(vm, "os.rename", posix_text(vm, &a->src), posix_text(vm, &a->dst),
          audited_folder(a->src_dir_fd), audited_folder(a->dst_dir_fd));
  int result = BLOCKING(vm, renameat(a->src_dir_fd, a->src.bytes, a->dst_dir_fd, a->dst.bytes));
  return result < 0 ? posix_two_path_error(vm, &a->src, &a->dst) : VALUE_NONE;
}
static Value paths_unlink(VM *vm, Value self, const paths_unlink_args *a) {
  AUDITED(vm, "os.remove", posix_text(vm, &a->path), audited_folder(a->dir_fd));
  return posix_path_none(vm, BLOCKING(vm, unlinkat(a->dir_fd, a->path.bytes, 0)), &a->path);
}
static Value paths_remove(VM *vm, Value self, const paths_remove_args *a) {
  AUDITED(vm, "os.remove", posix_text(vm, &a->path), audited_folder(a->dir_fd));
  return posix_path_none(vm, BLOCKING(vm, unlinkat(a->dir_fd, a->path.bytes, 0)), &a->path);
}
static Value paths_truncate(VM *vm, Value self, const paths_truncate_args *a) {
  AUDITED(vm, "os.truncate", posix_text(vm, &a->path), value_int(vm, a->length));
  return posix_path_none(vm,
                         BLOCKING(vm, a->path.bytes ? truncate(a->path.bytes, a->length)
                                                    : ftruncate(a->path.fd, a->length)),
                         &a->path);
}

/* ---- times */
static bool seconds_to_timespec(VM *vm, Value v, struct timespec *out) {
  if (value_is_any_float(v)) {
    double d = float_of(v), whole = floor(d);
    if (isnan(d)) return raise_false(vm, TYPE_OF(ValueError), "Invalid value NaN (not a number)");
    if (fabs(whole) > 9.2e18)
      return raise_false(vm, TYPE_OF(OverflowError), "timestamp out of range for platform time_t");
    out->tv_sec = (time_t)whole;
    out->tv_nsec = (long)floor((d - whole) * 1e9);
    if (out->tv_nsec >= 1000000000) out->tv_sec++, out->tv_nsec -= 1000000000;
    return true;
  }
  Value n;
  if (!value_index(vm, v, &n)) return false;
  *out = (struct timespec){0};
  return int_to_int64(n, &out->tv_sec) ||
         raise_false(vm, TYPE_OF(OverflowError), "timestamp out of range for platform time_t");
}
/* Whatever divmod(v, 10**9) says of it. */
static bool ns_to_timespec(VM *vm, Value v, struct timespec *out) {
  Value parts = binary_op(vm, BINARY_DIVMOD, v, value_int_unchecked(1000000000));
  if (parts == VALUE_FAIL) return false;
  if (!value_has_flag(parts, TYPE_TUPLE_SUBCLASS) || tuple_length(value_object(parts)) != 2)
    return raise_false(vm, TYPE_OF(TypeError), "%T.__divmod__() must return a 2-tuple, not %T", v,
                       parts);
  const Tuple *pair = value_object(parts);
  int64_t rest;
  if (!seconds_to_timespec(vm, pair->items[0], out) || !value_long(vm, pair->items[1], &rest))
    return false;
  out->tv_nsec = rest;
  return true;
}
static Value paths_utime(VM *vm, Value self, const paths_utime_args *a) {
  struct timespec times[2] = {{.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_NOW}};
  bool has_times = a->times != VALUE_NONE, has_ns = a->ns != VALUE_MISSING;
  if (has_times && a->ns != VALUE_MISSING)
    return raise_value(vm, "utime: you may specify either 'times' or 'ns' but not both");
  Value given = has_times ? a->times : a->ns;
  if (has_times || has_ns) {
    bool is_pair =
        value_has_flag(given, TYPE_TUPLE_SUBCLASS) && tuple_length(value_object(given)) == 2;
    if (!is_pair)
      return raise_type(vm, has_times ? "utime: 'times' must be either a tuple of two ints or None"
                                      : "utime: 'ns' must be a tuple of two ints");
    for (int i = 0; i < 2; i++) {
      Value v = ((Tuple *)value_object(given))->items[i];
      if (!(has_times ? seconds_to_timespec(vm, v, &times[i]) : ns_to_timespec(vm, v, &times[i])))
        return VALUE_FAIL;
    }
  }
  if (!a->path.bytes && a->dir_fd != AT_FDCWD)
    return raise_value(vm, "utime: can't specify dir_fd without matching path");
  if (!a->path.bytes && !a->follow_symlinks)
    return raise_value(vm, "utime: cannot use fd and follow_symlinks together");
  AUDITED(vm, "os.utime", posix_text(vm, &a->path), a->times, has_ns ? a->ns : VALUE_NONE,
          audited_folder(a->dir_fd));
  int flags = a->follow_symlinks ? 0 : AT_SYMLINK_NOFOLLOW;
  int failed = BLOCKING(vm, a->path.bytes ? utimensat(a->dir_fd, a->path.bytes, times, flags)
                                          : futimens(a->path.fd, times));
  return posix_none(vm, failed); /* the reference does not name the file here */
}

/* ---- extended attributes */
static ssize_t get_attribute_bytes(const PathArg *path, const char *name, bool follow, void *to,
                                   size_t n) {
  if (!path->bytes) return fgetxattr(path->fd, name, to, n);
  return follow ? getxattr(path->bytes, name, to, n) : lgetxattr(path->bytes, name, to, n);
}
static Value paths_getxattr(VM *vm, Value self, const paths_getxattr_args *a) {
  AUDITED(vm, "os.getxattr", posix_text(vm, &a->path), posix_text(vm, &a->attribute));
  ssize_t size = get_attribute_bytes(&a->path, a->attribute.bytes, a->follow_symlinks, NULL, 0);
  if (size < 0) return posix_path_error(vm, &a->path);
  Bytes *bytes = bytes_new(vm, NULL, (size_t)size);
  if (!bytes) return VALUE_FAIL;
  size = get_attribute_bytes(&a->path, a->attribute.bytes, a->follow_symlinks, bytes->data,
                             (size_t)size);
  return size < 0 ? posix_path_error(vm, &a->path)
                  : value_of(bytes_new(vm, bytes->data, (size_t)size));
}
static Value paths_setxattr(VM *vm, Value self, const paths_setxattr_args *a) {
  const BufferView *view = &a->value;
  AUDITED(vm, "os.setxattr", posix_text(vm, &a->path), posix_text(vm, &a->attribute),
          value_of(bytes_new(vm, view->bytes, view->size)), value_int(vm, a->flags));
  int result =
      !a->path.bytes ? fsetxattr(a->path.fd, a->attribute.bytes, view->bytes, view->size, a->flags)
      : a->follow_symlinks
          ? setxattr(a->path.bytes, a->attribute.bytes, view->bytes, view->size, a->flags)
          : lsetxattr(a->path.bytes, a->attribute.bytes, view->bytes, view->size, a->flags);
  return posix_path_none(vm, result, &a->path);
}
static Value paths_removexattr(VM *vm, Value self, const paths_removexattr_args *a) {
  AUDITED(vm, "os.removexattr", posix_text(vm, &a->path), posix_text(vm, &a->attribute));
  int result = !a->path.bytes       ? fremovexattr(a->path.fd, a->attribute.bytes)
               : a->follow_symlinks ? removexattr(a->path.bytes, a->attribute.bytes)
                                    : lremovexattr(a->path.bytes, a->attribute.bytes);
  return posix_path_none(vm, result, &a->path);
}
static Value paths_listxattr(VM *vm, Value self, const paths_listxattr_args *a) {
  AUDITED(vm, "os.listxattr", posix_text(vm, &a->path));
  char names[65536];
  ssize_t n = !a->path.bytes       ? flistxattr(a->path.fd, names, sizeof names)
              : a->follow_symlinks ? listxattr(a->path.bytes, names, sizeof names)
                                   : llistxattr(a->path.bytes, names, sizeof names);
  if (n < 0) return posix_path_error(vm, &a->path);
  List *list = list_new(vm, 0);
  for (const char *at = names; at < names + n; at += strlen(at) + 1) {
    Value v = posix_name(vm, at, strlen(at), false);
    if (v == VALUE_FAIL || !list_append_value(vm, list, v)) return VALUE_FAIL;
  }
  return value_from(list);
}

/* ---- paths as text */
static Value paths_fspath(VM *vm, Value self, const paths_fspath_args *a) {
  return path_fspath(vm, a->path);
}

/* Collapses "//", "." and "x/.." parts; the result is never empty. false: MemoryError. POSIX keeps
** exactly two slashes at the start. */
static bool normalize(StrBuilder *out, const Str *path) {
  size_t n = path->length, start = 0, count = 0;
  struct {
    size_t from, to;
  } *parts = memory_take((n / 2 + 1) * sizeof *parts);
  if (!parts) return raise_memory(out->vm), false;
  while (start < n && str_at(path, start) == '/') start++;
  size_t slashes = start == 2 ? 2 : start > 0;
  for (size_t from = start; from <= n;) {
    size_t to = from;
    while (to < n && str_at(path, to) != '/') to++;
    size_t length = to - from;
    bool dot = length == 1 && str_at(path, from) == '.';
    bool dots = length == 2 && str_at(path, from) == '.' && str_at(path, from + 1) == '.';
    bool last_is_dots = count && parts[count - 1].to - parts[count - 1].from == 2 &&
                        str_at(path, parts[count - 1].from) == '.' &&
                        str_at(path, parts[count - 1].from + 1) == '.';
    if (length && !dot) {
      if (!dots || (count == 0 && !slashes) || last_is_dots)
        parts[count].from = from, parts[count++].to = to;
      else if (count) count--;
    }
    from = to + 1;
  }
  for (size_t i = 0; i < slashes; i++) str_builder_char(out, '/');
  for (size_t i = 0; i < count; i++) {
    if (i) str_builder_char(out, '/');
    str_builder_range(out, path, parts[i].from, parts[i].to);
  }
  if (!slashes && !count) str_builder_char(out, '.');
  free(parts);
  return true;
}
static Value paths_path_normpath(VM *vm, Value self, const paths_path_normpath_args *a) {
  if (!value_is_str(a->path))
    return raise_type(vm, "normpath: path should be string, not %T", a->path);
  StrBuilder out;
  str_builder_init(&out, vm);
  if (!normalize(&out, value_object(a->path))) return VALUE_FAIL;
  return value_of(str_builder_finish(&out));
}

static bool make_type(VM *vm, Value *slot, const StructSequenceSpec *spec) {
  if (*slot != VALUE_NONE) return true;
  Type *type = struct_sequence_type(vm, spec);
  if (!type) return false;
  *slot = value_from(type);
  heap_add_root(vm, slot);
  return true;
}

/* complete_times: the times as floats are the whole seconds when only these were given. */
static void complete_times(Tuple *status) {
  enum { WHOLE = 7, TIMES = 3 };
  for (int i = WHOLE; i < WHOLE + TIMES; i++)
    if (status->items[i + TIMES] == VALUE_NONE) status->items[i + TIMES] = status->items[i];
}

bool posix_paths_init(VM *vm, Module *module) {
  static const char *const stat_fields[] = {
      "st_mode",     "st_ino",     "st_dev",    "st_nlink",    "st_uid",
      "st_gid",      "st_size",    "-",         "-",           "-",
      "st_atime",    "st_mtime",   "st_ctime",  "st_atime_ns", "st_mtime_ns",
      "st_ctime_ns", "st_blksize", "st_blocks", "st_rdev",     NULL};
  static const char *const stat_docs[] = {"kind of file and permissions",
                                          "number of the inode",
                                          "device that holds the inode",
                                          "number of names (hard links)",
                                          "owner's user id",
                                          "owner's group id",
                                          "size in bytes",
                                          NULL,
                                          NULL,
                                          NULL,
                                          "time of the last access, in seconds",
                                          "time of the last change of the content, in seconds",
                                          "time of the last change of the inode, in seconds",
                                          "time of the last access, in nanoseconds",
                                          "time of the last change of the content, in nanoseconds",
                                          "time of the last change of the inode, in nanoseconds",
                                          "good size of a block to read or write",
                                          "number of blocks of 512 bytes that it has",
                                          "device that the inode stands for"};
  static const StructSequenceSpec stat_spec = {
      .name = "os.stat_result",
      .doc = "stat_result: Result from stat, fstat, or lstat.",
      .fields = stat_fields,
      .docs = stat_docs,
      .visible = 10,
      .complete = complete_times};
  static const char *const statvfs_fields[] = {"f_bsize",  "f_frsize",  "f_blocks", "f_bfree",
                                               "f_bavail", "f_files",   "f_ffree",  "f_favail",
                                               "f_flag",   "f_namemax", "f_fsid",   NULL};
  static const StructSequenceSpec statvfs_spec = {
      .name = "os.statvfs_result",
      .doc = "statvfs_result: Result from statvfs or fstatvfs.",
      .fields = statvfs_fields,
      .visible = 10};
  return make_type(vm, &state.stat_type, &stat_spec) &&
         make_type(vm, &state.statvfs_type, &statvfs_spec) &&
         module_add(vm, module, "stat_result", state.stat_type) &&
         module_add(vm, module, "statvfs_result", state.statvfs_type) &&
         posix_add_methods(vm, module, paths_methods, ARRAY_COUNT(paths_methods) - 1);
}

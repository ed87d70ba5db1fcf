/* io_file.c -- _io.FileIO: a stream of bytes over a file descriptor, each read and write one system
** call. */
#include "vm/modules/io/io.h"
#include "vm/runtime/path.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

typedef Str *c_ModeArg;
#define DEFAULT_ModeArg(x) NULL
static bool convert_ModeArg(VM *vm, Value v, c_ModeArg *out, const MethodSpec *spec, int i) {
  return convert_Str(vm, v, out, spec, i);
}

#define NATIVE_DEF "vm/modules/io/io_file.def"
#define NATIVE_PREFIX io_file_
#define NATIVE_SELF FileIO *
#include "vm/contracts/native_class.inc"
#include "vm/contracts/sys.h"
#include "vm/objects/tuple.h"

/* ---- opening */
static bool parse_mode(VM *vm, FileIO *file, const char *mode, int *flags) {
  int kinds = 0, pluses = 0;
  for (const char *at = mode; *at; at++) {
    switch (*at) {
    case 'x': kinds++, file->created = file->writable = true, *flags |= O_EXCL | O_CREAT; break;
    case 'r': kinds++, file->readable = true; break;
    case 'w': kinds++, file->writable = true, *flags |= O_CREAT | O_TRUNC; break;
    case 'a': kinds++, file->writable = file->appending = true, *flags |= O_APPEND | O_CREAT; break;
    case 'b': break;
    case '+': pluses++, file->readable = file->writable = true; break;
    default: return raise_false(vm, TYPE_OF(ValueError), "invalid mode: %.200s", mode);
    }
    if (kinds > 1 || pluses > 1) break;
  }
  if (kinds != 1 || pluses > 1)
    return raise_false(
        vm, TYPE_OF(ValueError),
        "Must have exactly one of create/read/write/append mode and at most one plus");
  *flags |= file->readable && file->writable ? O_RDWR : file->readable ? O_RDONLY : O_WRONLY;
  *flags |= O_CLOEXEC;
  return true;
}

static int open_by_name(VM *vm, Value name, int flags) {
  Bytes *path = path_encode(vm, name);
  if (!path) return -1;
  for (;;) {
    int fd = BLOCKING(vm, open((const char *)path->data, flags, 0666));
    if (fd >= 0) return fd;
    if (errno != EINTR) {
      raise_errno(vm, errno, name);
      return -1;
    }
    if (!poll_signals(vm)) return -1;
  }
}

static int open_by_opener(VM *vm, Value opener, Value name, int flags) {
  Value result = call2(vm, opener, name, value_int_unchecked(flags));
  if (result == VALUE_FAIL) return -1;
  int64_t fd;
  if (!value_is_any_int(result)) {
    raise_type(vm, "expected integer from opener");
    return -1;
  }
  if (!value_index64(vm, result, &fd, false)) return -1;
  if (fd < 0) {
    raise_value(vm, "opener returned %ld", (long)fd);
    return -1;
  }
  int flags_now = fcntl((int)fd, F_GETFD);
  if (flags_now >= 0 && !(flags_now & FD_CLOEXEC)) fcntl((int)fd, F_SETFD, flags_now | FD_CLOEXEC);
  return (int)fd;
}

/* Directories are refused; the name becomes an attribute. */
static bool examine(VM *vm, FileIO *file, Value name) {
  struct stat status;
  if (BLOCKING(vm, fstat(file->fd, &status)) < 0) {
    if (errno == EBADF) return raise_errno(vm, errno, VALUE_NONE), false;
  } else {
    if (S_ISDIR(status.st_mode)) return raise_errno(vm, EISDIR, name), false;
    if (status.st_blksize > 1) file->block_size = (unsigned)status.st_blksize;
  }
  if (!set_attribute(vm, value_from(file), NAME("name"), name)) return false;
  return !file->appending || lseek(file->fd, 0, SEEK_END) >= 0 || errno == ESPIPE ||
         (raise_errno(vm, errno, VALUE_NONE), false);
}

static bool close_descriptor(VM *vm, FileIO *file) {
  int fd = file->fd;
  file->fd = -1;
  if (fd < 0) return true;
  if (BLOCKING(vm, close(fd)) == 0 || errno == EINTR) return true;
  raise_errno(vm, errno, VALUE_NONE);
  return false;
}

static bool audit_open(VM *vm, Value name, const char *mode, int flags) {
  return SYS_AUDIT(vm, "open", name, value_of(str_new_cstr(vm, mode)), value_int(vm, flags));
}

static bool file_init(VM *vm, FileIO *file, Value name, const char *mode, bool close_fd,
                      Value opener) {
  if (file->fd >= 0) {
    if (file->close_fd && !close_descriptor(vm, file)) return false;
    file->fd = -1;
  }
  file->created = file->readable = file->writable = file->appending = false;
  file->seekable = -1;
  file->block_size = IO_BUFFER_SIZE;
  file->close_fd = close_fd;
  int flags = 0;
  bool own = false;
  int64_t fd = 0;
  if (value_is_any_int(name) && !value_index64(vm, name, &fd, true)) return false;
  if (value_is_any_int(name) && fd == (int)fd) { /* a wider one is taken for a path, and is none */
    if (fd < 0) return raise_false(vm, TYPE_OF(ValueError), "negative file descriptor");
    if (!parse_mode(vm, file, mode, &flags) || !audit_open(vm, name, mode, flags)) return false;
    file->fd = (int)fd;
  } else {
    if (path_fspath(vm, name) == VALUE_FAIL) return false;
    if (!parse_mode(vm, file, mode, &flags) || !audit_open(vm, name, mode, flags)) return false;
    if (!close_fd)
      return raise_false(vm, TYPE_OF(ValueError), "Cannot use closefd=False with file name");
    own = true;
    file->fd = opener == VALUE_NONE ? open_by_name(vm, name, flags)
                                    : open_by_opener(vm, opener, name, flags);
    if (file->fd < 0) return false;
  }
  if (examine(vm, file, name)) return true;
  if (own) close(file->fd);
  file->fd = -1;
  return false;
}

static Value io_file_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  FileIO *file = value_object(v);
  file->fd = -1;
  file->seekable = -1;
  file->close_fd = true;
  io_track(vm, v);
  return v;
}

Value file_open(VM *vm, Value name, const char *mode, bool close_fd, Value opener) {
  Value v = io_file_blank(vm, TYPE_OF(io_file));
  return file_init(vm, value_object(v), name, mode, close_fd, opener) ? v : VALUE_FAIL;
}

static Value io_file_op_init(VM *vm, FileIO *self, const io_file_op_init_args *a) {
  const char *mode = a->mode ? str_utf8(vm, a->mode, NULL) : "r";
  if (!mode) return VALUE_FAIL;
  return value_none_if(file_init(vm, self, a->file, mode, a->closefd, a->opener));
}

/* ---- state */
static const char *mode_text(const FileIO *self) {
  if (self->created) return self->readable ? "xb+" : "xb";
  if (self->appending) return self->readable ? "ab+" : "ab";
  if (self->readable) return self->writable ? "rb+" : "rb";
  return "wb";
}

static Value text_value(VM *vm, const char *text) { return value_of(str_new_cstr(vm, text)); }
static Value io_file_get_mode(VM *vm, FileIO *self) { return text_value(vm, mode_text(self)); }
static Value io_file_get_closed(VM *vm, FileIO *self) { return value_bool(self->fd < 0); }
static Value io_file_get_closefd(VM *vm, FileIO *self) { return value_bool(self->close_fd); }
static Value io_file_get_blksize(VM *vm, FileIO *self) {
  return value_int_unchecked(self->block_size);
}
static bool io_file_set_blksize(VM *vm, FileIO *self, Value v) {
  int64_t n;
  if (v == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(TypeError), "can't delete numeric/char attribute");
  if (!value_index64(vm, v, &n, false)) return false;
  self->block_size = (unsigned)n;
  return true;
}
static Value io_file_get_finalizing(VM *vm, FileIO *self) {
  return value_bool(self->base.finalizing);
}
static bool io_file_set_finalizing(VM *vm, FileIO *self, Value v) {
  Answer truth = v == VALUE_MISSING ? ANSWER_NO : value_truth(vm, v);
  if (truth >= 0) self->base.finalizing = truth;
  return truth >= 0;
}

static Value io_file_op_repr(VM *vm, FileIO *self, const io_file_op_repr_args *a) {
  if (self->fd < 0) return text_value(vm, "<_io.FileIO [closed]>");
  Value name = find_attribute(vm, value_from(self), NAME("name"));
  if (name == VALUE_FAIL) return VALUE_FAIL;
  const char *close_fd = self->close_fd ? "True" : "False";
  if (name == VALUE_UNBOUND)
    return value_of(str_format(vm, "<_io.FileIO fd=%d mode='%s' closefd=%s>", self->fd,
                               mode_text(self), close_fd));
  Showing here;
  if (!repr_enter(vm, &here, value_from(self)))
    return raise_error(vm, TYPE_OF(RuntimeError), "reentrant call inside %T.__repr__",
                       value_from(self));
  Str *text =
      str_format(vm, "<_io.FileIO name=%R mode='%s' closefd=%s>", name, mode_text(self), close_fd);
  repr_leave(vm, &here);
  return value_of(text);
}

#define CHECK_OPEN(self) \
  if ((self)->fd < 0) return raise_value(vm, "I/O operation on closed file")

static Value io_file_fileno(VM *vm, FileIO *self, const io_file_fileno_args *a) {
  CHECK_OPEN(self);
  return value_int_unchecked(self->fd);
}
static Value io_file_readable(VM *vm, FileIO *self, const io_file_readable_args *a) {
  CHECK_OPEN(self);
  return value_bool(self->readable);
}
static Value io_file_writable(VM *vm, FileIO *self, const io_file_writable_args *a) {
  CHECK_OPEN(self);
  return value_bool(self->writable);
}
static Value io_file_seekable(VM *vm, FileIO *self, const io_file_seekable_args *a) {
  CHECK_OPEN(self);
  if (self->seekable < 0) self->seekable = lseek(self->fd, 0, SEEK_CUR) >= 0;
  return value_bool(self->seekable);
}
static Value io_file_isatty(VM *vm, FileIO *self, const io_file_isatty_args *a) {
  CHECK_OPEN(self);
  return value_bool(isatty(self->fd));
}

static Value io_file_dealloc_warn(VM *vm, FileIO *self, const io_file_dealloc_warn_args *a) {
  if (self->fd < 0 || !self->close_fd) return VALUE_NONE;
  Value pending = error_take(vm);
  if (!warn_resource(vm, a->source, "unclosed file %R", a->source))
    error_unraisable(vm, NULL, value_from(self));
  error_restore(vm, pending);
  return VALUE_NONE;
}

static Value io_file_close(VM *vm, FileIO *self, const io_file_close_args *a) {
  Value failure = VALUE_UNBOUND;
  if (!self->base.base_closed) {
    if (call_method0(vm, value_from(self), NAME("flush")) == VALUE_FAIL) failure = error_take(vm);
    self->base.base_closed = true;
  }
  if (!self->close_fd) {
    self->fd = -1;
  } else {
    if (self->base.finalizing) {
      io_file_dealloc_warn_args source = {.source = value_from(self)};
      (void)!io_file_dealloc_warn(vm, self, &source);
    }
    if (!close_descriptor(vm, self))
      failure = failure == VALUE_UNBOUND ? error_take(vm) : (error_clear(vm), failure);
  }
  if (failure == VALUE_UNBOUND) return VALUE_NONE;
  error_restore(vm, failure);
  return VALUE_FAIL;
}

/* ---- reading and writing */
#define AT_MOST ((size_t)0x7ffff000)

static int64_t finish(VM *vm, int64_t n, bool *again) {
  *again = false;
  if (n > 0) return n;
  /* a signal and the end at once: the signal came first */
  if (n == 0) return vm->poll && !poll_signals(vm) ? -1 : 0;
  if (errno == EAGAIN) return -2;
  if (errno == EINTR) {
    *again = poll_signals(vm);
    return -1;
  }
  raise_errno(vm, errno, VALUE_NONE);
  return -1;
}

int64_t file_read_into(VM *vm, FileIO *file, void *bytes, size_t n) {
  if (file->fd < 0) return raise_value(vm, "I/O operation on closed file"), -1;
  if (!file->readable) return io_unsupported(vm, "File not open for reading"), -1;
  bool again;
  int64_t got;
  do
    got =
        finish(vm, BLOCKING(vm, (int64_t)read(file->fd, bytes, n < AT_MOST ? n : AT_MOST)), &again);
  while (again);
  return got;
}

int64_t file_write_from(VM *vm, FileIO *file, const void *bytes, size_t n) {
  if (file->fd < 0) return raise_value(vm, "I/O operation on closed file"), -1;
  if (!file->writable) return io_unsupported(vm, "File not open for writing"), -1;
  bool again;
  int64_t put;
  do
    put = finish(vm, BLOCKING(vm, (int64_t)write(file->fd, bytes, n < AT_MOST ? n : AT_MOST)),
                 &again);
  while (again);
  return put;
}

static Value count_value(VM *vm, int64_t n) {
  return n == -1 ? VALUE_FAIL : n == -2 ? VALUE_NONE : value_int(vm, n);
}

static Value io_file_readinto(VM *vm, FileIO *self, const io_file_readinto_args *a) {
  CHECK_OPEN(self);
  if (!self->readable) return io_unsupported(vm, "File not open for reading");
  BufferView view;
  if (!io_acquire_writable(vm, a->buffer, &view)) return VALUE_FAIL;
  int64_t n = file_read_into(vm, self, view.bytes, view.size);
  buffer_release(vm, &view);
  return count_value(vm, n);
}

/* How much room the rest of the file needs, one byte more so that the end shows at once. */
static size_t rest_size(FileIO *self) {
  struct stat status;
  off_t at = lseek(self->fd, 0, SEEK_CUR);
  if (fstat(self->fd, &status) == 0 && at >= 0 && status.st_size > at)
    return (size_t)(status.st_size - at) + 1;
  return IO_BUFFER_SIZE;
}

static Value io_file_readall(VM *vm, FileIO *self, const io_file_readall_args *a) {
  CHECK_OPEN(self);
  if (!self->readable) return io_unsupported(vm, "File not open for reading");
  Buffer all;
  buffer_init(&all);
  int64_t n;
  for (;;) {
    size_t more = all.capacity ? all.capacity / 4 + IO_BUFFER_SIZE : rest_size(self);
    if (all.size == all.capacity && !buffer_reserve(&all, more ? more : IO_BUFFER_SIZE))
      return raise_memory(vm);
    n = file_read_into(vm, self, all.bytes + all.size, all.capacity - all.size);
    if (n <= 0) break;
    all.size += (size_t)n;
  }
  Value result = n == -1                ? VALUE_FAIL
                 : n == -2 && !all.size ? VALUE_NONE
                                        : value_of(bytes_take_buffer(vm, &all));
  buffer_deinit(&all);
  return result;
}

static Value io_file_read(VM *vm, FileIO *self, const io_file_read_args *a) {
  CHECK_OPEN(self);
  if (!self->readable) return io_unsupported(vm, "File not open for reading");
  if (a->size < 0) return io_file_readall(vm, self, NULL);
  size_t size = (size_t)a->size < AT_MOST ? (size_t)a->size : AT_MOST;
  Bytes *bytes = bytes_new(vm, NULL, size);
  if (!bytes) return VALUE_FAIL;
  int64_t n = file_read_into(vm, self, bytes->data, size);
  if (n < 0) return count_value(vm, n);
  return value_from((size_t)n == size ? bytes : bytes_new(vm, bytes->data, (size_t)n));
}

static Value io_file_write(VM *vm, FileIO *self, const io_file_write_args *a) {
  CHECK_OPEN(self);
  if (!self->writable) return io_unsupported(vm, "File not open for writing");
  BufferView view;
  if (!buffer_acquire(vm, a->b, &view, false)) return VALUE_FAIL;
  int64_t n = file_write_from(vm, self, view.bytes, view.size);
  buffer_release(vm, &view);
  /* of a part, because of a signal: its handler runs before anything else */
  if (signals_waiting(vm) && !poll_signals(vm)) return VALUE_FAIL;
  return count_value(vm, n);
}

/* ---- position */
static Value seek_to(VM *vm, FileIO *self, int64_t offset, int whence) {
  off_t at = BLOCKING(vm, lseek(self->fd, offset, whence));
  if (self->seekable < 0) self->seekable = at >= 0;
  return at < 0 ? raise_errno(vm, errno, VALUE_NONE) : value_int(vm, at);
}

static Value io_file_seek(VM *vm, FileIO *self, const io_file_seek_args *a) {
  CHECK_OPEN(self);
  int64_t offset;
  if (value_is_any_float(a->pos)) return raise_type(vm, "an integer is required");
  if (!value_index64(vm, a->pos, &offset, false)) return VALUE_FAIL;
  return seek_to(vm, self, offset, a->whence);
}

static Value io_file_tell(VM *vm, FileIO *self, const io_file_tell_args *a) {
  CHECK_OPEN(self);
  return seek_to(vm, self, 0, SEEK_CUR);
}

static Value io_file_truncate(VM *vm, FileIO *self, const io_file_truncate_args *a) {
  CHECK_OPEN(self);
  if (!self->writable) return io_unsupported(vm, "File not open for writing");
  Value size = a->size == VALUE_NONE ? seek_to(vm, self, 0, SEEK_CUR) : a->size;
  int64_t n;
  if (size == VALUE_FAIL || !value_index64(vm, size, &n, false)) return VALUE_FAIL;
  if (BLOCKING(vm, ftruncate(self->fd, n)) < 0) return raise_errno(vm, errno, VALUE_NONE);
  return size;
}

const ClassSpec io_file_class = {NATIVE_CLASS(io_file_), .basic_size = sizeof(FileIO)};

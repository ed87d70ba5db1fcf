/* posix_files.c -- posix: reading, writing and asking about file descriptors. */
#include "vm/modules/posix/posix.h"
#include "vm/objects/list.h"

#include <pty.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <termios.h>
#include <utmp.h>

#define NATIVE_DEF "vm/modules/posix/posix_files.def"
#define NATIVE_PREFIX files_
#include "vm/contracts/native_class.inc"

#define AT_MOST ((size_t)0x7ffff000)

static Value files_open(VM *vm, Value self, const files_open_args *a) {
  AUDITED(vm, "open", posix_text(vm, &a->path), VALUE_NONE, value_int(vm, a->flags | O_CLOEXEC));
  int fd;
  RETRYING(vm, fd, openat(a->dir_fd, a->path.bytes, a->flags | O_CLOEXEC, a->mode));
  return fd < 0 ? posix_path_error(vm, &a->path) : value_int_unchecked(fd);
}
static Value files_close(VM *vm, Value self, const files_close_args *a) {
  int result = BLOCKING(vm, close(a->fd));
  return result < 0 && errno == EINTR ? VALUE_NONE : posix_none(vm, result);
}
static Value files_closerange(VM *vm, Value self, const files_closerange_args *a) {
  if (a->fd_high > a->fd_low && a->fd_high > 0)
    close_range(a->fd_low < 0 ? 0 : (unsigned)a->fd_low, (unsigned)a->fd_high - 1, 0);
  return VALUE_NONE;
}

static Value files_read(VM *vm, Value self, const files_read_args *a) {
  if (a->length < 0) return errno = EINVAL, posix_error(vm);
  size_t size = (size_t)a->length < AT_MOST ? (size_t)a->length : AT_MOST;
  Bytes *bytes = bytes_new(vm, NULL, size);
  if (!bytes) return VALUE_FAIL;
  int64_t n;
  RETRYING(vm, n, (int64_t)read(a->fd, bytes->data, size));
  if (n < 0) return posix_error(vm);
  return value_from((size_t)n == size ? bytes : bytes_new(vm, bytes->data, (size_t)n));
}
static Value files_pread(VM *vm, Value self, const files_pread_args *a) {
  if (a->length < 0) return errno = EINVAL, posix_error(vm);
  Bytes *bytes = bytes_new(vm, NULL, (size_t)a->length);
  if (!bytes) return VALUE_FAIL;
  int64_t n;
  RETRYING(vm, n, (int64_t)pread(a->fd, bytes->data, (size_t)a->length, a->offset));
  return n < 0 ? posix_error(vm) : value_of(bytes_new(vm, bytes->data, (size_t)n));
}

static Value write_view(VM *vm, int fd, const BufferView *view, int64_t offset) {
  size_t size = view->size < AT_MOST ? view->size : AT_MOST;
  int64_t n;
  RETRYING(
      vm, n,
      (int64_t)(offset < 0 ? write(fd, view->bytes, size) : pwrite(fd, view->bytes, size, offset)));
  if (signals_waiting(vm) && !poll_signals(vm)) return VALUE_FAIL; /* before anything else */
  return posix_int(vm, n);
}
static Value files_write(VM *vm, Value self, const files_write_args *a) {
  return write_view(vm, a->fd, &a->data, -1);
}
static Value files_pwrite(VM *vm, Value self, const files_pwrite_args *a) {
  if (a->offset < 0) return errno = EINVAL, posix_error(vm);
  return write_view(vm, a->fd, &a->buffer, a->offset);
}

static Value files_lseek(VM *vm, Value self, const files_lseek_args *a) {
  return posix_int(vm, BLOCKING(vm, lseek(a->fd, a->position, a->how)));
}
static Value files_dup(VM *vm, Value self, const files_dup_args *a) {
  return posix_int(vm, fcntl(a->fd, F_DUPFD_CLOEXEC, 0));
}
static Value files_dup2(VM *vm, Value self, const files_dup2_args *a) {
  if (a->fd < 0 || a->fd2 < 0) return errno = EBADF, posix_error(vm);
  return posix_int(vm, a->inheritable || a->fd == a->fd2 ? dup2(a->fd, a->fd2)
                                                         : dup3(a->fd, a->fd2, O_CLOEXEC));
}
static Value make_pipe(VM *vm, int flags) {
  int ends[2];
  if (pipe2(ends, flags) < 0) return posix_error(vm);
  return posix_pair(vm, value_int_unchecked(ends[0]), value_int_unchecked(ends[1]));
}
static Value files_pipe(VM *vm, Value self, const files_pipe_args *a) {
  return make_pipe(vm, O_CLOEXEC);
}
static Value files_pipe2(VM *vm, Value self, const files_pipe2_args *a) {
  return make_pipe(vm, a->flags);
}
static Value files_fstat(VM *vm, Value self, const files_fstat_args *a) {
  struct stat status;
  return BLOCKING(vm, fstat(a->fd, &status)) < 0 ? posix_error(vm) : posix_stat_value(vm, &status);
}
static Value files_fsync(VM *vm, Value self, const files_fsync_args *a) {
  return posix_none(vm, BLOCKING(vm, fsync(a->fd)));
}
static Value files_fdatasync(VM *vm, Value self, const files_fdatasync_args *a) {
  return posix_none(vm, BLOCKING(vm, fdatasync(a->fd)));
}
static Value files_ftruncate(VM *vm, Value self, const files_ftruncate_args *a) {
  AUDITED(vm, "os.truncate", value_int(vm, a->fd), value_int(vm, a->length));
  return posix_none(vm, BLOCKING(vm, ftruncate(a->fd, a->length)));
}
static Value files_fchmod(VM *vm, Value self, const files_fchmod_args *a) {
  AUDITED(vm, "os.chmod", value_int(vm, a->fd), value_int(vm, a->mode), value_int_unchecked(-1));
  return posix_none(vm, fchmod(a->fd, (mode_t)a->mode));
}
static Value files_fchown(VM *vm, Value self, const files_fchown_args *a) {
  AUDITED(vm, "os.chown", value_int(vm, a->fd), value_int(vm, a->uid), value_int(vm, a->gid),
          value_int_unchecked(-1));
  return posix_none(vm, fchown(a->fd, a->uid, a->gid));
}
static Value files_isatty(VM *vm, Value self, const files_isatty_args *a) {
  return value_bool(isatty(a->fd));
}
static Value files_ttyname(VM *vm, Value self, const files_ttyname_args *a) {
  char name[256];
  int error = ttyname_r(a->fd, name, sizeof name);
  return error ? raise_errno(vm, error, VALUE_NONE) : posix_name(vm, name, strlen(name), false);
}

static Value change_flags(VM *vm, int fd, int get, int set, int flag, bool on) {
  int flags = fcntl(fd, get);
  if (flags < 0) return posix_error(vm);
  return posix_none(vm, fcntl(fd, set, on ? flags | flag : flags & ~flag));
}
static Value files_get_inheritable(VM *vm, Value self, const files_get_inheritable_args *a) {
  int flags = fcntl(a->fd, F_GETFD);
  return flags < 0 ? posix_error(vm) : value_bool(!(flags & FD_CLOEXEC));
}
static Value files_set_inheritable(VM *vm, Value self, const files_set_inheritable_args *a) {
  return change_flags(vm, a->fd, F_GETFD, F_SETFD, FD_CLOEXEC, !a->inheritable);
}
static Value files_get_blocking(VM *vm, Value self, const files_get_blocking_args *a) {
  int flags = fcntl(a->fd, F_GETFL);
  return flags < 0 ? posix_error(vm) : value_bool(!(flags & O_NONBLOCK));
}
static Value files_set_blocking(VM *vm, Value self, const files_set_blocking_args *a) {
  return change_flags(vm, a->fd, F_GETFL, F_SETFL, O_NONBLOCK, !a->blocking);
}
static Value files_lockf(VM *vm, Value self, const files_lockf_args *a) {
  AUDITED(vm, "os.lockf", value_int(vm, a->fd), value_int(vm, a->command),
          value_int(vm, a->length));
  return posix_none(vm, BLOCKING(vm, lockf(a->fd, a->command, a->length)));
}
static Value files_posix_fallocate(VM *vm, Value self, const files_posix_fallocate_args *a) {
  int error = BLOCKING(vm, posix_fallocate(a->fd, a->offset, a->length));
  return error ? raise_errno(vm, error, VALUE_NONE) : VALUE_NONE;
}
static Value files_posix_fadvise(VM *vm, Value self, const files_posix_fadvise_args *a) {
  int error = posix_fadvise(a->fd, a->offset, a->length, a->advice);
  return error ? raise_errno(vm, error, VALUE_NONE) : VALUE_NONE;
}

static bool optional_offset(VM *vm, Value v, int64_t *offset, bool *given) {
  *given = v != VALUE_NONE;
  return !*given || value_long(vm, v, offset);
}
static Value files_sendfile(VM *vm, Value self, const files_sendfile_args *a) {
  int64_t offset = 0, n;
  bool given;
  if (!optional_offset(vm, a->offset, &offset, &given)) return VALUE_FAIL;
  RETRYING(vm, n, (int64_t)sendfile(a->out_fd, a->in_fd, given ? &offset : NULL, (size_t)a->count));
  return posix_int(vm, n);
}
/* Two offsets and a count, as copy_file_range() and splice() take them. */
typedef struct Transfer {
  int64_t from, to;
  int64_t *from_or_null, *to_or_null;
} Transfer;

static bool transfer_init(VM *vm, Transfer *t, int64_t count, Value from, Value to) {
  bool has_from, has_to;
  if (count < 0)
    return raise_false(vm, TYPE_OF(ValueError), "negative value for 'count' not allowed");
  if (!optional_offset(vm, from, &t->from, &has_from) || !optional_offset(vm, to, &t->to, &has_to))
    return false;
  t->from_or_null = has_from ? &t->from : NULL, t->to_or_null = has_to ? &t->to : NULL;
  return true;
}
static Value files_copy_file_range(VM *vm, Value self, const files_copy_file_range_args *a) {
  Transfer t;
  int64_t n;
  if (!transfer_init(vm, &t, a->count, a->offset_src, a->offset_dst)) return VALUE_FAIL;
  RETRYING(
      vm, n,
      (int64_t)copy_file_range(a->src, t.from_or_null, a->dst, t.to_or_null, (size_t)a->count, 0));
  return posix_int(vm, n);
}
static Value files_splice(VM *vm, Value self, const files_splice_args *a) {
  Transfer t;
  int64_t n;
  if (!transfer_init(vm, &t, a->count, a->offset_src, a->offset_dst)) return VALUE_FAIL;
  RETRYING(
      vm, n,
      (int64_t)splice(a->src, t.from_or_null, a->dst, t.to_or_null, (size_t)a->count, a->flags));
  return posix_int(vm, n);
}

static Value files_login_tty(VM *vm, Value self, const files_login_tty_args *a) {
  return posix_none(vm, login_tty(a->fd));
}
static Value files_openpty(VM *vm, Value self, const files_openpty_args *a) {
  int master, slave;
  if (openpty(&master, &slave, NULL, NULL, NULL) < 0) return posix_error(vm);
  fcntl(master, F_SETFD, FD_CLOEXEC);
  fcntl(slave, F_SETFD, FD_CLOEXEC);
  return posix_pair(vm, value_int_unchecked(master), value_int_unchecked(slave));
}
static Value files_memfd_create(VM *vm, Value self, const files_memfd_create_args *a) {
  return posix_int(vm, memfd_create(a->name.bytes, (unsigned)a->flags));
}
static Value files_eventfd(VM *vm, Value self, const files_eventfd_args *a) {
  return posix_int(vm, eventfd(a->initval, a->flags));
}
static Value files_eventfd_read(VM *vm, Value self, const files_eventfd_read_args *a) {
  eventfd_t n;
  return BLOCKING(vm, eventfd_read(a->fd, &n)) < 0 ? posix_error(vm) : int_from_uint64(vm, n);
}
static Value files_eventfd_write(VM *vm, Value self, const files_eventfd_write_args *a) {
  return posix_none(vm, BLOCKING(vm, eventfd_write(a->fd, a->value)));
}
static Value files_tcgetpgrp(VM *vm, Value self, const files_tcgetpgrp_args *a) {
  return posix_int(vm, tcgetpgrp(a->fd));
}
static Value files_tcsetpgrp(VM *vm, Value self, const files_tcsetpgrp_args *a) {
  return posix_none(vm, tcsetpgrp(a->fd, a->pgid));
}
static Value files_device_encoding(VM *vm, Value self, const files_device_encoding_args *a) {
  return isatty(a->fd) ? value_from(NAME("UTF-8")) : VALUE_NONE;
}
static Value files_fstatvfs(VM *vm, Value self, const files_fstatvfs_args *a) {
  struct statvfs status;
  return BLOCKING(vm, fstatvfs(a->fd, &status)) < 0 ? posix_error(vm)
                                                    : posix_statvfs_value(vm, &status);
}
static Value files_fpathconf(VM *vm, Value self, const files_fpathconf_args *a) {
  int name;
  if (!posix_pathconf_name(vm, a->name, &name)) return VALUE_FAIL;
  errno = 0;
  long limit = fpathconf(a->fd, name);
  return limit == -1 && errno ? posix_error(vm) : value_int(vm, limit);
}
static Value files_fchdir(VM *vm, Value self, const files_fchdir_args *a) {
  AUDITED(vm, "os.chdir", value_int(vm, a->fd));
  return posix_none(vm, BLOCKING(vm, fchdir(a->fd)));
}
static Value files_pidfd_open(VM *vm, Value self, const files_pidfd_open_args *a) {
  return posix_int(vm, syscall(SYS_pidfd_open, a->pid, (unsigned)a->flags));
}

static struct {
  Value terminal_size_type; /* registered by the first import */
} state = {VALUE_NONE};
static Value files_get_terminal_size(VM *vm, Value self, const files_get_terminal_size_args *a) {
  struct winsize size;
  if (ioctl(a->fd, TIOCGWINSZ, &size) < 0) return posix_error(vm);
  Value fields[] = {value_int_unchecked(size.ws_col), value_int_unchecked(size.ws_row)};
  return struct_sequence_new(vm, value_object(state.terminal_size_type), fields);
}

bool posix_files_init(VM *vm, Module *module) {
  if (state.terminal_size_type == VALUE_NONE) {
    static const char *const fields[] = {"columns", "lines", NULL};
    static const char *const docs[] = {"characters in a line of the terminal",
                                       "lines of the terminal"};
    static const StructSequenceSpec spec = {
        .name = "os.terminal_size",
        .doc = "A tuple of (columns, lines) for holding terminal window size",
        .fields = fields,
        .docs = docs,
        .visible = 2};
    Type *type = struct_sequence_type(vm, &spec);
    if (!type) return false;
    state.terminal_size_type = value_from(type);
    heap_add_root(vm, &state.terminal_size_type);
  }
  return module_add(vm, module, "terminal_size", state.terminal_size_type) &&
         posix_add_methods(vm, module, files_methods, ARRAY_COUNT(files_methods) - 1);
}

/* fcntl.c -- the module fcntl. */
#include "vm/contracts/sys.h"
#include "vm/contracts/buffer.h"
#include "vm/contracts/error.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/core/vm.h"
#include "vm/modules/posix/posix.h"
#include "vm/objects/str.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define NATIVE_DEF "vm/modules/system/fcntl.def"
#define NATIVE_PREFIX fcntl_
#include "vm/contracts/native_class.inc"

#define AREA_SIZE 1024

#define REPEAT(result, call)                                      \
  do {                                                            \
    while (((result) = BLOCKING(vm, call)) < 0 && errno == EINTR) \
      if (!poll_signals(vm)) return VALUE_FAIL;                   \
  } while (0)

/* Bytes as argument: copied to an area, which comes back as bytes. */
static bool copy_in(VM *vm, Value v, char *area, size_t *n, const char *function) {
  BufferView view;
  Value bytes = value_is_str(v) ? value_of(bytes_new(vm, str_utf8(vm, value_object(v), NULL),
                                                     ((Str *)value_object(v))->length))
                                : v;
  if (value_is_fail(bytes) || !buffer_acquire(vm, bytes, &view, false)) return false;
  bool fits = view.size <= AREA_SIZE;
  if (fits) memcpy(area, view.bytes, *n = view.size);
  buffer_release(vm, &view);
  return fits || raise_false(vm, TYPE_OF(ValueError), "%s string arg too long", function);
}

static Value none_if_missing(Value v) { return v == VALUE_MISSING ? VALUE_NONE : v; }

static Value fcntl_fcntl(VM *vm, Value self, const fcntl_fcntl_args *a) {
  int result;
  AUDITED(vm, "fcntl.fcntl", value_int_unchecked(a->fd), value_int(vm, a->cmd),
          none_if_missing(a->arg));
  if (a->arg == VALUE_MISSING || value_is_any_int(a->arg)) {
    int64_t number = 0;
    if (a->arg != VALUE_MISSING && !value_index64(vm, a->arg, &number, false)) return VALUE_FAIL;
    REPEAT(result, fcntl(a->fd, a->cmd, (long)number));
    return result < 0 ? raise_errno(vm, errno, VALUE_NONE) : value_int_unchecked(result);
  }
  char area[AREA_SIZE + 8];
  size_t n;
  if (!copy_in(vm, a->arg, area, &n, "fcntl")) return VALUE_FAIL;
  REPEAT(result, fcntl(a->fd, a->cmd, area));
  return result < 0 ? raise_errno(vm, errno, VALUE_NONE) : value_of(bytes_new(vm, area, n));
}

/* ioctl_in_place: a short buffer by way of an area with room behind it: a request may write more
** than the buffer has. */
static Value ioctl_in_place(VM *vm, int fd, unsigned long request, Value buffer) {
  BufferView view;
  if (!buffer_acquire(vm, buffer, &view, true)) return VALUE_FAIL;
  char area[AREA_SIZE + 8] = {0};
  bool is_short = view.size <= AREA_SIZE;
  if (is_short) memcpy(area, view.bytes, view.size);
  int result = BLOCKING(vm, ioctl(fd, request, is_short ? (void *)area : (void *)view.bytes));
  int error = errno;
  if (is_short) memcpy(view.bytes, area, view.size);
  buffer_release(vm, &view);
  return result < 0 ? raise_errno(vm, error, VALUE_NONE) : value_int_unchecked(result);
}

static Value fcntl_ioctl(VM *vm, Value self, const fcntl_ioctl_args *a) {
  int result;
  unsigned long request = (unsigned long)(uint32_t)a->request;
  AUDITED(vm, "fcntl.ioctl", value_int_unchecked(a->fd), value_int(vm, (int64_t)request),
          none_if_missing(a->arg));
  if (a->arg == VALUE_MISSING || value_is_any_int(a->arg)) {
    int number = 0;
    if (a->arg != VALUE_MISSING && !convert_format_int_slow(vm, a->arg, &number, NULL, 0))
      return VALUE_FAIL;
    result = BLOCKING(vm, ioctl(a->fd, request, number));
    return result < 0 ? raise_errno(vm, errno, VALUE_NONE) : value_int_unchecked(result);
  }
  if (!value_is_str(a->arg) && !value_has_flag(a->arg, TYPE_BYTES_SUBCLASS) && a->mutate_flag) {
    return ioctl_in_place(vm, a->fd, request, a->arg);
  }
  char area[AREA_SIZE + 8] = {0};
  size_t n;
  if (!copy_in(vm, a->arg, area, &n, "ioctl")) return VALUE_FAIL;
  result = BLOCKING(vm, ioctl(a->fd, request, area));
  return result < 0 ? raise_errno(vm, errno, VALUE_NONE) : value_of(bytes_new(vm, area, n));
}

static Value fcntl_flock(VM *vm, Value self, const fcntl_flock_args *a) {
  int result;
  AUDITED(vm, "fcntl.flock", value_int_unchecked(a->fd), value_int(vm, a->operation));
  REPEAT(result, flock(a->fd, a->operation));
  return result < 0 ? raise_errno(vm, errno, VALUE_NONE) : VALUE_NONE;
}

static Value fcntl_lockf(VM *vm, Value self, const fcntl_lockf_args *a) {
  int result;
  AUDITED(vm, "fcntl.lockf", value_int_unchecked(a->fd), value_int(vm, a->cmd),
          a->len ? value_int(vm, a->len) : VALUE_NONE,
          a->start ? value_int(vm, a->start) : VALUE_NONE, value_int(vm, a->whence));
  struct flock lock = {.l_whence = (short)a->whence, .l_start = a->start, .l_len = a->len};
  if (a->cmd == LOCK_UN) lock.l_type = F_UNLCK;
  else if (a->cmd & LOCK_SH) lock.l_type = F_RDLCK;
  else if (a->cmd & LOCK_EX) lock.l_type = F_WRLCK;
  else return raise_value(vm, "unrecognized lockf argument");
  REPEAT(result, fcntl(a->fd, a->cmd & LOCK_NB ? F_SETLK : F_SETLKW, &lock));
  return result < 0 ? raise_errno(vm, errno, VALUE_NONE) : VALUE_NONE;
}

#define C(name) \
  { #name, name }
static const NamedInt constants[] = {
    C(LOCK_SH),         C(LOCK_EX),        C(LOCK_NB),      C(LOCK_UN),      C(F_DUPFD),
    C(F_DUPFD_CLOEXEC), C(F_GETFD),        C(F_SETFD),      C(F_GETFL),      C(F_SETFL),
    C(F_GETLK),         C(F_SETLK),        C(F_SETLKW),     C(F_GETOWN),     C(F_SETOWN),
    C(F_RDLCK),         C(F_WRLCK),        C(F_UNLCK),      C(FD_CLOEXEC),   C(FASYNC),
#ifdef __linux__
    C(LOCK_MAND),       C(LOCK_READ),      C(LOCK_WRITE),   C(LOCK_RW),      C(F_GETSIG),
    C(F_SETSIG),        C(F_EXLCK),        C(F_SHLCK),      C(F_GETLEASE),   C(F_SETLEASE),
    C(F_GETPIPE_SZ),    C(F_SETPIPE_SZ),   C(F_ADD_SEALS),  C(F_GET_SEALS),  C(F_SEAL_SEAL),
    C(F_SEAL_SHRINK),   C(F_SEAL_GROW),    C(F_SEAL_WRITE), C(F_OFD_GETLK),  C(F_OFD_SETLK),
    C(F_OFD_SETLKW),    C(F_NOTIFY),       C(DN_ACCESS),    C(DN_MODIFY),    C(DN_CREATE),
    C(DN_DELETE),       C(DN_RENAME),      C(DN_ATTRIB),    C(DN_MULTISHOT), {"F_GETLK64", 5},
    {"F_SETLK64", 6},   {"F_SETLKW64", 7},
#endif
};
static bool init(VM *vm, Module *module) {
  return module_add_ints(vm, module, constants, ARRAY_COUNT(constants));
}
const ModuleSpec fcntl_module = {.name = "fcntl",
                                 .doc = "File and I/O control on descriptors.",
                                 NATIVE_FUNCTIONS(fcntl_),
                                 .init = init};

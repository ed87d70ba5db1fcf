/* posix.h -- what the files of the module posix share: argument converters, results, errors. */
#ifndef KRAIT_POSIX_H
#define KRAIT_POSIX_H

#include "vm/contracts/buffer.h"
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/sys.h"
#include "vm/contracts/type.h"
#include "vm/core/vm.h"
#include "vm/objects/dict.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"
#include "vm/runtime/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- converters */
typedef struct PathArg {
  Value value;       /* as given, for error messages; VALUE_NONE: none */
  const char *bytes; /* NUL-terminated; NULL: fd is meant */
  int fd;            /* -1 unless a descriptor was given */
  bool is_bytes;     /* results are bytes, too */
} PathArg;
typedef PathArg c_Path, c_PathFd, c_PathNone, c_PathFdNone;
/* c_FsName: a name in the encoding of the file system, refused without the function's name */
typedef PathArg c_FsName;
MUST_USE MAY_RUN bool convert_FsName(VM *vm, Value v, c_FsName *out, const MethodSpec *spec, int i);
MUST_USE MAY_RUN bool posix_path(VM *vm, Value v, PathArg *out, const MethodSpec *spec, int i,
                                 bool fd, bool none);
#define convert_Path(vm, v, out, spec, i) posix_path(vm, v, out, spec, i, false, false)
#define convert_PathFd(vm, v, out, spec, i) posix_path(vm, v, out, spec, i, true, false)
#define convert_PathNone(vm, v, out, spec, i) posix_path(vm, v, out, spec, i, false, true)
#define convert_PathFdNone(vm, v, out, spec, i) posix_path(vm, v, out, spec, i, true, true)
#define DEFAULT_PathNone(x) \
  (PathArg) { .value = VALUE_NONE, .bytes = ".", .fd = -1 }
#define DEFAULT_PathFdNone(x) \
  (PathArg) { .value = VALUE_NONE, .bytes = ".", .fd = -1 }

typedef int c_DirFd; /* None: the current folder */
MUST_USE MAY_RUN bool convert_DirFd(VM *vm, Value v, c_DirFd *out, const MethodSpec *spec, int i);
#define DEFAULT_DirFd(x) AT_FDCWD
/* fd_of: the descriptor that an int or an object with fileno() stands for; not below zero. */
MUST_USE MAY_RUN bool fd_of(VM *vm, Value v, int *out);
typedef int c_Fd; /* as fd_of */
MUST_USE MAY_RUN bool convert_Fd(VM *vm, Value v, c_Fd *out, const MethodSpec *spec, int i);
typedef uint32_t c_Id; /* uid or gid, -1 allowed */
MUST_USE MAY_RUN bool convert_Id(VM *vm, Value v, c_Id *out, const MethodSpec *spec, int i);
typedef unsigned c_UInt; /* an int from 0 to UINT_MAX; nothing is asked for __index__ */
MUST_USE bool convert_UInt(VM *vm, Value v, c_UInt *out, const MethodSpec *spec, int i);
#define DEFAULT_UInt(x) (x)
typedef dev_t c_Device; /* an int of 64 bits without sign */
MUST_USE bool convert_Device(VM *vm, Value v, c_Device *out, const MethodSpec *spec, int i);
typedef uint64_t c_Counter; /* the same; another error for one below zero */
MUST_USE bool convert_Counter(VM *vm, Value v, c_Counter *out, const MethodSpec *spec, int i);
typedef BufferView c_Buffer; /* released by the generated entry */
MUST_USE bool convert_Buffer(VM *vm, Value v, c_Buffer *out, const MethodSpec *spec, int i);

/* posix_text: the str or bytes that a path was given as, or stands for; an int for a descriptor;
** None. posix_bytes: as it goes to the system. */
MUST_USE MAY_RUN Value posix_text(VM *vm, const PathArg *path);
MUST_USE Value posix_bytes(VM *vm, const PathArg *path);

/* ---- results */
COLD Value posix_error(VM *vm); /* OSError by errno */
COLD Value posix_path_error(VM *vm, const PathArg *path);
MAY_RUN COLD Value posix_two_path_error(VM *vm, const PathArg *a, const PathArg *b);
MUST_USE static inline Value posix_none(VM *vm, int result) {
  return result < 0 ? posix_error(vm) : VALUE_NONE;
}
MUST_USE static inline Value posix_int(VM *vm, int64_t result) {
  return result < 0 ? posix_error(vm) : value_int(vm, result);
}
MUST_USE static inline Value posix_path_none(VM *vm, int result, const PathArg *path) {
  return result < 0 ? posix_path_error(vm, path) : VALUE_NONE;
}
/* posix_name: a file name as str or bytes */
MUST_USE MAY_RUN Value posix_name(VM *vm, const char *bytes, size_t n, bool as_bytes);
MUST_USE MAY_RUN Value posix_stat_value(VM *vm, const struct stat *status);
MUST_USE Value posix_pair(VM *vm, Value a, Value b);
/* RETRYING(vm, result variable, call): blocking call again after signals; VALUE_FAIL returned when
** a handler raises. */
#define RETRYING(vm, result, call)                                \
  do {                                                            \
    while (((result) = BLOCKING(vm, call)) < 0 && errno == EINTR) \
      if (!poll_signals(vm)) return VALUE_FAIL;                   \
  } while (0)

/* ---- the parts */
MUST_USE bool posix_add_methods(VM *vm, Module *module, const MethodSpec *methods, size_t count);
MUST_USE MAY_RUN bool posix_files_init(VM *vm, Module *module); /* descriptors */
MUST_USE MAY_RUN bool posix_paths_init(VM *vm, Module *module); /* what takes a path */
/* processes, users, environment */
MUST_USE MAY_RUN bool posix_process_init(VM *vm, Module *module);
MUST_USE bool posix_spawn_init(VM *vm, Module *module); /* running other programs */
MUST_USE MAY_RUN bool posix_schedule_init(VM *vm, Module *module);
MUST_USE bool posix_vector_init(VM *vm, Module *module); /* several buffers at once */
/* system values, terminals */
MUST_USE MAY_RUN bool posix_system_init(VM *vm, Module *module);
MUST_USE bool posix_constants_init(VM *vm, Module *module);
MUST_USE bool posix_scandir_init(VM *vm, Module *module);

/* posix_pathconf_name: the number of a name of pathconf(); numbers pass. false: raised. */
MUST_USE MAY_RUN bool posix_pathconf_name(VM *vm, Value v, int *out);
struct statvfs;
MUST_USE Value posix_statvfs_value(VM *vm, const struct statvfs *status);

/* What os.register_at_fork was told to call. Its errors are reported, not raised. */
MAY_RUN void posix_before_fork(VM *vm);
MAY_RUN void posix_after_fork_parent(VM *vm, pid_t child);
MAY_RUN void posix_after_fork_child(VM *vm);

#endif

/* _posixshmem.c -- the module _posixshmem: shared memory by name. */
#include "vm/contracts/error.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/modules/system/system_text.h"

#include <errno.h>
#include <sys/mman.h>

#define NATIVE_DEF "vm/modules/process/_posixshmem.def"
#define NATIVE_PREFIX shmem_
#include "vm/contracts/native_class.inc"

static Value shmem_shm_open(VM *vm, Value self, const shmem_shm_open_args *a) {
  const Bytes *path = system_text_of(vm, a->path);
  int fd;
  if (!path) return VALUE_FAIL;
  while ((fd = BLOCKING(vm, shm_open((const char *)path->data, a->flags, (mode_t)a->mode))) < 0 &&
         errno == EINTR)
    if (!poll_signals(vm)) return VALUE_FAIL;
  return fd < 0 ? raise_errno(vm, errno, value_from(a->path)) : value_int_unchecked(fd);
}

static Value shmem_shm_unlink(VM *vm, Value self, const shmem_shm_unlink_args *a) {
  const Bytes *path = system_text_of(vm, a->path);
  int result;
  if (!path) return VALUE_FAIL;
  while ((result = BLOCKING(vm, shm_unlink((const char *)path->data))) < 0 && errno == EINTR)
    if (!poll_signals(vm)) return VALUE_FAIL;
  return result < 0 ? raise_errno(vm, errno, value_from(a->path)) : VALUE_NONE;
}

const ModuleSpec _posixshmem_module = {
    .name = "_posixshmem",
    .doc = "POSIX shared memory, by name.",
    NATIVE_FUNCTIONS(shmem_),
};

/* posix_vector.c -- posix: reading into and writing from several buffers at once. */
#include "vm/base/memory.h"
#include "vm/modules/posix/posix.h"
#include "vm/objects/list.h"

#include <sys/uio.h>

#define NATIVE_DEF "vm/modules/posix/posix_vector.def"
#define NATIVE_PREFIX vector_
#include "vm/contracts/native_class.inc"

/* Views of all buffers of a sequence: `parts` for the system, `views` to give back. */
typedef struct Views {
  struct iovec *parts; /* [owned], of `room`, with `views` behind them */
  BufferView *views;   /* [borrowed: parts] */
  size_t count;        /* acquired so far */
} Views;

static void release_views(VM *vm, Views *views) {
  while (views->count) buffer_release(vm, &views->views[--views->count]);
  free(views->parts);
}

static bool make_room(VM *vm, size_t room, Views *views) {
  *views =
      (Views){.parts = memory_take_zeroed(room + 1, sizeof *views->parts + sizeof *views->views)};
  if (!views->parts) return raise_memory(vm), false;
  views->views = (BufferView *)(views->parts + room + 1);
  return true;
}

static bool acquire_views(VM *vm, Value sequence, const char *caller, bool writable, Views *views) {
  if (!value_has_special(sequence, SPECIAL_getitem) || value_has_flag(sequence, TYPE_DICT_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "%s() arg 2 must be a sequence", caller);
  Tuple *items = tuple_from_iterable(vm, sequence);
  if (!items || !make_room(vm, tuple_length(items), views)) return false;
  for (size_t i = 0; i < tuple_length(items); i++) {
    BufferView *view = &views->views[i];
    if (!buffer_acquire(vm, items->items[i], view, false)) return release_views(vm, views), false;
    views->count++;
    views->parts[i] = (struct iovec){view->bytes, view->size};
    if (!writable || !view->readonly) continue;
    release_views(vm, views);
    return raise_false(vm, TYPE_OF(BufferError), "Object is not writable.");
  }
  return true;
}

/* One of the four system calls; `offset` counts for those with a position. */
typedef ssize_t VectorCall(int fd, const struct iovec *parts, int count, off_t offset, int flags);
static ssize_t read_here(int fd, const struct iovec *parts, int count, off_t offset, int flags) {
  return readv(fd, parts, count);
}
static ssize_t write_here(int fd, const struct iovec *parts, int count, off_t offset, int flags) {
  return writev(fd, parts, count);
}
static ssize_t read_there(int fd, const struct iovec *parts, int count, off_t offset, int flags) {
  return flags ? preadv2(fd, parts, count, offset, flags) : preadv(fd, parts, count, offset);
}
static ssize_t write_there(int fd, const struct iovec *parts, int count, off_t offset, int flags) {
  return flags ? pwritev2(fd, parts, count, offset, flags) : pwritev(fd, parts, count, offset);
}

typedef struct VectorWork {
  VectorCall *call;
  const char *caller; /* as messages name it */
  bool writable;      /* the buffers are written to */
  int fd, flags;
  off_t offset;
} VectorWork;

static Value run(VM *vm, Value buffers, const VectorWork *w) {
  Views views;
  if (!acquire_views(vm, buffers, w->caller, w->writable, &views)) return VALUE_FAIL;
  int count = views.count > INT32_MAX ? INT32_MAX : (int)views.count;
  int64_t n;
  do n = BLOCKING(vm, (int64_t)w->call(w->fd, views.parts, count, w->offset, w->flags));
  while (n < 0 && errno == EINTR && poll_signals(vm));
  Value result = error_pending(vm) ? VALUE_FAIL : posix_int(vm, n);
  release_views(vm, &views);
  return result;
}

static Value vector_readv(VM *vm, Value self, const vector_readv_args *a) {
  return run(vm, a->buffers, &(VectorWork){read_here, "readv", true, .fd = a->fd});
}
static Value vector_writev(VM *vm, Value self, const vector_writev_args *a) {
  return run(vm, a->buffers, &(VectorWork){write_here, "writev", false, .fd = a->fd});
}
static Value vector_preadv(VM *vm, Value self, const vector_preadv_args *a) {
  return run(vm, a->buffers,
             &(VectorWork){read_there, "preadv2", true, a->fd, a->flags, a->offset});
}
static Value vector_pwritev(VM *vm, Value self, const vector_pwritev_args *a) {
  return run(vm, a->buffers,
             &(VectorWork){write_there, "pwritev", false, a->fd, a->flags, a->offset});
}

bool posix_vector_init(VM *vm, Module *module) {
  return posix_add_methods(vm, module, vector_methods, ARRAY_COUNT(vector_methods) - 1);
}

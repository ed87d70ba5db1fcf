/* socket_message.c -- messages: several buffers, ancillary data, an address. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/uio.h>

#include "vm/base/memory.h"
#include "vm/contracts/buffer.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/sys.h"
#include "vm/modules/socket/socket.h"
#include "vm/objects/bytes.h"
#include "vm/objects/list.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

/* ---- buffers of an iterable, for the system and to give back */
typedef struct Parts {
  struct iovec *parts; /* [owned], with `views` behind them */
  BufferView *views;   /* [borrowed: parts] */
  size_t count;        /* acquired so far */
} Parts;

static void release_parts(VM *vm, Parts *p) {
  while (p->count) buffer_release(vm, &p->views[--p->count]);
  free(p->parts);
}

/* acquire_parts: `refusal` is what is said of a buffer that may not be written; NULL: it is
** read. */
static bool acquire_parts(VM *vm, const Tuple *buffers, const char *refusal, Parts *p) {
  size_t n = tuple_length(buffers);
  *p = (Parts){.parts = memory_take_zeroed(n + 1, sizeof *p->parts + sizeof *p->views)};
  if (!p->parts) return raise_memory(vm), false;
  p->views = (BufferView *)(p->parts + n + 1);
  for (; p->count < n; p->count++) {
    BufferView *view = &p->views[p->count];
    if (!buffer_acquire(vm, buffers->items[p->count], view, refusal != NULL)) break;
    p->parts[p->count] = (struct iovec){view->bytes, view->size};
  }
  if (p->count == n) return true;
  release_parts(vm, p);
  if (refusal &&
      (error_clear_if(vm, TYPE_OF(TypeError)) || error_clear_if(vm, TYPE_OF(BufferError))))
    raise_type(vm, "%s", refusal);
  return false;
}

static Tuple *buffers_of(VM *vm, Value iterable, const char *caller) {
  Tuple *buffers = tuple_from_iterable(vm, iterable);
  if (!buffers && !value_has_special(iterable, SPECIAL_iter) &&
      error_clear_if(vm, TYPE_OF(TypeError)))
    raise_type(vm, "%s() argument 1 must be an iterable", caller);
  return buffers;
}

/* ---- receiving */
static Value control_items(VM *vm, struct msghdr *message) {
  List *items = list_new(vm, 1);
  for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c)) {
    size_t size = c->cmsg_len - CMSG_LEN(0),
           room = (size_t)((char *)message->msg_control + message->msg_controllen -
                           (char *)CMSG_DATA(c));
    Bytes *data = bytes_new(vm, CMSG_DATA(c), size < room ? size : room);
    Value item = PACK(value_int(vm, c->cmsg_level), value_int(vm, c->cmsg_type), value_of(data));
    if (item == VALUE_FAIL || !list_append_value(vm, items, item)) return VALUE_FAIL;
  }
  return value_from(items);
}

/* What came, besides the bytes. */
typedef struct Arrival {
  ssize_t n;
  Value control, flags, address;
} Arrival;

static bool receive(VM *vm, Socket *s, struct iovec *parts, size_t count, int64_t control,
                    int flags, Arrival *out) {
  char *memory = memory_take_zeroed(1, (size_t)control + 64);
  if (!memory) return raise_memory(vm), false;
  SocketAddress from = {.size = 0};
  struct msghdr message = {0};
  int64_t deadline = socket_deadline(s);
  out->n = SOCKET_RETRY(vm, s, POLLIN, deadline,
                        (message = (struct msghdr){.msg_name = &from.storage,
                                                   .msg_namelen = sizeof from.storage,
                                                   .msg_iov = parts,
                                                   .msg_iovlen = count,
                                                   .msg_control = control ? memory : NULL,
                                                   .msg_controllen = (size_t)control},
                         recvmsg(s->fd, &message, flags)));
  if (out->n >= 0) {
    from.size = message.msg_namelen;
    out->control = control_items(vm, &message);
    out->flags = value_int(vm, message.msg_flags);
    out->address = out->control == VALUE_FAIL ? VALUE_FAIL : address_to_value(vm, &from, s->proto);
  }
  free(memory);
  return out->n >= 0 && out->address != VALUE_FAIL;
}

static bool check_control(VM *vm, int64_t control) {
  return (control >= 0 && control <= INT32_MAX) ||
         raise_false(vm, TYPE_OF(ValueError), "invalid ancillary data buffer length");
}

Value socket_recvmsg(VM *vm, Socket *s, int64_t size, int64_t control, int flags) {
  if (size < 0) return raise_value(vm, "negative buffer size in recvmsg()");
  if (!check_control(vm, control)) return VALUE_FAIL;
  char *memory = memory_take((size_t)size + 1);
  if (!memory) return raise_memory(vm);
  struct iovec part = {memory, (size_t)size};
  Arrival got;
  Value result = VALUE_FAIL;
  if (receive(vm, s, &part, 1, control, flags, &got)) {
    Value data = value_of(bytes_new(vm, memory, (size_t)got.n));
    result = PACK(data, got.control, got.flags, got.address);
  }
  free(memory);
  return result;
}

Value socket_recvmsg_to(VM *vm, Socket *s, Value buffers, int64_t control, int flags) {
  Tuple *list = buffers_of(vm, buffers, "recvmsg_into");
  Parts parts;
  if (!list || !acquire_parts(vm, list,
                              "recvmsg_into() argument 1 must be an iterable of single-segment "
                              "read-write buffers",
                              &parts))
    return VALUE_FAIL;
  Arrival got;
  bool fine =
      check_control(vm, control) && receive(vm, s, parts.parts, parts.count, control, flags, &got);
  release_parts(vm, &parts);
  return fine ? PACK(value_int(vm, got.n), got.control, got.flags, got.address) : VALUE_FAIL;
}

/* ---- sending */
/* add_control: one (level, type, data) of sendmsg's ancillary data, at *used of a buffer of `size`
** bytes. */
static bool add_control(VM *vm, Value item, char *control, size_t size, size_t *used) {
  Tuple *parts = tuple_from_iterable(vm, item);
  int64_t level, type;
  BufferView view;
  if (!parts) return false;
  if (tuple_length(parts) != 3)
    return raise_false(vm, TYPE_OF(TypeError),
                       "[sendmsg() ancillary data items must be sequences of length 3]");
  if (!value_index64(vm, parts->items[0], &level, false) ||
      !value_index64(vm, parts->items[1], &type, false))
    return false;
  if (!buffer_acquire(vm, parts->items[2], &view, false)) return false;
  bool fits = *used + CMSG_SPACE(view.size) <= size;
  if (fits) {
    struct cmsghdr *c = (struct cmsghdr *)(control + *used);
    *c = (struct cmsghdr){
        .cmsg_level = (int)level, .cmsg_type = (int)type, .cmsg_len = CMSG_LEN(view.size)};
    memcpy(CMSG_DATA(c), view.bytes, view.size);
    *used += CMSG_SPACE(view.size);
  }
  buffer_release(vm, &view);
  return fits ||
         raise_false(vm, TYPE_OF(OSError), "ancillary data does not fit in calculated space");
}

static ssize_t send_parts(VM *vm, Socket *s, const Parts *parts, const Tuple *items,
                          const SocketAddress *to, int flags) {
  enum { CONTROL = 8192 };
  _Alignas(16) char control[CONTROL];
  memset(control, 0, sizeof control);
  size_t used = 0;
  for (size_t i = 0; items && i < tuple_length(items); i++)
    if (!add_control(vm, items->items[i], control, CONTROL, &used)) return -1;
  struct msghdr message = {.msg_iov = parts->parts,
                           .msg_iovlen = parts->count,
                           .msg_control = used ? control : NULL,
                           .msg_controllen = used,
                           .msg_name = to ? (void *)&to->storage : NULL,
                           .msg_namelen = to ? to->size : 0};
  int64_t deadline = socket_deadline(s);
  return SOCKET_RETRY(vm, s, POLLOUT, deadline, sendmsg(s->fd, &message, flags));
}

Value socket_sendmsg(VM *vm, Socket *s, const SocketMessage *message) {
  Tuple *buffers = buffers_of(vm, message->buffers, message->caller), *items = NULL;
  if (!buffers) return VALUE_FAIL;
  if (message->control != VALUE_NONE && !(items = tuple_from_iterable(vm, message->control)))
    return VALUE_FAIL;
  SocketAddress to;
  bool has_address = message->address != VALUE_NONE;
  if (has_address &&
      !address_from_value(vm, SOCKET_KIND(s), message->address, message->caller, &to))
    return VALUE_FAIL;
  if (!SYS_AUDIT(vm, "socket.sendmsg", value_from(s), message->address)) return VALUE_FAIL;
  Parts parts;
  if (!acquire_parts(vm, buffers, NULL, &parts)) return VALUE_FAIL;
  ssize_t n = send_parts(vm, s, &parts, items, has_address ? &to : NULL, message->flags);
  release_parts(vm, &parts);
  return n < 0 ? VALUE_FAIL : value_int(vm, n);
}

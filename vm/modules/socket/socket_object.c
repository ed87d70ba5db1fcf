/* socket_object.c -- _socket.socket: a descriptor with a family and a timeout.
**
** Law: the descriptor is non-blocking exactly while timeout_ns >= 0; an operation with a timeout
** waits in poll() until its deadline. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "vm/base/memory.h"
#include "vm/contracts/buffer.h"
#include "vm/contracts/poll.h"
#include "vm/modules/socket/socket.h"
#include "vm/objects/bytes.h"
#include "vm/objects/float.h"
#include "vm/objects/list.h"
#include "vm/objects/str.h"

#define NATIVE_DEF "vm/modules/socket/socket_object.def"
#define NATIVE_PREFIX socket_
#define NATIVE_SELF Socket *
#include "vm/contracts/native_class.inc"

struct SocketState socket_state = {-1};

/* ---- timeouts */
bool timeout_from_value(VM *vm, Value v, int64_t *ns) {
  double seconds;
  *ns = -1;
  if (v == VALUE_NONE) return true;
  if (!value_to_double(vm, v, &seconds)) return false;
  if (seconds != seconds)
    return raise_false(vm, TYPE_OF(ValueError), "Invalid value NaN (not a number)");
  if (seconds < 0) return raise_false(vm, TYPE_OF(ValueError), "Timeout value out of range");
  if (seconds > 9e9)
    return raise_false(vm, TYPE_OF(OverflowError), "timestamp out of range for platform time_t");
  *ns = (int64_t)(seconds * 1e9);
  if (*ns == 0 && seconds > 0) *ns = 1;
  return true;
}
Value timeout_to_value(VM *vm, int64_t ns) {
  return ns < 0 ? VALUE_NONE : value_float(vm, (double)ns / 1e9);
}

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}
static int64_t deadline_of(const Socket *s) {
  return s->timeout_ns > 0 ? now_ns() + s->timeout_ns : -1;
}

/* wait_until: the descriptor is ready for `events`; false: raised TimeoutError or from a signal
** handler. Needs a deadline. */
static bool wait_until(VM *vm, Socket *s, short events, int64_t deadline) {
  for (;;) {
    if (s->fd < 0) return true; /* closed, perhaps meanwhile: the call says so */
    int64_t left = deadline - now_ns();
    struct pollfd one = {.fd = s->fd, .events = events};
    int n = left < 0 ? 0 : BLOCKING(vm, poll(&one, 1, (int)((left + 999999) / 1000000)));
    if (n > 0) return true;
    if (n == 0 && deadline - now_ns() <= 0)
      return raise_false(vm, TYPE_OF(TimeoutError), "timed out");
    if (n < 0 && errno != EINTR) return raise_errno(vm, errno, VALUE_NONE), false;
    if (!poll_signals(vm)) return false;
  }
}

/* RETRY(vm, s, events, deadline, call): the system call's result once it does not want to wait; -1:
** raised. */
#define RETRY(vm, s, events, deadline, call)                                      \
  ({                                                                              \
    ssize_t n_;                                                                   \
    for (;;) {                                                                    \
      if ((deadline) >= 0 && !wait_until(vm, s, events, deadline)) {              \
        n_ = -1;                                                                  \
        break;                                                                    \
      }                                                                           \
      n_ = BLOCKING(vm, (ssize_t)(call));                                         \
      if (n_ >= 0) break;                                                         \
      if (errno == EINTR) {                                                       \
        if (poll_signals(vm)) continue;                                           \
        break;                                                                    \
      }                                                                           \
      if ((deadline) >= 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) continue; \
      raise_errno(vm, errno, VALUE_NONE);                                         \
      break;                                                                      \
    }                                                                             \
    n_;                                                                           \
  })

static bool set_nonblocking(VM *vm, int fd, bool on) {
  int flags = fcntl(fd, F_GETFL), wanted = on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
  if (flags < 0 || (wanted != flags && fcntl(fd, F_SETFL, wanted) < 0))
    return raise_errno(vm, errno, VALUE_NONE), false;
  return true;
}

/* ---- making and closing */
static void fill(Socket *s, int fd, int family, int type, int proto) {
  s->fd = fd;
  s->family = family;
  s->type = type & ~(SOCK_CLOEXEC | SOCK_NONBLOCK);
  s->proto = proto;
  s->timeout_ns = type & SOCK_NONBLOCK ? 0 : socket_state.default_timeout;
}

static Value socket_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Socket *s = value_object(v);
  s->fd = -1;
  s->timeout_ns = socket_state.default_timeout;
  return v;
}

static int int_option(int fd, int option, int fallback) {
  int value = 0;
  socklen_t size = sizeof value;
  return getsockopt(fd, SOL_SOCKET, option, &value, &size) ? fallback : value;
}

/* adopt: a socket over a descriptor that exists; what was not told is asked of the system. */
static Value adopt(VM *vm, Socket *self, const socket_op_init_args *a) {
  int64_t fd;
  if (value_is_any_float(a->fileno)) return raise_type(vm, "integer argument expected, got float");
  if (!value_index64(vm, a->fileno, &fd, false)) return VALUE_FAIL;
  if (fd < 0) return raise_value(vm, "negative file descriptor");
  SocketAddress address = {.size = sizeof address.storage};
  if (getsockname((int)fd, (struct sockaddr *)&address.storage, &address.size) < 0) {
    if (a->family == -1 || errno == EBADF || errno == ENOTSOCK)
      return raise_errno(vm, errno, VALUE_NONE);
    address.storage.ss_family = (sa_family_t)a->family;
  }
  int family = a->family == -1 ? address.storage.ss_family : a->family;
  int type = a->type == -1 ? int_option((int)fd, SO_TYPE, SOCK_STREAM) : a->type;
  int proto = a->proto == -1 ? int_option((int)fd, SO_PROTOCOL, 0) : a->proto;
  fill(self, (int)fd, family, type, proto);
  return self->timeout_ns >= 0 && !set_nonblocking(vm, self->fd, true) ? VALUE_FAIL : VALUE_NONE;
}

static Value socket_op_init(VM *vm, Socket *self, const socket_op_init_args *a) {
  if (a->fileno != VALUE_NONE) return adopt(vm, self, a);
  int family = a->family == -1 ? AF_INET : a->family, type = a->type == -1 ? SOCK_STREAM : a->type,
      proto = a->proto == -1 ? 0 : a->proto;
  int fd = socket(family, type | SOCK_CLOEXEC, proto);
  if (fd < 0) return raise_errno(vm, errno, VALUE_NONE);
  fill(self, fd, family, type, proto);
  return self->timeout_ns >= 0 && !set_nonblocking(vm, fd, true) ? VALUE_FAIL : VALUE_NONE;
}

Value socket_pair(VM *vm, int family, int type, int proto) {
  int fds[2];
  if (socketpair(family, type | SOCK_CLOEXEC, proto, fds) < 0)
    return raise_errno(vm, errno, VALUE_NONE);
  Value both[2];
  for (int i = 0; i < 2; i++) {
    both[i] = socket_blank(vm, TYPE_OF(socket_socket));
    if (value_is_fail(both[i])) return both[i];
    Socket *s = value_object(both[i]);
    fill(s, fds[i], family, type, proto);
    if (s->timeout_ns >= 0 && !set_nonblocking(vm, s->fd, true)) return VALUE_FAIL;
  }
  return PACK(both[0], both[1]);
}

static Value socket_close_(VM *vm, Socket *self, const socket_close__args *a) {
  int fd = self->fd;
  self->fd = -1;
  if (fd >= 0 && BLOCKING(vm, close(fd)) < 0 && errno != ECONNRESET)
    return raise_errno(vm, errno, VALUE_NONE);
  return VALUE_NONE;
}

static Value socket_op_del(VM *vm, Socket *self, const socket_op_del_args *a) {
  if (self->fd < 0) return VALUE_NONE;
  bool fine = warn(vm, TYPE_OF(ResourceWarning), 1, "unclosed %R", value_from(self));
  if (!fine) error_unraisable(vm, NULL, value_from(self));
  if (self->fd >= 0) close(self->fd);
  self->fd = -1;
  return VALUE_NONE;
}

static Value socket_detach(VM *vm, Socket *self, const socket_detach_args *a) {
  int fd = self->fd;
  self->fd = -1;
  return value_int(vm, fd);
}

static Value socket_op_repr(VM *vm, Socket *self, const socket_op_repr_args *a) {
  Str *text = str_format(vm, "<socket object, fd=%d, family=%d, type=%d, proto=%d>", self->fd,
                         self->family, self->type, self->proto);
  return value_of(text);
}
static Value socket_fileno(VM *vm, Socket *self, const socket_fileno_args *a) {
  return value_int(vm, self->fd);
}
static Value socket_get_family(VM *vm, Socket *self) { return value_int(vm, self->family); }
static Value socket_get_type(VM *vm, Socket *self) { return value_int(vm, self->type); }
static Value socket_get_proto(VM *vm, Socket *self) { return value_int(vm, self->proto); }
static Value socket_get_timeout(VM *vm, Socket *self) {
  return timeout_to_value(vm, self->timeout_ns);
}

static Value set_timeout(VM *vm, Socket *self, int64_t ns) {
  if (!set_nonblocking(vm, self->fd, ns >= 0)) return VALUE_FAIL;
  self->timeout_ns = ns;
  return VALUE_NONE;
}
static Value socket_setblocking(VM *vm, Socket *self, const socket_setblocking_args *a) {
  return set_timeout(vm, self, a->flag ? -1 : 0);
}
static Value socket_getblocking(VM *vm, Socket *self, const socket_getblocking_args *a) {
  return value_bool(self->timeout_ns != 0);
}
static Value socket_settimeout(VM *vm, Socket *self, const socket_settimeout_args *a) {
  int64_t ns;
  return timeout_from_value(vm, a->timeout, &ns) ? set_timeout(vm, self, ns) : VALUE_FAIL;
}
static Value socket_gettimeout(VM *vm, Socket *self, const socket_gettimeout_args *a) {
  return timeout_to_value(vm, self->timeout_ns);
}

/* ---- connecting */
static Value socket_accept(VM *vm, Socket *self, const socket_accept_args *a) {
  SocketAddress from = {.size = sizeof from.storage};
  int64_t deadline = deadline_of(self);
  ssize_t fd =
      RETRY(vm, self, POLLIN, deadline,
            (from.size = sizeof from.storage,
             accept4(self->fd, (struct sockaddr *)&from.storage, &from.size, SOCK_CLOEXEC)));
  if (fd < 0) return VALUE_FAIL;
  Value address = address_to_value(vm, &from);
  if (address == VALUE_FAIL) return close((int)fd), address;
  return PACK(value_int(vm, fd), address);
}

static Value socket_bind(VM *vm, Socket *self, const socket_bind_args *a) {
  SocketAddress to;
  if (!address_from_value(vm, self->family, a->address, "bind", &to)) return VALUE_FAIL;
  return BLOCKING(vm, bind(self->fd, (struct sockaddr *)&to.storage, to.size)) < 0
             ? raise_errno(vm, errno, VALUE_NONE)
             : VALUE_NONE;
}

static Value socket_listen_(VM *vm, Socket *self, const socket_listen__args *a) {
  int backlog =
      a->backlog < 0 ? (a->backlog == -1 && SOMAXCONN < 128 ? SOMAXCONN : 128) : a->backlog;
  return BLOCKING(vm, listen(self->fd, backlog)) < 0 ? raise_errno(vm, errno, VALUE_NONE)
                                                     : VALUE_NONE;
}

/* connect_to: the error number, 0 for success; -1: raised. An interrupted or slow connect goes on
** by itself: wait, then ask. */
static int connect_to(VM *vm, Socket *s, const SocketAddress *to) {
  int64_t deadline = deadline_of(s);
  if (BLOCKING(vm, connect(s->fd, (const struct sockaddr *)&to->storage, to->size)) == 0) return 0;
  bool pending = errno == EINTR || (errno == EINPROGRESS && s->timeout_ns != 0);
  if (!pending) return errno;
  if (errno == EINTR && !poll_signals(vm)) return -1;
  if (s->timeout_ns == 0) return EINPROGRESS;
  if (!wait_until(vm, s, POLLOUT, deadline >= 0 ? deadline : INT64_MAX / 2)) return -1;
  return int_option(s->fd, SO_ERROR, errno);
}
static Value socket_connect_(VM *vm, Socket *self, const socket_connect__args *a) {
  SocketAddress to;
  if (!address_from_value(vm, self->family, a->address, "connect", &to)) return VALUE_FAIL;
  int error = connect_to(vm, self, &to);
  return error == 0 ? VALUE_NONE : error < 0 ? VALUE_FAIL : raise_errno(vm, error, VALUE_NONE);
}
static Value socket_connect_ex(VM *vm, Socket *self, const socket_connect_ex_args *a) {
  SocketAddress to;
  if (!address_from_value(vm, self->family, a->address, "connect_ex", &to)) return VALUE_FAIL;
  int error = connect_to(vm, self, &to);
  if (error < 0 && error_clear_if(vm, TYPE_OF(TimeoutError))) error = EWOULDBLOCK;
  return error < 0 ? VALUE_FAIL : value_int(vm, error);
}

static Value socket_shutdown_(VM *vm, Socket *self, const socket_shutdown__args *a) {
  return BLOCKING(vm, shutdown(self->fd, a->how)) < 0 ? raise_errno(vm, errno, VALUE_NONE)
                                                      : VALUE_NONE;
}
static Value socket_getpeername_(VM *vm, Socket *self, const socket_getpeername__args *a) {
  SocketAddress at = {.size = sizeof at.storage};
  if (getpeername(self->fd, (struct sockaddr *)&at.storage, &at.size) < 0)
    return raise_errno(vm, errno, VALUE_NONE);
  return address_to_value(vm, &at);
}
static Value socket_getsockname_(VM *vm, Socket *self, const socket_getsockname__args *a) {
  SocketAddress at = {.size = sizeof at.storage};
  if (getsockname(self->fd, (struct sockaddr *)&at.storage, &at.size) < 0)
    return raise_errno(vm, errno, VALUE_NONE);
  return address_to_value(vm, &at);
}

/* ---- options */
static Value socket_getsockopt_(VM *vm, Socket *self, const socket_getsockopt__args *a) {
  if (a->size == 0) {
    int flag = 0;
    socklen_t size = sizeof flag;
    if (getsockopt(self->fd, a->level, a->option, &flag, &size) < 0)
      return raise_errno(vm, errno, VALUE_NONE);
    return value_int(vm, flag);
  }
  if (a->size < 0 || a->size > 1024)
    return raise_error(vm, TYPE_OF(OSError), "getsockopt buflen out of range");
  char buffer[1024];
  socklen_t size = (socklen_t)a->size;
  if (getsockopt(self->fd, a->level, a->option, buffer, &size) < 0)
    return raise_errno(vm, errno, VALUE_NONE);
  return value_of(bytes_new(vm, buffer, size));
}

static Value socket_setsockopt_(VM *vm, Socket *self, const socket_setsockopt__args *a) {
  int failed;
  int64_t n;
  if (value_is_any_int(a->value)) {
    if (!value_index64(vm, a->value, &n, true)) return VALUE_FAIL;
    int flag = (int)n;
    failed = setsockopt(self->fd, a->level, a->option, &flag, sizeof flag);
  } else if (a->value == VALUE_NONE && a->length != VALUE_MISSING) {
    if (!value_index64(vm, a->length, &n, false)) return VALUE_FAIL;
    failed = setsockopt(self->fd, a->level, a->option, NULL, (socklen_t)n);
  } else {
    BufferView view;
    if (!buffer_acquire(vm, a->value, &view, false)) return VALUE_FAIL;
    failed = setsockopt(self->fd, a->level, a->option, view.bytes, (socklen_t)view.size);
    buffer_release(vm, &view);
  }
  return failed ? raise_errno(vm, errno, VALUE_NONE) : VALUE_NONE;
}

/* ---- receiving: into memory outside the heap while the lock is released */
static ssize_t receive(VM *vm, Socket *s, void *to, size_t size, int flags, SocketAddress *from) {
  int64_t deadline = deadline_of(s);
  if (!from) return RETRY(vm, s, POLLIN, deadline, recv(s->fd, to, size, flags));
  return RETRY(vm, s, POLLIN, deadline,
               (from->size = sizeof from->storage,
                recvfrom(s->fd, to, size, flags, (struct sockaddr *)&from->storage, &from->size)));
}

static Value receive_bytes(VM *vm, Socket *s, int64_t size, int flags, SocketAddress *from,
                           const char *name) {
  if (size < 0) return raise_value(vm, "negative buffersize in %s", name);
  char small[4096], *to = size <= (int64_t)sizeof small ? small : memory_take((size_t)size);
  if (!to) return raise_memory(vm);
  ssize_t n = receive(vm, s, to, (size_t)size, flags, from);
  Bytes *bytes = n < 0 ? NULL : bytes_new(vm, to, (size_t)n);
  if (to != small) free(to);
  return value_of(bytes);
}
static Value socket_recv_(VM *vm, Socket *self, const socket_recv__args *a) {
  return receive_bytes(vm, self, a->size, a->flags, NULL, "recv");
}
static Value socket_recvfrom_(VM *vm, Socket *self, const socket_recvfrom__args *a) {
  SocketAddress from;
  Value data = receive_bytes(vm, self, a->size, a->flags, &from, "recvfrom");
  Value address = data == VALUE_FAIL ? data : address_to_value(vm, &from);
  return address == VALUE_FAIL ? address : PACK(data, address);
}

static ssize_t receive_into(VM *vm, Socket *s, Value buffer, int64_t size, int flags,
                            SocketAddress *from, const char *name) {
  BufferView view;
  if (size < 0) return raise_value(vm, "negative buffersize in %s", name), -1;
  if (!buffer_acquire(vm, buffer, &view, true)) return -1;
  ssize_t n = -1;
  if ((size_t)size > view.size) raise_value(vm, "nbytes is greater than the length of the buffer");
  else n = receive(vm, s, view.bytes, size ? (size_t)size : view.size, flags, from);
  buffer_release(vm, &view);
  return n;
}
static Value socket_recv_into(VM *vm, Socket *self, const socket_recv_into_args *a) {
  ssize_t n = receive_into(vm, self, a->buffer, a->nbytes, a->flags, NULL, "recv_into");
  return n < 0 ? VALUE_FAIL : value_int(vm, n);
}
static Value socket_recvfrom_into(VM *vm, Socket *self, const socket_recvfrom_into_args *a) {
  SocketAddress from;
  ssize_t n = receive_into(vm, self, a->buffer, a->nbytes, a->flags, &from, "recvfrom_into");
  Value address = n < 0 ? VALUE_FAIL : address_to_value(vm, &from);
  return address == VALUE_FAIL ? address : PACK(value_int(vm, n), address);
}

/* ---- sending */
static Value socket_send_(VM *vm, Socket *self, const socket_send__args *a) {
  int64_t deadline = deadline_of(self);
  ssize_t n =
      RETRY(vm, self, POLLOUT, deadline, send(self->fd, a->data.bytes, a->data.n, a->flags));
  return n < 0 ? VALUE_FAIL : value_int(vm, n);
}

static Value socket_sendall(VM *vm, Socket *self, const socket_sendall_args *a) {
  int64_t deadline = deadline_of(self);
  ssize_t n = 0;
  for (size_t sent = 0; sent < a->data.n && n >= 0; sent += (size_t)n) {
    n = RETRY(vm, self, POLLOUT, deadline,
              send(self->fd, a->data.bytes + sent, a->data.n - sent, a->flags));
    if (n >= 0 && !poll_signals(vm)) n = -1;
    if (n < 0) break;
  }
  return n < 0 ? VALUE_FAIL : VALUE_NONE;
}

static Value socket_sendto_(VM *vm, Value v, const Value *args, int npos, Tuple *kwnames) {
  Socket *self = value_object(v);
  if (kwnames && tuple_length(kwnames))
    return raise_type(vm, "socket.sendto() takes no keyword arguments");
  if (npos < 2 || npos > 3)
    return raise_type(vm, "sendto() takes 2 or 3 arguments (%d given)", npos);
  int64_t flags = 0;
  if (npos == 3 && !value_index64(vm, args[1], &flags, false)) return VALUE_FAIL;
  SocketAddress to;
  BufferView view;
  if (!buffer_acquire(vm, args[0], &view, false)) return VALUE_FAIL;
  ssize_t n = -1;
  if (address_from_value(vm, self->family, args[npos - 1], "sendto", &to)) {
    int64_t deadline = deadline_of(self);
    n = RETRY(vm, self, POLLOUT, deadline,
              sendto(self->fd, view.bytes, view.size, (int)flags, (struct sockaddr *)&to.storage,
                     to.size));
  }
  buffer_release(vm, &view);
  return n < 0 ? VALUE_FAIL : value_int(vm, n);
}

/* ---- messages with ancillary data */
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

static Value socket_recvmsg_(VM *vm, Socket *self, const socket_recvmsg__args *a) {
  if (a->size < 0) return raise_value(vm, "negative buffer size in recvmsg()");
  if (a->control < 0 || a->control > INT32_MAX)
    return raise_value(vm, "invalid ancillary data buffer length");
  char *memory = memory_take_zeroed(1, (size_t)a->size + (size_t)a->control + 64);
  if (!memory) return raise_memory(vm);
  SocketAddress from = {.size = 0};
  char *control = memory + align_up((size_t)a->size, 16);
  struct iovec part = {memory, (size_t)a->size};
  struct msghdr message = {0};
  int64_t deadline = deadline_of(self);
  ssize_t n = RETRY(vm, self, POLLIN, deadline,
                    (message = (struct msghdr){.msg_name = &from.storage,
                                               .msg_namelen = sizeof from.storage,
                                               .msg_iov = &part,
                                               .msg_iovlen = 1,
                                               .msg_control = a->control ? control : NULL,
                                               .msg_controllen = (size_t)a->control},
                     recvmsg(self->fd, &message, a->flags)));
  Value result = VALUE_FAIL;
  if (n >= 0) {
    from.size = message.msg_namelen;
    Bytes *data = bytes_new(vm, memory, (size_t)n);
    Value items = control_items(vm, &message),
          address = items == VALUE_FAIL ? items : address_to_value(vm, &from);
    if (data && address != VALUE_FAIL)
      result = PACK(value_from(data), items, value_int(vm, message.msg_flags), address);
  }
  free(memory);
  return result;
}

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

static Value socket_sendmsg_(VM *vm, Socket *self, const socket_sendmsg__args *a) {
  enum { PARTS = 64, CONTROL = 8192 };
  Tuple *buffers = tuple_from_iterable(vm, a->buffers),
        *items = a->ancdata == VALUE_NONE ? NULL : tuple_from_iterable(vm, a->ancdata);
  if (!buffers || (a->ancdata != VALUE_NONE && !items)) return VALUE_FAIL;
  SocketAddress to;
  bool has_address = a->address != VALUE_NONE;
  if (has_address && !address_from_value(vm, self->family, a->address, "sendmsg", &to))
    return VALUE_FAIL;
  size_t count = tuple_length(buffers), taken = 0, used = 0;
  if (count > PARTS) return raise_error(vm, TYPE_OF(OSError), "sendmsg() argument 1 is too long");
  BufferView views[PARTS];
  struct iovec parts[PARTS];
  _Alignas(16) char control[CONTROL];
  memset(control, 0, sizeof control);
  ssize_t n = 0;
  for (; taken < count; taken++) {
    if (!buffer_acquire(vm, buffers->items[taken], &views[taken], false)) break;
    parts[taken] = (struct iovec){views[taken].bytes, views[taken].size};
  }
  if (taken < count) n = -1;
  for (size_t i = 0; n >= 0 && items && i < tuple_length(items); i++)
    if (!add_control(vm, items->items[i], control, CONTROL, &used)) n = -1;
  if (n >= 0) {
    struct msghdr message = {.msg_iov = parts,
                             .msg_iovlen = count,
                             .msg_control = used ? control : NULL,
                             .msg_controllen = used,
                             .msg_name = has_address ? &to.storage : NULL,
                             .msg_namelen = has_address ? to.size : 0};
    int64_t deadline = deadline_of(self);
    n = RETRY(vm, self, POLLOUT, deadline, sendmsg(self->fd, &message, a->flags));
  }
  while (taken > 0) buffer_release(vm, &views[--taken]);
  return n < 0 ? VALUE_FAIL : value_int(vm, n);
}

const ClassSpec socket_socket_class = {NATIVE_CLASS(socket_), .basic_size = sizeof(Socket)};

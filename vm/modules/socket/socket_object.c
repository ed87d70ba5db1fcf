/* socket_object.c -- _socket.socket: a descriptor with a family and a timeout.
**
** Law: the descriptor is non-blocking exactly while timeout_ns >= 0; an operation with a timeout
** waits in poll() until its deadline. */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_alg.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "vm/contracts/duration.h"
#include "vm/base/memory.h"
#include "vm/contracts/buffer.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/sys.h"
#include "vm/modules/socket/socket.h"
#include "vm/objects/bytes.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/modules/socket/socket_object.def"
#define NATIVE_PREFIX socket_
#define NATIVE_SELF Socket *
#include "vm/contracts/native_class.inc"

struct SocketState socket_state = {-1};

/* ---- timeouts */
bool timeout_from_value(VM *vm, Value v, int64_t *ns) {
  *ns = -1;
  if (v == VALUE_NONE) return true;
  if (!value_duration(vm, v, NS_PER_SECOND, ns)) return false;
  return *ns >= 0 || raise_false(vm, TYPE_OF(ValueError), "Timeout value out of range");
}
Value timeout_to_value(VM *vm, int64_t ns) {
  return ns < 0 ? VALUE_NONE : value_float(vm, (double)ns / 1e9);
}

int64_t socket_deadline(const Socket *s) {
  return s->timeout_ns > 0 ? monotonic_after(s->timeout_ns) : -1;
}

bool socket_wait(VM *vm, Socket *s, short events, int64_t deadline) {
  for (;;) {
    if (s->fd < 0) return true; /* closed, perhaps meanwhile: the call says so */
    int64_t left = deadline - monotonic_after(0);
    struct pollfd one = {.fd = s->fd, .events = events};
    int n = left < 0 ? 0 : BLOCKING(vm, poll(&one, 1, duration_to_poll(left)));
    if (n > 0) return true;
    if (n == 0 && deadline - monotonic_after(0) <= 0)
      return raise_false(vm, TYPE_OF(TimeoutError), "timed out");
    if (n < 0 && errno != EINTR) return raise_errno(vm, errno, VALUE_NONE), false;
    if (!poll_signals(vm)) return false;
  }
}

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
  if (!SYS_AUDIT(vm, "socket.__new__", value_from(self), value_int_unchecked(a->family),
                 value_int_unchecked(a->type), value_int_unchecked(a->proto)))
    return VALUE_FAIL;
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
  bool fine = warn_resource(vm, value_from(self), "unclosed %R", value_from(self));
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
  int64_t deadline = socket_deadline(self);
  ssize_t fd =
      SOCKET_RETRY(vm, self, POLLIN, deadline,
                   (from.size = sizeof from.storage,
                    accept4(self->fd, (struct sockaddr *)&from.storage, &from.size, SOCK_CLOEXEC)));
  if (fd < 0) return VALUE_FAIL;
  Value address = address_to_value(vm, &from, self->proto);
  if (address == VALUE_FAIL) return close((int)fd), address;
  return PACK(value_int(vm, fd), address);
}

static Value socket_bind(VM *vm, Socket *self, const socket_bind_args *a) {
  SocketAddress to;
  if (!address_from_value(vm, SOCKET_KIND(self), a->address, "bind", &to) ||
      !SYS_AUDIT(vm, "socket.bind", value_from(self), a->address))
    return VALUE_FAIL;
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
  int64_t deadline = socket_deadline(s);
  if (BLOCKING(vm, connect(s->fd, (const struct sockaddr *)&to->storage, to->size)) == 0) return 0;
  bool pending = errno == EINTR || (errno == EINPROGRESS && s->timeout_ns != 0);
  if (!pending) return errno;
  if (errno == EINTR && !poll_signals(vm)) return -1;
  if (s->timeout_ns == 0) return EINPROGRESS;
  if (!socket_wait(vm, s, POLLOUT, deadline >= 0 ? deadline : INT64_MAX / 2)) return -1;
  return int_option(s->fd, SO_ERROR, errno);
}
static Value socket_connect_(VM *vm, Socket *self, const socket_connect__args *a) {
  SocketAddress to;
  if (!address_from_value(vm, SOCKET_KIND(self), a->address, "connect", &to) ||
      !SYS_AUDIT(vm, "socket.connect", value_from(self), a->address))
    return VALUE_FAIL;
  int error = connect_to(vm, self, &to);
  return error == 0 ? VALUE_NONE : error < 0 ? VALUE_FAIL : raise_errno(vm, error, VALUE_NONE);
}
static Value socket_connect_ex(VM *vm, Socket *self, const socket_connect_ex_args *a) {
  SocketAddress to;
  if (!address_from_value(vm, SOCKET_KIND(self), a->address, "connect_ex", &to) ||
      !SYS_AUDIT(vm, "socket.connect", value_from(self), a->address))
    return VALUE_FAIL;
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
  return address_to_value(vm, &at, self->proto);
}
static Value socket_getsockname_(VM *vm, Socket *self, const socket_getsockname__args *a) {
  SocketAddress at = {.size = sizeof at.storage};
  if (getsockname(self->fd, (struct sockaddr *)&at.storage, &at.size) < 0)
    return raise_errno(vm, errno, VALUE_NONE);
  return address_to_value(vm, &at, self->proto);
}

/* ---- options */
/* Numbers of AF_VSOCK are of 64 bits. */
static Value wide_option(VM *vm, const Socket *self, const socket_getsockopt__args *a) {
  uint64_t flag = 0;
  socklen_t size = sizeof flag;
  return getsockopt(self->fd, a->level, a->option, &flag, &size) < 0
             ? raise_errno(vm, errno, VALUE_NONE)
             : int_from_uint64(vm, flag);
}
static Value socket_getsockopt_(VM *vm, Socket *self, const socket_getsockopt__args *a) {
  if (a->size == 0 && self->family == AF_VSOCK) return wide_option(vm, self, a);
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
    failed = self->family == AF_VSOCK
                 ? setsockopt(self->fd, a->level, a->option, &n, sizeof n)
                 : setsockopt(self->fd, a->level, a->option, &flag, sizeof flag);
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
  int64_t deadline = socket_deadline(s);
  if (!from) return SOCKET_RETRY(vm, s, POLLIN, deadline, recv(s->fd, to, size, flags));
  return SOCKET_RETRY(
      vm, s, POLLIN, deadline,
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
  Value address = data == VALUE_FAIL ? data : address_to_value(vm, &from, self->proto);
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
  Value address = n < 0 ? VALUE_FAIL : address_to_value(vm, &from, self->proto);
  return address == VALUE_FAIL ? address : PACK(value_int(vm, n), address);
}

/* ---- sending */
static Value socket_send_(VM *vm, Socket *self, const socket_send__args *a) {
  int64_t deadline = socket_deadline(self);
  ssize_t n =
      SOCKET_RETRY(vm, self, POLLOUT, deadline, send(self->fd, a->data.bytes, a->data.n, a->flags));
  return n < 0 ? VALUE_FAIL : value_int(vm, n);
}

static Value socket_sendall(VM *vm, Socket *self, const socket_sendall_args *a) {
  int64_t deadline = socket_deadline(self);
  ssize_t n = 0;
  for (size_t sent = 0; sent < a->data.n && n >= 0; sent += (size_t)n) {
    n = SOCKET_RETRY(vm, self, POLLOUT, deadline,
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
  int flags = 0;
  if (npos == 3 && !convert_format_int_slow(vm, args[1], &flags, NULL, 0)) return VALUE_FAIL;
  SocketAddress to;
  BufferView view;
  if (!buffer_acquire(vm, args[0], &view, false)) return VALUE_FAIL;
  ssize_t n = -1;
  if (address_from_value(vm, SOCKET_KIND(self), args[npos - 1], "sendto", &to) &&
      SYS_AUDIT(vm, "socket.sendto", v, args[npos - 1])) {
    int64_t deadline = socket_deadline(self);
    n = SOCKET_RETRY(
        vm, self, POLLOUT, deadline,
        sendto(self->fd, view.bytes, view.size, flags, (struct sockaddr *)&to.storage, to.size));
  }
  buffer_release(vm, &view);
  return n < 0 ? VALUE_FAIL : value_int(vm, n);
}

/* ---- messages with ancillary data */
static Value socket_recvmsg_(VM *vm, Socket *self, const socket_recvmsg__args *a) {
  return socket_recvmsg(vm, self, a->size, a->control, a->flags);
}
static Value socket_recvmsg_into(VM *vm, Socket *self, const socket_recvmsg_into_args *a) {
  return socket_recvmsg_to(vm, self, a->buffers, a->control, a->flags);
}
static Value socket_sendmsg_(VM *vm, Socket *self, const socket_sendmsg__args *a) {
  SocketMessage message = {a->buffers, a->ancdata, a->address, "sendmsg", a->flags};
  return socket_sendmsg(vm, self, &message);
}

static Value control_of(VM *vm, int type, const void *data, size_t n) {
  return PACK(value_int_unchecked(SOL_ALG), value_int_unchecked(type),
              value_of(bytes_new(vm, data, n)));
}
/* initial_vector: of struct af_alg_iv: its length, then itself. */
static Value initial_vector(VM *vm, const Pin *iv) {
  uint32_t length = (uint32_t)iv->n;
  Bytes *bytes = bytes_new(vm, NULL, sizeof length + iv->n);
  if (!bytes) return VALUE_FAIL;
  memcpy(bytes->data, &length, sizeof length);
  memcpy(bytes->data + sizeof length, iv->bytes, iv->n);
  return control_of(vm, ALG_SET_IV, bytes->data, bytes->length);
}
static Value socket_sendmsg_afalg(VM *vm, Socket *self, const socket_sendmsg_afalg_args *a) {
  int op = -1, length = -1;
  if (self->family != AF_ALG)
    return raise_error(vm, TYPE_OF(OSError), "algset is only supported for AF_ALG");
  if (a->op != VALUE_MISSING) {
    if (!value_is_any_int(a->op))
      return raise_type(vm, "sendmsg_afalg() argument 2 must be int, not %T", a->op);
    if (!convert_format_int_slow(vm, a->op, &op, NULL, 0)) return VALUE_FAIL;
  }
  if (op < 0) return raise_type(vm, "Invalid or missing argument 'op'");
  if (a->assoclen != VALUE_MISSING) {
    if (!convert_format_int_slow(vm, a->assoclen, &length, NULL, 0)) return VALUE_FAIL;
    if (length < 0) return raise_type(vm, "assoclen must be positive");
  }
  Value control[3];
  size_t n = 0;
  control[n++] = control_of(vm, ALG_SET_OP, &op, sizeof op);
  if (a->iv != VALUE_MISSING) {
    Pin iv;
    if (!pin_of(vm, a->iv, &iv)) return VALUE_FAIL;
    control[n++] = initial_vector(vm, &iv);
    pin_release(vm, &iv);
  }
  if (length >= 0) control[n++] = control_of(vm, ALG_SET_AEAD_ASSOCLEN, &length, sizeof length);
  for (size_t i = 0; i < n; i++)
    if (control[i] == VALUE_FAIL) return VALUE_FAIL;
  Value items = value_of(tuple_from_values(vm, control, n));
  Value buffers = a->msg == VALUE_MISSING ? value_of(tuple_new(vm, 0)) : a->msg;
  if (items == VALUE_FAIL || buffers == VALUE_FAIL) return VALUE_FAIL;
  return socket_sendmsg(vm, self,
                        &(SocketMessage){buffers, items, VALUE_NONE, "sendmsg", a->flags});
}

const ClassSpec socket_socket_class = {NATIVE_CLASS(socket_), .basic_size = sizeof(Socket)};

/* socket.h -- the module _socket: what its files share. */
#ifndef KRAIT_MODULES_SOCKET_H
#define KRAIT_MODULES_SOCKET_H

#include <sys/socket.h>

#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"

typedef struct Socket {
  Object h;
  int fd; /* -1: closed */
  int family, type, proto;
  int64_t timeout_ns; /* -1: blocking, 0: never waits */
} Socket;

typedef struct SocketAddress {
  struct sockaddr_storage storage;
  socklen_t size;
} SocketAddress;

extern struct SocketState { int64_t default_timeout; /* ns, -1: none */ } socket_state;

/* ---- addresses (socket_address.c) */
typedef struct SocketKind {
  int family, proto;
} SocketKind;
#define SOCKET_KIND(s) ((SocketKind){(s)->family, (s)->proto})
/* address_from_value: what `caller` was given, for sockets of the kind. */
MUST_USE MAY_RUN bool address_from_value(VM *vm, SocketKind kind, Value v, const char *caller,
                                         SocketAddress *out);
MUST_USE MAY_RUN Value address_to_value(VM *vm, const SocketAddress *address, int proto);
/* The same for families besides those of the internet and the file system (socket_family.c);
** family_address_to_value: VALUE_UNBOUND for one that it does not know. */
MUST_USE MAY_RUN bool family_address_from_value(VM *vm, SocketKind kind, Value v,
                                                const char *caller, SocketAddress *out);
MUST_USE MAY_RUN Value family_address_to_value(VM *vm, const SocketAddress *address, int proto);
/* of buses and clusters (socket_bus.c) */
MUST_USE MAY_RUN bool bus_address_from_value(VM *vm, SocketKind kind, Value v, const char *caller,
                                             SocketAddress *out);
MUST_USE MAY_RUN Value bus_address_to_value(VM *vm, const SocketAddress *address, int proto);
/* address_bits: an int's low bits, for numbers in addresses; all are set of one that is too
** large */
MUST_USE MAY_RUN bool address_bits(VM *vm, Value v, uint64_t *out);
/* host_lookup: the first address of a name ("" is any, "<broadcast>" all); family AF_UNSPEC,
** AF_INET or AF_INET6. */
MUST_USE MAY_RUN bool host_lookup(VM *vm, const char *host, int family, SocketAddress *out);
/* host_text: a host given as str (IDNA when it is not ASCII), bytes or bytearray. */
MUST_USE MAY_RUN const char *host_text(VM *vm, Value v);
COLD Value raise_gai(VM *vm, int code);
COLD Value raise_herror(VM *vm, int code);
MUST_USE Value address_host(VM *vm, const SocketAddress *address); /* its numeric text */
MUST_USE MAY_RUN bool address_classes_init(VM *vm, Module *module);

/* ---- messages with ancillary data (socket_message.c) */
MUST_USE MAY_RUN Value socket_recvmsg(VM *vm, Socket *s, int64_t size, int64_t control, int flags);
MUST_USE MAY_RUN Value socket_recvmsg_to(VM *vm, Socket *s, Value buffers, int64_t control,
                                         int flags);
typedef struct SocketMessage {
  Value buffers, control, address; /* VALUE_NONE: none */
  const char *caller;              /* as messages name it */
  int flags;
} SocketMessage;
MUST_USE MAY_RUN Value socket_sendmsg(VM *vm, Socket *s, const SocketMessage *message);

/* ---- waiting (socket_object.c) */
int64_t socket_deadline(const Socket *s); /* -1: none */
/* socket_wait: the descriptor is ready for `events`; false: raised TimeoutError or from a signal
** handler. Needs a deadline. */
MUST_USE MAY_RUN bool socket_wait(VM *vm, Socket *s, short events, int64_t deadline);

/* SOCKET_RETRY(vm, s, events, deadline, call): the system call's result once it does not want to
** wait; -1: raised. */
#define SOCKET_RETRY(vm, s, events, deadline, call)                               \
  ({                                                                              \
    ssize_t n_;                                                                   \
    for (;;) {                                                                    \
      if ((deadline) >= 0 && !socket_wait(vm, s, events, deadline)) {             \
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

/* ---- timeouts (socket_object.c) */
MUST_USE MAY_RUN bool timeout_from_value(VM *vm, Value v, int64_t *ns);
MUST_USE Value timeout_to_value(VM *vm, int64_t ns);
MUST_USE Value socket_pair(VM *vm, int family, int type, int proto);

#endif

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
/* address_from_value: what `caller` was given, for sockets of the family. */
MUST_USE MAY_RUN bool address_from_value(VM *vm, int family, Value v, const char *caller,
                                         SocketAddress *out);
MUST_USE MAY_RUN Value address_to_value(VM *vm, const SocketAddress *address);
/* host_lookup: the first address of a name ("" is any, "<broadcast>" all); family AF_UNSPEC,
** AF_INET or AF_INET6. */
MUST_USE MAY_RUN bool host_lookup(VM *vm, const char *host, int family, SocketAddress *out);
/* host_text: a host given as str (IDNA when it is not ASCII), bytes or bytearray. */
MUST_USE MAY_RUN const char *host_text(VM *vm, Value v);
COLD Value raise_gai(VM *vm, int code);
COLD Value raise_herror(VM *vm, int code);
MUST_USE Value address_host(VM *vm, const SocketAddress *address); /* its numeric text */
MUST_USE MAY_RUN bool address_classes_init(VM *vm, Module *module);

/* ---- timeouts (socket_object.c) */
MUST_USE MAY_RUN bool timeout_from_value(VM *vm, Value v, int64_t *ns);
MUST_USE Value timeout_to_value(VM *vm, int64_t ns);
MUST_USE Value socket_pair(VM *vm, int family, int type, int proto);

#endif

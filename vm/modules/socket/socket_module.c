/* socket_module.c -- the module _socket: name lookup, byte order, interfaces, constants. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <unistd.h>

#include "vm/contracts/buffer.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/sys.h"
#include "vm/contracts/type.h"
#include "vm/modules/socket/bluetooth.h"
#include "vm/modules/socket/socket.h"
#include "vm/objects/codec.h"
#include "vm/objects/bytes.h"
#include "vm/objects/list.h"
#include "vm/objects/str.h"
#include "vm/runtime/path.h"

#define NATIVE_DEF "vm/modules/socket/socket.def"
#define NATIVE_PREFIX socket_
#include "vm/contracts/native_class.inc"

static Value text_value(VM *vm, const char *text) {
  Str *s = text ? str_new_utf8(vm, text, strlen(text)) : NULL;
  return s ? value_from(s) : text ? VALUE_FAIL : VALUE_NONE;
}

/* ---- descriptors */
static Value socket_socketpair_(VM *vm, Value self, const socket_socketpair__args *a) {
  return socket_pair(vm, a->family, a->type, a->proto);
}
static Value socket_close_(VM *vm, Value self, const socket_close__args *a) {
  return BLOCKING(vm, close((int)a->fd)) < 0 && errno != ECONNRESET
             ? raise_errno(vm, errno, VALUE_NONE)
             : VALUE_NONE;
}
static Value socket_dup_(VM *vm, Value self, const socket_dup__args *a) {
  int fd = fcntl((int)a->fd, F_DUPFD_CLOEXEC, 0);
  return fd < 0 ? raise_errno(vm, errno, VALUE_NONE) : value_int(vm, fd);
}

/* ---- looking up */
static const char *service_text(VM *vm, Value port, char digits[24]) {
  int64_t n;
  if (value_is_any_int(port)) {
    if (!value_long(vm, port, &n)) return NULL;
    snprintf(digits, 24, "%lld", (long long)n);
    return digits;
  }
  if (value_is_str(port)) port = str_encode(vm, value_object(port), NULL, NULL);
  if (port == VALUE_FAIL) return NULL;
  if (value_has_flag(port, TYPE_BYTES_SUBCLASS))
    return (const char *)((Bytes *)value_object(port))->data;
  return raise_error(vm, TYPE_OF(OSError), "Int or String expected"), NULL;
}

static Value socket_getaddrinfo_(VM *vm, Value self, const socket_getaddrinfo__args *a) {
  const char *host = NULL, *service = NULL;
  char digits[24];
  if (a->host != VALUE_NONE) {
    if (!value_is_str(a->host) && !value_has_flag(a->host, TYPE_BYTES_SUBCLASS))
      return raise_type(vm, "getaddrinfo() argument 1 must be string or None");
    if (!(host = host_text(vm, a->host))) return VALUE_FAIL;
  }
  if (a->port != VALUE_NONE && !(service = service_text(vm, a->port, digits))) return VALUE_FAIL;
  if (!SYS_AUDIT(vm, "socket.getaddrinfo", a->host, a->port, value_int_unchecked(a->family),
                 value_int_unchecked(a->type), value_int_unchecked(a->proto)))
    return VALUE_FAIL;
  struct addrinfo hints = {.ai_family = a->family,
                           .ai_socktype = a->type,
                           .ai_protocol = a->proto,
                           .ai_flags = a->flags},
                  *found = NULL;
  int failed = BLOCKING(vm, getaddrinfo(host, service, &hints, &found));
  if (failed) return raise_gai(vm, failed);
  List *all = list_new(vm, 4);
  bool ok = all != NULL;
  for (struct addrinfo *at = found; ok && at; at = at->ai_next) {
    SocketAddress address = {.size = at->ai_addrlen};
    memcpy(&address.storage, at->ai_addr, at->ai_addrlen);
    Value where = address_to_value(vm, &address, 0),
          name = text_value(vm, at->ai_canonname ? at->ai_canonname : "");
    ok = where != VALUE_FAIL &&
         list_append_value(vm, all,
                           PACK(value_int(vm, at->ai_family), value_int(vm, at->ai_socktype),
                                value_int(vm, at->ai_protocol), name, where));
  }
  freeaddrinfo(found);
  return ok ? value_from(all) : VALUE_FAIL;
}

/* numeric_address: of (host, port[, flow[, scope]]), the host in numbers. */
static bool numeric_address(VM *vm, const Tuple *given, SocketAddress *out) {
  size_t n = tuple_length(given);
  int port;
  int64_t flow = 0, scope = 0;
  char digits[24];
  const char *host = str_utf8(vm, value_object(given->items[0]), NULL);
  if (!host || !convert_format_int_slow(vm, given->items[1], &port, NULL, 0)) return false;
  if (n > 2 && !value_index64(vm, given->items[2], &flow, true)) return false;
  if (n > 3 && !value_index64(vm, given->items[3], &scope, true)) return false;
  if (flow < 0 || flow > 0xfffff)
    return raise_false(vm, TYPE_OF(OverflowError), "getnameinfo(): flowinfo must be 0-1048575.");
  snprintf(digits, sizeof digits, "%d", port);
  struct addrinfo hints = {.ai_socktype = SOCK_DGRAM, .ai_flags = AI_NUMERICHOST}, *found = NULL;
  int failed = BLOCKING(vm, getaddrinfo(host, digits, &hints, &found));
  if (failed) return raise_gai(vm, failed), false;
  bool several = found->ai_next, four = found->ai_family == AF_INET;
  memcpy(&out->storage, found->ai_addr, found->ai_addrlen);
  out->size = found->ai_addrlen;
  freeaddrinfo(found);
  if (several) return raise_false(vm, TYPE_OF(OSError), "sockaddr resolved to multiple addresses");
  if (four && n != 2) return raise_false(vm, TYPE_OF(OSError), "IPv4 sockaddr must be 2 tuple");
  if (four) return true;
  struct sockaddr_in6 *six = (struct sockaddr_in6 *)&out->storage;
  six->sin6_flowinfo = htonl((uint32_t)flow);
  six->sin6_scope_id = (uint32_t)scope;
  return true;
}
static Value socket_getnameinfo_(VM *vm, Value self, const socket_getnameinfo__args *a) {
  if (!value_has_flag(a->sockaddr, TYPE_TUPLE_SUBCLASS))
    return raise_type(vm, "getnameinfo() argument 1 must be a tuple");
  Tuple *given = value_object(a->sockaddr);
  size_t n = tuple_length(given);
  if (n < 2 || n > 4 || !value_is_str(given->items[0]))
    return raise_type(vm, "getnameinfo(): illegal sockaddr argument");
  if (!sys_audit(vm, "socket.getnameinfo", a->sockaddr)) return VALUE_FAIL;
  SocketAddress address;
  if (!numeric_address(vm, given, &address)) return VALUE_FAIL;
  char name[NI_MAXHOST], service[NI_MAXSERV];
  int failed = BLOCKING(vm, getnameinfo((struct sockaddr *)&address.storage, address.size, name,
                                        sizeof name, service, sizeof service, a->flags));
  return failed ? raise_gai(vm, failed) : PACK(text_value(vm, name), text_value(vm, service));
}

static Value socket_gethostbyname_(VM *vm, Value self, const socket_gethostbyname__args *a) {
  SocketAddress address;
  const char *host = host_text(vm, a->host);
  return host && sys_audit(vm, "socket.gethostbyname", a->host) &&
                 host_lookup(vm, host, AF_INET, &address)
             ? address_host(vm, &address)
             : VALUE_FAIL;
}

static Value host_entry(VM *vm, const struct hostent *host, int error) {
  if (!host) return raise_herror(vm, error);
  List *aliases = list_new(vm, 2), *addresses = list_new(vm, 2);
  bool ok = aliases && addresses;
  for (char **at = host->h_aliases; ok && *at; at++)
    ok = list_append_value(vm, aliases, text_value(vm, *at));
  for (char **at = host->h_addr_list; ok && *at; at++) {
    char text[INET6_ADDRSTRLEN];
    inet_ntop(host->h_addrtype, *at, text, sizeof text);
    ok = list_append_value(vm, addresses, text_value(vm, text));
  }
  return ok ? PACK(text_value(vm, host->h_name), value_from(aliases), value_from(addresses))
            : VALUE_FAIL;
}
static Value socket_gethostbyname_ex(VM *vm, Value self, const socket_gethostbyname_ex_args *a) {
  SocketAddress address;
  const char *host = host_text(vm, a->host);
  if (!host || !sys_audit(vm, "socket.gethostbyname", a->host) ||
      !host_lookup(vm, host, AF_INET, &address))
    return VALUE_FAIL;
  struct hostent entry, *found = NULL;
  char memory[16384];
  int error = 0;
  gethostbyname_r(host, &entry, memory, sizeof memory, &found, &error);
  return host_entry(vm, found, error);
}
static Value socket_gethostbyaddr_(VM *vm, Value self, const socket_gethostbyaddr__args *a) {
  SocketAddress address;
  const char *host = host_text(vm, a->host);
  if (!host || !sys_audit(vm, "socket.gethostbyaddr", a->host) ||
      !host_lookup(vm, host, AF_UNSPEC, &address))
    return VALUE_FAIL;
  bool six = address.storage.ss_family == AF_INET6;
  const void *raw = six ? (void *)&((struct sockaddr_in6 *)&address.storage)->sin6_addr
                        : (void *)&((struct sockaddr_in *)&address.storage)->sin_addr;
  struct hostent entry, *found = NULL;
  char memory[16384];
  int error = 0;
  gethostbyaddr_r(raw, six ? 16 : 4, address.storage.ss_family, &entry, memory, sizeof memory,
                  &found, &error);
  return host_entry(vm, found, error);
}

static Value socket_gethostname_(VM *vm, Value self, const socket_gethostname__args *a) {
  if (!sys_audit(vm, "socket.gethostname", VALUE_UNBOUND)) return VALUE_FAIL;
  char name[1025] = {0};
  return gethostname(name, sizeof name - 1) ? raise_errno(vm, errno, VALUE_NONE)
                                            : text_value(vm, name);
}
static Value socket_sethostname_(VM *vm, Value self, const socket_sethostname__args *a) {
  bool is_text = value_is_str(a->name) || value_has_flag(a->name, TYPE_BYTES_SUBCLASS);
  Value name = is_text ? a->name : path_fspath(vm, a->name);
  Bytes *bytes = name == VALUE_FAIL ? NULL : path_encode(vm, name);
  if (!bytes || !sys_audit(vm, "socket.sethostname", value_from(bytes))) return VALUE_FAIL;
  return sethostname((const char *)bytes->data, bytes->length) ? raise_errno(vm, errno, VALUE_NONE)
                                                               : VALUE_NONE;
}
static const char *optional_text(VM *vm, Str *s) { return s ? str_utf8(vm, s, NULL) : NULL; }
static Value proto_value(Str *proto) { return proto ? value_from(proto) : VALUE_NONE; }
static Value socket_getservbyname_(VM *vm, Value self, const socket_getservbyname__args *a) {
  if (!SYS_AUDIT(vm, "socket.getservbyname", value_from(a->name), proto_value(a->proto)))
    return VALUE_FAIL;
  struct servent *found = getservbyname(str_utf8(vm, a->name, NULL), optional_text(vm, a->proto));
  return found ? value_int(vm, ntohs((uint16_t)found->s_port))
               : raise_error(vm, TYPE_OF(OSError), "service/proto not found");
}
static Value socket_getservbyport_(VM *vm, Value self, const socket_getservbyport__args *a) {
  if (a->port < 0 || a->port > 65535)
    return raise_error(vm, TYPE_OF(OverflowError), "getservbyport: port must be 0-65535.");
  if (!SYS_AUDIT(vm, "socket.getservbyport", value_int_unchecked(a->port), proto_value(a->proto)))
    return VALUE_FAIL;
  struct servent *found = getservbyport(htons((uint16_t)a->port), optional_text(vm, a->proto));
  return found ? text_value(vm, found->s_name)
               : raise_error(vm, TYPE_OF(OSError), "port/proto not found");
}
static Value socket_getprotobyname_(VM *vm, Value self, const socket_getprotobyname__args *a) {
  struct protoent *found = getprotobyname(str_utf8(vm, a->name, NULL));
  return found ? value_int(vm, found->p_proto)
               : raise_error(vm, TYPE_OF(OSError), "protocol not found");
}

/* ---- byte order */
static Value swap16(VM *vm, int x, const char *name) {
  if (x < 0)
    return raise_error(vm, TYPE_OF(OverflowError),
                       "%s: can't convert negative Python int to C 16-bit unsigned integer", name);
  if (x > 0xffff)
    return raise_error(vm, TYPE_OF(OverflowError),
                       "%s: Python int too large to convert to C 16-bit unsigned integer", name);
  return value_int(vm, htons((uint16_t)x));
}
static Value swap32(VM *vm, Value v) {
  uint64_t x;
  if (!value_is_any_int(v)) return raise_type(vm, "expected int, %T found", v);
  if (!value_int_word(vm, v, &x)) return VALUE_FAIL;
  if (x > 0xffffffff) return raise_error(vm, TYPE_OF(OverflowError), "int larger than 32 bits");
  return value_int(vm, htonl((uint32_t)x));
}
static Value socket_ntohs_(VM *vm, Value self, const socket_ntohs__args *a) {
  return swap16(vm, a->x, "ntohs");
}
static Value socket_htons_(VM *vm, Value self, const socket_htons__args *a) {
  return swap16(vm, a->x, "htons");
}
static Value socket_ntohl_(VM *vm, Value self, const socket_ntohl__args *a) {
  return swap32(vm, a->x);
}
static Value socket_htonl_(VM *vm, Value self, const socket_htonl__args *a) {
  return swap32(vm, a->x);
}

/* ---- addresses as packed bytes */
static Value packed_value(VM *vm, const void *bytes, size_t size) {
  return value_of(bytes_new(vm, bytes, size));
}
static Value socket_inet_aton_(VM *vm, Value self, const socket_inet_aton__args *a) {
  struct in_addr to;
  const char *text = str_utf8(vm, a->ip, NULL);
  if (!text) return VALUE_FAIL;
  return inet_aton(text, &to)
             ? packed_value(vm, &to, 4)
             : raise_error(vm, TYPE_OF(OSError), "illegal IP address string passed to inet_aton");
}
static Value unpack_address(VM *vm, int family, Value packed, const char *wrong) {
  BufferView view;
  if (!buffer_acquire(vm, packed, &view, false)) return VALUE_FAIL;
  bool fits = view.size == (family == AF_INET6 ? 16 : 4);
  char text[INET6_ADDRSTRLEN];
  if (fits) inet_ntop(family, view.bytes, text, sizeof text);
  buffer_release(vm, &view);
  return fits                                   ? text_value(vm, text)
         : family == AF_INET && wrong[0] == 'p' ? raise_error(vm, TYPE_OF(OSError), "%s", wrong)
                                                : raise_value(vm, "%s", wrong);
}
static Value socket_inet_ntoa_(VM *vm, Value self, const socket_inet_ntoa__args *a) {
  return unpack_address(vm, AF_INET, a->packed, "packed IP wrong length");
}
static Value socket_inet_pton_(VM *vm, Value self, const socket_inet_pton__args *a) {
  char packed[16];
  const char *text = str_utf8(vm, a->ip, NULL);
  if (!text) return VALUE_FAIL;
  int done = inet_pton(a->family, text, packed);
  if (done < 0) return raise_errno(vm, errno, VALUE_NONE);
  return done ? packed_value(vm, packed, a->family == AF_INET6 ? 16 : 4)
              : raise_error(vm, TYPE_OF(OSError), "illegal IP address string passed to inet_pton");
}
static Value socket_inet_ntop_(VM *vm, Value self, const socket_inet_ntop__args *a) {
  if (a->family != AF_INET && a->family != AF_INET6)
    return raise_value(vm, "unknown address family %d", a->family);
  return unpack_address(vm, a->family, a->packed, "invalid length of packed IP address string");
}

/* ---- the rest */
static Value socket_getdefaulttimeout(VM *vm, Value self, const socket_getdefaulttimeout_args *a) {
  return timeout_to_value(vm, socket_state.default_timeout);
}
static Value socket_setdefaulttimeout(VM *vm, Value self, const socket_setdefaulttimeout_args *a) {
  return value_none_if(timeout_from_value(vm, a->timeout, &socket_state.default_timeout));
}
static Value socket_if_nameindex_(VM *vm, Value self, const socket_if_nameindex__args *a) {
  struct if_nameindex *all = if_nameindex();
  if (!all) return raise_errno(vm, errno, VALUE_NONE);
  List *list = list_new(vm, 4);
  bool ok = list != NULL;
  for (struct if_nameindex *at = all; ok && at->if_index; at++)
    ok =
        list_append_value(vm, list, PACK(value_int(vm, at->if_index), text_value(vm, at->if_name)));
  if_freenameindex(all);
  return ok ? value_from(list) : VALUE_FAIL;
}
static Value socket_if_nametoindex_(VM *vm, Value self, const socket_if_nametoindex__args *a) {
  unsigned index = if_nametoindex(str_utf8(vm, a->name, NULL));
  return index ? value_int(vm, index)
               : raise_error(vm, TYPE_OF(OSError), "no interface with this name");
}
static Value socket_if_indextoname_(VM *vm, Value self, const socket_if_indextoname__args *a) {
  char name[IF_NAMESIZE + 1];
  uint64_t index;
  if (!value_int_word(vm, a->index, &index)) return VALUE_FAIL;
  return if_indextoname((unsigned)index, name) ? text_value(vm, name)
                                               : raise_errno(vm, errno, VALUE_NONE);
}
/* The sum must be an int's. */
static Value socket_cmsg_len(VM *vm, Value self, const socket_cmsg_len_args *a) {
  if (a->length < 0 || a->length > INT32_MAX - (int64_t)CMSG_LEN(0))
    return raise_error(vm, TYPE_OF(OverflowError), "CMSG_LEN() argument out of range");
  return value_int(vm, (int64_t)CMSG_LEN((size_t)a->length));
}
static Value socket_cmsg_space(VM *vm, Value self, const socket_cmsg_space_args *a) {
  if (a->length < 0 || a->length > INT32_MAX - (int64_t)CMSG_SPACE(1))
    return raise_error(vm, TYPE_OF(OverflowError), "CMSG_SPACE() argument out of range");
  return value_int(vm, (int64_t)CMSG_SPACE((size_t)a->length));
}

static const NamedInt constants[] = {
#define CONSTANT(name) {#name, (int64_t)(name)},
#define NUMBER(name, value) {#name, value},
#include "vm/modules/socket/socket_constants.def"
};

static bool init(VM *vm, Module *module) {
  if (!module_add_ints(vm, module, constants, ARRAY_COUNT(constants))) return false;
  return module_add(vm, module, "has_ipv6", VALUE_TRUE) &&
         module_add_str(vm, module, "BDADDR_ANY", "00:00:00:00:00:00") &&
         module_add_str(vm, module, "BDADDR_LOCAL", "00:00:00:FF:FF:FF") &&
         module_add_type(vm, module, TYPE_OF(socket_socket)) &&
         module_add(vm, module, "SocketType", value_from(TYPE_OF(socket_socket))) &&
         module_add(vm, module, "error", value_from(TYPE_OF(OSError))) &&
         module_add(vm, module, "timeout", value_from(TYPE_OF(TimeoutError))) &&
         address_classes_init(vm, module);
}

const ModuleSpec _socket_module = {
    .name = "_socket",
    .doc =
        "Implementation module for socket operations.\n\nSee the socket module for documentation.",
    NATIVE_FUNCTIONS(socket_),
    .init = init,
};

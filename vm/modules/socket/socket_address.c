/* socket_address.c -- addresses between Python and the system, name lookup and its errors. */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netlink.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/un.h>

#include "vm/contracts/buffer.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/type.h"
#include "vm/modules/socket/socket.h"
#include "vm/objects/bytes.h"
#include "vm/objects/dict.h"
#include "vm/objects/tuple.h"

/* Registered by the first import. */
static struct { Value gaierror, herror; /* classes */ } state = {VALUE_NONE, VALUE_NONE};

/* ---- errors: (number, text) */
static Value raise_numbered(VM *vm, Value cls, int code, const char *text) {
  Str *message = str_new_cstr(vm, text);
  Value error = message ? call2(vm, cls, value_int(vm, code), value_from(message)) : VALUE_FAIL;
  return error == VALUE_FAIL ? error : raise_object(vm, error);
}

Value raise_gai(VM *vm, int code) {
  if (code == EAI_SYSTEM) return raise_errno(vm, errno, VALUE_NONE);
  return raise_numbered(vm, state.gaierror, code, gai_strerror(code));
}
Value raise_herror(VM *vm, int code) {
  return raise_numbered(vm, state.herror, code, hstrerror(code));
}

static Value new_class(VM *vm, const char *name) {
  Dict *attrs = dict_new(vm);
  if (!dict_set_str(vm, attrs, NAME("__module__"), value_from(NAME("socket")))) return VALUE_FAIL;
  return type_new(vm, TYPE_OF(type), str_intern_cstr(vm, name), TUPLE(value_from(TYPE_OF(OSError))),
                  attrs, NULL, NULL);
}

bool address_classes_init(VM *vm, Module *module) {
  if (state.gaierror == VALUE_NONE) {
    heap_add_root(vm, &state.gaierror);
    heap_add_root(vm, &state.herror);
    state.gaierror = new_class(vm, "gaierror");
    state.herror = new_class(vm, "herror");
  }
  return state.gaierror != VALUE_FAIL && state.herror != VALUE_FAIL &&
         module_add(vm, module, "gaierror", state.gaierror) &&
         module_add(vm, module, "herror", state.herror);
}

/* ---- hosts */
const char *host_text(VM *vm, Value v) {
  Value bytes = v;
  if (value_is_str(v)) {
    if (str_is_ascii(value_object(v))) return str_utf8(vm, value_object(v), NULL);
    bytes = call_method1(vm, v, NAME("encode"), value_from(NAME("idna")));
  } else if (value_has_flag(v, TYPE_BYTEARRAY_SUBCLASS)) {
    bytes = call1(vm, value_from(TYPE_OF(bytes)), v);
  }
  if (bytes == VALUE_FAIL) return NULL;
  if (!value_has_flag(bytes, TYPE_BYTES_SUBCLASS))
    return raise_type(vm, "str, bytes or bytearray expected, not %T", v), NULL;
  return (const char *)((Bytes *)value_object(bytes))->data;
}

bool host_lookup(VM *vm, const char *host, int family, SocketAddress *out) {
  memset(out, 0, sizeof *out);
  struct addrinfo hints = {.ai_family = family, .ai_socktype = SOCK_DGRAM}, *found = NULL;
  bool any = !*host, all = strcmp(host, "<broadcast>") == 0 || strcmp(host, "255.255.255.255") == 0;
  if (all) {
    struct sockaddr_in *to = (struct sockaddr_in *)&out->storage;
    if (family != AF_INET && family != AF_UNSPEC)
      return raise_false(vm, TYPE_OF(OSError), "address family mismatched");
    to->sin_family = AF_INET;
    to->sin_addr.s_addr = INADDR_BROADCAST;
    out->size = sizeof *to;
    return true;
  }
  if (any) hints.ai_flags = AI_PASSIVE;
  int failed = BLOCKING(vm, getaddrinfo(any ? NULL : host, any ? "0" : NULL, &hints, &found));
  if (failed) return raise_gai(vm, failed), false;
  memcpy(&out->storage, found->ai_addr, found->ai_addrlen);
  out->size = found->ai_addrlen;
  freeaddrinfo(found);
  return true;
}

/* Without the scope of an IPv6 address, which has a place of its own. */
Value address_host(VM *vm, const SocketAddress *address) {
  char text[NI_MAXHOST];
  if (address->storage.ss_family == AF_INET6) {
    const struct sockaddr_in6 *from = (const struct sockaddr_in6 *)&address->storage;
    if (!inet_ntop(AF_INET6, &from->sin6_addr, text, sizeof text))
      return raise_errno(vm, errno, VALUE_NONE);
    return value_of(str_new_cstr(vm, text));
  }
  int failed = getnameinfo((const struct sockaddr *)&address->storage, address->size, text,
                           sizeof text, NULL, 0, NI_NUMERICHOST);
  return failed ? raise_gai(vm, failed) : value_of(str_new_cstr(vm, text));
}

/* ---- from Python */
static bool port_of(VM *vm, Value v, const char *caller, uint16_t *port) {
  int64_t n;
  if (!value_is_any_int(v) && !value_has_special(v, SPECIAL_index))
    return raise_false(vm, TYPE_OF(TypeError), "'%T' object cannot be interpreted as an integer",
                       v);
  if (!value_index64(vm, v, &n, true)) return false;
  if (n < 0 || n > 65535)
    return raise_false(vm, TYPE_OF(OverflowError), "%s(): port must be 0-65535.", caller);
  *port = htons((uint16_t)n);
  return true;
}

static bool unix_address(VM *vm, Value v, const char *caller, SocketAddress *out) {
  struct sockaddr_un *to = (struct sockaddr_un *)&out->storage;
  BufferView view = {0};
  Value bytes = v;
  if (value_is_str(v))
    bytes = call_method2(vm, v, NAME("encode"), value_from(NAME("utf-8")),
                         value_from(NAME("surrogateescape")));
  if (bytes == VALUE_FAIL || !buffer_acquire(vm, bytes, &view, false)) return false;
  bool abstract = !view.size || view.bytes[0] == 0, /* of no name: the system makes one */
      fits = view.size < sizeof to->sun_path + abstract;
  if (fits) memcpy(to->sun_path, view.bytes, view.size);
  to->sun_family = AF_UNIX;
  out->size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + view.size + !abstract);
  buffer_release(vm, &view);
  return fits || raise_false(vm, TYPE_OF(OSError), "AF_UNIX path too long");
}

static bool inet_address(VM *vm, Value v, const char *caller, SocketAddress *out) {
  if (!value_has_flag(v, TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "%s(): AF_INET address must be tuple, not %T",
                       caller, v);
  Tuple *pair = value_object(v);
  if (tuple_length(pair) != 2)
    return raise_false(vm, TYPE_OF(TypeError), "AF_INET address must be a pair (host, port)");
  uint16_t port;
  const char *host = host_text(vm, pair->items[0]);
  if (!host || !port_of(vm, pair->items[1], caller, &port) || !host_lookup(vm, host, AF_INET, out))
    return false;
  ((struct sockaddr_in *)&out->storage)->sin_port = port;
  return true;
}

static bool inet6_address(VM *vm, Value v, const char *caller, SocketAddress *out) {
  if (!value_has_flag(v, TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "%s(): AF_INET6 address must be tuple, not %T",
                       caller, v);
  Tuple *items = value_object(v);
  size_t n = tuple_length(items);
  if (n < 2 || n > 4)
    return raise_false(vm, TYPE_OF(TypeError),
                       "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])");
  uint16_t port;
  int64_t flow = 0, scope = 0;
  const char *host = host_text(vm, items->items[0]);
  if (!host || !port_of(vm, items->items[1], caller, &port)) return false;
  if (n > 2 && !value_index64(vm, items->items[2], &flow, true)) return false;
  if (n > 3 && !value_index64(vm, items->items[3], &scope, true)) return false;
  if (flow < 0 || flow > 0xfffff)
    return raise_false(vm, TYPE_OF(OverflowError), "%s(): flowinfo must be 0-1048575.", caller);
  if (!host_lookup(vm, host, AF_INET6, out)) return false;
  struct sockaddr_in6 *to = (struct sockaddr_in6 *)&out->storage;
  to->sin6_port = port;
  to->sin6_flowinfo = htonl((uint32_t)flow);
  if (n > 3) to->sin6_scope_id = (uint32_t)scope;
  return true;
}

static bool netlink_address(VM *vm, Value v, const char *caller, SocketAddress *out) {
  int64_t pid, groups;
  if (!value_has_flag(v, TYPE_TUPLE_SUBCLASS) || tuple_length(value_object(v)) != 2)
    return raise_false(vm, TYPE_OF(TypeError), "%s(): AF_NETLINK address must be tuple, not %T",
                       caller, v);
  Tuple *pair = value_object(v);
  if (!value_index64(vm, pair->items[0], &pid, true) ||
      !value_index64(vm, pair->items[1], &groups, true))
    return false;
  struct sockaddr_nl *to = (struct sockaddr_nl *)&out->storage;
  to->nl_family = AF_NETLINK;
  to->nl_pid = (uint32_t)pid;
  to->nl_groups = (uint32_t)groups;
  out->size = sizeof *to;
  return true;
}

bool address_from_value(VM *vm, SocketKind kind, Value v, const char *caller, SocketAddress *out) {
  memset(out, 0, sizeof *out);
  switch (kind.family) {
  case AF_UNIX: return unix_address(vm, v, caller, out);
  case AF_INET: return inet_address(vm, v, caller, out);
  case AF_INET6: return inet6_address(vm, v, caller, out);
  case AF_NETLINK: return netlink_address(vm, v, caller, out);
  default: return family_address_from_value(vm, kind, v, caller, out);
  }
}

/* ---- to Python */
static Value unix_value(VM *vm, const SocketAddress *address) {
  const struct sockaddr_un *from = (const struct sockaddr_un *)&address->storage;
  size_t room = address->size > offsetof(struct sockaddr_un, sun_path)
                    ? address->size - offsetof(struct sockaddr_un, sun_path)
                    : 0;
  if (room && from->sun_path[0] == 0) { /* abstract: the name is bytes */
    return value_of(bytes_new(vm, from->sun_path, room));
  }
  Bytes *name = bytes_new(vm, from->sun_path, strnlen(from->sun_path, room));
  return call_method2(vm, value_from(name), NAME("decode"), value_from(NAME("utf-8")),
                      value_from(NAME("surrogateescape")));
}

Value address_to_value(VM *vm, const SocketAddress *address, int proto) {
  if (address->size == 0) return VALUE_NONE;
  switch (address->storage.ss_family) {
  case AF_UNIX: return unix_value(vm, address);
  case AF_INET: {
    const struct sockaddr_in *from = (const struct sockaddr_in *)&address->storage;
    Value host = address_host(vm, address);
    return host == VALUE_FAIL ? host : PACK(host, value_int(vm, ntohs(from->sin_port)));
  }
  case AF_INET6: {
    const struct sockaddr_in6 *from = (const struct sockaddr_in6 *)&address->storage;
    Value host = address_host(vm, address);
    if (host == VALUE_FAIL) return host;
    return PACK(host, value_int(vm, ntohs(from->sin6_port)),
                value_int(vm, ntohl(from->sin6_flowinfo)), value_int(vm, from->sin6_scope_id));
  }
  case AF_NETLINK: {
    const struct sockaddr_nl *from = (const struct sockaddr_nl *)&address->storage;
    return PACK(value_int(vm, from->nl_pid), value_int(vm, from->nl_groups));
  }
  default: {
    Value known = family_address_to_value(vm, address, proto);
    if (known != VALUE_UNBOUND) return known;
    Bytes *rest = bytes_new(vm, (const char *)&address->storage + 2, address->size - 2);
    return rest ? PACK(value_int(vm, address->storage.ss_family), value_from(rest)) : VALUE_FAIL;
  }
  }
}

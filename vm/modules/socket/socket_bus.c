/* socket_bus.c -- addresses of CAN buses, of TIPC clusters and of Qualcomm's router. */
#include <errno.h>
#include <linux/can.h>
#include <linux/qrtr.h>
#include <linux/tipc.h>
#include <net/if.h>

#include "vm/modules/socket/socket.h"
#include "vm/objects/bytes.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"
#include "vm/runtime/path.h"

/* ---- CAN: (interface,), and with more for its transport protocols */
/* interface_of: its index; that of no name is 0, which means all. */
static bool interface_of(VM *vm, Value v, int *index) {
  Bytes *name = path_encode(vm, v);
  if (!name) return false;
  if (name->length >= IF_NAMESIZE)
    return raise_false(vm, TYPE_OF(OSError), "AF_CAN interface name too long");
  *index = name->length ? (int)if_nametoindex((const char *)name->data) : 0;
  if (name->length && !*index) return raise_errno(vm, errno, VALUE_NONE), false;
  return true;
}

static bool plain_can(VM *vm, Value v, const char *caller, struct sockaddr_can *to) {
  if (!value_has_flag(v, TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "%s(): AF_CAN address must be tuple, not %T", caller,
                       v);
  const Tuple *items = value_object(v);
  if (tuple_length(items) != 1)
    return raise_false(vm, TYPE_OF(TypeError), "AF_CAN address must be a tuple (interface, )");
  return interface_of(vm, items->items[0], &to->can_ifindex);
}

/* can_items: those of the transport protocols, `count` of them. */
static const Tuple *can_items(VM *vm, Value v, size_t count) {
  if (!value_has_flag(v, TYPE_TUPLE_SUBCLASS))
    return raise_error(vm, TYPE_OF(SystemError),
                       "new style getargs format but argument is not a tuple"),
           NULL;
  const Tuple *items = value_object(v);
  if (tuple_length(items) == count) return items;
  return raise_type(vm, "function takes exactly %zu arguments (%zu given)", count,
                    tuple_length(items)),
         NULL;
}

static bool transport_can(VM *vm, Value v, struct sockaddr_can *to) {
  uint32_t *ids[] = {&to->can_addr.tp.rx_id, &to->can_addr.tp.tx_id};
  const Tuple *items = can_items(vm, v, 3);
  for (int i = 0; items && i < 2; i++) {
    Value id = items->items[i + 1];
    if (!value_is_any_int(id))
      return raise_false(vm, TYPE_OF(TypeError), "argument %d must be int, not %T", i + 2, id);
    uint64_t bits;
    if (!address_bits(vm, id, &bits)) return false;
    *ids[i] = (uint32_t)bits;
  }
  return items && interface_of(vm, items->items[0], &to->can_ifindex);
}

static bool vehicle_can(VM *vm, Value v, struct sockaddr_can *to) {
  const Tuple *items = can_items(vm, v, 4);
  uint64_t name, group, address;
  if (!items || !address_bits(vm, items->items[1], &name) ||
      !address_bits(vm, items->items[2], &group) || !address_bits(vm, items->items[3], &address))
    return false;
  to->can_addr.j1939.name = name;
  to->can_addr.j1939.pgn = (uint32_t)group;
  to->can_addr.j1939.addr = (uint8_t)address;
  return interface_of(vm, items->items[0], &to->can_ifindex);
}

static bool can_address(VM *vm, int proto, Value v, const char *caller, SocketAddress *out) {
  struct sockaddr_can *to = (struct sockaddr_can *)&out->storage;
  to->can_family = AF_CAN;
  out->size = sizeof *to;
  switch (proto) {
  case CAN_RAW:
  case CAN_BCM: return plain_can(vm, v, caller, to);
  case CAN_ISOTP: return transport_can(vm, v, to);
  case CAN_J1939: return vehicle_can(vm, v, to);
  default: return raise_false(vm, TYPE_OF(OSError), "%s(): unsupported CAN protocol", caller);
  }
}

static Value can_value(VM *vm, const struct sockaddr_can *from, int proto) {
  char text[IF_NAMESIZE] = "";
  if (from->can_ifindex && !if_indextoname((unsigned)from->can_ifindex, text)) text[0] = 0;
  Value name = path_decode(vm, text, strlen(text));
  switch (proto) {
  case CAN_ISOTP:
    return PACK(name, value_int_unchecked(from->can_addr.tp.rx_id),
                value_int_unchecked(from->can_addr.tp.tx_id));
  case CAN_J1939:
    return PACK(name, int_from_uint64(vm, from->can_addr.j1939.name),
                value_int_unchecked(from->can_addr.j1939.pgn),
                value_int_unchecked(from->can_addr.j1939.addr));
  default: return PACK(name);
  }
}

/* ---- TIPC: (kind, v1, v2, v3[, scope]) */
static bool tipc_address(VM *vm, Value v, const char *caller, SocketAddress *out) {
  struct sockaddr_tipc *to = (struct sockaddr_tipc *)&out->storage;
  if (!value_has_flag(v, TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "%s(): AF_TIPC address must be tuple, not %T",
                       caller, v);
  const Tuple *items = value_object(v);
  size_t n = tuple_length(items);
  uint64_t part[5] = {0, 0, 0, 0, TIPC_CLUSTER_SCOPE};
  if (n < 4 || n > 5)
    return raise_false(vm, TYPE_OF(TypeError),
                       "AF_TIPC address must be a tuple (addr_type, v1, v2, v3[, scope])");
  for (size_t i = 0; i < n; i++)
    if (!address_bits(vm, items->items[i], &part[i])) return false;
  uint32_t v1 = (uint32_t)part[1], v2 = (uint32_t)part[2], v3 = (uint32_t)part[3];
  to->family = AF_TIPC;
  to->addrtype = (unsigned char)part[0];
  to->scope = (signed char)part[4];
  out->size = sizeof *to;
  switch ((uint32_t)part[0]) {
  case TIPC_ADDR_NAMESEQ: to->addr.nameseq = (struct tipc_name_seq){v1, v2, v3}; return true;
  case TIPC_ADDR_NAME: to->addr.name.name = (struct tipc_name){v1, v2}; return true;
  case TIPC_ADDR_ID: to->addr.id = (struct tipc_portid){.node = v1, .ref = v2}; return true;
  default: return raise_false(vm, TYPE_OF(TypeError), "Invalid address type");
  }
}

static Value tipc_value(VM *vm, const struct sockaddr_tipc *from) {
  uint32_t part[3] = {0};
  switch (from->addrtype) {
  case TIPC_ADDR_NAMESEQ:
    part[0] = from->addr.nameseq.type;
    part[1] = from->addr.nameseq.lower;
    part[2] = from->addr.nameseq.upper;
    break;
  case TIPC_ADDR_NAME:
    part[0] = from->addr.name.name.type;
    part[1] = part[2] = from->addr.name.name.instance;
    break;
  case TIPC_ADDR_ID: part[0] = from->addr.id.node, part[1] = from->addr.id.ref; break;
  default: return raise_type(vm, "Invalid address type");
  }
  return PACK(value_int_unchecked(from->addrtype), value_int_unchecked(part[0]),
              value_int_unchecked(part[1]), value_int_unchecked(part[2]),
              value_int_unchecked(from->scope));
}

/* ---- the router: (node, port) */
static bool router_address(VM *vm, Value v, SocketAddress *out) {
  struct sockaddr_qrtr *to = (struct sockaddr_qrtr *)&out->storage;
  if (!value_has_flag(v, TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError),
                       "getsockaddrarg: AF_QIPCRTR address must be tuple, not %T", v);
  const Tuple *pair = value_object(v);
  uint64_t node, port;
  if (tuple_length(pair) != 2)
    return raise_false(vm, TYPE_OF(TypeError),
                       "getsockaddrarg() takes exactly 2 arguments (%zu given)",
                       tuple_length(pair));
  if (!address_bits(vm, pair->items[0], &node) || !address_bits(vm, pair->items[1], &port))
    return false;
  *to = (struct sockaddr_qrtr){AF_QIPCRTR, (uint32_t)node, (uint32_t)port};
  out->size = sizeof *to;
  return true;
}

bool bus_address_from_value(VM *vm, SocketKind kind, Value v, const char *caller,
                            SocketAddress *out) {
  switch (kind.family) {
  case AF_CAN: return can_address(vm, kind.proto, v, caller, out);
  case AF_TIPC: return tipc_address(vm, v, caller, out);
  case AF_QIPCRTR: return router_address(vm, v, out);
  default: return raise_false(vm, TYPE_OF(OSError), "%s(): bad family", caller);
  }
}

Value bus_address_to_value(VM *vm, const SocketAddress *address, int proto) {
  const void *from = &address->storage;
  switch (address->storage.ss_family) {
  case AF_CAN: return can_value(vm, from, proto);
  case AF_TIPC: return tipc_value(vm, from);
  case AF_QIPCRTR: {
    const struct sockaddr_qrtr *router = from;
    return PACK(value_int_unchecked(router->sq_node), value_int_unchecked(router->sq_port));
  }
  default: return VALUE_UNBOUND;
  }
}

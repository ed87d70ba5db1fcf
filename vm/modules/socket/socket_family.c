/* socket_family.c -- addresses of Bluetooth, of virtual machines, of packets and of the kernel's
** ciphers. */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/vm_sockets.h>
#include <net/if.h>
#include <stdio.h>

#include "vm/contracts/buffer.h"
#include "vm/modules/socket/bluetooth.h"
#include "vm/modules/socket/socket.h"
#include "vm/objects/bytes.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

static bool is_tuple(Value v) { return value_has_flag(v, TYPE_TUPLE_SUBCLASS); }

/* tuple_of: the items of an address; false: raised, as the family says it. */
static bool tuple_of(VM *vm, Value v, const char *caller, const char *family, size_t least,
                     size_t most, const char *shape, Tuple **out) {
  if (!is_tuple(v))
    return raise_false(vm, TYPE_OF(TypeError), "%s(): %s address must be tuple, not %T", caller,
                       family, v);
  *out = value_object(v);
  size_t n = tuple_length(*out);
  return (n >= least && n <= most) || raise_false(vm, TYPE_OF(TypeError), "%s", shape);
}

bool address_bits(VM *vm, Value v, uint64_t *out) {
  Value n;
  if (!value_index(vm, v, &n)) return false;
  int64_t low = -1;
  if (int_to_uint64(n, out)) return true;
  if (!int_to_int64(n, &low)) low = -1;
  *out = (uint64_t)low;
  return true;
}
static bool word_of(VM *vm, Value v, uint32_t *out) {
  uint64_t bits;
  if (!address_bits(vm, v, &bits)) return false;
  *out = (uint32_t)bits;
  return true;
}

/* ---- virtual machines: (cid, port) */
static bool vsock_address(VM *vm, Value v, SocketAddress *out) {
  struct sockaddr_vm *to = (struct sockaddr_vm *)&out->storage;
  if (!is_tuple(v))
    return raise_false(vm, TYPE_OF(TypeError),
                       "getsockaddrarg: AF_VSOCK address must be tuple, not %T", v);
  const Tuple *pair = value_object(v);
  if (tuple_length(pair) != 2)
    return raise_false(vm, TYPE_OF(TypeError),
                       "getsockaddrarg() takes exactly 2 arguments (%zu given)",
                       tuple_length(pair));
  to->svm_family = AF_VSOCK;
  out->size = sizeof *to;
  return word_of(vm, pair->items[0], &to->svm_cid) && word_of(vm, pair->items[1], &to->svm_port);
}

/* ---- packets: (interface, protocol[, type[, hardware type[, hardware address]]]) */
#define PACKET_SHAPE "AF_PACKET address must be a tuple of two to five elements"
static bool hardware_address(VM *vm, Value v, struct sockaddr_ll *to) {
  BufferView view;
  if (!buffer_acquire(vm, v, &view, false)) return false;
  bool fits = view.size <= sizeof to->sll_addr;
  if (fits) memcpy(to->sll_addr, view.bytes, view.size);
  to->sll_halen = (unsigned char)view.size;
  buffer_release(vm, &view);
  return fits || raise_false(vm, TYPE_OF(ValueError), "Hardware address must be 8 bytes or less");
}
static bool packet_address(VM *vm, Value v, const char *caller, SocketAddress *out) {
  struct sockaddr_ll *to = (struct sockaddr_ll *)&out->storage;
  Tuple *items;
  int protocol, type = PACKET_HOST, hardware = 0;
  if (!tuple_of(vm, v, caller, "AF_PACKET", 2, 5, PACKET_SHAPE, &items)) return false;
  size_t n = tuple_length(items);
  if (!value_is_str(items->items[0])) return raise_false(vm, TYPE_OF(TypeError), PACKET_SHAPE);
  const char *interface = str_utf8(vm, value_object(items->items[0]), NULL);
  if (!interface || !convert_format_int_slow(vm, items->items[1], &protocol, NULL, 0)) return false;
  if (n > 2 && !convert_format_int_slow(vm, items->items[2], &type, NULL, 0)) return false;
  if (n > 3 && !convert_format_int_slow(vm, items->items[3], &hardware, NULL, 0)) return false;
  if (n > 4 && value_is_str(items->items[4]))
    return raise_false(vm, TYPE_OF(TypeError), "a bytes-like object is required, not 'str'");
  to->sll_ifindex = (int)if_nametoindex(interface);
  if (!to->sll_ifindex) return raise_errno(vm, errno, VALUE_NONE), false;
  if (n > 4 && !hardware_address(vm, items->items[4], to)) return false;
  if (protocol < 0 || protocol > 0xffff)
    return raise_false(vm, TYPE_OF(OverflowError), "%s(): proto must be 0-65535.", caller);
  to->sll_family = AF_PACKET;
  to->sll_protocol = htons((uint16_t)protocol);
  to->sll_pkttype = (unsigned char)type;
  to->sll_hatype = (unsigned short)hardware;
  out->size = sizeof *to;
  return true;
}
static Value packet_value(VM *vm, const struct sockaddr_ll *from) {
  char name[IF_NAMESIZE] = "";
  if (from->sll_ifindex && !if_indextoname((unsigned)from->sll_ifindex, name)) name[0] = 0;
  return PACK(value_of(str_new_cstr(vm, name)), value_int_unchecked(ntohs(from->sll_protocol)),
              value_int_unchecked(from->sll_pkttype), value_int_unchecked(from->sll_hatype),
              value_of(bytes_new(vm, from->sll_addr, from->sll_halen)));
}

/* ---- ciphers: (type, name[, feature[, mask]]) */
#define ALG_SHAPE "AF_ALG address must be a tuple (type, name[, feat[, mask]])"
static bool alg_text(VM *vm, Value v, const char *what, unsigned char *to, size_t room) {
  if (!value_is_str(v)) return raise_false(vm, TYPE_OF(TypeError), ALG_SHAPE);
  size_t n;
  const char *text = str_utf8(vm, value_object(v), &n);
  if (!text) return false;
  if (n >= room) return raise_false(vm, TYPE_OF(ValueError), "AF_ALG %s too long.", what);
  memcpy(to, text, n);
  return true;
}
static bool alg_address(VM *vm, Value v, const char *caller, SocketAddress *out) {
  struct sockaddr_alg *to = (struct sockaddr_alg *)&out->storage;
  Tuple *items;
  uint32_t feature = 0, mask = 0;
  if (!tuple_of(vm, v, caller, "AF_ALG", 2, 4, ALG_SHAPE, &items)) return false;
  size_t n = tuple_length(items);
  if (n > 2 && !word_of(vm, items->items[2], &feature)) return false;
  if (n > 3 && !word_of(vm, items->items[3], &mask)) return false;
  to->salg_family = AF_ALG;
  to->salg_feat = (uint16_t)feature;
  to->salg_mask = (uint16_t)mask;
  out->size = sizeof *to;
  return alg_text(vm, items->items[0], "type", to->salg_type, sizeof to->salg_type) &&
         alg_text(vm, items->items[1], "name", to->salg_name, sizeof to->salg_name);
}
static Value alg_value(VM *vm, const struct sockaddr_alg *from) {
  const char *type = (const char *)from->salg_type, *name = (const char *)from->salg_name;
  return PACK(value_of(str_new_utf8(vm, type, strnlen(type, sizeof from->salg_type))),
              value_of(str_new_utf8(vm, name, strnlen(name, sizeof from->salg_name))),
              value_int_unchecked((uint16_t)from->salg_feat),
              value_int_unchecked((uint16_t)from->salg_mask));
}

/* ---- Bluetooth: (device, number), a device's bytes, or (adapter,), as the protocol wants */
static bool wrong_format(VM *vm, const char *caller) {
  error_clear(vm);
  return raise_false(vm, TYPE_OF(OSError), "%s(): wrong format", caller);
}
static bool device_address(VM *vm, const char *text, BluetoothDevice *out) {
  unsigned b[6];
  char rest;
  int n = sscanf(text, "%X:%X:%X:%X:%X:%X%c", &b[5], &b[4], &b[3], &b[2], &b[1], &b[0], &rest);
  for (int i = 0; i < 6; i++)
    if (n != 6 || b[i] > 255) return raise_false(vm, TYPE_OF(OSError), "bad bluetooth address");
  for (int i = 0; i < 6; i++) out->bytes[i] = (uint8_t)b[i];
  return true;
}
/* device_and_number: (device, number), each where it belongs. */
static bool device_and_number(VM *vm, Value v, const char *caller, BluetoothDevice *device,
                              int *number) {
  bool pair = is_tuple(v) && tuple_length(value_object(v)) == 2;
  const Value *items = pair ? ((Tuple *)value_object(v))->items : NULL;
  if (!pair || !value_is_str(items[0]) || !convert_format_int_slow(vm, items[1], number, NULL, 0))
    return wrong_format(vm, caller);
  const char *text = str_utf8(vm, value_object(items[0]), NULL);
  return text && device_address(vm, text, device);
}
static bool bluetooth_address(VM *vm, int proto, Value v, const char *caller, SocketAddress *out) {
  BluetoothAddress *to = (BluetoothAddress *)&out->storage;
  int number = 0;
  to->family = AF_BLUETOOTH;
  switch (proto) {
  case BTPROTO_L2CAP:
    out->size = sizeof to->l2cap;
    if (!device_and_number(vm, v, caller, &to->l2cap.device, &number)) return false;
    to->l2cap.psm = (uint16_t)number;
    return true;
  case BTPROTO_RFCOMM:
    out->size = sizeof to->rfcomm;
    if (!device_and_number(vm, v, caller, &to->rfcomm.device, &number)) return false;
    to->rfcomm.channel = (uint8_t)number;
    return true;
  case BTPROTO_HCI:
    out->size = sizeof to->hci;
    if (!is_tuple(v) || tuple_length(value_object(v)) != 1 ||
        !convert_format_int_slow(vm, ((Tuple *)value_object(v))->items[0], &number, NULL, 0))
      return wrong_format(vm, caller);
    to->hci.adapter = (uint16_t)number;
    return true;
  case BTPROTO_SCO:
    out->size = sizeof to->sco;
    if (!value_has_flag(v, TYPE_BYTES_SUBCLASS)) return wrong_format(vm, caller);
    return device_address(vm, (const char *)((Bytes *)value_object(v))->data, &to->sco.device);
  default: return raise_false(vm, TYPE_OF(OSError), "%s(): unknown Bluetooth protocol", caller);
  }
}
static Value device_value(VM *vm, const BluetoothDevice *device) {
  const uint8_t *b = device->bytes;
  return value_of(
      str_format(vm, "%02X:%02X:%02X:%02X:%02X:%02X", b[5], b[4], b[3], b[2], b[1], b[0]));
}
static Value bluetooth_value(VM *vm, const BluetoothAddress *from, int proto) {
  switch (proto) {
  case BTPROTO_L2CAP:
    return PACK(device_value(vm, &from->l2cap.device), value_int_unchecked(from->l2cap.psm));
  case BTPROTO_RFCOMM:
    return PACK(device_value(vm, &from->rfcomm.device), value_int_unchecked(from->rfcomm.channel));
  case BTPROTO_HCI: return value_int_unchecked(from->hci.adapter);
  case BTPROTO_SCO: return device_value(vm, &from->sco.device);
  default: return raise_value(vm, "Unknown Bluetooth protocol");
  }
}

/* ---- all of them */
bool family_address_from_value(VM *vm, SocketKind kind, Value v, const char *caller,
                               SocketAddress *out) {
  switch (kind.family) {
  case AF_VSOCK: return vsock_address(vm, v, out);
  case AF_PACKET: return packet_address(vm, v, caller, out);
  case AF_ALG: return alg_address(vm, v, caller, out);
  case AF_BLUETOOTH: return bluetooth_address(vm, kind.proto, v, caller, out);
  default: return bus_address_from_value(vm, kind, v, caller, out);
  }
}

Value family_address_to_value(VM *vm, const SocketAddress *address, int proto) {
  const void *from = &address->storage;
  switch (address->storage.ss_family) {
  case AF_VSOCK: {
    const struct sockaddr_vm *machine = from;
    return PACK(value_int_unchecked(machine->svm_cid), value_int_unchecked(machine->svm_port));
  }
  case AF_PACKET: return packet_value(vm, from);
  case AF_ALG: return alg_value(vm, from);
  case AF_BLUETOOTH: return bluetooth_value(vm, from, proto);
  default: return bus_address_to_value(vm, address, proto);
  }
}

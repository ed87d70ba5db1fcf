/* bluetooth.h -- what the kernel's Bluetooth sockets take (net/bluetooth of Linux), whose header is
** not among the system's. */
#ifndef KRAIT_SOCKET_BLUETOOTH_H
#define KRAIT_SOCKET_BLUETOOTH_H

#include <stdint.h>

enum { BTPROTO_L2CAP, BTPROTO_HCI, BTPROTO_SCO, BTPROTO_RFCOMM };
enum { SOL_HCI = 0, HCI_DATA_DIR = 1, HCI_FILTER = 2, HCI_TIME_STAMP = 3 };

typedef struct BluetoothDevice {
  uint8_t bytes[6]; /* the last first */
} BluetoothDevice;

typedef union BluetoothAddress {
  uint16_t family;
  struct {
    uint16_t family, psm;
    BluetoothDevice device;
    uint16_t cid;
    uint8_t device_type;
  } l2cap;
  struct {
    uint16_t family, adapter, channel;
  } hci;
  struct {
    uint16_t family;
    BluetoothDevice device;
  } sco;
  struct {
    uint16_t family;
    BluetoothDevice device;
    uint8_t channel;
  } rfcomm;
} BluetoothAddress;

#endif

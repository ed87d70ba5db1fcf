# Addresses of sockets besides those of the internet: Bluetooth, virtual machines, packets, ciphers, buses,
# and names that the system makes; recvmsg_into, sendmsg_afalg; lengths of ancillary data; getnameinfo;
# sethostname.
import _socket
import array
import os
import socket

from _case import raises

near, far = socket.socketpair()


def over(family, proto=0):
    """A socket object of a family that the system may not have: over a descriptor of another."""
    return socket.socket(family, socket.SOCK_STREAM, proto, fileno=os.dup(near.fileno()))


INVALID = "[Errno 22] Invalid argument"
DEVICE = "00:00:00:00:00:00"
for proto, good, wrong in (
        (_socket.BTPROTO_L2CAP, (DEVICE, 1), ((DEVICE,), (DEVICE, "a"), (b"", 1), DEVICE, 5, (DEVICE,
                1 << 40))),
        (_socket.BTPROTO_RFCOMM, (DEVICE, 1), ((), (DEVICE, 1, 2), [DEVICE, 1])),
        (_socket.BTPROTO_HCI, (5,), ((DEVICE, 1), 5, (), ("a",))),
        (_socket.BTPROTO_SCO, DEVICE.encode(), (DEVICE, (DEVICE,), 5))):
    bluetooth = over(_socket.AF_BLUETOOTH, proto)
    raises(OSError, lambda: bluetooth.bind(good), INVALID)
    for address in wrong:
        raises(OSError, lambda: bluetooth.bind(address), "bind(): wrong format")
for device in "", "00:00:00:00:00", DEVICE + "x", "00:00:00:00:00:100", "x":
    raises(OSError, lambda: over(_socket.AF_BLUETOOTH, 0).connect((device, 1)), "bad bluetooth address")
raises(OSError, lambda: over(_socket.AF_BLUETOOTH, 9).connect(5), "connect(): unknown Bluetooth protocol")
assert (_socket.BDADDR_ANY, _socket.BDADDR_LOCAL) == (DEVICE, "00:00:00:FF:FF:FF")

machine = over(socket.AF_VSOCK)
for address in (1, 2), (-1, 1), (1 << 40, 1 << 70):
    raises(OSError, lambda: machine.connect(address), INVALID)
raises(TypeError, lambda: machine.connect((1,)), "getsockaddrarg() takes exactly 2 arguments (1 given)")
raises(TypeError, lambda: machine.connect([1, 2]), "getsockaddrarg: AF_VSOCK address must be tuple, not list")

packets, shape = over(socket.AF_PACKET), "AF_PACKET address must be a tuple of two to five elements"
for address in ("lo", 1), ("lo", 1, 2, 3, b"123456"):
    raises(OSError, lambda: packets.bind(address), INVALID)
for address in (), ("lo",), (b"lo", 1), ("lo", 1, 2, 3, b"1", 5):
    raises(TypeError, lambda: packets.bind(address), shape)
raises(TypeError, lambda: packets.bind(5), "bind(): AF_PACKET address must be tuple, not int")
raises(OSError, lambda: packets.bind(("nope", 1)), "[Errno 19] No such device")
raises(OverflowError, lambda: packets.bind(("lo", 1 << 17)), "bind(): proto must be 0-65535.")
raises(ValueError, lambda: packets.bind(("lo", 1, 2, 3, b"123456789")),
        "Hardware address must be 8 bytes or less")

ciphers = over(socket.AF_ALG)
for address in ("hash", "sha256"), ("a", "b", 1 << 17, -1):
    raises(OSError, lambda: ciphers.bind(address), INVALID)
for address in (), ("a",), (b"a", "b"), ("a", "b", 1, 2, 3):
    raises(TypeError, lambda: ciphers.bind(address),
            "AF_ALG address must be a tuple (type, name[, feat[, mask]])")
raises(ValueError, lambda: ciphers.bind(("x" * 14, "a")), "AF_ALG type too long.")
raises(ValueError, lambda: ciphers.bind(("a", "x" * 64)), "AF_ALG name too long.")
shape = "AF_CAN address must be a tuple (interface, )"
for proto in socket.CAN_RAW, socket.CAN_BCM:
    bus = over(socket.AF_CAN, proto)
    for address in ("",), ("lo",), (b"lo",):
        raises(OSError, lambda: bus.bind(address), INVALID)
    raises(OSError, lambda: bus.bind(("x" * 15,)), "[Errno 19] No such device")
    raises(OSError, lambda: bus.bind(("x" * 16,)), "AF_CAN interface name too long")
    for address in (), ("lo", 1):
        raises(TypeError, lambda: bus.bind(address), shape)
    raises(TypeError, lambda: bus.bind(["lo"]), "bind(): AF_CAN address must be tuple, not list")
    raises(ValueError, lambda: bus.bind(("a\0b",)), "embedded null byte")
for proto, good, count in (socket.CAN_ISOTP, ("lo", 1, 1 << 40), 3), (socket.CAN_J1939, ("lo", 1 << 70,
        -1, 3), 4):
    bus = over(socket.AF_CAN, proto)
    raises(OSError, lambda: bus.bind(good), INVALID)
    raises(TypeError, lambda: bus.bind(()), f"function takes exactly {count} arguments (0 given)")
    raises(SystemError, lambda: bus.bind(5), "new style getargs format but argument is not a tuple")
raises(TypeError, lambda: over(socket.AF_CAN, socket.CAN_ISOTP).bind(("lo", 1.5, 2)),
       "argument 2 must be int, not float")
raises(OSError, lambda: over(socket.AF_CAN, 99).bind(5), "bind(): unsupported CAN protocol")

cluster = over(socket.AF_TIPC)
for address in (1, 2, 3, 4), (2, 1, 2, 3), (3, 1, 2, 3, 2):
    raises(OSError, lambda: cluster.bind(address), INVALID)
raises(TypeError, lambda: cluster.bind((9, 1, 2, 3)), "Invalid address type")
for address in (), (1, 2, 3), (1, 2, 3, 4, 5, 6):
    raises(TypeError, lambda: cluster.bind(address),
           "AF_TIPC address must be a tuple (addr_type, v1, v2, v3[, scope])")
raises(OSError, lambda: over(socket.AF_QIPCRTR).bind((1, 2)), INVALID)
raises(TypeError, lambda: over(socket.AF_QIPCRTR).bind((1,)),
       "getsockaddrarg() takes exactly 2 arguments (1 given)")
raises(OSError, lambda: over(socket.AF_APPLETALK).bind((1,)), "bind(): bad family")

named = socket.socket(socket.AF_UNIX)
named.bind("")
assert type(named.getsockname()) is bytes and len(named.getsockname()) == 6

# ---- into several buffers
far.send(b"hello!")
parts = bytearray(3), bytearray(5)
assert near.recvmsg_into(parts) == (6, [], 0, None) and parts == (b"hel", b"lo!\0\0")
far.sendmsg([b"q"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0]))])
count, control, flags, address = near.recvmsg_into(iter([bytearray(4)]), socket.CMSG_SPACE(4))
assert (count, control[0][:2], address) == (1, (socket.SOL_SOCKET, socket.SCM_RIGHTS), None)
text = "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers"
for wrong in [b"a"], [5], "ab":
    raises(TypeError, lambda: near.recvmsg_into(wrong), text)
raises(TypeError, lambda: near.recvmsg_into(5), "recvmsg_into() argument 1 must be an iterable")
for wrong in -1, 1 << 40:
    raises(ValueError, lambda: near.recvmsg_into([bytearray(1)], wrong),
            "invalid ancillary data buffer length")
assert far.sendmsg([b"x"] * 300) == 300 and near.recvmsg(500)[0] == b"x" * 300

# ---- the kernel's ciphers
raises(OSError, lambda: near.sendmsg_afalg(op=0), "algset is only supported for AF_ALG")
for arguments, kind, text in (
        ({}, TypeError, "Invalid or missing argument 'op'"),
        ({"op": -1}, TypeError, "Invalid or missing argument 'op'"),
        ({"op": 0, "assoclen": -1}, TypeError, "assoclen must be positive"),
        ({"op": 0, "iv": 5}, TypeError, "a bytes-like object is required, not 'int'"),
        ({"op": 0, "msg": [5]}, TypeError, "a bytes-like object is required, not 'int'"),
        ({"op": "a"}, TypeError, "sendmsg_afalg() argument 2 must be int, not str")):
    raises(kind, lambda: ciphers.sendmsg_afalg(**arguments), text)

# ---- the rest
for function in socket.CMSG_LEN, socket.CMSG_SPACE:
    for wrong in -1, 0x7fffffff, 0x7fffffff - 8, 1 << 40:
        raises(OverflowError, lambda: function(wrong), function.__name__ + "() argument out of range")
    raises(OverflowError, lambda: function(1 << 63), "Python int too large to convert to C ssize_t")
numbers = socket.NI_NUMERICHOST | socket.NI_NUMERICSERV
assert socket.getnameinfo(("::1", 80, 0, 0), numbers) == ("::1", "80")
assert socket.getnameinfo(("127.0.0.1", 0), numbers) == ("127.0.0.1", "0")
for address in ("x", 0, 0, 0), ("localhost", 80), ("", 0):
    raises(socket.gaierror, lambda: socket.getnameinfo(address, 0), "[Errno -2] Name or service not known")
raises(OSError, lambda: socket.getnameinfo(("127.0.0.1", 0, 0), 0), "IPv4 sockaddr must be 2 tuple")
raises(OverflowError, lambda: socket.getnameinfo(("::1", 0, 1 << 20), 0),
       "getnameinfo(): flowinfo must be 0-1048575.")
for address in (5, 0), ("::1",):
    raises(TypeError, lambda: socket.getnameinfo(address, 0), "getnameinfo(): illegal sockaddr argument")
raises(OverflowError, lambda: socket.getaddrinfo("127.0.0.1", 1 << 63),
        "Python int too large to convert to C long")
raises(TypeError, lambda: socket.sethostname(5), "expected str, bytes or os.PathLike object, not int")
raises(ValueError, lambda: socket.sethostname("a\0b"), "embedded null byte")
raises(OSError, lambda: socket.sethostname("x" * 300))

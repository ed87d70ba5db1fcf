"""Binary records: struct pack and unpack, int.to_bytes, bytearray and memoryview edits, a varint stream,
hex dumps.
"""
import struct
import sys


def put_varint(out, n):
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)


def varints(data):
    n = shift = 0
    for byte in data:
        n |= (byte & 127) << shift
        if byte & 128:
            shift += 7
        else:
            yield n
            n = shift = 0


def dump(data):
    lines = []
    for offset in range(0, len(data), 16):
        row = data[offset:offset + 16]
        lines.append("%08x  %-48s %s" % (offset, row.hex(" "),
                                         "".join(chr(b) if 32 <= b < 127 else "." for b in row)))
    return "\n".join(lines)


def main(n):
    record = struct.Struct("<IhBd8s?")
    buffer = bytearray()
    for i in range(n):
        buffer += record.pack(i, i % 1000 - 500, i % 256, i / 3, b"n%d" % (i % 10000), i % 2 == 0)
    total, names, flags = 0.0, 0, 0
    for number, small, byte, real, name, flag in record.iter_unpack(bytes(buffer)):
        total += real + small - byte
        names += len(name.rstrip(b"\0"))
        flags += flag
    view = memoryview(buffer)
    for i in range(0, n, 3):
        at = i * record.size
        value, = struct.unpack_from("<I", view, at)
        struct.pack_into(">I", view, at, value ^ 0xFFFF)
    swapped = sum(int.from_bytes(view[k * record.size:k * record.size + 4], "big") & 0xFF for k in range(n))
    stream = bytearray()
    for i in range(n):
        put_varint(stream, i * i * 7919)
    assert sum(varints(stream)) == sum(i * i * 7919 for i in range(n))
    text = dump(bytes(buffer[:n]))
    big = 0
    for i in range(n // 10):
        big ^= int.from_bytes((i * 0x9E3779B97F4A7C15).to_bytes(16, "little")[:8], "big", signed=True)
    print("records", n, "bytes", len(buffer), "total %.3f" % total, "names", names, "flags", flags)
    print("swapped", swapped, "stream", len(stream), "dump", len(text), text.count("."), "big", big)
    print(struct.unpack("!3sHxq", struct.pack("!3sHxq", b"abc", 65535, -2 ** 63)), struct.calcsize("@bhiq"))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 330000)

"""What of Protocol Buffers' encoding pprof needs: varints, fields of bytes, packed numbers."""


def varint(number):
    """Of a number of 64 bits; negative ones as two's complement"""
    number &= (1 << 64) - 1
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def field(number, value):
    """An integer field; nothing for 0, which is what absence means"""
    return varint(number << 3) + varint(value) if value else b""


def block(number, raw):
    return varint(number << 3 | 2) + varint(len(raw)) + raw


def packed(number, values):
    return block(number, b"".join(map(varint, values)))

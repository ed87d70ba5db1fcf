"""Bytes as text and back: base64 in its alphabets, hex, quoted-printable, checksums; a container of chunks
written with struct to a stream and read again, and a search in it.
"""
import base64
import binascii
import hashlib
import io
import quopri
import struct
import sys
import zlib

HEAD = struct.Struct(">4sIB3x")
FIELDS = {"i": ">q", "d": ">d", "h": ">3h"}


def made(n, seed):
    out = bytearray(n)
    for i in range(n):
        seed = (seed * 69069 + 1) & 0xFFFFFFFF
        out[i] = seed >> 24
    return bytes(out)


def round_trips(data):
    """Each spelling must come back; how long each is."""
    lengths = []
    for encode, decode in (
            (base64.b64encode, base64.b64decode), (base64.urlsafe_b64encode, base64.urlsafe_b64decode),
            (base64.b32encode, base64.b32decode), (base64.b16encode, base64.b16decode),
            (base64.b85encode, base64.b85decode), (base64.a85encode, base64.a85decode),
            (binascii.hexlify, binascii.unhexlify), (base64.encodebytes, base64.decodebytes),
            (lambda b: quopri.encodestring(b, True), quopri.decodestring),
            (lambda b: b.hex(":", 2), lambda t: bytes.fromhex(t.replace(":", " ")))):
        text = encode(data)
        assert decode(text) == data
        lengths.append(len(text))
    return lengths


class ChunkWriter:
    def __init__(self, stream):
        self.stream = stream

    def put(self, name, body, kind):
        self.stream.write(HEAD.pack(name, len(body), ord(kind)))
        self.stream.write(body)
        self.stream.write(struct.pack(">I", zlib.crc32(body)))


class ChunkReader:
    """Iterates (name, value); a nested container comes as a list."""

    def __init__(self, stream):
        self.stream = stream

    def __iter__(self):
        while head := self.stream.read(HEAD.size):
            name, size, kind = HEAD.unpack(head)
            body = self.stream.read(size)
            check, = struct.unpack(">I", self.stream.read(4))
            if check != zlib.crc32(body):
                raise ValueError(name)
            yield name, self.value(chr(kind), body)

    def value(self, kind, body):
        if kind == "n":
            return list(ChunkReader(io.BytesIO(body)))
        if kind == "t":
            return body.decode("utf-16-le")
        values = struct.unpack(FIELDS[kind], body)
        return values[0] if len(values) == 1 else values


def container(n):
    out = io.BytesIO()
    writer = ChunkWriter(out)
    for i in range(n):
        inner = io.BytesIO()
        nested = ChunkWriter(inner)
        nested.put(b"NUMB", struct.pack(">q", i * i - 1000), "i")
        nested.put(b"REAL", struct.pack(">d", i / 7), "d")
        nested.put(b"THRE", struct.pack(">3h", i % 100, -i % 100, 7), "h")
        nested.put(b"TEXT", f"item {i}".encode("utf-16-le"), "t")
        writer.put(b"%04d" % (i % 10000), inner.getvalue(), "n")
    return out.getvalue()


def occurrences(data, word):
    at, found = data.find(word), 0
    while at >= 0:
        found += 1
        at = data.find(word, at + 1)
    return found


def main(n):
    lengths = [0] * 10
    for i in range(n // 50):
        lengths = [a + b for a, b in zip(lengths, round_trips(made(i % 300 + 20, i)))]
    packed = container(n)
    reals, numbers, texts = 0.0, 0, 0
    for name, parts in ChunkReader(io.BytesIO(packed)):
        table = dict(parts)
        reals += table[b"REAL"]
        numbers ^= table[b"NUMB"] + table[b"THRE"][1]
        texts += len(table[b"TEXT"])
    assert occurrences(packed, b"NUMB") == packed.count(b"NUMB") == n
    spoilt = bytearray(packed)
    spoilt[40] ^= 1
    try:
        list(ChunkReader(io.BytesIO(spoilt)))
    except ValueError as error:
        print("spoilt", error)
    print("lengths", lengths, "packed", len(packed), hashlib.blake2b(packed, digest_size=8).hexdigest())
    print(f"reals {reals:.3f} numbers {numbers} texts {texts}", packed.translate(None, b"\0")[:12])


main(int(sys.argv[1]) if len(sys.argv) > 1 else 40000)

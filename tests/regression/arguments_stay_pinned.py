"""A buffer that an earlier argument gave cannot be resized by what a later argument runs."""
import binascii
import codecs
import hashlib
import struct
import zlib


class Clearing:
    """An int that clears a bytearray when asked for."""

    def __init__(self, target, number=1):
        self.target, self.number = target, number

    def __index__(self):
        self.target.clear()
        return self.number

    def __bool__(self):
        self.target.clear()
        return True


def refuses(call, data=b"abcdabcd", untouched=True):
    target = bytearray(data)
    try:
        call(target, Clearing(target))
    except BufferError as e:
        assert str(e) == "Existing exports of data: object cannot be re-sized", e
    else:
        raise AssertionError("no BufferError")
    assert target == data or not untouched
    target.clear()  # nothing holds it any more


refuses(lambda b, n: b"zaz".replace(b"z", b, n))
refuses(lambda b, n: b"zaz".replace(b, b"", n))
refuses(lambda b, n: bytearray(b"zaz").replace(b, b, n))
refuses(lambda b, n: binascii.crc32(b, n))
refuses(lambda b, n: binascii.crc_hqx(b, n))
refuses(lambda b, n: binascii.hexlify(b, ":", n))
refuses(lambda b, n: binascii.b2a_hex(b, ":", n))
refuses(lambda b, n: binascii.b2a_base64(b, newline=n))
refuses(lambda b, n: binascii.a2b_base64(b, strict_mode=n))
refuses(lambda b, n: binascii.b2a_qp(b, n))
refuses(lambda b, n: struct.unpack_from("4s", b, n))
refuses(lambda b, n: struct.Struct("4s").unpack_from(b, n))
refuses(lambda b, n: struct.pack_into("B", b, 0, n), untouched=False)
refuses(lambda b, n: zlib.crc32(b, n))
refuses(lambda b, n: zlib.adler32(b, n))
refuses(lambda b, n: zlib.compress(b, n))
refuses(lambda b, n: zlib.decompress(b, bufsize=n))
refuses(lambda b, n: zlib.decompressobj().decompress(b, n))
refuses(lambda b, n: hashlib.pbkdf2_hmac("sha1", b, b"salt", n))
refuses(lambda b, n: hashlib.pbkdf2_hmac("sha1", b"password", b, n))
for name in ("utf_7", "utf_8", "utf_16", "utf_16_le", "utf_32", "utf_32_be"):
    refuses(lambda b, n: getattr(codecs, name + "_decode")(b, "strict", n))

# A codec's error handler runs in the middle of the bytes.
held = bytearray()
codecs.register_error("clearing", lambda e: (held.clear(), ("?", e.end))[1])
for decode in (codecs.utf_8_decode, codecs.ascii_decode, codecs.utf_16_decode, lambda b,
               e: b.decode("utf-8", e),
               lambda b, e: str(b, "ascii", e), lambda b, e: b.decode("utf-16", e)):
    held[:] = b"\xff\xfe\x00\xdc\x00\xdc\x80"
    try:
        decode(held, "clearing")
    except BufferError:
        pass
    else:
        raise AssertionError(decode)
    held.clear()

# The thing looked for is asked for after the range, and is not held meanwhile.
for method in ("find", "rfind", "index", "rindex", "count"):
    what = bytearray(b"abc")
    got = getattr(b"xyz", method)(what, Clearing(what))
    assert got == getattr(b"xyz", method)(b"", 1) and not what, method

# A failing conversion gives back what the ones before it held.
held = bytearray(b"abc")
for call in (lambda: b"".replace(held, held, "x"), lambda: zlib.crc32(held, "x"),
             lambda: struct.unpack_from("b", held, "x"),
             lambda: codecs.utf_8_decode(held, 5), lambda: hashlib.pbkdf2_hmac("sha1", held, held, "x")):
    try:
        call()
    except TypeError:
        held.append(1)
    else:
        raise AssertionError(call)

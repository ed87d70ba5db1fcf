"""struct: formats, ranges, messages."""
import struct

from _case import error, outcome


def into(fmt, offset, *values):
    """pack_into a buffer of four bytes."""
    data = bytearray(4)
    struct.pack_into(fmt, data, offset, *values)
    return bytes(data)


assert outcome(lambda: struct.pack("<bBhHiIqQ", -1, 255, -2, 65535, -3, 4294967295, -4, 2**64 - 1)) == (
    b'\xff\xff\xfe\xff\xff\xff\xfd\xff\xff\xff\xff\xff\xff\xff\xfc\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff'
    b'\xff\xff\xff\xff\xff')
assert outcome(lambda: struct.pack(">hil", 1, 2, 3)) == b'\x00\x01\x00\x00\x00\x02\x00\x00\x00\x03'
assert outcome(lambda: struct.pack("=?c3s5p", True, b"x", b"ab", b"hello")) == b'\x01xab\x00\x04hell'
assert outcome(lambda: struct.pack("<efd", 1.5, 2.5, 3.5)) == b'\x00>\x00\x00 @\x00\x00\x00\x00\x00\x00\x0c@'
assert outcome(lambda: struct.pack("3x")) == b'\x00\x00\x00'
assert outcome(lambda: struct.pack("@bi", 1, 2)) == b'\x01\x00\x00\x00\x02\x00\x00\x00'
assert outcome(lambda: struct.pack("0s", b"")) == b''
assert outcome(lambda: struct.pack("<2h", 1, 2)) == b'\x01\x00\x02\x00'
assert outcome(lambda: struct.pack("!I", 1)) == b'\x00\x00\x00\x01'
assert outcome(
    lambda: struct.unpack(
        "<bBhHiIqQ", struct.pack("<bBhHiIqQ", -1, 255, -2, 65535, -3, 4294967295, -4, 2**64 - 1))) == (
    (-1, 255, -2, 65535, -3, 4294967295, -4, 18446744073709551615))
assert outcome(lambda: struct.unpack(">hil", b"\x00\x01\x00\x00\x00\x02\x00\x00\x00\x03")) == (1, 2, 3)
assert outcome(lambda: struct.unpack("=?c3s5p", b"\x01xab\x00\x04hell")) == (True, b'x', b'ab\x00', b'hell')
assert outcome(lambda: struct.unpack("<efd", struct.pack("<efd", 1.5, 2.5, 3.5))) == (1.5, 2.5, 3.5)
assert outcome(lambda: struct.unpack("x", b"a")) == ()
assert outcome(lambda: struct.unpack("", b"")) == ()
assert outcome(lambda: struct.calcsize("bi")) == 8
assert outcome(lambda: struct.calcsize("=bi")) == 5
assert outcome(lambda: struct.calcsize("iP")) == 16
assert outcome(lambda: struct.calcsize("i 2h x")) == 9
assert outcome(lambda: struct.calcsize("b0l")) == 8
assert outcome(lambda: struct.calcsize("qb")) == 9
assert outcome(lambda: struct.calcsize("nN")) == 16
assert outcome(lambda: struct.unpack_from("<h", b"\x00\x01\x02\x03", 1)) == (513,)
assert outcome(lambda: struct.unpack_from("<h", b"\x00\x01\x02", offset=-2)) == (513,)
assert outcome(lambda: list(struct.iter_unpack("<h", b"\x01\x00\x02\x00"))) == [(1,), (2,)]
assert outcome(lambda: into("<h", 1, 5)) == b'\x00\x05\x00\x00'
assert outcome(lambda: into("<h", -2, 5)) == b'\x00\x00\x05\x00'
assert outcome(lambda: struct.Struct("<ih").size) == 6
assert outcome(lambda: struct.Struct("<ih").format) == '<ih'
assert outcome(lambda: struct.Struct("<ih").pack(1, 2)) == b'\x01\x00\x00\x00\x02\x00'
assert outcome(lambda: struct.Struct("<h").unpack(b"\x01\x00")) == (1,)
assert outcome(lambda: struct.Struct(b"<h").unpack_from(b"\x00\x01\x00", 1)) == (1,)
assert outcome(lambda: struct.pack("<b", 128)) == 'error: byte format requires -128 <= number <= 127'
assert outcome(lambda: struct.pack("<B", -1)) == 'error: ubyte format requires 0 <= number <= 255'
assert outcome(lambda: struct.pack("<h", 40000)) == 'error: short format requires -32768 <= number <= 32767'
assert outcome(lambda: struct.pack("<H", 70000)) == 'error: ushort format requires 0 <= number <= 65535'
assert outcome(lambda: struct.pack("<i", 2**31)) == (
    "error: 'i' format requires -2147483648 <= number <= 2147483647")
assert outcome(lambda: struct.pack("<I", 2**32)) == "error: 'I' format requires 0 <= number <= 4294967295"
assert outcome(lambda: struct.pack("<q", 2**63)) == 'error: argument out of range'
assert outcome(lambda: struct.pack("<Q", -1)) == 'error: argument out of range'
assert outcome(lambda: struct.pack("<i", "a")) == 'error: required argument is not an integer'
assert outcome(lambda: struct.pack("<i", 1.5)) == 'error: required argument is not an integer'
assert outcome(lambda: struct.pack("<f", "a")) == 'error: required argument is not a float'
assert outcome(lambda: struct.pack("<f", 1e300)) == 'OverflowError: float too large to pack with f format'
assert outcome(lambda: struct.pack("<e", 1e6)) == 'OverflowError: float too large to pack with e format'
assert outcome(lambda: struct.pack("c", "a")) == 'error: char format requires a bytes object of length 1'
assert outcome(lambda: struct.pack("s", "a")) == "error: argument for 's' must be a bytes object"
assert outcome(lambda: struct.pack("z", 1)) == 'error: bad char in struct format'
assert outcome(lambda: struct.pack("3", 1)) == 'error: repeat count given without format specifier'
assert outcome(lambda: struct.pack("i")) == 'error: pack expected 1 items for packing (got 0)'
assert outcome(lambda: struct.pack("i", 1, 2)) == 'error: pack expected 1 items for packing (got 2)'
assert outcome(lambda: struct.pack()) == 'TypeError: missing format argument'
assert outcome(lambda: struct.unpack("i", b"")) == 'error: unpack requires a buffer of 4 bytes'
assert outcome(lambda: struct.unpack("i", "abcd")) == "TypeError: a bytes-like object is required, not 'str'"
assert outcome(lambda: struct.unpack_from("i", b"abc")) == (
    'error: unpack_from requires a buffer of at least 4 bytes for unpacking 4 bytes at offset 0 (actual '
    'buffer size is 3)')
assert outcome(lambda: struct.unpack_from("i", b"abcd", -10)) == (
    'error: offset -10 out of range for 4-byte buffer')
assert outcome(lambda: struct.iter_unpack("i", b"abc")) == (
    'error: iterative unpacking requires a buffer of a multiple of 4 bytes')
assert outcome(lambda: struct.iter_unpack("", b"")) == (
    'error: cannot iteratively unpack with a struct of length 0')
assert outcome(lambda: struct.calcsize("=n")) == 'error: bad char in struct format'
assert outcome(lambda: struct.calcsize("9223372036854775807i")) == 'error: total struct size too long'
assert outcome(lambda: struct.Struct(1)) == (
    'TypeError: Struct() argument 1 must be a str or bytes object, not int')
assert outcome(lambda: into("<i", 3, 5)) == (
    'error: pack_into requires a buffer of at least 7 bytes for packing 4 bytes at offset 3 (actual '
    'buffer size is 4)')
assert outcome(lambda: into("<i", 0)) == 'error: pack_into expected 1 items for packing (got 0)'
assert outcome(lambda: issubclass(struct.error, Exception)) == True
assert outcome(lambda: struct.error.__module__) == 'struct'
assert repr(outcome(lambda: struct.unpack("<e", b"\x00\x7c"))) == '(inf,)'
assert outcome(lambda: struct.unpack("<e", b"\x01\x00")) == (5.960464477539063e-08,)
assert outcome(lambda: struct.pack("<e", 65504.0)) == b'\xff{'
assert outcome(lambda: struct.pack("<e", 5.960464477539063e-08)) == b'\x01\x00'
assert outcome(lambda: struct.pack("<e", 1.0009765625)) == b'\x01<'

assert struct.pack("<hIq", -1, 2, 3) == b"\xff\xff\x02\0\0\0\x03\0\0\0\0\0\0\0"
assert struct.unpack(">H2sB", b"\x01\x02ab\x05") == (258, b"ab", 5) and struct.calcsize("@bi") == 8
assert struct.calcsize("=bi") == 5 and struct.pack("3s", b"abcd") == b"abc"
assert struct.pack("5s", b"a") == b"a\0\0\0\0" and struct.pack("?c", True, b"x") == b"\x01x"
assert struct.pack("<d", 1.5) == b"\0\0\0\0\0\0\xf8?" and struct.pack(">f", 0.1) == b"=\xcc\xcc\xcd"
assert struct.unpack("<e", struct.pack("<e", 0.5)) == (0.5,) and struct.pack("4p", b"ab") == b"\x02ab\0"
assert struct.pack("2x") == b"\0\0" and struct.pack("3h", 1, 2, 3) == struct.pack("hhh", 1, 2, 3)
s = struct.Struct("<BH")
assert s.size == 3 and s.format == "<BH" and list(s.iter_unpack(b"\1\2\0\3\4\0")) == [(1, 2), (3, 4)]
assert s.unpack_from(b"xx\1\2\0", 2) == (1, 2)
buf = bytearray(4)
s.pack_into(buf, 1, 5, 6)
assert buf == b"\0\x05\x06\0"
assert error(struct.pack, "B", 256) == "error: ubyte format requires 0 <= number <= 255"
assert error(struct.pack, "<h", 40000) == "error: short format requires -32768 <= number <= 32767"
assert error(struct.unpack, "H", b"1") == "error: unpack requires a buffer of 2 bytes"
assert error(struct.pack, "H") == "error: pack expected 1 items for packing (got 0)"
assert error(struct.pack, "z", 1) == "error: bad char in struct format"
assert error(struct.pack, "i", "a") == "error: required argument is not an integer"

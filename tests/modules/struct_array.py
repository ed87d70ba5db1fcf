"""struct and array."""
import array, struct

from _case import error

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
a = array.array("i", [1, 2, 3])
a.append(4)
a.extend([5])
assert a[0] == 1 and a[-1] == 5 and len(a) == 5 and a.tolist() == [1, 2, 3, 4, 5] and a.itemsize == 4
assert a.typecode == "i" and a[1:3] == array.array("i", [2, 3]) and a.index(3) == 2 and a.count(1) == 1
assert a.pop() == 5 and a.insert(0, 9) is None and a.remove(9) is None and a.reverse() is None
assert a.tolist() == [4, 3, 2, 1] and repr(array.array("d", [1.5])) == "array('d', [1.5])"
assert repr(array.array("b")) == "array('b')" and a + a == array.array("i", [4, 3, 2, 1] * 2)
assert a * 2 == a + a and 3 in a and list(reversed(a)) == [1, 2, 3, 4]
assert array.array("B", b"ab").tobytes() == b"ab" and array.array("H", [1, 256]).byteswap() is None
assert array.array("u", "é").tounicode() == "é"
assert error(a.append, 2 ** 40).startswith("OverflowError: ")
assert error(array.array, "i", ["a"]) == "TypeError: 'str' object cannot be interpreted as an integer"
assert error(array.array, "z") == "ValueError: bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)"
b = array.array("q")
b.frombytes(struct.pack("qq", -1, 2 ** 62))
assert b.tolist() == [-1, 2 ** 62] and memoryview(b)[1] == 2 ** 62
assert array.array("f", [0.1])[0] == 0.10000000149011612 and sum(array.array("d", [0.5] * 10)) == 5.0
assert array.array("i", range(3)) < array.array("i", [0, 1, 3])
assert bytes(array.array("B", [1, 2])) == b"\1\2"

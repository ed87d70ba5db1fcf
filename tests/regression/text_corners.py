"""Corners of text that fuzzing showed: positions in messages, encodings of nothing, runs that a charmap
cannot encode.
"""
import re
import struct

from _case import told

where = "ValueError: non-hexadecimal number found in fromhex() arg at position "
assert told(bytes.fromhex, "zz\u20ac") == told(bytearray.fromhex, "ab\xe9") == where + "2"
assert told(bytes.fromhex, "zz") == where + "0" and told(bytes.fromhex, "abc") == where + "3"

assert b"".decode("nosuch") == str(b"", "nosuch") == str(memoryview(b""), "nosuch") == ""
assert told("".encode, "nosuch") == "LookupError: unknown encoding: nosuch"

for text, run in ("a\udc80\u20ac", "1-2"), ("\udc80\u20ac\u20ac", "0-2"), ("\udc80\ud800", "0-1"):
    message = told(text.encode, "cp437", "surrogateescape")
    assert message == (
        f"UnicodeEncodeError: 'charmap' codec can't encode characters in position {run}: "
        f"character maps to <undefined>"), message
assert "a\udc80\udcffb".encode("cp437", "surrogateescape") == b"a\x80\xffb"

assert "character '\x1f' (0x1f) at index 1" in told(lambda: "%\x1f" % 1)
assert "character '?' (0x1e)" in told(lambda: "%\x1e" % 1)
assert "character '\x1e' (0x1e)" in told(lambda: b"%\x1e" % 1)
assert "character '?' (0x80)" in told(lambda: "%\x80" % 1)

assert repr(re.compile("a").groupindex) == "{}"
assert repr(re.compile("(?P<n>a)").groupindex) == "mappingproxy({'n': 1})"
assert told(struct.pack, "@999999999999L999999999999s2d10N", b"ab",
            2) == "error: pack expected 1000000000012 items for packing (got 2)"
assert told(struct.pack_into, "ii", bytearray(1), 0, 1) == told(struct.pack_into, "ii", 5, 0,
        1) == "error: pack_into expected 2 items for packing (got 1)"


class MyFloat(float):
    pass


class MyInt(int):
    pass


for value in MyFloat(2.5), MyInt(2), True, 2.5, 1j, "a":
    assert told(format, value,
                "q") == f"ValueError: Unknown format code 'q' for object of type '{type(value).__name__}'"
assert complex(-0.0, 0.0) ** float("nan") == 0j
assert repr(bytearray(b"'")) == 'bytearray(b"\\\'")' and repr(b"'") == 'b"\'"'
separator = bytearray(b"b")
assert b"abc".partition(separator)[1] is separator and b"abc".rpartition(separator)[1] is separator
assert bytearray(b"abc").partition(separator)[1] is not separator
for code in "efd":
    assert told(struct.pack, code, 2 ** 1024) == "error: required argument is not a float"
assert told(struct.pack, "e", 2 ** 70) == told(struct.pack, ">q", 2 ** 70) == told(struct.pack, ">Q",
        -1) == "error: int too large to convert"
assert told(struct.pack, ">H",
            -1) == "error: argument out of range" and "ushort format requires" in told(struct.pack, "<H", -1)

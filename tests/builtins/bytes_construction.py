"""bytes() and bytearray(): what they are made from, and what they refuse."""
from _case import error, outcome

for B in (bytes, bytearray):
    assert B() == b"" and B(3) == b"\0\0\0" and B([1, 2, 255]) == b"\1\2\xff" and B(b"ab") == b"ab"
    assert B("é", "utf-8") == b"\xc3\xa9" and B(range(3)) == b"\0\1\2" and B(memoryview(b"ab")) == b"ab"
    assert error(B, "a") == "TypeError: string argument without an encoding"
    assert error(B, [256]) in (
        "ValueError: bytes must be in range(0, 256)", "ValueError: byte must be in range(0, 256)")
    assert error(B, -1) == "ValueError: negative count"
    assert error(B, ["a"]) == "TypeError: 'str' object cannot be interpreted as an integer"
    assert error(B, 1.5) in (
        "TypeError: cannot convert 'float' object to bytes",
        "TypeError: cannot convert 'float' object to bytearray")
assert outcome(lambda: bytes()) == b''
assert outcome(lambda: bytes(3)) == b'\x00\x00\x00'
assert outcome(lambda: bytes([1, 2, 3])) == b'\x01\x02\x03'
assert outcome(lambda: bytes("a\xe9", "latin-1")) == b'a\xe9'
assert outcome(lambda: bytes(b"abc")) == b'abc'
assert outcome(lambda: bytes(bytearray(b"x"))) == b'x'
assert outcome(lambda: bytes((1, 2))) == b'\x01\x02'
assert outcome(lambda: bytes(range(3))) == b'\x00\x01\x02'
assert outcome(lambda: bytes(memoryview(b"ab"))) == b'ab'
assert outcome(lambda: bytes(x for x in (1, 2))) == b'\x01\x02'
assert outcome(lambda: bytes("a", "ascii", "strict")) == b'a'
assert outcome(lambda: bytes(source="a", encoding="ascii")) == b'a'
assert outcome(lambda: bytes("a")) == 'TypeError: string argument without an encoding'
assert outcome(lambda: bytes(-1)) == 'ValueError: negative count'
assert outcome(lambda: bytes([256])) == 'ValueError: bytes must be in range(0, 256)'
assert outcome(lambda: bytes([-1])) == 'ValueError: bytes must be in range(0, 256)'
assert outcome(lambda: bytes(["a"])) == "TypeError: 'str' object cannot be interpreted as an integer"
assert outcome(lambda: bytes(1.5)) == "TypeError: cannot convert 'float' object to bytes"
assert outcome(lambda: bytes(1, "ascii")) == 'TypeError: encoding without a string argument'
assert outcome(lambda: bytes(b"a", "ascii")) == 'TypeError: encoding without a string argument'
assert outcome(lambda: bytes(None)) == "TypeError: cannot convert 'NoneType' object to bytes"
assert outcome(lambda: bytes([1], errors="x")) == 'TypeError: errors without a string argument'
assert outcome(lambda: bytes("a", 1)) == "TypeError: bytes() argument 'encoding' must be str, not int"
assert outcome(lambda: b"abc".__bytes__()) == b'abc'
assert outcome(lambda: bytearray()) == bytearray(b'')
assert outcome(lambda: bytearray(3)) == bytearray(b'\x00\x00\x00')
assert outcome(lambda: bytearray([1, 2])) == bytearray(b'\x01\x02')
assert outcome(lambda: bytearray("a", "ascii")) == bytearray(b'a')
assert outcome(lambda: bytearray(b"x")) == bytearray(b'x')
assert outcome(lambda: bytearray(range(3))) == bytearray(b'\x00\x01\x02')
assert outcome(lambda: bytearray("a")) == 'TypeError: string argument without an encoding'
assert outcome(lambda: bytearray(-1)) == 'ValueError: negative count'
assert outcome(lambda: bytearray([256])) == 'ValueError: byte must be in range(0, 256)'
assert outcome(lambda: bytearray(1.5)) == "TypeError: cannot convert 'float' object to bytearray"
assert outcome(lambda: bytearray(None)) == "TypeError: cannot convert 'NoneType' object to bytearray"

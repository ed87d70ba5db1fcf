"""bytes and bytearray: construction, every method family, formatting, mutation, hex, decode."""


def error(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__name__ + ": " + str(e)


for B in (bytes, bytearray):
    assert B() == b"" and B(3) == b"\0\0\0" and B([1, 2, 255]) == b"\1\2\xff" and B(b"ab") == b"ab"
    assert B("é", "utf-8") == b"\xc3\xa9" and B(range(3)) == b"\0\1\2" and B(memoryview(b"ab")) == b"ab"
    assert error(B, "a") == "TypeError: string argument without an encoding"
    assert error(B, [256]) in ("ValueError: bytes must be in range(0, 256)", "ValueError: byte must be in range(0, 256)")
    assert error(B, -1) == "ValueError: negative count"
    assert error(B, ["a"]) == "TypeError: 'str' object cannot be interpreted as an integer"
    assert error(B, 1.5) in ("TypeError: cannot convert 'float' object to bytes", "TypeError: cannot convert 'float' object to bytearray")
    b = B(b"hello world")
    assert b[0] == 104 and b[-1] == 100 and b[1:3] == b"el" and type(b[1:3]) is B and len(b) == 11
    assert list(b[:2]) == [104, 101] and b[::-1] == b"dlrow olleh"
    assert error(lambda: b[99]) in ("IndexError: index out of range", "IndexError: bytearray index out of range")
    assert b.find(b"o") == 4 and b.find(111) == 4 and b.rfind(b"o") == 7 and b.index(b"w") == 6
    assert error(b.index, b"z") == "ValueError: subsection not found"
    assert b.count(b"l") == 3 and b.count(108) == 3 and b.startswith(b"he") and b.endswith((b"x", b"ld"))
    assert b.replace(b"l", b"L", 2) == b"heLLo world" and b.split() == [b"hello", b"world"]
    assert b.split(b"o") == [b"hell", b" w", b"rld"] and b.rsplit(b"o", 1) == [b"hello w", b"rld"]
    assert b.partition(b" ") == (b"hello", b" ", b"world")
    assert b.rpartition(b"z") == (b"", b"", b"hello world")
    assert B(b",").join([b"a", B(b"b")]) == b"a,b"
    assert error(B(b",").join, ["a"]) == "TypeError: sequence item 0: expected a bytes-like object, str found"
    assert B(b" a ").strip() == b"a" and B(b"xax").strip(b"x") == b"a"
    assert B(b"a\nb\r\nc").splitlines() == [b"a", b"b", b"c"]
    assert B(b"aBc").upper() == b"ABC" and B(b"aBc").lower() == b"abc" and B(b"ab cd").title() == b"Ab Cd"
    assert B(b"ab").capitalize() == b"Ab" and B(b"aB").swapcase() == b"Ab" and B(b"\xe9").upper() == b"\xe9"
    assert B(b"a").center(3, b"*") == b"*a*" and B(b"5").zfill(3) == b"005"
    assert B(b"a\tb").expandtabs(4) == b"a   b" and B(b"a").ljust(2) == b"a "
    assert B(b"abc").isalpha() and B(b"12").isdigit() and B(b"a1").isalnum() and B(b" ").isspace()
    assert B(b"ab").islower() and B(b"AB").isupper() and B(b"Ab").istitle() and B(b"a").isascii()
    assert not B(b"\xff").isascii() and not B(b"").isalpha()
    assert B(b"abc").translate(bytes.maketrans(b"ab", b"xy")) == b"xyc"
    assert B(b"abc").translate(None, b"b") == b"ac" and B(b"\xde\xad").hex() == "dead"
    assert B(b"\xde\xad\xbe").hex(":") == "de:ad:be" and B(b"\1\2\3\4").hex("-", 2) == "0102-0304"
    assert B(b"\1\2\3").hex(" ", -2) == "0102 03" and B.fromhex("de AD\tbe") == b"\xde\xad\xbe"
    assert error(B.fromhex, "zz") == "ValueError: non-hexadecimal number found in fromhex() arg at position 0"
    assert B(b"prefix-x").removeprefix(b"prefix-") == b"x"
    assert b + b"!" == b"hello world!" and type(b + b"") is B and B(b"ab") * 2 == b"abab"
    assert B(b"a") < B(b"b") and B(b"a") == b"a" and B(b"a") != "a" and 104 in b and b"wor" in b
    assert error(lambda: "a" in b) == "TypeError: a bytes-like object is required, not 'str'"
    assert error(lambda: b + "a") in ("TypeError: can't concat str to bytes", "TypeError: can't concat str to bytearray")
    assert B(b"\xc3\xa9").decode() == "é" and B(b"\xe9").decode("latin-1") == "é"
    assert B(b"a\xffb").decode("utf-8", "replace") == "a\ufffdb"
    assert B(b"a\xffb").decode(errors="ignore") == "ab"
    assert B(b"\xff").decode("utf-8", "backslashreplace") == "\\xff"
    assert B(b"\xff").decode("utf-8", "surrogateescape") == "\udcff"
    assert B(b"a\0").decode("utf-16-le") == "a"
    assert error(B(b"a\xff").decode) == "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte"
    assert error(B(b"\xc3").decode) == "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc3 in position 0: unexpected end of data"
    assert error(B(b"\xe2(\xa1").decode) == "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe2 in position 0: invalid continuation byte"
    assert error(B(b"\xff").decode, "ascii") == "UnicodeDecodeError: 'ascii' codec can't decode byte 0xff in position 0: ordinal not in range(128)"
    assert B(b"%s %d %x %c %r" ) % (b"a", 5, 255, 65, "q") == b"a 5 ff A 'q'"
    assert B(b"%(k)s") % {b"k": b"v"} == b"v" and B(b"%5.1f|%-3d|") % (2.25, 7) == b"  2.2|7  |"
    assert B(b"%b") % b"x" == b"x" and B(b"%a") % "é" == b"'\\xe9'"
assert repr(b"a'b\"\n\0\xff\\") == "b'a\\'b\"\\n\\x00\\xff\\\\'" and repr(b"a'b") == 'b"a\'b"'
assert repr(bytearray(b"a")) == "bytearray(b'a')" and str(b"a") == "b'a'"
assert hash(b"ab") == hash(bytes([97, 98]))
assert error(hash, bytearray()) == "TypeError: unhashable type: 'bytearray'"
m = bytearray(b"abc")
m[0] = 65
m[1:2] = b"XYZ"
m.append(33)
m.extend([48, 49])
m.extend(b"2")
m.insert(0, 62)
m += b"end"
assert m == b">AXYZc!012end" and m.pop() == 100 and m.pop(0) == 62 and m.remove(65) is None
assert m == b"XYZc!012en" and m.reverse() is None and m[:2] == b"ne" and m.copy() == m and m.clear() is None
assert m == b""
m = bytearray(range(10))
del m[::2]
m[1:3] = []
m *= 2
assert m == bytes([1, 7, 9, 1, 7, 9])


def set_bad(v):
    m[0] = v


assert error(set_bad, 256) == "ValueError: byte must be in range(0, 256)"
assert error(set_bad, "a") == "TypeError: 'str' object cannot be interpreted as an integer"
assert error(m.append, 300) == "ValueError: byte must be in range(0, 256)"
assert error(m.remove, 200) == "ValueError: value not found in bytearray"
assert error(bytearray().pop) == "IndexError: pop from empty bytearray"
big = bytearray()
for i in range(3000):
    big.append(i & 255)
assert len(big) == 3000 and sum(big) == sum(i & 255 for i in range(3000))
assert bytes(big) == bytes(i & 255 for i in range(3000)) and big.find(bytes([255, 0, 1])) == 255


class Bs(bytes):
    pass


assert Bs(b"ab") == b"ab" and type(Bs(b"ab") + b"") is bytes and isinstance(Bs(b""), bytes)
assert Bs(b"x").upper() == b"X"

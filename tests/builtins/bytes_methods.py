"""bytes and bytearray: construction, every method family, formatting, mutation, hex, decode."""
from _case import error, outcome

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
assert outcome(lambda: b"hello".find(b"l")) == 2
assert outcome(lambda: b"hello".find(108)) == 2
assert outcome(lambda: b"hello".rfind(b"l")) == 3
assert outcome(lambda: b"hello".index(b"lo")) == 3
assert outcome(lambda: b"hello".count(b"l")) == 2
assert outcome(lambda: b"hello".count(108)) == 2
assert outcome(lambda: b"hello".find(b"l", 3)) == 3
assert outcome(lambda: b"hello".find(b"x")) == -1
assert outcome(lambda: b"hello".find(b"")) == 0
assert outcome(lambda: b"hello".index(b"x")) == 'ValueError: subsection not found'
assert outcome(lambda: b"hello".find("l")) == (
    "TypeError: argument should be integer or bytes-like object, not 'str'")
assert outcome(lambda: b"hello".find(300)) == 'ValueError: byte must be in range(0, 256)'
assert outcome(lambda: b"hello".find(1.5)) == (
    "TypeError: argument should be integer or bytes-like object, not 'float'")
assert outcome(lambda: b" a  b ".split()) == [b'a', b'b']
assert outcome(lambda: b"a,b,c".split(b",")) == [b'a', b'b', b'c']
assert outcome(lambda: b"a,b,c".split(b",", 1)) == [b'a', b'b,c']
assert outcome(lambda: b"a,b,c".rsplit(b",", 1)) == [b'a,b', b'c']
assert outcome(lambda: b"".split()) == []
assert outcome(lambda: b"".split(b",")) == [b'']
assert outcome(lambda: b" a b ".split(None, 1)) == [b'a', b'b ']
assert outcome(lambda: b" a b ".rsplit(None, 1)) == [b' a', b'b']
assert outcome(lambda: b"a".split(b"")) == 'ValueError: empty separator'
assert outcome(lambda: b"a".split(",")) == "TypeError: a bytes-like object is required, not 'str'"
assert outcome(lambda: b"a\nb\r\nc\rd\x0be".splitlines()) == [b'a', b'b', b'c', b'd\x0be']
assert outcome(lambda: b"a\nb\n".splitlines(True)) == [b'a\n', b'b\n']
assert outcome(lambda: b"k=v=w".partition(b"=")) == (b'k', b'=', b'v=w')
assert outcome(lambda: b"k=v=w".rpartition(b"=")) == (b'k=v', b'=', b'w')
assert outcome(lambda: b"k".partition(b"=")) == (b'k', b'', b'')
assert outcome(lambda: b",".join([b"a", b"b"])) == b'a,b'
assert outcome(lambda: b"".join([])) == b''
assert outcome(lambda: b",".join([b"a", bytearray(b"b"), memoryview(b"c")])) == b'a,b,c'
assert outcome(lambda: b",".join(["a"])) == (
    'TypeError: sequence item 0: expected a bytes-like object, str found')
assert outcome(lambda: b",".join(1)) == 'TypeError: can only join an iterable'
assert outcome(lambda: b"  a ".strip()) == b'a'
assert outcome(lambda: b"xxaxx".strip(b"x")) == b'a'
assert outcome(lambda: b"xxaxx".lstrip(b"x")) == b'axx'
assert outcome(lambda: b"xxaxx".rstrip(b"x")) == b'xxa'
assert outcome(lambda: b"a".strip("a")) == "TypeError: a bytes-like object is required, not 'str'"
assert outcome(lambda: b"banana".replace(b"a", b"o")) == b'bonono'
assert outcome(lambda: b"banana".replace(b"an", b"", 1)) == b'bana'
assert outcome(lambda: b"abc".replace(b"", b"-")) == b'-a-b-c-'
assert outcome(lambda: b"abc".replace(b"b", b"xyz")) == b'axyzc'
assert outcome(lambda: b"abc".upper()) == b'ABC'
assert outcome(lambda: b"ABC".lower()) == b'abc'
assert outcome(lambda: b"hello world".title()) == b'Hello World'
assert outcome(lambda: b"hELLO".capitalize()) == b'Hello'
assert outcome(lambda: b"aBc\xe9".swapcase()) == b'AbC\xe9'
assert outcome(lambda: b"they're".title()) == b"They'Re"
assert outcome(lambda: b"abc".islower()) == True
assert outcome(lambda: b"ABC".isupper()) == True
assert outcome(lambda: b"Abc Def".istitle()) == True
assert outcome(lambda: b"ab1".isalnum()) == True
assert outcome(lambda: b"ab".isalpha()) == True
assert outcome(lambda: b"12".isdigit()) == True
assert outcome(lambda: b" \t".isspace()) == True
assert outcome(lambda: b"a\x80".isascii()) == False
assert outcome(lambda: b"".isascii()) == True
assert outcome(lambda: b"".isalpha()) == False
assert outcome(lambda: b"\xe9".isalpha()) == False
assert outcome(lambda: b"abc".center(9, b"*")) == b'***abc***'
assert outcome(lambda: b"abc".ljust(5)) == b'abc  '
assert outcome(lambda: b"abc".rjust(5, b".")) == b'..abc'
assert outcome(lambda: b"42".zfill(5)) == b'00042'
assert outcome(lambda: b"-42".zfill(5)) == b'-0042'
assert outcome(lambda: b"a\tb".expandtabs(4)) == b'a   b'
assert outcome(lambda: b"abc".center(9, b"**")) == (
    'TypeError: center() argument 2 must be a byte string of length 1, not bytes')
assert outcome(lambda: b"abc".center(9, "*")) == (
    'TypeError: center() argument 2 must be a byte string of length 1, not str')
assert outcome(lambda: b"hello".startswith(b"he")) == True
assert outcome(lambda: b"hello".startswith((b"x", b"h"))) == True
assert outcome(lambda: b"hello".endswith(b"lo")) == True
assert outcome(lambda: b"hello".endswith(b"l", 0, 4)) == True
assert outcome(lambda: b"hello".startswith("he")) == (
    'TypeError: startswith first arg must be bytes or a tuple of bytes, not str')
assert outcome(lambda: b"hello".startswith((b"x", "h"))) == (
    "TypeError: a bytes-like object is required, not 'str'")
assert outcome(lambda: b"abc".removeprefix(b"a")) == b'bc'
assert outcome(lambda: b"abc".removesuffix(b"c")) == b'ab'
assert outcome(lambda: b"abc".removeprefix(b"x")) == b'abc'
assert outcome(lambda: b"abc".hex()) == '616263'
assert outcome(lambda: b"abcde".hex(":")) == '61:62:63:64:65'
assert outcome(lambda: b"abcde".hex(":", 2)) == '61:6263:6465'
assert outcome(lambda: b"abcde".hex("-", -2)) == '6162-6364-65'
assert outcome(lambda: b"".hex()) == ''
assert outcome(lambda: b"abc".hex(bytes_per_sep=2, sep="_")) == '61_6263'
assert outcome(lambda: b"abc".hex("ab")) == 'ValueError: sep must be length 1.'
assert outcome(lambda: b"abc".hex("\xe9")) == 'ValueError: sep must be ASCII.'
assert outcome(lambda: b"abc".hex(1)) == "TypeError: object of type 'int' has no len()"
assert outcome(lambda: bytes.fromhex("61 62 63")) == b'abc'
assert outcome(lambda: bytes.fromhex("")) == b''
assert outcome(lambda: bytes.fromhex("B9 01EF")) == b'\xb9\x01\xef'
assert outcome(lambda: bytes.fromhex("6")) == (
    'ValueError: non-hexadecimal number found in fromhex() arg at position 1')
assert outcome(lambda: bytes.fromhex("zz")) == (
    'ValueError: non-hexadecimal number found in fromhex() arg at position 0')
assert outcome(lambda: bytes.fromhex("1 2")) == (
    'ValueError: non-hexadecimal number found in fromhex() arg at position 1')
assert outcome(lambda: bytes.fromhex(b"00")) == 'TypeError: fromhex() argument must be str, not bytes'
assert outcome(lambda: b"abc".translate(bytes.maketrans(b"ab", b"xy"))) == b'xyc'
assert outcome(lambda: b"abc".translate(None, b"b")) == b'ac'
assert outcome(lambda: b"abc".translate(None, delete=b"ac")) == b'b'
assert outcome(lambda: b"abc".translate(b"short")) == (
    'ValueError: translation table must be 256 characters long')
assert outcome(lambda: bytes.maketrans(b"a", b"xy")) == (
    'ValueError: maketrans arguments must have same length')
assert outcome(lambda: b"a" + b"b") == b'ab'
assert outcome(lambda: b"a" + bytearray(b"b")) == b'ab'
assert outcome(lambda: b"ab" * 3) == b'ababab'
assert outcome(lambda: 2 * b"ab") == b'abab'
assert outcome(lambda: b"ab" * -1) == b''
assert outcome(lambda: b"a" + "b") == "TypeError: can't concat str to bytes"
assert outcome(lambda: b"a" + 1) == "TypeError: can't concat int to bytes"
assert outcome(lambda: b"a" * 1.5) == "TypeError: can't multiply sequence by non-int of type 'float'"
assert outcome(lambda: b"abc"[0]) == 97
assert outcome(lambda: b"abc"[-1]) == 99
assert outcome(lambda: b"abc"[1:]) == b'bc'
assert outcome(lambda: b"abc"[::-1]) == b'cba'
assert outcome(lambda: b"abcdef"[::2]) == b'ace'
assert outcome(lambda: b"abc"[3]) == 'IndexError: index out of range'
assert outcome(lambda: b"abc".__getitem__("a")) == (
    'TypeError: byte indices must be integers or slices, not str')
assert outcome(lambda: 97 in b"abc") == True
assert outcome(lambda: b"bc" in b"abc") == True
assert outcome(lambda: b"x" in b"abc") == False
assert outcome(lambda: b"" in b"abc") == True
assert outcome(lambda: "a" in b"abc") == "TypeError: a bytes-like object is required, not 'str'"
assert outcome(lambda: 300 in b"abc") == 'ValueError: byte must be in range(0, 256)'
assert outcome(lambda: b"a" < b"b") == True
assert outcome(lambda: b"a" == bytearray(b"a")) == True
assert outcome(lambda: b"a" == "a") == False
assert outcome(lambda: b"a" != b"b") == True
assert outcome(lambda: b"" < b"a") == True
assert outcome(lambda: b"abc" <= b"abc") == True
assert outcome(lambda: b"a" == memoryview(b"a")) == True
assert outcome(lambda: b"a" < "b") == "TypeError: '<' not supported between instances of 'bytes' and 'str'"
assert outcome(lambda: list(b"abc")) == [97, 98, 99]
assert outcome(lambda: len(b"abc")) == 3
assert outcome(lambda: sorted(b"cab")) == [97, 98, 99]
assert outcome(lambda: max(b"abc")) == 99
assert outcome(lambda: repr(b"abc")) == "b'abc'"
assert outcome(lambda: repr(b"a'b")) == 'b"a\'b"'
assert outcome(lambda: repr(b'a"b')) == 'b\'a"b\''
assert outcome(lambda: repr(b"\x00\n\t\r\\\xff\x7f")) == "b'\\x00\\n\\t\\r\\\\\\xff\\x7f'"
assert outcome(lambda: str(b"a")) == "b'a'"
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
assert outcome(lambda: hash(b"abc") == hash(b"ab" + b"c")) == True
assert outcome(lambda: b"abc".__getnewargs__()) == (b'abc',)
assert outcome(lambda: b"abc".__bytes__()) == b'abc'
assert outcome(lambda: b"%s %d %x" % (b"a", 5, 255)) == b'a 5 ff'
assert outcome(lambda: b"%b" % b"x") == b'x'
assert outcome(lambda: b"%c%c" % (97, b"b")) == b'ab'
assert outcome(lambda: b"%5s|%-5s|" % (b"a", b"b")) == b'    a|b    |'
assert outcome(lambda: b"%r %a" % ("a", "\xe9")) == b"'a' '\\xe9'"
assert outcome(lambda: b"%(a)s" % {b"a": b"x"}) == b'x'
assert outcome(lambda: b"%.2f" % 1.5) == b'1.50'
assert outcome(lambda: b"%%" % ()) == b'%'
assert outcome(lambda: b"%s" % "a") == (
    "TypeError: %b requires a bytes-like object, or an object that implements __bytes__, not 'str'")
assert outcome(lambda: b"%d" % "a") == 'TypeError: %d format: a real number is required, not str'
assert outcome(lambda: b"%c" % 300) == 'OverflowError: %c arg not in range(256)'
assert outcome(lambda: b"%c" % "a") == 'TypeError: %c requires an integer in range(256) or a single byte'
assert outcome(lambda: b"%f" % "a") == 'TypeError: float argument required, not str'
assert outcome(lambda: b"%s" % (b"a", b"b")) == (
    'TypeError: not all arguments converted during bytes formatting')
assert outcome(lambda: b"%s %s" % b"a") == 'TypeError: not enough arguments for format string'
assert outcome(lambda: b"abc".decode()) == 'abc'
assert outcome(lambda: b"\xe2\x82\xac".decode("utf-8")) == '€'
assert outcome(lambda: b"\xff".decode("latin-1")) == 'ÿ'
assert outcome(lambda: b"a\xffb".decode("ascii", "ignore")) == 'ab'
assert outcome(lambda: b"abc".decode(encoding="ascii", errors="strict")) == 'abc'

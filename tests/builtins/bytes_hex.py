"""bytes and bytearray: hex with separators, and fromhex."""
from _case import error, outcome

for B in (bytes, bytearray):
    assert B(b"\xde\xad").hex() == "dead"
    assert B(b"\xde\xad\xbe").hex(":") == "de:ad:be" and B(b"\1\2\3\4").hex("-", 2) == "0102-0304"
    assert B(b"\1\2\3").hex(" ", -2) == "0102 03" and B.fromhex("de AD\tbe") == b"\xde\xad\xbe"
    assert error(B.fromhex, "zz") == "ValueError: non-hexadecimal number found in fromhex() arg at position 0"
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
assert outcome(lambda: bytearray.fromhex("6162")) == bytearray(b'ab')
assert outcome(lambda: bytearray(b"ab").hex()) == '6162'

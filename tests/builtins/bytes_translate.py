"""bytes and bytearray: translate and maketrans."""
from _case import outcome

for B in (bytes, bytearray):
    assert B(b"abc").translate(bytes.maketrans(b"ab", b"xy")) == b"xyc"
    assert B(b"abc").translate(None, b"b") == b"ac"
assert outcome(lambda: b"abc".translate(bytes.maketrans(b"ab", b"xy"))) == b'xyc'
assert outcome(lambda: b"abc".translate(None, b"b")) == b'ac'
assert outcome(lambda: b"abc".translate(None, delete=b"ac")) == b'b'
assert outcome(lambda: b"abc".translate(b"short")) == (
    'ValueError: translation table must be 256 characters long')
assert outcome(lambda: bytes.maketrans(b"a", b"xy")) == (
    'ValueError: maketrans arguments must have same length')

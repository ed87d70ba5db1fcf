"""bytes and bytearray: center, ljust, rjust, zfill, expandtabs."""
from _case import outcome

for B in (bytes, bytearray):
    assert B(b"a").center(3, b"*") == b"*a*" and B(b"5").zfill(3) == b"005"
    assert B(b"a\tb").expandtabs(4) == b"a   b" and B(b"a").ljust(2) == b"a "
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

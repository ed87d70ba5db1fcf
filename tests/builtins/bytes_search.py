"""bytes and bytearray: find, index, count, startswith, endswith, in."""
from _case import error, outcome

for B in (bytes, bytearray):
    b = B(b"hello world")
    assert b.find(b"o") == 4 and b.find(111) == 4 and b.rfind(b"o") == 7 and b.index(b"w") == 6
    assert error(b.index, b"z") == "ValueError: subsection not found"
    assert b.count(b"l") == 3 and b.count(108) == 3 and b.startswith(b"he") and b.endswith((b"x", b"ld"))
    assert 104 in b
    assert b"wor" in b
    assert error(lambda: "a" in b) == "TypeError: a bytes-like object is required, not 'str'"
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
assert outcome(lambda: b"hello".startswith(b"he")) == True
assert outcome(lambda: b"hello".startswith((b"x", b"h"))) == True
assert outcome(lambda: b"hello".endswith(b"lo")) == True
assert outcome(lambda: b"hello".endswith(b"l", 0, 4)) == True
assert outcome(lambda: b"hello".startswith("he")) == (
    'TypeError: startswith first arg must be bytes or a tuple of bytes, not str')
assert outcome(lambda: b"hello".startswith((b"x", "h"))) == (
    "TypeError: a bytes-like object is required, not 'str'")
assert outcome(lambda: 97 in b"abc") == True
assert outcome(lambda: b"bc" in b"abc") == True
assert outcome(lambda: b"x" in b"abc") == False
assert outcome(lambda: b"" in b"abc") == True
assert outcome(lambda: "a" in b"abc") == "TypeError: a bytes-like object is required, not 'str'"
assert outcome(lambda: 300 in b"abc") == 'ValueError: byte must be in range(0, 256)'
assert outcome(lambda: 97 in bytearray(b"a")) == True

"""bytes and bytearray: strip, removeprefix, removesuffix, replace."""
from _case import outcome

for B in (bytes, bytearray):
    b = B(b"hello world")
    assert b.replace(b"l", b"L", 2) == b"heLLo world"
    assert B(b" a ").strip() == b"a" and B(b"xax").strip(b"x") == b"a"
    assert B(b"prefix-x").removeprefix(b"prefix-") == b"x"
assert outcome(lambda: b"  a ".strip()) == b'a'
assert outcome(lambda: b"xxaxx".strip(b"x")) == b'a'
assert outcome(lambda: b"xxaxx".lstrip(b"x")) == b'axx'
assert outcome(lambda: b"xxaxx".rstrip(b"x")) == b'xxa'
assert outcome(lambda: b"a".strip("a")) == "TypeError: a bytes-like object is required, not 'str'"
assert outcome(lambda: b"banana".replace(b"a", b"o")) == b'bonono'
assert outcome(lambda: b"banana".replace(b"an", b"", 1)) == b'bana'
assert outcome(lambda: b"abc".replace(b"", b"-")) == b'-a-b-c-'
assert outcome(lambda: b"abc".replace(b"b", b"xyz")) == b'axyzc'
assert outcome(lambda: b"abc".removeprefix(b"a")) == b'bc'
assert outcome(lambda: b"abc".removesuffix(b"c")) == b'ab'
assert outcome(lambda: b"abc".removeprefix(b"x")) == b'abc'
assert outcome(lambda: bytearray(b"abc").replace(b"b", b"xx")) == bytearray(b'axxc')
assert outcome(lambda: bytearray(b" a ").strip()) == bytearray(b'a')
assert outcome(lambda: isinstance(bytearray(b"a").strip(), bytearray)) == True

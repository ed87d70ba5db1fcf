"""bytes and bytearray: split, rsplit, splitlines, partition, join."""
from _case import error, outcome

for B in (bytes, bytearray):
    b = B(b"hello world")
    assert b.split() == [b"hello", b"world"]
    assert b.split(b"o") == [b"hell", b" w", b"rld"] and b.rsplit(b"o", 1) == [b"hello w", b"rld"]
    assert b.partition(b" ") == (b"hello", b" ", b"world")
    assert b.rpartition(b"z") == (b"", b"", b"hello world")
    assert B(b",").join([b"a", B(b"b")]) == b"a,b"
    assert error(B(b",").join, ["a"]) == "TypeError: sequence item 0: expected a bytes-like object, str found"
    assert B(b"a\nb\r\nc").splitlines() == [b"a", b"b", b"c"]
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
assert outcome(lambda: bytearray(b"a,b").split(b",")) == [bytearray(b'a'), bytearray(b'b')]
assert outcome(lambda: bytearray(b",").join([b"a", b"b"])) == bytearray(b'a,b')
assert outcome(lambda: bytearray(b"a b").partition(b" ")) == (
    (bytearray(b'a'), bytearray(b' '), bytearray(b'b')))

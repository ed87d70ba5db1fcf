"""bytes and bytearray: +, *, comparison, hash."""
from _case import error, outcome

for B in (bytes, bytearray):
    b = B(b"hello world")
    assert b + b"!" == b"hello world!" and type(b + b"") is B and B(b"ab") * 2 == b"abab"
    assert B(b"a") < B(b"b")
    assert B(b"a") == b"a"
    assert B(b"a") != "a"
    assert error(lambda: b + "a") in (
        "TypeError: can't concat str to bytes", "TypeError: can't concat str to bytearray")
assert hash(b"ab") == hash(bytes([97, 98]))
assert error(hash, bytearray()) == "TypeError: unhashable type: 'bytearray'"
assert outcome(lambda: b"a" + b"b") == b'ab'
assert outcome(lambda: b"a" + bytearray(b"b")) == b'ab'
assert outcome(lambda: b"ab" * 3) == b'ababab'
assert outcome(lambda: 2 * b"ab") == b'abab'
assert outcome(lambda: b"ab" * -1) == b''
assert outcome(lambda: b"a" + "b") == "TypeError: can't concat str to bytes"
assert outcome(lambda: b"a" + 1) == "TypeError: can't concat int to bytes"
assert outcome(lambda: b"a" * 1.5) == "TypeError: can't multiply sequence by non-int of type 'float'"
assert outcome(lambda: b"a" < b"b") == True
assert outcome(lambda: b"a" == bytearray(b"a")) == True
assert outcome(lambda: b"a" == "a") == False
assert outcome(lambda: b"a" != b"b") == True
assert outcome(lambda: b"" < b"a") == True
assert outcome(lambda: b"abc" <= b"abc") == True
assert outcome(lambda: b"a" == memoryview(b"a")) == True
assert outcome(lambda: b"a" < "b") == "TypeError: '<' not supported between instances of 'bytes' and 'str'"
assert outcome(lambda: hash(b"abc") == hash(b"ab" + b"c")) == True


def run(code):
    """Runs the statement on bytearray(b"abc"): the array afterwards and what was assigned to r."""
    names = {"b": bytearray(b"abc"), "r": None}
    exec(code, names)
    return bytes(names["b"]), names["r"]


assert outcome(lambda: run("r = hash(b)")) == "TypeError: unhashable type: 'bytearray'"
assert outcome(lambda: bytearray(b"a") + b"b") == bytearray(b'ab')
assert outcome(lambda: b"a" + bytearray(b"b")) == b'ab'
assert outcome(lambda: bytearray(b"ab") * 2) == bytearray(b'abab')
assert outcome(lambda: bytearray(b"a") == b"a") == True
assert outcome(lambda: bytearray(b"a") < b"b") == True
assert outcome(lambda: bytearray(b"a") == bytearray(b"a")) == True
assert outcome(lambda: bytearray(b"a") != "a") == True
assert outcome(lambda: bool(bytearray())) == False

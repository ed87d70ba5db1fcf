"""marshal: what is written comes back, and CPython's own bytes can be read."""
import marshal

from _case import error

values = [
    None, True, False, ..., 0, -1, 2**31, -2**40, 10**50, 1.5, -0.0, 1 + 2j, "", "abc", "\u20ac\U0001F600",
    b"bytes", (), (1, (2,)), [1, [2, 3]], {"a": 1, 2: [3]}, {1, 2}, frozenset({"x"}), ("n" * 300,),
    StopIteration]
for v in values:
    w = marshal.loads(marshal.dumps(v))
    assert w == v and type(w) is type(v), v
assert marshal.loads(b"\xe9\x05\x00\x00\x00") == 5
for bad, kind in ((b"", EOFError), (b"i\x01", EOFError), (b"?", ValueError)):
    try:
        marshal.loads(bad)
    except kind:
        pass
    else:
        raise AssertionError(bad)
try:
    marshal.dumps(object())
except ValueError as e:
    assert str(e) == "unmarshallable object"
data = [1, -2 ** 80, 1.5, "té", b"b", (1, [2, {3: 4}]), None, True, {5}, frozenset([6]), 1j, ...]
assert marshal.loads(marshal.dumps(data)) == data
assert error(marshal.dumps, object()) == "ValueError: unmarshallable object"
assert eval(marshal.loads(marshal.dumps(compile("6 * 7", "f", "eval")))) == 42
for bad, text in ((b"<test>", "EOFError: marshal data too short"),
                  (b"[\x05\0\0\0N", "EOFError: EOF read where object expected"),
                  (b"(\xff\xff\xff\x7fN", "EOFError: EOF read where object expected"),
                  (b">\x09\0\0\0N", "EOFError: EOF read where object expected"),
                  (b"{N", "EOFError: EOF read where object expected"),
                  (b"{", "EOFError: EOF read where object expected"),
                  (b"(\xff\xff\xff\xff", "ValueError: bad marshal data (tuple size out of range)")):
    assert error(marshal.loads, bad) == text, bad

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

# what comes again is the same again, also what holds itself, from version 3 on
shared = (1, [2], "text of some length")
for again in (shared, [shared], {"key": shared}, {shared[0], (7, 8)}, frozenset({5}), b"bytes"):
    first, second = marshal.loads(marshal.dumps([again, again]))
    assert first == again and first is second
    first, second = marshal.loads(marshal.dumps([again, again], 2))
    assert first == again == second
row = [1]
row.append(row)
made = marshal.loads(marshal.dumps(row))
assert made[0] == 1 and made[1] is made and len(made) == 2
table = {"own": None, "name": "own"}
table["own"] = (table, [table])
made = marshal.loads(marshal.dumps(table))
assert made["own"][0] is made and made["own"][1][0] is made and made["name"] == "own"
assert error(marshal.dumps, row, 2) == "ValueError: object too deeply nested to marshal"
many = [(i, [i], str(i)) for i in range(1000)]
made = marshal.loads(marshal.dumps(many + many[::-1]))
assert made == many + many[::-1] and all(made[i] is made[-1 - i] for i in range(1000))
for bad in (b"r\0\0\0\0", b"[\1\0\0\0r\0\0\0\0", b"\xbe\1\0\0\0r\0\0\0\0", b"[\1\0\0\0r\xff\xff\xff\xff"):
    assert error(marshal.loads, bad) == "ValueError: bad marshal data (invalid reference)", bad
made = marshal.loads(b"\xdb\2\0\0\0r\0\0\0\0N")
assert made[0] is made and made[1] is None

"""Attributes and methods of ints, floats, bools, None and …, and class methods of built-in classes, at sites
that meet one class, several, and classes that change."""


def length(n):
    return n.bit_length()


for n in (5, 1 << 40, 1 << 80, -7, True, False, 0, 1 << 62):
    for i in range(3):
        assert length(n) == len(bin(abs(n))) - 2 - (n == 0)


class Mine:
    def __init__(self, n):
        self.n = n

    def bit_length(self):
        return "mine"

    real = "real"


class Slots:
    __slots__ = "bit_length", "real"


def real(v):
    return v.real


slots = Slots()
slots.bit_length = lambda: "slot"
slots.real = 9
for i in range(4):
    for v, expected, r in ((5, 3, 5), (Mine(1), "mine", "real"), (True, 1, 1), (slots, "slot", 9),
                           (1 << 70, 71, 1 << 70)):
        assert length(v) == expected and real(v) == r
    assert real(2.5) == 2.5 and real(1j) == 0.0
    for v in (2.5, None, ..., NotImplemented):
        try:
            length(v)
            raise KeyError
        except AttributeError as e:
            assert str(e) == f"'{type(v).__name__}' object has no attribute 'bit_length'" and e.obj is v


class Number(int):
    pass


def both(v):
    return v.bit_length(), v.real, v.numerator, v.__class__, v.__doc__ == int.__doc__


for i in range(3):
    assert both(Number(5)) == (3, 5, 5, Number, False)
    assert both(5) == (3, 5, 5, int, True)
Number.bit_length = lambda self: "changed"
Number.real = property(lambda self: "property")
for i in range(3):
    assert both(Number(5))[:2] == ("changed", "property") and both(5)[:2] == (3, 5)
del Number.bit_length, Number.real
assert both(Number(5))[:2] == (3, 5)
five = Number(5)
five.bit_length = lambda: "own"
for i in range(3):
    assert both(five)[0] == "own" and both(Number(5))[0] == 3


def texts(v):
    name = v.__class__.__name__
    return v.__str__(), v.__repr__(), v.__hash__(), v.__eq__(v), name, v.__doc__ == type(v).__doc__


for i in range(3):
    for v in (None, True, 5, 2.5, ..., NotImplemented, "a", 1j):
        assert texts(v) == (str(v), repr(v), hash(v), v == v, type(v).__name__, True)


def bound(v):
    return v.bit_length


for i in range(3):
    for v in (5, True, 1 << 70):
        assert bound(v)() == v.bit_length() and bound(v).__self__ is v


def stored(v):
    v.name = 1


for v in (5, 2.5, None, True):
    try:
        stored(v)
        raise KeyError
    except AttributeError as e:
        assert str(e) == f"'{type(v).__name__}' object has no attribute 'name'"

# class methods of built-in classes, by the class and by an instance


def from_bytes(c):
    return c.from_bytes(b"\1\0", "big")


def keywords(c):
    return c.from_bytes(b"\xff\xff", byteorder="little", signed=True)


def from_hex(c):
    return c.fromhex("41")


def from_keys(c):
    return c.fromkeys("ab", 1)


class Bytes(bytes):
    pass


class Dict(dict):
    pass


for i in range(4):
    for c, kind in ((int, int), (Number, Number), (5, int), (Number(3), Number), (bool, bool), (True, bool)):
        assert from_bytes(c) == (256 if kind is not bool else True) and type(from_bytes(c)) is kind
        assert keywords(c) == (-1 if kind is not bool else True)
    for c in (bytes, bytearray, Bytes, b"", bytearray(), Bytes()):
        assert from_hex(c) == b"A" and type(from_hex(c)) is (c if isinstance(c, type) else type(c))
    assert from_hex(float) == 65.0 == from_hex(1.5)
    for c in (dict, Dict, {}, Dict()):
        made = from_keys(c)
        assert made == {"a": 1, "b": 1} and type(made) is (c if isinstance(c, type) else type(c))
    for wrong in (lambda: int.from_bytes(), lambda: dict.fromkeys(), lambda: int.from_bytes(1, 2, 3, 4)):
        try:
            wrong()
            raise KeyError
        except TypeError:
            pass
Number.from_bytes = classmethod(lambda cls, *rest: ("own", cls))
assert from_bytes(Number) == ("own", Number) == from_bytes(Number(1)) and from_bytes(int) == 256
Number.from_bytes = staticmethod(lambda *rest: len(rest))
assert from_bytes(Number) == 2 == from_bytes(Number(1)) and from_bytes(5) == 256
del Number.from_bytes
assert from_bytes(Number) == 256 and type(from_bytes(Number)) is Number


# who watches calls is told of the bound method
import sys
seen = []


def watched():
    for i in range(2):
        int.from_bytes(b"1", "big")
        (5).from_bytes(b"1", "big")
        (5).bit_length()
        dict.fromkeys("a")


watched()
sys.setprofile(lambda frame, event, arg: event == "c_call" and seen.append(arg))
watched()
sys.setprofile(None)
named = [(f.__name__, f.__self__) for f in seen if f.__name__ != "setprofile"]
assert named == [("from_bytes", int), ("from_bytes", int), ("bit_length", 5), ("fromkeys", dict)] * 2, named

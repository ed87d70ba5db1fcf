"""Conversions through __int__, __index__, __float__, __complex__, __round__, __trunc__, __hash__, __format__ and friends."""
from _case import error


class I:
    def __init__(self, v):
        self.v = v

    def __index__(self):
        return self.v


class F:
    def __float__(self):
        return 2.5


class N:
    def __int__(self):
        return 7


class T:
    def __trunc__(self):
        return 9


class R:
    def __round__(self, n=None):
        return ("round", n)

    def __floor__(self):
        return "floor"

    def __abs__(self):
        return "abs"

    def __complex__(self):
        return 1j


assert [10, 20, 30][I(1)] == 20 and "abc"[I(2)] == "c" and (1, 2)[I(-1)] == 2 and range(5)[I(3)] == 3
assert [1, 2, 3, 4][I(1):I(3)] == [2, 3] and list(range(I(3))) == [0, 1, 2] and [0] * I(2) == [0, 0]
assert I(2) * "ab" == "abab"
text, pair = "a", (1,)
assert hex(I(255)) == "0xff" and bin(I(5)) == "0b101" and oct(I(8)) == "0o10" and chr(I(65)) == "A"
assert int(I(4)) == 4 and float(I(4)) == 4.0 and complex(I(4)) == 4 and float(F()) == 2.5 and int(N()) == 7
assert round(R()) == ("round", None) and round(R(), 2) == ("round", 2) and abs(R()) == "abs"
assert complex(R()) == 1j
assert bytes(I(3)) == b"\0\0\0" and "%d" % N() == "7" and "%x" % I(255) == "ff"
assert error(lambda: [1][F()]) == "TypeError: list indices must be integers or slices, not F"
assert error(lambda: text["b"]) == "TypeError: string indices must be integers, not 'str'"
assert error(lambda: pair[1.0]) == "TypeError: tuple indices must be integers or slices, not float"
assert error(lambda: [1][I("x")]) == "TypeError: __index__ returned non-int (type str)"
assert error(lambda: int(object())) == "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'object'"
assert error(lambda: float([])) == "TypeError: float() argument must be a string or a real number, not 'list'"
assert error(lambda: [1, 2][10 ** 20]) == "IndexError: cannot fit 'int' into an index-sized integer"
assert [1, 2, 3][-10 ** 20:10 ** 20] == [1, 2, 3]


class H:
    def __init__(self, h):
        self.h = h

    def __hash__(self):
        return self.h

    def __eq__(self, o):
        return isinstance(o, H) and self.h == o.h


assert hash(H(5)) == 5 and hash(H(-1)) == -2 and hash(H(2 ** 61 - 1)) == 2 ** 61 - 1
assert hash(H(2 ** 64)) == hash(2 ** 64)
assert {H(1): "a"}[H(1)] == "a"


class NoHash:
    def __eq__(self, o):
        return True


assert NoHash.__hash__ is None and error(lambda: hash(NoHash())) == "TypeError: unhashable type: 'NoHash'"
assert error(lambda: {[]: 1}) == "TypeError: unhashable type: 'list'"
assert error(lambda: {{}}) == "TypeError: unhashable type: 'dict'"


class Fmt:
    def __format__(self, spec):
        return "<" + spec + ">"

    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"


assert f"{Fmt()}" == "<>" and f"{Fmt():abc}" == "<abc>" and f"{Fmt()!s}{Fmt()!r:>6}" == "str  repr"
assert format(Fmt(), "q") == "<q>"


class BadStr:
    def __str__(self):
        return 5

    def __repr__(self):
        return None

    def __format__(self, s):
        return 5

    def __hash__(self):
        return "x"


assert error(lambda: str(BadStr())) == "TypeError: __str__ returned non-string (type int)"
assert error(lambda: repr(BadStr())) == "TypeError: __repr__ returned non-string (type NoneType)"
assert error(lambda: f"{BadStr()}") == "TypeError: __format__ must return a str, not int"
assert error(lambda: hash(BadStr())) == "TypeError: __hash__ method should return an integer"
assert error(lambda: f"{object():x}") == "TypeError: unsupported format string passed to object.__format__"


class Bytes:
    def __bytes__(self):
        return b"by"


assert bytes(Bytes()) == b"by"


class Len:
    def __init__(self, v):
        self.v = v

    def __len__(self):
        return self.v

    def __length_hint__(self):
        return 3


assert len(Len(5)) == 5 and len(Len(True)) == 1
assert error(lambda: len(Len(2 ** 70))) == "OverflowError: cannot fit 'int' into an index-sized integer"
assert error(lambda: len(Len("a"))) == "TypeError: 'str' object cannot be interpreted as an integer"

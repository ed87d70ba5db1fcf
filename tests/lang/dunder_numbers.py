"""Conversions through __int__, __index__, __float__, __complex__, __round__, __trunc__, __bytes__."""
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
assert error(lambda: int(object())) == (
    "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'object'")
assert error(lambda: float([])) == "TypeError: float() argument must be a string or a real number, not 'list'"
assert error(lambda: [1, 2][10 ** 20]) == "IndexError: cannot fit 'int' into an index-sized integer"
assert [1, 2, 3][-10 ** 20:10 ** 20] == [1, 2, 3]


class Bytes:
    def __bytes__(self):
        return b"by"


assert bytes(Bytes()) == b"by"

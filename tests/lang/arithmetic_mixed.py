"""Reflected operators, NotImplemented, in-place operators, priorities of subclasses."""
from _case import error


class Num:
    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        return ("add", self.v, o if not isinstance(o, Num) else o.v)

    def __radd__(self, o):
        return ("radd", self.v, o)

    def __iadd__(self, o):
        self.v += o
        return self

    def __matmul__(self, o):
        return "matmul"

    def __rpow__(self, o):
        return ("rpow", o)

    def __pow__(self, o, mod=None):
        return ("pow", o, mod)

    def __neg__(self):
        return "neg"

    def __pos__(self):
        return "pos"

    def __invert__(self):
        return "invert"

    def __divmod__(self, o):
        return "divmod"

    def __rdivmod__(self, o):
        return "rdivmod"


n = Num(1)
assert n + 2 == ("add", 1, 2) and 2 + n == ("radd", 1, 2) and 2.5 + n == ("radd", 1, 2.5)
assert "s" + n == ("radd", 1, "s")
assert n @ 1 == "matmul" and 2 ** n == ("rpow", 2) and n ** 2 == ("pow", 2, None)
assert pow(n, 2, 3) == ("pow", 2, 3)
assert -n == "neg" and +n == "pos" and ~n == "invert"
assert divmod(n, 1) == "divmod" and divmod(1, n) == "rdivmod"
m = n
n += 5
assert n is m and n.v == 6
t = (1,)
u = t
t += (2,)
assert t == (1, 2) and u == (1,)
a = [1]
b = a
a += (2, 3)
assert b == [1, 2, 3]
a *= 2
assert b is a and b == [1, 2, 3, 1, 2, 3]


class Base:
    def __add__(self, o):
        return "base add"

    def __radd__(self, o):
        return "base radd"


class Derived(Base):
    def __radd__(self, o):
        return "derived radd"


class Plain(Base):
    pass


assert Base() + Derived() == "derived radd" and Derived() + Base() == "base add"
assert Base() + Plain() == "base add"


class Never:
    def __add__(self, o):
        return NotImplemented

    def __eq__(self, o):
        return NotImplemented

    def __lt__(self, o):
        return NotImplemented


assert error(lambda: Never() + 1) == "TypeError: unsupported operand type(s) for +: 'Never' and 'int'"
assert error(lambda: 1 - "a") == "TypeError: unsupported operand type(s) for -: 'int' and 'str'"
assert error(lambda: [] @ []) == "TypeError: unsupported operand type(s) for @: 'list' and 'list'"
assert error(lambda: Never() < Never()) == (
    "TypeError: '<' not supported between instances of 'Never' and 'Never'")
assert error(lambda: -"a") == "TypeError: bad operand type for unary -: 'str'"
assert (Never() == Never()) is False and (Never() != 3) is True


def iadd_error():
    x = 1
    x += "a"


def ipow_error():
    x = []
    x **= 2


assert error(iadd_error) == "TypeError: unsupported operand type(s) for +=: 'int' and 'str'"
assert error(ipow_error) == "TypeError: unsupported operand type(s) for **=: 'list' and 'int'"
assert error(lambda: [1] + (2,)) == 'TypeError: can only concatenate list (not "tuple") to list'
assert error(lambda: (1,) + [2]) == 'TypeError: can only concatenate tuple (not "list") to tuple'
assert error(lambda: "a" + 1) == 'TypeError: can only concatenate str (not "int") to str'
assert error(lambda: b"a" + "b") == "TypeError: can't concat str to bytes"
assert error(lambda: "a" * "b") == "TypeError: can't multiply sequence by non-int of type 'str'"
assert error(lambda: "a" * 1.5) == "TypeError: can't multiply sequence by non-int of type 'float'"

"""What copy and pickle are tried on: a shared and recursive structure, and classes with the hooks of both."""

shared = [1]
x = {
    "a": shared,
    "b": shared,
    "c": (shared, {2, 3}),
    "d": b"x",
    "e": 1.5,
    "f": None,
    "g": "é",
    "h": 2 ** 100,
    "i": frozenset([1]),
    "j": range(3),
    "k": 1j,
    "l": bytearray(b"q"),
    "m": True}
x["self"] = x


class P:
    def __init__(self, v):
        self.v = v

    def __eq__(self, o):
        return self.v == o.v


class S:
    __slots__ = ("a", "b")


class R:
    def __init__(self, n):
        self.n = n

    def __reduce__(self):
        return (R, (self.n + 1,))


class G(P):
    def __getstate__(self):
        return {"saved": self.v}

    def __setstate__(self, s):
        self.v = s["saved"] * 2


class N(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    def __getnewargs__(self):
        return tuple(self)


class C:
    def __copy__(self):
        return "copied"

    def __deepcopy__(self, memo):
        return "deep"


class L(list):
    pass


def func():
    pass


s = S()
s.a = 1
l = L([1, 2])
l.tag = "t"

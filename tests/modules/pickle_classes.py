"""pickle: shared structures, instances of classes with hooks, functions, in every protocol; what cannot be
pickled.
"""
import collections
import pickle

from _case import error

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
for p in range(6):
    y = pickle.loads(pickle.dumps(x, p))
    assert y["a"] is y["b"] and y["self"] is y and y["c"][0] is y["a"]
    assert {k: v for k, v in y.items() if k != "self"} == {k: v for k, v in x.items() if k != "self"}


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
for p in range(2, 6):
    rt = lambda o: pickle.loads(pickle.dumps(o, p))
    assert rt(P(5)) == P(5) and rt(s).a == 1 and not hasattr(rt(s), "b") and rt(R(1)).n == 2
    assert rt(G(3)).v == 6 and rt(N(1, 2)) == (1, 2) and type(rt(N(1, 2))) is N and rt(P) is P
    assert rt(len) is len and rt(func) is func and rt(l) == [1, 2] and rt(l).tag == "t"
    assert rt(collections.OrderedDict(a=1)) == collections.OrderedDict(a=1)
    assert rt(ValueError("m", 1)).args == ("m", 1) and rt(int) is int and rt(...) is ...
    assert rt(NotImplemented) is NotImplemented
assert error(pickle.dumps, lambda: 0).startswith("PicklingError: Can't pickle <function <lambda>")
assert error(pickle.loads, b"").startswith("EOFError")
assert "Error: " in error(pickle.loads, b"abc")
assert error(pickle.dumps, (i for i in [])) == "TypeError: cannot pickle 'generator' object"
deep = []
for _ in range(200):
    deep = [deep]
assert pickle.loads(pickle.dumps(deep)) == deep

"""copy and pickle hooks, __sizeof__, __del__ order independence, weak identity, __eq__ and __hash__ defaults, __ne__."""
from _case import error


class P:
    def __init__(self, x):
        self.x = x


p = P(1)
red = p.__reduce_ex__(2)
assert red[1] == (P,) and red[2] == {"x": 1} and red[0].__name__ == "__newobj__"
assert p.__reduce_ex__(4)[2] == {"x": 1} and p.__getstate__() == {"x": 1}


class S:
    __slots__ = ("a", "b")


s = S()
s.a = 1
assert s.__getstate__() == (None, {"a": 1}) and s.__reduce_ex__(2)[2] == (None, {"a": 1})
assert error(s.__reduce_ex__, 0) == (
    "TypeError: a class that defines __slots__ without defining __getstate__ cannot be pickled")
assert object().__getstate__() is None and [1].__reduce_ex__(2)[3] is not None
assert list({"a": 1}.__reduce_ex__(2)[4]) == [("a", 1)] and (5).__reduce_ex__(2)[1] == (int, 5)
assert "x".__reduce_ex__(2)[1] == (str, "x")


class Eq:
    def __init__(self, v):
        self.v = v

    def __eq__(self, o):
        return self.v == o.v

    def __hash__(self):
        return hash(self.v)


assert Eq(1) == Eq(1) and not Eq(1) != Eq(1) and Eq(1) != Eq(2) and len({Eq(1), Eq(1), Eq(2)}) == 2
assert {Eq(1): "a"}[Eq(1)] == "a"


class OnlyEq:
    def __eq__(self, o):
        return True


assert OnlyEq.__hash__ is None and error(lambda: {OnlyEq()}) == "TypeError: unhashable type: 'OnlyEq'"


class HashChild(OnlyEq):
    __hash__ = object.__hash__


assert hash(HashChild()) is not None


class Ne:
    def __ne__(self, o):
        return "ne called"


assert (Ne() != 1) == "ne called" and (Ne() == 1) is False


class Weird:
    def __eq__(self, o):
        return [1]

    def __lt__(self, o):
        return None


assert (Weird() == 1) == [1] and (Weird() < 1) is None and (1 > Weird()) is None and (Weird() in [5]) is True
log = []


class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        log.append(self.n)


import gc


def dropped():
    d = D(1)
    del d
    for i in range(5):
        D(i + 10)
    a, b = D(20), D(21)
    a.other, b.other = b, a


def scrub(n):
    """Overwrites what earlier calls left on the stacks."""
    a = b = c = d = e = f = g = h = None
    if n:
        scrub(n - 1)
    return [a, b, c, d, e, f, g, h]


keep = []


class Risen:
    def __del__(self):
        keep.append(self)


def rise():
    Risen()


dropped()
rise()
scrub(50)
gc.collect()
assert sorted(log) == [1, 10, 11, 12, 13, 14, 20, 21] and len(keep) == 1
keep.clear()
scrub(50)
gc.collect()
assert keep == []


class Call:
    def __call__(self, *a, **k):
        return a, k

    def __enter__(self):
        return "entered"

    def __exit__(self, *a):
        return True

    def __bool__(self):
        return False

    def __len__(self):
        return 5

    def __contains__(self, x):
        return x == 1

    def __reversed__(self):
        return "rev"

    def __dir__(self):
        return ["only"]

    def __sizeof__(self):
        return 77

    def __instancecheck__(self, x):
        return True

    def __getstate__(self):
        return "state"


c = Call()
assert c(1, k=2) == ((1,), {"k": 2}) and not c and len(c) == 5 and 1 in c and reversed(c) == "rev"
assert dir(c) == ["only"] and isinstance(5, c) and c.__reduce_ex__(2)[2] == "state"
import sys
assert sys.getsizeof(c) >= 77 and sys.getsizeof([]) > 0 and sys.getsizeof(10 ** 100) > sys.getsizeof(1) - 100
try:
    with c as got:
        raise ValueError
finally:
    assert got == "entered"

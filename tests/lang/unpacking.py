"""Unpacking in assignment, for, calls and displays, with its errors."""
from _case import error

a, b = "xy"
assert a == "x" and b == "y"
a, *b = range(5)
assert a == 0 and b == [1, 2, 3, 4]
*a, b = "abc"
assert a == ["a", "b"] and b == "c"
a, *b, c = [1, 2]
assert (a, b, c) == (1, [], 2)
a, (b, [c, *d]), e = 1, (2, [3, 4, 5]), 6
assert (a, b, c, d, e) == (1, 2, 3, [4, 5], 6)
(a, b), c = {1: 2, 3: 4}.items(), 5
assert (a, b) == ((1, 2), (3, 4))
*a, = (1, 2, 3)
assert a == [1, 2, 3]
pairs = []
for k, (v, *w) in [(1, "abc"), (2, "d")]:
    pairs.append((k, v, w))
assert pairs == [(1, "a", ["b", "c"]), (2, "d", [])]


def gen():
    yield 1
    yield 2


a, b = gen()
assert (a, b) == (1, 2)


class Iter:
    def __init__(self, n):
        self.n = n

    def __getitem__(self, i):
        if i >= self.n:
            raise IndexError(i)
        return i * i


a, b, c = Iter(3)
assert (a, b, c) == (0, 1, 4)
assert [*Iter(2), *"ab"] == [0, 1, "a", "b"]
assert (*[1], *(), 2) == (1, 2) and {*"aab"} == {"a", "b"}
assert {**{"a": 1}, "b": 2, **{"a": 3}} == {"a": 3, "b": 2}


def few():
    a, b, c = 1, 2


def many():
    a, b = [1, 2, 3]


def many_iter():
    a, b = iter([1, 2, 3])


def star_few():
    a, *b, c = [1]


def no_iter():
    a, b = 5


def star_none():
    a, *b = None


assert error(few) == "ValueError: not enough values to unpack (expected 3, got 2)"
assert error(many) == "ValueError: too many values to unpack (expected 2)"
assert error(many_iter) == "ValueError: too many values to unpack (expected 2)"
assert error(star_few) == "ValueError: not enough values to unpack (expected at least 2, got 1)"
assert error(no_iter) == "TypeError: cannot unpack non-iterable int object"
assert error(star_none) == "TypeError: cannot unpack non-iterable NoneType object"
assert error(lambda: [*5]) == "TypeError: Value after * must be an iterable, not int"
assert error(lambda: {**5}) == "TypeError: 'int' object is not a mapping"


def keeps(x):
    """A failed unpacking binds nothing."""
    p = q = None
    try:
        p, q = x
    except ValueError:
        pass
    return p, q


assert keeps([1]) == (None, None) and keeps([1, 2, 3]) == (None, None) and keeps([1, 2]) == (1, 2)


def boom():
    yield 1
    raise KeyError("stop")


assert error(lambda: [*boom()]) == "KeyError: 'stop'"

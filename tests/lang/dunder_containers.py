"""Container protocols: __getitem__, __setitem__, __delitem__, __iter__, __next__, __reversed__,
__missing__, slices.
"""
from _case import error


class Seq:
    def __init__(self):
        self.log = []

    def __getitem__(self, k):
        return k

    def __setitem__(self, k, v):
        self.log.append(("set", k, v))

    def __delitem__(self, k):
        self.log.append(("del", k))


s = Seq()
assert s[1] == 1 and s[1:2] == slice(1, 2, None) and s[::3] == slice(None, None, 3) and s[1, 2] == (1, 2)
assert s[...] is ... and s[1:2, ::] == (slice(1, 2), slice(None)) and s[()] == () and s[-1] == -1
assert s["k"] == "k"
s[0] = 1
s[1:2] = [3]
del s[5], s[::2]
s[1] += 1
assert s.log == [
    ("set", 0, 1), ("set", slice(1, 2), [3]), ("del", 5), ("del", slice(None, None, 2)), ("set", 1, 2)]
assert s[*[1, 2]] == (1, 2) and s[0, *[1], 2] == (0, 1, 2)


class Count:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        self.i = 0
        return self

    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i

    def __reversed__(self):
        return iter(["reversed"])


assert list(Count(3)) == [1, 2, 3] and list(reversed(Count(3))) == ["reversed"] and sum(Count(4)) == 10
assert max(Count(3)) == 3 and 2 in Count(3) and 9 not in Count(3) and [*Count(2)] == [1, 2]
assert dict(zip("ab", Count(2))) == {"a": 1, "b": 2}


class OldSeq:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return i * 10

    def __len__(self):
        return 3


assert list(OldSeq()) == [0, 10, 20] and list(reversed(OldSeq())) == [20, 10, 0] and 20 in OldSeq()


class D(dict):
    def __missing__(self, k):
        return "missing %s" % k


d = D(a=1)
assert d["a"] == 1 and d["b"] == "missing b" and d.get("b") is None and "b" not in d


class BadIter:
    def __iter__(self):
        return 5


class NoneIter:
    __iter__ = None
    __contains__ = None
    __getitem__ = lambda self, i: 1


class RaisesNext:
    def __iter__(self):
        return self

    def __next__(self):
        raise KeyError("next")


assert error(lambda: iter(BadIter())) == "TypeError: iter() returned non-iterator of type 'int'"
assert error(lambda: list(5)) == "TypeError: 'int' object is not iterable"
assert error(lambda: iter(NoneIter())) == "TypeError: 'NoneIter' object is not iterable"
assert error(lambda: 1 in NoneIter()) == "TypeError: 'NoneIter' object is not a container"
assert error(lambda: [x for x in RaisesNext()]) == "KeyError: 'next'"
assert error(lambda: next(5)) == "TypeError: 'int' object is not an iterator"
five = 5
assert error(lambda: five[0]) == "TypeError: 'int' object is not subscriptable"


def set_item():
    five[0] = 1


def del_item():
    del five[0]


def tuple_set():
    t = (1,)
    t[0] = 1


def str_del():
    s = "a"
    del s[0]


assert error(set_item) == "TypeError: 'int' object does not support item assignment"
assert error(del_item) == "TypeError: 'int' object does not support item deletion"
assert error(tuple_set) == "TypeError: 'tuple' object does not support item assignment"
assert error(str_del) == "TypeError: 'str' object doesn't support item deletion"
assert error(lambda: reversed({1})) == "TypeError: 'set' object is not reversible"
assert error(lambda: int[0]) == "TypeError: type 'int' is not subscriptable"
it = iter([1, 2])
assert iter(it) is it and next(it) == 1 and next(it) == 2 and next(it, "end") == "end"
assert error(lambda: next(it)) == "StopIteration: "
calls = iter([3, 2, 1, 0])
assert list(iter(lambda: next(calls), 1)) == [3, 2]

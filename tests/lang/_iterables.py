"""Iterables of all kinds, made afresh by each function of FRESH."""
import itertools


class Counting:
    """An iterator with __next__ in Python."""

    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if not self.n:
            raise StopIteration
        self.n -= 1
        return self.n


class Old:
    """Iterated by __getitem__."""

    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return i, -i


class L(list): pass


class LI(list):
    def __iter__(self): return iter("own")


class T(tuple): pass


class D(dict):
    def __iter__(self): return iter([7])


class Raising:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n == 3:
            raise KeyError("third")
        return self.n, self.n


def generator(n):
    for i in range(n):
        yield i, i * i
    return "returned"


def failing():
    yield 1, 2
    raise ValueError("in the generator")


FRESH = [
    lambda: [], lambda: [1, 2, 3], lambda: [(1, 2), (3, 4)], lambda: [(1, 2), (3,)],
    lambda: [[1, 2], "ab", {5: 6, 7: 8}], lambda: (), lambda: ((1, 2),),
    lambda: range(0), lambda: range(3), lambda: range(5, -6, -3), lambda: range(2**61 - 1, 2**61 + 2),
    lambda: range(-2**61 - 1, -2**61 + 1), lambda: range(2**70, 2**70 + 2),
    lambda: "", lambda: "abc", lambda: "a\u0100", lambda: b"ab", lambda: bytearray(b"ab"), lambda: {},
    lambda: {1: 2, 3: 4}, lambda: {1: 2, 3: 4}.items(),
    lambda: {1: 2}.keys(), lambda: {1: 2}.values(), lambda: {(1, 2): 3}, lambda: {5},
    lambda: frozenset([(1, 2)]), lambda: enumerate("ab"), lambda: enumerate("ab", 2**61 - 1),
    lambda: enumerate(generator(2)), lambda: zip("ab", [1, 2]), lambda: zip("ab", [1]),
    lambda: zip("ab", generator(1)), lambda: zip([1], [2], [3]), lambda: zip([1]), lambda: zip(),
    lambda: map(divmod, [7, 8], [2, 3]), lambda: map(lambda a: (a, a), [1, 2]),
    lambda: filter(None, [0, 1, (2, 3)]), lambda: reversed([1, 2]), lambda: reversed({1: 2}.items()),
    lambda: generator(0), lambda: generator(3), lambda: failing(), lambda: ((i, i) for i in range(2)),
    lambda: Counting(3), lambda: Counting(0), lambda: Old(), lambda: L([(1, 2), 3]),
    lambda: LI([1]), lambda: T((1, 2)), lambda: D({1: 2}), lambda: Raising(), lambda: iter([1, 2]),
    lambda: iter(lambda c=iter([1, 2, 0]): next(c), 0), lambda: memoryview(b"ab"),
    lambda: itertools.chain([(1, 2)], "ab"), lambda: itertools.product([1, 2], [3]),
    lambda: itertools.islice(generator(5), 2), lambda: itertools.count(2**61 - 1),
    lambda: itertools.repeat((1, 2), 3), lambda: itertools.pairwise("abc"), lambda: 5, lambda: None,
    lambda: object, lambda: [None], lambda: [5, 6],
]

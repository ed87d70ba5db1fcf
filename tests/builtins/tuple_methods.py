"""tuple: methods, immutability, hashing, comparison, subclasses, slicing identity."""
from _case import error

t = (1, 2, 3, 2)
assert t.count(2) == 2 and t.index(2) == 1 and t.index(2, 2) == 3
assert error(t.index, 9) == "ValueError: tuple.index(x): x not in tuple" and t[0] == 1 and t[-1] == 2
assert t[1:3] == (2, 3) and len(t) == 4
assert () == tuple() and (1,) == tuple([1]) and tuple("ab") == ("a", "b") and tuple(t) is t and t[:] is t
assert t * 2 == (1, 2, 3, 2, 1, 2, 3, 2) and t + () == t and () + () == () and (0,) * 0 == ()
assert (1, 2) < (1, 3) and (1,) < (1, 0) and () < (1,) and (1, "a") == (1, "a") and (1, 2) != [1, 2]
assert (1.0,) == (1,) and not (1, 2) > (1, 2)
assert hash((1, 2)) == hash((1, 2)) and hash(()) == 5740354900026072187
assert hash((1,)) == -6644214454873602895 and hash((1, 2)) == -3550055125485641917
assert hash((1, (2, 3))) == hash((1.0, (2.0, 3.0))) and {(1, 2): "x"}[(1, 2)] == "x"
assert repr(()) == "()" and repr((1,)) == "(1,)" and repr((1, "a")) == "(1, 'a')" and repr(((),)) == "((),)"
assert error(hash, ([],)) == "TypeError: unhashable type: 'list'"
assert error(lambda: t[9]) == "IndexError: tuple index out of range"
assert error(tuple, 5) == "TypeError: 'int' object is not iterable"
m = ([],)
m[0].append(1)
assert m == ([1],)
try:
    m[0] += [2]
except TypeError as e:
    assert str(e) == "'tuple' object does not support item assignment" and m == ([1, 2],)


class T(tuple):
    def __new__(cls, *a):
        return super().__new__(cls, a)

    @property
    def total(self):
        return sum(self)


x = T(1, 2)
x.extra = 5
assert x == (1, 2) and x.total == 3 and x.extra == 5 and type(x + (3,)) is tuple and type(x[:]) is tuple
assert hash(x) == hash((1, 2)) and repr(x) == "(1, 2)" and isinstance(x, tuple) and tuple(x) == (1, 2)
assert type(tuple(x)) is tuple
assert 2 in t and 9 not in t and list(reversed(t)) == [2, 3, 2, 1] and max(t) == 3 and sum(t) == 8
assert sorted(t) == [1, 2, 2, 3] and any(t) and all(t) and t.__getnewargs__() == ((1, 2, 3, 2),)
a, *b = t
assert b == [2, 3, 2] and (a, *b) == t and tuple(x for x in t if x > 1) == (2, 3, 2)
assert tuple[int, ...] == tuple[int, ...] and repr(tuple[int, ...]) == "tuple[int, ...]"
assert repr(tuple[()]) == "tuple[()]"
big = tuple(range(10000))
assert big[9999] == 9999 and big.index(5000) == 5000 and hash(big) == hash(tuple(range(10000)))
assert big[::1000] == tuple(range(0, 10000, 1000))
n = ()
for i in range(200):
    n = (n, i)
assert repr(n).count("(") == 201

"""list: every method, copying, aliasing, comparison, multiplication, errors, subclassing."""
from _case import error

a = [3, 1, 2]
a.append(4)
a.extend([5, 6])
a.extend("ab")
a.extend(x for x in (7,))
assert a == [3, 1, 2, 4, 5, 6, "a", "b", 7]
a.insert(0, "first")
a.insert(100, "last")
a.insert(-1, "before")
assert a[0] == "first" and a[-1] == "last" and a[-2] == "before"
assert a.pop() == "last" and a.pop(0) == "first" and a.pop(-1) == "before" and a.pop(6) == "a"
assert a == [3, 1, 2, 4, 5, 6, "b", 7]
a.remove("b")
assert error(a.remove, "zz") == "ValueError: list.remove(x): x not in list" and a.index(4) == 3
assert a.index(4, 2) == 3 and a.index(4, -5, 10) == 3
assert error(a.index, 99) == "ValueError: 99 is not in list"
assert error(a.index, 3, 1) == "ValueError: 3 is not in list"
assert a.count(1) == 1 and a.count(99) == 0 and [1, 1.0, True].count(1) == 3 and a.reverse() is None
assert a == [7, 6, 5, 4, 2, 1, 3]
b = a.copy()
b.clear()
assert b == [] and len(a) == 7 and error([].pop) == "IndexError: pop from empty list"
assert error([1].pop, 5) == "IndexError: pop index out of range"
assert a.sort() is None and a == [1, 2, 3, 4, 5, 6, 7]
assert error(lambda: [1][1]) == "IndexError: list index out of range"
assert error(lambda: [1][-2]) == "IndexError: list index out of range"


def set_bad():
    [1][5] = 1


assert error(set_bad) == "IndexError: list assignment index out of range"
assert [1, 2] + [3] == [1, 2, 3] and [1] * 3 == [1, 1, 1] and 2 * [0, 1] == [0, 1, 0, 1] and [1] * 0 == []
assert [[]] * 2 == [[], []]
n = [[0] * 2] * 2
n[0][0] = 1
assert n == [[1, 0], [1, 0]]
m = a
m += [8]
assert a is m and a[-1] == 8
m *= 2
assert len(a) == 16
m *= 0
assert a == [] and a is m
assert list() == [] and list("ab") == ["a", "b"] and list({"k": 1}) == ["k"] and list(range(3)) == [0, 1, 2]
assert list((1, 2)) == [1, 2] and list(x for x in "a") == ["a"]
assert error(list, 5) == "TypeError: 'int' object is not iterable"
assert error(list, 1, 2) == "TypeError: list expected at most 1 argument, got 2"
assert [1, 2] < [1, 3] and [1] < [1, 0] and [] < [1] and [2] > [1, 9] and [1, 2] == [1.0, 2.0]
assert [1] != (1,) and not [1] == "1"
assert repr([1, "a", None, [2.5], (3,), {4: 5}]) == "[1, 'a', None, [2.5], (3,), {4: 5}]"
assert str([]) == "[]" and repr(["é\n"]) == "['é\\n']"
assert error(hash, []) == "TypeError: unhashable type: 'list'"
assert error([].append) == "TypeError: list.append() takes exactly one argument (0 given)"
assert error([].insert, 1) == "TypeError: insert expected 2 arguments, got 1"
assert error([].extend, 5) == "TypeError: 'int' object is not iterable"
assert error(lambda: [].sort(1)) == "TypeError: sort() takes no positional arguments"
c = [1, 2, 3]
c.extend(c)
assert c == [1, 2, 3, 1, 2, 3] and c.__len__() == 6 and c.__contains__(2) and c.__getitem__(0) == 1
assert [].__class__ is list
c[1:1] = c
assert len(c) == 12
d = []
for i in range(1000):
    d.append(i)
    if i % 3 == 0:
        d.pop(0)
assert len(d) == 666 and d[0] == 334 and d[-1] == 999
while d:
    d.pop()
assert d == []


class L(list):
    def append(self, x):
        super().append(x * 2)


l = L([1])
l.append(5)
assert l == [1, 10] and isinstance(l, list) and type(l + []) is list and type(l[:]) is list
assert type(l.copy()) is list and repr(l) == "[1, 10]" and l != (1, 10) and L("ab") == ["a", "b"]


class Eq:
    def __eq__(self, o):
        raise KeyError("eq")


assert error(lambda: [Eq()].index(1)) == "KeyError: 'eq'" and error(lambda: 1 in [Eq()]) == "KeyError: 'eq'"
assert error([Eq()].remove, 1) == "KeyError: 'eq'"


class Shrinks:
    def __eq__(self, o):
        victim.clear()
        return False


victim = [Shrinks(), Shrinks(), 3]
assert (3 in victim) is False and victim == []
e = [1, 2, 3]
it = iter(e)
next(it)
e.clear()
assert list(it) == [] and [x for x in reversed([1, 2])] == [2, 1] and iter([1]).__length_hint__() == 1
assert list.__init__(e, [9, 8]) is None and e == [9, 8] and list[int] == list[int]
assert repr(list[int]) == "list[int]"
assert [None] * 3 == [None, None, None]
assert error(lambda: [1] * 2 ** 62) == "MemoryError: "
assert error(lambda: [1] * "a") == "TypeError: can't multiply sequence by non-int of type 'str'"

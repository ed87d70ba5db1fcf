"""set and frozenset: every method and operator, order for small numbers, hashing, errors."""
from _case import error

s = {1, 2, 3}
s.add(4)
s.add(4)
assert s == {1, 2, 3, 4} and len(s) == 4 and 3 in s and 9 not in s and s.remove(4) is None
assert error(s.remove, 9) == "KeyError: 9" and s.discard(9) is None and s.discard(3) is None and s == {1, 2}
assert s | {3} == {1, 2, 3} and s & {2, 3} == {2} and s - {2} == {1} and s ^ {2, 3} == {1, 3}
assert s.union([5], (6,)) == {1, 2, 5, 6} and s.intersection([1], {1, 2}) == {1}
assert s.difference([1], [2]) == set() and s.symmetric_difference("a") == {1, 2, "a"}
assert error(lambda: s | [1]) == "TypeError: unsupported operand type(s) for |: 'set' and 'list'"
assert s.union() == s and s.union() is not s
t = s
t |= {7}
t &= {1, 7, 9}
assert s is t and s == {1, 7}
t ^= {1, 2}
t -= {7}
assert s == {2}
s.update([3], "ab")
s.intersection_update({2, "a"})
s.difference_update([2])
s.symmetric_difference_update([5])
assert s == {"a", 5} and s.copy() == s and s.clear() is None and s == set()
assert error(s.pop) == "KeyError: 'pop from an empty set'" and {5}.pop() == 5
assert {1} < {1, 2} and {1} <= {1} and {1, 2} > {1} and {1}.issubset([1, 2]) and {1, 2}.issuperset([1])
assert {1}.isdisjoint([2]) and not {1}.isdisjoint([1]) and {1, 2} == {2, 1} and {1} != {2} and {1} != [1]
assert not ({1} < {2} or {2} < {1})
assert error(lambda: {1} < [1]) == "TypeError: '<' not supported between instances of 'set' and 'list'"
f = frozenset([1, 2])
assert f == {1, 2} and hash(f) == hash(frozenset([2, 1])) and {f: 1}[frozenset([2, 1])] == 1
assert f | {3} == frozenset([1, 2, 3]) and type(f | {3}) is frozenset and type({3} | f) is set
assert f.copy() is f and frozenset(f) is f and f.union([9]) == {1, 2, 9}
assert repr(f) == "frozenset({1, 2})" and repr(set()) == "set()" and repr(frozenset()) == "frozenset()"
assert repr({1}) == "{1}" and error(hash, set()) == "TypeError: unhashable type: 'set'" and {1} in [{1}]
assert {1} in {frozenset([1])}
assert error(lambda: {[]}) == "TypeError: unhashable type: 'list'"
assert error(set, 5) == "TypeError: 'int' object is not iterable"
assert error(f.__getattribute__, "add") == "AttributeError: 'frozenset' object has no attribute 'add'"
assert list({3, 1, 2}) == [1, 2, 3] and list({10, 5, 0}) == [0, 10, 5]
assert list(set(range(20))) == list(range(20)) and list({-1, -2, 0, 1}) == [0, 1, -1, -2]
assert list({1.5, 2.5, 0.5}) is not None and list({True, 0, 2}) == [0, True, 2]
x = set()
for i in range(1000):
    x.add(i * 7 % 1001)
for i in range(0, 1001, 2):
    x.discard(i)
assert x == set(i * 7 % 1001 for i in range(1000)) - set(range(0, 1001, 2)) and all(i % 2 for i in x)
assert {1, 1.0, True} == {1} and len({0, False, 0.0}) == 1 and {"a", "b"} == {"b", "a"}
assert {(1, 2), (1, 2)} == {(1, 2)} and len({None, None}) == 1 and set("hello") == {"h", "e", "l", "o"}


class S(set):
    pass


assert type(S([1]) | {2}) is set
assert S([1]) == {1} and isinstance(S(), set) and type(S([1]).copy()) is set and repr(S([1])) == "S({1})"
it = iter({1, 2, 3})
next(it)
assert it.__length_hint__() == 2 and sum({1, 2, 3}) == 6 and sorted({3, 1, 2}) == [1, 2, 3]
assert max({1, 5, 2}) == 5 and {*"ab", *[1]} == {"a", "b", 1}
assert {1, 2, 3} - {2} | {5} == {1, 3, 5} and {1} ^ {1} == set() and set() <= set() and not set() < set()
assert {1}.__or__([1]) is NotImplemented and {1, 2}.__contains__(1) and {1}.__eq__([1]) is NotImplemented
a = {1, 2, 3}
assert a.difference_update(a) is None and a == set()
b = {1}
b |= b
assert b == {1} and b.symmetric_difference_update(b) is None and b == set()
c = set()
c.add(frozenset([1]))
assert {1} in c and c.remove({1}) is None and c == set()

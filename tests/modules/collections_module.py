"""collections: deque, Counter, OrderedDict, defaultdict, namedtuple, ChainMap, UserDict."""
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, defaultdict, deque, namedtuple

from _case import error

d = deque([1, 2, 3], maxlen=4)
d.append(4)
d.append(5)
assert list(d) == [2, 3, 4, 5] and d.maxlen == 4 and d.popleft() == 2 and d.pop() == 5
assert d.appendleft(9) is None and list(d) == [9, 3, 4] and d[0] == 9 and d[-1] == 4 and len(d) == 3
d.rotate(1)
assert list(d) == [4, 9, 3] and d.rotate(-1) is None and list(d) == [9, 3, 4] and d.count(3) == 1
assert d.index(4) == 2 and d.reverse() is None and list(d) == [4, 3, 9]
assert repr(d) == "deque([4, 3, 9], maxlen=4)" and d.copy() == d
d.extendleft([7, 8])

assert list(d)[:2] == [8, 7] and d.clear() is None and error(d.pop) == "IndexError: pop from an empty deque"
assert deque("ab") + deque("c") == deque("abc") and deque([1]) * 3 == deque([1, 1, 1])
assert deque([1, 2]) < deque([1, 3]) and error(lambda: deque()[0]) == "IndexError: deque index out of range"
big = deque()
for i in range(1000):
    big.append(i)
    if i % 3 == 0:
        big.popleft()
assert len(big) == 666 and big[0] == 334 and sum(big) == sum(range(334, 1000))
q = deque([1, 2])


def mutate():
    for x in q:
        q.append(x)


assert error(mutate) == "RuntimeError: deque mutated during iteration"
c = Counter("abracadabra")
assert c["a"] == 5 and c["z"] == 0 and c.most_common(2) == [("a", 5), ("b", 2)] and sum(c.values()) == 11
assert c.total() == 11 and c + Counter("a") == Counter("abracadabraa")
assert Counter(a=3) - Counter(a=5) == Counter() and Counter("ab") & Counter("bc") == Counter("b")
assert Counter("ab") | Counter("bc") == Counter("abc") and sorted(Counter(a=2).elements()) == ["a", "a"]
assert repr(Counter("aab")) == "Counter({'a': 2, 'b': 1})"
c.update("aa")
c.subtract("b")
assert c["a"] == 7 and c["b"] == 1
o = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
o.move_to_end("a")
assert list(o) == ["b", "c", "a"] and o.move_to_end("a", last=False) is None and list(o) == ["a", "b", "c"]
assert o.popitem(last=False) == ("a", 1) and o == OrderedDict([("b", 2), ("c", 3)])
assert o != OrderedDict([("c", 3), ("b", 2)]) and o == {"c": 3, "b": 2}
assert repr(o) == "OrderedDict([('b', 2), ('c', 3)])" and list(reversed(o)) == ["c", "b"]
dd = defaultdict(list)
dd["x"].append(1)
assert dd == {"x": [1]} and dd["y"] == [] and list(dd) == ["x", "y"] and dd.default_factory is list
assert repr(defaultdict(int, a=1)) == "defaultdict(<class 'int'>, {'a': 1})"
assert error(lambda: defaultdict()["k"]) == "KeyError: 'k'" and dd.get("q") is None
P = namedtuple("P", "x y z", defaults=[0])
p = P(1, 2)
assert p == (1, 2, 0) and p.x == 1 and p._replace(y=5) == (1, 5, 0)
assert p._asdict() == {"x": 1, "y": 2, "z": 0} and P._fields == ("x", "y", "z")
assert repr(p) == "P(x=1, y=2, z=0)" and P._make([1, 2, 3]).z == 3
assert error(P, 1) == "TypeError: P.__new__() missing 1 required positional argument: 'y'"
a, b, z = p
assert (a, b, z) == (1, 2, 0) and isinstance(p, tuple) and hash(p) == hash((1, 2, 0))
assert error(namedtuple, "Q", "a a") == "ValueError: Encountered duplicate field name: 'a'"
assert namedtuple("R", "class a", rename=True)._fields == ("_0", "a")
m = ChainMap({"a": 1}, {"a": 2, "b": 3})
assert m["a"] == 1 and m["b"] == 3 and dict(m) == {"a": 1, "b": 3} and m.new_child({"c": 1})["c"] == 1


class U(UserDict):
    def __setitem__(self, k, v):
        super().__setitem__(k, v * 2)


u = U(a=1)
u["b"] = 2
assert u.data == {"a": 2, "b": 4} and UserList([1]) + [2] == [1, 2]

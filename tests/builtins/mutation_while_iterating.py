"""Changing a container while it is walked: RuntimeError for dicts, sets and deques, well-defined for
lists.
"""
from collections import OrderedDict, deque

from _case import outcome


def grow(container, add):
    for _ in container:
        add(container)


n = iter(range(100, 10**6))
size = "RuntimeError: dictionary changed size during iteration"
assert outcome(grow, {1: 2}, lambda d: d.update({next(n): 1})) == size
d = {1: 2, 3: 4}
for view in d.items(), d.values(), d.keys():
    assert outcome(grow, view, lambda v: d.update({next(n): 1})) == size
assert outcome(grow, {1, 2}, lambda s: s.add(next(n))) == "RuntimeError: Set changed size during iteration"
assert outcome(grow, deque([1, 2]), lambda q: q.append(1)) == "RuntimeError: deque mutated during iteration"
assert outcome(grow, OrderedDict(a=1, b=2), lambda o: o.update({next(n): 1})) == (
    "RuntimeError: OrderedDict mutated during iteration")

# an iterator that failed fails again
it = iter(d)
next(it)
d["new"] = 1
assert outcome(next, it) == size and outcome(next, it) == size
d = {i: i for i in range(3)}
out = []
for k in d:
    d[k] = -k  # replacing values is no change of size
    out.append(k)
assert out == [0, 1, 2] and d == {0: 0, 1: -1, 2: -2}
# one out, one in: the same size
d = {0: 0}
seen = []
assert outcome(lambda: [(seen.append(k), d.pop(k), d.__setitem__(k + 1, 0)) for k in d if k < 20]) in (
    "RuntimeError: dictionary keys changed during iteration",)

x = [1, 2, 3]
for v in x:
    if len(x) < 8:
        x.append(v * 10)
assert x == [1, 2, 3, 10, 20, 30, 100, 200]
x = [1, 2, 3, 4]
assert [x.pop() for _ in x] == [4, 3]
it = iter(x)
assert list(it) == [1, 2]
x.append(9)
assert list(it) == []  # exhausted iterators stay so


class Evil:
    def __init__(self, target, act):
        self.target, self.act = target, act

    def __eq__(self, other):
        self.act(self.target)
        return False

    def __hash__(self):
        return 5


big = {5: 1, 6: 2}
big[Evil(big, dict.clear)] = 3
assert len(big) == 1
many = {Evil(None, lambda t: None): i for i in range(20)}
assert len(many) == 20
lst = [1, 2, 3]
assert outcome(lst.sort, ) is None
try:
    lst.sort(key=lambda v: lst.append(v) or v)
except ValueError as e:
    assert str(e) == "list modified during sort"
x = [Evil(None, lambda t: x.clear()) for _ in range(10)]
assert 7 not in x
assert outcome(x.index, 7) == "ValueError: 7 is not in list" and x == []

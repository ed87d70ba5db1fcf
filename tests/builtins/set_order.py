"""The order of sets of ints after every operation, as a sum; sets that change while they are compared; the
front of dicts."""
import random
import zlib

r = random.Random(7)


def some(n, spread):
    kind = r.randrange(4)
    items = [r.randrange(spread) << r.choice((0, 0, 5, 32)) for i in range(n)]
    if kind == 0:
        return set(items)
    if kind == 1:
        return frozenset(tuple(items))
    made = set()
    for item in items:
        made.add(item)
        if kind == 3 and r.randrange(3) == 0:
            made.discard(r.choice(items))
    return made


total = 0
for i in range(1500):
    n, m, spread = r.randrange(40), r.randrange(40), r.choice((10, 60, 1000))
    a, b = some(n, spread), some(m, spread)
    results = [a | b, a & b, a - b, a ^ b, set(a), frozenset(b), a.union(b, [n]), set(dict.fromkeys(a)),
               set(list(b)), a.difference(list(b)), a.symmetric_difference(dict.fromkeys(b)),
               set(tuple(a)), a | a]
    c = set(a)
    c |= b
    c -= {n, m}
    results.append(c)
    d = set(b)
    d ^= a
    d.update(range(m), (n, m))
    results.append(d)
    total = zlib.crc32(repr([list(s) for s in results]).encode(), total)
    assert (a <= b) is all(x in b for x in a) and (a >= b) is all(x in a for x in b)
    assert a.isdisjoint(b) is not (a & b) and (a < b) is (a <= b and len(a) < len(b)) and a <= a | b >= b
    assert (a == b) is (sorted(a) == sorted(b)) and (a | b) - b == a - b and (a ^ b) == (a | b) - (a & b)
assert total == 2692829955, total


class Key:
    """Of one hash; comparing does something to `target`."""
    target, left = None, 0

    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 5

    def __eq__(self, other):
        if Key.left:
            Key.left -= 1
            if Key.left == 0:
                Key.action()
        return isinstance(other, Key) and self.n == other.n


def clear():
    Key.target.clear()


def grow():
    Key.target.update(range(100))


def shrink():
    Key.target.discard(5)


OPERATIONS = [lambda a, b: a | b, lambda a, b: a & b, lambda a, b: a - b, lambda a, b: a ^ b,
              lambda a, b: a <= b, lambda a, b: a.isdisjoint(b), lambda a, b: a == b,
              lambda a, b: a.update(b), lambda a, b: set(b), lambda a, b: a.intersection_update(b),
              lambda a, b: a.difference_update(b), lambda a, b: list(b) in [a],
              lambda a, b: a.symmetric_difference_update(b), lambda a, b: a.issuperset(list(b)),
              lambda a, b: set(list(b)) | a, lambda a, b: frozenset(a) | b]
for operation in OPERATIONS:
    for action in (clear, grow, shrink):
        for which in (0, 1):
            for left in (1, 2, 5, 9):
                a, b = {Key(i) for i in range(5)} | {5}, {Key(i) for i in range(3, 9)} | {5}
                Key.target, Key.left, Key.action = (a, b)[which], left, staticmethod(action)
                try:
                    operation(a, b)
                except RuntimeError:
                    pass
                Key.left = 0
                assert len(list(a)) == len(a) and len(list(b)) == len(b)
                for s in (a, b):
                    for k in s:
                        assert k in s


class Growing:
    """Adds to the list that a set is made from."""
    def __init__(self, items):
        self.items = items

    def __hash__(self):
        if len(self.items) < 50:
            self.items.append(Growing(self.items))
        return id(self)


items = []
items.append(Growing(items))
assert len(set(items)) == 50


class Shrinking(Growing):
    def __hash__(self):
        self.items.clear()
        return id(self)


items = list(range(10))
items.insert(3, Shrinking(items))
assert len(set(items)) == 4 and not items
items = [1.5, Shrinking(items)]
items[1].items = items
assert len(frozenset(items)) == 2

# a dict's first entry is found at once, whatever was taken out in which order
d = {}
model = []
for i in range(4000):
    step = r.randrange(12)
    if step < 6 or not d:
        d[i] = i
        model.append(i)
    elif step < 9:
        first = next(iter(d))
        assert first == model.pop(0)
        del d[first]
    elif step == 9:
        assert d.popitem()[0] == model.pop()
    elif step == 10:
        k = model.pop(r.randrange(len(model)))
        assert d.pop(k) == k
    else:
        for j in range(r.randrange(len(d) + 1)):
            del d[next(iter(d))], model[0]
        if r.randrange(3) == 0:
            d = d.copy() if r.randrange(2) else dict(d)
    if step == 11:
        assert list(d) == model and list(reversed(d)) == model[::-1] and len(d) == len(model)
        assert list(d.items()) == [(k, k) for k in model] and (not d or min(d) == min(model))
assert list(d) == model
for clear_first in (0, 1):
    d = dict.fromkeys(range(40))
    for k in range(39):
        del d[k if clear_first else 38 - k]
    assert list(d) == [39]
    assert d.popitem() == (39, None) and not d and list(d) == []
    d["x"] = 1
    assert list(d) == ["x"] and d == {"x": 1}

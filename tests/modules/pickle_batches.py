"""Items are pickled in batches of 1,000; each is taken from its iterator when the one before has been
saved.
"""
import collections
import pickle

from _case import error


class Items(list):
    pass


class Pairs(dict):
    pass


for n in (0, 1, 2, 3, 999, 1000, 1001, 1999, 2000, 2001):
    for protocol in range(6):
        for make in (
                list, Items, collections.deque, set, frozenset, dict.fromkeys, Pairs.fromkeys,
                collections.OrderedDict.fromkeys):
            assert pickle.loads(pickle.dumps(make(range(n)), protocol)) == make(range(n)), (n, protocol, make)

# exact dicts and sets end in an empty batch when the last one is full
for n, ends in ((999, False), (1000, True), (1001, False), (2000, True)):
    assert pickle.dumps(dict.fromkeys(range(n)), 2).endswith(b"(u.") is ends, n
    assert pickle.dumps(set(range(n)), 4).endswith(b"(\x90.") is ends, n
    assert not pickle.dumps(Pairs.fromkeys(range(n)), 2).endswith(b"(u.")
    assert not pickle.dumps(list(range(n)), 2).endswith(b"(e.")


class Changing:
    def __init__(self, items): self.items = items
    def __reduce__(self):
        self.items.popitem(last=False)
        return int, ()


for at in range(1, 3):
    items = collections.OrderedDict.fromkeys(range(4))
    items[at] = Changing(items)
    assert error(pickle.dumps, items) == "RuntimeError: OrderedDict mutated during iteration", at

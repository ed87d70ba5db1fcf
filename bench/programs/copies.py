"""Copies and pickles: deepcopy of shared and cyclic structures, classes with their own copying, copyreg,
__reduce__ and __getstate__, persistent names, every protocol.
"""
import copy
import copyreg
import hashlib
import io
import pickle
import sys
from collections import OrderedDict, deque, namedtuple
from datetime import date, timedelta
from decimal import Decimal

Point = namedtuple("Point", "x y")


class Node:
    def __init__(self, name, parent=None):
        self.name, self.parent, self.children = name, parent, []
        if parent is not None:
            parent.children.append(self)

    def total(self):
        return len(self.name) + sum(child.total() for child in self.children)


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self, a, b):
        self.a, self.b = a, b

    def __eq__(self, other):
        return (self.a, self.b) == (other.a, other.b)


class Cached:
    """Leaves out of its state what can be found again."""

    def __init__(self, numbers):
        self.numbers = numbers
        self.sum = sum(numbers)

    def __getstate__(self):
        return {"numbers": self.numbers}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.sum = sum(self.numbers)

    def __deepcopy__(self, memo):
        return Cached(copy.deepcopy(self.numbers, memo))


class Angle:
    def __init__(self, degrees):
        self.degrees = degrees % 360


class Kept(list):
    def __reduce__(self):
        return Kept, (tuple(self),)


copyreg.pickle(Angle, lambda angle: (Angle, (angle.degrees,)))


class Writer(pickle.Pickler):
    def persistent_id(self, item):
        return ("town", TOWNS.index(item)) if type(item) is bytearray else None


class Reader(pickle.Unpickler):
    def persistent_load(self, name):
        return TOWNS[name[1]]


TOWNS = [bytearray(b"Bern"), bytearray(b"Riga")]


def tree(depth, name, parent=None):
    node = Node(name, parent)
    if depth:
        for c in "abc":
            tree(depth - 1, name + c, node)
    return node


def record(i):
    day = date(2020, 1, 1) + timedelta(i % 900)
    return {"id": i, "name": f"item {i}", "price": Decimal(i) / 4, "day": day, "point": Point(i, -i),
            "tags": ("x", "y", f"t{i % 7}"), "parts": [i * 0.5, None, i % 2 == 0, b"raw"],
            "slots": Slotted(i, [i]), "angle": Angle(i * 31), "kept": Kept([i, i]), "queue": deque([i], 3),
            "order": OrderedDict(b=1, a=i), "set": {i % 5, i % 3}, "big": i << 70}


def main(n):
    records = [record(i) for i in range(n)]
    root = tree(7, "r")
    twin = copy.deepcopy(root)
    assert twin.total() == root.total() and twin.children[0].parent is twin and twin.name is root.name
    shared = [[0] * 3] * 5
    again = copy.deepcopy(shared)
    assert again[0] is again[4] and again[0] is not shared[0]
    copied = copy.deepcopy(records)
    shallow = [copy.copy(r) for r in records]
    assert all(a["slots"] == b["slots"] and a["slots"] is not b["slots"] and c["slots"] is a["slots"]
               for a, b, c in zip(records, copied, shallow))
    sizes = []
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        data = pickle.dumps(records, protocol)
        back = pickle.loads(data)
        for a, b in zip(records, back):
            assert a["day"] == b["day"] and a["angle"].degrees == b["angle"].degrees
        sizes.append(len(data))
    cached = [pickle.loads(pickle.dumps(Cached(list(range(i % 50))))) for i in range(n)]
    cached += copy.deepcopy(cached)
    out = io.BytesIO()
    Writer(out).dump([TOWNS[i % 2] for i in range(n)])
    towns = Reader(io.BytesIO(out.getvalue())).load()
    assert all(town is TOWNS[i % 2] for i, town in enumerate(towns))
    plain = [(r["id"], r["name"], str(r["price"]), r["tags"], r["point"].x, r["parts"]) for r in back]
    digest = hashlib.sha1(repr(plain).encode()).hexdigest()[:12]
    print("tree", twin.total(), "sizes", sizes, "cached", sum(c.sum for c in cached), digest)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)

# stress: 400
"""repr, str and comparisons of nested values count against the recursion limit as calls do, a level each."""
import operator
import sys
from collections import OrderedDict, defaultdict, deque
from functools import partial
from types import MappingProxyType, SimpleNamespace

NESTS = {
    "list": lambda v: [v], "tuple": lambda v: (v,), "dict": lambda v: {1: v}, "deque": lambda v: deque([v]),
    "frozenset": lambda v: frozenset([v]), "defaultdict": lambda v: defaultdict(None, a=v),
    "slice": lambda v: slice(v), "partial": lambda v: partial(print, v),
    "OrderedDict": lambda v: OrderedDict(a=v), "namespace": lambda v: SimpleNamespace(a=v),
    "proxy": lambda v: MappingProxyType({1: v}), "exception": lambda v: ValueError(v),
}


def nested(nest, depth):
    value = 1
    for _ in range(depth):
        value = nest(value)
    return value


def holds(call, nest, depth, operands):
    """Does the call return? What raises is to say that it is too deep, and to leave nothing behind."""
    values = [nested(nest, depth) for _ in range(operands)]
    try:
        call(*values)
    except RecursionError as e:
        assert str(e).startswith("maximum recursion depth exceeded"), e
        return False
    except TypeError:
        return True  # no order between such values
    return True


def deepest(call, nest, operands):
    low, high = 1, 2000
    assert not holds(call, nest, high, operands)
    while high - low > 1:
        middle = (low + high) // 2
        if holds(call, nest, middle, operands):
            low = middle
        else:
            high = middle
    return low


# how many levels a level of nesting takes: a deque shows itself as a list, …
TEXT = {"deque": 2, "frozenset": 2, "proxy": 2, "OrderedDict": 3}
for name, nest in NESTS.items():
    for call in repr, str, ascii:
        found = deepest(call, nest, 1) * TEXT.get(name, 1)
        assert 980 <= found <= 1003, (name, call, found)
EQUAL = {"namespace": 2}
for name in "list", "tuple", "dict", "deque", "frozenset", "defaultdict", "OrderedDict", "namespace":
    found = deepest(operator.eq, NESTS[name], 2) * EQUAL.get(name, 1)
    assert 980 <= found <= 1010, (name, found)
for name in "list", "tuple", "deque":
    found = deepest(operator.lt, NESTS[name], 2)
    assert 980 <= found <= 1010, (name, found)

# the limit is the program's, and what has been used up is given back
sys.setrecursionlimit(3000)
assert 2000 < len(repr(nested(NESTS["list"], 2500)))
sys.setrecursionlimit(1000)
for _ in range(3):
    assert not holds(repr, NESTS["list"], 1500, 1) and holds(repr, NESTS["list"], 900, 1)


class Shown:
    def __repr__(self):
        return repr(nested(NESTS["list"], 300)) + inner()


def inner(depth=300):
    return inner(depth - 1) if depth else "."


assert len(repr([Shown()])) > 600

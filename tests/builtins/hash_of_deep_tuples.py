"""A tuple of tuples hashes however deep it is, as if each were hashed alone."""
import collections


def nested(depth, make=lambda inside, i: (inside,)):
    inside = ()
    for i in range(depth):
        inside = make(inside, i)
    return inside


def hash_by_parts(depth):
    """A tuple's hash depends on those of its items alone: something of that hash stands for the inner one."""
    value = hash(())
    for _ in range(depth):
        value = hash((HashOf(value),))
    return value


class HashOf:
    def __init__(self, value):
        self.value = value

    def __hash__(self):
        return self.value


for depth in (1, 10, 1000, 60000):
    assert hash(nested(depth)) == hash_by_parts(depth), depth

wide = nested(60000, lambda inside, i: (i, inside, "text", 1.5, b"bytes", None, 1 << 80))
again = nested(60000, lambda inside, i: (i, inside, "text", 1.5, b"bytes", None, 1 << 80))
other = nested(60000, lambda inside, i: (i, inside, "text", 1.5, b"bytes", None, (1 << 80) + (i == 3)))
assert hash(wide) == hash(again) != hash(other)
assert len({wide: 1, other: 2}) == 2

Point = collections.namedtuple("Point", "x y")
KINDS = {0: lambda inside: Point(1, inside), 3: lambda inside: frozenset([inside])}
first, second = (nested(300, lambda inside, i: KINDS.get(i % 7, lambda v: (v,))(inside)) for _ in range(2))
assert hash(first) == hash(second)


def refused(value):
    try:
        hash(value)
    except TypeError as error:
        return str(error)


bad = nested(60000, lambda inside, i: (inside, []) if i == 0 else (inside,))
assert refused(bad) == "unhashable type: 'list'"

"""A StopIteration that a function called by a native iterator raises ends the iteration, whoever drives it;
next() lets it pass.
"""
import functools
import itertools
import operator

from _case import outcome


def stops_at(n):
    """A function that raises StopIteration(n) when it is called for the n-th time."""
    count = itertools.count()

    def call(*values):
        if next(count) == n:
            raise StopIteration(n)
        return values[0] if values else 1
    return call


class Stopping:
    """Iterating over it, hashing it, comparing it or asking for its truth raises StopIteration."""

    def stop(self, *other):
        raise StopIteration("inside")
    __iter__ = __bool__ = __hash__ = __eq__ = __lt__ = __add__ = __len__ = __getitem__ = stop


class Items:
    def __getitem__(self, i):
        if i == 2:
            raise StopIteration
        return i

    def __len__(self):
        return 3


MAKERS = {
    "map": lambda: map(stops_at(2), "abcd"),
    "map next": lambda: map(next, [iter("a"), iter("b"), iter("")]),
    "filter": lambda: filter(stops_at(2), "abcd"),
    "filter truth": lambda: filter(None, [1, 2, Stopping(), 3]),
    "filterfalse": lambda: itertools.filterfalse(lambda v, f=stops_at(2): not f(v), "abcd"),
    "starmap": lambda: itertools.starmap(stops_at(2), zip("abcd", "abcd")),
    "takewhile": lambda: itertools.takewhile(stops_at(2), "abcd"),
    "dropwhile": lambda: itertools.dropwhile(stops_at(0), "abcd"),
    "accumulate": lambda: itertools.accumulate("abcd", stops_at(1)),
    "accumulate add": lambda: itertools.accumulate([Stopping(), 1]),
    "groupby": lambda: itertools.groupby("abcd", stops_at(2)),
    "groupby compare": lambda: itertools.groupby([1, Stopping(), 2]),
    "chain of iterables": lambda: itertools.chain.from_iterable(["ab", Stopping(), "cd"]),
    "compress": lambda: itertools.compress("abcd", [1, 1, Stopping(), 1]),
    "callable": lambda: iter(stops_at(2), 9),
    "reversed": lambda: reversed(Items()),
    "sequence": lambda: iter(Items()),
    "zip": lambda: zip("abcd", map(stops_at(2), "abcd")),
    "zip_longest": lambda: itertools.zip_longest("abcd", map(stops_at(2), "abcd"), fillvalue=0),
    "enumerate": lambda: enumerate(map(stops_at(2), "abcd")),
    "islice": lambda: itertools.islice(map(stops_at(2), "abcd"), 4),
    "pairwise": lambda: itertools.pairwise(map(stops_at(2), "abcd")),
    "tee": lambda: itertools.tee(map(stops_at(2), "abcd"))[0],
    "cycle": lambda: itertools.islice(itertools.cycle(map(stops_at(2), "abcd")), 5),
}


def driven_by_for(it):
    out = []
    for v in it:
        out.append(v)
    return out


def driven_by_next(it):
    """What next() says at last."""
    while True:
        try:
            next(it)
        except StopIteration as stop:
            return stop.args


def delegated(it):
    def generator():
        return (yield from it)
    return list(generator())


def unpacked(it):
    first, *rest = it
    return first, rest


DRIVERS = {
    "for": driven_by_for, "list": list, "tuple": tuple, "sorted": lambda it: len(list(it)),
    "unpack": unpacked, "star": lambda it: [*it], "yield from": delegated,
    "comprehension": lambda it: [v for v in it], "join": lambda it: "".join(map(str, it)),
    "extend": lambda it: operator.iadd([], it), "dict": lambda it: len(dict.fromkeys(map(str, it))),
    "set": lambda it: len({str(v) for v in it}), "sum": lambda it: sum(1 for _ in it),
    "in": lambda it: "never" in map(type, it), "reduce": lambda it: functools.reduce(lambda a, b: b, it, 0),
    "next with default": lambda it: [next(it, "end") for _ in range(5)][-1],
}
LENGTHS = {
    "dropwhile": 0, "accumulate add": 1, "groupby compare": 1, "zip_longest": 4, "pairwise": 1, "cycle": 5,
    "map next": 2, "groupby": 2, "reversed": 0,
}
ENDS = {"map": (2,), "filter": (2,), "filter truth": ("inside",), "takewhile": (2,), "reversed": (),
        "sequence": (), "callable": (), "map next": ()}

for name, make in MAKERS.items():
    for how, drive in DRIVERS.items():
        got = outcome(lambda: drive(make()))
        assert "StopIteration" not in str(got), (name, how, got)
    for drive in (list, driven_by_for, delegated):
        assert len(drive(make())) == LENGTHS.get(name, 2), (name, list(make()))
    if name in ENDS:
        assert driven_by_next(make()) == ENDS[name], (name, driven_by_next(make()))

# stress: 307
"""Iterators over containers, and itertools, whose sources change or which are entered again while they
run.
"""
import itertools

from _hostile import main

ACTIONS = {
    "clear": lambda r: r.clear(),
    "pop": lambda r: r.pop() if r else None,
    "grow": lambda r: r.extend(range(100, 120)),
    "next": lambda r: NEXT and next(NEXT[-1], None),
    "exhaust": lambda r: NEXT and list(itertools.islice(NEXT[-1], 50)),
}
NEXT = []


def keep(iterator):
    """The iterator that the actions `next` and `exhaust` advance."""
    NEXT[:] = [iterator]
    return iterator


def take(iterator):
    """Its items, but not for ever: some that are entered again have no end."""
    return list(itertools.islice(iterator, 60))


PROGRAMS = """
take(keep(itertools.chain(map(C(), r), r)))
take(keep(itertools.chain.from_iterable(NX(r, r))))
take(keep(itertools.chain.from_iterable(map(C(), [r, r]))))
take(keep(itertools.chain(r, NX(7, 8), r)))
take(keep(itertools.chain(IT(7), r)))
take(keep(itertools.islice(r, I(1), I(4))))
take(keep(itertools.islice(NX(*r), I(1), None, I(2))))
take(keep(itertools.islice(map(C(), r), 4)))
take(keep(itertools.islice(map(C(nth=3), r), 1, None, 2)))
take(keep(itertools.takewhile(C(), r)))
take(keep(itertools.takewhile(C(True), map(C(), r))))
take(keep(itertools.dropwhile(C(False), r)))
take(keep(itertools.dropwhile(C(False, nth=3), r)))
take(keep(itertools.filterfalse(C(), r)))
take(keep(itertools.filterfalse(None, [B(0), B(1), B(0)])))
take(keep(itertools.compress(r, NX(1, 0, 1))))
take(keep(itertools.compress(r, [B(1), B(0), B(1)])))
take(keep(itertools.compress(map(C(), r), r)))
take(keep(itertools.accumulate(r, C())))
take(keep(itertools.accumulate(map(C(), r))))
take(keep(itertools.accumulate([A(1), A(2)], initial=A(3))))
take(keep(itertools.accumulate(r, C(5, nth=3), initial=2)))
take(keep(itertools.starmap(C(), NX((1,), (2,)))))
take(keep(itertools.starmap(C(), [IT(1), NX(2, 3)])))
take(keep(itertools.starmap(C(), zip(r, r))))
take(keep(itertools.zip_longest(r, NX(7, 8), fillvalue=A(1))))
take(keep(itertools.zip_longest(map(C(), r), r)))
take(keep(itertools.pairwise(map(C(), r))))
take(keep(itertools.pairwise(NX(1, 2, 3))))
take(keep(itertools.product(NX(1, 2), r)))
take(keep(itertools.product(r, repeat=I(2))))[:5]
take(keep(itertools.permutations(NX(1, 2, 3), I(2))))
take(keep(itertools.permutations(r[:3], I(2))))
take(keep(itertools.combinations(NX(1, 2, 3), I(2))))
take(keep(itertools.combinations_with_replacement(r[:3], I(2))))
take(keep(itertools.repeat(A(1), I(3))))
[next(keep(itertools.cycle(NX(1, 2, 3)))) for _ in range(5)]
c = keep(itertools.cycle(map(C(), r))); [next(c) for _ in range(9)]
c = keep(itertools.cycle(r)); next(c); act(); [next(c) for _ in range(9)]
c = keep(itertools.count(A(1), A(1))); [next(c) for _ in range(3)]
[(k, list(g)) for k, g in keep(itertools.groupby(r, C()))]
[(k, list(g)) for k, g in keep(itertools.groupby(map(C(), r)))]
[(k, list(g)) for k, g in keep(itertools.groupby([E(1), E(1), E(2)]))]
g = keep(itertools.groupby(r, C(1))); k, a = next(g); list(a)
g = keep(itertools.groupby([E(1), E(1), E(2)])); k, a = next(g); k2, b = next(g); list(a), list(b)
g = keep(itertools.groupby([E(1), E(1), E(2)])); k, a = next(g); keep(a); list(a)
g = keep(itertools.groupby(r, C(nth=2))); k, a = next(g); keep(a); list(a)
a, b = itertools.tee(map(C(), r)); keep(b); list(a), list(b)
a, b = itertools.tee(map(C(), r)); keep(a); list(a), list(b)
a, b = itertools.tee(NX(1, 2, 3)); keep(a); next(a); list(b)
itertools.tee(r, I(2))[0].__next__()
itertools.tee(IT(1, 2))[0].__next__()
t = itertools.tee(r)[0]; next(t); act(); list(t)
take(keep(map(C(), r)))
take(keep(map(C(nth=3), r, r)))
take(keep(map(C(), map(C(), r))))
take(keep(filter(C(), r)))
take(keep(filter(None, [B(1), B(0), B(1)])))
take(keep(filter(C(True), map(C(), r))))
take(keep(zip(r, map(C(), r))))
take(keep(zip(map(C(), r), r, strict=True)))
take(keep(zip(NX(1, 2), NX(3, 4), strict=True)))
take(keep(enumerate(map(C(), r))))
take(keep(enumerate(r, I(5))))
take(keep(reversed(LN(1, 2, 3))))
take(keep(iter(LN(1, 2, 3))))
take(keep(iter(C(5, nth=2), 5)))
take(keep(iter(C(1), E(1))))
i = keep(iter(C(1), 2)); [next(i) for _ in range(3)]
i = keep(iter(r)); [C()(x) for x in i]
i = keep(iter(r)); list(map(C(), i))
i = keep(reversed(r)); [C()(x) for x in i]
i = keep(iter(r)); next(i); act(); i.__length_hint__(), list(i)
i = keep(iter(r)); next(i); act(); copy.copy(i).__reduce__()[0] is iter
i = keep(iter(tuple(r))); [C()(x) for x in i]
i = keep(iter('abcde')); [C()(x) for x in i]
i = keep(iter(b'abcde')); [C()(x) for x in i]
i = keep(iter(range(5))); [C()(x) for x in i]
i = keep(iter({1, 2, 3})); sorted(C()(x) for x in i)
i = keep(iter({1: 2, 3: 4})); [C()(x) for x in i]
i = keep(iter({1: 2, 3: 4}.items())); [C()(x) for x in i]
i = keep(iter(collections.deque(r))); [C()(x) for x in i]
i = keep(iter(memoryview(b'abc'))); [C()(x) for x in i]
i = keep(iter(io.StringIO('a\\nb\\nc\\n'))); [C()(x) for x in i]
i = keep(iter(io.BytesIO(b'a\\nb\\nc\\n'))); [C()(x) for x in i]
i = keep(re.finditer('a', 'banana')); [C()(m.start()) for m in i]
i = keep(struct.iter_unpack('b', b'abc')); [C()(x) for x in i]
i = keep(csv.reader(map(C(), ['a,b', 'c,d', 'e,f']))); list(i)
i = keep(x for x in map(C(), r)); list(i)
i = keep(C()(x) for x in r); list(i)
i = keep(C()(x) for x in r); next(i); list(i)
def g(): yield from map(C(), r); \
yield 5; i = keep(g()); list(i)
i = keep(zip(*[iter(r)] * 2)); list(map(C(), i))
i = keep(map(C(), r)); list(zip(i, i))
i = keep(map(C(), r)); a, *b = i
i = keep(map(C(), r)); sum(i)
i = keep(map(C(), r)); max(i)
i = keep(map(C(), r)); sorted(i)
i = keep(map(C(), r)); set(i)
i = keep(map(C(), r)); tuple(i)
i = keep(map(C(), r)); bytes(i)
i = keep(map(C('x'), r)); ''.join(i)
i = keep(map(C(b'x'), r)); b''.join(i)
i = keep(map(C((1, 2)), r)); dict(i)
i = keep(map(C(), r)); dict.fromkeys(i)
i = keep(map(C(), r)); collections.deque(i)
i = keep(map(C(), r)); collections.deque(i, maxlen=2)
i = keep(map(C(), r)); collections.Counter(i)
i = keep(map(C(), r)); array.array('i', i)
i = keep(map(C(), r)); 3 in i
i = keep(map(C(), r)); [*i, *i]
i = keep(map(C(), r)); r[1:2] = i
i = keep(map(C(), r)); heapq.nlargest(2, i)
i = keep(map(C(), r)); heapq.nsmallest(2, i)
i = keep(map(C(), r)); list(heapq.merge(i, [1, 2]))
i = keep(map(C(), r)); functools.reduce(C(5), i)
i = keep(map(C(), r)); any(i)
i = keep(map(C(), r)); all(i)
i = keep(map(C(), r)); max(i, key=C())
i = keep(map(C(), r)); min(i, default=5)
i = keep(map(C(), r)); statistics.mean(i)
i = keep(map(C(), r)); math.fsum(i)
i = keep(map(C(), r)); math.prod(i)
i = keep(map(C(), r)); {1, 2}.union(i)
i = keep(map(C(), r)); {1, 2}.intersection(i)
i = keep(map(C(), r)); {1, 2}.issuperset(i)
i = keep(map(C(), r)); {1: 2}.keys() | i
i = keep(map(C(), r)); operator.countOf(i, 2)
i = keep(map(C(), r)); operator.indexOf(i, 2)
i = keep(map(C(), r)); list(zip(r, i, strict=True))
""".strip().splitlines()

import collections, copy, csv, math, re, statistics, struct  # noqa: E401,E402

MODULES = {k: v for k, v in globals().items() if type(v) is type(math)}
main([
    (
        "list behind", lambda: [0, 1, 2, 3, 4, 5], ACTIONS, [p for p in PROGRAMS if "def g" not in p],
        dict(MODULES, keep=keep, take=take))])

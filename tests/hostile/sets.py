# stress: 307
"""Sets whose items and arguments change them."""
from _hostile import main

ACTIONS = {
    "clear": lambda r: r.clear(),
    "discard": lambda r: r.discard(2),
    "grow": lambda r: r.update(range(100, 140)),
    "swap": lambda r: (r.clear(), r.update((7, 8, 9))),
}
PROGRAMS = """
r.add(E(1))
r.add(E(99))
r.add(H(1))
r.add(H(99))
r.discard(E(1))
r.discard(E(99))
r.discard(H(1))
r.remove(E(1))
r.remove(E(99))
r.remove(H(1))
E(1) in r
E(99) in r
H(1) in r
r.update(NX(1, 7, 8))
r.update(IT(7, 8))
r.update([E(1), E(9)], [H(5)])
r.update({E(1): 5, E(9): 6})
r.update({E(1), E(9)})
r.update({H(1), H(9)}, NX(4))
r.update(LH(7, 8))
r |= {E(1), E(9)}
r |= {7: E(1)}.keys()
r &= {E(1), E(2)}
r &= {E(9)}
r -= {E(1), E(2)}
r ^= {E(1), E(9)}
r - {E(1), E(2)}
r & {E(1), E(2)}
r | {E(1), E(9)}
r ^ {E(1), E(9)}
{E(1), E(2)} - r
{E(1), E(2)} & r
{E(1), E(2)} | r
{E(1), E(9)} ^ r
frozenset([E(1), E(2)]) & r
frozenset([E(1), E(2)]) - r
r.union(NX(1, 9))
r.union([E(1)], [E(2)])
r.intersection(NX(1, 2, 9))
r.intersection([E(1), E(2)])
r.intersection({E(1), E(2)}, NX(1))
r.intersection({E(1): 0})
r.difference(NX(1, 2))
r.difference([E(1), E(9)])
r.difference({E(1), E(9)})
r.difference({E(1): 0, E(9): 0})
r.difference(CT(1, 2))
r.symmetric_difference(NX(1, 9))
r.symmetric_difference([E(1), E(9)])
r.symmetric_difference({E(1): 0, E(9): 0})
r.intersection_update(NX(1, 2, 9))
r.intersection_update([E(1), E(2)])
r.difference_update(NX(1, 2))
r.difference_update([E(1), E(9)])
r.difference_update({E(1), E(9)})
r.difference_update(r)
r.symmetric_difference_update(NX(1, 9))
r.symmetric_difference_update([E(1), E(9)])
r.symmetric_difference_update({E(1): 0, E(9): 0})
r.issubset(NX(1, 2, 3, 4))
r.issubset({E(1), E(2), E(3), E(4)})
r.issuperset(NX(1, 2))
r.issuperset([E(1), E(9)])
r.issuperset({E(1), E(9)})
r.isdisjoint(NX(7, 8))
r.isdisjoint([E(7), E(1)])
r.isdisjoint({E(7), E(8)})
r.isdisjoint(CT(7, 8))
r == {E(1), E(2), E(3), E(4)}
r != {E(1), E(2), E(3), E(4)}
r <= {E(1), E(2), E(3), E(4)}
r < {E(1), E(2), E(3), E(4), E(5)}
r >= {E(1), E(2)}
r > frozenset([E(1)])
{E(1), E(2), E(3), E(4)} == r
{E(1)} <= r
r.__init__(NX(7, 8))
r.__init__([E(7), E(8)])
r.copy() | {H(1)}
r.clear(); r.update([E(1), E(2)]); 1 in r
r.clear(); r.update([E(1), E(2)]); 3 in r
r.clear(); r.update([E(1), E(2)]); r.add(1)
r.clear(); r.update([E(1), E(2)]); r.add(2)
r.clear(); r.update([E(1), E(2)]); r.remove(1)
r.clear(); r.update([E(1), E(2)]); r.discard(2)
r.clear(); r.update([E(1), E(2)]); r == {1, 2}
r.clear(); r.update([E(1), E(2)]); {1, 2} == r
r.clear(); r.update([E(1), E(2)]); r & {1, 2}
r.clear(); r.update([E(1), E(2)]); {1, 2} & r
r.clear(); r.update([E(1), E(2)]); {1, 2} - r
r.clear(); r.update([E(1), E(2)]); {1, 2} | r
r.clear(); r.update([E(1), E(2)]); r ^ {1, 2}
r.clear(); r.update([E(1), E(2)]); r.isdisjoint([2])
r.clear(); r.update([E(1), E(2)]); r.issubset([1, 2])
r.clear(); r.update([E(1), E(2)]); {1, 2}.issuperset(r)
r.clear(); r.update([E(1), E(2)]); {1: 0}.keys() & r
r.clear(); r.update([E(1), E(2)]); {1: 0}.keys() | r
r.clear(); r.update([E(1)]); {1, 2}.update(r)
r.clear(); r.update([H(1)]); hash(frozenset(r))
r.clear(); r.update([E(1)]); r.symmetric_difference_update({1, 2})
r.clear(); r.update([E(1)]); r.intersection_update({1, 2})
r.clear(); r.add(R(1)); repr(r)
r.clear(); r.add(R(1)); str(r)
r.clear(); r.add(R(1)); f'{r}'
r.clear(); r.update([R(1)]); '%s' % (r,)
for x in r: act()
[C()(x) for x in r]
list(map(C(), r))
it = iter(r); next(it); act(); next(it)
it = iter(r); next(it); act(); it.__length_hint__()
it = iter(r); next(it); act(); list(it)
sum(r, A(1))
max(r, key=C(nth=2))
min(r, key=C(nth=2))
sorted(r, key=C(nth=2))
sorted(map(C(), r))
list(zip(r, NX(1, 2, 3), r))
set(map(C(), r))
dict.fromkeys(r, A(1))
dict.fromkeys(map(C(), r))
[*r, *NX(7)]
{*r, *NX(7), E(1)}
{C()(x) for x in r}
a, *b = map(C(), r)
any(map(C(), r))
all(map(C(), r))
{*r}.pop() in [E(1)]
operator.ior(r, {E(1)})
operator.isub(r, {E(1)})
operator.countOf(r, E(1))
operator.contains(r, E(1))
r.remove({E(1)})
r.discard({E(1)})
{1, 2} in r or {E(1)} in r
set(NX(1, 2, 3))
set([E(1), E(1), E(2)])
set(LH(1, 2))
frozenset(NX(1, 2, 3))
frozenset([H(1), H(2)])
r.update(NX(*range(50), at=40))
r.update(itertools.chain([1], map(C(), [5, 6])))
functools.reduce(C(5), r)
copy.copy(r)
pickle.loads(pickle.dumps(r, I(2)))
json.dumps(sorted(r), default=C(1))
random.Random(1).sample(sorted(r), I(2))
b''.join(map(C(b'x'), r))
''.join(map(C('x'), r))
tuple(map(C(), r))
bytes(map(C(5), r))
list(enumerate(r, I(3)))
list(filter(C(), r))
list(itertools.accumulate(r, C(5)))
heapq.nlargest(I(2), r)
heapq.nsmallest(2, r, key=C())
statistics.mean(map(C(), r))
""".strip().splitlines()

import copy, json, pickle, random, statistics  # noqa: E401,E402

MODULES = dict(copy=copy, json=json, pickle=pickle, random=random, statistics=statistics)
main([("set", lambda: {1, 2, 3, 4}, ACTIONS, PROGRAMS, MODULES),
      ("big set", lambda: set(range(60)), {k: ACTIONS[k] for k in ("clear",)}, PROGRAMS[:75], MODULES)])

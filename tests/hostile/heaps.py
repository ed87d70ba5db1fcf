# stress: 307
"""heapq, bisect, sorting and what compares items of a list that the comparison changes."""
from _hostile import main

ACTIONS = {
    "clear": lambda r: r.clear(),
    "pop": lambda r: r.pop() if r else None,
    "del front": lambda r: r.__delitem__(slice(0, 2)),
    "grow": lambda r: r.extend([L(n) for n in range(100, 140)]),
    "replace": lambda r: r.__setitem__(slice(None), [L(-1)] * len(r)),
}
PROGRAMS = """
heapq.heapify(r)
heapq.heappush(r, L(3))
heapq.heappush(r, L(-3))
heapq.heappop(r)
heapq.heapreplace(r, L(3))
heapq.heapreplace(r, L(30))
heapq.heappushpop(r, L(3))
heapq.heappushpop(r, L(30))
heapq._heapify_max(r)
heapq._heappop_max(r)
heapq._heapreplace_max(r, L(3))
heapq.nlargest(3, r)
heapq.nsmallest(3, r)
heapq.nlargest(I(2), r, key=C())
heapq.nsmallest(2, r, key=C(nth=3))
list(heapq.merge(r, r))
list(heapq.merge(r, [L(1), L(9)], key=C()))
list(heapq.merge(r, [L(1)], reverse=True))
bisect.bisect_left(r, L(3))
bisect.bisect_right(r, L(3))
bisect.bisect(r, 3)
bisect.bisect_left(r, 3, I(1))
bisect.bisect_right(r, 3, I(1), I(5))
bisect.bisect_left(r, 3, key=C())
bisect.bisect(r, 3, lo=I(1), hi=I(4), key=C())
bisect.insort(r, L(3))
bisect.insort_left(r, L(3))
bisect.insort_right(r, L(3), I(1), I(5))
bisect.insort(r, L(3), key=C())
bisect.insort_left(r, L(30))
bisect.bisect(LN(1, 2, 3), 2)
bisect.insort(LN(1, 2, 3), 2)
r.sort()
r.sort(reverse=B(1))
r.sort(key=C())
r.sort(key=C(nth=5))
r.sort(key=lambda x: -x.value) or r.sort()
sorted(r)
sorted(r, key=C())
sorted(r, reverse=True)
sorted(r + [5, 6])
max(r)
min(r)
max(r, key=C())
min(*r, L(3))
max(L(3), *r)
r < [L(5), L(6)]
r <= r[:]
r > [4, 4]
r >= [L(5), L(4), 4]
r == [E(5), E(4)]
[5, 4] < r
(r, 1) < ([L(5), 3], 2)
tuple(r) < (L(5), L(6))
tuple(r) >= tuple(r)
collections.deque(r) < collections.deque([L(5), L(5)])
array.array('i', [5, 4]) < array.array('i', [5, 5])
L(5) in r
r.index(5)
r.count(4)
r.remove(4)
r.index(E(4))
functools.reduce(lambda a, b: a if a < b else b, r)
list(itertools.accumulate(r, max))
list(itertools.groupby(r))[0][0]
sorted([(x, 1) for x in r])
sorted([[x] for x in r])
sorted({x.value: x for x in r}.values())
sorted(r, key=functools.cmp_to_key(C(1)))
sorted(r, key=functools.cmp_to_key(lambda a, b: (a > b) - (a < b)))
operator.lt(r, [L(5), L(6)])
operator.itemgetter(I(1))(r)
statistics.median(r)
queue.PriorityQueue().put(r[0])
random.Random(1).shuffle(r)
range(L(3).value) > [] if False else slice(r[0], 1) < slice(L(5), 2)
r.__lt__([L(6)])
r.__eq__([5, L(4)])
r.__contains__(4)
r.__ne__(tuple(r))
""".strip().splitlines()

import collections, queue, random, statistics  # noqa: E401,E402

from _hostile import L as Ordered, hostile  # noqa: E402

L = Ordered
LE = hostile("LE", "__lt__", "__gt__", "__le__", "__ge__", "__eq__")
MODULES = dict(collections=collections, queue=queue, random=random, statistics=statistics)
main([
    ("ordered items", lambda: [L(n) for n in (5, 4, 7, 1, 3, 9, 2)], ACTIONS, PROGRAMS, MODULES),
    ("ordered heap", lambda: [L(n) for n in (1, 2, 3, 5, 4, 9, 7)], ACTIONS, PROGRAMS[:32], MODULES),
    (
        "equal items", lambda: [LE(n) for n in (5, 4, 4, 1, 3)], {k: ACTIONS[k] for k in ("clear", "grow")},
        PROGRAMS, MODULES)])

# stress: 307
"""Deques and ordered dicts that arguments change."""
import collections

from _hostile import main

DEQUE_ACTIONS = {
    "clear": lambda r: r.clear(),
    "pop": lambda r: r.pop() if r else None,
    "popleft": lambda r: r.popleft() if r else None,
    "append": lambda r: r.append(9),
    "grow": lambda r: r.extend(range(100, 230)),
    "rotate": lambda r: r.rotate(2),
}
DEQUE = """
r[I(0)]
r[I(-1)]
r[I(3)]
r[I(0)] = 9
r[I(-1)] = 9
del r[I(0)]
del r[I(-1)]
del r[I(3)]
r.insert(I(1), 9)
r.insert(I(-1), 9)
r.insert(I(70), 9)
r.rotate(I(2))
r.rotate(I(-1))
r.index(E(3))
r.index(E(99))
r.index(3, I(1))
r.index(E(3), I(1), I(5))
r.index(5, I(0), I(-1))
r.count(E(3))
r.count(E(99))
r.count(ET(3))
r.remove(E(3))
r.remove(E(0))
r.remove(E(5))
r.remove(E(99))
E(3) in r
E(99) in r
r.extend(NX(7, 8, 9))
r.extend(IT(7, 8))
r.extend(LN(7, 8))
r.extendleft(NX(7, 8, 9))
r.extendleft(IT(7, 8))
r.extend(r)
r += NX(7, 8)
r += r
r + A(1)
r *= I(2)
r *= I(0)
r * I(2)
I(2) * r
r.__init__(NX(7, 8, 9))
r.__init__([1, 2, 3], I(2))
collections.deque(NX(1, 2, 3), I(2))
collections.deque(r, maxlen=I(3))
r == collections.deque([0, E(1), 2, 3, 4, 5])
r < collections.deque([0, E(1), 3])
r.clear(); r.extend([E(1), E(2)]); r == collections.deque([1, 2])
r.clear(); r.extend([E(1), E(2)]); r != collections.deque([1, 2])
r.clear(); r.extend([L(1), L(2)]); r < collections.deque([1, 3])
r.clear(); r.extend([E(1), E(2)]); 2 in r
r.clear(); r.extend([E(1), E(2)]); r.index(2)
r.clear(); r.extend([E(1), E(2)]); r.count(2)
r.clear(); r.extend([E(1), E(2)]); r.remove(2)
r.clear(); r.append(R(1)); repr(r)
r.clear(); r.extend([R(1), R(2)]); str(r)
for x in r: act()
[C()(x) for x in r]
list(map(C(), r))
list(map(C(), reversed(r)))
it = iter(r); next(it); act(); next(it)
it = reversed(r); next(it); act(); next(it)
it = iter(r); next(it); act(); it.__length_hint__()
type(iter(r))(r, I(2))
sum(r, A(1))
max(r, key=C(nth=2))
sorted(r, key=C(nth=2))
list(zip(r, NX(1, 2, 3), r))
[*r, *NX(7)]
a, *b = map(C(), r)
copy.copy(r) == r
r[0] = type('Z', (), {'__deepcopy__': lambda s, m: act()})(); copy.deepcopy(r)
r[0] = type('Z', (), {'__reduce__': lambda s: (act(), (int, ()))[1]})(); pickle.loads(pickle.dumps(r))
operator.setitem(r, I(1), 5)
operator.delitem(r, I(1))
operator.indexOf(r, E(3))
operator.countOf(r, E(3))
random.Random(1).choices(r, k=I(2))
random.Random(1).shuffle(r, *IT())
bisect.bisect(r, L(3))
bisect.insort(r, 3, key=C())
list(itertools.islice(r, I(1), I(4), I(2)))
list(itertools.islice(map(C(), r), 4))
functools.reduce(C(5), r)
b''.join(map(C(b'x'), r))
set(map(C(), r))
dict.fromkeys(r, A(1))
bytes(map(C(5), r))
queue.SimpleQueue().put(r) or r[I(1)]
heapq.merge(r, NX(1, 2))
list(heapq.merge(r, NX(1, 2)))
heapq.nlargest(I(2), r)
""".strip().splitlines()

ORDERED_ACTIONS = {
    "clear": lambda r: r.clear(),
    "pop": lambda r: r.popitem() if r else None,
    "delete": lambda r: r.pop(2, None),
    "move": lambda r: r.move_to_end(next(iter(r))) if r else None,
    "grow": lambda r: r.update({n: n for n in range(100, 120)}),
}
ORDERED = """
r[E(1)]
r[E(99)]
r[E(1)] = 9
r[E(99)] = 9
r[H(99)] = 9
del r[E(1)]
del r[E(99)]
del r[H(1)]
r.get(E(1))
r.pop(E(1))
r.pop(E(99), 5)
r.pop(H(2))
r.setdefault(E(1), 5)
r.setdefault(E(99), 5)
r.setdefault(H(99), 5)
E(1) in r
r.move_to_end(E(1))
r.move_to_end(E(99))
r.move_to_end(E(3), last=B(0))
r.move_to_end(H(2), B(1))
r.popitem(B(1))
r.popitem(last=B(0))
r.update(M((1, 5), (9, 9)))
r.update([(E(1), 5), (E(9), 9)])
r.update(NX((1, 5), (9, 9)))
r |= M((1, 5))
r |= {E(1): 5, E(9): 9}
r | {E(1): 5}
{E(1): 5} | r
r.__init__(NX((1, 5), (9, 9)))
collections.OrderedDict(NX((1, 5), (9, 9)))
collections.OrderedDict.fromkeys(NX(1, 2))
collections.OrderedDict.fromkeys(r, A(1))
r == {1: E(10)}
r[1] = E(10); r == collections.OrderedDict([(1, 10), (2, 20), (3, 30)])
r[1] = E(10); r != {1: 10, 2: 20, 3: 30}
r == collections.OrderedDict([(E(1), 10), (E(2), 20), (E(3), 30)])
r.clear(); r[E(1)] = 1; r[E(2)] = 2; r[2]
r.clear(); r[E(1)] = 1; r[E(2)] = 2; r[2] = 9
r.clear(); r[E(1)] = 1; r[E(2)] = 2; del r[2]
r.clear(); r[E(1)] = 1; r[E(2)] = 2; r.move_to_end(1)
r.clear(); r[E(1)] = 1; r[E(2)] = 2; r.popitem()
r.clear(); r[E(1)] = 1; r[E(2)] = 2; r.pop(1)
r.clear(); r[E(1)] = 1; r[E(2)] = 2; r.copy()
r.clear(); r[E(1)] = 1; r[E(2)] = 2; r == {1: 1, 2: 2}
r.clear(); r[H(1)] = 1; r[H(2)] = 2; list(r.items())
r.clear(); r[H(1)] = 1; r[H(2)] = 2; r.copy()
r.clear(); r[H(1)] = 1; r[H(2)] = 2; r.popitem()
r[2] = R(2); repr(r)
r[2] = R(2); str(r.items())
for x in r: act()
for x in r.items(): act()
[C()(x) for x in r]
[C()(x) for x in reversed(r)]
list(map(C(), r.values()))
it = iter(r); next(it); act(); next(it)
it = iter(r.items()); next(it); act(); next(it)
it = reversed(r); next(it); act(); next(it)
r.keys() & [E(1), E(2)]
r.keys() - NX(1, 2)
r.items() & [(1, E(10))]
E(10) in r.values()
copy.copy(r)
r[2] = type('Z', (), {'__deepcopy__': lambda s, m: act()})(); copy.deepcopy(r)
r[2] = type('Z', (), {'__reduce__': lambda s: (act(), (int, ()))[1]})(); pickle.loads(pickle.dumps(r))
{**r, **M(('a', 1))}
dict(map(C(), r.items()))
sorted(r, key=C(nth=2))
json.dumps(r, sort_keys=B(1))
""".strip().splitlines()

import copy, json, pickle, queue, random  # noqa: E401,E402

MODULES = dict(copy=copy, json=json, pickle=pickle, queue=queue, random=random)
main([
    ("deque", lambda: collections.deque([0, 1, 2, 3, 4, 5]), DEQUE_ACTIONS, DEQUE, MODULES),
    (
        "bounded deque", lambda: collections.deque(range(6), 6),
        {k: DEQUE_ACTIONS[k] for k in ("clear", "append")}, DEQUE[:50], MODULES),
    (
        "long deque", lambda: collections.deque(range(200)),
        {k: DEQUE_ACTIONS[k] for k in ("clear", "popleft")}, DEQUE[:45], MODULES),
    (
        "OrderedDict", lambda: collections.OrderedDict([(1, 10), (2, 20), (3, 30)]), ORDERED_ACTIONS,
        ORDERED, MODULES)])

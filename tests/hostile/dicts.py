# stress: 307
"""Dicts and their views whose keys, values and arguments change them."""
from _hostile import main

ACTIONS = {
    "clear": lambda r: r.clear(),
    "pop": lambda r: r.popitem() if r else None,
    "delete": lambda r: r.pop(1, None),
    "grow": lambda r: r.update({n: n for n in range(100, 140)}),
    "replace": lambda r: r.update({key: -1 for key in list(r)}),
}
PROGRAMS = """
r[E(1)]
r[E(99)]
r[H(1)]
r[E(1)] = 9
r[E(99)] = 9
r[H(99)] = 9
del r[E(1)]
del r[E(99)]
del r[H(1)]
r.get(E(1))
r.get(E(99), 5)
r.get(H(1))
r.pop(E(1))
r.pop(E(99), 5)
r.pop(E(99))
r.pop(H(1), 5)
r.setdefault(E(1), 5)
r.setdefault(E(99), 5)
r.setdefault(H(1), 5)
E(1) in r
E(99) in r
H(1) in r
E(99) not in r
r.update(M((1, 5), (9, 9)))
r.update([(E(1), 5), (E(9), 9)])
r.update([(H(1), 5), (H(9), 9)])
r.update(NX((1, 5), (9, 9)))
r.update(IT((1, 5)))
r.update([IT(1, 5), NX(9, 9)])
r.update({E(1): 5, E(9): 6})
r.update({H(1): 5, H(9): 6}, a=1)
r.update(M((E(1), 5)))
r |= M((1, 5), (9, 9))
r |= [(E(1), 5), (E(9), 9)]
r | {E(1): 5, E(9): 6}
{E(1): 5, E(9): 6} | r
r.update(r)
r.copy() == r or r.update(a=E(1))
r.__init__(M((1, 5), (9, 9)))
r.__init__(NX((1, 5), (9, 9)))
dict(r, **M(('a', 1)))
dict.fromkeys(NX(1, 2, 3), 5)
dict.fromkeys([E(1), E(1), E(2)], 5)
type(r).fromkeys(r, A(1))
r.clear(); r[E(1)] = 1; r[E(2)] = 2; r[1]
r.clear(); r[E(1)] = 1; r[E(2)] = 2; r[2]
r.clear(); r[E(1)] = 1; r[E(2)] = 2; r[3]
r.clear(); r[E(1)] = 1; r[E(2)] = 2; r[1] = 9
r.clear(); r[E(1)] = 1; r[E(2)] = 2; r[E(2)] = 9
r.clear(); r[E(1)] = 1; r[E(2)] = 2; del r[2]
r.clear(); r[E(1)] = 1; r[E(2)] = 2; r.pop(1)
r.clear(); r[E(1)] = 1; r[E(2)] = 2; r.setdefault(2, 9)
r.clear(); r[E(1)] = 1; r[E(2)] = 2; r.get(E(1))
r.clear(); r[E(1)] = 1; r[E(2)] = 2; r == {1: 1, 2: 2}
r.clear(); r[E(1)] = 1; r[E(2)] = 2; {1: 1, 2: 2} == r
r.clear(); r[E(1)] = 1; r[E(2)] = 2; {1: 5, 2: 6} | r
r.clear(); r[E(1)] = 1; r[E(2)] = 2; {1: 5, 2: 6}.update(r)
r[1] = E(1); r == {1: 1, 2: 2, 3: 3}
r[1] = E(10); r == {1: 10, 2: 20, 3: 30, 4: 40}
r[1] = E(10); {1: 10, 2: 20, 3: 30, 4: 40} == r
r[1] = E(10); r != {1: 10, 2: 20, 3: 30, 4: 40}
r[1] = E(10); (1, 10) in r.items()
r[1] = E(10); 10 in r.values()
r[1] = E(99); 40 in r.values()
r[1] = ET(10); r == {1: 10, 2: 20, 3: 30, 4: 40}
r[2] = R(2); repr(r)
r[2] = R(2); str(r)
r[2] = R(2); repr(r.items())
r[2] = R(2); repr(r.values())
r[R(7)] = 2; repr(r)
r[R(7)] = 2; repr(r.keys())
r[R(7)] = 2; f'{r}'
for x in r: act()
for x in r.items(): act()
for x in r.values(): act()
[C()(x) for x in r]
[C()(x) for x in r.items()]
list(map(C(), r))
list(map(C(), reversed(r)))
list(map(C(), r.values()))
it = iter(r); next(it); act(); next(it)
it = iter(r); next(it); act(); list(it)
it = iter(r.items()); next(it); act(); next(it)
it = reversed(r.items()); next(it); act(); next(it)
it = iter(r); next(it); act(); it.__length_hint__()
it = iter(r.values()); next(it); act(); it.__reduce__()[0] is iter
E(1) in r.keys()
E(99) in r.keys()
(1, E(10)) in r.items()
(E(1), 10) in r.items()
E(10) in r.values()
E(99) in r.values()
r.keys() & NX(1, 2, 3)
r.keys() & [E(1), E(2)]
r.keys() & CT(1, 2)
r.keys() | NX(1, 2, 99)
r.keys() | [H(1), H(99)]
r.keys() - NX(1, 2)
r.keys() - [E(1)]
r.keys() - CT(1, 2)
r.keys() ^ NX(1, 99)
r.keys() ^ [E(1)]
NX(1, 2) & r.keys()
IT(1, 99) | r.keys()
NX(1, 2) - r.keys()
r.items() & [(1, E(10))]
r.items() & NX((1, 10), (2, 20))
r.items() - [(E(1), 10)]
r.items() ^ [(E(1), 10)]
r.items() ^ {1: E(10), 2: 5}.items()
r.items() | NX((1, 10))
r.keys() == {E(1), E(2), E(3), E(4)}
r.keys() <= CT(1, 2, 3, 4)
r.keys() >= {E(1)}
r.keys() < {E(1): 0, E(2): 0, E(3): 0, E(4): 0, 5: 0}.keys()
r.items() == {1: E(10), 2: 20, 3: 30, 4: 40}.items()
r.items() >= {(1, E(10))}
r.keys().isdisjoint(NX(7, 8))
r.keys().isdisjoint([E(7), E(1)])
r.keys().isdisjoint(CT(7, 8))
r.items().isdisjoint([(1, E(10))])
r.keys().mapping[E(1)]
sum(r, A(1))
sum(r.values(), A(1))
max(r, key=C(nth=2))
sorted(r, key=C(nth=2))
sorted(r, key=r.get) == list(map(C(), r))
list(zip(r, NX(1, 2, 3), r))
set(map(C(), r))
{1, 2, 3}.intersection(map(C(), r))
dict(map(C(), r.items()))
dict(zip(r, map(C(), r)))
dict([*r.items(), *NX((5, 5), (6, 6))])
{**r, **M(('a', 1), ('b', 2))}
dict(**M(('a', 1), ('b', 2)), **{str(k): v for k, v in r.items()})
{**r, E(1): 5}
(lambda **k: k)(**{str(k): v for k, v in r.items()}, **M(('z', 1)))
(lambda *a, **k: (a, k))(*r, **M(('a', 1)))
{C()(k): v for k, v in r.items()}
a, *b = map(C(), r)
'%(a)s %(b)s' % M(('a', S(1)), ('b', 2))
r.update(a=S('x')); '%(a)s %(a)s' % r
r.update(a=S('x')); '{a} {a}'.format_map(r)
r.update(a=S('x')); '{a} {a}'.format(**r)
'{a}'.format_map(M(('a', S(1))))
r.update(a=1); eval('a', {}, r) + A(1)
r.update(a=A(1)); eval('a + a', {}, r)
r.update(a=C(3)); eval('a() + a()', {**r})
r.update(f=C(3)); d = {**r}; exec('x = f()\\ny = f()', d); d.pop('__builtins__'); d
operator.setitem(r, E(1), 5)
operator.delitem(r, E(1))
operator.itemgetter(E(1), H(2))(r)
operator.ior(r, M((1, 5)))
operator.countOf(r, E(1))
operator.indexOf(r, E(3))
random.Random(1).sample(sorted(r), I(2))
json.dumps(r, default=C(1))
r[7] = C(); json.dumps(r, default=C(1))
r[2] = [1, C()]; json.dumps(r, default=C(1), indent=1)
json.dumps(r, sort_keys=B(1))
json.dumps({E(1): 2}, skipkeys=B(1))
pickle.dumps(r, I(2)) and None
copy.copy(r) == r
r[2] = type('Z', (), {'__deepcopy__': lambda s, m: act()})(); copy.deepcopy(r)
r[2] = type('Z', (), {'__reduce__': lambda s: (act(), (int, ()))[1]})(); pickle.loads(pickle.dumps(r))
r[2] = type('Z', (), {'__reduce__': lambda s: (act(), (int, ()))[1]})(); pickle.loads(pickle._dumps(r))
types.MappingProxyType(r)[E(1)]
types.MappingProxyType(r) | {E(1): 5}
types.MappingProxyType(r) == {1: E(10)}
types.MappingProxyType(M((1, 2)))[E(1)]
collections.ChainMap({}, r)[E(1)]
collections.ChainMap(r, {E(1): 1})[E(1)]
collections.Counter(r)[E(1)]
collections.Counter(r).update(NX(1, 2))
collections.Counter(r) + collections.Counter({E(1): 5})
collections.Counter(NX(1, 1, 2)).most_common(I(1))
""".strip().splitlines()

import collections, copy, json, pickle, random, types  # noqa: E401,E402

MODULES = dict(copy=copy, json=json, pickle=pickle, random=random, types=types)
SUBCLASS = """
r[E(1)]
r[E(99)]
r[H(5)] = 1
r.get(E(99), 5)
r.pop(E(1))
r.setdefault(E(99), 5)
r.update(M((1, 5)))
r.update([(E(1), 5), (E(9), 9)])
r |= M((1, 5))
r.copy()
r == {1: E(10)}
r[2] = R(2); repr(r)
r.__missing__(E(5))
r.default_factory = C(5); r[99]
r.default_factory = C(5); r[E(99)]
r.default_factory = C(5); r[H(99)]
r.default_factory = lambda: act(); r[99] += 1
r | {E(1): 5}
{**r, **M(('a', 1))}
for x in r: act()
""".strip().splitlines()
main([
    ("dict", lambda: {1: 10, 2: 20, 3: 30, 4: 40}, ACTIONS, PROGRAMS, MODULES),
    ("one-item dict", lambda: {1: 10}, {k: ACTIONS[k] for k in ("clear", "grow")}, PROGRAMS[:90], MODULES),
    (
        "defaultdict", lambda: collections.defaultdict(int, {1: 10, 2: 20}),
        {k: ACTIONS[k] for k in ("clear", "delete", "grow")}, SUBCLASS)])

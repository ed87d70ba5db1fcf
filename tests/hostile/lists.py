# stress: 307
"""Lists whose arguments clear, shrink, grow, or replace them."""
from _hostile import main

ACTIONS = {
    "clear": lambda r: r.clear(),
    "pop": lambda r: r.pop() if r else None,
    "del front": lambda r: r.__delitem__(slice(0, 2)),
    "grow": lambda r: r.extend(range(100, 140)),
    "replace": lambda r: r.__setitem__(slice(None), [-1] * len(r)),
    "reverse": lambda r: r.reverse(),
}

PROGRAMS = """
r[I(0)]
r[I(3)]
r[I(-1)]
r[I(1):]
r[:I(3)]
r[::I(2)]
r[I(1):I(4):I(2)]
r[I(-1)::-1]
r[I(5):I(0):I(-2)]
r[I(0)] = 9
r[I(-1)] = 9
r[I(1):] = [7, 8]
r[I(1):I(3)] = [7]
r[I(0):0] = [7, 8, 9]
r[::I(2)] = [7, 8, 9]
r[I(5)::-2] = [7, 8, 9]
r[1:3] = IT(7, 8, 9)
r[1:3] = NX(7, 8, 9)
r[1:3] = LH(7, 8)
r[1:3] = LN(7, 8)
r[:] = NX(7, 8, 9)
r[I(2):] = r
r[I(2):4] = NX(7, 8)
del r[I(0)]
del r[I(-1)]
del r[I(1):]
del r[I(1):I(3)]
del r[::I(2)]
del r[I(4)::-2]
r.insert(I(1), 9)
r.insert(I(-1), 9)
r.pop(I(0))
r.pop(I(-1))
r.pop(I(3))
r.index(2, I(1))
r.index(2, I(0), I(5))
r.index(E(3))
r.index(E(99))
r.index(E(5), 1, 5)
r.index(ET(3))
r.count(E(3))
r.count(ET(3))
r.remove(E(3))
r.remove(E(0))
r.remove(E(5))
r.remove(E(99))
r.remove(ET(2))
E(3) in r
E(99) in r
ET(3) in r
r.extend(IT(7, 8))
r.extend(NX(7, 8, 9))
r.extend(LH(7, 8))
r.extend(LN(7, 8))
r += IT(7, 8)
r += NX(7, 8, 9)
r += LH(7, 8)
r + A(3)
A(3) + r
r *= I(2)
r *= I(0)
r * I(2)
I(3) * r
r.__init__(NX(7, 8))
r.__init__(LH(7, 8))
list(r) + [I(1)]
r.sort(key=C())
r.sort(key=C(nth=4))
r.sort(key=C(), reverse=B(1))
r[:] = [L(3), L(1), L(2), L(0), L(5)]; r.sort()
r[:] = [L(3), L(1), L(2), L(0), L(5)]; r.sort(reverse=True)
r[:] = [L(3), L(1), L(2)]; sorted(r)
r[:] = [L(3), L(1), L(2)]; max(r)
r[:] = [L(3), L(1), L(2)]; min(r)
max(r, key=C(nth=2))
min(r, key=C(nth=2))
sorted(r, key=C(nth=2))
r[:] = [E(1), E(2), E(3)]; r == [1, 2, 3]
r[:] = [E(1), E(2), E(3)]; r != [1, 2, 3]
r[:] = [1, 2, 3]; r == [1, E(2), 3]
r[:] = [1, E(2), 3]; r < [1, 2, 4]
r[:] = [1, L(2), 3]; r < [1, 3]
r[:] = [1, E(2), 3]; r >= [1, 2]
r[:] = [1, E(2), 3]; r == r[:]
r[:] = [1, E(2), 3]; 3 in r
r[:] = [1, E(2), 3]; r.index(3)
r[:] = [1, E(2), 3]; r.count(2)
r[:] = [1, E(2), 3]; r.remove(2)
r[:] = [1, R(2), 3]; repr(r)
r[:] = [R(1)]; str(r)
r[:] = [1, R(2), 3]; f"{r}"
r[:] = [1, R(2), 3]; '%s' % (r,)
r[:] = [B(0), B(1), B(0)]; any(r)
r[:] = [B(1), B(0), B(1)]; all(r)
r[:] = [A(1), A(2), A(3)]; sum(r)
sum(r, A(3))
r[:] = [I(1), I(2), I(3)]; bytes(r)
r[:] = [I(1), I(2), I(3)]; bytearray(r)
r[:] = [I(1), I(2), I(3)]; array.array('b', r)
r[:] = [N(1), N(2), N(3)]; array.array('d', r)
r[:] = [H(1), H(2), H(3)]; set(r)
r[:] = [H(1), H(1), H(3)]; frozenset(r)
r[:] = [H(1), H(2), H(3)]; dict.fromkeys(r)
r[:] = [IT(1, 2), (3, 4)]; dict(r)
r[:] = [NX(1, 2), NX(3, 4), (5, 6)]; dict(r)
r[:] = [IT(1, 2), IT(3, 4)]; list(zip(*r))
r[:] = [H(1), H(2)]; {1: 2}.keys() & r
r[:] = [H(1), H(2)]; {1, 2}.update(r)
r[:] = [H(1), H(2)]; {1, 2}.difference(r)
r[:] = [H(1), H(2)]; {1, 2}.symmetric_difference(r)
r[:] = [H(1), H(2)]; {1, 2}.intersection(r)
r[:] = [H(1), H(2)]; {1, 2}.issuperset(r)
r[:] = [H(1), H(2)]; {5}.isdisjoint(r)
[*r, *IT(7)]
a, *b = NX(1, 2, 3); r.extend(NX(*b))
[C()(x) for x in r]
[x for x in r if C(True)()]
list(map(C(), r))
list(filter(C(), r))
list(map(C(nth=3), r, r))
list(zip(r, NX(1, 2, 3), r))
list(enumerate(r, I(3)))
functools.reduce(C(5), r)
functools.reduce(C(nth=3), r)
r.__setitem__(I(1), NX(1))
r.__delitem__(slice(I(1), I(3)))
r.__getitem__(slice(None, None, I(-1)))
operator.setitem(r, I(1), 5)
operator.delitem(r, slice(I(1), None))
operator.getitem(r, I(1))
operator.indexOf(r, E(3))
operator.countOf(r, E(3))
operator.contains(r, E(3))
operator.iadd(r, NX(1, 2))
operator.concat(r, A(1))
operator.itemgetter(I(1), I(2))(r)
operator.itemgetter(slice(I(1), 3))(r)
for x in r: act()
for x in NX(1, 2): r.append(x)
it = iter(r); list(map(C(), it))
it = iter(r); next(it); it.__setstate__(I(3)); list(it)
it = reversed(r); list(map(C(), it))
it = reversed(r); it.__setstate__(I(2)); list(it)
it = iter(r); E(3) in it
random = __import__('random').Random(1); random.choices(r, k=I(3))
random = __import__('random').Random(1); random.sample(r, I(2))
''' '''.join(map(str, map(C(), r)))
''.join(map(C('x'), r))
isinstance(1, (int, *r[:0], *IT(str)))
print(*r[:0], sep='', end='', file=W())
print(*r, sep=' ', end='', file=W())
""".strip().splitlines()

main([
    ("list", lambda: [0, 1, 2, 3, 4, 5], ACTIONS, PROGRAMS),
    (
        "list subclass",
        lambda: type("Sub", (list,), {})([0, 1, 2, 3]),
        {"clear": ACTIONS["clear"], "grow": ACTIONS["grow"]},
        [p for p in PROGRAMS if "[:] =" not in p][:40])])

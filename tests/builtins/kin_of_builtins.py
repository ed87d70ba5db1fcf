"""Instances of classes that inherit from built-in ones: what they inherit works as there, what they say
otherwise counts, also when it is said after others were asked."""
import weakref
from collections import namedtuple


class Text(str):
    pass


class Number(int):
    pass


class Real(float):
    pass


class Pair(tuple):
    pass


class Row(list):
    pass


class Octets(bytes):
    pass


class Frozen(frozenset):
    pass


class Thing:
    pass


Point = namedtuple("Point", "x y")
PLAIN = ["abc", 5, 2.5, (1, "a"), [1, [2.5, "a"]], b"abc", frozenset({1, 2})]
KIN = [Text("abc"), Number(5), Real(2.5), Pair((1, "a")), Row([1, [2.5, "a"]]), Octets(b"abc"),
       Frozen({1, 2})]
OTHER = [Text("abd"), Number(6), Real(3.5), Pair((1, "b")), Row([1, [2.5, "b"]]), Octets(b"abd"),
         Frozen({1, 3})]

for plain, kin, other in zip(PLAIN, KIN, OTHER):
    again = type(kin)(plain)
    assert plain == kin and kin == plain and kin == again and not kin != again and not plain != kin
    assert kin != other and not kin == other and other != plain and not other == plain
    assert kin in [other, plain] and [other, plain].index(kin) == 1 and [plain, kin, other].count(again) == 2
    assert (kin,) == (plain,) and [kin] == [again] and (kin,) != (other,) and (1, kin) == (1, again)
    if not isinstance(kin, (list, frozenset)):
        assert kin < other and other > kin and kin <= again and kin >= plain and not kin < again
        assert (1, kin) < (1, other) and sorted([other, kin]) == [kin, other] and max(kin, other) is other
    if not isinstance(kin, list):
        assert hash(kin) == hash(plain) and {plain: 1}[kin] == 1 and {kin: 1}[again] == 1 and kin in {plain}
        assert len({plain, kin, again, other}) == 2 and {kin, other} - {again} == {other}
    for left, right in zip(KIN, OTHER):
        if type(left) is not type(kin) and not {type(left), type(kin)} <= {Number, Real}:
            assert left != kin and not left == kin and right not in [kin] and not kin == right

# numbers compare across their classes, and with bools
assert Number(2) == 2.0 == Real(2) and Real(2) == Number(2) and Number(1) == True and True == Real(1)
assert Number(2) < Real(2.5) < 3 and not Real("nan") == Real("nan") and Real("nan") != 1
assert Number(3) in [1.0, 2.0, 3.0] and 3 in [Real(3)] and 2.5 in [Number(2), Real(2.5)]
nan = Real("nan")
assert nan in [nan] and (nan,) == (nan,) and nan != nan and not nan == nan and [nan].index(nan) == 0
assert Number(7) + 1 == 8 and type(Number(7) + 1) is int and type(1 + Number(7)) is int
assert type(Number(7) * Number(2)) is int and Number(7) // 2 == 3 and Number(7) % 4 == 3
assert 2 ** Number(3) == 8 and -Number(3) == -3 and type(-Number(3)) is int
assert type(Real(1) + 1.5) is float and 1.5 - Real(1) == 0.5 and Real(1) + Number(1) == 2.0
assert divmod(Number(7), 2) == (3, 1) and Number(1) << 70 == 1 << 70 and Number(1 << 70) - 1 == (1 << 70) - 1
assert type(Text("a") + "b") is str and type("a" + Text("b")) is str and Text("a") * 2 == "aa"
assert type(Pair((1,)) + (2,)) is tuple and Row([1]) + [2] == [1, 2] and type(Row([1]) * 2) is list
empty = Text("")
assert type(empty + Text("a")) is str and type(Text("a") + empty) is str and type(() + Pair((1,))) is tuple
for left, right in ((Number(1), 0), (Real(1), 0.0)):
    try:
        left / right
        raise AssertionError
    except ZeroDivisionError:
        pass

# named tuples
assert Point(1, 2) == (1, 2) and hash(Point(1, 2)) == hash((1, 2)) and {(1, 2): 3}[Point(1, 2)] == 3
assert Point(1, 2) < Point(1, 3) < (2,) and len({Point(1, 2), (1, 2), Point(2, 1)}) == 2

# objects are equal to themselves only, whatever their class holds besides
a, b = Thing(), Thing()
assert a == a and a != b and a in [b, a] and [b, a].index(a) == 1 and {a: 1}[a] == 1 and b not in {a: 1}
assert a != "a" and "a" != a and a not in ["a", 1, 2.5, None, (), []]
assert (a, 1) == (a, 1) and (a, 1) != (b, 1)
assert None not in ["a", a, 1] and type(None) != type(a) and int in [str, int] and None == None

# what a class says itself, also later


def check_changed(make, plain):
    """make() is equal to `plain`, until its class says otherwise; then again."""
    cls, one = type(make()), make()

    def ask():
        counted = [1, plain].count(one)
        return one == plain, plain == one, one != plain, one in [plain], counted, (one,) == (plain,)

    assert ask() == (True, True, False, True, 1, True)
    cls.__eq__ = lambda self, other: False
    assert ask()[0] is False and ask()[3:] == (False, 0, False)
    del cls.__eq__
    assert ask() == (True, True, False, True, 1, True)
    cls.__ne__ = lambda self, other: "changed"
    assert one != plain and ask()[0] is True
    del cls.__ne__
    if isinstance(one, list):
        return
    assert hash(one) == hash(plain)
    d = {plain: 1}
    assert d[one] == 1
    cls.__hash__ = lambda self: 12345
    assert hash(one) == 12345 and one not in d and one not in {plain} and hash((one,)) == hash((12345,))
    del cls.__hash__
    assert hash(one) == hash(plain) and d[one] == 1


for plain, kin in zip(PLAIN, KIN):
    cls = type(kin)

    class Changed(cls):
        pass

    check_changed(lambda: Changed(plain), plain)


class Base(str):
    pass


class Derived(Base):
    pass


one = Derived("x")
for i in range(2):
    assert len(one) == 1 and one and one == "x" and hash(one) == hash("x") and one + "y" == "xy"
Base.__len__ = lambda self: 0
assert len(one) == 0 and not one
Base.__bool__ = lambda self: True
assert len(one) == 0 and one
Base.__add__ = lambda self, other: "added"
assert one + "y" == "added" and "y" + one == "yx"
Base.__radd__ = lambda self, other: "radded"
assert "y" + one == "radded"
Base.__lt__ = lambda self, other: "less"
assert (one < "y") == "less"
del Base.__len__, Base.__bool__, Base.__add__, Base.__radd__, Base.__lt__
assert len(one) == 1 and one and one + "y" == "xy" and "y" + one == "yx" and (one < "y") is True


class Late(int):
    pass


n = Late(3)
for i in range(2):
    assert n + 1 == 4 and 1 + n == 4 and n * n == 9 and n < 4
Late.__radd__ = lambda self, other: "r"
assert n + 1 == 4 and 1 + n == "r"
Late.__add__ = lambda self, other: "l"
assert n + 1 == "l" and n + n == "l"
Late.__eq__ = lambda self, other: "equal"
assert (n == 4) == "equal" and (4 == n) == "equal" and n in [1]

# a reflected comparison of a subclass goes first
class Loud(str):
    def __eq__(self, other):
        return "loud"
    __hash__ = str.__hash__


assert ("a" == Loud("b")) == "loud" and (Text("a") == Loud("b")) is False and Loud("c") in ["d"]
assert {"a": 1}.get(Loud("a")) == 1

# bases change
class One(str):
    pass


class Two(str):
    def __hash__(self):
        return 77


class Bound(One):
    pass


key = Bound("k")
assert hash(key) == hash("k") and {"k": 1}[key] == 1
Bound.__bases__ = (Two,)
assert hash(key) == 77 and key not in {"k": 1}
Bound.__bases__ = (One,)
assert hash(key) == hash("k") and {"k": 1}[key] == 1

# weak references are equal as their referents are, and shared when nothing distinguishes them
r, q = weakref.ref(a), weakref.ref(a, lambda r: None)
assert r is weakref.ref(a) and r == q and q == r and not r != q and r != weakref.ref(b) and hash(r) == hash(q)
assert {r: 1}[q] == 1 and q in [r] and weakref.ref(a) is r and weakref.proxy(a) is weakref.proxy(a)
assert weakref.getweakrefs(a)[0] is r and q in weakref.getweakrefs(a) and weakref.getweakrefcount(a) >= 2


class Equal:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __hash__(self):
        return self.n


x, y, z = Equal(1), Equal(1), Equal(2)
assert weakref.ref(x) == weakref.ref(y) and weakref.ref(x) != weakref.ref(z)
assert {weakref.ref(x): 1}[weakref.ref(y)] == 1


class Ref(weakref.ref):
    def __eq__(self, other):
        return "mine"
    __hash__ = weakref.ref.__hash__


assert (Ref(x) == weakref.ref(z)) == "mine" and (weakref.ref(z) == Ref(x)) == "mine"
w = weakref.WeakKeyDictionary()
keys = [Thing() for i in range(20)]
for i in range(3):
    for k in keys:
        w[k] = i
        assert w[k] == i and k in w
assert len(w) == 20 and sorted(map(id, w)) == sorted(map(id, keys))

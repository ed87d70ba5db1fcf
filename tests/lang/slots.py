"""__slots__: layout, no __dict__, inheritance, defaults, errors, deletion."""
from _case import error


class P:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


p = P(1, 2)
assert (p.x, p.y) == (1, 2) and not hasattr(p, "__dict__")
assert error(setattr, p, "z", 1) == "AttributeError: 'P' object has no attribute 'z'"
del p.x
assert error(lambda: p.x) in ("AttributeError: x", "AttributeError: 'P' object has no attribute 'x'")
assert error(delattr, p, "x") in ("AttributeError: x", "AttributeError: 'P' object has no attribute 'x'")
p.x = 5
assert p.x == 5 and type(P.x).__name__ == "member_descriptor" and P.x.__get__(p) == 5
P.x.__set__(p, 6)
assert p.x == 6 and repr(P.x) == "<member 'x' of 'P' objects>"


class Q(P):
    __slots__ = "z"


q = Q(1, 2)
q.z = 3
assert (q.x, q.y, q.z) == (1, 2, 3) and not hasattr(q, "__dict__")


class R(P):
    pass


r = R(1, 2)
r.anything = 9
assert r.__dict__ == {"anything": 9} and r.x == 1


class WithDict:
    __slots__ = ["a", "__dict__"]


w = WithDict()
w.a = 1
w.b = 2
assert w.__dict__ == {"b": 2}


class Private:
    __slots__ = ("__secret",)

    def __init__(self):
        self.__secret = 4


assert Private()._Private__secret == 4


class Empty:
    __slots__ = ()


assert error(setattr, Empty(), "a", 1) == "AttributeError: 'Empty' object has no attribute 'a'"


class Tup(tuple):
    __slots__ = ()

    @property
    def first(self):
        return self[0]


assert Tup((7, 8)).first == 7 and not hasattr(Tup(), "__dict__")
assert error(lambda: type("T", (tuple,), {"__slots__": ("a",)})) == \
    "TypeError: nonempty __slots__ not supported for subtype of 'tuple'"
assert error(lambda: type("T", (), {"__slots__": ("a",), "a": 1})) == \
    "ValueError: 'a' in __slots__ conflicts with class variable"
assert error(lambda: type("T", (), {"__slots__": (1,)})) == (
    "TypeError: __slots__ items must be strings, not 'int'")
assert error(lambda: type("T", (), {"__slots__": ("1a",)})) == "TypeError: __slots__ must be identifiers"
assert error(lambda: type("T", (P, type("P2", (), {"__slots__": ("k",)})), {})) == \
    "TypeError: multiple bases have instance lay-out conflict"


L = type("L", (list,), {"__slots__": ("tag",)})
item = L([1])
item.tag = 2
assert item == [1] and item.tag == 2 and not hasattr(item, "__dict__")


class Same1:
    __slots__ = ("a", "b")


class Same2:
    __slots__ = ("a", "b")


s = Same1()
s.a = 1
s.__class__ = Same2
assert type(s) is Same2 and s.a == 1


class Overrides(P):
    __slots__ = ("x",)


o = Overrides(1, 2)
assert o.x == 1
assert error(
    P.x.__get__, o) in ("AttributeError: x", "AttributeError: 'Overrides' object has no attribute 'x'")

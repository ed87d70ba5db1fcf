"""Multiple inheritance: C3 order, cooperative super, conflicts, changes of __bases__ and __class__."""
from _case import error


class O:
    def who(self):
        return ["O"]


class A(O):
    def who(self):
        return ["A"] + super().who()


class B(O):
    def who(self):
        return ["B"] + super().who()


class C(A, B):
    def who(self):
        return ["C"] + super().who()


class D(B, A):
    pass


assert C.__mro__ == (C, A, B, O, object) and C().who() == ["C", "A", "B", "O"]
assert D().who() == ["B", "A", "O"]
assert [k.__name__ for k in C.mro()] == ["C", "A", "B", "O", "object"]
assert error(lambda: type("E", (C, D), {})) == \
    "TypeError: Cannot create a consistent method resolution\norder (MRO) for bases A, B"
assert error(lambda: type("E", (O, A), {})) == \
    "TypeError: Cannot create a consistent method resolution\norder (MRO) for bases O, A"
assert error(lambda: type("E", (A, A), {})) == "TypeError: duplicate base class A"
assert error(lambda: type("E", (int, str), {})) == "TypeError: multiple bases have instance lay-out conflict"
assert error(lambda: type("E", (bool,), {})) == "TypeError: type 'bool' is not an acceptable base type"


class X:
    def m(self):
        return "X"


class Y:
    def m(self):
        return "Y"


class Z(X):
    def n(self):
        return super().m() + "n"


z = Z()
assert z.m() == "X" and z.n() == "Xn"
Z.__bases__ = (Y,)
assert z.m() == "Y" and z.n() == "Yn" and Z.__mro__ == (Z, Y, object) and X.__subclasses__() == []
x = X()
x.v = 1
x.__class__ = Y
assert x.m() == "Y" and x.v == 1 and type(x) is Y
assert error(lambda: setattr(x, "__class__", int)) == \
    "TypeError: __class__ assignment only supported for mutable types or ModuleType subclasses"
assert error(lambda: setattr(x, "__class__", 5)) == (
    "TypeError: __class__ must be set to a class, not 'int' object")


class Sup:
    def __init__(self, **kw):
        self.log = ["Sup"]
        assert not kw


class L1(Sup):
    def __init__(self, *, one, **kw):
        super().__init__(**kw)
        self.log.append(("L1", one))


class L2(Sup):
    def __init__(self, *, two, **kw):
        super().__init__(**kw)
        self.log.append(("L2", two))


class Both(L1, L2):
    def __init__(self, **kw):
        super().__init__(**kw)


assert Both(one=1, two=2).log == ["Sup", ("L2", 2), ("L1", 1)]
assert super(A, C()).who() == ["B", "O"] and super(C, C).who(C()) == ["A", "B", "O"]
assert error(lambda: super(A, 5)) == "TypeError: super(type, obj): obj must be an instance or subtype of type"
assert error(lambda: super(C, C()).nothing) == "AttributeError: 'super' object has no attribute 'nothing'"


class P:
    @classmethod
    def make(cls):
        return cls.__name__

    @property
    def prop(self):
        return "P.prop"

    @staticmethod
    def st():
        return "st"


class Q(P):
    @classmethod
    def make(cls):
        return "Q:" + super().make()

    @property
    def prop(self):
        return super().prop + "+Q"

    def st(self):
        return super().st()


assert Q.make() == "Q:Q" and Q().prop == "P.prop+Q" and Q().st() == "st"


class Mixed(list, P):
    pass


m = Mixed([1, 2])
m.attr = 5
assert m == [1, 2] and m.attr == 5 and m.prop == "P.prop" and len(m) == 2


class WithMro(type):
    def mro(cls):
        return [cls, Y, object]


class Custom(X, metaclass=WithMro):
    pass


assert Custom().m() == "Y"

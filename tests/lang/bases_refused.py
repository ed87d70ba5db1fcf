"""An assignment of __bases__ that fails in mro() leaves all MROs as they were, and calls no mro() for it."""
from _case import error

calls = []
refuse = None  # the class whose mro() fails


class Meta(type):
    def mro(cls):
        calls.append(cls.__name__)
        if cls.__name__ == refuse:
            raise LookupError("no order for " + refuse)
        return super().mro()


class Old(metaclass=Meta):
    who = "old"


class New(metaclass=Meta):
    who = "new"


class A(Old):
    pass


class B(A):
    pass


class C(B):
    pass


class D(A):
    pass


tree = [A, B, C, D]


def assign():
    A.__bases__ = (New,)


def check_refused_by(name, called):
    """Every class in turn refuses: those before it in the tree had new MROs already."""
    global refuse
    before = [cls.__mro__ for cls in tree]
    calls.clear()
    refuse = name
    assert error(assign) == "LookupError: no order for " + name
    refuse = None
    assert calls == called, calls
    assert all(cls.__mro__ is mro for cls, mro in zip(tree, before))
    assert A.__bases__ == (Old,) and A.__base__ is Old
    assert Old.__subclasses__() == [A] and New.__subclasses__() == []
    assert [cls().who for cls in tree] == ["old"] * 4


check_refused_by("A", ["A"])
check_refused_by("B", ["A", "B"])
check_refused_by("C", ["A", "B", "C"])
check_refused_by("D", ["A", "B", "C", "D"])

calls.clear()
assign()
assert calls == ["A", "B", "C", "D"] and [cls().who for cls in tree] == ["new"] * 4
assert Old.__subclasses__() == [] and New.__subclasses__() == [A]

# an order that cannot be: no mro() of a program's at all


class X:
    pass


class Y(X):
    pass


class E(X):
    pass


class F(E, Y):
    pass


def disorder():
    E.__bases__ = (Y, Left)


class Left(X):
    pass


class G(E, Left, Y):
    pass


before = E.__mro__, F.__mro__, G.__mro__
assert error(disorder).startswith("TypeError: Cannot create a consistent method resolution")
assert (E.__mro__, F.__mro__, G.__mro__) == before and E.__mro__ is before[0] and F.__mro__ is before[1]

# mro() that assigns __bases__ itself, and then fails: what it has assigned stays


class Nested(type):
    inside = False

    def mro(cls):
        calls.append(cls.__name__)
        if Nested.inside and cls.__name__ == "N":
            Nested.inside = False
            cls.__bases__ = (Third,)
            raise LookupError("after all")
        return super().mro()


class First(metaclass=Nested):
    pass


class Second(metaclass=Nested):
    pass


class Third(metaclass=Nested):
    pass


class N(First):
    pass


class Below(N):
    pass


def assign_nested():
    N.__bases__ = (Second,)


calls.clear()
Nested.inside = True
assert error(assign_nested) == "LookupError: after all"
assert N.__bases__ == (Third,)
assert N.__mro__ == (N, Third, object) and Below.__mro__ == (Below, N, Third, object)
assert calls == ["N", "N", "Below"], calls
assert Third.__subclasses__() == [N] and not Second.__subclasses__()

# … and one that succeeds: its own result is dropped, the classes below are asked once


class Reassigning(type):
    inside = False

    def mro(cls):
        calls.append(cls.__name__)
        if Reassigning.inside and cls.__name__ == "R":
            Reassigning.inside = False
            cls.__bases__ = (Three,)
            return [cls, Two, object]
        return super().mro()


class One(metaclass=Reassigning):
    pass


class Two(metaclass=Reassigning):
    pass


class Three(metaclass=Reassigning):
    pass


class R(One):
    pass


class Under(R):
    pass


calls.clear()
Reassigning.inside = True
R.__bases__ = (Two,)
assert R.__bases__ == (Three,)
assert R.__mro__ == (R, Three, object) and Under.__mro__ == (Under, R, Three, object)
assert calls == ["R", "R", "Under"], calls
assert Three.__subclasses__() == [R] and not Two.__subclasses__()

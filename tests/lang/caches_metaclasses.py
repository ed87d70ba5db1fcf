"""Sites that read attributes and methods of classes with a metaclass: whatever changes in the metaclass
is seen at once.
"""
import abc
import enum


class Data:
    """A data descriptor of a metaclass stands before what the class has."""

    def __init__(self, value):
        self.value = value

    def __get__(self, instance, owner):
        return self.value

    def __set__(self, instance, value):
        pass


class Meta(type):
    pass


class Other(Meta):
    x = Data("other")


class Base(metaclass=Meta):
    @classmethod
    def named(cls):
        return cls.__name__

    @staticmethod
    def plain():
        return "plain"


class Thing(Base):
    x = 1


def read():
    return Thing.x, Thing.named(), Thing.plain()


def check(*expected):
    """What a site says that was warm before, and then is again."""
    assert read() == expected, read()
    for _ in range(5):
        assert read() == expected, read()


check(1, "Thing", "plain")
Meta.x = Data("meta")
check("meta", "Thing", "plain")
Meta.x = 5  # no data descriptor: the class's own comes first
check(1, "Thing", "plain")
del Meta.x
check(1, "Thing", "plain")
Meta.named = Data(lambda: "of the metaclass")
check(1, "of the metaclass", "plain")
del Meta.named
check(1, "Thing", "plain")
Thing.__class__ = Other
check("other", "Thing", "plain")
Thing.__class__ = Meta
check(1, "Thing", "plain")
Meta.__getattribute__ = lambda cls, name: "hook" if name == "x" else type.__getattribute__(cls, name)
check("hook", "Thing", "plain")
del Meta.__getattribute__
check(1, "Thing", "plain")
Meta.__getattr__ = lambda cls, name: "absent " + name
check(1, "Thing", "plain")
del Thing.x
check("absent x", "Thing", "plain")
del Meta.__getattr__
Base.x = "base"
check("base", "Thing", "plain")
Thing.x = 1


class Above(type):
    pass


class WithData(type):
    x = Data("by bases")


class Late(Above):
    pass


class Second(metaclass=Late):
    x = 2


def second():
    return Second.x


def check_second(expected):
    for _ in range(6):
        assert second() == expected, second()


check_second(2)
Late.__bases__ = (WithData,)
check_second("by bases")
Late.__bases__ = (Above,)
check_second(2)
Above.x = Data("above")
check_second("above")
del Above.x
check_second(2)


class Value:
    pass


Late.x = Value()
check_second(2)
Value.__get__ = lambda self, instance, owner: "late"
check_second(2)
Value.__set__ = lambda self, instance, value: None
check_second("late")
del Value.__get__
del Value.__set__
check_second(2)


class Refusing(type):
    """Its mro() fails, in the middle of an assignment of bases, after it has read the site."""

    def mro(cls):
        if getattr(Refusing, "refuses", False):
            seen.append(third())
            raise ValueError("no")
        return super().mro()


class Higher(type):
    pass


class Refused(Higher, metaclass=Refusing):
    pass


class Third(metaclass=Refused):
    x = 3


def third():
    return Third.x


seen = []
for _ in range(5):
    assert third() == 3
Refusing.refuses = True
try:
    Refused.__bases__ = (WithData,)
except ValueError:
    pass
Refusing.refuses = False
assert third() == 3 and set(seen) == {3}, seen


class Colour(enum.Enum):
    RED = 1
    GREEN = 2

    @classmethod
    def first(cls):
        return cls.RED


class Shape(abc.ABC):
    sides = 0

    @classmethod
    def count(cls):
        return cls.sides


class Square(Shape):
    sides = 4


def members(times):
    found = 0
    for _ in range(times):
        found += (Colour.RED is Colour.first()) + (Colour.GREEN is Colour.RED)
        found += Square.count() + Shape.count()
    return found


assert members(100) == 500
try:
    Colour.RED = 7
except AttributeError as e:
    assert "cannot reassign member" in str(e), e
assert members(10) == 50
Square.sides = 5
assert members(10) == 60

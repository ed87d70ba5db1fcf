"""Sites that read of many classes what their metaclass says: data descriptors of `type` and of metaclasses
stand before what a class has, others behind; changes of class and metaclass are seen at once.
"""
from abc import ABC, ABCMeta


class Meta(type):
    def __getattr__(cls, name):
        if name == "guessed":
            return cls.__name__ + "?"
        raise AttributeError(name)


class Plain:
    __name__ = "an attribute of instances"


class Abstract(ABC):
    pass


class Guessing(metaclass=Meta):
    pass


def name_of(cls):
    return cls.__name__


def mro_of(cls):
    return cls.__mro__


def names_in(cls):
    return "own" in cls.__dict__


classes = [Plain, Abstract, Guessing, int, type, ABCMeta, Meta, type("Made", (Plain,), {"own": 1})]
names = ["Plain", "Abstract", "Guessing", "int", "type", "ABCMeta", "Meta", "Made"]
for _ in range(5):
    for cls, name in zip(classes, names):
        for _ in range(3):
            assert name_of(cls) == name and mro_of(cls)[0] is cls and names_in(cls) == (name == "Made")
assert name_of(Plain()) == "an attribute of instances" and names_in(Plain()) is False

Plain.__name__ = "Renamed"
assert name_of(Plain) == "Renamed" and name_of(Plain()) == "an attribute of instances"

# the metaclass gets a descriptor, loses it, the class gets another metaclass


def limit(cls):
    return cls.limit


class Limited(type):
    pass


class Box(metaclass=Limited):
    limit = 1


class Crate(metaclass=Limited):
    limit = 2


def limits():
    return [limit(cls) for cls in (Box, Crate, Box, Crate)]


assert limits() == limits() == [1, 2, 1, 2]
Limited.limit = property(lambda cls: cls.__name__)
assert limits() == limits() == ["Box", "Crate", "Box", "Crate"]
Limited.limit = 7
assert limits() == limits() == [1, 2, 1, 2]
Limited.limit = property(lambda cls: 9)
assert limits() == limits() == [9, 9, 9, 9]
del Limited.limit


class Other(Limited):
    limit = property(lambda cls: cls.__name__ * 2)


assert limit(Box) == 1
Box.__class__ = Other
assert limit(Box) == "BoxBox" and limit(Crate) == 2 and limit(Box) == "BoxBox"


class Slotted(type):
    def __getattribute__(cls, name):
        return "asked for " + name


class Asked(metaclass=Slotted):
    pass


for _ in range(3):
    for cls in (Crate, Asked, Box, int):
        own = type.__dict__["__name__"].__get__(cls)
        assert name_of(cls) == ("asked for __name__" if cls is Asked else own)

# what is absent stays so, and says of whom


def abstract_methods(cls):
    try:
        return len(cls.__abstractmethods__)
    except AttributeError as error:
        return str(error)


for _ in range(3):
    assert abstract_methods(Abstract) == 0 and abstract_methods(Plain) == "__abstractmethods__"
    assert abstract_methods(ABC) == 0

# answers of abstract classes hold for as long as nothing is registered


class Shape(ABC):
    pass


kinds = [type(f"Kind{i}", (), {}) for i in range(40)]
for _ in range(3):
    assert not any(isinstance(kind(), Shape) or issubclass(kind, Shape) for kind in kinds)
for kind in kinds[::3]:
    Shape.register(kind)
for _ in range(3):
    assert [issubclass(kind, Shape) for kind in kinds] == [i % 3 == 0 for i in range(40)]
    assert [isinstance(kind(), Shape) for kind in kinds] == [i % 3 == 0 for i in range(40)]
for attempt in (1, "x", None):
    try:
        issubclass(attempt, Shape)
    except TypeError as error:
        assert str(error) == "issubclass() arg 1 must be a class"
    else:
        raise AssertionError

# native functions of classes are themselves; another in their place is seen at once


class Loud(str):
    upper = str.upper


def upper_of(cls):
    return cls.upper


for _ in range(3):
    for cls in (str, Loud, str, bytes, Loud):
        assert upper_of(cls) is cls.__mro__[0].__dict__["upper"]
Loud.upper = str.lower
assert upper_of(Loud) is str.lower and upper_of(Loud)("A") == "a" and Loud("A").upper() == "a"
Loud.upper = staticmethod(len)
assert upper_of(Loud) is len and upper_of(Loud)("abc") == 3
Loud.upper = classmethod(repr)
assert upper_of(Loud)() == repr(Loud)
del Loud.upper
assert upper_of(Loud) is str.upper

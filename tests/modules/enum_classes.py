"""enum: members, aliases, lookup, flags, members with constructors."""
import enum

from _case import error


class Color(enum.Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1

    def describe(self):
        return self.name.lower()

    @classmethod
    def first(cls):
        return cls.RED


assert Color.RED.value == 1 and Color.RED.name == "RED" and Color(2) is Color.GREEN
assert Color["RED"] is Color.RED and Color.CRIMSON is Color.RED and list(Color) == [Color.RED, Color.GREEN]
assert repr(Color.RED) == "<Color.RED: 1>" and str(Color.RED) == "Color.RED"
assert Color.RED.describe() == "red" and len(Color) == 2 and Color.RED in Color
assert isinstance(Color.RED, Color) and Color.first() is Color.RED
assert error(Color, 9) == "ValueError: 9 is not a valid Color"
assert error(setattr, Color, "RED", 5) == "AttributeError: cannot reassign member 'RED'"
assert {Color.RED: 1}[Color.RED] == 1 and list(Color.__members__) == ["RED", "GREEN", "CRIMSON"]


class N(enum.IntEnum):
    ONE = 1
    TWO = enum.auto()


class F(enum.Flag):
    R = enum.auto()
    W = enum.auto()
    X = enum.auto()


class S(enum.StrEnum):
    A = enum.auto()


assert N.TWO == 2 and N.ONE < N.TWO and N.ONE + 1 == 2 and f"{N.ONE}" == "1" and F.R | F.W == F(3)
assert F.R in F(3) and repr(F.R | F.W) == "<F.R|W: 3>" and F.R.value == 1 and F.X.value == 4
assert ~F.R == F.W | F.X and not F(0) and S.A == "a" and enum.Enum("Dyn", "a b").b.value == 2
assert [f.name for f in F] == ["R", "W", "X"]


@enum.unique
class U(enum.Enum):
    A = (1, "x")

    def __init__(self, n, s):
        self.n = n


assert U.A.n == 1

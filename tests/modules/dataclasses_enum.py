"""dataclasses and enum."""
import dataclasses, enum

from _case import error

from dataclasses import dataclass, field


@dataclass
class A:
    x: int
    y: list = field(default_factory=list)
    z: "str" = "d"
    w: int = field(default=5, repr=False, compare=False)


a = A(1)
assert a == A(1) and a != A(2) and repr(a) == "A(x=1, y=[], z='d')"
assert dataclasses.asdict(a) == {"x": 1, "y": [], "z": "d", "w": 5}
assert dataclasses.astuple(a) == (1, [], "d", 5) and dataclasses.replace(a, x=9).x == 9
assert [f.name for f in dataclasses.fields(A)] == ["x", "y", "z", "w"]
assert A.__match_args__ == ("x", "y", "z", "w")
assert error(A) == "TypeError: A.__init__() missing 1 required positional argument: 'x'"
assert error(hash, a) == "TypeError: unhashable type: 'A'" and dataclasses.is_dataclass(a)


@dataclass(order=True, frozen=True, slots=True, kw_only=True)
class B:
    p: int
    q: int = 2


assert B(p=1) < B(p=2) and hash(B(p=1)) == hash(B(p=1))
assert error(setattr, B(p=1), "p", 2) == "FrozenInstanceError: cannot assign to field 'p'"
assert not hasattr(B(p=1), "__dict__")
assert error(B, 1) == "TypeError: B.__init__() takes 1 positional argument but 2 were given"


@dataclass
class C(A):
    v: dataclasses.InitVar[int] = 0
    k: int = field(init=False, default=3)

    def __post_init__(self, v):
        self.total = self.x + v


assert C(1, v=5).total == 6 and C(1).k == 3
assert error(dataclass, type("D", (), {"__annotations__": {"a": list}, "a": []})) == "ValueError: mutable default <class 'list'> for field a is not allowed: use default_factory"
match a:
    case A(x, y):
        assert (x, y) == (1, [])


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

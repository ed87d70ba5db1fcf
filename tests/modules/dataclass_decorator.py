"""dataclasses: fields, comparison, frozen, slots, __post_init__, matching, refused defaults."""
import dataclasses
from dataclasses import dataclass, field

from _case import error


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
assert error(dataclass, type("D", (), {"__annotations__": {"a": list}, "a": []})) == (
    "ValueError: mutable default <class 'list'> for field a is not allowed: use default_factory")
match a:
    case A(x, y):
        assert (x, y) == (1, [])

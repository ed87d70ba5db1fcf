"""Annotations: evaluation, storage, class and module level, without value, odd targets."""
log = []


def note(x):
    log.append(x)
    return x


a: note("int") = note(1)
assert log == [1, "int"] and __annotations__ == {"a": "int"}
b: int
assert __annotations__["b"] is int and "b" not in globals()
(c): int = 5
assert c == 5 and "c" not in __annotations__


class T:
    pass


t = T()
log.clear()
t.x: note("ann") = note(2)
assert t.x == 2 and log == [2, "ann"], log
lst = [0]
lst[0]: int = 4
assert lst == [4]


def f(p: note("p"), *args: "s", k: int = 3, **kw: float) -> note("ret"):
    local: undefined_name = 1
    other: also_undefined
    return local


assert f(1) == 1 and f.__annotations__ == {"p": "p", "args": "s", "k": int, "kw": float, "return": "ret"}
assert "__annotations__" not in dir(f.__code__)


class C:
    x: int = 1
    y: "str"
    __priv: float = 2.0
    z = 3

    def m(self) -> "C":
        self.w: int = 5
        return self


assert C.__annotations__ == {"x": int, "y": "str", "_C__priv": float} and C().m().w == 5


class D(C):
    pass


assert D.__annotations__ == {} or D.__annotations__ is C.__annotations__
e: list[int] = []
u: int | None = None
g: tuple[int, ...] = ()
assert __annotations__["e"] == list[int] and __annotations__["u"] == int | None
if False:
    never: int = 1
assert "never" not in __annotations__
for loop_var in range(1):
    in_loop: int = loop_var
assert in_loop == 0


def gen() -> int:
    x: int = yield 1


assert next(gen()) == 1 and gen.__annotations__ == {"return": int}
lam = lambda q: q
assert lam.__annotations__ == {}


def change(x: int):
    pass


change.__annotations__ = {"x": str}
assert change.__annotations__ == {"x": str}
change.__annotations__["y"] = 1
assert change.__annotations__["y"] == 1
del change.__annotations__
assert change.__annotations__ == {}
tup: tuple = 1, 2, 3
assert tup == (1, 2, 3)

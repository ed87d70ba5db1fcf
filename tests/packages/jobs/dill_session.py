"""What dill is used for: functions, closures, classes, generators' functions and a whole session go
through bytes and work."""
import collections
import functools
import io
import math
import os
import site
import sys
import tempfile
import types

site.setquit()  # names of builtins that dill refers to; -S leaves them out
site.setcopyright()
site.sethelper()
import dill  # noqa: E402
import dill.source  # noqa: E402

SCALE = 3


def scaled(x, *, by=SCALE, more=()):
    "A function with defaults and a global."
    return x * by * SCALE + sum(more)


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


def counter(start):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    def look():
        return count

    return step, look


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


class Meta(type):
    def __new__(mcls, name, bases, space, **options):
        cls = super().__new__(mcls, name, bases, space)
        cls.options = options
        return cls

    def __init__(cls, name, bases, space, **options):
        super().__init__(name, bases, space)


class Shape(metaclass=Meta, kind="flat"):
    __slots__ = ("sides", "_name")
    made = 0

    def __init__(self, sides, name):
        self.sides, self._name = sides, name

    @property
    def name(self):
        return self._name.title()

    @classmethod
    def square(cls):
        return cls(4, "square")

    @staticmethod
    def angle(n):
        return math.pi / n

    def __eq__(self, other):
        return (self.sides, self._name) == (other.sides, other._name)

    def twice(self):
        return super().__repr__()[:6], [self.sides * i for i in range(2)]


def again(thing, **how):
    return dill.loads(dill.dumps(thing, **how))


def error_of(call, *args):
    try:
        return call(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for recurse in False, True:
    f = again(scaled, recurse=recurse)
    print(recurse, f(2), f(2, by=1, more=[4]), f.__doc__, f.__kwdefaults__, f.__name__, f.__module__)
    print(
        again(factorial, recurse=recurse)(20), recurse or again(even)(10), recurse or again(odd)(10)
    )  # with recurse it has no end
    step, look = again(counter(10), recurse=recurse)
    print(step(), step(5), look(), again(lambda x, y=2: x + y + SCALE, recurse=recurse)(1))
    print(again([functools.partial(scaled, by=2), functools.lru_cache(factorial)], recurse=recurse)[0](5))
    print(list(again(lambda n: (i * SCALE for i in range(n)), recurse=recurse)(4)))
    print(
        again(types.MethodType(scaled, 7), recurse=recurse)(),
        again(math.sin, recurse=recurse)(0),
        again(len) is len,
    )

for byref in True, False:
    shape = again(Shape.square(), byref=byref)
    cls = type(shape)
    print(
        byref,
        shape.name,
        shape.sides,
        cls.options,
        cls.angle(2),
        shape.twice(),
        cls.__name__,
        shape == Shape.square(),
    )
    print(type(cls).__name__, cls is Shape, again(Shape.square().twice, byref=byref)())

Point = collections.namedtuple("Point", "x y", defaults=[0])
print(
    again(Point(1)),
    again(Point(3, 4)._replace)(x=9),
    again({"d": collections.OrderedDict(a=1), "s": {1, (2, frozenset([3]))}}),
)
knot = [1]
knot.append({"self": knot, "method": knot.append})
untied = again(knot)
untied[1]["method"]("end")
print(untied[1]["self"] is untied, untied[-1])
cell = types.CellType([1])
print(
    again(cell).cell_contents,
    again(slice(1, None, 2)),
    again(range(5)),
    again(NotImplemented),
    again(type(None)),
    again(...),
)
print(
    again(sys.modules["math"]) is math,
    again(os.path.join)("a", "b"),
    again(types.MappingProxyType({"a": 1})),
)
text = io.StringIO("first\nsecond\n")
text.readline()
print(
    again(text).read(),
    dill.pickles(lambda: 0),
    dill.pickles(iter([])),
    error_of(dill.dumps, (i for i in "")),
)
print(
    dill.detect.freevars(counter(1)[0]),
    sorted(dill.detect.globalvars(scaled)),
    dill.detect.nestedglobals(factorial),
)
print(
    dill.source.getsource(factorial),
    dill.source.getname(scaled),
    dill.source.importable(Shape.square, source=False),
)
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "session.pkl")
    with open(path, "wb") as file:
        dill.dump(scaled, file)
        dill.dump(Shape, file)
    with open(path, "rb") as file:
        print(dill.load(file)(1), dill.load(file).square().name)
    session = types.ModuleType("part_of_a_session")
    sys.modules[session.__name__] = session
    session.__dict__.update(SCALE=5, numbers=[1, 2, 3], scale=lambda x: x * 2)
    dill.dump_module(path, module=session)
    session.__dict__.update(SCALE=0, numbers=None, scale=None)
    dill.load_module(path, module=session)
    loaded = vars(session)
    print(
        loaded["SCALE"],
        loaded["numbers"],
        loaded["scale"](4),
        sorted(n for n in loaded if not n.startswith("__")),
    )
    kept = list(knot)
    dill.dump_module(path)  # this very program
    SCALE, knot = 8, None
    dill.load_module(path)
    print(SCALE, len(knot) == len(kept), scaled(1), Shape.square().name)

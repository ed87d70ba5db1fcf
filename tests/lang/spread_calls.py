"""f(*iterable, **mapping): every kind of callee, of iterable and of mapping; what changes between; errors."""
import collections
import sys
import traceback
import weakref


def f(a, b, c=3, *, d=4):
    return a, b, c, d


def g(*a, **k):
    return a, k


class Plain:
    def __init__(self, *a, x=1):
        self.got = a, x

    def method(self, p, q=2):
        return p, q

    def __call__(self, *a, **k):
        return a, k


class Mapping:
    def keys(self):
        return ["a", "b"]

    def __getitem__(self, key):
        return key * 2


class OfDict(dict):
    pass


def error_of(call):
    try:
        return call()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


# ---- callees
assert f(*(1, 2)) == f(*[1, 2]) == f(**{"a": 1, "b": 2}) == f(1, *[2], **{}) == (1, 2, 3, 4)
assert f(*(1,), **{"b": 2, "d": 5}) == (1, 2, 3, 5)
assert f(1, *[2], **{"c": 9}) == (1, 2, 9, 4)
assert f(*"xy", **{"d": 0}) == ("x", "y", 3, 0)
assert g(*range(20), **{"z": 1, "y": 2}) == (tuple(range(20)), {"z": 1, "y": 2})
assert Plain(*(1, 2), **{"x": 5}).got == ((1, 2), 5) and Plain(*[]).got == ((), 1)
plain = Plain()
assert plain.method(*(3, 4)) == plain.method(**{"p": 3, "q": 4}) == (3, 4)
assert Plain.method(*(plain, 7)) == (7, 2)
bound = plain.method
assert bound(*[1]) == bound(**{"p": 1}) == (1, 2)
assert plain(*(1,), **{"k": 2}) == ((1,), {"k": 2})
assert max(*[3, 1, 2]) == 3 and dict(**{"a": 1}) == {"a": 1} and "{} {x}".format(*[1], **{"x": 2}) == "1 2"
assert sorted(*([3, 1],), **{"reverse": True}) == [3, 1]
assert list((lambda *a: (yield from a))(*(1, 2))) == [1, 2]


async def coroutine(*a, **k):
    return a, k


try:
    coroutine(*(1, 2), **{"z": 3}).send(None)
except StopIteration as stop:
    assert stop.value == ((1, 2), {"z": 3})

# ---- mappings: the callee's dict is its own
assert g(**Mapping())[1] == {"a": "aa", "b": "bb"}
for kind in (OfDict, collections.OrderedDict, collections.UserDict):
    assert g(**kind(a=1))[1] == {"a": 1}
given = {"a": 1}
assert g(**given)[1] is not given and type(g(**OfDict(a=1))[1]) is dict
assert g(**collections.defaultdict(int, b=2))[1] == {"b": 2}
assert list(g(**{"z": 1, "a": 2, "m": 3})[1]) == ["z", "a", "m"]


def changing(mapping):
    mapping["late"] = 1
    yield 1


assert g(*changing(given), **given) == ((1,), {"a": 1}) and given == {"a": 1, "late": 1}
items = [1, 2]
assert g(*items, items.append(3)) == ((1, 2, None), {})
assert g(items.append(4), *items) == ((None, 1, 2, 3, 4), {})

# ---- sizes: few, more than registers, more than a window takes
for count in (0, 1, 7, 8, 9, 15, 16, 17, 100, 255, 256, 257, 1000, 70000):
    numbers, names = list(range(count)), {f"n{i}": i for i in range(min(count, 3000))}
    assert g(*numbers) == (tuple(numbers), {})
    assert g(*tuple(numbers), **names) == (tuple(numbers), names)
    assert dict(**names) == names and Plain(*numbers).got == (tuple(numbers), 1)


def wide(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9=9, *, k0=0, k1=1, k2=2, k3=3, k4=4, k5=5, k6=6, k7=7, k8=8):
    return a0, a9, k0, k8


assert wide(*range(9)) == (0, 9, 0, 8) and wide(*range(10), **{"k8": 1, "k0": 2}) == (0, 9, 2, 1)
assert wide(**{f"a{i}": i for i in range(9)}) == (0, 9, 0, 8)
wide.__kwdefaults__["k8"] = "new"
assert wide(*range(9)) == (0, 9, 0, "new")
del wide.__kwdefaults__["k8"]
assert "missing 1 required keyword-only argument: 'k8'" in error_of(lambda: wide(*range(9)))
assert wide(*range(9), k8=3) == (0, 9, 0, 3)


def positional(a, b, /, c, *, d=1):
    return a, b, c, d


assert positional(*(1, 2), **{"c": 3}) == positional(1, 2, c=3) == (1, 2, 3, 1)

# ---- recursion stays in the interpreter's loop; frames and tracebacks are those of the call


def count_down(*a):
    return 1 + count_down(*a[1:]) if a else 0


sys.setrecursionlimit(3000)
assert count_down(*range(900)) == 900


def deep(*a):
    return deep(*a)


assert error_of(lambda: deep(1)).startswith("RecursionError")


def caller():
    return sys._getframe(1).f_code.co_name


def outer():
    return caller(*(), **{})


assert outer() == "outer"


def failing(*a):
    raise ValueError(a)


try:
    failing(*(1, 2), **{})
except ValueError as e:
    assert [entry.name for entry in traceback.extract_tb(e.__traceback__)] == ["<module>", "failing"]

events = []
sys.setprofile(lambda frame, event, argument: events.append((event, getattr(argument, "__name__", None))))
f(*(1, 2))
max(*[1, 2])
f(**{"a": 1, "b": 2})
sys.setprofile(None)
assert events == [("call", None), ("return", None), ("c_call", "max"), ("c_return", "max"), ("call", None),
                  ("return", None), ("c_call", "setprofile")], events

# ---- what is given lives as long as it must


class Thing:
    pass


def forget(things):
    things.clear()


def hold(a, b):
    box.clear()
    list(range(1000))
    return type(a), type(b)


box = [Thing(), Thing()]
assert hold(*box) == (Thing, Thing)
reference = weakref.ref(Thing())
assert hold(*[Thing(), Thing()], **{}) == (Thing, Thing)

# ---- errors
for call, text in [
        (lambda: f(*1), "TypeError: __main__.f() argument after * must be an iterable, not int"),
        (lambda: f(**1), "TypeError: __main__.f() argument after ** must be a mapping, not int"),
        (lambda: f(*1, **2), "TypeError: __main__.f() argument after ** must be a mapping, not int"),
        (lambda: f(**None), "TypeError: __main__.f() argument after ** must be a mapping, not NoneType"),
        (lambda: f(**{1: 2}), "TypeError: keywords must be strings"),
        (lambda: g(**{1: 2}), "TypeError: keywords must be strings"),
        (lambda: f(*(1, 2, 3, 4)), "TypeError: f() takes from 2 to 3 positional arguments but 4 were given"),
        (lambda: f(*(1,), **{"a": 2}), "TypeError: f() got multiple values for argument 'a'"),
        (lambda: f(**{"zz": 1, "a": 1, "b": 1}), "TypeError: f() got an unexpected keyword argument 'zz'"),
        (lambda: f(*(), **{}), "TypeError: f() missing 2 required positional arguments: 'a' and 'b'"),
        (lambda: g(a=1, **{"a": 2}), "TypeError: __main__.g() got multiple values for keyword argument 'a'"),
        (lambda: Plain(**{"y": 1}), "TypeError: Plain.__init__() got an unexpected keyword argument 'y'"),
        (lambda: plain.method(*[1, 2, 3]),
         "TypeError: Plain.method() takes from 2 to 3 positional arguments but 4 were given"),
        (lambda: positional(**{"a": 1}),
         "TypeError: positional() got some positional-only arguments passed as keyword arguments: 'a'")]:
    assert error_of(call) == text, (error_of(call), text)

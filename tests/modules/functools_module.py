"""functools: partial, reduce, lru_cache, wraps, total_ordering, cached_property, singledispatch, cmp_to_key."""
import functools

from _case import error

assert functools.reduce(lambda a, b: a + b, [1, 2, 3]) == 6 and functools.reduce(max, [], 5) == 5
assert error(functools.reduce, max, []) == "TypeError: reduce() of empty iterable with no initial value"
p = functools.partial(int, base=2)
assert p("101") == 5 and p.func is int and p.keywords == {"base": 2} and p.args == ()
assert functools.partial(p, "11")() == 3
assert repr(functools.partial(print, 1)).startswith("functools.partial(<built-in function print>, 1)")
calls = []


@functools.lru_cache(maxsize=2)
def f(x, y=0):
    calls.append(x)
    return x * 2


assert f(1) == 2 and f(1) == 2 and f(2) == 4 and f(3) == 6 and f(1) == 2 and calls == [1, 2, 3, 1]
assert f.cache_info() == (1, 4, 2, 2) and f.cache_clear() is None and f.cache_info().currsize == 0
assert f.__name__ == "f" and f.cache_parameters() == {"maxsize": 2, "typed": False}
assert error(f, []) == "TypeError: unhashable type: 'list'"


@functools.cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


assert fib(80) == 23416728348467685


def deco(fn):
    @functools.wraps(fn)
    def w(*a):
        "inner doc"
        return fn(*a)
    return w


@deco
def named(x: int):
    "outer doc"
    return x


assert named.__name__ == "named" and named.__doc__ == "outer doc" and named.__wrapped__(5) == 5
assert named.__annotations__ == {"x": int}


@functools.total_ordering
class T:
    def __init__(self, v):
        self.v = v

    def __eq__(self, o):
        return self.v == o.v

    def __lt__(self, o):
        return self.v < o.v


assert T(1) <= T(1) and T(2) > T(1) and T(2) >= T(1)


class C:
    n = 0

    @functools.cached_property
    def prop(self):
        C.n += 1
        return C.n



c = C()
assert c.prop == 1 and c.prop == 1 and c.__dict__["prop"] == 1


@functools.singledispatch
def show(x):
    return "object"


@show.register
def _(x: int):
    return "int"


@show.register(list)
def _(x):
    return "list"


assert show(1) == "int" and show(True) == "int" and show([]) == "list" and show("a") == "object"
assert show.dispatch(bool) is show.dispatch(int)
assert sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)) == [3, 2, 1]

"""functools: lru_cache, cache and cached_property."""
import functools

from _case import error

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


class C:
    n = 0

    @functools.cached_property
    def prop(self):
        C.n += 1
        return C.n


c = C()
assert c.prop == 1 and c.prop == 1 and c.__dict__["prop"] == 1

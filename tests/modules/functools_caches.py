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


# ---- a key's hash is asked for once a call, never when it has to go
class Hashed:
    asked = 0

    def __init__(self, number):
        self.number = number

    def __hash__(self):
        Hashed.asked += 1
        return self.number

    def __eq__(self, other):
        return self.number == other.number


@functools.lru_cache(maxsize=2)
def kept(key):
    return key.number


for calls, number in enumerate((1, 1, 2, 3, 4, 3, 1, 1), 1):
    assert kept(Hashed(number)) == number and Hashed.asked == calls
assert kept.cache_info()[:2] == (3, 5)

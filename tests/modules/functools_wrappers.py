"""functools: wraps, total_ordering, cmp_to_key."""
import functools


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
assert sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)) == [3, 2, 1]

"""What __reduce_ex__ and __getstate__ give when a class defines neither."""
from _case import error


class P:
    def __init__(self, x):
        self.x = x


p = P(1)
red = p.__reduce_ex__(2)
assert red[1] == (P,) and red[2] == {"x": 1} and red[0].__name__ == "__newobj__"
assert p.__reduce_ex__(4)[2] == {"x": 1} and p.__getstate__() == {"x": 1}


class S:
    __slots__ = ("a", "b")


s = S()
s.a = 1
assert s.__getstate__() == (None, {"a": 1}) and s.__reduce_ex__(2)[2] == (None, {"a": 1})
assert error(s.__reduce_ex__, 0) == (
    "TypeError: a class that defines __slots__ without defining __getstate__ cannot be pickled")
assert object().__getstate__() is None and [1].__reduce_ex__(2)[3] is not None
assert list({"a": 1}.__reduce_ex__(2)[4]) == [("a", 1)] and (5).__reduce_ex__(2)[1] == (int, 5)
assert "x".__reduce_ex__(2)[1] == (str, "x")

"""What a class says of itself (names, bases, dictionary, sizes), what of it can be set, and what type()
with three arguments makes.
"""
from _case import error


class C:
    a = 1

    def __init__(self):
        self.b = 2

    def m(self):
        pass


c = C()
assert C.__name__ == "C" and C.__qualname__ == "C" and C.__module__ == "__main__"
assert C.__bases__ == (object,) and C.__base__ is object and C.__mro__ == (C, object)
assert C.__dict__["a"] == 1 and C.__doc__ is None and C.__flags__ & 1 << 9 and C.__weakrefoffset__ != 0
assert C.__basicsize__ > 0
C.__name__ = "Renamed"
assert C.__name__ == "Renamed" and repr(C) == "<class '__main__.C'>" and type(c).__name__ == "Renamed"
C.__qualname__ = "Q"
assert repr(C) == "<class '__main__.Q'>"
assert error(setattr, C, "__name__", 5) == "TypeError: can only assign string to Renamed.__name__, not 'int'"
assert error(setattr, C, "__dict__",
             {}) == "AttributeError: attribute '__dict__' of 'type' objects is not writable"
assert error(setattr, int, "a", 1) == "TypeError: cannot set 'a' attribute of immutable type 'int'"
assert error(delattr, C, "zz") in ("AttributeError: zz",
                                   "AttributeError: type object 'Renamed' has no attribute 'zz'")
assert error(lambda: C.__dict__.__setitem__("x", 1)) == (
    "AttributeError: 'mappingproxy' object has no attribute '__setitem__'")
assert C.__dict__.get("a") == 1 and "a" in C.__dict__ and len(C.__dict__) > 3
assert type("X", (), {}).__module__ == "__main__" and type(5) is int
assert error(type) == "TypeError: type() takes 1 or 3 arguments"

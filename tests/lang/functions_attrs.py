"""Function objects: attributes, defaults that can be replaced, names, closures' cells, __code__."""


def f(a, b=2, *args, c=3, **kw) -> "r":
    """Doc of f."""
    x = a
    return x + b + c


assert f.__name__ == "f" and f.__qualname__ == "f" and f.__doc__ == "Doc of f." and f.__module__ == "__main__"
assert f.__defaults__ == (2,) and f.__kwdefaults__ == {"c": 3} and f.__annotations__ == {"return": "r"}
f.__defaults__ = (10,)
f.__kwdefaults__ = {"c": 30}
assert f(1) == 41
f.__defaults__ = None
f.__kwdefaults__ = None
try:
    f(1)
    assert False
except TypeError as e:
    assert str(e) == "f() missing 1 required positional argument: 'b'" or "missing" in str(e)
f.__defaults__ = (1, 2)
f.__kwdefaults__ = {"c": 3}
assert f() == 6
f.tag = [1]
assert f.tag == [1] and f.__dict__ == {"tag": [1]} and f.__closure__ is None
code = f.__code__
assert code.co_name == "f" and code.co_argcount == 2 and code.co_kwonlyargcount == 1
assert code.co_posonlyargcount == 0
assert code.co_varnames[:5] == ("a", "b", "c", "args", "kw") and code.co_varnames[5] == "x"
assert code.co_flags & 4 and code.co_flags & 8


def outer():
    x = 1

    def inner():
        return x

    def unused():
        pass

    x = 2
    return inner


g = outer()
assert g.__qualname__ == "outer.<locals>.inner" and g.__code__.co_freevars == ("x",)
assert g.__closure__[0].cell_contents == 2
assert outer.__code__.co_cellvars == ("x",)
g.__closure__[0].cell_contents = 5
assert g() == 5


class C:
    def m(self):
        pass

    class D:
        n = lambda self: 1


assert C.m.__qualname__ == "C.m" and C.D.n.__qualname__ == "C.D.<lambda>" and C.D.__qualname__ == "C.D"
c = C()
assert c.m.__self__ is c and c.m.__func__ is C.m and c.m.__name__ == "m" and c.m == c.m and c.m is not c.m
assert hash(c.m) == hash(c.m) and c.m != C().m


def first():
    return 1


def second():
    return 2


first.__code__ = second.__code__
assert first() == 2
first.__name__ = "renamed"
assert first.__name__ == "renamed" and repr(first).startswith("<function first at 0x")
first.__doc__ = "new"
assert first.__doc__ == "new"
try:
    first.__name__ = 5
    assert False
except TypeError as e:
    assert str(e) == "__name__ must be set to a string object"
assert callable(first) and not callable(5)
F = type(f)
h = F(second.__code__, {"__name__": "elsewhere"}, "h")
assert h() == 2 and h.__name__ == "h" and h.__module__ == "elsewhere"

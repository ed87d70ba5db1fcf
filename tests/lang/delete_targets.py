"""del of names, attributes, items, slices, tuples; unbound names afterwards."""
from _case import error


def local():
    x = 1
    del x
    return x


def twice():
    x = 1
    del x
    del x


def rebind():
    x = 1
    del x
    x = 2
    return x


def conditional(c):
    x = 1
    if c:
        del x
    return x


def in_loop():
    out = []
    for i in range(3):
        v = i
        out.append(v)
        del v
    return out


def several():
    a = b = c = 1
    d = [1, 2, 3, 4]
    del a, (b, [c]), d[0], d[1:]
    return d, sorted(locals())


assert error(local) == (
    "UnboundLocalError: cannot access local variable 'x' where it is not associated with a value")
assert error(twice) == (
    "UnboundLocalError: cannot access local variable 'x' where it is not associated with a value")
assert rebind() == 2 and conditional(False) == 1
assert error(lambda: conditional(True)).startswith("UnboundLocalError") and in_loop() == [0, 1, 2]
assert several() == ([2], ["d"])
g = 1
del g
assert error(lambda: g) == "NameError: name 'g' is not defined"
try:
    del g
    assert False
except NameError as e:
    assert str(e) == "name 'g' is not defined"


class C:
    x = 1
    y = 2
    del y


assert not hasattr(C, "y")
c = C()
c.a = 1
del c.a
assert error(lambda: c.a) == "AttributeError: 'C' object has no attribute 'a'"


def del_class_attr_on_instance():
    del c.x


assert error(
    del_class_attr_on_instance) in ("AttributeError: x", "AttributeError: 'C' object has no attribute 'x'")
del C.x
assert not hasattr(c, "x")
lst = list(range(10))
del lst[2:8:2], lst[-1], lst[0]
assert lst == [1, 3, 5, 7, 8]
del lst[:]
assert lst == []
d = {1: 2, 3: 4}
del d[1]
assert d == {3: 4}


def missing_key():
    del d[9]


def missing_index():
    del lst[0]


assert error(missing_key) == "KeyError: 9"
assert error(missing_index) == "IndexError: list assignment index out of range"
del ()
del []
log = []


class D:
    def __delattr__(self, n):
        log.append(n)

    def __delitem__(self, k):
        log.append(k)


x = D()
del x.a, x[0], x[1:2, ...]
assert log == ["a", 0, (slice(1, 2), ...)]


def del_nonlocal():
    v = 1

    def inner():
        nonlocal v
        del v
    inner()
    return v


assert error(del_nonlocal) == (
    "UnboundLocalError: cannot access local variable 'v' where it is not associated with a value")


def del_global():
    global gg
    gg = 1
    del gg
    return gg


assert error(del_global) == "NameError: name 'gg' is not defined"


def param(a):
    del a
    a = 5
    return a


assert param(1) == 5

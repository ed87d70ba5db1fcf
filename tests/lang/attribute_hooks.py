"""__getattr__, __getattribute__, __setattr__, __delattr__, __dir__, and hasattr/getattr defaults."""
from _case import error

log = []


class A:
    present = 1

    def __getattr__(self, name):
        log.append(name)
        if name.startswith("no"):
            raise AttributeError(name)
        return name.upper()


a = A()
assert a.present == 1 and log == [] and a.thing == "THING" and log == ["thing"]
assert not hasattr(a, "nope") and getattr(a, "nope", 3) == 3 and hasattr(a, "yes")


class B:
    def __getattribute__(self, name):
        if name == "magic":
            return 42
        return object.__getattribute__(self, name)

    def __getattr__(self, name):
        return "fallback " + name


b = B()
b.real = 1
assert b.magic == 42 and b.real == 1 and b.other == "fallback other"


class C:
    def __setattr__(self, k, v):
        log.append(("set", k, v))
        object.__setattr__(self, k, v)

    def __delattr__(self, k):
        log.append(("del", k))
        object.__delattr__(self, k)


log.clear()
c = C()
c.x = 1
c.x += 1
del c.x
assert log == [("set", "x", 1), ("set", "x", 2), ("del", "x")]


class D:
    def __dir__(self):
        return ["z", "a"]


assert dir(D()) == ["a", "z"]


class E:
    def __getattr__(self, name):
        raise ValueError("not an attribute error")


assert error(lambda: hasattr(E(), "x")) == "ValueError: not an attribute error"
assert error(lambda: getattr(E(), "x", 1)) == "ValueError: not an attribute error"


class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "_target", target)

    def __getattribute__(self, name):
        target = object.__getattribute__(self, "_target")
        return getattr(target, name)

    def __setattr__(self, name, value):
        setattr(object.__getattribute__(self, "_target"), name, value)


class T:
    pass


t = T()
proxy = Proxy(t)
proxy.v = 5
assert t.v == 5 and proxy.v == 5 and proxy.__class__ is T and isinstance(proxy, T) and type(proxy) is Proxy


class LateGetattr:
    pass


l = LateGetattr()
assert not hasattr(l, "x")
LateGetattr.__getattr__ = lambda self, n: n * 2
assert l.x == "xx"
del LateGetattr.__getattr__
assert not hasattr(l, "x")


class DictLike(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    __setattr__ = dict.__setitem__
    __delattr__ = dict.__delitem__


d = DictLike(a=1)
d.b = 2
assert d.a == 1 and d == {"a": 1, "b": 2}
del d.a
assert d == {"b": 2} and not hasattr(d, "a")
e = error(lambda: d.a)
assert e == "AttributeError: a"

"""Descriptors: data and non-data, order of lookup, __set_name__, properties, class access, deletion."""
from _case import error

log = []


class Data:
    def __set_name__(self, owner, name):
        self.name = name
        log.append((owner.__name__, name))

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        return ("got", self.name, obj.__dict__.get(self.name))

    def __set__(self, obj, value):
        obj.__dict__[self.name] = value

    def __delete__(self, obj):
        log.append("deleted")


class NonData:
    def __get__(self, obj, cls=None):
        return ("nondata", obj is None, cls.__name__)


class C:
    d = Data()
    n = NonData()


assert log == [("C", "d")]
c = C()
assert c.d == ("got", "d", None) and C.d is C.__dict__["d"]
c.d = 5
assert c.d == ("got", "d", 5) and c.__dict__ == {"d": 5}
del c.d
assert log[-1] == "deleted"
assert c.n == ("nondata", False, "C") and C.n == ("nondata", True, "C")
c.n = 1
assert c.n == 1
del c.n
assert c.n == ("nondata", False, "C")


class P:
    def __init__(self):
        self._x = 0

    @property
    def x(self):
        "doc x"
        return self._x

    @x.setter
    def x(self, v):
        self._x = v * 2

    @x.deleter
    def x(self):
        self._x = None

    ro = property(lambda self: 1)
    wo = property(None, lambda self, v: None)


p = P()
p.x = 4
assert p.x == 8 and P.x.__doc__ == "doc x" and P.x.fget(p) == 8
del p.x
assert p.x is None
assert error(setattr, p, "ro", 1) == "AttributeError: property 'ro' of 'P' object has no setter"
assert error(delattr, p, "ro") == "AttributeError: property 'ro' of 'P' object has no deleter"
assert error(getattr, p, "wo") == "AttributeError: property 'wo' of 'P' object has no getter"


class GetOnly:
    def __set__(self, o, v):
        pass


class NoDelete:
    g = GetOnly()


nd = NoDelete()
assert nd.g is NoDelete.__dict__["g"]
nd.__dict__["g"] = 3
assert nd.g == 3
assert error(delattr, nd, "g") == "AttributeError: __delete__"


class Raises:
    def __get__(self, o, c):
        raise AttributeError("from get")


class Fallback:
    r = Raises()

    def __getattr__(self, name):
        return "fallback " + name


assert Fallback().r == "fallback r" and Fallback().other == "fallback other"


class Meta(type):
    m = Data()
    both = "meta both"
    only = "meta only"


class K(metaclass=Meta):
    both = "class both"


assert K.m == ("got", "m", None) and K.both == "class both" and K.only == "meta only"
assert error(lambda: K().only) == "AttributeError: 'K' object has no attribute 'only'"
K.extra = Data()
assert K.__dict__["extra"].__dict__ == {}


class CM:
    @classmethod
    def c(cls):
        return cls

    @staticmethod
    def s():
        return "s"


class CM2(CM):
    pass


assert CM2.c() is CM2 and CM2().c() is CM2 and CM2.s() == CM2().s() == "s"
assert CM.__dict__["c"].__func__(int) is int and CM.__dict__["s"].__func__() == "s"
assert CM.__dict__["s"]() == "s"
f = CM.__dict__["c"].__get__(None, int)
assert f() is int


def plain(self):
    return self


assert plain.__get__(5)() == 5 and plain.__get__(None, int) is plain


class BadName:
    def __set_name__(self, o, n):
        raise ValueError("bad")


def make_bad():
    class X:
        b = BadName()


try:
    make_bad()
    assert False
except RuntimeError as e:
    assert str(e) == "Error calling __set_name__ on 'BadName' instance 'b' in 'X'"
    assert str(e.__cause__) == "bad"

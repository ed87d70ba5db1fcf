"""Metaclasses: __prepare__, __new__, __init__, __call__, keywords, __init_subclass__, conflicts, instance
checks.
"""
from _case import error

log = []


class Meta(type):
    @classmethod
    def __prepare__(mcls, name, bases, **kw):
        log.append(("prepare", name, kw))
        return {"prepared": True}

    def __new__(mcls, name, bases, ns, **kw):
        log.append(("new", name))
        return super().__new__(mcls, name, bases, dict(ns))

    def __init__(cls, name, bases, ns, **kw):
        log.append(("init", name))
        super().__init__(name, bases, ns)

    def __call__(cls, *args):
        log.append(("call", args))
        return super().__call__(*args)

    def __getattr__(cls, name):
        return "meta:" + name

    def __len__(cls):
        return 7

    def __iter__(cls):
        return iter([1, 2])

    def __contains__(cls, x):
        return x == 5

    def __getitem__(cls, k):
        return ("item", k)

    def __repr__(cls):
        return "<<" + cls.__name__ + ">>"

    def __add__(cls, o):
        return ("add", o)


class A(metaclass=Meta, opt=1):
    def __init__(self, *args):
        self.args = args


assert log == [("prepare", "A", {"opt": 1}), ("new", "A"), ("init", "A")]
log.clear()
assert A(1, 2).args == (1, 2) and log == [("call", (1, 2))]
assert A.prepared and A.missing == "meta:missing" and len(A) == 7 and list(A) == [1, 2] and 5 in A
assert A[3] == ("item", 3)
assert repr(A) == "<<A>>" and A + 1 == ("add", 1) and type(A) is Meta


class B(A):
    pass


assert type(B) is Meta and B.prepared


class Other(type):
    pass


def conflict():
    class X(A, metaclass=Other):
        pass


assert error(conflict) == (
    "TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) "
    "subclass of the metaclasses of all its bases")


class Registry:
    known = {}

    def __init_subclass__(cls, /, name=None, **kw):
        super().__init_subclass__(**kw)
        Registry.known[name or cls.__name__] = cls


class One(Registry):
    pass


class Two(Registry, name="deux"):
    pass


class Three(Two):
    pass


assert list(Registry.known) == ["One", "deux", "Three"]


def unexpected():
    class X(metaclass=type, k=1):
        pass


def unexpected2():
    class X(k=1):
        pass


assert error(unexpected2) == (
    "TypeError: unexpected2.<locals>.X.__init_subclass__() takes no keyword arguments")


class Checked(type):
    def __instancecheck__(cls, x):
        return x == 3

    def __subclasscheck__(cls, c):
        return c is int


class Three3(metaclass=Checked):
    pass


assert isinstance(3, Three3) and not isinstance(4, Three3) and issubclass(int, Three3)
assert not issubclass(str, Three3)
assert isinstance(3, (str, Three3))


def function_meta(name, bases, ns):
    return (name, bases, sorted(k for k in ns if not k.startswith("__")))


class Odd(metaclass=function_meta):
    x = 1
    y = 2


assert Odd == ("Odd", (), ["x", "y"])


class Ordered(type):
    @classmethod
    def __prepare__(mcls, name, bases):
        class NS(dict):
            def __setitem__(self, k, v):
                if k in self and not k.startswith("__"):
                    raise KeyError("twice: " + k)
                super().__setitem__(k, v)

            def __missing__(self, k):
                if k.startswith("auto"):
                    self[k] = len(self)
                    return self[k]
                raise KeyError(k)
        return NS()

    def __new__(mcls, name, bases, ns):
        return super().__new__(mcls, name, bases, dict(ns))


class Auto(metaclass=Ordered):
    auto_a
    x = auto_b


assert Auto.x == Auto.auto_b and Auto.auto_a < Auto.auto_b


def twice():
    class T(metaclass=Ordered):
        x = 1
        x = 2


assert error(twice) == "KeyError: 'twice: x'"


class Entries:
    def __init__(self, base):
        self.base = base

    def __mro_entries__(self, bases):
        return (self.base, Registry)


class FromEntries(Entries(list)):
    pass


assert FromEntries.__bases__ == (list, Registry) and len(FromEntries.__orig_bases__) == 1


class ClassGetItem:
    def __class_getitem__(cls, k):
        return (cls.__name__, k)


assert ClassGetItem[int] == ("ClassGetItem", int) and ClassGetItem[1, 2] == ("ClassGetItem", (1, 2))


class Single(type):
    instances = {}

    def __call__(cls, *a):
        if cls not in cls.instances:
            cls.instances[cls] = super().__call__(*a)
        return cls.instances[cls]


class Only(metaclass=Single):
    pass


assert Only() is Only()
assert type(type) is type and isinstance(type, type) and isinstance(object, type) and isinstance(type, object)
assert error(lambda: type("a", (), {}, 1, 2)) == "TypeError: type() takes 1 or 3 arguments"
assert error(lambda: type(1, (), {})) == "TypeError: type.__new__() argument 1 must be str, not int"

"""super() and __class__: in methods, static, class methods, nested functions, properties; errors."""
from _case import error


class A:
    def f(self):
        return "A.f"

    @classmethod
    def c(cls):
        return "A.c:" + cls.__name__

    def __getitem__(self, i):
        return ("A", i)


class B(A):
    def f(self):
        def inner():
            return super(B, self).f()
        return inner() + "|" + super().f() + "|" + __class__.__name__

    def g(self):
        return (lambda: __class__)()

    @classmethod
    def c(cls):
        return super().c() + "!"

    def h(self):
        s = super()
        return s.f()

    def item(self):
        return super().__getitem__(3)

    def comp(self):
        return [super(B, self).f() for _ in range(1)]

    def late(this, *args):
        return super().f()

    def rebinding(self):
        self = B()
        return super().f()


b = B()
assert b.f() == "A.f|A.f|B" and b.g() is B and B.c() == "A.c:B!" and b.h() == "A.f" and b.item() == ("A", 3)
assert b.comp() == ["A.f"] and b.late() == "A.f" and b.rebinding() == "A.f"


def no_class():
    super()


class NoArgs:
    def f():
        super()

    def deleted(self):
        del self
        super()

    def in_generator(self):
        return list(super().__class__ for _ in [1])


assert error(
    no_class) in ("RuntimeError: super(): no arguments", "RuntimeError: super(): __class__ cell not found")
assert error(NoArgs.f) == "RuntimeError: super(): no arguments"
assert error(NoArgs().deleted) == "RuntimeError: super(): arg[0] deleted"


class Meta(type):
    def __new__(mcls, name, bases, ns):
        cls = super().__new__(mcls, name, bases, ns)
        cls.made = True
        return cls

    def __call__(cls, *args):
        o = super().__call__(*args)
        o.called = True
        return o


class M(metaclass=Meta):
    def who(self):
        return __class__


assert M.made and M().called and M().who() is M


class S(str):
    def __new__(cls, v):
        return super().__new__(cls, v.upper())

    def __add__(self, o):
        return S(super().__add__(o))

    def __eq__(self, o):
        return super().__eq__(o)

    __hash__ = str.__hash__


assert S("ab") + "c" == "ABC" and type(S("a") + "b") is S
s = super(B, b)
assert s.__self__ is b and s.__thisclass__ is B and s.__self_class__ is B
assert repr(s) == "<super: <class 'B'>, <B object>>"


class Set:
    x = 1

    def __setattr__(self, k, v):
        super().__setattr__(k, v * 2)


t = Set()
t.y = 4
assert t.y == 8


def decorate(cls):
    class New(cls):
        def f(self):
            return "new " + super().f()
    return New


assert decorate(A)().f() == "new A.f"

"""Classes: attributes, methods, inheritance, class bodies as code, class and instance dictionaries."""
from _case import error


class A:
    """Doc."""
    shared = []
    n = 1
    for i in range(3):
        shared.append(i)
    if n:
        def cond(self):
            return "cond"

    def __init__(self, v=0):
        self.v = v

    def get(self):
        return self.v

    def set(self, v):
        self.v = v
        return self


assert A.__doc__ == "Doc." and A.__name__ == "A" and A.__module__ == "__main__" and A.shared == [0, 1, 2]
assert A.i == 2
a = A(5)
assert a.get() == 5 and a.set(6).get() == 6 and a.cond() == "cond" and A.get(a) == 6
assert a.__class__ is A and type(a) is A and isinstance(a, A) and a.__dict__ == {"v": 6}
a.n = 2
assert A.n == 1 and a.n == 2
del a.n
assert a.n == 1
A.n = 10
assert a.n == 10 and A().n == 10
a.get = lambda: "instance"
assert a.get() == "instance" and A(3).get() == 3
A.get = lambda self: "patched"
assert A(3).get() == "patched" and a.get() == "instance"
del a.get
assert a.get() == "patched"
a.__dict__["w"] = 7
assert a.w == 7
a.__dict__ = {"q": 1}
assert a.q == 1 and not hasattr(a, "v")


class B(A):
    def get(self):
        return ("B", super().get())

    def cond(self):
        return "B" + super().cond()


b = B()
assert b.get() == ("B", "patched") and b.cond() == "Bcond" and isinstance(b, A) and issubclass(B, A)
assert not issubclass(A, B)
assert B.__bases__ == (A,) and B.__mro__ == (B, A, object) and A.__subclasses__() == [B]


class Empty:
    pass


e = Empty()
for k in range(60):
    setattr(e, "attr%d" % k, k)
assert [getattr(e, "attr%d" % k) for k in range(60)] == list(range(60)) and len(e.__dict__) == 60
for k in range(0, 60, 2):
    delattr(e, "attr%d" % k)
assert len(vars(e)) == 30 and not hasattr(e, "attr0") and e.attr59 == 59
assert list(vars(e))[:2] == ["attr1", "attr3"]
e.attr0 = "back"
assert list(vars(e))[-1] == "attr0"
assert error(lambda: Empty().nope) == "AttributeError: 'Empty' object has no attribute 'nope'"
assert error(lambda: Empty.nope) == "AttributeError: type object 'Empty' has no attribute 'nope'"
assert error(lambda: delattr(Empty(), "x")) == "AttributeError: 'Empty' object has no attribute 'x'"
assert error(lambda: setattr(5, "x", 1)) == "AttributeError: 'int' object has no attribute 'x'"
assert error(lambda: Empty(1)) == "TypeError: Empty() takes no arguments"
assert error(lambda: setattr(int, "x", 1)) == "TypeError: cannot set 'x' attribute of immutable type 'int'"
assert error(lambda: getattr(a, 1)) == "TypeError: attribute name must be string, not 'int'"


class BadInit:
    def __init__(self):
        return 1


assert error(BadInit) == "TypeError: __init__() should return None, not 'int'"


class Local:
    def method(self):
        class Inner:
            def __repr__(self):
                return "inner"
        return Inner()


assert repr(Local().method()) == "inner"
assert type(Local().method()).__qualname__ == "Local.method.<locals>.Inner"
assert repr(Empty) == "<class '__main__.Empty'>" and repr(Empty()).startswith("<__main__.Empty object at 0x")


def f(): return 1


class Holder:
    func = f
    builtin = len
    static = staticmethod(f)


assert error(lambda: Holder().func()) == "TypeError: f() takes 0 positional arguments but 1 was given"
assert Holder().builtin([1]) == 1 and Holder().static() == 1
X = type("X", (A,), {"z": 5, "m": lambda self: self.z})
assert X().m() == 5 and X.__name__ == "X" and X.__bases__ == (A,)

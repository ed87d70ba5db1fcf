"""Private names are mangled in classes, in every position a name can take."""


class A:
    __x = 1

    def __init__(self):
        self.__y = 2

    def get(self):
        return self.__x, self.__y

    def __private(self):
        return "private"

    def call(self):
        return self.__private()

    def local(self):
        __z = 3

        def inner():
            nonlocal __z
            __z += 1
            return __z
        return inner(), sorted(locals())[0]

    def keyword(self, *, __k=1):
        return __k

    def globals_(self):
        global __g
        __g = 5

    def imports(self):
        import sys as __s
        return "_A__s" in locals()

    def dunder(self):
        return self.__class__.__name__

    def comp(self):
        return [__i for __i in range(2)]

    def lam(self):
        return (lambda __a: __a)(4)

    def delete(self):
        self.__t = 1
        del self.__t
        return hasattr(self, "_A__t")

    def strings(self):
        return getattr(self, "__y", "not mangled")

    class __Inner:
        __v = 7


a = A()
assert a.get() == (1, 2) and a._A__x == 1 and a._A__y == 2 and a._A__private() == "private"
assert a.call() == "private"
assert a.local() == (4, "_A__z") and a.keyword() == 1 and a.keyword(**{"_A__k": 9}) == 9
a.globals_()
assert _A__g == 5 and a.imports() and a.dunder() == "A" and a.comp() == [0, 1] and a.lam() == 4
assert a.delete() is False
assert a.strings() == "not mangled" and A._A__Inner._Inner__v == 7


class _Under:
    __p = 1


class __Two:
    __q = 2


class ___:
    __r = 3


assert _Under._Under__p == 1 and __Two._Two__q == 2 and ___.__r == 3


class Sub(A):
    __x = "sub"

    def sub(self):
        return self.__x


s = Sub()
assert s.get() == (1, 2) and s.sub() == "sub"


# names of keyword arguments stay as they are
class Calling:
    def call(self):
        return dict(__x=1), dict(*[], __y=2, **{"__z": 3}), self.take(__w=4)

    def take(self, **__named):
        return __named


assert Calling().call() == ({"__x": 1}, {"__y": 2, "__z": 3}, {"__w": 4})

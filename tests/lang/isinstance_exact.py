"""An instance of the very class is one, whatever __instancecheck__ of the metaclass says: alone, in a tuple
and in a tuple of tuples. __class__ of instances is asked again when the class changes.
"""


class Denying(type):
    def __instancecheck__(cls, instance):
        return False


class A(metaclass=Denying):
    pass


class B(A):
    pass


assert isinstance(A(), A) and isinstance(A(), (A,)) and isinstance(A(), (int, (str, A)))
assert not isinstance(B(), A) and not isinstance(B(), (A, int)) and isinstance(B(), (A, B))
assert not issubclass(int, (A, str)) and issubclass(B, (int, A))


class Plain:
    pass


class Derived(Plain):
    pass


plain, derived = Plain(), Derived()
for _ in range(3):
    assert not isinstance(plain, int) and not isinstance(derived, (int, str))


class Proxy:
    __class__ = property(lambda self: int)


class Base:
    pass


Derived.__bases__ = (Proxy,)
assert isinstance(derived, int) and isinstance(derived, (str, int)) and not isinstance(plain, int)
Derived.__bases__ = (Base,)
assert not isinstance(derived, int) and isinstance(derived, (str, Base))


def hook(self, name):
    return str if name == "__class__" else object.__getattribute__(self, name)


Derived.__getattribute__ = hook
assert isinstance(derived, str) and not isinstance(plain, str)
del Derived.__getattribute__
assert not isinstance(derived, str)

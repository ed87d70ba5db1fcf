"""What an ABC remembers of classes: registration, __class__ that lies, classes that change, reset caches."""
import abc
from collections.abc import Hashable, Mapping, Sequence, Sized


def ask(o, *classes):
    return [isinstance(o, cls) for cls in classes]


class A:
    pass


for _ in range(3):
    assert ask(A(), Mapping, Sequence, Sized, Hashable) == [False, False, False, True]
    assert ask({}, Mapping, Sequence, Sized, Hashable) == [True, False, True, False]
    assert ask([], Mapping, Sequence, Sized, Hashable) == [False, True, True, False]
    assert ask(1, Mapping, Sequence, Sized, Hashable) == [False, False, False, True]

Mapping.register(A)
for _ in range(3):
    assert ask(A(), Mapping, Sequence) == [True, False]


class B(A):
    pass


assert isinstance(B(), Mapping) and not isinstance(B(), Sequence)


class Liar:
    @property
    def __class__(self):
        return dict


for _ in range(3):
    assert ask(Liar(), Mapping, Sequence, Liar) == [True, False, True]


class Asked(abc.ABC):
    answer = True

    @classmethod
    def __subclasshook__(cls, other):
        return cls.answer


class Unknown:
    pass


assert isinstance(Unknown(), Asked)
Asked.answer = False
assert isinstance(Unknown(), Asked)  # remembered
Asked._abc_caches_clear() if hasattr(Asked, "_abc_caches_clear") else abc.ABCMeta._abc_caches_clear(Asked)
assert not isinstance(Unknown(), Asked)
Asked.answer = True
assert not isinstance(Unknown(), Asked)
Asked.answer = NotImplemented
Asked.register(complex)
Asked.answer = True
assert isinstance(Unknown(), Asked)  # a registration anywhere makes negative answers old


class Changes:
    pass


thing = Changes()
assert not isinstance(thing, Sized) and not isinstance(thing, Sized)
Changes.__len__ = lambda self: 0
assert not isinstance(thing, Sized)  # as the reference: a negative answer stays until something is registered
Mapping.register(type("New", (), {}))
assert isinstance(thing, Sized)
thing.__class__ = type("Other", (Changes,), {"__len__": None})
assert not isinstance(thing, Sized)


class Hides:
    def __getattribute__(self, name):
        return list if name == "__class__" else object.__getattribute__(self, name)


class Shows:
    def __getattr__(self, name):
        raise AttributeError(name)


for _ in range(3):
    assert ask(Hides(), Sequence, Mapping) == [True, False]
    assert ask(Shows(), Sequence, Mapping) == [False, False]

many = [type(f"M{i}", (), {"__len__": lambda self: 0} if i % 2 else {}) for i in range(40)]
for _ in range(3):
    assert [isinstance(cls(), Sized) for cls in many] == [i % 2 == 1 for i in range(40)]

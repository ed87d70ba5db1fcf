"""What is done to a class while it is made or looked up: in mro(), __set_name__, __init_subclass__, a
metaclass, descriptors, keys of its namespace. Assigning __bases__ before the class is complete is a
TypeError."""
import gc
import sys

from _case import outcome


class Other:
    pass


class Deeper(Other):
    pass


seen = []


class Meta(type):
    def mro(cls):
        if acting:
            seen.append(outcome(setattr, cls, "__bases__", bases))
        return type.mro(cls)


for bases in ((Other,), (Deeper,), (Other, Deeper)):
    acting = True
    made = outcome(lambda: Meta("C", (), {"f": 1}))
    assert seen[-1].startswith("TypeError: "), seen
    assert made.__mro__ == (made, object) and made.f == 1 and made().__class__ is made
    acting = False
    sub = type(made)("D", (made,), {})
    assert sub.__mro__ == (sub, made, object)
assert seen[0] == "TypeError: __bases__ assignment: 'Other' deallocator differs from 'object'", seen[0]

ACTS = [lambda c: setattr(c, "__bases__", (Other,)), lambda c: setattr(c, "__bases__", (c,)),
        lambda c: setattr(c, "__bases__", ()),
        lambda c: setattr(c, "__class__", type), lambda c: setattr(c, "__name__", "x"),
        lambda c: setattr(c, "__len__", lambda s: 1),
        lambda c: setattr(c, "__getattribute__", lambda s, n: 1), lambda c: delattr(c, "__module__"),
        lambda c: c(), repr, lambda c: c.__mro__,
        lambda c: c.__subclasses__(), lambda c: dict(c.__dict__), lambda c: super(c, c).x,
        lambda c: type.__init__(c, "x", (), {}),
        lambda c: setattr(c, "__abstractmethods__", {"a"}), lambda c: gc.collect(),
        lambda c: issubclass(c, Other), lambda c: 1 / 0]


def use(cls):
    for act in (lambda: cls(), lambda: cls().missing, lambda: len(cls()), lambda: cls() == 1,
                lambda: dir(cls), lambda: cls.f,
                lambda: isinstance(1, cls), lambda: setattr(cls, "y", 1),
                lambda: setattr(cls, "__bases__", cls.__bases__)):
        outcome(act)


def once(act):
    done = []

    def run(cls):
        if not done:
            done.append(1)
            outcome(act, cls)
    return run


for act in ACTS:
    for base in ((), (dict,), (ValueError,), (Other,)):
        run = once(act)

        class InMro(type):
            def mro(cls):
                run(cls)
                return type.mro(cls)
        use(outcome(InMro, "C", base, {}))

        class Named:
            def __set_name__(self, owner, name):
                outcome(act, owner)

            def __get__(self, instance, owner=None):
                outcome(act, owner)
                return lambda *args: 1
        made = outcome(type, "C", base,
                       {"d": Named(), "__len__": Named(), "__eq__": Named(), "__hash__": None})
        use(made)

        class Parent:
            def __init_subclass__(cls):
                outcome(act, cls)
        use(outcome(type, "C", (Parent, *base), {}))

        class InNew(type):
            def __new__(meta, *args):
                cls = type.__new__(meta, *args)
                outcome(act, cls)
                return cls

            def __getattribute__(cls, name):
                if name == "f":
                    outcome(act, cls)
                return type.__getattribute__(cls, name)
        use(outcome(InNew, "C", base, {"f": 1}))
gc.collect()

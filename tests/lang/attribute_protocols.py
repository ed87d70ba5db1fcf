"""Whose rules an attribute is looked up by: of objects, classes, modules, super, or a hook of the class."""
import types


def error_of(function, *arguments):
    try:
        return function(*arguments)
    except Exception as e:
        return type(e).__name__, str(e)


class Claims:
    """A key that is no str and equal to one."""

    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return hash(self.name)

    def __eq__(self, other):
        return self.name == other


class Setter:
    """Has __set__ and no __get__: what the object has itself is read before it."""

    def __set__(self, instance, value):
        instance.__dict__["stored"] = value


def hooks_in_foreign_classes_refuse():
    every = ("getattribute", "setattr", "delattr")
    for owner, names in ((type, every), (types.ModuleType, every[:1]), (super, every[:1])):
        for name in names:
            hook = f"__{name}__"
            thing = type("Thing", (), {hook: getattr(owner, hook)})()
            use = {"getattribute": lambda: thing.x, "setattr": lambda: setattr(thing, "x", 1),
                   "delattr": lambda: delattr(thing, "x")}[name]
            wanted = ("TypeError", f"descriptor '{hook}' requires a '{owner.__name__}' object "
                                   "but received a 'Thing'")
            for _ in range(3):
                assert error_of(use) == wanted, (error_of(use), wanted)


def modules():
    class Module(types.ModuleType):
        setter = Setter()

        @property
        def failing(self):
            raise AttributeError("of the property")

    module = Module("m")
    wanted = "AttributeError", "module 'm' has no attribute 'failing'"
    assert error_of(lambda: module.failing) == wanted
    assert error_of(types.ModuleType.__getattribute__, module, "failing") == wanted
    module.__getattr__ = lambda name: ("made", name)
    for _ in range(3):
        assert module.failing == ("made", "failing") and module.other == ("made", "other")
        assert types.ModuleType.__getattribute__(module, "other") == ("made", "other")
    module.__dict__[Claims("claimed")] = 3
    assert module.claimed == 3
    assert isinstance(module.setter, Setter)
    module.setter = 5
    assert module.stored == 5 and isinstance(module.setter, Setter)
    module.__dict__["setter"] = 6
    assert module.setter == 6


def super_objects_with_attributes():
    class Sub(super):
        setter = Setter()

    class Base:
        def method(self):
            return "base", self

    class Derived(Base):
        def method(self):
            return "derived", super().method()

    one = Derived()
    assert one.method() == ("derived", ("base", one))
    s = Sub(Derived, one)
    assert s.method() == ("base", one)
    assert isinstance(s.setter, Setter)
    own = object.__getattribute__(s, "__dict__")
    assert own is not s.__dict__ is one.__dict__  # super finds its base's __dict__
    own["setter"] = 1
    own[Claims("claimed")] = 4
    assert s.setter == 1 and s.claimed == 4
    assert error_of(lambda: s.absent) == ("AttributeError", "'Sub' object has no attribute 'absent'")


def methods_of_super_without_method_objects():
    class Base:
        @classmethod
        def made(cls, n):
            return cls, n

        @staticmethod
        def plain(n):
            return n

        def __init__(self, *arguments):
            self.arguments = arguments

    class Derived(Base, list):
        @classmethod
        def made(cls, n):
            return super().made(n + 1)

        @staticmethod
        def plain(n):
            return super(Derived, Derived).plain(n)

        def __init__(self, *arguments):
            super().__init__(*arguments)
            super().append(7)
            super().extend(i for i in arguments)

        def unbound(self):
            return super(Derived, Derived).__init__

    for _ in range(3):
        one = Derived(1, 2)
        assert one.arguments == (1, 2) and list(one) == [7, 1, 2]
        assert Derived.made(1) == (Derived, 2) == one.made(1)
        assert Derived.plain(3) == 3 and one.unbound() is Base.__init__


def super_of_a_proxy():
    class Proxy:
        __class__ = list

    assert error_of(lambda: super(list, Proxy()).append(1))[0] == "AttributeError"

    class List(list):
        pass

    class ListProxy:
        __class__ = List

    for _ in range(3):
        assert error_of(lambda: super(List, ListProxy()).append(1)) == \
            ("TypeError", "descriptor 'append' for 'list' objects doesn't apply to a 'ListProxy' object")


def classes_by_the_rules_of_objects():
    class Meta(type):
        __getattribute__ = object.__getattribute__

    class Base(metaclass=Meta):
        inherited = 1

    class C(Base):
        own = 2

        def method(self):
            pass

    assert C.own == 2 and isinstance(C.method, types.FunctionType)
    assert error_of(lambda: C.inherited) == ("AttributeError", "'Meta' object has no attribute 'inherited'")
    assert object.__getattribute__(C, "own") == 2 and object.__getattribute__(C, "__name__") == "C"


def methods_of_metaclasses():
    class Meta(type):
        def hello(cls, n):
            return cls, n

        @classmethod
        def of_meta(meta, n):
            return meta, n

        @property
        def failing(cls):
            raise AttributeError("mine")

    class C(metaclass=Meta):
        failing = 5

    for _ in range(3):
        assert C.hello(1) == (C, 1) and C.of_meta(2) == (Meta, 2)
        assert C.mro() == [C, object]
        assert error_of(lambda: C.failing) == ("AttributeError", "mine")
    Meta.hello = lambda cls: "new"
    assert C.hello() == "new"
    C.hello = lambda: "own"
    assert C.hello() == "own"


def functions_in_slots_of_the_object():
    class C:
        def f(self):
            return "class"

    def call(o):
        return o.f()

    one, other = C(), C()
    one.f, other.f = (lambda: "one"), (lambda: "other")
    for _ in range(4):
        assert (call(one), call(other), call(C())) == ("one", "other", "class")
    one.f = lambda: "new"
    assert (call(one), call(other)) == ("new", "other")
    one.f = 5
    assert error_of(call, one) == ("TypeError", "'int' object is not callable")
    del one.f
    assert (call(one), call(other)) == ("class", "other")
    C.f = property(lambda self: lambda: "property")
    assert (call(one), call(other)) == ("property", "property")
    C.f = Setter()
    for _ in range(3):
        assert call(other) == "other" and error_of(call, one)[0] == "TypeError"
    del C.f
    assert call(other) == "other" and error_of(call, one)[0] == "AttributeError"
    other.__dict__["f"] = lambda: "dict"
    assert call(other) == "dict"


class WithGetattr:
    counter = 0

    def __init__(self):
        self.own = 1

    def __getattr__(self, name):
        type(self).counter += 1
        return "made", name

    def method(self):
        return "method"

    @property
    def failing(self):
        raise AttributeError("lost")

    @property
    def working(self):
        return "property"


def getattr_is_asked_last():
    one = WithGetattr()
    for i in range(6):
        assert (one.own, one.method(), one.working) == (1, "method", "property")
        assert one.failing == ("made", "failing") and one.absent == ("made", "absent")
        assert one.counter == 2 * (i + 1)
        f = one.method
        assert f() == "method"
    del one.own
    assert one.own == ("made", "own")


def slots_and_getattr():
    class S:
        __slots__ = ("x", "y")

        def __getattr__(self, name):
            return "unset", name

    def read(s):
        return s.x

    s, other = S(), S()
    other.x = 1
    for _ in range(4):
        assert read(other) == 1 and read(s) == ("unset", "x")


for check in [v for v in list(globals().values()) if isinstance(v, types.FunctionType) and v is not error_of]:
    check()

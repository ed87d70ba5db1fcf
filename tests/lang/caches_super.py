# modes: reference cold warm miss eager switch asan
"""Sites behind super(), warm, and every change that can give the attribute another meaning: of the class that
has it, of those between, of the order of bases, of what super() was given.
"""
import types

from _caches import Twins, sites


def function(self=None, *more): return "function", type(self).__name__, len(more)
class Data:
    def __get__(self, instance, owner): return "got", instance is None, owner.__name__
    def __set__(self, instance, v): pass


def world(kind):
    class Root:
        x = "Root.x"
        def m(self): return "Root.m", type(self).__name__
        @classmethod
        def c(cls): return "Root.c", cls.__name__
        @staticmethod
        def s(): return "Root.s"
        @property
        def p(self): return "Root.p", type(self).__name__
        make = dict
    class Left(Root):
        def m(self): return "Left.m", type(self).__name__
    class Right(Root): pass
    class Low(Left, Right): pass
    class Other(Right, Left): pass
    w = types.SimpleNamespace(Root=Root, Left=Left, Right=Right, Low=Low, Other=Other)
    w.o, w.asked = Low(), Low
    if kind == "class": w.o = Low
    elif kind == "text":
        class Low(str): pass
        w.Low, w.asked, w.o = Low, Low, Low("text")
    elif kind == "proxy":
        class Proxy:
            __class__ = Low
        w.o = Proxy()
    return w


ATTRIBUTES = ("m", "c", "s", "p", "x", "make", "upper", "__init__", "__new__", "__class__", "__thisclass__")


def make_sites():
    text = []
    for name in ATTRIBUTES:
        text.append(f"def load_{name}(w): return super(w.asked, w.o).{name}")
        if name not in ("__init__", "__class__", "__thisclass__"):
            text.append(f"def call_{name}(w): return super(w.asked, w.o).{name}()")
    made = sites("\n".join(text))
    return {name: f for name, f in made.items() if isinstance(f, types.FunctionType)}


generic = {}
for name in ATTRIBUTES:
    generic[f"load_{name}"] = lambda w, name=name: getattr(super(w.asked, w.o), name)
    generic[f"call_{name}"] = lambda w, name=name: getattr(super(w.asked, w.o), name)()


def change(of, name, v):
    def made(w): setattr(getattr(w, of), name, v)
    return made
def removal(of, name):
    def made(w): delattr(getattr(w, of), name)
    return made
def asks(of):
    def made(w): w.asked = getattr(w, of)
    return made
def receiver(of, as_class):
    def made(w): w.o = getattr(w, of) if as_class else getattr(w, of)()
    return made
def bases(w): w.Low.__bases__ = w.Right, w.Left
def of_class(w): w.o.__class__ = w.Other


changes = {"bases": bases, "class of the object": of_class}
for of in ("Root", "Left", "Right", "Low"):
    changes["ask " + of] = asks(of)
    changes["object of " + of], changes["class " + of] = receiver(of, False), receiver(of, True)
    for name in ("m", "c", "s", "x", "make"):
        changes[f"{of}.{name} a function"] = change(of, name, function)
        changes[f"{of}.{name} a value"] = change(of, name, 5)
        changes[f"{of}.{name} a class"] = change(of, name, list)
        changes[f"{of}.{name} a native"] = change(of, name, str.upper)
        changes[f"{of}.{name} data"] = change(of, name, Data())
        changes[f"{of}.{name} static"] = change(of, name, staticmethod(function))
        changes[f"{of}.{name} of the class"] = change(of, name, classmethod(function))
        changes[f"no {of}.{name}"] = removal(of, name)

for kind in ("object", "class", "text", "proxy"):
    twins = Twins(lambda: world(kind), make_sites, generic, changes)
    for name in changes:
        twins.run([name])
    for first in ("ask Left", "ask Right", "bases", "class Low", "object of Left", "Left.m a value"):
        for second in ("Root.m a function", "no Left.m", "ask Root", "object of Low", "Right.m a native",
                       "Root.x a value", "Root.c static", "Root.s of the class"):
            twins.run([first, second])


# ---- one site, many receivers
class A:
    tag = "A"
    def __init__(self): self.made = ["A"]
    def f(self): return self.tag
class B(A):
    def __init__(self):
        super().__init__()
        self.made.append("B")
    def f(self): return super().f() + "B"
    def super_class(self): return super().__class__
    @classmethod
    def c(cls): return super().__new__(cls).tag
classes = [type(f"C{i}", (B,), {"tag": f"C{i}"}) for i in range(30)]
for _ in range(3):
    for i, cls in enumerate(classes):
        o = cls()
        assert o.made == ["A", "B"] and o.f() == f"C{i}B" and cls.c() == f"C{i}"
        assert o.super_class() is super
A.f = lambda self: "new " + self.tag
assert [cls().f() for cls in classes] == [f"new C{i}B" for i in range(30)]


# ---- subclasses of super, super objects that are not bound
class Mine(super):
    def upper(self): return "Mine.upper"
def call_upper(o): return o.upper()
class Text(str): pass
t = Text("t")
for o, wanted in ((super(Text, t), "T"), (Mine(Text, t), "T"), (super(Text, Text("u")), "U")) * 3:
    assert call_upper(o) == wanted, o
for _ in range(3):
    try:
        call_upper(super(Text))
    except AttributeError as e:
        assert str(e) == "'super' object has no attribute 'upper'"
    else:
        assert False


# ---- a native method behind super() with a receiver that only says that it is one
class List(list): pass
class Liar:
    __class__ = List
def load(o): return super(List, o).append
assert [load(List())(1) for _ in range(5)] == [None] * 5
for _ in range(3):
    try:
        load(Liar())
    except TypeError as e:
        assert "append" in str(e), e
    else:
        assert False

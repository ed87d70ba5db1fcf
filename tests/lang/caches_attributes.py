# modes: reference cold warm miss eager switch asan
"""Attribute sites of every form, warm, and then every change that can give the attribute another meaning,
alone and in sequences.
"""
import collections
import types

from _caches import Twins, sites


class Getting:
    def __init__(self, tag): self.tag = tag
    def __get__(self, instance, owner): return "got", self.tag, instance is None


class Data(Getting):
    def __set__(self, instance, v): instance.__dict__["stored"] = v
    def __delete__(self, instance): instance.__dict__["deleted"] = 1


def function(self=None, *more): return "function", len(more)
def other(self=None, *more): return "other", len(more)


def world(kind):
    """A receiver `o` of the kind, a second one `p` of its class, one of a sibling class `q`, its classes A
    and Base, metaclass M.
    """
    class M(type): pass
    class Base(metaclass=M): pass
    class Aside(metaclass=M): pass
    class Desc: tag = "plain"
    class A(Base): pass
    class B(Base):
        x = "B.x"
        def y(self): return "B.y"
    w = types.SimpleNamespace(M=M, Base=Base, Aside=Aside, Desc=Desc, A=A, B=B, kind=kind)
    if kind == "slots":
        class A(Base): __slots__ = ("x", "z")
        class B(Base): __slots__ = ("x", "z")
    elif kind == "bare slots":
        class Base: __slots__ = ()
        class Aside: __slots__ = ()
        class A(Base): __slots__ = ("x", "z")
        class B(Base): __slots__ = ("x", "z")
        w.Base, w.Aside, w.M = Base, Aside, type("M", (type,), {})
    elif kind == "tuple":
        Base = collections.namedtuple("Base", "x z")
        Aside = collections.namedtuple("Aside", "z x")
        class A(Base): pass
        class B(Aside): pass
        w.Base, w.Aside, w.M = Base, Aside, type("M", (type,), {})
    elif kind == "list":
        class Base(list): pass
        class Aside(list): pass
        class A(Base): pass
        class B(Base): pass
        w.Base, w.Aside = Base, Aside
    elif kind == "error":
        class Base(Exception): pass
        class Aside(Exception): pass
        class A(Base): pass
        class B(Base): pass
        w.Base, w.Aside = Base, Aside
    elif kind == "module":
        class Base(types.ModuleType): pass
        class Aside(types.ModuleType): pass
        A, B = types.ModuleType, Base
        w.Base, w.Aside = Base, Aside
    elif kind == "class":
        A, B = M, type("N", (M,), {"x": "B.x"})
    w.A, w.B = A, B
    arguments = {"tuple": (1, 2), "module": ("m",), "class": ("K", (), {})}.get(kind, ())
    w.o, w.p, w.q = A(*arguments), A(*arguments), B(*arguments)
    if kind == "many":
        for i in range(40):
            setattr(w.o, f"a{i}", i)
            setattr(w.p, f"a{i}", i)
    if kind == "dictionary":
        w.o.__dict__, w.p.__dict__
    if kind == "own" or kind == "many":
        w.o.x = "own"
        w.p.z, w.p.x = 1, "p.x"
    if kind in ("inherited", "list", "error", "dictionary"):
        A.x, A.y = "A.x", function
    if kind == "property":
        A.x, A.y = property(lambda self: "property"), staticmethod(function)
    if kind == "bound":
        A.x, A.y = function, classmethod(function)
    if kind == "module":
        w.o.x, w.o.y = "m.x", function
    if kind == "class":
        w.o.x, w.o.y, w.p.y = "K.x", function, classmethod(function)
    if kind == "descriptor":
        Base.x = Desc()
        A.y = Getting("y")
    return w


SITES = """
def load(w): return w.o.x
def load_p(w): return w.p.x
def load_both(w): return [v.x for v in (w.o, w.p)]
def load_all(w):
    out = []
    for v in (w.o, w.p, w.q, w.o):
        try: out.append(v.x)
        except AttributeError: out.append("none")
    return out
def call(w): return w.o.y()
def call_x(w): return w.o.x()
def call_p(w): return w.p.y(1)
def of_class(w): return w.A.x
def call_class(w): return w.A.y(5)
def of_type(w): return type(w.o).x
"""


def load_each(w):
    out = []
    for v in (w.o, w.p, w.q, w.o):
        try:
            out.append(getattr(v, "x"))
        except AttributeError:
            out.append("none")
    return out


GENERIC = {
    "load": lambda w: getattr(w.o, "x"), "load_p": lambda w: getattr(w.p, "x"),
    "load_both": lambda w: [getattr(w.o, "x"), getattr(w.p, "x")],
    "load_all": load_each, "call": lambda w: getattr(w.o, "y")(),
    "call_x": lambda w: getattr(w.o, "x")(), "call_p": lambda w: getattr(w.p, "y")(1),
    "of_class": lambda w: getattr(w.A, "x"), "call_class": lambda w: getattr(w.A, "y")(5),
    "of_type": lambda w: getattr(type(w.o), "x"),
}
# what changes goes through sites of its own in both worlds: the values are compared by the loads
CHANGES = {
    "o.x": lambda w: setattr(w.o, "x", "new"), "o.y": lambda w: setattr(w.o, "y", lambda *a: "own y"),
    "p.x": lambda w: setattr(w.p, "x", "new p"),
    "del o.x": lambda w: delattr(w.o, "x"), "del o.y": lambda w: delattr(w.o, "y"),
    "del p.x": lambda w: delattr(w.p, "x"), "o.other": lambda w: setattr(w.o, "other", 1),
    "o.__dict__[x]": lambda w: w.o.__dict__.__setitem__("x", "through the dict"),
    "o.__dict__[y]": lambda w: w.o.__dict__.__setitem__("y", lambda *a: "dict y"),
    "o.__dict__.pop": lambda w: w.o.__dict__.pop("x"),
    "o.__dict__.clear": lambda w: w.o.__dict__.clear(), "p.__dict__": lambda w: w.p.__dict__ and None,
    "o.__dict__ =": lambda w: setattr(w.o, "__dict__", {"x": "replaced", "y": other}),
    "o.__dict__ = {}": lambda w: setattr(w.o, "__dict__", {}),
    "o.__dict__ many": lambda w: w.o.__dict__.update((f"k{i}", i) for i in range(50)),
    "kept dict": lambda w: setattr(w, "kept", w.o.__dict__),
    "kept[x]": lambda w: w.kept.__setitem__("x", "kept"), "kept del": lambda w: w.kept.__delitem__("x"),
    "o.__class__ = B": lambda w: setattr(w.o, "__class__", w.B),
    "o.__class__ = A": lambda w: setattr(w.o, "__class__", w.A),
    "q.__class__": lambda w: setattr(w.q, "__class__", w.A),
    "A.__bases__": lambda w: setattr(w.A, "__bases__", (w.Aside,)),
    "A.__bases__ back": lambda w: setattr(w.A, "__bases__", (w.Base,)),
    "Aside.x": lambda w: setattr(w.Aside, "x", "Aside.x"),
    "del Aside.x": lambda w: delattr(w.Aside, "x"),
}
for owner in ("A", "Base", "M"):
    for label, value in {"value": lambda: "value", "int": lambda: 7, "function": lambda: function,
                         "other": lambda: other, "property": lambda: property(lambda self: "property"),
                         "property 2": lambda: property(lambda self: ("second", self is None),
                                                        lambda self, v: None), "native": lambda: len,
                                                        "getting": lambda: Getting(1),
                                                        "data": lambda: Data(2),
                         "static": lambda: staticmethod(function), "class": lambda: classmethod(other),
                         "type": lambda: int, "bound": lambda: "text".upper,
                         "partial property": lambda: property()}.items():
        for name in "xy":
            CHANGES[f"{owner}.{name} = {label}"] = lambda w, owner=owner, name=name, value=value: setattr(
                getattr(w, owner), name, value())
    for name in "xy":
        CHANGES[f"del {owner}.{name}"] = lambda w, owner=owner, name=name: delattr(getattr(w, owner), name)
    CHANGES[f"{owner}.x = Desc()"] = lambda w, owner=owner: setattr(getattr(w, owner), "x", w.Desc())
    CHANGES[f"{owner}.__getattr__"] = lambda w, owner=owner: setattr(getattr(w, owner), "__getattr__",
            lambda self, name: ("getattr", name))
    CHANGES[f"{owner}.__getattribute__"] = lambda w, owner=owner: setattr(getattr(w, owner),
            "__getattribute__",
                                                                          lambda self,
                                                                          name: "hook" if name == "x"
                                                                          else object.__getattribute__(self,
                                                                                  name))
    for hook in ("__getattr__", "__getattribute__"):
        CHANGES[f"del {owner}.{hook}"] = lambda w, owner=owner, hook=hook: delattr(getattr(w, owner), hook)


def make_descriptor(w):
    w.Desc.__get__ = lambda self, instance, owner: ("Desc got", instance is None)
def make_data(w):
    w.Desc.__set__ = lambda self, instance, v: None
def no_descriptor(w):
    for name in ("__get__", "__set__"):
        if name in w.Desc.__dict__:
            delattr(w.Desc, name)
def property_again(w):
    v = w.A.__dict__["x"]
    property.__init__(v, lambda self: "initialised again")
def code_replaced(w):
    for name in "xy":
        f = w.A.__dict__.get(name)
        f = getattr(f, "fget", getattr(f, "__func__", f))
        if isinstance(f, types.FunctionType):
            copy = types.FunctionType(f.__code__, f.__globals__, f.__name__, f.__defaults__, f.__closure__)
            setattr(w.A, name,
                    copy if isinstance(w.A.__dict__[name], types.FunctionType)
                    else type(w.A.__dict__[name])(copy))
            copy.__code__ = (lambda self=None, *more: ("replaced", len(more))).__code__


def getter_code(w):
    w.A.__dict__["x"].fget.__code__ = (lambda self, more=5: ("getter", more)).__code__
    w.A.__dict__["x"].fget.__defaults__ = (6,)


CHANGES["getter code"] = getter_code
CHANGES.update({"Desc.__get__": make_descriptor, "Desc.__set__": make_data, "Desc plain": no_descriptor,
                "property again": property_again, "code replaced": code_replaced})
count = 0
for kind in ("own", "many", "dictionary", "inherited", "property", "bound", "descriptor", "slots",
             "bare slots", "tuple", "list", "error", "module", "class"):
    changes = dict(CHANGES)
    if kind in ("module", "class"):  # A is types.ModuleType, or the metaclass itself
        changes = {k: v for k,
                   v in changes.items() if kind == "class" or "A." not in k and "property again" != k
                   and "code" not in k}
    def make_sites():
        names = sites(SITES)
        return {k: names[k] for k in GENERIC}
    twins = Twins(lambda: world(kind), make_sites, GENERIC, changes)
    twins.run_all(pairs=60, sequences=12, length=12, seed=kind)
    count += twins.checked
assert count > 50000

# what a module's own dict says does not hide the data descriptors of its class
module = types.ModuleType("m")
module.__dict__["__class__"] = lambda *a: "hidden"
def of_class(): return type(module.__class__("n")), module.__class__
for _ in range(4):
    assert of_class() == (types.ModuleType, types.ModuleType)


# ---- instances whose dict has a key of a foreign class, whose equality with the name comes and goes
class Key:
    def __init__(self, text):
        self.text, self.on = text, False

    def __hash__(self):
        return hash(self.text)

    def __eq__(self, other):
        return self.on and other == self.text


class Base:
    value = "class"

    def method(self):
        return "class"

    @classmethod
    def of_class(cls):
        return "class"

    @staticmethod
    def static():
        return "class"


class ModuleClass(types.ModuleType, Base):
    pass


readers = {"value": lambda o: o.value, "method": lambda o: o.method(), "of_class": lambda o: o.of_class(),
           "static": lambda o: o.static()}
for name, read in readers.items():
    for thing in Base(), type("Derived", (Base,), {})(), ModuleClass("m"):
        key = Key(name)
        thing.__dict__[key] = "own" if name == "value" else lambda: "own"
        for on in False, False, False, True, True, False:
            key.on = on
            assert read(thing) == ("own" if on else "class"), (name, thing, on)

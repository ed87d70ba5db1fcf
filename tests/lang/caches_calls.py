# modes: reference cold warm miss eager switch asan
"""Calls at warm sites: classes, instances, bound methods, functions with defaults and keywords; then their
parts are replaced.
"""
import operator
import types

from _caches import Twins, sites


def world(kind):
    class M(type): pass
    class Base(metaclass=M):
        def m(self, *args, **kwargs): return "Base.m", args, sorted(kwargs.items())
    class Aside(metaclass=M):
        def m(self, a=1): return "Aside.m", a
    class C(Base):
        def __init__(self, a=0, *, k=1): self.got = a, k
        def __call__(self, a=0, *, k=1): return "call", a, k
        @staticmethod
        def s(a=2): return "static", a
        @classmethod
        def c(cls, a=3): return "class", cls.__name__, a
    class Empty(Base): pass
    if kind == "new":
        class C(Base):
            def __new__(cls, a=0, *, k=1):
                self = object.__new__(cls)
                self.got = "new", a, k
                return self
            def __call__(self, *a, k=5): return a, k
            s, c = staticmethod(len), classmethod(lambda cls, a=2: a)
    if kind == "list":
        class Base(list):
            def m(self, a=1, k=0): return len(self), a
        class C(Base): got = property(lambda self: list(self))
    def f(a=1, b=2, *, k=3): return "f", a, b, k
    w = types.SimpleNamespace(M=M, Base=Base, Aside=Aside, C=C, Empty=Empty, f=f, o=C(), e=Empty())
    w.bound = w.o.m
    return w


SITES = """
def make(w): return w.C().got
def make_1(w): return w.C((1,)).got
def make_k(w): return w.C((1,), k=7).got
def make_empty(w): return w.Empty()
def call(w): return w.o()
def call_k(w): return w.o(1, k=2)
def method(w): return w.o.m(1)
def method_k(w): return w.o.m(1, k=2)
def method_star(w): return w.o.m(*(1,), **{})
def bound(w): return w.bound(3)
def static(w): return w.o.s(), w.C.s((1,))
def of_class(w): return w.o.c(), w.C.c(9)
def unbound(w): return w.C.m(w.o, 4)
def f(w): return w.f()
def f_1(w): return w.f(7)
def f_3(w):
    f = w.f
    return f(7, 8, k=9), f(b=1), f(*[1, 2])
def length(w): return len(w.o)
"""
A = (1,)
GENERIC = {
    "make": lambda w: operator.call(w.C).got, "make_1": lambda w: operator.call(w.C, A).got,
    "make_k": lambda w: operator.call(w.C, A, k=7).got,
    "make_empty": lambda w: operator.call(w.Empty), "call": lambda w: operator.call(w.o),
    "call_k": lambda w: operator.call(w.o, 1, k=2),
    "method": lambda w: operator.methodcaller("m", 1)(w.o),
    "method_k": lambda w: operator.methodcaller("m", 1, k=2)(w.o),
    "method_star": lambda w: operator.methodcaller("m", 1)(w.o),
    "bound": lambda w: operator.call(w.bound, 3),
    "static": lambda w: (operator.call(getattr(w.o, "s")), operator.call(getattr(w.C, "s"), A)),
    "of_class": lambda w: (operator.call(getattr(w.o, "c")), operator.call(getattr(w.C, "c"), 9)),
    "unbound": lambda w: operator.call(getattr(w.C, "m"), w.o, 4),
    "f": lambda w: operator.call(w.f), "f_1": lambda w: operator.call(w.f, 7),
    "f_3": lambda w: (operator.call(w.f, 7, 8, k=9), operator.call(w.f, b=1), operator.call(w.f, 1, 2)),
    "length": lambda w: operator.call(len, w.o),
}


def init_2(self, *args, **kwargs): self.__dict__["got"] = "init_2", args, sorted(kwargs)
def new_2(cls, *args, **kwargs):
    self = object.__new__(cls)
    self.got = "new_2", args, sorted(kwargs)
    return self


def replace_code(name, code):
    def change(w):
        f = w.f if name == "f" else getattr(w.C, name)
        getattr(f, "__func__", f).__code__ = code
    return change


def attribute(owner, name, value):
    return lambda w: setattr(getattr(w, owner), name,
                             value(w) if callable(value)
                             and getattr(value, "__name__", "") == "<lambda>" else value)


CHANGES = {
    "f code": replace_code("f", (lambda a=0, b=0, *, k=0: ("replaced", a, b, k)).__code__),
    "f code fewer": replace_code("f", (lambda: "none").__code__),
    "f code generator": replace_code("f", (lambda *a, **k: sorted(k)).__code__),
    "init code": replace_code("__init__",
                              (lambda self, *a, **k: self.__dict__.update(got=(a, sorted(k)))).__code__),
    "call code": replace_code("__call__", (lambda self, *a, **k: ("called", a, sorted(k))).__code__),
    "m code": replace_code("m", (lambda self, *a, k=0: ("m replaced", a, k)).__code__),
    "init code locals": replace_code("__init__",
                                     (lambda self, a=0, *,
                                      k=0: [self.__dict__.update(got=[x + y for x in (1, 2)
                                              for y in (3, 4)]), None][1]).__code__),
    "f defaults": lambda w: setattr(w.f, "__defaults__", ("d1", "d2")),
    "f one default": lambda w: setattr(w.f, "__defaults__", ("last",)),
    "f no defaults": lambda w: setattr(w.f, "__defaults__", None),
    "f many defaults": lambda w: setattr(w.f, "__defaults__", (1, 2, 3)),
    "f kwdefaults": lambda w: setattr(w.f, "__kwdefaults__", {"k": "kd"}),
    "f no kwdefaults": lambda w: setattr(w.f, "__kwdefaults__", None),
    "f[k]": lambda w: w.f.__kwdefaults__.__setitem__("k", "changed"),
    "init defaults": lambda w: setattr(w.C.__init__, "__defaults__", ("other",)),
    "init none": lambda w: setattr(w.C.__init__, "__defaults__", None),
    "new f": lambda w: setattr(w, "f", lambda a=0, b=1, k=2: ("new f", a, b, k)),
    "f native": lambda w: setattr(w, "f", divmod), "f class": lambda w: setattr(w, "f", w.C),
    "f method": lambda w: setattr(w, "f", w.o.m),
    "f object": lambda w: setattr(w, "f", w.o), "f None": lambda w: setattr(w, "f", None),
    "own m": lambda w: setattr(w.o, "m", lambda *a, **k: ("own", a, sorted(k))),
    "own call": lambda w: setattr(w.o, "__call__", 5),
    "del own m": lambda w: delattr(w.o, "m"), "own s": lambda w: setattr(w.o, "s", lambda *a: "own s"),
    "class of o": lambda w: setattr(w.o, "__class__", w.Empty),
    "class back": lambda w: setattr(w.o, "__class__", w.C),
    "bases": lambda w: setattr(w.C, "__bases__", (w.Aside,)),
    "bases back": lambda w: setattr(w.C, "__bases__", (w.Base,)),
    "bound again": lambda w: setattr(w, "bound", w.e.m), "o new": lambda w: setattr(w, "o", w.C()),
    "o dictionary": lambda w: w.o.__dict__ and None, "new o": lambda w: setattr(w, "o", w.Empty()),
    "abstract": lambda w: setattr(w.C, "__abstractmethods__", frozenset(["m"])),
    "concrete": lambda w: setattr(w.C, "__abstractmethods__", frozenset()),
    "len": lambda w: setattr(w.C, "__len__", lambda self: 11),
    "len 2": lambda w: setattr(w.Base, "__len__", lambda self: 12),
    "bad init": lambda w: setattr(w.C, "__init__", lambda self, *a, **k: 5),
    "init None": lambda w: setattr(w.C, "__init__", None),
    "init native": lambda w: setattr(w.C, "__init__", object.__init__),
}
for owner in ("C", "Base", "M", "Empty"):
    for name, values in {"__init__": (init_2,), "__new__": (new_2, object.__new__),
                         "__call__": (lambda w: (lambda self, *a, **k: ("call 2", len(a), sorted(k))),
                                      operator.call),
                         "m": (init_2, lambda w: staticmethod(lambda *a, **k: ("static", len(a))),
                               lambda w: classmethod(lambda cls, *a, **k: ("class", len(a))),
                               lambda w: w.o, lambda w: property(lambda s: len)),
                         "s": (lambda w: staticmethod(lambda a=0: ("s2", a)),
                               lambda w: (lambda self=0, a=0: "s3")),
                               "c": (lambda w: classmethod(lambda cls, a=0: "c2"),
                                     lambda w: staticmethod(lambda a=0: "c3"))}.items():
        for i, value in enumerate(values):
            CHANGES[f"{owner}.{name} = {i}"] = attribute(owner, name, value)
        CHANGES[f"del {owner}.{name}"] = lambda w, owner=owner, name=name: delattr(getattr(w, owner), name)
count = 0
for kind in ("init", "new", "list"):
    def make_sites():
        names = sites(SITES)
        return {k: names[k] for k in GENERIC}
    twins = Twins(lambda: world(kind), make_sites, GENERIC, CHANGES)
    twins.run_all(pairs=150, sequences=30, length=12, seed=kind)
    count += twins.checked
assert count > 20000


# methods of built-in types taken from their class: the receiver's type is looked at every time
def upper(v): return str.upper(v)
def append(v): return list.append(v, 1)
def own(v): return v.up()
class Text(str): up = str.lower
class Foreign: up = str.upper
for _ in range(3):
    assert upper("a") == upper(Text("a")) == "A" and append([]) is None and own(Text("B")) == "b"
for f, v, text in ((upper, 5, "descriptor 'upper' for 'str' objects doesn't apply to a 'int' object"),
                   (append, (1,), "descriptor 'append' for 'list' objects doesn't apply to a 'tuple' object"),
                   (own, Foreign(),
                    "descriptor 'upper' for 'str' objects doesn't apply to a 'Foreign' object")):
    for _ in range(2):
        try:
            f(v)
            raise AssertionError(text)
        except TypeError as e:
            assert str(e) == text, e

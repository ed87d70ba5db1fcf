# modes: reference cold warm miss eager switch asan
"""Stores and deletions of attributes at warm sites, and every change that can give them another meaning,
alone and in sequences.
"""
import operator
import types

from _caches import Twins, sites


class Data:
    def __get__(self, instance, owner): return "data"
    def __set__(self, instance, v): instance.__dict__["stored"] = v
    def __delete__(self, instance): instance.__dict__["deleted"] = 1


class OnlySet:
    def __set__(self, instance, v): instance.__dict__["only"] = v


class Plain: pass


def world(kind):
    class M(type): pass
    class Base(metaclass=M): pass
    class Aside(metaclass=M): pass
    w = types.SimpleNamespace(M=M, Base=Base, Aside=Aside, Desc=type("Desc", (), {}))
    if kind == "slots":
        class A(Base): __slots__ = "x", "z"
        class B(Base): __slots__ = "x", "z"
    elif kind == "error":
        class Base(Exception): pass
        class Aside(Exception): pass
        class A(Base): pass
        class B(Base): pass
        w.Base, w.Aside = Base, Aside
    elif kind == "class":
        A, B = M, type("N", (M,), {})
    else:
        class A(Base): pass
        class B(Base): pass
    w.A, w.B = A, B
    make = (lambda cls, name: cls(name, (), {})) if kind == "class" else lambda cls, name: cls()
    w.o, w.p, w.q = make(A, "K"), make(A, "L"), make(B, "J")
    if kind == "many":
        for i in range(30):
            setattr(w.o, f"a{i}", i)
            setattr(w.p, f"a{i}", i)
    if kind == "dictionary":
        w.o.__dict__, w.p.__dict__
    if kind == "descriptor":
        A.x = w.Desc()
    w.n = 0
    return w


def state(w):
    """All that can be seen of the receivers."""
    out = []
    for v in (w.o, w.p, w.q):
        own = {k: i for k, i in v.__dict__.items() if k[0] != "_"}
        out.append((type(v).__name__,
                    [f"{k}={i!r}" for k, i in own.items() if isinstance(i, (int, str))],
                    repr(getattr(v, "x", None))[:7]))
    return out


SITES = """
def fresh(w):
    o = w.make()
    o.x = 1
    o.z = 2
    o.x = 3
    return list(getattr(o, '__dict__', {}).items()), getattr(o, 'x', None) == 3
def store(w):
    w.n += 1
    w.o.x = w.n
    return state(w)
def store_both(w):
    for v in (w.o, w.p, w.o):
        v.x = 'both'
    return state(w)
def store_all(w):
    for v in (w.o, w.q, w.p):
        try: v.x = 'all'
        except AttributeError: pass
    return state(w)
def store_z(w):
    w.o.z = 5
    return state(w), w.o.z
def add(w):
    w.o.x += 'b' if type(w.o.x) is str else 1
    return state(w)
def delete(w):
    try: del w.p.x
    except AttributeError as e: return str(e), state(w)
    return state(w)
"""


def store(w):
    w.n += 1
    setattr(w.o, "x", w.n)
    return state(w)


def store_each(*names):
    def go(w):
        for name in names:
            try:
                setattr(getattr(w, name), "x", "all")
            except AttributeError:
                pass
        return state(w)
    return go


def store_both(w):
    for v in (w.o, w.p, w.o):
        setattr(v, "x", "both")
    return state(w)


def store_z(w):
    setattr(w.o, "z", 5)
    return state(w), getattr(w.o, "z")


def add(w):
    setattr(w.o, "x", operator.iadd(getattr(w.o, "x"), "b" if type(getattr(w.o, "x")) is str else 1))
    return state(w)


def delete(w):
    try:
        delattr(w.p, "x")
    except AttributeError as e:
        return str(e), state(w)
    return state(w)


def fresh(w):
    o = w.make()
    setattr(o, "x", 1)
    setattr(o, "z", 2)
    setattr(o, "x", 3)
    return list(getattr(o, "__dict__", {}).items()), getattr(o, "x", None) == 3


GENERIC = {"fresh": fresh, "store": store, "store_both": store_both,
           "store_all": store_each("o", "q", "p"), "store_z": store_z, "add": add, "delete": delete}


def hook(self, name, v):
    object.__setattr__(self, name, ("hooked", v)) if not isinstance(self,
            type) else type.__setattr__(self, name, ("hooked", v))
def delete_hook(self, name):
    raise AttributeError("delete hook")


CHANGES = {
    "del o.x": lambda w: delattr(w.o, "x"), "o.first": lambda w: setattr(w.o, "first", 1),
    "p.z": lambda w: setattr(w.p, "z", 1), "o.__dict__.clear": lambda w: w.o.__dict__.clear(),
    "o.__dict__ = {}": lambda w: setattr(w.o, "__dict__", {}),
    "o.__dict__ =": lambda w: setattr(w.o, "__dict__", {"z": 1, "x": 2}),
    "p.__dict__": lambda w: w.p.__dict__ and None,
    "o.__dict__.pop": lambda w: w.o.__dict__.pop("x"),
    "o many": lambda w: [setattr(w.o, f"m{i}", i) for i in range(30)] and None,
    "o.__class__ = B": lambda w: setattr(w.o, "__class__", w.B),
    "o.__class__ = A": lambda w: setattr(w.o, "__class__", w.A),
    "A.__bases__": lambda w: setattr(w.A, "__bases__", (w.Aside,)),
    "A.__bases__ back": lambda w: setattr(w.A, "__bases__", (w.Base,)),
    "Desc.__set__": lambda w: setattr(w.Desc, "__set__", lambda self, instance,
                                      v: instance.__dict__.update(described=v)),
                                      "Desc.__delete__": lambda w: setattr(w.Desc, "__delete__",
                                              lambda s, i: None),
    "del Desc.__set__": lambda w: delattr(w.Desc, "__set__"),
    "del Desc.__delete__": lambda w: delattr(w.Desc, "__delete__"),
}
for owner in ("A", "Base", "M"):
    for label, value in {"data": Data, "only": OnlySet, "plain": Plain, "int": lambda: 5,
                         "function": lambda: hook,
                         "property": lambda: property(lambda self: "property"),
                         "settable": lambda: property(lambda self: 1, lambda self, v: None)}.items():
        CHANGES[f"{owner}.x = {label}"] = lambda w, owner=owner, value=value: setattr(getattr(w, owner),
                "x", value())
    CHANGES[f"{owner}.x = Desc"] = lambda w, owner=owner: setattr(getattr(w, owner), "x", w.Desc())
    CHANGES[f"del {owner}.x"] = lambda w, owner=owner: delattr(getattr(w, owner), "x")
    CHANGES[f"{owner}.__setattr__"] = lambda w, owner=owner: setattr(getattr(w, owner), "__setattr__", hook)
    CHANGES[f"{owner}.__delattr__"] = lambda w, owner=owner: setattr(getattr(w, owner), "__delattr__",
            delete_hook)
    for name in ("__setattr__", "__delattr__"):
        CHANGES[f"del {owner}.{name}"] = lambda w, owner=owner, name=name: delattr(getattr(w, owner), name)
count = 0
for kind in ("plain", "many", "dictionary", "slots", "descriptor", "error", "class"):
    def new_world():
        w = world(kind)
        w.make = (lambda: w.A("K", (), {})) if kind == "class" else w.A
        return w
    def make_sites():
        names = sites(SITES, state=state)
        return {k: names[k] for k in GENERIC if not (kind == "class" and k == "fresh")}
    twins = Twins(new_world, make_sites, GENERIC, CHANGES)
    twins.run_all(pairs=100, sequences=20, length=12, seed=kind)
    count += twins.checked
assert count > 20000

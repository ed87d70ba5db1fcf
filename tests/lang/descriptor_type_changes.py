"""A class attribute whose own type becomes or ceases to be a descriptor after sites have learned what it
is (reference 3.3.2.2).
"""
import itertools

READ = {
    "instance": "def f(A, a): return a.x",
    "class": "def f(A, a): return A.x",
    "method": "def f(A, a): return a.x()",
    "class method": "def f(A, a): return A.x()",
    "getattr": "def f(A, a): return getattr(a, 'x')",
}


def site(kind):
    names = {}
    exec(READ[kind], names)
    return names["f"]


def setting(plain, own, base):
    """A class A with an instance of a fresh class as attribute x, perhaps under the instance's own
    attribute x.
    """
    class Root: pass
    class Descriptor(Root):
        def __call__(self): return "called"
    class Base: x = Descriptor()
    class A(Base): pass
    if not base:
        A.x = Descriptor()
    a = A()
    if own:
        a.x = lambda: "own"
    return Root, Descriptor, A, a


def get(self, instance, owner): return lambda: ("got", instance is None)
def put(self, instance, v): instance.__dict__["put"] = v
def remove(self, instance): instance.__dict__["removed"] = True


def become(cls, how):
    if how == "set":
        cls.__get__ = get
    elif how == "data":
        cls.__get__, cls.__set__ = get, put
    elif how == "data first":
        cls.__set__, cls.__get__ = put, get
    elif how == "delete":
        cls.__get__, cls.__delete__ = get, remove
    else:
        raise AssertionError(how)


def cease(cls):
    for name in ("__get__", "__set__", "__delete__"):
        if name in cls.__dict__:
            delattr(cls, name)


def said(v):
    """What was read, without identities; a function is called."""
    return v if isinstance(v, (str, tuple)) else v() if callable(v) and not hasattr(type(v),
            "mark") else "object"


count = 0
for kind, own, base, how, where in itertools.product(READ, (False, True), (False, True),
                                                     ("set", "data", "data first", "delete"),
                                                     ("type", "root", "bases", "class")):
    Root, Descriptor, A, a = setting(None, own, base)
    first, second, other = site(kind), site(kind), site(kind)
    before = [said(f(A, a)) for f in (first, second) for _ in range(3)]
    descriptor = A.__dict__.get("x") or A.__mro__[1].__dict__["x"]
    plain = "own" if own and "class" not in kind else "called"
    assert before == [plain] * 6, (kind, own, before)
    if where == "type":
        become(Descriptor, how)
    elif where == "root":
        become(Root, how)
    elif where == "bases":
        class Made: pass
        become(Made, how)
        Descriptor.__bases__ = (Made,)
    else:
        class Derived(Descriptor): pass
        become(Derived, how)
        descriptor.__class__ = Derived
    through_class = "class" in kind
    wanted = ("got", through_class) if through_class or not own or how != "set" else "own"
    for f in (first, second, other):
        for _ in range(2):
            assert said(f(A, a)) == wanted, (kind, own, base, how, where, said(f(A, a)), wanted)
    if where == "bases":
        Descriptor.__bases__ = (Root,)
    elif where == "class":
        descriptor.__class__ = Descriptor
    else:
        cease(Descriptor if where == "type" else Root)
    for f in (first, second, other, site(kind)):
        for _ in range(2):
            assert said(f(A, a)) == plain, (kind, own, base, how, where, "back", said(f(A, a)))
    count += 1
assert count == 320


# the same for stores and deletions
def store(a, v): a.x = v
def remove_x(a): del a.x


for how, where in itertools.product(("data", "delete"), ("type", "root", "bases", "class")):
    for before in range(3):
        Root, Descriptor, A, a = setting(None, False, False)
        b, c = A(), A()
        for i in range(before):
            store(b, i)
            store(c, i)
        descriptor = A.__dict__["x"]
        if where in ("type", "root"):
            become(Descriptor if where == "type" else Root, how)
        elif where == "bases":
            class Made: pass
            become(Made, how)
            Descriptor.__bases__ = (Made,)
        else:
            class Derived(Descriptor): pass
            become(Derived, how)
            descriptor.__class__ = Derived
        for o in (a, b, c):
            before_store = dict(o.__dict__)
            try:
                store(o, "new")
                assert how == "data" and o.__dict__ == before_store | {"put": "new"}, (how, where, o.__dict__)
            except AttributeError as e:
                assert how == "delete" and str(e) == "__set__" and o.__dict__ == before_store
            try:
                remove_x(o)
                assert how == "delete" and o.__dict__ == before_store | {"removed": True}
            except AttributeError as e:
                assert how == "data" and str(e) == "__delete__"


# a property, static or class method that is initialised once more
class Initialised:
    p = property(lambda self: 1)
    s = staticmethod(lambda *a: 1)
    c = classmethod(lambda *a: 1)


class Below(Initialised): pass


for cls in (Initialised, Below):
    o = cls()
    sites = [lambda: o.p, lambda: o.s(), lambda: cls.s(), lambda: o.c(), lambda: cls.c(), lambda: cls.s,
             lambda: o.s]
    for i in range(1, 5):
        Initialised.__dict__["p"].__init__(lambda self, i=i: i)
        Initialised.__dict__["s"].__init__(lambda *a, i=i: i)
        Initialised.__dict__["c"].__init__(lambda *a, i=i: i)
        for _ in range(3):
            for f in sites:
                v = f()
                assert (v() if callable(v) else v) == i


# whose type is an ordinary class here and a descriptor's elsewhere
class Plain: pass
class Getting:
    def __get__(self, instance, owner): return "got"
class Holder: v = Plain()
holders = [Holder(), Holder()]
def read(h): return h.v
for _ in range(4):
    assert [type(read(h)) for h in holders] == [Plain, Plain]
Holder.__dict__["v"].__class__ = Getting
assert [read(h) for h in holders] == ["got", "got"]
Holder.__dict__["v"].__class__ = Plain
assert [type(read(h)) for h in holders] == [Plain, Plain]

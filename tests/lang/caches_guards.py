"""Each guard of an inline cache has a case here in which it alone stands between a warm site and a wrong
answer.

A site is warmed with receivers of one kind and then meets the other."""
import collections
import sys
import types


def fresh(function):
    """The same code with sites of its own."""
    code = function.__code__.replace(co_name=function.__name__ + "_")
    return types.FunctionType(
        code, function.__globals__, function.__name__, function.__defaults__, function.__closure__)


def warm(function, *arguments, times=4):
    for _ in range(times):
        result = function(*arguments)
    return result


def error_of(function, *arguments):
    try:
        return function(*arguments)
    except Exception as e:
        return type(e).__name__, str(e)


class Plain:
    pass


def with_attributes(cls=Plain, **attributes):
    o = cls()
    for name, v in attributes.items():
        setattr(o, name, v)
    return o


# ---- receivers that are no objects on the heap, at a site that knows one
def read_x(o): return o.x
def write_x(o, v): o.x = v
def call_x(o): return o.x()
def read_real(o): return o.real


site = fresh(read_x)
assert warm(site, with_attributes(x=1)) == 1
for other in (1, 1.5, None, True, ..., 2 ** 80, "text"):
    assert error_of(site, other) == (
        "AttributeError", f"'{type(other).__name__}' object has no attribute 'x'"), other
site = fresh(write_x)
warm(site, with_attributes(x=1), 2)
for other in (1, 1.5, None, True, ...):
    assert error_of(site, other, 1) == (
        "AttributeError", f"'{type(other).__name__}' object has no attribute 'x'"), other
site = fresh(call_x)
assert warm(site, with_attributes(x=int)) == 0
for other in (1, 1.5, None, True, ...):
    assert error_of(site, other)[0] == "AttributeError", other
site = fresh(read_real)
assert warm(site, with_attributes(real="r")) == "r"
assert site(3) == 3 and site(2.5) == 2.5 and site(True) == 1

# ---- fields of named tuples whose instance is shorter than the class says
Pair = collections.namedtuple("Pair", "x y")
def read_y(o): return o.y
site = fresh(read_y)
assert warm(site, Pair(1, 2)) == 2
assert error_of(site, tuple.__new__(Pair, (1,))) == ("IndexError", "tuple index out of range")
class NotATuple:
    y = Pair.y
site = fresh(read_y)
error_of(site, NotATuple()), error_of(site, NotATuple())
assert error_of(site, NotATuple())[0] == "TypeError", error_of(site, NotATuple())
assert site(Pair(3, 4)) == 4

# ---- modules: their dictionaries are replaced, lose and get names
module = types.ModuleType("module")
module.x = 1
module.f = lambda: "f"
def call_f(o): return o.f()
site, method = fresh(read_x), fresh(call_f)
assert warm(site, module) == 1 and warm(method, module) == "f"
other = types.ModuleType("other")
other.x, other.f = 2, lambda: "g"
assert site(other) == 2 and method(other) == "g" and site(module) == 1 and method(module) == "f"
del module.x, module.f
assert error_of(site, module) == ("AttributeError", "module 'module' has no attribute 'x'")
assert error_of(method, module)[0] == "AttributeError"
module.y, module.x, module.f = 0, 3, lambda: "h"
assert site(module) == 3 and method(module) == "h" and site(other) == 2
empty = types.ModuleType.__new__(types.ModuleType)
assert error_of(site, empty)[0] == "AttributeError"
assert error_of(method, empty)[0] == "AttributeError"
assert site(module) == 3
class MyModule(types.ModuleType):
    def f(self): return "of the class"
    @property
    def x(self): return "property"
mine = MyModule("mine")
mine.__dict__["x"] = 9
assert warm(fresh(read_x), mine) == "property" and warm(fresh(call_f), mine) == "of the class"
mine.f = lambda: "own"
assert warm(method, mine) == "own" and method(module) == "h"
site = fresh(read_x)
mine.__class__ = types.ModuleType
assert warm(site, mine) == 9
mine.__class__ = MyModule
assert site(mine) == "property"

# ---- instances with a dictionary: with and without the name, none at all
def dicted(**attributes):
    o = Plain()
    o.__dict__.update(attributes)
    return o
site, method = fresh(read_x), fresh(call_f)
assert warm(site, dicted(x=1)) == 1
assert error_of(site, dicted(y=1))[0] == "AttributeError" and site(dicted(x=2)) == 2
o = dicted(x=1)
o.__dict__ = {}
assert error_of(site, o)[0] == "AttributeError"
class Method:
    def f(self): return "method"
def own(o):
    o.__dict__["f"] = lambda: "own"
    return o
a, b = Method(), Method()
a.__dict__["z"] = 1
assert warm(method, a) == "method"
own(a), b.__dict__.clear(), own(b)
assert method(a) == "own" and method(b) == "own"
del a.__dict__["f"]
assert method(a) == "method" and method(b) == "own"
class Value:
    x = "class"
a, b = Value(), Value()
a.__dict__["z"] = b.__dict__["z"] = 1
site = fresh(read_x)
assert warm(site, a) == "class"
a.__dict__["x"] = "own"
assert site(a) == "own" and site(b) == "class"
def read_f(o): return o.f
a, b = Method(), Method()
a.__dict__["z"] = b.__dict__["z"] = 1
site = fresh(read_f)
assert warm(site, a)() == "method"
a.__dict__["f"] = 5
assert site(a) == 5 and site(b)() == "method"
class Exc(Exception):
    x = "class"
    def f(self): return "method"
    @staticmethod
    def s(): return "static"
    @classmethod
    def c(cls): return cls
def call_s(o): return o.s()
def call_c(o): return o.c()
a = Exc()
sites = [fresh(read_x), fresh(call_f), fresh(call_s), fresh(call_c)]
assert [warm(s, a) for s in sites] == ["class", "method", "static", Exc]
a.x, a.f, a.s, a.c = 1, lambda: 2, lambda: 3, lambda: 4
assert [s(a) for s in sites] == [1, 2, 3, 4]
assert [s(Exc()) for s in sites] == ["class", "method", "static", Exc]

# ---- own attributes hide static and class methods
class Wrapped:
    @staticmethod
    def s(): return "static"
    @classmethod
    def c(cls): return cls
a = with_attributes(Wrapped, s=lambda: "own", c=lambda: "own")
sites = [fresh(call_s), fresh(call_c)]
assert [warm(s, a) for s in sites] == ["own", "own"]
assert [warm(s, Wrapped()) for s in sites] == ["static", Wrapped] and [s(a) for s in sites] == ["own", "own"]
class Odd:
    s = staticmethod(len)
    c = classmethod(print)
    x = staticmethod(7)
def call_s1(o): return o.s("abc")
assert warm(fresh(call_s1), Odd()) == 3 and warm(fresh(call_s1), Odd) == 3
assert warm(fresh(read_x), Odd()) == 7 and warm(fresh(read_x), Odd) == 7
assert warm(lambda: error_of(fresh(call_x), Odd()))[0] == "TypeError"

# ---- properties: getters that are no Python functions, need more arguments, defaults, recursion, deep stacks
class P:
    length = property(len)
    two = property(lambda self, other: other)
    default = property(lambda self, other=5: other)
    star = property(lambda *all: len(all))
    none = property()
    generator = property(lambda self: (yield 1))
    def __len__(self): return 11
def read_length(o): return o.length
def read_two(o): return o.two
def read_default(o): return o.default
def read_star(o): return o.star
def read_none(o): return o.none
def read_generator(o): return o.generator
assert warm(fresh(read_length), P()) == 11
assert warm(fresh(read_default), P()) == 5
assert warm(fresh(read_star), P()) == 1
site = fresh(read_two)
for _ in range(4):
    assert error_of(site, P())[0] == "TypeError"
assert warm(lambda: error_of(fresh(read_none), P()))[0] == "AttributeError"
assert list(warm(fresh(read_generator), P())) == [1]
class Growing:
    def getter(self): return "one"
    x = property(getter)
site = fresh(read_x)
assert warm(site, Growing()) == "one"
Growing.getter.__code__ = (lambda self, other=None: "two").__code__
Growing.getter.__defaults__ = (1,)
assert site(Growing()) == "two"
class Endless:
    @property
    def x(self): return self.x
assert error_of(fresh(read_x), Endless()) == ("RecursionError", "maximum recursion depth exceeded") or \
    error_of(fresh(read_x), Endless())[0] == "RecursionError"
class Counted:
    depth = 0
    @property
    def x(self):
        Counted.depth += 1
        return self.x
limit = sys.getrecursionlimit()
error_of(fresh(read_x), Counted())
assert limit - 100 < Counted.depth <= limit, Counted.depth
def down():
    global reached
    reached += 1
    return down()
reached = 0
assert error_of(down)[0] == "RecursionError" and limit - 100 < reached <= limit, reached

# ---- classes as receivers
class K1: x = 1; f = lambda: "f1"; c = classmethod(lambda cls: cls)
class K2: x = 2; f = lambda: "f2"; c = classmethod(lambda cls: cls)
class K3(K1): pass
sites = [fresh(read_x), fresh(call_f), fresh(call_c)]
assert [warm(s, K1) for s in sites] == [1, "f1", K1]
assert [s(K2) for s in sites] == [2, "f2", K2] and [s(K3) for s in sites] == [1, "f1", K3]
K1.x, K1.f = 11, lambda: "f11"
assert [s(K1) for s in sites] == [11, "f11", K1] and [s(K3) for s in sites] == [11, "f11", K3]
K3.x, K3.f, K3.c = 3, lambda: "f3", classmethod(lambda cls: "c3")
assert [s(K3) for s in sites] == [3, "f3", "c3"] and [s(K1) for s in sites] == [11, "f11", K1]
# twins: what one class's key stands for is not another's
sites = [fresh(read_x), fresh(call_f), fresh(call_c)]
for k in (K1, K2, K3, K1, K2, K3) * 3:
    assert [s(k) for s in sites] == [k.__dict__.get("x", 0), k.f(), k.c()]


class Meta(type):
    @property
    def x(cls): return "meta"
    @property
    def f(cls): return lambda: "meta"
    def c(cls): return "meta"
class KM(metaclass=Meta): x = 1; f = lambda: 2; c = classmethod(lambda cls: 3)
assert warm(fresh(read_x), KM) == "meta"
assert warm(fresh(call_f), KM) == "meta"
assert warm(fresh(call_c), KM) == 3
class Asked(type):
    def __getattribute__(cls, name): return lambda: name
class KA(metaclass=Asked): x = 1; f = lambda: 2; c = classmethod(lambda cls: 3)
assert warm(fresh(read_x), KA)() == "x" and warm(fresh(call_f), KA) == "f" and warm(fresh(call_c), KA) == "c"
class AskedLate(type):
    def __getattr__(cls, name): return lambda: name
class KL(metaclass=AskedLate): x = 1
assert warm(fresh(read_x), KL) == 1 and warm(fresh(call_f), KL) == "f"
site = fresh(read_x)
warm(site, KM), warm(site, KA), warm(site, KL)
assert site(K1) == 11 and site(KM) == "meta"
class Described:
    def __get__(self, o, owner): return owner.n
class KD:
    x = Described()
    n = 5
    f = Described()
    p = property(lambda self: 1)
    m = classmethod(property(lambda cls: cls.n))
site = fresh(read_x)
assert warm(site, KD) == 5
KD.n = 6
assert site(KD) == 6
KD.n = lambda: "called"
site = fresh(call_f)
assert warm(site, KD) == "called"
KD.n = lambda: "again"
assert site(KD) == "again"
assert type(warm(fresh(lambda: KD.p))) is property
class Callable:
    def __init__(self, v): self.v = v
    def __call__(self): return self.v
class KC: f = Callable(1)
site = fresh(call_f)
assert warm(site, KC) == 1
KC.f = Callable(2)
assert site(KC) == 2 and warm(site, KC()) == 2
KC.f = Callable(3)
assert site(KC()) == 3 and site(KC) == 3
class KS: f = staticmethod(Callable(1))
site = fresh(call_f)
assert warm(site, KS) == 1 and warm(site, KS()) == 1
KS.f = staticmethod(Callable(2))
assert site(KS) == 2 and site(KS()) == 2
site = fresh(read_x)
assert error_of(site, type)[0] == error_of(site, object)[0] == "AttributeError" and site(K2) == 2

# ---- hooks: a class that is asked
class Got:
    x = 1
    def f(self): return "f"
    @staticmethod
    def s(): return "s"
    def __getattribute__(self, name): return (lambda: name) if name in "fs" else name
class Late:
    def __getattr__(self, name): return lambda: name
assert warm(fresh(read_x), Got()) == "x"
assert warm(fresh(call_f), Got()) == "f"
assert warm(fresh(call_s), Got()) == "s"
assert warm(fresh(call_f), Late()) == "f" and warm(fresh(call_s), Late()) == "s"
site = fresh(read_x)
a, b = with_attributes(Late, x=1), Late()
assert warm(site, a) == 1 and site(b)() == "x" and site(a) == 1
class Set:
    def __setattr__(self, name, v): object.__setattr__(self, name, v + 1)
site, o = fresh(write_x), Set()
for i in range(4):
    site(o, i)
    assert o.x == i + 1
class Deleting:
    def __delattr__(self, name): pass
warm(site, Deleting(), 5)

# ---- stores: read-only members, descriptors, other layouts, the first store of a name, outgrown slots
class Slotted:
    __slots__ = ("x", "y")
class Slotted2:
    __slots__ = ("y", "x")
site, load = fresh(write_x), fresh(read_x)
a, b, c = Slotted(), Slotted2(), Plain()
assert error_of(load, a)[0] == error_of(load, b)[0] == "AttributeError"
for i in range(5):
    for o in (a, b, c):
        site(o, i)
        assert load(o) == i
del a.x
assert error_of(load, a)[0] == "AttributeError"
def write_text(o, v): o.text = v
for _ in range(4):
    assert error_of(write_text, SyntaxError(), 1) is None
    assert error_of(lambda o, v: setattr(o, "start", v), range(3), 1)[0] == "AttributeError"
def write_start(o, v): o.start = v
def write_closure(o, v): o.__closure__ = v
for _ in range(4):
    assert error_of(write_start, slice(1), 1) == ("AttributeError", "readonly attribute")
    assert error_of(write_closure, down, None) == ("AttributeError", "readonly attribute")
    assert error_of(write_x, Growing(), 1)[0] == "AttributeError"  # a property without a setter
class DataX:
    def __set__(self, o, v): o.__dict__["got"] = v
class HasData: x = DataX()
site = fresh(write_x)
for i in range(4):
    o = HasData()
    site(o, i)
    assert o.__dict__ == {"got": i}
class Nothing:
    def __get__(self, o, owner): return "got"
class HasNothing: x = Nothing()
site, load = fresh(write_x), fresh(read_x)
for i in range(4):
    o = HasNothing()
    assert load(o) == "got"
    site(o, i)
    assert load(o) == i and o.__dict__ == {"x": i}
HasNothing.x = DataX()
o = HasNothing()
site(o, 9)
assert o.__dict__ == {"got": 9}
site = fresh(write_x)
for o in [
        with_attributes(**{f"n{i}": i for i in range(k)})
        for k in (0, 1, 2, 30, 60, 100, 200, 250, 254, 255, 256, 300)] * 2:
    site(o, 1)
    site(o, 2)
    assert o.x == 2 and list(o.__dict__)[-1] == "x"
    assert all(getattr(o, f"n{i}") == i for i in range(len(o.__dict__) - 1))
first = fresh(write_x)
for k in range(3):
    class Layout: pass
    many = [Layout() for _ in range(5)]
    for o in many:
        for i in range(12): setattr(o, f"m{i}", i)
        first(o, k)
        first(o, k + 1)
        assert o.x == k + 1 and o.m11 == 11
site = fresh(write_x)
warm(site, K1, 12)
assert K1.x == 12 == K1().x
a = with_attributes(x=1)
warm(site, a, 2)
for i in range(3):
    site(K1, i)
    assert K1.x == i == load(K1()) and a.x == 2
a, b = dicted(), dicted()
site = fresh(write_x)
warm(site, a, 1)
b.__dict__ = d = {}
site(b, 2)
assert d == {"x": 2} and a.x == 1
e = Exc()
site(e, 3)
site(e, 4)
assert e.x == 4 and e.__dict__ == {"x": 4}

# ---- what sites share: same receiver, other names; same name, other instruction
class Shared:
    def __init__(self): self.x, self.y = "x", "y"
    def f(self): return "f"
    def g(self): return "g"
def xyfg(o): return o.x, o.y, o.f(), o.g(), o.f is o.g, o.f.__name__, o.g.__name__
def yxgf(o): return o.y, o.x, o.g(), o.f(), o.g is o.f, o.g.__name__, o.f.__name__
for _ in range(4):
    assert xyfg(Shared()) == ("x", "y", "f", "g", False, "f", "g")
    assert yxgf(Shared()) == ("y", "x", "g", "f", False, "g", "f")
kinds = []
for k in range(40):
    class Kind:
        def __init__(self): self.x, self.y = self.n, -self.n
        def f(self): return self.n
        def g(self): return -self.n
        n = k
    kinds.append(Kind)
kinds = [k() for k in kinds]
def many_kinds(o): return o.x, o.y, o.f(), o.g()
def turned(o): return o.g(), o.f(), o.y, o.x
for _ in range(3):
    for n, o in enumerate(kinds):
        assert many_kinds(o) == (n, -n, n, -n) and turned(o) == (-n, n, -n, n)
def put(o, v): o.x = v; o.y = -v; return o.x, o.y
for _ in range(3):
    for n, o in enumerate(kinds):
        assert put(o, n + 1) == (n + 1, -n - 1)

# ---- globals and names: another namespace under the same code
source = "def get(): return name\ndef put(v):\n global name\n name = v\nname = 1"
one, two = {}, {}
exec(source, one), exec(source, two)
get = types.FunctionType(one["get"].__code__, one), types.FunctionType(one["get"].__code__, two)
put = types.FunctionType(one["put"].__code__, one), types.FunctionType(one["put"].__code__, two)
for i in range(4):
    put[0](i), put[1](-i)
    assert (get[0](), get[1]()) == (i, -i)
code = compile("seen.append(name); seen.append(len); name = 'set'", "names", "exec")
outer, seen = {"name": "global", "seen": []}, []
outer["seen"] = seen
for _ in range(4):
    exec(code, outer)
    outer["name"] = "global"
inner = {"name": "local", "len": "own len"}
exec(code, outer, inner)
assert seen[-2:] == ["local", "own len"] and inner["name"] == "set" and outer["name"] == "global"
exec(code, outer)
assert seen[-2:] == ["global", len] and outer["name"] == "set"
for local in (
        {}, collections.OrderedDict(name="ordered", len=0), types.MappingProxyType({"name": 1, "len": 2})):
    del seen[:]
    outer["name"] = "global"
    wanted = [local.get("name", "global"), local.get("len", len)]
    error_of(exec, code, outer, local)
    assert seen == wanted and outer["name"] == "global"
loop = compile("for n in order:\n seen.append(name)\n if n: change(n)", "names", "exec")
order, space = [0, 0, 0, 1, 0, 2, 0, 3, 0, 0], {}
def change(n):
    if n == 1: space["new"] = 1
    elif n == 2: del space["name"]; space["name"] = "again"
    else: space.clear(), space.update(order=order, seen=seen, change=change, name="cleared", n=0)
del seen[:]
space.update(order=order, seen=seen, change=change, name="first")
exec(loop, space)
assert seen == ["first"] * 6 + ["again"] * 2 + ["cleared"] * 2, seen
loop = compile("for n in order:\n seen.append(len)\n if n: change(n)", "names", "exec")
def change(n):
    if n == 1: space["len"] = "global"
    elif n == 2: del space["len"]
    else: space["__builtins__"]["len"] = "builtin"
del seen[:]
space = {"order": order, "seen": seen, "change": change, "__builtins__": {"len": "first"}}
exec(loop, space)
assert seen == ["first"] * 4 + ["global"] * 2 + ["first"] * 2 + ["builtin"] * 2, seen
class Loud(dict):
    def __missing__(self, key): return "missing " + key
get = types.FunctionType(one["get"].__code__, Loud())
assert one["get"]() == 3 and get.__globals__ == {}
class Key(str):
    __hash__ = str.__hash__
    def __eq__(self, other): return str(self) == other
space = {Key("name"): "odd key"}
get = types.FunctionType(one["get"].__code__, space)
warm(error_of, get)

# ---- loops whose iterator changes its kind under the same instruction
def total(iterable):
    n = 0
    for i in iterable: n += i
    return n
def values():
    yield 1
    yield 2
class Own:
    def __init__(self): self.n = 3
    def __iter__(self): return self
    def __next__(self):
        self.n -= 1
        if self.n < 0: raise StopIteration
        return self.n
makers = [
    lambda: range(3),
    lambda: [1, 2],
    lambda: (1, 1),
    values,
    lambda: {2, 1},
    lambda: iter("") ,
    Own,
    lambda: {1: 2}.keys(),
    lambda: zip(),
    lambda: (i for i in (1, 2)),
    lambda: map(int, "12"),
    lambda: iter([4]),
    lambda: iter((4, 5)),
    lambda: b"\x01"]
sums = [sum(make()) for make in makers]
for first in range(len(makers)):
    site = fresh(total)
    warm(site, makers[first]()), warm(lambda: site(makers[first]()))
    for make, wanted in zip(makers, sums):
        assert site(make()) == wanted, (first, wanted)
for exhausted in (iter([1]), iter((1,)), iter(range(1)), values(), Own(), iter({1})):
    site = fresh(total)
    warm(lambda: site([1, 2])), warm(lambda: site((1, 2))), list(exhausted)
    assert site(exhausted) == 0 and site(exhausted) == 0
items = [1, 2]
it = iter(items)
list(it)
items.append(3)
assert total(it) == 0 and total(iter(items)) == 6 and total(it) == 0

# generators: running, closed, failing, watched by a frame, at the end of the stack
def itself():
    for _ in me: yield _
site = fresh(total)
warm(lambda: site(values()))
me = itself()
assert error_of(site, me) == ("ValueError", "generator already executing")
assert site(me) == 0
def failing():
    yield 1
    raise KeyError("inside")
assert error_of(site, failing()) == ("KeyError", "'inside'")
closed = values()
closed.close()
assert site(closed) == 0
started = values()
next(started)
assert site(started) == 2 and site(started) == 0
looked = values()
next(looked)
frame = looked.gi_frame
assert site(looked) == 2 and looked.gi_frame is None and frame.f_back is None
seen_frames = []
def watched():
    for i in range(3):
        seen_frames.append(sys._getframe())
        yield i
w = watched()
assert site(w) == 3 and seen_frames[0] is seen_frames[1] is seen_frames[2]
def nested(n):
    if n:
        for i in nested(n - 1): yield i + 1
    else:
        yield 0
assert list(nested(50)) == [50]
n = error_of(lambda: list(nested(100000)))
assert n[0] == "RecursionError", n
def deep():
    for i in chain: yield i
chain = [1]
for _ in range(300):
    chain = (lambda inner: (i for i in inner))(chain)
assert list(chain) == [1]
def resume(generator, n): return resume(generator, n - 1) if n else [i for i in generator]
def forever():
    while True: yield 1
def at_depth(generator):
    try:
        return at_depth(generator)
    except RecursionError:
        for i in generator: return i
assert at_depth(forever()) in (1, None)
def wide():
    yield 0
    a = [1]
    yield len([*a, *a, *a, *a, *a, *a, *a, *a])
assert site(wide()) == 8
sent = []
def receiving():
    while len(sent) < 4: sent.append((yield 1))
assert site(receiving()) == 4 and sent == [None] * 4
async def coroutine(): return 1
c = coroutine()
assert error_of(site, c) == ("TypeError", "'coroutine' object is not iterable")
c.close()

# ---- calls: natives by position, with too few and too many, methods of another type, unbound ones
def call0(f): return f()
def call1(f, a): return f(a)
def call2(f, a, b): return f(a, b)
def call3(f, a, b, c): return f(a, b, c)
def upper(o): return o.upper()
def join(o, a): return o.join(a)
for _ in range(3):
    assert call1(len, "abc") == 3
    assert call1(repr, 1) == "1"
    assert call2(isinstance, 1, int)
    assert call3(getattr, 1, "no", 5) == 5
    assert error_of(call0, len) == ("TypeError", "len() takes exactly one argument (0 given)")
    assert error_of(call2, len, "", "") == ("TypeError", "len() takes exactly one argument (2 given)")
    assert error_of(call1, isinstance, 1) == ("TypeError", "isinstance expected 2 arguments, got 1")
    assert error_of(call0, str.upper) == ("TypeError", "unbound method str.upper() needs an argument")
    assert error_of(call1, str.upper, 5) == (
        "TypeError", "descriptor 'upper' for 'str' objects doesn't apply to a 'int' object")
    assert call1(str.upper, "a") == "A" and call2(str.join, "-", "ab") == "a-b" and call2(max, 1, 2) == 2
    assert error_of(call2, str.upper, "a", 1) == ("TypeError", "str.upper() takes no arguments (1 given)")
    assert call1("-".join, "ab") == "a-b"
    assert call1([].append, 1) is None
    assert call0([3].pop) == 3
    assert call1({1: 2}.get, 1) == 2
    assert upper("a") == "A"
    assert upper(b"a") == b"A"
    assert join("-", "ab") == "a-b"
    assert join(b"-", [b"a"]) == b"a"
class Upper(str): pass
class Wrong:
    upper = str.upper
    join = list.append
for _ in range(3):
    assert upper(Upper("a")) == "A"
    assert error_of(upper, Wrong()) == (
        "TypeError", "descriptor 'upper' for 'str' objects doesn't apply to a 'Wrong' object")
    assert error_of(join, Wrong(), 1)[0] == "TypeError"
class Bound:
    def f(self, a=0, *, k=0): return self, a, k
    n = len
b = Bound()
def call_k(f): return f(k=1)
def call_fk(o): return o.f(1, k=2)
natives = types.MethodType(len, "abc"), types.MethodType(dict, {1: 2}), types.MethodType(Callable(7), 0)
for _ in range(3):
    assert call0(b.f) == (b, 0, 0)
    assert call1(b.f, 1) == (b, 1, 0)
    assert call_k(b.f) == (b, 0, 1)
    assert call_fk(b) == (b, 1, 2)
    assert call0(natives[0]) == 3
    assert call0(natives[1]) == {1: 2}
    assert call_k(types.MethodType(dict, {})) == {"k": 1}
    assert error_of(call0, natives[2])[0] == "TypeError" and error_of(call_k, natives[0])[0] == "TypeError"
    assert call_k(dict) == {"k": 1} and error_of(call_k, Callable)[0] == "TypeError"
    assert error_of(call_k, 5) == ("TypeError", "'int' object is not callable")
    assert error_of(call0, None)[0] == "TypeError"

# classes: abstract ones, with __new__, native __init__, an __init__ that gives something back, __call__
# of any kind
import abc
class Abstract(abc.ABC):
    def __init__(self, k=0): self.k = k
    @abc.abstractmethod
    def f(self): pass
class Concrete(Abstract):
    def f(self): return 1
class New:
    def __new__(cls, *a, **k): return "new"
    def __init__(self, *a, **k): raise AssertionError
class Both:
    def __new__(cls, *a, **k): return object.__new__(cls)
    def __init__(self, *a, **k): self.a = a, k
class Gives:
    def __init__(self, k=0): return k or self
class GivesGenerator:
    def __init__(self, k=0): yield
class Native:
    __init__ = dict.__init__
class ListKind(list):
    def __init__(self, k=0): self.k = k
class TupleKind(tuple):
    def __init__(self, k=0): self.k = k
for _ in range(3):
    for make in (call0, call_k):
        assert error_of(make, Abstract) == (
            "TypeError", "Can't instantiate abstract class Abstract with abstract method f")
        assert make(Concrete).f() == 1
        assert make(New) == "new"
        assert make(Both).a == ((), {} if make is call0 else {"k": 1})
        assert error_of(make, Gives)[1] == (
            "__init__() should return None, not '%s'" % ("Gives" if make is call0 else "int"))
        assert error_of(make, GivesGenerator)[1] == "__init__() should return None, not 'generator'"
        assert make(ListKind) == [] and make(ListKind).k == (make is call_k)
        assert make(TupleKind if make is call0 else lambda k: TupleKind()) == ()
        assert error_of(make, Native)[0] == "TypeError"
        assert error_of(make, type(None)) == (
            None if make is call0 else ("TypeError", "NoneType takes no arguments"))
        assert error_of(make, type(len))[0] == "TypeError"
Abstract.__abstractmethods__ = frozenset()
assert type(call0(Abstract)) is Abstract and type(call_k(Abstract)) is Abstract
Concrete.__abstractmethods__ = frozenset(["f"])
assert error_of(call0, Concrete)[0] == "TypeError" and error_of(call_k, Concrete)[0] == "TypeError"
def raising(self, k=0): raise KeyError(k)
class Raises:
    __init__ = raising
assert error_of(call0, Raises) == ("KeyError", "0") and error_of(call_k, Raises) == ("KeyError", "1")
class CallNative:
    __call__ = len
    def __len__(self): return 3
class CallStatic:
    __call__ = staticmethod(lambda *a, **k: (a, k))
class CallFunction:
    def __call__(self, *a, **k): return a, k
class CallList(list):
    def __call__(self, *a, **k): return a, k
class MetaCall(type):
    def __call__(cls, *a, **k): return "meta", a, k
class Called(metaclass=MetaCall): pass
for _ in range(3):
    assert call1(CallNative(), "abc") == 3
    assert call1(CallStatic(), 1) == ((1,), {})
    assert call1(CallFunction(), 1) == ((1,), {})
    assert call_k(CallFunction()) == ((), {"k": 1})
    assert call1(CallList(), 2) == ((2,), {})
    assert call1(Called, 2) == ("meta", (2,), {})
    assert call_k(Called) == ("meta", (), {"k": 1}) and error_of(call0, CallNative())[0] == "TypeError"
    assert error_of(call_k, lambda: 0)[0] == "TypeError"
def no_room(k=1): return no_room()
assert error_of(call_k, no_room)[0] == "RecursionError"

# delegation
def delegating(it): return (yield from it)
def drained(it):
    got = []
    g = delegating(it)
    try:
        while True: got.append(next(g))
    except StopIteration as e:
        return got, e.value
def returning():
    yield 1
    return 2
over = values()
list(over)
for _ in range(3):
    assert drained(returning()) == ([1], 2)
    assert drained([1]) == ([1], None)
    assert drained(over) == ([], None)
    assert drained(Own()) == ([2, 1, 0], None)
    assert drained(delegating(returning())) == ([1], 2)
print("OK")

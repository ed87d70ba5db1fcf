# modes: reference cold warm miss eager switch asan
"""Global, builtin and namespace variables and imports at warm sites, while globals, builtins, modules and
code change.
"""
import builtins
import random
import sys
import types
from collections import OrderedDict

from _caches import outcome

SOURCE = """
def load(): return x
def load_len(): return len
def call_len(): return len("abc")
def both(): return x, y, len
def store(v):
    global x
    x = v
def store_y(v):
    global y
    y = v
def store_z(v):
    global z
    z = v
def load_z(): return z
def remove():
    global x
    del x
def nested(): return [x for _ in range(2)], (lambda: x)()
def imported():
    import made_module
    return made_module.x
def imported_from():
    from made_module import x as v
    return v
def of_module(): return made_module.x, made_module.y()
def generator():
    yield x
    yield x
"""


def wanted_name(g, name):
    """As the language says: globals, then their builtins."""
    if name in dict.keys(g):
        return dict.__getitem__(g, name)
    b = dict.__getitem__(g, "__builtins__") if "__builtins__" in dict.keys(g) else builtins
    b = vars(b) if isinstance(b, types.ModuleType) else b
    if name in b:
        return b[name]
    raise NameError(f"name '{name}' is not defined")


def check(g, module, history):
    for n in (1, len(history)):
        g["site"]["store_z"](n)
        assert dict.__getitem__(g, "z") == n == g["site"]["load_z"](), history
    def say(name): return outcome(wanted_name, g, name)
    pairs = [("load", say("x")), ("load_len", say("len"))]
    wanted = outcome(lambda: (wanted_name(g, "x"), wanted_name(g, "y"), wanted_name(g, "len")))
    pairs.append(("both", wanted))
    pairs.append(("call_len", outcome(lambda: wanted_name(g, "len")("abc"))))
    pairs.append(("nested", outcome(lambda: ([wanted_name(g, "x")] * 2, wanted_name(g, "x")))))
    pairs.append(("of_module",
                  outcome(lambda: (getattr(wanted_name(g, "made_module"), "x"),
                                   getattr(wanted_name(g, "made_module"), "y")()))))
    pairs.append(("imported", outcome(lambda: getattr(sys.modules["made_module"], "x"))))
    for name, wanted in pairs:
        for _ in range(2):
            got = outcome(g["site"][name])
            assert got == wanted, (history, name, got, wanted)
    got = outcome(g["site"]["imported_from"])
    assert got == outcome(lambda: getattr(sys.modules["made_module"],
                                          "x")) or got[0] == "ImportError", (history, got)


def new_world(own_builtins):
    module = types.ModuleType("made_module")
    module.x, module.y = "module x", lambda: "module y"
    sys.modules["made_module"] = module
    g = {"__name__": "world", "x": "first", "made_module": module}
    if own_builtins:
        g["__builtins__"] = dict(vars(builtins))
    exec(SOURCE, g)
    g["site"] = {k: v for k, v in g.items() if isinstance(v, types.FunctionType)}
    return g, module


def hide(g, name, v):
    b = g["__builtins__"]
    b = vars(b) if isinstance(b, types.ModuleType) else b
    if b is not vars(builtins) or name not in vars(builtins):
        b[name] = v


def show_again(g, name):
    b = g["__builtins__"]
    b = vars(b) if isinstance(b, types.ModuleType) else b
    if b is not vars(builtins):
        b[name] = vars(builtins).get(name, 5)
    elif name in ("x", "y"):
        b.pop(name, None)


class WithGetattr(types.ModuleType):
    x = property(lambda self: "property of the module's class")


def rebuild(g):
    keep = dict(g)
    g.clear()
    g.update(keep)


CHANGES = {
    "x": lambda g, m: g.__setitem__("x", "changed"), "store": lambda g, m: g["site"]["store"]("stored"),
    "store y": lambda g, m: g["site"]["store_y"](2), "y": lambda g, m: g.__setitem__("y", 1),
    "remove": lambda g, m: outcome(g["site"]["remove"]), "del x": lambda g, m: g.pop("x", None),
    "del z": lambda g, m: g.pop("z", None), "del y": lambda g, m: g.pop("y", None), "len": lambda g,
    m: g.__setitem__("len", lambda s: -1),
    "del len": lambda g, m: g.pop("len", None), "many": lambda g,
    m: g.update((f"k{i}", i) for i in range(100)), "rebuild": lambda g, m: rebuild(g),
    "builtin x": lambda g, m: hide(g, "x", "builtin x"),
    "builtin y": lambda g, m: hide(g, "y", "builtin y"), "no builtin x": lambda g, m: show_again(g, "x"),
    "builtin len": lambda g, m: hide(g, "len", lambda s: -2), "builtin len again": lambda g,
    m: show_again(g, "len"),
    "m.x": lambda g, m: m.__dict__.__setitem__("x", "new"), "m.y": lambda g,
    m: setattr(m, "y", lambda: "new y"), "del m.x": lambda g, m: m.__dict__.pop("x", None),
    "m.other": lambda g, m: setattr(m, "other", 1),
    "m.__getattr__": lambda g, m: setattr(m, "__getattr__", lambda name: (lambda: name)),
    "no m.__getattr__": lambda g, m: m.__dict__.pop("__getattr__", None),
    "m.__class__": lambda g, m: setattr(m, "__class__", WithGetattr), "m.__class__ back": lambda g,
    m: setattr(m, "__class__", types.ModuleType), "m.clear": lambda g, m: m.__dict__.clear(),
    "m.__dict__": lambda g, m: m.__dict__.update(x=1, y=lambda: 2), "another": lambda g,
    m: g.__setitem__("made_module", types.SimpleNamespace(x="ns", y=lambda: "ns y")),
    "m back": lambda g, m: g.__setitem__("made_module", m), "no module": lambda g,
    m: g.pop("made_module", None), "class": lambda g,
    m: g.__setitem__("made_module", type("K", (), {"x": 1, "y": staticmethod(len)})),
    "code": lambda g, m: setattr(g["site"]["load"], "__code__",
                                 g["site"]["load"].__code__.replace(co_name="load")),
}
try:
    rng = random.Random(5)
    for own in (False, True):
        sequences = [[name] for name in CHANGES] + [[rng.choice(sorted(CHANGES)) for _ in range(12)]
                                                    for _ in range(150)]
        for history in sequences:
            g, module = new_world(own)
            for _ in range(3):
                check(g, module, ["warming"])
            for i, name in enumerate(history):
                CHANGES[name](g, module)
                check(g, module, history[:i + 1])
            builtins.__dict__.pop("x", None)
            builtins.__dict__.pop("y", None)
finally:
    sys.modules.pop("made_module", None)

# one code, several globals: each has its own
code = compile("def f(): return x", "", "exec")
made = []
for i in range(5):
    g = {"x": i}
    exec(code, g)
    made.append((g, g["f"]))
for step in range(4):
    for i, (g, f) in enumerate(made):
        assert f() == i + 10 * step
        g["x"] = i + 10 * (step + 1)
functions = [types.FunctionType(made[0][1].__code__, {"x": i}) for i in range(3)]
assert [f() for f in functions * 2] == [0, 1, 2] * 2

# module and class bodies: the same code with other namespaces
body = compile("y = x\nx = y + 1\nz = len('ab')\nfor i in range(3): x += i\ndel y", "", "exec")
for i in range(4):
    ns = {"x": i}
    exec(body, ns)
    assert ns["x"] == i + 4 and ns["z"] == 2 and "y" not in ns
    local = {"x": 10 * i}
    exec(body, ns, local)
    assert local["x"] == 10 * i + 4 and ns["x"] == i + 4
    exec(body, {}, local)
    assert local["x"] == 10 * i + 8
    exec(body, {"len": lambda s: 7, "x": 1}, local)
    assert local["z"] == 7


class Namespace(dict):
    def __getitem__(self, name): return {"x": 5}.get(name) if name == "x" else dict.__getitem__(self, name)


local = Namespace()
exec(body, {}, local)
assert dict.__getitem__(local, "x") == 7


def class_with(v):
    class K:
        y = v
        x = "own"
        z = x
    return K


for i in range(4):
    assert (class_with(i).y, class_with(i).z) == (i, "own")

# ---- globals that are emptied and filled at one go, or whose entries move
for refill in (lambda d: d.update({"len": 1}), lambda d: d.__ior__({"len": 1}),
               lambda d: d.update([("len", 1)]),
               lambda d: d.update(len=1), lambda d: d.setdefault("len", 1), lambda d: exec("len = 1", d)):
    space = {}
    exec("def f(): return len", space)
    f = space["f"]
    space.clear()
    assert [f() for _ in range(20)] == [len] * 20
    refill(space)
    assert f() == 1
    space.clear()
    assert f() is len

for move in (lambda d: d.move_to_end("x"), lambda d: d.move_to_end("y", last=False), lambda d: d.popitem(),
             lambda d: d.update(dict.fromkeys(range(90))), lambda d: d.pop("filler"),
             lambda d: d.__init__(more=1)):
    space = OrderedDict(filler=0, x=1, y=2)
    exec("def f(): return x, y\ndef store(v):\n    global x\n    x = v", space)
    f, store = space["f"], space["store"]
    for i in range(20):
        store(i)
        assert f() == (i, 2)
    move(space)
    for value in 50, 60:
        space["x"] = value
        assert f() == (value, 2)
        store(value + 1)
        assert (space["x"], f()) == (value + 1, (value + 1, 2))


# ---- globals with a key of a foreign class, whose equality with the name comes and goes
class Key:
    def __init__(self, text):
        self.text, self.on = text, False

    def __hash__(self):
        return hash(self.text)

    def __eq__(self, other):
        return self.on and other == self.text


for source in ("def f(): return len('abc')", "class C:\n    def m(self): return len('abc')\nf = C().m",
               "def f():\n    class D: r = len('abc')\n    return D.r", "f = lambda: eval('len(\"abc\")')"):
    key = Key("len")
    space = {key: lambda text: "mine"}
    exec(source, space)
    for on in False, False, False, True, True, False:
        key.on = on
        assert space["f"]() == ("mine" if on else 3), (source, on)

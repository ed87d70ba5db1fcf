"""Globals seen through functions: added, changed, deleted, shadowing builtins, exec with other globals."""
from _case import error


def read():
    return value


assert error(read) == "NameError: name 'value' is not defined"
value = 1
assert read() == 1
value = 2
assert read() == 2
del value
assert error(read) == "NameError: name 'value' is not defined"
globals()["value"] = 3
assert read() == 3
globals().pop("value")
assert error(read) == "NameError: name 'value' is not defined"


def use_abs(x):
    return abs(x)


assert use_abs(-1) == 1
abs = lambda x: "shadow"
assert use_abs(-1) == "shadow"
del abs
assert use_abs(-1) == 1
out = []
for i in range(4):
    if i == 1:
        len = lambda s: 99
    if i == 3:
        del len
    out.append(len("ab"))
assert out == [2, 99, 99, 2]
ns1, ns2 = {"v": 1}, {"v": 2}
code = "def f():\n    return v\nresult = f()"
exec(code, ns1)
exec(code, ns2)
assert ns1["result"] == 1 and ns2["result"] == 2
ns1["v"] = 10
assert ns1["f"]() == 10 and ns2["f"]() == 2
compiled = compile("v + w", "<x>", "eval")
assert [eval(compiled, {"v": i, "w": 1}) for i in range(3)] == [1, 2, 3]
assert eval("v", {"v": 1}, {"v": 2}) == 2


class Env(dict):
    def __missing__(self, k):
        return "missing " + k


assert eval("zzz", {}, Env()) == "missing zzz"
import builtins
builtins.new_builtin = 5
assert new_builtin == 5


def see():
    return new_builtin


assert see() == 5
del builtins.new_builtin
assert error(see) == "NameError: name 'new_builtin' is not defined"
exec("hidden = 1", restricted := {"__builtins__": {}})
assert restricted["hidden"] == 1
try:
    exec("len('')", {"__builtins__": {}})
    assert False
except NameError as e:
    assert str(e) == "name 'len' is not defined"


def counter():
    global hits
    hits = 0
    for _ in range(10):
        hits += 1
    return hits


assert counter() == 10 and hits == 10
for k in list(globals()):
    if k.startswith("tmp_"):
        del globals()[k]
for i in range(100):
    globals()["tmp_%d" % i] = i
assert tmp_0 == 0 and tmp_99 == 99 and sum(globals()["tmp_%d" % i] for i in range(100)) == 4950

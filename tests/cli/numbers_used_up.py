"""When the numbers that inline caches compare are used up (KRAIT_IC=exhaust: soon), what is new is not
cached, and all goes on.
"""
import glob
import os

from _both import KRAIT, expect, finish, run

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CHANGES = """
import collections, pickle, sys
class Meta(type): pass
class A(metaclass=Meta): x = 1
class B(A): pass
class C(A): pass
class D(B, C): pass
def get(o): return o.x
def put(o, v): o.x = v
def call(o): return o.m()
module = type(sys)("module")
def attribute(): return module.value
def function(): return module.function()
for i in range(4000):
    A.x = i
    Meta.y = -i
    A.m = lambda self, i=i: i
    A.p = property(lambda self, i=i: i)
    d = D()
    assert get(d) == i == d.p and get(D) == i and D.y == -i and call(d) == i
    put(d, -i)
    assert get(d) == -i and vars(d) == {"x": -i}
    setattr(d, "z%d" % (i % 9), i)
    setattr(module, "other%d" % (i % 5), i)
    if i % 7 == 0: del module.__dict__["other%d" % (i % 5)]
    module.value, module.function = i, lambda i=i: i
    assert attribute() == i == function()
    globals()["v%d" % (i % 7)] = i
    exec("assert v%d == %d" % (i % 7, i))
    exec("assert len is kept; len = 3; assert len == 3; del len; assert len is kept", {"kept": len})
    if i % 5 == 0: globals()["len"] = i
    assert len == i if i % 5 == 0 else len("abc") == 3
    if i % 5 == 0: del globals()["len"]
    assert len("abcd") == 4
    ordered = collections.OrderedDict(a=1, b=2)
    it = iter(ordered)
    assert next(it) == "a"
    ordered["c"] = 3
    assert list(ordered) == ["a", "b", "c"]
    try: next(it)
    except RuntimeError: pass
    else: raise AssertionError("iterator of another state")
    E = type("E", (), {"__module__": "__main__"})
    e = E(); e.v = i
    assert pickle.loads(pickle.dumps(e)).v == i if i % 50 == 0 else True
    E.__reduce__ = lambda self: (int, (self.v,))
    assert pickle.loads(pickle.dumps(e)) == i
type(d).__get__ = lambda self, *a: "got"
A.q = d
assert D().q == "got"
print("done")
"""
files = [["-c", CHANGES]] + [[path]
                             for path in sorted(glob.glob(os.path.join(ROOT, "tests/lang/*cache*.py")))]
for arguments in files:
    for options in ([], ["-X", "no_cache"]):
        status, out, err = run(KRAIT, options + arguments, env={"KRAIT_IC": "exhaust"})
        expect(status == 0, f"{arguments[-1][-60:]}: {status} {out[-200:]} {err[-600:]}")
finish()

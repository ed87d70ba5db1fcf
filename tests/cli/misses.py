"""-X misses: which inline caches did not answer, and why: a program for each reason, its site and count."""
import re

from _both import KRAIT, expect, finish, run

ROW = re.compile(r"^(?P<where>\S+:\d+)\s+(?P<op>[A-Z_]+) +(?P<name>\S*)\s+(?P<count>\d+)  (?P<reason>.+)$")
TOTAL = re.compile(r"^all +(?P<count>\d+)  (?P<reason>.+)$")
HEAD = """
import math
class A: pass
class B: pass
def with_x(cls, *before):
    o = cls()
    for name in before: setattr(o, name, 0)
    o.x = 1
    return o
"""
# reason: site and how often, the function that has it, what calls it
PROGRAMS = {
    "first time": ("LOAD_ATTR x", 1, "return o.x", "f(with_x(A)); f(with_x(A))"),
    "another class": ("LOAD_ATTR x", 5, "return o.x", "for i in range(3): f(with_x(A)); f(with_x(B))"),
    "same class, other attributes or in another order":
        ("LOAD_ATTR x", 5, "return o.x", "for i in range(3): f(with_x(A)); f(with_x(A, 'y'))"),
    "the class has changed":
        ("LOAD_ATTR x", 3, "return o.x", "o = with_x(A)\nfor i in range(4): f(o); A.n = lambda: i"),
    "more than 4 kinds of objects":
        ("LOAD_ATTR x", 16, "return o.x",
         "l = [with_x(type('C', (), {})) for i in range(10)]\nfor o in l + l: f(o)"),
    "known, but forgotten by a collection or for others":
        ("LOAD_ATTR x", 4, "return o.x",
         "import gc\na, b = with_x(A), with_x(B)\nfor i in range(3): f(a); f(b); gc.collect()"),
    "same kind of object, in another state":
        ("LOAD_METHOD m", 1, "try: o.m()\n  except TypeError: pass",
         "class C: m = lambda self: 0\n"
         "o = C(); o.__dict__; f(o); f(o); o.m = 5; f(o); del o.m; f(o)"),
    "the module has got or lost names":
        ("LOAD_ATTR pi", 3, "return o.pi", "for i in range(4): f(math); setattr(math, f'n{i}', i)"),
    "globals have got or lost names":
        ("LOAD_GLOBAL A", 3, "return A", "for i in range(4): f(1); globals()[f'n{i}'] = i"),
    "builtins have got or lost names":
        ("LOAD_GLOBAL len", 3, "return len",
         "import builtins\nfor i in range(4): f(1); setattr(builtins, f'n{i}', i)"),
    "absent":
        ("LOAD_ATTR y", 4, "try: o.y\n  except AttributeError: pass", "o = A()\nfor i in range(4): f(o)"),
    "the class has __getattribute__, __getattr__ or __setattr__":
        ("LOAD_ATTR y", 4, "return o.y",
         "A.__getattr__ = lambda self, n: n; o = A()\nfor i in range(4): f(o)"),
    "property without a plain getter of one argument, or of a class with __getattr__":
        ("LOAD_ATTR y", 4, "return o.y",
         "A.y = property(len); A.__len__ = lambda s: 1; o = A()\nfor i in range(4): f(o)"),
    "a descriptor raises an error":
        ("LOAD_ATTR y", 4, "try: o.y\n  except KeyError: pass",
         "A.y = property(lambda s: {}[1]); o = A()\nfor i in range(4): f(o)"),
    "attribute of a class: it has a new key now": ("STORE_ATTR y", 4, "o.y = 1", "for i in range(4): f(A)"),
    "stored through a descriptor":
        ("STORE_ATTR y", 4, "o.y = 1",
         "A.y = property(len, lambda s, v: 0); o = A()\nfor i in range(4): f(o)"),
    "descriptor":
        ("LOAD_ATTR y", 4, "return o.y",
         "class D:\n  def __get__(self, o, t): return 1\nA.y = D(); o = A()\nfor i in range(4): f(o)"),
    "a bound method is made": ("LOAD_ATTR fromkeys", 4, "return o.fromkeys", "for i in range(4): f({})"),
    "the object has the function itself, not in a slot":
        ("LOAD_METHOD y", 4, "return o.y()", "o = A(); o.y = int; o.__dict__\nfor i in range(4): f(o)"),
    "the object keeps its attributes in a dict":
        ("LOAD_ATTR y", 4, "return o.y", "A.y = 5; o = A(); o.__dict__\nfor i in range(4): f(o)"),
    "no room for one more attribute in the object":
        ("STORE_ATTR y", 4, "o.y = 1",
         "for i in range(4):\n  o = A()\n  for k in range(50): setattr(o, f'n{k}', k)\n  f(o)"),
    "slot without a value":
        ("LOAD_ATTR y", 4, "try: o.y\n  except AttributeError: pass",
         "class S: __slots__ = 'y',\no = S()\nfor i in range(4): f(o)"),
    "of a metaclass":
        ("LOAD_ATTR y", 4, "return o.y",
         "class M(type): y = 1\nclass C(metaclass=M): pass\nfor i in range(4): f(C)"),
    "through super()":
        ("LOAD_METHOD m", 4, "return super(B, o).m()",
         "class A:\n  def m(self): pass\nclass B(A): pass\nclass P: __class__ = property(lambda s: B)\n"
         "for i in range(4): f(P())"),
    "the class changes when it is asked":
        ("LOAD_ATTR y", 4, "return o.y",
         "def get(self): A.n = lambda: 1\nA.y = property(get); o = A()\nfor i in range(4): f(o)"),
    "a namespace that is no plain dict, or a class body's":
        ("LOAD_NAME int", 4, "class C: int", "for i in range(4): f(1)"),
    "iterator with __next__ in Python":
        ("FOR_ITER", 5, "for x in o: pass",
         "class I:\n  n = 4\n  def __iter__(self): return self\n  def __next__(self):\n    self.n -= 1\n"
         "    if self.n < 0: raise StopIteration\nf(I())"),
}


def table(program, *options):
    """(rows as {(site, reason): count}, totals as {reason: count}, all lines)"""
    status, out, err = run(KRAIT, [*options, "-c", program])
    expect(status == 0, f"{program!r}: {err[-500:]}")
    lines = err.splitlines()
    rows = [m for m in map(ROW.match, lines) if m]
    totals = {m["reason"]: int(m["count"]) for m in map(TOTAL.match, lines) if m}
    return {(f"{m['op']} {m['name']}".strip(), m["reason"]): int(m["count"]) for m in rows}, totals, lines


for reason, (site, count, body, calls) in PROGRAMS.items():
    rows, totals, lines = table(f"{HEAD}\ndef f(o):\n  {body}\n{calls}\n", "-X", "misses")
    expect(rows.get((site, reason)) == count, f"{reason}: {site} {count} times, not\n" + "\n".join(lines))
    expect(totals.get(reason, 0) >= count, f"{reason}: its total is {totals.get(reason)}")

# the iterators of one loop: the step of native iterators is any's
text = "def f(o):\n  for x in o: pass\nfor i in range(3): f([1]); f((1,)); f({1: 1})\n"
rows, totals, lines = table(text, "-X", "misses")
expect(rows.get(("FOR_ITER", "another class")) == 2, "\n".join(lines))

# the order is that of the counts, at most 30 are shown, and the totals count all
text = "".join(f"def f{i}(o): return o.y{i}\n" for i in range(60))
text += "class A:\n  def __getattr__(self, n): return n\na = A()\n"
text += "".join(f"for i in range({i}): f{i}(a)\n" for i in range(60))
rows, totals, lines = table(text, "-X", "misses")
counts = [int(m["count"]) for m in map(ROW.match, lines) if m]
expect(counts == list(range(59, 29, -1)), f"the worst 30 sites: {counts}")
expect(totals["the class has __getattribute__, __getattr__ or __setattr__"] == sum(range(60)), f"{totals}")
expect(any(re.match("… and [0-9]+ rows more$", line) for line in lines), "says how many are not shown")
expect(lines[0] == "misses of inline caches", lines[0])

# nobody counts: nothing is said; a hit is no miss; a failing program has its table, too
expect(run(KRAIT, ["-c", text])[2] == "", "without the option nothing is printed")
text = HEAD + "def f(o): return o.x\no = with_x(A)\nfor i in range(1000): f(o)\n1 / 0\n"
status, out, err = run(KRAIT, ["-X", "misses", "-c", text])
expect(status == 1 and "ZeroDivisionError" in err and re.search(r"LOAD_ATTR +x +1  first time", err), err)
finish()

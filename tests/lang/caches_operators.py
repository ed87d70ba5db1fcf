# modes: reference cold warm miss eager switch asan
"""Operators, comparisons, subscripts, containment, truth, iteration, unpacking and with at warm sites;
then special methods change.
"""
import operator
import types

from _caches import Twins, sites

BINARY = ["add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "lshift", "and", "or", "xor"]


def world(kind):
    class Base: pass
    class Aside: pass
    class Other: pass
    bases = {"plain": (Base,), "list": (list,), "int": (int,), "float": (float,), "dict": (dict,),
             "tuple": (tuple,), "str": (str,)}[kind]
    A = type("A", bases, {})
    value = {"list": ([3, 1],), "int": (6,), "float": (2.5,), "dict": ({1: 2, "k": 3},),
             "tuple": ((5, 6),), "str": ("ab",)}.get(kind, ())
    w = types.SimpleNamespace(Base=Base, Aside=Aside, A=A, Other=Other, a=A(*value), b=A(*value),
                              n=Other(), plain=value[0] if value else 4)
    return w


SITES = """
def contains(w): return 1 in w.a, 1 not in w.a
def branch_contains(w):
    if 1 in w.a: return 1
    return 0
def truth(w): return not w.a, (1 if w.a else 2)
def index(w): return w.a[1]
def index_0(w): return w.a[0]
def piece(w): return w.a[0:1]
def equal(w): return w.a == w.b, w.a == w.plain, w.plain == w.a, w.a != w.n
def branch_equal(w):
    if w.a == w.b: return 1
    return 0
def less(w): return w.a < w.b, w.n > w.a
def branch_less(w):
    if w.a <= 5: return 1
    return 0
def loop(w):
    out = []
    for i in w.a:
        out.append(i)
        if len(out) > 4: break
    return out
def pairs(w):
    out = []
    for i, j in w.a:
        out.append((j, i))
        if len(out) > 4: break
    return out
def unpack(w):
    i, j = w.a
    return i, j
def star(w):
    i, *j = w.a
    return i, j
def spread(w): return [*w.a, 1]
def entered(w):
    with w.a as v: return v
def negative(w): return -w.a
def inverted(w): return ~w.a
def text(w): return f"{w.a}", f"{w.a!r}"
def length(w): return len(w.a)
def hashed(w): return {w.a: 1}[w.a]
def mixed(w):
    out = []
    for v in (w.a, w.plain, w.a, w.n, w.plain):
        try: out.append(v + 1)
        except TypeError: out.append('no')
    return out
"""
for _name, _symbol in zip(BINARY, ["+", "-", "*", "/", "//", "%", "**", "<<", "&", "|", "^"]):
    SITES += (
        f"def do_{_name}(w): return w.a {_symbol} w.b\ndef do_{_name}_int(w): return w.a {_symbol} 2\ndef "
        f"do_{_name}_right(w): return w.plain {_symbol} w.a\n")
    SITES += f"def do_{_name}_in(w):\n v = w.a\n v {_symbol}= 2\n return v\n"


def items_of(w):
    out, it = [], iter(w.a)
    while len(out) < 5:
        try:
            out.append(next(it))
        except StopIteration:
            break
    return out


def pairs_of(w):
    out, it = [], iter(w.a)
    while len(out) < 5:
        try:
            i, j = next(it)
        except StopIteration:
            break
        out.append((j, i))
    return out


def unpacked(w):
    if not hasattr(type(w.a), "__iter__") and not hasattr(type(w.a), "__getitem__"):
        raise TypeError(f"cannot unpack non-iterable {type(w.a).__name__} object")
    it, out = iter(w.a), []
    for i in range(3):
        try:
            out.append(next(it))
        except StopIteration:
            break
    if len(out) < 2:
        raise ValueError(f"not enough values to unpack (expected 2, got {len(out)})")
    if len(out) > 2:
        raise ValueError("too many values to unpack (expected 2)")
    return tuple(out)


def each_plus(w):
    out = []
    for v in (w.a, w.plain, w.a, w.n, w.plain):
        try:
            out.append(operator.add(v, 1))
        except TypeError:
            out.append("no")
    return out


GENERIC = {
    "contains": lambda w: (operator.contains(w.a, 1), not operator.contains(w.a, 1)),
    "branch_contains": lambda w: int(operator.contains(w.a, 1)),
    "truth": lambda w: (operator.not_(w.a), 1 if operator.truth(w.a) else 2),
    "index": lambda w: operator.getitem(w.a, 1), "index_0": lambda w: operator.getitem(w.a, 0),
    "piece": lambda w: operator.getitem(w.a, slice(0, 1)),
    "equal": lambda w: (operator.eq(w.a, w.b), operator.eq(w.a, w.plain), operator.eq(w.plain, w.a),
                        operator.ne(w.a, w.n)),
    "branch_equal": lambda w: int(bool(operator.eq(w.a, w.b))),
    "less": lambda w: (operator.lt(w.a, w.b), operator.gt(w.n, w.a)),
    "branch_less": lambda w: int(bool(operator.le(w.a, 5))),
    "loop": items_of, "pairs": pairs_of, "unpack": unpacked, "negative": lambda w: operator.neg(w.a),
    "inverted": lambda w: operator.invert(w.a),
    "text": lambda w: (format(w.a, ""), repr(w.a)), "length": lambda w: len(w.a), "mixed": each_plus,
}
for _name in BINARY:
    _f = getattr(operator, _name + ("_" if _name in ("and", "or") else ""))
    _g = getattr(operator, "i" + _name)
    GENERIC[f"do_{_name}"] = lambda w, f=_f: f(w.a, w.b)
    GENERIC[f"do_{_name}_int"] = lambda w, f=_f: f(w.a, 2)
    GENERIC[f"do_{_name}_right"] = lambda w, f=_f: f(w.plain, w.a)
    GENERIC[f"do_{_name}_in"] = lambda w, g=_g: g(__import__("copy").copy(w.a)
                                                  if isinstance(w.a, (list, dict)) else w.a, 2)
SITES = SITES.replace(" v = w.a\n", " v = copy(w.a) if isinstance(w.a, (list, dict)) else w.a\n")
class Thrice:
    def __init__(self): self.left = 3
    def __iter__(self): return self
    def __next__(self):
        self.left -= 1
        if self.left < 0:
            raise StopIteration
        return 7, 8


VALUES = {
    "__add__": lambda self, o: "add", "__radd__": lambda self, o: "radd", "__iadd__": lambda self,
    o: "iadd", "__sub__": lambda self, o: NotImplemented, "__rsub__": lambda self, o: "rsub",
    "__isub__": lambda self, o: NotImplemented, "__mul__": lambda self, o: "mul",
    "__rmul__": lambda self, o: "rmul", "__mod__": lambda self, o: "mod", "__pow__": lambda self, o,
    m=None: "pow",
    "__ipow__": lambda self, o: "ipow", "__and__": lambda self, o: "and", "__or__": lambda self,
    o: "or", "__lshift__": lambda self, o: "lshift", "__floordiv__": lambda self, o: "floordiv",
    "__truediv__": lambda self, o: "truediv", "__rtruediv__": lambda self, o: "rtruediv",
    "__rpow__": lambda self, o, m=None: "rpow", "__imul__": lambda self, o: "imul",
    "__xor__": lambda self, o: "xor",
    "__contains__": lambda self, v: v == 1, "__bool__": lambda self: False, "__len__": lambda self: 3,
    "__getitem__": lambda self,
    k: ("item", k) if type(k) is slice or k < 2 else (_ for _ in ()).throw(IndexError),
    "__eq__": lambda self, o: "yes", "__ne__": lambda self, o: "", "__lt__": lambda self, o: "lt",
    "__gt__": lambda self, o: "gt", "__le__": lambda self, o: [],
    "__iter__": lambda self: iter([(1, 2), (3, 4)]),
    "__neg__": lambda self: "neg", "__invert__": lambda self: "invert", "__str__": lambda self: "str",
    "__repr__": lambda self: "repr", "__format__": lambda self, spec: "format",
}
CHANGES = {"bases": lambda w: setattr(w.A, "__bases__", (w.Aside,)),
           "bases back": lambda w: setattr(w.A, "__bases__", (w.Base,)),
           "class": lambda w: setattr(w.a, "__class__", w.Other),
           "class back": lambda w: setattr(w.a, "__class__", w.A),
           "iter of b": lambda w: setattr(w.A, "__iter__", lambda self: (x for x in "pq")),
           "own add": lambda w: setattr(w.a, "__add__", len),
           "iter bad": lambda w: setattr(w.A, "__iter__", lambda self: 5),
           "next": lambda w: setattr(w.A, "__iter__", lambda self: Thrice()),
           "bool bad": lambda w: setattr(w.A, "__bool__", lambda self: 5),
           "len bad": lambda w: setattr(w.A, "__len__", lambda self: -1)}
for owner in ("A", "Base", "Aside", "Other"):
    for name, value in VALUES.items():
        CHANGES[f"{owner}.{name}"] = lambda w, owner=owner, name=name, value=value: setattr(getattr(w,
                owner), name, value)
        if owner != "Aside":
            CHANGES[f"del {owner}.{name}"] = lambda w, owner=owner, name=name: delattr(getattr(w,
                    owner), name)
        if owner == "A":
            CHANGES[f"{owner}.{name} None"] = lambda w, name=name: setattr(w.A, name, None)
count = 0
if __name__ == "__main__":
    import copy
    import re
    import _caches
    _caches.show = (lambda show: lambda v: re.sub(r" at 0x\w+", "", show(v)) if type(v) is str
                    else show(v))(_caches.show)
    for kind in ("plain", "list", "int", "float", "dict", "tuple", "str"):
        def make_sites():
            names = sites(SITES, copy=copy.copy)
            return {k: names[k] for k in GENERIC}
        twins = Twins(lambda: world(kind), make_sites, GENERIC, CHANGES)
        twins.run_all(pairs=4, sequences=3, length=12, seed=kind)
        count += twins.checked
    assert count > 30000

"""What is said when the program ends: by whom it was not heard yet, and by nobody twice."""
from _both import finish, same

CASES = {
    "callback of what has died in a ring": """
import weakref
class Ring: pass
r = Ring(); r.self = r
w = weakref.ref(r, lambda w: print("gone"))
del r
""",
    "callbacks of several": """
import weakref
class Ring: pass
keep, seen = [], []
for i in range(300):
    r = Ring(); r.self = r
    keep.append(weakref.ref(r, lambda w, i=i: seen.append(i)))
import gc
del r
gc.collect()
print(sorted(seen) == list(range(300)))
""",
    "behind data of a module": """
import weakref, types, sys
class Ring: pass
m = types.ModuleType("held"); sys.modules["held"] = m
m.deep = {"a": [(Ring(),)]}
lost = Ring(); lost.self = lost
refs = [weakref.ref(m.deep["a"][0][0], lambda w: None), weakref.ref(lost, lambda w: print("lost"))]
del lost
""",
    "a generator that waits in a with": """
import contextlib
class Loud:
    def __enter__(self): return self
    def __exit__(self, *a): print("left", a[0].__name__)
def walk():
    with Loud():
        yield 1
        yield 2
g = walk(); next(g)
""",
    "a generator that waits beside its with": """
class Loud:
    def __enter__(self): return self
    def __exit__(self, *a): print("left", a[0])
def walk():
    with Loud():
        yield 1
    yield 2
g = walk(); next(g); next(g)
print("end")
""",
    "generators never begun, and ended": """
def walk():
    try:
        yield 1
    finally:
        print("finally")
a = walk(); b = walk(); list(b)
print("end")
""",
    "one that delegates": """
def inner():
    try:
        yield 1
    finally:
        print("inner")
def outer():
    yield from inner()
g = outer(); next(g)
print("end")
""",
    "dropped in a ring": """
def walk(me):
    try:
        yield 1
    finally:
        print("finally")
box = []
g = walk(box); box.append(g); next(g)
del g, box
""",
    "an async generator never begun": """
async def walk():
    try:
        yield 1
    finally:
        print("finally")
a = walk()
print("end")
""",
    "__del__ of a ring": """
class Loud:
    def __del__(self): print("del")
a = Loud(); a.self = a
del a
print("end")
""",
    "with the library's waiting too": """
import asyncio, logging, threading, weakref
class Ring: pass
r = Ring(); r.self = r
w = weakref.ref(r, lambda w: print("gone"))
del r
""",
}

for text in CASES.values():
    same(["-c", text])
finish()

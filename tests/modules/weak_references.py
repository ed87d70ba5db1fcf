"""weakref: references, proxies, weak containers and finalizers of an object that dies."""
import gc
import weakref

from _case import error

log = []


class W:
    pass


def weak_things():
    w = W()
    r = weakref.ref(w, lambda ref: log.append("dead"))
    d = weakref.WeakValueDictionary(k=w)
    ks = weakref.WeakKeyDictionary({w: 1})
    ws = weakref.WeakSet([w])
    f = weakref.finalize(w, log.append, "final")
    p = weakref.proxy(w)
    p.attr = 5
    assert r() is w and w.attr == 5 and len(d) == len(ks) == len(ws) == 1 and weakref.getweakrefcount(w) >= 2
    assert r == weakref.ref(w)
    return r, d, ks, ws, f, p


def scrub(n):
    """Overwrites what earlier calls left on the stacks."""
    a = b = c = d = e = g = None
    return scrub(n - 1) if n else [a, b, c, d, e, g]


r, d, ks, ws, f, p = weak_things()
scrub(50)
gc.collect()
assert error(weakref.ref, 5) == "TypeError: cannot create weak reference to 'int' object"

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


# ---- references hash and compare as what they refer to, which is asked even for itself
class Value:
    asked = 0

    def __init__(self, value):
        self.value = value

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        Value.asked += 1
        return ("eq", self.value == other.value)

    def __ne__(self, other):
        return ["ne"]


def without_callback(*_):
    pass


values = [Value(n) for n in (0, 1, 2, -1, -2, 2**61 - 1, "text")]
for value in values:
    assert hash(weakref.ref(value)) == hash(weakref.ref(value, without_callback)) == hash(value)
first, second = weakref.ref(values[1]), weakref.ref(values[1], without_callback)
assert first == second and (first == second) == ("eq", True) and (first != second) == ["ne"] and Value.asked == 2
assert (first == weakref.ref(values[2])) == ("eq", False)
keyed = {reference: None for reference in map(weakref.ref, values[:3])}
assert Value.asked == 3 and len(keyed) == 3  # hashes that differ ask nothing
assert keyed.get(weakref.ref(values[0], without_callback), 5) is None and Value.asked == 4
assert weakref.ref(values[0]).__eq__(5) is NotImplemented


class Unequal:
    __hash__ = object.__hash__

    def __eq__(self, other):
        return False


unequal = Unequal()
assert weakref.ref(unequal) is weakref.ref(unequal) and not weakref.ref(unequal) == weakref.ref(unequal)
assert {weakref.ref(unequal): 1}.get(weakref.ref(unequal)) == 1

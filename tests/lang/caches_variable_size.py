# modes: reference cold warm miss eager switch asan
"""Attributes of instances of subclasses of str, bytes, int and tuple, which keep them in a dict at their end:
loaded, stored, called at warm sites; and values of a class that are called without being functions.
"""


def read(o): return o.a
def write(o, v): o.a = v
def call(o): return o.m()


def made(base, *arguments):
    class Made(base):
        def m(self): return "method", self[:1] if base is not int else self + 1
    return [Made(*arguments) for _ in range(4)]


KINDS = ((str, ("text",)), (bytes, (b"bytes" * 9,)), (int, (1 << 70,)), (int, (3,)), (tuple, ((1, 2),)))
for base, arguments in KINDS:
    first, second, third, fourth = made(base, *arguments)
    for _ in range(4):
        try:
            read(third)
        except AttributeError as e:
            assert str(e) == "'Made' object has no attribute 'a'"
        write(first, 1), write(second, 2)
        assert (read(first), read(second)) == (1, 2)
        assert call(first) == call(second) == call(third), base
    write(third, 3)  # its first: there is no dict yet
    assert read(third) == 3 and third.__dict__ == {"a": 3}
    third.m = lambda: "own"
    assert call(third) == "own" and call(first) != "own"
    del third.m
    assert call(third) == call(first)
    fourth.__dict__["a"] = 4
    assert read(fourth) == 4
    type(first).a = property(lambda self: "property")
    assert read(first) == "property"
    try:
        write(first, 1)
    except AttributeError as e:
        assert "has no setter" in str(e), e


# ---- values of a class that are called as they are
class Kit:
    make = dict
    measure = len
    @staticmethod
    def s(): return "static"
class Lower(Kit): pass


def make(o): return o.make()
def measure(o): return o.measure("four")
def static(o): return o.s()


kit, lower = Kit(), Lower()
def look():
    return [(make(o), measure(o), static(o)) for o in (kit, lower, Kit, Lower)]
for _ in range(3):
    assert look() == [({}, 4, "static")] * 4
Kit.make = list
Kit.measure = max
assert look() == [([], "u", "static")] * 4
Lower.make = set
assert [row[0] for row in look()] == [[], set(), [], set()]
Kit.s = staticmethod(lambda: "other")
assert [row[2] for row in look()] == ["other"] * 4
kit.make = tuple
assert [row[0] for row in look()] == [(), set(), [], set()]
Kit.make = lambda self=None: self is None
Kit.measure = classmethod(lambda cls, text: cls)
assert [row[:2] for row in look()] == [((), Kit), (set(), Lower), (True, Kit), (set(), Lower)]
class WithNew:
    def __new__(cls): return object.__new__(cls)
assert [type(WithNew()) for _ in range(4)] == [WithNew] * 4


# ---- loops over sets
def walk(items):
    seen = []
    for item in items: seen.append(item)
    return seen
for _ in range(3):
    assert walk({1, 2, 3}) == [1, 2, 3] and walk(frozenset({7})) == [7] and walk(set()) == []
assert walk([4, 5]) == [4, 5] and walk({1}) == [1] and walk({"k": 1}) == ["k"]
iterator = iter({5})
assert walk(iterator) == [5] and walk(iterator) == []
for body in (set.add, set.discard):
    items = {1, 2}
    try:
        for item in items: body(items, item + 1)
    except RuntimeError as e:
        assert str(e) == "Set changed size during iteration"
    else:
        assert False

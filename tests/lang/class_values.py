"""Values of classes that are replaced while sites have cached them: counters, inheritance, descriptors."""


class Counter:
    count = 0
    label = "a"

    def bump(self):
        Counter.count += 1
        self.label
        return self.count


class Derived(Counter):
    pass


class Other(Derived):
    count = 100


def read(thing):
    return thing.count, thing.label


things = [Counter(), Derived(), Other(), Counter, Derived, Other]
for i in range(1, 60):
    assert things[i % 2].bump() == i
    Counter.label = label = "ab"[i % 2] * i
    assert [read(t) for t in things] == [(i, label), (i, label), (100, label)] * 2
    if i == 30:
        Derived.count = -1
        assert read(things[1]) == read(Derived) == (-1, label)
        del Derived.count
    if i == 40:
        things[0].count = "own"
        assert read(things[0]) == ("own", label)
        del things[0].count
    if i == 50:
        Counter.late = 1  # entries move when a dict grows
        for j in range(40):
            setattr(Counter, f"x{j}", j)

# Functions, descriptors and values take each other's place.


class Changing:
    x = 1


class Below(Changing):
    pass


def get(thing):
    return thing.x


below = Below()
for _ in range(3):
    for value, seen in [(1, 1), (2, 2), (property(lambda self: "p"), "p"), (3, 3), (len, len), (4, 4),
                        (staticmethod(abs), abs), (5, 5), (None, None), ("text", "text"), (Below, Below)]:
        Changing.x = value
        assert get(below) == seen and get(below) == seen, (value, get(below))
    Changing.x = lambda self: self
    assert get(below)() is below
    Changing.x = 6
    assert get(below) == 6


class Late:
    pass


late = Late()
Changing.x = late
for _ in range(3):
    assert get(below) is late and get(Below) is late
Late.__get__ = lambda self, instance, owner: "got"
assert get(below) == "got" and get(Below) == "got"
Changing.x = 7
assert get(below) == 7
Late.__set__ = lambda self, instance, value: None
below.x = "own"
Changing.x = 8
assert get(below) == "own"
Changing.x = late
assert get(below) == "got"
del Late.__get__, Late.__set__
assert get(below) == "own"

# Called values; names that classes look at themselves.


class Called:
    action = int
    __hash__ = None
    __slots__ = ()


called = Called()
for kind in (int, str, float, list, int):
    Called.action = kind
    assert called.action() == kind() and Called.action() == kind()
for hasher in (None, lambda self: 5, None, lambda self: 6):
    Called.__hash__ = hasher
    try:
        assert hash(called) == hasher(called)
    except TypeError:
        assert hasher is None


class Meta(type):
    n = 1


class Made(metaclass=Meta):
    m = 1


for i in range(5):
    Meta.n = i
    Made.m = i
    assert Made.n == i and Made.m == i and Made().m == i
Meta.m = property(lambda cls: "meta")
assert Made.m == "meta" and Made().m == 4

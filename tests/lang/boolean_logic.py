"""Truth values, short circuits, conditional expressions, not."""
from _case import error

for falsy in (0, 0.0, 0j, "", b"", [], (), {}, set(), frozenset(), None, False, range(0), bytearray()):
    assert not falsy and bool(falsy) is False and (falsy or 1) == 1 and (falsy and 1) is falsy
for truthy in (1, -1, 0.5, "0", b"\0", [0], (0,), {0: 0}, {0}, object(), ..., float("nan"), lambda: 0):
    assert truthy and bool(truthy) is True and (truthy or 1) is truthy and (truthy and 1) == 1


class ByBool:
    def __init__(self, value):
        self.value = value
        self.asked = 0

    def __bool__(self):
        self.asked += 1
        return self.value


class ByLen:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


b = ByBool(True)
assert (b and 5) == 5 and b.asked == 1
if b:
    pass
while not b:
    pass
assert b.asked == 3 and (not b) is False and b.asked == 4
assert (ByBool(False) or 7) == 7 and not ByLen(0) and ByLen(3)
calls = []


def t(x):
    calls.append(x)
    return True


def f(x):
    calls.append(x)
    return False


assert (t(1) or t(2)) and calls == [1]
calls.clear()
assert not (f(1) and t(2)) and calls == [1]
calls.clear()
assert (f(1) or t(2) and f(3) or t(4)) and calls == [1, 2, 3, 4]
calls.clear()
x = t(1) if f(0) else f(2)
assert x is False and calls == [0, 2]
calls.clear()
if not (t(1) and not f(2)) or f(3):
    assert False
assert calls == [1, 2, 3]
assert (1 if 0 else 2 if 0 else 3) == 3
assert (lambda a: a and a[0] or "none")([]) == "none"


class BadBool:
    def __bool__(self):
        return 1


class BadLen:
    def __len__(self):
        return -1


class FloatLen:
    def __len__(self):
        return 1.5


assert error(lambda: not BadBool()) == "TypeError: __bool__ should return bool, returned int"
assert error(lambda: bool(BadLen())) == "ValueError: __len__() should return >= 0"
assert error(lambda: 1 if FloatLen() else 2) == (
    "TypeError: 'float' object cannot be interpreted as an integer")
assert not False is True and (not False) is True

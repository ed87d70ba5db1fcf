"""__del__ runs once for every object, in circles too, and may bring its object back."""
import gc

log = []


class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        log.append(self.n)


def dropped():
    d = D(1)
    del d
    for i in range(5):
        D(i + 10)
    a, b = D(20), D(21)
    a.other, b.other = b, a


def scrub(n):
    """Overwrites what earlier calls left on the stacks."""
    a = b = c = d = e = f = g = h = None
    if n:
        scrub(n - 1)
    return [a, b, c, d, e, f, g, h]


keep = []


class Risen:
    def __del__(self):
        keep.append(self)


def rise():
    Risen()


dropped()
rise()
scrub(50)
gc.collect()
assert sorted(log) == [1, 10, 11, 12, 13, 14, 20, 21] and len(keep) == 1
keep.clear()
scrub(50)
gc.collect()
assert keep == []

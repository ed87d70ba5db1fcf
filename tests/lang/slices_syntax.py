"""Slicing of lists, tuples, strings, bytes, ranges: every combination against an index model, and slice
objects.
"""
from _case import error

n = 7
base = list(range(n))


def model(start, stop, step):
    """The indices a slice selects, by the reference's rule."""
    step = 1 if step is None else step
    low, high = (0, n) if step > 0 else (-1, n - 1)
    if start is None:
        start = low if step > 0 else high
    elif start < 0:
        start = max(start + n, low)
    else:
        start = min(start, high)
    if stop is None:
        stop = high if step > 0 else low
    elif stop < 0:
        stop = max(stop + n, low)
    else:
        stop = min(stop, high)
    out = []
    i = start
    while (i < stop) if step > 0 else (i > stop):
        out.append(i)
        i += step
    return out


text = "abcdefg"
data = b"abcdefg"
tup = tuple(base)
rng = range(n)
points = (None, -9, -7, -3, -1, 0, 1, 3, 6, 7, 9)
for start in points:
    for stop in points:
        for step in (None, 1, 2, 3, -1, -2, -8):
            want = model(start, stop, step)
            assert base[start:stop:step] == want, (start, stop, step)
            assert tup[start:stop:step] == tuple(want)
            assert text[start:stop:step] == "".join(text[i] for i in want)
            assert data[start:stop:step] == bytes(data[i] for i in want)
            assert list(rng[start:stop:step]) == want
            assert slice(start, stop, step).indices(n)[2] == (step or 1)
            assert list(range(*slice(start, stop, step).indices(n))) == want
            copy = base[:]
            del copy[start:stop:step]
            assert copy == [v for v in base if v not in want]
            copy = base[:]
            copy[start:stop:step] = ["x"] * len(want) if want or step in (None, 1) or True else []
            assert [i for i in range(n) if i < len(copy) and copy[i] == "x"] == sorted(want)
s = slice(1, 2, 3)
assert (s.start, s.stop, s.step) == (1, 2, 3) and slice(5) == slice(None, 5, None)
assert repr(s) == "slice(1, 2, 3)"
assert slice(1, 2) < slice(1, 3) and slice(1) != slice(2)


def extended():
    copy = base[:]
    copy[::2] = [1]


def bad_value():
    copy = base[:]
    copy[1:2] = 5


assert error(lambda: base[::0]) == "ValueError: slice step cannot be zero"
assert error(extended) == "ValueError: attempt to assign sequence of size 1 to extended slice of size 4"
assert error(bad_value) == "TypeError: can only assign an iterable"
assert error(lambda: base["a":]) == (
    "TypeError: slice indices must be integers or None or have an __index__ method")
assert error(lambda: hash(slice(1))) == "TypeError: unhashable type: 'slice'"
copy = base[:]
copy[2:4] = "xyz"
assert copy == [0, 1, "x", "y", "z", 4, 5, 6]
copy[5:2] = ["ins"]
assert copy == [0, 1, "x", "y", "z", "ins", 4, 5, 6]
copy[:0] = copy
assert len(copy) == 18
copy[:] = []
assert copy == []
copy[100:200] = [1, 2]
assert copy == [1, 2]
copy[0:1] = (i for i in range(3))
assert copy == [0, 1, 2, 2]

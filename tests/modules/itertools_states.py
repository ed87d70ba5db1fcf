"""Whatever state combinations, permutations and product are given, they choose from their pool, and end."""
import array
import itertools
import sys

from _case import error

STATES = (
    0, 0, 0, 0), (65535, 2, 7, 9), (-5, -5, -5, -5), (0, 1, 2, 3), (2, 1, 0, 0), (2 ** 62, -2 ** 62, 1, 1)
KINDS = itertools.combinations, itertools.combinations_with_replacement, itertools.permutations
KRAIT = sys.implementation.name == "krait"  # CPython crashes when there is nothing to choose from


def state_of(kind, state, n, r):
    if kind is itertools.permutations:
        return tuple((state + (0, 0, 0))[:n]), state[:r]
    return state[:r]


for kind in KINDS:
    for n, r in itertools.product((0, 1, 3), (0, 1, 2, 4)):
        if r > n and not KRAIT:
            continue
        for state, steps in itertools.product(STATES, (0, 1, 100)):
            iterator = kind(range(n), r)
            for _ in range(steps):
                next(iterator, None)
            iterator.__setstate__(state_of(kind, state, n, r))
            found = list(itertools.islice(iterator, 300))
            assert len(found) < 300 and all(
                len(f) == r and set(f) <= set(range(n)) for f in found), (kind, n, r, state)
            assert steps < 100 or not found, "what has ended stays so"

after = {
    (itertools.combinations, (65535, 2)): [(2, 3)],
    (itertools.combinations, (0, 1)): [(0, 2), (0, 3), (1, 2)],
    (itertools.combinations, (1, 0)): [(1, 1), (1, 2), (1, 3)],
    (itertools.combinations_with_replacement, (65535, 2)): [(3, 3)],
    (itertools.permutations, (9, 1)): [(0, 3), (0, 0), (0, 1)],
}
for (kind, state), wanted in after.items():
    iterator = kind(range(4), 2)
    iterator.__setstate__(state_of(kind, state, 4, 2))
    assert list(itertools.islice(iterator, 3)) == wanted, (kind, state, wanted)

# ---- more than there is memory for
for kind in KINDS:
    for r in 2 ** 63 - 1, 2 ** 63 - 4, 2 ** 62:
        assert error(kind, "abc", r).startswith("MemoryError"), (kind, r)
for r in 2 ** 63, 2 ** 70:
    assert error(itertools.permutations, "abc", r).startswith("OverflowError")

# ---- array's reconstructor: items of another format of integers make an array of that format
two = bytes([1, 0, 0, 0, 2, 0, 0, 0])
for code in "bBuhHiIlLqQfd":
    for format, wanted in enumerate("BbHHhhIIiiQQqq"):
        if format in (12, 10) and code in "lL":
            continue  # its own format
        made = array._array_reconstructor(array.array, code, format, two)
        assert made.typecode == wanted and len(made) == 8 // made.itemsize, (code, format, made)

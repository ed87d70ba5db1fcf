"""Steps at the ends of 64 bits: slices read, deleted and assigned; states of iterators out of range."""
import array

LONGEST = 2 ** 63 - 1
STEPS = LONGEST, -LONGEST, -LONGEST - 1, LONGEST - 1, 2, -2, 2 ** 70
STARTS = None, 0, 1, 5, -1, -6, LONGEST, -LONGEST
MUTABLE = lambda: bytearray(b"abcdef"), lambda: array.array("i", range(6)), lambda: list("abcdef")
FIXED = "abcdef", b"abcdef", tuple("abcdef"), memoryview(b"abcdef"), range(9), range(LONGEST - 3, LONGEST)

for step in STEPS:
    for start in STARTS:
        places = list(range(6))[start::step]
        assert len(places) <= (1 if abs(step) > 6 else 6)
        for make in MUTABLE:
            whole = make()
            assert list(whole[start::step]) == [whole[i] for i in places]
            whole[start::step] = whole[start::step]
            assert whole == make()
            del whole[start::step]
            assert list(whole) == [item for i, item in enumerate(make()) if i not in places]
        for whole in FIXED:
            assert len(whole[start::step]) == len(range(*slice(start, None, step).indices(len(whole))))

for make in (lambda: iter([1, 2]), lambda: reversed([1, 2]), lambda: iter((1,)), lambda: iter(""),
             lambda: iter(b""), lambda: iter(bytearray(b"a")),
             lambda: iter(array.array("i", [1])), lambda: iter(range(3)), lambda: iter(range(2 ** 70)),
             lambda: reversed(range(4))):
    for state in LONGEST, -LONGEST, 0, 5, 2 ** 62, 2 ** 61:
        iterator = make()
        iterator.__setstate__(state)
        next(iterator, None)
        assert iterator.__reduce__()

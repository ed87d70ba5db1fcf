"""Arguments and states that only a forged pickle gives: sizes whose product overflows, empty lists where
items are copied.
"""
import array
import io
import itertools

for n in (2 ** 60, 2 ** 63 - 1):
    for code in "bHqd":
        try:
            array.array(code).fromfile(io.BytesIO(b""), n)
        except (MemoryError, EOFError):
            pass
try:
    array.array("q").fromfile(io.BytesIO(b""), 2 ** 60)
except MemoryError:
    pass
else:
    raise AssertionError

make = type(itertools.tee("a")[0].__reduce__()[2][0])
assert make(iter("ab"), [], None).__reduce__()[1][1] == []

# a state of which only the first numbers can be read leaves the iterator as it is, and so does what reads it
class Reads:
    def __init__(self, function):
        self.function = function

    def __index__(self):
        self.function()
        return 1


for make in (lambda: itertools.product("ab", "cd"), lambda: itertools.combinations("abc", 2),
             lambda: itertools.combinations_with_replacement("ab", 2),
             lambda: itertools.permutations("ab", 2)):
    pairs = isinstance(make(), itertools.permutations)
    for bad in (65535, {}), (65535, Reads(lambda: 1 / 0)), (65535, Reads(lambda: next(it))):
        for last in bad[1], 1:
            it = make()
            next(it)
            state = (bad[0], last)
            try:
                it.__setstate__((state, (65535, bad[1])) if pairs else state)
            except (TypeError, ZeroDivisionError, StopIteration):
                pass
            assert len(list(it)) <= 4

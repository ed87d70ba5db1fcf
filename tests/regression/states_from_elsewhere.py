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

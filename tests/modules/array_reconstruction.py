"""Pickled arrays of other formats: texts fill arrays of characters alone."""
import array
import pickle

from _case import outcome

for code in "bBhHiIlLqQfd":
    for format in range(18, 22):
        text = "ab".encode(["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"][format - 18])
        got = outcome(lambda: array._array_reconstructor(array.array, code, format, text))
        assert got == f"TypeError: cannot use a str to initialize an array with typecode '{code}'", (
            code, format, got)
assert array._array_reconstructor(array.array, "u", 19, b"\0a\0b") == array.array("u", "ab")
assert pickle.loads(pickle.dumps(array.array("u", "ab"), 2)) == array.array("u", "ab")

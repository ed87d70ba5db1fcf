"""A number that is too wide for a descriptor is looked at as a path, and is none."""
import io
import os

from _case import error

for number in 1 << 31, -(1 << 31) - 1, 1 << 64, -1 << 200:
    for opens in io.FileIO, open, os.fdopen:
        assert error(opens, number) == "TypeError: expected str, bytes or os.PathLike object, not int", number
assert error(open, -1) == error(io.FileIO, -5) == "ValueError: negative file descriptor"

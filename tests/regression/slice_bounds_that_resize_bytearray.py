# modes: cold warm switch asan stress
"""Bytearrays whose slices are resized by their own bounds. (CPython 3.11 reads where the bytes were.)"""
from _slice_bounds import check_all

count = check_all({"bytearray": (lambda: bytearray(range(20)), lambda n: bytearray([7] * n))})
assert count > 700, count

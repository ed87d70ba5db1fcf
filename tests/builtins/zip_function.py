"""zip: the shortest ends it, strict, one iterator given twice, errors."""
from _case import error

assert list(zip([1, 2], "ab", (True, False))) == [(1, "a", True), (2, "b", False)]
assert list(zip([1, 2, 3], [1])) == [(1, 1)] and error(zip, 5) == "TypeError: 'int' object is not iterable"
assert list(zip(*[(1, 2), (3, 4)])) == [(1, 3), (2, 4)]
assert error(lambda: list(zip([1, 2], [1], strict=True))) == (
    "ValueError: zip() argument 2 is shorter than argument 1")
assert error(lambda: list(zip([1], [1], [1, 2], strict=True))) == (
    "ValueError: zip() argument 3 is longer than arguments 1-2")
assert list(zip([1], [2], strict=True)) == [(1, 2)]
it1 = iter([1, 2, 3, 4])
assert list(zip(it1, it1)) == [(1, 2), (3, 4)]
assert type(zip()).__name__ == "zip"

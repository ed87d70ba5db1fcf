"""min and max: arguments or an iterable, key, default, the first of equals."""
from _case import error

assert min(3, 1) == 1 and max("abc") == "c" and min([5], default=0) == 5 and max((), default=None) is None
assert min([[1], [0, 5]]) == [0, 5] and max([1, 3, 2], key=lambda x: -x) == 1
assert max("a", "bb", key=len) == "bb" and min(1, 1.0) is not None and max([(1, "a"), (1, "b")]) == (1, "b")
assert error(max, 1, 2, default=3) == (
    "TypeError: Cannot specify a default for max() with multiple positional arguments")
assert error(min, []) == "ValueError: min() arg is an empty sequence"
x, y = [1], [1]
assert max(x, y) is x and min(x, y) is x
assert max(3, 1, 2) == 3
assert min([3, 1, 2]) == 1

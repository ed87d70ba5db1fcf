"""slice objects: indices, equality, construction."""
from _case import error

s = slice(1, 10, 2)
assert s.indices(5) == (1, 5, 2) and slice(None).indices(3) == (0, 3, 1)
assert slice(None, None, -1).indices(3) == (2, -1, -1) and slice(-2, None).indices(5) == (3, 5, 1)
assert error(s.indices, -1) == "ValueError: length should not be negative"
assert slice(1, 2) == slice(1, 2, None)
assert error(slice) == "TypeError: slice expected at least 1 argument, got 0"

"""sum: start, mixed numbers, and that it refuses text and bytes."""
from _case import error

assert sum([]) == 0 and sum([[1], [2]], []) == [1, 2] and sum((x for x in (1, 2)), start=10) == 13
assert error(sum, ["a"]) == "TypeError: unsupported operand type(s) for +: 'int' and 'str'"
assert error(sum, ["a"], "") == "TypeError: sum() can't sum strings [use ''.join(seq) instead]"
assert error(sum, [b"a"], b"") == "TypeError: sum() can't sum bytes [use b''.join(seq) instead]"
assert sum([True, True]) == 2 and sum([0.1, 0.2, 0.3]) == 0.6000000000000001
assert sum([2 ** 62, 2 ** 62]) == 2 ** 63 and sum([1, 2 ** 70, 0.5]) == float(2 ** 70) + 1.5
assert sum([1, 2, 3]) == 6
assert sum([1, 2], 10) == 13

"""any and all stop at the first item that decides."""
from _case import error

assert any([0, 1]) and not any([]) and all([]) and not all([1, 0])
assert error(any, 5) == "TypeError: 'int' object is not iterable"
calls = []
assert any(calls.append(x) or x for x in [0, 3, 4]) and calls == [0, 3]

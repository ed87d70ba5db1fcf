"""len: what has a length, and what is said of what has none."""
from _case import error

assert len("abc") == 3
assert error(len, 5) == "TypeError: object of type 'int' has no len()"
assert error(len) == "TypeError: len() takes exactly one argument (0 given)"

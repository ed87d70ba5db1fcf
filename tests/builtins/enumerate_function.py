"""enumerate: start, keywords, errors."""
from _case import error

assert list(enumerate("ab")) == [(0, "a"), (1, "b")] and list(enumerate("a", 5)) == [(5, "a")]
assert list(enumerate(start=1, iterable="a")) == [(1, "a")]
assert error(enumerate, 5) == "TypeError: 'int' object is not iterable"

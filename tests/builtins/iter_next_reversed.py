"""iter, next and reversed: results, defaults, and what they refuse."""
from _case import error

assert next(iter([]), None) is None and error(next, iter([])) == "StopIteration: "
assert error(next, [1]) == "TypeError: 'list' object is not an iterator"
assert error(iter, 5) == "TypeError: 'int' object is not iterable"
assert error(iter, 5, 6) == "TypeError: iter(v, w): v must be callable"
assert error(next) == "TypeError: next expected at least 1 argument, got 0"
assert list(reversed("abc")) == ["c", "b", "a"]
assert error(reversed, 5) == "TypeError: 'int' object is not reversible"
assert error(reversed, {1}) == "TypeError: 'set' object is not reversible"
assert list(reversed((1, 2))) == [2, 1]
assert type(iter("é")).__name__ == "str_iterator"

"""map and filter: laziness, several iterables, None as a predicate, errors."""
from _case import error

log = []
m = map(lambda x: log.append(x) or x * 2, [1, 2, 3])
assert log == [] and next(m) == 2 and log == [1] and list(m) == [4, 6] and list(m) == []
assert list(map(lambda a, b: a + b, [1, 2], (3, 4, 5))) == [4, 6]
assert list(map(str, range(3))) == ["0", "1", "2"] and list(map(pow, [2, 3], [3, 2])) == [8, 9]
assert error(map, len) == "TypeError: map() must have at least two arguments."
assert error(lambda: list(map(len, [1]))) == "TypeError: object of type 'int' has no len()"
assert list(filter(lambda x: x > 1, [1, 2, 3])) == [2, 3]
assert list(filter(None, [0, 1, [], "a"])) == [1, "a"]
assert error(filter, None) == "TypeError: filter expected 2 arguments, got 1"
pipeline = map(lambda p: p[0] * p[1], filter(lambda p: p[0] % 2, enumerate(range(10, 20))))
assert list(pipeline) == [11, 39, 75, 119, 171]
assert repr(map(len, [])).startswith("<map object at 0x")

"""map, filter, zip, enumerate, reversed, iter, next, sum, any, all, min, max, sorted, callable: laziness and errors."""
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
assert list(zip([1, 2], "ab", (True, False))) == [(1, "a", True), (2, "b", False)]
assert list(zip([1, 2, 3], [1])) == [(1, 1)] and error(zip, 5) == "TypeError: 'int' object is not iterable"
assert list(zip(*[(1, 2), (3, 4)])) == [(1, 3), (2, 4)]
assert error(lambda: list(zip([1, 2], [1], strict=True))) == "ValueError: zip() argument 2 is shorter than argument 1"
assert error(lambda: list(zip([1], [1], [1, 2], strict=True))) == "ValueError: zip() argument 3 is longer than arguments 1-2"
assert list(zip([1], [2], strict=True)) == [(1, 2)]
assert list(enumerate("ab")) == [(0, "a"), (1, "b")] and list(enumerate("a", 5)) == [(5, "a")]
assert list(enumerate(start=1, iterable="a")) == [(1, "a")]
assert error(enumerate, 5) == "TypeError: 'int' object is not iterable"
it1 = iter([1, 2, 3, 4])
assert list(zip(it1, it1)) == [(1, 2), (3, 4)]
assert sum([]) == 0 and sum([[1], [2]], []) == [1, 2] and sum((x for x in (1, 2)), start=10) == 13
assert error(sum, ["a"]) == "TypeError: unsupported operand type(s) for +: 'int' and 'str'"
assert error(sum, ["a"], "") == "TypeError: sum() can't sum strings [use ''.join(seq) instead]"
assert error(sum, [b"a"], b"") == "TypeError: sum() can't sum bytes [use b''.join(seq) instead]"
assert sum([True, True]) == 2 and sum([0.1, 0.2, 0.3]) == 0.6000000000000001
assert sum([2 ** 62, 2 ** 62]) == 2 ** 63 and sum([1, 2 ** 70, 0.5]) == float(2 ** 70) + 1.5
assert any([0, 1]) and not any([]) and all([]) and not all([1, 0])
assert error(any, 5) == "TypeError: 'int' object is not iterable"
calls = []
assert any(calls.append(x) or x for x in [0, 3, 4]) and calls == [0, 3]
assert min(3, 1) == 1 and max("abc") == "c" and min([5], default=0) == 5 and max((), default=None) is None
assert min([[1], [0, 5]]) == [0, 5] and max([1, 3, 2], key=lambda x: -x) == 1
assert max("a", "bb", key=len) == "bb" and min(1, 1.0) is not None and max([(1, "a"), (1, "b")]) == (1, "b")
assert error(max, 1, 2, default=3) == "TypeError: Cannot specify a default for max() with multiple positional arguments"
assert error(min, []) == "ValueError: min() arg is an empty sequence"
x, y = [1], [1]
assert max(x, y) is x and min(x, y) is x
assert next(iter([]), None) is None and error(next, iter([])) == "StopIteration: "
assert error(next, [1]) == "TypeError: 'list' object is not an iterator"
assert error(iter, 5) == "TypeError: 'int' object is not iterable"
assert error(iter, 5, 6) == "TypeError: iter(v, w): v must be callable"
assert error(next) == "TypeError: next expected at least 1 argument, got 0"
assert list(reversed("abc")) == ["c", "b", "a"]
assert error(reversed, 5) == "TypeError: 'int' object is not reversible"
assert error(reversed, {1}) == "TypeError: 'set' object is not reversible"
assert list(reversed((1, 2))) == [2, 1]
assert callable(len) and callable(int) and callable(lambda: 0) and not callable(5)
assert callable(type("C", (), {"__call__": 1})()) and abs(-5) == 5 and abs(-2.5) == 2.5
assert abs(3 - 4j) == 5.0 and error(abs, "a") == "TypeError: bad operand type for abs(): 'str'"
assert divmod(7, 3) == (2, 1) and pow(2, 3) == 8 and pow(base=2, exp=3, mod=5) == 3
assert round(2.567, 1) == 2.6 and hash("a") == hash("a") and id(log) == id(log) and len("abc") == 3
assert error(len, 5) == "TypeError: object of type 'int' has no len()"
assert error(len) == "TypeError: len() takes exactly one argument (0 given)"
assert error(round, "a") == "TypeError: type str doesn't define __round__ method"
assert hex(-255) == "-0xff" and oct(8) == "0o10" and bin(-5) == "-0b101"
assert error(hex, 1.5) == "TypeError: 'float' object cannot be interpreted as an integer"
assert ascii("é") == "'\\xe9'" and repr("é") == "'é'"


def gen():
    yield 1
    raise KeyError("x")


for f in (list, tuple, set, sum, sorted, max, lambda g: dict.fromkeys(g), lambda g: [*g], lambda g: ",".join(map(str, g)), lambda g: list(zip(g, g)), lambda g: list(map(str, g)), bytes, bytearray):
    assert error(f, gen()) == "KeyError: 'x'", f
pipeline = map(lambda p: p[0] * p[1], filter(lambda p: p[0] % 2, enumerate(range(10, 20))))
assert list(pipeline) == [11, 39, 75, 119, 171]
assert repr(map(len, [])).startswith("<map object at 0x") and type(zip()).__name__ == "zip"
assert type(iter("é")).__name__ == "str_iterator"

"""itertools: every function, laziness, copies of state."""
import itertools as it

from _case import error

assert list(it.islice(it.count(5, 2), 3)) == [5, 7, 9] and list(it.islice(it.count(0.5), 2)) == [0.5, 1.5]
assert list(it.islice(it.cycle("ab"), 5)) == list("ababa") and list(it.repeat(1, 3)) == [1, 1, 1]
assert list(it.islice(it.repeat(2), 2)) == [2, 2]
assert list(it.accumulate([1, 2, 3])) == [1, 3, 6] and list(it.accumulate([3, 1, 2], max)) == [3, 3, 3]
assert list(it.accumulate([1, 2], initial=10)) == [10, 11, 13]
assert list(it.chain("ab", [1])) == ["a", "b", 1]
assert list(it.chain.from_iterable(["ab", "c"])) == ["a", "b", "c"]
assert list(it.compress("abcd", [1, 0, 1, 0])) == ["a", "c"]
assert list(it.dropwhile(lambda x: x < 3, [1, 3, 2])) == [3, 2]
assert list(it.takewhile(lambda x: x < 3, [1, 3, 2])) == [1]
assert list(it.filterfalse(lambda x: x % 2, range(5))) == [0, 2, 4]
assert list(it.starmap(pow, [(2, 3), (3, 2)])) == [8, 9]
assert [(k, list(g)) for k, g in it.groupby("aabbbc")] == [
    ("a", ["a", "a"]), ("b", ["b", "b", "b"]), ("c", ["c"])]
assert [(k, list(g)) for k, g in it.groupby([1, 3, 2], key=lambda x: x % 2)] == [(1, [1, 3]), (0, [2])]
assert list(it.islice("abcdefg", 2)) == ["a", "b"] and list(it.islice("abcdefg", 2, None)) == list("cdefg")
assert list(it.islice("abcdefg", 0, None, 3)) == ["a", "d", "g"]
assert list(it.pairwise([1, 2, 3])) == [(1, 2), (2, 3)]
assert list(it.zip_longest("ab", [1], fillvalue=0)) == [("a", 1), ("b", 0)]
a, b = it.tee([1, 2, 3])
assert next(a) == 1 and list(b) == [1, 2, 3] and list(a) == [2, 3]
assert list(it.product("ab", [1, 2])) == [("a", 1), ("a", 2), ("b", 1), ("b", 2)]
assert len(list(it.product(range(3), repeat=3))) == 27 and list(it.product()) == [()]
assert list(it.permutations("abc", 2)) == [
    ("a", "b"), ("a", "c"), ("b", "a"), ("b", "c"), ("c", "a"), ("c", "b")]
assert len(list(it.permutations(range(5)))) == 120
assert list(it.combinations("abc", 2)) == [("a", "b"), ("a", "c"), ("b", "c")]
assert list(it.combinations_with_replacement("ab", 2)) == [("a", "a"), ("a", "b"), ("b", "b")]
assert list(it.combinations([1], 2)) == []
assert error(it.islice, [1], -1) == (
    "ValueError: Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
assert error(it.permutations, [1], -1) == "ValueError: r must be non-negative"
assert error(it.count, "a") == "TypeError: a number is required"
assert error(it.chain.from_iterable, 5) == "TypeError: 'int' object is not iterable"
g = it.groupby([1, 1, 2])
k, first = next(g)
next(g)
assert list(first) == []
assert repr(it.count(3)) == "count(3)" and repr(it.repeat(1, 2)) == "repeat(1, 2)"
assert it.repeat(1, 5).__length_hint__() == 5 and next(it.count(2 ** 70)) == 2 ** 70
assert sum(it.takewhile(lambda x: x < 1000, (x * x for x in it.count()))) == sum(x * x for x in range(32))
assert max(it.starmap(lambda x, y: x * y, zip(range(10), range(10)))) == 81

"""range objects: indexing, slicing, membership, equality, hash, attributes, huge values."""
from _case import error

r = range(2, 20, 3)
assert list(r) == [2, 5, 8, 11, 14, 17] and len(r) == 6 and r[0] == 2 and r[-1] == 17
assert r[1:3] == range(5, 11, 3) and r[::-1] == range(17, -1, -3) and r[::2] == range(2, 20, 6)
assert (r.start, r.stop, r.step) == (2, 20, 3)
assert 5 in r and 6 not in r and 5.0 in r and "a" not in r and True not in r and r.index(8) == 2
assert r.count(8) == 1 and r.count(9) == 0 and error(r.index, 9) == "ValueError: 9 is not in range"
assert error(lambda: r[6]) == "IndexError: range object index out of range"
assert range(0) == range(5, 5) == range(3, 1) and range(0, 3, 2) == range(0, 4, 2)
assert hash(range(0, 3, 2)) == hash(range(0, 4, 2)) and range(3) != [0, 1, 2] and bool(range(0)) is False
assert bool(range(1))
assert repr(range(3)) == "range(0, 3)" and repr(range(1, 2, 3)) == "range(1, 2, 3)"
assert str(range(-1)) == "range(0, -1)"
assert error(range) == "TypeError: range expected at least 1 argument, got 0"
assert error(range, 1.5) == "TypeError: 'float' object cannot be interpreted as an integer"
assert error(range, 1, 2, 0) == "ValueError: range() arg 3 must not be zero"
assert error(range, 1, 2, 3, 4) == "TypeError: range expected at most 3 arguments, got 4"
big = range(10 ** 30, 10 ** 30 + 10, 4)
assert list(big) == [10 ** 30, 10 ** 30 + 4, 10 ** 30 + 8] and big[-1] == 10 ** 30 + 8
assert 10 ** 30 + 4 in big and len(big) == 3
assert error(len, range(2 ** 64)) == "OverflowError: Python int too large to convert to C ssize_t"
assert range(2 ** 64)[2 ** 63] == 2 ** 63
assert list(range(2 ** 63 - 1, 2 ** 63 + 1)) == [2 ** 63 - 1, 2 ** 63]
assert list(reversed(range(5))) == [4, 3, 2, 1, 0] and list(reversed(range(0, 10, 3))) == [9, 6, 3, 0]
assert list(range(-5, 0)) == [-5, -4, -3, -2, -1] and sum(range(101)) == 5050 and max(range(5)) == 4
assert list(range(10, 0, -3)) == [10, 7, 4, 1]
it = iter(range(3))
assert next(it) == 0 and it.__length_hint__() == 2 and list(it) == [1, 2] and next(it, "x") == "x"
assert [*range(2), *range(2)] == [0, 1, 0, 1]
assert error(lambda: range(3).start.x) == "AttributeError: 'int' object has no attribute 'x'"
assert error(setattr, r, "start", 1) == "AttributeError: readonly attribute"
assert error(lambda: range(3) < range(4)) == (
    "TypeError: '<' not supported between instances of 'range' and 'range'")
total = 0
for i in range(10):
    for j in range(i, 10, 2):
        total += j
assert total == sum(j for i in range(10) for j in range(10) if j >= i and (j - i) % 2 == 0)

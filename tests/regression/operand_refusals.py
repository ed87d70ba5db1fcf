"""What operators say of operands that they do not take: in-place repetition of containers, pow with a
third number, items of what has none.
"""
from _case import told


class Plain:
    pass


class MyInt(int):
    pass


class Index:
    def __index__(self):
        return 0


def repeat(a, b):
    a *= b
    return a


for left, name in ({}, "dict"), ({1}, "set"), (frozenset(), "frozenset"), (range(2), "range"), (Plain(),
        "Plain"), (MyInt(2), "MyInt"), ({}.keys(), "dict_keys"):
    for right in ([1], "a", (1,), b"x"):
        assert told(repeat, left, right) == (
            f"TypeError: unsupported operand type(s) for *=: '{name}' and "
            f"'{type(right).__name__}'"), (left, right)
for left, name in (None, "NoneType"), (iter([]), "list_iterator"), (1.5, "float"):
    assert told(repeat, left, [1]) == f"TypeError: can't multiply sequence by non-int of type '{name}'"
assert repeat(2, [1]) == [1, 1] and repeat(True, "ab") == "ab"

integers_only = "TypeError: pow() 3rd argument not allowed unless all arguments are integers"
assert told(pow, 2, 3, 1.5) == told(pow, 2, 1.5, 3) == told(pow, Plain(), 3, 1.5) == integers_only
assert told(pow, 2, 3, 1j) == told(pow, 2, 1j, 3) == "ValueError: complex modulo"
assert told(pow, "a", 3, 1j) == (
    "TypeError: unsupported operand type(s) for ** or pow(): 'str', 'int', 'complex'")


def delete(container, key):
    del container[key]


def store(container, key):
    container[key] = 1


for container in (1, 2), "ab", b"ab", range(3):
    name = type(container).__name__
    for key in 0, True, Index():
        assert told(delete, container, key) == f"TypeError: '{name}' object doesn't support item deletion"
    for key in "k", slice(1), ():
        assert told(delete, container, key) == f"TypeError: '{name}' object does not support item deletion"
    for change in delete, store:
        assert told(change, container, 2 ** 70) == "IndexError: cannot fit 'int' into an index-sized integer"
    assert told(store, container, 0) == f"TypeError: '{name}' object does not support item assignment"
assert told(delete, 5, 0) == "TypeError: 'int' object does not support item deletion"
assert told(pow, 2 ** 1024, 2, 1j) == "OverflowError: int too large to convert to float"
assert told(lambda: float("inf") ** 1j) == "ZeroDivisionError: 0.0 to a negative or complex power"
assert told(lambda: "%*d" % (10 ** 18,)) == "TypeError: not enough arguments for format string"
assert told(lambda: "%*d" % (10 ** 18, 5)) == "MemoryError: "

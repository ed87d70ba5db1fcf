"""Chained comparison evaluates each operand once and stops early; identity, membership, ordering of
containers.
"""
from _case import error

log = []


def f(x):
    log.append(x)
    return x


assert f(1) < f(2) < f(3) and log == [1, 2, 3]
log.clear()
assert not f(3) < f(2) < f(1) and log == [3, 2]
log.clear()
assert f(1) < f(3) > f(2) != f(5) in (5, 6) and log == [1, 3, 2, 5]
log.clear()
x = f(1) == f(1) is not f(None)
assert x is True
assert (1 < 2) is True and (1 < 2 < 1) is False
assert [] < [0] < [0, 0] < [1] and (1, 2) < (1, 2, 0) and "a" < "aa" < "b" and b"a" < b"b"
assert [1, [2, 3]] == [1, [2, 3]] != [1, [2, 4]] and (1,) != [1]
nan = float("nan")
assert [nan] == [nan] and nan in [nan] and (nan,) == (nan,) and {nan: 1} == {nan: 1}
assert 1 in [1.0] and True in (1,) and "b" in "abc" and "" in "" and b"b" in b"abc" and 98 in b"abc"
assert 5 not in range(5) and 4 in range(5) and 3.0 in range(5) and "3" not in range(5)
assert {1, 2} < {1, 2, 3} and not {1, 2} < {1, 2} and {1, 2} <= {2, 1} and not {1} <= {2} and not {1} >= {2}


class Odd:
    def __lt__(self, o):
        return "lt"

    def __gt__(self, o):
        return []

    def __contains__(self, x):
        return "yes" if x else ""


o = Odd()
assert (o < 1) == "lt" and (1 > o) == "lt" and (1 < o) == [] and (0 < o < 5) == []
assert (1 in o) is True and (0 in o) is False and (0 not in o) is True


class OnlyIter:
    def __iter__(self):
        return iter("abc")


assert "b" in OnlyIter() and "z" not in OnlyIter()
assert error(lambda: 1 < "a") == "TypeError: '<' not supported between instances of 'int' and 'str'"
assert error(lambda: [1] < ["a"]) == "TypeError: '<' not supported between instances of 'int' and 'str'"
assert error(lambda: None >= 1) == "TypeError: '>=' not supported between instances of 'NoneType' and 'int'"
assert error(lambda: 1 in 2) == "TypeError: argument of type 'int' is not iterable"
assert error(lambda: 1 in "a") == "TypeError: 'in <string>' requires string as left operand, not int"
assert error(lambda: 300 in b"a") == "ValueError: byte must be in range(0, 256)"
assert error(lambda: {} < {}) == "TypeError: '<' not supported between instances of 'dict' and 'dict'"
assert error(lambda: 1j < 2j) == "TypeError: '<' not supported between instances of 'complex' and 'complex'"

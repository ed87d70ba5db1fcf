"""A function gets another __code__ while it runs: what runs goes on with the code it has."""
import sys


def other():
    return 5


def other_generator():
    yield 7


def function():
    function.__code__ = other.__code__
    try:
        1 / 0
    except ZeroDivisionError:
        return sys._getframe().f_lineno - sys._getframe().f_code.co_firstlineno


assert function() == 5  # the line within the function
assert function() == 5  # the other function's result


def generator():
    generator.__code__ = other_generator.__code__
    yield 1
    try:
        yield 1 / 0
    except ZeroDivisionError:
        yield "handled"


assert list(generator()) == [1, "handled"]
assert list(generator()) == [7]


def suspended():
    x = yield 1
    yield x


g = suspended()
next(g)
suspended.__code__ = other_generator.__code__
assert g.send(3) == 3 and next(g, "end") == "end"
assert list(suspended()) == [7]

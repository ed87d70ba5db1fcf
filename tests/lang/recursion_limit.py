# stress: 400
"""The recursion limit: how deep calls go, that it can be set, and what a handler may do when it was
reached.
"""
import sys

from _case import error


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


assert depth(900) == 900


def forever(n):
    return forever(n + 1)


assert error(forever, 0).startswith("RecursionError: maximum recursion depth exceeded")
assert depth(900) == 900
old = sys.getrecursionlimit()
assert old == 1000
sys.setrecursionlimit(5000)
assert depth(4500) == 4500 and sys.getrecursionlimit() == 5000
sys.setrecursionlimit(old)
count = 0


def counting():
    global count
    count += 1
    counting()


try:
    counting()
except RecursionError:
    pass
assert 900 <= count <= 1001, count


def handler_depth():
    """The handler runs with room to spare."""
    try:
        forever(0)
    except RecursionError:
        return depth(400)


assert handler_depth() == 400

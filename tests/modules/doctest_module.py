"""doctest finds the examples of a module."""
import doctest
import sys


def f(a, b: int = 2, /, c=3, *args, d, e=5, **kw) -> str:
    """Doc.

    >>> 1 + 1
    2
    """
    return "x"


assert doctest.testmod(sys.modules["__main__"]) == (0, 1)

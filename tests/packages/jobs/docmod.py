"""Module doc.

>>> add(1, 2)
3
>>> add(1, "x")
Traceback (most recent call last):
TypeError: unsupported operand type(s) for +: 'int' and 'str'
>>> add(2, 2)
5
"""


def add(a: int, b: int = 3) -> int:
    """Adds *a* and **b**."""
    return a + b


class K:
    """A class."""

    def m(self, x=None, *a, **k):
        "Method."

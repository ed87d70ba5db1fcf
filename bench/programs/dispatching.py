"""Which code for which kind: singledispatch, abstract classes with registered strangers, protocols checked
while running, match statements, a visitor found by name.
"""
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import singledispatch, singledispatchmethod
from numbers import Number, Rational
from typing import Protocol, runtime_checkable


class Shape(ABC):
    @abstractmethod
    def area(self):
        ...

    @classmethod
    def __subclasshook__(cls, other):
        return True if cls is Shape and "surface" in other.__dict__ else NotImplemented


class Square(Shape):
    __match_args__ = ("side",)

    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side * self.side


class Box(Square):
    __match_args__ = ("side", "height")

    def __init__(self, side, height):
        super().__init__(side)
        self.height = height


@Shape.register
class Stranger:
    def area(self):
        return 7


class Lake:
    def surface(self):
        return 3


@runtime_checkable
class Measured(Protocol):
    def area(self): ...


@runtime_checkable
class Named(Protocol):
    name: str


@singledispatch
def describe(item):
    return "?"


@describe.register(int)
@describe.register(float)
def _(item):
    return "number"


@describe.register
def _(item: Shape):
    return "shape"


@describe.register
def _(item: Sequence):
    return "row of " + describe(item[0]) if item and not isinstance(item, str) else "text or nothing"


@describe.register
def _(item: Mapping):
    return "table"


class Total:
    def __init__(self):
        self.sum = 0

    @singledispatchmethod
    def add(self, item):
        self.sum += 1

    @add.register
    def _(self, item: int):
        self.sum += item

    @add.register
    def _(self, item: list):
        for part in item:
            self.add(part)

    def visit(self, item):
        for kind in type(item).__mro__:
            found = getattr(self, "visit_" + kind.__name__, None)
            if found is not None:
                return found(item)
        return "nothing"

    def visit_Square(self, item):
        return f"square {item.side}"

    def visit_dict(self, item):
        return f"dict {len(item)}"

    def visit_object(self, item):
        return type(item).__name__


def matched(item):
    match item:
        case Box(side, height):
            return side * height
        case Square(side):
            return side
        case [int(a), *rest]:
            return a + len(rest)
        case {"key": value, **others}:
            return value + len(others)
        case str() | float():
            return 1
        case _:
            return 0


def main(n):
    items = [3, 2.5, "text", [1, 2, 3], (Square(2),), {"key": 4, "more": 5}, Square(3), Box(2, 5), Stranger(),
             Lake(), None, describe, frozenset(), b"raw", True]
    kinds = (Shape, Measured, Named, Number, Rational, Sequence, Mapping, Hashable, Callable, Iterable)
    table = [[isinstance(item, kind) for kind in kinds] for item in items]
    for row in table:
        print("".join("x" if yes else "." for yes in row))
    counts, total, matches = {}, Total(), 0
    for i in range(n):
        item = items[i % len(items)]
        said = describe(item)
        counts[said] = counts.get(said, 0) + 1
        total.add(item)
        seen = total.visit(item)
        counts[seen] = counts.get(seen, 0) + 1
        matches += matched(item)
        kind = kinds[i % len(kinds)]
        answer = isinstance(item, kind)
        assert answer is table[i % len(items)][i % len(kinds)]
        assert kind is Named or answer is issubclass(type(item), kind)
    try:
        Shape()
    except TypeError as error:
        print(error)
    print(sorted(counts.items()), total.sum, matches)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 60000)

"""__eq__, __hash__ and __ne__: what one of them defined does to the others, results that are no bool."""
from _case import error


class Eq:
    def __init__(self, v):
        self.v = v

    def __eq__(self, o):
        return self.v == o.v

    def __hash__(self):
        return hash(self.v)


assert Eq(1) == Eq(1) and not Eq(1) != Eq(1) and Eq(1) != Eq(2) and len({Eq(1), Eq(1), Eq(2)}) == 2
assert {Eq(1): "a"}[Eq(1)] == "a"


class OnlyEq:
    def __eq__(self, o):
        return True


assert OnlyEq.__hash__ is None and error(lambda: {OnlyEq()}) == "TypeError: unhashable type: 'OnlyEq'"


class HashChild(OnlyEq):
    __hash__ = object.__hash__


assert hash(HashChild()) is not None


class Ne:
    def __ne__(self, o):
        return "ne called"


assert (Ne() != 1) == "ne called" and (Ne() == 1) is False


class Weird:
    def __eq__(self, o):
        return [1]

    def __lt__(self, o):
        return None


assert (Weird() == 1) == [1] and (Weird() < 1) is None and (1 > Weird()) is None and (Weird() in [5]) is True

"""__hash__: its result as a hash, its absence, and keys of displays that have none."""
from _case import error


class H:
    def __init__(self, h):
        self.h = h

    def __hash__(self):
        return self.h

    def __eq__(self, o):
        return isinstance(o, H) and self.h == o.h


assert hash(H(5)) == 5 and hash(H(-1)) == -2 and hash(H(2 ** 61 - 1)) == 2 ** 61 - 1
assert hash(H(2 ** 64)) == hash(2 ** 64)
assert {H(1): "a"}[H(1)] == "a"


class NoHash:
    def __eq__(self, o):
        return True


assert NoHash.__hash__ is None and error(lambda: hash(NoHash())) == "TypeError: unhashable type: 'NoHash'"
assert error(lambda: {[]: 1}) == "TypeError: unhashable type: 'list'"
assert error(lambda: {{}}) == "TypeError: unhashable type: 'dict'"


class BadHash:
    def __hash__(self):
        return "x"


assert error(lambda: hash(BadHash())) == "TypeError: __hash__ method should return an integer"

"""__len__: what it may return."""
from _case import error


class Len:
    def __init__(self, v):
        self.v = v

    def __len__(self):
        return self.v

    def __length_hint__(self):
        return 3


assert len(Len(5)) == 5 and len(Len(True)) == 1
assert error(lambda: len(Len(2 ** 70))) == "OverflowError: cannot fit 'int' into an index-sized integer"
assert error(lambda: len(Len("a"))) == "TypeError: 'str' object cannot be interpreted as an integer"

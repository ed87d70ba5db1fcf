"""Whatever consumes an iterator hands on what it raises."""
from _case import error


def gen():
    yield 1
    raise KeyError("x")


for f in (
        list, tuple, set, sum, sorted, max, lambda g: dict.fromkeys(g), lambda g: [*g],
        lambda g: ",".join(map(str, g)), lambda g: list(zip(g, g)), lambda g: list(map(str, g)), bytes,
        bytearray):
    assert error(f, gen()) == "KeyError: 'x'", f

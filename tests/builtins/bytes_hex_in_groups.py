"""Hexadecimal text in groups of every size, read with what separates them; bytes that translation drops."""
import random

g = random.Random(2)
MESSAGE = "non-hexadecimal number found in fromhex() arg"
BACKWARDS = bytes(255 - i for i in range(256))

for size in (*range(12), 31, 32, 33, 63, 64, 65, 200):
    data = g.randbytes(size)
    for group in (1, 2, 3, 4, 5, 33, -2, -5):
        for separator in (" ", "  ", "\n", ""):
            text = data.hex(":", group).replace(":", separator)
            assert bytes.fromhex(text) == bytearray.fromhex(text.upper()) == data
    for _ in range(9):
        drop = g.randbytes(g.randrange(1, 100))
        left = bytes(x for x in data if x not in drop)
        assert data.translate(None, drop) == left
        assert bytearray(data).translate(BACKWARDS, drop) == bytes(255 - x for x in left)

WRONG = (("0", 1), ("0 1", 1), ("00 0g", 4), ("zz", 0), ("000", 3), ("00 11 2", 7), ("0011223344x5", 10))
for text, place in WRONG:
    try:
        bytes.fromhex(text)
    except ValueError as error:
        assert str(error) == f"{MESSAGE} at position {place}", (text, error)
    else:
        raise AssertionError(text)

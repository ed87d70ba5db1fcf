"""Shifts and bit operations, small and large, of either sign."""
from _case import error

for n in (0, 1, 5, -1, -5, 12345678901234567890, -12345678901234567890, 2 ** 61, -2 ** 61, 2 ** 62, -2 ** 62):
    for k in (0, 1, 2, 3, 30, 59, 60, 61, 62, 63, 64, 65, 100, 300):
        assert n << k == n * 2 ** k
        assert n >> k == n // 2 ** k
        assert (n << k) >> k == n
        assert n & ((1 << k) - 1) == n % (1 << k)
assert 1 >> 10 ** 20 == 0 and -1 >> 10 ** 20 == -1 and 0 << 10 ** 20 == 0
assert -1 & 0xFF == 255 and ~0 == -1 and 5 ^ -1 == -6 and 6 | -8 == -2
assert (2 ** 100 | 1) & -2 == 2 ** 100
assert True << 2 == 4 and True & True is True and True | 2 == 3 and (True ^ False) is True and ~True == -2
assert error(lambda: 1 << -1) == "ValueError: negative shift count"
assert error(lambda: 1 >> -1) == "ValueError: negative shift count"
assert error(lambda: 1 << 1.0) == "TypeError: unsupported operand type(s) for <<: 'int' and 'float'"
assert error(lambda: ~1.5) == "TypeError: bad operand type for unary ~: 'float'"
assert (255).bit_length() == 8 and (-256).bit_length() == 9 and (0).bit_length() == 0
assert (2 ** 100).bit_length() == 101 and (0b10110111).bit_count() == 6 and (-7).bit_count() == 3
x = 1
x <<= 70
x |= 5
x >>= 1
x ^= 3
x &= ~1
assert x == 2 ** 69

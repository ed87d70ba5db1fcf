"""abs, divmod, pow, round, hex, oct, bin."""
from _case import error

assert abs(-5) == 5
assert abs(-2.5) == 2.5
assert abs(3 - 4j) == 5.0 and error(abs, "a") == "TypeError: bad operand type for abs(): 'str'"
assert divmod(7, 3) == (2, 1) and pow(2, 3) == 8 and pow(base=2, exp=3, mod=5) == 3
assert round(2.567, 1) == 2.6
assert error(round, "a") == "TypeError: type str doesn't define __round__ method"
assert hex(-255) == "-0xff" and oct(8) == "0o10" and bin(-5) == "-0b101"
assert error(hex, 1.5) == "TypeError: 'float' object cannot be interpreted as an integer"
assert abs(-2 ** 70) == 2 ** 70 and divmod(7, -2) == (-4, -1) and pow(2, 10) == 1024 and pow(2, 100, 7) == 2

"""Float arithmetic: specials, signs of zero, floor division, modulo, comparison with large ints."""
from _case import error

inf = float("inf")
nan = float("nan")
assert 0.1 + 0.2 == 0.30000000000000004 and 0.5 - 0.75 == -0.25 and 1e308 * 10 == inf
assert nan != nan and not nan == nan and not nan < 1 and not nan > 1 and not nan <= nan
assert inf > 10 ** 400 and -inf < -10 ** 400 and inf == inf and inf - inf != 0
assert 7.5 // 2 == 3.0 and -7.5 // 2 == -4.0 and 7.5 % 2 == 1.5 and -7.5 % 2 == 0.5 and 7.5 % -2 == -0.5
assert divmod(-1e-20, 3.0) == (-1.0, 3.0)
assert str(-0.0) == "-0.0" and 0.0 == -0.0 and str(0.0 * -1) == "-0.0" and str(-0.0 + 0.0) == "0.0"
assert str(-0.0 % 5.0) == "0.0" and str(0.0 // -5.0) == "-0.0"
assert inf % 2 != inf % 2 and 5.0 % inf == 5.0 and -5.0 % inf == inf and 5.0 // inf == 0.0
assert -5.0 // inf == -1.0
assert 2 ** 53 + 1 != float(2 ** 53 + 1) and 2 ** 53 == float(2 ** 53)
assert 2 ** 53 + 1 > 9007199254740992.0 and 9007199254740993 > 9007199254740992.0
assert 10 ** 22 == 1e22 and 10 ** 23 != 1e23
assert 1 == 1.0 and hash(1) == hash(1.0) and 1.5 < 2 and 2 > 1.5 and True == 1.0
assert (-8.0) ** 2 == 64.0 and 2.0 ** -2 == 0.25 and 2 ** 0.5 == 1.4142135623730951
assert (-8) ** (1 / 3) == (1.0000000000000002 + 1.7320508075688772j)
assert 0.0 ** 0 == 1.0 and nan ** 0 == 1.0 and 1 ** nan == 1.0 and inf ** -1 == 0.0 and (-inf) ** 3 == -inf
assert 1e-320 > 0 and 5e-324 / 2 == 0.0 and 2.0 ** -1040 * 2 == 2.0 ** -1039
assert 1e300 * 1e-300 == 1.0 and 1e-200 * 1e-200 == 0.0 and 1e200 * 1e200 == inf
# values near the borders of immediate floats
for e in (
        -1074, -1023, -1022, -768, -767, -766, -512, -257, -256, -255, -254, -1, 0, 1, 255, 256, 257, 258,
        512, 768, 769, 1023):
    x = 2.0 ** e
    assert x * 1.0 == x and -(-x) == x and x + 0.0 == x and x - x == 0.0
    assert x / 2 * 2 == x or e < -1073
    assert [x][0] == x and (x, -x) == (x, -x) and {x: 1}[x] == 1
    assert float(repr(x)) == x and float(repr(-x)) == -x
    y = x * 1.5
    assert y > x or e == -1074
    assert (y - x) * 2 == x or e <= -1073


assert error(lambda: 1.0 / 0) == "ZeroDivisionError: float division by zero"
assert error(lambda: 1.0 // 0) == "ZeroDivisionError: float floor division by zero"
assert error(lambda: 1.0 % 0) == "ZeroDivisionError: float modulo"
assert error(lambda: divmod(1.0, 0)) == "ZeroDivisionError: float divmod()"
assert error(lambda: 0.0 ** -1) == "ZeroDivisionError: 0.0 cannot be raised to a negative power"
assert error(lambda: 10.0 ** 400) == "OverflowError: (34, 'Numerical result out of range')"
assert error(lambda: float(10 ** 400)) == "OverflowError: int too large to convert to float"
assert error(lambda: 1.0 + "a") == "TypeError: unsupported operand type(s) for +: 'float' and 'str'"
assert error(lambda: 10 ** 400 * 1.0) == "OverflowError: int too large to convert to float"

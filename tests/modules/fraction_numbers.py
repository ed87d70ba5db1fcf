"""fractions.Fraction: construction, arithmetic, comparison with floats."""
import decimal
import fractions

from _case import error

D, F = decimal.Decimal, fractions.Fraction
assert F(1, 3) + F(1, 6) == F(1, 2) and F("0.75") == F(3, 4) and F(0.5) == F(1, 2) and F(6, -8) == F(-3, 4)
assert str(F(3, 4)) == "3/4" and repr(F(3)) == "Fraction(3, 1)" and F(7, 2).__floor__() == 3
assert round(F(7, 2)) == 4 and F(1, 3) < 0.5 and F(1, 2) == 0.5 and hash(F(1, 2)) == hash(0.5)
assert F(3.14159).limit_denominator(100) == F(311, 99) and F(2, 3) ** 2 == F(4, 9) and F(1, 2) * 2.0 == 1.0
assert error(F, 1, 0) == "ZeroDivisionError: Fraction(1, 0)" and float(F(1, 4)) == 0.25
assert F(10, 4).numerator == 5 and F(-7, 2) // 1 == -4

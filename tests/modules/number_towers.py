"""numbers: which abstract class a number belongs to."""
import decimal
import fractions
import numbers

D, F = decimal.Decimal, fractions.Fraction
assert isinstance(1, numbers.Integral) and isinstance(1.5, numbers.Real)
assert isinstance(F(1), numbers.Rational) and isinstance(1j, numbers.Complex)
assert isinstance(D(1), numbers.Number)

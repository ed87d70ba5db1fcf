"""decimal, fractions, statistics, numbers."""
import decimal, fractions, numbers, statistics

from _case import error

D, F = decimal.Decimal, fractions.Fraction
assert D("1.10") + D("2.2") == D("3.30") and str(D("1.10") + D("2.20")) == "3.30"
assert D("1") / D("3") == D("0.3333333333333333333333333333") and str(D("1E+3") * 2) == "2E+3"
assert D("2") ** D("0.5") == D("1.414213562373095048801688724") and D("1.25").quantize(D("0.1")) == D("1.2")
assert D("1.25").quantize(D("0.1"), rounding=decimal.ROUND_HALF_UP) == D("1.3")
assert D(0.1) == D("0.1000000000000000055511151231257827021181583404541015625") and D("-0") == 0
assert str(D("-0")) == "-0" and D("NaN") != D("NaN") and D("Infinity") > 10 ** 100
assert D("1.50").normalize() == D("1.5") and D("123.456").as_tuple() == (0, (1, 2, 3, 4, 5, 6), -3)
assert hash(D("1.0")) == hash(1) and D("5") // D("2") == 2 and D("-5") % D("3") == D("-2")
assert f"{D('1234.5'):,.2f}" == "1,234.50" and repr(D("1.0")) == "Decimal('1.0')"
assert D("2").sqrt() == D("1.414213562373095048801688724")
assert D("1").exp() == D("2.718281828459045235360287471") and int(D("7.9")) == 7 and float(D("0.5")) == 0.5
assert sum([D("0.1")] * 10) == 1 and max(D("1"), D("2")) == 2
with decimal.localcontext() as c:
    c.prec = 5
    assert D(1) / D(7) == D("0.14286")
assert error(lambda: D(1) / 0) .startswith("DivisionByZero: ")
assert error(D, "abc") .startswith("InvalidOperation: ")
assert decimal.getcontext().prec == 28
assert error(lambda: D(1) + 1.5) .startswith("TypeError: unsupported operand type(s) for +: ")
assert F(1, 3) + F(1, 6) == F(1, 2) and F("0.75") == F(3, 4) and F(0.5) == F(1, 2) and F(6, -8) == F(-3, 4)
assert str(F(3, 4)) == "3/4" and repr(F(3)) == "Fraction(3, 1)" and F(7, 2).__floor__() == 3
assert round(F(7, 2)) == 4 and F(1, 3) < 0.5 and F(1, 2) == 0.5 and hash(F(1, 2)) == hash(0.5)
assert F(3.14159).limit_denominator(100) == F(311, 99) and F(2, 3) ** 2 == F(4, 9) and F(1, 2) * 2.0 == 1.0
assert error(F, 1, 0) == "ZeroDivisionError: Fraction(1, 0)" and float(F(1, 4)) == 0.25
assert F(10, 4).numerator == 5 and F(-7, 2) // 1 == -4
assert statistics.mean([1, 2, 3, 4]) == 2.5 and statistics.median([3, 1, 2]) == 2
assert statistics.mode("aab") == "a" and statistics.stdev([1, 2, 3, 4]) == 1.2909944487358056
assert statistics.pvariance([1, 2, 3]) == 2 / 3 and statistics.mean([F(1, 2), F(1, 4)]) == F(3, 8)
assert statistics.fmean([1, 2]) == 1.5 and statistics.harmonic_mean([40, 60]) == 48.0
assert statistics.quantiles([1, 2, 3, 4], n=4) == [1.25, 2.5, 3.75]
assert statistics.correlation([1, 2, 3], [1, 2, 3]) == 1.0
assert error(statistics.mean, []) == "StatisticsError: mean requires at least one data point"
assert statistics.NormalDist(0, 1).cdf(0) == 0.5
assert statistics.linear_regression([1, 2], [2, 4]).slope == 2.0
assert isinstance(1, numbers.Integral) and isinstance(1.5, numbers.Real)
assert isinstance(F(1), numbers.Rational) and isinstance(1j, numbers.Complex)
assert isinstance(D(1), numbers.Number)

"""decimal: exact arithmetic, rounding, contexts, special values, errors."""
import decimal
import fractions

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

"""float: parsing, shortest repr, hex, as_integer_ratio, rounding, hash, predicates."""
from _case import error

for text, value in [("1.5", 1.5), (" -1.5e3\n", -1500.0), ("1_000.5", 1000.5), (".5", 0.5), ("5.", 5.0), ("1e400", float("inf")), ("-inf", -float("inf")), ("Infinity", float("inf")), ("+1", 1.0), ("1E-5", 1e-5), ("0x1p3", None), ("", None), ("abc", None), ("1e", None), ("1__0", None), ("1 2", None), ("--1", None), (".", None), ("infin", None), ("٣.٥", 3.5), ("2.2250738585072011e-308", 2.225073858507201e-308), ("4.9406564584124654e-324", 5e-324), ("2.4703282292062327e-324", 0.0), ("2.4703282292062328e-324", 5e-324), ("1.7976931348623158e308", 1.7976931348623157e308), ("1.7976931348623159e308", float("inf")), ("9007199254740993", 9007199254740992.0), ("9007199254740993.00000000000000000001", 9007199254740994.0), ("0." + "0" * 400 + "1e400", 0.1), ("123456789012345678901234567890", 1.2345678901234568e29)]:
    if value is None:
        assert error(float, text) == "ValueError: could not convert string to float: %r" % text, text
    else:
        assert float(text) == value, text
assert str(float("nan")) == "nan" and str(float("-nan")) == "nan" and float() == 0.0
assert float(b"1.5") == 1.5 and float(5) == 5.0 and float(True) == 1.0
for x, want in [(0.1, "0.1"), (1.0, "1.0"), (1e16, "1e+16"), (1e15, "1000000000000000.0"), (123456789012345680.0, "1.2345678901234568e+17"), (0.0001, "0.0001"), (0.00001, "1e-05"), (1 / 3, "0.3333333333333333"), (2 / 3, "0.6666666666666666"), (1e22, "1e+22"), (1e23, "1e+23"), (5e-324, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"), (2.2250738585072014e-308, "2.2250738585072014e-308"), (9007199254740993.0, "9007199254740992.0"), (0.1 + 0.2, "0.30000000000000004"), (100.0, "100.0"), (-0.0, "-0.0"), (1e100, "1e+100"), (3.0e-7, "3e-07"), (4.35, "4.35"), (2.5e-5, "2.5e-05"), (1.1e15, "1100000000000000.0"), (9999999999999998.0, "9999999999999998.0")]:
    assert repr(x) == want and str(x) == want and float(want) == x, (x, want, repr(x))
assert (1.5).hex() == "0x1.8000000000000p+0" and (0.0).hex() == "0x0.0p+0"
assert (-0.1).hex() == "-0x1.999999999999ap-4" and float("inf").hex() == "inf"
assert (5e-324).hex() == "0x0.0000000000001p-1022"
assert float.fromhex("0x1.8p1") == 3.0 and float.fromhex("-0x.8p0") == -0.5
assert float.fromhex("inf") == float("inf") and float.fromhex("a") == 10.0
assert float.fromhex("0x1p-1074") == 5e-324
assert error(float.fromhex, "xyz") == "ValueError: invalid hexadecimal floating-point string"
assert (0.5).as_integer_ratio() == (1, 2)
assert (0.1).as_integer_ratio() == (3602879701896397, 36028797018963968)
assert (-3.0).as_integer_ratio() == (-3, 1)
assert error(float("inf").as_integer_ratio) == "OverflowError: cannot convert Infinity to integer ratio"
assert error(float("nan").as_integer_ratio) == "ValueError: cannot convert NaN to integer ratio"
assert (2.0).is_integer() and not (2.5).is_integer() and not float("inf").is_integer()
assert (1e300).is_integer()
assert round(2.5) == 2 and round(3.5) == 4 and round(-2.5) == -2 and round(2.675, 2) == 2.67
assert round(1.005, 2) == 1.0 and round(1234.567, -2) == 1200.0 and round(0.5) == 0 and round(1.5) == 2
assert type(round(1.5)) is int and type(round(1.5, 0)) is float and round(1e22) == 10 ** 22
assert round(5e15 + 0.5) == 5000000000000000 and round(1.25, 1) == 1.2 and round(1e300, 2) == 1e300
assert round(12.5, -1) == 10.0 and round(-0.4) == 0 and str(round(-0.4, 0)) == "-0.0"
assert error(round, float("nan")) == "ValueError: cannot convert float NaN to integer"
assert error(round, float("inf")) == "OverflowError: cannot convert float infinity to integer"
assert round(float("inf"), 2) == float("inf") and round(1.7, None) == 2
assert hash(0.5) == 2 ** 60 and hash(1.0) == 1 and hash(float("inf")) == 314159
assert hash(float("-inf")) == -314159 and hash(-0.0) == 0 and hash(1e300) == hash(int(1e300))
assert hash(0.1) == 230584300921369408 and hash(-1.0) == -2 and hash(2.0 ** 61) == hash(2 ** 61)
n1, n2 = float("nan"), float("nan")
assert len({n1, n1}) == 1 and n1 != n1 and not n1 == n2 and [n1] == [n1]
assert (1.5).real == 1.5 and (1.5).imag == 0.0 and (1.5).conjugate() == 1.5 and (-1.5).__abs__() == 1.5
assert (2.7).__trunc__() == 2 and (2.7).__floor__() == 2 and (2.2).__ceil__() == 3
assert (-2.7).__int__() == -2
assert float.__getformat__("double") == "IEEE, little-endian" and (1.5).__getnewargs__() == (1.5,)
assert max(1.5, 2) == 2 and min(0.0, -0.0) == 0 and sum([0.1] * 10) == 0.9999999999999999
assert sum([1, 2.5]) == 3.5 and sum([1e308, 1e308]) == float("inf") and divmod(7.5, 2) == (3.0, 1.5)
assert abs(-0.0) == 0 and pow(2.0, 3) == 8.0


class F(float):
    pass


f = F(1.5)
assert f == 1.5 and type(f + 1) is float and f * 2 == 3.0 and repr(f) == "1.5" and hash(f) == hash(1.5)
assert F("2.5") == 2.5 and isinstance(f, float)
values = [x * 0.1 for x in range(-50, 50)]
assert all(float(repr(v)) == v and float(str(v)) == v and float.fromhex(v.hex()) == v for v in values)
v = 1.0
for _ in range(300):
    v = v * 1.37 - 0.1
    assert float(repr(v)) == v
assert 1.0.__eq__(1) is True and 1.0.__lt__("a") is NotImplemented and (1.5).__divmod__(1) == (1.0, 0.5)
assert 5 .__truediv__(2) == 2.5 and (2.5).__rsub__(1) == -1.5

"""float(): from text, digits rounded correctly, and what is refused."""
from _case import error

for text, value in [
        ("1.5", 1.5),
        (" -1.5e3\n", -1500.0),
        ("1_000.5", 1000.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e400", float("inf")),
        ("-inf", -float("inf")),
        ("Infinity", float("inf")),
        ("+1", 1.0),
        ("1E-5", 1e-5),
        ("0x1p3", None),
        ("", None),
        ("abc", None),
        ("1e", None),
        ("1__0", None),
        ("1 2", None),
        ("--1", None),
        (".", None),
        ("infin", None),
        ("٣.٥", 3.5),
        ("2.2250738585072011e-308", 2.225073858507201e-308),
        ("4.9406564584124654e-324", 5e-324),
        ("2.4703282292062327e-324", 0.0),
        ("2.4703282292062328e-324", 5e-324),
        ("1.7976931348623158e308", 1.7976931348623157e308),
        ("1.7976931348623159e308", float("inf")),
        ("9007199254740993", 9007199254740992.0),
        ("9007199254740993.00000000000000000001", 9007199254740994.0),
        ("0." + "0" * 400 + "1e400", 0.1),
        ("123456789012345678901234567890", 1.2345678901234568e29)]:
    if value is None:
        assert error(float, text) == "ValueError: could not convert string to float: %r" % text, text
    else:
        assert float(text) == value, text
assert str(float("nan")) == "nan" and str(float("-nan")) == "nan" and float() == 0.0
assert float(b"1.5") == 1.5 and float(5) == 5.0 and float(True) == 1.0

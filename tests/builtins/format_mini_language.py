"""The mini-language of format(): every kind of value with every kind of specification, and what is
refused.
"""
from _case import error, outcome

for v, spec, want in [
        ("abc", "", "abc"),
        ("abc", "5", "abc  "),
        ("abc", ">5", "  abc"),
        ("abc", "^6", " abc  "),
        ("abc", "*^7", "**abc**"),
        ("abc", ".2", "ab"),
        ("abc", "5.1", "a    "),
        ("é", "日<3", "é日日"),
        ("abc", "s", "abc"),
        ("a", "05", "a0000"),
        ("a", "=<3", "a=="),
        (42, "", "42"),
        (42, "d", "42"),
        (42, "5", "   42"),
        (42, "<5", "42   "),
        (42, "^5", " 42  "),
        (-42, "=6", "-   42"),
        (-42, "06", "-00042"),
        (42, "+", "+42"),
        (42, " ", " 42"),
        (42, "b", "101010"),
        (42, "#b", "0b101010"),
        (42, "o", "52"),
        (42, "#o", "0o52"),
        (42, "x", "2a"),
        (42, "#X", "0X2A"),
        (42, "#010x", "0x0000002a"),
        (65, "c", "A"),
        (1234567, ",", "1,234,567"),
        (1234567, "_", "1_234_567"),
        (1234567, "_x", "12_d687"),
        (0xABCDEF, "_b", "1010_1011_1100_1101_1110_1111"),
        (42, "e", "4.200000e+01"),
        (42, ".2f", "42.00"),
        (42, "%", "4200.000000%"),
        (42, "g", "42"),
        (1234, "010,", "00,001,234"),
        (-1234, "012,", "-000,001,234"),
        (10 ** 30, ",", "1,000,000,000,000,000,000,000,000,000,000"),
        (42, "n", "42"),
        (True, "d", "1"),
        (True, "", "True"),
        (True, "5", "    1"),
        (0, "+", "+0"),
        (-0, "+", "+0"),
        (-5, "x", "-5"),
        (-255, "#x", "-0xff"),
        (5, "<05", "50000"),
        (5, "x>5", "xxxx5"),
        (3.14159, "", "3.14159"),
        (3.14159, ".2f", "3.14"),
        (3.14159, "8.2f", "    3.14"),
        (3.14159, "<8.1f", "3.1     "),
        (3.14159, "+.3e", "+3.142e+00"),
        (1234.5, ",.1f", "1,234.5"),
        (1234.5, "_", "1_234.5"),
        (0.5, "%", "50.000000%"),
        (0.123, ".1%", "12.3%"),
        (1e10, "g", "1e+10"),
        (123456.0, "g", "123456"),
        (1234567.0, "g", "1.23457e+06"),
        (1e-5, "g", "1e-05"),
        (0.0001, "g", "0.0001"),
        (100.0, "#g", "100.000"),
        (1.0, "", "1.0"),
        (1e16, "", "1e+16"),
        (1e15, "", "1000000000000000.0"),
        (1.5, "010", "00000001.5"),
        (-1.5, "010.2f", "-000001.50"),
        (float("inf"), "f", "inf"),
        (float("inf"), "F", "INF"),
        (float("nan"), "e", "nan"),
        (float("-inf"), "08", "-0000inf"),
        (2.5, ".0f", "2"),
        (3.5, ".0f", "4"),
        (0.5, ".0f", "0"),
        (1.0, ".0e", "1e+00"),
        (1.0, "#.0f", "1."),
        (1e22, "f", "10000000000000000000000.000000"),
        (1.1, ".20f", "1.10000000000000008882"),
        (5e-324, "", "5e-324"),
        (5e-324, ".3e", "4.941e-324"),
        (123.456, ".4", "123.5"),
        (123.456, ".2", "1.2e+02"),
        (1e5, ".3", "1e+05"),
        (-0.0, "", "-0.0"),
        (-0.0, "+", "-0.0"),
        (-0.001, "z.1f", "0.0"),
        (-0.0, "z", "0.0"),
        (1234567.891, ",", "1,234,567.891"),
        (12.0, "G", "12"),
        (1e-10, "G", "1E-10"),
        (3.0, "n", "3"),
        (1.5, "E", "1.500000E+00"),
        (999999.5, "g", "1e+06"),
        (1e100, ".3g", "1e+100"),
        (1 + 2j, "", "(1+2j)"),
        (1 + 2j, ".1f", "1.0+2.0j"),
        (1 - 2j, "e", "1.000000e+00-2.000000e+00j"),
        (1j, ">6", "    1j"),
        (1.5 + 0j, "g", "1.5+0j"),
        (-0j, "", "(-0-0j)"),
        (None, "", "None"),
        ([1], "", "[1]")]:
    if want is not None:
        assert format(v, spec) == want, (v, spec, format(v, spec), want)
        assert ("{:" + spec + "}").format(v) == want
assert error(format, 1, "z5q") .startswith("ValueError")
assert error(format, "a", "d") == "ValueError: Unknown format code 'd' for object of type 'str'"
assert error(format, 1.5, "d") == "ValueError: Unknown format code 'd' for object of type 'float'"
assert error(format, 1, "s") == "ValueError: Unknown format code 's' for object of type 'int'"
assert error(format, "a", "=5") == "ValueError: '=' alignment not allowed in string format specifier"
assert error(format, "a", "+") == "ValueError: Sign not allowed in string format specifier"
assert error(format, "a", ",") == "ValueError: Cannot specify ',' with 's'."
assert error(format, 5, ".2") == "ValueError: Precision not allowed in integer format specifier"
assert error(format, 5, ",_") == "ValueError: Cannot specify both ',' and '_'."
assert error(format, 5, ",x") == "ValueError: Cannot specify ',' with 'x'."
assert error(format, 5, "5 ") == r"ValueError: Unknown format code '\x20' for object of type 'int'"
assert error(format, [], "5") == "TypeError: unsupported format string passed to list.__format__"
assert error(format, -1, "c") == "OverflowError: %c arg not in range(0x110000)"
assert error(format, 5, "+c") == "ValueError: Sign not allowed with integer format specifier 'c'"
assert format(5) == "5" and format("a", "") == "a"
assert error(format, 5, 5) == "TypeError: format() argument 2 must be str, not int"
assert outcome(lambda: "{:q}".format(1)) == "ValueError: Unknown format code 'q' for object of type 'int'"
assert outcome(lambda: "{:q}".format("a")) == "ValueError: Unknown format code 'q' for object of type 'str'"
assert outcome(lambda: "{:d}".format("a")) == "ValueError: Unknown format code 'd' for object of type 'str'"
assert outcome(lambda: "{:d}".format(1.5)) == "ValueError: Unknown format code 'd' for object of type 'float'"
assert outcome(lambda: "{:5}".format(None)) == (
    'TypeError: unsupported format string passed to NoneType.__format__')
assert outcome(lambda: "{:5}".format([])) == 'TypeError: unsupported format string passed to list.__format__'
assert outcome(lambda: "{:}".format([])) == '[]'
assert outcome(lambda: format("abc")) == 'abc'
assert outcome(lambda: format("abc", "5")) == 'abc  '
assert outcome(lambda: format("abc", ".2")) == 'ab'
assert outcome(lambda: format("abc", ">6.2")) == '    ab'
assert outcome(lambda: format("abc", "s")) == 'abc'
assert outcome(lambda: format("a", 1)) == 'TypeError: format() argument 2 must be str, not int'
assert outcome(lambda: format(1, "5")) == '    1'
assert outcome(lambda: format(1.5, "")) == '1.5'
assert outcome(lambda: format(True, "")) == 'True'

for spec in ("s\0", "\0\0s", "%\0", ">\U0001f600\0x", "\u0300}\udc80\0"):
    for value in ("t", 5, 2.5, 1j):
        wanted = f"ValueError: Invalid format specifier '{spec}' for object of type '{type(value).__name__}'"
        assert error(format, value, spec) == wanted, (spec, value, error(format, value, spec))
assert error(format, 5, "\0") == (
    "ValueError: Unknown format code '\\x0' for object of type 'int'"), error(format, 5, "\0")

"""str.format, format_map and format(): fields, nesting, conversions, the mini-language for str, int, float, complex, errors."""
from _case import error, outcome

assert "{} {}".format(1, 2) == "1 2" and "{1} {0}".format("a", "b") == "b a"
assert "{x}{y}".format(x=1, y=2) == "12" and "{{}}".format() == "{}" and "{0}{0}".format(3) == "33"
assert "{0.real}".format(5) == "5" and "{0[1]}".format([1, 2]) == "2" and "{a[k]}".format(a={"k": 7}) == "7"
assert "{0[0][1]}".format([[1, 2]]) == "2" and "{x.__class__.__name__}".format(x=1) == "int"
assert "{!r}{!s}{!a}".format("é", "é", "é") == "'é'é'\\xe9'" and "{:>{w}}".format("a", w=4) == "   a"
assert "{:{}}".format("a", 3) == "a  " and "{0:{1}{2}}".format(5, ">", 3) == "  5"
assert "{:{a}{b}}".format("x", a="^", b=3) == " x "
for v, spec, want in [
        ("abc", "", "abc"), ("abc", "5", "abc  "), ("abc", ">5", "  abc"), ("abc", "^6", " abc  "), ("abc", "*^7", "**abc**"), ("abc", ".2", "ab"), ("abc", "5.1", "a    "), ("é", "日<3", "é日日"), ("abc", "s", "abc"), ("a", "05", "a0000"), ("a", "=<3", "a=="),
        (42, "", "42"), (42, "d", "42"), (42, "5", "   42"), (42, "<5", "42   "), (42, "^5", " 42  "), (-42, "=6", "-   42"), (-42, "06", "-00042"), (42, "+", "+42"), (42, " ", " 42"), (42, "b", "101010"), (42, "#b", "0b101010"), (42, "o", "52"), (42, "#o", "0o52"), (42, "x", "2a"), (42, "#X", "0X2A"), (42, "#010x", "0x0000002a"), (65, "c", "A"), (1234567, ",", "1,234,567"), (1234567, "_", "1_234_567"), (1234567, "_x", "12_d687"), (0xABCDEF, "_b", "1010_1011_1100_1101_1110_1111"), (42, "e", "4.200000e+01"), (42, ".2f", "42.00"), (42, "%", "4200.000000%"), (42, "g", "42"), (1234, "010,", "00,001,234"), (-1234, "012,", "-000,001,234"), (10 ** 30, ",", "1,000,000,000,000,000,000,000,000,000,000"), (42, "n", "42"), (True, "d", "1"), (True, "", "True"), (True, "5", "    1"), (0, "+", "+0"), (-0, "+", "+0"), (-5, "x", "-5"), (-255, "#x", "-0xff"), (5, "<05", "50000"), (5, "x>5", "xxxx5"),
        (3.14159, "", "3.14159"), (3.14159, ".2f", "3.14"), (3.14159, "8.2f", "    3.14"), (3.14159, "<8.1f", "3.1     "), (3.14159, "+.3e", "+3.142e+00"), (1234.5, ",.1f", "1,234.5"), (1234.5, "_", "1_234.5"), (0.5, "%", "50.000000%"), (0.123, ".1%", "12.3%"), (1e10, "g", "1e+10"), (123456.0, "g", "123456"), (1234567.0, "g", "1.23457e+06"), (1e-5, "g", "1e-05"), (0.0001, "g", "0.0001"), (100.0, "#g", "100.000"), (1.0, "", "1.0"), (1e16, "", "1e+16"), (1e15, "", "1000000000000000.0"), (1.5, "010", "00000001.5"), (-1.5, "010.2f", "-000001.50"), (float("inf"), "f", "inf"), (float("inf"), "F", "INF"), (float("nan"), "e", "nan"), (float("-inf"), "08", "-0000inf"), (2.5, ".0f", "2"), (3.5, ".0f", "4"), (0.5, ".0f", "0"), (1.0, ".0e", "1e+00"), (1.0, "#.0f", "1."), (1e22, "f", "10000000000000000000000.000000"), (1.1, ".20f", "1.10000000000000008882"), (5e-324, "", "5e-324"), (5e-324, ".3e", "4.941e-324"), (123.456, ".4", "123.5"), (123.456, ".2", "1.2e+02"), (1e5, ".3", "1e+05"), (-0.0, "", "-0.0"), (-0.0, "+", "-0.0"), (-0.001, "z.1f", "0.0"), (-0.0, "z", "0.0"), (1234567.891, ",", "1,234,567.891"), (12.0, "G", "12"), (1e-10, "G", "1E-10"), (3.0, "n", "3"), (1.5, "E", "1.500000E+00"), (999999.5, "g", "1e+06"), (1e100, ".3g", "1e+100"),
        (1 + 2j, "", "(1+2j)"), (1 + 2j, ".1f", "1.0+2.0j"), (1 - 2j, "e", "1.000000e+00-2.000000e+00j"), (1j, ">6", "    1j"), (1.5 + 0j, "g", "1.5+0j"), (-0j, "", "(-0-0j)"),
        (None, "", "None"), ([1], "", "[1]")]:
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
assert error("{}".format) == "IndexError: Replacement index 0 out of range for positional args tuple"
assert error("{a}".format) == "KeyError: 'a'"
assert error("{} {0}".format, 1) == "ValueError: cannot switch from automatic field numbering to manual field specification"
assert error("{0} {}".format, 1) == "ValueError: cannot switch from manual field specification to automatic field numbering"
assert error("{".format) == "ValueError: Single '{' encountered in format string"
assert error("}".format) == "ValueError: Single '}' encountered in format string"
assert error("{0".format, 1) == "ValueError: expected '}' before end of string"
assert error("{!x}".format, 1) == "ValueError: Unknown conversion specifier x"
assert error("{0.x}".format, 1) == "AttributeError: 'int' object has no attribute 'x'"
assert error("{0[x]}".format, [1]) == "TypeError: list indices must be integers or slices, not str"
assert error("{0!}".format, 1) == "ValueError: unmatched '{' in format spec"
assert "{a}{b}".format_map({"a": 1, "b": 2}) == "12"


class Default(dict):
    def __missing__(self, k):
        return "<" + k + ">"


assert "{x} {y}".format_map(Default(x=1)) == "1 <y>"
assert format(5) == "5" and format("a", "") == "a"
assert error(format, 5, 5) == "TypeError: format() argument 2 must be str, not int"
assert outcome(lambda: "{} {}".format(1, 2)) == '1 2'
assert outcome(lambda: "{0}{1}{0}".format("a", "b")) == 'aba'
assert outcome(lambda: "{a}-{b}".format(a=1, b=2)) == '1-2'
assert outcome(lambda: "{{}}".format()) == '{}'
assert outcome(lambda: "{{{}}}".format(1)) == '{1}'
assert outcome(lambda: "{0.real} {0.imag}".format(3 + 4j)) == '3.0 4.0'
assert outcome(lambda: "{0[1]}".format([1, 2])) == '2'
assert outcome(lambda: "{0[key]}".format({"key": 5})) == '5'
assert outcome(lambda: "{a.__class__.__name__}".format(a=1)) == 'int'
assert outcome(lambda: "{0[a b]}".format({"a b": 1})) == '1'
assert outcome(lambda: "{0[-1]}".format({"-1": 2})) == '2'
assert outcome(lambda: "{!r} {!s} {!a}".format("a", "b", "\xe9")) == "'a' b '\\xe9'"
assert outcome(lambda: "{0!r:>5}".format("a")) == "  'a'"
assert outcome(lambda: "{:>5}|{:<5}|{:^5}|{:*^7}".format("a", "b", "c", "d")) == '    a|b    |  c  |***d***'
assert outcome(lambda: "{:{}}".format("a", 5)) == 'a    '
assert outcome(lambda: "{:{w}.{p}f}".format(3.14159, w=8, p=2)) == '    3.14'
assert outcome(lambda: "{0:{1}{2}}".format("x", ">", 4)) == '   x'
assert outcome(lambda: "{:d} {:x} {:o} {:b} {:X} {:#x} {:c}".format(10, 255, 8, 5, 255, 255, 97)) == (
    '10 ff 10 101 FF 0xff a')
assert outcome(lambda: "{:,} {:_} {:,.2f}".format(1234567, 1234567, 1234567.891)) == (
    '1,234,567 1_234_567 1,234,567.89')
assert outcome(lambda: "{:+d} {: d} {:-d} {:05d} {:+05d}".format(1, 2, 3, 42, 42)) == '+1  2 3 00042 +0042'
assert outcome(lambda: "{:e} {:E} {:f} {:g} {:%} {:.1%}".format(1234.5, 1234.5, 1234.5, 1234.5, 0.25, 0.256)) == (
    '1.234500e+03 1.234500E+03 1234.500000 1234.5 25.000000% 25.6%')
assert outcome(lambda: "{}".format(None)) == 'None'
assert outcome(lambda: "{}".format([1, "a"])) == "[1, 'a']"
assert outcome(lambda: "{}".format({"a": 1})) == "{'a': 1}"
assert outcome(lambda: "{:5}|{:5}".format(1, "a")) == '    1|a    '
assert outcome(lambda: "{:5}".format(True)) == '    1'
assert outcome(lambda: "{!s:5}".format(True)) == 'True '
assert outcome(lambda: "{:d}".format(True)) == '1'
assert outcome(lambda: "{a[0][1]}".format(a=[[1, 2]])) == '2'
assert outcome(lambda: "{".format()) == "ValueError: Single '{' encountered in format string"
assert outcome(lambda: "}".format()) == "ValueError: Single '}' encountered in format string"
assert outcome(lambda: "{0".format(1)) == "ValueError: expected '}' before end of string"
assert outcome(lambda: "{!}".format(1)) == "ValueError: unmatched '{' in format spec"
assert outcome(lambda: "{!x}".format(1)) == 'ValueError: Unknown conversion specifier x'
assert outcome(lambda: "{:{:{}}}".format(1, 2, 3)) == 'ValueError: Max string recursion exceeded'
assert outcome(lambda: "{1}".format(1)) == (
    'IndexError: Replacement index 1 out of range for positional args tuple')
assert outcome(lambda: "{a}".format()) == "KeyError: 'a'"
assert outcome(lambda: "{}{0}".format(1)) == (
    'ValueError: cannot switch from automatic field numbering to manual field specification')
assert outcome(lambda: "{0}{}".format(1)) == (
    'ValueError: cannot switch from manual field specification to automatic field numbering')
assert outcome(lambda: "{0[}".format(1)) == "ValueError: expected '}' before end of string"
assert outcome(lambda: "{0[]}".format(1)) == 'ValueError: Empty attribute in format string'
assert outcome(lambda: "{0.}".format(1)) == 'ValueError: Empty attribute in format string'
assert outcome(lambda: "{0[0]x}".format([1])) == (
    "ValueError: Only '.' or '[' may follow ']' in format field specifier")
assert outcome(lambda: "{a{b}}".format()) == "ValueError: unexpected '{' in field name"
assert outcome(lambda: "{:q}".format(1)) == "ValueError: Unknown format code 'q' for object of type 'int'"
assert outcome(lambda: "{:q}".format("a")) == "ValueError: Unknown format code 'q' for object of type 'str'"
assert outcome(lambda: "{:d}".format("a")) == "ValueError: Unknown format code 'd' for object of type 'str'"
assert outcome(lambda: "{:d}".format(1.5)) == "ValueError: Unknown format code 'd' for object of type 'float'"
assert outcome(lambda: "{:5}".format(None)) == (
    'TypeError: unsupported format string passed to NoneType.__format__')
assert outcome(lambda: "{:5}".format([])) == 'TypeError: unsupported format string passed to list.__format__'
assert outcome(lambda: "{:}".format([])) == '[]'
assert outcome(lambda: "{}".format_map({})) == 'ValueError: Format string contains positional fields'
assert outcome(lambda: "{a} {b}".format_map({"a": 1, "b": 2})) == '1 2'
assert outcome(lambda: "{a}".format_map({})) == "KeyError: 'a'"
assert outcome(lambda: "{a}".format_map(1)) == "TypeError: 'int' object is not subscriptable"
assert outcome(lambda: "\u20ac{}\U0001f600".format("x")) == '€x😀'
assert outcome(lambda: "{:\u20ac>5}".format("x")) == '€€€€x'
assert outcome(lambda: "{:\u20ac>5}".format(1)) == '€€€€1'
assert outcome(lambda: "{:\U0001f600^5.1f}".format(1.25)) == '😀1.2😀'
assert outcome(lambda: "{0.foo}".format(1)) == "AttributeError: 'int' object has no attribute 'foo'"
assert outcome(lambda: "{!r:}".format("x")) == "'x'"
assert outcome(lambda: format("abc")) == 'abc'
assert outcome(lambda: format("abc", "5")) == 'abc  '
assert outcome(lambda: format("abc", ".2")) == 'ab'
assert outcome(lambda: format("abc", ">6.2")) == '    ab'
assert outcome(lambda: format("abc", "s")) == 'abc'
assert outcome(lambda: format("a", 1)) == 'TypeError: format() argument 2 must be str, not int'
assert outcome(lambda: format(1, "5")) == '    1'
assert outcome(lambda: format(1.5, "")) == '1.5'
assert outcome(lambda: format(True, "")) == 'True'

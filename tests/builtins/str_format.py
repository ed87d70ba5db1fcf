"""str.format and format_map: fields, nesting, conversions, errors."""
from _case import error, outcome

assert "{} {}".format(1, 2) == "1 2" and "{1} {0}".format("a", "b") == "b a"
assert "{x}{y}".format(x=1, y=2) == "12" and "{{}}".format() == "{}" and "{0}{0}".format(3) == "33"
assert "{0.real}".format(5) == "5" and "{0[1]}".format([1, 2]) == "2" and "{a[k]}".format(a={"k": 7}) == "7"
assert "{0[0][1]}".format([[1, 2]]) == "2" and "{x.__class__.__name__}".format(x=1) == "int"
assert "{!r}{!s}{!a}".format("é", "é", "é") == "'é'é'\\xe9'" and "{:>{w}}".format("a", w=4) == "   a"
assert "{:{}}".format("a", 3) == "a  " and "{0:{1}{2}}".format(5, ">", 3) == "  5"
assert "{:{a}{b}}".format("x", a="^", b=3) == " x "
assert error("{}".format) == "IndexError: Replacement index 0 out of range for positional args tuple"
assert error("{a}".format) == "KeyError: 'a'"
assert error("{} {0}".format, 1) == (
    "ValueError: cannot switch from automatic field numbering to manual field specification")
assert error("{0} {}".format, 1) == (
    "ValueError: cannot switch from manual field specification to automatic field numbering")
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
assert (
    outcome(lambda: "{:e} {:E} {:f} {:g} {:%} {:.1%}".format(1234.5, 1234.5, 1234.5, 1234.5, 0.25, 0.256))
    == ('1.234500e+03 1.234500E+03 1234.500000 1234.5 25.000000% 25.6%'))
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

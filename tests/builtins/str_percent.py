"""The % operator on str: every conversion, flags, width and precision by *, mappings, errors."""
from _case import error, outcome


def fmt(s, a):
    return outcome(lambda: s % a)


for spec, v, want in [
        ("%d", 42, "42"),
        ("%i", -42, "-42"),
        ("%u", 42, "42"),
        ("%5d|", 42, "   42|"),
        ("%-5d|", 42, "42   |"),
        ("%05d", -42, "-0042"),
        ("%+d", 42, "+42"),
        ("% d", 42, " 42"),
        ("%.3d", 5, "005"),
        ("%5.3d", -5, " -005"),
        ("%d", 3.99, "3"),
        ("%d", True, "1"),
        ("%d", 10 ** 25, "1" + "0" * 25),
        ("%x", 255, "ff"),
        ("%X", 255, "FF"),
        ("%#x", 255, "0xff"),
        ("%#X", 255, "0XFF"),
        ("%o", 8, "10"),
        ("%#o", 8, "0o10"),
        ("%x", -255, "-ff"),
        ("%08x", 255, "000000ff"),
        ("%#06x", 255, "0x00ff"),
        ("%x", 2 ** 70, "400000000000000000"),
        ("%f", 3.14159, "3.141590"),
        ("%.2f", 3.14159, "3.14"),
        ("%8.2f|", 3.14159, "    3.14|"),
        ("%-8.2f|", 3.14, "3.14    |"),
        ("%+.1f", 2.5, "+2.5"),
        ("%e", 12345.678, "1.234568e+04"),
        ("%E", 0.00012, "1.200000E-04"),
        ("%g", 1e10, "1e+10"),
        ("%g", 0.0001, "0.0001"),
        ("%G", 1e-10, "1E-10"),
        ("%#g", 1.0, "1.00000"),
        ("%f", 5, "5.000000"),
        ("%f", float("inf"), "inf"),
        ("%F", float("nan"), "NAN"),
        ("%.0f", 2.5, "2"),
        ("%.10g", 0.1, "0.1"),
        ("%.17g", 0.1, "0.10000000000000001"),
        ("%010.3f", -3.14159, "-00003.142"),
        ("%s", "abc", "abc"),
        ("%5s|", "abc", "  abc|"),
        ("%-5s|", "abc", "abc  |"),
        ("%.2s", "abc", "ab"),
        ("%s", None, "None"),
        ("%r", "a'b", '"a\'b"'),
        ("%a", "é", "'\\xe9'"),
        ("%s", [1, "a"], "[1, 'a']"),
        ("%r", 1.0, "1.0"),
        ("%10r|", "a", "       'a'|"),
        ("%c", 65, "A"),
        ("%c", "z", "z"),
        ("%c", 0x1F600, "😀"),
        ("%3c|", "a", "  a|"),
        ("%%", (), "%"),
        ("100%%%d", 5, "100%5"),
        ("%5%|", (), None)]:
    if want is not None:
        assert fmt(spec, v if isinstance(v, tuple) else (v,)) == want, (spec, v, fmt(spec, (v,)), want)
assert "%s %s" % (1, 2) == "1 2" and "%s" % (1,) == "1" and "%s" % [1, 2] == "[1, 2]"
assert "%*d" % (5, 42) == "   42" and "%-*d|" % (5, 42) == "42   |" and "%.*f" % (2, 3.14159) == "3.14"
assert "%*.*f" % (8, 2, 3.14159) == "    3.14" and "%*d" % (-5, 42) == "42   "
assert "%(a)s %(b)d" % {"a": "x", "b": 5} == "x 5" and "%(a)s%(a)s" % {"a": 1} == "11"
assert "%(x y)s" % {"x y": 1} == "1" and "%(a)5.1f|" % {"a": 2.55} == "  2.5|" and "%%" % {} == "%"
assert "abc" % {} == "abc" and "%s" % {"a": 1} == "{'a': 1}"
assert "%ld %hd %Ld" % (1, 2, 3) == "1 2 3" and "%s" % "" == "" and "é%s日" % "x" == "éx日"


class I:
    def __index__(self):
        return 7

    def __int__(self):
        return 8

    def __float__(self):
        return 1.5

    def __str__(self):
        return "STR"

    def __repr__(self):
        return "REPR"


assert "%d" % I() == "8" and "%x" % I() == "7" and "%f" % I() == "1.500000"
assert "%s %r" % (I(), I()) == "STR REPR"
assert fmt("%d", "a") == "TypeError: %d format: a real number is required, not str"
assert fmt("%x", 1.5) == "TypeError: %x format: an integer is required, not float"
assert fmt("%f", "a") == "TypeError: must be real number, not str"
assert fmt("%d %d", (1,)) == "TypeError: not enough arguments for format string"
assert fmt("%d", (1, 2)) == "TypeError: not all arguments converted during string formatting"
assert fmt("abc", 1) == "TypeError: not all arguments converted during string formatting"
assert fmt("%d", ()) == "TypeError: not enough arguments for format string"
assert fmt("%z", 1) == "ValueError: unsupported format character 'z' (0x7a) at index 1"
assert fmt("%", 1) == "ValueError: incomplete format"
assert fmt("%(a)s", 1) == "TypeError: format requires a mapping"
assert fmt("%(a", {}) == "ValueError: incomplete format key" and fmt("%(a)s", {}) == "KeyError: 'a'"
assert fmt("%c", "ab") == "TypeError: %c requires int or char"
assert fmt("%c", 0x110000) == "OverflowError: %c arg not in range(0x110000)"
assert fmt("%*d", ("a", 1)) == "TypeError: * wants int"
assert fmt("%d", None) == "TypeError: %d format: a real number is required, not NoneType"
x = "v=%d"
x %= 5
assert x == "v=5"
assert outcome(lambda: "%s" % 1) == '1'
assert outcome(lambda: "%s %s" % (1, "a")) == '1 a'
assert outcome(lambda: "%r" % "a") == "'a'"
assert outcome(lambda: "%a" % "\xe9") == "'\\xe9'"
assert outcome(lambda: "%%" % ()) == '%'
assert outcome(lambda: "%s%%" % 5) == '5%'
assert outcome(lambda: "%c%c" % (97, "b")) == 'ab'
assert outcome(lambda: "abc" % ()) == 'abc'
assert outcome(lambda: "%5s|%-5s|%.2s|%5.1s|" % ("a", "b", "cde", "fgh")) == '    a|b    |cd|    f|'
assert outcome(lambda: "%*d|%-*d|%.*f" % (5, 1, 5, 2, 2, 3.14159)) == '    1|2    |3.14'
assert outcome(lambda: "%(a)s %(b)d" % {"a": 1, "b": 2}) == '1 2'
assert outcome(lambda: "%(a)s" % {"a": (1, 2)}) == '(1, 2)'
assert outcome(lambda: "%(a b)s" % {"a b": 1}) == '1'
assert outcome(lambda: "%(a(b)c)s" % {"a(b)c": 3}) == '3'
assert outcome(lambda: "%()s" % {"": 1}) == '1'
assert outcome(lambda: "%x %X %o %#x %#X %#o" % (255, 255, 8, 255, 255, 8)) == 'ff FF 10 0xff 0XFF 0o10'
assert outcome(lambda: "%08x %#010x %-8x| %+x % x" % (255, 255, 255, 255, 255)) == (
    '000000ff 0x000000ff ff      | +ff  ff')
assert outcome(lambda: "%.5d %.5x %8.3d|%-8.3d|%08.3d" % (42, 42, 42, 42, 42)) == (
    '00042 0002a      042|042     |00000042')
assert outcome(lambda: "%.0d" % 0) == '0'
assert outcome(lambda: "%d" % -5) == '-5'
assert outcome(lambda: "%05d" % -5) == '-0005'
assert outcome(lambda: "%+d" % -5) == '-5'
assert outcome(lambda: "% d" % -5) == '-5'
assert outcome(lambda: "%x" % -255) == '-ff'
assert outcome(lambda: "%#x" % -255) == '-0xff'
assert outcome(lambda: "%#08x" % -255) == '-0x000ff'
assert outcome(lambda: "%d" % 10**30) == '1000000000000000000000000000000'
assert outcome(lambda: "%x" % 2**70) == '400000000000000000'
assert outcome(lambda: "%d" % True) == '1'
assert outcome(lambda: "%s" % (1,)) == '1'
assert outcome(lambda: "%s" % [1, 2]) == '[1, 2]'
assert outcome(lambda: "%s" % {"a": 1}) == "{'a': 1}"
assert outcome(lambda: "%s" % None) == 'None'
assert outcome(lambda: "%s" % ((1, 2),)) == '(1, 2)'
assert outcome(lambda: "%ld %hd %Lf" % (1, 2, 1.5)) == '1 2 1.500000'
assert outcome(lambda: "\u20ac%s" % "a") == '€a'
assert outcome(lambda: "%s" % "\U0001f600") == '😀'
assert outcome(lambda: "%5s" % "\u20ac") == '    €'
assert outcome(lambda: "%c" % 0x20ac) == '€'
assert outcome(lambda: "%s" % ()) == 'TypeError: not enough arguments for format string'
assert outcome(lambda: "%s %s" % 1) == 'TypeError: not enough arguments for format string'
assert outcome(lambda: "%s" % (1, 2)) == 'TypeError: not all arguments converted during string formatting'
assert outcome(lambda: "abc" % 1) == 'TypeError: not all arguments converted during string formatting'
assert outcome(lambda: "abc" % [1]) == 'abc'
assert outcome(lambda: "abc" % {}) == 'abc'
assert outcome(lambda: "%d" % "a") == 'TypeError: %d format: a real number is required, not str'
assert outcome(lambda: "%d" % None) == 'TypeError: %d format: a real number is required, not NoneType'
assert outcome(lambda: "%x" % 1.5) == 'TypeError: %x format: an integer is required, not float'
assert outcome(lambda: "%x" % "a") == 'TypeError: %x format: an integer is required, not str'
assert outcome(lambda: "%c" % "ab") == 'TypeError: %c requires int or char'
assert outcome(lambda: "%c" % 1.5) == 'TypeError: %c requires int or char'
assert outcome(lambda: "%c" % -1) == 'OverflowError: %c arg not in range(0x110000)'
assert outcome(lambda: "%c" % 0x110000) == 'OverflowError: %c arg not in range(0x110000)'
assert outcome(lambda: "%q" % 1) == "ValueError: unsupported format character 'q' (0x71) at index 1"
assert outcome(lambda: "%" % 1) == 'ValueError: incomplete format'
assert outcome(lambda: "%5" % 1) == 'ValueError: incomplete format'
assert outcome(lambda: "%(a" % {"a": 1}) == 'ValueError: incomplete format key'
assert outcome(lambda: "%(a)s" % 1) == 'TypeError: format requires a mapping'
assert outcome(lambda: "%(a)s" % {}) == "KeyError: 'a'"
assert outcome(lambda: "%*d" % ("a", 1)) == 'TypeError: * wants int'
assert outcome(lambda: "%\u20ac" % 1) == "ValueError: unsupported format character '?' (0x20ac) at index 1"
assert outcome(lambda: "%.99999999999d" % 1) == 'ValueError: precision too big'
assert outcome(lambda: "%99999999999999d" % 1) == 'MemoryError: '
assert outcome(lambda: "%-10s|%10s|" % ("ab", "cd")) == 'ab        |        cd|'
assert outcome(lambda: "%-010d|" % 5) == '5         |'
assert outcome(lambda: "%+-5d|" % 3) == '+3   |'
assert outcome(lambda: "%s" % b"a") == "b'a'"
assert outcome(lambda: "%r" % b"a") == "b'a'"
assert outcome(lambda: "%(a)s %%" % {"a": 1}) == '1 %'
assert outcome(lambda: "%(x)-5s|" % {"x": 1}) == '1    |'

# a width of the most negative number counts as none
assert "%*d|%-*s|%*c" % (-2**63, 5, -2**63, "a", -2**63, "b") == "5|a|b"
assert outcome(lambda: "%d %i %u %5d|%-5d|%05d|%+d|% d" % (1, 2, 3, 4, 5, 6, 7, 8)) == (
    '1 2 3     4|5    |00006|+7| 8')
for template in ("%z.1f", "%zd", "%+zd"):
    at = template.index("z")
    assert error(lambda: template % 1) == (
        f"ValueError: unsupported format character 'z' (0x7a) at index {at}"), template
assert outcome(lambda: "%s" % "a") == 'a'

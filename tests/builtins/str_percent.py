"""The % operator on str: every conversion, flags, width and precision by *, mappings, errors."""


def error(f, *a):
    try:
        return f(*a)
    except Exception as e:
        return type(e).__name__ + ": " + str(e)


def fmt(s, a):
    return error(lambda: s % a)


for spec, v, want in [
        ("%d", 42, "42"), ("%i", -42, "-42"), ("%u", 42, "42"), ("%5d|", 42, "   42|"), ("%-5d|", 42, "42   |"), ("%05d", -42, "-0042"), ("%+d", 42, "+42"), ("% d", 42, " 42"), ("%.3d", 5, "005"), ("%5.3d", -5, " -005"), ("%d", 3.99, "3"), ("%d", True, "1"), ("%d", 10 ** 25, "1" + "0" * 25),
        ("%x", 255, "ff"), ("%X", 255, "FF"), ("%#x", 255, "0xff"), ("%#X", 255, "0XFF"), ("%o", 8, "10"), ("%#o", 8, "0o10"), ("%x", -255, "-ff"), ("%08x", 255, "000000ff"), ("%#06x", 255, "0x00ff"), ("%x", 2 ** 70, "400000000000000000"),
        ("%f", 3.14159, "3.141590"), ("%.2f", 3.14159, "3.14"), ("%8.2f|", 3.14159, "    3.14|"), ("%-8.2f|", 3.14, "3.14    |"), ("%+.1f", 2.5, "+2.5"), ("%e", 12345.678, "1.234568e+04"), ("%E", 0.00012, "1.200000E-04"), ("%g", 1e10, "1e+10"), ("%g", 0.0001, "0.0001"), ("%G", 1e-10, "1E-10"), ("%#g", 1.0, "1.00000"), ("%f", 5, "5.000000"), ("%f", float("inf"), "inf"), ("%F", float("nan"), "NAN"), ("%.0f", 2.5, "2"), ("%.10g", 0.1, "0.1"), ("%.17g", 0.1, "0.10000000000000001"), ("%010.3f", -3.14159, "-00003.142"),
        ("%s", "abc", "abc"), ("%5s|", "abc", "  abc|"), ("%-5s|", "abc", "abc  |"), ("%.2s", "abc", "ab"), ("%s", None, "None"), ("%r", "a'b", '"a\'b"'), ("%a", "é", "'\\xe9'"), ("%s", [1, "a"], "[1, 'a']"), ("%r", 1.0, "1.0"), ("%10r|", "a", "       'a'|"),
        ("%c", 65, "A"), ("%c", "z", "z"), ("%c", 0x1F600, "😀"), ("%3c|", "a", "  a|"), ("%%", (), "%"), ("100%%%d", 5, "100%5"), ("%5%|", (), None)]:
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

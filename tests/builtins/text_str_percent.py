"""The % operator of str."""

def outcome(f):
    """The result, or the exception as text."""
    try:
        return f()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


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

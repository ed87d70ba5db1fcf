"""The % operator on bytes and bytearray, the flag z included."""
from _case import outcome

for B in (bytes, bytearray):
    assert B(b"%s %d %x %c %r" ) % (b"a", 5, 255, 65, "q") == b"a 5 ff A 'q'"
    assert B(b"%(k)s") % {b"k": b"v"} == b"v" and B(b"%5.1f|%-3d|") % (2.25, 7) == b"  2.2|7  |"
    assert B(b"%b") % b"x" == b"x" and B(b"%a") % "é" == b"'\\xe9'"
assert outcome(lambda: b"%s %d %x" % (b"a", 5, 255)) == b'a 5 ff'
assert outcome(lambda: b"%b" % b"x") == b'x'
assert outcome(lambda: b"%c%c" % (97, b"b")) == b'ab'
assert outcome(lambda: b"%5s|%-5s|" % (b"a", b"b")) == b'    a|b    |'
assert outcome(lambda: b"%r %a" % ("a", "\xe9")) == b"'a' '\\xe9'"
assert outcome(lambda: b"%(a)s" % {b"a": b"x"}) == b'x'
assert outcome(lambda: b"%.2f" % 1.5) == b'1.50'
assert outcome(lambda: b"%%" % ()) == b'%'
assert outcome(lambda: b"%s" % "a") == (
    "TypeError: %b requires a bytes-like object, or an object that implements __bytes__, not 'str'")
assert outcome(lambda: b"%d" % "a") == 'TypeError: %d format: a real number is required, not str'
assert outcome(lambda: b"%c" % 300) == 'OverflowError: %c arg not in range(256)'
assert outcome(lambda: b"%c" % "a") == 'TypeError: %c requires an integer in range(256) or a single byte'
assert outcome(lambda: b"%f" % "a") == 'TypeError: float argument required, not str'
assert outcome(lambda: b"%s" % (b"a", b"b")) == (
    'TypeError: not all arguments converted during bytes formatting')
assert outcome(lambda: b"%s %s" % b"a") == 'TypeError: not enough arguments for format string'
assert outcome(lambda: bytearray(b"%d") % 5) == bytearray(b'5')

for template, value, wanted in (
        (b"%z.1f", -0.01, b"0.0"),
        (b"%z.0f|", -0.3, b"0|"),
        (b"%+z.1f", -0.0, b"+0.0"),
        (b"%zd", 5, b"5"),
        (b"%zzx", 5, b"5"),
        (b"%ze", -0.0, b"0.000000e+00"),
        (b"%zg", -0.0, b"0"),
        (b"%zr", 1, b"1"),
        (b"%.1f", -0.01, b"-0.0"),
        (b"%-z6.1f|", -0.04, b"0.0   |"),
        (b"%z", 1, "ValueError: incomplete format")):
    assert outcome(lambda: template % value) == wanted, (template, outcome(lambda: template % value))
    assert outcome(lambda: bytearray(template) % value) == wanted
assert outcome(lambda: b"%9\xd0" % 1) == "ValueError: unsupported format character '\xd0' (0xd0) at index 2"
assert outcome(lambda: bytearray(b"%5.2\xff") % 1) == (
    "ValueError: unsupported format character '\xff' (0xff) at index 4")
assert b"%*d|%-*s|%*c" % (-2**63, 5, -2**63, b"a", -2**63, b"b") == b"5|a|b"

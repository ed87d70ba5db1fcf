"""Format errors that show a NUL, the flag z of bytes' %, integers in no bytes at all."""
from _case import error, outcome

for spec in ("s\0", "\0\0s", "%\0", ">\U0001f600\0x", "\u0300}\udc80\0"):
    for value in ("t", 5, 2.5, 1j):
        wanted = f"ValueError: Invalid format specifier '{spec}' for object of type '{type(value).__name__}'"
        assert error(format, value, spec) == wanted, (spec, value, error(format, value, spec))
assert error(format, 5, "\0") == "ValueError: Unknown format code '\\x0' for object of type 'int'", error(format, 5, "\0")

for template, value, wanted in ((b"%z.1f", -0.01, b"0.0"), (b"%z.0f|", -0.3, b"0|"), (b"%+z.1f", -0.0, b"+0.0"), (b"%zd", 5, b"5"),
                                (b"%zzx", 5, b"5"), (b"%ze", -0.0, b"0.000000e+00"), (b"%zg", -0.0, b"0"), (b"%zr", 1, b"1"),
                                (b"%.1f", -0.01, b"-0.0"), (b"%-z6.1f|", -0.04, b"0.0   |"), (b"%z", 1, "ValueError: incomplete format")):
    assert outcome(lambda: template % value) == wanted, (template, outcome(lambda: template % value))
    assert outcome(lambda: bytearray(template) % value) == wanted
for template in ("%z.1f", "%zd", "%+zd"):
    at = template.index("z")
    assert error(lambda: template % 1) == f"ValueError: unsupported format character 'z' (0x7a) at index {at}", template

for n in (0, 1, -1, -2, 255, -256, 2**64, -2**64):
    for signed in (False, True):
        wanted = b"" if n == 0 or n == -1 and signed else \
            "OverflowError: can't convert negative int to unsigned" if n < 0 and not signed else "OverflowError: int too big to convert"
        assert outcome(lambda: n.to_bytes(0, "big", signed=signed)) == wanted, (n, signed)

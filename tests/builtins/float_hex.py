"""float.hex and float.fromhex."""
from _case import error

assert (1.5).hex() == "0x1.8000000000000p+0" and (0.0).hex() == "0x0.0p+0"
assert (-0.1).hex() == "-0x1.999999999999ap-4" and float("inf").hex() == "inf"
assert (5e-324).hex() == "0x0.0000000000001p-1022"
assert float.fromhex("0x1.8p1") == 3.0 and float.fromhex("-0x.8p0") == -0.5
assert float.fromhex("inf") == float("inf") and float.fromhex("a") == 10.0
assert float.fromhex("0x1p-1074") == 5e-324
assert error(float.fromhex, "xyz") == "ValueError: invalid hexadecimal floating-point string"

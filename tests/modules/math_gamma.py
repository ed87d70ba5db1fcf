"""math.gamma and math.lgamma to the last bit: sums over many points, and what stands at the edges."""
import math
import struct
import zlib


def answer(f, x):
    try:
        return struct.pack("<d", f(x))
    except (ValueError, OverflowError) as error:
        return str(error).encode()


points = [i / 7 for i in range(-1400, 1300)] + [i / 2 for i in range(-400, 400)]
points += [float(i) for i in range(-30, 180)] + [s * 2.0 ** e for e in range(-1074, 1024, 7) for s in (1, -1)]
points += [0.0, -0.0, math.inf, -math.inf, 171.6243769563027, 171.6243769563028]
for f, total in ((math.gamma, 2945992825), (math.lgamma, 1628025486)):
    assert zlib.crc32(b"".join(answer(f, x) for x in points)) == total, f

assert [math.gamma(n) for n in range(1, 24)] == [float(math.factorial(n - 1)) for n in range(1, 24)]
assert math.isnan(math.gamma(math.nan)) and math.isnan(math.lgamma(math.nan))

"""Fast Fourier transform: recursive on complex numbers, in-place on two float lists, and a convolution as
the check.
"""
import sys
from cmath import exp, pi
from math import cos, sin


def recursive(values, sign=-1):
    n = len(values)
    if n == 1:
        return values
    even = recursive(values[::2], sign)
    odd = recursive(values[1::2], sign)
    half = n // 2
    twisted = [exp(sign * 2j * pi * k / n) * odd[k] for k in range(half)]
    return [even[k] + twisted[k] for k in range(half)] + [even[k] - twisted[k] for k in range(half)]


def in_place(re, im):
    n = len(re)
    j = 0
    for i in range(1, n):
        bit = n >> 1
        while j & bit:
            j ^= bit
            bit >>= 1
        j |= bit
        if i < j:
            re[i], re[j] = re[j], re[i]
            im[i], im[j] = im[j], im[i]
    length = 2
    while length <= n:
        half = length >> 1
        angle = -2.0 * 3.141592653589793 / length
        cosines = [cos(angle * k) for k in range(half)]
        sines = [sin(angle * k) for k in range(half)]
        for start in range(0, n, length):
            for k in range(half):
                a = start + k
                b = a + half
                wr, wi = cosines[k], sines[k]
                xr = re[b] * wr - im[b] * wi
                xi = re[b] * wi + im[b] * wr
                re[b] = re[a] - xr
                im[b] = im[a] - xi
                re[a] += xr
                im[a] += xi
        length <<= 1


def multiply(a, b):
    """The product of two numbers given as lists of digits, least first."""
    n = 1
    while n < len(a) + len(b):
        n *= 2
    fa = recursive([complex(v) for v in a] + [0j] * (n - len(a)))
    fb = recursive([complex(v) for v in b] + [0j] * (n - len(b)))
    product = recursive([x * y for x, y in zip(fa, fb)], 1)
    carry, digits = 0, []
    for v in product:
        carry, digit = divmod(round(v.real / n) + carry, 10)
        digits.append(digit)
    return digits


def main(power):
    n = 1 << power
    values = [((i * 7919) % 1000) / 1000.0 for i in range(n)]
    re, im = values[:], [0.0] * n
    in_place(re, im)
    other = recursive([complex(v) for v in values])
    worst = max(abs(complex(r, i) - c) for r, i, c in zip(re, im, other))
    assert worst < 1e-7 * n
    energy = sum(r * r + i * i for r, i in zip(re, im)) / n
    assert abs(energy - sum(v * v for v in values)) < 1e-6 * energy
    a, b = 3 ** (n // 40), 7 ** (n // 60)
    product = multiply([int(c) for c in reversed(str(a))], [int(c) for c in reversed(str(b))])
    text = "".join(map(str, reversed(product))).lstrip("0")
    assert text == str(a * b)
    print("n", n, "energy %.6f" % energy, "digits", len(text), text[:12])


main(int(sys.argv[1]) if len(sys.argv) > 1 else 17)

"""Digits of pi by Machin's formula in big integers, and again by Gosper's spigot, compared."""
import sys


def arctan_inverse(x, unit):
    power = unit // x
    total = power
    square = x * x
    n = 3
    sign = -1
    while power:
        power //= square
        total += sign * (power // n)
        sign = -sign
        n += 2
    return total


def machin(digits):
    unit = 10 ** (digits + 10)
    pi = 4 * (4 * arctan_inverse(5, unit) - arctan_inverse(239, unit))
    return str(pi // 10 ** 10)


def spigot(count):
    """One digit after the other from a linear fractional transformation (Gosper's series)."""
    q, r, t, i = 1, 180, 60, 2
    while count:
        u = 3 * (3 * i + 1) * (3 * i + 2)
        y = (q * (27 * i - 12) + 5 * r) // (5 * t)
        yield y
        count -= 1
        q, r, t = 10 * q * i * (2 * i - 1), 10 * u * (q * (5 * i - 2) + r - y * t), t * u
        i += 1


def main(n):
    sys.set_int_max_str_digits(0)
    first = machin(2 * n)
    short = n // 3
    second = "".join(map(str, spigot(short)))
    assert first.startswith(second), (first[:20], second[:20])
    assert first.startswith("314159265358979323846")
    counts = [first.count(d) for d in "0123456789"]
    print("digits", len(first), "tail", first[-10:], "spigot", second[-10:])
    print("counts", counts)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 15000)

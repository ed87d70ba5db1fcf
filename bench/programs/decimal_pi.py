"""Digits of pi in decimals: by an arcsine series whose terms are one product and one quotient each, and again
by the arithmetic-geometric mean.
"""
import sys
from decimal import Decimal, getcontext


def by_series(digits):
    """6 arcsin(1/2) = 3 + 3 (1/24) + 3 (1/24)(9/80) + 3 (1/24)(9/80)(25/168) …"""
    getcontext().prec = digits + 10
    total, term, n = Decimal(3), Decimal(3), 1
    last = Decimal(0)
    while total != last:
        last = total
        term = term * (n * n) / (4 * (n + 1) * (n + 2))
        total += term
        n += 2
    return total


def by_means(digits):
    """Gauss's: each step doubles the digits."""
    getcontext().prec = digits + 10
    a, b, t, p = Decimal(1), 1 / Decimal(2).sqrt(), Decimal("0.25"), 1
    while abs(a - b) > Decimal(10) ** -(digits // 2 + 5):
        middle = (a + b) / 2
        b = (a * b).sqrt()
        t -= p * (a - middle) ** 2
        a, p = middle, 2 * p
    return (a + b) ** 2 / (4 * t)


def main(n):
    first, second = by_series(n), by_means(n)
    getcontext().prec = n
    text = str(+first)
    assert text == str(+second) and "3.14159265358979323846".startswith(text[:22][:n - 1]), text[:30]
    digits = first.as_tuple().digits[:n - 1]
    assert sum(digits) == sum(map(int, text[:-1].replace(".", "")))
    print("digits", n, "tail", text[-10:], "series ends", str(first)[-10:])
    print("counts", [text.count(d) for d in "0123456789"])


main(int(sys.argv[1]) if len(sys.argv) > 1 else 10000)

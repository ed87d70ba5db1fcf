"""Exact fractions: harmonic sums, Bernoulli numbers, the inverse of a Hilbert matrix, continued and Egyptian
fractions, Newton's square root, a line's polynomial.
"""
import sys
from fractions import Fraction
from math import comb


def harmonic(n):
    total = Fraction(0)
    for k in range(1, n + 1):
        total += Fraction(1, k)
    return total


def bernoulli(n):
    numbers = [Fraction(1)]
    for m in range(1, n + 1):
        numbers.append(-sum((comb(m + 1, k) * numbers[k] for k in range(m)), Fraction(0)) / (m + 1))
    return numbers


def inverse(matrix):
    """By Gauss and Jordan, without rounding."""
    size = len(matrix)
    rows = [row + [Fraction(int(i == j)) for j in range(size)] for i, row in enumerate(matrix)]
    for i in range(size):
        pivot = next(r for r in range(i, size) if rows[r][i])
        rows[i], rows[pivot] = rows[pivot], rows[i]
        head = rows[i][i]
        rows[i] = [x / head for x in rows[i]]
        for r in range(size):
            if r != i and rows[r][i]:
                factor = rows[r][i]
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[i])]
    return [row[size:] for row in rows]


def continued(value, limit):
    terms = []
    while len(terms) < limit:
        whole = value.numerator // value.denominator
        terms.append(whole)
        value -= whole
        if not value:
            break
        value = 1 / value
    return terms


def from_terms(terms):
    value = Fraction(terms[-1])
    for term in reversed(terms[:-1]):
        value = term + 1 / value
    return value


def egyptian(value):
    parts = []
    while value:
        unit = -(-value.denominator // value.numerator)
        parts.append(unit)
        value -= Fraction(1, unit)
    return parts


def through(points):
    """The value at any x of the polynomial through these points (Lagrange)."""
    def at(x):
        total = Fraction(0)
        for i, (a, b) in enumerate(points):
            term = Fraction(b)
            for j, (c, _) in enumerate(points):
                if i != j:
                    term *= Fraction(x - c) / (a - c)
            total += term
        return total
    return at


def root(value, steps):
    guess = Fraction(value)
    for _ in range(steps):
        guess = (guess + value / guess) / 2
    return guess


def main(n):
    h = harmonic(10 * n)
    b = bernoulli(n)
    assert b[4] == Fraction(-1, 30) and not any(b[3::2])
    size = n // 4 + 1
    hilbert = [[Fraction(1, i + j + 1) for j in range(size)] for i in range(size)]
    inverted = inverse(hilbert)
    assert inverted[0][0] == size ** 2 and inverse(inverted) == hilbert
    parts = [Fraction(a, c) for a in range(1, n // 2) for c in range(a + 1, n // 2)]
    for part in parts:
        assert from_terms(continued(part, 50)) == part
    sums = sum(len(egyptian(part)) for part in parts[:200])
    curve = through([(Fraction(k, 3), k ** 3 % 17) for k in range(8)])
    values = [curve(Fraction(k, 7)) for k in range(n)]
    r = root(Fraction(2), 7)
    low = b[min(n, 60) & ~1]
    print("harmonic", h.numerator % 10 ** 9, float(h), "bernoulli", b[n & ~1].denominator, float(low))
    parts.sort()
    print("hilbert", inverted[-1][-1] % 10 ** 9, "parts", sum(parts), sums, len(set(parts)), parts[n // 9])
    print("curve", max(values), round(values[3], 4), "root", continued(r, 12), Fraction("3.25e1"))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 150)
